//! The rules that find acts in a sentence: a verb of the lexicon with its subject and object.

use crate::shallow::Words;
use crate::shallow::quotes::Quotations;
use crate::shallow::subject::{self, Subject};
use hearsay_data::triggers::{Trigger, triggers};
use hearsay_data::verbs::Forms;
use hearsay_data::words::Closed;
use std::ops::Range;

/// How an act is told by its own clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// As done.
    Done,
    /// As to come: "will", "plans to".
    Ahead,
    /// As possible or conditional: "if", "could", "would".
    Possible,
    /// As not done.
    Negated,
}

/// An act as the rules found it, in ranges of words.
#[derive(Debug, Clone)]
pub struct Act {
    /// The verb.
    pub at: usize,
    /// The reading that fits.
    pub trigger: &'static Trigger,
    /// Who does it.
    pub actors: Vec<Range<usize>>,
    /// Whom it is done to.
    pub recipients: Vec<Range<usize>>,
    /// Whom it harmed, as other verbs of its clause tell: their dictionary forms, and phrases.
    pub harm: Vec<(&'static str, Range<usize>)>,
    /// How its clause tells it.
    pub mood: Mood,
    /// Whether it stands aside of what its sentence tells: "after the killing of ...", "which shelled ...".
    pub aside: bool,
    /// Where its clause ends.
    pub end: usize,
}

impl Act {
    /// An act as told outright by a clause that ends at `end`.
    pub fn told(
        at: usize,
        trigger: &'static Trigger,
        actors: Vec<Range<usize>>,
        recipients: Vec<Range<usize>>,
        end: usize,
    ) -> Self {
        Act { at, trigger, actors, recipients, harm: Vec::new(), mood: Mood::Done, aside: false, end }
    }
}

/// The acts of one sentence, in order. What stands under a refusal, a demand or a threat is no act of its own.
pub fn acts(words: &Words, quotes: &Quotations, sentence: &Range<usize>) -> Vec<Act> {
    let mut out: Vec<Act> = Vec::new();
    let mut controlled = sentence.start;
    for at in sentence.clone() {
        let Some(verb) = words.list[at].verb else { continue };
        if at < controlled || triggers(verb.lemma).is_empty() {
            continue;
        }
        if let Some(act) = act(words, quotes, sentence, at, out.last()) {
            // Without a tree nothing tells that the one who is accused did what follows.
            if act.trigger.controls || act.trigger.lemma == "accuse" || act.trigger.lemma == "blame" {
                controlled = act.end;
            }
            out.push(act);
        }
    }
    out
}

fn act(words: &Words, quotes: &Quotations, sentence: &Range<usize>, at: usize, before: Option<&Act>) -> Option<Act> {
    let verb = words.list[at].verb?;
    let bounds = match quotes.at(at) {
        Some(q) => q.inner().start.max(sentence.start)..q.inner().end.min(sentence.end),
        None => sentence.clone(),
    };
    let end = clause_end(words, at + 1, bounds.end);
    let trigger = triggers(verb.lemma)
        .iter()
        .filter(|t| !t.weak)
        .find(|t| t.fits(|w| (at + 1..end.min(at + 14)).any(|i| words.lower(i) == w)))?;
    if !trigger.is_act() || is_noun(words, at, &bounds) {
        return None;
    }
    let group = subject::group_start(words, bounds.start, at);
    let passive = passive(words, at, group, &bounds);
    let found = subject::before(words, quotes, bounds.start, at).subject;
    let infinitive = at > bounds.start && words.list[at - 1].is(Closed::To);
    let subject = match found {
        _ if infinitive => governor(words, quotes, &bounds, at),
        Subject::Found(range) => Some(antecedent(words, quotes, &bounds, range)),
        _ => before
            .filter(|b| b.end >= at)
            .and_then(|b| b.actors.first().cloned())
            .or_else(|| main_subject(words, quotes, &bounds, at)),
    };
    let mood = mood(words, &bounds, group, at);
    let (actor, recipient) = if passive {
        (agent(words, quotes, at + 1, end), reduced(words, at, &bounds).or(subject))
    } else {
        (subject, recipient(words, quotes, trigger, at, end))
    };
    let clause = words.list.get(at + 1).is_some_and(|w| w.is_any(&[Closed::That, Closed::To, Closed::Sub]));
    if actor.is_none() && recipient.is_none()
        || trigger.needs_recipient && recipient.is_none()
        || trigger.bare && (clause || recipient.is_none())
    {
        return None;
    }
    let list = |side: Option<Range<usize>>| side.into_iter().collect();
    Some(Act { mood, ..Act::told(at, trigger, list(actor), list(recipient), end) })
}

/// For "which" and "who" the noun phrase before them.
fn antecedent(words: &Words, quotes: &Quotations, bounds: &Range<usize>, range: Range<usize>) -> Range<usize> {
    let relative =
        range.len() == 1 && (words.list[range.start].is(Closed::Rel) || words.list[range.start].is(Closed::That));
    if !relative || range.start == bounds.start {
        return range;
    }
    let end = range.start - usize::from(words.lower(range.start - 1) == ",");
    match subject::before(words, quotes, bounds.start, end).subject {
        Subject::Found(found) if end > bounds.start => found,
        _ => range,
    }
}

/// Whether the word is a noun, a name or an adjective here.
fn is_noun(words: &Words, at: usize, bounds: &Range<usize>) -> bool {
    let word = &words.list[at];
    let Some(verb) = word.verb else { return true };
    let before = at.checked_sub(1).filter(|b| *b >= bounds.start).map(|b| &words.list[b]);
    let Some(before) = before else { return word.is_capital() && !verb.forms.any(Forms::ING) };
    let slot = before.is_any(&[Closed::Det, Closed::Poss, Closed::Of, Closed::Num, Closed::Adj])
        || matches!(&*before.lower, "'s" | "’s" | "-" | "$") && !verb.forms.any(Forms::PARTICIPLE.or(Forms::ING));
    let preposition = before.is_any(&[Closed::Prep]) && !verb.forms.any(Forms::ING);
    let bare = verb.forms.any(Forms::BASE.or(Forms::THIRD)) && !verb.forms.any(Forms::PAST);
    let next = words.lower(at + 1);
    // "halt fighting", "to exile": nouns without a subject of their own.
    if verb.forms == Forms::ING
        && !before.is_any(&[
            Closed::Be,
            Closed::Have,
            Closed::Conj,
            Closed::Adv,
            Closed::Neg,
            Closed::Since,
            Closed::Prep,
            Closed::Of,
            Closed::Sub,
        ])
        && !before.is_adverb()
        && before.text != ","
    {
        let began =
            before.verb.is_some_and(|v| matches!(v.lemma, "begin" | "start" | "continue" | "keep" | "stop" | "resume"));
        let noun_subject = before.closed.is_none()
            && before.verb.is_none()
            && !before.is_mark()
            && !words.list.get(at + 1).is_some_and(|n| n.is_mark() || n.is(Closed::Of));
        if !began && !noun_subject {
            return true;
        }
    }
    if verb.lemma == "exile" && matches!(&*before.lower, "to" | "into" | "in") {
        return true;
    }
    // "armed groups", "the detained men": an adjective before its noun.
    let adjective = verb.forms.any(Forms::PARTICIPLE) && slot;
    let noun_noun = bare
        && verb.forms == Forms::BASE
        && !before.is_any(&[Closed::To, Closed::Modal, Closed::Do, Closed::Neg, Closed::Pron])
        && !before.lower.ends_with('s')
        && !before.is_adverb();
    let third = bare
        && verb.forms == Forms::THIRD
        && (slot
            || preposition
            || matches!(
                next,
                "" | "."
                    | ","
                    | "on"
                    | "in"
                    | "against"
                    | "by"
                    | "and"
                    | "of"
                    | "have"
                    | "were"
                    | "are"
                    | "from"
                    | "that"
            ));
    (slot && (bare || adjective))
        || preposition
        || noun_noun
        || third
        || next == "-"
        || (word.is_capital() && !before.is_capital())
        || (verb.forms.any(Forms::ING) && slot)
}

fn passive(words: &Words, at: usize, group: usize, bounds: &Range<usize>) -> bool {
    if !words.list[at].is_verb(Forms::PARTICIPLE) {
        return false;
    }
    let be = (group..at)
        .rev()
        .find(|i| !words.list[*i].is_adverb() && !words.list[*i].is(Closed::Neg))
        .is_some_and(|i| words.list[i].is(Closed::Be));
    be || words.lower(at + 1) == "by" || reduced(words, at, bounds).is_some()
}

/// "soldiers killed in the raid": a participle right behind its noun with a preposition or nothing after it.
fn reduced(words: &Words, at: usize, bounds: &Range<usize>) -> Option<Range<usize>> {
    let open = matches!(words.lower(at + 1), "in" | "by" | "on" | "near" | "during" | "at" | "." | "after");
    let noun = at > bounds.start
        && words.list[at - 1].closed.is_none()
        && words.list[at - 1].lower.ends_with('s')
        && words.list[at - 1].verb.is_none();
    let led = at > bounds.start + 1
        && (words.list[at - 2].is_number() || words.list[at - 2].is_any(&[Closed::Of, Closed::Prep]));
    (open && noun && led).then(|| at - 2 + usize::from(!words.list[at - 2].is_number())..at)
}

/// The subject of the verb that an infinitive hangs on: "agreed to release", "began to shell".
fn governor(words: &Words, quotes: &Quotations, bounds: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let main = (bounds.start..at - 1).rev().take(8).find(|i| {
        words.list[*i].is_verb(Forms::PAST.or(Forms::THIRD).or(Forms::PARTICIPLE))
            || words.list[*i].is_any(&[Closed::Be, Closed::Have])
    })?;
    match subject::before(words, quotes, bounds.start, main).subject {
        Subject::Found(range) => Some(range),
        _ => None,
    }
}

/// The subject of the first finite verb before `before`.
fn main_subject(words: &Words, quotes: &Quotations, bounds: &Range<usize>, before: usize) -> Option<Range<usize>> {
    let finite = |i: &usize| {
        let w = &words.list[*i];
        w.is_any(&[Closed::Be, Closed::Have, Closed::Do, Closed::Modal])
            || (w.is_verb(Forms::PAST.or(Forms::THIRD)) && !w.is_capital())
    };
    (bounds.start + 1..before).rev().filter(finite).take(3).find_map(|at| {
        match subject::before(words, quotes, bounds.start, at).subject {
            Subject::Found(range) => Some(range),
            _ => None,
        }
    })
}

fn agent(words: &Words, quotes: &Quotations, from: usize, end: usize) -> Option<Range<usize>> {
    let by = (from..end.min(from + 14)).find(|i| {
        words.lower(*i) == "by" && !words.list.get(*i + 1).is_some_and(|w| w.is(Closed::Time) || w.is_verb(Forms::ING))
    })?;
    noun_phrase(words, quotes, by + 1, end)
}

/// The recipient where the trigger looks for it.
fn recipient(words: &Words, quotes: &Quotations, trigger: &Trigger, at: usize, end: usize) -> Option<Range<usize>> {
    trigger.recipient.iter().find_map(|place| match *place {
        "obj" => object(words, quotes, at + 1, end),
        preposition => {
            let stop = (at + 1..end).find(|i| words.list[*i].text == ",").unwrap_or(end);
            let found = (at + 1..stop.min(at + 14)).find(|i| words.lower(*i) == preposition)?;
            let infinitive = preposition == "to"
                && words
                    .list
                    .get(found + 1)
                    .is_some_and(|w| w.is_verb(Forms::BASE) && !w.is_capital() || w.is(Closed::Be));
            if infinitive {
                // "agreed to lift a ban on X": who is named in what is agreed, else its object.
                return named(words, quotes, found + 2, end).or_else(|| object(words, quotes, found + 2, end));
            }
            let phrase = noun_phrase(words, quotes, found + 1, end)?;
            let own = phrase.clone().any(|i| words.list[i].is_capital() || words.list[i].is(Closed::Obj));
            if own { Some(phrase) } else { named(words, quotes, phrase.end, end).or(Some(phrase)) }
        }
    })
}

/// The first noun phrase with a name behind a preposition.
fn named(words: &Words, quotes: &Quotations, from: usize, end: usize) -> Option<Range<usize>> {
    let stop = (from..end).find(|i| words.list[*i].text == ",").unwrap_or(end);
    let behind = |at: usize| at == from || words.list[at - 1].is_any(&[Closed::Prep, Closed::To, Closed::Of]);
    (from..stop).filter(|at| behind(*at) && !words.list[*at].is(Closed::Time)).find_map(|at| {
        noun_phrase(words, quotes, at, stop)
            .filter(|p| p.clone().any(|i| words.list[i].is_capital() && words.list[i].closed.is_none()))
    })
}

/// The direct object behind a verb: particles and adverbs are stepped over.
fn object(words: &Words, quotes: &Quotations, from: usize, end: usize) -> Option<Range<usize>> {
    let mut at = from;
    while at < end
        && (words.list[at].is(Closed::Particle)
            || words.list[at].is_adverb()
            || words.list[at].is(Closed::Time)
            || matches!(words.lower(at), "on") && words.list.get(at + 1).is_some_and(|w| w.is(Closed::Time)))
    {
        at += 1;
    }
    // "over 400 leaders": a hedge before a number is no preposition.
    let hedged = at + 1 < end && words.list[at].is(Closed::Prep) && words.list[at + 1].is_number();
    if hedged && matches!(words.lower(at), "over" | "about" | "around" | "under") {
        return noun_phrase(words, quotes, at + 1, end);
    }
    if at >= end
        || words.list[at].is_any(&[
            Closed::Prep,
            Closed::That,
            Closed::To,
            Closed::Sub,
            Closed::Since,
            Closed::As,
            Closed::Conj,
        ])
    {
        return None;
    }
    noun_phrase(words, quotes, at, end)
}

/// The noun phrase that starts at `from`: up to a verb, a clause, a mark, or a preposition other than "of".
pub fn noun_phrase(words: &Words, quotes: &Quotations, from: usize, end: usize) -> Option<Range<usize>> {
    let mut at = from;
    while at < end {
        let word = &words.list[at];
        if quotes.opening(at).is_some_and(|q| q.words > 4) {
            break;
        }
        let stop = word.is_any(&[
            Closed::Prep,
            Closed::That,
            Closed::To,
            Closed::Sub,
            Closed::Since,
            Closed::As,
            Closed::Rel,
            Closed::Be,
            Closed::Have,
            Closed::Do,
            Closed::Modal,
            Closed::Neg,
            Closed::Wh,
            Closed::Time,
            Closed::There,
        ]) || (word.is(Closed::Pron) && at > from)
            || (word.is_mark() && !matches!(word.text, "-" | "'" | "’" | "/" | "&" | "“" | "”" | "\""))
            || (word.is(Closed::Conj) && !listed(words, at, end));
        let verbal = at > from
            && !word.is_capital()
            && (word.is_verb(Forms::ING)
                || word.is_verb(Forms::PAST)
                    && !words.list[at - 1].is_any(&[Closed::Det, Closed::Of, Closed::Poss, Closed::Adj]))
            && word.closed.is_none();
        if stop || verbal {
            break;
        }
        at += 1;
    }
    while at > from
        && (words.list[at - 1].is_mark()
            || words.list[at - 1].is_any(&[Closed::Of, Closed::Conj, Closed::Adv, Closed::Det]))
    {
        at -= 1;
    }
    let named = (from..at).any(|i| {
        !words.list[i].is_mark()
            && (words.list[i].closed.is_none() || words.list[i].is_any(&[Closed::Pron, Closed::Obj, Closed::Num]))
    });
    (at > from && named).then_some(from..at)
}

/// Whether a conjunction joins two nouns.
fn listed(words: &Words, at: usize, end: usize) -> bool {
    let Some(next) = words.list.get(at + 1).filter(|_| at + 1 < end) else { return false };
    next.is_capital()
        || (next.closed.is_none()
            && next.verb.is_none()
            && !words.list.get(at + 2).is_some_and(|w| w.is_any(&[Closed::Be, Closed::Have, Closed::Modal])))
}

/// Where the clause of a verb ends: at a mark, a new subject, or a conjunction of clauses.
fn clause_end(words: &Words, from: usize, end: usize) -> usize {
    for at in from..end {
        let word = &words.list[at];
        if matches!(word.text, ";" | ":" | "—" | "–" | "--") {
            return at;
        }
        let comma = word.text == ","
            && words.list.get(at + 1).is_some_and(|w| {
                w.is_any(&[Closed::Pron, Closed::Rel, Closed::Conj, Closed::Sub, Closed::Since, Closed::As])
                    || w.verb.is_some() && !w.is_capital()
            });
        if comma
            || word.is_any(&[Closed::Sub])
            || (word.is(Closed::Since) && words.list.get(at + 1).is_some_and(|w| w.is(Closed::Pron)))
        {
            return at;
        }
    }
    end
}

/// How a verb group tells its act.
fn mood(words: &Words, bounds: &Range<usize>, group: usize, at: usize) -> Mood {
    let inside = |list: &[&str]| (group..at).any(|i| list.contains(&words.lower(i)));
    let led = (bounds.start.max(group.saturating_sub(12))..group)
        .rev()
        .take_while(|i| words.list[*i].text != ",")
        .any(|i| matches!(words.lower(i), "if" | "unless" | "whether"));
    let before = |n: usize| at.checked_sub(n).map_or("", |i| words.lower(i));
    let failed = before(1) == "to"
        && matches!(before(2), "failed" | "fail" | "fails" | "refused" | "unable" | "declined" | "stopped");
    let tried = before(1) == "to"
        && matches!(
            before(2),
            "plans"
                | "plan"
                | "planned"
                | "planning"
                | "intends"
                | "prepared"
                | "preparing"
                | "expected"
                | "scheduled"
                | "set"
                | "ready"
                | "going"
                | "wants"
                | "hopes"
                | "agreed"
                | "likely"
        );
    if failed || inside(&["not", "n't", "n’t", "never", "no"]) {
        Mood::Negated
    } else if led || inside(&["would", "could", "might", "may", "should"]) {
        Mood::Possible
    } else if tried || inside(&["will", "'ll", "’ll", "shall"]) {
        Mood::Ahead
    } else {
        Mood::Done
    }
}
