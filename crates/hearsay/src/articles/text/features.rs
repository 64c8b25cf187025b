//! The numbers by which the weights tell a story's lines from the rest of its page.
//!
//! Most of them need no language: length, punctuation, capitals, digits, list markers, copies, what stands around. The
//! page itself tells which words are common in its language.

use super::lines::Line;
use super::words::Cue;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// How many numbers a line alone gives.
pub(super) const OWN: usize = 40;
/// How many its surroundings give.
pub(super) const AROUND: usize = 26;
/// How many numbers a line has in all.
pub(super) const WIDTH: usize = OWN + AROUND;

/// Their names, in order.
pub(super) const NAMES: [&str; WIDTH] = [
    "chars",
    "words",
    "word_length",
    "ends_sentence",
    "sentences",
    "commas",
    "digits",
    "capital_words",
    "all_capitals",
    "marked",
    "numbered",
    "starts_small",
    "common_words",
    "copies",
    "published",
    "updated",
    "byline",
    "ask",
    "more",
    "comment",
    "credit",
    "asked_share",
    "dated",
    "address",
    "ends_colon",
    "quoted",
    "opens_quote",
    "parted",
    "question",
    "trails_off",
    "gap",
    "indent",
    "bracket_end",
    "place_on_page",
    "slug",
    "vocabulary",
    "names_only",
    "time",
    "short",
    "sentence_like",
    "before_1_text",
    "before_2_text",
    "before_3_text",
    "after_1_text",
    "after_2_text",
    "after_3_text",
    "before_1_chars",
    "after_1_chars",
    "before_1_marked",
    "after_1_marked",
    "near_2_text",
    "near_5_text",
    "near_12_text",
    "before_8_text",
    "after_8_text",
    "to_text_before",
    "to_text_after",
    "text_above",
    "text_below",
    "main_run",
    "date_above",
    "date_below",
    "marked_near",
    "best_slug_above",
    "twin_near",
    "asks_above",
];

/// The numbers of all lines of a page. `slug` holds the words of the page's address.
pub(super) fn rows(lines: &[Line], slug: &[String]) -> Vec<[f32; WIDTH]> {
    let page = PageWords::of(lines);
    let own: Vec<[f32; OWN]> = (0..lines.len()).map(|n| own(lines, n, slug, &page)).collect();
    let around = Around::of(lines, &own);
    let row = |n: usize| {
        let mut row = [0.0; WIDTH];
        row[..OWN].copy_from_slice(&own[n]);
        row[OWN..].copy_from_slice(&around.row(n));
        row
    };
    (0..lines.len()).map(row).collect()
}

/// Which words are common on the page, and in its running text.
struct PageWords<'a> {
    common: HashSet<&'a str>,
    /// How often each word stands in running text, common words left out.
    text: HashMap<&'a str, usize>,
}

impl<'a> PageWords<'a> {
    fn of(lines: &'a [Line]) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for word in lines.iter().filter(|l| running(l)).flat_map(|l| &l.words) {
            *counts.entry(word).or_default() += 1;
        }
        let mut ranked: Vec<(&str, usize)> = counts.iter().map(|(w, n)| (*w, *n)).collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let common: HashSet<&str> = ranked.iter().take(40).filter(|(_, n)| *n > 1).map(|(w, _)| *w).collect();
        counts.retain(|w, n| *n > 1 && !common.contains(w));
        PageWords { common, text: counts }
    }
}

/// A line of running text: long, with the end of a sentence.
fn running(line: &Line) -> bool {
    line.chars >= 60 && !line.marked && sentence_end(line.text) && line.copies == 1
}

/// Whether a text ends as sentences end, in any script, also behind a closing quotation mark or bracket.
pub(super) fn sentence_end(text: &str) -> bool {
    let inner = text.trim_end_matches(|c: char| {
        matches!(c, '"' | '”' | '“' | '»' | '«' | '’' | '\'' | '‘' | ')' | '」' | '』' | '）' | ' ' | '›')
    });
    inner.ends_with(|c: char| ENDS.contains(&c))
}

/// The signs that end sentences: Latin, Arabic, Urdu, Devanagari, Armenian, Ethiopic, Myanmar, Khmer, East Asian.
const ENDS: [char; 15] = ['.', '!', '?', '…', '؟', '۔', '।', '։', '።', '။', '។', '。', '！', '？', '．'];

fn flag(yes: bool) -> f32 {
    if yes { 1.0 } else { 0.0 }
}

fn log(n: usize) -> f32 {
    (n as f32 + 1.0).ln()
}

fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// What a line gives alone.
fn own(lines: &[Line], n: usize, slug: &[String], page: &PageWords) -> [f32; OWN] {
    let line = &lines[n];
    let (text, words) = (line.text, line.words.len());
    let count = |f: &dyn Fn(char) -> bool| text.chars().filter(|c| f(*c)).count();
    let (capitals, cased) = capital_words(text);
    let letters = count(&char::is_alphabetic);
    let upper = count(&char::is_uppercase);
    let in_page = line.words.iter().filter(|w| page.text.contains_key(w.as_str())).count();
    let plain = words - line.words.iter().filter(|w| page.common.contains(w.as_str())).count();
    let sentence_like = line.chars >= 60 && sentence_end(text);
    let cue = |c: Cue| flag(line.cues.has(c));
    [
        log(line.chars),
        log(words),
        share(line.chars, words).min(12.0) / 6.0,
        flag(sentence_end(text)),
        log(sentence_count(text)),
        log(count(&|c| matches!(c, ',' | '،' | '、' | '，'))),
        share(count(&|c| c.is_numeric()), line.chars),
        share(capitals, cased),
        flag(upper > 3 && upper * 10 > letters * 8),
        flag(line.marked),
        flag(line.number.is_some()),
        flag(text.starts_with(char::is_lowercase)),
        share(words - plain, words),
        log(line.copies - 1),
        cue(Cue::Published),
        cue(Cue::Updated),
        cue(Cue::Byline),
        cue(Cue::Ask),
        cue(Cue::More),
        cue(Cue::Comment),
        cue(Cue::Credit),
        share(line.cues.taken, words).min(1.0),
        flag(!line.dates.is_empty()),
        flag(text.contains('@') || text.contains("http") || text.contains("www.")),
        flag(text.ends_with([':', '：'])),
        flag(count(&|c| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」')) >= 2),
        flag(text.starts_with(['"', '“', '„', '«', '»', '「', '\''])),
        flag(text.contains(['|', '•', '·', '›', '»', '/'])),
        flag(text.contains(['?', '؟', '？'])),
        flag(text.ends_with('…') || text.ends_with("...")),
        log(line.gap.min(5)),
        log(line.indent.min(20)),
        flag(text.ends_with([')', '）']) || text.ends_with(").")),
        share(n, lines.len()),
        slug_share(line, slug),
        share(in_page, plain),
        flag(cased >= 2 && capitals == cased && cased <= 6),
        flag(clock(text)),
        flag(line.chars < 25),
        flag(sentence_like),
    ]
}

/// How many words begin with a capital letter, and how many have letters with case.
fn capital_words(text: &str) -> (usize, usize) {
    let firsts = text.split_whitespace().filter_map(|w| w.chars().find(|c| c.is_alphabetic()));
    firsts
        .filter(|c| c.is_uppercase() || c.is_lowercase())
        .fold((0, 0), |(up, all), c| (up + usize::from(c.is_uppercase()), all + 1))
}

fn sentence_count(text: &str) -> usize {
    let mut ends = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let closes =
            chars.peek().is_none_or(|n| n.is_whitespace() || !n.is_alphanumeric()) || ('\u{3000}'..).contains(&c);
        ends += usize::from(ENDS.contains(&c) && closes);
    }
    ends
}

/// "12:26", "21時37分".
pub(super) fn clock(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    text.contains('時')
        || (1..bytes.len()).any(|at| {
            matches!(bytes[at], b':' | b'.') && digit(at - 1) && digit(at + 1) && digit(at + 2) && !digit(at + 3)
        })
}

/// How much of the address's words stand in a line, and of the line's in the address: the smaller share decides.
pub(super) fn slug_share(line: &Line, slug: &[String]) -> f32 {
    let content: Vec<&String> = line.words.iter().filter(|w| w.chars().count() > 2).collect();
    if slug.len() < 3 || content.len() < 2 {
        return 0.0;
    }
    let words: HashSet<Cow<str>> = line.words.iter().map(|w| plain(w)).collect();
    let in_line = slug.iter().filter(|s| words.contains(s.as_str())).count();
    let in_slug = content.iter().filter(|w| slug.iter().any(|s| *s == plain(w))).count();
    (share(in_line, slug.len()) * share(in_slug, content.len())).sqrt()
}

/// A word as addresses spell it: without marks over its letters.
pub(super) fn plain(word: &str) -> Cow<'_, str> {
    use unicode_normalization::UnicodeNormalization;
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let spelt = word
        .replace('ä', "ae")
        .replace('ö', "oe")
        .replace('ü', "ue")
        .replace('ß', "ss")
        .replace('ø', "o")
        .replace('ł', "l")
        .replace('ı', "i");
    Cow::Owned(spelt.nfd().filter(|c| !('\u{0300}'..='\u{036f}').contains(c)).collect())
}

/// What stands around each line.
struct Around {
    /// How much each line is like running text, from 0 to 1.
    text: Vec<f32>,
    chars: Vec<f32>,
    marked: Vec<f32>,
    dated: Vec<f32>,
    asks: Vec<f32>,
    slug: Vec<f32>,
    keys: Vec<usize>,
    /// Running text up to each line.
    sums: Vec<f32>,
    /// The stretch with the most running text.
    main: (usize, usize),
}

