//! The noun phrase before or after a cue: who is said to say it.

use super::quotes::Quotations;
use super::{Word, Words};
use hearsay_data::verbs::Forms;
use hearsay_data::words::Closed;
use std::ops::Range;

/// What stands where a cue's subject is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A noun phrase or a pronoun.
    Found(Range<usize>),
    /// The cue has the subject of the verb before it: "said A and added B".
    Shared,
    /// There is none.
    None,
}

/// Where the verb group of a cue starts, and its subject.
pub struct Before {
    /// The first word of the verb group: auxiliaries, negation and adverbs included.
    pub group: usize,
    /// The subject.
    pub subject: Subject,
}

/// Looks for the subject of the verb at `verb`, not before `from`.
pub fn before(words: &Words, quotes: &Quotations, from: usize, verb: usize) -> Before {
    let group = group_start(words, from, verb);
    let subject = subject(words, quotes, from, skip_time_back(words, from, group));
    Before { group, subject }
}

/// The first word of the verb group that ends with `verb`.
pub fn group_start(words: &Words, from: usize, verb: usize) -> usize {
    use Closed::{Be, Do, Have, Modal, Neg};
    let mut at = verb;
    while at > from {
        let word = &words.list[at - 1];
        let possessive = matches!(&*word.lower, "'s" | "’s")
            && !words.list[at].is_verb(Forms::PARTICIPLE.or(Forms::ING))
            && !words.list[at].is_adverb();
        if possessive || !(word.is_any(&[Be, Have, Do, Modal, Neg]) || word.is_adverb()) {
            break;
        }
        at -= 1;
    }
    // "and also said": a conjunction's adverb stays; "however ," is no part of the group.
    at
}

/// Steps back over ", however," and "on Monday" between a subject and its verb.
fn skip_time_back(words: &Words, from: usize, end: usize) -> usize {
    let mut end = end;
    if end > from + 2 && words.lower(end - 1) == "," {
        let back = (from.max(end.saturating_sub(5))..end - 1).rev().find(|i| words.lower(*i) == ",");
        if let Some(comma) = back {
            let inner = comma + 1..end - 1;
            let aside = inner.clone().all(|i| {
                words.list[i].is_adverb()
                    || words.list[i].is(Closed::Time)
                    || matches!(
                        words.lower(i),
                        "on" | "in"
                            | "turn"
                            | "for"
                            | "his"
                            | "her"
                            | "part"
                            | "too"
                            | "meanwhile"
                            | "however"
                            | "of"
                            | "course"
                    )
            });
            if aside && !inner.is_empty() {
                end = comma;
            }
        }
    }
    while end > from && words.list[end - 1].is(Closed::Time) {
        end -= 1;
        if end > from && matches!(words.lower(end - 1), "on" | "late" | "early" | "earlier") {
            end -= 1;
        }
    }
    end
}

fn subject(words: &Words, quotes: &Quotations, from: usize, end: usize) -> Subject {
    use Closed::{Conj, Pron, Rel};
    if end <= from {
        return Subject::None;
    }
    let last = &words.list[end - 1];
    if last.is_any(&[Pron, Rel]) || matches!(&*last.lower, "this" | "these" | "those" | "one") {
        return Subject::Found(pronoun(words, from, end));
    }
    if last.is(Conj) {
        return Subject::Shared;
    }
    if last.is_any(&[Closed::To, Closed::Prep, Closed::Of, Closed::Modal]) {
        return Subject::None;
    }
    if last.is(Closed::That) || (last.is(Closed::Wh)) {
        return if &*last.lower == "that" { Subject::Found(end - 1..end) } else { Subject::None };
    }
    if &*last.lower == "," {
        return after_comma(words, quotes, from, end - 1);
    }
    if last.is_mark() && !matches!(last.text, ")" | "%" | "'" | "’" | "”" | "\"" | "''" | "]") {
        return Subject::None;
    }
    phrase(words, quotes, from, end)
}

/// "two of them", "he", "who".
fn pronoun(words: &Words, from: usize, end: usize) -> Range<usize> {
    let wide = end >= from + 3 && words.list[end - 2].is(Closed::Of) && !words.list[end - 3].is_mark();
    if wide { end - 3..end } else { end - 1..end }
}

/// The verb follows a comma: an apposition closes there, or the subject stands further left.
fn after_comma(words: &Words, quotes: &Quotations, from: usize, comma: usize) -> Subject {
    let Some(opening) = apposition(words, quotes, from, comma) else { return Subject::Shared };
    match phrase(words, quotes, from, opening) {
        Subject::Found(head) => Subject::Found(head.start..comma),
        other => other,
    }
}

