//! People in a public role that the text itself states: "Foreign Minister Ana Torvald", "Selim Abrant, spokesman of the
//! Harrow Front". They are actors found in the text, with their role, and a part of the body that they speak or act for.
//! Nobody else is one: a person without a stated public role never becomes an actor.

use super::actor;
use crate::shallow::Words;
use hearsay_data::actors::public_role;
use hearsay_data::cues::is_title;
use hearsay_types::{Actor, ActorKind, Basis, Mention, MentionKind, NamedKind, Parsed};
use std::ops::Range;

/// The longest role has so many words.
const ROLE_WORDS: usize = 3;

/// The longest name has so many words, marks inside it counted.
const NAME_WORDS: usize = 6;

/// The public people of a text and where they are named, in reading order: at their role, and later by their full name or
/// their last.
pub fn find(words: &Words, parsed: &Parsed, actors: &[Actor], mentions: &[Mention]) -> Vec<(Mention, Actor)> {
    let reader = Reader { words, parsed, actors, mentions };
    let mut people: Vec<Person> = Vec::new();
    for (index, sentence) in &words.sentences {
        for at in sentence.clone() {
            let Some((role, sector)) = reader.role(at, sentence) else { continue };
            let person = reader.person(*index, sentence, &role, sector);
            people.extend(person.filter(|p| !people.iter().any(|o| o.actor.id == p.actor.id)));
        }
    }
    let mut out: Vec<(Mention, Actor)> = Vec::new();
    for (index, sentence) in words.sentences.iter().filter(|_| !people.is_empty()) {
        let mut at = sentence.start;
        while at < sentence.end {
            let hit = people.iter().find_map(|p| Some((p, reader.named(p, &people, *index, at, sentence)?)));
            match hit {
                Some((person, range)) => {
                    at = range.end;
                    out.push((super::mention(*index, words.span(&range), person.actor.id), person.actor.clone()));
                }
                None => at += 1,
            }
        }
    }
    out
}

/// A person in a public role.
struct Person {
    actor: Actor,
    /// The words of the name, as they are written.
    name: Vec<String>,
    /// Where the role was stated.
    from: usize,
}

struct Reader<'a> {
    words: &'a Words<'a>,
    parsed: &'a Parsed,
    actors: &'a [Actor],
    mentions: &'a [Mention],
}

