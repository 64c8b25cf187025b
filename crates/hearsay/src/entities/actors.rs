//! Actors: which governments, bodies, groups and media does the text name?
//!
//! The longest name of the lexicon wins. Names meet under a fold that lets transliterations meet; short names in capitals
//! must stand in capitals, and no name is found in common words. A name that is in no lexicon and says its kind ("the
//! Harrow Front") is an actor found in the text. People are no actors here.

use crate::shallow::{Word, Words};
use hearsay_data::actors::{Body, bodies, countries, groups};
use hearsay_data::cues::{cue, organisation_word};
use hearsay_data::words::Closed;
use hearsay_types::{Actor, ActorId, ActorKind, Basis, Mention, MentionKind};
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// A name of the lexicon: its folded words, and what it stands for.
struct Name {
    words: Vec<String>,
    actor: usize,
    /// The name as it must be written, where it is short and in capitals.
    exact: Option<String>,
    /// Whether it is a country's name or adjective, behind which a body of its state can stand.
    country: Option<Country>,
}

#[derive(Clone, Copy, PartialEq)]
enum Country {
    Name,
    Adjective,
    Capital,
}

/// The actors that are known beforehand.
pub struct Lexicon {
    actors: Vec<Actor>,
    names: HashMap<String, Vec<Name>>,
}

impl Lexicon {
    /// What ships.
    pub fn shipped() -> Self {
        let mut out = Lexicon { actors: Vec::new(), names: HashMap::new() };
        let mut adjectives: HashMap<&str, usize> = HashMap::new();
        countries().iter().flat_map(|c| &c.adjectives).for_each(|a| *adjectives.entry(a).or_default() += 1);
        for country in countries() {
            let index = out.actors.len();
            let others = country.others.iter().map(|o| (*o).to_owned()).collect();
            out.actors.push(actor(
                &format!("gov:{}", country.alpha3),
                country.name,
                ActorKind::Government,
                Some(country.alpha3),
                Some("GOV"),
                None,
                others,
            ));
            for name in std::iter::once(&country.name).chain(&country.others) {
                out.add(name, index, Some(Country::Name));
            }
            for adjective in country.adjectives.iter().filter(|a| adjectives[*a] == 1) {
                out.add(adjective, index, Some(Country::Adjective));
            }
            if country.capital != country.name && !country.capital.is_empty() {
                out.add(country.capital, index, Some(Country::Capital));
            }
        }
        for group in groups() {
            let index = out.actors.len();
            let aliases = group.aliases.iter().map(|a| (*a).to_owned()).collect();
            out.actors.push(actor(
                group.key,
                group.name,
                kind(group.kind),
                group.country,
                group.sector,
                group.part_of,
                aliases,
            ));
            for name in std::iter::once(&group.name).chain(&group.aliases) {
                out.add(name, index, None);
            }
        }
        out.names
            .values_mut()
            .for_each(|list| list.sort_by_key(|n| (std::cmp::Reverse(n.words.len()), n.country.is_some(), n.actor)));
        out
    }

    fn add(&mut self, name: &str, actor: usize, country: Option<Country>) {
        let words = parts(name);
        let Some(first) = words.first().cloned() else { return };
        let short = name.chars().filter(|c| c.is_alphabetic()).count() < 6 && name.chars().all(|c| !c.is_lowercase());
        self.names.entry(first).or_default().push(Name {
            words,
            actor,
            exact: short.then(|| name.replace('.', "")),
            country,
        });
    }

    /// The actors of a text, by id, and where they are mentioned, in reading order.
    pub fn find(&self, words: &Words) -> (Vec<Actor>, Vec<Mention>) {
        let mut found: BTreeMap<ActorId, Actor> = BTreeMap::new();
        let mut mentions = Vec::new();
        for (index, sentence) in &words.sentences {
            let mut at = sentence.start;
            while at < sentence.end {
                let Some((range, actor)) = self.at(words, at, sentence).or_else(|| from_text(words, at, sentence))
                else {
                    at += 1;
                    continue;
                };
                at = range.end;
                mentions.push(Mention {
                    sentence: *index,
                    span: words.span(&range),
                    kind: MentionKind::Actor(actor.id),
                });
                self.add_wholes(&actor, &mut found);
                found.entry(actor.id).or_insert(actor);
            }
        }
        (found.into_values().collect(), mentions)
    }

    fn add_wholes(&self, actor: &Actor, found: &mut BTreeMap<ActorId, Actor>) {
        let mut next = actor.part_of;
        while let Some(whole) = next.and_then(|id| self.actors.iter().find(|a| a.id == id)) {
            next = whole.part_of.filter(|_| found.insert(whole.id, whole.clone()).is_none());
        }
    }

