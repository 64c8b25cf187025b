//! "The paper said, citing two diplomats, that ...": whom a telling cites tells the same, and is told by it.
#![allow(clippy::single_range_in_vec_init)] // A span is a list of ranges; most have one.

use super::draft::Draft;
use crate::shallow::Words;
use crate::shallow::quotes::Quotations;
use crate::shallow::subject;
use hearsay_data::cues::source_noun;
use hearsay_data::words::Closed;
use std::ops::Range;

/// Adds what is told by those whom a telling cites. What was made of "citing" alone gives way to it.
pub fn add_cited(words: &Words, quotes: &Quotations, drafts: &mut Vec<Draft>) {
    for at in 0..words.list.len() {
        if !matches!(words.lower(at), "citing" | "quoting") {
            continue;
        }
        let sentence = words.sentences[words.sentence_of(at)].1.clone();
        let Some(source) = subject::after(words, quotes, at + 1, sentence.end).filter(|s| can_speak(words, s)) else {
            continue;
        };
        let Some(teller) = teller(drafts, at, &sentence) else { continue };
        let content = drafts[teller].content.iter().flat_map(|r| without(r.clone(), at..source.end)).collect();
        let cited = Draft {
            source: vec![source],
            cue: vec![at..at + 1],
            lemma: if words.lower(at) == "citing" { "cite" } else { "quote" },
            class: "say",
            stance: "asserts",
            content,
            told_by: Some(drafts[teller].cue[0].start),
            why: vec!["whom a telling cites, with what it tells".to_owned()],
            ..Draft::default()
        };
        drafts.retain(|d| !d.cue.iter().any(|c| c.contains(&at)));
        drafts.push(cited);
    }
}

/// Whether a noun phrase names somebody who can say something: a source, or a name.
fn can_speak(words: &Words, source: &Range<usize>) -> bool {
    let named = words.list[source.end - 1].is_capital();
    let relative = words.list[source.start].is(Closed::Wh) || words.lower(source.start) == "what";
    !relative && (named || source.clone().any(|i| source_noun(words.lower(i)).is_some()))
}

/// The telling of the sentence that cites: the nearest one of saying that does not stand in another's content.
fn teller(drafts: &[Draft], at: usize, sentence: &Range<usize>) -> Option<usize> {
    let tells = |i: &usize| {
        let (draft, cue) = (&drafts[*i], drafts[*i].cue[0].start);
        let outer = drafts.iter().any(|d| d.tells(cue) && !draft.tells(d.cue[0].start));
        sentence.contains(&cue)
            && !draft.cue.iter().any(|c| c.contains(&at))
            && !draft.source.is_empty()
            && matches!(draft.class, "say" | "write" | "believe")
            && !outer
    };
    (0..drafts.len()).filter(tells).min_by_key(|i| drafts[*i].cue[0].start.abs_diff(at))
}

fn without(range: Range<usize>, cut: Range<usize>) -> Vec<Range<usize>> {
    if cut.end <= range.start || range.end <= cut.start {
        return vec![range];
    }
    [range.start..cut.start, cut.end..range.end].into_iter().filter(|r| r.start < r.end).collect()
}
