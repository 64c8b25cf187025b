//! JSON lines.

use crate::{ColumnKind, Error, Store, Table};
use rusqlite::types::ValueRef;
use std::io::{BufWriter, Write};

pub(super) fn write(store: &Store, table: &Table, out: &mut dyn Write) -> Result<u64, Error> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let columns: Vec<_> = table.exported().collect();
    let count = store.each_raw(table, &mut |values| {
        for (nth, (column, value)) in columns.iter().zip(values).enumerate() {
            write!(out, "{}\"{}\":", if nth == 0 { '{' } else { ',' }, column.name)?;
            write_value(&mut out, column.kind, *value)?;
        }
        out.write_all(b"}\n")?;
        Ok(())
    })?;
    out.flush()?;
    Ok(count)
}

/// JSON columns are JSON already and go out as they are.
fn write_value(out: &mut impl Write, kind: ColumnKind, value: ValueRef) -> Result<(), Error> {
    match (kind, value) {
        (_, ValueRef::Null) => out.write_all(b"null")?,
        (ColumnKind::Bool, ValueRef::Integer(n)) => write!(out, "{}", n != 0)?,
        (_, ValueRef::Integer(n)) => write!(out, "{n}")?,
        (_, ValueRef::Real(x)) => serde_json::to_writer(out, &x)?,
        (ColumnKind::Json, ValueRef::Text(text)) => out.write_all(text)?,
        (_, ValueRef::Text(text) | ValueRef::Blob(text)) => {
            serde_json::to_writer(out, &String::from_utf8_lossy(text))?;
        }
    }
    Ok(())
}
