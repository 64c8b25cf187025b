//! Every public table in every format, read back.

use crate::common::*;
use hearsay_store::*;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use serde_json::{Value, json};

fn exported(store: &Store, table: &str, format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    let count = store.export(table, format, &mut out).unwrap();
    assert_eq!(count, store.rows(table).unwrap().len() as u64);
    out
}

#[test]
fn json_lines_hold_the_rows() {
    let (_dir, store) = record();
    for table in tables() {
        let out = String::from_utf8(exported(&store, table.name, Format::Jsonl)).unwrap();
        let rows: Vec<Row> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows, store.rows(table.name).unwrap(), "{}", table.name);
    }
}

#[test]
fn csv_holds_the_rows_and_no_formula() {
    let (_dir, store) = record();
    for table in tables() {
        let out = exported(&store, table.name, Format::Csv);
        let mut reader = csv::Reader::from_reader(out.as_slice());
        let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
        assert_eq!(names, table.exported().map(|c| c.name).collect::<Vec<_>>());
        for (read, row) in reader.records().zip(store.rows(table.name).unwrap()) {
            for (field, column) in read.unwrap().iter().zip(table.exported()) {
                let wanted = match &row[column.name] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    other if column.kind == ColumnKind::Json => {
                        assert_eq!(serde_json::from_str::<Value>(field).unwrap(), *other);
                        continue;
                    }
                    other => other.to_string(),
                };
                assert_eq!(field, wanted);
            }
        }
    }
}

#[test]
fn parquet_holds_the_rows_in_their_types() {
    let (_dir, store) = record();
    for table in tables() {
        let out = exported(&store, table.name, Format::Parquet);
        let reader = SerializedFileReader::new(bytes::Bytes::from(out)).unwrap();
        let rows = store.rows(table.name).unwrap();
        assert_eq!(reader.metadata().file_metadata().num_rows(), rows.len() as i64);
        for (read, row) in reader.get_row_iter(None).unwrap().zip(&rows) {
            let read = read.unwrap();
            for ((name, field), column) in read.get_column_iter().zip(table.exported()) {
                assert_eq!(name, column.name);
                let found = match (column.kind, field) {
                    (_, Field::Null) => Value::Null,
                    (ColumnKind::Json, Field::Str(text)) => serde_json::from_str(text).unwrap(),
                    (ColumnKind::Text, Field::Str(text)) => json!(text),
                    (ColumnKind::Integer, Field::Long(n)) => json!(n),
                    (ColumnKind::Bool, Field::Bool(b)) => json!(b),
                    (kind, other) => panic!("{}.{name}: {kind:?} as {other:?}", table.name),
                };
                assert_eq!(found, row[column.name], "{}.{name}", table.name);
            }
        }
    }
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let (_a, one) = record();
    let (_b, other) = record();
    for format in Format::ALL {
        for table in ["articles", "claims", "events", "mentions", "stories"] {
            assert_eq!(exported(&one, table, format), exported(&other, table, format), "{table} {}", format.name());
        }
    }
    assert_eq!("parquet".parse(), Ok(Format::Parquet));
    assert!("xml".parse::<Format>().is_err());
}

#[test]
fn a_full_disk_under_an_export_is_told() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let (_dir, store) = record();
    for format in Format::ALL {
        let error = store.export("articles", format, &mut Full).unwrap_err();
        assert_eq!(*error.kind(), Kind::DiskFull, "{}", format.name());
    }
}
