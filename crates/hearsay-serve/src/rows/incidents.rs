//! Incidents and disputes: what several reports tell of, and who stands where.

use super::Stretch;
use crate::ask::Ask;
use crate::days::Interval;
use crate::error::Trouble;
use rusqlite::Row;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Who says that it was, or was not, or repeats it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Voice {
    pub name: String,
    pub author: bool,
    pub anonymous: bool,
    pub claims: Vec<String>,
    pub events: Vec<String>,
    pub publishers: Vec<String>,
}

/// Who stands on one side of a dispute.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Side {
    pub claim_id: Option<String>,
    pub event_id: Option<String>,
    pub name: String,
    pub anonymous: bool,
    pub publisher: Option<String>,
}

/// Who takes part in an incident.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Party {
    pub actor_id: Option<String>,
    pub name: String,
}

#[derive(Deserialize, Default)]
struct Spot {
    #[serde(default)]
    name: String,
}

/// How many, by each source.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Tally {
    pub kind: String,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub by: Vec<Told>,
}

/// A number as one source tells it.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Told {
    pub value: String,
    pub source: Option<String>,
    pub publisher: Option<String>,
    pub published: Option<serde_json::Value>,
    pub event: String,
}

/// What a later report tells otherwise.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Change {
    pub event: String,
    pub published: Option<serde_json::Value>,
    pub publisher: Option<String>,
    pub what: String,
    pub before: Option<String>,
    pub now: Option<String>,
}

/// Why an event stands in an incident.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Report {
    pub event_id: String,
    pub why: Option<String>,
}

/// What several reports tell of.
pub struct Incident {
    pub key: i64,
    pub id: String,
    pub kind: String,
    pub mode: Option<String>,
    pub quad: u8,
    pub status: String,
    pub actors: Vec<Party>,
    pub recipients: Vec<Party>,
    pub time: Interval,
    pub place: Option<String>,
    pub asserts: Vec<Voice>,
    pub denies: Vec<Voice>,
    pub repeats: Vec<Voice>,
    pub stories: usize,
    pub publishers: Vec<String>,
    pub first_reported: Option<String>,
}

/// The parts of an incident that only its own page shows.
pub struct Details {
    pub numbers: Vec<Tally>,
    pub changes: Vec<Change>,
    pub reports: Vec<Report>,
    pub disputes: Vec<Dispute>,
}

/// What some assert and others deny.
pub struct Dispute {
    pub id: String,
    pub incident: Option<String>,
    pub proposition: String,
    pub asserts: Vec<Side>,
    pub denies: Vec<Side>,
    pub why: String,
}

fn parsed<T: DeserializeOwned>(r: &Row<'_>, at: usize) -> rusqlite::Result<Vec<T>> {
    let text: Option<String> = r.get(at)?;
    Ok(text.and_then(|t| serde_json::from_str(&t).ok()).unwrap_or_default())
}

const COLUMNS: &str =
    "i.key, i.id, i.type, i.mode, i.quad, i.status, i.actors, i.recipients, i.earliest, i.latest, i.place,
     i.tellers_for, i.tellers_against, i.relays, json_array_length(i.stories), i.publishers, i.first_reported";

fn incident(r: &Row<'_>) -> rusqlite::Result<Incident> {
    let place: Option<String> = r.get(10)?;
    Ok(Incident {
        key: r.get(0)?,
        id: r.get(1)?,
        kind: r.get(2)?,
        mode: r.get(3)?,
        quad: r.get(4)?,
        status: r.get(5)?,
        actors: parsed(r, 6)?,
        recipients: parsed(r, 7)?,
        time: Interval::new(r.get(8)?, r.get(9)?),
        place: place.and_then(|p| serde_json::from_str::<Spot>(&p).ok()).map(|s| s.name),
        asserts: parsed(r, 11)?,
        denies: parsed(r, 12)?,
        repeats: parsed(r, 13)?,
        stories: r.get(14)?,
        publishers: parsed(r, 15)?,
        first_reported: r.get(16)?,
    })
}

/// The incident with this id.
pub fn by_id(ask: &Ask, id: &str) -> Result<Incident, Trouble> {
    let sql = format!("SELECT {COLUMNS} FROM t_incidents i WHERE i.id = ?1");
    ask.one(&sql, [id], incident)?.ok_or(Trouble::NotFound)
}

