//! Relations: what passed between two actors, month by month.
//!
//! Each incident counts once, however many report it, with the value of its type on a scale of conflict and cooperation
//! (`hearsay-data/linking/scale.tsv`). What is only denied, planned, threatened or supposed did not pass.

use super::wholes_of;
use hearsay_data::linking::scale;
use hearsay_types::incident::{Incident, Member, Relation};
use hearsay_types::{ActorId, Interval, Status};
use std::collections::{BTreeMap, BTreeSet};

/// The pair and the month.
type Key = (ActorId, ActorId, Option<String>);

/// The relations, by actors and month.
pub fn relations(incidents: &[Incident], wholes: &BTreeMap<ActorId, ActorId>) -> Vec<Relation> {
    let mut months: BTreeMap<Key, Month> = BTreeMap::new();
    for incident in incidents.iter().filter(|i| passed(i.status)) {
        let Some(value) = scale(&incident.kind) else { continue };
        for (from, to) in pairs(incident, wholes) {
            let key = (from.min(to), from.max(to), month(incident));
            months.entry(key).or_default().add(incident, value, from < to);
        }
    }
    let mut all: Vec<Relation> = months.into_iter().map(|(key, month)| month.relation(key)).collect();
    all.chunk_by_mut(|x, y| (x.a, x.b) == (y.a, y.b)).for_each(turns);
    all
}

fn passed(status: Status) -> bool {
    matches!(status, Status::Happened | Status::Alleged | Status::Disputed | Status::Background)
}

/// Acts that two do together.
fn is_mutual(kind: &str) -> bool {
    matches!(kind, "AGREE" | "CONSULT" | "COOPERATE" | "SUPPORT" | "CONCEDE")
}

/// Who did it to whom, each pair of actors once. Of an act that two do together without a recipient, the two.
fn pairs(incident: &Incident, wholes: &BTreeMap<ActorId, ActorId>) -> BTreeSet<(ActorId, ActorId)> {
    let ids = |members: &[Member]| members.iter().filter_map(|m| m.actor_id).take(4).collect::<Vec<_>>();
    let (from, mut to) = (ids(&incident.actors), ids(&incident.recipients));
    let together = to.is_empty() && is_mutual(&incident.kind);
    if together {
        to.clone_from(&from);
    }
    let is_part = |a: &ActorId, b: &ActorId| wholes_of(*a, wholes).any(|w| w == *b);
    let each = from.iter().flat_map(|a| to.iter().map(move |b| (*a, *b)));
    each.filter(|(a, b)| !is_part(a, b) && !is_part(b, a)).filter(|(a, b)| !together || a < b).collect()
}

/// The month of the act; that of the first report where the act has no day of its own; the year where only that is told.
fn month(incident: &Incident) -> Option<String> {
    match incident.interval {
        Interval { earliest: Some(from), latest: Some(to) }
            if (from.year(), from.month()) == (to.year(), to.month()) =>
        {
            Some(format!("{:04}-{:02}", from.year(), from.month()))
        }
        Interval { earliest: Some(from), latest: Some(to) } if from.year() == to.year() => {
            Some(format!("{:04}", from.year()))
        }
        Interval { earliest: None, latest: Some(_) } | Interval::UNKNOWN => {
            let day = incident.first_reported.filter(|_| incident.status != Status::Background)?;
            Some(format!("{:04}-{:02}", day.year(), day.month()))
        }
        _ => None,
    }
}

#[derive(Default)]
struct Month {
    quads: [u32; 4],
    from_a: u32,
    from_b: u32,
    sum: f64,
    incidents: BTreeSet<hearsay_types::IncidentId>,
}

impl Month {
    fn add(&mut self, incident: &Incident, value: f64, from_a: bool) {
        // An act of each on the other is one act.
        if self.incidents.insert(incident.id) {
            self.quads[usize::from(incident.quad.clamp(1, 4) - 1)] += 1;
            self.sum += value;
        }
        *(if from_a { &mut self.from_a } else { &mut self.from_b }) += 1;
    }

