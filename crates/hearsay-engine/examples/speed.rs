//! Prints how fast the engine is on one core, with random weights of the shipped shapes.
//!
//! Run with `cargo run --release -p hearsay-engine --example speed [words a sentence] [instruction set]`.
#![allow(clippy::print_stdout)]

use std::time::{Duration, Instant};

use hearsay_engine::{Engine, Isa, Tier, WordInput};

#[path = "../tests/random/mod.rs"]
mod random;

/// What this thread has used of the processor so far, or else the time of day: other programs may run beside.
fn clock(start: Instant) -> Duration {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let used = used.and_then(|text| text.split(' ').next()?.parse().ok());
    used.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// The least time of several runs: what the machine can do when nothing else is in the way.
fn best_of(runs: usize, mut run: impl FnMut()) -> Duration {
    let start = Instant::now();
    let time = |_| {
        let before = clock(start);
        run();
        clock(start) - before
    };
    (0..runs).map(time).min().unwrap_or_default()
}

fn main() {
    let length = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(25);
    let bytes = random::model(random::WHOLE, 7);
    // Three words in ten have two pieces, as in English news with the shipped vocabulary.
    let words = ["a", "ab", "bca", "d", "e", "abc", "dea", "b", "cab", "de"];
    let sentence: Vec<WordInput> =
        words.iter().cycle().take(length).map(|text| WordInput { text, space_before: true }).collect();
    let sentences = vec![sentence.as_slice(); 64];
    let wanted = std::env::args().nth(2);
    let is_wanted = |isa: &Isa| isa.is_supported() && wanted.as_ref().is_none_or(|name| *name == isa.to_string());
    for isa in Isa::ALL.into_iter().filter(is_wanted) {
        for (tier, layers) in [(Tier::Fast, 3), (Tier::Accurate, 6)] {
            let start = Instant::now();
            let engine = Engine::load_for(&bytes, tier, isa).expect("the random model loads");
            let load = start.elapsed();
            let pieces: usize = sentence.iter().map(|&word| engine.pieces(word).len()).sum();
            let runs = if isa == Isa::Portable { 1 } else { 20 };
            let mut encoded = engine.encode(&sentences);
            let encode = best_of(runs, || encoded = engine.encode(&sentences));
            let heads = best_of(runs, || {
                for task in ["upos", "lemma", "mentions"] {
                    engine.label(&encoded, task).expect("the head is there");
                }
                engine.trees(&encoded, "deps").expect("the head is there");
            });
            let tree = best_of(runs, || drop(engine.trees(&encoded, "deps")));
            let (total, count) = ((encode + heads).as_secs_f64(), sentences.len() as f64);
            println!("{isa}, {layers} layers, {length} words in {pieces} pieces a sentence, loaded in {load:.0?}");
            println!(
                "  encoder {:.0} pieces/s, {:.0} words/s; with heads {:.0} words/s, {:.0} sentences/s",
                count * (pieces + 2) as f64 / encode.as_secs_f64(),
                count * length as f64 / encode.as_secs_f64(),
                count * length as f64 / total,
                count / total,
            );
            println!("  for 64 sentences: encoder {encode:.1?}, heads {heads:.1?}, of them the tree {tree:.1?}");
        }
    }
}
