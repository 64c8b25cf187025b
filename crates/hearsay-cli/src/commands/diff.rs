//! `hearsay diff`: what changed between two records, and why.

use super::Format;
use crate::{failed::Failed, output, record, talk};
use hearsay_store::{Change, Diff, Row, TableDiff, Why};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

/// Tell what changed from one record to another, and why.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, long_about = ABOUT)]
pub struct Args {
    /// The record as it was.
    was: PathBuf,

    /// The record as it is.
    now: PathBuf,

    /// How many changed rows of a table are shown; all are in json.
    #[arg(short, long, value_name = "ROWS", default_value_t = 5)]
    limit: usize,

    /// Print all that came, went and changed as JSON.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
}

const ABOUT: &str = "Tell what changed from one record to another, and why.

Rows come and go with their pages, change when another version or other data coded their page, or when a person corrected \
something. Ids are hashes of content: rows of one article that stand on the same words are taken for the same row, and what \
they tell otherwise is shown.";

const EXAMPLES: &str = "Examples:
  hearsay diff march.hearsay april.hearsay
  hearsay diff old.hearsay new.hearsay --format json | jq '.tables[] | select(.table == \"events\") | .changed'";

pub fn run(args: &Args) -> Result<ExitCode, Failed> {
    let (was, now) = (record::open(Some(&args.was))?, record::open(Some(&args.now))?);
    let diff = was.diff(&now)?;
    let text = match args.format {
        Some(Format::Json) => json!(diff).to_string(),
        None => told(&diff, args.limit),
    };
    output::line(text)?;
    Ok(ExitCode::SUCCESS)
}

fn told(diff: &Diff, limit: usize) -> String {
    let is_same = |t: &TableDiff| t.came.is_empty() && t.went.is_empty() && t.changed.is_empty();
    if diff.tables.iter().all(is_same) {
        return "the records hold the same rows".to_owned();
    }
    let mut parts = coders(diff).map_or_else(Vec::new, |line| vec![line]);
    parts.push(counts(diff));
    parts.extend(diff.tables.iter().filter(|t| !is_same(t)).map(|t| table(t, limit)));
    parts.join("\n\n")
}

/// What the pages were coded by, where it is not the same.
fn coders(diff: &Diff) -> Option<String> {
    if diff.was_coded_by == diff.is_coded_by {
        return None;
    }
    let version = |all: &[Row]| all.iter().map(|r| word(r, "version")).collect::<Vec<_>>().join(", ");
    let (was, now) = (version(&diff.was_coded_by), version(&diff.is_coded_by));
    let mut lines =
        vec![if was == now { format!("coded by version {now}") } else { format!("coded by version {was}, now {now}") }];
    for column in ["options", "hashes"] {
        let all = |coders: &[Row]| coders.iter().filter_map(|r| r.get(column)).cloned().collect::<Vec<Value>>();
        if all(&diff.was_coded_by) != all(&diff.is_coded_by) {
            lines.push(format!("  other {}", if column == "hashes" { "data or weights" } else { column }));
        }
    }
    Some(lines.join("\n"))
}

fn counts(diff: &Diff) -> String {
    let mut lines = vec![format!("{:<12}{:>10}{:>10}{:>10}{:>12}", "table", "came", "went", "changed", "same")];
    for t in &diff.tables {
        let [came, went, changed] = [&t.came, &t.went, &t.changed].map(|c| talk::count(c.len() as u64));
        lines.push(format!("{:<12}{came:>10}{went:>10}{changed:>10}{:>12}", t.table, talk::count(t.same)));
    }
    lines.join("\n")
}

fn table(diff: &TableDiff, limit: usize) -> String {
    let mut lines = vec![format!("{}:", diff.table)];
    for (what, changes) in [("came", &diff.came), ("went", &diff.went), ("changed", &diff.changed)] {
        let mut by: BTreeMap<Why, u64> = BTreeMap::new();
        changes.iter().for_each(|c| *by.entry(c.why).or_default() += 1);
        lines.extend(by.into_iter().map(|(why, n)| format!("  {} {what}: {}", talk::count(n), why.words())));
    }
    lines.extend(diff.changed.iter().take(limit).map(changed));
    lines.extend(
        [("came", &diff.came), ("went", &diff.went)].into_iter().flat_map(|(what, all)| corrected(what, all, limit)),
    );
    if limit > 0 && diff.changed.len() > limit {
        lines
            .push(format!("  and {} more that changed; see --limit", talk::count((diff.changed.len() - limit) as u64)));
    }
    lines.join("\n")
}

/// The widest a value is shown.
const WIDEST: usize = 60;

fn changed(change: &Change) -> String {
    let fields = change.fields.iter().map(|f| format!("{}: {} -> {}", f.name, shown(&f.was), shown(&f.now)));
    format!("  {}  {}{}", start(&change.id), fields.collect::<Vec<_>>().join("; "), by(change))
}

/// Rows that came or went by a correction.
fn corrected<'a>(what: &'a str, all: &'a [Change], limit: usize) -> impl Iterator<Item = String> + 'a {
    let some = all.iter().filter(|c| !c.corrections.is_empty()).take(limit);
    some.map(move |c| format!("  {}  {what}{}", start(&c.id), by(c)))
}

/// The corrections that changed a row.
fn by(change: &Change) -> String {
    let ids: Vec<&str> = change.corrections.iter().map(|id| start(id)).collect();
    if ids.is_empty() { String::new() } else { format!(" (corrected by {})", ids.join(", ")) }
}

/// The beginning of an id.
fn start(id: &str) -> &str {
    id.get(..12).unwrap_or(id)
}

fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.replace('\n', " "),
        other => other.to_string(),
    };
    match text.char_indices().nth(WIDEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

fn word<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or("")
}
