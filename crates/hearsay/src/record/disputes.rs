//! Disputes: what some assert and others deny.
//!
//! Two ways lead here. Within an incident the tellers for and against meet. Where coding gave no event, or two that do not meet, a
//! claim that denies meets the claims that assert what it denies: they name a common actor, or one names the other's source,
//! and say it in like words, or in one article.

use super::words::{Bag, Lexicon};
use hearsay_types::incident::{Dispute, DisputeId, Incident, Report, Said, Side, Told};
use hearsay_types::{ActorId, ClaimId, EventId, Polarity, Stance};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// The disputes, by id.
pub fn disputes(told: &Told, incidents: &[Incident]) -> Vec<Dispute> {
    let reports: FxHashMap<EventId, &Report> = told.reports.iter().map(|r| (r.id, r)).collect();
    let mut found: Vec<Dispute> = incidents.iter().filter_map(|i| about(i, &reports)).collect();
    let met = found.iter().flat_map(|d| d.tellers_against.iter().filter_map(|s| s.claim)).collect();
    found.extend(between(told, &met));
    found.sort_by_key(|d| d.id);
    found
}

/// The dispute about an incident, if some tell it and some deny it.
fn about(incident: &Incident, reports: &FxHashMap<EventId, &Report>) -> Option<Dispute> {
    if incident.tellers_for.is_empty() || incident.tellers_against.is_empty() {
        return None;
    }
    let told = incident.events.iter().filter_map(|j| reports.get(&j.event).copied());
    let told: Vec<&Report> = told.collect();
    let (tellers_for, tellers_against) = (sides(&told, Polarity::Positive), sides(&told, Polarity::Negative));
    let asserted = told.iter().find(|r| r.tellers.iter().any(|t| t.polarity == Polarity::Positive))?;
    let members = incident.actors.iter().chain(&incident.recipients);
    let mut actors: Vec<ActorId> = members.filter_map(|m| m.actor_id).collect();
    actors.sort_unstable();
    actors.dedup();
    Some(Dispute {
        id: DisputeId::of(&[b"dispute", incident.id.as_bytes()]),
        incident: Some(incident.id),
        proposition: asserted.sentence.clone(),
        actors,
        first_disputed: disputed(&tellers_for, &tellers_against),
        why: "Both sides speak of one incident.".to_owned(),
        tellers_for,
        tellers_against,
    })
}

fn sides(told: &[&Report], polarity: Polarity) -> Vec<Side> {
    let each = told.iter().flat_map(|r| r.tellers.iter().filter(|t| t.polarity == polarity).map(move |t| (r, t)));
    each.map(|(report, teller)| Side {
        claim: teller.claim,
        event: Some(report.id),
        article: report.article,
        name: teller.name.clone(),
        actor_id: teller.actor_id,
        anonymous: teller.anonymous,
        publisher: report.publisher.clone(),
        published: report.published.earliest.or(report.published.latest),
    })
    .collect()
}

/// The day by which both sides had been told.
fn disputed(one: &[Side], two: &[Side]) -> Option<Date> {
    let first = |side: &[Side]| side.iter().filter_map(|s| s.published).min();
    Some(first(one)?.max(first(two)?))
}

/// A claim made ready.
struct Ready<'a> {
    said: &'a Said,
    /// The words of the content that are no names.
    bag: Bag,
    /// The names.
    names: Vec<u32>,
    /// The actors of the content and the wholes they are parts of; of a denial those of its source as well.
    actors: Vec<ActorId>,
    denies: bool,
}

/// A denial and an assertion have at least so much in common.
const LEAST: f64 = 0.3;
/// What else they share counts so much beside the cosine of their words.
const IN_ONE_ARTICLE: f64 = 0.15;
const NAMES_THE_SOURCE: f64 = 0.1;
const ACTOR: f64 = 0.08;
/// The cosine is that of words that are no names: names alone do not tell that both speak of one thing.
const WORDS: f64 = 0.12;
/// A denial meets at most so many assertions.
const MOST: usize = 8;
/// An actor of more claims than this leads nowhere.
const CROWD: usize = 2_000;

fn between(told: &Told, met: &FxHashSet<ClaimId>) -> Vec<Dispute> {
    let ready = ready(told);
    let mut by_actor: BTreeMap<ActorId, Vec<usize>> = BTreeMap::new();
    for (n, claim) in ready.iter().enumerate().filter(|(_, c)| !c.denies) {
        claim.actors.iter().for_each(|actor| by_actor.entry(*actor).or_default().push(n));
    }
    by_actor.retain(|_, claims| claims.len() <= CROWD);
    // What several deny that is asserted in the same words is one dispute: that of the best assertion.
    let mut disputes: BTreeMap<usize, Meeting> = BTreeMap::new();
    for (n, denial) in ready.iter().enumerate().filter(|(_, c)| c.denies && !met.contains(&c.said.id)) {
        let best = met_by(denial, &ready, &by_actor);
        if let Some((first, _)) = best.first() {
            let meeting = disputes.entry(*first).or_default();
            meeting.against.push(n);
            meeting.asserted.extend(best.iter().map(|b| b.0));
        }
    }
    disputes.into_iter().map(|(first, meeting)| meeting.dispute(first, &ready)).collect()
}

#[derive(Default)]
struct Meeting {
    asserted: Vec<usize>,
    against: Vec<usize>,
}

