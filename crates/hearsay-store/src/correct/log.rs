//! The log: lines go in, none goes out.

use super::refused;
use crate::Error;
use hearsay_types::correction::Act;
use hearsay_types::{Correction, CorrectionId};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use serde::Deserialize;
use serde_json::Value;

/// The name of an act, and its value as JSON: the two fields that serde writes, in this order.
fn parts(act: &Act) -> Result<(String, String), Error> {
    let whole = serde_json::to_string(act)?;
    let cut = whole.strip_prefix("{\"act\":\"").and_then(|rest| rest.strip_suffix('}'));
    let (name, value) = cut.and_then(|rest| rest.split_once("\",\"value\":")).unwrap_or((&whole, "null"));
    Ok((name.to_owned(), value.to_owned()))
}

/// The id of a correction: a hash of all that it says.
pub(super) fn id(act: &Act, who: &str, at: &str, why: &str) -> Result<CorrectionId, Error> {
    let (name, value) = parts(act)?;
    Ok(CorrectionId::of(&[name.as_bytes(), value.as_bytes(), who.as_bytes(), at.as_bytes(), why.as_bytes()]))
}

/// A correction that is made now. It is later than all that the log holds, whatever the clock says: it has the last word.
pub(super) fn made(conn: &Connection, act: Act, who: &str, why: &str) -> Result<Correction, Error> {
    let last: Option<String> = conn.query_row("SELECT max(at) FROM t_corrections", [], |r| r.get(0))?;
    let after = last.and_then(|at| at.parse::<Timestamp>().ok()).map(|at| at + SignedDuration::from_micros(1));
    let at = after.map_or(Timestamp::now(), |after| after.max(Timestamp::now()));
    let at = format!("{at:.6}");
    Ok(Correction { id: id(&act, who, &at, why)?, act, who: who.to_owned(), at, why: why.to_owned() })
}

/// Appends a correction. False where it is in already.
pub(super) fn append(conn: &Connection, c: &Correction) -> Result<bool, Error> {
    let (act, value) = parts(&c.act)?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO t_corrections (id, act, target, value, who, at, why, undoes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO NOTHING",
    )?;
    let undoes = c.act.undoes().map(|id| id.to_string());
    Ok(insert.execute(params![c.id.to_string(), act, c.act.target(), value, c.who, c.at, c.why, undoes])? > 0)
}

/// A row of the log, whatever it says.
pub(crate) struct Line {
    pub(crate) key: i64,
    pub(crate) id: String,
    pub(crate) correction: Result<Correction, Error>,
}

/// Every row of the log with its key, in the order of its replay.
pub(crate) fn lines(conn: &Connection) -> Result<Vec<Line>, Error> {
    let mut ask = conn.prepare_cached(
        "SELECT key, id, act, coalesce(value, 'null'), who, at, why FROM t_corrections ORDER BY at, id",
    )?;
    let mut rows = ask.query([])?;
    let mut lines = Vec::new();
    while let Some(r) = rows.next()? {
        let (id, act, value): (String, String, String) = (r.get(1)?, r.get(2)?, r.get(3)?);
        let (who, at, why) = (r.get(4)?, r.get(5)?, r.get(6)?);
        lines.push(Line { key: r.get(0)?, correction: read(&id, &act, &value, who, at, why), id });
    }
    Ok(lines)
}

/// The log with its keys, in the order of its replay.
pub(super) fn all(conn: &Connection) -> Result<Vec<(i64, Correction)>, Error> {
    lines(conn)?.into_iter().map(|line| Ok((line.key, line.correction?))).collect()
}

fn read(id: &str, act: &str, value: &str, who: String, at: String, why: String) -> Result<Correction, Error> {
    let whole = serde_json::json!({"act": act, "value": serde_json::from_str::<Value>(value)?});
    let act: Act = serde_json::from_value(whole)?;
    let right = self::id(&act, &who, &at, &why)?;
    if right.to_string() != id {
        return Err(refused(format!("the correction {id} does not say what it said when it was made")));
    }
    Ok(Correction { id: right, act, who, at, why })
}

/// The correction with this id.
pub(super) fn one(conn: &Connection, id: CorrectionId) -> Result<Option<Correction>, Error> {
    const ASK: &str = "SELECT id, act, coalesce(value, 'null'), who, at, why FROM t_corrections WHERE id = ?1";
    let found = conn
        .prepare_cached(ASK)?
        .query_row([id.to_string()], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?, r.get(4)?, r.get(5)?)))
        .optional()?;
    let found: Option<(String, String, String, String, String, String)> = found;
    found.map(|(id, act, value, who, at, why)| read(&id, &act, &value, who, at, why)).transpose()
}

/// A line that comes from elsewhere. The id may be missing, where somebody wrote the line by hand.
#[derive(Deserialize)]
struct Foreign {
    id: Option<CorrectionId>,
    #[serde(flatten)]
    act: Act,
    who: String,
    at: String,
    why: String,
}

/// Reads corrections, one a line.
pub(super) fn read_lines(text: &str) -> Result<Vec<Correction>, Error> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| read_line(line).map_err(|why| refused(format!("line {}: {why}", n + 1)))).collect()
}

fn read_line(line: &str) -> Result<Correction, String> {
    let Foreign { id: told, act, who, at, why } =
        serde_json::from_str(line).map_err(|e| format!("this is not a correction: {e}"))?;
    let at = at.parse::<Timestamp>().map_err(|_| format!("`{at}` is not a time (RFC 3339)"))?;
    let at = format!("{at:.6}");
    let id = id(&act, &who, &at, &why).map_err(|e| e.to_string())?;
    if told.is_some_and(|told| told != id) {
        return Err("its id is not that of what it says; leave the id out to make it a correction of its own".into());
    }
    Ok(Correction { id, act, who, at, why })
}
