//! How much of one text stands, in order, in another.

use super::signature::RUN;
use hearsay_types::Signature;
use rustc_hash::{FxHashMap, FxHashSet};

/// Of the shorter text at least this share of words stands in the longer one.
const SHARE: f64 = 0.75;
/// ... and at least so many words.
const WORDS: usize = 25;
/// So many hashed runs of words on end, at least, are no chance.
const ON_END: usize = 2;
/// A text less than this share of another's length is its reprint only if it is its beginning.
const CUT: f64 = 0.5;
/// The beginning of a cut text stands within so many words of the longer one's.
const OPENING: usize = 60;

/// The shorter text first; of equally long ones that with the greater id.
pub(super) fn ordered<'a>(one: &'a Signature, two: &'a Signature) -> (&'a Signature, &'a Signature) {
    let size = |s: &Signature| (s.sketch.len(), s.sentences.len(), std::cmp::Reverse(s.article));
    if size(one) <= size(two) { (one, two) } else { (two, one) }
}

/// The runs of words of one text, to be held against many.
pub(super) struct Runs<'a> {
    whole: &'a Signature,
    hashes: FxHashSet<u32>,
}

impl<'a> Runs<'a> {
    pub(super) fn of(whole: &'a Signature) -> Self {
        Runs { whole, hashes: whole.sketch.iter().copied().collect() }
    }

    /// False where the two share too few runs, in any order, for one to be a reprint of the other: a run that is shared covers
    /// [`RUN`] words at most. Most texts that share a band by chance, or a line of a template, go out here, at a small part of
    /// the time that holding them against each other takes.
    pub(super) fn may_be_reprint(&self, other: &Signature) -> bool {
        let shared = other.sketch.iter().filter(|run| self.hashes.contains(run)).count();
        let words = words(self.whole).min(words(other));
        (shared * RUN) as f64 >= SHARE * words as f64
    }
}

/// What two texts share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Overlap {
    /// Words of the shorter text.
    words: usize,
    /// Words of it that stand, in order, in the longer one.
    common: usize,
    /// Words of the longer text.
    long_words: usize,
    /// Where in the longer text the common words begin and end, in words.
    first: usize,
    last: usize,
    /// Sentences of the shorter text, and those that stand in the longer one word for word.
    sentences: usize,
    same_sentences: usize,
}

/// Holds the shorter text against the longer one.
pub(super) fn between(short: &Signature, long: &Signature) -> Overlap {
    if short.sketch == long.sketch {
        return Overlap::whole(short);
    }
    let pairs = kept(in_order(&matches(&short.sketch, &long.sketch)));
    let known: FxHashSet<u64> = long.sentences.iter().copied().collect();
    Overlap {
        words: words(short),
        common: covered(&pairs),
        long_words: words(long),
        first: pairs.first().map_or(0, |p| p.1),
        last: pairs.last().map_or(0, |p| p.1 + RUN),
        sentences: short.sentences.len(),
        same_sentences: short.sentences.iter().filter(|s| known.contains(s)).count(),
    }
}

fn words(signature: &Signature) -> usize {
    if signature.sketch.is_empty() { 0 } else { signature.sketch.len() + RUN - 1 }
}

impl Overlap {
    /// That of texts of the same words, in the same order.
    fn whole(one: &Signature) -> Self {
        let (words, sentences) = (words(one), one.sentences.len());
        Overlap { words, common: words, long_words: words, first: 0, last: words, sentences, same_sentences: sentences }
    }

    /// The share of the shorter text's words that stand, in order, in the longer one.
    pub(super) fn share(&self) -> f64 {
        if self.words == 0 { 0.0 } else { self.common as f64 / self.words as f64 }
    }

    /// Whether the two are one text.
    pub(super) fn is_reprint(&self) -> bool {
        let close = self.words as f64 >= CUT * self.long_words as f64;
        let beginning =
            self.first <= OPENING && self.common as f64 >= SHARE * self.last.saturating_sub(self.first) as f64;
        self.common >= WORDS && self.share() >= SHARE && (close || beginning)
    }

    /// One plain sentence, with the names of the shorter and the longer text.
    pub(super) fn told(&self, short: &str, long: &str) -> String {
        let whole = 100 * self.same_sentences / self.sentences.max(1);
        let percent = (100.0 * self.share()).floor();
        match whole {
            90.. => format!("{whole} % of the sentences of “{short}” stand in “{long}”."),
            _ => format!(
                "{percent} % of the words of “{short}” stand, in the same order, in “{long}”; {whole} % of its sentences word for word."
            ),
        }
    }
}

/// Where runs that stand once in either text stand in both, in the order of the shorter.
fn matches(short: &[u32], long: &[u32]) -> Vec<(usize, usize)> {
    let (in_short, in_long) = (once(short), once(long));
    let pairs = short.iter().enumerate().filter(|(_, h)| in_short.contains_key(h));
    pairs.filter_map(|(at, h)| in_long.get(h).map(|there| (at, *there))).collect()
}

/// The place of each hash that stands once.
fn once(runs: &[u32]) -> FxHashMap<u32, usize> {
    let mut places: FxHashMap<u32, Option<usize>> = FxHashMap::default();
    for (at, hash) in runs.iter().enumerate() {
        places.entry(*hash).and_modify(|p| *p = None).or_insert(Some(at));
    }
    places.into_iter().filter_map(|(h, p)| p.map(|p| (h, p))).collect()
}

/// The longest chain of pairs that rises on both sides (patience sorting).
fn in_order(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = Vec::new(); // For each length, the pair that ends the lowest chain of it.
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (n, (_, there)) in pairs.iter().enumerate() {
        let at = tops.partition_point(|t| pairs[*t].1 < *there);
        before.push(at.checked_sub(1).map(|b| tops[b]));
        if at == tops.len() { tops.push(n) } else { tops[at] = n }
    }
    let mut chain: Vec<(usize, usize)> =
        std::iter::successors(tops.last().copied(), |n| before[*n]).map(|n| pairs[n]).collect();
    chain.reverse();
    chain
}

/// Pairs that stand on end with others on both sides; a lone run of four words may be chance.
fn kept(chain: Vec<(usize, usize)>) -> Vec<(usize, usize)> {
    let joined = |a: &(usize, usize), b: &(usize, usize)| a.0 + 1 == b.0 && a.1 + 1 == b.1;
    chain.chunk_by(joined).filter(|run| run.len() >= ON_END).flatten().copied().collect()
}

/// How many words of the shorter text the runs cover.
fn covered(pairs: &[(usize, usize)]) -> usize {
    let (mut sum, mut until) = (0, 0);
    for (at, _) in pairs {
        sum += at + RUN - (*at).max(until);
        until = at + RUN;
    }
    sum
}
