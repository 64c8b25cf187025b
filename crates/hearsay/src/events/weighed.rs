//! Which of the acts that the rules or the engine's heads find in a sentence it really tells.
//!
//! Neither is sure alone. The rules know words that name an act in one text and none in another; the heads have read too few labels
//! to be believed on a word. So all that speaks for an act or against it is weighed together, and `why` names the weightiest.

use super::find::{Act, Mood};
use super::heads::{Head, Hints};
use super::{heard, parsed};
use crate::shallow::Words;
use crate::shallow::trees::Trees;
use hearsay_data::acts::forest;
use hearsay_data::triggers::is_unlike;
use hearsay_types::Upos;
use std::ops::Range;

/// Marks of an act with their values, mostly 1. The trees that weigh them stand in `hearsay-data/acts`.
pub type Marks = Vec<(String, f32)>;

/// Where shares are cut off before their logarithm is taken.
const LEAST: f32 = 0.003;

/// How sure a head must be of a word that no rule holds for an act: in real pages most words that a head half hears are none.
const BELIEVED: f32 = 0.4;

/// How many of the marks that speak most for an act `why` names.
const NAMED: usize = 3;

/// An act that may be told, with its marks.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The act.
    pub act: Act,
    /// Its marks.
    pub marks: Marks,
}

impl Candidate {
    /// What all marks together weigh: the logarithm of the odds that the sentence tells the act.
    pub fn score(&self) -> f32 {
        forest().score(&self.values())
    }

    fn values(&self) -> Vec<f32> {
        forest().values(self.marks.iter().map(|(mark, value)| (mark.as_str(), *value)))
    }

    /// How sure that is, and the marks without which it would be least so.
    pub fn why(&self) -> String {
        let (mut values, score) = (self.values(), self.score());
        let mut without = |mark: &str| {
            let place = forest().place(mark)?;
            let value = std::mem::take(&mut values[place]);
            let less = forest().score(&values);
            values[place] = value;
            (less < score).then_some(less)
        };
        let mut all: Vec<(f32, &str)> =
            self.marks.iter().filter_map(|(mark, _)| Some((without(mark)?, mark.as_str()))).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let most: Vec<&str> = all.into_iter().take(NAMED).map(|m| m.1).collect();
        let sure = (100.0 / (1.0 + (-score).exp())).round();
        format!("weighed: sure to {sure} of 100, most for it: {}", most.join(", "))
    }
}

/// The acts that a parsed sentence tells, in order.
pub fn acts(words: &Words, trees: &Trees, hints: &Hints, sentence: &Range<usize>) -> Vec<Candidate> {
    let mut all: Vec<(f32, Candidate)> =
        candidates(words, trees, hints, sentence).into_iter().map(|c| (c.score(), c)).filter(|c| c.0 > 0.0).collect();
    // The surest reading of each word; the first of equals.
    all.sort_by(|a, b| a.1.act.at.cmp(&b.1.act.at).then(b.0.total_cmp(&a.0)));
    all.dedup_by_key(|c| c.1.act.at);
    all.into_iter().map(|c| c.1).collect()
}

/// All acts that the rules or the heads find in a sentence, with their marks.
pub fn candidates(words: &Words, trees: &Trees, hints: &Hints, sentence: &Range<usize>) -> Vec<Candidate> {
    let mut acts = parsed::acts(words, trees, hints, sentence);
    let told: Vec<usize> = heard::told_elsewhere(words, trees, hints, sentence, &acts);
    for hint in hints.inside(sentence) {
        if let Some(known) = acts.iter_mut().find(|a| a.at == hint.at && a.trigger.kind == hint.trigger.kind) {
            heard::fill(words, trees, hints, known, hint);
        } else if !told.contains(&hint.at)
            && hints.heard(hint.at, hint.trigger.kind) >= BELIEVED
            && parsed::can_name(words, trees, hints, hint.at)
        {
            let is_there = |new: &Act| acts.iter().any(|a| parsed::is_told_by(words, trees, hints, a, new));
            let found = heard::hinted(words, trees, hints, hint).filter(|new| !is_there(new));
            acts.extend(found);
        }
    }
    parsed::gather(words, trees, hints, &mut acts);
    acts.iter_mut().for_each(|act| heard::tidy(words, trees, act));
    let unlike = is_unlike(words.list[sentence.clone()].iter().map(|w| &*w.lower));
    let reader = Reader { trees, hints, sentence, unlike };
    let marks: Vec<Marks> = acts.iter().map(|act| reader.marks(act, &acts)).collect();
    acts.into_iter().zip(marks).map(|(act, marks)| Candidate { act, marks }).collect()
}

struct Reader<'a> {
    trees: &'a Trees<'a>,
    hints: &'a Hints,
    sentence: &'a Range<usize>,
    unlike: bool,
}

