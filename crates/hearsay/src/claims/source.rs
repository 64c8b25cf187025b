//! Who a source is: its head, name, kind, how it is named, and whom an anaphor stands for.

use super::draft::Draft;
use crate::shallow::Words;
use hearsay_data::cues::{SourceNoun, is_plural_source, is_title, organisation_word, source_noun};
use hearsay_data::words::Closed;
use hearsay_types::{ActorKind, Entities, Naming, Relation, RelationKind, Source, SourceKind, Span};
use std::collections::HashMap;
use std::ops::Range;

/// Resolves the sources of an article in reading order.
pub struct Resolver<'a> {
    words: &'a Words<'a>,
    entities: &'a Entities,
    /// Full names by their last word, in lower case: the first that the article gives.
    full_names: HashMap<String, String>,
    /// Who bears a title: full names by the words before them, in lower case ("prime minister").
    bearers: HashMap<String, String>,
    /// What was resolved so far, in reading order, with the word it starts at.
    seen: Vec<(usize, Source)>,
}

impl<'a> Resolver<'a> {
    /// Reads the names of an article.
    pub fn new(words: &'a Words<'a>, entities: &'a Entities) -> Self {
        let full_names = full_names(words);
        let bearers = bearers(words, &full_names);
        Resolver { words, entities, full_names, bearers, seen: Vec::new() }
    }

