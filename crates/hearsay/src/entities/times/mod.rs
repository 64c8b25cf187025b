//! Times: which days does each time expression mean?
//!
//! TIMEX3 of TimeML, values in ISO 8601. Rules over words; nothing is guessed: what neither the text nor the day of
//! publication settles stays open (`XXXX-06`).

mod grammar;
mod raw;
mod resolve;
#[cfg(test)]
mod tests;
mod words;

use crate::shallow::Words;
use hearsay_data::words::Closed;
use hearsay_types::{Article, Mention, MentionKind};
use raw::{Found, Raw, Year};
use resolve::Tracker;

/// Finds and resolves the time expressions of an article's body.
pub fn find(article: &Article, words: &Words) -> Vec<Mention> {
    let found: Vec<(usize, Vec<Found>)> =
        words.sentences.iter().map(|(index, range)| (*index, grammar::find(words, range))).collect();
    let mut tracker = tracker(article, found.iter().flat_map(|f| &f.1));
    let mut out = Vec::new();
    for ((index, range), (_, expressions)) in words.sentences.iter().zip(&found) {
        tracker.paragraph = article.paragraphs.partition_point(|p| p.end <= words.list[range.start].span.start);
        let mut last = range.start;
        for expression in expressions {
            tracker.ahead = looks_ahead(words, last..expression.start);
            last = expression.end;
            let timex = tracker.resolve(&expression.raw);
            let span = words.span(&(expression.start..expression.end));
            out.push(Mention { sentence: *index, span, kind: MentionKind::Time(timex) });
        }
    }
    out
}

/// Whether the words before an expression speak of what is to come.
fn looks_ahead(words: &Words, range: std::ops::Range<usize>) -> bool {
    words.list[range].iter().any(|w| match &*w.lower {
        "will" | "'ll" | "’ll" | "shall" => w.is(Closed::Modal),
        "plans" | "planned" | "scheduled" | "due" | "expected" | "upcoming" => true,
        _ => false,
    })
}

/// What is known of the story's time before it is read.
fn tracker<'a>(article: &Article, found: impl Iterator<Item = &'a Found>) -> Tracker {
    let (from, to) = (article.published.earliest, article.published.latest);
    let near = matches!((from, to), (Some(a), Some(b)) if (b - a).get_days() <= 3);
    let year = match (from, to) {
        (Some(a), Some(b)) if a.year() == b.year() => Some(a.year()),
        _ => None,
    };
    let years: Vec<i16> = found.filter_map(|f| told_year(&f.raw)).collect();
    let old = years.iter().filter(|y| year.is_none_or(|p| **y < p - 1)).count();
    let historic = years.len() >= 5 && old * 10 >= years.len() * 7;
    Tracker { published: if near { to } else { None }, published_year: year, historic, ..Tracker::default() }
}

fn told_year(raw: &Raw) -> Option<i16> {
    match raw {
        Raw::Day { year: Some(y), .. }
        | Raw::Month { year: Some(y), .. }
        | Raw::Season { year: Some(y), .. }
        | Raw::Year(y) => match y {
            Year::Common(y) => Some(*y),
            Year::Before(y) => Some(-y),
            Year::Short(_) => None,
        },
        _ => None,
    }
}
