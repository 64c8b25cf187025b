//! Makes weights files of random numbers, so that tests need no trained ones.
#![allow(dead_code)]

use std::collections::HashMap;

use safetensors::tensor::{Dtype, TensorView, serialize};

/// The sizes of a model.
#[derive(Clone, Copy)]
pub struct Sizes {
    pub hidden: usize,
    pub heads: usize,
    pub ffn: usize,
    pub layers: usize,
    pub positions: usize,
    pub arc: usize,
    pub rel: usize,
}

/// Small sizes, none of them convenient for a kernel.
pub const SMALL: Sizes = Sizes { hidden: 36, heads: 3, ffn: 74, layers: 3, positions: 40, arc: 13, rel: 7 };

/// The sizes of the model that ships.
pub const WHOLE: Sizes = Sizes { hidden: 384, heads: 12, ffn: 1536, layers: 6, positions: 512, arc: 256, rel: 64 };

/// Universal parts of speech, common ones first.
const TAGS: [&str; 17] = [
    "NOUN", "PUNCT", "VERB", "ADP", "PRON", "DET", "ADJ", "PROPN", "AUX", "ADV", "CCONJ", "PART", "NUM", "SCONJ",
    "INTJ", "SYM", "X",
];

/// The letters that make up the vocabulary, alone and after a space, with some longer pieces.
const PIECES: &str = "<s>\n<pad>\n</s>\n<unk>\n▁\na\nb\nc\nd\ne\n▁a\n▁b\n▁c\n▁d\n▁e\nab\nbc\n▁ab\n▁abc\n.\n▁de\ndea";

struct Maker {
    state: u64,
    tensors: Vec<(String, Dtype, Vec<usize>, Vec<u8>)>,
}

impl Maker {
    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state >> 16
    }

    /// A number between -1 and 1.
    fn unit(&mut self) -> f32 {
        (self.next() % 20_001) as f32 / 10_000.0 - 1.0
    }

    fn floats(&mut self, name: &str, shape: &[usize], around: f32, spread: f32) {
        let count = shape.iter().product();
        let values: Vec<f32> = (0..count).map(|_| around + spread * self.unit()).collect();
        let bytes = values.iter().flat_map(|x| x.to_le_bytes()).collect();
        self.tensors.push((name.to_owned(), Dtype::F32, shape.to_vec(), bytes));
    }

    fn weights(&mut self, name: &str, outputs: usize, inputs: usize) {
        // Sums of three draws fall off towards the ends, as trained weights do.
        let mut weight = || 42.0 * (self.unit() + self.unit() + self.unit());
        let bytes = (0..outputs * inputs).map(|_| weight() as i8 as u8).collect();
        self.tensors.push((format!("{name}.q"), Dtype::I8, vec![outputs, inputs], bytes));
    }

    fn bare_matrix(&mut self, name: &str, outputs: usize, inputs: usize) {
        self.weights(name, outputs, inputs);
        let scale = 1.5 / (inputs as f32).sqrt() / 42.0;
        self.floats(&format!("{name}.s"), &[outputs], scale, scale * 0.2);
    }

    fn matrix(&mut self, name: &str, outputs: usize, inputs: usize) {
        self.bare_matrix(name, outputs, inputs);
        self.floats(&format!("{name}.b"), &[outputs], 0.0, 0.1);
    }

    fn norm(&mut self, name: &str, hidden: usize) {
        self.floats(&format!("{name}.w"), &[hidden], 1.0, 0.2);
        self.floats(&format!("{name}.b"), &[hidden], 0.0, 0.1);
    }

    fn encoder(&mut self, sizes: &Sizes, vocabulary: usize) {
        let h = sizes.hidden;
        self.weights("embed.word", vocabulary, h);
        self.floats("embed.word.s", &[vocabulary], 0.01, 0.002);
        self.floats("embed.position", &[sizes.positions, h], 0.0, 0.3);
        self.norm("embed.ln", h);
        for i in 0..sizes.layers {
            self.matrix(&format!("layer.{i}.qkv"), 3 * h, h);
            self.matrix(&format!("layer.{i}.o"), h, h);
            self.matrix(&format!("layer.{i}.up"), sizes.ffn, h);
            self.matrix(&format!("layer.{i}.down"), h, sizes.ffn);
            self.norm(&format!("layer.{i}.ln1"), h);
            self.norm(&format!("layer.{i}.ln2"), h);
        }
    }

    fn heads(&mut self, tier: &str, taps: usize, sizes: &Sizes, [tags, lemmas, relations]: [usize; 3]) {
        let (h, arc, rel) = (sizes.hidden, sizes.arc, sizes.rel);
        let name = |part: &str| format!("head.{tier}.{part}");
        self.matrix(&name("upos.out"), tags, h);
        self.matrix(&name("lemma.hidden"), 128, h);
        self.matrix(&name("lemma.out"), lemmas, 128);
        self.matrix(&name("mentions.out"), 5, h);
        let wide = h * (1 + taps);
        for (task, h) in [("deps", h), ("mlp", wide)] {
            self.matrix(&name(&format!("{task}.arc_dep")), arc, h);
            self.matrix(&name(&format!("{task}.arc_head")), arc, h);
            self.bare_matrix(&name(&format!("{task}.arc.U")), arc + 1, arc);
            self.matrix(&name(&format!("{task}.rel_dep")), rel, h);
            self.matrix(&name(&format!("{task}.rel_head")), rel, h);
            match task {
                "deps" => self.bare_matrix(&name("deps.rel.U"), relations * (rel + 1), rel + 1),
                _ => self.matrix(&name("mlp.rel.out"), relations, rel),
            }
            self.floats(&name(&format!("{task}.root")), &[h], 0.0, 1.0);
        }
        self.matrix(&name("roles.rel_dep"), rel, wide);
        self.matrix(&name("roles.rel_head"), rel, wide);
        self.matrix(&name("acts.hidden"), 11, wide);
        self.matrix(&name("acts.out"), 4, 11);
        self.matrix(&name("roles.rel.out"), 4, rel);
        self.matrix(&name("feats.out"), features(tags), h);
    }
}

