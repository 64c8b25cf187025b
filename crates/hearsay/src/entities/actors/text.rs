//! Actors that only the text knows: a name that says what kind of body it is.

use super::actor;
use super::names::is_article;
use crate::shallow::{Word, Words};
use hearsay_data::cues::organisation_word;
use hearsay_types::{Actor, ActorKind, Basis};
use std::ops::Range;

/// A capitalised name of two words and more that says what kind of body it is.
pub fn from_text(words: &Words, at: usize, sentence: &Range<usize>) -> Option<(Range<usize>, Actor)> {
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
        let article = is_article(&word.lower)
            && words.lower(end + 1) == "-"
            && words.list.get(end + 2).is_some_and(Word::is_capital);
        if !(word.is_capital() && !word.is_mark() || of || the || hyphen || article) {
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
