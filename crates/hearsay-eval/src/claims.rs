//! `claims [SPLIT]` and `speakers`: claims against PolNeAR and against articles with resolved speakers, by the measures of
//! the benchmark's own scorers. `--misses` prints what was missed and what was found for nothing.

use crate::asked::{self, PathArgs};
use crate::bench::{Score, folder};
use anyhow::{Context, Result};
use hearsay_types::{Article, Claim, Coded};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

type Words = BTreeSet<usize>;

/// An attribution of the corpus: sets of word numbers, and its cue's text.
struct Gold {
    source: Words,
    content: Words,
    cue: String,
}

/// Prints linked and content scores on one split of PolNeAR (dev by default).
pub fn run(args: &[String]) -> Result<()> {
    let asked: PathArgs = asked::args("claims", args)?;
    let split = asked.names.first().map_or("dev", String::as_str);
    let misses = asked.misses;
    let root = folder().join("attribution/polnear").join(split);
    let documents = polnear(&root)?;
    let hearsay = asked.hearsay()?;
    let start = std::time::Instant::now();
    let coded: Vec<Coded> = documents.iter().map(|d| hearsay.code(Article::plain(&d.0))).collect();
    let seconds = start.elapsed().as_secs_f64();
    let mut tally = Tally::default();
    for ((text, gold), coded) in documents.iter().zip(&coded) {
        tally.add(text, gold, &coded.claims, misses);
    }
    let sentences: usize = coded.iter().map(|c| c.parsed.sentences.len()).sum();
    println!("articles {}  {:.0} sentences a second, raw text to events", documents.len(), sentences as f64 / seconds);
    tally.print();
    Ok(())
}

#[derive(Default)]
struct Tally {
    content: Score,
    linked: Score,
    kinds: BTreeMap<&'static str, [usize; 3]>,
}

impl Tally {
    fn add(&mut self, text: &str, gold: &[Gold], claims: &[Claim], misses: bool) {
        let words = words(text);
        let set = |spans: &[hearsay_types::Span]| -> Words {
            spans.iter().flat_map(|s| inside(&words, s.start, s.end)).collect()
        };
        let found: Vec<(Words, Words)> = claims
            .iter()
            .filter(|c| c.parent.is_none())
            .map(|c| (set(&c.source.spans), set(&c.content.spans)))
            .filter(|f| !f.1.is_empty())
            .collect();
        let gold: Vec<&Gold> = gold.iter().filter(|g| !g.content.is_empty()).collect();
        let content = pair(gold.len(), found.len(), |i, j| overlap(&gold[i].content, &found[j].1));
        let linked = pair(gold.len(), found.len(), |i, j| {
            overlap(&gold[i].content, &found[j].1).min(overlap(&gold[i].source, &found[j].0))
        });
        for score in [&mut self.content, &mut self.linked] {
            score.gold += gold.len();
            score.found += found.len();
        }
        self.content.right += content.len();
        self.linked.right += linked.len();
        let quoted = quoted(text, &words);
        for (i, g) in gold.iter().enumerate() {
            let inside = g.content.iter().filter(|w| quoted.contains(w)).count();
            let kind = if inside * 10 >= g.content.len() * 9 {
                "direct"
            } else if inside == 0 {
                "indirect"
            } else {
                "mixed"
            };
            let (c, l) = (content.iter().any(|p| p.0 == i), linked.iter().any(|p| p.0 == i));
            let negative = is_negative(&g.cue);
            for (name, holds) in [(kind, true), ("no source", g.source.is_empty()), ("denial or negated cue", negative)]
            {
                let row = self.kinds.entry(name).or_default();
                if holds {
                    row[0] += 1;
                    row[1] += usize::from(c);
                    row[2] += usize::from(l);
                }
            }
            if misses && !l {
                println!(
                    "MISS {}{} | {} | {}",
                    if c { "(source) " } else { "" },
                    show(text, &words, &g.source),
                    g.cue,
                    show(text, &words, &g.content)
                );
            }
        }
        if misses {
            for (j, f) in found.iter().enumerate() {
                let claim = claims.iter().filter(|c| c.parent.is_none()).nth(j);
                println!(
                    "{} {} | {} {:?} | {}",
                    if linked.iter().any(|p| p.1 == j) { "RIGHT" } else { "EXTRA" },
                    show(text, &words, &f.0),
                    claim.map_or("", |c| &c.cue.lemma),
                    claim.map(|c| &c.why),
                    show(text, &words, &f.1)
                );
            }
        }
    }

    fn print(&self) {
        for (name, [gold, content, linked]) in &self.kinds {
            let share = |n: &usize| 100.0 * *n as f64 / (*gold).max(1) as f64;
            println!(
                "  {name:22} gold {gold:5}  content recall {:.1}  linked recall {:.1}",
                share(content),
                share(linked)
            );
        }
        println!("content {}\nlinked {}", self.content, self.linked);
    }
}

