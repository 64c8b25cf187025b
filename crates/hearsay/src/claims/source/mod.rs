//! Who a source is: its head, name, kind, how it is named, and whom an anaphor stands for.

mod kinds;
mod names;
mod phrase;

use super::draft::Draft;
use crate::shallow::Words;
use hearsay_data::cues::{is_plural_source, organisation_word, source_noun};
use hearsay_data::words::Closed;
use hearsay_types::{
    ActorKind, Article, ArticleText, Entities, NamedKind, Naming, Parsed, Relation, RelationKind, Source, SourceKind,
    Span,
};
use names::{acronyms, bearers, capital_run, full_names, strip_titles};
use phrase::{Parts, description};
use std::collections::HashMap;
use std::ops::Range;

/// Resolves the sources of an article in reading order.
pub struct Resolver<'a> {
    words: &'a Words<'a>,
    entities: &'a Entities,
    /// Who published the article.
    publisher: Option<&'a str>,
    /// The named mentions of the body, where the engine marked them.
    mentions: Vec<(Span, NamedKind)>,
    /// Full names by their last word, in lower case: the first that the article gives.
    full_names: HashMap<String, String>,
    /// Full names by their acronym, in lower case.
    acronyms: HashMap<String, String>,
    /// Who bears a title: full names by the words before them, in lower case ("prime minister").
    bearers: HashMap<String, String>,
    /// What was resolved so far, in reading order, with the word it starts at.
    seen: Vec<(usize, Source)>,
}

impl<'a> Resolver<'a> {
    /// Reads the names of an article.
    pub fn new(words: &'a Words<'a>, article: &'a Article, parsed: &Parsed, entities: &'a Entities) -> Self {
        let full_names = full_names(words);
        let bearers = bearers(words, &full_names);
        let body = |m: &&hearsay_types::NamedMention| parsed.sentences[m.sentence].text == ArticleText::Body;
        Resolver {
            words,
            entities,
            publisher: article.publisher.as_deref(),
            mentions: parsed.mentions.iter().filter(body).map(|m| (m.span, m.kind)).collect(),
            acronyms: acronyms(words),
            full_names,
            bearers,
            seen: Vec::new(),
        }
    }

    /// The source of a draft.
    ///
    /// `outer` is the source whose content it stands in: "I" and "we" are theirs. `quoted` says that the cue stands in a quotation;
    /// outside of one, they are the outlet's.
    pub fn resolve(&mut self, draft: &Draft, outer: Option<&Source>, quoted: bool) -> Source {
        let Some(range) = draft.source.first() else { return nobody() };
        let mut source = self.read(range);
        source.spans = draft.source.iter().map(|r| self.words.span(r)).collect();
        let first_person = matches!(self.words.lower(range.start), "i" | "we") && range.len() == 1;
        match outer.filter(|_| first_person) {
            Some(outer) => source = Source { spans: source.spans, head: source.head, ..outer.clone() },
            None if first_person && !quoted => self.author(&mut source),
            None => self.look_back(range, &mut source),
        }
        self.seen.push((range.start, source.clone()));
        source
    }

    /// "We asked for a visa", as an outlet tells of itself.
    fn author(&self, source: &mut Source) {
        source.name = self.publisher.map(str::to_owned).or_else(|| source.name.take());
        (source.kind, source.naming, source.anonymous) = (SourceKind::Media, Naming::Outlet, false);
    }

    /// What the phrase alone tells.
    fn read(&self, range: &Range<usize>) -> Source {
        let words = self.words;
        let parts = Parts::of(words, range);
        let head_word = parts.head.map_or("", |h| words.lower(h));
        let noun = source_noun(head_word);
        let actor = self.actor(range, &parts);
        let mut source = Source { head: parts.head.map(|h| words.list[h].text.to_owned()), ..nobody() };
        source.role_text = parts.role.as_ref().map(|r| words.of(r).to_owned());
        source.name = Some(description(words, range));
        (source.kind, source.naming, source.anonymous) = self.kind(range, &parts, noun);
        if let Some(name) = &parts.name {
            let text = words.of(name).to_owned();
            let full = self
                .full_names
                .get(&text.to_lowercase())
                .filter(|f| f.ends_with(&text) || f.starts_with(&text) && name.len() == 1)
                .cloned();
            let spelled = self.acronyms.get(&text.to_lowercase()).cloned();
            source.name = Some(spelled.or(full).unwrap_or(text));
        }
        if let Some(actor) = actor {
            source.actor_id = Some(actor.id);
            if parts.name.is_some() || noun.is_none() {
                source.kind = of_actor(actor.kind);
                source.naming = if actor.kind == ActorKind::Media { Naming::Outlet } else { Naming::Named };
                source.anonymous = false;
                if parts.name.is_none() {
                    source.name = Some(actor.name.clone());
                }
            }
        }
        source.relation = self.relation(range, &parts);
        source
    }

