//! Runs the cases of `cases/*.md`: a passage, and what a reader expects of it. `cases/README.md` says how they are written.
#![allow(clippy::print_stdout)] // It says how many cases there are and how many are known to be wrong.

use hearsay::{Hearsay, Options, Tier};
use hearsay_types::{Article, Claim, Coded, Event, Interval, Mention, MentionKind, Participant, Span};
use std::collections::BTreeMap;
use std::path::Path;

/// One case: its blocks by name.
#[derive(Default)]
struct Case {
    title: String,
    blocks: BTreeMap<String, String>,
    published: Option<String>,
    /// Whether the language engine reads it.
    engine: bool,
}

#[test]
fn every_case_is_as_it_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases");
    let mut files: Vec<_> = std::fs::read_dir(&folder).expect("cases").filter_map(|e| Some(e.ok()?.path())).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "md") && f.file_stem().is_some_and(|s| s != "README"));
    files.sort();
    let plain = Hearsay::new(Options::default()).expect("no engine, no weights");
    let options = Options { engine: Some(Tier::Accurate), ..Options::default() };
    let engine = Hearsay::new(options).expect("the weights that ship");
    let (mut count, mut known, mut wrong) = (0, 0, Vec::new());
    for file in files {
        let text = std::fs::read_to_string(&file).expect("a case file");
        for case in read(&text) {
            count += 1;
            known += usize::from(case.blocks.keys().any(|k| k.ends_with(" today")));
            let name = format!("{}: {}", file.file_name().unwrap_or_default().to_string_lossy(), case.title);
            let hearsay = if case.engine { &engine } else { &plain };
            wrong.extend(check(hearsay, &case).into_iter().map(|w| format!("{name}\n{w}")));
        }
    }
    println!("{count} cases, {known} of them with a wrong answer that is known");
    assert!(wrong.is_empty(), "{} of {count} cases are not as they say\n\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(count >= 40);
}

/// A file holds cases under `## Title`, each with fenced blocks; the word behind the fence names the block.
fn read(text: &str) -> Vec<Case> {
    let mut out: Vec<Case> = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        if let Some(title) = line.strip_prefix("## ").filter(|_| open.is_none()) {
            out.push(Case { title: title.to_owned(), ..Case::default() });
            continue;
        }
        let Some(case) = out.last_mut() else { continue };
        match (line.strip_prefix("```"), open.clone()) {
            (Some(_), Some(_)) => open = None,
            (Some(info), None) => {
                let (name, day) = info.split_once(" published ").map_or((info, None), |(n, d)| (n, Some(d.to_owned())));
                let (name, engine) = name.strip_suffix(" engine").map_or((name, false), |n| (n, true));
                case.published = day.or(case.published.take());
                case.engine |= engine;
                case.blocks.insert(name.to_owned(), String::new());
                open = Some(name.to_owned());
            }
            (None, Some(name)) => {
                let block = case.blocks.entry(name).or_default();
                block.push_str(line);
                block.push('\n');
            }
            (None, None) => {}
        }
    }
    out
}

/// What is wrong with a case; a case with a `today` block must give exactly that wrong answer.
fn check(hearsay: &Hearsay, case: &Case) -> Vec<String> {
    let Some(text) = case.blocks.get("text") else { return vec!["it has no text".to_owned()] };
    let mut article = Article::plain(text.trim_end());
    if let Some(day) = case.published.as_deref().and_then(|d| d.trim().parse().ok()) {
        article.published = Interval::day(day);
    }
    let coded = hearsay.code(article);
    let stages = case.blocks.iter().filter(|(n, _)| *n != "text" && !n.ends_with(" today"));
    stages
        .filter_map(|(name, expected)| {
            let got = render(name, &coded);
            match case.blocks.get(&format!("{name} today")) {
                Some(_) if got == *expected => Some(format!("{name} is right now: take its \"today\" block away")),
                Some(today) if got != *today => {
                    Some(format!("{name} is wrong in another way\n--- it says\n{today}--- it is\n{got}"))
                }
                None if got != *expected => Some(format!("{name}\n--- expected\n{expected}--- got\n{got}")),
                _ => None,
            }
        })
        .collect()
}

