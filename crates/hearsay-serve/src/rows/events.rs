//! Events: who did what to whom.

use super::Stretch;
use crate::ask::Ask;
use crate::days::Interval;
use crate::error::Trouble;
use rusqlite::Row;
use rusqlite::types::Value;

/// An event, as pages show it.
pub struct Event {
    pub key: i64,
    pub article: i64,
    pub id: String,
    pub sentence: Option<i64>,
    /// The text that its spans stand in: 0 the title, 1 the body, 2 the first caption.
    pub part: i64,
    /// The number of the claim that tells it.
    pub claim: Option<i64>,
    pub trigger: (usize, usize),
    pub kind: String,
    pub mode: Option<String>,
    pub quad: u8,
    pub place: Option<String>,
    pub precision: Option<String>,
    pub place_span: Option<(usize, usize)>,
    pub time: Interval,
    pub status: String,
    pub numbers: Vec<Number>,
    /// Each chain that tells it, from the publisher to the ultimate source.
    pub according_to: Vec<Vec<String>>,
    pub why: Vec<String>,
    pub actors: Vec<Who>,
    pub recipients: Vec<Who>,
}

/// How many, where the text tells it.
pub struct Number {
    pub kind: String,
    pub start: usize,
    pub end: usize,
}

/// Who takes part.
pub struct Who {
    pub id: Option<String>,
    pub name: String,
    pub start: usize,
    pub end: usize,
}

/// A number as the record keeps it: kind, first byte, end, least, most.
type Told = (String, usize, usize, Option<f64>, Option<f64>);

const OWN_COLUMNS: &str =
    "e.key, e.article, e.id, e.sentence, e.claim, e.start, e.end, e.type, e.mode, e.quad, e.place_name,
     e.place_precision, e.place_start, e.place_end, e.earliest, e.latest, e.status, e.numbers, e.according_to, e.why";

/// What is read of a row, the text that its spans stand in last.
fn columns() -> String {
    format!("{OWN_COLUMNS}, {}", hearsay_store::part("e"))
}

fn event(r: &Row<'_>) -> rusqlite::Result<Event> {
    let numbers: Vec<Told> = serde_json::from_str(&r.get::<_, String>(17)?).unwrap_or_default();
    Ok(Event {
        key: r.get(0)?,
        article: r.get(1)?,
        id: r.get(2)?,
        sentence: r.get(3)?,
        part: r.get(20)?,
        claim: r.get(4)?,
        trigger: (r.get(5)?, r.get(6)?),
        kind: r.get(7)?,
        mode: r.get(8)?,
        quad: r.get(9)?,
        place: r.get(10)?,
        precision: r.get(11)?,
        place_span: r.get::<_, Option<usize>>(12)?.zip(r.get(13)?),
        time: Interval::new(r.get(14)?, r.get(15)?),
        status: r.get(16)?,
        numbers: numbers.into_iter().map(|(kind, start, end, ..)| Number { kind, start, end }).collect(),
        according_to: serde_json::from_str(&r.get::<_, String>(18)?).unwrap_or_default(),
        why: serde_json::from_str(&r.get::<_, String>(19)?).unwrap_or_default(),
        actors: Vec::new(),
        recipients: Vec::new(),
    })
}

/// Adds who takes part.
fn filled(ask: &Ask, mut events: Vec<Event>) -> Result<Vec<Event>, Trouble> {
    let sql = format!(
        "SELECT w.side, k.id, coalesce({}, w.name), w.start, w.end FROM t_participants w
         LEFT JOIN t_actors k ON k.key = w.actor WHERE w.event = ?1 ORDER BY w.side, w.nth",
        ask.name("k")
    );
    for event in &mut events {
        let all = ask.all(&sql, [event.key], |r| {
            let who = Who { id: r.get(1)?, name: r.get(2)?, start: r.get(3)?, end: r.get(4)? };
            Ok((r.get::<_, i64>(0)?, who))
        })?;
        for (side, who) in all {
            if side == 0 { event.actors.push(who) } else { event.recipients.push(who) }
        }
    }
    Ok(events)
}

/// The events of an article, in order.
pub fn of_article(ask: &Ask, article: i64) -> Result<Vec<Event>, Trouble> {
    let sql = format!("SELECT {} FROM t_events e WHERE e.article = ?1 ORDER BY e.nth", columns());
    filled(ask, ask.all(&sql, [article], event)?)
}

/// The events whose trigger stands in a sentence, in order.
pub fn of_sentence(ask: &Ask, article: i64, sentence: i64) -> Result<Vec<Event>, Trouble> {
    let sql = format!("SELECT {} FROM t_events e WHERE e.article = ?1 AND e.sentence = ?2 ORDER BY e.nth", columns());
    filled(ask, ask.all(&sql, [article, sentence], event)?)
}

/// The event with this id.
pub fn by_id(ask: &Ask, id: &str) -> Result<Option<Event>, Trouble> {
    let found = ask.all(&format!("SELECT {} FROM t_events e WHERE e.id = ?1", columns()), [id], event)?;
    Ok(filled(ask, found)?.pop())
}

/// Which events to list.
#[derive(Debug, Default, Clone)]
pub struct Wanted {
    /// The days lie in these; a report's own days where the event has none.
    pub from: Option<String>,
    pub to: Option<String>,
    pub kind: Option<String>,
    pub quad: Option<u8>,
    pub statuses: Vec<String>,
    /// Actors' ids: one of them takes part; on this side, if one is told (0 who does it, 1 to whom).
    pub actors: Vec<String>,
    pub side: Option<u8>,
    /// Actors' ids: one of them takes part as well, on the other side.
    pub with: Vec<String>,
    /// The place's id in the gazetteer.
    pub place: Option<String>,
}