    /// The actor that the name or the head of a phrase stands for.
    fn actor(&self, range: &Range<usize>, parts: &Parts) -> Option<&hearsay_types::Actor> {
        let wanted = parts.name.clone().or_else(|| parts.head.map(|h| h..h + 1))?;
        let span = self.words.span(&wanted);
        let whole = self.words.span(range);
        self.entities
            .actors_in(whole)
            .filter(|(s, _)| s.overlaps(span) && s.end >= span.end.min(whole.end))
            .map(|(_, a)| a)
            .next()
    }

    /// "sources close to Hamas", "a spokesman for the army", "Hamas officials".
    fn relation(&self, range: &Range<usize>, parts: &Parts) -> Option<Relation> {
        let words = self.words;
        let found = |start: usize, kind| {
            let rest = words.span(&(start..range.end));
            let (span, actor) = self.entities.actors_in(rest).next()?;
            Some(Relation { kind, actor: span.of(words.text).to_owned(), actor_id: Some(actor.id) })
        };
        let close = range.clone().find(|i| words.has(*i, &["close", "to"]) || words.has(*i, &["loyal", "to"]));
        if let Some(at) = close {
            return found(at + 2, RelationKind::CloseTo);
        }
        let head = parts.head?;
        let speaks = words.lower(head).starts_with("spokes");
        match words.lower(head + 1) {
            "for" if speaks => found(head + 2, RelationKind::OnBehalfOf),
            "of" | "from" | "in" if source_noun(words.lower(head)).is_some() => found(head + 2, RelationKind::Of),
            _ if parts.name.is_none() && source_noun(words.lower(head)).is_some() => {
                let before = words.span(&(range.start..head));
                let (span, actor) = self.entities.actors_in(before).last()?;
                let kind = if speaks { RelationKind::OnBehalfOf } else { RelationKind::Of };
                Some(Relation { kind, actor: span.of(words.text).to_owned(), actor_id: Some(actor.id) })
            }
            _ => None,
        }
    }

    /// Finds whom a pronoun or "the group" stands for among earlier sources and names.
    fn look_back(&self, range: &Range<usize>, source: &mut Source) {
        let words = self.words;
        let first = words.lower(range.start);
        let found = match first {
            "he" | "she" | "his" | "her" | "him" => self.person(range.start).or(Some(person_unknown())),
            "they" | "their" | "them" => {
                self.last(|s| s.naming != Naming::None && (plural(s) || is_body(s.kind) || s.anonymous))
            }
            "it" | "its" | "itself" => self.last(|s| is_body(s.kind)),
            "who" | "which" | "that" if range.len() == 1 => self.antecedent(range.start),
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
            if range.len() == 1 {
                (source.naming, source.kind, source.anonymous) = (Naming::Bare, SourceKind::Unknown, first == "they");
            }
            return;
        };
        (source.actor_id, source.name, source.kind) = (found.actor_id, found.name, found.kind);
        (source.naming, source.anonymous) = (found.naming, found.anonymous);
        source.role_text = source.role_text.take().or(found.role_text);
        source.relation = source.relation.take().or(found.relation);
    }

    /// "a spokesman said" after "a Home Office spokesman said".
    fn speaks_for(&self, range: &Range<usize>) -> Option<Source> {
        let words = self.words;
        let alone = words.lower(range.end - 1).starts_with("spokes") && range.len() <= 2;
        self.last(|s| {
            alone
                && s.head.as_deref().is_some_and(|h| h.starts_with("spokes"))
                && s.name.as_ref().is_some_and(|n| n.contains(' '))
        })
    }

    fn last(&self, fits: impl Fn(&Source) -> bool) -> Option<Source> {
        self.seen.iter().rev().map(|(_, s)| s).find(|s| s.name.is_some() && fits(s)).cloned()
    }

