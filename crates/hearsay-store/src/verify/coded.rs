//! The articles and all that was found in them: every span fits its text, every reference leads somewhere.

use super::Report;
use crate::texts::{self, Texts};
use crate::{Error, Store};
use hearsay_types::{Article, PageId, Span};
use rusqlite::Row;

/// What a span of a row is called in a fault, and where to find it.
type Ask = (&'static str, &'static str);

/// Every span of an article, by table: the row's id, the name of the span, its bounds, and the number of the text that it stands in.
/// `{c}` and its like stand for that number in a row that has a sentence.
const SPANS: [Ask; 13] = [
    (
        "articles",
        "SELECT '', 'dateline', dateline_start, dateline_end, 1 FROM t_articles WHERE key = ?1 AND dateline_start IS NOT NULL",
    ),
    (
        "articles",
        "SELECT '', 'paragraph', s.value->>0, s.value->>1, 1 FROM t_articles, json_each(paragraphs) s WHERE t_articles.key = ?1",
    ),
    (
        "articles",
        "SELECT '', 'passage', s.value->>1, s.value->>2, 1 FROM t_articles, json_each(passages) s WHERE t_articles.key = ?1",
    ),
    ("articles", "SELECT '', 'name of a person', start, end, part FROM t_names WHERE article = ?1"),
    ("mentions", "SELECT id, 'mention', start, end, {m} FROM t_mentions m WHERE article = ?1"),
    (
        "claims",
        "SELECT c.id, 'source', s.value->>0, s.value->>1, {c} FROM t_claims c, json_each(c.source_spans) s WHERE c.article = ?1",
    ),
    (
        "claims",
        "SELECT c.id, 'cue', s.value->>0, s.value->>1, {c} FROM t_claims c, json_each(c.cue_spans) s WHERE c.article = ?1",
    ),
    (
        "claims",
        "SELECT c.id, 'content', s.value->>0, s.value->>1, {c} FROM t_claims c, json_each(c.content_spans) s WHERE c.article = ?1",
    ),
    (
        "claims",
        "SELECT id, 'addressee', addressee_start, addressee_end, {c} FROM t_claims c WHERE article = ?1 AND addressee_start IS NOT NULL UNION ALL SELECT id, 'medium', medium_start, medium_end, {c} FROM t_claims c WHERE article = ?1 AND medium_start IS NOT NULL",
    ),
    ("events", "SELECT id, 'trigger', start, end, {e} FROM t_events e WHERE article = ?1"),
    (
        "events",
        "SELECT id, 'place', place_start, place_end, {e} FROM t_events e WHERE article = ?1 AND place_start IS NOT NULL UNION ALL SELECT id, 'time', time_start, time_end, {e} FROM t_events e WHERE article = ?1 AND time_start IS NOT NULL",
    ),
    (
        "events",
        "SELECT e.id, iif(w.side = 0, 'actor', 'recipient'), w.start, w.end, {e} FROM t_events e JOIN t_participants w ON w.event = e.key WHERE e.article = ?1",
    ),
    (
        "events",
        "SELECT e.id, 'number', n.value->>1, n.value->>2, {e} FROM t_events e, json_each(e.numbers) n WHERE e.article = ?1",
    ),
];

/// References by number inside an article that lead nowhere.
const REFERENCES: [Ask; 4] = [
    (
        "mentions",
        "SELECT id, 'sentence' FROM t_mentions m WHERE article = ?1 AND sentence IS NOT NULL AND NOT EXISTS (SELECT 1 FROM t_sentences s WHERE s.article = ?1 AND s.nth = m.sentence)",
    ),
    (
        "claims",
        "SELECT id, 'sentence' FROM t_claims c WHERE article = ?1 AND sentence IS NOT NULL AND NOT EXISTS (SELECT 1 FROM t_sentences s WHERE s.article = ?1 AND s.nth = c.sentence) UNION ALL SELECT id, 'parent' FROM t_claims c WHERE article = ?1 AND parent IS NOT NULL AND NOT EXISTS (SELECT 1 FROM t_claims p WHERE p.article = ?1 AND p.nth = c.parent)",
    ),
    (
        "events",
        "SELECT id, 'sentence' FROM t_events e WHERE article = ?1 AND sentence IS NOT NULL AND NOT EXISTS (SELECT 1 FROM t_sentences s WHERE s.article = ?1 AND s.nth = e.sentence) UNION ALL SELECT id, 'claim' FROM t_events e WHERE article = ?1 AND claim IS NOT NULL AND NOT EXISTS (SELECT 1 FROM t_claims p WHERE p.article = ?1 AND p.nth = e.claim)",
    ),
    (
        "events",
        "SELECT e.id, 'teller' FROM t_events e, json_each(e.tellers) t WHERE e.article = ?1 AND t.value->>0 IS NOT NULL AND NOT EXISTS (SELECT 1 FROM t_claims p WHERE p.article = ?1 AND p.nth = t.value->>0)",
    ),
];

/// Claims that stand in themselves.
const CIRCLES: &str = "WITH RECURSIVE up (nth, at, depth) AS (
        SELECT nth, parent, 1 FROM t_claims WHERE article = ?1 AND parent IS NOT NULL
        UNION SELECT up.nth, c.parent, depth + 1 FROM up JOIN t_claims c ON c.article = ?1 AND c.nth = up.at
            WHERE c.parent IS NOT NULL AND up.at <> up.nth AND depth < 1000)
    SELECT DISTINCT c.id FROM up JOIN t_claims c ON c.article = ?1 AND c.nth = up.nth WHERE up.at = up.nth OR depth = 1000";

