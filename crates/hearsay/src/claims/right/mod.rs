//! What stands to the right of a cue: its addressee, its medium, its content.
#![allow(clippy::single_range_in_vec_init)] // A span is a list of ranges; most have one.

mod ends;

pub use ends::clause_end;

use crate::shallow::Words;
use crate::shallow::quotes::Quotations;
use crate::shallow::subject::is_month;
use hearsay_data::cues::Cue;
use hearsay_data::verbs::Forms;
use hearsay_data::words::Closed;
use std::ops::Range;

/// What was found to the right of a cue.
pub enum Right {
    /// The content stands there.
    Content {
        content: Vec<Range<usize>>,
        cue_end: usize,
        addressee: Option<Range<usize>>,
        medium: Option<Range<usize>>,
        topic: bool,
        why: String,
    },
    /// Nothing that could be content: it stands to the left, if anywhere.
    Left { cue_end: usize, addressee: Option<Range<usize>>, medium: Option<Range<usize>> },
    /// The cue is none.
    Nothing,
}

/// Looks to the right of the verb at `verb`, up to `end`.
pub fn look(words: &Words, quotes: &Quotations, cue: &Cue, verb: usize, end: usize) -> Right {
    let mut look = Look { words, quotes, cue, verb, end, at: verb + 1, addressee: None, medium: None };
    if let Some(found) = look.preposition() {
        return found;
    }
    look.addressee();
    look.asides();
    look.content()
}

struct Look<'a> {
    words: &'a Words<'a>,
    quotes: &'a Quotations,
    cue: &'a Cue,
    verb: usize,
    end: usize,
    at: usize,
    addressee: Option<Range<usize>>,
    medium: Option<Range<usize>>,
}