/// The incidents with these ids, in the order of the ids.
pub fn by_ids(ask: &Ask, ids: &[String]) -> Result<Vec<Incident>, Trouble> {
    let sql = format!("SELECT {COLUMNS} FROM json_each(?1) w CROSS JOIN t_incidents i ON i.id = w.value ORDER BY i.id");
    ask.all(&sql, [serde_json::to_string(ids)?], incident)
}

/// The event that tells the incident first.
pub fn first_report(ask: &Ask, incident: i64) -> Result<Option<String>, Trouble> {
    ask.one(
        "SELECT e.id FROM t_incident_events j JOIN t_events e ON e.key = j.event WHERE j.incident = ?1 ORDER BY j.nth LIMIT 1",
        [incident],
        |r| r.get(0),
    )
}

/// What only the incident's own page shows.
pub fn details(ask: &Ask, id: &str) -> Result<Details, Trouble> {
    let found = ask.one("SELECT numbers, changes, reports FROM incidents WHERE id = ?1", [id], |r| {
        Ok((parsed(r, 0)?, parsed(r, 1)?, parsed(r, 2)?))
    })?;
    let (numbers, changes, reports) = found.ok_or(Trouble::NotFound)?;
    let sql = format!("SELECT {DISPUTE} FROM disputes d WHERE d.incident_id = ?1");
    Ok(Details { numbers, changes, reports, disputes: ask.all(&sql, [id], dispute)? })
}

const DISPUTE: &str = "d.id, d.incident_id, d.proposition, d.tellers_for, d.tellers_against, d.why";

fn dispute(r: &Row<'_>) -> rusqlite::Result<Dispute> {
    Ok(Dispute {
        id: r.get(0)?,
        incident: r.get(1)?,
        proposition: r.get(2)?,
        asserts: parsed(r, 3)?,
        denies: parsed(r, 4)?,
        why: r.get::<_, Option<String>>(5)?.unwrap_or_default(),
    })
}

/// Disputes, those with most tellers first.
pub fn disputes(ask: &Ask, after: usize, size: usize) -> Result<Stretch<Dispute>, Trouble> {
    let sql = format!(
        "SELECT {DISPUTE} FROM disputes d
         ORDER BY -(json_array_length(d.tellers_for) + json_array_length(d.tellers_against)), d.id LIMIT ?1 OFFSET ?2"
    );
    let rows = ask.all(&sql, (size + 1, after), dispute)?;
    Ok(Stretch::cut(rows, size, |_| (after + size).to_string()))
}

/// Incidents that more than one story tells, those with most stories first.
pub fn several(ask: &Ask, after: usize, size: usize) -> Result<Stretch<Incident>, Trouble> {
    let sql = format!(
        "SELECT {COLUMNS} FROM t_incidents i WHERE json_array_length(i.stories) > 1
         ORDER BY -json_array_length(i.stories), i.key LIMIT ?1 OFFSET ?2"
    );
    let rows = ask.all(&sql, (size + 1, after), incident)?;
    Ok(Stretch::cut(rows, size, |_| (after + size).to_string()))
}

/// All incidents, by their first day.
pub fn all(ask: &Ask, after: i64, size: usize) -> Result<Stretch<Incident>, Trouble> {
    let sql = format!("SELECT {COLUMNS} FROM t_incidents i WHERE i.key > ?1 ORDER BY i.key LIMIT ?2");
    let rows = ask.all(&sql, (after, size + 1), incident)?;
    Ok(Stretch::cut(rows, size, |i| i.key.to_string()))
}

/// How many incidents there are, and how many disputes.
pub fn counts(ask: &Ask) -> Result<(u64, u64), Trouble> {
    Ok((ask.count("SELECT count(*) FROM t_incidents", [])?, ask.count("SELECT count(*) FROM t_disputes", [])?))
}

/// The article of a claim or an event.
pub fn article_of(ask: &Ask, id: &str) -> Result<Option<i64>, Trouble> {
    ask.one(
        "SELECT article FROM t_claims WHERE id = ?1 UNION ALL SELECT article FROM t_events WHERE id = ?1 LIMIT 1",
        [id],
        |r| r.get(0),
    )
}
