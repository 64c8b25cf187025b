//! The rows of one article.

use super::{Writer, bounds, list, pairs};
use crate::{
    Error,
    link::{pack, place, unlink},
    names::Name,
};
use hearsay_types::{
    Article, ArticleId, ArticleText, Coded, Interval, NamedKind, Note, Origin, Parsed, SentenceId, Signature,
};
use rusqlite::params;
use std::collections::HashMap;

/// What the rows of one article need of each other.
pub(super) struct Context<'a> {
    pub(super) key: i64,
    pub(super) coded: &'a Coded,
    /// The keys of its actors.
    pub(super) actors: HashMap<hearsay_types::ActorId, i64>,
    /// The numbers of its claims.
    pub(super) claims: HashMap<hearsay_types::ClaimId, usize>,
    /// What could not be kept as it was given.
    pub(super) notes: Vec<Note>,
}

impl Context<'_> {
    /// The number of a sentence, if there is one of this number.
    pub(super) fn sentence(&self, nth: usize) -> Option<usize> {
        (nth < self.coded.parsed.sentences.len()).then_some(nth)
    }
}

/// The two columns of an interval.
pub(super) fn days(interval: Interval) -> (Option<String>, Option<String>) {
    (interval.earliest.map(|d| d.to_string()), interval.latest.map(|d| d.to_string()))
}

impl Writer<'_> {
    /// Writes an article and all that was found in it; gives its notes.
    pub(super) fn article(
        &mut self,
        page: i64,
        coded: &Coded,
        signature: Option<&Signature>,
    ) -> Result<Vec<Note>, Error> {
        let key = self.insert_article(page, &coded.article)?;
        self.fresh.push(key);
        self.signature(key, &coded.article.id, signature)?;
        self.sentences(key, &coded.article, &coded.parsed)?;
        self.names(key, &coded.parsed)?;
        let actors = self.actors(key, &coded.entities.actors)?;
        let claims = coded.claims.iter().enumerate().rev().map(|(nth, c)| (c.id, nth)).collect();
        let mut context = Context { key, coded, actors, claims, notes: coded.notes.clone() };
        self.mentions(&mut context)?;
        self.claims(&mut context)?;
        self.events(&mut context)?;
        Ok(context.notes)
    }

    fn insert_article(&self, page: i64, a: &Article) -> Result<i64, Error> {
        let dateline = a.dateline.as_ref();
        let (start, end) = bounds(dateline.map(|d| d.span));
        let (from, to) = days(dateline.map_or(Interval::UNKNOWN, |d| d.date));
        let (published, modified) = (days(a.published), days(a.modified));
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO t_articles (id, page, nth, title, byline, publisher, url, language, dateline_start, dateline_end,
                 dateline_place, dateline_earliest, dateline_latest, dateline_agency, published_earliest, published_latest,
                 published_basis, modified_earliest, modified_latest, comments, captions, caption_text, paragraphs, origins, passages, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                 ?23, ?24, ?25, ?26)",
        )?;
        insert.execute(params![
            a.id.to_string(),
            page,
            a.nth,
            a.title,
            a.byline,
            a.publisher,
            a.url,
            a.language,
            start,
            end,
            dateline.and_then(|d| d.place.as_deref()),
            from,
            to,
            dateline.and_then(|d| d.agency.as_deref()),
            published.0,
            published.1,
            a.published_basis.name(),
            modified.0,
            modified.1,
            a.comments,
            captions(a)?,
            a.captions.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("\n"),
            pairs(&a.paragraphs),
            origins(a),
            passages(a),
            a.text
        ])?;
        Ok(self.conn.last_insert_rowid())
    }

    fn signature(&self, key: i64, article: &ArticleId, signature: Option<&Signature>) -> Result<(), Error> {
        let Some(s) = signature else { return Ok(()) };
        self.conn
            .prepare_cached("INSERT INTO t_signatures (article, sentences, bands, sketch) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![key, pack(&s.sentences), pack(&s.bands), pack(&s.sketch)])?;
        let place = place(article);
        let mut insert =
            self.conn.prepare_cached("INSERT OR IGNORE INTO t_bands (band, place, article) VALUES (?1, ?2, ?3)")?;
        for band in &s.bands {
            insert.execute(params![*band as i64, place, key])?;
        }
        Ok(())
    }

    fn sentences(&self, key: i64, article: &Article, parsed: &Parsed) -> Result<(), Error> {
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO t_sentences (article, nth, id, part, role, start, end) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (nth, s) in parsed.sentences.iter().enumerate() {
            let part = part(s.text);
            let (start, end) = (s.span.start as u64, s.span.end as u64);
            let id = SentenceId::within(&article.id, &[&part.to_le_bytes(), &start.to_le_bytes(), &end.to_le_bytes()]);
            insert.execute(params![key, nth, id.to_string(), part, s.role.name(), start as i64, end as i64])?;
        }
        Ok(())
    }

    /// Names of people, whether they are actors or not: those that are not are masked for the public.
    fn names(&self, key: i64, parsed: &Parsed) -> Result<(), Error> {
        let mut insert = self
            .conn
            .prepare_cached("INSERT INTO t_names (article, nth, part, start, end) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        let people = parsed.mentions.iter().filter(|m| m.kind == NamedKind::Person);
        for (nth, name) in people.enumerate() {
            let Some(sentence) = parsed.sentences.get(name.sentence) else { continue };
            insert.execute(params![key, nth, part(sentence.text), name.span.start, name.span.end])?;
        }
        Ok(())
    }

    /// Takes an article out. The articles of its story are to be linked anew: without it they may be several stories.
    pub(super) fn remove_article(&self, key: i64) -> Result<(), Error> {
        self.leave_crowds(key)?;
        const LEAVE: &str = "INSERT INTO t_search (t_search, rowid, title, captions, text)
             SELECT 'delete', key, title, captions, text FROM t_search_text WHERE key = ?1";
        self.conn.prepare_cached(LEAVE)?.execute([key])?;
        unlink(self.conn, key)?;
        self.forget_bands(key)?;
        self.conn.prepare_cached("DELETE FROM t_articles WHERE key = ?1")?.execute([key])?;
        Ok(())
    }
}

/// How the record tells which of an article's texts it means.
fn part(text: ArticleText) -> u32 {
    match text {
        ArticleText::Title => 0,
        ArticleText::Body => 1,
        ArticleText::Caption(n) => 2 + u32::from(n),
    }
}

fn captions(a: &Article) -> Result<String, Error> {
    #[derive(serde::Serialize)]
    struct Shown<'a> {
        text: &'a str,
        credit: Option<&'a str>,
    }
    let shown: Vec<_> = a.captions.iter().map(|c| Shown { text: &c.text, credit: c.credit.as_deref() }).collect();
    list(&shown)
}

fn origins(a: &Article) -> String {
    let each = a.origins.iter().map(|o| match o {
        Origin::Bytes(s) => format!("{{\"bytes\":[{},{}]}}", s.start, s.end),
        Origin::Element(n) => format!("{{\"element\":{n}}}"),
    });
    format!("[{}]", each.collect::<Vec<_>>().join(","))
}

fn passages(a: &Article) -> String {
    let each = a.passages.iter().map(|p| format!("[\"{}\",{},{}]", p.role.name(), p.span.start, p.span.end));
    format!("[{}]", each.collect::<Vec<_>>().join(","))
}
