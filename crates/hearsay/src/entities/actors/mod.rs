//! Actors: which governments, bodies, groups and media does the text name?
//!
//! The longest name of the lexicon wins. Names meet under a fold that lets transliterations meet; short names in capitals
//! must stand in capitals, and no name is found in common words. A name that is in no lexicon and says its kind ("the
//! Harrow Front") is an actor found in the text. People are actors only in a public role.

mod names;
pub mod public;
mod refer;
mod sound;
mod state;
mod text;

use crate::shallow::Words;
use hearsay_data::actors::{Group, countries, groups, leaders};
use hearsay_types::{Actor, ActorId, ActorKind, Basis, Mention, MentionKind, Span};
use names::{Country, Name, fold, is_article, likeness, matches, parts, skeleton};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

/// The actors that are known beforehand.
pub struct Lexicon {
    actors: Vec<Actor>,
    names: HashMap<String, Vec<Name>>,
    by_id: HashMap<ActorId, usize>,
    /// Names by the skeleton of their last word: the other words' skeleton, and the actor.
    skeletons: HashMap<String, Vec<(String, usize)>>,
    /// Names of groups by the consonants of all their words.
    sounds: HashMap<String, Vec<(String, usize)>>,
    /// Actors with short forms that count only where the name stands as well.
    short: HashSet<ActorId>,
}

impl Lexicon {
    /// What ships.
    pub fn shipped() -> Self {
        Lexicon::with(&[])
    }

    /// The user's actors and what ships; where both know a name, it is the user's.
    pub fn with(own: &[Group]) -> Self {
        let (actors, names) = (Vec::new(), HashMap::new());
        let (by_id, skeletons, sounds) = (HashMap::new(), HashMap::new(), HashMap::new());
        let mut out = Lexicon { actors, names, by_id, skeletons, sounds, short: HashSet::new() };
        own.iter().for_each(|g| out.add_group(g, Basis::User));
        out.add_countries();
        groups().iter().for_each(|g| out.add_group(g, Basis::Shipped));
        out.add_leaders();
        let users = own.len();
        out.names.values_mut().for_each(|list| {
            // The user's names first, then longer ones; of one length those that are no country's.
            list.sort_by_key(|n| (n.actor >= users, std::cmp::Reverse(n.words.len()), n.country.is_some(), n.actor));
        });
        for (at, actor) in out.actors.iter().enumerate().rev() {
            out.by_id.insert(actor.id, at);
        }
        out
    }

    fn add_countries(&mut self) {
        let mut adjectives: HashMap<&str, usize> = HashMap::new();
        countries().iter().flat_map(|c| &c.adjectives).for_each(|a| *adjectives.entry(a).or_default() += 1);
        for country in countries() {
            let index = self.actors.len();
            let others = country.others.iter().map(|o| (*o).to_owned()).collect();
            let (key, code) = (format!("gov:{}", country.alpha3), Some(country.alpha3));
            let kind = ActorKind::Government;
            self.actors.push(actor(&key, country.name, kind, code, Some("GOV"), None, others));
            for name in std::iter::once(&country.name).chain(&country.others) {
                self.add(name, index, Some(Country::Name));
            }
            for adjective in country.adjectives.iter().filter(|a| adjectives[*a] == 1) {
                self.add(adjective, index, Some(Country::Adjective));
            }
            if country.capital != country.name && !country.capital.is_empty() {
                self.add(country.capital, index, Some(Country::Capital));
            }
        }
    }

    fn add_group(&mut self, group: &Group, basis: Basis) {
        let index = self.actors.len();
        let aliases = group.aliases.iter().map(|a| (*a).to_owned()).collect();
        let kind = kind(group.kind);
        let mut made = actor(group.key, group.name, kind, group.country, group.sector, group.part_of, aliases);
        made.basis = basis;
        self.actors.push(made);
        for name in std::iter::once(&group.name).chain(&group.aliases) {
            self.add(name, index, None);
            self.add_skeleton(name, index);
            if group.made && is_short(name) {
                self.short.insert(self.actors[index].id);
                self.names
                    .values_mut()
                    .flatten()
                    .filter(|n| n.actor == index && n.exact.is_some())
                    .for_each(|n| n.weak = true);
            }
        }
    }

    fn add_skeleton(&mut self, name: &str, index: usize) {
        let mut words = skeleton(name);
        let key = words.concat();
        if key.len() >= sound::LEAST && !is_short(name) {
            self.sounds.entry(key).or_default().push((name.to_owned(), index));
        }
        if let Some(last) = words.pop().filter(|_| !words.is_empty()) {
            self.skeletons.entry(last).or_default().push((words.concat(), index));
        }
    }

