//! Rows of plain columns, as other projects hand them out.

use super::act::{self, Act};
use super::csv::{harmless, told};
use crate::{Error, Seen};
use std::io::Write;

/// Writes rows of fields.
pub(super) struct Sheet<'a> {
    out: ::csv::Writer<&'a mut dyn Write>,
    width: usize,
    /// Whether a spreadsheet is a likely reader.
    careful: bool,
}

impl<'a> Sheet<'a> {
    /// Comma-separated values with a header line (RFC 4180), safe for spreadsheets.
    pub(super) fn csv(columns: &[&str], out: &'a mut dyn Write) -> Result<Sheet<'a>, Error> {
        let mut out = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(out);
        out.write_record(columns).map_err(told)?;
        Ok(Sheet { out, width: columns.len(), careful: true })
    }

    /// Values between tabs, without a header and without any quoting: a tab or a line end in a value becomes a space.
    pub(super) fn tabs(width: usize, out: &'a mut dyn Write) -> Sheet<'a> {
        let mut builder = ::csv::WriterBuilder::new();
        builder.delimiter(b'\t').quote_style(::csv::QuoteStyle::Never);
        Sheet { out: builder.from_writer(out), width, careful: false }
    }

    /// Writes a row.
    pub(super) fn row(&mut self, fields: &[String]) -> Result<(), Error> {
        debug_assert_eq!(fields.len(), self.width);
        for field in fields {
            if self.careful {
                // A number may begin with a minus.
                let is_number = field.parse::<f64>().is_ok();
                let safe = if is_number { field.as_bytes().into() } else { harmless(field.as_bytes()) };
                self.out.write_field(&*safe).map_err(told)?;
            } else {
                self.out.write_field(field.replace(['\t', '\n', '\r'], " ")).map_err(told)?;
            }
        }
        self.out.write_record(None::<&[u8]>).map_err(told)
    }

    /// Hands on what is still kept back.
    pub(super) fn end(mut self) -> Result<(), Error> {
        Ok(self.out.flush()?)
    }
}

/// Writes a row for each act that has one, and counts them.
pub(super) fn acts(
    seen: &Seen,
    columns: &[&str],
    out: &mut dyn Write,
    fields: impl Fn(&Act) -> Option<Fields>,
) -> Result<u64, Error> {
    let mut sheet = Sheet::csv(columns, out)?;
    let mut count = 0;
    act::each(seen, &mut |act| {
        if let Some(fields) = fields(&act) {
            sheet.row(fields.values())?;
            count += 1;
        }
        Ok(())
    })?;
    sheet.end()?;
    Ok(count)
}

/// A row by the names of its columns: what is not set is empty.
pub(super) struct Fields {
    columns: &'static [&'static str],
    values: Vec<String>,
}

impl Fields {
    pub(super) fn new(columns: &'static [&'static str]) -> Fields {
        Fields { columns, values: vec![String::new(); columns.len()] }
    }

    /// Sets a column.
    pub(super) fn set(&mut self, column: &str, value: impl ToString) -> &mut Fields {
        let at = self.columns.iter().position(|c| *c == column);
        debug_assert!(at.is_some(), "there is no column {column}");
        if let Some(value_at) = at.and_then(|at| self.values.get_mut(at)) {
            *value_at = value.to_string();
        }
        self
    }

    pub(super) fn values(&self) -> &[String] {
        &self.values
    }

    #[cfg(test)]
    pub(super) fn get(&self, column: &str) -> &str {
        &self.values[self.columns.iter().position(|c| *c == column).unwrap()]
    }
}

/// A whole number for formats that want one as an id: the last 60 bits of the row's own id.
pub(super) fn number(id: &str) -> u64 {
    let digits = id.get(id.len().saturating_sub(15)..).unwrap_or(id);
    u64::from_str_radix(digits, 16).unwrap_or(0)
}

/// Coordinates with as many digits as the gazetteer has, or nothing.
pub(super) fn degrees(point: Option<(f64, f64)>) -> [String; 2] {
    point.map_or_else(Default::default, |(lat, lon)| [lat.to_string(), lon.to_string()])
}
