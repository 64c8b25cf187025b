//! What refers to an actor named before: "the group", "its military wing", a short form in brackets.

use super::Lexicon;
use crate::shallow::{Word, Words};
use hearsay_types::{Actor, ActorId, ActorKind, Mention, MentionKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// How many sentences back a noun can refer.
const REACH: usize = 3;

/// Mentions by other words, with their actors.
pub fn find(
    lexicon: &Lexicon,
    words: &Words,
    found: &BTreeMap<ActorId, Actor>,
    mentions: &[Mention],
) -> Vec<(Mention, Actor)> {
    let reader = Reader { lexicon, words, found, mentions };
    let mut out = Vec::new();
    for (nth, (index, sentence)) in words.sentences.iter().enumerate() {
        for at in sentence.clone() {
            let hit = reader.wing(nth, at, sentence).or_else(|| reader.noun(nth, at, sentence));
            if let Some((range, actor)) = hit {
                out.push((super::mention(*index, words.span(&range), actor.id), actor));
            }
        }
    }
    out.extend(reader.short_forms());
    out
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    words: &'a Words<'a>,
    found: &'a BTreeMap<ActorId, Actor>,
    mentions: &'a [Mention],
}

impl Reader<'_> {
    /// "the group", "the Islamist movement": the group that the text spoke of last.
    fn noun(&self, nth: usize, at: usize, sentence: &Range<usize>) -> Option<(Range<usize>, Actor)> {
        if !matches!(self.words.lower(at), "the" | "this" | "that") {
            return None;
        }
        let is_plain = |w: &Word| w.closed.is_none() && !w.is_mark() && !w.is_capital();
        let noun = (at + 1..sentence.end.min(at + 4))
            .take_while(|i| is_plain(&self.words.list[*i]) || i == &(at + 1))
            .find(|i| is_group_noun(self.words.lower(*i)))?;
        let next = self.words.list.get(noun + 1).filter(|_| noun + 1 < sentence.end);
        if next.is_some_and(|n| n.is_capital() || matches!(&*n.lower, "of" | "that" | "-")) {
            return None;
        }
        let actor = self.last_group(nth, at, self.words.lower(noun))?;
        Some((at..noun + 1, actor.clone()))
    }

    /// "its military wing", "Hamas' armed wing", "the military wing of Hamas": its one part under arms.
    fn wing(&self, nth: usize, at: usize, sentence: &Range<usize>) -> Option<(Range<usize>, Actor)> {
        let wing = matches!(self.words.lower(at), "military" | "armed") && self.words.lower(at + 1) == "wing";
        if !wing || at + 1 >= sentence.end {
            return None;
        }
        let before = at.checked_sub(1).filter(|b| *b >= sentence.start)?;
        let whole = match self.words.lower(before) {
            "its" | "their" => self.last_group(nth, before, "group")?.id,
            "the" if self.words.lower(at + 2) == "of" => self.actor_at(at + 3, sentence)?,
            _ => self
                .mentions
                .iter()
                .rev()
                .find(|m| {
                    let end = self.words.list[before].span.end;
                    m.span.end <= end && end - m.span.end <= "’s".len()
                })
                .and_then(id)?,
        };
        Some((at..at + 2, self.lexicon.armed_part(whole)?.clone()))
    }

    fn actor_at(&self, at: usize, sentence: &Range<usize>) -> Option<ActorId> {
        let start = self.words.list.get(at).filter(|_| at < sentence.end)?.span.start;
        self.mentions.iter().find(|m| m.span.start == start).and_then(id)
    }

    /// The group spoken of last before `at`: the nearest before it in its own sentence, else the first of an earlier one.
    fn last_group(&self, nth: usize, at: usize, noun: &str) -> Option<&Actor> {
        let here = self.words.list[at].span.start;
        for back in nth.saturating_sub(REACH)..=nth {
            let earlier = nth - (back - nth.saturating_sub(REACH));
            let index = self.words.sentences[earlier].0;
            let fits = |m: &&Mention| m.sentence == index && m.span.end <= here;
            let mut groups = self
                .mentions
                .iter()
                .filter(fits)
                .filter_map(|m| self.found.get(&id(m)?))
                .filter(|a| is_called(a, noun));
            let hit = if earlier == nth { groups.next_back() } else { groups.next() };
            if hit.is_some() {
                return hit;
            }
        }
        None
    }

    /// Short forms that the text itself gives in brackets: "the Harrow Liberation Front (HLF)".
    fn short_forms(&self) -> Vec<(Mention, Actor)> {
        let mut forms: BTreeMap<&str, &Actor> = BTreeMap::new();
        for mention in self.mentions {
            let after = self.words.list.partition_point(|w| w.span.start < mention.span.end);
            let form = self.words.list.get(after + 1).map_or("", |w| w.text);
            let bracketed = self.words.lower(after) == "(" && self.words.lower(after + 2) == ")";
            let capital = form.len() > 1 && form.chars().all(char::is_uppercase);
            if let Some(actor) = id(mention).and_then(|i| self.found.get(&i)).filter(|_| bracketed && capital) {
                forms.entry(form).or_insert(actor);
            }
        }
        let mut out = Vec::new();
        for (index, sentence) in self.words.sentences.iter().filter(|_| !forms.is_empty()) {
            for word in &self.words.list[sentence.clone()] {
                if let Some(actor) = forms.get(word.text) {
                    out.push((super::mention(*index, word.span, actor.id), (*actor).clone()));
                }
            }
        }
        out
    }
}

fn id(mention: &Mention) -> Option<ActorId> {
    match mention.kind {
        MentionKind::Actor(id) => Some(id),
        _ => None,
    }
}

fn is_group_noun(word: &str) -> bool {
    matches!(
        word,
        "group"
            | "movement"
            | "organization"
            | "organisation"
            | "militia"
            | "faction"
            | "brigades"
            | "party"
            | "militants"
    )
}

/// Whether a noun can stand for an actor.
fn is_called(actor: &Actor, noun: &str) -> bool {
    match noun {
        "party" => actor.sector.as_deref() == Some("PTY"),
        "organization" | "organisation" => {
            matches!(actor.kind, ActorKind::ArmedGroup | ActorKind::Organisation | ActorKind::International)
        }
        _ => matches!(actor.kind, ActorKind::ArmedGroup) || actor.kind == ActorKind::Organisation && noun == "group",
    }
}
