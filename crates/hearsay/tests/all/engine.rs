//! The language stage with an engine of random weights: what it fills in, and that nothing but the text decides it.

use hearsay::language::engine::{LoadError, MOST_WORDS, Parser};
use hearsay::language::{self, Language};
use hearsay::{Hearsay, Options, Tier};
use hearsay_types::{Article, Caption, Parsed};
use std::path::PathBuf;

#[path = "../../../hearsay-engine/tests/random/mod.rs"]
mod random;

fn language(tier: Tier) -> Language {
    Language::with(Parser::load(&random::model(random::SMALL, 11), tier).expect("the random model loads"))
}

fn parse(text: &str) -> Parsed {
    language::parse(&Article::plain(text), &language(Tier::Accurate)).0
}

/// Articles of one to nine sentences, in letters that the model knows.
fn articles() -> Vec<Article> {
    let words = ["Abe", "decab", "de", "(bad)", "cab", "ab-ce", "dea", "beda", "e"];
    let sentence = |n: usize| {
        let words: Vec<&str> = words.iter().cycle().skip(n % 7).step_by(1 + n % 4).take(3 + n % 31).copied().collect();
        format!("A{}. ", words.join(" "))
    };
    let article = |n: usize| {
        let mut article = Article::plain(&(0..=n % 9).map(|s| sentence(n * 5 + s)).collect::<String>());
        article.title = Some("Bad Cab".to_owned());
        article.captions = vec![Caption { text: "A bed.".to_owned(), credit: None }];
        article
    };
    (0..24).map(article).collect()
}

/// Every word has all layers, every sentence is a tree with one root, every mention stands in its sentence.
fn assert_whole(article: &Article, parsed: &Parsed) {
    assert_eq!(parsed.vectors.values.len(), parsed.tokens.len() * parsed.vectors.width);
    for sentence in &parsed.sentences {
        let tokens = parsed.tokens_of(sentence);
        assert!(tokens.iter().all(|t| t.upos.is_some() && t.lemma.is_some()), "{tokens:?}");
        assert!(tokens.iter().all(|t| (t.deprel.as_deref() == Some("root")) == t.head.is_none()));
        assert_eq!(tokens.iter().filter(|t| t.head.is_none()).count(), 1);
        assert!(tokens.iter().filter_map(|t| t.head).all(|head| sentence.tokens.contains(&head)));
    }
    for mention in &parsed.mentions {
        let sentence = &parsed.sentences[mention.sentence];
        assert!(sentence.span.contains(mention.span));
        assert!(!mention.span.of(article.text_of(sentence.text)).is_empty());
    }
}

#[test]
fn every_layer_is_filled() {
    let language = language(Tier::Accurate);
    let mut mentions = 0;
    for article in articles() {
        let (parsed, notes) = language::parse(&article, &language);
        assert!(notes.is_empty());
        assert_whole(&article, &parsed);
        assert!(parsed.mentions.is_sorted_by_key(|m| (m.sentence, m.span.start)));
        mentions += parsed.mentions.len();
    }
    assert!(mentions > 20, "only {mentions} mentions");
}

#[test]
fn the_engine_changes_no_sentence_and_no_token() {
    let (with, without) = (language(Tier::Fast), Language::shipped());
    for article in articles() {
        let (read, plain) = (language::parse(&article, &with).0, language::parse(&article, &without).0);
        assert_eq!(read.sentences, plain.sentences);
        assert!(read.tokens.iter().map(|t| t.span).eq(plain.tokens.iter().map(|t| t.span)));
        assert!(plain.mentions.is_empty() && plain.vectors.values.is_empty());
        assert!(plain.tokens.iter().all(|t| t.head.is_none() && t.deprel.is_none()));
    }
}

#[test]
fn threads_change_nothing() {
    let (language, articles) = (language(Tier::Accurate), articles());
    let expected: Vec<Parsed> = articles.iter().map(|a| language::parse(a, &language).0).collect();
    for threads in [2, 5] {
        std::thread::scope(|scope| {
            for first in 0..threads {
                let (language, articles, expected) = (&language, &articles, &expected);
                scope.spawn(move || {
                    for n in (first..articles.len()).step_by(threads).rev() {
                        assert_eq!(language::parse(&articles[n], language).0, expected[n]);
                    }
                });
            }
        });
    }
}

#[test]
fn what_stands_around_a_sentence_changes_nothing_in_it() {
    let lone = parse("Abe decab (bad) cab.");
    let many = parse(&format!("{}\nAbe decab (bad) cab.\nDea de.", "Cab beda, de cab. ".repeat(400)));
    let sentence = &many.sentences[400];
    let (first, width) = (sentence.tokens.start, many.vectors.width);
    assert_eq!(sentence.tokens.len(), lone.tokens.len());
    assert_eq!(many.vectors.values[first * width..sentence.tokens.end * width], lone.vectors.values);
    for (found, expected) in many.tokens_of(sentence).iter().zip(&lone.tokens) {
        assert_eq!((&found.lemma, found.upos, &found.deprel), (&expected.lemma, expected.upos, &expected.deprel));
        assert_eq!(found.head, expected.head.map(|head| head + first));
    }
}

