//! How a source stands to what it says, after negation and hedges.

use super::draft::Draft;
use crate::shallow::Words;
use hearsay_data::words::Closed;
use hearsay_types::Stance;

/// The stance of a draft, with the reason where it is not the cue's own.
pub fn decide(words: &Words, draft: &Draft) -> (Stance, Option<&'static str>) {
    let base = named(draft.stance);
    if draft.negated {
        return negated(words, draft, base);
    }
    if draft.lemma == "refuse" || draft.lemma == "decline" {
        return (Stance::Declines, None);
    }
    if draft.lemma == "warn" {
        return warning(words, draft);
    }
    if base != Stance::Asserts || !matches!(draft.class, "say" | "write") {
        return (base, None);
    }
    of_content(words, draft)
}

/// "did not deny", "could not confirm", "would not say".
fn negated(words: &Words, draft: &Draft, base: Stance) -> (Stance, Option<&'static str>) {
    let reason = Some("the cue is negated");
    let could = draft.cue.iter().flat_map(Clone::clone).any(|i| matches!(words.lower(i), "could" | "can" | "ca"));
    match base {
        Stance::Confirms if could => (Stance::Doubts, reason),
        Stance::Confirms | Stance::Denies => (Stance::Declines, reason),
        Stance::Asserts if matches!(draft.class, "believe" | "perceive") => (Stance::Doubts, reason),
        Stance::Asserts | Stance::Relays if draft.class != "show" => (Stance::Declines, reason),
        Stance::Asserts => (Stance::Doubts, reason),
        _ => (base, reason),
    }
}

/// A warning of one's own act threatens; one of what others may do speculates.
fn warning(words: &Words, draft: &Draft) -> (Stance, Option<&'static str>) {
    let own = content(draft).take(14).any(|i| {
        let w = words.lower(i);
        matches!(w, "we" | "retaliate" | "retaliation" | "respond" | "revenge" | "strike" | "ultimatum")
            || words.has(i, &["would", "no", "longer"])
    });
    let may = content(draft)
        .take(20)
        .any(|i| matches!(words.lower(i), "may" | "might" | "could" | "risk" | "risks" | "danger"));
    match (own, may) {
        (true, _) => (Stance::Threatens, None),
        (_, true) => (Stance::Speculates, Some("a warning of what others may do")),
        _ => (Stance::Threatens, None),
    }
}

/// What a plain "said" amounts to by the words of its content.
fn of_content(words: &Words, draft: &Draft) -> (Stance, Option<&'static str>) {
    let inner: Vec<usize> = content(draft).filter(|i| !words.list[*i].is_mark()).collect();
    if inner.iter().take(14).any(|i| is_untrue(words, *i)) {
        return (Stance::Denies, Some("it calls something untrue"));
    }
    if inner
        .iter()
        .any(|i| words.has(*i, &["will", "do", "everything"]) || words.has(*i, &["will", "do", "its", "best"]))
        || inner
            .iter()
            .take(4)
            .any(|i| matches!(words.lower(*i), "we" | "i") && matches!(words.lower(*i + 1), "will" | "’ll" | "'ll"))
    {
        return (Stance::Promises, Some("it commits to a future act"));
    }
    if hedged(words, &inner) {
        return (Stance::Speculates, Some("its content is hedged"));
    }
    if denies_an_act(words, &inner) {
        return (Stance::Denies, Some("its main clause is negative"));
    }
    (Stance::Asserts, None)
}

fn is_untrue(words: &Words, at: usize) -> bool {
    let false_word = matches!(
        words.lower(at),
        "false"
            | "untrue"
            | "baseless"
            | "unfounded"
            | "fabricated"
            | "fabrication"
            | "fabrications"
            | "lies"
            | "lie"
            | "groundless"
            | "inaccurate"
            | "rumors"
            | "rumours"
    );
    let said_of = at >= 1
        && (words.list[at - 1].is_any(&[Closed::Be, Closed::Det, Closed::Conj, Closed::Adv])
            || words.list[at - 1].is_adverb());
    let not_true =
        matches!(words.lower(at), "true" | "accurate" | "correct") && at >= 1 && words.list[at - 1].is(Closed::Neg);
    false_word && said_of || not_true
}

/// "it was likely", "may have", "probably" before the verb of the main clause.
fn hedged(words: &Words, inner: &[usize]) -> bool {
    let conditional = inner.first().is_some_and(|i| matches!(words.lower(*i), "if"));
    let reach = if conditional { 24 } else { 8 };
    inner.iter().take(reach).any(|i| {
        matches!(words.lower(*i), "probably" | "likely" | "possibly" | "perhaps" | "maybe")
            && !words.list[*i].is_capital()
            || matches!(words.lower(*i), "may" | "might")
                && words.list.get(*i + 1).is_some_and(|w| w.is_any(&[Closed::Have, Closed::Be]))
    })
}

/// The first finite verb group is negated, or the clause says that there is none of something; wishes and thoughts of the
/// speaker ("I do not think") are no denials.
fn denies_an_act(words: &Words, inner: &[usize]) -> bool {
    for &i in inner.iter().take(9) {
        let word = &words.list[i];
        if word.is_any(&[Closed::Sub, Closed::Rel, Closed::Wh]) {
            return false;
        }
        if word.is_any(&[Closed::Be, Closed::Have, Closed::Do]) {
            let next = (i + 1..i + 3).find(|n| words.list.get(*n).is_some_and(|w| !w.is_adverb() || w.is(Closed::Neg)));
            let negative = next.is_some_and(|n| {
                words.list[n].is(Closed::Neg) || words.lower(n) == "no" && words.lower(i.wrapping_sub(1)) == "there"
            });
            let verb = (i + 1..i + 4).find_map(|n| words.list.get(n).and_then(|w| w.verb));
            let mental = verb.is_some_and(|v| {
                matches!(
                    v.lemma,
                    "think"
                        | "know"
                        | "believe"
                        | "want"
                        | "expect"
                        | "understand"
                        | "like"
                        | "see"
                        | "need"
                        | "care"
                        | "feel"
                        | "remember"
                        | "mean"
                        | "intend"
                        | "plan"
                        | "agree"
                )
            });
            return negative && !mental;
        }
        if word.is_any(&[Closed::Modal]) || word.verb.is_some_and(|v| v.forms.any(hearsay_data::verbs::Forms::PAST)) {
            return false;
        }
    }
    false
}

fn content(draft: &Draft) -> impl Iterator<Item = usize> + '_ {
    draft.content.iter().flat_map(Clone::clone)
}

fn named(name: &str) -> Stance {
    match name {
        "confirms" => Stance::Confirms,
        "denies" => Stance::Denies,
        "doubts" => Stance::Doubts,
        "speculates" => Stance::Speculates,
        "accuses" => Stance::Accuses,
        "threatens" => Stance::Threatens,
        "promises" => Stance::Promises,
        "demands" => Stance::Demands,
        "asks" => Stance::Asks,
        "declines" => Stance::Declines,
        "relays" => Stance::Relays,
        _ => Stance::Asserts,
    }
}
