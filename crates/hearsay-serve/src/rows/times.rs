//! Events and claims by day, month or year.

use super::events::{FIRST, LAST, Terms, Wanted};
use crate::ask::Ask;
use crate::days::By;
use crate::error::Trouble;

/// So many acts of one sort, told in one way, in one bucket.
pub struct Cell {
    pub bucket: String,
    pub quad: u8,
    pub status: String,
    pub n: u64,
}

/// The first and the last day of the events that are wanted; of those whose days are known on both sides.
pub fn span(ask: &Ask, wanted: &Wanted) -> Result<Option<(String, String)>, Trouble> {
    let terms = Terms::new(wanted, Vec::new());
    let sql = format!(
        "SELECT min({FIRST}), max({LAST}) FROM t_events e JOIN t_articles a ON a.key = e.article
         WHERE {FIRST} IS NOT NULL AND {LAST} IS NOT NULL AND {}",
        terms.joined()
    );
    let found = ask.one(&sql, rusqlite::params_from_iter(terms.values), |r| {
        Ok(r.get::<_, Option<String>>(0)?.zip(r.get::<_, Option<String>>(1)?))
    })?;
    Ok(found.flatten())
}

/// The events by bucket, those that lie in one bucket whole.
pub fn events(ask: &Ask, wanted: &Wanted, by: By) -> Result<Vec<Cell>, Trouble> {
    let terms = Terms::new(wanted, Vec::new());
    let width = by.width();
    let sql = format!(
        "SELECT substr({FIRST}, 1, {width}) AS bucket, e.quad, e.status, count(*)
         FROM t_events e JOIN t_articles a ON a.key = e.article
         WHERE bucket = substr({LAST}, 1, {width}) AND {} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
        terms.joined()
    );
    ask.all(&sql, rusqlite::params_from_iter(terms.values), |r| {
        Ok(Cell { bucket: r.get(0)?, quad: r.get(1)?, status: r.get(2)?, n: r.get(3)? })
    })
}

/// The claims by the bucket of their publication and by stance.
pub fn claims(ask: &Ask, from: Option<&str>, to: Option<&str>, by: By) -> Result<Vec<(String, String, u64)>, Trouble> {
    let width = by.width();
    let sql = format!(
        "WITH a AS MATERIALIZED (SELECT key, substr(published_earliest, 1, {width}) AS bucket FROM t_articles
             WHERE substr(published_earliest, 1, {width}) = substr(published_latest, 1, {width})
                 AND (?1 IS NULL OR published_earliest >= ?1) AND (?2 IS NULL OR published_latest <= ?2))
         SELECT a.bucket, c.stance, count(*) FROM t_claims c CROSS JOIN a ON a.key = c.article GROUP BY 1, 2 ORDER BY 1, 2"
    );
    ask.all(&sql, (from, to), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))
}
