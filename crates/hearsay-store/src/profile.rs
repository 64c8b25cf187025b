//! Who may see what of a record: the one place where private names are masked.
//!
//! Exports and served pages read through [`Seen`]. Under [`Profile::Public`] the names of private people become `[person 1]`,
//! `[person 2]`, ... in every text of an article, and all spans are moved along with the text they point into.

mod mask;
mod people;

pub use mask::Mask;

use crate::texts::{BODY, Texts};
use crate::{Error, Row, Store, read};
use people::People;
use rusqlite::OptionalExtension;
use rusqlite::types::{Value as Cell, ValueRef};
use serde_json::Value;
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::str::FromStr;
use std::sync::Arc;

/// For whom rows are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Profile {
    /// For the one who keeps the record: everything.
    #[default]
    Private,
    /// For colleagues: everything but the folders of this machine.
    Team,
    /// For anybody: private names are masked as well, and bylines are left out.
    Public,
}

impl Profile {
    /// All of them.
    pub const ALL: [Profile; 3] = [Profile::Private, Profile::Team, Profile::Public];

    /// Its name, as in `public`.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Private => "private",
            Profile::Team => "team",
            Profile::Public => "public",
        }
    }
}

impl FromStr for Profile {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Profile::ALL.into_iter().find(|p| p.name() == name).ok_or("one of private, team, public")
    }
}

/// A record as a profile may see it.
#[derive(Debug)]
pub struct Seen<'a> {
    store: &'a Store,
    profile: Profile,
    people: Option<Arc<Gathered>>,
    anywhere: Arc<Mask>,
    /// The masks that were needed last: rows come article by article, or for the reports of one incident.
    masks: RefCell<HashMap<String, Arc<Mask>>>,
    /// The body that was needed last, with its article.
    body: RefCell<Option<(String, Rc<str>)>>,
}

/// The private people of a record as it stood at one time.
#[derive(Debug)]
pub(crate) struct Gathered {
    version: i64,
    people: People,
    anywhere: Arc<Mask>,
}

/// So many masks are kept.
const MASKS: usize = 256;

impl Store {
    /// The record as a profile may see it. For `public` the names of private people are gathered first, once.
    pub fn seen(&self, profile: Profile) -> Result<Seen<'_>, Error> {
        let people = if profile == Profile::Public { Some(self.gathered()?) } else { None };
        let anywhere = people.as_ref().map(|p| p.anywhere.clone()).unwrap_or_default();
        Ok(Seen { store: self, profile, people, anywhere, masks: RefCell::default(), body: RefCell::default() })
    }

    /// The private people of the record; gathered anew only where another has written to it since.
    fn gathered(&self) -> Result<Arc<Gathered>, Error> {
        let version = self.conn.pragma_query_value(None, "data_version", |r| r.get::<_, i64>(0))?;
        let known = self.gathered.borrow().clone();
        // What this store writes itself does not count as a change: such a store keeps nothing.
        if let Some(known) = known.filter(|k| k.version == version && self.writable().is_err()) {
            return Ok(known);
        }
        let people = People::of(self)?;
        let gathered = Arc::new(Gathered { version, anywhere: Arc::new(people.anywhere()), people });
        *self.gathered.borrow_mut() = Some(gathered.clone());
        Ok(gathered)
    }
}

impl<'a> Seen<'a> {
    /// The profile.
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// Whether the record keeps the names that the language engine saw. Where it does not, the mask knows only people who are
    /// sources or wrote an article: a record of format 1, or one without any person.
    pub fn knows_names(&self) -> bool {
        let ask = "SELECT EXISTS (SELECT 1 FROM t_names)";
        self.store.conn.query_row(ask, [], |r| r.get(0)).unwrap_or(false)
    }