fn is_negative(cue: &str) -> bool {
    let cue = cue.to_lowercase();
    cue.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').any(|w| {
        ["deny", "denied", "denies", "denying", "not", "never"].contains(&w)
            || w.ends_with("n't")
            || w.ends_with("n’t")
            || ["refut", "reject", "disput", "dismiss", "refus", "declin"].iter().any(|s| w.starts_with(s))
    })
}

fn show(text: &str, words: &[(usize, usize)], set: &Words) -> String {
    let (Some(a), Some(b)) = (set.first(), set.last()) else { return "-".to_owned() };
    text[words[*a].0..words[*b].1].replace('\n', "¶").chars().take(140).collect()
}

/// The words of a text: runs of letters, digits and underscores.
pub fn words(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric() || c == '_', start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                out.push((s, i));
                start = None;
            }
            _ => {}
        }
    }
    out
}

fn inside(words: &[(usize, usize)], start: usize, end: usize) -> std::ops::Range<usize> {
    let first = words.partition_point(|w| w.1 <= start);
    first..first + words[first..].partition_point(|w| w.0 < end)
}

/// Intersection over union; two empty sets are the same.
pub fn overlap<T: Ord>(a: &BTreeSet<T>, b: &BTreeSet<T>) -> f64 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let both = a.intersection(b).count();
    both as f64 / (a.len() + b.len() - both) as f64
}

/// Pairs greedily by falling score, from one half on.
pub fn pair(gold: usize, found: usize, score: impl Fn(usize, usize) -> f64) -> Vec<(usize, usize)> {
    let mut all: Vec<(f64, usize, usize)> = (0..gold)
        .flat_map(|i| (0..found).map(move |j| (i, j)))
        .map(|(i, j)| (score(i, j), i, j))
        .filter(|s| s.0 >= 0.5)
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut gone, mut used, mut out) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (_, i, j) in all {
        if !gone.contains(&i) && !used.contains(&j) {
            gone.insert(i);
            used.insert(j);
            out.push((i, j));
        }
    }
    out
}

/// The words that stand in double quotation marks.
fn quoted(text: &str, words: &[(usize, usize)]) -> BTreeSet<usize> {
    let mut flags = vec![false; text.len()];
    let mut open = false;
    for (i, c) in text.char_indices() {
        match c {
            '\n' | '”' => open = false,
            '“' => open = true,
            '"' => open = !open,
            _ => {}
        }
        flags[i] = open;
    }
    words.iter().enumerate().filter(|(_, w)| flags[w.0]).map(|(i, _)| i).collect()
}

/// Reads a split: each text once, with the first annotator's attributions.
fn polnear(root: &Path) -> Result<Vec<(String, Vec<Gold>)>> {
    let mut files: Vec<_> = std::fs::read_dir(root.join("attributions"))
        .with_context(|| format!("{} is absent", root.display()))?
        .filter_map(|e| Some(e.ok()?.path()))
        .collect();
    files.sort();
    let mut seen = BTreeSet::new();
    let mut out = Vec::new();
    for file in files {
        let stem = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let document = stem.rsplit_once('_').map_or(stem.clone(), |s| s.0.to_owned());
        if !seen.insert(document.clone()) {
            continue;
        }
        let text = std::fs::read_to_string(root.join("text").join(format!("{document}.txt")))?;
        let gold = annotations(&std::fs::read_to_string(&file)?, &text);
        out.push((text, gold));
    }
    Ok(out)
}

/// Reads brat standoff: text-bound spans in characters, and events that give them roles.
fn annotations(standoff: &str, text: &str) -> Vec<Gold> {
    let bytes: Vec<usize> = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect();
    let words = words(text);
    let mut spans: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    let mut out = Vec::new();
    for line in standoff.lines() {
        let mut parts = line.split('\t');
        let (Some(id), Some(body)) = (parts.next(), parts.next()) else { continue };
        if id.starts_with('T') {
            let pairs = body.split_once(' ').map_or("", |b| b.1);
            let read = |p: &str| {
                let (a, b) = p.split_once(' ')?;
                Some((*bytes.get(a.parse::<usize>().ok()?)?, *bytes.get(b.parse::<usize>().ok()?)?))
            };
            spans.insert(id, pairs.split(';').filter_map(read).collect());
        } else if id.starts_with('E') {
            let role = |name: &str| -> Vec<(usize, usize)> {
                let of = body
                    .split(' ')
                    .filter_map(|p| p.split_once(':'))
                    .filter(|(r, _)| r.trim_end_matches(|c: char| c.is_ascii_digit()) == name);
                let mut all: Vec<_> = of.flat_map(|(_, t)| spans.get(t).cloned().unwrap_or_default()).collect();
                all.sort_unstable();
                all
            };
            let set = |spans: Vec<(usize, usize)>| spans.into_iter().flat_map(|(a, b)| inside(&words, a, b)).collect();
            let cue = role("Cue").iter().map(|(a, b)| &text[*a..*b]).collect::<Vec<_>>().join(" ");
            out.push(Gold { source: set(role("Source")), content: set(role("Content")), cue });
        }
    }
    out
}

