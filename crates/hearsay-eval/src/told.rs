//! `told [SPLIT] [--misses]`: claims against the project's own labels (`training/data`), all levels of nesting.
//!
//! A labelled claim is found where a claim shares a byte of its cue and, by words, at least half of its content (intersection over
//! union). Stance, naming and the rest are then compared.

use crate::asked::{self, PathArgs};
use crate::bench::Score;
use crate::claims::{overlap, pair, words};
use crate::labels::{self, ClaimLabel, Made, Passage};
use anyhow::Result;
use hearsay_types::{Article, ArticleText, Claim, Coded, Span};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Prints how well the labels of one split (test by default) are found.
pub fn run(args: &[String]) -> Result<()> {
    let asked: PathArgs = asked::args("told", args)?;
    let split = asked.names.first().map_or("test", String::as_str);
    let hearsay = asked.hearsay()?;
    let mut tally = Tally { misses: asked.misses, ..Tally::default() };
    for file in labels::read(Path::new("training/data"), split)? {
        for (made, passages) in file.articles() {
            let coded = hearsay.code(made.article.clone());
            tally.add(&made, passages, &coded)?;
        }
    }
    tally.print();
    Ok(())
}

/// `stances [SPLIT]`: a line of JSON for every labelled claim that is found: its file, its passage, its labelled stance, and the marks
/// that the stance is weighed by. What `training/fit_stances.py` reads.
pub fn marks(args: &[String]) -> Result<()> {
    let asked: PathArgs = asked::args("stances", args)?;
    let split = asked.names.first().map_or("train", String::as_str);
    let hearsay = asked.hearsay()?;
    for file in labels::read(Path::new("training/data"), split)? {
        for (made, passages) in file.articles() {
            let coded = hearsay.code(made.article.clone());
            let gold = expected(&made, passages)?;
            let found: Vec<Row> = coded.claims.iter().map(|c| told(&made.article, &coded, c)).collect();
            let marks: BTreeMap<_, _> = hearsay.stance_marks(&coded).into_iter().collect();
            for (i, j) in pair(gold.len(), found.len(), |i, j| alike(&gold[i], &found[j])) {
                let row = serde_json::json!({
                    "file": file.path.file_stem().map(|n| n.to_string_lossy()),
                    "passage": made.article.text.chars().take(80).collect::<String>(),
                    "stance": gold[i].values[1],
                    "found": found[j].values[1],
                    "marks": marks.get(&coded.claims[j].id),
                });
                println!("{row}");
            }
        }
    }
    Ok(())
}

/// Spans with the text that they stand in.
type Places = Vec<(ArticleText, Span)>;

/// A claim, labelled or found, in one form.
struct Row {
    source: Words,
    cue: Places,
    content: Words,
    /// Quote, stance, class, naming, kind, anonymous, negated; as the record writes them.
    values: [String; 7],
    name: Option<String>,
    parent: Option<usize>,
}

/// Words of an article by text and number.
type Words = BTreeSet<(ArticleText, usize)>;

const VALUES: [&str; 7] = ["quote", "stance", "class", "naming", "kind", "anonymous", "negated"];

#[derive(Default)]
struct Tally {
    misses: bool,
    found: Score,
    linked: Score,
    stances: BTreeMap<String, Score>,
    stances_of_found: BTreeMap<String, Score>,
    confusions: BTreeMap<(usize, String, String), usize>,
    right: [usize; 7],
    names: Score,
    nested: Score,
    with_parent: Score,
}

impl Tally {
    fn add(&mut self, made: &Made, passages: &[Passage], coded: &Coded) -> Result<()> {
        let gold = expected(made, passages)?;
        let found: Vec<Row> = coded.claims.iter().map(|c| told(&made.article, coded, c)).collect();
        let pairs = pair(gold.len(), found.len(), |i, j| alike(&gold[i], &found[j]));
        let of_gold = |i: usize| pairs.iter().find(|p| p.0 == i).map(|p| p.1);
        self.count(&gold, &found, &pairs);
        for (i, row) in gold.iter().enumerate().filter(|(_, g)| g.parent.is_some()) {
            self.nested.gold += 1;
            self.nested.right += usize::from(same_chain(&gold, &found, i, &of_gold));
            let parent = row.parent.and_then(of_gold);
            self.with_parent.gold += 1;
            self.with_parent.right +=
                usize::from(of_gold(i).is_some_and(|j| parent.is_some() && found[j].parent == parent));
        }
        if self.misses {
            for (i, row) in gold.iter().enumerate().filter(|(_, g)| g.parent.is_some()) {
                if let Some(why) = broken(&gold, &found, i, &of_gold) {
                    println!("CHAIN {why} {} IN {}", line(&made.article, row), made.article.text.replace('\n', "¶"));
                }
            }
            self.show(&made.article, &gold, &found, &pairs);
        }
        Ok(())
    }

