//! The format of a record: its tables, its views, and how an older one is brought up to date.

use crate::{Error, fold, tables};
use rusqlite::Connection;

/// The format that is written here, kept in the record as SQLite's `user_version`.
pub(crate) const FORMAT: u32 = 2;

/// The tables of what linking finds.
const LINKED: &str = include_str!("linked.sql");

/// The table of names of people.
const NAMES: &str = include_str!("names.sql");

/// The tables of what corrections change.
const CORRECTED: &str = include_str!("corrected.sql");

/// Indexes that the served page asks by.
const SHOWN: &str = include_str!("shown.sql");

/// Makes the tables and views of an empty file, all or none.
pub(crate) fn create(conn: &Connection, application_id: u32) -> Result<(), Error> {
    let all = format!(
        "PRAGMA page_size = 8192; BEGIN IMMEDIATE; {} {NAMES} {LINKED} {CORRECTED} {SHOWN} {} {} PRAGMA application_id = {application_id}; PRAGMA user_version = {FORMAT}; COMMIT;",
        include_str!("schema.sql"),
        search(),
        tables::views()
    );
    conn.execute_batch(&all).map_err(|e| {
        // The transaction may be open still; the first error is the one to tell.
        let _ = conn.execute_batch("ROLLBACK");
        e.into()
    })
}

/// Brings an older record up to date, all or nothing: its tables, and views that an earlier version wrote otherwise. What linking finds is made anew by the next linking.
pub(crate) fn migrate(conn: &Connection) -> Result<(), Error> {
    let found: u32 = conn.pragma_query_value(None, "user_version", |r| r.get(0))?;
    let other = if found >= FORMAT { String::new() } else { format!("{FROM_1} {NAMES} {LINKED} {CORRECTED} {SHOWN}") };
    let kept = public_views(conn)?;
    let is_new = |(_, sql): &(String, String)| tables::views().contains(&format!("{sql};"));
    if other.is_empty() && kept.iter().all(is_new) && kept.len() == tables().len() {
        return Ok(());
    }
    let views = kept.into_iter().map(|(name, _)| format!("DROP VIEW {name}; ")).collect::<String>();
    let all = format!("BEGIN IMMEDIATE; {views} {other} {} PRAGMA user_version = {FORMAT}; COMMIT;", tables::views());
    conn.execute_batch(&all).map_err(|e| {
        let _ = conn.execute_batch("ROLLBACK");
        e.into()
    })
}

/// What format 1 held otherwise: it made the tables of incidents and never filled them.
const FROM_1: &str = "DROP TABLE t_incident_events; DROP TABLE t_incidents;";

/// The views that are public, each with how it was made: all but the text of the full-text index.
fn public_views(conn: &Connection) -> Result<Vec<(String, String)>, Error> {
    let mut ask =
        conn.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'view' AND name NOT LIKE 't\\_%' ESCAPE '\\'")?;
    Ok(ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?)
}

/// For one who reads an older record and may not change it: the tables and views of today stand in memory before its own, and
/// those that it does not have are empty.
pub(crate) fn lend(conn: &Connection) -> Result<(), Error> {
    let found: u32 = conn.pragma_query_value(None, "user_version", |r| r.get(0))?;
    if found >= FORMAT {
        return Ok(());
    }
    let tables = format!("{LINKED} {CORRECTED}");
    let tables = tables.replace("CREATE TABLE ", "CREATE TABLE temp.").replace("CREATE INDEX ", "CREATE INDEX temp.");
    let views = tables::views().replace("CREATE VIEW ", "CREATE TEMP VIEW ");
    Ok(conn.execute_batch(&format!("{tables} {views}"))?)
}

/// The full-text index: one document an article. Its text is folded by the view, so that writing, checking and asking
/// use one and the same folding.
fn search() -> String {
    format!(
        "CREATE VIEW t_search_text AS SELECT key, {} AS title, {} AS captions, {} AS text FROM t_articles;
         CREATE VIRTUAL TABLE t_search USING fts5(title, captions, text, content='t_search_text', content_rowid='key',
             tokenize=\"unicode61 remove_diacritics 2\");",
        fold::sql("coalesce(title, '')"),
        fold::sql("caption_text"),
        fold::sql("text"),
    )
}
