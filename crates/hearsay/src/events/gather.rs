//! Acts that belong to one another: what is wished or refused by another act, and the harm that an act did.

use super::find::{Act, Mood};
use super::parsed::Reader;

impl Reader<'_> {
    /// Whether an act is no act of its own beside one before it: it stands under a refusal or demand, or it is the harm
    /// that the other did.
    pub(super) fn swallows(&self, before: &Act, act: &Act) -> bool {
        let trees = self.trees;
        let inner = |top: usize, at: usize| {
            let mut steps = std::iter::successors(Some(at), |a| trees.head(*a)).take(24);
            steps.find(|a| trees.head(*a) == Some(top)).is_some_and(|branch| {
                matches!(trees.rel(branch), "xcomp" | "ccomp" | "obj" | "obl" | "advcl" | "csubj" | "nmod")
            })
        };
        // "rejected a call to free them": what was not granted.
        let refused = before.trigger.kind == "REJECT" && matches!(act.mood, Mood::Possible | Mood::Ahead);
        (before.trigger.controls || refused) && inner(before.at, act.at)
            || before.trigger.kind == act.trigger.kind
                && inner(before.at, act.at)
                && !self.is_harm_of(before, act)
                && !self.is_harm_of(act, before)
    }

    /// "began a strike, protesting the pay": an act of one kind inside another tells whom it is done to, where that does not.
    pub(super) fn pass_on(&self, before: &mut Act, act: Act) {
        if before.trigger.kind == act.trigger.kind && !before.trigger.controls && before.recipients.is_empty() {
            before.recipients = act.recipients;
        }
    }

    /// "shelled the town, killing eight and wounding two", "were killed when jets bombed the town": the harm of an act goes to
    /// the act that did it.
    pub(super) fn gather(&self, acts: &mut Vec<Act>) {
        let mut at = 0;
        while at < acts.len() {
            let cause = (0..acts.len()).find(|other| *other != at && self.is_harm_of(&acts[at], &acts[*other]));
            let Some(cause) = cause else {
                at += 1;
                continue;
            };
            let harm = acts.remove(at);
            let cause = &mut acts[if cause > at { cause - 1 } else { cause }];
            cause.harm.extend(harm.recipients.iter().map(|r| (harm.trigger.lemma, r.clone())));
            cause.harm.extend(harm.harm);
            if cause.actors.is_empty() {
                cause.actors = harm.actors;
            }
            if cause.recipients.is_empty() {
                cause.recipients = harm.recipients;
            }
        }
    }

    pub(super) fn is_harm_of(&self, harm: &Act, cause: &Act) -> bool {
        let trees = self.trees;
        // What the heads hear has no reading of the lexicon.
        let lemma = |a: &Act| if a.trigger.lemma.is_empty() { trees.lemma(a.at) } else { a.trigger.lemma };
        let harmful = |a: &Act| matches!(lemma(a), "kill" | "wound" | "injure");
        // "killed in a raid", "died after a raid", and not "killed hours after a raid".
        let within = |noun: usize| {
            let timed = |p: usize| p > 0 && (trees.is_time(p - 1) || trees.lemma(p - 1) == "minute");
            trees.preposition(noun).is_none_or(|p| match trees.lemma(p) {
                "before" | "since" => false,
                "after" => !timed(p),
                _ => true,
            })
        };
        let step = |below: usize, above: usize| {
            std::iter::successors(Some(below), |a| trees.head(*a).filter(|_| trees.rel(*a) == "conj" || *a == below))
                .take(4)
                .skip(1)
                .any(|a| a == above)
                && (matches!(trees.rel(below), "advcl" | "conj" | "xcomp" | "obl:agent" | "nsubj")
                    || trees.rel(below) == "obl" && within(below))
        };
        let both = harmful(harm) && harmful(cause) && harm.at > cause.at;
        harm.trigger.kind == "ASSAULT"
            && cause.trigger.kind == "ASSAULT"
            && harmful(harm)
            && (both || !harmful(cause))
            && harm.mood == cause.mood
            && (step(harm.at, cause.at) || step(cause.at, harm.at) || trees.subject(harm.at) == Some(cause.at))
    }
}
