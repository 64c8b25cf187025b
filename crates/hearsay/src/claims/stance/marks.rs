//! The marks of a claim that its stance is weighed by: what the rules make of it, its cue, the words of its content, its source,
//! what stands around it, and what the engine's head finds.
//!
//! A mark is a short text with a value, mostly 1. What each weighs stands in `hearsay-data/stances`.

use super::content::Told;
use super::{Around, Stance};
use crate::claims::draft::Draft;
use crate::shallow::Words;
use hearsay_data::stances::NAMES;
use hearsay_data::words::Closed;
use hearsay_types::{Naming, Quote, SourceKind};

/// Marks with their values.
pub type Marks = Vec<(String, f32)>;

/// How many words of a content are read.
const WORDS: usize = 30;

/// How many words on either side of a cue, outside of source and content, are read.
const NEAR: usize = 6;

/// A share of the engine's head below this counts as this much.
const LEAST: f32 = 0.002;

/// All marks of a draft; `rule` is the stance that the rules tell, with the step that told it.
pub fn of(words: &Words, draft: &Draft, told: &Told, around: &Around, rule: (Stance, &str)) -> Marks {
    let mut all = vec!["always".to_owned()];
    cue(words, draft, &mut all);
    content(words, draft, told, &mut all);
    readings(told, &mut all);
    beside(words, draft, around, &mut all);
    let (stance, step) = rule;
    all.push(format!("rule {}", name(stance)));
    all.push(format!("rule {} by {step}", name(stance)));
    all.sort_unstable();
    all.dedup();
    let mut out: Marks = all.into_iter().map(|mark| (mark, 1.0)).collect();
    match &draft.likely {
        Some(shares) => out.extend(NAMES.iter().zip(shares).map(|(n, s)| (format!("head {n}"), s.max(LEAST).ln()))),
        None => out.push(("no head".to_owned(), 1.0)),
    }
    out
}

/// A stance's name.
pub fn name(stance: Stance) -> &'static str {
    NAMES[stance as usize]
}

fn cue(words: &Words, draft: &Draft, all: &mut Vec<String>) {
    let not = if draft.negated { "not " } else { "" };
    let last = draft.cue.last().map_or("", |c| words.lower(c.end - 1));
    let lemma = if draft.lemma.is_empty() { last } else { draft.lemma };
    all.push(format!("cue of {}{}", not, draft.stance));
    all.push(format!("cue class {}{}", not, draft.class));
    all.push(format!("lemma {not}{lemma}"));
    all.push(format!("lemma {not}{lemma} {}", opening(words, draft)));
    all.extend(draft.cue.iter().flat_map(Clone::clone).map(|i| format!("in cue {}", words.lower(i))));
    let after = draft.cue.last().map_or("", |c| words.lower(c.end));
    all.push(format!("behind cue {after}"));
}

/// How a content opens: with "that", "to", a word that asks, a quotation mark, or before its cue.
fn opening(words: &Words, draft: &Draft) -> &'static str {
    let (Some(content), Some(cue)) = (draft.content.first(), draft.cue.first()) else { return "nothing" };
    let word = &words.list[content.start];
    match () {
        () if word.is(Closed::That) => "that",
        () if word.is(Closed::To) => "to",
        () if word.is(Closed::Wh) || matches!(&*word.lower, "whether" | "if") => "wh",
        () if content.start < cue.start => "before",
        () if matches!(word.text, "“" | "\"" | "``" | "''") => "quotation",
        () if word.is_any(&[Closed::Pron, Closed::There]) => "clause",
        () if word.is_verb(hearsay_data::verbs::Forms::ING) => "ing",
        () => "other",
    }
}

fn content(words: &Words, draft: &Draft, told: &Told, all: &mut Vec<String>) {
    let kept = told.plain_words(WORDS);
    all.push(format!("opens {}", opening(words, draft)));
    all.push(format!("first {}", kept.first().map_or("", |w| w)));
    all.extend(kept.iter().map(|w| format!("word {w}")));
    all.extend(told.lemmas(WORDS).into_iter().map(|l| format!("verb {l}")));
    all.extend(told.wrongs(WORDS).into_iter().map(str::to_owned));
    if let Some(main) = told.main_verb() {
        all.push(format!("main {main}"));
    }
    for kind in told.acts(WORDS) {
        let whose = if told.is_own() { "own " } else { "" };
        all.push(format!("{whose}act {kind}"));
        if let Some((own, _)) = told.own_future() {
            all.push(format!("own future {} of {kind}", name(own)));
        }
    }
    all.push(format!("length {}", kept.len().min(WORDS) / 4));
}

