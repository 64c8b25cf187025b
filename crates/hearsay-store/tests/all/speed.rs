//! How fast a record is written and read, and how large it gets. Prints figures; run it by hand:
//!
//! ```text
//! cargo test --release -p hearsay-store --test all speed -- --ignored --nocapture
//! ```
//!
//! `HEARSAY_SPEED_PAGES` sets the number of pages (default 5,000). The pages are made up: about 60 kB of HTML around a story of
//! 450 words, with the rows that a news story of that length gives.
#![allow(clippy::print_stdout)] // Figures are what it is for.

use hearsay_store::*;
use hearsay_types::*;
use std::time::Instant;

const SENTENCES: usize = 22;
const MENTIONS: usize = 40;
const CLAIMS: usize = 10;
const EVENTS: usize = 8;

/// A small fixed random number generator (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A made-up word; some are much more frequent than others.
    fn word(&mut self) -> String {
        let share = (self.next() % 10_000) as f64 / 10_000.0;
        let rank = (20_000f64.powf(share)) as u64;
        let mut seed = Random(rank);
        let parts = ["ka", "ru", "mel", "to", "is", "dra", "vo", "an", "sti", "el", "ho", "per"];
        (0..1 + rank.ilog10() as usize).map(|_| parts[(seed.next() % 12) as usize]).collect()
    }

    fn sentence(&mut self, words: usize) -> String {
        let words: Vec<String> = (0..words).map(|_| self.word()).collect();
        format!("{}.", words.join(" "))
    }
}

fn story(random: &mut Random) -> (String, Vec<Span>) {
    let (mut text, mut sentences) = (String::new(), Vec::new());
    for n in 0..SENTENCES {
        if n > 0 {
            text.push(if n % 2 == 0 { '\n' } else { ' ' });
        }
        let start = text.len();
        text.push_str(&random.sentence(20));
        sentences.push(Span::new(start, text.len()));
    }
    (text, sentences)
}

fn html(random: &mut Random, text: &str) -> Vec<u8> {
    let mut html = String::from("<!doctype html><html><head>");
    for n in 0..90 {
        html.push_str(&format!(
            "<script src=\"/static/js/chunk-{n}.{:x}.js\" async></script><div class=\"nav item-{n} teaser\"><a href=\"/{}/{}\">{}</a></div>\n",
            random.next(), random.word(), random.word(), random.sentence(9)
        ));
        html.push_str("<style>.teaser{display:block;margin:0 0 12px 0;font-family:Georgia,serif;color:#222;line-height:1.4}</style>");
        html.push_str("<div class=\"share\"><button data-network=\"mail\">Share</button><button data-network=\"print\">Print</button></div>");
        html.push_str("<svg viewBox=\"0 0 24 24\" width=\"24\" height=\"24\"><path d=\"M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2z\"/></svg>");
    }
    for paragraph in text.split('\n') {
        html.push_str(&format!("<p>{paragraph}</p>\n"));
    }
    html.into_bytes()
}

fn made_up(n: usize) -> (Page, Coded, Signature) {
    let mut random = Random(n as u64 ^ 0x5eed);
    let (text, sentences) = story(&mut random);
    let original = html(&mut random, &text);
    let id = PageId::of(&original);
    let page = Page { id, original, path: format!("archive/{n:06}.html"), ..crate::common::page(n) };
    let mut coded = crate::common::coded(&crate::common::page(n), n, 0);
    widen(&mut coded, &mut random, id, text, &sentences);
    let signature = Signature {
        article: coded.article.id,
        sentences: (0..SENTENCES).map(|_| random.next()).collect(),
        bands: (0..16).map(|_| random.next()).collect(),
        sketch: (0..64).map(|_| random.next() as u32).collect(),
    };
    (page, coded, signature)
}

/// Turns the small made-up article into one of the usual length.
fn widen(coded: &mut Coded, random: &mut Random, page: PageId, text: String, sentences: &[Span]) {
    let article = &mut coded.article;
    (article.id, article.page, article.title) = (Article::id_of(&page, 0), page, Some(random.sentence(8)));
    article.dateline = None;
    article.passages = vec![Passage { role: Role::Body, span: Span::new(0, text.len()) }];
    article.paragraphs = sentences.chunks(2).map(|two| two[0].to(two[two.len() - 1])).collect();
    article.origins = (0..article.paragraphs.len()).map(|n| Origin::Element(n as u32 + 900)).collect();
    article.text = text;
    let sentence = |span: &Span| Sentence { text: ArticleText::Body, role: Role::Body, span: *span, tokens: 0..0 };
    coded.parsed.sentences = sentences.iter().map(sentence).collect();
    let somewhere = |n: usize, random: &mut Random| {
        let s = sentences[n % SENTENCES];
        let start = s.start + (random.next() as usize) % (s.len() - 12);
        Span::new(start, start + 10)
    };
    let (kinds, claim, event) = (coded.entities.mentions.clone(), coded.claims[0].clone(), coded.events[0].clone());
    let mention =
        |n: usize| Mention { sentence: n % SENTENCES, span: somewhere(n, random), kind: kinds[n % 4].kind.clone() };
    coded.entities.mentions = (0..MENTIONS).map(mention).collect();
    let id = article.id;
    let claims = (0..CLAIMS).map(|n| {
        let mut claim = Claim { id: ClaimId::within(&id, &[&n.to_le_bytes()]), sentence: n, ..claim.clone() };
        claim.source.spans = vec![somewhere(n, random)];
        claim.cue.spans = vec![somewhere(n, random)];
        claim.content.spans = vec![Span::new(sentences[n].start, sentences[n].end - 20)];
        claim
    });
    coded.claims = claims.collect();
    let told = coded.claims[1].id;
    let events = (0..EVENTS).map(|n| {
        let mut event = Event { id: EventId::within(&id, &[&n.to_le_bytes()]), sentence: n, ..event.clone() };
        (event.trigger, event.claim) = (somewhere(n, random), Some(told));
        event.actors[0].span = somewhere(n, random);
        event.recipients = event.actors.clone();
        if let (Some(place), Some(time)) = (&mut event.place, &mut event.time) {
            (place.span, time.span) = (somewhere(n, random), Some(somewhere(n, random)));
        }
        event.numbers.iter_mut().for_each(|number| number.span = somewhere(n, random));
        event.tellers[1].claim = Some(told);
        event
    });
    coded.events = events.collect();
}

