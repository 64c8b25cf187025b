//! `hearsay-eval pages`: extraction on pages whose stories are known.
//!
//! Body F1 is the mean over pages of the word-bag F1 of the first story; shingle F1 is the measure of the scrapinghub
//! article-extraction benchmark (4-word shingles, each page weighing the same); stories F1 pairs every story found with its
//! best true one, and those left over count nothing.

use crate::bench;
use anyhow::{Context, Result};
use clap::Parser;
use hearsay_types::{Article, Declared, MediaType, Page, PageContent, PageId, ReadAs};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What to measure.
#[derive(clap::Parser)]
#[command(name = "hearsay-eval pages")]
struct Args {
    /// Sets of the benchmark folder, without `.jsonl.xz`.
    #[arg(default_values_t = ["scrapinghub", "news", "two-stories", "web-articles", "dates"].map(String::from))]
    sets: Vec<String>,
    /// Also run dom_smoothie on the same pages.
    #[arg(long)]
    peer: bool,
    /// Print what each page scored.
    #[arg(long, short)]
    verbose: bool,
    /// Write what was found, a JSON line a page, to this file.
    #[arg(long)]
    found: Option<PathBuf>,
    /// Write the blocks of every page with the numbers that weights are trained on, a JSON line a page, to this file.
    #[arg(long)]
    rows: Option<PathBuf>,
    /// Only pages whose number leaves this rest when divided by two.
    #[arg(long)]
    half: Option<usize>,
    /// Read the pages of this file of JSON lines instead of the set's.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Extract by the weights in FOLDER/k.txt those pages that FOLDER/folds.tsv (id, tab, k) puts into fold k: the weights of
    /// a fold were trained on the other folds, so that this tells what to expect of pages never seen.
    #[arg(long, value_name = "FOLDER")]
    folds: Option<PathBuf>,
}

/// Runs it.
pub fn run(args: &[String]) -> Result<()> {
    let args = &Args::try_parse_from(std::iter::once("hearsay-eval pages").chain(args.iter().map(String::as_str)))?;
    for set in &args.sets {
        let read = match &args.file {
            Some(path) => Some(bench::plain_rows(path)?),
            None => bench::rows(&format!("pages/{set}.jsonl.xz"))?,
        };
        let Some(mut rows) = read else {
            println!("{set}: absent (no such file below {}); not measured", bench::folder().display());
            continue;
        };
        if let Some(half) = args.half {
            rows = rows.into_iter().enumerate().filter(|(n, _)| n % 2 == half).map(|(_, r)| r).collect();
        }
        match &args.rows {
            Some(path) => write_rows(set, &rows, path)?,
            None => measure(set, &rows, args)?,
        }
    }
    Ok(())
}

fn write_rows(set: &str, rows: &[Value], path: &PathBuf) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::options().create(true).append(true).open(path)?);
    for row in rows {
        let (names, blocks) = hearsay::articles::training_rows(text_of(row, "html"));
        let line = json!({"set": set, "id": row["id"], "url": row["url"], "gold": row["gold"], "names": names, "blocks": blocks});
        writeln!(out, "{line}")?;
    }
    Ok(())
}

fn text_of<'a>(row: &'a Value, key: &str) -> &'a str {
    row[key].as_str().unwrap_or("")
}

fn page_of(row: &Value) -> Page {
    let (kind, text) = match row["html"].as_str() {
        Some(html) => (MediaType::Html, html),
        None => (MediaType::Text, text_of(row, "text")),
    };
    let url = row["url"].as_str().map(str::to_owned);
    let content = match kind {
        MediaType::Html => PageContent::Html(text.to_owned()),
        _ => PageContent::Text(text.to_owned()),
    };
    Page {
        id: PageId::of(text.as_bytes()),
        path: text_of(row, "id").to_owned(),
        media_type: kind,
        declared: Declared { url, ..Declared::default() },
        original: Vec::new(),
        encoding: "UTF-8",
        notes: Vec::new(),
        content,
    }
}

/// What a set's pages add up to.
#[derive(Default)]
struct Sums {
    bodies: f64,
    body: f64,
    stories: f64,
    both: f64,
    only_found: f64,
    only_true: f64,
    titles: (u32, u32),
    days: (u32, u32),
    captions: (u32, u32),
    silent: u32,
}

