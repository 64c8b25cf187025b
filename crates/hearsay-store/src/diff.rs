//! What changed between two records: which rows came, went and changed, and why.
//!
//! Ids are hashes of content, so a row that is told otherwise may have another id. Rows of one article that stand on the same words
//! are taken for the same row.

use crate::{Error, Row, Store, Table, read, tables};
use rusqlite::OptionalExtension;
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What changed from one record to another.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Diff {
    /// By what the pages of the first were coded: version, options, and hashes of data and weights.
    pub was_coded_by: Vec<Row>,
    /// By what those of the second were.
    pub is_coded_by: Vec<Row>,
    /// The tables, in the order of the path.
    pub tables: Vec<TableDiff>,
}

/// What changed in a table.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct TableDiff {
    /// Its name.
    pub table: &'static str,
    /// How many rows are in both, alike.
    pub same: u64,
    /// What the second has and the first has not.
    pub came: Vec<Change>,
    /// What the first has and the second has not.
    pub went: Vec<Change>,
    /// What is in both and tells something else.
    pub changed: Vec<Change>,
}

/// A row that came, went or changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Its id in the record that has it; in the second where both have it.
    pub id: String,
    /// Its id in the first record, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Why, as far as it can be told.
    pub why: Why,
    /// The ids of the corrections that changed it, or took it out, in one of the records and not in the other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<String>,
    /// What tells something else; empty for what came or went.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
}

/// A column that tells something else.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it told.
    pub was: Value,
    /// What it tells.
    pub now: Value,
}

/// Why a row came, went or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Its page is only in the second record.
    PageCame,
    /// Its page is only in the first record.
    PageWent,
    /// Its page was coded by another version, with other options, or with other data or weights.
    OtherCoder,
    /// A person corrected the row, or another one that it is joined from.
    Corrections,
    /// What it is joined from stands on other pages.
    OtherPages,
    /// None of these is the reason.
    Unknown,
}

impl Why {
    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Why::PageCame => "its page came",
            Why::PageWent => "its page went",
            Why::OtherCoder => "coded by another version, options or data",
            Why::Corrections => "corrections",
            Why::OtherPages => "other pages beside it",
            Why::Unknown => "no reason is known",
        }
    }
}

/// Tables without rows of their own: what tells of the clock, and what stands in other tables as well.
const LEFT_OUT: [&str; 3] = ["runs", "notes", "relations"];

/// Columns that tell of the build and not of the pages.
const OF_THE_BUILD: [&str; 2] = ["run", "read_at"];

impl Store {
    /// What changed from this record to `other`.
    pub fn diff(&self, other: &Store) -> Result<Diff, Error> {
        let sides = Sides { was: Side::of(self)?, now: Side::of(other)? };
        let compared = tables().iter().filter(|t| !LEFT_OUT.contains(&t.name));
        Ok(Diff {
            was_coded_by: self.coders()?,
            is_coded_by: other.coders()?,
            tables: compared.map(|t| sides.table(t)).collect::<Result<_, _>>()?,
        })
    }

    /// By what its pages were coded, each once.
    fn coders(&self) -> Result<Vec<Row>, Error> {
        let mut coders: Vec<Row> = Vec::new();
        for mut run in self.rows("runs")? {
            run.retain(|name, _| matches!(name.as_str(), "version" | "options" | "hashes"));
            if !coders.contains(&run) {
                coders.push(run);
            }
        }
        Ok(coders)
    }
}

/// One of the two records.
struct Side<'a> {
    store: &'a Store,
    /// By what each page was coded.
    pages: HashMap<String, u64>,
    /// The page of each article.
    articles: HashMap<String, String>,
    corrections: u64,
}

/// A row, as far as two are held against each other.
struct Known {
    content: u64,
    article: Option<String>,
    /// The words that it stands on.
    spot: Option<String>,
    /// The corrections that changed it.
    corrected: Vec<String>,
}

struct Sides<'a> {
    was: Side<'a>,
    now: Side<'a>,
}

