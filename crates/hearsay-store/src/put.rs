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
    /// The articles that are not in the full-text index yet.
    fresh: Vec<i64>,
}

impl Store {
    /// Puts a batch of pages in, as one transaction: all rows of all its pages, or none.
    ///
    /// A page that another version coded is replaced whole. One that this version coded stays as it is, and its new place
    /// is kept beside the old one. A place that could not be read before counts as read now.
    pub fn put(&mut self, batch: &[Entry]) -> Result<(), Error> {
        let current = self.current()?;
        self.whole(|store| {
            let mut writer = Writer { conn: &store.conn, cache: &mut store.cache, current, fresh: Vec::new() };
            batch.iter().try_for_each(|entry| writer.page(entry))?;
            writer.index()?;
            batch.iter().try_for_each(|entry| store.found_at(&entry.id, &entry.path))
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
    fn replace_page(&mut self, key: i64, entry: &Entry) -> Result<i64, Error> {
        // The page can stand twice in one batch: what is to be taken out of the index must be in it.
        self.index()?;
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

    /// Brings the new articles into the full-text index, all at once: the index writes itself out before any other
    /// statement that could fail midway.
    fn index(&mut self) -> Result<(), Error> {
        const INDEX: &str = "INSERT INTO t_search (rowid, title, captions, text)
             SELECT key, title, captions, text FROM t_search_text WHERE key IN (SELECT value FROM json_each(?1))";
        if !self.fresh.is_empty() {
            self.conn.prepare_cached(INDEX)?.execute([list(&self.fresh)?])?;
            self.fresh.clear();
        }
        Ok(())
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

#[cfg(test)]
mod tests {
    use crate::{Entry, Kind, Mode, RunCounts, RunInfo, Store};
    use hearsay_types::{Declared, MediaType, Page, PageContent, PageId};

    fn entry(n: u32) -> Entry {
        // Bytes that do not zip well, so that a few pages fill a small file.
        let words = (0..2_000u32).map(|at| format!("{:x} ", at.wrapping_mul(n * 2 + 2_654_435_761)));
        let original = words.collect::<String>().into_bytes();
        let content = PageContent::Text(String::new());
        let (id, declared) = (PageId::of(&original), Declared::default());
        let page = Page {
            id,
            path: format!("{n:04}.txt"),
            media_type: MediaType::Text,
            declared,
            original,
            encoding: "utf-8",
            content,
            notes: vec![],
        };
        Entry::new(page, vec![], vec![], vec![])
    }

    /// SQLite meets its own bound on a file's size with the same error, at the same place, as a full disk.
    #[test]
    fn a_full_disk_is_told_and_leaves_whole_batches() {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(&dir.path().join("r.hearsay"), Mode::Create).unwrap();
        store.begin_run(&RunInfo::default()).unwrap();
        store.conn.pragma_update(None, "max_page_count", 160).unwrap();
        let batches: Vec<Vec<Entry>> = (0..50).map(|b| (b * 4..b * 4 + 4).map(entry).collect()).collect();
        let mut put = 0;
        let error = loop {
            match store.put(&batches[put]) {
                Ok(()) => put += 1,
                Err(e) => break e,
            }
        };
        assert_eq!(*error.kind(), Kind::DiskFull, "{error}");
        assert!(put > 0);
        assert!(error.to_string().contains("no room left"), "{error}");
        assert_eq!(store.rows("pages").unwrap().len(), put * 4);
        assert!(store.verify().unwrap().is_sound());
        // Room is made, and the same store goes on.
        store.conn.pragma_update(None, "max_page_count", 100_000).unwrap();
        store.put(&batches[put]).unwrap();
        store.finish_run(&RunCounts::default(), &[]).unwrap();
        assert_eq!(store.rows("pages").unwrap().len(), put * 4 + 4);
        assert!(store.verify().unwrap().is_sound());
    }
}
