//! Which spans are names of places?
//!
//! The longest name of the gazetteer wins. A name that the map knows is a place where the words around it say so, or where
//! many people live there; it is none where it is a person's or a body's name. Where the language engine ran, its reading
//! of names counts for more than the words around.

use super::words::{adjective, country, short};
use crate::shallow::subject::is_month;
use crate::shallow::{Word, Words};
use hearsay_data::places::{Gazetteer, key};
use hearsay_data::words::{Abbreviation, abbreviation, is_place_word};
use hearsay_types::{NamedKind, NamedMention, Parsed, Span};
use std::collections::HashSet;
use std::ops::Range;

/// A place name in a text.
#[derive(Debug, Clone)]
pub struct Name {
    /// Its words.
    pub range: Range<usize>,
    /// Its sentence, an index of [`Parsed::sentences`].
    pub sentence: usize,
    /// The name as [`key`] makes it; a short form is written out.
    pub key: String,
    /// The country that a short form tells: "Calif." lies in US.
    pub country: Option<&'static str>,
}

/// How many people make a place known to readers without a word about where it is.
const KNOWN_TO_READERS: u64 = 60_000;

/// Reads names in one text.
pub struct Reader<'a> {
    words: &'a Words<'a>,
    maps: &'a [&'a Gazetteer],
    mentions: Vec<NamedMention>,
    surnames: HashSet<&'a str>,
}

impl<'a> Reader<'a> {
    /// Prepares to read `words`.
    pub fn new(words: &'a Words<'a>, parsed: &'a Parsed, maps: &'a [&'a Gazetteer]) -> Self {
        // Spans of titles and captions count from zero as well: only what the engine saw in the body is of use.
        let body: HashSet<usize> = words.sentences.iter().map(|s| s.0).collect();
        let mentions = parsed.mentions.iter().filter(|m| body.contains(&m.sentence)).copied().collect();
        let mut out = Reader { words, maps, mentions, surnames: HashSet::new() };
        out.surnames = out.surnames();
        out
    }

    /// All names of places, in reading order.
    pub fn names(&self) -> Vec<Name> {
        let mut out: Vec<Name> = Vec::new();
        for (index, sentence) in &self.words.sentences {
            let mut at = sentence.start;
            while at < sentence.end {
                match self.name_at(at, *index, sentence) {
                    Some(name) => {
                        at = name.range.end;
                        let listed = out.last().is_some_and(|l| self.is_list(l.range.end..name.range.start));
                        if self.is_place(&name, sentence, listed) {
                            out.push(name);
                        }
                    }
                    None => at += 1,
                }
            }
        }
        out
    }

    /// The last words of capitalised sequences that are no places: most are surnames.
    fn surnames(&self) -> HashSet<&'a str> {
        let mut out = HashSet::new();
        let words: &'a Words<'a> = self.words;
        for (_, sentence) in &words.sentences {
            for at in sentence.start + 1..sentence.end {
                let (before, word) = (&words.list[at - 1], &words.list[at]);
                let pair = is_name_word(before) && is_name_word(word);
                let title = abbreviation(&before.lower) == Some(Abbreviation::Title)
                    || hearsay_data::cues::is_title(&before.lower);
                let side = is_place_word(&before.lower, "side") || adjective(before.text).is_some();
                let kind = is_place_word(&word.lower, "kind") || is_place_word(&word.lower, "body");
                let place = || self.is_known(words.of(&(at - 1..at + 1)));
                if title && is_name_word(word) || pair && !side && !kind && !place() {
                    out.insert(&*word.lower);
                }
            }
        }
        out
    }