/// The comma that opens the apposition or relative clause that closes at `comma`.
fn apposition(words: &Words, quotes: &Quotations, from: usize, comma: usize) -> Option<usize> {
    let mut at = comma;
    let mut place = None;
    for _ in 0..4 {
        let low = from.max(at.saturating_sub(30));
        let Some(previous) = (low..at).rev().find(|i| words.lower(*i) == "," && !quotes.inside(*i)) else { break };
        let inner = previous + 1..at;
        at = previous;
        if inner.is_empty() || !opens_apposition(words, &inner) {
            continue;
        }
        // "a lawyer in Perrin, Orvia, said": a place may stand inside the apposition, which opens further left.
        if place.is_none() && inner.len() == 1 && words.list[inner.start].is_capital() {
            place = Some(previous);
            continue;
        }
        // "Smith, 45, a doctor": the age is one more.
        let age = previous >= from + 2 && words.lower(previous - 2) == "," && words.list[previous - 1].is_number();
        return Some(if age { previous - 2 } else { previous });
    }
    place
}

fn opens_apposition(words: &Words, inner: &Range<usize>) -> bool {
    let first = &words.list[inner.start];
    let determined = first.is_any(&[Closed::Det, Closed::Poss, Closed::Rel, Closed::As]) || first.is_number();
    let noun = first.is_capital() || hearsay_data::cues::source_noun(&first.lower).is_some();
    let whose =
        &*first.lower == "himself" || &*first.lower == "herself" || first.is_verb(Forms::ING.or(Forms::PARTICIPLE));
    determined || noun || whose || (!first.is_mark() && first.closed.is_none())
}

/// The noun phrase that ends before `end`.
fn phrase(words: &Words, quotes: &Quotations, from: usize, end: usize) -> Subject {
    let start = trim_front(words, phrase_start(words, quotes, from, end), end);
    if start >= end || !names_something(words, &(start..end)) {
        return Subject::None;
    }
    Subject::Found(start..end)
}

/// Whether a phrase can be a source: it holds a noun or a name outside its prepositions.
fn names_something(words: &Words, range: &Range<usize>) -> bool {
    let first = &words.list[range.start];
    let head = range.clone().any(|i| {
        let w = &words.list[i];
        !w.is_mark()
            && (w.closed.is_none()
                || w.is_number()
                || w.is_any(&[Closed::Pron, Closed::Obj])
                || w.is(Closed::Det) && !matches!(&*w.lower, "the" | "a" | "an" | "no" | "every"))
    });
    head && !first.is_any(&[Closed::Prep, Closed::To, Closed::Of])
}

/// Walks left to where the phrase that ends before `end` starts.
fn phrase_start(words: &Words, quotes: &Quotations, from: usize, end: usize) -> usize {
    let mut at = end;
    let mut conjunction: Option<usize> = None;
    while at > from {
        let k = at - 1;
        let word = &words.list[k];
        if let Some(quotation) = quotes.closing(k).filter(|q| q.words <= 5 && q.range.start > from) {
            at = quotation.range.start;
            continue;
        }
        if quotes.inside(k) && !quotes.inside(end - 1) {
            return at;
        }
        match kind_of(words, k, end) {
            Step::On => at = k,
            Step::Stop => return at,
            Step::Conjunction => {
                conjunction = Some(k);
                at = k;
            }
            Step::Comma => {
                if !joins(words, k, conjunction, end) {
                    return at;
                }
                at = k;
            }
            Step::FiniteVerb => match relative(words, from, k) {
                Some(who) => at = who,
                None => return conjunction.map_or(at, |c| c + 1),
            },
        }
        let _ = word;
    }
    at
}

/// What a word does to a phrase that is read from its end.
enum Step {
    On,
    Stop,
    Conjunction,
    Comma,
    FiniteVerb,
}

