//! Tellings that name nobody who tells: passives, verbs of seeming, adverbs of hearsay.

use super::{Finder, right};
use crate::claims::draft::Draft;
use crate::shallow::subject::{self, Subject};
use hearsay_data::cues::{self, Cue};
use hearsay_data::verbs::Forms;
use hearsay_data::words::Closed;
use std::ops::Range;

impl Finder<'_> {
    /// "was reported to have fled", "was told that", "is believed to".
    pub(super) fn passive(&mut self, at: usize, cue: &'static Cue, bounds: &Range<usize>) {
        let before = subject::before(self.words, self.quotes, bounds.start, at);
        let Subject::Found(subject) = before.subject else { return };
        let hears = matches!(
            cue.lemma,
            "tell" | "inform" | "assure" | "notify" | "warn" | "remind" | "ask" | "order" | "instruct" | "urge"
        );
        let next = at + 1;
        let mut draft = Draft { lemma: cue.lemma, class: cue.class, stance: cue.stance, ..Draft::default() };
        draft.negated = self.is_negated(&(before.group..at));
        draft.cue = vec![before.group..next];
        let end = right::clause_end(self.words, self.quotes, next, bounds.end);
        if hears {
            let clause = self.words.list.get(next).is_some_and(|w| {
                w.is_any(&[Closed::That, Closed::Sub, Closed::Wh, Closed::To]) || &*w.lower == "about"
            });
            if !clause || end <= next + 1 {
                return;
            }
            (draft.addressee, draft.content) = (Some(subject), vec![next..end]);
            draft.why.push("a passive: who was told, and what".to_owned());
        } else if matches!(
            cue.lemma,
            "expect"
                | "report"
                | "believe"
                | "think"
                | "say"
                | "know"
                | "understand"
                | "estimate"
                | "allege"
                | "suspect"
                | "consider"
                | "assume"
                | "presume"
                | "project"
                | "fear"
        ) {
            if self.words.lower(next) == "that" && self.words.lower(subject.start) == "it" {
                draft.content = vec![next..end];
            } else if self.words.lower(next) == "to" && end > next + 1 {
                draft.content = vec![subject, next..end];
            } else {
                return;
            }
            draft.stance = if draft.stance == "speculates" { "speculates" } else { "relays" };
            draft.why.push("a passive that names no source".to_owned());
        } else {
            return;
        }
        self.drafts.push(draft);
    }

    /// "seemed to flee", "it appears that".
    pub(super) fn impersonal(&mut self, at: usize, bounds: &Range<usize>) -> bool {
        let word = &self.words.list[at];
        if !word.is_verb(Forms::PAST.or(Forms::THIRD).or(Forms::BASE)) || word.is_capital() {
            return false;
        }
        let before = subject::before(self.words, self.quotes, bounds.start, at);
        let Subject::Found(subject) = before.subject else { return false };
        let next = at + 1;
        let end = right::clause_end(self.words, self.quotes, next, bounds.end);
        let it = self.words.lower(subject.start) == "it" && subject.len() == 1;
        let content = match self.words.lower(next) {
            "that" | "as" if it && end > next + 2 => vec![next..end],
            "to" if end > next + 1 => vec![subject, next..end],
            _ if self
                .words
                .list
                .get(next)
                .is_some_and(|w| w.lower.len() > 3 && w.closed.is_none() && !w.is_mark() && w.verb.is_none())
                && word.verb.is_some_and(|v| v.lemma == "seem") =>
            {
                vec![subject, next..end]
            }
            _ => return false,
        };
        let mut draft = Draft {
            lemma: if word.lower.starts_with("seem") { "seem" } else { "appear" },
            class: "believe",
            stance: "speculates",
            ..Draft::default()
        };
        (draft.cue, draft.content) = (vec![before.group..next], content);
        draft.why.push("a verb of seeming that names no source".to_owned());
        self.drafts.push(draft);
        true
    }

    /// "He reportedly fled."
    pub(super) fn hearsay_adverb(&mut self, at: usize, range: &Range<usize>) {
        let bounds = self.bounds(at, range);
        let told = self.words.list.get(at + 1).is_some_and(|w| {
            w.verb.is_some_and(|v| cues::cue(v.lemma).is_some_and(|c| matches!(c.class, "say" | "write")))
        });
        if told || at + 2 >= bounds.end {
            return;
        }
        let verb = (at + 1..bounds.end).find(|i| self.words.list[*i].verb.is_some()).unwrap_or(at + 1);
        let before = subject::before(self.words, self.quotes, bounds.start, verb);
        let start = match before.subject {
            Subject::Found(s) if s.start < at => s.start,
            _ => at + 1,
        };
        let end = right::clause_end(self.words, self.quotes, at + 1, bounds.end);
        let mut draft = Draft { lemma: "reportedly", class: "say", stance: "relays", ..Draft::default() };
        draft.cue = vec![at..at + 1];
        draft.content = [start..at, at + 1..end].into_iter().filter(|r| !r.is_empty()).collect();
        draft.why.push("an adverb of hearsay that names no source".to_owned());
        self.drafts.push(draft);
    }
}
