//! JSON lines.

use crate::{ColumnKind, Error, Seen, Table};
use rusqlite::types::ValueRef;
use std::io::{BufWriter, Write};

pub(super) fn write(seen: &Seen, table: &Table, out: &mut dyn Write) -> Result<u64, Error> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let columns: Vec<_> = table.exported().collect();
    let mut line = Vec::new();
    let count = seen.each_raw(table, &mut |values| {
        line.clear();
        for (nth, (column, value)) in columns.iter().zip(values).enumerate() {
            write!(line, "{}\"{}\":", if nth == 0 { '{' } else { ',' }, column.name)?;
            write_value(&mut line, column.kind, *value)?;
        }
        line.extend(b"}\n");
        write_unbroken(&mut out, &line)?;
        Ok(())
    })?;
    out.flush()?;
    Ok(count)
}

/// The characters besides the line feed at which some readers end a line, and how JSON writes them inside a string.
const BREAKS: [(&[u8], &[u8]); 3] =
    [("\u{85}".as_bytes(), b"\\u0085"), ("\u{2028}".as_bytes(), b"\\u2028"), ("\u{2029}".as_bytes(), b"\\u2029")];

/// Writes a line with every such character escaped, so that one row is one line for every reader. Outside strings a
/// JSON line is ASCII, so what is replaced always stands in a string.
fn write_unbroken(out: &mut impl Write, line: &[u8]) -> std::io::Result<()> {
    let mut from = 0;
    let mut at = 0;
    while at < line.len() {
        let rest = &line[at..];
        match BREAKS.iter().find(|(raw, _)| !line[at].is_ascii() && rest.starts_with(raw)) {
            Some((raw, escaped)) => {
                out.write_all(&line[from..at])?;
                out.write_all(escaped)?;
                at += raw.len();
                from = at;
            }
            None => at += 1,
        }
    }
    out.write_all(&line[from..])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_one_line_for_readers_that_know_more_line_ends() {
        let mut out = Vec::new();
        write_unbroken(&mut out, "{\"a\":\"é\u{2028}b\u{85}…\"}\n".as_bytes()).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "{\"a\":\"é\\u2028b\\u0085…\"}\n");
    }
}
