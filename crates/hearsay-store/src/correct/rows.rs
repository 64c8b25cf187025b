//! Rows as they were coded, kept beside the rows that corrections change.

use crate::{Error, Row};
use rusqlite::types::{Value as Cell, ValueRef};
use rusqlite::{Connection, ToSql, params, params_from_iter};
use serde_json::{Map, Value, json};

/// A row of an article that a correction can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) what: What,
    pub(super) article: i64,
    pub(super) nth: i64,
}

/// What kind of row it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum What {
    Event,
    Claim,
    Mention,
    /// The actors that an article holds; its number is 0.
    Actors,
}

impl What {
    const ALL: [What; 4] = [What::Event, What::Claim, What::Mention, What::Actors];

    /// Its name in the table of changed rows.
    pub(super) fn name(self) -> &'static str {
        match self {
            What::Event => "event",
            What::Claim => "claim",
            What::Mention => "mention",
            What::Actors => "actors",
        }
    }

    /// The base table.
    pub(super) fn base(self) -> &'static str {
        match self {
            What::Event => "t_events",
            What::Claim => "t_claims",
            What::Mention => "t_mentions",
            What::Actors => "t_article_actors",
        }
    }
}

/// Keeps the row as it was coded, unless it is kept already, and notes which correction changes it.
pub(super) fn change(conn: &Connection, spot: Spot, correction: &str) -> Result<(), Error> {
    const KNOWN: &str = "UPDATE t_corrected SET corrections = CASE
             WHEN EXISTS (SELECT 1 FROM json_each(corrections) WHERE value = ?4) THEN corrections
             ELSE json_insert(corrections, '$[#]', ?4) END
         WHERE article = ?1 AND what = ?2 AND nth = ?3";
    let key = params![spot.article, spot.what.name(), spot.nth, correction];
    if conn.prepare_cached(KNOWN)?.execute(key)? > 0 {
        return Ok(());
    }
    let Some((id, coded)) = coded(conn, spot)? else { return Ok(()) };
    conn.prepare_cached(
        "INSERT INTO t_corrected (article, what, nth, id, coded, corrections) VALUES (?1, ?2, ?3, ?4, ?5, json_array(?6))",
    )?
    .execute(params![spot.article, spot.what.name(), spot.nth, id, coded.to_string(), correction])?;
    Ok(())
}

/// The row as it stands, and its id.
fn coded(conn: &Connection, spot: Spot) -> Result<Option<(String, Value)>, Error> {
    if spot.what == What::Actors {
        let held =
            read(conn, "SELECT actor FROM t_article_actors WHERE article = ?1 ORDER BY actor", &[&spot.article])?;
        return Ok(Some((String::new(), json!({ "held": held }))));
    }
    let ask = format!("SELECT * FROM {} WHERE article = ?1 AND nth = ?2", spot.what.base());
    let Some(mut row) = read(conn, &ask, &[&spot.article, &spot.nth])?.pop() else { return Ok(None) };
    let id = row.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let key = row.remove("key").and_then(|key| key.as_i64());
    let mut coded = json!({ "row": row });
    if spot.what == What::Event {
        let mut parties = read(conn, "SELECT * FROM t_participants WHERE event = ?1 ORDER BY side, nth", &[&key])?;
        parties.iter_mut().for_each(|one| drop(one.remove("event")));
        coded["parties"] = json!(parties);
    }
    Ok(Some((id, coded)))
}

fn read(conn: &Connection, ask: &str, values: &[&dyn ToSql]) -> Result<Vec<Row>, Error> {
    let mut ask = conn.prepare_cached(ask)?;
    let names: Vec<String> = ask.column_names().map(str::to_owned).collect();
    let mut rows = ask.query(values)?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let value = |(at, name): (usize, &String)| Ok((name.clone(), value(row.get_ref(at)?)));
        all.push(names.iter().enumerate().map(value).collect::<Result<Row, Error>>()?);
    }
    Ok(all)
}

