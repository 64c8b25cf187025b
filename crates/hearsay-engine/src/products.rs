//! Products of `f32` rows with fixed order: what attention and the tree heads are made of.
//!
//! Vectors run over the results, never over the terms of a sum, and each sum is taken in the order of its terms.
//! So a vector's width cannot change a bit.

use crate::kernel::Isa;
use crate::math::{LANES, vectorised};

/// Rows of the left side that are worked on at once, to fill the processor's pipelines.
const TOGETHER: usize = 4;

/// The right side of a product: columns of equal depth, stored one depth after the other and padded to whole lanes.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    depth: usize,
    count: usize,
    padded: usize,
    values: Vec<f32>,
}

impl Columns {
    /// Makes room for `count` columns of `depth` numbers, all zero.
    pub(crate) fn reset(&mut self, depth: usize, count: usize) {
        (self.depth, self.count) = (depth, count);
        self.padded = count.next_multiple_of(LANES);
        self.values.clear();
        self.values.resize(depth * self.padded, 0.0);
    }

    /// Writes a column.
    pub(crate) fn set_column(&mut self, index: usize, values: &[f32]) {
        for (depth, &value) in values[..self.depth].iter().enumerate() {
            self.values[depth * self.padded + index] = value;
        }
    }

    /// Writes the numbers of all columns at one depth.
    pub(crate) fn set_depth(&mut self, depth: usize, values: &[f32]) {
        self.values[depth * self.padded..][..self.count].copy_from_slice(&values[..self.count]);
    }

    /// Numbers in a row of the product: the number of columns, padded.
    pub(crate) fn padded(&self) -> usize {
        self.padded
    }

    /// Multiplies rows, each the first `depth` numbers of `stride` ones, with all columns.
    ///
    /// `out` takes one row of [`Columns::padded`] numbers for each row.
    pub(crate) fn multiply(&self, isa: Isa, rows: &[f32], stride: usize, out: &mut [f32]) {
        multiply(isa, self, rows, stride, out);
    }
}

vectorised! {
    /// See [`Columns::multiply`].
    fn multiply(columns: &Columns, rows: &[f32], stride: usize, out: &mut [f32]) {
        let count = out.len().checked_div(columns.padded).unwrap_or(0);
        let mut row = 0;
        while row + TOGETHER <= count {
            block::<TOGETHER>(columns, &rows[row * stride..], stride, &mut out[row * columns.padded..]);
            row += TOGETHER;
        }
        for row in row..count {
            block::<1>(columns, &rows[row * stride..], stride, &mut out[row * columns.padded..]);
        }
    }
}

/// Multiplies `N` rows with all columns.
#[inline(always)]
fn block<const N: usize>(columns: &Columns, rows: &[f32], stride: usize, out: &mut [f32]) {
    let rows: [&[f32]; N] = std::array::from_fn(|n| &rows[n * stride..][..columns.depth]);
    for lane in (0..columns.padded).step_by(LANES) {
        let mut sums = [[0.0f32; LANES]; N];
        for (depth, line) in columns.values.chunks_exact(columns.padded).enumerate() {
            let Some(right) = line[lane..].first_chunk::<LANES>() else { break };
            for n in 0..N {
                let left = rows[n][depth];
                for i in 0..LANES {
                    sums[n][i] += left * right[i];
                }
            }
        }
        for n in 0..N {
            out[n * columns.padded + lane..][..LANES].copy_from_slice(&sums[n]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_follow_the_definition_on_every_instruction_set() {
        for (rows, depth, count) in [(1, 1, 1), (3, 8, 17), (9, 33, 40), (4, 5, 16)] {
            let left: Vec<f32> = (0..rows * depth).map(|i| (i % 11) as f32 - 5.0).collect();
            let right: Vec<f32> = (0..count * depth).map(|i| (i % 7) as f32 * 0.5 - 1.0).collect();
            let (mut by_column, mut by_depth) = (Columns::default(), Columns::default());
            by_column.reset(depth, count);
            by_depth.reset(depth, count);
            (0..count).for_each(|c| by_column.set_column(c, &right[c * depth..]));
            for d in 0..depth {
                let line: Vec<f32> = (0..count).map(|c| right[c * depth + d]).collect();
                by_depth.set_depth(d, &line);
            }
            for isa in Isa::ALL.into_iter().filter(|isa| isa.is_supported()) {
                for columns in [&by_column, &by_depth] {
                    let mut out = vec![0.0; rows * columns.padded()];
                    columns.multiply(isa, &left, depth, &mut out);
                    for (r, c) in (0..rows).flat_map(|r| (0..count).map(move |c| (r, c))) {
                        let exact = (0..depth).fold(0.0, |sum, d| sum + left[r * depth + d] * right[c * depth + d]);
                        assert_eq!(out[r * columns.padded() + c], exact);
                    }
                }
            }
        }
    }
}
