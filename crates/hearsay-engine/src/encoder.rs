//! The encoder: a stack of BERT layers (Devlin et al. 2019) with layer norm after each step.
//!
//! The rows of many windows are worked on together, one after the other without padding. Whatever mixes rows
//! (attention) looks at one window at a time, and everything else at one row: so a window's vectors do not depend on
//! its company.

use std::ops::Range;

use crate::attention::Attention;
use crate::error::Error;
use crate::format::{Config, TierConfig, Weights};
use crate::kernel::{Isa, Packed, QuantRows, matmul};
use crate::math;

/// Rows that go through both halves of the feed-forward step together, so that the wide rows between stay in cache.
const FEED_FORWARD_ROWS: usize = 48;

/// The embeddings and layers of one tier.
#[derive(Debug)]
pub(crate) struct Encoder {
    isa: Isa,
    hidden: usize,
    heads: usize,
    epsilon: f32,
    embedding: Vec<i8>,
    embedding_scales: Vec<f32>,
    positions: Vec<f32>,
    norm: Norm,
    layers: Vec<Layer>,
    /// The places of the layers whose vectors stand after the last one's.
    taps: Vec<usize>,
}

#[derive(Debug)]
struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

#[derive(Debug)]
struct Layer {
    query: Packed,
    key_value: Packed,
    output: Packed,
    up: Packed,
    down: Packed,
    norm_1: Norm,
    norm_2: Norm,
}

/// Windows to encode together: the pieces of all, one window after the other.
#[derive(Debug, Default)]
pub(crate) struct Batch {
    /// Pieces, each window with its begin and end marks.
    pub(crate) pieces: Vec<u32>,
    /// Where each window's pieces end.
    pub(crate) ends: Vec<usize>,
    /// The first and the last piece of every word whose vector is wanted, in order.
    pub(crate) words: Vec<(usize, usize)>,
}

/// Memory for the numbers between two steps, kept from batch to batch.
#[derive(Debug, Default)]
pub(crate) struct Workspace {
    rows: Vec<f32>,
    quantised: QuantRows,
    picked: QuantRows,
    queries: Vec<f32>,
    keys_values: Vec<f32>,
    context: Vec<f32>,
    wide: Vec<f32>,
    result: Vec<f32>,
    attention: Attention,
    /// What every tapped layer makes of the wanted words, one layer after the other.
    tapped: Vec<f32>,
}

impl Encoder {
    /// Reads the embeddings and the first layers, as many as the tier has.
    pub(crate) fn load(isa: Isa, config: &Config, weights: &Weights, tier: &TierConfig) -> Result<Encoder, Error> {
        let (hidden, words, depth) = (config.hidden, config.vocab.size, tier.layers);
        if depth == 0 || depth > config.layers {
            return Err(Error::config(format!("a tier has {depth} of {} layers", config.layers)));
        }
        if !tier.taps.is_sorted_by(|a, b| a < b) || tier.taps.iter().any(|&tap| tap == 0 || tap >= depth) {
            return Err(Error::config(format!("{:?} are not earlier layers of {depth}, in order", tier.taps)));
        }
        Ok(Encoder {
            isa,
            hidden,
            heads: config.heads,
            epsilon: config.layer_norm_eps,
            embedding: weights.bytes("embed.word.q", &[words, hidden])?.to_vec(),
            embedding_scales: weights.floats("embed.word.s", &[words])?,
            positions: weights.floats("embed.position", &[config.max_positions, hidden])?,
            norm: Norm::load(weights, "embed.ln", hidden)?,
            layers: (0..depth).map(|i| Layer::load(config, weights, i)).collect::<Result<_, _>>()?,
            taps: tier.taps.iter().map(|tap| tap - 1).collect(),
        })
    }

    /// Numbers that the last layer makes of a word.
    pub(crate) fn hidden(&self) -> usize {
        self.hidden
    }

