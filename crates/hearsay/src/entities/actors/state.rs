//! Governments and bodies of states: "Damascus said", "the Israeli army", "Iran's foreign ministry".

use super::names::Country;
use super::{actor, kind};
use crate::shallow::Words;
use hearsay_data::actors::{Body, bodies};
use hearsay_data::cues::cue;
use hearsay_data::words::Closed;
use hearsay_types::Actor;
use std::ops::Range;

/// A country's name or adjective: alone the government, with a noun a body of the state.
pub fn country(
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

/// The longest phrase for a body of a state at `at`, and where it ends.
pub fn body(words: &Words, at: usize, end: usize) -> Option<(&'static Body, usize)> {
    bodies()
        .iter()
        .filter_map(|b| {
            let count = b.phrase.split(' ').count();
            let same = at + count <= end && b.phrase.split(' ').enumerate().all(|(i, w)| words.lower(at + i) == w);
            same.then_some((b, at + count))
        })
        .max_by_key(|b| b.1)
}

/// The body of a state as an actor; the government itself for words like "regime".
pub fn of_state(government: &Actor, body: &Body) -> Actor {
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