/// What each reading of the content's words by itself finds, whichever the rules hear first.
fn readings(told: &Told, all: &mut Vec<String>) {
    let found = [
        ("untrue", told.is_untrue()),
        ("question", told.is_question()),
        ("doubt", told.is_doubt()),
        ("hedged", told.is_hedged()),
        ("denial", told.is_denial()),
        ("charge", told.is_charge()),
        ("threat", told.is_threat()),
        ("own warning", told.is_own_warning()),
        ("request", told.is_request()),
        ("responsibility", told.is_responsibility()),
        ("regret", told.is_regret()),
        ("offer", told.is_offer()),
        ("infinitive", told.opens_with(&[])),
        ("base verb first", told.is_imperative()),
        ("condition", told.has_condition()),
    ];
    all.extend(found.iter().filter(|f| f.1).map(|f| format!("reads as {}", f.0)));
    if let Some((own, _)) = told.own_future() {
        all.push(format!("own future {}", name(own)));
        if told.has_condition() {
            all.push(format!("own future {} on condition", name(own)));
        }
    }
}

/// The source, and what stands around the claim.
fn beside(words: &Words, draft: &Draft, around: &Around, all: &mut Vec<String>) {
    let source = around.source;
    if source.naming == Naming::None {
        all.push("no source".to_owned());
    }
    let first = draft.source.first().map_or("", |s| words.lower(s.start));
    if matches!(first, "i" | "we" | "they" | "he" | "she" | "it" | "who" | "nobody" | "some" | "many") {
        all.push(format!("source opens {first}"));
    }
    let quote = match around.quote {
        Quote::Direct => "direct",
        Quote::Mixed => "mixed",
        Quote::Indirect => "indirect",
        Quote::Topic => "topic",
    };
    all.push(format!("content {quote}"));
    let flags = [
        ("passes on", around.passes_on),
        ("tells a telling", around.has_child),
        ("is told", around.is_nested),
        ("has addressee", draft.addressee.is_some()),
        ("has medium", draft.medium.is_some()),
        ("child denies", around.child_denies),
    ];
    all.extend(flags.iter().filter(|f| f.1).map(|f| f.0.to_owned()));
    all.extend(near(words, draft));
    all.push(format!("after one that {}", around.before.unwrap_or("opens")));
    if around.has_child {
        all.push(format!("tells a telling, source kind {}", kind(source.kind)));
    }
}

/// The words beside a cue that belong to neither its source nor its content.
fn near(words: &Words, draft: &Draft) -> Vec<String> {
    let (Some(first), Some(last)) = (draft.cue.first(), draft.cue.last()) else { return Vec::new() };
    let sentence = &words.sentences[words.sentence_of(first.start)].1;
    let around = first.start.saturating_sub(NEAR).max(sentence.start)..(last.end + NEAR).min(sentence.end);
    let own = |i: &usize| {
        let parts = draft.cue.iter().chain(&draft.content).chain(&draft.source);
        parts.into_iter().any(|r| r.contains(i))
    };
    let plain = |i: &usize| !words.list[*i].is_mark() && !words.list[*i].is_capital() && !words.list[*i].is_number();
    around.filter(|i| !own(i) && plain(i)).map(|i| format!("near {}", words.lower(i))).collect()
}

fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Person => "person",
        SourceKind::Office => "office",
        SourceKind::Organisation => "organisation",
        SourceKind::ArmedGroup => "armed group",
        SourceKind::Government => "government",
        SourceKind::Media => "media",
        SourceKind::Document => "document",
        SourceKind::Witnesses => "witnesses",
        SourceKind::Public => "public",
        SourceKind::Unknown => "unknown",
    }
}
