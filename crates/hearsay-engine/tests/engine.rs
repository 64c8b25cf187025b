//! The whole engine on random weights: what comes out does not depend on company, order, threads or processor.

use hearsay_engine::{Arc, Encoded, Engine, Error, Isa, Kind, Tier, WordInput, spans};
use proptest::prelude::*;
use rayon::prelude::*;

mod random;

fn engine(tier: Tier, isa: Isa) -> Engine {
    Engine::load_for(&random::model(random::SMALL, 11), tier, isa).expect("the random model loads")
}

/// Sentences of up to `most` words over the model's letters, some of them unknown.
fn sentences(most: usize) -> impl Strategy<Value = Vec<Vec<(String, bool)>>> {
    prop::collection::vec(prop::collection::vec(("[a-fé.]{0,6}", any::<bool>()), 0..most), 1..7)
}

fn inputs(sentence: &[(String, bool)]) -> Vec<WordInput<'_>> {
    sentence.iter().map(|(text, space_before)| WordInput { text, space_before: *space_before }).collect()
}

fn encode(engine: &Engine, sentences: &[Vec<(String, bool)>]) -> Encoded {
    let words: Vec<Vec<WordInput>> = sentences.iter().map(|s| inputs(s)).collect();
    engine.encode(&words.iter().map(Vec::as_slice).collect::<Vec<_>>())
}

/// Everything that the engine says about one sentence, as bits.
#[derive(Debug, PartialEq)]
struct Answer {
    vectors: Vec<u32>,
    labels: Vec<Vec<u32>>,
    trees: Vec<Vec<Arc>>,
}

