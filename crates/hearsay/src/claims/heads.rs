//! What the engine's heads tell of attributions: `cues` marks the words that say that somebody says something, and
//! `parts` tells for each other word of the sentence whether it belongs to that cue's source or content.
//!
//! The labels are those of PolNeAR (Newell et al. 2018), who mark the outermost cues only. Spans are runs of equal labels. Two more
//! heads are asked where the weights have them: `inner` marks cues at every depth, `stance` tells for the first word of a cue how who
//! says it stands to what is said.

use crate::shallow::Words;
use crate::shallow::recalled::{Recalled, best, recalled, softmax};
use hearsay_data::stances::Row as Shares;
use hearsay_engine::Engine;
use hearsay_types::{Parsed, Stance, named};
use std::ops::Range;

/// A gap of so many words inside a run is closed.
const GAP: usize = 2;

/// A run of the content is dropped when it weighs less than this share of the weightiest.
const WEAK: f32 = 0.2;

/// One cue with its source and content, in words of the body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The words of the cue.
    pub cue: Range<usize>,
    /// Who says it; empty where nobody is told.
    pub source: Option<Range<usize>>,
    /// What is said, in one run or several.
    pub content: Vec<Range<usize>>,
}

/// The cues that one head marks in an article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cues {
    /// In reading order.
    pub list: Vec<Reading>,
    /// For each word how sure the head is that it belongs to a cue, from 0 to 1.
    pub sureness: Vec<f32>,
}

impl Cues {
    /// How sure the head is that one of these words belongs to a cue.
    pub fn sure(&self, range: &Range<usize>) -> f32 {
        range.clone().filter_map(|i| self.sureness.get(i)).copied().fold(0.0, f32::max)
    }
}

/// What the heads tell of an article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Readings {
    /// The outermost cues.
    pub outer: Cues,
    /// The cues at every depth, where the weights have a head for them.
    pub inner: Option<Cues>,
    /// For each word how likely each stance is of a cue that starts with it; empty where the weights have no head for it.
    pub stances: Vec<Shares>,
}

impl Readings {
    /// How likely each stance is of a cue that starts with this word.
    pub fn stance(&self, at: usize) -> Option<Shares> {
        self.stances.get(at).copied()
    }
}

/// Asks the heads about every sentence that has vectors; none where the weights have no heads for cues and their parts.
pub fn read(engine: &Engine, parsed: &Parsed, words: &Words) -> Option<Readings> {
    let parts = Parts::of(engine)?;
    let (outer, inner) = (Marks::of(engine, "cues")?, Marks::of(engine, "inner"));
    let empty = || Cues { list: Vec::new(), sureness: vec![0.0; words.list.len()] };
    let mut out = Readings { outer: empty(), inner: inner.as_ref().map(|_| empty()), stances: Vec::new() };
    // Sentences beyond what the engine reads have no vectors: the rest of the article is left to the rules.
    for recalled in recalled(engine, parsed, words) {
        let batch = Batch { engine, parts: &parts, recalled: &recalled };
        batch.read(&outer, words, &mut out.outer)?;
        if let (Some(marks), Some(cues)) = (&inner, &mut out.inner) {
            batch.read(marks, words, cues)?;
        }
        out.stances.extend(batch.stances());
    }
    Some(out)
}

/// Where the labels of a head that marks cues stand in its rows of scores.
struct Marks {
    task: &'static str,
    outside: usize,
    begins: usize,
    count: usize,
}

impl Marks {
    fn of(engine: &Engine, task: &'static str) -> Option<Marks> {
        let labels = engine.labels(task)?;
        let at = |name: &str| labels.iter().position(|l| l == name);
        Some(Marks { task, outside: at("O")?, begins: at("B-cue")?, count: labels.len() })
    }
}

/// Where the labels of the parts of a claim stand in the rows of scores.
struct Parts {
    source: usize,
    content: usize,
    count: usize,
}

impl Parts {
    fn of(engine: &Engine) -> Option<Parts> {
        let labels = engine.labels("parts")?;
        let at = |name: &str| labels.iter().position(|l| l == name);
        Some(Parts { source: at("source")?, content: at("content")?, count: labels.len() })
    }
}

/// Some sentences in a row.
struct Batch<'a> {
    engine: &'a Engine,
    parts: &'a Parts,
    recalled: &'a Recalled,
}