    /// The record itself.
    pub(crate) fn store(&self) -> &'a Store {
        self.store
    }

    /// The country (ISO 3166-1 alpha-2) of each place that a mention names, by the place's id.
    pub(crate) fn countries(&self) -> Result<HashMap<String, String>, Error> {
        const ASK: &str = "SELECT place->>'id', place->>'country' FROM t_places
             WHERE place->>'id' IS NOT NULL AND place->>'country' IS NOT NULL";
        let mut ask = self.store.conn.prepare(ASK)?;
        let rows = ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The number of a sentence among those of its article's body, from 1; 1 for the headline.
    pub(crate) fn nth_sentence(&self, id: &str) -> Result<usize, Error> {
        const ASK: &str = "SELECT max(1, (SELECT count(*) FROM t_sentences o WHERE o.article = s.article AND o.part = 1 AND o.nth <= s.nth))
             FROM t_sentences s WHERE s.id = ?1";
        let found = self.store.conn.prepare_cached(ASK)?.query_row([id], |r| r.get(0)).optional()?;
        Ok(found.unwrap_or(0))
    }

    /// The text of an article's body as the profile may see it.
    pub(crate) fn body(&self, article: &str) -> Result<Rc<str>, Error> {
        if let Some(body) = self.body.borrow().as_ref().filter(|b| b.0 == article) {
            return Ok(body.1.clone());
        }
        let mut ask = self.store.conn.prepare_cached("SELECT text FROM t_articles WHERE id = ?1")?;
        let text: Option<String> = ask.query_row([article], |r| r.get(0)).optional()?;
        let body: Rc<str> = match self.mask(article)?.text(1) {
            Some(masked) => masked.into(),
            None => text.unwrap_or_default().into(),
        };
        *self.body.borrow_mut() = Some((article.to_owned(), body.clone()));
        Ok(body)
    }

    /// One of an article's texts as the profile may see it.
    pub(crate) fn text(&self, article: &str, part: usize) -> Result<Rc<str>, Error> {
        if part == BODY {
            return self.body(article);
        }
        if let Some(masked) = self.mask(article)?.text(part) {
            return Ok(masked.into());
        }
        let mut ask = self.store.conn.prepare_cached("SELECT key FROM t_articles WHERE id = ?1")?;
        let key: Option<i64> = ask.query_row([article], |r| r.get(0)).optional()?;
        Ok(key.map_or(Ok(Texts::default()), |key| Texts::of(&self.store.conn, key))?.get(part).into())
    }

    /// In which of its article's texts the spans of a row of a public table stand.
    pub(crate) fn part_of(&self, row: &Row) -> Result<usize, Error> {
        let Some(sentence) = row.get("sentence_id").and_then(Value::as_str) else { return Ok(BODY) };
        let mut ask = self.store.conn.prepare_cached("SELECT part FROM t_sentences WHERE id = ?1")?;
        Ok(ask.query_row([sentence], |r| r.get(0)).optional()?.unwrap_or(BODY))
    }

    /// How many characters of an article's body stand before a byte.
    pub(crate) fn characters(&self, article: &str, byte: usize) -> Result<usize, Error> {
        Ok(self.body(article)?.get(..byte).map_or(0, |before| before.chars().count()))
    }

    /// The mask of an article; an empty one where nothing is masked.
    pub fn mask(&self, article: &str) -> Result<Arc<Mask>, Error> {
        let Some(people) = &self.people else { return Ok(self.anywhere.clone()) };
        if let Some(mask) = self.masks.borrow().get(article) {
            return Ok(mask.clone());
        }
        let mask = people.people.mask(&self.store.conn, article)?.map_or_else(|| self.anywhere.clone(), Arc::new);
        let mut masks = self.masks.borrow_mut();
        if masks.len() >= MASKS {
            masks.clear();
        }
        masks.insert(article.to_owned(), mask.clone());
        Ok(mask)
    }

    /// A row of a public table as the profile may see it.
    pub fn row(&self, table: &str, mut row: Row) -> Result<Row, Error> {
        if self.profile != Profile::Private {
            row.iter_mut().filter(|(name, _)| is_path(table, name)).for_each(|(_, value)| without_folders(value));
        }
        if self.profile != Profile::Public {
            return Ok(row);
        }
        if let Some(article) = self.article_of(table, &row)? {
            let mask = self.mask(&article)?;
            let part = self.part_of(&row)?;
            return Ok(masked(table, row, &mask, part));
        }
        let mut articles = BTreeSet::new();
        row.values().for_each(|value| told_in(value, &mut articles));
        let masks = articles.iter().map(|article| self.mask(article)).collect::<Result<Vec<_>, _>>()?;
        Ok(masked(table, masked(table, row, &Mask::of_several(&masks), BODY), &self.anywhere, BODY))
    }

    /// The article that a row is about. A page's name and address are about its first.
    fn article_of(&self, table: &str, row: &Row) -> Result<Option<String>, Error> {
        const FIRST: &str =
            "SELECT a.id FROM t_pages p JOIN t_articles a ON a.page = p.key WHERE p.id = ?1 ORDER BY a.nth LIMIT 1";
        let id =
            row.get(if matches!(table, "articles" | "pages") { "id" } else { "article_id" }).and_then(Value::as_str);
        match (table, id) {
            ("pages", Some(page)) => {
                Ok(self.store.conn.prepare_cached(FIRST)?.query_row([page], |r| r.get(0)).optional()?)
            }
            (_, id) => Ok(id.map(str::to_owned)),
        }
    }

    /// The row of a public table that has this id, as the profile may see it.
    pub fn by_id(&self, table: &str, id: &str) -> Result<Option<Row>, Error> {
        read::by_id(&self.store.conn, table, &id)?.map(|row| self.row(table, row)).transpose()
    }

    /// As [`Store::each`], with each row as the profile may see it.
    pub fn each(&self, table: &str, take: &mut dyn FnMut(Row) -> Result<(), Error>) -> Result<u64, Error> {
        self.store.each(table, &mut |row| take(self.row(table, row)?))
    }

    /// The values of each row, in the order of the exported columns.
    pub(crate) fn each_raw(
        &self,
        table: &crate::Table,
        take: &mut dyn FnMut(&[ValueRef]) -> Result<(), Error>,
    ) -> Result<u64, Error> {
        if self.profile == Profile::Private {
            return self.store.each_raw(table, take);
        }
        self.each(table.name, &mut |row| {
            let cells: Vec<Cell> =
                table.exported().map(|c| cell(row.get(c.name).unwrap_or(&Value::Null), c.kind)).collect();
            take(&cells.iter().map(ValueRef::from).collect::<Vec<_>>())
        })
    }
}

