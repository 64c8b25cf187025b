//! Which blocks are the story: the weights' likelihoods, made up by what stands around a block.

use super::blocks::Blocks;
use super::features::{self, is_paragraph};
use super::head::Head;
use super::model::Model;

/// From this likelihood on a block is taken.
const TAKEN: f32 = 0.4;

/// A page none of whose blocks is this likely holds no story, only its likeliest block if that is running text.
const SURE: f32 = 0.5;

/// The likelihood of each block to be a part of a story.
pub(super) fn likelihoods(blocks: &Blocks, head: &Head) -> Vec<f32> {
    let model = Model::shipped();
    features::rows(blocks, head).iter().map(|row| model.likelihood(row)).collect()
}

/// The blocks that are taken, by number, in order.
pub(super) fn taken(blocks: &Blocks, likely: &[f32]) -> Vec<usize> {
    let top = likely.iter().copied().fold(0.0, f32::max);
    if top < SURE {
        return fallback(blocks, likely);
    }
    (0..likely.len()).filter(|n| likely[*n] >= TAKEN).collect()
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
