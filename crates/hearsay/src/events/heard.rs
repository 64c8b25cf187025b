//! The sides of an act as the head for roles hears them, held against the tree.

use super::find::{Act, Mood};
use super::heads::{Hint, Hints};
use super::parsed::{self, Reader};
use crate::shallow::Words;
use crate::shallow::trees::Trees;
use hearsay_data::cues::cue;
use hearsay_data::triggers::{is_deed, noun_triggers};
use hearsay_types::Upos;
use std::ops::Range;

/// How sure a head must be of another reading of a word for it to stand beside an act that is told elsewhere.
const SURE: f32 = 0.5;

/// An act that the engine's heads found: its clause tells who, where the heads' own roles do not.
pub fn hinted(words: &Words, trees: &Trees, hints: &Hints, hint: &Hint) -> Option<Act> {
    let reader = Reader { words, trees, hints };
    let (at, trigger) = (hint.at, hint.trigger);
    let (subject, passive) = (trees.subject(at), trees.is_passive(at));
    let object = if passive { subject } else { trees.object(at) };
    let actor = if passive { trees.agent(at) } else { subject };
    let verb = reader.is_verb(at);
    if reader.dies(at) {
        return reader.made(trigger, at, None, subject);
    }
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
        // Who was harmed did not do it, whatever a head hears.
        let harmed: Vec<Range<usize>> = act.harm.iter().map(|(_, who)| who.clone()).collect();
        act.actors = apart(apart(actors, &act.recipients), &harmed);
    }
    if act.recipients.is_empty() {
        act.recipients = apart(recipients, &act.actors);
    }
}

/// Words of a sentence that name an act which another word tells already: the "strike" of "died in an air strike" is no walkout
/// either, unless a head is sure of that.
pub fn told_elsewhere(
    words: &Words,
    trees: &Trees,
    hints: &Hints,
    sentence: &Range<usize>,
    acts: &[Act],
) -> Vec<usize> {
    let all: Vec<&Hint> = hints.inside(sentence).collect();
    let heard = |hint: &Hint| hints.heard(hint.at, hint.trigger.kind);
    let rival = |hint: &Hint| all.iter().any(|o| o.at == hint.at && heard(o) > heard(hint).max(SURE));
    let known = |new: &Act| acts.iter().any(|a| a.at != new.at && parsed::is_told_by(words, trees, hints, a, new));
    // "carried out a strike": the verb tells what its noun names.
    let lent = |at: usize| {
        let by = |a: &Act| trees.head(at) == Some(a.at) && parsed::does(trees.lemma(a.at));
        matches!(trees.rel(at), "obj" | "nsubj:pass") && acts.iter().any(by)
    };
    // Of "air strike" the heads hear the first word.
    let begun = |at: usize| {
        let first = |o: &Hint| o.at + 1 == at && trees.rel(o.at) == "compound" && trees.head(o.at) == Some(at);
        let sure =
            |o: &Hint| o.trigger.kind == "ASSAULT" && heard(o) > SURE && parsed::can_name(words, trees, hints, o.at);
        all.iter().any(|o| first(o) && sure(o))
    };
    let told = |hint: &&&Hint| {
        let one = || !rival(hint) && hinted(words, trees, hints, hint).is_some_and(|new| known(&new));
        lent(hint.at) || begun(hint.at) || one()
    };
    all.iter().filter(told).map(|hint| hint.at).collect()
}

/// Takes from an act sides that it cannot have. An act does nothing ("the attack killed eight"), nor does a year, nor who only says
/// that something was done.
pub fn tidy(words: &Words, trees: &Trees, act: &mut Act) {
    let head = |r: &Range<usize>| r.clone().rfind(|a| trees.head(*a).is_none_or(|h| !r.contains(&h)));
    let is_nobody = |r: &Range<usize>| {
        head(r).is_some_and(|a| match trees.upos(a) {
            Some(Upos::Noun) => is_deed(trees.lemma(a)) || !noun_triggers(trees.lemma(a)).is_empty(),
            Some(Upos::Pron | Upos::Det) => matches!(words.lower(a), "this" | "there" | "what"),
            _ => false,
        })
    };
    // "the truce of 1998", and not "killed 1998".
    let is_year = |a: usize| {
        let number = words.lower(a).parse::<u16>();
        number.is_ok_and(|n| (1900..2100).contains(&n)) && !matches!(trees.rel(a), "obj" | "nsubj:pass")
    };
    let is_date = |r: &Range<usize>| head(r).is_some_and(|a| trees.is_time(a) || r.len() == 1 && is_year(a));
    // "Tolvar says that its fighters were trained": who says it is not who trained them.
    let above = std::iter::successors(Some(act.at), |a| trees.head(*a)).skip(1).take(8);
    let tellers: Vec<usize> =
        above.filter(|v| cue(trees.lemma(*v)).is_some()).filter_map(|verb| trees.subject(verb)).collect();
    let only_says = |r: &Range<usize>| trees.is_passive(act.at) && tellers.iter().any(|t| r.contains(t));
    act.actors.retain(|r| !is_nobody(r) && !is_date(r) && !only_says(r));
    act.recipients.retain(|r| !is_date(r));
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
pub(super) fn apart(phrases: Vec<Range<usize>>, others: &[Range<usize>]) -> Vec<Range<usize>> {
    phrases.into_iter().filter(|p| !others.iter().any(|o| meets(o, p))).collect()
}
