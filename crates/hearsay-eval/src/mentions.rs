//! `mentions time|places FILE.jsonl`: time expressions and places, by the measures of the benchmark's own scorer.

use anyhow::{Context, Result};
use hearsay::{Hearsay, Options};
use hearsay_types::{Article, Interval, MentionKind, PublishedBasis};
use serde_json::Value;

/// A mention, expected or found: characters as bytes, and what it stands for.
struct Mark {
    start: usize,
    end: usize,
    value: String,
    at: Option<(f64, f64)>,
}

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    relaxed: usize,
    strict: usize,
    value: usize,
    near: usize,
}

/// Prints the scores of one file.
pub fn run(args: &[String]) -> Result<()> {
    if args.iter().any(|arg| arg.ends_with(".iob2")) {
        return crate::named::run(args);
    }
    let [task, path, ..] = args else { anyhow::bail!("mentions time|places FILE.jsonl") };
    let misses = args.iter().any(|a| a == "--misses");
    let file = std::fs::read_to_string(path).with_context(|| format!("{path} cannot be read"))?;
    let hearsay = Hearsay::new(Options::default())?;
    let mut counts = Counts::default();
    let (mut size, start) = (0, std::time::Instant::now());
    let mut seconds = 0.0;
    for line in file.lines() {
        let row: Value = serde_json::from_str(line)?;
        let article = article(&row);
        size += article.text.len();
        let gold = gold(&row, task);
        let before = start.elapsed().as_secs_f64();
        let coded = hearsay.code(article);
        seconds += start.elapsed().as_secs_f64() - before;
        let found: Vec<Mark> =
            coded.entities.mentions.iter().filter_map(|m| mark(&m.kind, m.span.start, m.span.end, task)).collect();
        compare(&coded.article.text, &gold, &found, &mut counts, misses);
    }
    let f1 = |n: usize| 200.0 * n as f64 / (counts.gold + counts.found).max(1) as f64;
    println!(
        "gold {}  found {}  {:.0} kB a second, raw text to events",
        counts.gold,
        counts.found,
        size as f64 / 1000.0 / seconds
    );
    if task == "time" {
        println!(
            "strict F1 {:.1}\nrelaxed F1 {:.1}\nvalue F1 {:.1}",
            f1(counts.strict),
            f1(counts.relaxed),
            f1(counts.value)
        );
    } else {
        let near = 100.0 * counts.near as f64 / counts.relaxed.max(1) as f64;
        println!(
            "recognition F1 {:.1}\nwithin 161 km of those found {near:.1} %\nend-to-end F1 {:.1}",
            f1(counts.relaxed),
            f1(counts.near)
        );
    }
    Ok(())
}

fn article(row: &Value) -> Article {
    let mut article = Article::plain(row["text"].as_str().unwrap_or(""));
    if let Some(day) = row["published"].as_str().and_then(|d| d.get(..10)?.parse().ok()) {
        article.published = Interval::day(day);
        article.published_basis = PublishedBasis::Metadata;
    }
    article
}

fn gold(row: &Value, task: &str) -> Vec<Mark> {
    let text = row["text"].as_str().unwrap_or("");
    let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let list = if task == "time" { "times" } else { "places" };
    let read = |g: &Value| {
        let at = |key: &str| g[key].as_u64().and_then(|n| bytes.get(n as usize).copied());
        let value = g["value"].as_str().unwrap_or("").to_owned();
        Some(Mark { start: at("start")?, end: at("end")?, value, at: g["lat"].as_f64().zip(g["lon"].as_f64()) })
    };
    row[list].as_array().map(|a| a.iter().filter_map(read).collect()).unwrap_or_default()
}

fn mark(kind: &MentionKind, start: usize, end: usize, task: &str) -> Option<Mark> {
    match (kind, task) {
        (MentionKind::Time(t), "time") => Some(Mark { start, end, value: t.value.clone(), at: None }),
        (MentionKind::Place(p), "places") => Some(Mark { start, end, value: String::new(), at: p.lat.zip(p.lon) }),
        _ => None,
    }
}

fn compare(text: &str, gold: &[Mark], found: &[Mark], counts: &mut Counts, misses: bool) {
    let mut used = vec![false; found.len()];
    let exact = |g: &Mark, used: &[bool]| {
        found.iter().enumerate().position(|(j, f)| !used[j] && (f.start, f.end) == (g.start, g.end))
    };
    let mut pairs: Vec<Option<usize>> = Vec::new();
    for g in gold {
        let pair = exact(g, &used);
        pair.into_iter().for_each(|j| used[j] = true);
        pairs.push(pair);
    }
    for (g, pair) in gold.iter().zip(&mut pairs).filter(|(_, p)| p.is_none()) {
        let overlap = |f: &Mark| f.end.min(g.end).saturating_sub(f.start.max(g.start));
        let best = (0..found.len())
            .filter(|j| !used[*j] && overlap(&found[*j]) > 0)
            .max_by_key(|j| (overlap(&found[*j]), std::cmp::Reverse(*j)));
        best.into_iter().for_each(|j| used[j] = true);
        *pair = best;
    }
    counts.gold += gold.len();
    counts.found += found.len();
    let trim = |m: &Mark| text[m.start..m.end].trim_matches([' ', '.', ',', ';', ':', '(', ')', '"', '\'']).to_owned();
    for (g, pair) in gold.iter().zip(&pairs) {
        let around = || text[floor(text, g.start.saturating_sub(30))..floor(text, g.end + 20)].replace('\n', "¶");
        let Some(f) = pair.map(|j| &found[j]) else {
            if misses {
                println!("MISS [{}] {} | {}", trim(g), g.value, around());
            }
            continue;
        };
        let near = g.at.zip(f.at).is_some_and(|(a, b)| km(a, b) <= 161.0);
        counts.relaxed += 1;
        counts.strict += usize::from(trim(g) == trim(f));
        counts.value += usize::from(g.value == f.value);
        counts.near += usize::from(near);
        if misses && ((g.at.is_none() && g.value != f.value) || (g.at.is_some() && !near)) {
            println!("WRONG [{}] {} | found [{}] {} {:?} | {}", trim(g), g.value, trim(f), f.value, f.at, around());
        }
    }
    if misses {
        for f in found.iter().zip(&used).filter(|(_, u)| !**u).map(|(f, _)| f) {
            println!(
                "EXTRA [{}] {} | {}",
                trim(f),
                f.value,
                text[floor(text, f.start.saturating_sub(30))..floor(text, f.end + 20)].replace('\n', "¶")
            );
        }
    }
}

fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0)
}

/// Kilometres along the sphere.
fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (la, lb) = (a.0.to_radians(), b.0.to_radians());
    let x = ((lb - la) / 2.0).sin().powi(2) + la.cos() * lb.cos() * ((b.1 - a.1).to_radians() / 2.0).sin().powi(2);
    12742.0 * x.sqrt().min(1.0).asin()
}
