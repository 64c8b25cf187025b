//! Attention inside one window, head by head, in `f32`. Rows of other windows are never seen, so nothing is padded
//! or masked.

use crate::kernel::Isa;
use crate::math;
use crate::products::Columns;

/// Query rows whose scores are held at once.
const BLOCK: usize = 32;

/// Memory that attention works in.
#[derive(Debug, Default)]
pub(crate) struct Attention {
    keys: Columns,
    values: Columns,
    scores: Vec<f32>,
    mixed: Vec<f32>,
}

impl Attention {
    /// Mixes the values of one window for each of its queries.
    ///
    /// `queries` and `context` hold rows of `hidden` numbers, the latter to be written; `keys_values` holds rows of
    /// twice as many, keys first. Queries come already divided by the square root of a head's size.
    pub(crate) fn window(
        &mut self,
        isa: Isa,
        heads: usize,
        hidden: usize,
        queries: &[f32],
        keys_values: &[f32],
        context: &mut [f32],
    ) {
        let (size, length) = (hidden / heads, keys_values.len() / (2 * hidden));
        for at in (0..hidden).step_by(size) {
            self.keys.reset(size, length);
            self.values.reset(length, size);
            for (index, row) in keys_values.chunks_exact(2 * hidden).enumerate() {
                self.keys.set_column(index, &row[at..at + size]);
                self.values.set_depth(index, &row[hidden + at..hidden + at + size]);
            }
            let blocks = queries.chunks(BLOCK * hidden).zip(context.chunks_mut(BLOCK * hidden));
            for (queries, context) in blocks {
                self.head(isa, hidden, length, &queries[at..], context, at..at + size);
            }
        }
    }

    /// One head for a block of queries; `columns` says where in the context rows its result goes.
    fn head(
        &mut self,
        isa: Isa,
        hidden: usize,
        length: usize,
        queries: &[f32],
        context: &mut [f32],
        columns: std::ops::Range<usize>,
    ) {
        let count = context.len() / hidden;
        let (wide, narrow) = (self.keys.padded(), self.values.padded());
        self.scores.resize(BLOCK * wide, 0.0);
        self.mixed.resize(BLOCK * narrow, 0.0);
        let scores = &mut self.scores[..count * wide];
        self.keys.multiply(isa, queries, hidden, scores);
        let mut inverses = [0.0; BLOCK];
        for (inverse, row) in inverses.iter_mut().zip(scores.chunks_exact_mut(wide)) {
            *inverse = math::softmax(isa, &mut row[..length]);
        }
        let mixed = &mut self.mixed[..count * narrow];
        self.values.multiply(isa, scores, wide, mixed);
        let rows = context.chunks_exact_mut(hidden).zip(mixed.chunks_exact(narrow));
        for ((context, mixed), inverse) in rows.zip(inverses) {
            for (to, from) in context[columns.clone()].iter_mut().zip(mixed) {
                *to = from * inverse;
            }
        }
    }
}
