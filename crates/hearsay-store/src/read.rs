//! Reading rows and pages.

use crate::tables::{ColumnKind, table};
use crate::{Column, Error, Kind, Store, Table};
use hearsay_types::PageId;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, ToSql};
use serde_json::Value;

/// A row of a public table: its columns by name, nested values as such.
pub type Row = serde_json::Map<String, Value>;

impl Store {
    /// Gives each row of a public table to `take`, in an order that depends on content alone; gives their number. Memory
    /// holds one row at a time. A page's bytes are left out.
    pub fn each(&self, table: &str, take: &mut dyn FnMut(Row) -> Result<(), Error>) -> Result<u64, Error> {
        let table = crate::tables::table(table)?;
        self.each_raw(table, &mut |values| take(row(table.exported(), values)?))
    }

    /// All rows of a public table. For small tables and tests; see [`Store::each`].
    pub fn rows(&self, table: &str) -> Result<Vec<Row>, Error> {
        let mut rows = Vec::new();
        self.each(table, &mut |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    pub(crate) fn each_raw(
        &self,
        table: &Table,
        take: &mut dyn FnMut(&[ValueRef]) -> Result<(), Error>,
    ) -> Result<u64, Error> {
        let mut ask = self.conn.prepare(&table.query(false))?;
        let width = ask.column_count();
        let mut rows = ask.query([])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            let values = (0..width).map(|at| row.get_ref(at)).collect::<Result<Vec<_>, _>>()?;
            take(&values)?;
            count += 1;
        }
        Ok(count)
    }

    /// The saved bytes of a page, held against its id.
    pub fn original(&self, page: PageId) -> Result<Vec<u8>, Error> {
        const ASK: &str = "SELECT o.zstd, p.bytes FROM t_pages p JOIN t_originals o ON o.page = p.key WHERE p.id = ?1";
        let id = page.to_string();
        let mut ask = self.conn.prepare_cached(ASK)?;
        let found: Option<(Vec<u8>, usize)> = ask.query_row([&id], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
        let (zipped, bytes) = found.ok_or_else(|| Error::new(Kind::NotFound(id)))?;
        let original = zstd::bulk::decompress(&zipped, bytes).map_err(|e| Error::with(Kind::Corrupt, e))?;
        if PageId::of(&original) != page {
            return Err(Error::with(Kind::Corrupt, "a page's bytes are not those of its id"));
        }
        Ok(original)
    }
}

/// The row of a public table that has this id.
pub(crate) fn by_id(conn: &Connection, name: &str, id: &dyn ToSql) -> Result<Option<Row>, Error> {
    let table = table(name)?;
    let mut ask = conn.prepare_cached(&table.by_id())?;
    let width = ask.column_count();
    let mut rows = ask.query([id])?;
    let Some(found) = rows.next()? else { return Ok(None) };
    let values = (0..width).map(|at| found.get_ref(at)).collect::<Result<Vec<_>, _>>()?;
    Ok(Some(row(table.exported(), &values)?))
}

/// Rows of any query whose columns are those of a public table.
fn row<'a>(columns: impl Iterator<Item = &'a Column>, values: &[ValueRef]) -> Result<Row, Error> {
    let pairs = columns.zip(values).map(|(c, v)| Ok((c.name.to_owned(), value(c.kind, *v)?)));
    pairs.collect()
}

fn value(kind: ColumnKind, value: ValueRef) -> Result<Value, Error> {
    Ok(match (kind, value) {
        (_, ValueRef::Null) => Value::Null,
        (ColumnKind::Bool, ValueRef::Integer(n)) => Value::Bool(n != 0),
        (_, ValueRef::Integer(n)) => n.into(),
        (_, ValueRef::Real(x)) => x.into(),
        (ColumnKind::Json, ValueRef::Text(t)) => serde_json::from_slice(t)?,
        (_, ValueRef::Text(t) | ValueRef::Blob(t)) => Value::String(String::from_utf8_lossy(t).into_owned()),
    })
}
