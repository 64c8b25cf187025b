//! Articles, and what a reader of one wants to see.

use super::{Stretch, claims, events};
use crate::ask::Ask;
use crate::days::Interval;
use crate::error::Trouble;
use hearsay_store::Mask;
use serde_json::Value;
use std::sync::Arc;

/// An article with its text.
#[derive(Debug)]
pub struct Article {
    pub key: i64,
    pub id: String,
    pub title: Option<String>,
    pub byline: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    pub published: Interval,
    pub basis: String,
    pub text: String,
    /// Text and credit.
    pub captions: Vec<(String, Option<String>)>,
    pub paragraphs: Vec<(usize, usize)>,
    pub story: Option<String>,
    pub comments: u64,
    pub page: i64,
    /// What must not be shown.
    pub mask: Arc<Mask>,
}

/// The page that an article stands on.
pub struct Page {
    pub id: String,
    pub path: String,
    pub url: Option<String>,
    pub media_type: String,
    pub bytes: u64,
    pub read_at: String,
}

/// A sentence's place: part 0 is the title, 1 the body, 2 the first caption.
pub struct Sentence {
    pub nth: i64,
    pub part: i64,
    pub start: usize,
    pub end: usize,
}

/// A span that names an actor, a place or a time.
pub struct Mention {
    /// The text that it stands in: 0 the title, 1 the body, 2 the first caption.
    pub part: i64,
    pub start: usize,
    pub end: usize,
    /// The actor's id and name.
    pub actor: Option<(String, String)>,
    /// The place's name.
    pub place: Option<String>,
    pub interval: Interval,
}

/// One line of a list of articles.
pub struct Line {
    pub key: i64,
    pub id: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub published: Interval,
    pub language: Option<String>,
    pub claims: u64,
    pub events: u64,
}

impl Article {
    /// By its key in the record.
    pub fn read(ask: &Ask, key: i64) -> Result<Article, Trouble> {
        let found = ask.one(
            "SELECT key, id, title, byline, publisher, url, language, published_earliest, published_latest, published_basis,
                 text, captions, paragraphs, story, comments, page FROM t_articles WHERE key = ?1",
            [key],
            |r| {
                Ok(Article {
                    key: r.get(0)?,
                    id: r.get(1)?,
                    title: r.get(2)?,
                    byline: r.get(3)?,
                    publisher: r.get(4)?,
                    url: r.get(5)?,
                    language: r.get(6)?,
                    published: Interval::new(r.get(7)?, r.get(8)?),
                    basis: r.get(9)?,
                    text: r.get(10)?,
                    captions: captions(&r.get::<_, String>(11)?),
                    paragraphs: serde_json::from_str(&r.get::<_, String>(12)?).unwrap_or_default(),
                    story: r.get(13)?,
                    comments: r.get(14)?,
                    page: r.get(15)?,
                    mask: Arc::default(),
                })
            },
        )?;
        let mut article = found.ok_or(Trouble::NotFound)?;
        article.mask = ask.mask(&article.id)?;
        if ask.masks() {
            article.byline = None;
            article.captions.iter_mut().for_each(|caption| caption.1 = None);
            article.url = article.url.map(|url| article.mask.address(&url));
        }
        Ok(article)
    }

    /// The title as it may be seen.
    pub fn headline(&self) -> String {
        let title = self.title.as_deref().map(|title| self.mask.text(0).unwrap_or(title));
        title.filter(|t| !t.is_empty()).unwrap_or("Without a title").to_owned()
    }

    /// Some bytes of one of its texts, as they may be seen.
    pub fn slice(&self, part: i64, start: usize, end: usize) -> &str {
        match self.mask.text(part as usize) {
            Some(_) => self.mask.slice(part as usize, start..end),
            None => self.part(part).get(start..end).unwrap_or_default(),
        }
    }

    /// The words of some spans of one of its texts, as they may be seen, an ellipsis between two.
    pub fn words(&self, part: i64, spans: &[(usize, usize)]) -> String {
        spans.iter().map(|&(start, end)| self.slice(part, start, end)).collect::<Vec<_>>().join(" … ")
    }

    /// Other words about it, as they may be seen.
    pub fn say(&self, text: &str) -> String {
        self.mask.words(text).into_owned()
    }

    /// The text that a sentence's part names.
    pub fn part(&self, part: i64) -> &str {
        match part {
            0 => self.title.as_deref().unwrap_or_default(),
            1 => &self.text,
            n => self.captions.get(n as usize - 2).map_or("", |(text, _)| text),
        }
    }
}

fn captions(json: &str) -> Vec<(String, Option<String>)> {
    let all: Vec<Value> = serde_json::from_str(json).unwrap_or_default();
    let word = |v: &Value, name: &str| v.get(name).and_then(Value::as_str).map(str::to_owned);
    all.iter().filter_map(|v| Some((word(v, "text")?, word(v, "credit")))).collect()
}

