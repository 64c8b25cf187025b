//! How a source stands to what it says, after negation and hedges.

mod content;

use super::draft::Draft;
use crate::shallow::Words;
use content::Told;
use hearsay_types::Stance;

/// A stance, with the reason where it is not the cue's own.
type Reason = Option<&'static str>;

/// How likely the head must find a stance to be heard against the rules: against a plain telling, against what the words of the content
/// suggest, and against what the cue itself means. Set high, not yet tuned: a head that was heard sooner did worse than the rules.
const LIKELY: f32 = 0.8;
const LIKELIER: f32 = 0.9;
const LIKELIEST: f32 = 0.97;

/// The stance of a draft. `passed_on` says that most of its content is what another source says.
///
/// Negation, and what a verb demands of its content, are the rules' business. Between the stances that only the sense of the content
/// tells apart the head decides where it is sure.
pub fn decide(words: &Words, draft: &Draft, passed_on: bool) -> (Stance, Reason) {
    let (stance, reason, least) = by_rule(words, draft, passed_on);
    match draft.likely {
        Some((likely, share)) if likely != stance && share >= least => {
            (likely, Some("the engine's head finds it likeliest"))
        }
        _ => (stance, reason),
    }
}

/// The stance that the rules tell, and how likely another must be to take its place.
fn by_rule(words: &Words, draft: &Draft, passed_on: bool) -> (Stance, Reason, f32) {
    let base = named(draft.stance);
    let told = Told::of(words, draft);
    let ranked = |(stance, reason): (Stance, Reason), least| (stance, reason, least);
    if draft.negated {
        return ranked(negated(words, draft, base), LIKELIEST);
    }
    if let Some(found) = of_lemma(draft, &told) {
        return ranked(found, LIKELIEST);
    }
    if base != Stance::Asserts || !matches!(draft.class, "say" | "write") {
        return (base, None, if base == Stance::Asserts { LIKELIER } else { LIKELIEST });
    }
    if passed_on {
        return (Stance::Relays, Some("it passes on what another source says"), LIKELIER);
    }
    let (stance, reason) = of_content(&told);
    (stance, reason, if stance == Stance::Asserts { LIKELY } else { LIKELIER })
}

/// "did not deny", "could not confirm", "would not say".
fn negated(words: &Words, draft: &Draft, base: Stance) -> (Stance, Reason) {
    let reason = Some("the cue is negated");
    let could = draft.cue.iter().flat_map(Clone::clone).any(|i| matches!(words.lower(i), "could" | "can" | "ca"));
    match base {
        Stance::Denies if draft.lemma == "dispute" => (Stance::Confirms, reason),
        Stance::Confirms if could => (Stance::Doubts, reason),
        Stance::Confirms | Stance::Denies => (Stance::Declines, reason),
        Stance::Speculates if draft.lemma == "expect" => (Stance::Speculates, reason),
        Stance::Asserts | Stance::Speculates if matches!(draft.class, "believe" | "perceive") => {
            (Stance::Doubts, reason)
        }
        Stance::Asserts | Stance::Relays if draft.class != "show" => (Stance::Declines, reason),
        Stance::Asserts => (Stance::Doubts, reason),
        Stance::Promises | Stance::Demands => (Stance::Declines, reason),
        _ => (base, reason),
    }
}

/// Cues whose stance depends on what stands with them.
fn of_lemma(draft: &Draft, told: &Told) -> Option<(Stance, Reason)> {
    let plain = |stance| Some((stance, None));
    match draft.lemma {
        "refuse" | "decline" if told.opens_with(&["rule", "out"]) => {
            Some((Stance::Speculates, Some("a refusal to rule something out")))
        }
        "refuse" | "decline" => plain(Stance::Declines),
        "warn" | "caution" => Some(warning(told)),
        "agree" if told.opens_with(&[]) => Some((Stance::Promises, Some("what it agrees to do"))),
        "swear" if !told.opens_with(&[]) => plain(Stance::Asserts),
        "vow" if told.is_threat() => Some((Stance::Threatens, Some("it vows to do harm"))),
        "reject" | "dismiss" if told.is_request() => Some((Stance::Declines, Some("what is rejected is a request"))),
        "claim" | "accept" | "take" if told.is_responsibility() => plain(Stance::Confirms),
        "express" if told.is_regret() => Some((Stance::Confirms, Some("it owns up by its regret"))),
        "announce" | "declare" if told.is_offer() => Some((Stance::Promises, Some("it announces its own act"))),
        "call" | "appeal" if told.behind(&["on", "for", "upon"]) => plain(Stance::Demands),
        "tell" | "say" if told.opens_with(&[]) => Some((Stance::Demands, Some("it tells someone to do something"))),
        "call" | "describe" | "dub" | "label" | "brand" | "regard" | "characterize" | "characterise" | "portray"
        | "liken" | "denounce" | "dismiss" => told.of_name(draft.lemma),
        _ => None,
    }
}

/// A warning of one's own act threatens; one of what others may do speculates.
fn warning(told: &Told) -> (Stance, Reason) {
    if told.is_threat() || told.is_own_warning() {
        return (Stance::Threatens, None);
    }
    (Stance::Speculates, Some("a warning of what others may do"))
}

/// What a plain "said" amounts to by the words of its content.
fn of_content(told: &Told) -> (Stance, Reason) {
    if told.is_untrue() {
        return (Stance::Denies, Some("it calls something untrue"));
    }
    if told.is_question() {
        return (Stance::Asks, Some("its content is a question"));
    }
    if told.is_doubt() {
        return (Stance::Doubts, Some("it finds no proof"));
    }
    if let Some(own) = told.own_future() {
        return own;
    }
    if told.is_hedged() {
        return (Stance::Speculates, Some("its content is hedged"));
    }
    if told.is_denial() {
        return (Stance::Denies, Some("its main clause is negative"));
    }
    if told.is_charge() {
        return (Stance::Accuses, Some("it tells of a wrong that someone did"));
    }
    (Stance::Asserts, None)
}

fn named(name: &str) -> Stance {
    known(name).unwrap_or(Stance::Asserts)
}

/// The stance of this name, as the record writes it; none where there is no such stance.
pub fn known(name: &str) -> Option<Stance> {
    Some(match name {
        "asserts" => Stance::Asserts,
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
        _ => return None,
    })
}
