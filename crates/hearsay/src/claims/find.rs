//! The rules that find attributions in a sentence.
#![allow(clippy::single_range_in_vec_init)] // A span is a list of ranges; most have one.

use super::draft::Draft;
use super::right::{self, Right};
use crate::shallow::Words;
use crate::shallow::quotes::{Quotation, Quotations};
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

    /// What was said before "..., X said": the quotation that closes there, or the clause before the comma.
    fn left(&self, from: usize, bounds: &Range<usize>) -> Option<(Range<usize>, String)> {
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
    fn resumed(&self, cue_end: usize, from: usize, draft: &Draft, bounds: &Range<usize>) -> Option<Range<usize>> {
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
    fn opens_clause(&self, at: usize, bounds: &Range<usize>) -> bool {
        let before = &self.words.list[at - 1];
        at == bounds.start
            || matches!(before.text, ":" | "." | "?" | "!")
            || (before.text == ","
                && self.drafts.last().is_some_and(|d| d.hull().end + 1 >= at && d.hull().start >= bounds.start))
    }

    fn clause_start(&self, bounds: &Range<usize>, end: usize) -> usize {
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
    fn inverted(&mut self, at: usize, cue: &'static Cue, bounds: &Range<usize>, range: &Range<usize>) -> bool {
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

    /// "was reported to have fled", "was told that", "is believed to".
    fn passive(&mut self, at: usize, cue: &'static Cue, bounds: &Range<usize>) {
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
    fn impersonal(&mut self, at: usize, bounds: &Range<usize>) -> bool {
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
    fn hearsay_adverb(&mut self, at: usize, range: &Range<usize>) {
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

    /// "according to X".
    fn according(&mut self, at: usize, range: &Range<usize>, first: usize) {
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
    fn noun(&mut self, at: usize, range: &Range<usize>) {
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
    fn possessor(&self, at: usize, from: usize) -> Option<Range<usize>> {
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
    fn speaker_label(&mut self, range: &Range<usize>) {
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

fn words_of(finder: &Finder, at: usize) -> bool {
    finder.words.lower(at) == "of"
}

/// The end of a stretch without the full stop that closes it.
pub fn trim_end(words: &Words, range: &Range<usize>) -> usize {
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

/// Gives quotations that stand without a cue to the claim they go on with.
pub fn continue_quotations(
    words: &Words,
    quotes: &Quotations,
    drafts: &mut [Draft],
    paragraph_of: impl Fn(usize) -> usize,
) {
    for (index, quotation) in quotes.list.iter().enumerate() {
        if drafts.iter().any(|d| d.hull().contains(&quotation.range.start)) {
            continue;
        }
        let continued = index > 0
            && !quotes.list[index - 1].closed
            && paragraph_of(quotes.list[index - 1].range.start) + 1 == paragraph_of(quotation.range.start);
        if let Some(owner) = owner(words, quotes, drafts, quotation, index, continued, &paragraph_of) {
            drafts[owner].content.push(quotation.range.clone());
            drafts[owner].why.push("a quotation that goes on".to_owned());
        }
    }
}

fn owner(
    words: &Words,
    quotes: &Quotations,
    drafts: &[Draft],
    q: &Quotation,
    index: usize,
    continued: bool,
    paragraph_of: &impl Fn(usize) -> usize,
) -> Option<usize> {
    if continued {
        let before = quotes.list[index - 1].range.start;
        return drafts.iter().position(|d| d.tells(before));
    }
    if q.words < 3 {
        return None;
    }
    let start = q.range.start;
    let before = start.checked_sub(1).map(|i| &words.list[i]);
    let opens = before.is_none_or(|b| matches!(b.text, "." | "?" | "!" | ":" | ","))
        || quotes.closing(start.wrapping_sub(1)).is_some()
        || start.checked_sub(1).is_none_or(|b| paragraph_of(b) != paragraph_of(start));
    let last = drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| {
            d.hull().end <= start && matches!(d.class, "say" | "write" | "believe") && !d.source.is_empty()
        })
        .max_by_key(|(_, d)| d.hull().end)?;
    let same = paragraph_of(last.1.hull().start) == paragraph_of(start);
    let distance = words
        .list
        .get(last.1.hull().end)
        .map_or(0, |_| words.sentence_of(start) - words.sentence_of(last.1.hull().end - 1));
    let quoting = last
        .1
        .content
        .iter()
        .any(|r| quotes.list.iter().any(|o| o.range.start >= r.start && o.range.end <= r.end + 1 && o.words > 3));
    (opens && same && distance <= 2 && (quoting || distance <= 1)
        || (opens && !same && quoting && paragraph_of(last.1.hull().end - 1) + 1 == paragraph_of(start) && q.words > 8))
        .then_some(last.0)
}
