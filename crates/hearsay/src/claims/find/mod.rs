//! The rules that find attributions in a sentence.
#![allow(clippy::single_range_in_vec_init)] // A span is a list of ranges; most have one.

mod goes_on;
mod left;
mod marks;
mod nobody;

pub use goes_on::continue_quotations;

use super::draft::Draft;
use super::right::{self, Right};
use crate::shallow::Words;
use crate::shallow::quotes::Quotations;
use crate::shallow::subject::{self, Subject};
use hearsay_data::cues::{self, Cue};
use hearsay_data::verbs::Forms;
use hearsay_data::words::Closed;
use std::ops::Range;

/// What the rules look at, and what they found so far.
pub struct Finder<'a> {
    /// The words of the body.
    pub words: &'a Words<'a>,
    /// Its quotations.
    pub quotes: &'a Quotations,
    /// What was found, in reading order.
    pub drafts: Vec<Draft>,
}

impl Finder<'_> {
    /// Finds the attributions of one sentence.
    pub fn sentence(&mut self, range: Range<usize>, opens_paragraph: bool) {
        let first = self.drafts.len();
        if opens_paragraph {
            self.speaker_label(&range);
        }
        for at in range.clone() {
            self.at(at, &range, first);
        }
    }

    fn at(&mut self, at: usize, range: &Range<usize>, first: usize) {
        if self.words.has(at, &["according", "to"]) {
            self.according(at, range, first);
        } else if matches!(self.words.lower(at), "reportedly" | "allegedly" | "purportedly" | "supposedly") {
            self.hearsay_adverb(at, range);
        } else {
            let found = self.drafts.len();
            self.verb(at, range, first);
            if self.drafts.len() == found {
                self.noun(at, range);
            }
        }
    }

    /// The stretch that a cue's parts must lie in: its quotation's part of the sentence, or the sentence.
    fn bounds(&self, at: usize, range: &Range<usize>) -> Range<usize> {
        match self.quotes.at(at) {
            Some(q) => q.inner().start.max(range.start)..q.inner().end.min(range.end),
            None => range.clone(),
        }
    }

    fn verb(&mut self, at: usize, range: &Range<usize>, first: usize) {
        let word = &self.words.list[at];
        let Some(verb) = word.verb else { return };
        let bounds = self.bounds(at, range);
        if matches!(verb.lemma, "seem" | "appear") && self.impersonal(at, &bounds) {
            return;
        }
        let Some(cue) = cues::cue(verb.lemma) else { return };
        if self.is_noun_here(at, &bounds) {
            return;
        }
        if self.is_passive(at, &bounds) {
            return self.passive(at, cue, &bounds);
        }
        if self.words.lower(at.wrapping_sub(1)) == "to" && at > bounds.start {
            return self.infinitive(at, cue, &bounds, first);
        }
        if verb.forms.any(Forms::ING) && !self.has_auxiliary(at, &bounds) {
            return self.participle(at, cue, &bounds, first);
        }
        if self.inverted(at, cue, &bounds, range) {
            return;
        }
        let before = subject::before(self.words, self.quotes, bounds.start, at);
        let source = match before.subject {
            Subject::Found(source) => vec![source],
            Subject::Shared => match self.shared(&bounds, at, first) {
                Some((source, _)) => source,
                None => return,
            },
            Subject::None => return,
        };
        let group = before.group;
        if verb.forms == Forms::BASE && group == at && !self.agrees(&source[0]) {
            return;
        }
        self.active(cue, group..at + 1, source, &bounds, range);
    }

    /// Whether a word that can be a cue verb is a noun or a name here.
    fn is_noun_here(&self, at: usize, bounds: &Range<usize>) -> bool {
        use Closed::{Det, Num, Of, Poss, Prep};
        let word = &self.words.list[at];
        let Some(verb) = word.verb else { return true };
        let Some(before) = at.checked_sub(1).filter(|b| *b >= bounds.start).map(|b| &self.words.list[b]) else {
            return !verb.forms.any(Forms::ING);
        };
        let capital = word.is_capital() && !before.is_capital();
        // "the guarantor states of": a plural with "of".
        if verb.forms == Forms::THIRD && words_of(self, at + 1) && verb.lemma != "say" {
            return true;
        }
        // "dismissed reports that": the object of the verb before it.
        if before.is_verb(Forms::PAST) && !before.is_capital() && verb.forms == Forms::THIRD {
            return true;
        }
        let noun_slot =
            before.is_any(&[Det, Poss, Of, Num, Prep, Closed::Adj]) || matches!(&*before.lower, "-" | "/" | "$");
        let genitive =
            matches!(&*before.lower, "'s" | "’s" | "'" | "’") && !verb.forms.any(Forms::ING.or(Forms::PARTICIPLE));
        let bare = verb.forms.any(Forms::BASE.or(Forms::THIRD));
        if bare
            && at >= bounds.start + 2
            && !before.is_capital()
            && before.closed.is_none()
            && !before.is_mark()
            && !before.lower.ends_with('s')
            && verb.forms == Forms::BASE
        {
            return true;
        }
        let next = self.words.lower(at + 1);
        capital
            || next == "-"
            || ((noun_slot || genitive) && (bare || !verb.forms.any(Forms::ING)) && &*before.lower != "that")
    }

    /// Whether a base form can be the verb of this subject: a plural, "I", "you", "we", "they", or a list.
    fn agrees(&self, source: &Range<usize>) -> bool {
        let head = &self.words.list[source.end - 1];
        let pronoun = matches!(
            &*head.lower,
            "i" | "you"
                | "we"
                | "they"
                | "who"
                | "which"
                | "that"
                | "people"
                | "police"
                | "media"
                | "some"
                | "many"
                | "most"
                | "others"
                | "few"
        );
        let list = source.clone().any(|i| self.words.list[i].is(Closed::Conj));
        let plural = source.clone().take(8).any(|i| {
            let w = &self.words.list[i];
            (w.lower.ends_with('s')
                && !w.lower.ends_with("ss")
                && w.lower.len() > 3
                && !matches!(&*w.lower, "this" | "his" | "its" | "was" | "news"))
                || matches!(&*w.lower, "people" | "men" | "women" | "children" | "police" | "media")
        });
        pronoun || list || plural
    }

    fn has_auxiliary(&self, at: usize, bounds: &Range<usize>) -> bool {
        let group = subject::group_start(self.words, bounds.start, at);
        (group..at).any(|i| self.words.list[i].is_any(&[Closed::Be, Closed::Have]))
    }

    fn is_passive(&self, at: usize, bounds: &Range<usize>) -> bool {
        if !self.words.list[at].is_verb(Forms::PARTICIPLE) {
            return false;
        }
        let group = subject::group_start(self.words, bounds.start, at);
        (group..at)
            .rev()
            .find(|i| !self.words.list[*i].is_adverb() && !self.words.list[*i].is(Closed::Neg))
            .is_some_and(|i| self.words.list[i].is(Closed::Be))
    }

    /// A cue with a subject: finds what is said, to the right or to the left.
    fn active(
        &mut self,
        cue: &'static Cue,
        group: Range<usize>,
        source: Vec<Range<usize>>,
        bounds: &Range<usize>,
        range: &Range<usize>,
    ) {
        let verb = group.end - 1;
        let found = right::look(self.words, self.quotes, cue, verb, bounds.end.max(range.end.min(bounds.end)));
        let mut draft = Draft { source, lemma: cue.lemma, class: cue.class, stance: cue.stance, ..Draft::default() };
        draft.negated = self.is_negated(&group);
        match found {
            Right::Content { content, cue_end, addressee, medium, topic, why } => {
                draft.cue = vec![group.start..cue_end];
                draft.content = content;
                draft.topic = topic;
                (draft.addressee, draft.medium) = (addressee, medium);
                draft.why.push(why);
            }
            Right::Left { cue_end, addressee, medium } => {
                let from = draft.source.first().map_or(group.start, |s| s.start.min(group.start));
                let Some((content, why)) = self.left(from, bounds) else { return };
                draft.cue = vec![group.start..cue_end];
                draft.content = vec![content];
                draft.content.extend(self.resumed(cue_end, from, &draft, bounds));
                (draft.addressee, draft.medium) = (addressee, medium);
                draft.why.push(why);
            }
            Right::Nothing => return,
        }
        self.drafts.push(draft);
    }

    fn is_negated(&self, group: &Range<usize>) -> bool {
        group.clone().any(|i| self.words.list[i].is(Closed::Neg))
    }

    /// The source of a cue without a subject of its own: that of the draft before it, or the sentence's subject.
    #[allow(clippy::type_complexity)]
    fn shared(&self, bounds: &Range<usize>, at: usize, first: usize) -> Option<(Vec<Range<usize>>, Option<usize>)> {
        let earlier = (first..self.drafts.len()).rev().find(|i| {
            !self.drafts[*i].source.is_empty()
                && self.drafts[*i].hull().start >= bounds.start
                && !self.drafts[*i].tells(at.min(at))
                || self.drafts[*i].cue[0].end <= at && !self.drafts[*i].source.is_empty()
        });
        if let Some(index) = earlier {
            return Some((self.drafts[index].source.clone(), Some(index)));
        }
        self.main_subject(bounds, at).map(|s| (vec![s], None))
    }

    /// The subject of the first finite verb of the stretch.
    fn main_subject(&self, bounds: &Range<usize>, before: usize) -> Option<Range<usize>> {
        let finite = |i: &usize| {
            let w = &self.words.list[*i];
            w.is_any(&[Closed::Be, Closed::Have, Closed::Do, Closed::Modal])
                || (w.is_verb(Forms::PAST.or(Forms::THIRD)) && !w.is_capital())
        };
        for at in (bounds.start + 1..before).filter(finite).take(3) {
            if self.quotes.inside(at) != self.quotes.inside(before) {
                continue;
            }
            if let Subject::Found(range) = subject::before(self.words, self.quotes, bounds.start, at).subject {
                return Some(range);
            }
        }
        None
    }

    /// "..., saying that", "a statement saying".
    fn participle(&mut self, at: usize, cue: &'static Cue, bounds: &Range<usize>, first: usize) {
        if at == bounds.start || matches!(cue.class, "perceive" | "intend") && cue.frame.weak {
            return;
        }
        let before = &self.words.list[at - 1];
        let noun =
            cues::source_noun(&before.lower).filter(|s| matches!(s.kind, "document" | "media") || s.naming == "bare");
        let (source, shares) = if noun.is_some() {
            match subject::before(self.words, self.quotes, bounds.start, at).subject {
                Subject::Found(range) => (vec![range], None),
                _ => return,
            }
        } else {
            match self.shared(bounds, at, first) {
                Some(found) => found,
                None => return,
            }
        };
        let verbal = before.text == ","
            || before.is_any(&[Closed::Conj, Closed::Since, Closed::Prep, Closed::Sub])
            || noun.is_some()
            || before.is_adverb()
            || shares.is_some();
        if !verbal || before.is_any(&[Closed::Det, Closed::Poss]) {
            return;
        }
        let found = right::look(self.words, self.quotes, cue, at, bounds.end);
        let Right::Content { content, cue_end, addressee, medium, topic, why } = found else { return };
        let mut draft = Draft {
            source,
            lemma: cue.lemma,
            class: cue.class,
            stance: cue.stance,
            content,
            topic,
            addressee,
            medium,
            ..Draft::default()
        };
        draft.cue = vec![at..cue_end];
        draft.why.push(format!("{why}; a participle with the subject of its clause"));
        // What the draft before told ends where this participle takes over.
        if let Some(index) = shares {
            self.cut_content(index, at);
        }
        self.drafts.push(draft);
    }

    /// Ends the content of a draft before `at`, where it ran over it.
    fn cut_content(&mut self, index: usize, at: usize) {
        let words = self.words;
        for range in &mut self.drafts[index].content {
            if range.contains(&at) && at > range.start + 1 && words.lower(at - 1) == "," {
                range.end = at - 1;
            }
        }
    }

    /// "went on to say", "declined to say": an infinitive whose subject is that of the verb before it.
    fn infinitive(&mut self, at: usize, cue: &'static Cue, bounds: &Range<usize>, first: usize) {
        let Some(main) = (bounds.start..at - 1)
            .rev()
            .take(3)
            .find(|i| self.words.list[*i].verb.is_some() || self.words.list[*i].is_any(&[Closed::Be, Closed::Have]))
        else {
            return;
        };
        if self.drafts[first..].iter().any(|d| d.tells(at) || d.cue.iter().any(|c| c.contains(&main))) {
            return;
        }
        let before = subject::before(self.words, self.quotes, bounds.start, main);
        let Subject::Found(source) = before.subject else { return };
        let direct = cue.class == "say" || cue.class == "write";
        if direct && self.words.list[main].is_verb(Forms::PAST.or(Forms::THIRD).or(Forms::PARTICIPLE)) {
            self.active(cue, before.group..at + 1, vec![source], bounds, bounds);
        }
    }
}

fn words_of(finder: &Finder, at: usize) -> bool {
    finder.words.lower(at) == "of"
}
