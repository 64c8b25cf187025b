//! `parse FILE.conllu...`: sentences and tokens from raw text, and what else the language stage tells, against a treebank.
//!
//! The raw text is put together from the treebank's own tokens, paragraphs and documents. Sentences and words are
//! compared by the characters they cover, white space left out, as the CoNLL 2018 shared task does.

use crate::bench::Score;
use anyhow::{Context, Result};
use hearsay::language::{self, Language};
use hearsay_types::{Article, Parsed, Span};
use std::collections::HashMap;

/// A treebank word: where it stands in the raw text, and what the treebank says of it.
struct Word {
    span: Span,
    lemma: String,
    upos: String,
    /// Index of its head among the document's words; none for a root.
    head: Option<usize>,
    deprel: String,
}

/// A document of a treebank.
#[derive(Default)]
struct Document {
    text: String,
    words: Vec<Word>,
    sentences: Vec<Span>,
}

/// Prints the figures of each file.
pub fn run(files: &[String]) -> Result<()> {
    anyhow::ensure!(!files.is_empty(), "parse: name a .conllu file");
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?;
        measure(file, &documents(&text));
    }
    Ok(())
}

fn measure(file: &str, documents: &[Document]) {
    let language = Language::shipped();
    let mut scores: [Score; 6] = [Score::default(); 6];
    let start = std::time::Instant::now();
    let parsed: Vec<Parsed> =
        documents.iter().map(|d| language::parse(&Article::plain(&d.text), &language).0).collect();
    let seconds = start.elapsed().as_secs_f64();
    for (document, parsed) in documents.iter().zip(&parsed) {
        score(document, parsed, &mut scores);
    }
    println!("{file}: {} documents, {} sentences a second", documents.len(), (scores[0].found as f64 / seconds) as u64);
    for (name, score) in ["sentences", "words", "UPOS", "lemmas", "UAS", "LAS"].iter().zip(scores) {
        if score.right > 0 {
            println!("  {name:10} {score}");
        } else {
            println!("  {name:10} not told");
        }
    }
}

/// Adds one document to the scores: sentences, words, UPOS, lemmas, UAS, LAS.
fn score(document: &Document, parsed: &Parsed, scores: &mut [Score; 6]) {
    let gold: HashMap<Span, usize> = document.sentences.iter().map(|s| (*s, 0)).collect();
    count(
        &mut scores[0],
        gold.len(),
        parsed.sentences.len(),
        parsed.sentences.iter().filter(|s| gold.contains_key(&s.span)).count(),
    );
    let words: HashMap<Span, usize> = document.words.iter().enumerate().map(|(i, w)| (w.span, i)).collect();
    let pairs: Vec<(usize, usize)> =
        parsed.tokens.iter().enumerate().filter_map(|(i, t)| Some((i, *words.get(&t.span)?))).collect();
    let of_word: HashMap<usize, usize> = pairs.iter().copied().collect();
    let told: [usize; 4] = [
        parsed.tokens.iter().filter(|t| t.upos.is_some()).count(),
        parsed.tokens.iter().filter(|t| t.lemma.is_some()).count(),
        parsed.tokens.iter().filter(|t| t.deprel.is_some()).count(),
        parsed.tokens.iter().filter(|t| t.deprel.is_some()).count(),
    ];
    let mut right = [0; 5];
    for (i, j) in pairs {
        let (token, word) = (&parsed.tokens[i], &document.words[j]);
        let attached = token.deprel.is_some() && token.head.and_then(|h| of_word.get(&h).copied()) == word.head;
        right[0] += 1;
        right[1] += usize::from(token.upos.is_some_and(|u| format!("{u:?}").to_uppercase() == word.upos));
        right[2] += usize::from(token.lemma.as_deref() == Some(&word.lemma));
        right[3] += usize::from(attached);
        right[4] += usize::from(attached && token.deprel.as_deref() == Some(&word.deprel));
    }
    count(&mut scores[1], words.len(), parsed.tokens.len(), right[0]);
    for n in 0..4 {
        count(&mut scores[n + 2], words.len(), told[n], right[n + 1]);
    }
}