/// The articles that a row of several is about.
fn told_in(value: &Value, articles: &mut BTreeSet<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|v| told_in(v, articles)),
        Value::Object(fields) => {
            let named = ["article_id", "article", "other"].into_iter().filter_map(|name| fields.get(name)?.as_str());
            articles.extend(named.map(str::to_owned));
            fields.values().for_each(|v| told_in(v, articles));
        }
        _ => {}
    }
}

fn cell(value: &Value, kind: crate::ColumnKind) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Bool(b) => Cell::Integer(i64::from(*b)),
        Value::Number(n) => n.as_i64().map_or_else(|| Cell::Real(n.as_f64().unwrap_or_default()), Cell::Integer),
        Value::String(text) if kind != crate::ColumnKind::Json => Cell::Text(text.clone()),
        other => Cell::Text(other.to_string()),
    }
}

fn is_path(table: &str, column: &str) -> bool {
    matches!((table, column), ("pages", "path" | "paths") | ("failures", "path"))
}

/// The folders of a path tell of the machine, and at times of its user.
fn without_folders(value: &mut Value) {
    match value {
        Value::String(path) => *path = path.rsplit(['/', '\\']).next().unwrap_or_default().to_owned(),
        Value::Array(paths) => paths.iter_mut().for_each(without_folders),
        _ => {}
    }
}

