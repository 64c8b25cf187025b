//! `hearsay doctor`: what is this program, what is in this record, and what could not be read?

use super::Format;
use crate::{failed::Failed, output, record, shipped, talk};
use hearsay::Isa;
use hearsay_store::{Mode, Row, Store, Summary};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Tell the version, what ships with it, what is in the record, and every page that failed.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The record; record.hearsay, or the only record in this folder, if it is not given.
    record: Option<PathBuf>,

    /// Print it as JSON.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
}

const EXAMPLES: &str = "Examples:
  hearsay doctor
  hearsay doctor border.hearsay --format json | jq '.failures[].path'

To check every row of a record, use `hearsay verify`.";

pub fn run(args: &Args) -> Result<ExitCode, Failed> {
    // Without a record the doctor still tells about the program.
    let path = record::find(args.record.as_deref())
        .or_else(|e| if args.record.is_some() { Err(e) } else { Ok(PathBuf::new()) })?;
    let found = if path.as_os_str().is_empty() { None } else { Some(Found::of(&path)?) };
    let text = match args.format {
        Some(Format::Json) => as_json(found.as_ref()).to_string(),
        None => told(found.as_ref()),
    };
    output::line(text)?;
    Ok(ExitCode::SUCCESS)
}

/// What ships that the language engine reads with.
const WEIGHTS: &str = "weights/engine";

/// What is known of a record.
struct Found {
    path: PathBuf,
    summary: Summary,
    runs: Vec<Row>,
    failures: Vec<Row>,
}

impl Found {
    fn of(path: &Path) -> Result<Found, Failed> {
        let store = Store::open(path, Mode::Read)?;
        Ok(Found {
            path: path.to_path_buf(),
            summary: store.summary()?,
            runs: store.rows("runs")?,
            failures: store.rows("failures")?,
        })
    }
}

fn as_json(found: Option<&Found>) -> Value {
    json!({
        "version": hearsay::VERSION,
        "ships": shipped::hashes(),
        "engine": {"weights": WEIGHTS, "sha256": shipped::hashes().get(WEIGHTS), "instructions": Isa::best().to_string()},
        "record": found.map(|f| json!({
            "path": f.path.display().to_string(),
            "summary": f.summary,
            "runs": f.runs,
        })),
        "failures": found.map(|f| &f.failures),
    })
}

fn told(found: Option<&Found>) -> String {
    let mut lines = vec![format!("hearsay {}", hearsay::VERSION)];
    lines.extend(shipped::hashes().iter().map(|(name, hash)| format!("  ships {name:<24} sha256 {hash}")));
    lines.push(format!("  the language engine reads with {WEIGHTS}, in {} instructions", Isa::best()));
    match found {
        None => lines.push("no record in this folder".to_owned()),
        Some(found) => lines.extend(record_lines(found)),
    }
    lines.join("\n")
}

fn record_lines(found: &Found) -> Vec<String> {
    let s = &found.summary;
    let sum = |figures: &std::collections::BTreeMap<String, u64>| talk::count(figures.values().sum());
    let mut lines = vec![
        format!("{}: format {}, {}", found.path.display(), s.format, megabytes(s.file_bytes)),
        format!("  pages     {} ({} as saved){}", sum(&s.pages), megabytes(s.bytes), kinds(&s.pages)),
        format!("  articles  {}{}", sum(&s.articles), kinds(&s.articles)),
        format!("  published {}, {} undated", span(&s.published), talk::count(s.undated)),
        format!("  stories   {}, {} of them reprinted", talk::count(s.stories), talk::count(s.reprinted)),
        format!("  claims    {}{}", sum(&s.claims), kinds(&s.claims)),
        format!("  events    {}{}", sum(&s.events), kinds(&s.statuses)),
        format!("  actors    {}{}", sum(&s.actors), kinds(&s.actors)),
        format!("  left out  {}", talk::counted(s.comments, "reader comment", "reader comments")),
    ];
    if !s.corrections.is_empty() {
        lines.push(format!("  corrected {}{}", sum(&s.corrections), kinds(&s.corrections)));
    }
    lines.extend(found.runs.iter().map(|run| format!("  run {}", run_line(run))));
    if s.unlinked > 0 {
        lines.push(format!(
            "  not joined yet: {}; run the build again",
            talk::counted(s.unlinked, "article", "articles")
        ));
    }
    lines.push(format!("  failed    {}", talk::count(found.failures.len() as u64)));
    lines.extend(found.failures.iter().map(|f| format!("    {}: {}", word(f, "path"), word(f, "message"))));
    lines
}

fn run_line(run: &Row) -> String {
    let counts = run.get("counts").cloned().unwrap_or_default();
    let engine = run.get("options").and_then(|options| options.get("engine")?.as_str()).unwrap_or("none");
    let number = |name: &str| talk::count(counts.get(name).and_then(Value::as_u64).unwrap_or(0));
    let finished = match run.get("finished").and_then(Value::as_str) {
        Some(_) => format!("{} read, {} in already, {} failed", number("read"), number("skipped"), number("failed")),
        None => "was cut off, or is still running".to_owned(),
    };
    format!(
        "{} began {} (version {}, engine {engine}): {finished}",
        run.get("id").unwrap_or(&Value::Null),
        word(run, "started"),
        word(run, "version")
    )
}

fn word<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or("")
}

/// Figures by kind, most first: ": 12 text/html, 3 text/plain".
fn kinds(figures: &std::collections::BTreeMap<String, u64>) -> String {
    let mut figures: Vec<_> = figures.iter().collect();
    figures.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), *name));
    let named = |name: &str| if name.is_empty() { "not told".to_owned() } else { name.to_owned() };
    let each: Vec<String> = figures.iter().map(|(name, n)| format!("{} {}", talk::count(**n), named(name))).collect();
    if each.is_empty() { String::new() } else { format!(": {}", each.join(", ")) }
}

pub fn span(published: &(Option<String>, Option<String>)) -> String {
    match published {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (Some(day), None) | (None, Some(day)) => day.clone(),
        _ => "not told".to_owned(),
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
