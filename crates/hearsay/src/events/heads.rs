//! What the engine's heads tell of acts: `triggers` says which word names an act of which PLOVER type, `roles` which words
//! of its sentence name who does it and to whom. They join the rules: where the lexicon finds nothing the surest word is taken,
//! and an act of the lexicon that the heads hold for none is left out. Without such heads in the weights the rules work alone.

use super::find::Act;
use crate::shallow::Words;
use crate::shallow::recalled::{Recalled, last_best, recalled, softmax};
use hearsay_data::triggers::{Trigger, plain};
use hearsay_engine::Engine;
use hearsay_types::{Parsed, Status, named};
use std::ops::Range;

/// How sure the head must be of a word that no rule knows.
const ADD: f32 = 0.9;

/// An act of the rules is left out where the head is less sure than this that any word of it names an act.
const VETO: f32 = 0.1;

/// The same for the head that learnt from our own labels alone, those of look-alikes among them.
const OWN_ADD: f32 = 0.97;
const OWN_VETO: f32 = 0.25;

/// How sure the head for statuses must be to be believed over the rules.
const STATUS: f32 = 0.9;

/// How many words before and behind a rule's word can be the one that the head means.
const NEAR: usize = 4;

/// A word that the head holds for an act.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    /// The word.
    pub at: usize,
    /// The plain reading of its type.
    pub trigger: &'static Trigger,
    /// How sure the head is, from 0 to 1.
    pub sure: f32,
    /// Whether the head is the one that learnt from our own labels.
    pub own: bool,
    /// Who does it, as the head for roles sees it.
    pub actors: Vec<Range<usize>>,
    /// Whom it is done to.
    pub recipients: Vec<Range<usize>>,
}

