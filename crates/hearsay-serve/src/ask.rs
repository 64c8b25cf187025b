//! One request's way to the record.

use crate::cache::Cache;
use crate::error::Trouble;
use crate::rows::articles::Article;
use crate::rows::times::Sums;
use hearsay_store::{Mask, Profile, Seen, Store};
use rusqlite::{Connection, OptionalExtension, Params, Row};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The record, asked for one page.
pub struct Ask<'a> {
    /// The record.
    pub store: &'a Store,
    /// The record as those may see it for whom the page is made.
    pub seen: Seen<'a>,
    token: Option<&'a str>,
    cache: &'a Cache,
    articles: RefCell<HashMap<i64, Rc<Article>>>,
}

impl<'a> Ask<'a> {
    /// Nothing is asked yet.
    pub fn new(store: &'a Store, profile: Profile, cache: &'a Cache) -> Result<Self, Trouble> {
        Ok(Ask { store, seen: store.seen(profile)?, token: None, cache, articles: RefCell::default() })
    }

    /// The same for a page from which the record can be corrected.
    pub fn with_token(self, token: Option<&'a str>) -> Self {
        Ask { token, ..self }
    }

    /// What a form must send to show that it came from here; none where nothing can be corrected.
    pub fn token(&self) -> Option<&'a str> {
        self.token
    }

    /// The events and claims by their days.
    pub fn sums(&self) -> Result<Arc<Sums>, Trouble> {
        self.cache.sums(self)
    }

    /// Whether names of private people are masked.
    pub fn masks(&self) -> bool {
        self.seen.profile() == Profile::Public
    }

    /// The name of an actor in a question, masked where it must be; `table` is what the actors are called there.
    pub fn name(&self, table: &str) -> String {
        match self.masks() {
            true => format!("iif({table}.public, {table}.name, '[person ' || substr({table}.id, 1, 8) || ']')"),
            false => format!("{table}.name"),
        }
    }

    /// A path as it may be seen: the folders tell of the machine.
    pub fn path<'p>(&self, path: &'p str) -> &'p str {
        match self.seen.profile() {
            Profile::Private => path,
            _ => path.rsplit(['/', '\\']).next().unwrap_or_default(),
        }
    }

    /// What must be masked in an article.
    pub fn mask(&self, article: &str) -> Result<Arc<Mask>, Trouble> {
        Ok(self.seen.mask(article)?)
    }

    fn conn(&self) -> &Connection {
        self.store.connection()
    }

    /// All rows of a question.
    pub fn all<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Trouble> {
        let mut ask = self.conn().prepare_cached(sql)?;
        let rows = ask.query_map(params, map)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The first row of a question.
    pub fn one<T>(
        &self,
        sql: &str,
        params: impl Params,
        map: impl FnOnce(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, Trouble> {
        Ok(self.conn().prepare_cached(sql)?.query_row(params, map).optional()?)
    }

    /// A number.
    pub fn count(&self, sql: &str, params: impl Params) -> Result<u64, Trouble> {
        Ok(self.one(sql, params, |r| r.get(0))?.unwrap_or(0))
    }

    /// An article, read once.
    pub fn article(&self, key: i64) -> Result<Rc<Article>, Trouble> {
        if let Some(known) = self.articles.borrow().get(&key) {
            return Ok(known.clone());
        }
        let article = Rc::new(Article::read(self, key)?);
        self.articles.borrow_mut().insert(key, article.clone());
        Ok(article)
    }
}
