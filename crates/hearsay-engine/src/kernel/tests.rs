#![allow(clippy::print_stdout)]

use super::*;
use proptest::prelude::*;

/// Small numbers that look random, the same in every run.
fn noise(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state >> 11
    }
}

/// A product with every number drawn at random; extremes are frequent.
fn product(isa: Isa, seed: u64, rows: usize, inputs: usize, outputs: usize) -> Vec<u32> {
    let mut next = noise(seed);
    // Weights that reach far never fit into 16 bits two lines at a time, small ones always do, others now and then.
    let reach = [127, 50, 20][(seed % 3) as usize];
    let mut weight = || match next() % 8 {
        0 => -reach,
        1 => reach,
        _ => (next() % 255) as i64 % reach,
    };
    let weights: Vec<i8> = (0..inputs * outputs).map(|_| weight() as i8).collect();
    let scales: Vec<f32> = (0..outputs).map(|i| 0.001 + i as f32 * 1e-5).collect();
    let biases: Vec<f32> = (0..outputs).map(|i| i as f32 * 0.01 - 0.3).collect();
    let values: Vec<f32> = (0..rows * inputs).map(|i| ((i as u64 ^ seed) % 251) as f32 - 40.0).collect();
    let mut quantised = QuantRows::default();
    quantised.fill(Isa::Portable, &values, inputs);
    let packed = Packed::new(isa, inputs, &weights, &scales, &biases);
    let mut out = vec![0.0; rows * outputs];
    matmul(isa, &quantised, &packed, &mut out);
    out.iter().map(|x| x.to_bits()).collect()
}

/// The same by the definition, in whole numbers.
#[test]
fn the_portable_kernel_follows_the_definition() {
    let (inputs, outputs) = (7, 3);
    let weights: Vec<i8> = (0..21).map(|i| (i * 13 - 127) as i8).collect();
    let values: Vec<f32> = (0..14).map(|i| i as f32 - 5.0).collect();
    let mut rows = QuantRows::default();
    rows.fill(Isa::Portable, &values, inputs);
    let packed = Packed::new(Isa::Portable, inputs, &weights, &[0.5, 0.25, 2.0], &[1.0, 2.0, 3.0]);
    let mut out = vec![0.0; 6];
    matmul(Isa::Portable, &rows, &packed, &mut out);
    for row in 0..2 {
        for output in 0..outputs {
            let sum: i32 = (0..inputs)
                .map(|i| (i32::from(rows.row(row)[i]) - rows.zero(row)) * i32::from(weights[output * inputs + i]))
                .sum();
            let expected = sum as f32 * [0.5, 0.25, 2.0][output] * rows.scale(row) + [1.0, 2.0, 3.0][output];
            assert_eq!(out[row * outputs + output], expected);
        }
    }
}

/// The instruction sets of this processor; names the others, which are not checked.
fn supported() -> Vec<Isa> {
    let (here, absent): (Vec<Isa>, Vec<Isa>) = Isa::ALL.into_iter().partition(|isa| isa.is_supported());
    for isa in absent {
        println!("not checked: this processor has no {isa}");
    }
    here
}

#[test]
fn every_kernel_gives_the_same_bits_at_the_extremes() {
    let inputs = 1536;
    for (weight, value) in [(127i8, 1.0f32), (-127, 1.0), (127, -1.0), (-127, -1.0)] {
        let run = |isa| {
            let packed = Packed::new(isa, inputs, &vec![weight; inputs], &[1.0], &[0.0]);
            let mut rows = QuantRows::default();
            rows.fill(Isa::Portable, &vec![value; inputs], inputs);
            let mut out = [0.0];
            matmul(isa, &rows, &packed, &mut out);
            out[0]
        };
        for isa in supported() {
            assert_eq!(run(isa).to_bits(), run(Isa::Portable).to_bits(), "{isa}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(miri) { 2 } else { 64 }, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_kernel_gives_the_same_bits(seed: u64, rows in 1usize..20, inputs in 1usize..200, outputs in 1usize..150) {
        let expected = product(Isa::Portable, seed, rows, inputs, outputs);
        for isa in supported() {
            prop_assert!(product(isa, seed, rows, inputs, outputs) == expected, "{isa} differs");
        }
    }
}