/// What the heads tell of an article.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// In order.
    list: Vec<Hint>,
    /// For each word that has a vector how sure the head is that it names an act of any type.
    sure: Vec<f32>,
    /// The same by the head of our own labels; empty where there is none.
    own: Vec<f32>,
    /// For each word the type that each head holds for likeliest if it names an act at all, with its share.
    likeliest: [Vec<(&'static str, f32)>; 2],
    /// For each word the status that it would have as an act, where the head is sure; empty where there is none.
    statuses: Vec<Option<Status>>,
}

impl Hints {
    /// Asks the heads; nothing where there is no engine or it has no such heads.
    pub fn of(engine: Option<&Engine>, parsed: &Parsed, words: &Words) -> Hints {
        let mut out = Hints::default();
        let Some((engine, labels)) = engine.and_then(|e| Some((e, Labels::of(e)?))) else { return out };
        for batch in recalled(engine, parsed, words) {
            if out.add(engine, &labels, &batch).is_none() {
                break;
            }
        }
        out
    }

    fn add(&mut self, engine: &Engine, labels: &Labels, batch: &Recalled) -> Option<()> {
        let mut found = Vec::new();
        let mut reads = vec![("triggers", labels.none, &labels.kinds, false)];
        reads.extend(labels.own.as_ref().map(|(none, kinds)| ("acts", *none, kinds, true)));
        for (head, none, kinds, own) in reads {
            let scores = engine.scores(&batch.encoded, head).ok()?;
            let mut rows = scores.chunks_exact(kinds.len());
            for sentence in &batch.sentences {
                for (at, row) in sentence.clone().zip(rows.by_ref()) {
                    let shares = softmax(row);
                    let sure = if own { &mut self.own } else { &mut self.sure };
                    sure.push(1.0 - shares[none]);
                    let best = last_best(&shares);
                    self.likeliest[usize::from(own)].push(likeliest(&shares, kinds));
                    let least = if own { OWN_ADD } else { ADD };
                    if let Some(trigger) = kinds[best].filter(|_| shares[best] >= least) {
                        found.push((at, trigger, shares[best], own, sentence.clone()));
                    }
                }
            }
        }
        self.add_roles(engine, labels, batch, found)?;
        self.add_statuses(engine, labels, batch)
    }

    /// Asks for the roles of the words found, and keeps both.
    fn add_roles(&mut self, engine: &Engine, labels: &Labels, batch: &Recalled, found: Vec<Found>) -> Option<()> {
        let first = batch.sentences.first()?.start;
        let pairs: Vec<(usize, usize)> =
            found.iter().flat_map(|(at, _, _, _, s)| s.clone().map(|w| (w - first, *at - first))).collect();
        let scores = engine.pairs(&batch.encoded, "roles", &pairs).ok()?;
        let mut rows = scores.chunks_exact(labels.roles);
        for (at, trigger, sure, own, sentence) in found {
            let roles: Vec<usize> = rows.by_ref().take(sentence.len()).map(last_best).collect();
            let of = |role: usize| runs(&roles, role, sentence.start);
            let (actors, recipients) = (of(labels.actor), of(labels.recipient));
            self.list.push(Hint { at, trigger, sure, own, actors, recipients });
        }
        Some(())
    }

    fn add_statuses(&mut self, engine: &Engine, labels: &Labels, batch: &Recalled) -> Option<()> {
        let Some(statuses) = &labels.statuses else { return Some(()) };
        let scores = engine.scores(&batch.encoded, "status").ok()?;
        for row in scores.chunks_exact(statuses.len()) {
            // The label that stands for no act is left out: here the word names one.
            let told: Vec<(Status, f32)> = statuses.iter().zip(row).filter_map(|(s, x)| Some(((*s)?, *x))).collect();
            let shares = softmax(&told.iter().map(|t| t.1).collect::<Vec<_>>());
            let best = last_best(&shares);
            let sure = shares.get(best).is_some_and(|s| *s >= STATUS);
            self.statuses.push(told.get(best).map(|t| t.0).filter(|_| sure));
        }
        Some(())
    }

    /// How sure the heads are that a word names an act of this type: the surer one counts.
    pub fn share(&self, at: usize, kind: &str) -> f32 {
        let told = self.likeliest.iter().filter_map(|list| list.get(at)).filter(|(k, _)| *k == kind);
        told.map(|(_, share)| *share).fold(0.0, f32::max)
    }

    /// How the word that names an act tells it, where the head is sure.
    pub fn status(&self, at: usize) -> Option<Status> {
        self.statuses.get(at).copied().flatten()
    }

    /// Whether the heads hold an act of the rules for none: no word near it names one. Sentences without vectors are not judged.
    pub fn reject(&self, act: &Act, sentence: &Range<usize>) -> bool {
        let near = act.at.saturating_sub(1).max(sentence.start)..(act.at + NEAR).min(sentence.end);
        let below =
            |list: &[f32], least: f32| list.get(near.clone()).is_some_and(|near| near.iter().all(|sure| *sure < least));
        below(&self.sure, VETO) || below(&self.own, OWN_VETO)
    }

    /// The word of a sentence that the head is surest of, among those that `fits` allows; the first of equals.
    pub fn surest(&self, sentence: &Range<usize>, fits: impl Fn(usize) -> bool) -> Option<&Hint> {
        let inside = self.list.iter().filter(|h| !h.own && sentence.contains(&h.at) && fits(h.at));
        inside.reduce(|best, hint| if hint.sure > best.sure { hint } else { best })
    }

    /// The words of a sentence that the head of our own labels is sure of.
    pub fn own(&self, sentence: &Range<usize>) -> impl Iterator<Item = &Hint> {
        self.list.iter().filter(move |h| h.own && sentence.contains(&h.at))
    }
}

/// A word that a head holds for an act: the word, its type, how sure the head is, whether the head is that of our own labels,
/// and the sentence.
type Found = (usize, &'static Trigger, f32, bool, Range<usize>);

/// Where the labels stand in the rows of scores.
struct Labels {
    none: usize,
    /// The plain reading of each type; none for the label that stands for no act.
    kinds: Vec<Option<&'static Trigger>>,
    /// The same two of the head of our own labels.
    own: Option<(usize, Vec<Option<&'static Trigger>>)>,
    /// The labels of the head for statuses.
    statuses: Option<Vec<Option<Status>>>,
    actor: usize,
    recipient: usize,
    roles: usize,
}

impl Labels {
    fn of(engine: &Engine) -> Option<Labels> {
        let (kinds, roles) = (engine.labels("triggers")?, engine.labels("roles")?);
        let at = |list: &[String], name: &str| list.iter().position(|l| l == name);
        let own = engine.labels("acts");
        Some(Labels {
            own: own.and_then(|own| Some((at(own, "none")?, own.iter().map(|k| plain(k)).collect()))),
            statuses: engine.labels("status").map(|list| list.iter().map(|l| named(l)).collect()),
            none: at(kinds, "none")?,
            kinds: kinds.iter().map(|k| plain(k)).collect(),
            actor: at(roles, "actor")?,
            recipient: at(roles, "recipient")?,
            roles: roles.len(),
        })
    }
}

/// The likeliest type of a word, with its share; what stands for no act is left out.
fn likeliest(shares: &[f32], kinds: &[Option<&'static Trigger>]) -> (&'static str, f32) {
    let told = kinds.iter().zip(shares).filter_map(|(k, share)| Some((k.as_ref()?.kind, *share)));
    told.fold(("", 0.0), |best, next| if next.1 > best.1 { next } else { best })
}

/// The runs of words with one role; a gap of one word is closed.
fn runs(roles: &[usize], role: usize, start: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in (0..roles.len()).filter(|i| roles[*i] == role).map(|i| start + i) {
        match out.last_mut().filter(|r| at <= r.end + 1) {
            Some(run) => run.end = at + 1,
            None => out.push(at..at + 1),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearsay_data::triggers::triggers;

    fn act(at: usize, lemma: &str) -> Act {
        let trigger = &triggers(lemma)[0];
        Act::told(at, trigger, Vec::new(), Vec::new(), at + 1)
    }

    fn hint(at: usize, kind: &str) -> Hint {
        Hint { at, trigger: plain(kind).unwrap(), sure: 0.9, own: false, actors: Vec::new(), recipients: Vec::new() }
    }

    fn hints(sure: Vec<f32>, list: Vec<Hint>) -> Hints {
        Hints { list, sure, ..Hints::default() }
    }

    #[test]
    fn an_act_is_left_out_only_where_the_head_sees_none_near_it() {
        assert!(hints(vec![0.001; 10], Vec::new()).reject(&act(2, "attack"), &(0..10)));
        let mut near = vec![0.001; 10];
        near[4] = 0.4;
        assert!(!hints(near, Vec::new()).reject(&act(2, "attack"), &(0..10)), "the head means a word behind it");
        let far = hints(vec![0.001; 10], Vec::new()).reject(&act(12, "attack"), &(10..20));
        assert!(!far, "no vector, no judgement");
        assert!(!Hints::default().reject(&act(2, "attack"), &(0..10)));
    }

    #[test]
    fn the_surest_word_that_can_name_an_act_is_taken() {
        let mut hints = hints(vec![0.9; 20], vec![hint(3, "ASSAULT"), hint(4, "AID"), hint(6, "AID")]);
        hints.list[2].sure = 0.95;
        let at = |range: Range<usize>, not: usize| hints.surest(&range, |at| at != not).map(|h| h.at);
        assert_eq!((at(0..20, 0), at(0..20, 6), at(10..20, 0)), (Some(6), Some(3), None));
    }

    #[test]
    fn runs_of_a_role_close_a_gap_of_one_word() {
        assert_eq!(runs(&[1, 1, 0, 1, 0, 0, 1], 1, 10), [10..14, 16..17]);
    }
}