fn value(cell: ValueRef) -> Value {
    match cell {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(n) => n.into(),
        ValueRef::Real(x) => x.into(),
        ValueRef::Text(text) | ValueRef::Blob(text) => String::from_utf8_lossy(text).into_owned().into(),
    }
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Number(n) => n.as_i64().map_or_else(|| Cell::Real(n.as_f64().unwrap_or_default()), Cell::Integer),
        Value::String(text) => Cell::Text(text.clone()),
        other => Cell::Text(other.to_string()),
    }
}

/// Puts every row back as it was coded, and forgets what corrections did.
pub(super) fn restore(conn: &Connection) -> Result<(), Error> {
    let mut ask = conn.prepare("SELECT article, what, nth, coded FROM t_corrected ORDER BY article, what, nth")?;
    let mut rows = ask.query([])?;
    while let Some(row) = rows.next()? {
        let (name, coded): (String, String) = (row.get(1)?, row.get(3)?);
        if let Some(what) = What::ALL.into_iter().find(|w| w.name() == name) {
            put_back(conn, Spot { what, article: row.get(0)?, nth: row.get(2)? }, &serde_json::from_str(&coded)?)?;
        }
    }
    for table in ["t_corrected", "t_corrected_actors", "t_correction_states", "t_incident_corrections"] {
        conn.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(())
}

fn put_back(conn: &Connection, spot: Spot, coded: &Value) -> Result<(), Error> {
    let rows = |name: &str| coded[name].as_array().into_iter().flatten().filter_map(Value::as_object);
    if spot.what == What::Actors {
        conn.prepare_cached("DELETE FROM t_article_actors WHERE article = ?1")?.execute([spot.article])?;
        for held in rows("held") {
            insert(conn, "t_article_actors", held, &[("article", spot.article)])?;
        }
        return Ok(());
    }
    let Some(row) = coded["row"].as_object() else { return Ok(()) };
    let table = spot.what.base();
    if !update(conn, table, row, spot)? {
        insert(conn, table, row, &[])?;
    }
    if spot.what == What::Event {
        const ASK: &str = "SELECT key FROM t_events WHERE article = ?1 AND nth = ?2";
        let key: i64 = conn.prepare_cached(ASK)?.query_row([spot.article, spot.nth], |r| r.get(0))?;
        conn.prepare_cached("DELETE FROM t_participants WHERE event = ?1")?.execute([key])?;
        for party in rows("parties") {
            insert(conn, "t_participants", party, &[("event", key)])?;
        }
    }
    Ok(())
}

/// Sets all columns of the row; false where there is none.
fn update(conn: &Connection, table: &str, row: &Map<String, Value>, spot: Spot) -> Result<bool, Error> {
    let set: Vec<String> = row.keys().enumerate().map(|(n, name)| format!("\"{name}\" = ?{}", n + 3)).collect();
    let ask = format!("UPDATE {table} SET {} WHERE article = ?1 AND nth = ?2", set.join(", "));
    let values = [Cell::Integer(spot.article), Cell::Integer(spot.nth)].into_iter().chain(row.values().map(cell));
    Ok(conn.prepare_cached(&ask)?.execute(params_from_iter(values))? > 0)
}

fn insert(conn: &Connection, table: &str, row: &Map<String, Value>, more: &[(&str, i64)]) -> Result<(), Error> {
    let names = row.keys().map(String::as_str).chain(more.iter().map(|(name, _)| *name));
    let names: Vec<String> = names.map(|name| format!("\"{name}\"")).collect();
    let marks: Vec<String> = (1..=names.len()).map(|n| format!("?{n}")).collect();
    let ask = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), marks.join(", "));
    let values = row.values().map(cell).chain(more.iter().map(|(_, n)| Cell::Integer(*n)));
    conn.prepare_cached(&ask)?.execute(params_from_iter(values))?;
    Ok(())
}
