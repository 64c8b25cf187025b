//! Claims made ready to be held against each other.

use crate::record::incidents::day;
use crate::record::wholes_of;
use crate::record::words::{Bag, Lexicon, stem, words};
use hearsay_types::incident::{Report, Said, Told};
use hearsay_types::{ActorId, ClaimId, Polarity, Stance};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// A claim, with what comparing needs.
pub(super) struct Ready<'a> {
    pub(super) said: &'a Said,
    pub(super) denies: bool,
    /// The words of the content that are no names and speak of the matter itself.
    pub(super) bag: Bag,
    /// The names.
    pub(super) names: Vec<u32>,
    /// Words and names, rarest first.
    pub(super) rarest: Vec<u32>,
    /// The first name, if the content begins with it.
    pub(super) subject: Option<u32>,
    /// The actors of the content.
    pub(super) actors: Vec<ActorId>,
    /// The actors of the content and the wholes they are parts of, sorted.
    pub(super) wholes: Vec<ActorId>,
    /// The source's actor and the wholes it is a part of.
    pub(super) own: Vec<ActorId>,
    /// The acts that it tells, or denies.
    pub(super) acts: Vec<Act<'a>>,
    /// Years that the content names.
    pub(super) years: Vec<u32>,
    /// When it was published, in days.
    pub(super) published: Option<i32>,
}

/// An act that a claim tells.
pub(super) struct Act<'a> {
    pub(super) report: &'a Report,
    pub(super) trigger: String,
    pub(super) actors: Vec<ActorId>,
    pub(super) recipients: Vec<ActorId>,
}

/// Words that speak of a saying or its truth, not of the matter: "the report was not accurate". As stems.
const OF_SAYING: &[&str] = &[
    "report",
    "claim",
    "allegation",
    "accusation",
    "accus",
    "charge",
    "charg",
    "rumour",
    "rumor",
    "statement",
    "suggestion",
    "accurat",
    "tru",
    "fals",
    "untru",
    "wrong",
    "baseles",
    "lie",
    "nonsens",
    "deny",
    "den",
    "truth",
    "thing",
    "anything",
    "something",
    "such",
    "kind",
    "sort",
];

pub(super) fn ready(told: &Told) -> Vec<Ready<'_>> {
    let speaking: Vec<(&Said, bool)> = told.claims.iter().filter_map(|c| Some((c, denies(c)?))).collect();
    let mut lexicon = Lexicon::default();
    speaking.iter().for_each(|(said, _)| lexicon.count(&said.content));
    let of_saying: Vec<u32> = OF_SAYING.iter().filter_map(|w| lexicon.id(w)).collect();
    let mut acts = acts(told, &speaking);
    let ready = |(said, denies)| Ready::of(said, denies, &lexicon, &of_saying, &mut acts, &told.wholes);
    speaking.into_iter().map(ready).collect()
}

impl<'a> Ready<'a> {
    fn of(
        said: &'a Said,
        denies: bool,
        lexicon: &Lexicon,
        of_saying: &[u32],
        acts: &mut FxHashMap<ClaimId, Vec<Act<'a>>>,
        parts: &BTreeMap<ActorId, ActorId>,
    ) -> Self {
        let mut bag = lexicon.bag(&said.content);
        let names = std::mem::take(&mut bag.names);
        bag.words.retain(|w| !of_saying.contains(&w.0));
        let mut rarest = bag.words.clone();
        rarest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        bag.words.retain(|w| names.binary_search(&w.0).is_err());
        let first = words(&said.content).into_iter().take(3).find(|w| w.capital).and_then(|w| lexicon.id(w.form));
        let published = said.published.earliest.or(said.published.latest).map(day);
        Ready {
            denies,
            subject: first.filter(|id| names.contains(id)),
            actors: said.actors.clone(),
            wholes: up(said.actors.iter().copied(), parts),
            own: up(said.source_actor.into_iter(), parts),
            acts: acts.remove(&said.id).unwrap_or_default(),
            years: years(&said.content),
            rarest: rarest.into_iter().map(|w| w.0).collect(),
            published,
            bag,
            names,
            said,
        }
    }

    /// Whether somebody who speaks for an actor speaks of it here.
    pub(super) fn names_actor(&self, actors: &[ActorId]) -> bool {
        shared(&self.wholes, actors) || self.acts.iter().any(|act| shared(&act.actors, actors))
    }
}

/// The acts of the claims: of those that deny what they deny, of the others what they assert.
fn acts<'a>(told: &'a Told, speaking: &[(&Said, bool)]) -> FxHashMap<ClaimId, Vec<Act<'a>>> {
    let denies: FxHashMap<ClaimId, bool> = speaking.iter().map(|(said, denies)| (said.id, *denies)).collect();
    let mut acts: FxHashMap<ClaimId, Vec<Act<'a>>> = FxHashMap::default();
    for report in &told.reports {
        for teller in &report.tellers {
            let Some((claim, denies)) = teller.claim.and_then(|id| Some((id, *denies.get(&id)?))) else { continue };
            if teller.polarity == if denies { Polarity::Negative } else { Polarity::Positive } {
                let ids = |side: &'a [hearsay_types::incident::Party]| {
                    up(side.iter().filter_map(|p| p.actor_id), &told.wholes)
                };
                acts.entry(claim).or_default().push(Act {
                    report,
                    trigger: report.trigger.split_whitespace().map(stem).collect::<Vec<_>>().join(" "),
                    actors: ids(&report.actors),
                    recipients: ids(&report.recipients),
                });
            }
        }
    }
    acts
}

/// Actors and all that they are parts of, sorted.
fn up(ids: impl Iterator<Item = ActorId>, parts: &BTreeMap<ActorId, ActorId>) -> Vec<ActorId> {
    let mut all: Vec<ActorId> = ids.flat_map(|id| wholes_of(id, parts)).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether two sorted lists have an actor in common.
pub(super) fn shared(one: &[ActorId], two: &[ActorId]) -> bool {
    one.iter().any(|id| two.binary_search(id).is_ok())
}

fn years(content: &str) -> Vec<u32> {
    let numbers = content.split(|c: char| !c.is_ascii_digit()).filter(|n| n.len() == 4);
    numbers.filter_map(|n| n.parse().ok()).filter(|n| (1800..2200).contains(n)).collect()
}

/// Whether a claim denies or asserts; none where it does neither.
fn denies(said: &Said) -> Option<bool> {
    let no = said.negated != is_negated(&said.content);
    match said.stance {
        Stance::Denies => Some(true),
        Stance::Asserts | Stance::Confirms if no => Some(true),
        Stance::Asserts | Stance::Confirms | Stance::Accuses | Stance::Speculates => Some(false),
        _ => None,
    }
}

/// Whether the first clause of a content is negated: "there are no members", "it had never", "none of its aircraft".
pub(super) fn is_negated(content: &str) -> bool {
    let words = content.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).filter(|w| !w.is_empty());
    let negation = |w: &str| {
        let low = w.to_lowercase();
        matches!(low.as_str(), "no" | "not" | "never" | "none" | "nobody" | "nothing" | "neither" | "cannot")
            || low.ends_with("n't")
            || low.ends_with("n’t")
    };
    words.take(12).any(negation)
}