fn measure(set: &str, rows: &[Value], args: &Args) -> Result<()> {
    let pages: Vec<Page> = rows.iter().map(page_of).collect();
    let (start, before) = (Instant::now(), bench::cpu_seconds(Instant::now()));
    let found: Vec<Vec<Article>> = match &args.folds {
        Some(folder) => by_folds(folder, &pages)?,
        None => pages.iter().map(|p| hearsay::articles::extract(p, ReadAs::Page).0).collect(),
    };
    let rate = pages.len() as f64 / (bench::cpu_seconds(start) - before);
    let mut sums = Sums::default();
    for (row, articles) in rows.iter().zip(&found) {
        let told = sums.add(&row["gold"], articles);
        if args.verbose {
            println!("    {told}  {}", text_of(row, "id"));
        }
    }
    println!("{set}: pages {}  no story on {}  {rate:.0} pages a second of processor time", rows.len(), sums.silent);
    sums.print();
    if args.peer {
        peer(&pages, rows);
    }
    if let Some(path) = &args.found {
        write_found(path, rows, &found)?;
    }
    Ok(())
}

/// Each page by the weights that were not trained on its publisher.
fn by_folds(folder: &Path, pages: &[Page]) -> Result<Vec<Vec<Article>>> {
    let table = std::fs::read_to_string(folder.join("folds.tsv"))?;
    let folds: HashMap<&str, &str> = table.lines().filter_map(|l| l.split_once('\t')).collect();
    let mut extractors = HashMap::new();
    let mut out = Vec::new();
    for page in pages {
        let fold = *folds.get(page.path.as_str()).with_context(|| format!("{} is in no fold", page.path))?;
        if !extractors.contains_key(fold) {
            let weights = std::fs::read_to_string(folder.join(format!("{fold}.txt")))?;
            extractors
                .insert(fold, hearsay::articles::html_extractor(&weights).context("the weights are not understood")?);
        }
        let PageContent::Html(html) = &page.content else { continue };
        out.push(extractors[fold](page, html));
    }
    Ok(out)
}

fn write_found(path: &PathBuf, rows: &[Value], found: &[Vec<Article>]) -> Result<()> {
    let mut out = std::io::BufWriter::new(std::fs::File::options().create(true).append(true).open(path)?);
    for (row, articles) in rows.iter().zip(found) {
        let articles: Vec<Value> = articles.iter().map(shown).collect();
        writeln!(out, "{}", json!({"id": row["id"], "gold": row["gold"], "found": articles}))?;
    }
    Ok(())
}

fn shown(a: &Article) -> Value {
    json!({"title": a.title, "byline": a.byline, "publisher": a.publisher, "url": a.url, "language": a.language,
           "published": a.published, "modified": a.modified, "basis": a.published_basis, "text": a.text, "comments": a.comments,
           "captions": a.captions.iter().map(|c| json!([c.text, c.credit])).collect::<Vec<_>>()})
}

/// The same pages through dom_smoothie, the fastest peer near the best.
fn peer(pages: &[Page], rows: &[Value]) {
    let (start, before) = (Instant::now(), bench::cpu_seconds(Instant::now()));
    let texts: Vec<String> = pages.iter().map(smoothie).collect();
    let rate = pages.len() as f64 / (bench::cpu_seconds(start) - before);
    let scores: Vec<f64> = rows
        .iter()
        .zip(&texts)
        .filter_map(|(row, text)| row["gold"]["bodies"][0].as_str().map(|gold| f1(&bag(gold), &bag(text))))
        .collect();
    let mean = scores.iter().sum::<f64>() / scores.len().max(1) as f64;
    println!("  dom_smoothie: body F1 {mean:.3}  {rate:.0} pages a second of processor time");
}

fn smoothie(page: &Page) -> String {
    let PageContent::Html(html) = &page.content else { return String::new() };
    let parsed =
        dom_smoothie::Readability::new(html.as_str(), page.declared.url.as_deref(), None).and_then(|mut r| r.parse());
    parsed.map(|a| a.text_content.to_string()).unwrap_or_default()
}

