//! Search in the articles' titles, captions and bodies.

use crate::{Error, Store, fold};
use hearsay_types::Span;
use rusqlite::{Row, params};
use std::fmt::Write;

/// An article that holds the words, and the sentence that shows it best.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The article.
    pub article_id: String,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The first day on which it can have been published (ISO 8601).
    pub earliest: Option<String>,
    /// The last such day.
    pub latest: Option<String>,
    /// The sentence that holds most of the words; none where the article has no sentences.
    pub sentence_id: Option<String>,
    /// The sentence's passage.
    pub passage: Option<String>,
    /// The sentence, or the words around the first match.
    pub text: String,
    /// Where the words stand in `text`.
    pub marks: Vec<Span>,
    /// How well it fits: BM25, higher is better; a word in the title weighs four times one in the body.
    pub score: f64,
}

/// Stand around a found word in what the index hands back; from the range that Unicode leaves to private use.
const OPEN: char = '\u{F8F0}';
const CLOSE: char = '\u{F8F1}';

impl Store {
    /// The articles that hold all words of `text`, best first. Words in double quotes stand together; `word*` stands for all
    /// words that begin so; case and accents do not matter, nor do vowel marks and the forms of alef in Arabic.
    pub fn search(&self, text: &str, limit: usize) -> Result<Vec<Hit>, Error> {
        let query = query(text);
        if query.is_empty() {
            return Ok(Vec::new());
        }
        let mut ask = self.conn.prepare_cached(
            "SELECT a.key, a.id, a.title, a.publisher, a.published_earliest, a.published_latest,
                 -bm25(t_search, 4.0, 2.0, 1.0) AS score, highlight(t_search, 0, ?2, ?3), highlight(t_search, 1, ?2, ?3),
                 highlight(t_search, 2, ?2, ?3), a.text, a.captions
             FROM t_search JOIN t_articles a ON a.key = t_search.rowid
             WHERE t_search MATCH ?1 ORDER BY score DESC, a.id LIMIT ?4",
        )?;
        let mut rows = ask.query(params![query, OPEN.to_string(), CLOSE.to_string(), limit])?;
        let mut hits = Vec::new();
        while let Some(row) = rows.next()? {
            hits.push(self.hit(row)?);
        }
        Ok(hits)
    }

    fn hit(&self, row: &Row) -> Result<Hit, Error> {
        let marked = |at| row.get::<_, String>(at);
        let (title, text): (Option<String>, String) = (row.get(2)?, row.get(10)?);
        let captions = captions(&row.get::<_, String>(11)?)?;
        let mut parts = vec![Part::new(title.clone().unwrap_or_default(), &marked(7)?), Part::new(text, &marked(9)?)];
        let joined = Part::new(captions.join("\n"), &marked(8)?);
        parts.extend(joined.lines(&captions));
        let mut hit = Hit {
            article_id: row.get(1)?,
            title,
            publisher: row.get(3)?,
            earliest: row.get(4)?,
            latest: row.get(5)?,
            sentence_id: None,
            passage: None,
            text: String::new(),
            marks: Vec::new(),
            score: row.get(6)?,
        };
        self.fit(row.get(0)?, &parts, &mut hit)?;
        Ok(hit)
    }

    /// Finds the sentence with most marks; the first of several.
    fn fit(&self, article: i64, parts: &[Part], hit: &mut Hit) -> Result<(), Error> {
        let mut ask = self
            .conn
            .prepare_cached("SELECT id, role, part, start, end FROM t_sentences WHERE article = ?1 ORDER BY nth")?;
        let mut rows = ask.query([article])?;
        while let Some(row) = rows.next()? {
            let span = Span::new(row.get(3)?, row.get(4)?);
            let Some(part) = parts.get(row.get::<_, usize>(2)?) else { continue };
            let marks = part.within(span);
            if marks.len() > hit.marks.len() {
                (hit.sentence_id, hit.passage) = (Some(row.get(0)?), Some(row.get(1)?));
                hit.text = span.of(&part.text).to_owned();
                hit.marks = marks;
            }
        }
        if hit.sentence_id.is_none()
            && let Some(part) = parts.iter().find(|p| !p.marks.is_empty())
        {
            let around = part.around(part.marks[0]);
            hit.text = around.of(&part.text).to_owned();
            hit.marks = part.within(around);
        }
        Ok(())
    }
}

/// A text with the spans of the found words.
struct Part {
    text: String,
    marks: Vec<Span>,
}

impl Part {
    /// `marked` is the folded text with signs around the words; the spans are brought back to the text itself.
    fn new(text: String, marked: &str) -> Part {
        let (_, from) = fold::fold(&text);
        let back = |at: usize| from.get(at).copied().unwrap_or(text.len());
        let (mut marks, mut at, mut open) = (Vec::new(), 0, None);
        for c in marked.chars() {
            match c {
                OPEN => open = Some(at),
                CLOSE => marks.extend(open.take().map(|start| Span::new(back(start), back(at)))),
                _ => at += c.len_utf8(),
            }
        }
        marks.retain(|m| !m.of(&text).is_empty());
        Part { text, marks }
    }

    /// One part a line, for texts that were joined by line feeds. A caption may hold one itself, so lengths count.
    fn lines(&self, lines: &[String]) -> Vec<Part> {
        let mut at = 0;
        let cut = |line: &String| {
            let span = Span::new(at, at + line.len());
            at = span.end + 1;
            Part { text: line.clone(), marks: self.within(span) }
        };
        lines.iter().map(cut).collect()
    }

    /// The marks inside a span, counted from its start.
    fn within(&self, span: Span) -> Vec<Span> {
        let inside = self.marks.iter().filter(|m| span.contains(**m));
        inside.map(|m| Span::new(m.start - span.start, m.end - span.start)).collect()
    }

    /// About 120 bytes to either side, whole characters.
    fn around(&self, mark: Span) -> Span {
        let start = self.text.floor_char_boundary(mark.start.saturating_sub(120));
        let end = self.text.ceil_char_boundary((mark.end + 120).min(self.text.len()));
        Span::new(start, end)
    }
}

fn captions(json: &str) -> Result<Vec<String>, Error> {
    #[derive(serde::Deserialize)]
    struct Caption {
        text: String,
    }
    Ok(serde_json::from_str::<Vec<Caption>>(json)?.into_iter().map(|c| c.text).collect())
}

/// The question as FTS5 writes it: every word or phrase quoted, so that nothing in it is taken for an operator.
fn query(text: &str) -> String {
    let (text, _) = fold::fold(text);
    let mut query = String::new();
    for (nth, piece) in text.split('"').enumerate() {
        let phrase = nth % 2 == 1;
        let words: Vec<&str> = if phrase { vec![piece] } else { piece.split_whitespace().collect() };
        for word in words {
            let bare = word.trim_end_matches('*');
            if bare.chars().any(char::is_alphanumeric) {
                let star = if bare.len() < word.len() && !phrase { "*" } else { "" };
                let _ = write!(query, "\"{bare}\"{star} ");
            }
        }
    }
    query.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_question_is_an_operator() {
        assert_eq!(
            query("bridge AND (x) -y \"two  words\" gover*"),
            "\"bridge\" \"AND\" \"(x)\" \"-y\" \"two  words\" \"gover\"*"
        );
        assert_eq!(query(" * \" -- "), "");
    }

    #[test]
    fn marks_come_back_to_the_text() {
        let part = Part::new("قال الأُمم".into(), &format!("قال {OPEN}الامم{CLOSE}"));
        assert_eq!(part.marks[0].of(&part.text), "الأُمم");
    }
}