fn count(score: &mut Score, gold: usize, found: usize, right: usize) {
    score.gold += gold;
    score.found += found;
    score.right += right;
}

/// Reads a treebank.
fn documents(conllu: &str) -> Vec<Document> {
    let mut out: Vec<Document> = Vec::new();
    let mut block: Vec<&str> = Vec::new();
    for line in conllu.lines().chain([""]) {
        if !line.is_empty() {
            block.push(line);
            continue;
        }
        add_sentence(&mut out, &block);
        block.clear();
    }
    out
}

fn add_sentence(out: &mut Vec<Document>, block: &[&str]) {
    if block.iter().any(|l| l.starts_with("# newdoc")) || out.is_empty() {
        out.push(Document::default());
    }
    let Some(document) = out.last_mut() else { return };
    if block.iter().any(|l| l.starts_with("# newpar") || l.starts_with("# newdoc")) && !document.text.is_empty() {
        document.text.truncate(document.text.trim_end().len());
        document.text.push('\n');
    }
    let (first, start) = (document.words.len(), document.text.len());
    let mut heads = Vec::new();
    let mut inside = 0;
    for row in block.iter().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>()) {
        let [id, form, lemma, upos, _, _, head, deprel, _, misc] = row[..] else { continue };
        let spaced = !misc.contains("SpaceAfter=No");
        if let Some((from, to)) = id.split_once('-') {
            inside = to.parse::<usize>().unwrap_or(0) + 1 - from.parse::<usize>().unwrap_or(0);
            document.text.push_str(form);
            // Its words share these letters: laid over them from the left, as far as they fit.
            document.text.push_str(if spaced { " \u{0}" } else { "\u{0}" });
            heads.push((document.text.len() - 1, form.len() + usize::from(spaced)));
            continue;
        }
        if id.contains('.') {
            continue;
        }
        let at = if inside > 0 {
            inside -= 1;
            let (mark, back) = heads.last().copied().unwrap_or((0, 0));
            let surface_start = mark - back;
            let at = document
                .words
                .last()
                .filter(|w| w.span.start >= surface_start && document.words.len() > first)
                .map_or(surface_start, |w| w.span.end);
            Span::new(at, (at + form.len()).min(mark))
        } else {
            document.text.push_str(form);
            Span::new(document.text.len() - form.len(), document.text.len())
        };
        if inside == 0 && document.text.ends_with('\u{0}') {
            document.text.pop();
        } else if !document.text.ends_with('\u{0}') && spaced {
            document.text.push(' ');
        }
        let head = head.parse::<usize>().ok().filter(|h| *h > 0).map(|h| first + h - 1);
        document.words.push(Word {
            span: at,
            lemma: lemma.to_owned(),
            upos: upos.to_owned(),
            head,
            deprel: deprel.to_owned(),
        });
    }
    let end = document.text.trim_end().len();
    if end > start {
        document.sentences.push(Span::new(start, end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_treebank_gives_back_its_text_and_spans() {
        let rows = "# newdoc id = a\n# newpar\n1-2\tThey're\t_\t_\t_\t_\t_\t_\t_\t_\n1\tThey\tthey\tPRON\t_\t_\t3\tnsubj\t_\t_\n\
                    2\t're\tbe\tAUX\t_\t_\t3\tcop\t_\t_\n3\tsafe\tsafe\tADJ\t_\t_\t0\troot\t_\tSpaceAfter=No\n4\t.\t.\tPUNCT\t_\t_\t3\tpunct\t_\t_\n\n\
                    # newpar\n1\tOk\tok\tINTJ\t_\t_\t0\troot\t_\t_\n\n";
        let documents = documents(rows);
        assert_eq!(documents.len(), 1);
        let text = &documents[0].text;
        assert_eq!(text.trim_end(), "They're safe.\nOk");
        let words: Vec<&str> = documents[0].words.iter().map(|w| w.span.of(text)).collect();
        assert_eq!(words, ["They", "'re", "safe", ".", "Ok"]);
        assert_eq!(documents[0].sentences.iter().map(|s| s.of(text)).collect::<Vec<_>>(), ["They're safe.", "Ok"]);
        assert_eq!(documents[0].words[1].head, Some(2));
    }
}
