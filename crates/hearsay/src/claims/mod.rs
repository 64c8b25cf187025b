//! Claims: who says so?
//!
//! The first version works by rule: verbs, nouns and marks of attribution, quotation marks, and noun phrases as their
//! forms show them. It reads the body only.

mod draft;
mod find;

mod right;
mod source;
mod stance;

#[cfg(test)]
mod tests;

use crate::shallow::Words;
use crate::shallow::quotes::{self, Quotations};
use draft::Draft;
use hearsay_types::{Article, Claim, ClaimId, Content, Cue, CueClass, Entities, Medium, Parsed, Quote, Span};
use std::ops::Range;

/// Finds every act of attribution in an article.
pub fn attribute(article: &Article, parsed: &Parsed, entities: &Entities) -> Vec<Claim> {
    let words = Words::of_body(article, parsed);
    let quotes = quotes::find(&words, &article.paragraphs);
    let mut finder = find::Finder { words: &words, quotes: &quotes, drafts: Vec::new() };
    let mut last = usize::MAX;
    for (_, range) in &words.sentences {
        let paragraph = paragraph_of(article, words.list[range.start].span.start);
        finder.sentence(range.clone(), paragraph != last);
        last = paragraph;
    }
    let mut drafts = finder.drafts;
    find::continue_quotations(&words, &quotes, &mut drafts, |word| paragraph_of(article, words.list[word].span.start));
    drafts.retain(|d| d.content.iter().any(|r| !r.is_empty()));
    drafts.sort_by_key(|d| (d.cue[0].start, d.hull().start));
    build(article, &words, &quotes, &drafts, entities)
}

fn paragraph_of(article: &Article, at: usize) -> usize {
    article.paragraphs.partition_point(|p| p.end <= at)
}

fn build(article: &Article, words: &Words, quotes: &Quotations, drafts: &[Draft], entities: &Entities) -> Vec<Claim> {
    let mut sources: Vec<Option<hearsay_types::Source>> = vec![None; drafts.len()];
    let mut resolver = source::Resolver::new(words, entities);
    for index in 0..drafts.len() {
        let outer = parent(drafts, index).and_then(|p| sources[p].clone());
        sources[index] = Some(resolver.resolve(&drafts[index], outer.as_ref()));
    }
    let ids: Vec<ClaimId> = drafts.iter().map(|d| id_of(article, words, d)).collect();
    let mut out: Vec<Claim> = Vec::with_capacity(drafts.len());
    for (index, (draft, source)) in drafts.iter().zip(sources).enumerate() {
        let Some(source) = source else { continue };
        if out.iter().any(|c| c.id == ids[index]) {
            continue;
        }
        let (stance, reason) = stance::decide(words, draft);
        let mut why = draft.why.clone();
        why.extend(reason.map(str::to_owned));
        out.push(Claim {
            id: ids[index],
            sentence: words.sentences[words.sentence_of(draft.cue[0].start)].0,
            parent: parent(drafts, index).map(|p| ids[p]),
            source,
            cue: Cue {
                spans: spans(words, &draft.cue),
                lemma: draft.lemma.to_owned(),
                class: class(draft.class),
                negated: draft.negated,
            },
            content: Content { spans: spans(words, &draft.content), quote: quote(words, quotes, draft) },
            stance,
            addressee: draft.addressee.as_ref().map(|r| words.span(r)),
            medium: draft.medium.as_ref().map(|r| Medium { span: words.span(r) }),
            why,
        });
    }
    out
}

/// The innermost other draft whose content holds this one's cue.
fn parent(drafts: &[Draft], index: usize) -> Option<usize> {
    let cue = drafts[index].cue[0].start;
    let holds = |other: &usize| {
        *other != index && drafts[*other].tells(cue) && !drafts[index].tells(drafts[*other].cue[0].start)
    };
    (0..drafts.len()).filter(holds).min_by_key(|i| drafts[*i].content.iter().map(Range::len).sum::<usize>())
}

fn id_of(article: &Article, words: &Words, draft: &Draft) -> ClaimId {
    let mut bytes = Vec::new();
    for range in draft.source.iter().chain(&draft.cue).chain(&draft.content) {
        let span = words.span(range);
        bytes.extend_from_slice(&span.start.to_le_bytes());
        bytes.extend_from_slice(&span.end.to_le_bytes());
    }
    ClaimId::within(&article.id, &[b"claim", &bytes])
}

fn spans(words: &Words, ranges: &[Range<usize>]) -> Vec<Span> {
    ranges.iter().filter(|r| !r.is_empty()).map(|r| words.span(r)).collect()
}

/// How much of the content stands in quotation marks.
fn quote(words: &Words, quotes: &Quotations, draft: &Draft) -> Quote {
    let (mut inside, mut all) = (0, 0);
    for at in draft.content.iter().flat_map(Clone::clone).filter(|i| !words.list[*i].is_mark()) {
        all += 1;
        inside += usize::from(quotes.inside(at));
    }
    match inside {
        0 if draft.topic => Quote::Topic,
        0 => Quote::Indirect,
        _ if inside == all => Quote::Direct,
        _ => Quote::Mixed,
    }
}

fn class(name: &str) -> CueClass {
    match name {
        "write" => CueClass::Write,
        "believe" => CueClass::Believe,
        "perceive" => CueClass::Perceive,
        "intend" => CueClass::Intend,
        "decree" => CueClass::Decree,
        "show" => CueClass::Show,
        _ => CueClass::Say,
    }
}
