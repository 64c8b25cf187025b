//! The `f32` steps: layer norm, softmax, GELU, quantisation.
//!
//! Each is written once, over [`LANES`] lanes with a fixed order of sums, and compiled once for every instruction
//! set. Rust neither reorders floating-point sums nor fuses a product and a sum, so every version gives the same
//! bits; the vector width only says how many lanes are done at once.

use crate::kernel::Isa;

/// Partial sums that a sum over a row is made of: element `i` goes to lane `i % LANES`.
pub(crate) const LANES: usize = 16;

/// Defines a function whose body is compiled for every instruction set and picked by its first argument.
macro_rules! vectorised {
    ($(#[$doc:meta])* fn $name:ident($($arg:ident: $ty:ty),*) $(-> $ret:ty)? $body:block) => {
        $(#[$doc])*
        #[inline]
        pub(crate) fn $name(isa: Isa, $($arg: $ty),*) $(-> $ret)? {
            #[inline(always)]
            fn body($($arg: $ty),*) $(-> $ret)? $body

            #[cfg(target_arch = "x86_64")]
            {
                #[target_feature(enable = "avx2")]
                fn avx2($($arg: $ty),*) $(-> $ret)? { body($($arg),*) }
                #[target_feature(enable = "avx512f,avx512bw,avx512vl")]
                fn avx512($($arg: $ty),*) $(-> $ret)? { body($($arg),*) }
                match isa {
                    Isa::Portable => {}
                    // SAFETY: an engine is only ever made with an instruction set that the processor has.
                    Isa::Avx2 | Isa::AvxVnni => return unsafe { avx2($($arg),*) },
                    // SAFETY: as above.
                    Isa::Avx512Vnni => return unsafe { avx512($($arg),*) },
                }
            }
            let _ = isa;
            body($($arg),*)
        }
    };
}
pub(crate) use vectorised;

/// Adds up the lanes in a fixed tree.
#[inline(always)]
pub(crate) fn tree(mut lanes: [f32; LANES]) -> f32 {
    let mut half = LANES / 2;
    while half > 0 {
        for i in 0..half {
            lanes[i] += lanes[i + half];
        }
        half /= 2;
    }
    lanes[0]
}

/// The sum of `of(x)` over a row, lane by lane and then as a tree.
#[inline(always)]
fn sum(row: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let mut lanes = [0.0f32; LANES];
    let mut chunks = row.chunks_exact(LANES);
    for chunk in &mut chunks {
        for i in 0..LANES {
            lanes[i] += of(chunk[i]);
        }
    }
    for (lane, &x) in lanes.iter_mut().zip(chunks.remainder()) {
        *lane += of(x);
    }
    tree(lanes)
}

/// The least and the greatest number of a row, zero included.
#[inline(always)]
fn bounds(row: &[f32]) -> (f32, f32) {
    let (mut low, mut high) = ([0.0f32; LANES], [0.0f32; LANES]);
    let mut chunks = row.chunks_exact(LANES);
    for chunk in &mut chunks {
        for i in 0..LANES {
            low[i] = if chunk[i] < low[i] { chunk[i] } else { low[i] };
            high[i] = if chunk[i] > high[i] { chunk[i] } else { high[i] };
        }
    }
    let rest = chunks.remainder().iter().copied();
    let least = low.into_iter().chain(rest.clone()).fold(0.0, |a, x| if x < a { x } else { a });
    let most = high.into_iter().chain(rest).fold(0.0, |a, x| if x > a { x } else { a });
    (least, most)
}

/// Adding this to a number of less than 2^22 rounds it to a whole one, halves to even, and leaves it in the lowest bits.
const ROUND: f32 = 12_582_912.0;

/// The nearest whole number, halves to even, for numbers of less than 2^22.
#[inline(always)]
fn round(x: f32) -> i32 {
    (x + ROUND).to_bits().wrapping_sub(ROUND.to_bits()) as i32
}

/// The greatest quantised number. Seven bits over a row's own range are about as fine as eight over a range that is
/// the same on both sides of zero, and they let the AVX2 kernel multiply bytes without saturation.
pub(crate) const MOST: i32 = 127;

vectorised! {
    /// Quantises a row to 0..=127 over its own range and returns its scale and zero point: `x = scale * (q - zero)`.
    ///
    /// This is `DynamicQuantizeLinear` of ONNX, done for one row and with 7 bits. A row of zeros, or with something
    /// infinite, gets scale 0.
    fn quantise(row: &[f32], into: &mut [u8]) -> (f32, i32) {
        let (low, high) = bounds(row);
        let inverse = MOST as f32 / (high - low);
        if !(inverse > 0.0 && inverse < f32::INFINITY) {
            into.fill(0);
            return (0.0, 0);
        }
        let zero = round(-low * inverse);
        for (q, &x) in into.iter_mut().zip(row) {
            *q = (round(x * inverse) + zero).clamp(0, MOST) as u8;
        }
        ((high - low) / MOST as f32, zero)
    }
}

vectorised! {
    /// Layer normalisation of a row, in place: mean 0, variance 1 (plus `epsilon`), then times `weight` plus `bias`.
    fn layer_norm(row: &mut [f32], weight: &[f32], bias: &[f32], epsilon: f32) {
        let count = row.len() as f32;
        let mean = sum(row, |x| x) / count;
        let variance = sum(row, |x| (x - mean) * (x - mean)) / count;
        let inverse = 1.0 / (variance + epsilon).sqrt();
        for ((x, &w), &b) in row.iter_mut().zip(weight).zip(bias) {
            *x = (*x - mean) * inverse * w + b;
        }
    }
}

vectorised! {
    /// GELU of every number, in place: `x` times the share of the normal distribution below `x`.
    fn gelu(row: &mut [f32]) {
        for x in row {
            *x = gelu_of(*x);
        }
    }
}

vectorised! {
    /// Adds `other` to `row`, number by number.
    fn add(row: &mut [f32], other: &[f32]) {
        for (x, &y) in row.iter_mut().zip(other) {
            *x += y;
        }
    }
}

vectorised! {
    /// Softmax without its division: every number becomes `exp(x - max)`; returns one over their sum.
    fn softmax(row: &mut [f32]) -> f32 {
        let mut lanes = [f32::NEG_INFINITY; LANES];
        let mut chunks = row.chunks_exact(LANES);
        for chunk in &mut chunks {
            for i in 0..LANES {
                lanes[i] = if chunk[i] > lanes[i] { chunk[i] } else { lanes[i] };
            }
        }
        let rest = chunks.remainder().iter().copied();
        let max = lanes.into_iter().chain(rest).fold(f32::NEG_INFINITY, |a, x| if x > a { x } else { a });
        for x in &mut *row {
            *x = exp(*x - max);
        }
        1.0 / sum(row, |x| x)
    }
}

vectorised! {
    /// The dot product of two rows, with fixed order.
    fn dot(a: &[f32], b: &[f32]) -> f32 {
        let mut lanes = [0.0f32; LANES];
        let (mut left, mut right) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
        for (x, y) in (&mut left).zip(&mut right) {
            for i in 0..LANES {
                lanes[i] += x[i] * y[i];
            }
        }
        for ((lane, &x), &y) in lanes.iter_mut().zip(left.remainder()).zip(right.remainder()) {
            *lane += x * y;
        }
        tree(lanes)
    }
}

/// `exp(x)` for `x <= 0`, with a relative error below 2e-7; below -87 it is about `exp(-87)`, never a denormal.
#[inline(always)]
fn exp(x: f32) -> f32 {
    // exp(x) = 2^n * exp(r), with n whole and |r| <= ln(2) / 2.
    let x = if x > -87.0 { x } else { -87.0 };
    let shifted = x * std::f32::consts::LOG2_E + ROUND;
    let n = shifted - ROUND;
    // ln(2) in two parts, so that the first product is exact (Cody and Waite).
    let r = (x - n * 0.693_359_4) - n * -2.121_944_4e-4;
    // Cephes' expf: a minimax polynomial for (exp(r) - 1 - r) / r^2.
    let mut p = 1.987_569_1e-4;
    p = p * r + 1.398_199_9e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    let value = p * (r * r) + r + 1.0;
    let exponent = (shifted.to_bits() as i32).wrapping_sub(ROUND.to_bits() as i32).wrapping_add(127);
    value * f32::from_bits((exponent << 23) as u32)
}

/// `x * (1 + erf(x / sqrt(2))) / 2`, with an absolute error below 2e-6.
#[inline(always)]
fn gelu_of(x: f32) -> f32 {
    0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2))
}

/// The error function as a quotient of polynomials on [-4, 4], beyond which it is 1 to seven digits.
#[inline(always)]
fn erf(x: f32) -> f32 {
    let x = if x > -4.0 { x } else { -4.0 };
    let x = if x < 4.0 { x } else { 4.0 };
    let s = x * x;
    let mut p = -2.726_142_3e-10;
    p = p * s + 2.770_681_5e-8;
    p = p * s + -2.101_024e-6;
    p = p * s + -5.692_506_5e-5;
    p = p * s + -7.349_906_3e-4;
    p = p * s + -2.954_6e-3;
    p = p * s + -1.609_603_3e-2;
    let mut q = -1.456_607_2e-5;
    q = q * s + -2.133_740_6e-4;
    q = q * s + -1.682_827e-3;
    q = q * s + -7.373_329e-3;
    q = q * s + -1.426_473_9e-2;
    x * p / q
}

#[cfg(test)]
mod tests;
