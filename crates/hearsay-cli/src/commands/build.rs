//! `hearsay build`: pages in, a record out.

use crate::inputs::Inputs;
use crate::pipeline::{self, Coder, Stop, Tally};
use crate::{failed::Failed, output, record, talk, talk::Talk};
use clap::ValueEnum;
use hearsay::{Hearsay, Options, Tier};
use hearsay_store::{Mode, RunCounts, RunInfo, Store};
use hearsay_types::ReadAs;
use serde_json::json;
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::Instant;

/// Read pages into a record; only those that are not in it yet.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, long_about = ABOUT)]
pub struct Args {
    /// Files, folders, patterns such as 'pages/**/*.html', or - for what comes in on stdin.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<String>,

    /// The record to write; it is made where there is none.
    #[arg(short, long, value_name = "RECORD", default_value = record::DEFAULT)]
    output: PathBuf,

    /// What a file is: `page` finds the stories on it, `article` takes the whole text as one story.
    #[arg(long = "as", value_enum, value_name = "KIND", default_value = "page")]
    read_as: Kind,

    /// How deep the language engine reads: `accurate` with all its layers, `fast` with half of them, `none` leaves it to rules.
    #[arg(long, value_enum, value_name = "TIER", default_value = "accurate")]
    engine: Engine,

    /// Your own actors: a table whose rows win over those that ship. docs/own-data.md says how to write one.
    #[arg(long, value_name = "FILE")]
    actors: Option<PathBuf>,

    /// Your own gazetteer in the format of GeoNames; a name that it knows is looked up in no other.
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,

    /// How many pages are worked on at a time; as many as there are cores if it is not given.
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZero<usize>>,

    /// Print what came of it on stdout, as JSON.
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<super::Format>,
}

const ABOUT: &str = "Read pages into a record; only those that are not in it yet.

A page is an HTML file, or text copied from a page. Also read: WARC files (.warc, .warc.gz), JSON lines (`url`, `html` or \
`text`, `published`, `title`, `byline`, `publisher`), and saved RSS and Atom feeds; any of them may be packed with gzip or \
zstd. What a file is, is told by its content.

Folders are read with all folders in them; hidden files, style sheets, scripts and images are passed over. A page that \
cannot be read is named, counted and passed over. A build can be stopped or killed at any moment: run it again and it \
goes on where it stopped.";