/// Most memory held so far, in MB, as Linux tells it.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM"));
    line.and_then(|l| l.split_whitespace().nth(1)).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Processor time of this process in seconds, as Linux tells it: other work on the machine does not count.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / 100.0
}

fn timed<T>(what: &str, count: usize, work: impl FnOnce() -> T) -> T {
    let (wall, used) = (Instant::now(), cpu());
    let value = work();
    let (wall, used) = (wall.elapsed().as_secs_f64(), cpu() - used);
    let rate = count as f64 / used.max(0.005);
    println!(
        "{what:32} {wall:7.2} s  processor {used:7.2} s  {rate:9.0} articles/s of processor time  peak {} MB",
        peak()
    );
    value
}

#[test]
#[ignore = "prints figures; run it by hand in release"]
fn figures() {
    let pages: usize = std::env::var("HEARSAY_SPEED_PAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(5_000);
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("r.hearsay"), Mode::Create).unwrap();
    store.begin_run(&crate::common::info()).unwrap();
    let (mut saved, mut zipping, mut putting, mut putting_cpu) = (0, 0.0, 0.0, 0.0);
    for batch in (0..pages).collect::<Vec<_>>().chunks(250) {
        let made: Vec<_> = batch.iter().map(|n| made_up(*n)).collect();
        saved += made.iter().map(|(page, ..)| page.original.len()).sum::<usize>();
        let begun = cpu();
        let entries: Vec<Entry> =
            made.into_iter().map(|(page, coded, s)| Entry::new(page, vec![coded], vec![s], vec![])).collect();
        zipping += cpu() - begun;
        let (begun, wall) = (cpu(), Instant::now());
        store.put(&entries).unwrap();
        putting += wall.elapsed().as_secs_f64();
        putting_cpu += cpu() - begun;
    }
    let n = pages as f64;
    println!("zip (worker threads)             {zipping:7.2} s of processor time, {:.0} pages/s", n / zipping);
    println!(
        "put                              {putting:7.2} s  processor {putting_cpu:7.2} s, {:.0} articles/s, peak {} MB",
        n / putting_cpu,
        peak()
    );
    timed("link (no reprints)", pages, || crate::common::link_all(&mut store));
    timed("finish", pages, || store.finish_run(&RunCounts::default(), &[]).unwrap());
    let size = std::fs::metadata(store.path()).unwrap().len();
    println!(
        "saved bytes {saved}, record {size}: {:.1} kB a page of {:.1} kB",
        size as f64 / n / 1e3,
        saved as f64 / n / 1e3
    );
    let ask = "SELECT name, sum(pgsize) FROM dbstat GROUP BY 1 ORDER BY 2 DESC LIMIT 14";
    match store.sql(ask, Limits::default()) {
        Ok(answer) => answer.rows.iter().for_each(|row| println!("  {row:?}")),
        Err(e) => println!("  no figures by table: {e}"),
    }
    for (table, format) in [
        ("articles", Format::Jsonl),
        ("mentions", Format::Jsonl),
        ("claims", Format::Jsonl),
        ("events", Format::Jsonl),
        ("events", Format::Parquet),
        ("events", Format::Csv),
    ] {
        timed(&format!("export {table} {}", format.name()), pages, || {
            store.export(table, format, &mut std::io::sink()).unwrap()
        });
    }
    timed("search, 20 questions", pages, || {
        (0..20).for_each(|n| drop(store.search(&Random(n).sentence(2), 20).unwrap()));
    });
    let joined = "SELECT count(*) FROM claims c JOIN sentences s ON s.id = c.sentence_id JOIN articles a ON a.id = c.article_id WHERE length(s.text) > 3";
    timed("sql, claims with their sentences", pages, || store.sql(joined, Limits { time: None, rows: None }).unwrap());
    timed("verify", pages, || assert!(store.verify().unwrap().is_sound()));
    timed("summary", pages, || store.summary().unwrap());
    timed("open, done", pages, || {
        store.begin_run(&crate::common::info()).unwrap();
        assert_eq!(store.done().unwrap().len(), pages);
    });
}
