//! Quotations that go on without a cue of their own.

use crate::claims::draft::Draft;
use crate::shallow::Words;
use crate::shallow::quotes::{Quotation, Quotations};

/// Gives quotations that stand without a cue to the claim they go on with.
pub fn continue_quotations(
    words: &Words,
    quotes: &Quotations,
    drafts: &mut [Draft],
    paragraph_of: impl Fn(usize) -> usize,
) {
    for (index, quotation) in quotes.list.iter().enumerate() {
        if drafts.iter().any(|d| d.hull().contains(&quotation.range.start)) {
            continue;
        }
        let continued = index > 0
            && !quotes.list[index - 1].closed
            && paragraph_of(quotes.list[index - 1].range.start) + 1 == paragraph_of(quotation.range.start);
        if let Some(owner) = owner(words, quotes, drafts, quotation, index, continued, &paragraph_of) {
            drafts[owner].content.push(quotation.range.clone());
            drafts[owner].why.push("a quotation that goes on".to_owned());
        }
    }
}

fn owner(
    words: &Words,
    quotes: &Quotations,
    drafts: &[Draft],
    q: &Quotation,
    index: usize,
    continued: bool,
    paragraph_of: &impl Fn(usize) -> usize,
) -> Option<usize> {
    if continued {
        let before = quotes.list[index - 1].range.start;
        return drafts.iter().position(|d| d.tells(before));
    }
    if q.words < 3 {
        return None;
    }
    let start = q.range.start;
    let before = start.checked_sub(1).map(|i| &words.list[i]);
    let opens = before.is_none_or(|b| matches!(b.text, "." | "?" | "!" | ":" | ","))
        || quotes.closing(start.wrapping_sub(1)).is_some()
        || start.checked_sub(1).is_none_or(|b| paragraph_of(b) != paragraph_of(start));
    let last = drafts
        .iter()
        .enumerate()
        .filter(|(_, d)| {
            d.hull().end <= start && matches!(d.class, "say" | "write" | "believe") && !d.source.is_empty()
        })
        .max_by_key(|(_, d)| d.hull().end)?;
    let same = paragraph_of(last.1.hull().start) == paragraph_of(start);
    let distance = words
        .list
        .get(last.1.hull().end)
        .map_or(0, |_| words.sentence_of(start) - words.sentence_of(last.1.hull().end - 1));
    let quoting = last
        .1
        .content
        .iter()
        .any(|r| quotes.list.iter().any(|o| o.range.start >= r.start && o.range.end <= r.end + 1 && o.words > 3));
    (opens && same && distance <= 2 && (quoting || distance <= 1)
        || (opens && !same && quoting && paragraph_of(last.1.hull().end - 1) + 1 == paragraph_of(start) && q.words > 8))
        .then_some(last.0)
}
