//! `hearsay export`: a table of the record for other programs.

use crate::{failed::Failed, output, record, talk, talk::Talk};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use hearsay_store::{Profile, Seen, Store};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write a table of the record as JSON lines, CSV or Parquet.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, long_about = ABOUT)]
pub struct Args {
    /// The record; record.hearsay, or the only record in this folder, if it is not given.
    record: Option<PathBuf>,

    /// The table.
    #[arg(short, long, value_name = "TABLE", value_parser = PossibleValuesParser::new(hearsay_store::tables().iter().map(|t| t.name)))]
    table: Option<String>,

    /// The form; if it is not given, the ending of FILE tells it, or it is jsonl.
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,

    /// Where to write; stdout if it is not given.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The events in the shape of another coder, as CSV: POLECAT's 40 columns, or CAMEO codes.
    #[arg(long = "as", value_name = "CODER", conflicts_with_all = ["table", "format"], value_parser = PossibleValuesParser::new(hearsay_store::Coder::ALL.map(hearsay_store::Coder::name)))]
    coder: Option<String>,

    /// Who it is for: `team` leaves out the folders of this machine, `public` masks the names of private people as well.
    #[arg(short, long, value_name = "PROFILE", default_value = "private", value_parser = PossibleValuesParser::new(Profile::ALL.map(Profile::name)))]
    profile: String,
}

const ABOUT: &str = "Write a table of the record as JSON lines, CSV or Parquet.

Rows come in an order that depends on the pages alone: the same record gives the same bytes. Nested values are JSON in \
jsonl and JSON text in csv and parquet. In csv, a text that a spreadsheet would take for a formula begins with an \
apostrophe. A file appears only when it is complete.";

const EXAMPLES: &str = "Examples:
  hearsay export --table claims > claims.jsonl
  hearsay export border.hearsay --table events -o events.csv
  hearsay export --as polecat -o polecat.csv
  hearsay export -t claims | jq -r 'select(.stance == \"denies\") | .source.name'";

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
    Parquet,
}

impl Format {
    fn of(path: &Path) -> Option<Format> {
        Format::from_str(&path.extension()?.to_string_lossy(), true).ok()
    }

    fn store(self) -> hearsay_store::Format {
        match self {
            Format::Jsonl => hearsay_store::Format::Jsonl,
            Format::Csv => hearsay_store::Format::Csv,
            Format::Parquet => hearsay_store::Format::Parquet,
        }
    }
}

pub fn run(args: &Args, talk: &Talk) -> Result<ExitCode, Failed> {
    if let Some(coder) = args.coder.as_ref().and_then(|n| hearsay_store::Coder::ALL.into_iter().find(|c| c.name() == n))
    {
        let store = record::open(args.record.as_deref())?;
        let rows = output::to(args.output.as_deref(), |out| Ok(seen(&store, args, talk)?.export_as(coder, out)?))?;
        return Ok(done(args, talk, rows));
    }
    let Some(table) = &args.table else {
        return Err(Failed::new("which table?").hint(format!("give --table with one of: {}", crate::failed::tables())));
    };
    let store = record::open(args.record.as_deref())?;
    let format = args.format.or_else(|| Format::of(args.output.as_deref()?)).unwrap_or(Format::Jsonl);
    if format == Format::Parquet && args.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Failed::new("a Parquet file is no text for a terminal").hint("name a file with -o"));
    }
    let rows =
        output::to(args.output.as_deref(), |out| Ok(seen(&store, args, talk)?.export(table, format.store(), out)?))?;
    Ok(done(args, talk, rows))
}

/// The record as those see it for whom the export is.
fn seen<'a>(store: &'a Store, args: &Args, talk: &Talk) -> Result<Seen<'a>, Failed> {
    let seen = store.seen(args.profile.parse().unwrap_or_default())?;
    if seen.profile() == Profile::Public && !seen.knows_names() {
        talk.hint(
            "this record keeps no names of people but those of sources and authors, so only these are masked; \
build it again from its pages to have all names masked",
        );
    }
    Ok(seen)
}

fn done(args: &Args, talk: &Talk, rows: u64) -> ExitCode {
    if let Some(path) = &args.output {
        talk.say(format!("{}: {}", path.display(), talk::counted(rows, "row", "rows")));
    }
    ExitCode::SUCCESS
}
