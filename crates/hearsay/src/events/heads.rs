//! What the engine's heads tell of acts: `triggers` says which word names an act of which PLOVER type, `roles` which words
//! of its sentence name who does it and to whom. What they hear is weighed with what the rules find (see `weighed`). Without such
//! heads in the weights the rules work alone.

use crate::shallow::Words;
use crate::shallow::recalled::{Recalled, last_best, recalled, softmax};
use hearsay_data::triggers::{TYPES, Trigger, plain_readings};
use hearsay_engine::Engine;
use hearsay_types::{Parsed, Status, named};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// How sure a head must be that a word names an act of a type for that to be weighed at all.
const LEAST: f32 = 0.04;

/// How sure the head for statuses must be to be believed where the rules say that an act happened.
const OVER_HAPPENED: f32 = 0.9;

/// The same where the rules say something else than happened: the grammar and the stance of the teller, which they go by, are
/// in the sentence that the head reads too.
const OVER_ELSE: f32 = 0.7;

/// How many words behind a rule's word can be the one that a head means; one before it can be, too.
const NEAR: usize = 4;

/// How sure a head is of each type, in the order of [`TYPES`], that a word names an act of it.
type Shares = [f32; TYPES.len()];

/// A word that a head may hold for an act.
#[derive(Debug, Clone, PartialEq)]
pub struct Hint {
    /// The word.
    pub at: usize,
    /// The plain reading of its type.
    pub trigger: &'static Trigger,
    /// Who does it, as the head for roles sees it.
    pub actors: Vec<Range<usize>>,
    /// Whom it is done to.
    pub recipients: Vec<Range<usize>>,
}

/// The two heads that name acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Head {
    /// The one that learnt from PLOVER's sentences too, `triggers`.
    Triggers = 0,
    /// The one that learnt from our own labels alone, look-alikes among them, `acts`.
    Acts = 1,
}

/// What the heads tell of an article.
#[derive(Debug, Clone, Default)]
pub struct Hints {
    /// Words that a head may hold for an act, in the order of the words.
    list: Vec<Hint>,
    /// For each word that has a vector what each head tells of it.
    shares: [Vec<Shares>; 2],
    /// For each word the status that it would have as an act, and how sure the head is; empty where there is none.
    statuses: Vec<Option<(Status, f32)>>,
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
        let mut found = Found::new();
        for (head, name) in [(Head::Triggers, "triggers"), (Head::Acts, "acts")] {
            let kinds = &labels.kinds[head as usize];
            let scores = engine.scores(&batch.encoded, name).ok()?;
            let mut rows = scores.chunks_exact(kinds.len());
            for sentence in &batch.sentences {
                for (at, row) in sentence.clone().zip(rows.by_ref()) {
                    let shares = by_type(&softmax(row), kinds);
                    for kind in (0..TYPES.len()).filter(|kind| shares[*kind] >= LEAST) {
                        found.entry(at).or_insert_with(|| (sentence.clone(), BTreeSet::new())).1.insert(kind);
                    }
                    self.shares[head as usize].push(shares);
                }
            }
        }
        self.add_roles(engine, labels, batch, found)?;
        self.add_statuses(engine, labels, batch)
    }

    /// Asks for the roles of the words found, and keeps both.
    fn add_roles(&mut self, engine: &Engine, labels: &Labels, batch: &Recalled, found: Found) -> Option<()> {
        let first = batch.sentences.first()?.start;
        let pairs: Vec<(usize, usize)> =
            found.iter().flat_map(|(at, (s, _))| s.clone().map(|w| (w - first, *at - first))).collect();
        let scores = engine.pairs(&batch.encoded, "roles", &pairs).ok()?;
        let mut rows = scores.chunks_exact(labels.roles);
        for (at, (sentence, kinds)) in found {
            let roles: Vec<usize> = rows.by_ref().take(sentence.len()).map(last_best).collect();
            let of = |role: usize| runs(&roles, role, sentence.start, at);
            let (actors, recipients) = (of(labels.actor), of(labels.recipient));
            self.list.extend(kinds.into_iter().map(|kind| Hint {
                at,
                trigger: &plain_readings()[kind],
                actors: actors.clone(),
                recipients: recipients.clone(),
            }));
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
            self.statuses.push(told.get(best).map(|t| (t.0, shares[best])));
        }
        Some(())
    }

    /// Whether both heads were asked of the sentence of this word.
    pub fn has(&self, at: usize) -> bool {
        self.shares.iter().all(|list| list.len() > at)
    }

    /// How sure a head is that a word names an act of this type; 0 where it was not asked.
    pub fn share(&self, head: Head, at: usize, kind: &str) -> f32 {
        let place = TYPES.iter().position(|t| *t == kind);
        self.shares[head as usize].get(at).zip(place).map_or(0.0, |(shares, place)| shares[place])
    }

    /// How sure a head is that a word names an act of any type; 0 where it was not asked.
    pub fn any(&self, head: Head, at: usize) -> f32 {
        self.shares[head as usize].get(at).map_or(0.0, |shares| shares.iter().sum())
    }

    /// How sure a head is of the type, other than this one, that it finds likeliest for a word; 0 where it was not asked.
    pub fn rival(&self, head: Head, at: usize, kind: &str) -> f32 {
        let shares = self.shares[head as usize].get(at);
        let others = shares.into_iter().flat_map(|row| row.iter().zip(TYPES)).filter(|(_, name)| *name != kind);
        others.map(|(share, _)| *share).fold(0.0, f32::max)
    }

    /// The surer head's word on it.
    pub fn heard(&self, at: usize, kind: &str) -> f32 {
        self.share(Head::Triggers, at, kind).max(self.share(Head::Acts, at, kind))
    }

    /// How sure a head is that a word, or one near it in its sentence, names an act of any type.
    pub fn near(&self, head: Head, at: usize, sentence: &Range<usize>) -> f32 {
        let near = at.saturating_sub(1).max(sentence.start)..(at + NEAR).min(sentence.end);
        let list = self.shares[head as usize].get(near).unwrap_or_default();
        list.iter().map(|shares| shares.iter().sum::<f32>()).fold(0.0, f32::max)
    }

    /// The status that a word would have as an act, and how sure the head is.
    pub fn told(&self, at: usize) -> Option<(Status, f32)> {
        self.statuses.get(at).copied().flatten()
    }

    /// How the word that names an act tells it, where the head is sure enough to be believed over what the rules say.
    pub fn status(&self, at: usize, ruled: Status) -> Option<Status> {
        let least = match ruled {
            Status::Happened => OVER_HAPPENED,
            // Two sentences of the page make a dispute, and the head reads one.
            Status::Disputed => return None,
            _ => OVER_ELSE,
        };
        let (told, share) = self.told(at)?;
        (told != ruled && share >= least).then_some(told)
    }

    /// The words of a sentence that a head may hold for an act.
    pub fn inside(&self, sentence: &Range<usize>) -> impl Iterator<Item = &Hint> {
        let from = self.list.partition_point(|h| h.at < sentence.start);
        let to = self.list.partition_point(|h| h.at < sentence.end);
        self.list[from..to.max(from)].iter()
    }
}

