use std::ops::Range;

use crate::kernel::{Isa, QuantRows};

/// Sentences as the encoder sees them: one vector a word.
///
/// Vectors are computed once; every head reads the same ones. They do not depend on what else was in the batch.
#[derive(Clone, Debug)]
pub struct Encoded {
    width: usize,
    vectors: Vec<f32>,
    rows: QuantRows,
    wide: QuantRows,
    starts: Vec<usize>,
}

impl Encoded {
    /// Takes rows of `width` numbers, of which the first `hidden` are the last layer's.
    pub(crate) fn new(isa: Isa, hidden: usize, width: usize, vectors: Vec<f32>, starts: Vec<usize>) -> Encoded {
        let (mut rows, mut wide) = (QuantRows::default(), QuantRows::default());
        rows.reset(hidden, vectors.len() / width);
        vectors.chunks_exact(width).enumerate().for_each(|(index, row)| rows.set(isa, index, &row[..hidden]));
        if width > hidden {
            wide.fill(isa, &vectors, width);
        }
        Encoded { width, vectors, rows, wide, starts }
    }

    /// Takes up words that [`pack`](Self::pack) made, for heads alone: there are no vectors.
    pub(crate) fn unpack(hidden: usize, width: usize, packed: &[u8], starts: Vec<usize>) -> Encoded {
        let (mut rows, mut wide) = (QuantRows::default(), QuantRows::default());
        let (each, first) = (Encoded::packed_width_of(hidden, width), QuantRows::packed_width(hidden));
        rows.reset(hidden, packed.len() / each);
        if width > hidden {
            wide.reset(width, packed.len() / each);
        }
        for (index, word) in packed.chunks_exact(each).enumerate() {
            let (narrow, rest) = word.split_at(first);
            rows.unpack(index, narrow);
            if width > hidden {
                wide.unpack(index, rest);
            }
        }
        Encoded { width, vectors: Vec::new(), rows, wide, starts }
    }

    /// Bytes of a packed word.
    pub(crate) fn packed_width_of(hidden: usize, width: usize) -> usize {
        QuantRows::packed_width(hidden) + if width > hidden { QuantRows::packed_width(width) } else { 0 }
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
    pub fn width(&self) -> usize {
        self.width
    }

    /// The vector of a word, counted over all sentences: what the last layer makes of it, then what tapped layers do. Empty
    /// where the words were [recalled](crate::Engine::recall).
    pub fn vector(&self, word: usize) -> &[f32] {
        if self.vectors.is_empty() { &[] } else { &self.vectors[word * self.width..(word + 1) * self.width] }
    }

    /// Bytes of a word as [`pack`](Self::pack) writes it.
    pub fn packed_width(&self) -> usize {
        Encoded::packed_width_of(self.rows.width(), self.width)
    }

    /// Appends a word, counted over all sentences, to `into`, as the heads read it: less than a third of its vector's size.
    pub fn pack(&self, word: usize, into: &mut Vec<u8>) {
        self.rows.pack(word, into);
        if self.wide.width() > 0 {
            self.wide.pack(word, into);
        }
    }

    /// The whole vectors, or the last layer's part where a head is not wide or no layer is tapped.
    pub(crate) fn rows_for(&self, wide: bool) -> &QuantRows {
        if wide && self.wide.width() > 0 { &self.wide } else { &self.rows }
    }
}