fn masked(table: &str, mut row: Row, mask: &Mask, part: usize) -> Row {
    if table == "actors" && row.get("public") == Some(&Value::Bool(false)) {
        let id = row.get("id").and_then(Value::as_str).unwrap_or("").chars().take(8).collect::<String>();
        row.insert("name".into(), format!("[person {id}]").into());
        row.insert("aliases".into(), Value::Array(Vec::new()));
        return row;
    }
    if matches!(table, "sentences" | "notes") {
        moved(table, &mut row, mask, part);
    }
    for (name, value) in &mut row {
        match (table, name.as_str()) {
            // An actor that may be shown is shown whole.
            ("actors", _) | (_, "id" | "article_id" | "sentence_id" | "page_id") => {}
            ("articles", "byline") => *value = Value::Null,
            ("corrections", "who") => *value = "[editor]".into(),
            // It holds words of the text, and names that were typed in.
            ("corrections", "value") => *value = Value::Null,
            ("articles", "captions") => {
                for credit in value.as_array_mut().into_iter().flatten().filter_map(|c| c.get_mut("credit")) {
                    *credit = Value::Null;
                }
                captions(value, mask);
            }
            ("articles", "title") => replace(value, mask.text(0)),
            ("articles", "text") => replace(value, mask.text(1)),
            ("sentences", "text") if value.is_string() => {}
            (_, "url" | "path" | "paths") => addresses(value, mask),
            ("pages", "declared") => {
                if let Some(Value::String(url)) = value.get_mut("url") {
                    *url = mask.address(url);
                }
                if let Some(byline) = value.get_mut("byline") {
                    *byline = Value::Null;
                }
                shown(value, mask, part);
            }
            _ => shown(value, mask, part),
        }
    }
    row
}

fn replace(value: &mut Value, text: Option<&str>) {
    if let (Value::String(old), Some(text)) = (value, text) {
        text.clone_into(old);
    }
}

fn captions(value: &mut Value, mask: &Mask) {
    for (nth, caption) in value.as_array_mut().into_iter().flatten().enumerate() {
        if let Some(text) = caption.get_mut("text") {
            replace(text, mask.text(2 + nth));
        }
    }
}

fn addresses(value: &mut Value, mask: &Mask) {
    match value {
        Value::String(text) => *text = mask.address(text),
        Value::Array(all) => all.iter_mut().for_each(|v| addresses(v, mask)),
        _ => {}
    }
}

/// Masks all words in a value, and moves the spans in it, which are those of one text of the article.
fn shown(value: &mut Value, mask: &Mask, part: usize) {
    match value {
        Value::String(text) => {
            if let std::borrow::Cow::Owned(masked) = mask.words(text) {
                *text = masked;
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|v| shown(v, mask, part)),
        Value::Object(fields) => {
            let is_span = moved("", fields, mask, part);
            fields.iter_mut().filter(|(name, _)| !(is_span && *name == "text")).for_each(|(_, v)| shown(v, mask, part));
        }
        _ => {}
    }
}

/// Moves the span that these fields tell, if they tell one.
fn moved(table: &str, fields: &mut Row, mask: &Mask, part: usize) -> bool {
    let number = |name: &str| fields.get(name).and_then(Value::as_u64).map(|n| n as usize);
    let (Some(start), Some(end)) = (number("start"), number("end")) else { return false };
    let part = match (table, fields.get("passage").and_then(Value::as_str), number("caption")) {
        ("sentences", Some("headline"), _) => 0,
        ("sentences", Some("caption"), caption) => 2 + caption.unwrap_or_default(),
        _ => part,
    };
    if mask.text(part).is_none() {
        return false;
    }
    if fields.get("text").is_some_and(Value::is_string) {
        fields.insert("text".into(), mask.slice(part, start..end).into());
    }
    let range = mask.range(part, start..end);
    fields.insert("start".into(), range.start.into());
    fields.insert("end".into(), range.end.into());
    true
}
