//! The grammar of time expressions: from words to [`Raw`].

mod clock;
mod dates;
mod spans;

use super::raw::{Found, Raw, Which};
use crate::shallow::Words;
use std::ops::Range;

/// Finds the time expressions of a sentence, in order, none overlapping.
pub fn find(words: &Words, sentence: &Range<usize>) -> Vec<Found> {
    let grammar = Grammar { words, end: sentence.end, start: sentence.start };
    let mut out: Vec<Found> = Vec::new();
    let mut at = sentence.start;
    while at < sentence.end {
        match grammar.at(at).map(|f| grammar.with_year_ahead(f)) {
            Some(mut found) if found.end > at => {
                at = found.end;
                grammar.widen(&mut found, out.last().map_or(sentence.start, |f| f.end));
                out.push(found);
                let last = out.len() - 1;
                if let Some(second) = grammar.second(&out[last]) {
                    at = second.end;
                    out.push(second);
                }
            }
            _ => at += 1,
        }
    }
    out
}

struct Grammar<'a> {
    words: &'a Words<'a>,
    start: usize,
    end: usize,
}

impl Grammar<'_> {
    fn low(&self, at: usize) -> &str {
        if at < self.end { self.words.lower(at) } else { "" }
    }

    fn text(&self, at: usize) -> &str {
        if at < self.end { self.words.list[at].text } else { "" }
    }

    fn found(&self, start: usize, end: usize, raw: Raw) -> Option<Found> {
        Some(Found { start, end, raw })
    }

    /// The expression that starts at `at`.
    fn at(&self, at: usize) -> Option<Found> {
        let first = self.text(at);
        let digits = first.starts_with(|c: char| c.is_ascii_digit());
        let told = || self.numeric(at).or_else(|| self.day_first(at)).or_else(|| self.clock(at));
        if let Some(found) = digits.then(told).flatten() {
            return Some(found);
        }
        self.month_first(at)
            .or_else(|| self.ordinal_day(at))
            .or_else(|| self.weekday(at))
            .or_else(|| self.deictic(at))
            .or_else(|| self.decade(at))
            .or_else(|| self.century(at))
            .or_else(|| self.shifted(at))
            .or_else(|| self.quantity(at))
            .or_else(|| self.season(at, at, Which::Bare))
            .or_else(|| self.year(at))
            .or_else(|| self.words_of_day(at))
    }
}
