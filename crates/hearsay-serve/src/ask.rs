//! One request's way to the record.

use crate::error::Trouble;
use crate::rows::articles::Article;
use crate::Profile;
use hearsay_store::Store;
use rusqlite::{Connection, OptionalExtension, Params, Row};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

/// The record, asked for one page.
pub struct Ask<'a> {
    /// The record.
    pub store: &'a Store,
    /// For whom the page is made.
    pub profile: Profile,
    articles: RefCell<HashMap<i64, Rc<Article>>>,
}

impl<'a> Ask<'a> {
    /// Nothing is asked yet.
    pub fn new(store: &'a Store, profile: Profile) -> Self {
        Ask { store, profile, articles: RefCell::default() }
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
