//! The kernel for processors with 8-bit dot products in 256-bit vectors, and none in 512.

use std::arch::x86_64::*;

use super::avx2::{halves, quad, to_array};
use super::packed::Line;
use super::tiles::{Target, each_row_block};
use super::{Isa, Packed, QuantRows};

/// Bytes of activations that are gone over for every panel: they and a panel have to stay in the L2 cache.
const ROW_BLOCK_BYTES: usize = 192 << 10;

pub(super) fn matmul(rows: &QuantRows, matrix: &Packed, out: &mut [f32]) {
    assert!(Isa::AvxVnni.is_supported());
    // SAFETY: the processor has AVX2 and AVX-VNNI.
    unsafe { run(rows, matrix, out) }
}

#[target_feature(enable = "avx2,avxvnni")]
fn run(rows: &QuantRows, matrix: &Packed, out: &mut [f32]) {
    let block = (ROW_BLOCK_BYTES / rows.stride()).next_multiple_of(6);
    let mut target = Target { rows, matrix, out };
    for first in (0..rows.len()).step_by(block) {
        let last = (first + block).min(rows.len());
        for panel in 0..matrix.panels() {
            let lines = matrix.lines(panel, 1);
            each_row_block!(6, first, last, |row, R| tile::<R>(rows.rows_from(row), lines, row, panel, &mut target));
        }
    }
}

/// Computes `R` rows and one panel. `activations` holds at least `R` rows of four numbers a line.
#[target_feature(enable = "avx2,avxvnni")]
#[inline(never)]
fn tile<const R: usize>(activations: &[u8], lines: &[Line], row: usize, panel: usize, target: &mut Target) {
    let stride = lines.len() * 4;
    assert!(activations.len() >= R * stride);
    let start = activations.as_ptr();
    let mut sums = [[_mm256_setzero_si256(); 2]; R];
    for (index, line) in lines.iter().enumerate() {
        let [low, high] = halves(line);
        for (r, sum) in sums.iter_mut().enumerate() {
            // SAFETY: `r < R` and `index < lines.len()`, so the four numbers lie inside `activations`, as asserted above.
            let quad = unsafe { quad(start, r * stride + index * 4) };
            sum[0] = _mm256_dpbusd_avx_epi32(sum[0], quad, low);
            sum[1] = _mm256_dpbusd_avx_epi32(sum[1], quad, high);
        }
    }
    for (r, sum) in sums.iter().enumerate() {
        target.put(row + r, panel, &to_array(sum));
    }
}
