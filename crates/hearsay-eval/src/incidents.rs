//! `incidents [train|test]`: how reports are joined, against the project's own labelled archives (`training/data/incidents`).
//! `test` is for reports: never tune on it.

mod archive;
mod fit;
mod measures;

use crate::asked::EngineArgs;
use anyhow::Result;
use archive::{Archive, Row};
use clap::Parser;
use hearsay::record::incidents::Weights;
use hearsay::{Hearsay, Options};
use hearsay_types::ReadAs;
use hearsay_types::incident::Report;
use measures::{Grouped, Grouping};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Debug, Parser)]
struct Args {
    /// Which split: `train` or `test`.
    #[arg(default_value = "train")]
    split: String,
    /// The folder of the archives.
    #[arg(long, default_value = "training/data/incidents")]
    data: PathBuf,
    /// Print what is joined wrongly, and what is not joined.
    #[arg(long)]
    misses: bool,
    /// Fit the weights on the archives of the split and write them to this file.
    #[arg(long, value_name = "FILE")]
    fit: Option<PathBuf>,
    /// Keep the records in this folder and use those that are there: to measure linking again without coding again.
    #[arg(long, value_name = "FOLDER")]
    records: Option<PathBuf>,
    /// Join by the weights of this file.
    #[arg(long, value_name = "FILE")]
    joins: Option<PathBuf>,
    #[command(flatten)]
    engine: EngineArgs,
}

/// Prints the scores.
pub fn run(args: &[String]) -> Result<()> {
    let args: Args = crate::asked::args("incidents", args)?;
    let archives = archive::read(&args.data, &args.split)?;
    let tier = args.engine.tier().or(Some(hearsay::Tier::Accurate));
    let options = Options {
        read_as: ReadAs::Article,
        engine: tier,
        engine_weights: args.engine.weights.clone(),
        ..Options::default()
    };
    let hearsay = Hearsay::new(options)?;
    let scratch = tempfile::tempdir()?;
    let folder = args.records.clone().unwrap_or_else(|| scratch.path().to_owned());
    std::fs::create_dir_all(&folder)?;
    let rows = archives.iter().map(|a| a.rows(&hearsay, &folder)).collect::<Result<Vec<_>>>()?;
    if let Some(file) = &args.fit {
        return fit::run(&rows, file);
    }
    let read = |file: &PathBuf| Ok::<_, std::io::Error>(Weights::read(&std::fs::read_to_string(file)?, 1));
    let weights = args.joins.as_ref().map(read).transpose()?.unwrap_or_else(|| Weights::shipped().clone());
    report(&args, &archives, &rows, &weights);
    Ok(())
}

fn report(args: &Args, archives: &[Archive], rows: &[archive::Found], weights: &Weights) {
    let labelled: usize = rows.iter().map(|found| found.rows.len()).sum();
    let found: usize = rows.iter().map(|f| f.rows.iter().filter(|r| r.event.is_some()).count()).sum();
    let incidents: usize = archives.iter().map(Archive::incidents).sum();
    println!(
        "{} archives, {incidents} incidents, {labelled} labelled reports, {found} with a row in the record",
        archives.len()
    );
    for (name, joined) in [
        ("hearsay", group(rows, |f| joined(f, weights))),
        ("same day, actors and type", group(rows, day_actors_type)),
        ("every report its own", group(rows, |f| (0..f.told.reports.len()).collect())),
    ] {
        let all = Grouped::of(&joined);
        let kept: Vec<Grouping> = joined.iter().map(Grouping::found).collect();
        println!("{name:<26} rows found: {}    all labelled: {all}", Grouped::of(&kept));
    }
    println!("reprints: {}", reprints(archives, rows));
    if args.misses {
        archives.iter().zip(rows).for_each(|(a, f)| misses(a, f, weights));
    }
}