    fn relation(self, (a, b, month): Key) -> Relation {
        let count = self.incidents.len().max(1) as f64;
        Relation {
            a,
            b,
            month,
            quads: self.quads,
            from_a: self.from_a,
            from_b: self.from_b,
            scale: self.sum / count,
            incidents: self.incidents.into_iter().collect(),
            turn: None,
        }
    }
}

/// So many months of acts on either side of a turning point are looked at.
const MONTHS: usize = 3;
/// ... with so many acts at least.
const ACTS: u32 = 3;
/// The means on either side lie so far apart.
const STEP: f64 = 5.0;

/// Marks the months from which on the mean of the acts is another: where it changes most, and most of all within reach.
fn turns(rows: &mut [Relation]) {
    // Only whole months stand in an order.
    let dated: Vec<usize> = (0..rows.len()).filter(|n| rows[*n].month.as_ref().is_some_and(|m| m.len() > 4)).collect();
    let steps: Vec<Option<(Mean, Mean)>> = (0..dated.len()).map(|n| step(rows, &dated, n)).collect();
    let size = |n: usize| steps[n].as_ref().map_or(0.0, |(before, after)| (after.value - before.value).abs());
    for n in 0..dated.len() {
        let reach = n.saturating_sub(MONTHS)..(n + MONTHS + 1).min(dated.len());
        let largest = reach.into_iter().all(|m| m == n || size(m) < size(n) || (size(m) == size(n) && m > n));
        if let Some((before, after)) = steps[n].as_ref().filter(|_| largest && size(n) >= STEP) {
            rows[dated[n]].turn = Some(told(before, after));
        }
    }
}

/// The mean of some months.
struct Mean {
    value: f64,
    acts: u32,
    first: String,
    last: String,
}

fn step(rows: &[Relation], dated: &[usize], n: usize) -> Option<(Mean, Mean)> {
    let before = mean(rows, &dated[n.saturating_sub(MONTHS)..n])?;
    let after = mean(rows, &dated[n..(n + MONTHS).min(dated.len())])?;
    (before.acts >= ACTS && after.acts >= ACTS).then_some((before, after))
}

fn mean(rows: &[Relation], months: &[usize]) -> Option<Mean> {
    let acts = |row: &Relation| row.quads.iter().sum::<u32>();
    let count: u32 = months.iter().map(|n| acts(&rows[*n])).sum();
    let sum: f64 = months.iter().map(|n| rows[*n].scale * f64::from(acts(&rows[*n]))).sum();
    let month = |n: &usize| rows[*n].month.clone();
    Some(Mean {
        value: sum / f64::from(count),
        acts: count,
        first: month(months.first()?)?,
        last: month(months.last()?)?,
    })
}

fn told(before: &Mean, after: &Mean) -> String {
    let side = |m: &Mean| {
        let span = if m.first == m.last { m.first.clone() } else { format!("{} to {}", m.first, m.last) };
        format!("{:+.1} ({} acts, {span})", m.value, m.acts)
    };
    let word = if after.value > before.value { "more cooperative" } else { "more hostile" };
    format!("It grew {word}: the mean of the acts went from {} to {}.", side(before), side(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(month: &str, acts: u32, scale: f64) -> Relation {
        let (a, b) = (ActorId::of(&[b"a"]), ActorId::of(&[b"b"]));
        let month = Some(month.to_owned());
        Relation { a, b, month, quads: [0, 0, 0, acts], from_a: acts, from_b: 0, scale, incidents: vec![], turn: None }
    }

    #[test]
    fn a_turning_point_is_where_the_mean_changes_most() {
        let mut rows = vec![
            row("2031-01", 3, 4.0),
            row("2031-02", 2, 3.5),
            row("2031-03", 4, -7.0),
            row("2031-05", 3, -9.7),
            row("2031-06", 1, -4.0),
        ];
        turns(&mut rows);
        let turned: Vec<&str> = rows.iter().filter(|r| r.turn.is_some()).filter_map(|r| r.month.as_deref()).collect();
        assert_eq!(turned, ["2031-03"]);
        assert!(
            rows[2]
                .turn
                .as_ref()
                .unwrap()
                .starts_with("It grew more hostile: the mean of the acts went from +3.8 (5 acts")
        );
    }
}
