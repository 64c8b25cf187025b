//! Questions in SQL: read-only, bounded in time, rows and memory.

use crate::{Error, Kind, Store, open, schema};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};
use std::time::{Duration, Instant};

/// How far a question may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How long it may take; none for no end.
    pub time: Option<Duration>,
    /// How many rows it may give; none for all.
    pub rows: Option<usize>,
}

impl Default for Limits {
    /// Thirty seconds and a thousand rows.
    fn default() -> Self {
        Limits { time: Some(Duration::from_secs(30)), rows: Some(1_000) }
    }
}

/// A value as SQLite gives it.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// No value.
    Null,
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Text; JSON columns too.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

/// What a question gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Answer {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// Whether there were more rows than allowed.
    pub more: bool,
}

/// Takes the columns' names and a row; says whether to go on.
pub type Take<'a> = dyn FnMut(&[String], Option<Vec<Cell>>) -> Result<bool, Error> + 'a;

/// No value, and no row, may be longer than this: a question cannot fill the memory with one made-up text.
const LONGEST: i32 = 256 << 20;

impl Store {
    /// Asks a question of the views. It runs on a connection of its own that cannot write, reach another file or change a
    /// setting. One statement only.
    pub fn sql(&self, query: &str, limits: Limits) -> Result<Answer, Error> {
        let mut answer = Answer::default();
        let mut rows = Vec::new();
        self.sql_each(query, limits.time, &mut |columns, cells| {
            if answer.columns.is_empty() {
                answer.columns = columns.to_vec();
            }
            answer.more = cells.is_some() && limits.rows == Some(rows.len());
            rows.extend(cells.filter(|_| !answer.more));
            Ok(!answer.more)
        })?;
        answer.rows = rows;
        Ok(answer)
    }

    /// As [`Store::sql`], a row at a time: `take` gets the columns' names and a row, and says whether to go on. It is first
    /// called with no row, so that the names are known even where there is none.
    pub fn sql_each(&self, query: &str, time: Option<Duration>, take: &mut Take<'_>) -> Result<(), Error> {
        let conn = reader(self, time)?;
        let mut ask = conn.prepare(query).map_err(refused)?;
        if !ask.readonly() {
            return Err(Error::with(Kind::BadQuery, "it does more than read"));
        }
        let columns: Vec<String> = ask.column_names().map(str::to_owned).collect();
        let mut rows = ask.query([]).map_err(refused)?;
        let mut on = take(&columns, None)?;
        while on && let Some(row) = rows.next().map_err(refused)? {
            let cells = (0..columns.len()).map(|at| row.get_ref(at).map(cell)).collect::<Result<Vec<_>, _>>()?;
            on = take(&columns, Some(cells))?;
        }
        Ok(())
    }
}

fn reader(store: &Store, time: Option<Duration>) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let first = |conn: Connection| conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map(|()| conn);
    let mut conn = Connection::open_with_flags(&store.path, flags)
        .and_then(first)
        .or_else(|_| open::connect_immutable(&store.path).and_then(first))?;
    open::settle(&conn)?;
    schema::lend(&conn)?;
    conn.pragma_update(None, "query_only", true)?;
    conn.set_limit(Limit::SQLITE_LIMIT_LENGTH, LONGEST)?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    conn.authorizer(Some(allowed))?;
    if let Some(time) = time {
        let end = Instant::now() + time;
        conn.progress_handler(10_000, Some(move || Instant::now() >= end))?;
    }
    Ok(conn)
}

/// Reading is allowed, and the look at a table's shape; all else is not.
fn allowed(context: AuthContext<'_>) -> Authorization {
    const LOOKS: [&str; 4] = ["table_info", "table_xinfo", "table_list", "data_version"];
    match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => Authorization::Allow,
        AuthAction::Function { function_name } if function_name != "load_extension" => Authorization::Allow,
        AuthAction::Pragma { pragma_name, .. } if LOOKS.contains(&pragma_name) => Authorization::Allow,
        _ => Authorization::Deny,
    }
}

/// What is wrong with a question is the question's fault, unless it ran out of time or the record is damaged.
fn refused(error: rusqlite::Error) -> Error {
    let known = Error::from(error);
    match known.kind() {
        Kind::Unexpected | Kind::ReadOnly => known.turned(Kind::BadQuery),
        _ => known,
    }
}

fn cell(value: ValueRef) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(n) => Cell::Integer(n),
        ValueRef::Real(x) => Cell::Real(x),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
    }
}
