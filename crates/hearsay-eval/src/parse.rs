//! `parse FILE.conllu...`: what the language stage tells, against a treebank.
//!
//! With the language engine it is measured twice: on the treebank's own sentences and words, and from raw text. There
//! sentences and words are compared by the characters they cover, white space left out, as the CoNLL 2018 shared task
//! does; a word that was cut otherwise counts as wrong in every layer. Its LAS, without the subtypes of relations, is the
//! last line. As there, a lemma that the treebank does not give counts as right.

use crate::asked::{self, EngineArgs};
use crate::bench::{self, Score};
use crate::treebank::{Document, Word, documents};
use anyhow::{Context, Result};
use hearsay::language::engine::Parser;
use hearsay::language::{self, Language};
use hearsay_types::{Article, Parsed, Span, Upos};
use std::collections::HashMap;
use std::time::Instant;

/// What is asked of each word, in the order of the figures.
const LAYERS: [&str; 7] = ["words", "UPOS", "features", "lemmas", "UAS", "LAS", "LAS plain"];

/// What to measure.
#[derive(clap::Parser)]
#[command(name = "hearsay-eval parse")]
struct Args {
    /// Treebanks in CoNLL-U.
    #[arg(required = true)]
    files: Vec<String>,
    #[command(flatten)]
    engine: EngineArgs,
}

/// Prints the figures of each file.
pub fn run(args: &[String]) -> Result<()> {
    let args = asked::args::<Args>("parse", args)?;
    let language = args.engine.load()?.map_or_else(Language::shipped, Language::with);
    for file in &args.files {
        let text = std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?;
        let documents = documents(&text);
        if let Some(engine) = language.engine() {
            from_words(file, &documents, engine);
        }
        from_text(file, &documents, &language);
    }
    Ok(())
}

/// What was told of a word, and whether it hangs where it should.
struct Told<'a> {
    upos: Option<Upos>,
    feats: &'a str,
    lemma: &'a str,
    deprel: Option<&'a str>,
    attached: bool,
}

/// Which layers of a word are right.
fn right(told: &Told, word: &Word) -> [bool; 7] {
    let plain = |relation: &str| relation.split(':').next().map(str::to_owned);
    let upos = told.upos.is_some_and(|upos| format!("{upos:?}").eq_ignore_ascii_case(&word.upos));
    let lemma = told.lemma == word.lemma || word.lemma == "_";
    let deprel = told.attached && told.deprel == Some(&word.deprel);
    let same_plain = told.attached && told.deprel.and_then(plain) == plain(&word.deprel);
    [true, upos, told.feats == word.feats, lemma, told.attached, deprel, same_plain]
}

