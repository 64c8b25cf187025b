//! Claims: who says so?
//!
//! The first version works by rule: verbs, nouns and marks of attribution, quotation marks, and noun phrases as their
//! forms show them. It reads the body only.

mod cited;
mod draft;
mod find;
mod heads;
mod join;
mod right;
mod source;
mod stance;

#[cfg(test)]
mod tests;

use crate::shallow::Words;
use crate::shallow::quotes::{self, Quotations};
use draft::Draft;
use hearsay_engine::Engine;
use hearsay_types::{Article, Claim, ClaimId, Content, Cue, CueClass, Entities, Medium, Parsed, Quote, Source, Span};
use std::ops::Range;

/// Finds every act of attribution in an article.
///
/// `engine` gives the network whose heads read [`Parsed::vectors`]; without it, or where its weights have no such heads,
/// the rules work alone.
pub fn attribute(article: &Article, parsed: &Parsed, entities: &Entities, engine: Option<&Engine>) -> Vec<Claim> {
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
    let readings = engine.and_then(|engine| heads::read(engine, parsed, &words));
    if let Some(readings) = &readings {
        drafts = join::Joiner { words: &words, quotes: &quotes, readings }.join(drafts);
    }
    cited::add_cited(&words, &quotes, &mut drafts);
    find::continue_quotations(&words, &quotes, &mut drafts, |word| paragraph_of(article, words.list[word].span.start));
    drafts.retain(|d| d.content.iter().any(|r| !r.is_empty()));
    drafts.iter_mut().for_each(|d| d.negated |= told_by_nobody(&words, d));
    drafts.sort_by_key(|d| (d.cue[0].start, d.hull().start));
    let own: Vec<bool> = (0..drafts.len()).map(|i| is_own_thought(&words, &drafts, i)).collect();
    let mut own = own.into_iter();
    drafts.retain(|_| !own.next().unwrap_or(false));
    Builder { article, parsed, words: &words, quotes: &quotes, drafts: &drafts, entities }.build()
}

/// "I think", "we hope" inside of what somebody says: a hedge of it, and no telling of its own.
fn is_own_thought(words: &Words, drafts: &[Draft], index: usize) -> bool {
    let draft = &drafts[index];
    let first = draft.source.first().is_some_and(|s| s.len() == 1 && matches!(words.lower(s.start), "i" | "we"));
    first && matches!(draft.class, "believe" | "perceive" | "intend") && parent(drafts, index).is_some()
}

/// "Nobody ordered us": the negation stands in the source.
fn told_by_nobody(words: &Words, draft: &Draft) -> bool {
    let first = draft.source.first().map_or("", |s| words.lower(s.start));
    matches!(first, "nobody" | "none" | "no" | "neither")
}

fn paragraph_of(article: &Article, at: usize) -> usize {
    article.paragraphs.partition_point(|p| p.end <= at)
}

/// Makes claims of drafts.
struct Builder<'a> {
    article: &'a Article,
    parsed: &'a Parsed,
    words: &'a Words<'a>,
    quotes: &'a Quotations,
    drafts: &'a [Draft],
    entities: &'a Entities,
}

impl Builder<'_> {
    fn build(&self) -> Vec<Claim> {
        let parents: Vec<Option<usize>> = (0..self.drafts.len()).map(|i| parent(self.drafts, i)).collect();
        let sources = self.sources(&parents);
        let ids: Vec<ClaimId> = self.drafts.iter().map(|d| id_of(self.article, self.words, d)).collect();
        let mut out: Vec<Claim> = Vec::with_capacity(self.drafts.len());
        for (index, source) in sources.iter().enumerate() {
            if out.iter().all(|c| c.id != ids[index]) {
                let mut claim = self.claim(index, ids[index], source, self.passes_on(index, &parents, &sources));
                claim.parent = parents[index].map(|p| ids[p]);
                out.push(claim);
            }
        }
        out
    }

    /// The sources, outer ones first, since "I" and "we" inside of what somebody says are theirs.
    fn sources(&self, parents: &[Option<usize>]) -> Vec<Source> {
        let mut out: Vec<Option<Source>> = vec![None; self.drafts.len()];
        let mut resolver = source::Resolver::new(self.words, self.quotes, self.article, self.parsed, self.entities);
        for (index, draft) in self.drafts.iter().enumerate() {
            let outer = parents[index].and_then(|p| out[p].clone());
            let quoted = self.quotes.inside(draft.cue[0].start);
            out[index] = Some(resolver.resolve(draft, outer.as_ref(), quoted));
        }
        out.into_iter().flatten().collect()
    }

    /// Whether most of what a draft tells is told, inside of it, by another source.
    fn passes_on(&self, index: usize, parents: &[Option<usize>], sources: &[Source]) -> bool {
        let size = |d: &Draft| d.content.iter().map(Range::len).sum::<usize>();
        let whole = size(&self.drafts[index]);
        (0..self.drafts.len()).any(|child| {
            let own = sources[child].name == sources[index].name && sources[child].name.is_some();
            let draft = &self.drafts[child];
            parents[child] == Some(index) && !own && matches!(draft.class, "say" | "write") && 2 * size(draft) > whole
        })
    }

    fn claim(&self, index: usize, id: ClaimId, source: &Source, passes_on: bool) -> Claim {
        let (words, draft) = (self.words, &self.drafts[index]);
        let (stance, reason) = stance::decide(words, draft, passes_on);
        let mut why = draft.why.clone();
        why.extend(reason.map(str::to_owned));
        Claim {
            id,
            sentence: words.sentences[words.sentence_of(draft.cue[0].start)].0,
            parent: None,
            source: source.clone(),
            cue: Cue {
                spans: spans(words, &draft.cue),
                lemma: lemma(words, draft),
                class: class(draft.class),
                negated: draft.negated,
            },
            content: Content { spans: spans(words, &draft.content), quote: quote(words, self.quotes, draft) },
            stance,
            addressee: draft.addressee.as_ref().map(|r| words.span(r)),
            medium: draft.medium.as_ref().map(|r| Medium { span: words.span(r) }),
            why,
        }
    }
}

/// The innermost other draft whose content holds this one's cue.
fn parent(drafts: &[Draft], index: usize) -> Option<usize> {
    if let Some(teller) = drafts[index].told_by {
        return drafts.iter().position(|d| d.cue[0].start == teller);
    }
    let cue = drafts[index].cue[0].start;
    let holds = |other: &usize| {
        *other != index
            && drafts[*other].tells(cue)
            && !drafts[index].tells(drafts[*other].cue[0].start)
            && drafts[*other].told_by != Some(cue)
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

/// The dictionary form of the cue; where no lexicon knows it, its last word.
fn lemma(words: &Words, draft: &Draft) -> String {
    let last = draft.cue.last().map_or("", |c| words.lower(c.end - 1));
    if draft.lemma.is_empty() { last.to_owned() } else { draft.lemma.to_owned() }
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
