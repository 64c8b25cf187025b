//! What is in the record, for the first page.

use super::actors;
use crate::ask::Ask;
use crate::days::Interval;
use crate::error::Trouble;

/// What is in the record.
pub struct Start {
    pub pages: u64,
    pub articles: u64,
    pub stories: u64,
    pub claims: u64,
    pub events: u64,
    pub actors: u64,
    pub anonymous: u64,
    pub comments: u64,
    pub failures: u64,
    pub published: Interval,
    pub undated: u64,
    pub publishers: Vec<(String, u64)>,
    pub unsigned: u64,
    pub top: Vec<actors::Line>,
    pub places: Vec<(String, String, u64)>,
    pub stances: Vec<(String, u64)>,
    pub statuses: Vec<(String, u64)>,
}

/// What is in the record.
pub fn start(ask: &Ask) -> Result<Start, Trouble> {
    let pairs = |sql: &str| ask.all(sql, [], |r| Ok((r.get::<_, String>(0)?, r.get::<_, u64>(1)?)));
    let (published, undated, comments) = ask
        .one(
            "SELECT min(coalesce(published_earliest, published_latest)), max(coalesce(published_latest, published_earliest)),
                 count(*) FILTER (WHERE published_earliest IS NULL AND published_latest IS NULL), coalesce(sum(comments), 0)
             FROM t_articles",
            [],
            |r| Ok((Interval::new(r.get(0)?, r.get(1)?), r.get(2)?, r.get(3)?)),
        )?
        .unwrap_or_default();
    let publishers =
        "SELECT publisher, count(*) FROM t_articles WHERE publisher IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 60";
    let places = ask.all(
        "SELECT place_id, min(place_name), count(*) FROM t_events WHERE place_id IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 12",
        [],
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )?;
    Ok(Start {
        pages: ask.count("SELECT count(*) FROM t_pages", [])?,
        articles: ask.count("SELECT count(*) FROM t_articles", [])?,
        stories: ask.count("SELECT count(DISTINCT story) FROM t_articles", [])?,
        claims: ask.count("SELECT count(*) FROM t_claims", [])?,
        events: ask.count("SELECT count(*) FROM t_events", [])?,
        actors: ask.count("SELECT count(DISTINCT actor) FROM t_article_actors", [])?,
        anonymous: ask.count("SELECT count(*) FROM t_claims WHERE source_anonymous = 1", [])?,
        failures: ask.count("SELECT count(*) FROM t_failures", [])?,
        unsigned: ask.count("SELECT count(*) FROM t_articles WHERE publisher IS NULL", [])?,
        comments,
        published,
        undated,
        publishers: pairs(publishers)?,
        top: actors::list(ask, "", None, "", 18)?.rows,
        places,
        stances: pairs("SELECT stance, count(*) FROM t_claims GROUP BY 1 ORDER BY 2 DESC, 1")?,
        statuses: pairs("SELECT status, count(*) FROM t_events GROUP BY 1 ORDER BY 2 DESC, 1")?,
    })
}

/// An input that could not be read.
pub struct Failure {
    pub path: String,
    pub code: String,
    pub message: String,
}

/// The inputs that could not be read, by path.
pub fn failures(ask: &Ask, after: &str, size: usize) -> Result<Vec<Failure>, Trouble> {
    ask.all("SELECT path, code, message FROM t_failures WHERE path > ?1 ORDER BY path LIMIT ?2", (after, size), |r| {
        Ok(Failure { path: r.get(0)?, code: r.get(1)?, message: r.get(2)? })
    })
}
