//! Acts that belong to one another: what is wished or refused by another act, and the harm that an act did.

use super::find::{Act, Mood};
use super::heard::apart;
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
            cause.actors = apart(std::mem::take(&mut cause.actors), &harm.recipients);
            let lemma = self.harm(&harm).unwrap_or(harm.trigger.lemma);
            cause.harm.extend(harm.recipients.iter().map(|r| (lemma, r.clone())));
            cause.harm.extend(harm.harm);
            if cause.actors.is_empty() {
                cause.actors = harm.actors;
            }
            if cause.recipients.is_empty() {
                cause.recipients = harm.recipients;
            }
        }
    }

    /// What an act does to people, where it tells no more than that. What the heads hear has no reading of the lexicon.
    fn harm(&self, act: &Act) -> Option<&'static str> {
        let lemma = if act.trigger.lemma.is_empty() { self.trees.lemma(act.at) } else { act.trigger.lemma };
        ["kill", "wound", "injure", "die"].into_iter().find(|harm| *harm == lemma)
    }

    pub(super) fn is_harm_of(&self, harm: &Act, cause: &Act) -> bool {
        let trees = self.trees;
        let harmful = |a: &Act| self.harm(a).is_some();
        // "killed in a raid", "died after a raid", and not "killed hours after a raid".
        let within = |noun: usize| {
            let timed = |p: usize| p > 0 && (trees.is_time(p - 1) || trees.lemma(p - 1) == "minute");
            trees.preposition(noun).is_none_or(|p| match trees.lemma(p) {
                "before" | "since" => false,
                "after" => !timed(p),
                _ => true,
            })
        };
        // Of "air strike" the heads hear the first word.
        let seat = |a: &Act| trees.head(a.at).filter(|_| trees.rel(a.at) == "compound").unwrap_or(a.at);
        let (harm_at, cause_at) = (seat(harm), seat(cause));
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
            && (step(harm_at, cause_at) || step(cause_at, harm_at) || trees.subject(harm_at) == Some(cause_at))
    }
}
