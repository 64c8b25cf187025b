//! The kernel for processors with AVX2 and no 8-bit dot product.
//!
//! `vpmaddubsw` multiplies bytes and adds neighbours into 16 bits, which saturate. Activations of 7 bits leave room for
//! any two weights, so nothing is lost. Mostly there is room for two more: the sums of two lines may be added in
//! 16 bits before they are widened, which saves a third of the multiplications. [`Order`] says, from the weights, for
//! which lines that is certain.

use std::arch::x86_64::*;

use super::packed::{Line, Order};
use super::tiles::{Target, each_row_block};
use super::{PANEL, Packed, QuantRows};

/// Bytes of activations that are gone over for every panel: they and a panel have to stay in the L2 cache.
const ROW_BLOCK_BYTES: usize = 192 << 10;

pub(super) fn matmul(rows: &QuantRows, matrix: &Packed, out: &mut [f32]) {
    assert!(is_x86_feature_detected!("avx2"));
    // SAFETY: the processor has AVX2.
    unsafe { run(rows, matrix, out) }
}

#[target_feature(enable = "avx2")]
fn run(rows: &QuantRows, matrix: &Packed, out: &mut [f32]) {
    let block = (ROW_BLOCK_BYTES / rows.stride()).next_multiple_of(4);
    let mut target = Target { rows, matrix, out };
    for first in (0..rows.len()).step_by(block) {
        let last = (first + block).min(rows.len());
        for panel in 0..matrix.panels() {
            let (lines, order) = (matrix.lines(panel, 1), matrix.order(panel));
            each_row_block!(4, first, last, |row, R| tile::<R>(
                rows.rows_from(row),
                lines,
                order,
                row,
                panel,
                &mut target
            ));
        }
    }
}

/// Computes `R` rows and one panel. `activations` holds at least `R` rows of four numbers a line.
#[target_feature(enable = "avx2")]
#[inline(never)]
fn tile<const R: usize>(
    activations: &[u8],
    lines: &[Line],
    order: &Order,
    row: usize,
    panel: usize,
    target: &mut Target,
) {
    let stride = lines.len() * 4;
    assert!(activations.len() >= R * stride && order.groups.len() == lines.len());
    let start = activations.as_ptr();
    let ones = _mm256_set1_epi16(1);
    let mut sums = [[_mm256_setzero_si256(); 2]; R];
    let (pairs, rest) = lines.split_at(order.paired);
    let (pair_groups, rest_groups) = order.groups.split_at(order.paired);
    for (lines, groups) in pairs.chunks_exact(2).zip(pair_groups.chunks_exact(2)) {
        let ([low, high], [more_low, more_high]) = (halves(&lines[0]), halves(&lines[1]));
        for (r, sum) in sums.iter_mut().enumerate() {
            // SAFETY: `r < R` and every group is less than `lines.len()`, so these lie inside `activations`.
            let (quad, more) = unsafe {
                (quad(start, r * stride + groups[0] as usize * 4), quad(start, r * stride + groups[1] as usize * 4))
            };
            let low = _mm256_add_epi16(_mm256_maddubs_epi16(quad, low), _mm256_maddubs_epi16(more, more_low));
            let high = _mm256_add_epi16(_mm256_maddubs_epi16(quad, high), _mm256_maddubs_epi16(more, more_high));
            sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(low, ones));
            sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(high, ones));
        }
    }
    for (line, &group) in rest.iter().zip(rest_groups) {
        let [low, high] = halves(line);
        for (r, sum) in sums.iter_mut().enumerate() {
            // SAFETY: as above.
            let quad = unsafe { quad(start, r * stride + group as usize * 4) };
            sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(_mm256_maddubs_epi16(quad, low), ones));
            sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(_mm256_maddubs_epi16(quad, high), ones));
        }
    }
    for (r, sum) in sums.iter().enumerate() {
        target.put(row + r, panel, &to_array(sum));
    }
}

/// The weights of a line: the first eight outputs, and the other eight.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) fn halves(line: &Line) -> [__m256i; 2] {
    let weights: *const __m256i = line.0.as_ptr().cast();
    // SAFETY: a line is 64 bytes, aligned to 64.
    unsafe { [_mm256_load_si256(weights), _mm256_load_si256(weights.add(1))] }
}

/// Four activations, over and over.
///
/// # Safety
/// The four bytes from `start + at` on must be readable.
#[target_feature(enable = "avx2")]
#[inline]
pub(super) unsafe fn quad(start: *const u8, at: usize) -> __m256i {
    // SAFETY: as the caller promises.
    _mm256_set1_epi32(unsafe { start.add(at).cast::<i32>().read_unaligned() })
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