const EXAMPLES: &str = "Examples:
  hearsay build saved-pages/
  hearsay build 2012/*.html crawl.warc.gz -o border.hearsay
  xz -dc crawl.warc.xz | hearsay build -
  hearsay build stories/ --as article --format json

Exit status: 0 all well, 1 could not run, 2 ran but some pages failed, 130 stopped with Ctrl-C.";

/// How a file is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Page,
    Article,
}

impl Kind {
    fn read_as(self) -> ReadAs {
        match self {
            Kind::Page => ReadAs::Page,
            Kind::Article => ReadAs::Article,
        }
    }
}

/// How deep the language engine reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    Accurate,
    Fast,
    None,
}

impl Engine {
    fn tier(self) -> Option<Tier> {
        match self {
            Engine::Accurate => Some(Tier::Accurate),
            Engine::Fast => Some(Tier::Fast),
            Engine::None => None,
        }
    }
}

/// What a build reads with where nobody chooses.
pub fn usual() -> Options {
    Options { engine: Some(Tier::Accurate), ..Options::default() }
}

/// What came of a build.
pub struct Built {
    pub tally: Tally,
    pub passed: u64,
    pub seconds: f64,
}

pub fn run(args: &Args, talk: &Talk) -> Result<ExitCode, Failed> {
    let mut inputs = Inputs::find(&args.paths);
    inputs.leave_out(&args.output);
    if inputs.found.is_empty() {
        return Err(nothing(&inputs));
    }
    let threads = args.jobs.or_else(|| std::thread::available_parallelism().ok()).map_or(1, NonZero::get);
    let (actors, gazetteer) = (args.actors.clone(), args.gazetteer.clone());
    let options = Options { read_as: args.read_as.read_as(), engine: args.engine.tier(), actors, gazetteer, ..usual() };
    let built = build(&inputs, &args.output, options, threads, talk)?;
    tell(&args.output, &built, talk);
    if args.format.is_some() {
        output::line(summary(&args.output, &built).to_string())?;
    }
    Ok(exit_code(&built))
}

/// 0 all well, 2 some pages failed, 130 stopped.
pub fn exit_code(built: &Built) -> ExitCode {
    ExitCode::from(match built.tally {
        Tally { stopped: true, .. } => 130,
        Tally { failed: 1.., .. } => 2,
        _ => 0,
    })
}

/// Nothing that was named can be read.
fn nothing(inputs: &Inputs) -> Failed {
    let named: Vec<String> = inputs.failures.iter().map(|f| format!("{}: {}", f.path, f.message)).collect();
    Failed::new(named.join("; "))
        .hint("give files or folders of saved pages; `hearsay build --help` says what can be read")
}

/// Reads all inputs into the record at `path` and links what is new.
pub fn build(inputs: &Inputs, path: &Path, options: Options, threads: usize, talk: &Talk) -> Result<Built, Failed> {
    let (begun, stop) = (Instant::now(), interruptible());
    let info = run_info(&options)?;
    let hearsay = Hearsay::new(options).map_err(|error| Failed::new(error.to_string()))?;
    let mut store = Store::open(path, Mode::Create)?;
    store.begin_run(&info)?;
    let coder = Coder { hearsay, done: store.done()? };
    let bar = talk.progress(inputs.bytes());
    let quiet = quiet_panics();
    let mut tally = pipeline::run(inputs, &coder, &mut store, threads, &bar, &stop)?;
    drop(quiet);
    bar.finish_and_clear();
    if !tally.stopped {
        link(&mut store, talk, &stop)?;
        tally.stopped = stop.load(Ordering::Relaxed);
    }
    let seconds = begun.elapsed().as_secs_f64();
    if !tally.stopped {
        store.finish_run(&counts(&tally, seconds), &[])?;
    }
    Ok(Built { tally, passed: inputs.passed, seconds })
}

/// Joins the articles that are new with what the record holds, in an order that does not depend on how they came.
fn link(store: &mut Store, talk: &Talk, stop: &Stop) -> Result<(), Failed> {
    let new = store.unlinked()?;
    let any = !new.is_empty();
    let bar = talk.progress(Some(new.len() as u64));
    bar.set_message("joining reprints");
    for article in new {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let changes = hearsay::record::link(&store.signature(article)?, store);
        store.apply(article, &changes)?;
        bar.inc(1);
    }
    bar.finish_and_clear();
    if !stop.load(Ordering::Relaxed) && (any || store.has_loose_events()?) {
        store.replay()?;
        connect(store)?;
    }
    Ok(())
}

/// Joins the events of one act into incidents, and finds disputes and relations: all anew, from what the record holds now. To be
/// called whenever events, claims, stories or corrections have changed.
pub fn connect(store: &mut Store) -> Result<(), Failed> {
    let linked = hearsay::record::connect(store.told()?);
    Ok(store.keep(&linked)?)
}

/// A page that was coded with another engine, other weights or other data is coded again.
fn run_info(options: &Options) -> Result<RunInfo, Failed> {
    let mut told = json!({ "read_as": options.read_as, "engine": options.engine.map_or("none", Tier::name) });
    for (name, path) in [("actors", &options.actors), ("gazetteer", &options.gazetteer)] {
        if let Some(path) = path {
            told[name] = own_file(path)?;
        }
    }
    Ok(RunInfo { version: hearsay::VERSION.to_owned(), options: told, hashes: crate::shipped::hashes() })
}

/// A user's file as a run remembers it: its name and the SHA-256 of its bytes.
fn own_file(path: &Path) -> Result<serde_json::Value, Failed> {
    let bytes = std::fs::read(path).map_err(|error| Failed::new(format!("{}: {error}", path.display())))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    Ok(json!({ "file": name, "sha256": hearsay_types::PageId::of(&bytes).to_string() }))
}

fn counts(tally: &Tally, seconds: f64) -> RunCounts {
    RunCounts { read: tally.read, skipped: tally.skipped, failed: tally.failed, articles: tally.articles, seconds }
}

/// The first Ctrl-C ends the run when what is under way is kept; a second one ends it at once, which loses nothing that
/// was kept either.
fn interruptible() -> Stop {
    let stop = Stop::default();
    // Where the system does not let us listen, Ctrl-C ends the run at once.
    let _ = signal_hook::flag::register_conditional_shutdown(signal_hook::consts::SIGINT, 130, stop.clone());
    let _ = signal_hook::flag::register(signal_hook::consts::SIGINT, stop.clone());
    stop
}

/// A page that brings out a defect is a failure with a name; the usual report of a panic would only be noise beside it.
fn quiet_panics() -> impl Drop {
    struct Restore;
    impl Drop for Restore {
        fn drop(&mut self) {
            let _ = std::panic::take_hook();
        }
    }
    std::panic::set_hook(Box::new(|_| {}));
    Restore
}

/// So many failures are named; the others are counted.
const NAMED: usize = 10;

/// Says what came of a build.
pub fn tell(path: &Path, built: &Built, talk: &Talk) {
    let tally = &built.tally;
    let named = if talk.is_verbose() { usize::MAX } else { NAMED };
    for failure in tally.failures.iter().take(named) {
        talk.trouble(format!("{}: {}", failure.path, failure.message));
    }
    let more = tally.failed - tally.failures.len().min(named) as u64;
    if more > 0 {
        let more = talk::count(more);
        talk.hint(format!("{more} more failed; `hearsay doctor {}` lists them all", path.display()));
    }
    talk.say(format!("{}: {} in {:.1} s", path.display(), sentence(built), built.seconds));
    if tally.stopped {
        talk.hint("stopped; run the same command again and it goes on from here");
    }
}

fn sentence(built: &Built) -> String {
    let tally = &built.tally;
    let mut parts = vec![format!("{} read", talk::counted(tally.read, "page", "pages"))];
    parts.push(talk::counted(tally.articles, "article", "articles"));
    for (n, what) in
        [(tally.skipped, "in already"), (tally.failed, "failed"), (built.passed, "other files passed over")]
    {
        if n > 0 {
            parts.push(format!("{} {what}", talk::count(n)));
        }
    }
    parts.join(", ")
}

fn summary(path: &Path, built: &Built) -> serde_json::Value {
    let tally = &built.tally;
    json!({
        "record": path.display().to_string(),
        "read": tally.read,
        "articles": tally.articles,
        "skipped": tally.skipped,
        "failed": tally.failed,
        "passed_over": built.passed,
        "seconds": built.seconds,
        "stopped": tally.stopped,
        "failures": tally.failures.iter()
            .map(|f| json!({"path": f.path, "code": f.code, "message": f.message})).collect::<Vec<_>>(),
    })
}
