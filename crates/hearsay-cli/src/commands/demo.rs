//! `hearsay demo`: a small made-up archive that ships inside, built into a record, and what can be asked of it.

use super::{build, doctor};
use crate::inputs::Inputs;
use crate::{failed::Failed, output, talk, talk::Talk};
use hearsay_store::{Mode, Row, Store, Summary};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Build a record of a small made-up archive that ships inside, and show what is in it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, long_about = ABOUT)]
pub struct Args {
    /// The record to write.
    #[arg(short, long, value_name = "RECORD", default_value = "demo.hearsay")]
    output: PathBuf,

    /// Write the pages of the archive into this folder instead, to look at them or to build them yourself.
    #[arg(long, value_name = "FOLDER")]
    pages: Option<PathBuf>,
}

const ABOUT: &str = "Build a record of a small made-up archive that ships inside, and show what is in it.

The archive is about two countries that do not exist, Tolvar and Belquar, and ten days on the river between them. It holds \
what real archives hold: pages of several newspapers, one wire story in two of them, a denial, reader comments, a page in \
Arabic, a live page with two stories, a feed, a WARC file, JSON lines, and a page of 1998.";

const EXAMPLES: &str = "Examples:
  hearsay demo
  hearsay demo --pages demo-pages && hearsay build demo-pages";

macro_rules! files {
    ($($name:literal),+ $(,)?) => { [$((concat!("demo/", $name), include_bytes!(concat!("../../demo/", $name)))),+] };
}

/// The archive.
const FILES: &[(&str, &[u8])] = &files![
    "agency-2014-04.jsonl",
    "courant-2014-04.warc.gz",
    "courier-2014-04-08-border.html",
    "courier-2014-04-10-denial.html",
    "courier-feed-2014-04-11.xml",
    "herald-2014-04-08-qasrel.html",
    "iven-today-2014-04-09.txt",
    "live-2014-04-10.html",
    "monitor-2014-04-09-umm-dair.html",
    "mpa-1998-11-03.html",
    "nahr-2014-04-10.html",
];

pub fn run(args: &Args, talk: &Talk) -> Result<ExitCode, Failed> {
    if let Some(folder) = &args.pages {
        return unpack(folder, talk);
    }
    let threads = std::thread::available_parallelism().map_or(1, Into::into);
    let built = build::build(&Inputs::shipped(FILES), &args.output, build::usual(), threads, talk)?;
    build::tell(&args.output, &built, talk);
    let store = Store::open(&args.output, Mode::Read)?;
    output::styled(described(&store, &args.output)?)?;
    Ok(build::exit_code(&built))
}

fn unpack(folder: &Path, talk: &Talk) -> Result<ExitCode, Failed> {
    let fail = |e: &std::io::Error| Failed::writing(&folder.display().to_string(), e);
    std::fs::create_dir_all(folder).map_err(|e| fail(&e))?;
    for (name, bytes) in FILES {
        let name = name.rsplit('/').next().unwrap_or(name);
        std::fs::write(folder.join(name), bytes).map_err(|e| fail(&e))?;
    }
    talk.say(format!("{}: {} written", folder.display(), talk::counted(FILES.len() as u64, "file", "files")));
    Ok(ExitCode::SUCCESS)
}

fn described(store: &Store, path: &Path) -> Result<String, Failed> {
    let (claims, articles) = (store.rows("claims")?, store.rows("articles")?);
    let mut parts = vec![contents(&store.summary()?)];
    parts.extend(chain(&claims).map(|claim| told(store, "A claim within a claim", claim)).transpose()?);
    parts.extend(denial(&claims).map(|claim| told(store, "A denial", claim)).transpose()?);
    let incidents = store.rows("incidents")?;
    parts.extend(
        incident(&incidents).map(|row| told(store, "One incident, told by several publishers", row)).transpose()?,
    );
    parts.extend(reprint(&store.rows("stories")?, &articles));
    parts.push(next(path, chain(&claims).or(claims.first())));
    Ok(parts.join("\n\n"))
}

fn contents(s: &Summary) -> String {
    let sum = |figures: &std::collections::BTreeMap<String, u64>| figures.values().sum::<u64>();
    let publishers: Vec<&str> = s.publishers.iter().map(|(name, _)| name.as_str()).filter(|n| !n.is_empty()).collect();
    format!(
        "A made-up archive about two countries that do not exist, Tolvar and Belquar.\n\
         \n  pages       {} with {}, {} left out\n  published   {}\n  publishers  {}\n  claims      {}\n  events      {}\n  stories     {}, {} of them printed more than once",
        sum(&s.pages),
        talk::counted(sum(&s.articles), "article", "articles"),
        talk::counted(s.comments, "reader comment", "reader comments"),
        doctor::span(&s.published),
        publishers.join(", "),
        figures(&s.claims),
        figures(&s.statuses),
        s.stories,
        s.reprinted,
    )
}