impl Batch<'_> {
    fn read(&self, marks: &Marks, words: &Words, out: &mut Cues) -> Option<()> {
        let encoded = &self.recalled.encoded;
        let scores = self.engine.scores(encoded, marks.task).ok()?;
        let first = self.recalled.sentences.first()?.start;
        let mut rows = scores.chunks_exact(marks.count);
        let mut found = Vec::new();
        for range in &self.recalled.sentences {
            let rows: Vec<&[f32]> = rows.by_ref().take(range.len()).collect();
            for (at, row) in range.clone().zip(&rows) {
                out.sureness[at] = 1.0 - softmax(row)[marks.outside];
            }
            let placed = |c: Range<usize>| range.start + c.start..range.start + c.end;
            found.extend(cues(marks, &rows).into_iter().map(|c| (without_article(words, placed(c)), range.clone())));
        }
        let pairs: Vec<(usize, usize)> =
            found.iter().flat_map(|(cue, range)| range.clone().map(|w| (w - first, cue.start - first))).collect();
        let scores = self.engine.pairs(encoded, "parts", &pairs).ok()?;
        let mut rows = scores.chunks_exact(self.parts.count);
        for (cue, range) in found {
            let parts: Vec<Part> = rows.by_ref().take(range.len()).map(|row| self.part(row)).collect();
            out.list.push(reading(words, cue, range.start, &parts));
        }
        Some(())
    }

    /// How likely each stance is at each word; nothing where the weights have no head for it.
    fn stances(&self) -> Vec<Shares> {
        let Some(labels) = self.engine.labels("stance") else { return Vec::new() };
        let Ok(scores) = self.engine.scores(&self.recalled.encoded, "stance") else { return Vec::new() };
        let stances: Vec<Option<Stance>> = labels.iter().map(|l| named(l)).collect();
        scores.chunks_exact(labels.len()).map(|row| shares(&stances, row)).collect()
    }

    fn part(&self, row: &[f32]) -> Part {
        let shares = softmax(row);
        let best = best(row);
        let kind = match best {
            b if b == self.parts.source => Kind::Source,
            b if b == self.parts.content => Kind::Content,
            _ => Kind::None,
        };
        Part { kind, source: shares[self.parts.source], content: shares[self.parts.content] }
    }
}

/// The cues of a sentence: from a word that begins one, or that goes on where none is open, to the last that goes on.
fn cues(marks: &Marks, rows: &[&[f32]]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let best = best(row);
        if best == marks.outside {
            continue;
        }
        match out.last_mut().filter(|c| c.end == at && best != marks.begins) {
            Some(open) => open.end = at + 1,
            None => out.push(at..at + 1),
        }
    }
    out
}

/// A cue without an article at its end: that belongs to what is told ("revealed a plan").
fn without_article(words: &Words, cue: Range<usize>) -> Range<usize> {
    let article = cue.len() > 1 && matches!(words.lower(cue.end - 1), "a" | "an" | "the");
    cue.start..cue.end - usize::from(article)
}

/// The shares of the labels that are stances, in the order of the stances.
fn shares(stances: &[Option<Stance>], row: &[f32]) -> Shares {
    let named: Vec<(Stance, f32)> = stances.iter().zip(row).filter_map(|(n, s)| Some(((*n)?, *s))).collect();
    let mut out = Shares::default();
    for ((stance, _), share) in named.iter().zip(softmax(&named.iter().map(|n| n.1).collect::<Vec<_>>())) {
        out[*stance as usize] = share;
    }
    out
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Source,
    Content,
}

/// What a word is to a cue.
#[derive(Debug, Clone, Copy)]
struct Part {
    kind: Kind,
    source: f32,
    content: f32,
}

fn reading(words: &Words, cue: Range<usize>, start: usize, parts: &[Part]) -> Reading {
    let in_cue = |i: usize| cue.contains(&(start + i));
    let weight = |run: &Range<usize>, of: fn(&Part) -> f32| parts[run.clone()].iter().map(of).sum::<f32>();
    let placed = |run: Range<usize>| start + run.start..start + run.end;
    let source = runs(words, start, parts, Kind::Source, &in_cue)
        .into_iter()
        .max_by(|a, b| weight(a, |p| p.source).total_cmp(&weight(b, |p| p.source)));
    let content = runs(words, start, parts, Kind::Content, &in_cue);
    let most = content.iter().map(|r| weight(r, |p| p.content)).fold(0.0, f32::max);
    let strong = content.into_iter().filter(|r| weight(r, |p| p.content) >= WEAK * most);
    Reading { source: source.map(placed), content: strong.map(placed).collect(), cue }
}

/// The runs of a label, without marks at their ends; small gaps and gaps of marks are closed where no word of another
/// label stands in them.
fn runs(words: &Words, start: usize, parts: &[Part], kind: Kind, in_cue: &impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let is_mark = |i: usize| words.list[start + i].is_mark();
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in (0..parts.len()).filter(|i| parts[*i].kind == kind && !in_cue(*i) && !is_mark(*i)) {
        let closes = |run: &Range<usize>| {
            let gap = run.end..at;
            let small = gap.clone().filter(|i| !is_mark(*i)).count() <= GAP;
            small
                && gap
                    .clone()
                    .all(|i| !in_cue(i) && (is_mark(i) || matches!(parts[i].kind, k if k == kind || k == Kind::None)))
        };
        match out.last_mut().filter(|run| closes(run)) {
            Some(run) => run.end = at + 1,
            None => out.push(at..at + 1),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init)] // A span is a list of ranges; most have one.
mod tests {
    use super::*;
    use hearsay_types::Article;

    #[test]
    fn runs_close_small_gaps_and_drop_weak_parts() {
        let text = "He said the old bridge , by then , was shut and dry";
        let article = Article::plain(text);
        let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
        let words = Words::of_body(&article, &parsed);
        let part = |kind, content| Part { kind, source: 0.0, content };
        let mut parts = vec![part(Kind::Content, 0.9); words.list.len()];
        parts[0] = Part { kind: Kind::Source, source: 0.9, content: 0.0 };
        parts[6] = part(Kind::None, 0.2);
        parts[7] = part(Kind::None, 0.2);
        let found = reading(&words, 1..2, 0, &parts);
        assert_eq!((found.source, found.content), (Some(0..1), vec![2..13]));
    }
}