    /// Numbers in a vector: the last layer's, then those of the tapped layers.
    pub(crate) fn width(&self) -> usize {
        self.hidden * (1 + self.taps.len())
    }

    /// Appends the vectors of the wanted words to `into`: each the mean of its first and its last piece's.
    pub(crate) fn run(&self, batch: &Batch, work: &mut Workspace, into: &mut Vec<f32>) {
        if batch.words.is_empty() {
            return;
        }
        let mut wanted: Vec<usize> = batch.words.iter().flat_map(|&(first, last)| [first, last]).collect();
        wanted.dedup();
        self.embed(batch, work);
        let every: Vec<usize> = (0..batch.pieces.len()).collect();
        for (index, layer) in self.layers.iter().enumerate() {
            // What the last layer makes of other pieces, nobody reads.
            let last = index + 1 == self.layers.len();
            self.layer(layer, batch, if last { &wanted } else { &every }, work);
            if self.taps.contains(&index) {
                let row = |piece: usize| &work.rows[piece * self.hidden..(piece + 1) * self.hidden];
                batch.words.iter().for_each(|&(first, last)| work.tapped.extend(mean(row(first), row(last))));
            }
        }
        let mut rows = work.rows.chunks_exact(self.hidden);
        for (word, (first, last)) in batch.words.iter().enumerate() {
            let Some(one) = rows.next() else { break };
            let other = if first == last { one } else { rows.next().unwrap_or(one) };
            into.extend(mean(one, other));
            for tap in 0..self.taps.len() {
                let start = (tap * batch.words.len() + word) * self.hidden;
                into.extend_from_slice(&work.tapped[start..start + self.hidden]);
            }
        }
        work.tapped.clear();
    }

    /// Writes the embeddings of all pieces to `work.rows`.
    fn embed(&self, batch: &Batch, work: &mut Workspace) {
        work.rows.resize(batch.pieces.len() * self.hidden, 0.0);
        let mut rows = work.rows.chunks_exact_mut(self.hidden);
        for window in windows(&batch.ends) {
            // Rows stand last: `zip` takes from its first side even if the second one is at its end.
            let pieces = batch.pieces[window].iter().zip(self.positions.chunks_exact(self.hidden));
            for ((&piece, position), row) in pieces.zip(&mut rows) {
                let at = piece as usize * self.hidden;
                let (word, scale) = (&self.embedding[at..at + self.hidden], self.embedding_scales[piece as usize]);
                for ((x, &q), &p) in row.iter_mut().zip(word).zip(position) {
                    *x = f32::from(q) * scale + p;
                }
                self.norm.apply(self.isa, self.epsilon, row);
            }
        }
    }

    /// One layer, from all rows in `work.rows` to the rows in `wanted`, which take their place.
    fn layer(&self, layer: &Layer, batch: &Batch, wanted: &[usize], work: &mut Workspace) {
        self.attend(layer, batch, wanted, work);
        if wanted.len() < batch.pieces.len() {
            for (to, &from) in wanted.iter().enumerate() {
                work.rows.copy_within(from * self.hidden..(from + 1) * self.hidden, to * self.hidden);
            }
            work.rows.truncate(wanted.len() * self.hidden);
        }
        work.quantised.fill(self.isa, &work.context, self.hidden);
        work.result.resize(work.context.len(), 0.0);
        matmul(self.isa, &work.quantised, &layer.output, &mut work.result);
        self.add_and_norm(&mut work.rows, &work.result, &layer.norm_1);
        self.feed_forward(layer, work);
    }

