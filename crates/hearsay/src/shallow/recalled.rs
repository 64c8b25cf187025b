//! The vectors that the language stage computed, handed to the engine's heads again, some sentences at a time.

use super::Words;
use hearsay_engine::{Encoded, Engine};
use hearsay_types::Parsed;
use std::ops::Range;

/// Words whose vectors are taken up together, so that memory stays small.
const WORDS_TOGETHER: usize = 2048;

/// Some sentences in a row with their vectors.
pub struct Recalled {
    /// The sentences, as ranges of words of the body.
    pub sentences: Vec<Range<usize>>,
    /// Their vectors; its words are counted from the first of the first sentence.
    pub encoded: Encoded,
}

/// The sentences of a body that have vectors, in order. Sentences beyond what the engine reads have none and end it.
pub fn recalled(engine: &Engine, parsed: &Parsed, words: &Words) -> Vec<Recalled> {
    let mut out = Vec::new();
    let mut next = 0;
    while next < words.sentences.len() {
        let limit = words.sentences[next].1.start + WORDS_TOGETHER;
        let count = words.sentences[next..].iter().take_while(|(_, range)| range.end <= limit).count().max(1);
        let Some(batch) = some(engine, parsed, &words.sentences[next..next + count]) else { break };
        out.push(batch);
        next += count;
    }
    out
}

fn some(engine: &Engine, parsed: &Parsed, sentences: &[(usize, Range<usize>)]) -> Option<Recalled> {
    let (first, last) = (sentences.first()?, sentences.last()?);
    let mut starts: Vec<usize> = sentences.iter().map(|(_, r)| r.start - first.1.start).collect();
    starts.push(last.1.end - first.1.start);
    let width = parsed.vectors.width;
    let from = parsed.sentences.get(first.0)?.tokens.start * width;
    let to = parsed.sentences.get(last.0)?.tokens.end * width;
    let vectors = parsed.vectors.values.get(from..to).filter(|v| !v.is_empty())?;
    let encoded = engine.recall(vectors, &starts).ok()?;
    Some(Recalled { sentences: sentences.iter().map(|(_, r)| r.clone()).collect(), encoded })
}