    /// Heads of state and of government: by the full name, and by its first and last word.
    fn add_leaders(&mut self) {
        for leader in leaders() {
            let index = self.actors.len();
            let government = format!("gov:{}", leader.country);
            let key = format!("leader:{}:{}", leader.country, leader.name);
            let aliases = vec![leader.office.to_owned()];
            let kind = ActorKind::Person;
            let country = Some(leader.country);
            self.actors.push(actor(&key, leader.name, kind, country, Some("GOV"), Some(&government), aliases));
            self.add(leader.name, index, None);
            let words: Vec<&str> = leader.name.split(' ').collect();
            if let [first, .., last] = words[..] {
                self.add(&format!("{first} {last}"), index, None);
            }
        }
    }

    fn add(&mut self, name: &str, actor: usize, country: Option<Country>) {
        let words = parts(name);
        let Some(first) = words.first().cloned() else { return };
        let exact = is_short(name).then(|| name.replace('.', ""));
        self.names.entry(first).or_default().push(Name { words, actor, exact, country, weak: false });
    }

    /// The actors of a text, by id, and where they are mentioned, in reading order.
    pub fn find(&self, words: &Words) -> (Vec<Actor>, Vec<Mention>) {
        let (mut found, mut mentions) = self.pass(words, &HashSet::new());
        let named: HashSet<ActorId> = found.keys().copied().filter(|id| self.short.contains(id)).collect();
        if !named.is_empty() {
            (found, mentions) = self.pass(words, &named);
        }
        let more = refer::find(self, words, &found, &mentions);
        for (mention, actor) in more {
            let taken = |m: &Mention| m.span.overlaps(mention.span);
            if !mentions.iter().any(taken) {
                self.add_wholes(&actor, &mut found);
                found.entry(actor.id).or_insert(actor);
                mentions.push(mention);
            }
        }
        mentions.sort_by_key(|m| (m.span.start, m.span.end));
        (found.into_values().collect(), mentions)
    }

    /// One reading of the text; `named` are the actors whose weak short forms count.
    fn pass(&self, words: &Words, named: &HashSet<ActorId>) -> (BTreeMap<ActorId, Actor>, Vec<Mention>) {
        let mut found: BTreeMap<ActorId, Actor> = BTreeMap::new();
        let mut mentions = Vec::new();
        for (index, sentence) in &words.sentences {
            let mut at = sentence.start;
            while at < sentence.end {
                let known = self.at(words, at, sentence, named);
                let Some((range, actor)) = known.or_else(|| self.of_text(words, at, sentence)) else {
                    at += 1;
                    continue;
                };
                at = range.end;
                mentions.push(mention(*index, words.span(&range), actor.id));
                self.add_wholes(&actor, &mut found);
                found.entry(actor.id).or_insert_with(|| actor.into_owned());
            }
        }
        (found, mentions)
    }

    /// The actor whose name is written otherwise here: "Kassam", "Hizbollah". Whole runs of capitalised words are held against
    /// the names that share their consonants.
    fn sounding(&self, words: &Words, start: usize, sentence: &Range<usize>) -> Option<(usize, &Actor)> {
        let free = |i: usize| words.list[i].closed.is_none() && words.list[i].verb.is_none();
        if !free(start) || start > sentence.start && words.list[start - 1].is_capital() && free(start - 1) {
            return None;
        }
        let inside = |i: &usize| {
            words.list[*i].is_capital() && free(*i)
                || matches!(words.list[*i].text, "-" | "’" | "'")
                || is_article(&words.list[*i].lower)
        };
        let stop = (start..sentence.end.min(start + 8)).take_while(inside).last()? + 1;
        (start + 1..=stop).rev().find_map(|stop| {
            let text = words.of(&(start..stop));
            let key = skeleton(text).concat();
            let score = |(name, at): &(String, usize)| (sound::alike(text, name), std::cmp::Reverse(*at));
            let scored = self.sounds.get(&key)?.iter().map(score).filter(|s| s.0 >= sound::ENOUGH);
            let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
            Some((stop, &self.actors[best.1.0]))
        })
    }

