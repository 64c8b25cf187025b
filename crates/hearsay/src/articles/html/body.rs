//! Which blocks are the story: the weights' likelihoods, made up by what stands around a block.

use super::blocks::{Block, Blocks};
use super::features::{self, is_paragraph};
use super::head::Head;
use super::meta;
use super::model::Model;
use super::text;

/// From this likelihood on a block is taken.
const TAKEN: f32 = 0.4;

/// A page none of whose blocks is this likely holds no story, only its likeliest block if that is running text.
const SURE: f32 = 0.5;

/// Blocks of at least this length, in units, stand only once in a story.
const REPEATED: f32 = 40.0;

/// Blocks of this length, in units, are looked up for what stood before, as pages hide a copy of the whole story.
const WHOLE: f32 = 700.0;

/// A box counts as a comment's up to this many boxes inside one that is named so.
const NEAR_COMMENT: u8 = 6;

/// A story over its comments is at least this long, in units.
const STORY: f32 = 200.0;

/// Blocks this near to the headline may stand above it: a kicker, a lead.
const ABOVE: usize = 4;

/// Shorter lines that are links and nothing else, in units, are not weighed: they are furniture.
const LINK_LINE: f32 = 120.0;

/// The likelihood of each block to be a part of a story.
pub(super) fn likelihoods(blocks: &Blocks, head: &Head, model: &Model) -> Vec<f32> {
    let mut out = Vec::with_capacity(blocks.all.len());
    features::rows(blocks, head, |block, row| {
        let furniture = block.link >= 0.9 && block.stats.units < LINK_LINE && !blocks.bx(block).is_heading();
        out.push(if furniture { 0.0 } else { model.likelihood(row) });
    });
    out
}

/// The blocks that are taken, by number, in order.
pub(super) fn taken(blocks: &Blocks, head: &Head, likely: &[f32]) -> Vec<usize> {
    let top = likely.iter().copied().fold(0.0, f32::max);
    let mut taken = match top < SURE {
        true => fallback(blocks, likely),
        false => (0..likely.len()).filter(|n| likely[*n] >= TAKEN).collect(),
    };
    without_rest(blocks, &mut taken, |b| blocks.bx(b).hint("comment") < NEAR_COMMENT);
    without_rest(blocks, &mut taken, |b| blocks.bx(b).is_consent);
    without(blocks, &mut taken, |b| blocks.bx(b).is_caption);
    without(blocks, &mut taken, |b| blocks.bx(b).hidden);
    below_headline(blocks, head, &mut taken);
    once(blocks, &mut taken);
    taken
}

/// Where nothing is likely: what is half as likely as the likeliest running text.
fn fallback(blocks: &Blocks, likely: &[f32]) -> Vec<usize> {
    let running = |n: &usize| is_paragraph(&blocks.all[*n]);
    let top = (0..likely.len()).filter(running).map(|n| likely[n]).fold(0.0, f32::max);
    if top < 0.02 {
        return Vec::new();
    }
    (0..likely.len()).filter(|n| likely[*n] >= top * 0.5).collect()
}

fn units(blocks: &Blocks, which: impl Iterator<Item = usize>) -> f32 {
    which.map(|n| blocks.all[n].stats.units).sum()
}

/// Leaves out the blocks of a kind, unless they are most of what was taken.
fn without(blocks: &Blocks, taken: &mut Vec<usize>, is: impl Fn(&Block) -> bool) {
    let all = units(blocks, taken.iter().copied());
    let of_kind = units(blocks, taken.iter().copied().filter(|n| is(&blocks.all[*n])));
    if of_kind > 0.0 && of_kind < 0.5 * all {
        taken.retain(|n| !is(&blocks.all[*n]));
    }
}

/// Leaves out comments and the like, however long: they stand below a story, or are less than it.
fn without_rest(blocks: &Blocks, taken: &mut Vec<usize>, is: impl Fn(&Block) -> bool) {
    let (rest, story): (Vec<usize>, Vec<usize>) = taken.iter().partition(|n| is(&blocks.all[**n]));
    let below = story.first() < rest.first() && units(blocks, story.iter().copied()) >= STORY;
    if below && !story.is_empty() {
        *taken = story;
    } else {
        without(blocks, taken, is);
    }
}

/// Leaves out what stands well above the headline, where the page prints it and a story stands below.
fn below_headline(blocks: &Blocks, head: &Head, taken: &mut Vec<usize>) {
    let Some(headline) = meta::headline_block(blocks, head) else { return };
    let floor = headline.saturating_sub(ABOVE);
    let below = units(blocks, taken.iter().copied().filter(|n| *n >= floor));
    let all = units(blocks, taken.iter().copied());
    if below >= 0.3 * all {
        taken.retain(|n| *n >= floor);
    }
}

/// Leaves out what stood before.
fn once(blocks: &Blocks, taken: &mut Vec<usize>) {
    let long = taken.iter().any(|n| blocks.all[*n].stats.units >= WHOLE);
    let mut seen = features::Hashes::default();
    let mut windows = features::Hashes::default();
    taken.retain(|n| {
        let block = &blocks.all[*n];
        let words = blocks.text(block);
        if block.stats.units >= REPEATED && !seen.insert(text::word_hash(words)) {
            return false;
        }
        if !long {
            return true;
        }
        let own = features::window_hashes(words);
        let known = own.iter().filter(|h| windows.contains(h)).count();
        windows.extend(&own);
        block.stats.units < WHOLE || known * 10 <= own.len() * 8
    });
}
