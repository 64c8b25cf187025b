//! The format of a record: its tables, its views, and how an older one is brought up to date.

use crate::{Error, fold, tables};
use rusqlite::Connection;

/// The format that is written here, kept in the record as SQLite's `user_version`.
pub(crate) const FORMAT: u32 = 1;

/// Makes the tables and views of an empty file, all or none.
pub(crate) fn create(conn: &Connection, application_id: u32) -> Result<(), Error> {
    let all = format!(
        "PRAGMA page_size = 8192; BEGIN IMMEDIATE; {} {} {} PRAGMA application_id = {application_id}; PRAGMA user_version = {FORMAT}; COMMIT;",
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

/// Brings an older record up to date. Format 1 is the first.
pub(crate) fn migrate(_conn: &Connection) -> Result<(), Error> {
    Ok(())
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
