//! Putting pages in, with all that was found in them.

mod article;
mod claims;
mod entities;
mod events;

use crate::{Entry, Error, Store, cache::Cache, names::Name, run::NOW, store::Current};
use hearsay_types::{Failure, Note, Span};
use rusqlite::{Connection, OptionalExtension, params};

/// Writes rows inside an open transaction.
pub(crate) struct Writer<'a> {
    pub(crate) conn: &'a Connection,
    cache: &'a mut Cache,
    current: Current,
}

impl Store {
    /// Puts a batch of pages in, as one transaction: all rows of all its pages, or none.
    ///
    /// A page that another version coded is replaced whole. One that this version coded stays as it is, and its new place
    /// is kept beside the old one. A place that could not be read before counts as read now.
    pub fn put(&mut self, batch: &[Entry]) -> Result<(), Error> {
        let current = self.current()?;
        self.whole(|store| {
            for entry in batch {
                Writer { conn: &store.conn, cache: &mut store.cache, current }.page(entry)?;
                store.found_at(&entry.id, &entry.path)?;
            }
            Ok(())
        })
    }

    /// Keeps which inputs could not be read, and why. The latest reason stands.
    pub fn fail(&mut self, failures: &[Failure]) -> Result<(), Error> {
        let current = self.current()?;
        self.whole(|store| {
            for failure in failures {
                store
                    .conn
                    .prepare_cached(
                        "INSERT OR REPLACE INTO t_failures (path, code, message, run) VALUES (?1, ?2, ?3, ?4)",
                    )?
                    .execute(params![failure.path, failure.code, failure.message, current.run])?;
            }
            Ok(())
        })
    }
}

/// What the record holds of a page that comes again.
struct Standing {
    key: i64,
    coder: i64,
    declared: String,
}

impl Writer<'_> {
    fn page(&mut self, entry: &Entry) -> Result<(), Error> {
        let key = match self.standing(entry)? {
            None => self.insert_page(entry)?,
            Some(s) if s.coder == self.current.coder && s.declared <= entry.declared => return Ok(()),
            Some(s) => self.replace_page(s.key, entry)?,
        };
        let mut notes = entry.notes.iter().map(|n| (None, n.clone())).collect::<Vec<_>>();
        for coded in &entry.coded {
            let signature = entry.signatures.iter().find(|s| s.article == coded.article.id);
            let nth = coded.article.nth;
            notes.extend(self.article(key, coded, signature)?.into_iter().map(|n| (Some(nth), n)));
        }
        self.notes(key, &notes)
    }

    fn standing(&self, entry: &Entry) -> Result<Option<Standing>, Error> {
        let mut ask = self.conn.prepare_cached(
            "SELECT p.key, r.coder, p.declared FROM t_pages p JOIN t_runs r ON r.key = p.run WHERE p.id = ?1",
        )?;
        let read = |r: &rusqlite::Row| Ok(Standing { key: r.get(0)?, coder: r.get(1)?, declared: r.get(2)? });
        Ok(ask.query_row([entry.id.to_string()], read).optional()?)
    }

    fn insert_page(&self, entry: &Entry) -> Result<i64, Error> {
        const INSERT: &str = "INSERT INTO t_pages (id, path, media_type, encoding, bytes, run, declared, read_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ";
        self.conn.prepare_cached(&format!("{INSERT}{NOW})"))?.execute(params![
            entry.id.to_string(),
            entry.path,
            entry.media_type.name(),
            entry.encoding,
            entry.bytes as i64,
            self.current.run,
            entry.declared
        ])?;
        let key = self.conn.last_insert_rowid();
        self.conn
            .prepare_cached("INSERT INTO t_originals (page, zstd) VALUES (?1, ?2)")?
            .execute(params![key, entry.zipped])?;
        Ok(key)
    }

    /// Takes all that was found on a page out; its bytes and its places stay.
    fn replace_page(&self, key: i64, entry: &Entry) -> Result<i64, Error> {
        let mut ask = self.conn.prepare_cached("SELECT key FROM t_articles WHERE page = ?1")?;
        let articles = ask.query_map([key], |r| r.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        articles.into_iter().try_for_each(|article| self.remove_article(article))?;
        self.conn.prepare_cached("DELETE FROM t_notes WHERE page = ?1")?.execute([key])?;
        const UPDATE: &str = "UPDATE t_pages SET media_type = ?2, encoding = ?3, run = ?4, declared = ?5, read_at = ";
        self.conn.prepare_cached(&format!("{UPDATE}{NOW} WHERE key = ?1"))?.execute(params![
            key,
            entry.media_type.name(),
            entry.encoding,
            self.current.run,
            entry.declared
        ])?;
        Ok(key)
    }

    fn notes(&self, page: i64, notes: &[(Option<u32>, Note)]) -> Result<(), Error> {
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO t_notes (page, nth, article, stage, code, message, start, end)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?;
        for (nth, (article, note)) in notes.iter().enumerate() {
            let (start, end) = bounds(note.span);
            insert.execute(params![page, nth, article, note.stage.name(), note.code, note.message, start, end])?;
        }
        Ok(())
    }
}

/// The two columns of a span that may be missing.
fn bounds(span: Option<Span>) -> (Option<usize>, Option<usize>) {
    (span.map(|s| s.start), span.map(|s| s.end))
}

/// The column of a list of spans.
fn pairs<'a>(spans: impl IntoIterator<Item = &'a Span>) -> String {
    let each: Vec<String> = spans.into_iter().map(|s| format!("[{},{}]", s.start, s.end)).collect();
    format!("[{}]", each.join(","))
}

/// A list of words or sentences as JSON.
fn list<T: serde::Serialize>(values: &[T]) -> Result<String, Error> {
    Ok(serde_json::to_string(values)?)
}
