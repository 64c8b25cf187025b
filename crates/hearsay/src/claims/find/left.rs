//! What was said before its teller: "..., X said", "...," said X.

use super::{Finder, right};
use crate::claims::draft::Draft;
use crate::shallow::subject::{self, Subject};
use hearsay_data::cues::Cue;
use hearsay_data::verbs::Forms;
use hearsay_data::words::Closed;
use std::ops::Range;

impl Finder<'_> {
    /// What was said before "..., X said": the quotation that closes there, or the clause before the comma.
    pub(super) fn left(&self, from: usize, bounds: &Range<usize>) -> Option<(Range<usize>, String)> {
        let mut end = from;
        while end > bounds.start && matches!(self.words.list[end - 1].text, "," | "—" | "–" | "--" | "-") {
            end -= 1;
        }
        if end <= bounds.start {
            return None;
        }
        if let Some(q) = self.quotes.closing(end - 1) {
            if q.range.start <= bounds.start || self.opens_clause(q.range.start, bounds) {
                return Some((q.range.clone(), "a quotation before its teller".to_owned()));
            }
            return Some((
                self.clause_start(bounds, end)..end,
                "a clause with quoted words before its teller".to_owned(),
            ));
        }
        // A clause has three words at least, unless it goes on behind its teller.
        if end == from || end - bounds.start < 2 {
            return None;
        }
        Some((self.clause_start(bounds, end)..end, "a clause before its teller".to_owned()))
    }

    /// What goes on behind an inserted teller: "The port, he said, was closed".
    pub(super) fn resumed(
        &self,
        cue_end: usize,
        from: usize,
        draft: &Draft,
        bounds: &Range<usize>,
    ) -> Option<Range<usize>> {
        let comma = self.words.lower(cue_end) == "," && from > bounds.start && self.words.lower(from - 1) == ",";
        let quoted = draft.content.iter().any(|r| self.quotes.inside(r.end - 1));
        let end = right::clause_end(self.words, self.quotes, cue_end + 1, bounds.end);
        let next = self.words.list.get(cue_end + 1)?;
        let goes_on = comma
            && !quoted
            && end > cue_end + 4
            && !self.quotes.inside(cue_end + 1)
            && !next.is_verb(Forms::ING)
            && !next.is_any(&[Closed::Conj, Closed::Rel]);
        goes_on.then_some(cue_end + 1..end)
    }

    /// Whether a quotation at `at` stands alone: nothing of its sentence before it but a cue or a mark.
    pub(super) fn opens_clause(&self, at: usize, bounds: &Range<usize>) -> bool {
        let before = &self.words.list[at - 1];
        at == bounds.start
            || matches!(before.text, ":" | "." | "?" | "!")
            || (before.text == ","
                && self.drafts.last().is_some_and(|d| d.hull().end + 1 >= at && d.hull().start >= bounds.start))
    }

    pub(super) fn clause_start(&self, bounds: &Range<usize>, end: usize) -> usize {
        let told = self
            .drafts
            .iter()
            .filter(|d| d.hull().start >= bounds.start && d.hull().end <= end)
            .map(|d| d.hull().end)
            .max();
        let mut at = told.unwrap_or(bounds.start);
        while at < end && (matches!(self.words.list[at].text, "," | ";") || self.words.list[at].is(Closed::Conj)) {
            at += 1;
        }
        if at + 2 < end { at } else { bounds.start }
    }

    /// `"...," said X`.
    pub(super) fn inverted(
        &mut self,
        at: usize,
        cue: &'static Cue,
        bounds: &Range<usize>,
        range: &Range<usize>,
    ) -> bool {
        if !cue.frame.quote || at <= bounds.start || !self.words.list[at].is_verb(Forms::PAST.or(Forms::THIRD)) {
            return false;
        }
        let before = at - 1;
        let quoted = self.quotes.closing(before).is_some();
        if !(quoted || self.words.lower(before) == "," && at > bounds.start + 3) {
            return false;
        }
        let own = subject::before(self.words, self.quotes, bounds.start, at).subject;
        if !quoted && matches!(own, Subject::Found(_)) {
            return false;
        }
        let Some(next) = self.words.list.get(at + 1).filter(|_| at + 1 < range.end) else { return false };
        let plain =
            next.is_any(&[Closed::That, Closed::To, Closed::Prep, Closed::Of, Closed::Sub, Closed::Adv, Closed::Wh])
                || next.is_mark();
        let teller = matches!(cue.class, "say" | "write") && !cue.frame.object;
        if plain || !teller || (next.is(Closed::Pron) && !quoted) {
            return false;
        }
        let Some(source) = subject::after(self.words, self.quotes, at + 1, range.end) else { return false };
        // "X did A, said B had left": a clause with its own verb follows, so the cue goes on with the sentence's subject.
        let clause =
            self.words.list.get(source.end).is_some_and(|w| w.is_any(&[Closed::Have, Closed::Be, Closed::Modal]));
        let Some((content, why)) = self.left(at, bounds).filter(|_| !clause) else { return false };
        let mut draft = Draft { lemma: cue.lemma, class: cue.class, stance: cue.stance, ..Draft::default() };
        (draft.source, draft.cue, draft.content) = (vec![source], vec![at..at + 1], vec![content]);
        draft.why.push(format!("{why}; the teller follows the cue"));
        self.drafts.push(draft);
        true
    }
}
