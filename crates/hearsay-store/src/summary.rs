//! What is in a record, in figures.

use crate::{Error, Store};
use serde::Serialize;
use std::collections::BTreeMap;

/// What is in a record, in figures.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Summary {
    /// Pages by media type.
    pub pages: BTreeMap<String, u64>,
    /// The pages' length as saved.
    pub bytes: u64,
    /// The length of the record's file.
    pub file_bytes: u64,
    /// Articles by language; `""` where it cannot be told.
    pub articles: BTreeMap<String, u64>,
    /// Articles by publisher, most first; `""` where it cannot be told.
    pub publishers: Vec<(String, u64)>,
    /// The first and the last day of publication (ISO 8601), as far as the articles tell.
    pub published: (Option<String>, Option<String>),
    /// Articles without any day of publication.
    pub undated: u64,
    /// Stories.
    pub stories: u64,
    /// Stories with more than one article.
    pub reprinted: u64,
    /// Articles that have not been linked yet.
    pub unlinked: u64,
    /// Reader comments left out.
    pub comments: u64,
    /// Sentences.
    pub sentences: u64,
    /// Mentions by kind.
    pub mentions: BTreeMap<String, u64>,
    /// Actors by kind.
    pub actors: BTreeMap<String, u64>,
    /// Claims by stance.
    pub claims: BTreeMap<String, u64>,
    /// Events by type.
    pub events: BTreeMap<String, u64>,
    /// Events by status.
    pub statuses: BTreeMap<String, u64>,
    /// Inputs that could not be read, by reason.
    pub failures: BTreeMap<String, u64>,
    /// Corrections by how they stand: applied, waiting, undone.
    pub corrections: BTreeMap<String, u64>,
    /// Runs.
    pub runs: u64,
    /// The format of the record.
    pub format: u32,
}

impl Store {
    /// Counts what is in the record.
    pub fn summary(&self) -> Result<Summary, Error> {
        let count = |of: &str| self.figure(&format!("SELECT count(*) FROM {of}"));
        let by =
            |of: &str, column: &str| self.by(&format!("SELECT coalesce({column}, ''), count(*) FROM {of} GROUP BY 1"));
        let publishers = "SELECT coalesce(publisher, ''), count(*) FROM t_articles GROUP BY 1 ORDER BY 2 DESC, 1";
        Ok(Summary {
            pages: by("t_pages", "media_type")?.into_iter().collect(),
            bytes: self.figure("SELECT coalesce(sum(bytes), 0) FROM t_pages")?,
            file_bytes: std::fs::metadata(&self.path)?.len(),
            articles: by("t_articles", "language")?.into_iter().collect(),
            publishers: self.by(publishers)?,
            published: self.span()?,
            undated: count("t_articles WHERE published_earliest IS NULL AND published_latest IS NULL")?,
            stories: self.figure("SELECT count(DISTINCT story) FROM t_articles")?,
            reprinted: count("(SELECT 1 FROM t_articles WHERE story IS NOT NULL GROUP BY story HAVING count(*) > 1)")?,
            unlinked: count("t_articles WHERE linked = 0")?,
            comments: self.figure("SELECT coalesce(sum(comments), 0) FROM t_articles")?,
            sentences: count("t_sentences")?,
            mentions: by("t_mentions", "kind")?.into_iter().collect(),
            actors: by("actors", "kind")?.into_iter().collect(),
            claims: by("t_claims", "stance")?.into_iter().collect(),
            events: by("t_events", "type")?.into_iter().collect(),
            statuses: by("t_events", "status")?.into_iter().collect(),
            failures: by("t_failures", "code")?.into_iter().collect(),
            corrections: by("corrections", "state")?.into_iter().collect(),
            runs: count("t_runs")?,
            format: crate::schema::FORMAT,
        })
    }

    fn figure(&self, ask: &str) -> Result<u64, Error> {
        Ok(self.conn.query_row(ask, [], |r| r.get(0))?)
    }

    fn by(&self, ask: &str) -> Result<Vec<(String, u64)>, Error> {
        let mut ask = self.conn.prepare(ask)?;
        let rows = ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn span(&self) -> Result<(Option<String>, Option<String>), Error> {
        const ASK: &str = "SELECT min(coalesce(published_earliest, published_latest)),
             max(coalesce(published_latest, published_earliest)) FROM t_articles";
        Ok(self.conn.query_row(ASK, [], |r| Ok((r.get(0)?, r.get(1)?)))?)
    }
}