/// How many labels of features go with that many parts of speech.
fn features(tags: usize) -> usize {
    if tags == TAGS.len() { 218 } else { 3 }
}

fn quoted(labels: impl IntoIterator<Item = String>) -> String {
    let labels: Vec<String> = labels.into_iter().map(|l| format!("\"{l}\"")).collect();
    format!("[{}]", labels.join(","))
}

/// The bytes of a weights file with every kind of head; the fast tier has one layer less than half.
pub fn model(sizes: Sizes, seed: u64) -> Vec<u8> {
    let (tags, lemmas, relations) = if sizes.hidden > 100 { (17, 700, 50) } else { (5, 9, 6) };
    let vocabulary = PIECES.split('\n').count();
    let mut maker = Maker { state: seed | 1, tensors: Vec::new() };
    maker.encoder(&sizes, vocabulary);
    maker.heads("accurate", 2, &sizes, [tags, lemmas, relations]);
    maker.heads("fast", 1, &sizes, [tags, lemmas, relations]);
    maker.tensors.push(("vocab.pieces".into(), Dtype::U8, vec![PIECES.len()], PIECES.into()));
    let exceptions = "de\tVERB\tda\n";
    maker.tensors.push(("lemma.exceptions".into(), Dtype::U8, vec![exceptions.len()], exceptions.into()));
    maker.floats("vocab.scores", &[vocabulary], -8.0, 2.0);
    let named = |prefix: &str, count: usize| quoted((0..count).map(|i| format!("{prefix}{i}")));
    let feats = quoted((0..features(tags)).map(|i| if i == 0 { "_".to_owned() } else { format!("Number=N{i}") }));
    let edges = quoted((0..relations).map(|i| if i == 2 { "root".to_owned() } else { format!("edge{i}") }));
    let mentions = quoted(["O", "B-place", "I-place", "B-person", "I-person"].map(String::from));
    let config = format!(
        r#"{{"version": 1, "hidden": {}, "heads": {}, "ffn": {}, "layers": {}, "max_positions": {},
        "activation": "gelu", "layer_norm_eps": 1e-12,
        "vocab": {{"kind": "sentencepiece-unigram", "size": {vocabulary}, "bos": 0, "eos": 2, "unk": 3, "pad": 1,
            "unk_score": -20.0, "normalise": "nfkc"}},
        "tiers": {{"accurate": {{"layers": {}, "taps": [1, 2]}}, "fast": {{"layers": {}, "taps": [1]}}}},
        "tasks": [{{"name": "upos", "kind": "linear", "labels": {}}},
            {{"name": "feats", "kind": "linear", "labels": {feats}}},
            {{"name": "lemma", "kind": "linear", "labels": {}}},
            {{"name": "mentions", "kind": "bio", "labels": {mentions}}},
            {{"name": "deps", "kind": "biaffine", "labels": {edges}, "rel": "biaffine"}},
            {{"name": "mlp", "kind": "biaffine", "labels": {edges}, "rel": "mlp", "wide": true}},
            {{"name": "roles", "kind": "pairs", "labels": {}, "rel": "mlp", "wide": true}},
            {{"name": "acts", "kind": "linear", "labels": {}, "wide": true}},
            {{"name": "later", "kind": "linear", "labels": ["a"]}}]}}"#,
        sizes.hidden,
        sizes.heads,
        sizes.ffn,
        sizes.layers,
        sizes.positions,
        sizes.layers,
        sizes.layers.div_ceil(2),
        quoted(TAGS[..tags].iter().map(|tag| (*tag).to_owned())),
        named("l-1+e", lemmas),
        named("role", 4),
        named("act", 4),
    );
    let views = maker.tensors.iter().map(|(name, dtype, shape, bytes)| {
        (name.as_str(), TensorView::new(*dtype, shape.clone(), bytes).expect("shape and bytes agree"))
    });
    let metadata = HashMap::from([("config".to_owned(), config)]);
    serialize(views, Some(metadata)).expect("the tensors can be written")
}
