//! Whom a pronoun, a title or "the group" stands for, among the sources and names before it.

use super::names::{capital_run, strip_titles};
use super::{Resolver, is_body, is_person, kind_named, nobody, person_unknown, plural};
use crate::shallow::Words;
use hearsay_data::cues::{Gender, gender_of_name, is_plural_source, organisation_word, source_noun};
use hearsay_data::verbs::Forms;
use hearsay_data::words::Closed;
use hearsay_types::{Naming, Source, SourceKind};
use std::ops::Range;

/// How many sentences back the subject of a sentence can be whom a pronoun stands for.
const SENTENCES: usize = 2;

impl Resolver<'_> {
    /// Finds whom a pronoun or "the group" stands for among earlier sources and names.
    pub(super) fn look_back(&self, range: &Range<usize>, source: &mut Source) {
        let alone = range.len() == 1;
        let found = match self.words.lower(range.start) {
            "he" | "his" | "him" if alone => self.person(range.start, Gender::He).or(Some(person_unknown())),
            "she" | "her" if alone => self.person(range.start, Gender::She).or(Some(person_unknown())),
            "they" | "their" | "them" if alone => self.many(range.start),
            "it" | "its" | "itself" if alone => self.body(range.start),
            "his" | "her" | "its" | "their" => self.owned(range),
            "who" | "which" | "that" if alone => self.antecedent(range.start),
            "i" | "we" | "you" => None,
            "the" | "this" | "that" | "these" | "those" => self.definite(range),
            _ if source.naming == Naming::Described && range.len() < 6 => {
                match self.bearer(range).or_else(|| self.speaks_for(range)) {
                    Some(found) => Some(found),
                    None => return,
                }
            }
            _ => return,
        };
        let Some(found) = found else {
            if alone {
                let they = self.words.lower(range.start) == "they";
                (source.naming, source.kind, source.anonymous) = (Naming::Bare, SourceKind::Unknown, they);
            }
            return;
        };
        (source.actor_id, source.name, source.kind) = (found.actor_id, found.name, found.kind);
        (source.naming, source.anonymous) = (found.naming, found.anonymous);
        source.role_text = source.role_text.take().or(found.role_text);
        source.relation = source.relation.take().or(found.relation);
    }

    /// "I" and "we" in a quotation that no claim tells: whoever spoke last in its paragraph.
    pub(super) fn speaker(&self, at: usize, source: &mut Source) {
        let here = self.paragraph(at);
        let last = self.seen.iter().rev().find(|(start, s)| s.name.is_some() && self.paragraph(*start) == here);
        if let Some((_, found)) = last {
            *source = Source { spans: source.spans.clone(), head: source.head.take(), ..found.clone() };
        }
    }

    fn paragraph(&self, at: usize) -> usize {
        let start = self.words.list[at].span.start;
        self.paragraphs.partition_point(|p| p.end <= start)
    }

    /// "A spokesman said" after "a Home Office spokesman said", or after what the Home Office said.
    fn speaks_for(&self, range: &Range<usize>) -> Option<Source> {
        let words = self.words;
        if !words.lower(range.end - 1).starts_with("spokes") || range.len() > 2 {
            return None;
        }
        let earlier = self.last(|s| {
            s.head.as_deref().is_some_and(|h| h.starts_with("spokes"))
                && s.name.as_ref().is_some_and(|n| n.contains(' '))
        });
        earlier.or_else(|| {
            let first = words.sentence_of(range.start).saturating_sub(SENTENCES);
            let body = self.body_since(range.start, words.sentences[first].1.start)?;
            let name = format!("{} {}", body.name?, words.list[range.end - 1].text);
            Some(Source { name: Some(name), kind: SourceKind::Office, naming: Naming::Described, ..nobody() })
        })
    }

    fn last(&self, fits: impl Fn(&Source) -> bool) -> Option<Source> {
        self.seen.iter().rev().map(|(_, s)| s).find(|s| s.name.is_some() && fits(s)).cloned()
    }

    /// The body that an "it" stands for: the subject that opens its sentence, else the last source that is one, else the subject
    /// of a sentence before.
    fn body(&self, at: usize) -> Option<Source> {
        let sentence = self.words.sentence_of(at);
        let before = |back: usize| {
            let range = self.words.sentences.get(sentence.checked_sub(back)?)?.1.clone();
            self.opening_body(range, at)
        };
        let here = before(0);
        here.or_else(|| self.body_since(at, 0)).or_else(|| (1..=SENTENCES).find_map(before))
    }

    /// Several that a "they" stands for: the last source in number many, one that spoke outright before one whom another told of; where
    /// none spoke in the sentences before, a body.
    fn many(&self, at: usize) -> Option<Source> {
        let first = self.words.sentences[self.words.sentence_of(at).saturating_sub(SENTENCES + 1)].1.start;
        let told = |s: &Source| s.name.is_some() && s.naming != Naming::None;
        let near = || self.seen.iter().rev().filter(|(start, s)| *start >= first && told(s) && plural(s));
        let outright = near().find(|(start, _)| !self.inner.contains(start));
        let people = outright.or_else(|| near().next()).map(|(_, s)| s.clone());
        people.or_else(|| self.last(|s| s.naming != Naming::None && (plural(s) || is_body(s) || s.anonymous)))
    }

    /// "His lawyer", "their organisation": whose it is stands in the name.
    fn owned(&self, range: &Range<usize>) -> Option<Source> {
        let words = self.words;
        let owner = match words.lower(range.start) {
            "his" => self.person(range.start, Gender::He),
            "her" => self.person(range.start, Gender::She),
            "its" => self.body(range.start),
            _ => self.many(range.start),
        }?;
        let rest = words.of(&(range.start + 1..range.end));
        let short = range.len() < 5 && !words.list[range.end - 1].is_capital();
        let known = source_noun(words.lower(range.end - 1)).is_some() && !owner.anonymous;
        let name = owner.name.filter(|_| short && known)?;
        let ending = if name.ends_with('s') { "'" } else { "'s" };
        let read = self.read(range);
        Some(Source { name: Some(format!("{name}{ending} {rest}")), ..read })
    }

    /// A body whose name opens a sentence: the likely subject. A name in quotation marks is none, unless the pronoun stands there as
    /// well.
    fn opening_body(&self, range: Range<usize>, before: usize) -> Option<Source> {
        let run = capital_run(self.words, range.start..range.end.min(before).min(range.start + 8))?;
        let led = (range.start..run.start).all(|i| self.words.list[i].is(Closed::Det));
        if !led || run.end >= before || self.quotes.inside(run.start) && !self.quotes.inside(before) {
            return None;
        }
        let end = &self.words.list[run.end];
        let subject = end.verb.is_some() || end.text == "," || end.is_any(&[Closed::Be, Closed::Have, Closed::Modal]);
        let source = self.read(&run);
        (subject && is_body(&source)).then_some(source)
    }

    /// The last source from a word on that is a body.
    fn body_since(&self, at: usize, first: usize) -> Option<Source> {
        let fits = |s: &&(usize, Source)| s.1.name.is_some() && is_body(&s.1) && (first..at).contains(&s.0);
        self.seen.iter().rev().find(fits).map(|(_, s)| s.clone())
    }

    /// The person a "he" or "she" stands for: the last source that is one, or a full name that opened a sentence since.
    fn person(&self, at: usize, gender: Gender) -> Option<Source> {
        let fits = |s: &Source| {
            let one = matches!(s.kind, SourceKind::Person | SourceKind::Office)
                || (s.anonymous || is_person(s)) && !plural(s);
            one && self.gender(s).is_none_or(|g| g == gender)
        };
        let source = self.seen.iter().rev().find(|(_, s)| fits(s));
        let from = source.map_or(0, |(at, _)| *at);
        let sentence = self.words.sentence_of(at);
        let near = self.words.sentences[sentence.saturating_sub(SENTENCES)].1.start.max(from);
        let subject = (sentence.saturating_sub(SENTENCES)..=sentence)
            .rev()
            .find_map(|s| self.opening_name(self.words.sentences[s].1.clone(), at, gender));
        let named = subject.filter(|n| n.0 > near || source.is_none());
        match (named, source) {
            (Some((_, name)), _) => {
                Some(Source { name: Some(name), kind: SourceKind::Person, naming: Naming::Named, ..nobody() })
            }
            (None, Some((_, found))) => Some(found.clone()),
            (None, None) => (sentence.saturating_sub(SENTENCES)..=sentence)
                .rev()
                .find_map(|s| self.opening_person(self.words.sentences[s].1.clone(), at, gender)),
        }
    }

    /// Somebody told by what he or she is who opens a sentence: "The minister slept", "A photographer for the Mail counted four".
    fn opening_person(&self, range: Range<usize>, before: usize, gender: Gender) -> Option<Source> {
        let words = self.words;
        if !words.list[range.start].is(Closed::Det) || self.quotes.inside(range.start) && !self.quotes.inside(before) {
            return None;
        }
        let end = (range.start + 1..range.end.min(before).min(range.start + 7)).find(|i| {
            let word = &words.list[*i];
            word.is_mark()
                || word.is_any(&[
                    Closed::Be,
                    Closed::Have,
                    Closed::Do,
                    Closed::Modal,
                    Closed::Prep,
                    Closed::Of,
                    Closed::Rel,
                ])
                || word.is_verb(Forms::PAST.or(Forms::THIRD)) && source_noun(&word.lower).is_none()
        })?;
        let noun = source_noun(words.lower(end - 1))?;
        let one = noun.naming == "described" && !is_plural_source(words.lower(end - 1));
        let source = self.read(&(range.start..end));
        let fits = self.gender(&source).is_none_or(|g| g == gender);
        (end > range.start + 1 && one && fits && noun.kind != "document" && noun.kind != "media").then_some(source)
    }

    /// Which pronoun stands for a source, where its words or its name tell.
    fn gender(&self, source: &Source) -> Option<Gender> {
        let described = source.head.as_deref().and_then(|h| gender_of_noun(&h.to_lowercase()));
        described.or_else(|| self.gender_of(source.name.as_deref()?))
    }

    fn gender_of(&self, name: &str) -> Option<Gender> {
        let lower = name.to_lowercase();
        let (first, last) = (lower.split(' ').next()?, lower.split(' ').next_back()?);
        self.genders.get(last).copied().or_else(|| gender_of_name(first).filter(|_| first != last))
    }

    /// A person's name that opens a sentence: the likely subject. Names inside of quotation marks are none, unless the pronoun stands
    /// there as well.
    fn opening_name(&self, range: Range<usize>, before: usize, gender: Gender) -> Option<(usize, String)> {
        let run = capital_run(self.words, range.start..range.end.min(before).min(range.start + 8))?;
        if run.start > range.start + 4 || self.quotes.inside(run.start) && !self.quotes.inside(before) {
            return None;
        }
        let name = strip_titles(self.words, run)?;
        let text = self.words.of(&name);
        let full = self.full_names.get(&text.to_lowercase())?;
        let fits = self.gender_of(full).is_none_or(|g| g == gender);
        let person = !name.clone().any(|i| organisation_word(self.words.lower(i)).is_some());
        (fits && person).then(|| (name.start, full.clone()))
    }

    /// The noun phrase before a relative pronoun.
    fn antecedent(&self, at: usize) -> Option<Source> {
        let end = if at > 0 && self.words.lower(at - 1) == "," { at - 1 } else { at };
        let start = (end.saturating_sub(8)..end)
            .rev()
            .take_while(|i| {
                let w = &self.words.list[*i];
                !w.is_mark()
                    && !w.is_any(&[Closed::Prep, Closed::Conj, Closed::Pron, Closed::That])
                    && (w.verb.is_none() || w.is_capital())
            })
            .last()?;
        if start >= end {
            return None;
        }
        let led = self.person_before(start).filter(|_| self.words.lower(at) == "who");
        Some(self.read(&(led.unwrap_or(start)..end)))
    }

    /// "a teacher in Port Sarne, who": where the phrase starts whose noun for a person leads to this word by a preposition.
    fn person_before(&self, start: usize) -> Option<usize> {
        let words = self.words;
        let tie = start.checked_sub(1).filter(|t| words.list[*t].is_any(&[Closed::Prep, Closed::Of]))?;
        let noun = source_noun(words.lower(tie.checked_sub(1)?))?;
        let whole = |i: &usize| {
            let w = &words.list[*i];
            !w.is_mark() && !w.is_any(&[Closed::Prep, Closed::Of, Closed::Conj, Closed::That, Closed::Pron])
        };
        let first = (tie.saturating_sub(5)..tie).rev().take_while(whole).last()?;
        matches!(noun.naming, "described" | "bare").then_some(first)
    }

    /// "the group", "the site", "the minister": the last source of that head or kind.
    fn definite(&self, range: &Range<usize>) -> Option<Source> {
        let head = range.end - 1;
        if range.len() > 5 {
            return None;
        }
        if let Some(found) = self.bearer(range) {
            return Some(found);
        }
        if self.words.list[head].is_capital() {
            return None;
        }
        if let Some(found) = self.speaks_for(range) {
            return Some(found);
        }
        let word = self.words.lower(head);
        let same = self.last(|s| {
            s.head.as_deref().is_some_and(|h| h.eq_ignore_ascii_case(word))
                && s.name.as_ref().is_some_and(|n| n.split(' ').count() > 1)
        });
        let by_role = self.last(|s| {
            s.kind == SourceKind::Person
                && s.role_text.as_ref().is_some_and(|r| r.to_lowercase().split(' ').any(|w| w == word))
        });
        let noun = source_noun(word)?;
        let kind = kind_named(noun.kind);
        if matches!(word, "rebels" | "insurgents" | "guerrillas" | "militants") && range.len() == 2 {
            return self.last(|s| s.kind == SourceKind::ArmedGroup && s.naming == Naming::Named);
        }
        let by_kind = || {
            self.last(|s| match word {
                "group" | "organisation" | "organization" | "movement" | "faction" => {
                    matches!(s.kind, SourceKind::ArmedGroup | SourceKind::Organisation)
                }
                "site" | "website" | "newspaper" | "paper" | "channel" | "agency" | "outlet" | "network" | "daily" => {
                    s.kind == SourceKind::Media
                }
                _ => {
                    kind != SourceKind::Government
                        && s.kind == kind
                        && kind != SourceKind::Unknown
                        && s.naming == Naming::Named
                }
            })
        };
        by_role.or(same).or_else(|| self.earlier_name(range)).or_else(by_kind)
    }

    /// Who bears the title that a phrase is: "the prime minister", "Scotland's First Minister".
    fn bearer(&self, range: &Range<usize>) -> Option<Source> {
        let words = self.words;
        let from = range.start + usize::from(words.list[range.start].is_any(&[Closed::Det, Closed::Poss]));
        let (title, names) = (from..range.end).find_map(|at| {
            let title = words.of(&(at..range.end)).to_lowercase();
            let names = self.bearers.get(&title)?;
            Some((title, names))
        })?;
        Some(Source {
            name: Some(self.likeliest(names).to_owned()),
            kind: SourceKind::Person,
            naming: Naming::Named,
            role_text: Some(title),
            ..nobody()
        })
    }

    /// Of several that bear a title the one that spoke last; else the one that bears it most often, the first of equals.
    fn likeliest<'b>(&self, names: &'b [String]) -> &'b str {
        let last = |name: &str| name.rsplit(' ').next().unwrap_or("").to_lowercase();
        let spoke = self.seen.iter().rev().find_map(|(_, s)| {
            let name = last(s.name.as_deref().filter(|_| s.kind == SourceKind::Person)?);
            names.iter().find(|n| last(n) == name)
        });
        let count = |name: &String| names.iter().filter(|n| *n == name).count();
        let often = || names.iter().rev().max_by_key(|n| count(n));
        spoke.or_else(often).map_or("", String::as_str)
    }

    /// "the fund", "the ministry": the last name before it that ends with this word ("Straw Lantern Fund"), or the last phrase in lower
    /// case that narrows it ("interior ministry").
    fn earlier_name(&self, range: &Range<usize>) -> Option<Source> {
        let words = self.words;
        let word = words.lower(range.end - 1);
        if range.len() != 2
            || organisation_word(word).is_none() && source_noun(word).is_none_or(|n| n.naming != "institution")
        {
            return None;
        }
        let end = (range.start.saturating_sub(600)..range.start).rev().find(|i| is_narrowed(words, *i, word))?;
        let mut start = end;
        while start > 0 && end - start < 5 && {
            let before = &words.list[start - 1];
            !before.is_mark() && before.closed.is_none() && before.verb.is_none_or(|_| before.is_capital())
        } {
            start -= 1;
        }
        (start < end).then(|| {
            let mut found = self.read(&(start..end + 1));
            found.naming = if found.kind == SourceKind::Media { Naming::Outlet } else { Naming::Named };
            found.name = Some(words.of(&(start..end + 1)).to_owned());
            found
        })
    }
}

/// Whether this word stands at `at` with a name or an adjective before it.
fn is_narrowed(words: &Words, at: usize, word: &str) -> bool {
    let before = at.checked_sub(1).map(|b| &words.list[b]);
    let name = |b: &crate::shallow::Word| b.is_capital() && words.list[at].is_capital();
    let plain = matches!(word, "ministry" | "army" | "government" | "office");
    words.lower(at) == word
        && at > 1
        && before.is_some_and(|b| !b.is_mark() && (name(b) || b.closed.is_none() && plain))
}

/// Which pronoun a noun tells of whom it names.
fn gender_of_noun(noun: &str) -> Option<Gender> {
    const SHE: [&str; 10] =
        ["mother", "woman", "wife", "daughter", "sister", "aunt", "widow", "queen", "princess", "actress"];
    const HE: [&str; 11] =
        ["father", "man", "husband", "son", "brother", "uncle", "king", "prince", "priest", "imam", "pope"];
    if SHE.contains(&noun) || noun.ends_with("woman") {
        return Some(Gender::She);
    }
    (HE.contains(&noun) || noun.ends_with("man") && noun != "woman").then_some(Gender::He)
}
