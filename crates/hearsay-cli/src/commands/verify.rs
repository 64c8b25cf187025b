//! `hearsay verify`: is the record sound?

use super::Format;
use crate::{failed::Failed, output, record, talk};
use hearsay_store::Report;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

/// Hold everything in the record against what it should be.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, long_about = ABOUT)]
pub struct Args {
    /// The record; record.hearsay, or the only record in this folder, if it is not given.
    record: Option<PathBuf>,

    /// Print the report as JSON.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,
}

const ABOUT: &str = "Hold everything in the record against what it should be: the file itself, every page's bytes against \
their SHA-256, every span against its text, every reference, the search index, the stories. It reads the whole record and \
changes nothing.";

const EXAMPLES: &str = "Examples:
  hearsay verify
  hearsay verify border.hearsay --format json

Exit status: 0 nothing is wrong, 1 could not run, 2 something is wrong.";

pub fn run(args: &Args) -> Result<ExitCode, Failed> {
    let path = record::find(args.record.as_deref())?;
    let report = record::open(Some(&path))?.verify()?;
    let text = match args.format {
        Some(Format::Json) => json!(report).to_string(),
        None => told(&path.display().to_string(), &report),
    };
    output::line(text)?;
    Ok(ExitCode::from(if report.is_sound() { 0 } else { 2 }))
}

fn told(path: &str, report: &Report) -> String {
    let mut lines: Vec<String> =
        report.checked.iter().map(|(what, n)| format!("{:>12}  {what}", talk::count(*n))).collect();
    lines.extend(report.remarks.iter().map(|remark| format!("note: {remark}")));
    for fault in &report.faults {
        lines.push(format!("wrong: {} {}: {}", fault.table, fault.id, fault.message).replace("  ", " "));
    }
    if report.more_faults > 0 {
        lines.push(format!("and {} more", talk::count(report.more_faults)));
    }
    let faults = report.faults.len() as u64 + report.more_faults;
    lines.push(match faults {
        0 => format!("{path}: nothing is wrong"),
        n => format!("{path}: {} wrong", talk::counted(n, "thing is", "things are")),
    });
    lines.join("\n")
}
