//! Acts that a noun names: "the arrest of an official", "Orvian air strikes on the port". Only where the noun has a doer or a
//! sufferer of its own.

use super::find::{Act, noun_phrase};
use crate::shallow::Words;
use crate::shallow::quotes::Quotations;
use hearsay_data::triggers::{Trigger, noun_triggers};
use hearsay_data::words::Closed;
use std::ops::Range;

/// The acts that nouns of a sentence name.
pub fn acts(words: &Words, quotes: &Quotations, sentence: &Range<usize>) -> Vec<Act> {
    sentence.clone().filter_map(|at| act(words, quotes, sentence, at)).collect()
}

fn act(words: &Words, quotes: &Quotations, sentence: &Range<usize>, at: usize) -> Option<Act> {
    let trigger: &'static Trigger = noun_triggers(words.lower(at))
        .iter()
        .filter(|t| !t.weak)
        .find(|t| t.fits(|w| at > sentence.start && words.lower(at - 1) == w))?;
    if words.list[at].is_capital() && at > sentence.start {
        return None;
    }
    let mut actor = possessor(words, sentence.start, at);
    let mut recipient = None;
    let mut next = at + 1;
    for _ in 0..2 {
        let preposition = words.lower(next);
        if next >= sentence.end || !(preposition == "by" || trigger.recipient.contains(&preposition)) {
            break;
        }
        let Some(phrase) = noun_phrase(words, quotes, next + 1, sentence.end) else { break };
        next = phrase.end;
        if preposition == "by" {
            actor = actor.or(Some(phrase));
        } else {
            recipient = recipient.or(Some(phrase));
        }
    }
    // A light verb ("carried out", "launched") before the noun has told the act already.
    let told = (sentence.start.max(at.saturating_sub(6))..at).any(|i| {
        words.list[i].verb.is_some_and(|v| {
            matches!(v.lemma, "carry" | "launch" | "conduct" | "stage" | "mount" | "order" | "announce" | "hold")
        })
    });
    if told || recipient.is_none() || (actor.is_none() && trigger.controls) {
        return None;
    }
    let list = |side: Option<Range<usize>>| side.into_iter().collect();
    Some(Act::told(at, trigger, list(actor), list(recipient), next))
}

/// "Hamas' arrest of", "Orvian strikes on".
fn possessor(words: &Words, from: usize, at: usize) -> Option<Range<usize>> {
    let before = at.checked_sub(1).filter(|b| *b >= from)?;
    let mark = matches!(words.lower(before), "'s" | "’s" | "'" | "’");
    if mark {
        // The words right before the mark, back to a verb, a preposition or another mark.
        let inner = |i: &usize| {
            let w = &words.list[*i];
            !w.is_mark()
                && (w.verb.is_none() || w.is_capital())
                && (w.closed.is_none() || w.is_any(&[Closed::Det, Closed::Adj, Closed::Num]))
        };
        let start = (from..before).rev().take_while(inner).last()?;
        return Some(start..before);
    }
    let start = if before > from && matches!(words.lower(before), "air" | "drone" | "missile" | "military") {
        before - 1
    } else {
        before
    };
    let word = &words.list[start];
    (word.is_capital() && word.closed.is_none() && !word.is(Closed::Time)).then(|| start..start + 1)
}