/// Words that a head may hold for acts: the sentence of each, and the types that it may be of.
type Found = BTreeMap<usize, (Range<usize>, BTreeSet<usize>)>;

/// Where the labels stand in the rows of scores.
struct Labels {
    /// The type of each label of each head, its place among [`TYPES`]; none for the label that stands for no act.
    kinds: [Vec<Option<usize>>; 2],
    /// The labels of the head for statuses.
    statuses: Option<Vec<Option<Status>>>,
    actor: usize,
    recipient: usize,
    roles: usize,
}

impl Labels {
    fn of(engine: &Engine) -> Option<Labels> {
        let at = |list: &[String], name: &str| list.iter().position(|l| l == name);
        let kinds = |head: &str| -> Option<Vec<Option<usize>>> {
            Some(engine.labels(head)?.iter().map(|label| TYPES.iter().position(|t| t == label)).collect())
        };
        let roles = engine.labels("roles")?;
        Some(Labels {
            kinds: [kinds("triggers")?, kinds("acts")?],
            statuses: engine.labels("status").map(|list| list.iter().map(|l| named(l)).collect()),
            actor: at(roles, "actor")?,
            recipient: at(roles, "recipient")?,
            roles: roles.len(),
        })
    }
}

/// What the shares of a head's labels give each type.
fn by_type(row: &[f32], kinds: &[Option<usize>]) -> Shares {
    let mut shares = Shares::default();
    kinds
        .iter()
        .zip(row)
        .filter_map(|(kind, share)| Some(((*kind)?, share)))
        .for_each(|(at, share)| shares[at] = *share);
    shares
}

/// The runs of words with one role; a gap of one word is closed, unless that word is the act.
fn runs(roles: &[usize], role: usize, start: usize, act: usize) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in (0..roles.len()).filter(|i| roles[*i] == role).map(|i| start + i) {
        match out.last_mut().filter(|r| at == r.end || at == r.end + 1 && r.end != act) {
            Some(run) => run.end = at + 1,
            None => out.push(at..at + 1),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_heard_by_the_surer_head_and_near_words_count() {
        let shares = |kind: usize, share: f32| {
            let mut row = Shares::default();
            row[kind] = share;
            row
        };
        let quiet = vec![shares(0, 0.001); 12];
        let mut loud = quiet.clone();
        loud[4] = shares(15, 0.8);
        let hints = Hints { shares: [quiet, loud], ..Hints::default() };
        assert_eq!((hints.heard(4, TYPES[15]), hints.heard(4, TYPES[3])), (0.8, 0.0));
        assert_eq!((hints.near(Head::Acts, 2, &(0..10)), hints.near(Head::Triggers, 2, &(0..10))), (0.8, 0.001));
        assert_eq!(hints.near(Head::Acts, 2, &(0..4)), 0.001, "the next sentence does not count");
        assert!(hints.has(11) && !hints.has(12) && !Hints::default().has(0));
    }

    #[test]
    fn runs_of_a_role_close_a_gap_of_one_word() {
        assert_eq!(runs(&[1, 1, 0, 1, 0, 0, 1], 1, 10, 15), [10..14, 16..17]);
        assert_eq!(runs(&[1, 0, 1], 1, 10, 11), [10..11, 12..13], "\"Vell telephoned Orvia\" names two");
    }
}