    fn count(&mut self, gold: &[Row], found: &[Row], pairs: &[(usize, usize)]) {
        for score in [&mut self.found, &mut self.linked] {
            score.gold += gold.len();
            score.found += found.len();
        }
        self.found.right += pairs.len();
        self.linked.right += pairs.iter().filter(|(i, j)| overlap(&gold[*i].source, &found[*j].source) >= 0.5).count();
        gold.iter().for_each(|g| self.stances.entry(g.values[1].clone()).or_default().gold += 1);
        found.iter().for_each(|f| self.stances.entry(f.values[1].clone()).or_default().found += 1);
        for (i, j) in pairs {
            let (g, f) = (&gold[*i], &found[*j]);
            for (k, (expected, value)) in g.values.iter().zip(&f.values).enumerate() {
                self.right[k] += usize::from(expected == value);
                if expected != value {
                    *self.confusions.entry((k, expected.clone(), value.clone())).or_default() += 1;
                }
            }
            let (expected, value) = (&g.values[1], &f.values[1]);
            self.stances.entry(expected.clone()).or_default().right += usize::from(expected == value);
            self.stances_of_found.entry(expected.clone()).or_default().gold += 1;
            self.stances_of_found.entry(value.clone()).or_default().found += 1;
            self.stances_of_found.entry(expected.clone()).or_default().right += usize::from(expected == value);
            if let Some(name) = &g.name {
                self.names.gold += 1;
                self.names.right += usize::from(f.name.as_deref().is_some_and(|n| plain(n) == plain(name)));
            }
        }
    }

    fn show(&self, article: &Article, gold: &[Row], found: &[Row], pairs: &[(usize, usize)]) {
        for (i, g) in gold.iter().enumerate() {
            match pairs.iter().find(|p| p.0 == i).map(|p| &found[p.1]) {
                None => println!("MISS {}", line(article, g)),
                Some(f) => {
                    for k in (0..VALUES.len()).filter(|k| g.values[*k] != f.values[*k]) {
                        println!(
                            "{} {} but {} {}",
                            VALUES[k].to_uppercase(),
                            g.values[k],
                            f.values[k],
                            line(article, f)
                        );
                    }
                    let wrong = g.name.as_deref().filter(|n| f.name.as_deref().map(plain) != Some(plain(n)));
                    if let Some(name) = wrong {
                        println!("NAME {name} but {:?} {}", f.name, line(article, f));
                    }
                }
            }
        }
        for (j, f) in found.iter().enumerate().filter(|(j, _)| !pairs.iter().any(|p| p.1 == *j)) {
            println!("EXTRA {j} {}", line(article, f));
        }
    }

    fn print(&self) {
        println!("claims found {}\nwith their source {}", self.found, self.linked);
        for (stance, score) in &self.stances {
            let alone = self.stances_of_found.get(stance).copied().unwrap_or_default();
            println!("  {stance:11} gold {:4}  {score}  of those found {:.1}", score.gold, alone.f1());
        }
        println!(
            "stance macro-F1 {:.1}, of those found {:.1}",
            macro_f1(&self.stances),
            macro_f1(&self.stances_of_found)
        );
        for (name, right) in VALUES.iter().zip(self.right) {
            println!(
                "{name} right {:.1} of {} found",
                100.0 * right as f64 / self.found.right.max(1) as f64,
                self.found.right
            );
        }
        let share = |s: Score| 100.0 * s.right as f64 / s.gold.max(1) as f64;
        println!("resolved names right {:.1} of {}", share(self.names), self.names.gold);
        println!("told by the right parent {:.1} of {} nested", share(self.with_parent), self.with_parent.gold);
        println!("exact chains {:.1} of {} nested", share(self.nested), self.nested.gold);
        if self.misses {
            let mut all: Vec<_> = self.confusions.iter().collect();
            all.sort_by_key(|(key, n)| (key.0, std::cmp::Reverse(**n)));
            all.iter().for_each(|((k, g, f), n)| println!("{n:4} {}: {g} but {f}", VALUES[*k]));
        }
    }
}

/// The mean F1 of the stances that occur among the labels.
fn macro_f1(stances: &BTreeMap<String, Score>) -> f64 {
    let rows: Vec<f64> = stances.values().filter(|s| s.gold > 0).map(|s| s.f1()).collect();
    rows.iter().sum::<f64>() / rows.len().max(1) as f64
}