/// Measures on the treebank's own sentences and words.
fn from_words(file: &str, documents: &[Document], engine: &Parser) {
    let mut counts = [0; 7];
    let (mut words, before) = (0, Instant::now());
    let start = bench::cpu_seconds(before);
    for document in documents {
        let inputs: Vec<_> = (0..document.sentences.len()).map(|s| document.inputs(s)).collect();
        let reading = engine.read(&inputs.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let starts = document.sentences.iter().flat_map(|s| s.words.clone().map(|_| s.words.start));
        for ((word, start), told) in document.words.iter().zip(starts).zip(&reading.words) {
            let attached = told.head.map(|head| start + head) == word.head;
            let (upos, deprel) = (Some(told.upos), Some(told.deprel));
            add(&mut counts, right(&Told { upos, feats: told.feats, lemma: &told.lemma, deprel, attached }, word));
        }
        words += reading.words.len();
    }
    let seconds = bench::cpu_seconds(before) - start;
    let speed = words as f64 / seconds;
    println!("{file}, its own {words} words and sentences ({speed:.0} words a second of one core):");
    for (name, count) in LAYERS.iter().zip(counts).skip(1) {
        println!("  {name:10} {:.2}", 100.0 * f64::from(count) / words.max(1) as f64);
    }
}

/// Measures from raw text.
fn from_text(file: &str, documents: &[Document], language: &Language) {
    let before = Instant::now();
    let start = bench::cpu_seconds(before);
    let parsed: Vec<Parsed> = documents.iter().map(|d| language::parse(&Article::plain(&d.text), language).0).collect();
    let seconds = bench::cpu_seconds(before) - start;
    let (mut sentences, mut layers) = (Score::default(), [Score::default(); 7]);
    for (document, parsed) in documents.iter().zip(&parsed) {
        score(document, parsed, &mut sentences, &mut layers);
    }
    let speed = layers[0].found as f64 / seconds;
    println!("{file}, raw text of {} documents ({speed:.0} words a second of one core):", documents.len());
    println!("  {:10} {sentences}", "sentences");
    for (name, score) in LAYERS.iter().zip(layers) {
        match score.found {
            0 => println!("  {name:10} not told"),
            _ => println!("  {name:10} {score}"),
        }
    }
}

/// Adds one document to the scores of its sentences and words.
fn score(document: &Document, parsed: &Parsed, sentences: &mut Score, layers: &mut [Score; 7]) {
    let gold: HashMap<Span, usize> = document.sentences.iter().map(|s| (s.span, 0)).collect();
    sentences.gold += gold.len();
    sentences.found += parsed.sentences.len();
    sentences.right += parsed.sentences.iter().filter(|s| gold.contains_key(&s.span)).count();
    let words: HashMap<Span, usize> = document.words.iter().enumerate().map(|(i, w)| (w.span, i)).collect();
    let pairs: Vec<(usize, usize)> =
        parsed.tokens.iter().enumerate().filter_map(|(i, t)| Some((i, *words.get(&t.span)?))).collect();
    let of_token: HashMap<usize, usize> = pairs.iter().copied().collect();
    let mut counts = [0; 7];
    for &(i, j) in &pairs {
        let (token, word) = (&parsed.tokens[i], &document.words[j]);
        let head = token.head.map(|head| of_token.get(&head).copied());
        let told = Told {
            upos: token.upos,
            feats: &token.feats,
            lemma: token.lemma.as_deref().unwrap_or("_"),
            deprel: token.deprel.as_deref(),
            attached: token.deprel.is_some() && head.map_or(word.head.is_none(), |h| h.is_some() && h == word.head),
        };
        add(&mut counts, right(&told, word));
    }
    // Rules tell the part of speech of some words only; the other layers come from the engine, for all words or none.
    let parts = parsed.tokens.iter().filter(|t| t.upos.is_some()).count();
    let trees = parsed.tokens.iter().filter(|t| t.deprel.is_some()).count();
    for ((score, count), found) in
        layers.iter_mut().zip(counts).zip([parsed.tokens.len(), parts].into_iter().chain([trees; 5]))
    {
        score.gold += document.words.len();
        score.found += found;
        score.right += usize::try_from(count).unwrap_or(0);
    }
}

fn add(counts: &mut [u32; 7], right: [bool; 7]) {
    counts.iter_mut().zip(right).for_each(|(count, right)| *count += u32::from(right));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(lemma: &str, deprel: &str) -> Word {
        let span = Span::new(0, 1);
        let [form, upos, feats] = ["a", "NOUN", "Number=Sing"].map(String::from);
        Word { span, form, lemma: lemma.into(), upos, feats, head: None, deprel: deprel.into() }
    }

    #[test]
    fn layers_are_judged_one_by_one() {
        let told = |attached| Told {
            upos: Some(Upos::Noun),
            feats: "Number=Sing",
            lemma: "a",
            deprel: Some("nmod:poss"),
            attached,
        };
        assert_eq!(right(&told(true), &word("_", "nmod")), [true, true, true, true, true, false, true]);
        assert_eq!(right(&told(true), &word("b", "nmod:poss")), [true, true, true, false, true, true, true]);
        assert_eq!(right(&told(false), &word("a", "nmod:poss")), [true, true, true, true, false, false, false]);
    }
}