fn ready(told: &Told) -> Vec<Ready<'_>> {
    let speaking: Vec<(&Said, bool)> = told.claims.iter().filter_map(|c| Some((c, denies(c)?))).collect();
    let mut lexicon = Lexicon::default();
    speaking.iter().for_each(|(said, _)| lexicon.count(&said.content));
    let up = |id: &ActorId| told.wholes.get(id).copied();
    speaking
        .into_iter()
        .map(|(said, denies)| {
            let own = said.source_actor.filter(|_| denies);
            let mut actors: Vec<ActorId> = said.actors.iter().copied().chain(own).collect();
            actors = actors.iter().flat_map(|id| std::iter::successors(Some(*id), up).take(6)).collect();
            actors.sort_unstable();
            actors.dedup();
            let mut bag = lexicon.bag(&said.content);
            let names = std::mem::take(&mut bag.names);
            bag.words.retain(|w| names.binary_search(&w.0).is_err());
            Ready { said, bag, names, actors, denies }
        })
        .collect()
}

/// Whether a claim denies or asserts; none where it does neither.
fn denies(said: &Said) -> Option<bool> {
    let no = said.negated != is_negated(&said.content);
    match said.stance {
        Stance::Denies => Some(true),
        Stance::Asserts | Stance::Confirms if no => Some(true),
        Stance::Asserts | Stance::Confirms | Stance::Accuses => Some(false),
        _ => None,
    }
}

/// Whether the first clause of a content is negated: "there are no members", "it had never", "none of its aircraft".
fn is_negated(content: &str) -> bool {
    let words = content.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).filter(|w| !w.is_empty());
    let negation = |w: &str| {
        let low = w.to_lowercase();
        matches!(low.as_str(), "no" | "not" | "never" | "none" | "nobody" | "nothing" | "neither" | "cannot")
            || low.ends_with("n't")
            || low.ends_with("n’t")
    };
    words.take(10).any(negation)
}

/// The assertions that a denial meets, best first.
fn met_by(denial: &Ready, ready: &[Ready], by_actor: &BTreeMap<ActorId, Vec<usize>>) -> Vec<(usize, f64)> {
    let mut near: Vec<usize> = denial.actors.iter().filter_map(|a| by_actor.get(a)).flatten().copied().collect();
    near.sort_unstable();
    near.dedup();
    let held = near.into_iter().filter_map(|n| Some((n, meets(denial, &ready[n])?)));
    let mut held: Vec<(usize, f64)> = held.filter(|(_, score)| *score >= LEAST).collect();
    held.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    held.truncate(MOST);
    held
}

/// How much a denial and an assertion have in common; none where they cannot speak of one thing.
fn meets(denial: &Ready, assertion: &Ready) -> Option<f64> {
    let (no, yes) = (denial.said, assertion.said);
    let same_source = no.source_actor.is_some() && no.source_actor == yes.source_actor;
    if same_source || (no.article == yes.article && no.source == yes.source) {
        return None;
    }
    let words = denial.bag.cosine(&assertion.bag);
    let shared = denial.actors.iter().filter(|a| assertion.actors.binary_search(a).is_ok()).count();
    let named = no.source_actor.is_some_and(|source| assertion.actors.binary_search(&source).is_ok());
    let article = no.article == yes.article || no.story == yes.story;
    let mut score = words + ACTOR * shared.min(3) as f64;
    score += if named { NAMES_THE_SOURCE } else { 0.0 };
    score += if article { IN_ONE_ARTICLE } else { 0.0 };
    // Whom an article accuses, and who denies in the same article, need not take up its words: "we have no men there".
    let names = denial.names.iter().filter(|n| assertion.names.binary_search(n).is_ok()).count();
    let answers = article && named && (no.stance == Stance::Denies || names > 0);
    (words >= WORDS || answers).then_some(score)
}

impl Meeting {
    fn dispute(mut self, first: usize, ready: &[Ready]) -> Dispute {
        self.asserted.sort_unstable();
        self.asserted.dedup();
        let side = |n: &usize| {
            let said = ready[*n].said;
            Side {
                claim: Some(said.id),
                event: None,
                article: said.article,
                name: said.source.clone(),
                actor_id: said.source_actor,
                anonymous: said.anonymous,
                publisher: said.publisher.clone(),
                published: said.published.earliest.or(said.published.latest),
            }
        };
        let all = |list: &[usize]| {
            let mut sides: Vec<Side> = list.iter().map(side).collect();
            sides.sort_by_key(|s| (s.published, s.claim));
            sides
        };
        let (tellers_for, tellers_against) = (all(&self.asserted), all(&self.against));
        let ids = self.asserted.iter().chain(&self.against).map(|n| ready[*n].said.id);
        let smallest = ids.min().expect("a meeting holds claims");
        let actors = ready[first].actors.iter().filter(|a| self.against.iter().any(|n| ready[*n].actors.contains(a)));
        Dispute {
            id: DisputeId::of(&[b"dispute between claims", smallest.as_bytes()]),
            incident: None,
            proposition: ready[first].said.content.clone(),
            actors: actors.copied().collect(),
            first_disputed: disputed(&tellers_for, &tellers_against),
            why: self.why(first, ready),
            tellers_for,
            tellers_against,
        }
    }

    fn why(&self, first: usize, ready: &[Ready]) -> String {
        let denial = &ready[self.against[0]];
        let percent = (100.0_f64 * denial.bag.cosine(&ready[first].bag)).round();
        let like = if percent > 0.0 { format!(", in like words ({percent} of 100)") } else { String::new() };
        let article = if denial.said.article == ready[first].said.article { ", in one article" } else { "" };
        format!("Both speak of the same actors{like}{article}; one asserts and one denies.")
    }
}