/// An article as far as the checks need it.
struct Text {
    key: i64,
    id: String,
    texts: Texts,
}

impl Store {
    /// Every article, its spans and its references.
    pub(super) fn check_articles(&self, report: &mut Report) -> Result<(), Error> {
        let mut ask = self.conn.prepare(
            "SELECT a.key, a.id, a.text, a.nth, p.id, json_array_length(a.paragraphs), json_array_length(a.origins), a.title,
                 a.captions
             FROM t_articles a JOIN t_pages p ON p.key = a.page ORDER BY a.key",
        )?;
        let mut rows = ask.query([])?;
        let (mut articles, mut spans) = (0, 0);
        while let Some(row) = rows.next()? {
            let texts = Texts::new(row.get(7)?, row.get(2)?, &row.get::<_, String>(8)?)?;
            let text = Text { key: row.get(0)?, id: row.get(1)?, texts };
            check_head(row, &text, report)?;
            spans += self.check_spans(&text, report)? + self.check_sentences(&text, report)?;
            self.check_references(&text, report)?;
            articles += 1;
        }
        report.checked("articles", articles);
        report.checked("spans", spans);
        Ok(())
    }

    fn check_spans(&self, text: &Text, report: &mut Report) -> Result<u64, Error> {
        let mut count = 0;
        for (table, ask) in SPANS {
            let part = ["m", "c", "e"]
                .iter()
                .fold(ask.to_owned(), |ask, row| ask.replace(&format!("{{{row}}}"), &texts::part(row)));
            let mut ask = self.conn.prepare_cached(&part)?;
            let mut rows = ask.query([text.key])?;
            while let Some(row) = rows.next()? {
                let id: String = row.get(0)?;
                let id = if id.is_empty() { text.id.clone() } else { id };
                let name: String = row.get(1)?;
                check_span(row, 2, text.texts.get(row.get(4)?), report, table, &id, &name)?;
                count += 1;
            }
        }
        Ok(count)
    }

    fn check_sentences(&self, text: &Text, report: &mut Report) -> Result<u64, Error> {
        let mut ask = self.conn.prepare_cached("SELECT id, start, end, part FROM t_sentences WHERE article = ?1")?;
        let mut rows = ask.query([text.key])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            check_span(row, 1, text.texts.get(row.get(3)?), report, "sentences", &id, "sentence")?;
            count += 1;
        }
        Ok(count)
    }

    fn check_references(&self, text: &Text, report: &mut Report) -> Result<(), Error> {
        for (table, ask) in REFERENCES {
            let mut ask = self.conn.prepare_cached(ask)?;
            let mut rows = ask.query([text.key])?;
            while let Some(row) = rows.next()? {
                let (id, what): (String, String) = (row.get(0)?, row.get(1)?);
                report.fault(table, id, format!("its {what} is not in the article"));
            }
        }
        let mut ask = self.conn.prepare_cached(CIRCLES)?;
        for id in ask.query_map([text.key], |r| r.get::<_, String>(0))? {
            report.fault("claims", id?, "it stands in its own content");
        }
        Ok(())
    }

    /// No two rows of one table have the same id.
    pub(super) fn check_ids(&self, report: &mut Report) -> Result<(), Error> {
        let tables =
            [("sentences", "t_sentences"), ("mentions", "t_mentions"), ("claims", "t_claims"), ("events", "t_events")];
        for (table, base) in tables {
            let mut ask = self.conn.prepare(&format!("SELECT id FROM {base} GROUP BY id HAVING count(*) > 1"))?;
            for id in ask.query_map([], |r| r.get::<_, String>(0))? {
                report.fault(table, id?, "several rows have this id");
            }
            report.checked(table, self.conn.query_row(&format!("SELECT count(*) FROM {base}"), [], |r| r.get(0))?);
        }
        Ok(())
    }
}

fn check_head(row: &Row, text: &Text, report: &mut Report) -> Result<(), Error> {
    let (nth, page): (u32, String) = (row.get(3)?, row.get(4)?);
    let right = PageId::parse(&page).map(|page| Article::id_of(&page, nth).to_string());
    if right.as_deref() != Some(&text.id) {
        report.fault("articles", &text.id, "its id is not that of its page and number");
    }
    if row.get::<_, i64>(5)? != row.get::<_, i64>(6)? {
        report.fault("articles", &text.id, "not every paragraph has its place on the page");
    }
    Ok(())
}

fn check_span(
    row: &Row,
    at: usize,
    text: &str,
    report: &mut Report,
    table: &'static str,
    id: &str,
    name: &str,
) -> Result<(), Error> {
    let (start, end): (i64, i64) = (row.get(at)?, row.get(at + 1)?);
    let span = usize::try_from(start).ok().zip(usize::try_from(end).ok()).filter(|(s, e)| s <= e);
    let fits = span.is_some_and(|(start, end)| text.get(start..end).is_some());
    if !fits {
        report.fault(table, id, format!("its {name} at {start}..{end} does not fit the text or cuts a character"));
    } else if span.is_some_and(|(start, end)| Span::new(start, end).is_empty()) && name != "passage" {
        report.fault(table, id, format!("its {name} at {start} covers nothing"));
    }
    Ok(())
}