    /// The actor whose name starts at `at`.
    fn at(&self, words: &Words, at: usize, sentence: &Range<usize>) -> Option<(Range<usize>, Actor)> {
        let word = &words.list[at];
        let start = if is_article(&word.lower) && words.lower(at + 1) == "-" { at + 2 } else { at };
        let first = words
            .list
            .get(start)
            .filter(|w| start < sentence.end && (w.is_capital() || w.text.starts_with(|c: char| c.is_ascii_digit())))?;
        let names = self.names.get(&fold(first.text))?;
        let (name, end) = names.iter().find_map(|n| Some((n, matches(words, start, sentence.end, n)?)))?;
        let actor = &self.actors[name.actor];
        let range = at..end;
        match name.country {
            None => Some((range, actor.clone())),
            Some(how) => country(words, at, end, sentence, actor, how),
        }
    }
}

/// A country's name or adjective: alone the government, with a noun a body of the state.
fn country(
    words: &Words,
    at: usize,
    end: usize,
    sentence: &Range<usize>,
    government: &Actor,
    how: Country,
) -> Option<(Range<usize>, Actor)> {
    let behind = end + usize::from(how != Country::Adjective && matches!(words.lower(end), "'s" | "’s" | "'" | "’"));
    if let Some((body, stop)) = body(words, behind, sentence.end).filter(|_| how != Country::Capital) {
        return Some((at..stop, of_state(government, body)));
    }
    let before = at.checked_sub(1).filter(|b| *b >= sentence.start).map_or("", |b| words.lower(b));
    let located = matches!(
        before,
        "in" | "near" | "across" | "inside" | "throughout" | "into" | "from" | "outside" | "around" | "within" | "at"
    );
    let acts = words.list.get(end).is_some_and(|w| {
        end < sentence.end
            && (w.is_any(&[Closed::Have, Closed::Modal]) || w.verb.is_some_and(|v| cue(v.lemma).is_some()))
    });
    let alone = match how {
        Country::Name => !located,
        Country::Capital => acts && !located && !matches!(before, "of" | "," | "to" | "on" | "and"),
        Country::Adjective => false,
    };
    alone.then(|| (at..end, government.clone()))
}

fn body(words: &Words, at: usize, end: usize) -> Option<(&'static Body, usize)> {
    bodies()
        .iter()
        .filter_map(|b| {
            let count = b.phrase.split(' ').count();
            let same = at + count <= end && b.phrase.split(' ').enumerate().all(|(i, w)| words.lower(at + i) == w);
            same.then_some((b, at + count))
        })
        .max_by_key(|b| b.1)
}

fn of_state(government: &Actor, body: &Body) -> Actor {
    if body.kind == "government" {
        return government.clone();
    }
    let country = government.country.clone().unwrap_or_default();
    let mut out = actor(
        &format!("{}:{country}", body.name),
        &format!("{} {}", government.name, body.name),
        kind(body.kind),
        Some(&country),
        Some(body.sector),
        None,
        Vec::new(),
    );
    out.part_of = (body.kind != "armed_group" && body.sector != "OPP" && body.sector != "CVL" && body.sector != "MED")
        .then_some(government.id);
    out
}

/// Where a name that starts at `start` ends, if it stands there.
fn matches(words: &Words, start: usize, end: usize, name: &Name) -> Option<usize> {
    if let Some(exact) = &name.exact {
        let text = words.list[start].text.replace('.', "");
        return (text == *exact).then_some(start + 1);
    }
    let mut at = start;
    for (i, wanted) in name.words.iter().enumerate() {
        while i > 0 && at < end && is_joint(&words.list[at]) {
            at += 1;
        }
        if at >= end || fold(words.list[at].text) != *wanted || (i == 0 && !words.list[at].is_capital()) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// What folds to nothing inside a name: hyphens, apostrophes, the Arabic article.
fn is_joint(word: &Word) -> bool {
    matches!(word.text, "-" | "'" | "’" | "–") || is_article(&word.lower)
}

fn is_article(word: &str) -> bool {
    matches!(word, "al" | "el" | "ad" | "ed" | "ez" | "ul" | "ash" | "an")
}

/// The folded words of a name.
fn parts(name: &str) -> Vec<String> {
    name.replace("'s", " s")
        .replace("’s", " s")
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '(' | ')'))
        .filter(|w| !w.is_empty())
        .enumerate()
        .filter(|(i, w)| {
            !is_article(&w.to_lowercase()) || *i > 0 && w.chars().next().is_some_and(char::is_uppercase) && w.len() > 3
        })
        .map(|(_, w)| fold(w))
        .filter(|w| !w.is_empty())
        .collect()
}

