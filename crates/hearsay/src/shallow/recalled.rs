//! The vectors that the language stage computed, handed to the engine's heads again, some sentences at a time, and what the
//! rows of scores that the heads give back amount to.

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

/// The shares that a row of scores gives its labels: between 0 and 1, all together 1.
pub fn softmax(row: &[f32]) -> Vec<f32> {
    let most = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = row.iter().map(|s| (s - most).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|p| p / sum).collect()
}

/// The label with the highest score, the first of equals; 0 for an empty row.
pub fn best(row: &[f32]) -> usize {
    (1..row.len()).fold(0, |best, i| if row[i] > row[best] { i } else { best })
}

/// The label with the highest score, the last of equals; 0 for an empty row.
pub fn last_best(row: &[f32]) -> usize {
    (0..row.len()).max_by(|a, b| row[*a].total_cmp(&row[*b])).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_equals_is_the_first_or_the_last() {
        let row = [0.5, 2.0, 2.0, 1.0];
        assert_eq!((best(&row), last_best(&row), best(&[]), last_best(&[])), (1, 2, 0, 0));
        let shares = softmax(&row);
        assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-6 && shares[1] > shares[3]);
    }
}
