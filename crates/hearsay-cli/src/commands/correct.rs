//! `hearsay correct`: what a person changes in the record.

use super::Format;
use crate::{failed::Failed, output, record, talk, talk::Talk};
use anstyle::{Effects, Style};
use clap::Subcommand;
use hearsay_store::{Mode, Row, Store};
use hearsay_types::correction::{Act, Other, Wish};
use hearsay_types::{Correction, plover};
use serde_json::{Value, json};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Change what was coded: merge, split, reject, re-type, re-date, re-place, fix a source; or take a change back.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, long_about = ABOUT, subcommand_precedence_over_arg = true, arg_required_else_help = true)]
pub struct Args {
    /// The record; record.hearsay, or the only record in this folder, if it is not given.
    record: Option<PathBuf>,

    /// What to change.
    #[command(subcommand)]
    what: What,
}

const ABOUT: &str = "Change what was coded: merge, split, reject, re-type, re-date, re-place, fix a source; or take a change \
back.

A correction says who made it and why. It is kept in a log that only grows, beside what was coded, and replayed on every \
build: it outlives new pages and new versions of hearsay. Rows are named by their ids; the first characters are enough, as \
in `hearsay show`. Where a later version finds a row by another id, it is found again by its words and its sentence; where \
it cannot be found, the correction waits, and `list`, `doctor` and `verify` say so.";

const EXAMPLES: &str = "Examples:
  hearsay correct re-date 3f2a91c0 2012-02..2012-03 --why 'The article says winter'
  hearsay correct merge-actors 'the Front' 9b1c77 --why 'The same group, see its statement of May'
  hearsay correct border.hearsay reject 3f2a91c0 --why 'A film, no attack'
  hearsay correct list
  hearsay correct undo 77ab01
  hearsay correct export > ours.jsonl && hearsay correct other.hearsay import ours.jsonl";

/// Who makes a correction, and why.
#[derive(Debug, clap::Args)]
struct Say {
    /// Why: what the page says, or where you know it from.
    #[arg(long, value_name = "TEXT")]
    why: String,

    /// Who you are; your user name if it is not given.
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
}

