//! Whole-number matrix products: activations of 7 bits times weights of 8 bits, summed in `i32`.
//!
//! Sums of products of 8-bit numbers are exact in 32 bits for every size the engine accepts, so every
//! kernel gives the same bits, in any order of summation. The fastest one is chosen at run time.
//!
//! Weights are packed once, at load, in *lines* of 64 bytes: sixteen outputs times a few neighbouring inputs
//! (four of them). A *panel* is the run of lines of the same sixteen outputs.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "x86_64")]
mod avxvnni;
mod isa;
mod packed;
mod portable;
mod rows;
mod tiles;

pub use isa::Isa;
pub(crate) use packed::Packed;
pub(crate) use rows::QuantRows;

/// Inputs that kernels take in one step; rows are padded to a whole number of such groups.
const GROUP: usize = 4;

/// Outputs in one panel, and numbers in one accumulator line.
pub(crate) const PANEL: usize = 16;

/// Multiplies every row of `rows` with `matrix` and writes `rows.len()` times `matrix.outputs()` numbers to `out`.
pub(crate) fn matmul(isa: Isa, rows: &QuantRows, matrix: &Packed, out: &mut [f32]) {
    assert_eq!(rows.width(), matrix.inputs(), "rows and matrix disagree");
    assert_eq!(out.len(), rows.len() * matrix.outputs(), "output has the wrong size");
    match isa {
        Isa::Portable => portable::matmul(rows, matrix, out),
        #[cfg(target_arch = "x86_64")]
        Isa::Avx2 => avx2::matmul(rows, matrix, out),
        #[cfg(target_arch = "x86_64")]
        Isa::AvxVnni => avxvnni::matmul(rows, matrix, out),
        #[cfg(target_arch = "x86_64")]
        Isa::Avx512Vnni => avx512::matmul(rows, matrix, out),
        #[cfg(not(target_arch = "x86_64"))]
        _ => unreachable!("{isa} is never chosen on this processor"),
    }
}

#[cfg(test)]
mod tests;
