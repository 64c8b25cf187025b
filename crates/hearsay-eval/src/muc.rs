//! `muc [dev|tst1|tst2]`: coded events as incidents, against the templates of MUC-3 and MUC-4.
//!
//! The record codes acts and MUC wants incidents of its own kind (see `incident`). Optional templates count neither way. A slot is
//! right where one of its answers and what was found share half of their words.

mod incident;

use crate::asked::EngineArgs;
use crate::bench::{Score, folder};
use anyhow::{Context, Result, bail};
use clap::Parser;
use hearsay::{Hearsay, Options};
use hearsay_types::ReadAs;
use incident::Incident;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[derive(Debug, Parser)]
struct Args {
    /// Which part: `dev`, `tst1` or `tst2`.
    #[arg(default_value = "dev")]
    part: String,
    /// Only every n-th story.
    #[arg(long, default_value_t = 1)]
    every: usize,
    /// All stories but every n-th.
    #[arg(long, conflicts_with = "every")]
    but: Option<usize>,
    /// Print the marks of all incidents instead, the irrelevant ones among them: what `training/fit_muc.py` reads.
    #[arg(long)]
    marks: bool,
    /// Print what is expected and found.
    #[arg(long)]
    misses: bool,
    #[command(flatten)]
    engine: EngineArgs,
}

/// The slots that are scored, with their field in a template of the key.
const SLOTS: [(&str, &[u8]); 4] =
    [("perpetrator organisation", &[10]), ("victim", &[18, 19]), ("place", &[3]), ("date", &[2])];

/// A template of the key: for each field its answers, each a set of wordings.
#[derive(Debug, Default, Clone)]
struct Template {
    kind: String,
    optional: bool,
    fields: BTreeMap<u8, Vec<Vec<String>>>,
    confidence: String,
}

#[derive(Debug, Default)]
struct Tally {
    stories: usize,
    types: Score,
    slots: [Score; 4],
    confidence: (usize, usize),
}

/// Prints the scores.
pub fn run(args: &[String]) -> Result<()> {
    let args: Args = crate::asked::args("muc", args)?;
    let base = folder().join("events/muc").join(&args.part);
    if !base.exists() {
        println!("{} is absent; not measured", base.display());
        return Ok(());
    }
    let options = Options {
        engine: args.engine.tier(),
        engine_weights: args.engine.weights,
        read_as: ReadAs::Article,
        ..Options::default()
    };
    let hearsay = Hearsay::new(options)?;
    let keys = templates(&files(&base, true)?)?;
    let mut tally = Tally::default();
    let asked = |at: &usize| args.but.map_or(at.is_multiple_of(args.every.max(1)), |n| !at.is_multiple_of(n.max(1)));
    for (_, (id, text)) in stories(&files(&base, false)?)?.into_iter().enumerate().filter(|(at, _)| asked(at)) {
        let none = Vec::new();
        let gold = keys.get(&id).unwrap_or(&none);
        let mut found = incident::incidents(&hearsay, &id, &text);
        if args.marks {
            print_marks(&id, gold, &found);
            continue;
        }
        found.retain(Incident::is_relevant);
        tally.stories += 1;
        tally.add(gold, found, args.misses.then_some(&id));
    }
    if !args.marks {
        tally.print();
    }
    Ok(())
}

/// A line for each incident: its story, its marks, and whether a template wants it; one that an optional template takes is left out.
fn print_marks(id: &str, gold: &[Template], found: &[Incident]) {
    let mut left: Vec<&Incident> = found.iter().collect();
    for template in gold {
        let incident = template.taken(&mut left);
        if let Some(incident) = incident.filter(|_| !template.optional) {
            print_row(id, incident, true);
        }
    }
    left.into_iter().for_each(|incident| print_row(id, incident, false));
}

fn print_row(id: &str, incident: &Incident, told: bool) {
    println!("{}", serde_json::json!({"story": id, "told": told, "marks": incident.marks}));
}

fn files(base: &Path, key: bool) -> Result<Vec<PathBuf>> {
    let list = std::fs::read_dir(base).with_context(|| format!("{} cannot be read", base.display()))?;
    let mut paths = list.map(|e| Ok(e?.path())).collect::<Result<Vec<_>>>()?;
    let name = |p: &PathBuf| p.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    paths.retain(|p| name(p).starts_with("key") == key && !name(p).contains("info"));
    paths.sort();
    Ok(paths)
}

