//! One row, opened: its sentence, its article, who told it to whom, and why it is there.

use crate::read::{Row, by_id};
use crate::{Error, Kind, Store};
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value;
use std::collections::HashSet;

/// A row and what a reader needs to judge it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shown {
    /// The public table it stands in, as in `claims`.
    pub table: &'static str,
    /// The row.
    pub row: Row,
    /// The sentence it came from.
    pub sentence: Option<Row>,
    /// The article it came from, without its text.
    pub article: Option<Row>,
    /// The page the article stands on, without its bytes.
    pub page: Option<Row>,
    /// The claims that lead from the row to the publisher: first the one that tells it, last the outermost.
    pub chain: Vec<Row>,
    /// The corrections that changed it, in their order.
    pub corrections: Vec<Row>,
    /// Whether a correction took it out of its table: the row is shown as it was before.
    pub rejected: bool,
    /// Other rows that belong to it, each with its table: an article's story, a mention's actor, a page's articles, an event's
    /// incident, the sentences that tell an incident or a dispute.
    pub related: Vec<(&'static str, Row)>,
}

impl Shown {
    /// Why the row is there, in plain words; empty for rows that are there by themselves.
    pub fn why(&self) -> Vec<&str> {
        list(&self.row, "why").iter().filter_map(Value::as_str).collect()
    }

    /// Who published it: the root of the chain.
    pub fn publisher(&self) -> Option<&str> {
        self.article.as_ref().and_then(|a| word(a, "publisher"))
    }
}

/// The tables in which ids are looked up, each with its base table.
const TABLES: [(&str, &str, &str); 12] = [
    ("articles", "t_articles", "id"),
    ("claims", "t_claims", "id"),
    ("events", "t_events", "id"),
    ("sentences", "t_sentences", "id"),
    ("mentions", "t_mentions", "id"),
    ("actors", "t_actors", "id"),
    ("pages", "t_pages", "id"),
    ("incidents", "t_incidents", "id"),
    ("disputes", "t_disputes", "id"),
    ("corrections", "t_corrections", "id"),
    ("claims", "(SELECT id FROM t_corrected WHERE rejected IS NOT NULL AND what = 'claim')", "id"),
    ("events", "(SELECT id FROM t_corrected WHERE rejected IS NOT NULL AND what = 'event')", "id"),
];

impl Store {
    /// The row with this id, or with the one id that begins like this.
    ///
    /// A story has the id of its first article: the article is shown, and the story beside it. In the place of an actor that
    /// was merged into another the other is shown. What was rejected is shown as it was.
    pub fn show(&self, id: &str) -> Result<Shown, Error> {
        let id = id.trim().to_ascii_lowercase();
        let (table, id) = self.find(&id)?;
        let mut shown = Shown { table, ..Shown::default() };
        let row = match by_id(&self.conn, table, &id)? {
            Some(row) => Some(row),
            None if table == "actors" => kept(&self.conn, &id)?,
            None => {
                shown.rejected = true;
                rejected(&self.conn, &id)?
            }
        };
        let row = row.ok_or_else(|| Error::new(Kind::NotFound(id)))?;
        shown.fill(&self.conn, &row)?;
        shown.row = row;
        Ok(shown)
    }

    fn find(&self, id: &str) -> Result<(&'static str, String), Error> {
        let nothing = || Error::new(Kind::NotFound(id.to_owned()));
        if id.is_empty() || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
            return Err(nothing());
        }
        let mut found = Vec::new();
        for (view, base, column) in TABLES {
            // `g` comes after the last hexadecimal digit.
            let ask = format!(
                "SELECT {column} FROM {base} WHERE {column} >= ?1 AND {column} < ?1 || 'g' ORDER BY 1 LIMIT 11"
            );
            let mut ask = self.conn.prepare_cached(&ask)?;
            let ids = ask.query_map([id], |r| r.get::<_, String>(0))?;
            ids.into_iter().try_for_each(|id| id.map(|id| found.push((view, id))))?;
        }
        match found.len() {
            0 => Err(nothing()),
            1 => found.pop().ok_or_else(nothing),
            _ => {
                let whole = found.iter().position(|(_, f)| f == id);
                let several = || Kind::Ambiguous(found.iter().take(10).map(|(_, id)| id.clone()).collect());
                whole.map(|at| found[at].clone()).ok_or_else(|| Error::new(several()))
            }
        }
    }
}

impl Shown {
    /// Fetches what the row names.
    fn fill(&mut self, conn: &Connection, row: &Row) -> Result<(), Error> {
        self.sentence = fetch(conn, "sentences", word(row, "sentence_id"))?;
        self.article = fetch(conn, "articles", word(row, "article_id"))?;
        let page = self.article.as_ref().and_then(|a| word(a, "page_id")).or_else(|| word(row, "page_id"));
        self.page = fetch(conn, "pages", page)?;
        self.chain = chain(conn, self.table, row)?;
        let actor = word(row, "actor_id").or_else(|| row.get("source")?.get("actor_id")?.as_str());
        for (table, id) in [("actors", actor), ("stories", word(row, "story_id"))] {
            self.related.extend(fetch(conn, table, id)?.map(|row| (table, row)));
        }
        for id in list(row, "corrected").iter().filter_map(Value::as_str) {
            self.corrections.extend(by_id(conn, "corrections", &id)?);
        }
        if let (true, Some(id)) = (self.table == "pages", word(row, "id")) {
            self.related.extend(articles_of(conn, id)?);
        }
        self.joined(conn, row)?;
        let texts = self.related.iter_mut().filter(|(table, _)| *table == "articles").map(|(_, row)| row);
        for article in self.article.iter_mut().chain(texts) {
            for long in ["text", "paragraphs", "passages"] {
                article.remove(long);
            }
        }
        Ok(())
    }
}

