//! The kernel for any processor, in plain Rust that compilers vectorise.

use super::packed::Line;
use super::tiles::Target;
use super::{PANEL, Packed, QuantRows};

pub(super) fn matmul(rows: &QuantRows, matrix: &Packed, out: &mut [f32]) {
    let mut target = Target { rows, matrix, out };
    for panel in 0..matrix.panels() {
        let lines = matrix.lines(panel, 1);
        for row in 0..rows.len() {
            target.put(row, panel, &dot(rows.row(row), lines));
        }
    }
}

/// The sums of one row and the sixteen outputs of one panel.
fn dot(row: &[u8], lines: &[Line]) -> [i32; PANEL] {
    let mut sums = [0i32; PANEL];
    for (inputs, line) in row.chunks_exact(4).zip(lines) {
        for (&input, weights) in inputs.iter().zip(line.0.chunks_exact(PANEL)) {
            for (sum, &weight) in sums.iter_mut().zip(weights) {
                // 127 * 127 fits into 16 bits, and vectors of 16 bits hold twice as many.
                *sum += i32::from(i16::from(input) * i16::from(weight as i8));
            }
        }
    }
    sums
}
