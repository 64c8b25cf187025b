//! Which events a person puts together or apart.

use super::log;
use crate::Error;
use hearsay_types::EventId;
use hearsay_types::correction::Act;
use hearsay_types::incident::Corrected;
use rusqlite::Connection;
use std::collections::BTreeSet;

type Pair = (EventId, EventId);

/// What merges and splits of incidents say of the events that the record holds now. Where two exclude each other the later counts.
pub(crate) fn corrected(conn: &Connection) -> Result<Corrected, Error> {
    let (mut together, mut apart) = (BTreeSet::new(), BTreeSet::new());
    for (key, correction) in log::all(conn)? {
        let [one, other] = sides(conn, key)?;
        match correction.act {
            Act::MergeIncidents { .. } => {
                let pairs = within(&one);
                apart.retain(|pair| !pairs.contains(pair));
                together.extend(pairs);
            }
            Act::SplitIncident { .. } => {
                let pairs = across(&one, &other);
                together.retain(|pair| !pairs.contains(pair));
                apart.extend(pairs);
                let kept = within(&one);
                apart.retain(|pair| !kept.contains(pair));
                together.extend(kept);
            }
            _ => {}
        }
    }
    Ok(Corrected { together: together.into_iter().collect(), apart: apart.into_iter().collect() })
}

/// The events of a merge or a split that stands, by side.
fn sides(conn: &Connection, correction: i64) -> Result<[Vec<EventId>; 2], Error> {
    let mut ask = conn.prepare_cached(
        "SELECT c.side, e.id FROM t_incident_corrections c JOIN t_events e ON e.key = c.event WHERE c.correction = ?1
         ORDER BY e.id",
    )?;
    let mut rows = ask.query([correction])?;
    let mut sides = [Vec::new(), Vec::new()];
    while let Some(row) = rows.next()? {
        let side = usize::from(row.get::<_, u8>(0)? > 0);
        sides[side].extend(EventId::parse(&row.get::<_, String>(1)?));
    }
    Ok(sides)
}

fn pair(a: EventId, b: EventId) -> Pair {
    (a.min(b), a.max(b))
}

fn within(events: &[EventId]) -> BTreeSet<Pair> {
    events.iter().enumerate().flat_map(|(n, a)| events[n + 1..].iter().map(|b| pair(*a, *b))).collect()
}

fn across(one: &[EventId], other: &[EventId]) -> BTreeSet<Pair> {
    one.iter().flat_map(|a| other.iter().map(|b| pair(*a, *b))).collect()
}
