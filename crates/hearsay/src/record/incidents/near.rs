//! Which reports are held against each other: those that share an actor, a place or rare words and lie near in time.
//!
//! Holding all reports against all would take quadratic time. A block holds the reports of one type that share one thing,
//! sorted by day; each report is held against the next few of its block.

use super::view::{View, Views};
use crate::record::words::Bag;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// So many that follow in a block are looked at.
const AHEAD: usize = 24;
/// ... if they lie within so many days.
const DAYS: i32 = 31;
/// Of a sentence so many of the rarest words are keys.
const RARE: usize = 8;
/// Of the beginning of an article so many.
const LEAD: usize = 4;
/// A word that stands in more texts than this is no key.
const COMMON: u32 = 400;
/// Reports without any day are held against all of their block if it is not larger than this.
const SMALL: usize = 32;

/// Pairs of indices of `among`, smaller first, sorted, each once.
pub(super) fn pairs(views: &Views, among: &[usize]) -> Vec<(usize, usize)> {
    let mut blocks: FxHashMap<u64, Vec<(i32, usize)>> = FxHashMap::default();
    for at in among {
        let view = &views.all[*at];
        for key in keys(views, view) {
            blocks.entry(key).or_default().push((view.anchor().unwrap_or(i32::MIN), *at));
        }
    }
    let mut pairs = Vec::new();
    for block in blocks.values_mut() {
        block.sort_unstable();
        block.dedup();
        near(block, &mut pairs);
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn near(block: &[(i32, usize)], pairs: &mut Vec<(usize, usize)>) {
    let undated = block.partition_point(|(day, _)| *day == i32::MIN);
    let mut pair = |a: usize, b: usize| pairs.push((a.min(b), a.max(b)));
    for (n, (day, at)) in block.iter().enumerate() {
        let small = n < undated && block.len() <= SMALL;
        let ahead = if small { block.len() } else { AHEAD };
        let next = block[n + 1..].iter().take(ahead);
        next.take_while(|(d, _)| small || d.saturating_sub(*day) <= DAYS).for_each(|(_, other)| pair(*at, *other));
    }
}

/// What a report is found by, each with the type of the act.
fn keys(views: &Views, view: &View) -> Vec<u64> {
    let kind = view.report.kind.as_str();
    let mut keys = vec![hash(&(kind, 0, view.report.article))];
    keys.extend(view.actors.wholes.iter().map(|id| hash(&(kind, 1, id))));
    keys.extend(view.recipients.wholes.iter().map(|id| hash(&(kind, 1, id))));
    keys.extend(view.spots.iter().map(|place| hash(&(kind, 2, &place.key))));
    keys.extend(rare(views, &view.bag, RARE).into_iter().map(|word| hash(&(kind, 3, word))));
    keys.extend(rare(views, views.lead(view), LEAD).into_iter().map(|word| hash(&(kind, 4, word))));
    keys.extend(view.days.filter(|_| view.exact).map(|(day, _)| hash(&(kind, 5, day))));
    keys
}

fn rare(views: &Views, bag: &Bag, most: usize) -> Vec<u32> {
    let mut words: Vec<u32> = bag.words.iter().map(|w| w.0).collect();
    // A word that stands in one text only leads nowhere, as does one that stands everywhere.
    words.retain(|id| (2..=COMMON).contains(&views.lexicon.texts(*id)));
    words.sort_by_key(|id| (views.lexicon.texts(*id), *id));
    words.truncate(most);
    words
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
