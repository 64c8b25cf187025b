//! Exports: a public table as JSON lines, CSV or Parquet, and the record in the shapes of other projects and standards.

mod acled;
mod act;
mod annotation;
mod coder;
mod codes;
mod countries;
mod csv;
mod ftm;
mod gdelt;
mod geojson;
mod graph;
mod jsonl;
mod package;
mod parquet;
mod shape;
mod sheet;
mod ucdp;

pub use countries::alpha2;
pub use package::Resource;
pub use shape::Shape;

use crate::{Error, Profile, Seen, Store, tables::table};
use std::io::Write;
use std::str::FromStr;

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line (UTF-8), nested values as such.
    Jsonl,
    /// RFC 4180, UTF-8, with a header line; nested values as JSON text. A text that a spreadsheet would take for a formula
    /// is preceded by an apostrophe.
    Csv,
    /// Apache Parquet, zstd; nested values as JSON text.
    Parquet,
}

impl Format {
    /// All of them.
    pub const ALL: [Format; 3] = [Format::Jsonl, Format::Csv, Format::Parquet];

    /// Its name, as in `jsonl`; also the usual ending of a file.
    pub fn name(self) -> &'static str {
        match self {
            Format::Jsonl => "jsonl",
            Format::Csv => "csv",
            Format::Parquet => "parquet",
        }
    }
}

impl FromStr for Format {
    type Err = &'static str;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Format::ALL.into_iter().find(|f| f.name() == name).ok_or("one of jsonl, csv, parquet")
    }
}

impl Store {
    /// Writes a public table as [`crate::Profile::Private`] sees it; see [`Seen::export`].
    pub fn export(&self, table_name: &str, format: Format, out: &mut (dyn Write + Send)) -> Result<u64, Error> {
        self.seen(Profile::Private)?.export(table_name, format, out)
    }
}

impl Seen<'_> {
    /// Writes a public table; gives the number of rows. The same record and profile give the same bytes. Pages' own bytes are left out.
    pub fn export(&self, table_name: &str, format: Format, out: &mut (dyn Write + Send)) -> Result<u64, Error> {
        let table = table(table_name)?;
        match format {
            Format::Jsonl => jsonl::write(self, table, out),
            Format::Csv => csv::write(self, table, out),
            Format::Parquet => parquet::write(self, table, out),
        }
    }

    /// Writes the record in the shape of another project or standard; gives the number of rows, features, edges or entities.
    pub fn export_as(&self, shape: Shape, out: &mut (dyn Write + Send)) -> Result<u64, Error> {
        let mut out = std::io::BufWriter::with_capacity(1 << 16, out);
        let count = shape.write(self, &mut out)?;
        out.flush()?;
        Ok(count)
    }
}