fn kind_of(words: &Words, at: usize, end: usize) -> Step {
    use Closed::*;
    let word = &words.list[at];
    if word.is_mark() {
        return match word.text {
            "," => Step::Comma,
            // "SERBIA - Students": a dash between spaces parts, a hyphen joins.
            "-" if at > 0 && words.list[at - 1].span.end < word.span.start => Step::Stop,
            "-" | "/" | "&" | "%" | "$" | "'" | "’" | "(" | ")" | "#" | "£" | "€" | "[" | "]" | "."
                if word.text != "." =>
            {
                Step::On
            }
            _ => Step::Stop,
        };
    }
    if matches!(&*word.lower, "'s" | "’s") {
        return Step::On;
    }
    match word.closed {
        Some(Det | Poss | Of | Num | Adj | Time | Particle) => Step::On,
        Some(Prep | To | As) => Step::On,
        Some(Obj) => Step::On,
        Some(Conj) if &*word.lower == "but" => Step::Stop,
        Some(Conj) => Step::Conjunction,
        Some(Rel) => Step::On,
        Some(That | Sub | Since | Wh | Pron | Neg | There) => Step::Stop,
        Some(Be | Have | Do | Modal) => Step::FiniteVerb,
        Some(Adv) => Step::On,
        Some(Verb) => Step::Stop,
        None if is_finite(words, at, end) => Step::FiniteVerb,
        // ", saying a commander": the participle of a telling is no part of the phrase behind it.
        None if at > 0 && words.lower(at - 1) == "," && word.is_verb(Forms::ING) && !word.is_capital() => Step::Stop,
        None => Step::On,
    }
}

/// Whether a word that can be a finite verb is one here, and no noun or participle of the phrase.
fn is_finite(words: &Words, at: usize, end: usize) -> bool {
    let word = &words.list[at];
    let Some(verb) = word.verb.filter(|_| !word.is_capital()) else { return false };
    let next = words.list.get(at + 1).filter(|_| at + 1 < end);
    let before = at.checked_sub(1).map(|i| &words.list[i]);
    if before.is_some_and(|b| b.is(Closed::To)) && verb.forms.any(Forms::BASE) {
        return false;
    }
    let noun_before =
        before.is_some_and(|b| !b.is_mark() && (b.closed.is_none() || b.is_any(&[Closed::Pron, Closed::Rel])));
    let object_after = next.is_some_and(|n| {
        n.is_any(&[Closed::Det, Closed::Poss, Closed::Obj, Closed::Pron, Closed::That, Closed::Sub, Closed::Wh])
    });
    if verb.forms.any(Forms::PAST) && !verb.forms.any(Forms::PARTICIPLE) {
        return noun_before;
    }
    if verb.forms.any(Forms::PAST) {
        let tells = hearsay_data::cues::cue(verb.lemma).is_some_and(|c| c.class == "say" && c.frame.clause);
        let noun_after =
            next.is_some_and(|n| n.is_number() || tells && (n.closed.is_none() && !n.is_mark() && !n.is_adverb()));
        // "...", said a diplomat: a teller behind a mark.
        let told = tells && before.is_some_and(|b| matches!(b.text, "," | "”" | "\"" | "''" | "»"));
        return (noun_before || told) && (object_after || noun_after);
    }
    verb.forms.any(Forms::THIRD) && noun_before && object_after
}

/// The relative pronoun whose clause holds the finite verb at `at`.
fn relative(words: &Words, from: usize, at: usize) -> Option<usize> {
    let low = from.max(at.saturating_sub(14));
    for i in (low..at).rev() {
        let word = &words.list[i];
        if word.is(Closed::Rel) || (word.is(Closed::That) && i > from && is_noun_like(&words.list[i - 1])) {
            return Some(i);
        }
        if matches!(word.text, "," | ";" | ":") {
            return None;
        }
    }
    None
}

fn is_noun_like(word: &Word) -> bool {
    !word.is_mark() && word.closed.is_none() && !word.is_verb(Forms::PAST.or(Forms::THIRD))
}

/// Whether the comma at `at` joins a list ("A, B and C") or a name with its place ("Perrin, Orvia").
fn joins(words: &Words, at: usize, conjunction: Option<usize>, end: usize) -> bool {
    let capital = |i: usize| words.list.get(i).is_some_and(|w| w.is_capital() && w.closed.is_none());
    let before = at.checked_sub(1).is_some_and(capital);
    let list = conjunction.is_some_and(|c| c > at && c < end);
    before && capital(at + 1) && list
}

/// Leaves out what opens a sentence before its subject: "But", "On Monday", "However".
fn trim_front(words: &Words, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end {
        let word = &words.list[at];
        let closing = word.is_any(&[Closed::Conj, Closed::As])
            || word.is_adverb()
            || word.is_mark() && !matches!(word.text, "(" | "[" | "“" | "\"" | "$" | "#");
        if closing {
            at += 1;
        } else if let Some(next) = time_phrase(words, at, end) {
            at = next;
        } else {
            break;
        }
    }
    at
}

