//! The sides of an act as the head for roles hears them, held against the tree.

use super::find::{Act, Mood};
use super::heads::{Hint, Hints};
use super::parsed::Reader;
use crate::shallow::Words;
use crate::shallow::trees::Trees;
use hearsay_types::Upos;
use std::ops::Range;

/// An act that the engine's heads found: its clause tells who, where the heads' own roles do not.
pub fn hinted(words: &Words, trees: &Trees, hints: &Hints, hint: &Hint) -> Option<Act> {
    let reader = Reader { words, trees, hints };
    let (at, trigger) = (hint.at, hint.trigger);
    let (subject, passive) = (trees.subject(at), trees.is_passive(at));
    let object = if passive { subject } else { trees.object(at) };
    let actor = if passive { trees.agent(at) } else { subject };
    let verb = reader.is_verb(at);
    let actor = if verb { actor } else { trees.modifier(at, "by").or_else(|| trees.child(at, &["nmod:poss"])) };
    let recipient = if verb { reader.recipient(trigger, at, object, None) } else { trees.modifier(at, "of") };
    let mut act = reader.made(trigger, at, actor, recipient)?;
    let (actors, recipients) = reader.heard_sides(hint);
    if !actors.is_empty() {
        act.recipients = apart(std::mem::take(&mut act.recipients), &actors);
        act.actors = actors;
    }
    if !recipients.is_empty() {
        act.actors = apart(std::mem::take(&mut act.actors), &recipients);
        act.recipients = recipients;
    }
    (act.mood != Mood::Negated || trigger.kind != "REJECT").then_some(act)
}

/// Gives an act that the rules found the sides that its clause does not show and a head hears. Takes from it what its clause shows
/// as the one it is done to and no head hears as a side, unless that is a name, a pronoun, or a figure where harm is done:
/// "rejected a truce" is done to nobody that it names.
pub fn fill(words: &Words, trees: &Trees, hints: &Hints, act: &mut Act, hint: &Hint) {
    let (actors, recipients) = Reader { words, trees, hints }.heard_sides(hint);
    // Figures are of people more often than not where harm is done.
    let harmed = matches!(act.trigger.kind, "ASSAULT" | "COERCE");
    let names = |r: &Range<usize>| {
        r.clone().any(|w| match trees.upos(w) {
            Some(Upos::Propn | Upos::Pron) => true,
            Some(Upos::Num) => harmed,
            _ => false,
        })
    };
    if !act.trigger.needs_recipient {
        act.recipients.retain(|r| names(r) || recipients.iter().any(|o| meets(o, r)));
    }
    if act.actors.is_empty() {
        act.actors = apart(actors, &act.recipients);
    }
    if act.recipients.is_empty() {
        act.recipients = apart(recipients, &act.actors);
    }
}

impl Reader<'_> {
    /// Who does it and to whom, as the head for roles hears it, each phrase once and on one side.
    fn heard_sides(&self, hint: &Hint) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
        let phrases = |runs: &[Range<usize>]| {
            let mut out: Vec<Range<usize>> = Vec::new();
            for phrase in runs.iter().filter_map(|r| self.phrase_of(r, hint.at)) {
                if !out.iter().any(|o| meets(o, &phrase)) {
                    out.push(phrase);
                }
            }
            out
        };
        let recipients = phrases(&hint.recipients);
        (apart(phrases(&hint.actors), &recipients), recipients)
    }

    /// A run of words that a head hears as a side: itself where it holds the noun that it is about, else the phrase that its words
    /// are pieces of.
    fn phrase_of(&self, run: &Range<usize>, act: usize) -> Option<Range<usize>> {
        let trees = self.trees;
        let piece = |a: usize| {
            let rel = trees.rel(a);
            matches!(
                rel,
                "amod" | "compound" | "flat" | "nummod" | "det" | "case" | "fixed" | "goeswith" | "cc" | "punct"
            )
        };
        let outside = |a: &usize| trees.head(*a).is_none_or(|h| !run.contains(&h));
        let noun = |a: &usize| outside(a) && trees.is_nominal(*a) && !piece(*a);
        // "army shelling", "Orvian strikes": a piece of the act's own phrase names a side of it.
        let of_act =
            |a: &usize| trees.head(*a) == Some(act) && (trees.is_nominal(*a) || self.words.list[*a].is_capital());
        if run.contains(&act) {
            return None;
        }
        if let Some(noun) = run.clone().rfind(noun) {
            return Some(self.counted(noun, run.start)..run.end);
        }
        if run.clone().any(|a| of_act(&a)) {
            return Some(run.clone());
        }
        let top = run.clone().rfind(outside)?;
        let above = std::iter::successors(Some(top), |a| trees.head(*a).filter(|_| piece(*a))).take(5).last()?;
        let phrase = trees.phrase(above);
        (trees.is_nominal(above) && above != act && !phrase.contains(&act)).then_some(phrase)
    }

    /// Where a phrase begins that a head hears from `start` on: at the figure before it, if its noun has one there.
    fn counted(&self, noun: usize, start: usize) -> usize {
        let figure = |c: &usize| *c < start && self.trees.rel(*c) == "nummod";
        let from =
            self.trees.children(noun).iter().copied().filter(figure).map(|c| self.trees.below_range(c).start).min();
        from.unwrap_or(start)
    }
}

fn meets(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// The phrases that share no word with others.
fn apart(phrases: Vec<Range<usize>>, others: &[Range<usize>]) -> Vec<Range<usize>> {
    phrases.into_iter().filter(|p| !others.iter().any(|o| meets(o, p))).collect()
}
