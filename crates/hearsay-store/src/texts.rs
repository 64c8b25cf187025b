//! The texts of an article, and in which of them a row's spans stand.
//!
//! A span of a mention, a claim or an event is a span of the text that its sentence stands in: the title, the body or a caption.
//! Without a sentence it is the body's.

use crate::Error;
use rusqlite::{Connection, OptionalExtension};

/// The number of the body among the texts: 0 is the title, 2 the first caption, as in `t_sentences.part`.
pub(crate) const BODY: usize = 1;

/// The text of a row whose sentence is `h` and whose article is `a`, in SQL.
pub(crate) const OWN: &str = "CASE coalesce(h.part, 1) WHEN 1 THEN a.text WHEN 0 THEN coalesce(a.title, '') ELSE coalesce(json_extract(a.captions, '$[' || (h.part - 2) || '].text'), '') END";

/// The number of the text that a row's spans stand in, in SQL: 0 is the title, 1 the body, 2 the first caption. `row` is what the row,
/// a mention, a claim or an event, is called in the question.
pub fn part(row: &str) -> String {
    format!(
        "coalesce((SELECT h.part FROM t_sentences h WHERE h.article = {row}.article AND h.nth = {row}.sentence), {BODY})"
    )
}

/// The title, the body and the captions of an article.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Texts(Vec<String>);

impl Texts {
    /// From the columns of an article; `captions` is JSON, as the record keeps it.
    pub(crate) fn new(title: Option<String>, body: String, captions: &str) -> Result<Texts, Error> {
        let captions: Vec<serde_json::Value> = serde_json::from_str(captions)?;
        let caption = |c: &serde_json::Value| c["text"].as_str().unwrap_or_default().to_owned();
        Ok(Texts([title.unwrap_or_default(), body].into_iter().chain(captions.iter().map(caption)).collect()))
    }

    /// Those of the article with this key; empty ones where there is none.
    pub(crate) fn of(conn: &Connection, article: i64) -> Result<Texts, Error> {
        let mut ask = conn.prepare_cached("SELECT title, text, captions FROM t_articles WHERE key = ?1")?;
        let read = |r: &rusqlite::Row| Ok((r.get(0)?, r.get(1)?, r.get::<_, String>(2)?));
        let found = ask.query_row([article], read).optional()?;
        found.map_or(Ok(Texts::default()), |(title, body, captions)| Texts::new(title, body, &captions))
    }

    /// One of them; empty where there is none of this number.
    pub(crate) fn get(&self, part: usize) -> &str {
        self.0.get(part).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_have_the_numbers_of_their_sentences() {
        let captions = r#"[{"text": "The bridge.", "credit": null}, {"text": "The town."}]"#;
        let texts = Texts::new(None, "It fell.".into(), captions).unwrap();
        assert_eq!([0, BODY, 2, 3, 4].map(|part| texts.get(part)), ["", "It fell.", "The bridge.", "The town.", ""]);
    }
}