    /// The longest known name that starts at `at`.
    fn name_at(&self, at: usize, index: usize, sentence: &Range<usize>) -> Option<Name> {
        let words = self.words;
        let article = matches!(words.lower(at), "al" | "el") && words.lower(at + 1) == "-";
        let first = words.list.get(at + if article { 2 } else { 0 }).filter(|_| at < sentence.end)?;
        if !first.is_capital() {
            return None;
        }
        if let Some(name) = self.short_at(at, index, sentence) {
            return Some(name);
        }
        if first.closed.is_some() {
            return None;
        }
        let limit = sentence.end.min(at + 7);
        let end = (at + 1..=limit).rev().find(|end| {
            let last = &words.list[end - 1];
            let text = words.of(&(at..*end));
            last.text != "." && !last.is_mark() && !text.contains([',', '"', '(']) && self.is_known(text)
        })?;
        // "the Valley of ..." names a kind of place.
        let kind = || is_place_word(words.lower(at), "kind") && words.lower(end) == "of";
        let common = end == at + 1 && (is_place_word(words.lower(at), "common") || kind());
        let acronym = end == at + 1 && first.text.len() < 5 && first.text.chars().all(char::is_uppercase);
        let shouted = || words.list[sentence.clone()].iter().filter(|w| w.text.len() > 3).all(|w| is_upper(w.text));
        let other = end == at + 1 && (adjective(first.text).is_some() || is_month(&first.lower));
        if common || other || acronym && !shouted() {
            return None;
        }
        Some(Name { range: at..end, sentence: index, key: key(words.of(&(at..end))), country: None })
    }

    /// A short form: alone ("the UK") or behind a place and a comma ("Corsa, Calif.").
    fn short_at(&self, at: usize, index: usize, sentence: &Range<usize>) -> Option<Name> {
        let words = self.words;
        let found = short(words.list[at].text)?;
        let behind = at >= sentence.start + 2 && words.lower(at - 1) == "," && words.list[at - 2].is_capital();
        let money = words.list.get(at + 1).is_some_and(|w| w.text.starts_with('$'));
        if !(found.alone || behind) || money {
            return None;
        }
        let name = found.region.or_else(|| super::words::country_of_code(found.country).map(|c| c.name))?;
        Some(Name { range: at..at + 1, sentence: index, key: key(name), country: Some(found.country) })
    }

    fn is_known(&self, text: &str) -> bool {
        let key = key(text);
        key.len() > 2 && (country(&key).is_some() || self.maps.iter().any(|m| m.named(&key).next().is_some()))
    }

    fn people(&self, key: &str) -> u64 {
        if country(key).is_some() {
            return u64::MAX;
        }
        let people = |p: hearsay_data::places::Place| if p.kind == "area" { u64::MAX } else { p.population };
        self.maps.iter().flat_map(|m| m.named(key)).map(people).max().unwrap_or(0)
    }

    /// Whether the words around, and the language engine, let a known name be a place.
    fn is_place(&self, name: &Name, sentence: &Range<usize>, listed: bool) -> bool {
        if name.country.is_some() {
            return true;
        }
        let (words, range) = (self.words, &name.range);
        let around = Around::of(words, range, sentence);
        let located = around.located() || listed;
        let state = country(&name.key).is_some();
        let people = self.people(&name.key);
        let surname = self.surnames.contains(words.lower(range.end - 1));
        let seen = self.seen(words.span(range));
        if self.speaks(name) || seen.is_some_and(|m| self.is_piece(name, m)) {
            return false;
        }
        match seen.map(|m| m.kind) {
            Some(NamedKind::Place | NamedKind::Facility) => {
                return !around.titled && (located || !surname || people >= KNOWN_TO_READERS);
            }
            Some(NamedKind::Government | NamedKind::Nationality) if state => return true,
            Some(NamedKind::Person | NamedKind::Time | NamedKind::Number) => return false,
            Some(_) if !around.body && !located && !state => return false,
            _ => {}
        }
        if around.titled || around.led || around.followed {
            return false;
        }
        let verb = range.len() == 1 && range.start == sentence.start && words.list[range.start].verb.is_some();
        if verb || surname && people < 1_000_000 && !located {
            return false;
        }
        located || people >= KNOWN_TO_READERS
    }

    /// What the language engine saw at a span: the mention that covers most of it.
    fn seen(&self, span: Span) -> Option<&NamedMention> {
        let start = self.mentions.partition_point(|m| m.span.end <= span.start);
        let near = self.mentions[start..].iter().take_while(|m| m.span.start < span.end);
        near.filter(|m| m.span.overlaps(span)).max_by_key(|m| (m.span.contains(span), m.span.len()))
    }