impl<'a> Side<'a> {
    fn of(store: &'a Store) -> Result<Side<'a>, Error> {
        const PAGES: &str = "SELECT p.id, json_array(c.version, c.options, c.hashes) FROM t_pages p
             JOIN t_runs r ON r.key = p.run JOIN t_coders c ON c.key = r.coder";
        const ARTICLES: &str = "SELECT a.id, p.id FROM t_articles a JOIN t_pages p ON p.key = a.page";
        let pairs = |ask: &str| -> Result<HashMap<String, String>, Error> {
            let mut ask = store.conn.prepare(ask)?;
            let rows = ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
            Ok(rows.collect::<Result<_, _>>()?)
        };
        let pages = pairs(PAGES)?.into_iter().map(|(page, coder)| (page, hash(&coder))).collect();
        let corrections = hash(&serde_json::to_string(&store.rows("corrections")?)?);
        Ok(Side { store, pages, articles: pairs(ARTICLES)?, corrections })
    }

    fn rows(&self, table: &Table) -> Result<BTreeMap<String, Known>, Error> {
        let mut rows = BTreeMap::new();
        self.store.each(table.name, &mut |mut row| {
            row.retain(|name, _| !OF_THE_BUILD.contains(&name.as_str()));
            let id = row.get(key(table.name)).and_then(Value::as_str).unwrap_or_default().to_owned();
            let article = if table.name == "articles" { Some(id.clone()) } else { word(&row, "article_id") };
            let content = hash(&serde_json::to_string(&row)?);
            rows.insert(id, Known { content, article, spot: spot(table.name, &row), corrected: corrected(&row) });
            Ok(())
        })?;
        Ok(rows)
    }

    /// The corrections of a row that was taken out of its table.
    fn rejected(&self, id: &str) -> Result<Vec<String>, Error> {
        const ASK: &str = "SELECT corrections FROM t_corrected WHERE rejected IS NOT NULL AND id = ?1";
        let found: Option<String> = self.store.conn.prepare_cached(ASK)?.query_row([id], |r| r.get(0)).optional()?;
        Ok(found.map_or(Ok(Vec::new()), |json| serde_json::from_str(&json))?)
    }

    fn row(&self, table: &Table, id: &str) -> Result<Row, Error> {
        if key(table.name) == "id" {
            return Ok(read::by_id(&self.store.conn, table.name, &id)?.unwrap_or_default());
        }
        let rows = self.store.rows(table.name)?;
        Ok(rows.into_iter().find(|r| word(r, key(table.name)).as_deref() == Some(id)).unwrap_or_default())
    }
}

impl Sides<'_> {
    fn table(&self, table: &'static Table) -> Result<TableDiff, Error> {
        let (was, now) = (self.was.rows(table)?, self.now.rows(table)?);
        let mut diff = TableDiff { table: table.name, ..TableDiff::default() };
        let gone = was.iter().filter(|(id, _)| !now.contains_key(*id));
        let mut by_spot: HashMap<&str, &String> = HashMap::new();
        for (id, known) in gone.clone() {
            if let Some(spot) = &known.spot {
                by_spot.entry(spot).or_insert(id);
            }
        }
        let mut paired: HashSet<&String> = HashSet::new();
        for (id, known) in &now {
            let before = match was.get(id) {
                Some(same) if same.content == known.content => {
                    diff.same += 1;
                    continue;
                }
                Some(_) => Some(id),
                None => known.spot.as_deref().and_then(|spot| by_spot.remove(spot)),
            };
            match before {
                Some(before) => {
                    paired.insert(before);
                    diff.changed.push(self.changed(table, before, id, known)?);
                }
                None => diff.came.push(self.change(table, id, known, &self.was)?),
            }
        }
        let gone = gone.filter(|(id, _)| !paired.contains(*id));
        diff.went = gone.map(|(id, known)| self.change(table, id, known, &self.now)).collect::<Result<_, _>>()?;
        Ok(diff)
    }

