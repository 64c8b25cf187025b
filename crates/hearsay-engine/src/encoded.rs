use std::ops::Range;

use crate::kernel::{Isa, QuantRows};

/// Sentences as the encoder sees them: one vector a word.
///
/// Vectors are computed once; every head reads the same ones. They do not depend on what else was in the batch.
#[derive(Clone, Debug)]
pub struct Encoded {
    hidden: usize,
    vectors: Vec<f32>,
    rows: QuantRows,
    starts: Vec<usize>,
}

impl Encoded {
    pub(crate) fn new(isa: Isa, hidden: usize, vectors: Vec<f32>, starts: Vec<usize>) -> Encoded {
        let mut rows = QuantRows::default();
        rows.fill(isa, &vectors, hidden);
        Encoded { hidden, vectors, rows, starts }
    }

    /// The number of sentences.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there are no sentences.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The words of a sentence, counted over all sentences: where its part of every answer stands.
    pub fn words(&self, sentence: usize) -> Range<usize> {
        self.starts[sentence]..self.starts[sentence + 1]
    }

    /// Numbers in a vector.
    pub fn hidden(&self) -> usize {
        self.hidden
    }

    /// The vector of a word, counted over all sentences.
    pub fn vector(&self, word: usize) -> &[f32] {
        &self.vectors[word * self.hidden..(word + 1) * self.hidden]
    }

    pub(crate) fn rows(&self) -> &QuantRows {
        &self.rows
    }
}