/// The number of a message, as in `DEV-MUC3-0001`.
fn message(line: &str) -> Option<String> {
    let id = line.split_whitespace().find(|w| w.contains("-MUC"))?;
    id.rsplit('-').next().filter(|n| n.len() == 4).map(|_| id.to_owned())
}

/// The stories with their lines joined to paragraphs.
fn stories(paths: &[PathBuf]) -> Result<Vec<(String, String)>> {
    let mut out: Vec<(String, String)> = Vec::new();
    for path in paths {
        for line in std::fs::read_to_string(path)?.lines() {
            let line = line.trim();
            match message(line).filter(|_| line.ends_with(')') && line.len() < 40) {
                Some(id) => out.push((id, String::new())),
                None => {
                    let Some((_, text)) = out.last_mut() else { continue };
                    let glue = if line.is_empty() { "\n\n" } else { " " };
                    if !text.is_empty() && !(text.ends_with('\n') && (line.is_empty() || glue == " ")) {
                        text.push_str(glue);
                    }
                    text.push_str(line);
                }
            }
        }
    }
    if out.is_empty() {
        bail!("no story was found");
    }
    Ok(out)
}

fn templates(paths: &[PathBuf]) -> Result<BTreeMap<String, Vec<Template>>> {
    let mut out: BTreeMap<String, Vec<Template>> = BTreeMap::new();
    for path in paths {
        let text = std::fs::read_to_string(path)?;
        let (mut id, mut field) = (String::new(), 0u8);
        for line in text.lines() {
            let (head, rest) = (line.get(..33).unwrap_or(""), line.get(33..).unwrap_or("").trim());
            if let Some(number) = head.split_once('.').and_then(|(n, _)| n.trim().parse().ok()) {
                field = number;
            }
            match (field, rest) {
                (_, "" | "*" | "-") => {}
                (0, _) => id = message(rest).unwrap_or_default(),
                (1, _) => out
                    .entry(id.clone())
                    .or_default()
                    .push(Template { optional: rest.contains("OPTIONAL"), ..Template::default() }),
                _ => {
                    if let Some(template) = out.get_mut(&id).and_then(|list| list.last_mut()) {
                        template.fill(field, rest);
                    }
                }
            }
        }
    }
    out.values_mut().for_each(|list| list.retain(|t| !t.kind.is_empty()));
    Ok(out)
}

impl Template {
    fn fill(&mut self, field: u8, text: &str) {
        let text = text.trim_start_matches(['?', ' ']);
        match field {
            4 => self.kind = text.split('/').next().unwrap_or("").trim().to_owned(),
            11 if self.confidence.is_empty() => {
                self.confidence = text.split(':').next().unwrap_or("").trim().to_owned()
            }
            2 | 3 => self.fields.entry(field).or_default().push(vec![text.to_owned()]),
            _ => {
                let answers = text.split('"').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
                if !answers.is_empty() {
                    self.fields.entry(field).or_default().push(answers);
                }
            }
        }
    }

    /// Takes the incident of its kind that fills most of its slots as it does, the first of equals.
    fn taken<'i>(&self, found: &mut Vec<&'i Incident>) -> Option<&'i Incident> {
        let shared = |i: &Incident| SLOTS.iter().zip(&i.slots).map(|(s, slot)| hits(self, s.1, slot)).sum::<usize>();
        let of_kind = |i: &&Incident| i.kind == self.kind;
        let best = found.iter().copied().filter(of_kind).map(shared).max()?;
        let at = found.iter().position(|i| of_kind(i) && shared(i) == best)?;
        Some(found.remove(at))
    }

    /// The answers of a slot: each a list of wordings of which one is enough.
    fn answers(&self, fields: &[u8]) -> Vec<&Vec<String>> {
        fields.iter().filter_map(|f| self.fields.get(f)).flatten().collect()
    }
}

