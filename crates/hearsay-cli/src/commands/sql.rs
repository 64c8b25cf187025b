//! `hearsay sql`: questions in SQL.

use crate::{failed::Failed, output, record, talk, talk::Talk};
use clap::ValueEnum;
use hearsay_store::{Cell, Limits, Store};
use serde_json::{Map, Value};
use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::time::Duration;

/// Ask the record a question in SQL; it cannot change anything.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, long_about = ABOUT, override_usage = "hearsay sql [OPTIONS] [RECORD] <QUERY>")]
pub struct Args {
    /// The record, if it is not the one in this folder, and the question.
    #[arg(required = true, num_args = 1..=2, value_names = ["RECORD", "QUERY"])]
    words: Vec<String>,

    /// The form of the answer.
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value = "table")]
    format: Format,

    /// The most rows of a table that are shown; json and csv give all.
    #[arg(short, long, value_name = "ROWS", default_value_t = 1000)]
    limit: usize,

    /// How long the answer may take, in seconds; 0 for no end.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    timeout: u64,
}

const ABOUT: &str = "Ask the record a question in SQL; it cannot change anything.

The tables are views of the record with the names and columns of the exports. Columns that hold an object or a list are \
JSON text: take them apart with ->> and json_each, as in `source->>'name'`. `hearsay sql \".tables\"` lists the tables, \
`hearsay sql \".schema claims\"` tells the columns of one.";

const EXAMPLES: &str = "Examples:
  hearsay sql \"SELECT stance, count(*) FROM claims GROUP BY 1 ORDER BY 2 DESC\"
  hearsay sql \"SELECT source->>'name', s.text FROM claims c JOIN sentences s ON s.id = c.sentence_id
               WHERE stance = 'denies'\"
  hearsay sql border.hearsay \"SELECT type, status, count(*) FROM events GROUP BY 1, 2\" --format csv
  hearsay sql \"SELECT path, message FROM failures\"";

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Columns under each other, for reading.
    Table,
    /// One JSON object a line.
    #[value(alias = "jsonl")]
    Json,
    /// RFC 4180.
    Csv,
}

pub fn run(args: &Args, talk: &Talk) -> Result<ExitCode, Failed> {
    let (record, query) = match &args.words[..] {
        [record, query] => (Some(record.as_ref()), query),
        words => (None, &words[0]),
    };
    if let Some(about) = query.trim().strip_prefix('.') {
        output::line(described(about)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let store = record::open(record)?;
    let time = (args.timeout > 0).then(|| Duration::from_secs(args.timeout));
    match args.format {
        Format::Table => table(&store, query, Limits { time, rows: Some(args.limit) }, talk)?,
        Format::Json => each(&store, query, time, json_line)?,
        Format::Csv => each(&store, query, time, csv_line)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// `.tables` and `.schema TABLE`, as people know them from SQLite's own shell.
fn described(about: &str) -> Result<String, Failed> {
    let mut words = about.split_whitespace();
    let all = hearsay_store::tables();
    match (words.next(), words.next()) {
        (Some("tables"), None) => Ok(listed(all.iter().map(|t| (t.name, "", t.about)))),
        (Some("schema"), Some(name)) => {
            let table = all.iter().find(|t| t.name == name);
            let table = table.ok_or_else(|| {
                Failed::new(format!("there is no table `{name}`"))
                    .hint(format!("there are: {}", crate::failed::tables()))
            })?;
            Ok(listed(table.columns.iter().map(|c| (c.name, c.kind.name(), c.about))))
        }
        _ => Err(Failed::new(format!("`.{about}` is not understood")).hint("there are `.tables` and `.schema TABLE`")),
    }
}

fn listed<'a>(rows: impl Iterator<Item = (&'a str, &'a str, &'a str)>) -> String {
    let lines: Vec<String> = rows.map(|(name, kind, about)| format!("{name:<16} {kind:<8}{about}")).collect();
    lines.join("\n")
}

fn each(
    store: &Store,
    query: &str,
    time: Option<Duration>,
    line: fn(&[String], Option<&[Cell]>) -> Option<String>,
) -> Result<(), Failed> {
    output::to(None, |out| {
        let mut broken = None;
        store.sql_each(query, time, &mut |columns, cells| {
            let written = line(columns, cells.as_deref()).map_or(Ok(()), |line| writeln!(out, "{line}"));
            broken = written.err();
            Ok(broken.is_none())
        })?;
        broken.map_or(Ok(()), |e| Err(Failed::writing("the output", &e)))
    })
}

fn json_line(columns: &[String], cells: Option<&[Cell]>) -> Option<String> {
    let row: Map<String, Value> = columns.iter().cloned().zip(cells?.iter().map(value)).collect();
    Some(Value::Object(row).to_string())
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Null => Value::Null,
        Cell::Integer(n) => (*n).into(),
        Cell::Real(x) => (*x).into(),
        Cell::Text(text) => Value::String(text.clone()),
        Cell::Blob(bytes) => Value::String(shown(&Cell::Blob(bytes.clone()))),
    }
}

fn csv_line(columns: &[String], cells: Option<&[Cell]>) -> Option<String> {
    let fields: Vec<String> = match cells {
        None => columns.iter().map(|name| field(name)).collect(),
        Some(cells) => {
            cells.iter().map(|c| if let Cell::Text(text) = c { field(&safe(text)) } else { shown(c) }).collect()
        }
    };
    Some(fields.join(",") + "\r")
}

/// Spreadsheets run what begins like a formula.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

fn field(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Null => String::new(),
        Cell::Integer(n) => n.to_string(),
        Cell::Real(x) => x.to_string(),
        Cell::Text(text) => text.clone(),
        Cell::Blob(bytes) => format!("({} bytes)", bytes.len()),
    }
}

