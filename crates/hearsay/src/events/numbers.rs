//! Numbers that a clause tells: how many were killed, wounded, arrested.

use super::find::Act;
use crate::shallow::{Words, number_word};
use hearsay_types::{Number, NumberKind};
use std::ops::Range;

/// The numbers of an act: in its object or subject, or right before a participle of harm in its sentence.
pub fn find(words: &Words, act: &Act, sentence: &Range<usize>) -> Vec<Number> {
    let mut out = Vec::new();
    if let (Some(kind), Some(range)) = (kind_of(act.trigger.lemma), act.recipients.first()) {
        out.extend(in_phrase(words, range, kind, sentence.start));
    }
    for (lemma, range) in &act.harm {
        let kind = kind_of(lemma).filter(|k| out.iter().all(|n: &Number| n.kind != *k));
        out.extend(kind.and_then(|kind| in_phrase(words, range, kind, sentence.start)));
    }
    for at in act.at + 1..act.end {
        let other =
            words.list[at].verb.and_then(|v| kind_of(v.lemma)).filter(|k| out.iter().all(|n: &Number| n.kind != *k));
        if let Some(kind) = other {
            let from = at.saturating_sub(5).max(act.at + 1);
            let to = (at + 4).min(act.end);
            out.extend(
                in_phrase(words, &(from..at), kind, from).or_else(|| in_phrase(words, &(at + 1..to), kind, at + 1)),
            );
        }
    }
    out
}

fn kind_of(lemma: &str) -> Option<NumberKind> {
    Some(match lemma {
        "kill" | "murder" | "assassinate" | "execute" | "massacre" | "behead" | "slaughter" | "die" => {
            NumberKind::Killed
        }
        "wound" | "injure" => NumberKind::Wounded,
        "displace" => NumberKind::Displaced,
        "arrest" | "detain" | "jail" | "imprison" => NumberKind::Arrested,
        "abduct" | "kidnap" => NumberKind::Abducted,
        "release" | "free" => NumberKind::Released,
        _ => return None,
    })
}

fn in_phrase(words: &Words, range: &Range<usize>, kind: NumberKind, from: usize) -> Option<Number> {
    let at = range.clone().find(|i| value(words, *i).is_some())?;
    let value = value(words, at)?;
    let low = |n: usize| at.checked_sub(n).filter(|i| *i + 3 >= from).map_or("", |i| words.lower(i));
    let (least, most) = match (low(2), low(1)) {
        ("at", "least") | ("more", "than") => (Some(value), None),
        ("up", "to") | ("at", "most") | ("fewer" | "less", "than") => (None, Some(value)),
        (_, "over") => (Some(value), None),
        _ => (Some(value), Some(value)),
    };
    Some(Number { kind, span: words.list[at].span, low: least, high: most })
}

fn value(words: &Words, at: usize) -> Option<u64> {
    let word = words.lower(at);
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.replace(',', "").parse().ok();
    }
    number_word(word)
}
