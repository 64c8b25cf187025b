//! Disputes: what some assert and others deny.
//!
//! Two ways lead here. Within an incident the tellers for and against meet. Where coding gave no event, or two that do not meet, a
//! claim that denies meets the claims that assert what it denies ([`meet`]): both tell one proposition. That they speak of the same
//! actors is not enough.

mod meet;
mod ready;
#[cfg(test)]
mod tests;

use hearsay_types::incident::{Dispute, DisputeId, Incident, Report, Side, Told};
use hearsay_types::{ActorId, ClaimId, EventId, Polarity};
use jiff::civil::Date;
use meet::{Assertions, Met};
use ready::Ready;
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

fn between(told: &Told, met: &FxHashSet<ClaimId>) -> Vec<Dispute> {
    let ready = ready::ready(told);
    let assertions = Assertions::of(&ready);
    // What several deny that is asserted in the same words is one dispute: that of the best assertion.
    let mut disputes: BTreeMap<usize, Meeting> = BTreeMap::new();
    for (n, denial) in ready.iter().enumerate().filter(|(_, c)| c.denies && !met.contains(&c.said.id)) {
        let best = assertions.met_by(denial, &ready);
        if let Some((first, how)) = best.first() {
            let meeting = disputes.entry(*first).or_insert_with(|| Meeting::new(how.clone()));
            meeting.against.push(n);
            meeting.asserted.extend(best.iter().map(|b| b.0));
        }
    }
    disputes.into_iter().map(|(first, meeting)| meeting.dispute(first, &ready)).collect()
}

struct Meeting {
    asserted: Vec<usize>,
    against: Vec<usize>,
    /// How the first denial met.
    how: Met,
}

impl Meeting {
    fn new(how: Met) -> Self {
        Meeting { asserted: Vec::new(), against: Vec::new(), how }
    }

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
        let actors = ready[first].actors.iter().filter(|a| self.against.iter().any(|n| ready[*n].actors.contains(a)));
        Dispute {
            id: DisputeId::of(&[b"dispute between claims", ready[first].said.id.as_bytes()]),
            incident: None,
            proposition: ready[first].said.content.clone(),
            actors: actors.copied().collect(),
            first_disputed: disputed(&tellers_for, &tellers_against),
            why: self.how.told(),
            tellers_for,
            tellers_against,
        }
    }
}