/// A word as transliterations of it meet: no marks, no doubled letters, "ee" and "i", "ou" and "u", "e" and "i", "o" and "u" alike
/// in longer words.
fn fold(word: &str) -> String {
    let plain: String = hearsay_data::places::key(word).chars().filter(|c| c.is_alphanumeric()).collect();
    if plain.len() < 5 || !plain.is_ascii() {
        return plain;
    }
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        let c = match c {
            'e' | 'y' => 'i',
            'o' => 'u',
            c => c,
        };
        let vowel = |c: char| matches!(c, 'a' | 'i' | 'u');
        let last = out.chars().next_back();
        if last == Some(c) || last.is_some_and(|l| vowel(l) && vowel(c)) {
            continue;
        }
        out.push(c);
    }
    out
}

/// A capitalised name of two words and more that says what kind of body it is.
fn from_text(words: &Words, at: usize, sentence: &Range<usize>) -> Option<(Range<usize>, Actor)> {
    let first = &words.list[at];
    if !first.is_capital()
        || first.closed.is_some()
        || at > sentence.start && words.list[at - 1].is_capital() && words.list[at - 1].closed.is_none()
    {
        return None;
    }
    let mut end = at + 1;
    while end < sentence.end.min(at + 8) {
        let word = &words.list[end];
        let of = matches!(&*word.lower, "of" | "for")
            && is_body(words, end - 1)
            && words.list.get(end + 1).is_some_and(|n| n.is_capital() || &*n.lower == "the");
        let the = &*word.lower == "the" && matches!(words.lower(end - 1), "of" | "for");
        let hyphen = word.text == "-" && words.list.get(end + 1).is_some_and(Word::is_capital);
        if !(word.is_capital() && !word.is_mark() || of || the || hyphen) {
            break;
        }
        end += 1;
    }
    let range = at..end;
    let named =
        range.clone().rev().find_map(|i| organisation_word(words.lower(i)).filter(|_| words.list[i].is_capital()));
    if range.len() < 2 || (named.is_none()) || !words.list[end - 1].is_capital() {
        return None;
    }
    let text = words.of(&range);
    let kind = match named? {
        "government" => ActorKind::StateBody,
        "media" => ActorKind::Media,
        "armed_group" => ActorKind::ArmedGroup,
        _ => ActorKind::Organisation,
    };
    let sector = match kind {
        ActorKind::Media => Some("MED"),
        ActorKind::ArmedGroup => Some("REB"),
        ActorKind::StateBody => Some("GOV"),
        _ => None,
    };
    let mut found =
        actor(&format!("text:{}", hearsay_data::places::key(text)), text, kind, None, sector, None, Vec::new());
    found.basis = Basis::Text;
    Some((range, found))
}

/// Whether the word names a body that "of" goes on with: "Ministry of Defence", but not "Guards of the Front".
fn is_body(words: &Words, at: usize) -> bool {
    let word = words.lower(at);
    organisation_word(word).is_some()
        && !matches!(word, "guard" | "guards" | "forces" | "police" | "rebels" | "resistance" | "state" | "states")
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
mod tests {
    use super::*;
    use hearsay_types::Article;

    fn names(text: &str) -> Vec<(String, String)> {
        let article = Article::plain(text);
        let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
        let (actors, mentions) = Lexicon::shipped().find(&Words::of_body(&article, &parsed));
        let name = |m: &Mention| match m.kind {
            MentionKind::Actor(id) => actors.iter().find(|a| a.id == id).map_or(String::new(), |a| a.name.clone()),
            _ => String::new(),
        };
        mentions.iter().map(|m| (m.span.of(text).to_owned(), name(m))).collect()
    }

    #[test]
    fn spellings_of_one_name_meet() {
        for spelling in [
            "Ezzedine al-Qassam Brigades",
            "Izz ad-Din al-Qassam Brigades",
            "Qassam Brigades",
            "Ezzedeen Al-Qassam Brigades",
        ] {
            assert_eq!(names(&format!("The {spelling} left."))[0].1, "Qassam Brigades", "{spelling}");
        }
    }

    #[test]
    fn countries_act_and_lie() {
        assert_eq!(names("Jordan expelled the group in Syria.").len(), 1);
        assert_eq!(
            names("The Israeli army and Israel's air force struck.").iter().map(|n| n.1.as_str()).collect::<Vec<_>>(),
            ["Israel Defense Forces", "Israel air force"]
        );
        assert_eq!(names("Doha said it would go to Doha."), [("Doha".to_owned(), "Qatar".to_owned())]);
        assert!(names("They told us who will go.").is_empty());
    }

    #[test]
    fn a_name_that_says_its_kind_is_an_actor_of_the_text() {
        assert_eq!(
            names("Fighters of the Harrow Liberation Front fled."),
            [("Harrow Liberation Front".to_owned(), "Harrow Liberation Front".to_owned())]
        );
    }
}