    /// Writes to `work.context` what each wanted row takes from the rows of its window.
    fn attend(&self, layer: &Layer, batch: &Batch, wanted: &[usize], work: &mut Workspace) {
        let (isa, hidden) = (self.isa, self.hidden);
        work.quantised.fill(isa, &work.rows, hidden);
        work.keys_values.resize(batch.pieces.len() * 2 * hidden, 0.0);
        matmul(isa, &work.quantised, &layer.key_value, &mut work.keys_values);
        let queries = if wanted.len() < batch.pieces.len() {
            work.picked.gather(&work.quantised, wanted.iter().copied());
            &work.picked
        } else {
            &work.quantised
        };
        work.queries.resize(wanted.len() * hidden, 0.0);
        matmul(isa, queries, &layer.query, &mut work.queries);
        work.context.resize(wanted.len() * hidden, 0.0);
        let mut first = 0;
        for window in windows(&batch.ends) {
            let end = first + wanted[first..].partition_point(|&row| row < window.end);
            let keys_values = &work.keys_values[window.start * 2 * hidden..window.end * 2 * hidden];
            let (queries, context) =
                (&work.queries[first * hidden..end * hidden], &mut work.context[first * hidden..end * hidden]);
            work.attention.window(isa, self.heads, hidden, queries, keys_values, context);
            first = end;
        }
    }

    /// The feed-forward step for all rows in `work.rows`, in place.
    fn feed_forward(&self, layer: &Layer, work: &mut Workspace) {
        let isa = self.isa;
        for rows in work.rows.chunks_mut(FEED_FORWARD_ROWS * self.hidden) {
            let width = layer.up.outputs();
            work.quantised.fill(isa, rows, self.hidden);
            work.wide.resize(work.quantised.len() * width, 0.0);
            matmul(isa, &work.quantised, &layer.up, &mut work.wide);
            math::gelu(isa, &mut work.wide);
            work.quantised.fill(isa, &work.wide, width);
            work.result.resize(rows.len(), 0.0);
            matmul(isa, &work.quantised, &layer.down, &mut work.result);
            self.add_and_norm(rows, &work.result, &layer.norm_2);
        }
    }

    fn add_and_norm(&self, rows: &mut [f32], more: &[f32], norm: &Norm) {
        for (row, more) in rows.chunks_exact_mut(self.hidden).zip(more.chunks_exact(self.hidden)) {
            math::add(self.isa, row, more);
            norm.apply(self.isa, self.epsilon, row);
        }
    }
}

impl Layer {
    fn load(config: &Config, weights: &Weights, index: usize) -> Result<Layer, Error> {
        let (hidden, ffn) = (config.hidden, config.ffn);
        let name = |part: &str| format!("layer.{index}.{part}");
        // Scores are divided by the square root of a head's size; here, once and for all.
        let scale = 1.0 / ((hidden / config.heads) as f32).sqrt();
        let [query, key_value] = weights.scaled_matrices(&name("qkv"), [hidden, 2 * hidden], hidden, [scale, 1.0])?;
        Ok(Layer {
            query,
            key_value,
            output: weights.matrix(&name("o"), hidden, hidden)?,
            up: weights.matrix(&name("up"), ffn, hidden)?,
            down: weights.matrix(&name("down"), hidden, ffn)?,
            norm_1: Norm::load(weights, &name("ln1"), hidden)?,
            norm_2: Norm::load(weights, &name("ln2"), hidden)?,
        })
    }
}

impl Norm {
    fn load(weights: &Weights, name: &str, hidden: usize) -> Result<Norm, Error> {
        Ok(Norm {
            weight: weights.floats(&format!("{name}.w"), &[hidden])?,
            bias: weights.floats(&format!("{name}.b"), &[hidden])?,
        })
    }

    fn apply(&self, isa: Isa, epsilon: f32, row: &mut [f32]) {
        math::layer_norm(isa, row, &self.weight, &self.bias, epsilon);
    }
}

fn mean<'a>(one: &'a [f32], other: &'a [f32]) -> impl Iterator<Item = f32> + 'a {
    one.iter().zip(other).map(|(a, b)| 0.5 * (a + b))
}

/// The ranges that end at `ends`, one after the other.
fn windows(ends: &[usize]) -> impl Iterator<Item = Range<usize>> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    starts.zip(ends).map(|(start, &end)| start..end)
}