impl Sums {
    /// Adds a page and tells its scores.
    fn add(&mut self, gold: &Value, found: &[Article]) -> String {
        self.silent += u32::from(found.is_empty());
        let mut told = String::new();
        let bodies: Vec<&str> = gold["bodies"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        if !bodies.is_empty() {
            told = self.add_bodies(&bodies, found);
        }
        let first = found.first();
        if let Some(title) = gold["titles"][0].as_str().filter(|t| !t.is_empty()) {
            let same = flat(title) == flat(first.and_then(|a| a.title.as_deref()).unwrap_or(""));
            count(&mut self.titles, same);
        }
        if let Some(date) = gold["date"].as_str().filter(|d| !d.is_empty()) {
            let day = first.and_then(|a| a.published.as_day()).map(|d| d.to_string());
            count(&mut self.days, day.as_deref() == date.get(..10));
        }
        for want in gold["captions"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let want = bag(want);
            let hit = found.iter().flat_map(|a| &a.captions).any(|c| f1(&want, &bag(&c.text)) > 0.8);
            count(&mut self.captions, hit);
        }
        told
    }

    fn add_bodies(&mut self, golds: &[&str], found: &[Article]) -> String {
        let first = found.first().map_or("", |a| &a.text);
        let body = f1(&bag(golds[0]), &bag(first));
        self.bodies += 1.0;
        self.body += body;
        let (g, p) = (shingles(golds[0]), shingles(first));
        let both = f64::from(common(&g, &p));
        let (only_found, only_true) = (f64::from(size(&p)) - both, f64::from(size(&g)) - both);
        let all = (both + only_found + only_true).max(1.0);
        self.both += both / all;
        self.only_found += only_found / all;
        self.only_true += only_true / all;
        let stories = paired(golds, found);
        self.stories += stories;
        format!(
            "body {body:.3} (too much {:.2}, missed {:.2})  stories {stories:.3} of {}",
            only_found / all,
            only_true / all,
            found.len()
        )
    }

    fn print(&self) {
        if self.bodies > 0.0 {
            let shingle = 2.0 * self.both / (2.0 * self.both + self.only_found + self.only_true).max(1e-9);
            let (body, stories) = (self.body / self.bodies, self.stories / self.bodies);
            println!("  body F1 {body:.4}  shingle F1 {shingle:.4}  stories F1 {stories:.4}");
        }
        for (name, (hit, all)) in [("titles", self.titles), ("dates", self.days), ("captions", self.captions)] {
            if all > 0 {
                println!("  {name} {hit} of {all}: {:.1} %", 100.0 * f64::from(hit) / f64::from(all));
            }
        }
    }
}

fn count(sum: &mut (u32, u32), hit: bool) {
    sum.0 += u32::from(hit);
    sum.1 += 1;
}

fn paired(golds: &[&str], found: &[Article]) -> f64 {
    let golds: Vec<Bag> = golds.iter().map(|g| bag(g)).collect();
    let found: Vec<Bag> = found.iter().map(|a| bag(&a.text)).collect();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, g) in golds.iter().enumerate() {
        pairs.extend(found.iter().enumerate().map(|(j, f)| (f1(g, f), i, j)));
    }
    pairs.sort_by(|a, b| b.partial_cmp(a).unwrap_or(std::cmp::Ordering::Equal));
    let (mut gone_g, mut gone_f, mut total) = (vec![false; golds.len()], vec![false; found.len()], 0.0);
    for (score, i, j) in pairs {
        if !gone_g[i] && !gone_f[j] {
            (gone_g[i], gone_f[j]) = (true, true);
            total += score;
        }
    }
    2.0 * total / (golds.len() + found.len()).max(1) as f64
}

type Bag = HashMap<String, u32>;

/// Words as Python's `\w+` finds them, in small letters.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.split(move |c| !is_word(c)).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

fn bag(text: &str) -> Bag {
    let mut out = Bag::new();
    for word in words(text) {
        *out.entry(word).or_default() += 1;
    }
    out
}

fn shingles(text: &str) -> Bag {
    let words: Vec<&str> = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
    let mut out = Bag::new();
    if words.is_empty() {
        return out;
    }
    for n in 0..words.len().saturating_sub(3).max(1) {
        *out.entry(words[n..(n + 4).min(words.len())].join(" ")).or_default() += 1;
    }
    out
}

fn size(bag: &Bag) -> u32 {
    bag.values().sum()
}

fn common(a: &Bag, b: &Bag) -> u32 {
    a.iter().map(|(w, n)| (*n).min(b.get(w).copied().unwrap_or(0))).sum()
}

fn f1(a: &Bag, b: &Bag) -> f64 {
    let total = size(a) + size(b);
    if total == 0 { 1.0 } else { 2.0 * f64::from(common(a, b)) / f64::from(total) }
}

fn flat(text: &str) -> String {
    words(text).collect::<Vec<_>>().join(" ")
}