/// An event's first and last day: its own, or those of the report where the text tells none.
pub const FIRST: &str = "iif(e.earliest IS NULL AND e.latest IS NULL, a.published_earliest, e.earliest)";
/// See [`FIRST`].
pub const LAST: &str = "iif(e.earliest IS NULL AND e.latest IS NULL, a.published_latest, e.latest)";

/// The terms of a question about events `e` in articles `a`, and their values.
pub struct Terms {
    pub sql: Vec<String>,
    pub values: Vec<Value>,
}

impl Terms {
    /// `values` are those that the question has already.
    pub fn new(wanted: &Wanted, values: Vec<Value>) -> Terms {
        let mut terms = Terms { sql: Vec::new(), values };
        terms.add(wanted.from.clone(), |v| format!("{FIRST} >= {v}"));
        terms.add(wanted.to.clone(), |v| format!("{LAST} <= {v}"));
        terms.add(wanted.kind.clone(), |v| format!("e.type = {v}"));
        terms.add(wanted.quad.map(i64::from), |v| format!("e.quad = {v}"));
        terms.add(wanted.place.clone(), |v| format!("e.place_id = {v}"));
        if !wanted.statuses.is_empty() {
            let all = terms.list(&wanted.statuses);
            terms.sql.push(format!("e.status IN ({all})"));
        }
        if !wanted.actors.is_empty() {
            terms.participants(wanted);
        }
        terms
    }

    fn add(&mut self, value: Option<impl Into<Value>>, term: impl Fn(String) -> String) {
        if let Some(value) = value {
            self.values.push(value.into());
            self.sql.push(term(format!("?{}", self.values.len())));
        }
    }

    fn list(&mut self, all: &[String]) -> String {
        let mut names = Vec::new();
        for one in all {
            self.values.push(one.clone().into());
            names.push(format!("?{}", self.values.len()));
        }
        names.join(", ")
    }

    fn participants(&mut self, wanted: &Wanted) {
        let ours = self.list(&wanted.actors);
        let keys = |ids: &str| format!("(SELECT key FROM t_actors WHERE id IN ({ids}))");
        let side = wanted.side.map_or_else(String::new, |side| format!(" AND w.side = {side}"));
        if wanted.with.is_empty() {
            self.sql.push(format!(
                "e.key IN (SELECT w.event FROM t_participants w WHERE w.actor IN {}{side})",
                keys(&ours)
            ));
            return;
        }
        let theirs = self.list(&wanted.with);
        // Talks and agreements may name both on one side. Nothing in here asks about `e`, so that it is answered once.
        self.sql.push(format!(
            "e.key IN (SELECT w.event FROM t_participants w CROSS JOIN t_participants v ON v.event = w.event
                 CROSS JOIN t_events x ON x.key = w.event WHERE w.actor IN {} AND v.actor IN {}{side}
                 AND (v.side <> w.side OR x.type IN ('CONSULT', 'AGREE', 'COOPERATE')))",
            keys(&ours),
            keys(&theirs)
        ));
    }

    /// As SQL.
    pub fn joined(&self) -> String {
        if self.sql.is_empty() { "1".into() } else { self.sql.join(" AND ") }
    }
}

/// Events in the order of their first day, those without one last.
pub fn list(ask: &Ask, wanted: &Wanted, after: &After, size: usize) -> Result<Stretch<Event>, Trouble> {
    let values = vec![after.day.clone().into(), after.key.into(), (size as i64 + 1).into()];
    let terms = Terms::new(wanted, values);
    let first = format!("coalesce({FIRST}, {LAST}, '9999')");
    let sql = format!(
        "WITH a AS MATERIALIZED (SELECT key, published_earliest, published_latest FROM t_articles),
         page AS (SELECT e.key AS key, {first} AS day FROM t_events e JOIN a ON a.key = e.article
             WHERE {} AND (day, e.key) > (?1, ?2) ORDER BY day, e.key LIMIT ?3)
         SELECT {}, page.day FROM page CROSS JOIN t_events e ON e.key = page.key ORDER BY page.day, page.key",
        terms.joined(),
        columns()
    );
    let rows = ask.all(&sql, rusqlite::params_from_iter(terms.values), |r| Ok((event(r)?, r.get::<_, String>(21)?)))?;
    let cut = Stretch::cut(rows, size, |(e, day)| format!("{day}.{}", e.key));
    let events = cut.rows.into_iter().map(|(event, _)| event).collect();
    Ok(Stretch { rows: filled(ask, events)?, next: cut.next })
}

/// How many events there are.
pub fn count(ask: &Ask, wanted: &Wanted) -> Result<u64, Trouble> {
    let terms = Terms::new(wanted, Vec::new());
    let dated = wanted.from.is_some() || wanted.to.is_some();
    let articles = if dated { " JOIN t_articles a ON a.key = e.article" } else { "" };
    let sql = format!("SELECT count(*) FROM t_events e{articles} WHERE {}", terms.joined());
    ask.count(&sql, rusqlite::params_from_iter(terms.values))
}

/// Where a list goes on: after this day and key.
#[derive(Debug, Default)]
pub struct After {
    day: String,
    key: i64,
}

impl After {
    /// As an address tells it.
    pub fn of(text: &str) -> After {
        let (day, key) = text.split_once('.').unwrap_or_default();
        After { day: day.to_owned(), key: key.parse().unwrap_or(0) }
    }
}