/// What the program says at a stage, one thing a line.
fn render(stage: &str, coded: &Coded) -> String {
    let sentences = &coded.parsed.sentences;
    let lines: Vec<String> = match stage {
        "sentences" => sentences.iter().map(|s| s.span.of(coded.article.text_of(s.text)).to_owned()).collect(),
        "tokens" => sentences.iter().map(|s| tokens(coded, s)).collect(),
        "claims" => coded.claims.iter().map(|c| claim(coded, c)).collect(),
        "sources" => coded.claims.iter().map(|c| source(coded, c)).collect(),
        "events" => coded.events.iter().map(|e| event(coded, e)).collect(),
        "times" | "places" | "actors" => {
            coded.entities.mentions.iter().filter_map(|m| mention(coded, stage, m)).collect()
        }
        _ => vec![format!("there is no stage \"{stage}\"")],
    };
    lines.into_iter().map(|l| l + "\n").collect()
}

fn tokens(coded: &Coded, sentence: &hearsay_types::Sentence) -> String {
    let text = coded.article.text_of(sentence.text);
    coded.parsed.tokens_of(sentence).iter().map(|t| t.span.of(text)).collect::<Vec<_>>().join(" ")
}

fn spans(coded: &Coded, spans: &[Span]) -> String {
    let parts: Vec<String> = spans.iter().map(|s| s.of(&coded.article.text).replace('\n', " ")).collect();
    if parts.is_empty() { "-".to_owned() } else { parts.join(" .. ") }
}

/// `SOURCE | CUE | stance | CONTENT`, with one `> ` for each claim that it stands in.
fn claim(coded: &Coded, claim: &Claim) -> String {
    let outer = |c: &Claim| c.parent.and_then(|p| coded.claims.iter().find(|o| o.id == p));
    let depth = std::iter::successors(outer(claim), |c| outer(c)).count();
    let [source, cue, content] = [&claim.source.spans, &claim.cue.spans, &claim.content.spans].map(|s| spans(coded, s));
    format!("{}{source} | {cue} | {} | {content}", "> ".repeat(depth), word(claim.stance))
}

/// `SOURCE = name, kind, naming`, and `anonymous` where it is.
fn source(coded: &Coded, claim: &Claim) -> String {
    let source = &claim.source;
    let anonymous = if source.anonymous { ", anonymous" } else { "" };
    let name = source.name.as_deref().unwrap_or("-");
    format!("{} = {name}, {}, {}{anonymous}", spans(coded, &source.spans), word(source.kind), word(source.naming))
}

/// `TYPE ACTOR -> RECIPIENT, status`, then place, time and numbers where they are told.
fn event(coded: &Coded, event: &Event) -> String {
    let side = |list: &[Participant]| spans(coded, &list.iter().map(|p| p.span).collect::<Vec<_>>());
    let mut out =
        format!("{} {} -> {}, {}", event.kind, side(&event.actors), side(&event.recipients), word(event.status));
    if let Some(place) = &event.place {
        out += &format!(", at {}", place.name);
    }
    if let Some(span) = event.time.as_ref().and_then(|t| t.span) {
        out += &format!(", on {}", span.of(&coded.article.text));
    }
    for number in &event.numbers {
        out += &format!(", {} {}", word(number.kind), number.low.or(number.high).unwrap_or(0));
    }
    out
}

fn mention(coded: &Coded, stage: &str, mention: &Mention) -> Option<String> {
    let text = mention.span.of(&coded.article.text);
    match (&mention.kind, stage) {
        (MentionKind::Time(t), "times") => Some(format!("{text} = {}", t.value)),
        (MentionKind::Place(p), "places") => {
            Some(format!("{text} = {}, {}, {}", p.name, p.country.as_deref().unwrap_or("-"), word(p.precision)))
        }
        (MentionKind::Actor(id), "actors") => Some(format!("{text} = {}", coded.entities.actor(*id)?.name)),
        _ => None,
    }
}

/// The name that the record gives a value.
fn word(value: impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