impl Look<'_> {
    /// "called for X", "pointed out that".
    fn preposition(&mut self) -> Option<Right> {
        let word = self.words.lower(self.at);
        if !self.cue.frame.prepositions.contains(&word) {
            return None;
        }
        let start = self.at + 1;
        if start >= self.end {
            return None;
        }
        if matches!(word, "out") {
            self.at = start;
            // "pointed out that", "out against", "out at".
            if matches!(self.words.lower(self.at), "at" | "against" | "about" | "in") && self.cue.lemma != "point" {
                self.at += 1;
                return Some(self.take(self.at, "an object behind its preposition"));
            }
            return None;
        }
        if self.words.list[start].is_mark() && self.quotes.opening(start).is_none() {
            return None;
        }
        self.at = start;
        Some(self.take(start, "an object behind its preposition"))
    }

    /// "told reporters", "told Asharq Al-Awsat on Monday".
    fn addressee(&mut self) {
        if !self.cue.frame.addressee {
            return;
        }
        let start = self.at;
        let mut at = start;
        while at < self.end && !self.quotes.inside(at) {
            let word = &self.words.list[at];
            let pronoun = word.is(Closed::Pron) || word.is(Closed::Obj) || matches!(&*word.lower, "her" | "you" | "it");
            if at == start && pronoun {
                at += 1;
                break;
            }
            if at == start && self.cue.lemma == "ask" && word.is_any(&[Closed::Sub, Closed::Wh]) {
                break;
            }
            let stops = word.is_mark() && !matches!(word.text, "-" | "&" | "'" | "’" | "/")
                || word.is_any(&[
                    Closed::That,
                    Closed::Sub,
                    Closed::Wh,
                    Closed::To,
                    Closed::Pron,
                    Closed::Prep,
                    Closed::Since,
                    Closed::As,
                    Closed::There,
                    Closed::Modal,
                    Closed::Be,
                    Closed::Have,
                    Closed::Time,
                ]);
            let new_phrase = at > start
                && (word.is_any(&[Closed::Det, Closed::Poss]) && !self.words.list[at - 1].is(Closed::Of)
                    || self.phrase_break(at));
            if stops || new_phrase {
                break;
            }
            at += 1;
        }
        if at > start {
            self.addressee = Some(start..at);
            self.at = at;
        }
    }

    /// "told reporters Russia would": a plural in lower case and then a name.
    fn phrase_break(&self, at: usize) -> bool {
        let (before, word) = (&self.words.list[at - 1], &self.words.list[at]);
        let plural = before.lower.ends_with('s') && !before.is_capital() && before.lower.len() > 3;
        plural && (word.is_capital() || word.closed.is_none() && !word.is_mark() && before.lower == "reporters")
    }

    /// "on Monday", "in a statement", "also", "to reporters".
    fn asides(&mut self) {
        for _ in 0..5 {
            let start = self.at;
            self.adverbs();
            self.time();
            self.phrase();
            if self.at == start {
                break;
            }
        }
    }

    fn adverbs(&mut self) {
        while self.at < self.end && self.words.list[self.at].is_adverb() {
            self.at += 1;
        }
    }

    fn time(&mut self) {
        let mut at = self.at;
        if matches!(self.words.lower(at), "on" | "in" | "late" | "early" | "earlier" | "last" | "this") {
            at += 1;
        }
        if matches!(self.words.lower(at), "last" | "this" | "the" | "late" | "early") && at > self.at {
            at += 1;
        }
        let Some(word) = self.words.list.get(at).filter(|_| at < self.end) else { return };
        let unit = matches!(
            &*word.lower,
            "week" | "month" | "year" | "night" | "weekend" | "morning" | "afternoon" | "evening" | "day"
        );
        let year = at > self.at && word.text.len() == 4 && word.text.bytes().all(|b| b.is_ascii_digit());
        let month = is_month(&word.lower)
            && word.is_capital()
            && (at > self.at || self.words.list.get(at + 1).is_some_and(|w| w.is_number()));
        if !(word.is(Closed::Time)
            || (unit && at > self.at)
            || year
            || month
            || (at == self.at && matches!(&*word.lower, "today" | "yesterday")))
        {
            return;
        }
        at += 1;
        while at < self.end
            && (matches!(self.words.lower(at), "night" | "morning" | "afternoon" | "evening")
                || (month && (self.words.list[at].is_number() || self.words.lower(at) == ",")))
        {
            at += 1;
        }
        self.at = at;
    }

    /// A prepositional phrase between cue and content, if a content or the end follows it.
    fn phrase(&mut self) {
        let Some(first) = self.words.list.get(self.at).filter(|_| self.at < self.end) else { return };
        let medium = matches!(
            &*first.lower,
            "in" | "on"
                | "at"
                | "during"
                | "to"
                | "by"
                | "through"
                | "via"
                | "from"
                | "with"
                | "after"
                | "before"
                | "of"
                | "about"
                | "as"
                | "when"
                | "while"
                | "for"
                | "outside"
                | "inside"
        );
        if !medium
            || (&*first.lower == "to"
                && self.cue.frame.infinitive
                && self
                    .words
                    .list
                    .get(self.at + 1)
                    .is_some_and(|w| w.is_verb(Forms::BASE) || w.is(Closed::Be) || w.is(Closed::Have)))
        {
            return;
        }
        let limit = self.end.min(self.at + 16);
        let quote_verb = self.cue.frame.quote;
        for at in self.at + 1..limit {
            let word = &self.words.list[at];
            let opens = self.quotes.opening(at).is_some_and(|q| q.words > 2);
            let clause = word.is(Closed::That) && at > self.at + 1
                || (word.is(Closed::Pron)
                    && at > self.at + 2
                    && !matches!(&*first.lower, "when" | "while" | "after" | "before" | "as"));
            let ends = matches!(word.text, ":" | ".") || (word.text == "," && quote_verb);
            if opens || clause || ends {
                if matches!(&*first.lower, "in" | "on" | "at" | "during" | "by" | "through" | "via" | "from")
                    && (self.at + 1..at).any(|i| is_medium(self.words.lower(i)))
                {
                    self.medium = Some(self.at..at);
                } else if matches!(&*first.lower, "to") {
                    self.addressee = self.addressee.take().or(Some(self.at + 1..at));
                } else if self.words.lower(at) == "."
                    && !matches!(&*first.lower, "in" | "on" | "at" | "during" | "after" | "to" | "of")
                {
                    return;
                }
                self.at = at;
                return;
            }
            if word.is_mark() && !matches!(word.text, "-" | "’" | "'" | "&" | "(" | ")") {
                return;
            }
        }
        if limit == self.end && matches!(&*first.lower, "in" | "on" | "at" | "during" | "after" | "of" | "to") {
            self.at = limit;
        }
    }

    fn content(&mut self) -> Right {
        let (at, end, frame) = (self.at, self.end, &self.cue.frame);
        if at >= end {
            return self.left();
        }
        let word = &self.words.list[at];
        if self.quotes.opening(at).is_some() {
            return if frame.quote || frame.clause || frame.noun {
                self.take(at, "a quotation after its cue")
            } else {
                Right::Nothing
            };
        }
        if word.text == ":" || word.text == "," {
            if self.quotes.opening(at + 1).is_some() && frame.quote {
                return self.take(at + 1, "a quotation after its cue");
            }
            if word.text == ":" && at + 2 < end && frame.quote {
                return self.take(at + 1, "a clause after a colon");
            }
            if word.text == ":" && at + 1 >= end && frame.quote && self.quotes.opening(at + 1).is_some() {
                return self.take(at + 1, "a quotation after its cue");
            }
            // ", in a speech, that": an aside between cue and content.
            let aside =
                (at + 1..end.min(at + 8)).find(|i| self.words.lower(*i) == "," && self.words.lower(*i + 1) == "that");
            if let Some(comma) = aside.filter(|_| frame.clause) {
                return self.take(comma + 1, "a clause with \"that\"");
            }
            return self.left();
        }
        if matches!(word.text, "." | ";" | "?" | "!" | "—" | "–" | "--" | ")" | "...") {
            return self.left();
        }
        self.clause(at)
    }

    fn clause(&mut self, at: usize) -> Right {
        let (words, frame) = (self.words, &self.cue.frame);
        let word = &words.list[at];
        if word.is(Closed::That) && (frame.clause || frame.addressee) {
            return self.take(at, "a clause with \"that\"");
        }
        if word.is_any(&[Closed::Wh]) || matches!(&*word.lower, "if" | "whether" | "when") {
            return if frame.clause && !(frame.weak && &*word.lower == "when") {
                self.take(at, "a question as content")
            } else {
                Right::Nothing
            };
        }
        if word.is(Closed::To) {
            let verb = words.list.get(at + 1).is_some_and(|w| {
                w.is_verb(Forms::BASE)
                    || w.is_any(&[Closed::Be, Closed::Have, Closed::Do])
                    || (w.closed.is_none() && !w.is_capital())
                    || w.is(Closed::Neg)
            });
            let told = self.addressee.is_some() && frame.addressee;
            return if verb && (frame.infinitive || told) {
                self.take(at, "an infinitive as content")
            } else {
                Right::Nothing
            };
        }
        let starts = word.is_any(&[Closed::Pron, Closed::There, Closed::Det, Closed::Poss, Closed::Num, Closed::Obj])
            || word.closed.is_none();
        if !starts {
            return Right::Nothing;
        }
        let finite = self.finite_ahead(at);
        if frame.clause && finite {
            let certain = !frame.weak
                || word.is_any(&[Closed::Pron, Closed::There])
                || matches!(self.cue.lemma, "think" | "believe" | "know" | "feel" | "write" | "add" | "state");
            return if certain { self.take(at, "a clause without \"that\"") } else { Right::Nothing };
        }
        if (frame.noun || frame.object) && !frame.weak || self.negated() {
            return self.take(at, "a noun phrase as content");
        }
        if frame.object
            && (words.list[at..self.end.min(at + 12)].iter().any(|w| matches!(&*w.lower, "as" | "to"))
                || (at..self.end.min(at + 8)).any(|i| self.quotes.opening(i).is_some()))
        {
            return self.take(at, "an object with what is said of it");
        }
        Right::Nothing
    }

    /// "did not mention X", "would not name them": what is not said is told by its object.
    fn negated(&self) -> bool {
        let group = self.verb.saturating_sub(3)..self.verb;
        self.cue.class == "say" && group.clone().any(|i| self.words.list[i].is(Closed::Neg))
    }

    /// Whether a finite verb follows within the clause, so that it is a clause and no noun phrase.
    fn finite_ahead(&self, at: usize) -> bool {
        let stop = self.end.min(at + 25);
        let mut relative = false;
        for i in at..stop {
            let word = &self.words.list[i];
            if matches!(word.text, ";" | ":") {
                return false;
            }
            if word.is_any(&[Closed::Rel]) || (word.is_any(&[Closed::That, Closed::Sub, Closed::Since]) && i > at) {
                relative = true;
            }
            let genitive = matches!(&*word.lower, "'s" | "’s")
                && !self.words.list.get(i + 1).is_some_and(|n| {
                    n.is_any(&[Closed::Det, Closed::Neg, Closed::Adv]) || n.is_verb(Forms::ING) || n.is_adverb()
                });
            let genitive =
                genitive && !(i > at && self.words.list[i - 1].is_any(&[Closed::Pron, Closed::There, Closed::That]));
            if word.is_any(&[Closed::Be, Closed::Have, Closed::Do, Closed::Modal]) && !genitive && i > at {
                return !relative || i > at + 12;
            }
            let noun_before = i > at
                && !self.words.list[i - 1].is_mark()
                && (self.words.list[i - 1].closed.is_none()
                    || self.words.list[i - 1].is_any(&[Closed::Pron, Closed::Adv, Closed::There]));
            if word.is_verb(Forms::PAST.or(Forms::THIRD).or(Forms::BASE))
                && !word.is_capital()
                && noun_before
                && !relative
            {
                let object = self.words.list.get(i + 1).is_some_and(|n| !n.is(Closed::Of) && !n.is_mark());
                if object
                    && (word.is_verb(Forms::PAST)
                        || self.words.list[i - 1].is(Closed::Pron)
                        || self.words.list[i - 1].is_capital()
                        || self.words.list[i - 1].lower.ends_with('s'))
                {
                    return true;
                }
            }
        }
        false
    }

    /// The content that starts at `start`.
    fn take(&mut self, start: usize, why: &str) -> Right {
        let mut end = clause_end(self.words, self.quotes, start, self.end);
        if let Some(q) = self.quotes.opening(start) {
            let after = self.words.list.get(q.range.end).map_or("", |w| w.text);
            if q.range.end >= self.end || matches!(after, "." | "," | ";" | "" | "—" | "–") || q.words > 12 {
                end = q.range.end;
            }
        }
        if end <= start {
            return Right::Nothing;
        }
        let topic =
            matches!(self.cue.lemma, "discuss" | "speak" | "talk" | "debate") && self.quotes.opening(start).is_none();
        Right::Content {
            content: vec![start..end],
            cue_end: self.cue_end(start),
            addressee: self.addressee.clone(),
            medium: self.medium.clone(),
            topic,
            why: why.to_owned(),
        }
    }

    fn left(&self) -> Right {
        if !self.cue.frame.quote || matches!(self.cue.class, "intend" | "perceive") {
            return Right::Nothing;
        }
        Right::Left { cue_end: self.cue_end(self.at), addressee: self.addressee.clone(), medium: self.medium.clone() }
    }

    /// The cue takes its preposition along, and a medium.
    fn cue_end(&self, content: usize) -> usize {
        let particle = self.words.lower(self.verb + 1);
        if self.cue.frame.prepositions.contains(&particle) && self.verb + 1 < content {
            return if particle == "out"
                && self.words.list.get(self.verb + 2).is_some_and(|w| w.is(Closed::Prep))
                && self.verb + 3 == content
            {
                self.verb + 3
            } else {
                self.verb + 2
            };
        }
        self.verb + 1
    }
}

fn is_medium(word: &str) -> bool {
    matches!(
        word,
        "statement"
            | "interview"
            | "speech"
            | "tweet"
            | "twitter"
            | "facebook"
            | "telegram"
            | "post"
            | "posts"
            | "letter"
            | "email"
            | "e"
            | "conference"
            | "briefing"
            | "memo"
            | "video"
            | "broadcast"
            | "address"
            | "phone"
            | "telephone"
            | "radio"
            | "television"
            | "tv"
            | "report"
            | "message"
            | "website"
            | "communique"
            | "remarks"
            | "spokesman"
            | "lawyer"
            | "leaflet"
    )
}