/// What there is to correct.
#[derive(Debug, Subcommand)]
enum What {
    /// Two actors are one: all of ACTOR goes to INTO.
    MergeActors {
        /// The actor that goes: its id, or its name.
        actor: String,
        /// The actor that stays.
        into: String,
        #[command(flatten)]
        say: Say,
    },
    /// Some of what was read as one actor is another.
    SplitActor {
        /// The actor that was read: its id, or its name.
        actor: String,
        /// In these articles it is the other.
        #[arg(long, value_name = "ARTICLE", num_args = 1.., required_unless_present = "mentions")]
        articles: Vec<String>,
        /// At these mentions it is the other.
        #[arg(long, value_name = "MENTION", num_args = 1..)]
        mentions: Vec<String>,
        /// The other is new: the name to give it.
        #[arg(long, value_name = "NAME", required_unless_present = "into", conflicts_with = "into")]
        name: Option<String>,
        /// The other is an actor of the record.
        #[arg(long, value_name = "ACTOR")]
        into: Option<String>,
        #[command(flatten)]
        say: Say,
    },
    /// Incidents are one.
    MergeIncidents {
        /// Two or more.
        #[arg(required = true, num_args = 2.., value_name = "INCIDENT")]
        incidents: Vec<String>,
        #[command(flatten)]
        say: Say,
    },
    /// Some reports of an incident tell of another one.
    SplitIncident {
        /// The incident.
        incident: String,
        /// The events that leave it; they are one incident themselves.
        #[arg(required = true, value_name = "EVENT")]
        events: Vec<String>,
        #[command(flatten)]
        say: Say,
    },
    /// It is no event, or no claim.
    Reject {
        /// The event or the claim.
        row: String,
        #[command(flatten)]
        say: Say,
    },
    /// It is an act of another type.
    #[command(name = "re-type", visible_alias = "retype", after_help = types())]
    Retype {
        /// The event.
        event: String,
        /// PLOVER type, as in ASSAULT.
        #[arg(value_name = "TYPE")]
        kind: String,
        /// PLOVER mode; none if it is not given.
        #[arg(long)]
        mode: Option<String>,
        #[command(flatten)]
        say: Say,
    },
    /// It was at another time.
    #[command(name = "re-date", visible_alias = "redate")]
    Redate {
        /// The event.
        event: String,
        /// 2012, 2012-02, 2012-02-14; 2012-02..2012-03; 2012-02.. ; none.
        days: String,
        #[command(flatten)]
        say: Say,
    },
    /// It was at another place.
    #[command(name = "re-place", visible_alias = "replace")]
    Replace {
        /// The event.
        event: String,
        /// The id or the name of a place that some article of the record names; none.
        place: String,
        #[command(flatten)]
        say: Say,
    },
    /// It stands otherwise: happened, denied, disputed, alleged, planned, threatened, hypothetical, background, unclear.
    #[command(visible_alias = "status")]
    SetStatus {
        /// The event.
        event: String,
        /// How it stands.
        status: String,
        #[command(flatten)]
        say: Say,
    },
    /// Somebody else says it.
    #[command(visible_alias = "source")]
    FixSource {
        /// The claim.
        claim: String,
        /// An actor of the record says it.
        #[arg(long, value_name = "ACTOR", required_unless_present = "name", conflicts_with = "name")]
        actor: Option<String>,
        /// One of this name or description says it.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// A reader cannot know who it is.
        #[arg(long, conflicts_with = "actor")]
        anonymous: bool,
        #[command(flatten)]
        say: Say,
    },
    /// Take a correction back.
    Undo {
        /// The correction; `list` shows them.
        correction: String,
        /// Why.
        #[arg(long, value_name = "TEXT", default_value = "It was a mistake.")]
        why: String,
        /// Who you are; your user name if it is not given.
        #[arg(long, value_name = "NAME")]
        who: Option<String>,
    },
    /// Tell all corrections, and how they stand.
    List {
        /// Print them as JSON.
        #[arg(long, value_enum, value_name = "FORMAT")]
        format: Option<Format>,
    },
    /// Write all corrections as JSON lines, for `import` elsewhere.
    Export {
        /// Where to write; stdout if it is not given.
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Take corrections over from another record. It may be done before the pages are built.
    Import {
        /// JSON lines, as `export` writes them; - for stdin.
        file: PathBuf,
    },
}

fn types() -> String {
    let lines = plover::TYPES.iter().map(|(kind, _, modes)| format!("  {kind:<10} {}", modes.join(", ")));
    format!("Types and their modes:\n{}", lines.collect::<Vec<_>>().join("\n").replace(" \n", "\n"))
}

pub fn run(args: &Args, talk: &Talk) -> Result<ExitCode, Failed> {
    let given = args.record.as_deref();
    match &args.what {
        What::List { format } => list(&record::open(given)?, *format)?,
        What::Export { output } => export(&record::open(given)?, output.as_deref())?,
        What::Import { file } => import(given, file, talk)?,
        made => {
            let (wish, who, why) = wish(made)?;
            make(&mut Store::open(&record::find(given)?, Mode::Write)?, &wish, &who, why, talk)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What is asked for, by whom and why.
fn wish(what: &What) -> Result<(Wish, String, &str), Failed> {
    let own = String::clone;
    let (wish, who, why) = match what {
        What::MergeActors { actor, into, say } => {
            (Wish::MergeActors { actor: own(actor), into: own(into) }, &say.who, &say.why)
        }
        What::SplitActor { actor, articles, mentions, name, into, say } => {
            let into = other(into.as_ref(), name.as_ref());
            let (actor, articles, mentions) = (own(actor), articles.clone(), mentions.clone());
            (Wish::SplitActor { actor, articles, mentions, into }, &say.who, &say.why)
        }
        What::MergeIncidents { incidents, say } => {
            (Wish::MergeIncidents { incidents: incidents.clone() }, &say.who, &say.why)
        }
        What::SplitIncident { incident, events, say } => {
            (Wish::SplitIncident { incident: own(incident), events: events.clone() }, &say.who, &say.why)
        }
        What::Reject { row, say } => (Wish::Reject { row: own(row) }, &say.who, &say.why),
        What::Retype { event, kind, mode, say } => {
            (Wish::Retype { event: own(event), kind: own(kind), mode: mode.clone() }, &say.who, &say.why)
        }
        What::Redate { event, days, say } => (Wish::Redate { event: own(event), days: own(days) }, &say.who, &say.why),
        What::Replace { event, place, say } => {
            (Wish::Replace { event: own(event), place: own(place) }, &say.who, &say.why)
        }
        What::SetStatus { event, status, say } => {
            (Wish::SetStatus { event: own(event), status: own(status) }, &say.who, &say.why)
        }
        What::FixSource { claim, actor, name, anonymous, say } => {
            let source = other(actor.as_ref(), name.as_ref());
            (Wish::FixSource { claim: own(claim), source, anonymous: *anonymous }, &say.who, &say.why)
        }
        What::Undo { correction, why, who } => (Wish::Undo { correction: own(correction) }, who, why),
        What::List { .. } | What::Export { .. } | What::Import { .. } => {
            return Err(Failed::new("this changes nothing"));
        }
    };
    Ok((wish, self::who(who.as_deref())?, why))
}

fn other(actor: Option<&String>, name: Option<&String>) -> Other {
    actor.map_or_else(|| Other::Name(name.cloned().unwrap_or_default()), |actor| Other::Actor(actor.clone()))
}

/// The name given, or that of the user.
fn who(given: Option<&str>) -> Result<String, Failed> {
    let user = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let who = given.map(str::to_owned).or_else(user).filter(|who| !who.trim().is_empty());
    who.ok_or_else(|| Failed::new("nothing tells who makes the correction").hint("say it with `--who NAME`"))
}

fn make(store: &mut Store, wish: &Wish, who: &str, why: &str, talk: &Talk) -> Result<(), Failed> {
    let correction = store.correct(wish, who, why)?;
    super::build::connect(store)?;
    talk.say(format!("{}: corrected, {}", store.path().display(), correction.act.told()));
    talk.hint(format!("`hearsay correct undo {}` takes it back", short(&correction.id.to_string())));
    output::line(correction.id.to_string())
}

/// As much of an id as a person types.
fn short(id: &str) -> &str {
    id.get(..12).unwrap_or(id)
}

fn export(store: &Store, file: Option<&Path>) -> Result<(), Failed> {
    let log = store.corrections()?;
    output::to(file, |out| {
        let mut each = log.iter().map(|correction| writeln!(out, "{}", json!(correction)));
        each.try_for_each(|written| written.map_err(|e| Failed::writing("the output", &e)))
    })
}

/// The record is made where there is none, so that corrections can be there before the pages.
fn import(given: Option<&Path>, file: &Path, talk: &Talk) -> Result<(), Failed> {
    let unread = |e: std::io::Error| Failed::new(format!("{} cannot be read: {e}", file.display()));
    let mut text = String::new();
    match file == Path::new("-") {
        true => std::io::stdin().read_to_string(&mut text).map_err(unread)?,
        false => std::fs::File::open(file).and_then(|mut f| f.read_to_string(&mut text)).map_err(unread)?,
    };
    let path = given.map_or_else(|| record::find(None), |path| Ok(path.to_owned()))?;
    let mut store = Store::open(&path, Mode::Create)?;
    let new = store.import_corrections(&text)?.len() as u64;
    super::build::connect(&mut store)?;
    let waiting = store.summary()?.corrections.get("waiting").copied().unwrap_or(0);
    talk.say(format!("{}: {} taken over", path.display(), talk::counted(new, "correction", "corrections")));
    if waiting > 0 {
        talk.hint(format!("{} waiting for what they are about; see `hearsay correct list`", talk::count(waiting)));
    }
    Ok(())
}

const HEAD: Style = Style::new().effects(Effects::BOLD);
const DIM: Style = Style::new().effects(Effects::DIMMED);

fn list(store: &Store, format: Option<Format>) -> Result<(), Failed> {
    let (rows, log) = (store.rows("corrections")?, store.corrections()?);
    if format.is_some() {
        return output::line(json!({ "corrections": rows }).to_string());
    }
    if rows.is_empty() {
        return output::line("nothing has been corrected");
    }
    let lines: Vec<String> = rows.iter().zip(&log).map(|(row, correction)| told(row, correction)).collect();
    output::styled(lines.join("\n"))
}

fn told(row: &Row, correction: &Correction) -> String {
    let word = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
    let state = match (word("state"), word("note")) {
        ("applied", _) => String::new(),
        (state, "") => format!("  [{state}]"),
        (state, note) => format!("  [{state}: {note}]"),
    };
    let what = match &correction.act {
        Act::Undo { correction } => format!("takes back {}", short(&correction.to_string())),
        act => act.told(),
    };
    let at = correction.at.get(..16).unwrap_or(&correction.at).replace('T', " ");
    format!(
        "{HEAD}{}{HEAD:#}  {what}{state}\n  {DIM}{}, {}, {at}:{DIM:#} {}",
        short(word("id")),
        word("act"),
        correction.who,
        correction.why
    )
}
