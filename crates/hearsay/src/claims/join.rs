//! What the rules found and what the heads tell, made into one list of claims.
//!
//! Quotation marks are the rules' business; cue and source, and content outside of quotation marks, are the heads'.
#![allow(clippy::single_range_in_vec_init)] // A span is a list of ranges; most have one.

use super::draft::Draft;
use super::heads::{Cues, Reading, Readings};
use crate::shallow::Words;
use crate::shallow::quotes::Quotations;
use hearsay_data::cues;
use hearsay_data::words::Closed;
use std::ops::Range;

/// How sure the head must be of a cue that the rules do not find.
const SURE: f32 = 0.8;

/// How sure it must be of a cue that the rules find as well, and from where on a claim of the rules is kept that the head does not
/// mark. Tuned on PolNeAR dev.
const HALF_SURE: f32 = 0.5;

/// How sure a head must be of a cue inside of another's content: one that the head finds, and one of the rules.
const SURE_OF_INNER: f32 = 0.5;
/// One that the head finds and whose words no lexicon of cues knows: mere likings and doings are often taken for tellings.
const SURE_OF_UNKNOWN: f32 = 0.8;
const SURE_OF_INNER_RULE: f32 = 0.1;

/// How sure it must be of a denial or a negated cue: they are few, and what the record must not miss.
const SURE_OF_DENIAL: f32 = 0.5;

/// What is joined, and the text that it stands in.
pub struct Joiner<'a> {
    /// The words of the body.
    pub words: &'a Words<'a>,
    /// Its quotations.
    pub quotes: &'a Quotations,
    /// What the heads tell.
    pub readings: &'a Readings,
}

