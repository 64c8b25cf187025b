//! The public tables: what they hold, in which columns, and how each is drawn from the base tables.
//!
//! The views of the record, every export, and `docs/record.md` are all made from these descriptions.

mod coded;
mod kept;
mod linked;

use crate::{Error, Kind, texts};
use std::sync::LazyLock;

/// A public table: a view of the record, and a table that can be exported.
#[derive(Debug)]
pub struct Table {
    /// Its name, as in `claims`.
    pub name: &'static str,
    /// What a row is, in one sentence.
    pub about: &'static str,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// What the view draws from: the part of a query after `FROM`.
    from: &'static str,
    /// The same with what the order needs, and the order: it depends on content alone, never on when a row was written.
    ordered: &'static str,
}

/// A column of a public table.
#[derive(Debug)]
pub struct Column {
    /// Its name, as in `article_id`.
    pub name: &'static str,
    /// What kind of value it holds. Any may be null where its description says so.
    pub kind: ColumnKind,
    /// What it says.
    pub about: &'static str,
    expression: String,
}

/// What kind of value a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// UTF-8 text.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Real,
    /// True or false; 1 or 0 in SQL.
    Bool,
    /// An object or a list, as JSON text in SQL.
    Json,
    /// Bytes.
    Bytes,
}

impl ColumnKind {
    /// Its name in the documentation.
    pub fn name(self) -> &'static str {
        match self {
            ColumnKind::Text => "text",
            ColumnKind::Integer => "integer",
            ColumnKind::Real => "real",
            ColumnKind::Bool => "bool",
            ColumnKind::Json => "json",
            ColumnKind::Bytes => "bytes",
        }
    }
}

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let mut all = kept::tables();
    all.splice(3..3, linked::tables());
    all.into_iter().chain(coded::tables()).collect()
});

/// The public tables, in the order of the path.
pub fn tables() -> &'static [Table] {
    &TABLES
}

/// The public table of this name.
pub(crate) fn table(name: &str) -> Result<&'static Table, Error> {
    tables().iter().find(|t| t.name == name).ok_or_else(|| Error::new(Kind::NoSuchTable(name.to_owned())))
}

/// The statements that make the views.
pub(crate) fn views() -> String {
    let view = |t: &Table| format!("CREATE VIEW {} AS SELECT {} FROM {};\n", t.name, t.select(true), t.from);
    tables().iter().map(view).collect()
}

impl Table {
    /// The columns that an export holds: all but the bytes.
    pub fn exported(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|c| c.kind != ColumnKind::Bytes)
    }

    /// A query for all rows in their order.
    pub(crate) fn query(&self, with_bytes: bool) -> String {
        format!("SELECT {} FROM {}", self.select(with_bytes), self.ordered)
    }

    /// A query for the row with one id.
    pub(crate) fn by_id(&self) -> String {
        let names: Vec<&str> = self.exported().map(|c| c.name).collect();
        format!("SELECT {} FROM {} WHERE id = ?1", names.join(", "), self.name)
    }

    fn select(&self, with_bytes: bool) -> String {
        let wanted = self.columns.iter().filter(|c| with_bytes || c.kind != ColumnKind::Bytes);
        let each: Vec<String> = wanted.map(|c| format!("{} AS \"{}\"", c.expression, c.name)).collect();
        each.join(", ")
    }
}

/// The ids of the corrections that changed a row of an article.
fn corrected(what: &str, row: &str) -> Column {
    let found = format!(
        "SELECT x.corrections FROM t_corrected x WHERE x.article = {row}.article AND x.what = '{what}' AND x.nth = {row}.nth"
    );
    json(
        "corrected",
        format!("coalesce(({found}), '[]')"),
        "The ids of the corrections that changed it, in their order.",
    )
}

/// A column of a description.
fn column(kind: ColumnKind, name: &'static str, expression: impl Into<String>, about: &'static str) -> Column {
    Column { name, kind, about, expression: expression.into() }
}

fn text(name: &'static str, expression: impl Into<String>, about: &'static str) -> Column {
    column(ColumnKind::Text, name, expression, about)
}

fn integer(name: &'static str, expression: impl Into<String>, about: &'static str) -> Column {
    column(ColumnKind::Integer, name, expression, about)
}

fn real(name: &'static str, expression: impl Into<String>, about: &'static str) -> Column {
    column(ColumnKind::Real, name, expression, about)
}

fn truth(name: &'static str, expression: impl Into<String>, about: &'static str) -> Column {
    column(ColumnKind::Bool, name, expression, about)
}

fn json(name: &'static str, expression: impl Into<String>, about: &'static str) -> Column {
    column(ColumnKind::Json, name, expression, about)
}

/// The words of a text between two byte offsets. SQLite counts characters in text and bytes in a blob.
fn words(text: &str, start: &str, end: &str) -> String {
    format!("CAST(substr(CAST({text} AS BLOB), {start} + 1, {end} - {start}) AS TEXT)")
}

/// A span of the body as JSON; null where it starts nowhere.
fn body_span(start: &str, end: &str) -> String {
    span_of("a.text", start, end)
}

/// A span of the text that a row stands in as JSON; null where it starts nowhere.
fn span(start: &str, end: &str) -> String {
    span_of(texts::OWN, start, end)
}

fn span_of(text: &str, start: &str, end: &str) -> String {
    format!(
        "CASE WHEN {start} IS NOT NULL THEN json_object('text', {}, 'start', {start}, 'end', {end}) END",
        words(text, start, end)
    )
}

/// The list of spans of the text that a row stands in, which a column keeps as pairs.
fn spans(column: &str) -> String {
    let each = format!(
        "json_object('text', {}, 'start', s.value->>0, 'end', s.value->>1)",
        words(texts::OWN, "(s.value->>0)", "(s.value->>1)")
    );
    format!("(SELECT json_group_array({each}) FROM json_each({column}) s)")
}

/// An interval as JSON.
fn interval(earliest: &str, latest: &str) -> String {
    format!("json_object('earliest', {earliest}, 'latest', {latest})")
}

/// A truth inside JSON.
fn flag(column: &str) -> String {
    format!("json(iif({column}, 'true', 'false'))")
}

/// The id of a row of the same article that is known by its number.
fn numbered(table: &str, article: &str, nth: &str) -> String {
    format!("(SELECT n.id FROM {table} n WHERE n.article = {article} AND n.nth = {nth})")
}

/// The id of an actor that is known by its key.
fn actor(key: &str) -> String {
    format!("(SELECT n.id FROM t_actors n WHERE n.key = {key})")
}