/// Prints content and speaker scores on articles with resolved speakers.
pub fn speakers(args: &[String]) -> Result<()> {
    let asked: PathArgs = asked::args("speakers", args)?;
    let misses = asked.misses;
    let path = folder().join("attribution/speakers-dev.jsonl");
    let file = std::fs::read_to_string(&path).with_context(|| format!("{} is absent", path.display()))?;
    let mut bodies: Vec<(String, String)> = Vec::new();
    let mut gold: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for line in file.lines() {
        let row: serde_json::Value = serde_json::from_str(line)?;
        let field = |name: &str| row[name].as_str().map(str::to_owned).unwrap_or_default();
        let article = row["article"].to_string();
        if row["body"].is_string() {
            bodies.push((article, field("body")));
        } else {
            gold.entry(article).or_default().push((field("agent"), field("utterance")));
        }
    }
    let hearsay = asked.hearsay()?;
    let (mut content, mut speaker) = (Score::default(), Score::default());
    for (article, body) in &bodies {
        let coded = hearsay.code(Article::plain(body));
        let found: Vec<(String, String)> = coded
            .claims
            .iter()
            .map(|c| {
                (
                    c.source.name.clone().unwrap_or_default(),
                    c.content.spans.iter().map(|s| s.of(body)).collect::<Vec<_>>().join(" "),
                )
            })
            .collect();
        let gold = gold.get(article).cloned().unwrap_or_default();
        let kinds: Vec<String> = coded
            .claims
            .iter()
            .map(|c| {
                format!(
                    "{:?} {:?} {} | {} {:?}",
                    c.cue.class,
                    c.content.quote,
                    if c.parent.is_some() { "nested" } else { "outer" },
                    c.source.spans.first().map_or("", |s| s.of(body)),
                    c.why,
                )
            })
            .collect();
        let pairs = pair(gold.len(), found.len(), |i, j| bag_f1(&gold[i].1, &found[j].1));
        for score in [&mut content, &mut speaker] {
            score.gold += gold.len();
            score.found += found.len();
        }
        content.right += pairs.len();
        for (j, f) in found.iter().enumerate().filter(|_| misses) {
            let right = if pairs.iter().any(|p| p.1 == j) { "RIGHT" } else { "EXTRA" };
            println!("{right} {} | {} | {}", kinds[j], f.0, f.1);
        }
        for (i, g) in gold.iter().enumerate() {
            match pairs.iter().find(|p| p.0 == i) {
                Some((_, j)) if same_speaker(&g.0, &found[*j].0) => speaker.right += 1,
                Some((_, j)) if misses => println!(
                    "SPEAKER {} but {} | {} | {}",
                    g.0,
                    found[*j].0,
                    kinds[*j],
                    found[*j].1.chars().take(120).collect::<String>()
                ),
                None if misses => println!("MISS {} | {}", g.0, g.1.chars().take(200).collect::<String>()),
                _ => {}
            }
        }
    }
    println!("articles {}\ncontent {content}\ncontent and speaker {speaker}", bodies.len());
    Ok(())
}

fn bag_f1(a: &str, b: &str) -> f64 {
    let bag = |t: &str| {
        let mut out: HashMap<String, usize> = HashMap::new();
        words(t).iter().for_each(|(s, e)| *out.entry(t[*s..*e].to_lowercase()).or_default() += 1);
        out
    };
    let (x, y) = (bag(a), bag(b));
    let total: usize = x.values().sum::<usize>() + y.values().sum::<usize>();
    let both: usize = x.iter().map(|(k, n)| n.min(y.get(k).unwrap_or(&0))).sum();
    2.0 * both as f64 / total.max(1) as f64
}

fn same_speaker(gold: &str, found: &str) -> bool {
    const STOP: [&str; 23] = [
        "the",
        "of",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
        "president",
        "minister",
        "prime",
        "secretary",
        "a",
        "an",
        "and",
        "for",
        "gen",
        "general",
        "lord",
        "spokesperson",
        "spokesman",
        "spokeswoman",
        "s",
        "i",
    ];
    let names = |t: &str| -> Vec<String> {
        words(t)
            .iter()
            .map(|(s, e)| t[*s..*e].to_lowercase())
            .filter(|w| !STOP[..20].contains(&w.as_str()) && w.chars().count() > 1)
            .collect()
    };
    let (g, p) = (names(gold), names(found));
    let (gs, ps): (BTreeSet<_>, BTreeSet<_>) = (g.iter().collect(), p.iter().collect());
    !g.is_empty() && !p.is_empty() && (p.contains(&g[g.len() - 1]) || gs == ps || gs.intersection(&ps).count() >= 2)
}