    fn of_text(&self, words: &Words, at: usize, sentence: &Range<usize>) -> Option<(Range<usize>, Cow<'_, Actor>)> {
        let (range, made) = text::from_text(words, at, sentence)?;
        // A sentence all in capitals does not tell where a name begins and ends.
        let long = || words.list[sentence.clone()].iter().filter(|w| w.text.chars().count() > 3);
        if long().count() > 3 && long().all(|w| !w.text.contains(char::is_lowercase)) {
            return None;
        }
        match self.alike(&made.name) {
            Some(known) => Some((range, Cow::Borrowed(known))),
            None => Some((range, Cow::Owned(made))),
        }
    }

    /// The actor of the lexicon whose name has nearly this skeleton: another transliteration of it.
    fn alike(&self, name: &str) -> Option<&Actor> {
        let mut words = skeleton(name);
        let last = words.pop()?;
        let rest = words.concat();
        if rest.len() < 4 {
            return None;
        }
        let score = |(other, at): &(String, usize)| (likeness(&rest, other), std::cmp::Reverse(*at));
        let scored = self.skeletons.get(&last)?.iter().map(score).filter(|s| s.0 >= 0.86);
        scored.max_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))).map(|best| &self.actors[best.1.0])
    }

    fn add_wholes(&self, actor: &Actor, found: &mut BTreeMap<ActorId, Actor>) {
        let mut next = actor.part_of;
        while let Some(whole) = next.and_then(|id| self.by_id.get(&id)).map(|at| &self.actors[*at]) {
            let new = found.insert(whole.id, whole.clone()).is_none();
            next = whole.part_of.filter(|_| new);
        }
    }

    /// The one group under arms that is a part of `whole`, if there is but one.
    fn armed_part(&self, whole: ActorId) -> Option<&Actor> {
        let mut parts = self.actors.iter().filter(|a| a.part_of == Some(whole) && a.kind == ActorKind::ArmedGroup);
        parts.next().filter(|_| parts.next().is_none())
    }

    /// The actor whose name starts at `at`.
    fn at(
        &self,
        words: &Words,
        at: usize,
        sentence: &Range<usize>,
        named: &HashSet<ActorId>,
    ) -> Option<(Range<usize>, Cow<'_, Actor>)> {
        let word = &words.list[at];
        let start = if is_article(&word.lower) && words.lower(at + 1) == "-" { at + 2 } else { at };
        let first = words
            .list
            .get(start)
            .filter(|w| start < sentence.end && (w.is_capital() || w.text.starts_with(|c: char| c.is_ascii_digit())))?;
        let counts = |n: &&Name| !n.weak || named.contains(&self.actors[n.actor].id);
        let names = self.names.get(&fold(first.text)).map_or(&[][..], Vec::as_slice);
        let hit = names.iter().filter(counts).find_map(|n| Some((n, matches(words, start, sentence.end, n)?)));
        let Some((name, end)) = hit else {
            return self.sounding(words, start, sentence).map(|(end, actor)| (at..end, Cow::Borrowed(actor)));
        };
        let actor = &self.actors[name.actor];
        match name.country {
            None => Some((at..end, Cow::Borrowed(actor))),
            Some(how) => state::country(words, at, end, sentence, actor, how).map(|(r, a)| (r, Cow::Owned(a))),
        }
    }
}

fn mention(sentence: usize, span: Span, actor: ActorId) -> Mention {
    Mention { sentence, span, kind: MentionKind::Actor(actor) }
}

/// Whether a name is short and in capitals.
fn is_short(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).count() < 6 && name.chars().all(|c| !c.is_lowercase())
}

fn actor(
    key: &str,
    name: &str,
    kind: ActorKind,
    country: Option<&str>,
    sector: Option<&str>,
    part_of: Option<&str>,
    aliases: Vec<String>,
) -> Actor {
    let id = |key: &str| ActorId::of(&[b"actor", key.as_bytes()]);
    Actor {
        id: id(key),
        name: name.to_owned(),
        kind,
        country: country.filter(|c| !c.is_empty()).map(str::to_owned),
        sector: sector.map(str::to_owned),
        part_of: part_of.map(id),
        aliases,
        public: true,
        basis: Basis::Shipped,
    }
}

fn kind(name: &str) -> ActorKind {
    match name {
        "government" => ActorKind::Government,
        "state_body" => ActorKind::StateBody,
        "armed_group" => ActorKind::ArmedGroup,
        "international" => ActorKind::International,
        "media" => ActorKind::Media,
        "office" => ActorKind::Office,
        "person" => ActorKind::Person,
        _ => ActorKind::Organisation,
    }
}

#[cfg(test)]
mod tests;