impl Reader<'_> {
    fn marks(&self, act: &Act, all: &[Act]) -> Marks {
        let (at, kind) = (act.at, act.trigger.kind);
        let hints = self.hints;
        let mut out: Marks = Vec::new();
        for (head, name) in [(Head::Acts, "acts"), (Head::Triggers, "triggers")] {
            let elsewhere = self.sentence.clone().filter(|other| *other != at);
            let shares = [
                ("share", hints.share(head, at, kind)),
                ("share near", hints.near(head, at, self.sentence)),
                ("share of any", hints.any(head, at)),
                ("share of a rival", hints.rival(head, at, kind)),
                ("share elsewhere", elsewhere.map(|other| hints.share(head, other, kind)).fold(0.0, f32::max)),
            ];
            out.extend(shares.map(|(what, share)| (format!("{what} of {name}"), odds(share))));
        }
        let told = hints.told(at);
        let beside = [
            ("sure of status", told.map_or(0.0, |t| t.1)),
            ("words", self.sentence.len() as f32),
            ("words before", (at - self.sentence.start) as f32),
            ("others", all.iter().filter(|o| o.at != at).count() as f32),
            ("words of actors", act.actors.iter().map(Range::len).sum::<usize>() as f32),
            ("words of recipients", act.recipients.iter().map(Range::len).sum::<usize>() as f32),
        ];
        out.extend(beside.map(|(what, value)| (what.to_owned(), value)));
        out.extend(told.map(|t| (format!("status {:?}", t.0), 1.0)));
        out.extend(self.flags(act, all).into_iter().map(|flag| (flag, 1.0)));
        out
    }

    fn flags(&self, act: &Act, all: &[Act]) -> Vec<String> {
        let (at, kind, trees) = (act.at, act.trigger.kind, self.trees);
        let word = match trees.upos(at) {
            Some(Upos::Noun | Upos::Propn) => "noun",
            Some(Upos::Verb) => "verb",
            _ => "other",
        };
        let from = match (act.trigger.lemma, act.trigger.weak) {
            ("", _) => "heads",
            (_, true) => "weak lexicon",
            _ => "lexicon",
        };
        let rel = trees.rel(at);
        let mut flags = vec![
            format!("{word} of the {from}"),
            format!("kind {kind}"),
            format!("kind {kind} of the {from}"),
            format!("{word} as {rel}"),
            format!("{:?} {word}", act.mood),
            format!("depth {}", self.depth(at)),
        ];
        let given = !act.trigger.needs.is_empty();
        let speech = act.trigger.speech;
        let sides = match (act.actors.is_empty(), act.recipients.is_empty()) {
            (false, false) => "both sides",
            (false, true) => "actor alone",
            (true, false) => "recipient alone",
            (true, true) => "nobody",
        };
        flags.push(sides.to_owned());
        flags.push(format!("{sides} of {kind}"));
        if from != "heads" {
            flags.push(format!("lemma {}", act.trigger.lemma));
        }
        flags.extend(self.grammar(at));
        let others = || all.iter().filter(|o| o.at != at);
        let surer = |o: &&Act| self.hints.heard(o.at, o.trigger.kind) > self.hints.heard(at, kind);
        let told = [
            ("has what it needs", given),
            ("speech", speech),
            ("aside", act.aside),
            ("harm", !act.harm.is_empty()),
            ("negated conflict", act.mood == Mood::Negated),
            ("in company of other matters", self.unlike),
            ("another of its kind", others().any(|o| o.trigger.kind == kind)),
            ("a surer one of its kind", others().filter(surer).any(|o| o.trigger.kind == kind)),
            ("another surer one", others().any(|o| surer(&o))),
            ("alone in its sentence", others().next().is_none()),
            ("another reading", all.iter().any(|o| o.at == at && o.trigger.kind != kind)),
        ];
        flags.extend(told.iter().filter(|t| t.1).map(|t| t.0.to_owned()));
        flags
    }

    /// The forms of a word, and what stands beside it.
    fn grammar(&self, at: usize) -> Vec<String> {
        const FORMS: [&str; 6] =
            ["VerbForm=Inf", "VerbForm=Ger", "VerbForm=Part", "Tense=Pres", "Tense=Past", "Number=Plur"];
        let trees = self.trees;
        let mut out: Vec<String> =
            FORMS.iter().filter(|form| trees.feat(at, form)).map(|form| format!("form {form}")).collect();
        if trees.subject(at).is_some_and(|s| trees.upos(s) == Some(Upos::Pron)) {
            out.push("pronoun as subject".to_owned());
        }
        if trees.children(at).iter().any(|c| trees.is_time(*c)) {
            out.push("time beside".to_owned());
        }
        out
    }

    /// How many clauses a word stands below the main one, three at most.
    fn depth(&self, at: usize) -> usize {
        let clause = |a: &usize| {
            let rel = self.trees.rel(*a);
            matches!(rel, "ccomp" | "xcomp" | "advcl" | "parataxis") || rel.starts_with("acl") || rel == "nmod"
        };
        std::iter::successors(Some(at), |a| self.trees.head(*a)).take(30).filter(clause).count().min(3)
    }
}

/// The logarithm of the odds of a share.
fn odds(share: f32) -> f32 {
    let share = share.clamp(LEAST, 1.0 - LEAST);
    (share / (1.0 - share)).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearsay_data::triggers::triggers;

    fn candidate(marks: &[(&str, f32)]) -> Candidate {
        let act = Act::told(0, &triggers("attack")[0], Vec::new(), Vec::new(), 1);
        Candidate { act, marks: marks.iter().map(|(mark, value)| ((*mark).to_owned(), *value)).collect() }
    }

    #[test]
    fn marks_are_weighed_and_the_weightiest_are_named() {
        let (head, rules) = (("share of acts", 4.0), ("kind ASSAULT", 1.0));
        let sure = candidate(&[head, rules, ("no such mark", 9.0)]);
        assert_eq!(sure.score(), candidate(&[head, rules]).score());
        assert!(sure.why().contains("most for it: share of acts"), "{}", sure.why());
        let quiet = candidate(&[("share of acts", -4.0), rules]);
        assert!(quiet.score() < sure.score());
    }

    #[test]
    fn odds_are_cut_off_where_a_head_is_all_too_sure() {
        assert_eq!((odds(0.5), odds(0.0)), (0.0, odds(LEAST)));
        assert!(odds(1.0).is_finite() && odds(0.9) > odds(0.6));
    }
}