impl Around {
    fn of(lines: &[Line], own: &[[f32; OWN]]) -> Self {
        let text: Vec<f32> = lines.iter().map(|l| text_like(l)).collect();
        let mut sums = vec![0.0];
        text.iter().for_each(|t| sums.push(sums[sums.len() - 1] + t));
        let column = |name: &str| {
            let at = NAMES.iter().position(|n| *n == name).unwrap_or(0);
            own.iter().map(|row| row[at]).collect::<Vec<f32>>()
        };
        let (chars, marked, dated, slug) = (column("chars"), column("marked"), column("dated"), column("slug"));
        let asks = column("asked_share");
        let main = main_run(&text);
        Around { text, chars, marked, dated, asks, slug, keys: lines.iter().map(|l| l.key).collect(), sums, main }
    }

    fn row(&self, n: usize) -> [f32; AROUND] {
        let at =
            |values: &[f32], by: isize| n.checked_add_signed(by).and_then(|i| values.get(i)).copied().unwrap_or(0.0);
        let all = self.sums[self.sums.len() - 1].max(1.0);
        [
            at(&self.text, -1),
            at(&self.text, -2),
            at(&self.text, -3),
            at(&self.text, 1),
            at(&self.text, 2),
            at(&self.text, 3),
            at(&self.chars, -1),
            at(&self.chars, 1),
            at(&self.marked, -1),
            at(&self.marked, 1),
            self.within(n, 2, 2) / 4.0,
            self.within(n, 5, 5) / 10.0,
            self.within(n, 12, 12) / 24.0,
            self.within(n, 8, 0) / 8.0,
            self.within(n, 0, 8) / 8.0,
            log(self.reach(n, -1)),
            log(self.reach(n, 1)),
            self.sums[n] / all,
            (all - self.sums[n + 1].min(all)) / all,
            flag((self.main.0..self.main.1).contains(&n)),
            flag((1..=4).any(|d| at(&self.dated, -d) > 0.0)),
            flag((1..=4).any(|d| at(&self.dated, d) > 0.0)),
            (1..=3).map(|d| at(&self.marked, -d) + at(&self.marked, d)).sum::<f32>() / 6.0,
            self.slug[..n].iter().copied().fold(0.0, f32::max),
            flag((1..=8).any(|d| self.twin(n, d) || self.twin(n, -d))),
            flag((1..=2).any(|d| at(&self.asks, -d) > 0.3)),
        ]
    }

    /// Running text in the lines around, the line itself left out.
    fn within(&self, n: usize, before: usize, after: usize) -> f32 {
        let (low, high) = (n.saturating_sub(before), (n + after + 1).min(self.text.len()));
        self.sums[high] - self.sums[low] - self.text[n]
    }

    /// How many lines away the next running text stands, at most 30.
    fn reach(&self, n: usize, step: isize) -> usize {
        let there =
            |d: usize| n.checked_add_signed(step * d as isize).and_then(|i| self.text.get(i)).is_some_and(|t| *t > 0.6);
        (1..30).find(|d| there(*d)).unwrap_or(30)
    }

    fn twin(&self, n: usize, by: isize) -> bool {
        n.checked_add_signed(by).and_then(|i| self.keys.get(i)) == Some(&self.keys[n])
    }
}

/// How much a line is like running text, from 0 to 1.
fn text_like(line: &Line) -> f32 {
    let length = (line.chars as f32 / 120.0).min(1.0);
    let shape = if sentence_end(line.text) { 1.0 } else { 0.4 };
    let asks = (line.cues.taken as f32 * 4.0 / line.words.len().max(1) as f32).min(1.0);
    length * shape * (1.0 - asks) / line.copies as f32 * if line.marked { 0.5 } else { 1.0 }
}

/// The stretch of lines with the most running text, where every line that has none costs.
fn main_run(text: &[f32]) -> (usize, usize) {
    let (mut best, mut sum, mut start) = ((0, 0), 0.0_f32, 0);
    let mut best_sum = 0.0;
    for (n, t) in text.iter().enumerate() {
        sum += t - 0.25;
        if sum <= 0.0 {
            (sum, start) = (0.0, n + 1);
        } else if sum > best_sum {
            (best_sum, best) = (sum, (start, n + 1));
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::*;

    #[test]
    fn sentences_end_in_every_script() {
        for text in ["It ended.", "Fin ?", "“So it is.”", "انتهى؟", "終わった。", "「終わった。」", "समाप्त।"]
        {
            assert!(sentence_end(text), "{text}");
        }
        assert!(!sentence_end("Home"));
    }

    #[test]
    fn the_longest_run_of_text_is_the_main_one() {
        assert_eq!(main_run(&[0.0, 0.1, 1.0, 0.9, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.6]), (2, 6));
    }

    #[test]
    fn an_address_names_its_title() {
        let lines = split("Die Brücke von Ombra fällt\nMenü und Suche", None);
        let slug: Vec<String> = ["die", "bruecke", "von", "ombra", "faellt"].map(String::from).to_vec();
        assert!(slug_share(&lines[0], &slug) > 0.8 && slug_share(&lines[1], &slug) == 0.0);
    }

    #[test]
    fn every_line_has_all_numbers() {
        let lines =
            split("Menu\nA line of text that goes on for long enough to be running text, as it seems.\nEnd", None);
        let rows = rows(&lines, &[]);
        assert_eq!(rows.len(), 3);
        assert!(rows.iter().flatten().all(|v| v.is_finite()));
    }
}
