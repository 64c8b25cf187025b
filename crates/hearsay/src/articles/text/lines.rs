//! The lines of a scraped page and what can be seen of each alone.

use super::super::dates::{self, PrintedDate, Years};
use super::words::{Cue, Cues};
use hearsay_types::Span;
use std::collections::HashMap;

/// A line that is not empty.
#[derive(Debug, Clone)]
pub(super) struct Line<'a> {
    /// Where it stands on the page, without white space at either end and without a list marker.
    pub(super) span: Span,
    /// Its words, as they stand there.
    pub(super) text: &'a str,
    /// How many blanks stand before it.
    pub(super) indent: usize,
    /// How many empty lines stand before it.
    pub(super) gap: usize,
    /// Whether it begins with a list marker such as `*` or `•`.
    pub(super) marked: bool,
    /// The number that a list gives it: "12. ".
    pub(super) number: Option<u32>,
    /// Its words in small letters.
    pub(super) words: Vec<String>,
    /// A number for its words, equal for equal words.
    pub(super) key: usize,
    /// How many lines of the page have the same words.
    pub(super) copies: usize,
    /// How many signs it has, white space not counted.
    pub(super) chars: usize,
    /// What its words say about it.
    pub(super) cues: Cues,
    /// The days printed in it; not looked for in long lines.
    pub(super) dates: Vec<PrintedDate>,
}

/// A day that tells of the page stands in a line no longer than this.
const DATE_LINE: usize = 200;

/// Splits a page into its lines. `language` is the page's, for its dates.
pub(super) fn split<'a>(text: &'a str, language: Option<&str>) -> Vec<Line<'a>> {
    let mut keys: HashMap<Vec<String>, usize> = HashMap::new();
    let mut lines: Vec<Line> = Vec::new();
    let (mut start, mut gap) = (0, 0);
    for raw in text.split('\n') {
        let span = Span::new(start, start + raw.len()).trimmed(text);
        start += raw.len() + 1;
        let Some(mut line) = line(text, span, language) else {
            gap += 1;
            continue;
        };
        line.indent = span.start - (start - raw.len() - 1);
        line.gap = std::mem::take(&mut gap);
        let fresh = keys.len();
        line.key = *keys.entry(line.words.clone()).or_insert(fresh);
        lines.push(line);
    }
    count_copies(&mut lines, keys.len());
    lines
}

fn line<'a>(text: &'a str, span: Span, language: Option<&str>) -> Option<Line<'a>> {
    let raw = span.of(text);
    let printed =
        |shown: &str| if shown.len() <= DATE_LINE { dates::find(shown, language, Years::Full) } else { Vec::new() };
    let day = printed(raw).first().is_some_and(|d| d.span.start == 0); // "21. Mai 2026" is no item of a list.
    let (skip, number) = if day { (0, None) } else { marker(raw) };
    let inner = Span::new(span.start + skip, span.end).trimmed(text);
    let words = words_of(inner.of(text));
    if inner.is_empty() {
        return None;
    }
    let shown = inner.of(text);
    Some(Line {
        span: inner,
        text: shown,
        indent: 0,
        gap: 0,
        marked: skip > 0 && number.is_none(),
        number,
        cues: Cue::all(&words, shown),
        words,
        key: 0,
        copies: 1,
        chars: shown.chars().filter(|c| !c.is_whitespace()).count(),
        dates: printed(shown),
    })
}

/// How many bytes a list marker takes at the start of a line, and the number in it.
fn marker(line: &str) -> (usize, Option<u32>) {
    if let Some(sign) = line
        .chars()
        .next()
        .filter(|c| matches!(c, '*' | '+' | '•' | '·' | '▪' | '●' | '‣' | '◦' | '■' | '►' | '›' | '-'))
    {
        let rest = &line[sign.len_utf8()..];
        return if rest.is_empty() || rest.starts_with(' ') { (sign.len_utf8(), None) } else { (0, None) };
    }
    if line == "o" || line.starts_with("o ") {
        return (1, None);
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match line[digits..].strip_prefix(". ") {
        Some(_) if (1..=4).contains(&digits) => (digits + 1, line[..digits].parse().ok()),
        _ => (0, None),
    }
}

/// The words of a text in small letters. In scripts without blanks between words each sign is one.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        let alone = ideographic(c);
        if !c.is_alphanumeric() && !combining(c) {
            open = false;
            continue;
        }
        match words.last_mut() {
            Some(word) if open && !alone => word.extend(c.to_lowercase()),
            _ => words.push(c.to_lowercase().collect()),
        }
        open = !alone;
    }
    words
}

/// Signs of scripts that do not part words.
pub(super) fn ideographic(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}')
}

fn combining(c: char) -> bool {
    matches!(c, '\u{0300}'..='\u{036f}' | '\u{0610}'..='\u{061a}' | '\u{064b}'..='\u{065f}' | '\u{0900}'..='\u{0963}')
}

fn count_copies(lines: &mut [Line], keys: usize) {
    let mut counts = vec![0; keys];
    lines.iter().for_each(|l| counts[l.key] += 1);
    lines.iter_mut().for_each(|l| l.copies = counts[l.key]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_place_on_the_page() {
        let page = "Menu\n\n  * Home\n12. Ann Avatar\n\u{a0}Text here. ";
        let lines = split(page, None);
        let texts: Vec<_> = lines.iter().map(|l| (l.text, l.marked, l.number, l.gap)).collect();
        assert_eq!(
            texts,
            [
                ("Menu", false, None, 0),
                ("Home", true, None, 1),
                ("Ann Avatar", false, Some(12), 0),
                ("Text here.", false, None, 0)
            ]
        );
        assert!(lines.iter().all(|l| l.span.of(page) == l.text));
    }

    #[test]
    fn a_day_that_opens_a_line_is_no_list_number() {
        let lines = split("21. Mai 2026\n21. Mainz", Some("de"));
        assert_eq!((lines[0].number, lines[0].dates.len()), (None, 1));
        assert_eq!((lines[1].number, lines[1].dates.len()), (Some(21), 0));
    }

    #[test]
    fn equal_lines_are_counted_whatever_their_case_and_marks() {
        let lines = split("The Title\nText.\n* the title", None);
        assert_eq!((lines[0].copies, lines[1].copies, lines[2].key), (2, 1, lines[0].key));
    }

    #[test]
    fn scripts_without_blanks_count_signs() {
        assert_eq!(words_of("停戦 ab").len(), 3);
    }
}