impl Joiner<'_> {
    /// Joins both: the outermost cues of the head, then those inside of what they tell, then what the rules alone know.
    pub fn join(&self, rules: Vec<Draft>) -> Vec<Draft> {
        let mut used = vec![false; rules.len()];
        let mut out = Vec::new();
        let outer = &self.readings.outer;
        for reading in &outer.list {
            if outer.sure(&reading.cue) >= self.least(reading, &rules) {
                out.extend(self.taken(reading, outer, &rules, &mut used));
            }
        }
        self.add_inner(&rules, &mut used, &mut out);
        let told = out.len();
        for (draft, _) in rules.into_iter().zip(used).filter(|(_, used)| !used) {
            if self.keeps(&draft, &out[..told]) {
                out.push(draft);
            }
        }
        out.iter_mut().for_each(|d| d.likely = self.readings.stance(d.cue[0].start));
        out
    }

    /// Adds the cues that stand inside of what the claims found so far tell, outer ones first.
    fn add_inner(&self, rules: &[Draft], used: &mut [bool], out: &mut Vec<Draft>) {
        let cues = self.readings.inner.as_ref().unwrap_or(&self.readings.outer);
        let mut left: Vec<&Reading> =
            cues.list.iter().filter(|r| cues.sure(&r.cue) >= self.least_inner(&r.cue)).collect();
        loop {
            left.retain(|r| !out.iter().any(|d| meets(&d.cue, &r.cue)));
            let (inside, rest): (Vec<&Reading>, _) =
                left.into_iter().partition(|r| out.iter().any(|d| d.tells(r.cue.start)));
            if inside.is_empty() {
                return;
            }
            for reading in inside {
                out.extend(self.taken(reading, cues, rules, used));
            }
            left = rest;
        }
    }

    /// The claim of a reading, and of the rule that found the same cue, which is used up by it.
    fn taken(&self, reading: &Reading, cues: &Cues, rules: &[Draft], used: &mut [bool]) -> Option<Draft> {
        let same = (0..rules.len()).filter(|i| !used[*i]).find(|i| meets(&rules[*i].cue, &reading.cue));
        if let Some(i) = same {
            used[i] = true;
        }
        self.made(reading, cues.sure(&reading.cue), same.map(|i| &rules[i]))
    }

    /// How sure the head must be of a cue.
    fn least(&self, reading: &Reading, rules: &[Draft]) -> f32 {
        let denial = self.is_negative(&reading.cue) || self.meant(&reading.cue).stance == "denies";
        match rules.iter().any(|d| meets(&d.cue, &reading.cue)) {
            _ if denial => SURE_OF_DENIAL,
            true => HALF_SURE,
            false => SURE,
        }
    }

    /// How sure the head must be of a cue inside of another's content.
    fn least_inner(&self, cue: &Range<usize>) -> f32 {
        let words = self.words;
        let known = cue.clone().any(|i| {
            let verb = words.list[i].verb.is_some_and(|v| cues::cue(v.lemma).is_some());
            verb || cues::cue_noun(words.lower(i)).is_some()
        });
        let marked = cue.clone().any(|i| matches!(words.lower(i), "according" | ":" | "reportedly" | "allegedly"));
        if known || marked { SURE_OF_INNER } else { SURE_OF_UNKNOWN }
    }

    fn is_negative(&self, cue: &Range<usize>) -> bool {
        let negative =
            |i: usize| self.words.list[i].is(Closed::Neg) || matches!(self.words.lower(i), "no" | "without" | "never");
        cue.clone().any(negative)
    }

    /// Whether a claim that the rules alone found is kept: one that tells a quotation, one inside of another's content, and one whose
    /// cue the head half sees.
    fn keeps(&self, draft: &Draft, told: &[Draft]) -> bool {
        let nested = told.iter().any(|d| d.tells(draft.cue[0].start));
        if nested {
            // A head that knows cues at every depth decides about those of the rules.
            return match &self.readings.inner {
                Some(cues) => draft.cue.iter().any(|c| cues.sure(c) >= SURE_OF_INNER_RULE),
                None => !self.quotes.inside(draft.cue[0].start) || self.is_telling(draft),
            };
        }
        let quoted = self.quoted(&draft.content) >= 0.5;
        quoted || draft.cue.iter().any(|c| self.readings.outer.sure(c) >= HALF_SURE)
    }

    /// Whether a claim inside of a quotation says what somebody says, and not what somebody is for or against: a clause, or a
    /// noun of attribution.
    fn is_telling(&self, draft: &Draft) -> bool {
        let words = draft.content.iter().map(Range::len).sum::<usize>();
        let clause = draft.content.first().is_some_and(|c| {
            let first = &self.words.list[c.start];
            first.is_any(&[Closed::That, Closed::To, Closed::Wh, Closed::Sub, Closed::Pron, Closed::There])
        });
        let spoken = matches!(draft.class, "say" | "write" | "decree" | "show");
        draft.stance == "denies" || spoken && (clause || words > 3) || clause && words > 4
    }

    /// The share of these words that stand in quotation marks.
    fn quoted(&self, content: &[Range<usize>]) -> f32 {
        let (mut inside, mut all) = (0, 0);
        for at in content.iter().flat_map(Clone::clone).filter(|i| !self.words.list[*i].is_mark()) {
            all += 1;
            inside += usize::from(self.quotes.inside(at));
        }
        inside as f32 / all.max(1) as f32
    }

    fn made(&self, reading: &Reading, sure: f32, rule: Option<&Draft>) -> Option<Draft> {
        // "He had reportedly met them" has no source: whoever did it is not who tells it, as the heads would have it.
        if let Some(adverb) = rule.filter(|r| r.lemma == "reportedly") {
            return Some(adverb.clone());
        }
        let mut draft = match rule {
            Some(rule) => rule.clone(),
            None => self.meant(&reading.cue),
        };
        draft.cue = vec![reading.cue.clone()];
        draft.negated = reading
            .cue
            .clone()
            .any(|i| self.words.list[i].is(Closed::Neg) || matches!(self.words.lower(i), "no" | "without" | "never"));
        let of_rules = rule.is_some_and(|r| self.quoted(&r.content) >= 0.9);
        if !of_rules || rule.is_none() {
            let content = self.widened(reading);
            if !content.is_empty() {
                draft.content = content;
                draft.why = vec!["its content as the engine's head tells".to_owned()];
            }
        }
        if let Some(source) = reading.source.as_ref().filter(|s| !self.is_empty_phrase(s)) {
            draft.source = vec![source.clone()];
            draft.why.push("its source as the engine's head tells".to_owned());
        }
        let sure = (100.0 * sure).round();
        draft.why.push(format!("its cue as the engine's head tells, sure to {sure} of 100"));
        let cue = draft.cue[0].clone();
        draft.content = draft.content.into_iter().flat_map(|r| without(r, &cue)).collect();
        (!draft.content.is_empty()).then_some(draft)
    }

    /// Whether a phrase holds nothing but articles and the like: the noun that it leads to was not taken with it.
    fn is_empty_phrase(&self, phrase: &Range<usize>) -> bool {
        phrase.clone().all(|i| matches!(self.words.lower(i), "the" | "a" | "an" | "of" | "and" | "," | "-"))
    }

    /// The content of a reading, made wider to whole quotations that it covers half of.
    fn widened(&self, reading: &Reading) -> Vec<Range<usize>> {
        let mut out: Vec<Range<usize>> = Vec::new();
        for range in &reading.content {
            let mut wide = range.clone();
            for q in &self.quotes.list {
                let inner = q.inner();
                let both = wide.end.min(inner.end).saturating_sub(wide.start.max(inner.start));
                let cue_inside = q.range.contains(&reading.cue.start);
                let sentence = &self.words.sentences[self.words.sentence_of(range.start)].1;
                let here = inner.end.min(sentence.end).saturating_sub(inner.start.max(sentence.start));
                if both > 0 && 2 * both >= here && !cue_inside {
                    wide = wide.start.min(q.range.start)..wide.end.max(q.range.end);
                }
            }
            match out.last_mut().filter(|o| o.end >= wide.start) {
                Some(o) => o.end = o.end.max(wide.end),
                None => out.push(wide),
            }
        }
        out
    }

    /// A draft with what the lexicons tell of a cue.
    fn meant(&self, cue: &Range<usize>) -> Draft {
        let words = self.words;
        let verb = cue.clone().rev().find_map(|i| cues::cue(words.list[i].verb?.lemma));
        if let Some(verb) = verb {
            return Draft { lemma: verb.lemma, class: verb.class, stance: verb.stance, ..Draft::default() };
        }
        let noun = cue.clone().rev().find_map(|i| cues::cue_noun(words.lower(i)));
        let (class, stance) = noun.unwrap_or(("say", "asserts"));
        Draft { lemma: "", class, stance, ..Draft::default() }
    }
}

fn meets(cue: &[Range<usize>], other: &Range<usize>) -> bool {
    cue.iter().any(|c| c.start < other.end && other.start < c.end)
}

fn without(range: Range<usize>, cut: &Range<usize>) -> Vec<Range<usize>> {
    if cut.end <= range.start || range.end <= cut.start {
        return vec![range];
    }
    [range.start..cut.start, cut.end..range.end].into_iter().filter(|r| !r.is_empty() && r.start < r.end).collect()
}
