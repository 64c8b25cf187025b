//! `speed [FILE...]`: how much text the language stage reads in a second, on one core and on two, and its memory.
//!
//! Time is processor time, so that other programs on the machine count little. Files are treebanks (`.conllu`) or plain
//! text, an article each. The same texts can be given to spaCy, to compare.

use crate::asked::{self, EngineArgs};
use crate::{bench, treebank};
use anyhow::{Context, Result};
use hearsay::language::engine::Parser;
use hearsay::language::{self, Language};
use hearsay_types::Article;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// What to measure.
#[derive(clap::Parser)]
#[command(name = "hearsay-eval speed")]
struct Args {
    /// Texts; where none is named, news articles of the benchmark folder.
    files: Vec<PathBuf>,
    #[command(flatten)]
    engine: EngineArgs,
    /// Read the texts over and over, until so many articles are read.
    #[arg(long)]
    articles: Option<usize>,
    /// A Python that has spaCy with an en_core_web_sm.
    #[arg(long)]
    spacy: Option<PathBuf>,
}

/// What was read, and in how many seconds of processor time, all threads together.
#[derive(Debug, Default, Clone, Copy)]
struct Read {
    words: usize,
    sentences: usize,
    cpu: f64,
    wall: f64,
}

/// Prints the figures.
pub fn run(args: &[String]) -> Result<()> {
    let args = asked::args::<Args>("speed", args)?;
    let Some(articles) = articles(&args.files)? else {
        println!("no texts below {}; not measured", bench::folder().display());
        return Ok(());
    };
    let reads = args.articles.unwrap_or(articles.len());
    let letters: usize = articles.iter().cycle().take(reads).map(|a| a.text.len()).sum();
    println!("{reads} articles of {} texts, {letters} bytes", articles.len());
    print("rules, one thread", letters, 1, &time(&Language::shipped(), &articles, reads, 1));
    if let Some(tier) = args.engine.tier() {
        let start = Instant::now();
        let engine = Parser::open(args.engine.weights.as_deref(), tier)?;
        println!("engine loaded in {:.0} ms, {} instructions", start.elapsed().as_secs_f64() * 1e3, engine.isa());
        let language = Language::with(engine);
        for threads in [1, 2] {
            let name = format!("{tier:?}, {threads} thread{}", if threads > 1 { "s" } else { "" });
            print(&name, letters, threads, &time(&language, &articles, reads, threads));
        }
        println!("peak memory {:.0} MB", peak_mb());
    }
    if let Some(python) = &args.spacy {
        spacy(python, &articles, letters)?;
    }
    Ok(())
}

fn articles(files: &[PathBuf]) -> Result<Option<Vec<Article>>> {
    let mut files = files.to_vec();
    if files.is_empty() {
        let folder = bench::folder().join("attribution/polnear/dev/text");
        if !folder.is_dir() {
            return Ok(None);
        }
        files = std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
        files.sort();
    }
    let mut articles = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        if file.extension().is_some_and(|e| e == "conllu") {
            articles.extend(treebank::documents(&text).iter().map(|d| Article::plain(&d.text)));
        } else {
            articles.push(Article::plain(&text));
        }
    }
    Ok(Some(articles))
}

/// Reads so many articles on some threads, one article after the other by whoever is free.
fn time(language: &Language, articles: &[Article], reads: usize, threads: usize) -> Read {
    let (next, begun) = (AtomicUsize::new(0), Instant::now());
    let work = || {
        let (mut read, start) = (Read::default(), bench::cpu_seconds(begun));
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            if n >= reads {
                read.cpu = bench::cpu_seconds(begun) - start;
                return read;
            }
            let (parsed, _) = language::parse(&articles[n % articles.len()], language);
            read.words += parsed.tokens.len();
            read.sentences += parsed.sentences.len();
        }
    };
    let mut sum = Read::default();
    std::thread::scope(|scope| {
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for read in started.into_iter().filter_map(|thread| thread.join().ok()) {
            sum.words += read.words;
            sum.sentences += read.sentences;
            sum.cpu += read.cpu;
        }
    });
    Read { wall: begun.elapsed().as_secs_f64(), ..sum }
}

fn print(name: &str, letters: usize, threads: usize, read: &Read) {
    // What one core does, times the threads: what they would do if each had a core to itself.
    let seconds = read.cpu / threads as f64;
    println!(
        "{name}: {:.0} words, {:.0} sentences, {:.0} kB a second of processor time{} ({} words; by the clock {:.0} words a second)",
        read.words as f64 / seconds,
        read.sentences as f64 / seconds,
        letters as f64 / 1e3 / seconds,
        if threads > 1 { " on that many cores" } else { "" },
        read.words,
        read.words as f64 / read.wall,
    );
}

/// The most memory that this process has held, in MB.
fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kb = line.and_then(|l| l.trim().split(' ').next()?.parse::<f64>().ok());
    kb.unwrap_or(f64::NAN) / 1e3
}

/// Lets spaCy read the same articles once, on one thread.
fn spacy(python: &Path, articles: &[Article], letters: usize) -> Result<()> {
    let texts: Vec<&str> = articles.iter().map(|a| a.text.as_str()).collect();
    let mut child = Command::new(python)
        .args(["-c", include_str!("speed_spacy.py")])
        .envs(
            ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"].map(|name| (name, "1")),
        )
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} cannot be run", python.display()))?;
    let input = child.stdin.take().context("spaCy takes no texts")?;
    serde_json::to_writer(input, &texts)?;
    let output = child.wait_with_output()?;
    anyhow::ensure!(output.status.success(), "spaCy failed");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let number = |key: &str| told[key].as_f64().unwrap_or(f64::NAN);
    let (cpu, whole) = (number("cpu"), articles.iter().map(|a| a.text.len()).sum::<usize>().min(letters));
    println!(
        "{} on spaCy {}: {:.0} words, {:.0} sentences, {:.0} kB a second of processor time ({} words), peak memory {:.0} MB",
        told["model"].as_str().unwrap_or("?"),
        told["spacy"].as_str().unwrap_or("?"),
        number("words") / cpu,
        number("sentences") / cpu,
        whole as f64 / 1e3 / cpu,
        number("words"),
        number("peak_mb"),
    );
    Ok(())
}
