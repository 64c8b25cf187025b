//! The kernel for processors with AVX2 and no 8-bit dot product.
//!
//! `vpmaddubsw`, the usual choice, saturates at full 8-bit range. Here both sides are widened to `i16` and multiplied
//! with `vpmaddwd`, which is exact; it needs as many multiplications, and the weights are widened once, at load.

use std::arch::x86_64::*;

use super::packed::Line;
use super::tiles::{Target, each_row_block};
use super::{PANEL, Packed, QuantRows};

/// Bytes of widened activations that are gone over for every panel: they and a panel have to stay in the L2 cache.
const ROW_BLOCK_BYTES: usize = 192 << 10;

pub(super) fn matmul(rows: &QuantRows, matrix: &Packed, scratch: &mut Vec<i16>, out: &mut [f32]) {
    assert!(is_x86_feature_detected!("avx2"));
    // SAFETY: the processor has AVX2.
    unsafe { run(rows, matrix, scratch, out) }
}

#[target_feature(enable = "avx2")]
fn run(rows: &QuantRows, matrix: &Packed, scratch: &mut Vec<i16>, out: &mut [f32]) {
    let stride = rows.stride();
    let block = (ROW_BLOCK_BYTES / (2 * stride)).next_multiple_of(6);
    let mut target = Target { rows, matrix, out };
    for first in (0..rows.len()).step_by(block) {
        let last = (first + block).min(rows.len());
        scratch.clear();
        scratch.extend(rows.rows_from(first)[..(last - first) * stride].iter().map(|&x| i16::from(x)));
        for panel in 0..matrix.panels() {
            let lines = matrix.lines(panel, 1);
            each_row_block!(first, last, |row, R| tile::<R>(
                &scratch[(row - first) * stride..],
                lines,
                row,
                panel,
                &mut target
            ));
        }
    }
}

/// Computes `R` rows and one panel. `activations` holds at least `R` rows of two numbers a line.
#[target_feature(enable = "avx2")]
#[inline(never)]
fn tile<const R: usize>(activations: &[i16], lines: &[Line], row: usize, panel: usize, target: &mut Target) {
    let stride = lines.len() * 2;
    assert!(activations.len() >= R * stride);
    let start = activations.as_ptr();
    let mut sums = [[_mm256_setzero_si256(); 2]; R];
    for (index, line) in lines.iter().enumerate() {
        let weights: *const __m256i = line.0.as_ptr().cast();
        // SAFETY: a line is 64 bytes, aligned to 64.
        let (low, high) = unsafe { (_mm256_load_si256(weights), _mm256_load_si256(weights.add(1))) };
        for (r, sum) in sums.iter_mut().enumerate() {
            // SAFETY: `r < R` and `index < lines.len()`, so both numbers lie inside `activations`, as asserted above.
            let pair = unsafe { start.add(r * stride + index * 2).cast::<i32>().read_unaligned() };
            let pair = _mm256_set1_epi32(pair);
            sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(pair, low));
            sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(pair, high));
        }
    }
    for (r, sum) in sums.iter().enumerate() {
        target.put(row + r, panel, &to_array(sum));
    }
}

/// The sixteen sums of one row, in the order of the outputs.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn to_array(sums: &[__m256i; 2]) -> [i32; PANEL] {
    let mut array = [0; PANEL];
    let into: *mut __m256i = array.as_mut_ptr().cast();
    // SAFETY: the array is 64 bytes, two vectors.
    unsafe {
        _mm256_storeu_si256(into, sums[0]);
        _mm256_storeu_si256(into.add(1), sums[1]);
    }
    array
}
