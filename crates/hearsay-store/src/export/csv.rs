//! Comma-separated values.

use crate::{ColumnKind, Error, Kind, Seen, Table};
use rusqlite::types::ValueRef;
use std::borrow::Cow;
use std::io::Write;

pub(super) fn write(seen: &Seen, table: &Table, out: &mut dyn Write) -> Result<u64, Error> {
    let mut out = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
    let columns: Vec<_> = table.exported().collect();
    out.write_record(columns.iter().map(|c| c.name)).map_err(told)?;
    let count = seen.each_raw(table, &mut |values| {
        for (column, value) in columns.iter().zip(values) {
            out.write_field(&*field(column.kind, *value)).map_err(told)?;
        }
        out.write_record(None::<&[u8]>).map_err(told)
    })?;
    out.flush()?;
    Ok(count)
}

fn field(kind: ColumnKind, value: ValueRef<'_>) -> Cow<'_, [u8]> {
    match value {
        ValueRef::Null => Cow::Borrowed(b""),
        ValueRef::Integer(n) if kind == ColumnKind::Bool => Cow::Borrowed(if n != 0 { b"true" } else { b"false" }),
        ValueRef::Integer(n) => Cow::Owned(n.to_string().into_bytes()),
        ValueRef::Real(x) => Cow::Owned(x.to_string().into_bytes()),
        ValueRef::Text(text) | ValueRef::Blob(text) => harmless(text),
    }
}

/// A spreadsheet takes text with one of these at its start for a formula, and may run it (OWASP, "CSV Injection").
pub(super) fn harmless(text: &[u8]) -> Cow<'_, [u8]> {
    match text.first() {
        Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r' | b'\n') => Cow::Owned([b"'", text].concat()),
        _ => Cow::Borrowed(text),
    }
}

pub(super) fn told(error: ::csv::Error) -> Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(e) => e.into(),
        other => Error::with(Kind::Io, format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn formulas_become_text() {
        for bad in ["=1+1", "+1", "-1", "@x", "\tx", "\rx"] {
            assert_eq!(&*harmless(bad.as_bytes()), format!("'{bad}").as_bytes());
        }
        assert_eq!(&*harmless(b"plain = text"), b"plain = text");
        assert_eq!(&*harmless(b""), b"");
    }
}