impl Reader<'_> {
    /// The longest role that starts at a word.
    fn role(&self, at: usize, sentence: &Range<usize>) -> Option<(Range<usize>, &'static str)> {
        let ends = (at + 1..=sentence.end.min(at + ROLE_WORDS)).rev();
        ends.map(|end| at..end).find_map(|range| {
            let text = self.words.of(&range).to_lowercase();
            public_role(&text).map(|sector| (range, sector))
        })
    }

    /// Whose role it is: a name right behind it, or one before a comma.
    fn person(
        &self,
        sentence: usize,
        range: &Range<usize>,
        role: &Range<usize>,
        sector: &'static str,
    ) -> Option<Person> {
        let behind = role.end + usize::from(self.words.lower(role.end) == ",");
        let name = self.name(sentence, behind, range.end).or_else(|| self.name_before(sentence, range, role))?;
        let whole = self.body(range, role, &name);
        let text = self.words.of(&name);
        let (country, part_of) = match whole {
            Some(body) if body.kind == ActorKind::Office => (body.country.clone(), body.part_of),
            Some(body) => (body.country.clone(), Some(body.id)),
            None => (None, None),
        };
        let sector = if sector == "-" { whole.and_then(|w| w.sector.clone()) } else { Some(sector.to_owned()) };
        let role = self.words.of(role).to_lowercase();
        let key = format!("text:person:{}", hearsay_data::places::key(text));
        let mut made = actor(&key, text, ActorKind::Person, None, None, None, vec![role]);
        (made.country, made.sector, made.part_of, made.basis) = (country, sector, part_of, Basis::Text);
        let words = self.words.list[name.clone()].iter().map(|w| w.text.to_owned()).collect();
        Some(Person { actor: made, name: words, from: name.start })
    }

    /// A person's name of two words and more that starts at a word. Where the language engine ran, it has to see a person.
    fn name(&self, sentence: usize, start: usize, end: usize) -> Option<Range<usize>> {
        let words = &self.words.list;
        let start = (start..end.min(start + 3)).find(|i| !is_title(self.words.lower(*i)))?;
        let joint = |i: usize| {
            matches!(words[i].text, "-" | "’" | "'")
                || matches!(self.words.lower(i), "al" | "bin" | "ibn" | "de" | "van" | "el")
        };
        let is_name = |i: usize| words[i].is_capital() && !words[i].is_mark() && words[i].closed.is_none();
        let mut stop = start;
        while stop < end.min(start + NAME_WORDS)
            && (is_name(stop)
                || stop > start && joint(stop) && stop + 1 < end && (is_name(stop + 1) || joint(stop + 1)))
        {
            stop += 1;
        }
        let name = start..stop;
        let capitals = name.clone().filter(|i| is_name(*i)).count();
        let long =
            name.clone().all(|i| words[i].text.chars().any(char::is_lowercase) || words[i].text.len() < 3 || joint(i));
        let span = self.words.span(&name);
        let free = !self.mentions.iter().any(|m| m.span.overlaps(span));
        (capitals > 1 && long && free && self.is_person(sentence, &name)).then_some(name)
    }

    fn is_person(&self, sentence: usize, name: &Range<usize>) -> bool {
        let span = self.words.span(name);
        let mut named =
            self.parsed.mentions.iter().filter(|m| m.sentence == sentence && m.span.overlaps(span)).peekable();
        if !self.words.tagged {
            return true;
        }
        named.peek().is_some() && named.all(|m| m.kind == NamedKind::Person)
    }

    /// "Selim Abrant, a spokesman": the name before the comma that the role stands behind.
    fn name_before(&self, sentence: usize, range: &Range<usize>, role: &Range<usize>) -> Option<Range<usize>> {
        let comma =
            (range.start.max(role.start.saturating_sub(5))..role.start).rev().find(|i| self.words.lower(*i) == ",")?;
        let between = (comma + 1..role.start).all(|i| {
            let word = &self.words.list[i];
            word.verb.is_none_or(|_| word.is_capital())
                && !word.is_mark()
                && !matches!(&*word.lower, "and" | "who" | "said" | "but" | "which")
        });
        let first = (range.start.max(comma.saturating_sub(NAME_WORDS))..comma)
            .find(|i| self.name(sentence, *i, comma).is_some_and(|n| n.end == comma))?;
        self.name(sentence, first, comma).filter(|_| between)
    }

    /// The body that the role belongs to: named before it or with it ("Orvian foreign minister"), or behind "of" or "for".
    fn body(&self, sentence: &Range<usize>, role: &Range<usize>, name: &Range<usize>) -> Option<&Actor> {
        let span = self.words.span(role);
        let at = |found: &dyn Fn(&&Mention) -> bool| {
            self.mentions.iter().filter(found).find_map(|m| match m.kind {
                MentionKind::Actor(id) => self.actors.iter().find(|a| a.id == id),
                _ => None,
            })
        };
        let with = at(&|m| m.span.overlaps(span));
        let before = || {
            at(&|m| {
                m.span.end <= span.start
                    && span.start - m.span.end <= " 's".len()
                    && self.words.span(sentence).contains(m.span)
            })
        };
        let after = || {
            let end = [role.end, name.end].into_iter().find(|e| matches!(self.words.lower(*e), "of" | "for"))?;
            let first = end + 1 + usize::from(matches!(self.words.lower(end + 1), "the" | "a"));
            let start = self.words.list.get(first).filter(|_| first < sentence.end)?.span.start;
            at(&|m| m.span.start == start)
        };
        with.or_else(before).or_else(after)
    }

    /// Where a person's name ends that starts at a word: the full name, or, once the role was stated, the last name where no
    /// other person of the text bears it.
    fn named(
        &self,
        person: &Person,
        people: &[Person],
        index: usize,
        at: usize,
        sentence: &Range<usize>,
    ) -> Option<Range<usize>> {
        let full = at + person.name.len();
        let free = |range: &Range<usize>| !self.mentions.iter().any(|m| m.span.overlaps(self.words.span(range)));
        let same =
            full <= sentence.end && person.name.iter().enumerate().all(|(i, w)| self.words.list[at + i].text == *w);
        if same {
            return Some(at..full).filter(free);
        }
        let last = person.name.last().filter(|l| at > person.from && self.words.list[at].text == **l)?;
        let alone = |i: usize| {
            self.words
                .list
                .get(i)
                .is_none_or(|w| !sentence.contains(&i) || !w.is_capital() || w.closed.is_some() || is_title(&w.lower))
        };
        let only = people.iter().filter(|p| p.name.last() == Some(last)).count() == 1;
        let known = !self.words.tagged || self.is_person(index, &(at..at + 1));
        let before = at.checked_sub(1).is_none_or(alone);
        Some(at..at + 1).filter(|r| only && known && before && alone(at + 1) && free(r))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::{Knowledge, resolve};
    use hearsay_types::{ActorId, Article};

    /// The people of a text that are actors: name, role, and what they are a part of.
    fn people(text: &str) -> Vec<(String, String, String)> {
        let article = Article::plain(text);
        let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
        let entities = resolve(&article, &parsed, &Knowledge::shipped());
        let whole =
            |id: Option<ActorId>| id.and_then(|id| entities.actor(id)).map_or(String::new(), |a| a.name.clone());
        let people = entities.actors.iter().filter(|a| a.kind == ActorKind::Person && a.basis == Basis::Text);
        people.map(|a| (a.name.clone(), a.aliases.join("|"), whole(a.part_of))).collect()
    }

    fn one(name: &str, role: &str, whole: &str) -> Vec<(String, String, String)> {
        vec![(name.to_owned(), role.to_owned(), whole.to_owned())]
    }

    #[test]
    fn a_stated_public_role_makes_an_actor() {
        assert_eq!(
            people("Syrian Foreign Minister Faris Haddun left."),
            one("Faris Haddun", "foreign minister", "Syria")
        );
        assert_eq!(
            people("The Harrow Liberation Front spokesman Selim Abrant left. Abrant came back."),
            one("Selim Abrant", "spokesman", "Harrow Liberation Front")
        );
        assert_eq!(
            people("Selim Abrant, a spokesman for the Harrow Liberation Front, left."),
            one("Selim Abrant", "spokesman", "Harrow Liberation Front")
        );
    }

    #[test]
    fn nobody_else_is_an_actor() {
        assert!(people("The baker Ishmet Dorrun spoke. Mona Teller, a farmer, wept. Ana Ruel said so.").is_empty());
        assert!(people("The minister said Monday that he left. The General Assembly met.").is_empty());
    }

    #[test]
    fn the_last_name_stands_for_one_person_alone() {
        let text = "Mayor Ana Ruel met Governor Sten Ruel. Ruel left. Ana Ruel stayed.";
        let article = Article::plain(text);
        let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
        let entities = resolve(&article, &parsed, &Knowledge::shipped());
        let named: Vec<&str> = entities
            .mentions
            .iter()
            .filter(|m| matches!(m.kind, MentionKind::Actor(_)))
            .map(|m| m.span.of(text))
            .collect();
        assert_eq!(named, ["Ana Ruel", "Sten Ruel", "Ana Ruel"]);
    }
}
