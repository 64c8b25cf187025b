//! `acts [train|test]`: coded events against the project's own labels. `test` is for reports: never tune on it.

use crate::asked::EngineArgs;
use crate::bench::Score;
use crate::labels::{self, EventLabel, Made, Passage, Words};
use anyhow::Result;
use clap::Parser;
use hearsay::events::Weighed;
use hearsay::{Hearsay, Options};
use hearsay_types::{ArticleText, Event, NumberKind, Participant, Span};
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Debug, Parser)]
struct Args {
    /// Which split: `train` or `test`.
    #[arg(default_value = "train")]
    split: String,
    /// Print what is missed, found in vain, or told otherwise.
    #[arg(long)]
    misses: bool,
    /// Print, for every act that may be told, what it is weighed by and whether it is labelled, as lines of JSON; no scores.
    #[arg(long)]
    marks: bool,
    #[command(flatten)]
    engine: EngineArgs,
}

/// Counts of one run.
#[derive(Debug, Default)]
struct Tally {
    /// Whether to print what is not right.
    misses: bool,
    texts: usize,
    /// Of the acts found, those with the right trigger.
    triggers: usize,
    actors: Score,
    recipients: Score,
    numbers: Score,
    by_kind: BTreeMap<String, Score>,
    modes: (usize, usize),
    statuses: (usize, usize),
    /// Texts without an event, those among them with a false one.
    quiet: (usize, usize),
    /// The same for the texts that look like an event.
    look_alikes: (usize, usize),
}

/// Prints the scores.
pub fn run(args: &[String]) -> Result<()> {
    let args: Args = crate::asked::args("acts", args)?;
    let options = Options { engine: args.engine.tier(), engine_weights: args.engine.weights, ..Options::default() };
    let hearsay = Hearsay::new(options)?;
    let mut tally = Tally { misses: args.misses, ..Tally::default() };
    for file in labels::read(Path::new("training/data"), &args.split)? {
        for (made, passages) in file.articles() {
            let coded = hearsay.code(made.article.clone());
            let text = Text { made: &made, passages, theme: &file.theme };
            if args.marks {
                let name = file.path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                text.print_marks(&name, &hearsay.act_marks(&coded))?;
                continue;
            }
            text.count(&coded.events, &mut tally)?;
        }
    }
    if !args.marks {
        tally.print(&args.split);
    }
    Ok(())
}

/// A line of what `training/fit_acts.py` reads: where an act may be told, what it is weighed by, and whether it is told.
pub fn print_weighed(file: &str, text: &str, told: bool, weighed: &Weighed) {
    let (trigger, kind, marks) = weighed;
    let row = serde_json::json!({"file": file, "text": text, "trigger": trigger.start, "type": kind, "told": told, "marks": marks});
    println!("{row}");
}

/// A labelled text.
struct Text<'a> {
    made: &'a Made,
    passages: &'a [Passage],
    theme: &'a str,
}

/// A labelled event with where it stands in the body.
struct Gold<'a> {
    passage: &'a Passage,
    start: usize,
    label: &'a EventLabel,
    trigger: Vec<Span>,
}

impl Gold<'_> {
    fn spans(&self, words: &Words) -> Result<Vec<Span>> {
        let moved = |s: Span| Span::new(s.start + self.start, s.end + self.start);
        Ok(words.find(&self.passage.text)?.into_iter().map(moved).collect())
    }
}