impl Tally {
    fn add(&mut self, gold: &[Template], found: Vec<Incident>, show: Option<&String>) {
        let mut left: Vec<&Incident> = found.iter().collect();
        for template in gold {
            let incident = template.taken(&mut left);
            if let Some(id) = show {
                println!("{id} {} {:?} GOT {incident:?}", template.kind, template.fields);
            }
            if template.optional {
                continue;
            }
            self.types.gold += 1;
            self.types.found += usize::from(incident.is_some());
            self.types.right += usize::from(incident.is_some());
            self.compare(template, incident.unwrap_or(&Incident::default()));
        }
        if let Some(id) = show {
            left.iter().for_each(|i| println!("{id} IN VAIN {i:?} | {}", i.told));
        }
        self.types.found += left.len();
    }

    fn compare(&mut self, template: &Template, incident: &Incident) {
        for (n, (_, fields)) in SLOTS.iter().enumerate() {
            let right = hits(template, fields, &incident.slots[n]);
            self.slots[n].gold += template.answers(fields).len();
            self.slots[n].found += incident.slots[n].len();
            self.slots[n].right += right;
        }
        // How those perpetrators are told that the template has too.
        let meets = |name: &String| hits(template, SLOTS[0].1, &BTreeSet::from([name.clone()])) > 0;
        let told = incident.confidence.iter().filter(|(name, _)| meets(name)).map(|(_, c)| *c).max();
        if let Some(told) = told.filter(|_| !template.confidence.is_empty()) {
            // The key gives alternatives with strokes between them.
            let right = template.confidence.split('/').any(|c| c.trim() == told.name());
            self.confidence.0 += usize::from(right);
            self.confidence.1 += 1;
        }
    }

    fn print(&self) {
        println!("stories {}  templates {}  incidents {}", self.stories, self.types.gold, self.types.found);
        println!("type {}", self.types);
        let mut all = Score::default();
        for (score, (name, _)) in self.slots.iter().zip(SLOTS) {
            println!("{name} {score}");
            all.gold += score.gold;
            all.found += score.found;
            all.right += score.right;
        }
        let (right, of) = self.confidence;
        println!("slots {all}\nconfidence {:.1} % of {of}", 100.0 * right as f64 / of.max(1) as f64);
    }
}

/// How many answers of a slot were found.
fn hits(template: &Template, fields: &[u8], found: &BTreeSet<String>) -> usize {
    let meets = |wording: &String| found.iter().any(|f| shares(wording, f));
    template.answers(fields).into_iter().filter(|answer| answer.iter().any(meets)).count()
}

/// Whether what was found shares half of its words with an answer, or half of the answer's.
fn shares(answer: &str, found: &str) -> bool {
    let bag = |text: &str| -> BTreeSet<String> {
        let small = ["THE", "A", "OF", "CITY", "DEPARTMENT", "TOWN"];
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty() && !small.contains(w));
        words.map(str::to_owned).collect()
    };
    let (answer, found) = (bag(answer), bag(found));
    let shared = answer.intersection(&found).count();
    shared > 0 && (2 * shared >= answer.len() || 2 * shared >= found.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_story_starts_with_its_number_and_keeps_its_paragraphs() {
        let folder = std::env::temp_dir().join("hearsay-eval-muc");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join("dev-one");
        std::fs::write(&path, "DEV-MUC3-0001 (X)\n\n   TOLM, 3 JAN 90 -- ONE\nTWO.\n\n   THREE.\n").unwrap();
        let stories = stories(&[path]).unwrap();
        assert_eq!(stories, [("DEV-MUC3-0001".to_owned(), "TOLM, 3 JAN 90 -- ONE TWO.\n\nTHREE.".to_owned())]);
    }

    #[test]
    fn answers_of_one_line_are_wordings_of_one_thing() {
        let mut template = Template::default();
        template.fill(10, "? \"FRONT OF TOLM\" / \"FOT\"");
        template.fill(10, "\"RIDERS\"");
        template.fill(4, "ATTACK");
        assert_eq!((template.kind.as_str(), template.answers(&[10]).len()), ("ATTACK", 2));
        assert_eq!(hits(&template, &[10], &BTreeSet::from(["FOT".to_owned()])), 1);
        assert!(shares("EL SALVADOR: SAN LUIS (TOWN)", "SAN LUIS") && !shares("RIDERS", "WARDENS"));
    }
}
