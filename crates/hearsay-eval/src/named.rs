//! `mentions FILE.iob2 --engine TIER`: persons, organisations and places, against a treebank of names (Universal NER).
//!
//! A mention is right if its words and its kind are. The engine's twelve kinds are wider: facilities count as places;
//! armed groups, governments and media as organisations; the other kinds are left out.

use crate::asked::{self, EngineArgs};
use crate::bench::Score;
use anyhow::{Context, Result};
use hearsay::language::engine::Name;
use hearsay_engine::WordInput;
use hearsay_types::NamedKind;
use std::collections::BTreeSet;
use std::ops::Range;

/// What to measure.
#[derive(clap::Parser)]
#[command(name = "hearsay-eval mentions")]
struct Args {
    /// Files of words with IOB2 tags.
    #[arg(required = true)]
    files: Vec<String>,
    #[command(flatten)]
    engine: EngineArgs,
    /// Only every third document, which training does not see.
    #[arg(long)]
    held_out: bool,
}

/// A sentence with its mentions: the kind and the words.
#[derive(Debug, Default, PartialEq)]
struct Sentence {
    document: usize,
    text: String,
    words: Vec<String>,
    names: BTreeSet<Mark>,
}

type Mark = (&'static str, usize, usize);

/// Prints the scores of each file.
pub fn run(args: &[String]) -> Result<()> {
    let mut args = asked::args::<Args>("mentions", args)?;
    args.engine.engine = args.engine.engine.or(Some(asked::Tier::Accurate));
    let engine = args.engine.load()?.context("an engine was asked for")?;
    for file in &args.files {
        let text = std::fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))?;
        let mut sentences = sentences(&text);
        sentences.retain(|s| !args.held_out || s.document % 3 == 2);
        let mut scores = [Score::default(); 3];
        for sentence in &sentences {
            let reading = engine.read(&[&inputs(sentence)]);
            score(sentence, &reading.names, &mut scores);
        }
        println!("{file}: {} sentences", sentences.len());
        let sum = |of: fn(&Score) -> usize| scores.iter().map(of).sum::<usize>();
        let all = Score { gold: sum(|s| s.gold), found: sum(|s| s.found), right: sum(|s| s.right) };
        for (name, score) in ["PER", "ORG", "LOC", "all"].iter().zip(scores.iter().chain([&all])) {
            println!("  {name}  {score}  ({} expected)", score.gold);
        }
    }
    Ok(())
}

fn score(sentence: &Sentence, found: &[Name], scores: &mut [Score; 3]) {
    let mark = |name: &Name| Some((coarse(name.kind)?, name.words.start, name.words.end));
    let found: BTreeSet<Mark> = found.iter().filter_map(mark).collect();
    for (score, kind) in scores.iter_mut().zip(["PER", "ORG", "LOC"]) {
        let of = |marks: &BTreeSet<Mark>| marks.iter().filter(|m| m.0 == kind).count();
        score.gold += of(&sentence.names);
        score.found += of(&found);
        score.right += sentence.names.intersection(&found).filter(|m| m.0 == kind).count();
    }
}

fn coarse(kind: NamedKind) -> Option<&'static str> {
    match kind {
        NamedKind::Person => Some("PER"),
        NamedKind::Organisation | NamedKind::ArmedGroup | NamedKind::Government | NamedKind::Media => Some("ORG"),
        NamedKind::Place | NamedKind::Facility => Some("LOC"),
        _ => None,
    }
}

/// The words as the engine takes them; where spaces stand is read off the sentence's text.
fn inputs(sentence: &Sentence) -> Vec<WordInput<'_>> {
    let mut rest = sentence.text.as_str();
    let mut input = |text: &'_ String| {
        let found = rest.find(text.as_str());
        let spaced = found.is_none_or(|at| rest[..at].contains(char::is_whitespace));
        rest = found.map_or(rest, |at| &rest[at + text.len()..]);
        spaced
    };
    let spaced: Vec<bool> = sentence.words.iter().map(&mut input).collect();
    let words = sentence.words.iter().zip(spaced).enumerate();
    words.map(|(i, (text, spaced))| WordInput { text, space_before: i == 0 || spaced }).collect()
}

/// Reads a file of rows number, word, tag; comments tell the documents and texts.
fn sentences(file: &str) -> Vec<Sentence> {
    let (mut out, mut documents) = (Vec::new(), 0usize);
    let mut open: (Sentence, Vec<&str>) = Default::default();
    for line in file.lines().chain([""]) {
        if line.starts_with("# newdoc") {
            documents += 1;
        } else if let Some(text) = line.strip_prefix("# text = ") {
            text.clone_into(&mut open.0.text);
        } else if let [_, word, tag, ..] = line.split('\t').collect::<Vec<_>>()[..] {
            open.0.words.push(word.to_owned());
            open.1.push(tag);
        } else if line.is_empty() && !open.1.is_empty() {
            let (mut sentence, tags) = std::mem::take(&mut open);
            sentence.document = documents.saturating_sub(1);
            sentence.names = marks(&tags);
            out.push(sentence);
        }
    }
    out
}

/// The mentions that tags mark.
fn marks(tags: &[&str]) -> BTreeSet<Mark> {
    let kind = |tag: &str| ["PER", "ORG", "LOC"].into_iter().find(|kind| tag.get(2..) == Some(kind));
    let begins = (0..tags.len()).filter(|&at| tags[at].starts_with("B-"));
    let words = |at: usize| -> Range<usize> {
        let inner = tags[at + 1..].iter().take_while(|tag| tag.starts_with("I-") && tag[2..] == tags[at][2..]).count();
        at..at + 1 + inner
    };
    begins.filter_map(|at| Some((kind(tags[at])?, at, words(at).end))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_tags_gives_sentences_and_mentions() {
        let file = "# newdoc id = a\n# text = Lena Orr's dog\n1\tLena\tB-PER\t-\n2\tOrr\tI-PER\t-\n3\t's\tO\t-\n4\tdog\tO\t-\n\n\
                    # newdoc id = b\n# text = Lysk\n1\tLysk\tB-LOC\t-\n\n";
        let sentences = sentences(file);
        assert_eq!(sentences.iter().map(|s| s.document).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(sentences[0].names, BTreeSet::from([("PER", 0, 2)]));
        assert_eq!(sentences[1].names, BTreeSet::from([("LOC", 0, 1)]));
        let spaced: Vec<bool> = inputs(&sentences[0]).iter().map(|w| w.space_before).collect();
        assert_eq!(spaced, [true, true, false, true]);
    }

    #[test]
    fn kinds_are_made_coarse_and_compared_exactly() {
        let name = |words, kind| Name { sentence: 0, words, kind };
        let sentence = Sentence { names: BTreeSet::from([("ORG", 0, 2), ("LOC", 3, 4)]), ..Sentence::default() };
        let found = [name(0..2, NamedKind::ArmedGroup), name(3..5, NamedKind::Place), name(6..7, NamedKind::Time)];
        let mut scores = [Score::default(); 3];
        score(&sentence, &found, &mut scores);
        assert_eq!(scores.map(|s| (s.gold, s.found, s.right)), [(0, 0, 0), (1, 1, 1), (1, 1, 0)]);
    }
}