impl Text<'_> {
    /// The labelled events of the body: headlines are not coded.
    fn gold(&self) -> Result<Vec<Gold<'_>>> {
        let mut out = Vec::new();
        let places = self.passages.iter().zip(&self.made.places).filter(|(_, (text, _))| *text == ArticleText::Body);
        for (passage, (_, start)) in places {
            for label in &passage.events {
                let mut gold = Gold { passage, start: *start, label, trigger: Vec::new() };
                gold.trigger = gold.spans(&Words::One(label.trigger.clone()))?;
                out.push(gold);
            }
        }
        Ok(out)
    }

    /// Each candidate once; a label's own word is it, else the first of the label's type in its passage.
    fn print_marks(&self, file: &str, all: &[Weighed]) -> Result<()> {
        let mut told = vec![false; all.len()];
        for gold in &self.gold()? {
            let range = gold.start..gold.start + gold.passage.text.len();
            let fits = |w: &Weighed| w.1 == gold.label.kind && range.contains(&w.0.start);
            let exact = |w: &Weighed| fits(w) && gold.trigger.iter().any(|t| meets(w.0, *t));
            let free = |i: &usize, is: &dyn Fn(&Weighed) -> bool| !told[*i] && is(&all[*i]);
            let found = (0..all.len()).find(|i| free(i, &exact)).or_else(|| (0..all.len()).find(|i| free(i, &fits)));
            if let Some(at) = found {
                told[at] = true;
            }
        }
        let text: String = self.made.article.text.chars().take(80).collect();
        all.iter().zip(told).for_each(|(weighed, told)| print_weighed(file, &text, told, weighed));
        Ok(())
    }

    fn count(&self, events: &[Event], tally: &mut Tally) -> Result<()> {
        let gold = self.gold()?;
        tally.texts += 1;
        if gold.is_empty() {
            let wrong = usize::from(!events.is_empty());
            tally.quiet = (tally.quiet.0 + 1, tally.quiet.1 + wrong);
            if self.theme.starts_with("look-alikes") {
                tally.look_alikes = (tally.look_alikes.0 + 1, tally.look_alikes.1 + wrong);
            }
        }
        for event in events {
            tally.by_kind.entry(event.kind.to_owned()).or_default().found += 1;
        }
        let mut free: Vec<&Event> = events.iter().collect();
        for gold in &gold {
            let score = tally.by_kind.entry(gold.label.kind.clone()).or_default();
            score.gold += 1;
            match partner(gold, &free) {
                Some(at) => {
                    score.right += 1;
                    self.compare(gold, free.remove(at), tally)?;
                }
                None if tally.misses => println!("MISS {} | {}", shown(gold.label), gold.passage.text),
                None => {}
            }
        }
        let text = &self.made.article.text;
        for event in free.iter().filter(|_| tally.misses) {
            println!("VAIN {} | {}", line(event, text), around(text, event.trigger));
        }
        Ok(())
    }

    fn compare(&self, gold: &Gold, event: &Event, tally: &mut Tally) -> Result<()> {
        let text = &self.made.article.text;
        tally.triggers += usize::from(gold.trigger.iter().any(|t| meets(event.trigger, *t)));
        let mode = event.mode.unwrap_or("") == gold.label.mode;
        tally.modes = (tally.modes.0 + usize::from(mode), tally.modes.1 + 1);
        let told = serde_json::to_value(event.status)?;
        let status = told.as_str() == Some(&gold.label.status);
        tally.statuses = (tally.statuses.0 + usize::from(status), tally.statuses.1 + 1);
        let actor = side(&gold.spans(&gold.label.actor)?, &event.actors, &mut tally.actors);
        let recipient = side(&gold.spans(&gold.label.recipient)?, &event.recipients, &mut tally.recipients);
        let numbers = numbers(gold.label, event, text, &mut tally.numbers);
        if tally.misses && !(mode && status && actor && recipient && numbers) {
            println!("DIFF {} GOT {} | {}", shown(gold.label), line(event, text), gold.passage.text);
        }
        Ok(())
    }
}

