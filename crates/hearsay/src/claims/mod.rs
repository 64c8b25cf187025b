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
    let drafts = drafts(article, parsed, &words, &quotes, engine);
    Builder { article, parsed, words: &words, quotes: &quotes, drafts: &drafts, entities }.build()
}

/// The marks that the stance of each claim of an article is weighed by, with their values: what weights are fitted on.
pub fn stance_marks(
    article: &Article,
    parsed: &Parsed,
    entities: &Entities,
    engine: Option<&Engine>,
) -> Vec<(ClaimId, Vec<(String, f32)>)> {
    let words = Words::of_body(article, parsed);
    let quotes = quotes::find(&words, &article.paragraphs);
    let drafts = drafts(article, parsed, &words, &quotes, engine);
    Builder { article, parsed, words: &words, quotes: &quotes, drafts: &drafts, entities }.marks()
}

fn drafts(
    article: &Article,
    parsed: &Parsed,
    words: &Words,
    quotes: &Quotations,
    engine: Option<&Engine>,
) -> Vec<Draft> {
    let mut finder = find::Finder { words, quotes, drafts: Vec::new() };
    let mut last = usize::MAX;
    for (_, range) in &words.sentences {
        let paragraph = paragraph_of(article, words.list[range.start].span.start);
        finder.sentence(range.clone(), paragraph != last);
        last = paragraph;
    }
    let mut drafts = finder.drafts;
    let readings = engine.and_then(|engine| heads::read(engine, parsed, words));
    if let Some(readings) = &readings {
        drafts = join::Joiner { words, quotes, readings }.join(drafts);
    }
    cited::add_cited(words, quotes, &mut drafts);
    find::continue_quotations(words, quotes, &mut drafts, |word| paragraph_of(article, words.list[word].span.start));
    drafts.retain(|d| d.content.iter().any(|r| !r.is_empty()));
    drafts.iter_mut().for_each(|d| d.negated |= told_by_nobody(words, d));
    drafts.sort_by_key(|d| (d.cue[0].start, d.hull().start));
    let own: Vec<bool> = (0..drafts.len()).map(|i| is_own_thought(words, &drafts, i)).collect();
    let mut own = own.into_iter();
    drafts.retain(|_| !own.next().unwrap_or(false));
    drafts
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
        for index in 0..sources.len() {
            if out.iter().all(|c| c.id != ids[index]) {
                let mut claim = self.claim(index, ids[index], &self.around(index, &parents, &sources));
                claim.parent = parents[index].map(|p| ids[p]);
                out.push(claim);
            }
        }
        out
    }

    fn marks(&self) -> Vec<(ClaimId, Vec<(String, f32)>)> {
        let parents: Vec<Option<usize>> = (0..self.drafts.len()).map(|i| parent(self.drafts, i)).collect();
        let sources = self.sources(&parents);
        let of = |(index, draft): (usize, &Draft)| {
            let around = self.around(index, &parents, &sources);
            (id_of(self.article, self.words, draft), stance::marks_of(self.words, draft, &around))
        };
        self.drafts.iter().enumerate().map(of).collect()
    }

    /// What stands around a draft.
    fn around<'b>(&self, index: usize, parents: &[Option<usize>], sources: &'b [Source]) -> stance::Around<'b> {
        let children = || (0..self.drafts.len()).filter(|i| parents[*i] == Some(index));
        stance::Around {
            passes_on: self.passes_on(index, parents, sources),
            has_child: children().next().is_some(),
            child_denies: children().any(|i| self.drafts[i].stance == "denies"),
            is_nested: parents[index].is_some(),
            before: index.checked_sub(1).map(|i| self.drafts[i].stance),
            quote: quote(self.words, self.quotes, &self.drafts[index]),
            source: &sources[index],
        }
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

    fn claim(&self, index: usize, id: ClaimId, around: &stance::Around) -> Claim {
        let (words, draft) = (self.words, &self.drafts[index]);
        let (stance, reason) = stance::decide(words, draft, around);
        let mut why = draft.why.clone();
        why.extend(reason);
        Claim {
            id,
            sentence: words.sentences[words.sentence_of(draft.cue[0].start)].0,
            parent: None,
            source: around.source.clone(),
            cue: Cue {
                spans: spans(words, &draft.cue),
                lemma: lemma(words, draft),
                class: class(draft.class),
                negated: draft.negated,
            },
            content: Content { spans: spans(words, &draft.content), quote: around.quote },
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