/// Groups the labelled reports of each archive by what `label` says of the record's reports.
fn group(rows: &[archive::Found], label: impl Fn(&archive::Found) -> Vec<usize>) -> Vec<Grouping> {
    rows.iter()
        .map(|found| {
            let labels = label(found);
            let mine = |row: &Row| row.event.map(|at| labels[at]);
            Grouping::new(found.rows.iter().map(|row| (row.incident, mine(row))))
        })
        .collect()
}

fn joined(found: &archive::Found, weights: &Weights) -> Vec<usize> {
    let linked = hearsay::record::connect_by(found.told.clone(), weights);
    let of: BTreeMap<_, _> =
        linked.incidents.iter().enumerate().flat_map(|(n, i)| i.events.iter().map(move |j| (j.event, n))).collect();
    found.told.reports.iter().map(|r| of[&r.id]).collect()
}

/// What is usual: events of one type, one day and the same actors are one.
fn day_actors_type(found: &archive::Found) -> Vec<usize> {
    let key = |r: &Report| {
        let day = r.time.and_then(|t| t.0.as_day()).or(r.published.earliest);
        let who = |side: &[hearsay_types::incident::Party]| {
            let mut names: Vec<String> =
                side.iter().map(|p| p.actor_id.map_or(p.name.to_lowercase(), |id| id.to_string())).collect();
            names.sort();
            names
        };
        (r.kind.clone(), day, who(&r.actors), who(&r.recipients))
    };
    let mut keys = BTreeMap::new();
    let number = |r: &Report| {
        let next = keys.len();
        *keys.entry(key(r)).or_insert(next)
    };
    found.told.reports.iter().map(number).collect()
}

/// Pairs of articles that are one story, against the labels.
fn reprints(archives: &[Archive], rows: &[archive::Found]) -> crate::bench::Score {
    let mut score = crate::bench::Score::default();
    for (archive, found) in archives.iter().zip(rows) {
        for (n, one) in found.stories.iter().enumerate() {
            for (m, two) in found.stories.iter().enumerate().skip(n + 1) {
                let (gold, mine) = (archive.is_one_story(n, m), one == two);
                score.gold += usize::from(gold);
                score.found += usize::from(mine);
                score.right += usize::from(gold && mine);
            }
        }
    }
    score
}

/// Prints the groups that mix incidents, and the incidents that are torn.
fn misses(archive: &Archive, found: &archive::Found, weights: &Weights) {
    println!("\n== {}", archive.path.display());
    let labels = joined(found, weights);
    for incident in 0..archive.incidents() {
        println!("-- {}", archive.name(incident));
        for row in found.rows.iter().filter(|r| r.incident == incident) {
            let group = row.event.map_or("-".to_owned(), |at| labels[at].to_string());
            let others = row.event.map_or(0, |at| {
                let mine = |r: &&Row| r.event.is_some_and(|e| labels[e] == labels[at]) && r.incident != incident;
                found.rows.iter().filter(mine).count()
            });
            let mixed = if others > 0 { format!(" (with {others} of others)") } else { String::new() };
            let read = row.event.map_or(String::new(), |at| shown(&found.told.reports[at]));
            println!("  {group:>4}{mixed}  {} | {} | {read}", row.trigger, row.sentence);
        }
    }
}

fn shown(r: &Report) -> String {
    let names =
        |side: &[hearsay_types::incident::Party]| side.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ");
    let place = r.place.as_ref().map_or("", |p| p.name.as_str());
    let around: Vec<&str> = r.around.iter().map(|p| p.name.as_str()).collect();
    let time = r.time.map_or(String::new(), |t| format!("{:?}..{:?}", t.0.earliest, t.0.latest));
    format!(
        "{} {:?} [{}] > [{}] @{place} ~{around:?} {time} {:?}",
        r.kind,
        r.status,
        names(&r.actors),
        names(&r.recipients),
        r.numbers.iter().map(|n| n.low).collect::<Vec<_>>()
    )
}

/// The path of a file, for errors.
fn name(path: &Path) -> String {
    path.display().to_string()
}
