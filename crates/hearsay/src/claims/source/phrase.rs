//! The parts of a source phrase: head, name, role.

use super::names::{capital_run, is_country, is_name_word, last_run, run_end, strip_titles};
use crate::shallow::Words;
use hearsay_data::cues::{is_title, organisation_word, source_noun};
use hearsay_data::words::Closed;
use std::ops::Range;

/// The parts of a source phrase.
pub struct Parts {
    /// Its head word.
    pub head: Option<usize>,
    /// The name in it.
    pub name: Option<Range<usize>>,
    /// The words that tell the role of who is named.
    pub role: Option<Range<usize>>,
}

impl Parts {
    pub fn of(words: &Words, range: &Range<usize>) -> Parts {
        let comma = range.clone().find(|i| words.lower(*i) == ",");
        let lead = range.start..comma.unwrap_or(range.end);
        let core = lead.start..core_end(words, &lead);
        let capital = capital_run(words, lead.clone());
        let trailing = last_run(words, &lead);
        let head_noun =
            core.clone().rev().find(|i| source_noun(words.lower(*i)).is_some() && !words.list[*i].is_capital());
        let trailing = trailing.map(|r| without_country(words, &lead, r));
        let behind = |run: &Range<usize>| names_the_phrase(words, &lead, run);
        let run = trailing
            .filter(|r| r.end == lead.end && behind(r))
            .or(capital.filter(|r| r.start <= lead.start + 1 && head_noun.is_none()));
        let apposed = comma.and_then(|c| apposed_name(words, c + 1, range.end));
        let name = run.and_then(|r| strip_titles(words, r)).or(apposed);
        let role = match (&name, comma) {
            (Some(n), Some(comma)) if n.start > comma => Some(lead),
            (Some(_), Some(comma)) if comma + 1 < range.end => Some(comma + 1..range.end),
            (Some(n), None) if n.start > range.start => Some(range.start..n.start),
            _ => None,
        };
        let head = name
            .as_ref()
            .map(|n| n.end - 1)
            .or(head_noun)
            .or_else(|| core.clone().rev().find(|i| !words.list[*i].is_mark()));
        Parts { head, name, role }
    }
}

impl Parts {
    /// Takes `name` for the phrase's name, and what stands before it for the role.
    pub fn bear(&mut self, words: &Words, range: &Range<usize>, name: Range<usize>) {
        if self.name.as_ref().is_some_and(|n| n.end == name.end) {
            return;
        }
        let comma = name.start > range.start && words.lower(name.start - 1) == ",";
        let before = range.start..name.start - usize::from(comma);
        self.role = Some(before).filter(|r| !r.is_empty()).or(self.role.take());
        self.head = Some(name.end - 1);
        self.name = Some(name);
    }
}

/// "envoy to Orvia Lena Orr": the country before the name is the end of the role, not of the name.
fn without_country(words: &Words, lead: &Range<usize>, run: Range<usize>) -> Range<usize> {
    let tied = run.start > lead.start && words.list[run.start - 1].is_any(&[Closed::To, Closed::Prep, Closed::Of]);
    if tied && is_country(words.list[run.start].text) && run.len() > 2 { run.start + 1..run.end } else { run }
}

/// Whether a run of capitals at the end of a phrase is its name: "minister Lena Orr", but not "a spokesman for the Front".
fn names_the_phrase(words: &Words, lead: &Range<usize>, run: &Range<usize>) -> bool {
    let mut before = run.start;
    while before > lead.start && words.list[before - 1].is_any(&[Closed::Det, Closed::Poss]) {
        before -= 1;
    }
    if before == lead.start {
        return true;
    }
    let word = &words.list[before - 1];
    let tied = word.is_any(&[Closed::Of, Closed::Prep, Closed::To, Closed::Conj]) || word.is_mark();
    !tied || matches!(word.text, "-" | "(") || is_country(word.text) && before == run.start
}

/// Where the noun phrase's own words end: before its first preposition or relative pronoun.
fn core_end(words: &Words, range: &Range<usize>) -> usize {
    let start = range.start + usize::from(words.list[range.start].is_any(&[Closed::Det, Closed::Num, Closed::Poss]));
    let mut at = start + 1;
    while at < range.end {
        let word = &words.list[at];
        let close = matches!(&*word.lower, "close" | "familiar" | "based" | "loyal" | "near");
        if close
            || word.is_any(&[Closed::Prep, Closed::Of, Closed::To, Closed::Rel, Closed::That, Closed::As])
                && !(word.is(Closed::Of) && at == start + 1 && words.list[start].is(Closed::Num))
        {
            return at;
        }
        at += 1;
    }
    range.end
}

/// A phrase without its leading article.
pub fn description(words: &Words, range: &Range<usize>) -> String {
    let article = matches!(words.lower(range.start), "the" | "a" | "an") && range.len() > 1;
    words.of(&(range.start + usize::from(article)..range.end)).to_owned()
}

/// The person's name that commas set beside a role, the last if there are several: "the mayor, Judit Orban-Vale", "the secretary,
/// Alliance of Growers, Adan Voss". Names of bodies are passed over.
fn apposed_name(words: &Words, start: usize, end: usize) -> Option<Range<usize>> {
    let (mut part, mut found) = (start, None);
    while part < end {
        let stop = (part..end).find(|i| matches!(words.lower(*i), "," | "(")).unwrap_or(end);
        let first = (part..stop).find(|i| is_name_word(words, *i));
        let whole = first.filter(|f| run_end(words, *f, stop) == stop && (part..*f).all(|i| is_title(words.lower(i))));
        let name = whole.and_then(|f| strip_titles(words, f..stop)).filter(|n| n.len() > 1);
        found = name.filter(|n| n.clone().all(|i| organisation_word(words.lower(i)).is_none())).or(found);
        part = stop + 1;
    }
    found
}