    /// The source of a draft.
    ///
    /// `outer` is the source whose content it stands in: "I" and "we" are theirs.
    pub fn resolve(&mut self, draft: &Draft, outer: Option<&Source>) -> Source {
        let Some(range) = draft.source.first() else { return nobody() };
        let mut source = self.read(range);
        source.spans = draft.source.iter().map(|r| self.words.span(r)).collect();
        match outer.filter(|_| matches!(self.words.lower(range.start), "i" | "we")) {
            Some(outer) => source = Source { spans: source.spans, head: source.head, ..outer.clone() },
            None => self.look_back(range, &mut source),
        }
        self.seen.push((range.start, source.clone()));
        source
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
            source.name = Some(full.unwrap_or(text));
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

    fn kind(&self, range: &Range<usize>, parts: &Parts, noun: Option<SourceNoun>) -> (SourceKind, Naming, bool) {
        let words = self.words;
        if let Some(name) = &parts.name {
            let kind = name.clone().rev().find_map(|i| organisation_word(words.lower(i))).map(kind_named);
            let text = words.of(name);
            let acronym = text.len() > 1 && text.len() < 6 && text.chars().all(|c| c.is_uppercase() || c == '.');
            let kind = kind.unwrap_or(if acronym { SourceKind::Organisation } else { SourceKind::Person });
            return (kind, if kind == SourceKind::Media { Naming::Outlet } else { Naming::Named }, false);
        }
        let Some(noun) = noun else { return (SourceKind::Unknown, Naming::Described, false) };
        let modified = range.len() > 1 + usize::from(words.list[range.start].is(Closed::Det));
        let head = parts.head.unwrap_or(range.start);
        let plural = is_plural_source(words.lower(head));
        let naming = match noun.naming {
            "bare" if modified => Naming::Described,
            "bare" => Naming::Bare,
            "outlet" if modified => Naming::Outlet,
            "outlet" | "institution" => Naming::Described,
            "collective" if plural => Naming::Collective,
            _ => Naming::Described,
        };
        let office = noun.kind == "office" && words.list[range.start].is_any(&[Closed::Num]);
        (kind_named(noun.kind), naming, noun.anonymous || office)
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
        if range.len() > 4 {
            return None;
        }
        let title = self.words.of(&(range.start + 1..range.end)).to_lowercase();
        if let Some(name) = self.bearers.get(&title) {
            return Some(Source {
                name: Some(name.clone()),
                kind: SourceKind::Person,
                naming: Naming::Named,
                role_text: Some(title),
                ..nobody()
            });
        }
        if self.words.list[head].is_capital() {
            return None;
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
        by_role.or(same).or_else(by_kind)
    }
}

/// The parts of a source phrase.
struct Parts {
    head: Option<usize>,
    name: Option<Range<usize>>,
    role: Option<Range<usize>>,
}

impl Parts {
    fn of(words: &Words, range: &Range<usize>) -> Parts {
        let comma = range.clone().find(|i| words.lower(*i) == ",");
        let lead = range.start..comma.unwrap_or(range.end);
        let core = lead.start..core_end(words, &lead);
        let capital = capital_run(words, lead.clone());
        let trailing = last_run(words, &lead);
        let head_noun =
            core.clone().rev().find(|i| source_noun(words.lower(*i)).is_some() && !words.list[*i].is_capital());
        let trailing = trailing.map(|r| without_country(words, &lead, r));
        let behind = |run: &Range<usize>| names_the_phrase(words, &lead, run);
        let run = trailing
            .filter(|r| r.end == lead.end && behind(r))
            .or(capital.filter(|r| r.start <= lead.start + 1 && head_noun.is_none()));
        let name = run.and_then(|r| strip_titles(words, r));
        let role = match (&name, comma) {
            (Some(_), Some(comma)) if comma + 1 < range.end => Some(comma + 1..range.end),
            (Some(n), None) if n.start > range.start => Some(range.start..n.start),
            _ => None,
        };
        let head = name
            .as_ref()
            .map(|n| n.end - 1)
            .or(head_noun)
            .or_else(|| core.clone().rev().find(|i| !words.list[*i].is_mark()));
        Parts { head, name, role }
    }
}

/// "envoy to Orvia Lena Orr": the country before the name is the end of the role, not of the name.
fn without_country(words: &Words, lead: &Range<usize>, run: Range<usize>) -> Range<usize> {
    let tied = run.start > lead.start && words.list[run.start - 1].is_any(&[Closed::To, Closed::Prep, Closed::Of]);
    if tied && is_country(words.list[run.start].text) && run.len() > 2 { run.start + 1..run.end } else { run }
}

fn is_country(word: &str) -> bool {
    hearsay_data::actors::countries().iter().any(|c| c.name == word)
}

/// Whether a run of capitals at the end of a phrase is its name: "minister Lena Orr", but not "a spokesman for the Front".
fn names_the_phrase(words: &Words, lead: &Range<usize>, run: &Range<usize>) -> bool {
    let mut before = run.start;
    while before > lead.start && words.list[before - 1].is_any(&[Closed::Det, Closed::Poss]) {
        before -= 1;
    }
    if before == lead.start {
        return true;
    }
    let word = &words.list[before - 1];
    let tied = word.is_any(&[Closed::Of, Closed::Prep, Closed::To, Closed::Conj]) || word.is_mark();
    !tied || matches!(word.text, "-" | "(") || is_country(word.text) && before == run.start
}

/// Where the noun phrase's own words end: before its first preposition or relative pronoun.
fn core_end(words: &Words, range: &Range<usize>) -> usize {
    let start = range.start + usize::from(words.list[range.start].is_any(&[Closed::Det, Closed::Num, Closed::Poss]));
    let mut at = start + 1;
    while at < range.end {
        let word = &words.list[at];
        let close = matches!(&*word.lower, "close" | "familiar" | "based" | "loyal" | "near");
        if close
            || word.is_any(&[Closed::Prep, Closed::Of, Closed::To, Closed::Rel, Closed::That, Closed::As])
                && !(word.is(Closed::Of) && at == start + 1 && words.list[start].is(Closed::Num))
        {
            return at;
        }
        at += 1;
    }
    range.end
}

/// The first run of capitalised words of a stretch.
fn capital_run(words: &Words, range: Range<usize>) -> Option<Range<usize>> {
    let start = range.clone().find(|i| is_name_word(words, *i))?;
    Some(start..run_end(words, start, range.end))
}

/// The last run of capitalised words of a stretch.
fn last_run(words: &Words, range: &Range<usize>) -> Option<Range<usize>> {
    let mut found = None;
    let mut at = range.start;
    while at < range.end {
        if is_name_word(words, at) {
            let end = run_end(words, at, range.end);
            found = Some(at..end);
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

fn is_name_word(words: &Words, at: usize) -> bool {
    let word = &words.list[at];
    word.is_capital()
        && (word.closed.is_none()
            || word.text.len() > 3
                && at > 0
                && words.list[at - 1].is_capital()
                && !words.list[at].is_any(&[Closed::That]))
}

fn run_end(words: &Words, start: usize, end: usize) -> usize {
    let mut at = start + 1;
    while at < end {
        let next_name = at + 1 < end && is_name_word(words, at + 1);
        let joins = matches!(
            words.list[at].text,
            "-" | "al"
                | "bin"
                | "ibn"
                | "de"
                | "van"
                | "von"
                | "el"
                | "ul"
                | "der"
                | "al-"
                | "da"
                | "di"
                | "&"
                | "’"
                | "'"
        ) && (next_name || at + 2 < end && is_name_word(words, at + 2));
        let of = words.lower(at) == "of" && next_name && organisation_word(words.lower(at - 1)).is_some()
            || words.lower(at) == "for" && next_name && organisation_word(words.lower(at - 1)).is_some();
        if !(is_name_word(words, at) || joins || of) {
            break;
        }
        at += 1;
    }
    at
}

/// A run of capitalised words without the titles, offices and nationalities that lead a person's name.
fn strip_titles(words: &Words, run: Range<usize>) -> Option<Range<usize>> {
    let organisation = run.clone().any(|i| organisation_word(words.lower(i)).is_some());
    let last_title = run.clone().rev().find(|i| is_title(words.lower(*i)) && *i + 1 < run.end);
    let start = match last_title {
        Some(at) if !organisation || is_title(words.lower(run.end - 2)) => at + 1,
        _ => run.start,
    };
    let only_title = start + 1 == run.end
        && (is_title(words.lower(start))
            || source_noun(words.lower(start)).is_some() && organisation_word(words.lower(start)).is_none());
    (start < run.end && !only_title).then_some(start..run.end)
}

/// Full names (two words and more) by their last word and by the whole name, in lower case.
fn full_names(words: &Words) -> HashMap<String, String> {
    let mut out = HashMap::new();
    for (_, sentence) in &words.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            if !is_name_word(words, at) {
                at += 1;
                continue;
            }
            let end = run_end(words, at, sentence.end);
            let named = strip_titles(words, at..end)
                .map(|n| if n.len() > 2 && is_country(words.list[n.start].text) { n.start + 1..n.end } else { n });
            if let Some(name) = named.filter(|n| n.len() > 1 && n.len() < 7) {
                let text = words.of(&name).to_owned();
                let person = !name.clone().any(|i| organisation_word(words.lower(i)).is_some());
                let first = if person { words.lower(name.start) } else { words.lower(name.end - 1) };
                for key in [words.lower(name.end - 1).to_owned(), text.to_lowercase(), first.to_owned()] {
                    out.entry(key).or_insert_with(|| text.clone());
                }
                // "Kim Jong-un", "al-Sinwar": the last word with what its hyphen joins.
                if words.lower(name.end - 2) == "-" && name.len() > 3 {
                    let tail = words.of(&(name.end - 3..name.end)).to_lowercase();
                    out.entry(tail).or_insert_with(|| text.clone());
                }
            }
            at = end;
        }
    }
    out
}

/// Who bears which title, as titles lead names: "Prime Minister Lena Orr", "president Adan Voss".
fn bearers(words: &Words, full_names: &HashMap<String, String>) -> HashMap<String, String> {
    let mut out = HashMap::new();
    for at in 1..words.list.len() {
        let led = is_title(words.lower(at - 1)) && words.list[at].is_capital() && !is_title(words.lower(at));
        if !led || organisation_word(words.lower(at)).is_some() {
            continue;
        }
        let end = run_end(words, at, (at + 6).min(words.list.len()));
        let text = words.of(&(at..end));
        let name = full_names.get(&text.to_lowercase()).cloned().unwrap_or_else(|| text.to_owned());
        let mut start = at - 1;
        out.entry(words.lower(start).to_owned()).or_insert_with(|| name.clone());
        while start > 0 && is_title(words.lower(start - 1)) {
            start -= 1;
            out.entry(words.of(&(start..at)).to_lowercase()).or_insert_with(|| name.clone());
        }
    }
    out
}

/// A phrase without its leading article.
fn description(words: &Words, range: &Range<usize>) -> String {
    let article = matches!(words.lower(range.start), "the" | "a" | "an") && range.len() > 1;
    words.of(&(range.start + usize::from(article)..range.end)).to_owned()
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
