#![allow(clippy::print_stdout)]

use super::*;

/// erf by its series, in double precision; good to 1e-12 for |x| <= 5.
fn exact_erf(x: f64) -> f64 {
    let (mut term, mut sum) = (x, x);
    for n in 1..200 {
        term *= -x * x / f64::from(n);
        sum += term / f64::from(2 * n + 1);
    }
    sum * 2.0 / std::f64::consts::PI.sqrt()
}

fn steps(from: f32, to: f32, count: u32) -> impl Iterator<Item = f32> {
    (0..=count).map(move |i| from + (to - from) * i as f32 / count as f32)
}

#[test]
fn gelu_is_close_to_its_definition() {
    let worst = steps(-6.0, 6.0, 100_000)
        .map(|x| {
            let exact = 0.5 * f64::from(x) * (1.0 + exact_erf(f64::from(x) / 2f64.sqrt()));
            (f64::from(gelu_of(x)) - exact).abs()
        })
        .fold(0.0, f64::max);
    println!("largest error of gelu: {worst:e}");
    assert!(worst < 2e-6, "{worst:e}");
}

#[test]
fn exp_is_close_to_its_definition() {
    let worst =
        steps(-86.9, 0.0, 100_000).map(|x| (f64::from(exp(x)) / f64::from(x).exp() - 1.0).abs()).fold(0.0, f64::max);
    println!("largest relative error of exp: {worst:e}");
    assert!(worst < 2e-7, "{worst:e}");
    assert!(exp(f32::NEG_INFINITY) > 0.0 && exp(-1e30) < 1e-37);
}

#[test]
fn quantised_rows_come_back_within_half_a_step() {
    let row: Vec<f32> = (0..385).map(|i| ((i * 7919) % 1000) as f32 / 100.0 - 3.0).collect();
    let mut q = vec![0; row.len()];
    let (scale, zero) = quantise(Isa::Portable, &row, &mut q);
    for (&x, &q) in row.iter().zip(&q) {
        assert!((scale * (i32::from(q) - zero) as f32 - x).abs() <= scale * 0.5001 + 1e-6);
    }
}

#[test]
fn rows_of_zeros_and_rows_that_are_no_numbers_quantise_to_zero() {
    let mut q = [7; 3];
    assert_eq!(quantise(Isa::best(), &[0.0, -0.0, 0.0], &mut q), (0.0, 0));
    assert_eq!(q, [0; 3]);
    assert_eq!(quantise(Isa::best(), &[1.0, f32::INFINITY, 0.0], &mut q), (0.0, 0));
}

#[test]
fn every_instruction_set_gives_the_same_bits() {
    let row: Vec<f32> = (0..403).map(|i| ((i * 104_729) % 2003) as f32 / 211.0 - 4.7).collect();
    let weight: Vec<f32> = row.iter().map(|x| x * 0.3 + 1.0).collect();
    let run = |isa: Isa| {
        let (mut a, mut b, mut c) = (row.clone(), row.clone(), row.clone());
        let mut q = vec![0; row.len()];
        gelu(isa, &mut a);
        layer_norm(isa, &mut b, &weight, &row, 1e-12);
        let inverse = softmax(isa, &mut c);
        let (scale, zero) = quantise(isa, &row, &mut q);
        let dot = dot(isa, &row, &weight);
        let bits: Vec<u32> = [a, b, c, vec![inverse, scale, dot]].concat().iter().map(|x| x.to_bits()).collect();
        (bits, q, zero)
    };
    let expected = run(Isa::Portable);
    for isa in Isa::ALL {
        if isa.is_supported() {
            assert!(run(isa) == expected, "{isa} differs");
        } else {
            println!("not checked: this processor has no {isa}");
        }
    }
}