/// The end of a time phrase without a comma that starts at `at`: "On Monday", "Last week", "In 2012".
fn time_phrase(words: &Words, at: usize, end: usize) -> Option<usize> {
    let first = words.list.get(at)?;
    let mut next = at;
    if matches!(&*first.lower, "on" | "in" | "by" | "at" | "late" | "early") {
        next += 1;
    }
    if matches!(words.lower(next), "last" | "this" | "earlier" | "late" | "early" | "next") {
        next += 1;
    }
    let word = words.list.get(next)?;
    let unit = matches!(
        &*word.lower,
        "week"
            | "month"
            | "year"
            | "night"
            | "weekend"
            | "morning"
            | "afternoon"
            | "evening"
            | "summer"
            | "winter"
            | "spring"
            | "fall"
    );
    let year = word.text.len() == 4 && word.text.bytes().all(|b| b.is_ascii_digit());
    if !(word.is(Closed::Time) || (unit && next > at) || (year && next > at) || (next > at && is_month(&word.lower))) {
        return None;
    }
    next += 1;
    while next < end
        && (words.list[next].is_number() && words.list[next].text.len() <= 4
            || matches!(words.lower(next), "night" | "morning" | "afternoon" | "evening"))
    {
        next += 1;
    }
    (next < end).then_some(next)
}

/// The days of the week, Monday first, in lower case.
pub const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The months, in order, in lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a word, in lower case, names a month.
pub fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// The noun phrase that starts at `from`, for an inverted cue: "... said Osama Hamdan, a leading official." Ends before
/// the next clause.
pub fn after(words: &Words, quotes: &Quotations, from: usize, end: usize) -> Option<Range<usize>> {
    let mut at = from;
    let mut commas = 0;
    while at < end {
        let word = &words.list[at];
        if quotes.opening(at).is_some_and(|q| q.words > 4) {
            break;
        }
        if word.text == "," {
            if !apposed(words, at, end) || commas > 2 {
                break;
            }
            commas += 1;
        } else if ends_source(words, from, at, end, commas == 0) {
            break;
        }
        at += 1;
    }
    while at > from && matches!(words.list[at - 1].text, "," | "“" | "\"") {
        at -= 1;
    }
    (at > from && names_something(words, &(from..at))).then_some(from..at)
}

/// Whether the noun phrase behind a cue ends before the word at `at`; `plain` while no comma has stood in it.
fn ends_source(words: &Words, from: usize, at: usize, end: usize, plain: bool) -> bool {
    let word = &words.list[at];
    let mark = matches!(word.text, "." | ":" | ";" | "—" | "–" | "--" | "?" | "!" | "…" | "...");
    let clause = plain && word.is_any(&[Closed::Sub, Closed::Pron, Closed::There]);
    let joined = word.is(Closed::Conj) && clause_follows(words, at + 1, end);
    mark || at > from && (clause || joined || plain && is_time_start(words, at))
}

fn is_time_start(words: &Words, at: usize) -> bool {
    words.list[at].is(Closed::Time)
        || (matches!(
            words.lower(at),
            "on" | "in" | "during" | "at" | "after" | "last" | "earlier" | "before" | "when" | "while" | "as"
        ) && (words.list.get(at + 1).is_some_and(|w| {
            w.is(Closed::Time) || w.is_any(&[Closed::Det, Closed::Poss]) || w.text.len() == 4 && w.is_number()
        }) && !matches!(words.lower(at), "at" | "in")
            || matches!(
                words.lower(at + 2),
                "statement" | "interview" | "tweet" | "post" | "speech" | "news" | "email"
            )))
}

fn clause_follows(words: &Words, at: usize, end: usize) -> bool {
    words.list[at..end].iter().take(2).any(|w| w.is(Closed::Pron))
        || words.list.get(at).is_some_and(|w| w.is_verb(Forms::PAST) && !w.is_capital())
}

/// Whether what follows the comma goes on with the noun phrase: an apposition, a relative clause, an age.
fn apposed(words: &Words, comma: usize, end: usize) -> bool {
    let Some(first) = words.list.get(comma + 1).filter(|_| comma + 1 < end) else { return false };
    if first.is_any(&[Closed::Rel]) || first.is_number() {
        return true;
    }
    let source =
        |i: usize| words.list.get(i).is_some_and(|w| i < end && hearsay_data::cues::source_noun(&w.lower).is_some());
    if first.is(Closed::Det) {
        return (comma + 1..(comma + 9).min(end)).take_while(|i| words.lower(*i) != ",").any(source)
            || matches!(words.lower(comma + 1), "a" | "an");
    }
    source(comma + 1)
        || (source(comma + 2) && !first.is_verb(Forms::ING))
        || (first.is_capital() && first.closed.is_none() && words.lower(comma + 2) == ",")
}