fn answers(engine: &Engine, encoded: &Encoded) -> Vec<Answer> {
    let labels =
        ["upos", "lemma", "mentions", "acts"].map(|task| engine.label(encoded, task).expect("a head of words"));
    let trees = ["deps", "mlp"].map(|task| engine.trees(encoded, task).expect("a head of trees"));
    (0..encoded.len())
        .map(|sentence| {
            let words = encoded.words(sentence);
            Answer {
                vectors: words.clone().flat_map(|w| encoded.vector(w)).map(|x| x.to_bits()).collect(),
                labels: labels.iter().map(|l| l[words.clone()].to_vec()).collect(),
                trees: trees.iter().map(|t| t[words.clone()].to_vec()).collect(),
            }
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn company_and_order_change_nothing(sentences in sentences(30)) {
        let engine = engine(Tier::Accurate, Isa::best());
        let together = answers(&engine, &encode(&engine, &sentences));
        for (sentence, expected) in sentences.iter().zip(&together) {
            let alone = answers(&engine, &encode(&engine, std::slice::from_ref(sentence)));
            prop_assert_eq!(&alone[0], expected);
        }
        let reversed: Vec<_> = sentences.iter().rev().cloned().collect();
        let mut backwards = answers(&engine, &encode(&engine, &reversed));
        backwards.reverse();
        prop_assert_eq!(backwards, together);
    }

    #[test]
    fn every_instruction_set_gives_the_same_bits(sentences in sentences(30)) {
        let portable = engine(Tier::Accurate, Isa::Portable);
        let expected = answers(&portable, &encode(&portable, &sentences));
        for isa in Isa::ALL.into_iter().filter(|isa| isa.is_supported()) {
            let engine = engine(Tier::Accurate, isa);
            prop_assert_eq!(&answers(&engine, &encode(&engine, &sentences)), &expected, "{}", isa);
        }
    }

    #[test]
    fn trees_have_one_root_and_spans_begin_with_b(sentences in sentences(40)) {
        let engine = engine(Tier::Fast, Isa::best());
        let encoded = encode(&engine, &sentences);
        let names = engine.labels("mentions").expect("the head is there");
        for answer in answers(&engine, &encoded) {
            for tree in &answer.trees {
                prop_assert_eq!(tree.iter().filter(|arc| arc.head.is_none()).count(), usize::from(!tree.is_empty()));
                prop_assert!(tree.iter().all(|arc| (arc.label == 2) == arc.head.is_none()));
                prop_assert!((0..tree.len()).all(|word| reaches_root(tree, word)));
            }
            let marked: usize = spans(&answer.labels[2], names).iter().map(|span| span.words.len()).sum();
            prop_assert_eq!(marked, answer.labels[2].iter().filter(|&&label| label != 0).count());
        }
    }
}

fn reaches_root(tree: &[Arc], word: usize) -> bool {
    std::iter::successors(Some(word), |&w| tree[w].head).take(tree.len() + 1).count() <= tree.len()
}

#[test]
fn threads_change_nothing() {
    let engine = engine(Tier::Accurate, Isa::best());
    let texts: Vec<Vec<(String, bool)>> = (0..200)
        .map(|i| (0..i % 23).map(|w| ("abcdea.f"[(i + w) % 7..][..1].repeat(1 + w % 3), w % 4 > 0)).collect())
        .collect();
    let expected = answers(&engine, &encode(&engine, &texts));
    let found: Vec<Answer> =
        texts.par_chunks(7).flat_map_iter(|part| answers(&engine, &encode(&engine, part))).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_sentence_without_end_is_parsed_in_windows() {
    let engine = engine(Tier::Accurate, Isa::best());
    let words: Vec<(String, bool)> = (0..1300).map(|w| ("abcde"[w % 5..].to_owned(), true)).collect();
    let encoded = encode(&engine, std::slice::from_ref(&words));
    assert_eq!(encoded.words(0), 0..1300);
    let tree = engine.trees(&encoded, "mlp").expect("the head is there");
    assert_eq!(tree.iter().filter(|arc| arc.head.is_none()).count(), 1);
    assert!((0..tree.len()).all(|word| reaches_root(&tree, word)));
    // Words far from its end do not see what is added there.
    let shorter = encode(&engine, &[words[..1200].to_vec()]);
    assert!((0..1100).all(|word| shorter.vector(word) == encoded.vector(word)));
}

#[test]
fn tiers_differ_in_depth_and_name_their_heads() {
    let (fast, accurate) = (engine(Tier::Fast, Isa::best()), engine(Tier::Accurate, Isa::best()));
    let words = vec![vec![("ab".to_owned(), true), ("c".to_owned(), false)]];
    assert_ne!(encode(&fast, &words).vector(0), encode(&accurate, &words).vector(0));
    let tasks: Vec<(&str, Kind)> = accurate.tasks().map(|(name, kind, _)| (name, kind)).collect();
    assert!(tasks.contains(&("mentions", Kind::Bio)) && tasks.contains(&("roles", Kind::Pairs)));
    assert_eq!(accurate.text("lemma.exceptions"), Some("de\tVERB\tda\n"));
    assert!(!tasks.iter().any(|(name, _)| *name == "later"), "a head without tensors is not there");
}

#[test]
fn wide_heads_read_what_earlier_layers_make_of_a_word() {
    let (fast, accurate) = (engine(Tier::Fast, Isa::best()), engine(Tier::Accurate, Isa::best()));
    let words = vec![vec![("ab".to_owned(), true), ("abcde".to_owned(), true), ("d".to_owned(), false)]];
    let (shallow, deep) = (encode(&fast, &words), encode(&accurate, &words));
    let hidden = random::SMALL.hidden;
    assert_eq!((shallow.width(), deep.width()), (2 * hidden, 3 * hidden));
    for word in 0..3 {
        // The last layer of the fast tier is the second one, which the accurate tier taps after the first.
        assert_eq!(shallow.vector(word)[..hidden], deep.vector(word)[2 * hidden..]);
        assert_eq!(shallow.vector(word)[hidden..], deep.vector(word)[hidden..2 * hidden]);
    }
    let mut packed = Vec::new();
    (0..3).for_each(|word| deep.pack(word, &mut packed));
    assert_eq!(packed.len(), 3 * deep.packed_width());
    let again = accurate.recall(&packed, &[0, 3]).expect("the words fit");
    assert!(again.vector(0).is_empty(), "what heads read is kept, and no more");
    assert_eq!(accurate.scores(&again, "acts").unwrap(), accurate.scores(&deep, "acts").unwrap());
    assert_eq!(accurate.trees(&again, "mlp").unwrap(), accurate.trees(&deep, "mlp").unwrap());
    assert!(
        accurate.recall(&packed[..3 * fast.encode(&[]).packed_width()], &[0, 3]).is_err(),
        "a tapped layer is missing"
    );
}

#[test]
fn pairs_are_scored_alone() {
    let engine = engine(Tier::Accurate, Isa::best());
    let encoded = encode(&engine, &[vec![("ab".to_owned(), true), ("c".to_owned(), true), ("d".to_owned(), true)]]);
    for (task, labels) in [("roles", 4), ("deps", 6)] {
        let all = engine.pairs(&encoded, task, &[(0, 1), (2, 0), (1, 1)]).expect("the head is there");
        let one = engine.pairs(&encoded, task, &[(2, 0)]).expect("the head is there");
        assert_eq!(all.len(), 3 * labels);
        assert_eq!(all[labels..2 * labels], one);
    }
}

#[test]
fn questions_that_do_not_fit_are_refused() {
    let engine = engine(Tier::Fast, Isa::best());
    let encoded = encode(&engine, &[]);
    assert!(encoded.is_empty());
    assert!(matches!(engine.label(&encoded, "deps"), Err(Error::Task { .. })));
    assert!(matches!(engine.trees(&encoded, "upos"), Err(Error::Task { .. })));
    assert!(matches!(engine.scores(&encoded, "nothing"), Err(Error::Task { .. })));
}

#[test]
fn files_that_are_not_whole_are_refused() {
    let bytes = random::model(random::SMALL, 3);
    for end in [0, 7, 100, bytes.len() / 2, bytes.len() - 1] {
        assert!(matches!(Engine::load(&bytes[..end], Tier::Fast), Err(Error::File(_))), "cut at {end}");
    }
    let text = |from: &str, to: &str| {
        let at = bytes.windows(from.len()).position(|w| w == from.as_bytes()).expect("the text is there");
        [&bytes[..at], to.as_bytes(), &bytes[at + from.len()..]].concat()
    };
    let missing = Engine::load(&text("layer.0.up.q", "layer.0.xx.q"), Tier::Fast);
    assert!(matches!(missing, Err(Error::Missing(name)) if name == "layer.0.up.q"));
    let shape = Engine::load(&text("\\\"ffn\\\": 74", "\\\"ffn\\\": 75"), Tier::Fast);
    assert!(matches!(shape, Err(Error::Tensor { .. })));
    let taps = Engine::load(&text("\\\"taps\\\": [1, 2]", "\\\"taps\\\": [1, 3]"), Tier::Accurate);
    assert!(matches!(taps, Err(Error::Config(_))));
    let version = Engine::load(&text("\\\"version\\\": 1", "\\\"version\\\": 9"), Tier::Fast);
    assert!(matches!(version, Err(Error::Config(_))));
}
