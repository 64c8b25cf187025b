//! Apache Parquet.

use crate::{Column, ColumnKind, Error, Kind, Seen, Table};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical, ZstdLevel};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use rusqlite::types::ValueRef;
use std::io::Write;
use std::sync::Arc;

/// A row group ends at so many rows, or at so many bytes: whichever comes first bounds memory.
const ROWS: usize = 50_000;
const BYTES: usize = 64 << 20;

pub(super) fn write(seen: &Seen, table: &Table, out: &mut (dyn Write + Send)) -> Result<u64, Error> {
    let properties = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
    let mut file = SerializedFileWriter::new(out, schema(table).map_err(told)?, Arc::new(properties)).map_err(told)?;
    let mut group = Group::new(table);
    let count = seen.each_raw(table, &mut |values| {
        group.add(values);
        if group.rows >= ROWS || group.bytes >= BYTES {
            group.write(&mut file).map_err(told)?;
        }
        Ok(())
    })?;
    if group.rows > 0 {
        group.write(&mut file).map_err(told)?;
    }
    file.close().map_err(told)?;
    Ok(count)
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let fields = table.exported().map(field).collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(fields).build()?))
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.kind {
        ColumnKind::Integer => (Physical::INT64, None),
        ColumnKind::Real => (Physical::DOUBLE, None),
        ColumnKind::Bool => (Physical::BOOLEAN, None),
        // JSON as plain strings: the readers that know Parquet's own JSON type are few.
        _ => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
    };
    let builder = Type::primitive_type_builder(column.name, physical).with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(builder.with_logical_type(logical).build()?))
}

/// The rows of a group, column by column.
struct Group {
    columns: Vec<Values>,
    rows: usize,
    bytes: usize,
}

/// The values of a column that are not null, and for each row whether it has one.
struct Values {
    kept: Kept,
    there: Vec<i16>,
}

enum Kept {
    Text(Vec<ByteArray>),
    Integer(Vec<i64>),
    Real(Vec<f64>),
    Bool(Vec<bool>),
}

impl Group {
    fn new(table: &Table) -> Self {
        let values = |c: &Column| {
            let kept = match c.kind {
                ColumnKind::Integer => Kept::Integer(Vec::new()),
                ColumnKind::Real => Kept::Real(Vec::new()),
                ColumnKind::Bool => Kept::Bool(Vec::new()),
                _ => Kept::Text(Vec::new()),
            };
            Values { kept, there: Vec::new() }
        };
        Group { columns: table.exported().map(values).collect(), rows: 0, bytes: 0 }
    }

    fn add(&mut self, row: &[ValueRef]) {
        for (column, value) in self.columns.iter_mut().zip(row) {
            self.bytes += column.add(*value);
        }
        self.rows += 1;
    }

    /// Writes the group and empties it.
    fn write<W: Write + Send>(&mut self, file: &mut SerializedFileWriter<W>) -> Result<(), ParquetError> {
        let mut group = file.next_row_group()?;
        for column in &mut self.columns {
            let mut writer = group.next_column()?.ok_or_else(|| ParquetError::General("a column is missing".into()))?;
            column.write(writer.untyped())?;
            writer.close()?;
        }
        group.close()?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

impl Values {
    /// Adds a value; gives about how many bytes it takes.
    fn add(&mut self, value: ValueRef) -> usize {
        let size = match (&mut self.kept, value) {
            (Kept::Text(all), ValueRef::Text(text)) => {
                all.push(text.to_vec().into());
                text.len() + 32
            }
            (Kept::Integer(all), ValueRef::Integer(n)) => {
                all.push(n);
                8
            }
            (Kept::Real(all), ValueRef::Real(x)) => {
                all.push(x);
                8
            }
            (Kept::Bool(all), ValueRef::Integer(n)) => {
                all.push(n != 0);
                1
            }
            _ => 0,
        };
        self.there.push(i16::from(size > 0));
        size + 2
    }

    fn write(&mut self, writer: &mut ColumnWriter) -> Result<(), ParquetError> {
        let there = Some(self.there.as_slice());
        match (&mut self.kept, writer) {
            (Kept::Text(all), ColumnWriter::ByteArrayColumnWriter(w)) => {
                w.write_batch(all, there, None)?;
                all.clear();
            }
            (Kept::Integer(all), ColumnWriter::Int64ColumnWriter(w)) => {
                w.write_batch(all, there, None)?;
                all.clear();
            }
            (Kept::Real(all), ColumnWriter::DoubleColumnWriter(w)) => {
                w.write_batch(all, there, None)?;
                all.clear();
            }
            (Kept::Bool(all), ColumnWriter::BoolColumnWriter(w)) => {
                w.write_batch(all, there, None)?;
                all.clear();
            }
            _ => return Err(ParquetError::General("a column is not of its type".into())),
        }
        self.there.clear();
        Ok(())
    }
}

fn told(error: ParquetError) -> Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<std::io::Error>() {
            Ok(e) => (*e).into(),
            Err(e) => Error::with(Kind::Io, e),
        },
        other => Error::with(Kind::Io, other),
    }
}
