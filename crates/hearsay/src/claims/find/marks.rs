//! Tellings without a verb: "according to", nouns of attribution, a speaker's label.

use super::{Finder, right};
use crate::claims::draft::Draft;
use crate::shallow::Words;
use crate::shallow::subject::{self, Subject};
use hearsay_data::cues;
use hearsay_data::words::Closed;
use std::ops::Range;

impl Finder<'_> {
    /// "according to X".
    pub(super) fn according(&mut self, at: usize, range: &Range<usize>, first: usize) {
        let bounds = self.bounds(at, range);
        let Some(source) = subject::after(self.words, self.quotes, at + 2, bounds.end) else { return };
        let mut draft = Draft { lemma: "according", class: "say", stance: "asserts", ..Draft::default() };
        let opening = at == bounds.start
            || (at <= bounds.start + 2 && self.words.list[bounds.start].is_any(&[Closed::Conj, Closed::Adv]));
        let end = trim_end(self.words, &bounds);
        let (source, content) = if opening {
            let comma = (at + 2..bounds.end).find(|i| self.words.lower(*i) == "," && *i >= source.end.min(bounds.end));
            let Some(comma) = comma else { return };
            (at + 2..comma, comma + 1..end)
        } else {
            let mut stop = at;
            while stop > bounds.start && matches!(self.words.list[stop - 1].text, "," | "—" | "–") {
                stop -= 1;
            }
            let told = self.drafts[first..]
                .iter()
                .filter(|d| d.hull().end <= stop)
                .map(|d| d.hull().end)
                .max()
                .unwrap_or(bounds.start);
            let start = match self.quotes.closing(stop.wrapping_sub(1)) {
                Some(q) if q.range.start <= bounds.start => q.range.start,
                _ => skip_marks(self.words, told, stop),
            };
            (source, start..stop)
        };
        if content.len() < 2 {
            return;
        }
        draft.cue = vec![at..at + 2];
        (draft.source, draft.content) = (vec![source], vec![content]);
        draft.why.push("\"according to\"".to_owned());
        self.drafts.push(draft);
    }

    /// "the claim by X that ...", "X's claim that ...".
    pub(super) fn noun(&mut self, at: usize, range: &Range<usize>) {
        let bounds = self.bounds(at, range);
        let Some((class, stance)) = cues::cue_noun(self.words.lower(at)) else { return };
        let mut source = Vec::new();
        let mut next = at + 1;
        if matches!(self.words.lower(next), "by" | "from") && next + 1 < bounds.end {
            let stop = (next + 1..bounds.end.min(next + 10))
                .find(|i| self.words.list[*i].is(Closed::That) || self.words.list[*i].is_mark());
            let Some(stop) = stop else { return };
            source.push(next + 1..stop);
            next = stop;
        }
        if self.words.lower(next) != "that" || next + 3 > bounds.end {
            return;
        }
        if source.is_empty() && at > bounds.start {
            source.extend(self.possessor(at, bounds.start));
        }
        let end = right::clause_end(self.words, self.quotes, next, bounds.end);
        let mut draft = Draft { lemma: "", class, stance, source, ..Draft::default() };
        draft.cue = vec![at..at + 1];
        draft.content = vec![next..end];
        draft.why.push("a noun of attribution with \"that\"".to_owned());
        self.drafts.push(draft);
    }

    /// The possessor of the noun at `at`: "the rebels' claim", "his claim".
    pub(super) fn possessor(&self, at: usize, from: usize) -> Option<Range<usize>> {
        let mark = (from.max(at.saturating_sub(3))..at).rev().find(|i| {
            let w = &self.words.list[*i];
            matches!(&*w.lower, "'s" | "’s" | "'" | "’") || w.is(Closed::Poss)
        })?;
        if self.words.list[mark].is(Closed::Poss) {
            return Some(mark..mark + 1);
        }
        match subject::before(self.words, self.quotes, from, mark).subject {
            Subject::Found(range) => Some(range),
            _ => None,
        }
    }

    /// "Kasich: ...", "[Rodriguez] ...", "Report: ..." at the start of a paragraph.
    pub(super) fn speaker_label(&mut self, range: &Range<usize>) {
        let (start, words) = (range.start, self.words);
        let bracket = words.lower(start) == "[";
        let mark = if bracket { "]" } else { ":" };
        let Some(at) = (start + 1..range.end.min(start + 9)).find(|i| words.lower(*i) == mark) else { return };
        let name = if bracket { start + 1..at } else { start..at };
        let label = name.clone().all(|i| {
            let w = &words.list[i];
            w.is_capital()
                || w.is_mark() && matches!(w.text, "." | "-")
                || w.is_any(&[Closed::Of, Closed::Det])
                || matches!(&*w.lower, "and" | "al" | "'s" | "’s")
        });
        let quoted = self.quotes.opening(at + 1).is_some() || words.lower(at + 1) == "‘";
        let headline = !matches!(words.list[range.end - 1].text, "." | "!") && range.len() < 30;
        let known = cues::source_noun(words.lower(name.end.wrapping_sub(1))).is_some();
        if name.is_empty()
            || name.len() > 6
            || !label
            || !(bracket || quoted || headline || known)
            || at + 2 >= range.end
        {
            return;
        }
        if matches!(
            words.lower(start),
            "photo"
                | "photos"
                | "watch"
                | "video"
                | "related"
                | "update"
                | "note"
                | "caption"
                | "read"
                | "breaking"
                | "exclusive"
                | "opinion"
                | "correction"
        ) {
            return;
        }
        let content =
            match self.quotes.opening(at + 1).filter(|q| q.range.end + 2 >= range.end || q.range.end > range.end) {
                Some(q) => q.range.clone(),
                None => at + 1..trim_end(words, range),
            };
        let mut draft = Draft { lemma: ":", class: "say", stance: "asserts", ..Draft::default() };
        (draft.source, draft.cue, draft.content) = (vec![name], vec![at..at + 1], vec![content]);
        draft.why.push("a speaker's label".to_owned());
        self.drafts.push(draft);
    }
}

/// The end of a stretch without the full stop that closes it.
pub(super) fn trim_end(words: &Words, range: &Range<usize>) -> usize {
    let mut end = range.end;
    while end > range.start && matches!(words.list[end - 1].text, "." | "," | ";" | ":") {
        end -= 1;
    }
    end
}

fn skip_marks(words: &Words, from: usize, end: usize) -> usize {
    (from..end)
        .find(|i| !matches!(words.list[*i].text, "," | ";" | ":" | "—") && !words.list[*i].is(Closed::Conj))
        .unwrap_or(from)
}
