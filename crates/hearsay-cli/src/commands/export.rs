//! `hearsay export`: the record for other programs: a table, a shape that another project reads, or a folder with everything.

use crate::{failed::Failed, output, record, talk, talk::Talk};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use hearsay_store::{Profile, Resource, Seen, Shape, Store};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write a table of the record, its shape for another project, or a folder with everything.
#[derive(Debug, clap::Args)]
#[command(after_help = examples(), long_about = ABOUT)]
pub struct Args {
    /// The record; record.hearsay, or the only record in this folder, if it is not given.
    record: Option<PathBuf>,

    /// The table.
    #[arg(short, long, value_name = "TABLE", value_parser = PossibleValuesParser::new(hearsay_store::tables().iter().map(|t| t.name)))]
    table: Option<String>,

    /// The form of a table; if it is not given, the ending of FILE tells it, or it is jsonl, or csv with --all.
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    format: Option<Format>,

    /// Where to write; stdout if it is not given. With --all, a folder.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The record in the shape of another project or standard; with --all, beside the tables, and as often as you like.
    #[arg(long = "as", value_name = "SHAPE", conflicts_with = "table", value_parser = PossibleValuesParser::new(Shape::ALL.map(Shape::name)))]
    shapes: Vec<String>,

    /// Write every table into the folder FILE, with a datapackage.json that describes them.
    #[arg(long, conflicts_with = "table")]
    all: bool,

    /// Who it is for: `team` leaves out the folders of this machine, `public` masks the names of private people as well.
    #[arg(short, long, value_name = "PROFILE", default_value = "private", value_parser = PossibleValuesParser::new(Profile::ALL.map(Profile::name)))]
    profile: String,
}

const ABOUT: &str = "Write a table of the record, its shape for another project, or a folder with everything.

Rows come in an order that depends on the pages alone: the same record gives the same bytes. Nested values are JSON in \
jsonl and JSON text in csv and parquet. In csv, a text that a spreadsheet would take for a formula begins with an \
apostrophe. A file appears only when it is complete.

What each shape gets and loses stands in docs/exports.md. Rows of other projects' shapes are marked as coded by a program \
and have ids of their own: they are not data of ACLED, UCDP, GDELT or POLECAT.";

fn examples() -> String {
    let shapes = Shape::ALL.map(|s| format!("  {:<16} {}", s.name(), s.about())).join("\n");
    format!(
        "Shapes:
{shapes}

Examples:
  hearsay export --table claims > claims.jsonl
  hearsay export border.hearsay --table events -o events.csv
  hearsay export --as acled -o acled.csv
  hearsay export --as geojson --profile public -o map.geojson
  hearsay export --all --as gexf -o for-colleagues/ --profile team
  hearsay export -t claims | jq -r 'select(.stance == \"denies\") | .source.name'"
    )
}

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
    let shapes: Vec<Shape> = args.shapes.iter().filter_map(|name| name.parse().ok()).collect();
    if args.all {
        return folder(args, &shapes, talk);
    }
    match (&shapes[..], &args.table) {
        ([shape], _) if args.format.is_none() => one_shape(args, *shape, talk),
        ([_], _) => Err(Failed::new("a shape has a form of its own").hint("leave --format out")),
        ([], Some(table)) => one_table(args, table, talk),
        ([], None) => {
            let tables = crate::failed::tables();
            Err(Failed::new("which table?")
                .hint(format!("give --table with one of: {tables}; or --as SHAPE, or --all -o FOLDER")))
        }
        _ => Err(Failed::new("one file holds one shape").hint("give --as once, or --all -o FOLDER with all of them")),
    }
}

fn one_shape(args: &Args, shape: Shape, talk: &Talk) -> Result<ExitCode, Failed> {
    let store = record::open(args.record.as_deref())?;
    let seen = seen(&store, args, talk)?;
    let rows = output::to(args.output.as_deref(), |out| Ok(seen.export_as(shape, out)?))?;
    if shape == Shape::Gdelt {
        talk.hint("GDELT's other table, the reports of each event, is --as gdelt-mentions");
    }
    Ok(done(args, talk, rows))
}

fn one_table(args: &Args, table: &str, talk: &Talk) -> Result<ExitCode, Failed> {
    let store = record::open(args.record.as_deref())?;
    let format = args.format.or_else(|| Format::of(args.output.as_deref()?)).unwrap_or(Format::Jsonl);
    if format == Format::Parquet && args.output.is_none() && std::io::stdout().is_terminal() {
        return Err(Failed::new("a Parquet file is no text for a terminal").hint("name a file with -o"));
    }
    let seen = seen(&store, args, talk)?;
    let rows = output::to(args.output.as_deref(), |out| Ok(seen.export(table, format.store(), out)?))?;
    Ok(done(args, talk, rows))
}

/// Every table and the shapes asked for, and what describes them.
fn folder(args: &Args, shapes: &[Shape], talk: &Talk) -> Result<ExitCode, Failed> {
    let Some(folder) = args.output.as_deref().filter(|path| *path != Path::new("-")) else {
        return Err(Failed::new("which folder?").hint("name it with -o"));
    };
    let store = record::open(args.record.as_deref())?;
    let seen = seen(&store, args, talk)?;
    std::fs::create_dir_all(folder).map_err(|e| Failed::writing(&folder.display().to_string(), &e))?;
    let format = args.format.unwrap_or(Format::Csv).store();
    let mut resources: Vec<Resource> = Vec::new();
    for table in hearsay_store::tables() {
        let path = folder.join(format!("{}.{}", table.name, format.name()));
        resources.push(output::to(Some(&path), |out| Ok(seen.resource(table.name, format, out)?))?);
    }
    for shape in shapes {
        let path = folder.join(shape.file_name());
        resources.push(output::to(Some(&path), |out| Ok(seen.shaped_resource(*shape, out)?))?);
    }
    let package = seen.package(&resources)?;
    output::to(Some(&folder.join("datapackage.json")), |out| {
        writeln!(out, "{package:#}").map_err(|e| Failed::writing("datapackage.json", &e))
    })?;
    let rows = resources.iter().map(|r| r.rows).sum();
    let files = talk::counted(resources.len() as u64, "file", "files");
    talk.say(format!("{}: {files} with {}", folder.display(), talk::counted(rows, "row", "rows")));
    Ok(ExitCode::SUCCESS)
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
