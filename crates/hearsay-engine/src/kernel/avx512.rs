//! The kernel for processors with 8-bit dot products in 512-bit vectors.

use std::arch::x86_64::*;

use super::packed::Line;
use super::tiles::{Target, each_row_block};
use super::{Isa, PANEL, Packed, QuantRows};

/// Bytes of activations that are gone over for every four panels: they and the panels have to stay in the L2 cache.
const ROW_BLOCK_BYTES: usize = 384 << 10;

pub(super) fn matmul(rows: &QuantRows, matrix: &Packed, out: &mut [f32]) {
    assert!(Isa::Avx512Vnni.is_supported());
    // SAFETY: the processor has AVX-512 F, BW, VL and VNNI.
    unsafe { run(rows, matrix, out) }
}

#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
fn run(rows: &QuantRows, matrix: &Packed, out: &mut [f32]) {
    let block = (ROW_BLOCK_BYTES / rows.stride()).next_multiple_of(6);
    let mut target = Target { rows, matrix, out };
    for first in (0..rows.len()).step_by(block) {
        let last = (first + block).min(rows.len());
        let mut panel = 0;
        while panel + 4 <= matrix.panels() {
            let lines = matrix.lines(panel, 4);
            each_row_block!(6, first, last, |row, R| tile::<R, 4>(rows.rows_from(row), lines, row, panel, &mut target));
            panel += 4;
        }
        for panel in panel..matrix.panels() {
            let lines = matrix.lines(panel, 1);
            each_row_block!(6, first, last, |row, R| tile::<R, 1>(rows.rows_from(row), lines, row, panel, &mut target));
        }
    }
}

/// Computes `R` rows and `P` panels, whose lines follow each other in `lines`.
/// `activations` holds at least `R` rows of four numbers for each line of a panel.
#[target_feature(enable = "avx512f,avx512bw,avx512vl,avx512vnni")]
#[inline(never)]
fn tile<const R: usize, const P: usize>(
    activations: &[u8],
    lines: &[Line],
    row: usize,
    panel: usize,
    target: &mut Target,
) {
    let depth = lines.len() / P;
    let stride = depth * 4;
    assert!(activations.len() >= R * stride);
    let (start, first_line) = (activations.as_ptr(), lines.as_ptr());
    let mut sums = [[_mm512_setzero_si512(); P]; R];
    for index in 0..depth {
        let mut weights = [_mm512_setzero_si512(); P];
        for (p, weight) in weights.iter_mut().enumerate() {
            // SAFETY: `p < P` and `index < depth`, so the line lies inside `lines`; a line is 64 bytes, aligned to 64.
            *weight = unsafe { _mm512_load_si512(first_line.add(p * depth + index).cast()) };
        }
        for (r, sum) in sums.iter_mut().enumerate() {
            // SAFETY: `r < R` and `index < depth`, so the four numbers lie inside `activations`, as asserted above.
            let quad = unsafe { start.add(r * stride + index * 4).cast::<i32>().read_unaligned() };
            let quad = _mm512_set1_epi32(quad);
            for p in 0..P {
                sum[p] = _mm512_dpbusd_epi32(sum[p], quad, weights[p]);
            }
        }
    }
    for (r, sum) in sums.iter().enumerate() {
        for (p, &sum) in sum.iter().enumerate() {
            let mut array = [0i32; PANEL];
            // SAFETY: the array is 64 bytes, one vector.
            unsafe { _mm512_storeu_si512(array.as_mut_ptr().cast(), sum) };
            target.put(row + r, panel + p, &array);
        }
    }
}
