//! Where a content ends.

use crate::shallow::Words;
use crate::shallow::quotes::Quotations;
use hearsay_data::cues;
use hearsay_data::verbs::Forms;
use hearsay_data::words::Closed;

/// Where the content that starts at `start` ends, not beyond `end`: before the next attribution of the sentence, before the
/// final full stop, or where a quotation that it opened closes.
pub fn clause_end(words: &Words, quotes: &Quotations, start: usize, end: usize) -> usize {
    let mut at = start;
    while at < end {
        if quotes.inside(at) && quotes.at(at).is_some_and(|q| q.range.start >= start) {
            let close = quotes.at(at).map_or(at + 1, |q| q.range.end);
            if close >= end {
                return close;
            }
            at = close;
            continue;
        }
        if at > start && matches!(words.list[at].text, "," | ";" | "—" | "–" | "--") && stops(words, at, end) {
            return at;
        }
        if at > start + 2 && words.list[at].is(Closed::Conj) && new_telling(words, at + 1, end) {
            return at;
        }
        at += 1;
    }
    let mut last = end;
    while last > start && matches!(words.list[last - 1].text, "." | "," | ";" | ":") {
        last -= 1;
    }
    last
}

/// Whether another telling starts behind the comma at `at`: ", according to", ", adding", ", X said" at the end.
fn stops(words: &Words, at: usize, end: usize) -> bool {
    if words.has(at + 1, &["according", "to"]) {
        return true;
    }
    let next = at + 1;
    let Some(word) = words.list.get(next).filter(|_| next < end) else { return false };
    let says = |i: usize| {
        words
            .list
            .get(i)
            .filter(|_| i < end)
            .and_then(|w| w.verb)
            .filter(|v| cues::cue(v.lemma).is_some_and(|c| c.class == "say" || c.class == "write"))
    };
    if says(next).is_some_and(|v| v.forms.any(Forms::ING))
        && matches!(
            says(next).map(|v| v.lemma),
            Some(
                "add"
                    | "say"
                    | "note"
                    | "tell"
                    | "stress"
                    | "insist"
                    | "argue"
                    | "claim"
                    | "cite"
                    | "call"
                    | "warn"
                    | "accuse"
                    | "explain"
                    | "suggest"
                    | "write"
                    | "describe"
                    | "declare"
                    | "vow"
                    | "promise"
                    | "point"
                    | "assert"
                    | "announce"
                    | "urge"
                    | "demand"
                    | "allege"
                    | "deny"
                    | "admit"
                    | "acknowledge"
                    | "emphasize"
                    | "state"
                    | "recall"
                    | "complain"
                    | "denounce"
                    | "criticize"
                    | "reiterate"
                    | "quote"
            )
        )
    {
        return true;
    }
    if word.is(Closed::Conj) {
        return new_telling(words, next + 1, end);
    }
    new_telling(words, next, end) && closes_soon(words, next, end)
}

/// Whether a subject and a verb of saying follow at once: "he said", "Voss told".
fn new_telling(words: &Words, at: usize, end: usize) -> bool {
    let mut i = at;
    while i < end.min(at + 7) {
        let word = &words.list[i];
        let said = word.verb.is_some_and(|v| {
            v.forms.any(Forms::PAST)
                && matches!(
                    v.lemma,
                    "say"
                        | "tell"
                        | "add"
                        | "write"
                        | "tweet"
                        | "argue"
                        | "note"
                        | "claim"
                        | "warn"
                        | "announce"
                        | "insist"
                )
        });
        if said
            && (i > at || words.list.get(i + 1).is_some_and(|w| w.is(Closed::That) || w.text == "“" || w.text == "\""))
        {
            return true;
        }
        let nominal = word.closed.is_none() && !word.is_mark() && word.verb.is_none()
            || word.is_any(&[Closed::Pron, Closed::Det, Closed::Of, Closed::Adv, Closed::Poss, Closed::Have])
            || word.is_capital();
        if !nominal {
            return false;
        }
        i += 1;
    }
    false
}

/// Whether the sentence ends soon after the telling: ", he said."
fn closes_soon(words: &Words, at: usize, end: usize) -> bool {
    let said = (at..end.min(at + 8)).find(|i| {
        words.list[*i]
            .verb
            .is_some_and(|v| matches!(v.lemma, "say" | "tell" | "add" | "write" | "tweet" | "argue" | "note"))
    });
    said.is_some_and(|s| (s + 1..end).all(|i| !words.list[i].is(Closed::That)) && end - s < 14)
}