impl Tally {
    fn print(&self, split: &str) {
        let share = |(right, of): (usize, usize)| 100.0 * right as f64 / of.max(1) as f64;
        let sum = |part: fn(&Score) -> usize| self.by_kind.values().map(part).sum();
        let acts = Score { gold: sum(|s| s.gold), found: sum(|s| s.found), right: sum(|s| s.right) };
        println!("{split}: texts {}  events {}  found {}", self.texts, acts.gold, acts.found);
        println!("type {acts}\ntype and trigger {}", Score { right: self.triggers, ..acts });
        println!("of the acts that were found: mode {:.1} %  status {:.1} %", share(self.modes), share(self.statuses));
        println!("actor {}\nrecipient {}\nnumbers {}", self.actors, self.recipients, self.numbers);
        let (of, wrong) = self.look_alikes;
        println!("look-alikes {of}, with a false event {wrong}: {:.1} %", share((wrong, of)));
        let (of, wrong) = self.quiet;
        println!("all texts without an event {of}, with a false one {wrong}: {:.1} %", share((wrong, of)));
        for (kind, score) in &self.by_kind {
            println!("  {kind:10} {:3} {score}", score.gold);
        }
    }
}

/// The event that answers a label: of its type in the same passage, best with its trigger.
fn partner(gold: &Gold, free: &[&Event]) -> Option<usize> {
    let range = gold.start..gold.start + gold.passage.text.len();
    let fits = |e: &Event| e.kind == gold.label.kind && range.contains(&e.trigger.start);
    let exact = free.iter().position(|e| fits(e) && gold.trigger.iter().any(|t| meets(e.trigger, *t)));
    exact.or_else(|| free.iter().position(|e| fits(e)))
}

fn meets(found: Span, gold: Span) -> bool {
    found.start < gold.end && gold.start < found.end
}

/// Counts participants: a found one is right if it shares enough of one that is expected.
fn side(gold: &[Span], found: &[Participant], score: &mut Score) -> bool {
    let right = gold.iter().filter(|g| found.iter().any(|p| same(**g, p.span))).count();
    score.gold += gold.len();
    score.found += found.len();
    score.right += right;
    right == gold.len() && found.len() == gold.len()
}

fn same(gold: Span, found: Span) -> bool {
    let shared = gold.end.min(found.end).saturating_sub(gold.start.max(found.start));
    2 * shared >= gold.len().min(found.len()) && shared > 0 && 3 * shared >= gold.len().max(found.len())
}

fn numbers(label: &EventLabel, event: &Event, text: &str, score: &mut Score) -> bool {
    const KINDS: [(&str, NumberKind); 7] = [
        ("killed", NumberKind::Killed),
        ("wounded", NumberKind::Wounded),
        ("displaced", NumberKind::Displaced),
        ("arrested", NumberKind::Arrested),
        ("abducted", NumberKind::Abducted),
        ("missing", NumberKind::Missing),
        ("released", NumberKind::Released),
    ];
    let gold: Vec<(NumberKind, &str)> =
        KINDS.iter().filter_map(|(name, kind)| Some((*kind, label.numbers.get(*name)?.split('#').next()?))).collect();
    let right = |(kind, words): &&(NumberKind, &str)| {
        event.numbers.iter().any(|n| n.kind == *kind && words.contains(n.span.of(text)))
    };
    let right = gold.iter().filter(right).count();
    score.gold += gold.len();
    score.found += event.numbers.len();
    score.right += right;
    right == gold.len() && event.numbers.len() == gold.len()
}

fn shown(label: &EventLabel) -> String {
    let EventLabel { trigger, kind, mode, actor, recipient, numbers, status } = label;
    format!("{kind} {mode} [{trigger}] {actor:?} -> {recipient:?} {status} {numbers:?}")
}

fn line(event: &Event, text: &str) -> String {
    let side = |list: &[Participant]| list.iter().map(|p| p.span.of(text)).collect::<Vec<_>>().join("+");
    let numbers: Vec<String> = event.numbers.iter().map(|n| format!("{:?}={}", n.kind, n.span.of(text))).collect();
    format!(
        "{} {} [{}] ({}) -> ({}) {:?} {numbers:?}",
        event.kind,
        event.mode.unwrap_or(""),
        event.trigger.of(text),
        side(&event.actors),
        side(&event.recipients),
        event.status
    )
}

/// The line of a text that holds a span.
fn around(text: &str, span: Span) -> &str {
    let start = text[..span.start].rfind('\n').map_or(0, |i| i + 1);
    text[start..].lines().next().unwrap_or("")
}
