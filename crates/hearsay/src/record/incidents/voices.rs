//! Who tells an incident, who denies it, and who only repeats it.

use hearsay_types::incident::{Report, Teller, Voice};
use hearsay_types::{ActorId, Polarity, StoryId};
use std::collections::{BTreeMap, BTreeSet};

/// One voice: an actor, a name, or, where a reader cannot know who it is, a name within one story.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Actor(ActorId),
    Name(String),
    Within(StoryId, String),
    Author(String),
}

/// Those who say that it was, those who say that it was not, and publishers that repeat it and take no side. A publisher that
/// reprints a story repeats it.
pub(super) fn voices(reports: &[&Report], first: &BTreeMap<StoryId, Option<String>>) -> [Vec<Voice>; 3] {
    let mut sides: [Vec<(Who, Voice)>; 3] = Default::default();
    for report in reports {
        for teller in &report.tellers {
            let reprint = first.get(&report.story).is_some_and(|p| *p != report.publisher);
            if let Some(side) = side(teller, reprint) {
                add(&mut sides[side], report, teller);
            }
        }
    }
    // Who takes a side in one report does more than repeat.
    let taken: BTreeSet<Who> = sides[0].iter().chain(&sides[1]).map(|(who, _)| who.clone()).collect();
    sides[2].retain(|(who, _)| !taken.contains(who));
    sides.map(|side| side.into_iter().map(|(_, voice)| voice).collect())
}

fn side(teller: &Teller, reprint: bool) -> Option<usize> {
    match (teller.claim.is_none(), teller.polarity) {
        (true, _) if reprint => Some(2),
        (_, Polarity::Positive) => Some(0),
        (_, Polarity::Negative) => Some(1),
        (true, Polarity::Underspecified) => Some(2),
        (false, Polarity::Underspecified) => None,
    }
}

fn who(report: &Report, teller: &Teller) -> Who {
    let name = teller.name.to_lowercase();
    match teller.actor_id {
        _ if teller.claim.is_none() => Who::Author(name),
        Some(actor) => Who::Actor(actor),
        None if teller.anonymous || name.is_empty() => Who::Within(report.story, name),
        None => Who::Name(name),
    }
}

fn add(side: &mut Vec<(Who, Voice)>, report: &Report, teller: &Teller) {
    let who = who(report, teller);
    let at = side.iter().position(|(known, _)| *known == who).unwrap_or_else(|| {
        let voice = Voice {
            name: teller.name.clone(),
            actor_id: teller.actor_id,
            author: teller.claim.is_none(),
            anonymous: teller.anonymous,
            claims: vec![],
            events: vec![],
            publishers: vec![],
        };
        side.push((who, voice));
        side.len() - 1
    });
    let voice = &mut side[at].1;
    put(&mut voice.claims, teller.claim);
    put(&mut voice.events, Some(report.id));
    put(&mut voice.publishers, report.publisher.clone());
}

fn put<T: PartialEq>(list: &mut Vec<T>, value: Option<T>) {
    if let Some(value) = value.filter(|v| !list.contains(v)) {
        list.push(value);
    }
}
