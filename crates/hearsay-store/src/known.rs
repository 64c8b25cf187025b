//! Which pages are in already.

use crate::{Error, Store, entry};
use hearsay_types::{Page, PageId};
use std::collections::HashMap;
use std::sync::Arc;

/// The pages that were in, coded by the same version, options and data, when it was made. Cheap to share between threads.
#[derive(Debug, Clone, Default)]
pub struct Done(Arc<HashMap<PageId, Box<str>>>);

impl Done {
    /// Whether the page need not be coded. Then tell [`Store::again`] where it was found.
    ///
    /// The same bytes can come twice with different facts beside them (two captures of one page in a WARC). The earlier
    /// capture stays, or takes the other's place, so that the record does not depend on the order of pages.
    pub fn has(&self, page: &Page) -> bool {
        self.0.get(&page.id).is_some_and(|kept| **kept <= *entry::declared(page))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Store {
    /// The pages that need not be coded again by this run. About 150 bytes of memory a page.
    pub fn done(&self) -> Result<Done, Error> {
        let current = self.current()?;
        let mut ask = self
            .conn
            .prepare("SELECT p.id, p.declared FROM t_pages p JOIN t_runs r ON r.key = p.run WHERE r.coder = ?1")?;
        let mut rows = ask.query([current.coder])?;
        let mut done = HashMap::new();
        while let Some(row) = rows.next()? {
            if let Some(id) = PageId::parse(row.get_ref(0)?.as_str().unwrap_or_default()) {
                done.insert(id, row.get(1)?);
            }
        }
        Ok(Done(Arc::new(done)))
    }

    /// Notes where pages that are in already were found once more, and forgets that those places could not be read.
    pub fn again(&mut self, pages: &[(PageId, String)]) -> Result<(), Error> {
        self.current()?;
        self.whole(|store| {
            for (id, path) in pages {
                store.found_at(id, path)?;
            }
            Ok(())
        })
    }

    /// Keeps one more place of a page; the first by name is the one it is shown by.
    pub(crate) fn found_at(&self, id: &PageId, path: &str) -> Result<(), Error> {
        let id = id.to_string();
        let mut add = self
            .conn
            .prepare_cached("INSERT OR IGNORE INTO t_paths (page, path) SELECT key, ?2 FROM t_pages WHERE id = ?1")?;
        if add.execute([&id, path])? > 0 {
            self.conn
                .prepare_cached("UPDATE t_pages SET path = ?2 WHERE id = ?1 AND path > ?2")?
                .execute([&id, path])?;
        }
        self.read_after_all(path)
    }

    /// Forgets that a place could not be read.
    pub(crate) fn read_after_all(&self, path: &str) -> Result<(), Error> {
        self.conn.prepare_cached("DELETE FROM t_failures WHERE path = ?1")?.execute([path])?;
        Ok(())
    }
}
