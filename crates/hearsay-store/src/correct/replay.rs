//! The replay: everything as it was coded, and then the log from its beginning.

use super::actors::Actors;
use super::rows::{Spot, What, restore};
use super::{change, log, pin};
use crate::Error;
use hearsay_types::correction::{Act, Pin};
use hearsay_types::{Correction, CorrectionId};
use rusqlite::{Connection, params};
use std::collections::HashMap;

/// What came of a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Replayed {
    /// Corrections that changed what they are about.
    pub applied: u64,
    /// Corrections that find nothing to change: the page they are about is not in the record, or tells no such thing any more.
    pub waiting: u64,
    /// Corrections that were taken back.
    pub undone: u64,
}

/// How a correction stands.
enum State {
    Applied,
    Waiting(&'static str),
    Undone,
}

/// What a correction is about, as the record holds it.
enum Aim {
    Row(Option<Spot>),
    Sides(Vec<Spot>, Vec<Spot>),
    Actors,
    Log,
}

/// Puts all back as it was coded, then goes through the log.
pub(super) fn replay(conn: &Connection) -> Result<Replayed, Error> {
    restore(conn)?;
    let log = log::all(conn)?;
    if log.is_empty() {
        return Ok(Replayed::default());
    }
    let standing = Standing::of(&log);
    // All rows are looked for before any is changed: what one correction takes out another must not look for elsewhere.
    let aims = log.iter().map(|(_, c)| aim(conn, &c.act)).collect::<Result<Vec<_>, _>>()?;
    let mut actors = Actors::default();
    let mut done = Replayed::default();
    for ((key, correction), aim) in log.iter().zip(&aims) {
        let state = if standing.is_undone(correction.id) {
            State::Undone
        } else {
            apply(conn, *key, correction, aim, &mut actors, &standing)?
        };
        done.count(&state);
        keep(conn, *key, &state)?;
    }
    actors.keep(conn)?;
    Ok(done)
}

impl Replayed {
    fn count(&mut self, state: &State) {
        match state {
            State::Applied => self.applied += 1,
            State::Waiting(_) => self.waiting += 1,
            State::Undone => self.undone += 1,
        }
    }
}

fn keep(conn: &Connection, key: i64, state: &State) -> Result<(), Error> {
    let (state, note) = match state {
        State::Applied => ("applied", None),
        State::Waiting(note) => ("waiting", Some(*note)),
        State::Undone => ("undone", None),
    };
    conn.prepare_cached("INSERT INTO t_correction_states (correction, state, note) VALUES (?1, ?2, ?3)")?
        .execute(params![key, state, note])?;
    Ok(())
}

/// Which corrections are taken back, and by which.
struct Standing {
    /// For each correction the undos that name it.
    undone: HashMap<CorrectionId, Vec<CorrectionId>>,
    known: HashMap<CorrectionId, ()>,
}

impl Standing {
    fn of(log: &[(i64, Correction)]) -> Standing {
        let mut undone: HashMap<CorrectionId, Vec<CorrectionId>> = HashMap::new();
        for (_, correction) in log {
            if let Some(target) = correction.act.undoes() {
                undone.entry(target).or_default().push(correction.id);
            }
        }
        Standing { undone, known: log.iter().map(|(_, c)| (c.id, ())).collect() }
    }

    /// An undo can be taken back itself. It names a hash of what it takes back, so that no circle is possible.
    fn is_undone(&self, id: CorrectionId) -> bool {
        self.undone.get(&id).is_some_and(|by| by.iter().any(|undo| !self.is_undone(*undo)))
    }
}

/// Whether a correction is taken back.
pub(super) fn is_undone(conn: &Connection, id: CorrectionId) -> Result<bool, Error> {
    Ok(Standing::of(&log::all(conn)?).is_undone(id))
}

fn aim(conn: &Connection, act: &Act) -> Result<Aim, Error> {
    let all = |pins: &[Pin]| -> Result<Vec<Spot>, Error> {
        let found = pins.iter().map(|pin| pin::find(conn, What::Event, pin)).collect::<Result<Vec<_>, _>>()?;
        Ok(found.into_iter().flatten().collect())
    };
    Ok(match act {
        Act::RejectEvent { event }
        | Act::Retype { event, .. }
        | Act::Redate { event, .. }
        | Act::Replace { event, .. }
        | Act::SetStatus { event, .. } => Aim::Row(pin::find(conn, What::Event, event)?),
        Act::RejectClaim { claim } | Act::FixSource { claim, .. } => Aim::Row(pin::find(conn, What::Claim, claim)?),
        Act::MergeIncidents { events } => Aim::Sides(all(events)?, Vec::new()),
        Act::SplitIncident { leave, stay } => Aim::Sides(all(leave)?, all(stay)?),
        Act::MergeActors { .. } | Act::SplitActor { .. } => Aim::Actors,
        Act::Undo { .. } => Aim::Log,
    })
}

fn apply(
    conn: &Connection,
    key: i64,
    correction: &Correction,
    aim: &Aim,
    actors: &mut Actors,
    standing: &Standing,
) -> Result<State, Error> {
    let id = correction.id.to_string();
    let fits = match (aim, &correction.act) {
        (Aim::Row(None), _) => return Ok(State::Waiting("no page of the record tells this any more")),
        (Aim::Row(Some(spot)), act) => {
            change::apply(conn, *spot, &id, act, actors)?;
            true
        }
        (Aim::Sides(one, other), Act::MergeIncidents { .. }) => sides(conn, key, one, other)? > 1,
        (Aim::Sides(one, other), _) => {
            sides(conn, key, one, other)?;
            !one.is_empty() && !other.is_empty()
        }
        (Aim::Actors, act) => actors.apply(conn, &id, act)?,
        (Aim::Log, act) => act.undoes().is_some_and(|undone| standing.known.contains_key(&undone)),
    };
    Ok(match (fits, aim) {
        (true, _) => State::Applied,
        (false, Aim::Actors) => State::Waiting("an actor that it names is in no article of the record"),
        (false, Aim::Log) => State::Waiting("the correction that it takes back is not in the log"),
        (false, _) => State::Waiting("too few of its events are in the record"),
    })
}

/// Keeps the events of both sides; gives how many there are. A rejected event is in none.
fn sides(conn: &Connection, key: i64, one: &[Spot], other: &[Spot]) -> Result<usize, Error> {
    let mut insert = conn.prepare_cached(
        "INSERT OR IGNORE INTO t_incident_corrections (correction, event, side)
         SELECT ?1, key, ?4 FROM t_events WHERE article = ?2 AND nth = ?3",
    )?;
    let mut count = 0;
    for (side, spots) in [one, other].into_iter().enumerate() {
        for spot in spots {
            count += insert.execute(params![key, spot.article, spot.nth, side])?;
        }
    }
    Ok(count)
}