    /// The person a "he" or "she" stands for: the last source that is one, or a full name that was told since.
    fn person(&self, at: usize) -> Option<Source> {
        let source =
            self.seen.iter().rev().find(|(_, s)| {
                matches!(s.kind, SourceKind::Person | SourceKind::Office) || (s.anonymous && !plural(s))
            });
        let from = source.map_or(0, |(at, _)| *at);
        let sentence = self.words.sentence_of(at);
        let near = self.words.sentences[sentence.saturating_sub(2)].1.start.max(from);
        let subject = (sentence.saturating_sub(2)..=sentence)
            .rev()
            .find_map(|s| self.opening_name(self.words.sentences[s].1.clone(), at));
        let named = subject.filter(|n| n.0 > near || source.is_none());
        match (named, source) {
            (Some((_, name)), _) => {
                Some(Source { name: Some(name), kind: SourceKind::Person, naming: Naming::Named, ..nobody() })
            }
            (None, Some((_, found))) => Some(found.clone()),
            (None, None) => None,
        }
    }

    /// A person's name that opens a sentence: the likely subject.
    fn opening_name(&self, range: Range<usize>, before: usize) -> Option<(usize, String)> {
        let run = capital_run(self.words, range.start..range.end.min(before).min(range.start + 8))?;
        if run.start > range.start + 4 {
            return None;
        }
        let name = strip_titles(self.words, run)?;
        let text = self.words.of(&name);
        let full = self.full_names.get(&text.to_lowercase())?;
        (!name.clone().any(|i| organisation_word(self.words.lower(i)).is_some())).then(|| (name.start, full.clone()))
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
        (start < end).then(|| self.read(&(start..end)))
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
        let title = (from..range.end).find_map(|at| {
            let title = words.of(&(at..range.end)).to_lowercase();
            self.bearers.get(&title).map(|name| (title, name))
        });
        let (title, name) = title?;
        Some(Source {
            name: Some(name.clone()),
            kind: SourceKind::Person,
            naming: Naming::Named,
            role_text: Some(title),
            ..nobody()
        })
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
        let narrowed = |i: &usize| {
            words.lower(*i) == word
                && *i > 1
                && !words.list[*i - 1].is_mark()
                && (words.list[*i - 1].is_capital() && words.list[*i].is_capital()
                    || words.list[*i - 1].closed.is_none()
                        && matches!(word, "ministry" | "army" | "government" | "office"))
        };
        let end = (range.start.saturating_sub(600)..range.start).rev().find(narrowed)?;
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

fn kind_named(name: &str) -> SourceKind {
    match name {
        "person" => SourceKind::Person,
        "office" => SourceKind::Office,
        "organisation" => SourceKind::Organisation,
        "armed_group" => SourceKind::ArmedGroup,
        "government" => SourceKind::Government,
        "media" => SourceKind::Media,
        "document" => SourceKind::Document,
        "witnesses" => SourceKind::Witnesses,
        "public" => SourceKind::Public,
        _ => SourceKind::Unknown,
    }
}

fn of_actor(kind: ActorKind) -> SourceKind {
    match kind {
        ActorKind::Government | ActorKind::StateBody => SourceKind::Government,
        ActorKind::Organisation | ActorKind::International => SourceKind::Organisation,
        ActorKind::ArmedGroup => SourceKind::ArmedGroup,
        ActorKind::Media => SourceKind::Media,
        ActorKind::Office => SourceKind::Office,
        ActorKind::Person => SourceKind::Person,
    }
}

fn is_body(kind: SourceKind) -> bool {
    matches!(
        kind,
        SourceKind::Organisation
            | SourceKind::ArmedGroup
            | SourceKind::Government
            | SourceKind::Media
            | SourceKind::Document
    )
}

fn plural(source: &Source) -> bool {
    matches!(source.naming, Naming::Collective)
        || source.head.as_deref().is_some_and(|h| is_plural_source(&h.to_lowercase()))
}

/// The source of a claim that names none.
fn nobody() -> Source {
    Source {
        spans: Vec::<Span>::new(),
        head: None,
        actor_id: None,
        name: None,
        kind: SourceKind::Unknown,
        naming: Naming::None,
        anonymous: false,
        role_text: None,
        relation: None,
    }
}

fn person_unknown() -> Source {
    Source { kind: SourceKind::Person, naming: Naming::Bare, ..nobody() }
}