    /// A row that only one side has; on the other it may have been taken out.
    fn change(&self, table: &Table, id: &str, known: &Known, other: &Side) -> Result<Change, Error> {
        let corrections = either(&known.corrected, &other.rejected(id)?);
        let why = self.why(table, id, known, &corrections);
        Ok(Change { id: id.to_owned(), was: None, why, corrections, fields: Vec::new() })
    }

    fn changed(&self, table: &'static Table, was: &str, now: &str, known: &Known) -> Result<Change, Error> {
        let (before, after) = (self.was.row(table, was)?, self.now.row(table, now)?);
        let columns = table
            .exported()
            .map(|c| c.name)
            .filter(|name| !["id", "corrected"].contains(name) && !OF_THE_BUILD.contains(name));
        let fields = columns.filter_map(|name| {
            let (was, now) =
                (before.get(name).cloned().unwrap_or_default(), after.get(name).cloned().unwrap_or_default());
            (was != now).then_some(Field { name, was, now })
        });
        let fields = fields.collect();
        let corrections = either(&corrected(&before), &corrected(&after));
        let why = self.why(table, now, known, &corrections);
        Ok(Change { id: now.to_owned(), was: (was != now).then(|| was.to_owned()), why, corrections, fields })
    }

    fn why(&self, table: &Table, id: &str, known: &Known, corrections: &[String]) -> Why {
        let in_article = |side: &Side| known.article.as_ref().and_then(|a| side.articles.get(a)).cloned();
        let page = if table.name == "pages" {
            Some(id.to_owned())
        } else {
            in_article(&self.now).or_else(|| in_article(&self.was))
        };
        let coders = page.as_ref().map(|page| (self.was.pages.get(page), self.now.pages.get(page)));
        match coders {
            Some((None, Some(_))) => return Why::PageCame,
            Some((Some(_), None)) => return Why::PageWent,
            _ if !corrections.is_empty() => return Why::Corrections,
            Some((Some(was), Some(now))) if was != now => return Why::OtherCoder,
            _ => {}
        }
        if self.was.corrections != self.now.corrections {
            return Why::Corrections;
        }
        let same_pages = self.was.pages.len() == self.now.pages.len()
            && self.was.pages.keys().all(|page| self.now.pages.contains_key(page));
        match (same_pages, self.was.pages == self.now.pages) {
            (false, _) => Why::OtherPages,
            (true, false) => Why::OtherCoder,
            (true, true) => Why::Unknown,
        }
    }
}

/// The column that a table's rows are known by.
fn key(table: &str) -> &'static str {
    if table == "failures" { "path" } else { "id" }
}

/// The words that a row of an article stands on: the article, and where its first word is.
fn spot(table: &str, row: &Row) -> Option<String> {
    let start = |value: Option<&Value>| value.and_then(|v| v.get("start")).and_then(Value::as_u64);
    let first = |value: Option<&Value>| start(value.and_then(|v| v.get("spans")?.get(0)));
    let at = match table {
        "sentences" => row.get("start").and_then(Value::as_u64),
        "mentions" => start(row.get("span")),
        "claims" => first(row.get("cue")).or_else(|| first(row.get("content"))),
        "events" => start(row.get("trigger")),
        _ => None,
    }?;
    let kind = ["passage", "kind"].iter().find_map(|name| word(row, name)).unwrap_or_default();
    Some(format!("{} {kind} {at}", word(row, "article_id")?))
}

/// The ids of the corrections that changed a row.
fn corrected(row: &Row) -> Vec<String> {
    let ids = row.get("corrected").and_then(Value::as_array).into_iter().flatten();
    ids.filter_map(|id| id.as_str().map(str::to_owned)).collect()
}

/// What stands in one of two lists and not in the other.
fn either(was: &[String], now: &[String]) -> Vec<String> {
    let came = now.iter().filter(|id| !was.contains(id));
    was.iter().filter(|id| !now.contains(id)).chain(came).cloned().collect()
}

fn word(row: &Row, name: &str) -> Option<String> {
    row.get(name).and_then(Value::as_str).map(str::to_owned)
}

fn hash(text: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    text.hash(&mut hash);
    hash.finish()
}