#[test]
fn an_empty_article_gives_nothing() {
    for text in ["", " \n\n "] {
        let parsed = parse(text);
        assert!(parsed.tokens.is_empty() && parsed.mentions.is_empty() && parsed.vectors.values.is_empty());
    }
}

#[test]
fn a_sentence_without_end_is_parsed() {
    let article = Article::plain(&"abe dec ".repeat(1500));
    let (parsed, notes) = language::parse(&article, &language(Tier::Accurate));
    assert_eq!((parsed.sentences.len(), parsed.tokens.len()), (1, 3000));
    assert_whole(&article, &parsed);
    assert!(notes.is_empty());
}

#[test]
fn a_text_without_end_is_left_with_a_note() {
    let article = Article::plain(&"A be. ".repeat(MOST_WORDS / 3 + 2));
    let (parsed, notes) = language::parse(&article, &language(Tier::Fast));
    assert_eq!(parsed.sentences.len(), MOST_WORDS / 3 + 2);
    assert_eq!(notes.iter().map(|n| n.code).collect::<Vec<_>>(), ["too-long-to-parse"]);
    let told = parsed.tokens.iter().filter(|t| t.deprel.is_some()).count();
    assert_eq!(told, MOST_WORDS / 3 * 3);
    assert_eq!(parsed.vectors.values.len(), told * parsed.vectors.width);
}

#[test]
fn other_scripts_are_parsed_too() {
    for text in [
        "قال المتحدث إن القوات غادرت المدينة. لم يعلق أحد.",
        "Він сказав: «ні». Місто покинуто.",
        "他走了。她来了。",
        "🙂🙂 a\u{301}b\u{200d}",
    ] {
        let article = Article::plain(text);
        let (parsed, _) = language::parse(&article, &language(Tier::Accurate));
        assert!(!parsed.tokens.is_empty());
        assert_whole(&article, &parsed);
    }
}

#[test]
fn weights_that_are_absent_or_unfit_are_named() {
    let file = PathBuf::from("no such folder/engine.safetensors");
    let options = Options { engine: Some(Tier::Fast), engine_weights: Some(file), ..Options::default() };
    let missing = Hearsay::new(options).err().expect("there is no such file");
    assert!(missing.to_string().contains("no such folder/engine.safetensors"), "{missing}");
    let unfit = Parser::load(b"no weights", Tier::Fast).expect_err("no weights file");
    assert!(matches!(unfit, LoadError::Unusable(_)), "{unfit}");
    let mut bytes = random::model(random::SMALL, 1);
    let at = bytes.windows(6).position(|w| w == b"l-1+e4").expect("the label is there");
    bytes[at] = b'q';
    let label = Parser::load(&bytes, Tier::Fast).expect_err("a label that is no script");
    assert!(matches!(&label, LoadError::Label { task, label } if task == "lemma" && label == "q-1+e4"), "{label}");
}

#[test]
fn the_weights_that_ship_read_a_sentence() {
    for tier in [Tier::Fast, Tier::Accurate] {
        let hearsay = Hearsay::new(Options { engine: Some(tier), ..Options::default() }).expect("the weights load");
        let coded = hearsay.code(Article::plain("Shells hit the market in Orvane on Tuesday."));
        assert_whole(&coded.article, &coded.parsed);
        let lemmas: Vec<&str> = coded.parsed.tokens.iter().filter_map(|t| t.lemma.as_deref()).collect();
        assert_eq!(lemmas, ["shell", "hit", "the", "market", "in", "Orvane", "on", "Tuesday", "."], "{tier:?}");
        let heads: Vec<Option<usize>> = coded.parsed.tokens.iter().map(|t| t.head).collect();
        assert_eq!(heads[..4], [Some(1), None, Some(3), Some(1)], "{tier:?}");
    }
}

#[test]
fn the_path_runs_with_the_engine() {
    let file = std::env::temp_dir().join(format!("hearsay-engine-{}.safetensors", std::process::id()));
    std::fs::write(&file, random::model(random::SMALL, 11)).expect("the file can be written");
    let options = Options { engine: Some(Tier::Accurate), engine_weights: Some(file.clone()), ..Options::default() };
    let hearsay = Hearsay::new(options);
    std::fs::remove_file(&file).expect("the file can be removed");
    let coded = hearsay.expect("the weights load").code(articles().remove(3));
    assert_whole(&coded.article, &coded.parsed);
}