/// How well a found claim matches a labelled one: the overlap of their contents where their cues meet.
fn alike(gold: &Row, found: &Row) -> f64 {
    let meet = gold.cue.iter().any(|(t, a)| found.cue.iter().any(|(u, b)| t == u && a.overlaps(*b)));
    if meet { overlap(&gold.content, &found.content) } else { 0.0 }
}

/// Whether a labelled claim and all that tell it were found, each as told by the next and the last by nobody.
fn same_chain(gold: &[Row], found: &[Row], index: usize, of_gold: &impl Fn(usize) -> Option<usize>) -> bool {
    let Some(other) = of_gold(index) else { return false };
    match (gold[index].parent, found[other].parent) {
        (None, None) => true,
        (Some(g), Some(f)) => of_gold(g) == Some(f) && same_chain(gold, found, g, of_gold),
        _ => false,
    }
}

/// Why the chain of a labelled claim is not found; none where it is.
fn broken(
    gold: &[Row],
    found: &[Row],
    index: usize,
    of_gold: &impl Fn(usize) -> Option<usize>,
) -> Option<&'static str> {
    if same_chain(gold, found, index, of_gold) {
        return None;
    }
    let parent = gold[index].parent.and_then(of_gold);
    Some(match (of_gold(index), parent) {
        (None, _) => "inner not found",
        (Some(_), None) => "parent not found",
        (Some(j), Some(_)) if found[j].parent.is_none() => "has no parent",
        (Some(j), Some(p)) if found[j].parent != Some(p) => "has another parent",
        _ => "further out",
    })
}

fn expected(made: &Made, passages: &[Passage]) -> Result<Vec<Row>> {
    let mut out = Vec::new();
    for (passage, (text, at)) in passages.iter().zip(&made.places) {
        let first = out.len();
        for label in &passage.claims {
            out.push(row_of(&made.article, label, &passage.text, (*text, *at), first)?);
        }
    }
    Ok(out)
}

fn row_of(article: &Article, label: &ClaimLabel, passage: &str, at: (ArticleText, usize), first: usize) -> Result<Row> {
    let places = |words: &labels::Words| -> Result<Places> {
        Ok(words.find(passage)?.iter().map(|s| (at.0, s.shifted(at.1))).collect())
    };
    let values = [&label.quote, &label.stance, &label.class, &label.naming, &label.kind].map(String::clone);
    let [quote, stance, class, naming, kind] = values;
    Ok(Row {
        source: words_in(article, &places(&label.source)?),
        cue: places(&label.cue)?,
        content: words_in(article, &places(&label.content)?),
        values: [quote, stance, class, naming, kind, label.anonymous.to_string(), label.negated.to_string()],
        name: label.source_name.clone(),
        parent: label.parent.map(|p| first + p - 1),
    })
}

fn told(article: &Article, coded: &Coded, claim: &Claim) -> Row {
    let text = coded.parsed.sentences[claim.sentence].text;
    let places = |spans: &[Span]| -> Places { spans.iter().map(|s| (text, *s)).collect() };
    Row {
        source: words_in(article, &places(&claim.source.spans)),
        cue: places(&claim.cue.spans),
        content: words_in(article, &places(&claim.content.spans)),
        values: [
            name(&claim.content.quote),
            name(&claim.stance),
            name(&claim.cue.class),
            name(&claim.source.naming),
            name(&claim.source.kind),
            claim.source.anonymous.to_string(),
            claim.cue.negated.to_string(),
        ],
        name: claim.source.name.clone(),
        parent: claim.parent.and_then(|p| coded.claims.iter().position(|c| c.id == p)),
    }
}

/// The name of a value as the record writes it.
fn name(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn words_in(article: &Article, places: &Places) -> Words {
    let of = |(text, span): &(ArticleText, Span)| {
        let text = *text;
        let all = words(article.text_of(text));
        let first = all.partition_point(|w| w.1 <= span.start);
        let end = all.partition_point(|w| w.0 < span.end);
        (first..end).map(move |w| (text, w))
    };
    places.iter().flat_map(of).collect()
}

/// A name in lower case without an article before it.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    ["the ", "a ", "an "].iter().find_map(|a| lower.strip_prefix(a)).unwrap_or(&lower).to_owned()
}

fn line(article: &Article, row: &Row) -> String {
    let set = |set: &Words| {
        let Some((text, first)) = set.first().copied() else { return "-".to_owned() };
        let last = set.last().map_or(first, |w| w.1);
        let all = words(article.text_of(text));
        article.text_of(text)[all[first].0..all[last].1].replace('\n', "¶")
    };
    let cue: Vec<&str> = row.cue.iter().map(|(t, s)| s.of(article.text_of(*t))).collect();
    format!("| {} | {} | {} | {}", set(&row.source), cue.join(" .. "), set(&row.content), row.values.join(" "))
}