/// The key of the article with this id.
pub fn key(ask: &Ask, id: &str) -> Result<i64, Trouble> {
    ask.one("SELECT key FROM t_articles WHERE id = ?1", [id], |r| r.get(0))?.ok_or(Trouble::NotFound)
}

/// The page that an article stands on.
pub fn page(ask: &Ask, article: &Article) -> Result<Page, Trouble> {
    let found = ask.one(
        "SELECT id, path, declared->>'url', media_type, bytes, read_at FROM t_pages WHERE key = ?1",
        [article.page],
        |r| {
            let address = |text: String| if ask.masks() { article.mask.address(&text) } else { text };
            Ok(Page {
                id: r.get(0)?,
                path: address(ask.path(&r.get::<_, String>(1)?).to_owned()),
                url: r.get::<_, Option<String>>(2)?.map(address),
                media_type: r.get(3)?,
                bytes: r.get(4)?,
                read_at: r.get(5)?,
            })
        },
    )?;
    found.ok_or(Trouble::NotFound)
}

/// The sentences of an article, in order.
pub fn sentences(ask: &Ask, article: i64) -> Result<Vec<Sentence>, Trouble> {
    ask.all("SELECT nth, part, start, end FROM t_sentences WHERE article = ?1 ORDER BY nth", [article], |r| {
        Ok(Sentence { nth: r.get(0)?, part: r.get(1)?, start: r.get(2)?, end: r.get(3)? })
    })
}

/// The number of a sentence by its id.
pub fn sentence(ask: &Ask, article: i64, id: &str) -> Result<Option<i64>, Trouble> {
    ask.one("SELECT nth FROM t_sentences WHERE id = ?1 AND article = ?2", (id, article), |r| r.get(0))
}

/// The mentions in an article, in the order of their spans.
pub fn mentions(ask: &Ask, article: i64) -> Result<Vec<Mention>, Trouble> {
    let sql = format!(
        "SELECT m.start, m.end, k.id, {}, l.place->>'name', m.earliest, m.latest,
             {}
         FROM t_mentions m LEFT JOIN t_actors k ON k.key = m.actor LEFT JOIN t_places l ON l.key = m.place
         WHERE m.article = ?1 ORDER BY m.start, m.end DESC",
        ask.name("k"),
        hearsay_store::part("m")
    );
    ask.all(&sql, [article], |r| {
        Ok(Mention {
            part: r.get(7)?,
            start: r.get(0)?,
            end: r.get(1)?,
            actor: r.get::<_, Option<String>>(2)?.zip(r.get(3)?),
            place: r.get(4)?,
            interval: Interval::new(r.get(5)?, r.get(6)?),
        })
    })
}

/// All that a reader of an article sees.
pub struct Whole {
    pub page: Page,
    pub sentences: Vec<Sentence>,
    pub mentions: Vec<Mention>,
    pub claims: Vec<claims::Claim>,
    pub events: Vec<events::Event>,
    /// Other articles of the same story.
    pub reprints: Vec<Line>,
}

/// All that a reader of an article sees.
pub fn whole(ask: &Ask, article: &Article) -> Result<Whole, Trouble> {
    Ok(Whole {
        page: page(ask, article)?,
        sentences: sentences(ask, article.key)?,
        mentions: mentions(ask, article.key)?,
        claims: claims::of_article(ask, article.key)?,
        events: events::of_article(ask, article.key)?,
        reprints: reprints(ask, article)?,
    })
}

const LINE: &str = "a.key, a.id, a.title, a.publisher, a.published_earliest, a.published_latest, a.language,
     (SELECT count(*) FROM t_claims c WHERE c.article = a.key), (SELECT count(*) FROM t_events e WHERE e.article = a.key)";

fn line(r: &rusqlite::Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        key: r.get(0)?,
        id: r.get(1)?,
        title: r.get(2)?,
        publisher: r.get(3)?,
        published: Interval::new(r.get(4)?, r.get(5)?),
        language: r.get(6)?,
        claims: r.get(7)?,
        events: r.get(8)?,
    })
}

fn reprints(ask: &Ask, article: &Article) -> Result<Vec<Line>, Trouble> {
    let Some(story) = &article.story else { return Ok(Vec::new()) };
    let sql = format!("SELECT {LINE} FROM t_articles a WHERE a.story = ?1 AND a.key <> ?2 ORDER BY a.id LIMIT 50");
    ask.all(&sql, (story, article.key), line)
}

/// Articles in the order in which they came into the record, or those of one publisher.
pub fn list(ask: &Ask, publisher: Option<&str>, after: i64, size: usize) -> Result<Stretch<Line>, Trouble> {
    let of = if publisher.is_some() { "a.publisher = ?3" } else { "?3 IS NULL" };
    let sql = format!("SELECT {LINE} FROM t_articles a WHERE a.key > ?1 AND {of} ORDER BY a.key LIMIT ?2");
    let rows = ask.all(&sql, (after, size + 1, publisher), line)?;
    Ok(Stretch::cut(rows, size, |l| l.key.to_string()))
}
