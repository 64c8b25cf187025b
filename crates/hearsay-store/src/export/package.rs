//! A Frictionless data package: what stands in a folder of exports, with schemas and hashes.

use super::Format;
use crate::{Column, ColumnKind, Error, Seen, Table, tables::table};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

/// A file of a folder of exports, with its length and hash.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// The name of the file in the folder.
    pub path: String,
    /// How many rows, features or entities it holds.
    pub rows: u64,
    /// Its length.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    described: Value,
}

/// Counts and hashes what goes through it.
struct Hashed<'a> {
    out: &'a mut (dyn Write + Send),
    hash: Sha256,
    bytes: u64,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.out.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Seen<'_> {
    /// Writes a public table as a file of a folder; gives what is to be said about it in [`Seen::package`].
    pub fn resource(&self, name: &str, format: Format, out: &mut (dyn Write + Send)) -> Result<Resource, Error> {
        let table = table(name)?;
        let path = format!("{name}.{}", format.name());
        hashed(path, described(table, format), out, |out| self.export(name, format, out))
    }

    /// Writes a shape as a file of a folder, as [`Seen::resource`] does a table.
    pub fn shaped_resource(&self, shape: super::Shape, out: &mut (dyn Write + Send)) -> Result<Resource, Error> {
        let described = json!({
            "name": shape.name(),
            "title": shape.about(),
            "mediatype": shape.media_type(),
            "encoding": "utf-8",
        });
        hashed(shape.file_name(), described, out, |out| self.export_as(shape, out))
    }

    /// The descriptor, `datapackage.json`, of a folder with these files: Data Package 1.0.
    pub fn package(&self, resources: &[Resource]) -> Result<Value, Error> {
        let last = self.store().rows("runs")?.pop().unwrap_or_default();
        let run = |name: &str| last.get(name).cloned().unwrap_or_default();
        let mut package = json!({
            "profile": "data-package",
            "name": "hearsay-record",
            "title": "A record of who did what to whom, when, where, and who says so",
            "description": "Coded by a program from saved news pages. Nothing in it is called true or false: every row tells who asserts it. See docs/record.md and docs/exports.md of hearsay.",
            "resources": resources.iter().map(whole).collect::<Vec<_>>(),
            "hearsay": {
                "version": env!("CARGO_PKG_VERSION"),
                "profile": self.profile().name(),
                "run": run("id"),
                "coder": run("version"),
                "options": run("options"),
                "hashes": run("hashes"),
            },
        });
        if let Some(finished) = run("finished").as_str() {
            package["created"] = finished.into();
        }
        Ok(package)
    }
}

fn hashed(
    path: String,
    described: Value,
    out: &mut (dyn Write + Send),
    write: impl FnOnce(&mut (dyn Write + Send)) -> Result<u64, Error>,
) -> Result<Resource, Error> {
    let mut out = Hashed { out, hash: Sha256::new(), bytes: 0 };
    let rows = write(&mut out)?;
    out.flush()?;
    let sha256 = out.hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
    Ok(Resource { path, rows, bytes: out.bytes, sha256, described })
}

/// A resource as the descriptor has it.
fn whole(resource: &Resource) -> Value {
    let mut whole = resource.described.clone();
    if let Some(fields) = whole.as_object_mut() {
        fields.insert("path".into(), resource.path.as_str().into());
        fields.insert("bytes".into(), resource.bytes.into());
        fields.insert("hash".into(), format!("sha256:{}", resource.sha256).into());
    }
    whole
}

fn described(table: &Table, format: Format) -> Value {
    let (media_type, profile) = match format {
        Format::Csv => ("text/csv", "tabular-data-resource"),
        Format::Jsonl => ("application/jsonl", "tabular-data-resource"),
        Format::Parquet => ("application/vnd.apache.parquet", "data-resource"),
    };
    let mut described = json!({
        "name": table.name,
        "title": table.about,
        "profile": profile,
        "format": format.name(),
        "mediatype": media_type,
        "schema": schema(table),
    });
    if format != Format::Parquet {
        described["encoding"] = "utf-8".into();
    }
    described
}

/// Table Schema 1.0.
fn schema(table: &Table) -> Value {
    let fields: Vec<Value> = table.exported().map(field).collect();
    let mut schema = json!({"fields": fields, "missingValues": [""]});
    if let Some(key) = table.exported().map(|c| c.name).find(|name| *name == "id") {
        schema["primaryKey"] = json!([key]);
    }
    schema
}

fn field(column: &Column) -> Value {
    let kind = match column.kind {
        ColumnKind::Integer => "integer",
        ColumnKind::Real => "number",
        ColumnKind::Bool => "boolean",
        // A column may hold objects or lists, and Table Schema has no one name for both.
        ColumnKind::Json => "any",
        ColumnKind::Text | ColumnKind::Bytes => "string",
    };
    json!({"name": column.name, "type": kind, "description": column.about})
}
