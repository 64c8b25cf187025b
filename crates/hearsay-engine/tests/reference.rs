//! Compares the engine with what PyTorch computes from the same weights, the 8-bit steps simulated.
//!
//! Needs a weights file and its reference, which do not ship together; set HEARSAY_ENGINE_REFERENCE to a folder with
//! `engine.safetensors` and `reference.json`.
#![allow(clippy::print_stdout)]

use std::path::PathBuf;

use hearsay_engine::{Engine, Tier, WordInput};
use serde_json::Value;

/// Numbers of the reference, however deep they are nested.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(values) => values.iter().flat_map(numbers).collect(),
        value => vec![value.as_f64().expect("a number")],
    }
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().expect("a list").iter().map(|text| text.as_str().expect("a text")).collect()
}

/// Counts, over all sentences, how often the engine and the reference agree.
#[derive(Debug, Default)]
struct Agreement {
    words: usize,
    heads: usize,
    edges: usize,
    labels: [usize; 3],
    /// Words whose best label agrees in the heads that read tapped layers, over two heads.
    wide: usize,
    /// How far the vectors of each sentence are off, relative to their size.
    errors: Vec<f64>,
}

fn compare(engine: &Engine, sentence: &Value, tier: &str, sums: &mut Agreement) {
    let (words, expected) = (texts(&sentence["words"]), &sentence["tiers"][tier]);
    let spaced = |i: usize| sentence.get("space_before").is_none_or(|s| s[i].as_bool().expect("true or false"));
    let inputs: Vec<WordInput> =
        words.iter().enumerate().map(|(i, text)| WordInput { text, space_before: spaced(i) }).collect();
    let pieces: Vec<f64> = inputs.iter().flat_map(|&word| engine.pieces(word)).map(f64::from).collect();
    let ids = numbers(&sentence["pieces"]);
    assert_eq!(pieces, ids[1..ids.len() - 1], "{words:?}");
    let encoded = engine.encode(&[&inputs]);
    let vectors = (0..words.len()).flat_map(|word| encoded.vector(word));
    let (mut error, mut size) = (0.0, 0.0);
    for (&found, exact) in vectors.zip(numbers(&expected["word_vectors"])) {
        error += (f64::from(found) - exact).powi(2);
        size += exact * exact;
    }
    sums.errors.push((error / size).sqrt());
    let tree = engine.trees(&encoded, "deps").expect("the head is there");
    let edges = engine.labels("deps").expect("the head is there");
    let (heads, deprels) = (numbers(&expected["heads"]), texts(&expected["deprel"]));
    for (arc, (head, label)) in tree.iter().zip(heads.iter().zip(deprels)) {
        let same = arc.head.map_or(0, |head| head + 1) == *head as usize;
        sums.heads += usize::from(same);
        sums.edges += usize::from(same && edges[arc.label as usize] == label);
    }
    for (sum, task) in sums.labels.iter_mut().zip(["upos", "feats", "mentions"]) {
        let names = engine.labels(task).expect("the head is there");
        let found = engine.label(&encoded, task).expect("the head is there");
        let same = |(&found, expected): (&u32, &str)| names[found as usize] == expected;
        *sum += found.iter().zip(texts(&expected[task])).filter(|&pair| same(pair)).count();
    }
    for task in ["acts", "inner"] {
        let scores = engine.scores(&encoded, task).expect("the head is there");
        let exact = expected["logits"][task].as_array().expect("a row a word");
        for (row, exact) in scores.chunks_exact(scores.len() / words.len()).zip(exact) {
            let exact = numbers(exact);
            let best = |with: &dyn Fn(usize) -> f64| {
                (0..exact.len()).fold(0, |best, i| if with(i) > with(best) { i } else { best })
            };
            sums.wide += usize::from(best(&|i| f64::from(row[i])) == best(&|i| exact[i]));
        }
    }
    sums.words += words.len();
}

#[test]
fn agrees_with_the_reference() {
    let Some(folder) = std::env::var_os("HEARSAY_ENGINE_REFERENCE").map(PathBuf::from) else {
        println!("not checked: HEARSAY_ENGINE_REFERENCE is not set");
        return;
    };
    let bytes = std::fs::read(folder.join("engine.safetensors")).expect("the weights can be read");
    let reference = std::fs::read(folder.join("reference.json")).expect("the reference can be read");
    let reference: Value = serde_json::from_slice(&reference).expect("the reference is JSON");
    for (tier, name) in [(Tier::Accurate, "accurate"), (Tier::Fast, "fast")] {
        let engine = Engine::load(&bytes, tier).expect("the weights load");
        let mut sums = Agreement::default();
        for sentence in reference["sentences"].as_array().expect("a list of sentences") {
            compare(&engine, sentence, name, &mut sums);
        }
        println!("{name}: {sums:?}");
        // One number that is rounded the other way shifts others, until the whole is off by what rounding makes of it.
        // So a sentence either agrees to many digits or to about two.
        assert!(sums.errors.iter().all(|&error| error < 0.05), "vectors are off");
        assert!(sums.errors.iter().any(|&error| error < 1e-4), "no sentence agrees closely");
        for agreed in [sums.heads, sums.edges].into_iter().chain(sums.labels) {
            assert!(agreed * 100 >= sums.words * 95, "too few words agree");
        }
        assert!(sums.wide * 100 >= 2 * sums.words * 95, "too few words agree in heads that read tapped layers");
    }
}
