//! Who a source is: its head, name, kind, how it is named, and whom an anaphor stands for.

mod anaphora;
mod kinds;
mod names;
mod phrase;

use super::draft::Draft;
use crate::shallow::Words;
use crate::shallow::quotes::Quotations;
use hearsay_data::cues::{Gender, is_plural_source, source_noun};
use hearsay_data::words::Closed;
use hearsay_types::{
    ActorKind, Article, ArticleText, Entities, NamedKind, Naming, Parsed, Relation, RelationKind, Source, SourceKind,
    Span,
};
use names::{acronyms, add_initials, bearers, full_names, genders};
use phrase::{Parts, description};
use std::collections::HashMap;
use std::ops::Range;

/// Resolves the sources of an article in reading order.
pub struct Resolver<'a> {
    words: &'a Words<'a>,
    quotes: &'a Quotations,
    paragraphs: &'a [Span],
    entities: &'a Entities,
    /// Who published the article.
    publisher: Option<&'a str>,
    /// The named mentions of the body, where the engine marked them.
    mentions: Vec<(Span, NamedKind)>,
    /// Full names by their last word, in lower case: the first that the article gives.
    full_names: HashMap<String, String>,
    /// Full names by their acronym, in lower case.
    acronyms: HashMap<String, String>,
    /// Who bears a title: full names by the words before them, in lower case ("prime minister"), in the order of the text.
    bearers: HashMap<String, Vec<String>>,
    /// Which pronoun stands for whom, by last name in lower case, as forms of address tell it.
    genders: HashMap<String, Gender>,
    /// What was resolved so far, in reading order, with the word it starts at.
    seen: Vec<(usize, Source)>,
    /// Where those of them stand whom another source tells of.
    inner: Vec<usize>,
}

impl<'a> Resolver<'a> {
    /// Reads the names of an article.
    pub fn new(
        words: &'a Words<'a>,
        quotes: &'a Quotations,
        article: &'a Article,
        parsed: &Parsed,
        entities: &'a Entities,
    ) -> Self {
        let full_names = full_names(words);
        let bearers = bearers(words, &full_names);
        let mut acronyms = acronyms(words);
        add_initials(&full_names, &mut acronyms);
        let body = |m: &&hearsay_types::NamedMention| parsed.sentences[m.sentence].text == ArticleText::Body;
        Resolver {
            words,
            quotes,
            paragraphs: &article.paragraphs,
            entities,
            publisher: article.publisher.as_deref(),
            mentions: parsed.mentions.iter().filter(body).map(|m| (m.span, m.kind)).collect(),
            acronyms,
            genders: genders(words),
            full_names,
            bearers,
            seen: Vec::new(),
            inner: Vec::new(),
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
            None if first_person => self.speaker(range.start, &mut source),
            None => self.look_back(range, &mut source),
        }
        self.inner.extend(outer.map(|_| range.start));
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
        let mut parts = Parts::of(words, range);
        if let Some(person) = self.person_at_end(range) {
            parts.bear(words, range, person);
        }
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
            let shouted = !text.contains(char::is_lowercase);
            let spelled = self.acronyms.get(&text.to_lowercase()).filter(|_| shouted).cloned();
            source.name = Some(spelled.or(full).unwrap_or(text));
        }
        if let Some(actor) = actor {
            source.actor_id = Some(actor.id);
            if parts.name.is_some() || noun.is_none() {
                source.kind = actor.kind.into();
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

    /// The person that the engine marks at the end of a phrase, or at the end of what a comma ends in it: "City of Lanett mayor Jamie
    /// Heard". Not "a spokesman for Jamie Heard".
    fn person_at_end(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let words = self.words;
        let whole = words.span(range);
        let people = self.mentions.iter().filter(|(s, k)| *k == NamedKind::Person && whole.contains(*s));
        let placed = people.filter_map(|(span, _)| {
            let start = range.clone().find(|i| words.list[*i].span.start >= span.start)?;
            let end = range.clone().find(|i| words.list[*i].span.start >= span.end).unwrap_or(range.end);
            let ends = end == range.end || words.lower(end) == ",";
            let alone = start == range.start || {
                let before = &words.list[start - 1];
                before.text == "," || before.closed.is_none() && !before.is_mark()
            };
            (start < end && ends && alone).then_some(start..end)
        });
        let mut all = placed.collect::<Vec<_>>();
        let several = range.clone().any(|i| words.list[i].is(Closed::Conj));
        (all.len() == 1 && !several).then(|| all.remove(0))
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

/// Whether "it" can stand for a source: a body, an outlet, a paper; not somebody of it ("a commander of the Front").
fn is_body(source: &Source) -> bool {
    let body = matches!(
        source.kind,
        SourceKind::Organisation
            | SourceKind::ArmedGroup
            | SourceKind::Government
            | SourceKind::Media
            | SourceKind::Document
    );
    body && !is_person(source) && !source.anonymous
}

/// Whether a source is somebody who is told by what he or she is.
fn is_person(source: &Source) -> bool {
    let head = source.head.as_deref().unwrap_or("").to_lowercase();
    source.naming == Naming::Described
        && source_noun(&head).is_some_and(|n| n.naming == "described" && n.kind != "document" && n.kind != "media")
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