fn figures(by: &std::collections::BTreeMap<String, u64>) -> String {
    let mut each: Vec<_> = by.iter().collect();
    each.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), *name));
    let words: Vec<String> = each.iter().map(|(name, n)| format!("{n} {name}")).collect();
    format!("{}: {}", by.values().sum::<u64>(), words.join(", ")).trim_end_matches([':', ' ']).to_owned()
}

/// A claim of one source inside that of another, best where the outer source has a name; of several the one that says most.
fn chain(claims: &[Row]) -> Option<&Row> {
    let parent = |claim: &Row| claims.iter().find(|c| c.get("id") == claim.get("parent"));
    let name = |claim: &Row| claim.get("source").and_then(|source| Some(source.get("name")?.as_str()?.to_owned()));
    let nested = claims.iter().filter_map(|claim| Some((claim, parent(claim)?)));
    let nested = nested.filter(|(claim, parent)| name(claim).is_some() && name(claim) != name(parent));
    // Who declines to speak, or to be named, tells nothing that could hold a claim.
    let nested = nested.filter(|(_, parent)| word(parent, "stance") != "declines");
    // A speaker's "we" inside of what the speaker says is no second source.
    let nested = nested.filter(|(claim, _)| naming(claim) != "bare");
    nested.max_by_key(|(claim, parent)| (is_named(parent), says(claim))).map(|(claim, _)| claim)
}

/// A denial, best by a source that has a name; of several the one that says most.
fn denial(claims: &[Row]) -> Option<&Row> {
    let denials = claims.iter().filter(|c| word(c, "stance") == "denies");
    denials.max_by_key(|claim| (is_named(claim), says(claim)))
}

fn is_named(claim: &Row) -> bool {
    matches!(naming(claim), "named" | "outlet")
}

/// How its source is named.
fn naming(claim: &Row) -> &str {
    claim.get("source").and_then(|source| source.get("naming")?.as_str()).unwrap_or_default()
}

/// How many bytes its content has.
fn says(claim: &Row) -> usize {
    let spans = claim.get("content").and_then(|content| content.get("spans")?.as_array());
    spans.into_iter().flatten().filter_map(|span| Some(span.get("text")?.as_str()?.len())).sum()
}

fn told(store: &Store, heading: &str, claim: &Row) -> Result<String, Failed> {
    let shown = store.show(word(claim, "id"))?;
    Ok(format!("{heading}:\n{}", super::show::told(&shown)))
}

/// The incident that most publishers tell on their own; of several the one that most stories tell.
fn incident(incidents: &[Row]) -> Option<&Row> {
    let count = |row: &Row, name: &str| row.get(name).and_then(Value::as_array).map_or(0, Vec::len);
    let told = incidents.iter().filter(|row| count(row, "publishers") > 1);
    told.max_by_key(|row| (count(row, "publishers"), count(row, "stories"), count(row, "numbers"), word(row, "id")))
}

/// Two articles that are one text, and why.
fn reprint(stories: &[Row], articles: &[Row]) -> Option<String> {
    let story = stories.iter().find(|s| s.get("reprints").and_then(Value::as_array).is_some_and(|r| !r.is_empty()))?;
    let pair = story.get("reprints")?.as_array()?.first()?;
    let name = |key: &str| {
        let id = pair.get(key).and_then(Value::as_str)?;
        let article = articles.iter().find(|a| word(a, "id") == id)?;
        Some(format!("  “{}” ({})", word(article, "title"), word(article, "publisher")))
    };
    let why = pair.get("why").and_then(Value::as_str).unwrap_or("");
    Some(format!("One story, printed twice:\n{}\n{}\n  {why}", name("article")?, name("other")?))
}

/// Commands that work as they stand.
fn next(path: &Path, claim: Option<&Row>) -> String {
    let record = quoted(path);
    let mut lines = vec![
        "What to ask next:".to_owned(),
        format!(
            "  hearsay sql {record} \"SELECT c.source->>'name' AS who, s.text FROM claims c JOIN sentences s ON s.id = c.sentence_id WHERE c.stance = 'denies'\""
        ),
        format!(
            "  hearsay sql {record} \"SELECT c.source->>'name' AS who, a.publisher, s.text FROM claims c JOIN sentences s ON s.id = c.sentence_id JOIN articles a ON a.id = c.article_id WHERE c.source->>'anonymous'\""
        ),
        format!("  hearsay export {record} --table events --format csv"),
    ];
    lines.extend(claim.map(|claim| format!("  hearsay show {record} {}", word(claim, "id"))));
    lines.push(format!("  hearsay doctor {record}"));
    lines.join("\n")
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = text.chars().all(|c| c.is_alphanumeric() || "/._-+=:@,".contains(c));
    if plain { text } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

fn word<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or("")
}
