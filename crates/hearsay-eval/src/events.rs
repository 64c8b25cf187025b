//! `events [FILE.tsv]`: coded events against PLOVER sentences, by the measures of the benchmark's own scorer. The training
//! file by default: `PLV_dev.tsv` is for reports only.

use crate::acts::print_weighed;
use crate::asked::EngineArgs;
use crate::bench::{Score, folder};
use anyhow::{Context, Result};
use clap::Parser;
use hearsay::{Hearsay, Options};
use hearsay_types::{Article, Event, Participant};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Parser)]
struct Args {
    /// The file of expected events; the training file if it is not given.
    file: Option<std::path::PathBuf>,
    /// Print what is missed and what is found in vain.
    #[arg(long)]
    misses: bool,
    /// Print, for every act that may be told, what it is weighed by and whether it is expected, as lines of JSON; no scores.
    #[arg(long)]
    marks: bool,
    #[command(flatten)]
    engine: EngineArgs,
}

/// What a sentence is expected to tell: source, target, type.
struct Row {
    source: String,
    target: String,
    kind: String,
}

/// Prints type and who-what-whom scores.
pub fn run(args: &[String]) -> Result<()> {
    let args: Args = crate::asked::args("events", args)?;
    let options = Options { engine: args.engine.tier(), engine_weights: args.engine.weights, ..Options::default() };
    let misses = args.misses;
    let path = args.file.unwrap_or_else(|| folder().join("events/plover/PLV_train.tsv"));
    let file = std::fs::read_to_string(&path).with_context(|| format!("{} is absent", path.display()))?;
    let sentences = rows(&file);
    let hearsay = Hearsay::new(options)?;
    let (mut kinds, mut whole) = (Score::default(), Score::default());
    let (mut silent, mut actor, mut recipient) = (0, 0, 0);
    for (text, rows) in &sentences {
        let coded = hearsay.code(Article::plain(text));
        let events = &coded.events;
        if args.marks {
            let told = |kind: &str| rows.iter().any(|r| r.kind == fold(kind));
            let all = hearsay.act_marks(&coded);
            all.iter().for_each(|w| print_weighed("plover", &coded.article.id.to_string(), told(w.1), w));
            continue;
        }
        let gold: BTreeSet<&str> = rows.iter().map(|r| r.kind.as_str()).collect();
        let found: BTreeSet<&str> = events.iter().map(|e| fold(e.kind)).collect();
        kinds.gold += gold.len();
        kinds.found += found.len();
        kinds.right += gold.intersection(&found).count();
        silent += usize::from(events.is_empty());
        for event in events.iter().filter(|e| misses && !gold.contains(fold(e.kind))) {
            println!("VAIN {} \"{}\" WANT {gold:?} | {text}", event.kind, event.trigger.of(text));
        }
        whole.gold += rows.len();
        whole.found += events.len();
        for row in rows {
            let right = |e: &&Event| {
                fold(e.kind) == row.kind
                    && meets(&row.source, &e.actors, text)
                    && meets(&row.target, &e.recipients, text)
            };
            whole.right += usize::from(events.iter().any(|e| right(&e)));
            actor += usize::from(events.iter().any(|e| meets(&row.source, &e.actors, text)));
            recipient += usize::from(events.iter().any(|e| meets(&row.target, &e.recipients, text)));
            if misses && !events.iter().any(|e| right(&e)) {
                let side = |l: &[Participant]| l.iter().map(|p| p.span.of(text)).collect::<Vec<_>>().join("+");
                let got: Vec<String> = events
                    .iter()
                    .map(|e| format!("{} [{}] -> [{}]", e.kind, side(&e.actors), side(&e.recipients)))
                    .collect();
                println!("WANT {} [{}] -> [{}] GOT {got:?} | {text}", row.kind, row.source, row.target);
            }
        }
    }
    if args.marks {
        return Ok(());
    }
    let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
    println!(
        "sentences {}  rows {}  events {}  silent {:.1} %",
        sentences.len(),
        whole.gold,
        whole.found,
        share(silent, sentences.len())
    );
    println!("actor found {:.1} %  recipient found {:.1} %", share(actor, whole.gold), share(recipient, whole.gold));
    println!("type {kinds}\nwho-what-whom {whole}");
    Ok(())
}

fn rows(file: &str) -> BTreeMap<String, Vec<Row>> {
    let mut lines = file.lines();
    let head: Vec<&str> = lines.next().unwrap_or("").split('\t').collect();
    let column = |name: &str| head.iter().position(|h| *h == name).unwrap_or(usize::MAX);
    let (text, source, target, kind) = (column("sentence"), column("source"), column("target"), column("gold_root"));
    let mut out: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for fields in lines.map(|l| l.split('\t').map(|f| f.trim_matches('"').replace("\"\"", "\"")).collect::<Vec<_>>()) {
        let field = |at: usize| fields.get(at).cloned().unwrap_or_default();
        out.entry(field(text)).or_default().push(Row {
            source: field(source),
            target: field(target),
            kind: field(kind),
        });
    }
    out
}

fn fold(kind: &str) -> &str {
    if matches!(kind, "CONCEDE" | "RETREAT") { "YIELD" } else { kind }
}

fn bag(text: &str) -> BTreeSet<String> {
    const SMALL: [&str; 11] = ["the", "a", "an", "of", "s", "and", "to", "in", "for", "on", "by"];
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|w| !w.is_empty() && !SMALL.contains(w) && *w != "at")
        .map(str::to_owned)
        .collect()
}

fn meets(gold: &str, side: &[Participant], text: &str) -> bool {
    let gold = bag(gold);
    side.iter().flat_map(|p| [p.span.of(text).to_owned(), p.name.clone()]).filter(|n| !n.is_empty()).any(|name| {
        let name = bag(&name);
        2 * gold.intersection(&name).count() >= gold.len() || (!name.is_empty() && name.is_subset(&gold))
    })
}
