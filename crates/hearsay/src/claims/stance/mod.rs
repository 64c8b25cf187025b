//! How a source stands to what it says, after negation and hedges.

mod content;
mod marks;

use super::draft::Draft;
use crate::shallow::Words;
use crate::shallow::recalled::{best, softmax};
use content::Told;
use hearsay_data::stances::{self, NAMES, Row};
use hearsay_types::{Quote, Source, Stance, named};

pub use marks::Marks;

/// A stance, with the reason where it is not the cue's own.
type Reason = Option<&'static str>;

/// How many of the marks that speak most for a stance `why` names.
const NAMED: usize = 3;

/// What stands around a claim.
#[derive(Debug)]
pub struct Around<'a> {
    /// Whether most of its content is what another source says.
    pub passes_on: bool,
    /// Whether another claim stands in its content.
    pub has_child: bool,
    /// Whether one of those has a cue of denial.
    pub child_denies: bool,
    /// Whether it stands in the content of another.
    pub is_nested: bool,
    /// The stance of the plain use of the cue before it.
    pub before: Option<&'static str>,
    /// How its content is told.
    pub quote: Quote,
    /// Who says it.
    pub source: &'a Source,
}

/// How much likelier than that of the rules another stance must be (a difference of logarithms).
const CLEARLY: f32 = 0.3;

/// The same where no head was asked: the words alone mislead more often.
const ALONE: f32 = 1.0;

/// The same where the rules hear a plain telling and the other is an accusation: to have somebody accuse who only told is the worse
/// mistake, and real pages tell far more often than the labels do that the weights were fitted on.
const TO_ACCUSE: f32 = 1.5;

/// The stance of a draft, with the reason where it is not the cue's own.
///
/// What the rules tell is one mark among others; all are weighed together, with what the engine's head finds. The rules' stance
/// stands where no other is clearly likelier, and where its wording leaves no doubt.
pub fn decide(words: &Words, draft: &Draft, around: &Around) -> (Stance, Option<String>) {
    let told = Told::of(words, draft);
    let (rule, reason, step) = by_rule(words, draft, &told, around.passes_on);
    let marks = marks::of(words, draft, &told, around, (rule, step));
    let scores = weighed(&marks);
    let best = best(&scores);
    let stance = of_name(NAMES[best]);
    let least = match (rule, stance) {
        (Stance::Asserts, Stance::Accuses) => TO_ACCUSE,
        _ if draft.likely.is_none() => ALONE,
        _ => CLEARLY,
    };
    let clear = scores[best] - scores[rule as usize] > least;
    if step == "firm" || !clear {
        return (rule, reason.map(str::to_owned));
    }
    let sure = (100.0 * softmax(&scores)[best]).round();
    let most = speaking_for(&marks, best).join(", ");
    (stance, Some(format!("weighed: {}, sure to {sure} of 100, most for it: {most}", NAMES[best])))
}

/// All marks of a draft.
pub fn marks_of(words: &Words, draft: &Draft, around: &Around) -> Marks {
    let told = Told::of(words, draft);
    let (rule, _, step) = by_rule(words, draft, &told, around.passes_on);
    marks::of(words, draft, &told, around, (rule, step))
}

/// What all marks together weigh for each stance.
fn weighed(marks: &Marks) -> Row {
    let mut out = Row::default();
    for (row, value) in marks.iter().filter_map(|(mark, value)| Some((stances::weight(mark)?, value))) {
        out.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight * value);
    }
    out
}

/// The marks that speak most for a stance, against the mean of all stances.
fn speaking_for(marks: &Marks, stance: usize) -> Vec<&str> {
    let weight = |mark: &(String, f32)| {
        stances::weight(&mark.0).map_or(0.0, |r| (r[stance] - r.iter().sum::<f32>() / r.len() as f32) * mark.1)
    };
    let mut all: Vec<(f32, &str)> = marks.iter().map(|m| (weight(m), m.0.as_str())).filter(|m| m.0 > 0.0).collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.into_iter().take(NAMED).map(|m| m.1).collect()
}

/// The stance that the rules tell, with the reason, and the step that told it.
fn by_rule(words: &Words, draft: &Draft, told: &Told, passed_on: bool) -> (Stance, Reason, &'static str) {
    let base = of_name(draft.stance);
    let by = |(stance, reason): (Stance, Reason), step| (stance, reason, step);
    if draft.negated {
        let found = negated(words, draft, base);
        let firm = base == Stance::Confirms && found.0 == Stance::Doubts;
        return by(found, if firm { "firm" } else { "negation" });
    }
    if let Some(found) = of_lemma(draft, told) {
        return by(found, "lemma");
    }
    if base != Stance::Asserts || !matches!(draft.class, "say" | "write") {
        return (base, None, "cue");
    }
    if passed_on {
        return (Stance::Relays, Some("it passes on what another source says"), "chain");
    }
    let found = of_content(told);
    by(found, if found.0 == Stance::Denies && told.is_of_nobody() { "firm" } else { "content" })
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

/// The stance of this name; a plain telling where there is none.
fn of_name(name: &str) -> Stance {
    named(name).unwrap_or(Stance::Asserts)
}