/// The widest a column gets on a terminal; elsewhere nothing is cut.
const WIDEST: usize = 72;

fn table(store: &Store, query: &str, limits: Limits, talk: &Talk) -> Result<(), Failed> {
    let answer = store.sql(query, limits)?;
    let widest = if std::io::stdout().is_terminal() { WIDEST } else { usize::MAX };
    let mut rows = vec![answer.columns.clone()];
    rows.extend(answer.rows.iter().map(|row| row.iter().map(|cell| flat(&shown(cell), widest)).collect()));
    output::to(None, |out| drawn(&rows, out).map_err(|e| Failed::writing("the output", &e)))?;
    if answer.more {
        talk.hint(format!("only the first {} rows are shown; see --limit", talk::count(answer.rows.len() as u64)));
    }
    Ok(())
}

fn drawn(rows: &[Vec<String>], out: &mut dyn Write) -> std::io::Result<()> {
    let wide = |text: &String| text.chars().count();
    let columns = rows.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns).map(|c| rows.iter().map(|row| wide(&row[c])).max().unwrap_or(0)).collect();
    for (n, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(&widths).map(|(text, width)| format!("{text}{}", " ".repeat(width - wide(text))));
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        if n == 0 {
            writeln!(out, "{}", widths.iter().map(|w| "-".repeat(*w)).collect::<Vec<_>>().join("  "))?;
        }
    }
    Ok(())
}

/// A text on one line, cut where it is too wide.
fn flat(text: &str, widest: usize) -> String {
    let line = text.replace(['\n', '\r', '\t'], " ");
    match line.char_indices().nth(widest) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_fields_are_quoted_and_safe() {
        let cells = [Cell::Text("a \"b\", c".into()), Cell::Text("=1+1".into()), Cell::Integer(-3), Cell::Null];
        assert_eq!(csv_line(&[], Some(&cells)).unwrap(), "\"a \"\"b\"\", c\",'=1+1,-3,\r");
    }

    #[test]
    fn wide_texts_are_cut_between_characters() {
        assert_eq!(flat("قال\nمتحدث", 5), "قال م…");
    }

    #[test]
    fn tables_and_columns_are_described() {
        assert!(described("tables").unwrap().contains("claims"));
        assert!(described("schema claims").unwrap().contains("stance"));
        assert!(described("schema nothing").is_err());
    }
}