    /// Whether a name is a piece of a longer one that the map does not know: the Sur of "Sur Hadda" is no Sur of the map. A word for a
    /// kind of place or a side beside it makes no longer name.
    fn is_piece(&self, name: &Name, seen: &NamedMention) -> bool {
        let list = &self.words.list;
        let own = |w: &Word| {
            is_name_word(w)
                && !["kind", "side", "body", "day"].iter().any(|class| is_place_word(&w.lower, class))
                && adjective(w.text).is_none()
        };
        let beside = [name.range.start.checked_sub(1), Some(name.range.end)];
        let more = |at: usize| list.get(at).is_some_and(|w| seen.span.contains(w.span) && own(w));
        seen.kind == NamedKind::Place && beside.into_iter().flatten().any(more)
    }

    /// Whether a lone word that few know as a place says something: most are surnames.
    fn speaks(&self, name: &Name) -> bool {
        let verb = self.words.list.get(name.range.end).and_then(|w| w.verb);
        let says = verb.is_some_and(|v| hearsay_data::cues::cue(v.lemma).is_some());
        says && name.range.len() == 1 && self.people(&name.key) < KNOWN_TO_READERS
    }

    /// Whether only commas, "and" and "or" stand between two names.
    fn is_list(&self, between: Range<usize>) -> bool {
        !between.is_empty()
            && between.len() < 3
            && between.into_iter().all(|i| matches!(self.words.lower(i), "," | "and" | "or" | "/"))
    }
}

/// What stands beside a name.
struct Around {
    /// A title of a person before it.
    titled: bool,
    /// Another capitalised name before it.
    led: bool,
    /// Another capitalised name behind it.
    followed: bool,
    /// A preposition of place before it.
    at: bool,
    /// A word for a kind of place, a part or a country beside it, or a comma and its region.
    beside: bool,
    /// A capitalised word for a body or an office behind it.
    body: bool,
}

impl Around {
    fn of(words: &Words, range: &Range<usize>, sentence: &Range<usize>) -> Around {
        let back = |n: usize| range.start.checked_sub(n).filter(|b| *b >= sentence.start).map(|b| &words.list[b]);
        let (before, after) = (back(1), words.list.get(range.end).filter(|_| range.end < sentence.end));
        let is = |w: Option<&Word>, class| w.is_some_and(|w| is_place_word(&w.lower, class));
        let side = is(before, "side");
        let prepared = if side || before.is_some_and(|b| b.lower == "the") { back(2) } else { before };
        let country_before =
            before.is_some_and(|b| adjective(b.text).is_some() || short(b.text).is_some_and(|s| s.alone));
        let of = before.is_some_and(|b| b.lower == "of")
            && (is(back(2), "kind") || is(back(2), "at") || is(back(2), "side"));
        let kind =
            is(after, "kind") || is(before, "kind") || before.is_some_and(|b| b.text == "-") && is(back(2), "side");
        let body = after.is_some_and(|a| a.is_capital() && is_place_word(&a.lower, "body"));
        let free = kind || is(after, "day") || is(after, "kind");
        Around {
            titled: before.is_some_and(|b| abbreviation(&b.lower) == Some(Abbreviation::Title))
                || before.is_some_and(|b| hearsay_data::cues::is_title(&b.lower) && b.is_capital()),
            led: before.is_some_and(is_name_word)
                && !side
                && !country_before
                && !is(before, "kind")
                && !is(before, "day"),
            followed: after.is_some_and(is_name_word) && !free && !body,
            at: is(prepared, "at"),
            beside: kind || side || country_before || of || region_behind(words, range.end, sentence),
            body,
        }
    }

    fn located(&self) -> bool {
        self.at || self.beside || self.body
    }
}

/// Whether a comma and a country, a large region or a short form of one follow.
fn region_behind(words: &Words, at: usize, sentence: &Range<usize>) -> bool {
    if at + 1 >= sentence.end || words.lower(at) != "," || !words.list[at + 1].is_capital() {
        return false;
    }
    let text = words.list[at + 1].text;
    let two = words.of(&(at + 1..(at + 3).min(sentence.end)));
    short(text).is_some() || [text, two].iter().any(|t| country(&key(t)).is_some() || super::words::is_region(&key(t)))
}

fn is_name_word(word: &Word) -> bool {
    word.is_capital() && word.closed.is_none() && !word.is_mark() && short(word.text).is_none()
}

fn is_upper(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
}
