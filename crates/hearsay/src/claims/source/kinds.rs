//! What kind of thing a source is, how it is named, and whether a reader cannot know who it is.

use super::names::is_name_word;
use super::phrase::Parts;
use super::{Resolver, kind_named};
use hearsay_data::cues::{SourceNoun, is_plural_source, organisation_word, source_noun};
use hearsay_data::words::Closed;
use hearsay_types::{ActorKind, NamedKind, Naming, SourceKind};
use std::ops::Range;

/// Kind, naming, and whether it is anonymous.
type Read = (SourceKind, Naming, bool);

impl Resolver<'_> {
    /// What a phrase alone tells.
    pub(super) fn kind(&self, range: &Range<usize>, parts: &Parts, noun: Option<SourceNoun>) -> Read {
        if let Some(name) = &parts.name {
            return self.kind_of_name(range, name);
        }
        if self.is_bare(range) {
            let kind = noun.map_or(SourceKind::Unknown, |n| kind_named(n.kind));
            return (if kind == SourceKind::Public { kind } else { SourceKind::Unknown }, Naming::Bare, true);
        }
        match noun {
            Some(noun) => self.kind_of_noun(range, parts, noun),
            None => self.kind_of_unknown(range, parts),
        }
    }

    fn kind_of_name(&self, range: &Range<usize>, name: &Range<usize>) -> Read {
        let words = self.words;
        let text = words.of(name);
        let by_word = name.clone().rev().find_map(|i| organisation_word(words.lower(i))).map(kind_named);
        let acronym = text.len() > 1 && text.len() < 6 && text.chars().all(|c| c.is_uppercase() || c == '.');
        let guess = by_word.unwrap_or(if acronym { SourceKind::Organisation } else { SourceKind::Person });
        let kind = self.mentioned(name).unwrap_or(guess);
        // "the state agency ZNA": an outlet by the noun that leads its name.
        let led = (range.start..name.start).any(|i| source_noun(words.lower(i)).is_some_and(|n| n.naming == "outlet"))
            || words.lower(name.start.wrapping_sub(1)) == "agency" && name.start > range.start;
        if led && kind != SourceKind::Person {
            return (SourceKind::Media, Naming::Outlet, false);
        }
        (kind, if kind == SourceKind::Media { Naming::Outlet } else { Naming::Named }, false)
    }

    /// What the engine's mention that ends a name says of it.
    fn mentioned(&self, name: &Range<usize>) -> Option<SourceKind> {
        let span = self.words.span(name);
        let last = self.words.list[name.end - 1].span;
        let (_, kind) = self.mentions.iter().find(|(s, _)| s.overlaps(span) && s.overlaps(last))?;
        Some(match kind {
            NamedKind::Person => SourceKind::Person,
            NamedKind::Organisation | NamedKind::Facility => SourceKind::Organisation,
            NamedKind::ArmedGroup => SourceKind::ArmedGroup,
            NamedKind::Government | NamedKind::Place => SourceKind::Government,
            NamedKind::Media => SourceKind::Media,
            _ => return None,
        })
    }

    /// "a source", "the same person", "one", "others": nothing that narrows it.
    fn is_bare(&self, range: &Range<usize>) -> bool {
        let words = self.words;
        let empty = |i: usize| {
            words.list[i].is_any(&[Closed::Det, Closed::Num, Closed::Adj])
                || words.list[i].is_number()
                || matches!(
                    words.lower(i),
                    "same" | "other" | "another" | "third" | "second" | "several" | "some" | "many" | "few" | "more"
                )
        };
        let head = words.lower(range.end - 1);
        let open = matches!(
            head,
            "one"
                | "others"
                | "other"
                | "some"
                | "someone"
                | "somebody"
                | "many"
                | "most"
                | "nobody"
                | "everyone"
                | "third"
                | "another"
                | "both"
        );
        let source = matches!(head, "source" | "sources" | "person" | "people" | "insider" | "insiders");
        (open || source && range.len() < 4) && (range.start..range.end - 1).all(empty)
    }

    fn kind_of_noun(&self, range: &Range<usize>, parts: &Parts, noun: SourceNoun) -> Read {
        let words = self.words;
        let modified = range.len() > 1 + usize::from(words.list[range.start].is(Closed::Det));
        let head = parts.head.unwrap_or(range.start);
        let plural = is_plural_source(words.lower(head));
        let kind = self.behind(range, kind_named(noun.kind));
        let naming = match noun.naming {
            "bare" => Naming::Described,
            "outlet" if modified && self.is_narrowed(range, head) => Naming::Outlet,
            "outlet" if plural || words.lower(head) == "press" => Naming::Collective,
            "outlet" => Naming::Described,
            "institution" if kind == SourceKind::Document => Naming::Described,
            "institution" if self.is_narrowed(range, head) => Naming::Named,
            "institution" if matches!(kind, SourceKind::Government | SourceKind::ArmedGroup) => Naming::Collective,
            "institution" => Naming::Described,
            _ if plural && self.counted(range) => Naming::Described,
            "collective" if plural => Naming::Collective,
            _ if plural && range.len() == 1 => Naming::Collective,
            _ => Naming::Described,
        };
        let office = noun.kind == "office" && words.list[range.start].is_any(&[Closed::Num]);
        (kind, naming, noun.anonymous || office)
    }

    /// What stands behind a noun that can serve several: "a spokesman for the rebels", "a military source", "tribal sources".
    fn behind(&self, range: &Range<usize>, kind: SourceKind) -> SourceKind {
        const STATE: [&str; 14] = [
            "military",
            "security",
            "police",
            "army",
            "intelligence",
            "government",
            "governmental",
            "ministerial",
            "diplomatic",
            "presidential",
            "judicial",
            "official",
            "customs",
            "palace",
        ];
        const ARMED: [&str; 10] = [
            "rebel",
            "rebels",
            "militia",
            "militias",
            "guerrilla",
            "guerrillas",
            "militant",
            "militants",
            "insurgent",
            "insurgents",
        ];
        let words = self.words;
        let any = |list: &[&str]| range.clone().any(|i| list.contains(&words.lower(i)));
        match kind {
            SourceKind::Office | SourceKind::Government | SourceKind::Person => {
                let group = self.entities.actors_in(words.span(range)).any(|(_, a)| a.kind == ActorKind::ArmedGroup);
                let named =
                    self.mentions.iter().any(|(s, k)| *k == NamedKind::ArmedGroup && words.span(range).contains(*s));
                if group || named || any(&ARMED) { SourceKind::ArmedGroup } else { kind }
            }
            SourceKind::Unknown => {
                let inside = range.clone().any(|i| source_noun(words.lower(i)).is_some_and(|n| n.kind == "government"));
                match () {
                    () if any(&ARMED) => SourceKind::ArmedGroup,
                    () if any(&STATE) || inside => SourceKind::Government,
                    () if any(&["tribal", "local", "residents", "villagers"]) => SourceKind::Public,
                    () => kind,
                }
            }
            _ => kind,
        }
    }

    /// Whether an institution is told by a name, or is the only one of its kind: "the Velmaran army", "the interior ministry", "the
    /// authorities in Dhumra".
    fn is_narrowed(&self, range: &Range<usize>, head: usize) -> bool {
        let words = self.words;
        let before = (range.start..head).any(|i| is_name_word(words, i));
        let unique = matches!(words.lower(head), "ministry" | "department" | "presidency" | "directorate")
            && (words.lower(head) == "presidency" || head > range.start && words.list[head - 1].closed.is_none());
        let placed = matches!(words.lower(head + 1), "in" | "of" | "for")
            && (head + 2..range.end.min(head + 5)).any(|i| is_name_word(words, i));
        before || unique || placed
    }

    /// "two residents": a few that are counted.
    fn counted(&self, range: &Range<usize>) -> bool {
        let word = self.words.lower(range.start);
        crate::shallow::number_word(word).is_some_and(|n| n <= 10) || word.parse::<u32>().is_ok_and(|n| n <= 10)
    }

    fn kind_of_unknown(&self, range: &Range<usize>, parts: &Parts) -> Read {
        let words = self.words;
        let Some(head) = parts.head else { return (SourceKind::Unknown, Naming::Described, false) };
        let word = words.lower(head);
        let plural = word.ends_with('s') && !word.ends_with("ss") && word.len() > 3
            || matches!(word, "women" | "men" | "children");
        let people = is_of_people(word);
        let kind = if people { SourceKind::Public } else { SourceKind::Unknown };
        if plural && !self.counted(range) {
            return (kind, Naming::Collective, people);
        }
        (kind, Naming::Described, people)
    }
}

/// Whether a noun tells by its ending that it names people by what they do.
fn is_of_people(word: &str) -> bool {
    let one = word.strip_suffix('s').unwrap_or(word);
    let ending =
        ["er", "or", "ist", "ian", "ee", "man", "woman", "men", "women", "ant", "eur"].iter().any(|e| one.ends_with(e));
    ending
        && !matches!(
            one,
            "paper"
                | "number"
                | "letter"
                | "order"
                | "matter"
                | "power"
                | "border"
                | "weather"
                | "committee"
                | "banner"
                | "tower"
                | "river"
                | "chapter"
                | "ledger"
                | "register"
                | "poster"
                | "monitor"
                | "sector"
                | "factor"
        )
}