/// The actor that another was merged into.
fn kept(conn: &Connection, id: &str) -> Result<Option<Row>, Error> {
    const ASK: &str = "SELECT o.id FROM t_actors k JOIN t_corrected_actors x ON x.actor = k.key
         JOIN t_actors o ON o.key = x.kept WHERE k.id = ?1";
    let kept: Option<String> = conn.prepare_cached(ASK)?.query_row([id], |r| r.get(0)).optional()?;
    kept.map_or(Ok(None), |kept| by_id(conn, "actors", &kept))
}

/// A row that was rejected, as its table held it, with all that corrected it.
fn rejected(conn: &Connection, id: &str) -> Result<Option<Row>, Error> {
    const ASK: &str = "SELECT rejected, corrections FROM t_corrected WHERE rejected IS NOT NULL AND id = ?1";
    let read = |r: &rusqlite::Row| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?));
    let Some((row, by)) = conn.prepare_cached(ASK)?.query_row([id], read).optional()? else { return Ok(None) };
    let mut row: Row = serde_json::from_str(&row)?;
    row.insert("corrected".into(), serde_json::from_str(&by)?);
    Ok(Some(row))
}

impl Shown {
    /// Of an event the incident that it belongs to; of an incident and a dispute the sentences that tell it.
    fn joined(&mut self, conn: &Connection, row: &Row) -> Result<(), Error> {
        match self.table {
            "events" => {
                let incident = incident_of(conn, word(row, "id").unwrap_or_default())?;
                self.related.extend(fetch(conn, "incidents", incident.as_deref())?.map(|row| ("incidents", row)));
            }
            "incidents" => {
                let sentences = list(row, "reports").iter().filter_map(|r| r.get("sentence_id")?.as_str());
                self.sentences(conn, sentences.map(str::to_owned).collect())?;
            }
            "disputes" => {
                let sides = ["tellers_for", "tellers_against"].into_iter().flat_map(|side| list(row, side));
                let mut sentences = Vec::new();
                for side in sides {
                    let table =
                        if side["claim_id"].is_string() { ("claims", "claim_id") } else { ("events", "event_id") };
                    let told = fetch(conn, table.0, side[table.1].as_str())?;
                    sentences.extend(told.and_then(|told| word(&told, "sentence_id").map(str::to_owned)));
                }
                self.sentences(conn, sentences)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn sentences(&mut self, conn: &Connection, ids: Vec<String>) -> Result<(), Error> {
        let mut seen = HashSet::new();
        for id in ids.into_iter().filter(|id| seen.insert(id.clone())) {
            self.related.extend(fetch(conn, "sentences", Some(&id))?.map(|row| ("sentences", row)));
        }
        Ok(())
    }
}

fn incident_of(conn: &Connection, event: &str) -> Result<Option<String>, Error> {
    const ASK: &str = "SELECT i.id FROM t_events e JOIN t_incident_events j ON j.event = e.key
         JOIN t_incidents i ON i.key = j.incident WHERE e.id = ?1";
    Ok(conn.prepare_cached(ASK)?.query_row([event], |r| r.get(0)).optional()?)
}

fn fetch(conn: &Connection, table: &str, id: Option<&str>) -> Result<Option<Row>, Error> {
    id.map_or(Ok(None), |id| by_id(conn, table, &id))
}

/// From the claim that tells the row, or the claim itself, to the outermost one.
fn chain(conn: &Connection, table: &str, row: &Row) -> Result<Vec<Row>, Error> {
    let mut next = word(row, if table == "claims" { "id" } else { "claim_id" }).map(str::to_owned);
    let mut chain: Vec<Row> = Vec::new();
    while let Some(id) = next {
        // A chain that runs into itself is damage; `verify` names it, and it must not hang a reader.
        if chain.iter().any(|c| word(c, "id") == Some(&id)) {
            break;
        }
        let Some(claim) = fetch(conn, "claims", Some(&id))? else { break };
        next = word(&claim, "parent").map(str::to_owned);
        chain.push(claim);
    }
    Ok(chain)
}

fn articles_of(conn: &Connection, page: &str) -> Result<Vec<(&'static str, Row)>, Error> {
    let mut ask = conn.prepare_cached(
        "SELECT a.id FROM t_articles a JOIN t_pages p ON p.key = a.page WHERE p.id = ?1 ORDER BY a.nth",
    )?;
    let ids = ask.query_map([page], |r| r.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let rows = ids.iter().map(|id| by_id(conn, "articles", id));
    Ok(rows.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().map(|row| ("articles", row)).collect())
}

pub(crate) fn word<'a>(row: &'a Row, name: &str) -> Option<&'a str> {
    row.get(name).and_then(Value::as_str)
}

fn list<'a>(row: &'a Row, name: &str) -> &'a [Value] {
    row.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
