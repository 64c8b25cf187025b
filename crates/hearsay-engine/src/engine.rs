use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::encoded::Encoded;
use crate::encoder::{Batch, Encoder, Workspace};
use crate::error::Error;
use crate::format::{Kind, Weights};
use crate::heads::{Arc, Head};
use crate::kernel::Isa;
use crate::tokenizer::{self, Tokenizer};
use crate::windows::{self, MOST_PIECES};

/// Pieces that go through the encoder together: enough that weights are read rarely, few enough for the caches.
const ROWS_TOGETHER: usize = 192;

/// How deep the encoder goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// The first layers only.
    Fast,
    /// All layers.
    Accurate,
}

impl Tier {
    /// How a weights file names it.
    pub fn name(self) -> &'static str {
        match self {
            Tier::Fast => "fast",
            Tier::Accurate => "accurate",
        }
    }
}

/// A word as it stands in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordInput<'a> {
    /// The word.
    pub text: &'a str,
    /// Whether white space, or the start of the text, comes before it.
    pub space_before: bool,
}

/// A loaded encoder with its heads. It is never changed, so threads can share it.
pub struct Engine {
    isa: Isa,
    bos: u32,
    eos: u32,
    window: usize,
    tokenizer: Tokenizer,
    encoder: Encoder,
    heads: Vec<Head>,
    texts: BTreeMap<String, String>,
    /// Memory of calls that are over, for those to come.
    idle: Mutex<Vec<Workspace>>,
}

impl Engine {
    /// Loads one tier from the bytes of a weights file, for the best instruction set of this processor.
    ///
    /// # Errors
    /// If the bytes are no such file, or one that lacks something.
    pub fn load(bytes: &[u8], tier: Tier) -> Result<Engine, Error> {
        Engine::load_for(bytes, tier, Isa::best())
    }

    /// The same for a given instruction set. All give the same answers.
    ///
    /// # Errors
    /// As [`Engine::load`], and if this processor does not have the instruction set.
    pub fn load_for(bytes: &[u8], tier: Tier, isa: Isa) -> Result<Engine, Error> {
        if !isa.is_supported() {
            return Err(Error::config(format!("this processor has no {isa}")));
        }
        let (config, weights) = Weights::open(bytes, isa)?;
        let depth =
            config.tiers.get(tier.name()).ok_or_else(|| Error::config(format!("there is no tier {}", tier.name())))?;
        let encoder = Encoder::load(isa, &config, &weights, depth)?;
        let (hidden, width) = (config.hidden, encoder.width());
        let heads = config
            .tasks
            .into_iter()
            .filter_map(|task| Head::load(isa, tier.name(), task, [hidden, width], &weights).transpose());
        Ok(Engine {
            isa,
            bos: config.vocab.bos,
            eos: config.vocab.eos,
            window: MOST_PIECES.min(config.max_positions - 2),
            tokenizer: Tokenizer::load(&config.vocab, &weights)?,
            encoder,
            heads: heads.collect::<Result<_, _>>()?,
            texts: weights.texts()?,
            idle: Mutex::default(),
        })
    }

    /// The instruction set that it computes with.
    pub fn isa(&self) -> Isa {
        self.isa
    }

    /// The name, kind and labels of every head of this tier.
    pub fn tasks(&self) -> impl Iterator<Item = (&str, Kind, &[String])> {
        self.heads.iter().map(|head| (head.name.as_str(), head.kind, head.labels.as_slice()))
    }

    /// The labels of a head, in the order of their numbers.
    pub fn labels(&self, task: &str) -> Option<&[String]> {
        self.heads.iter().find(|head| head.name == task).map(|head| head.labels.as_slice())
    }

    /// A text that the weights file carries for those who read the labels, such as exceptions to them.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(String::as_str)
    }

    /// How likely the unigram model of the vocabulary finds a word, as a logarithm: of two ways to write a word, the one that texts
    /// use more.
    pub fn likelihood(&self, word: &str) -> f64 {
        self.tokenizer.likelihood(word)
    }

    /// The sub-words of a word, as places in the vocabulary.
    pub fn pieces(&self, word: WordInput) -> Vec<u32> {
        let mut pieces = Vec::new();
        self.tokenizer.word(word.text, word.space_before, &mut pieces);
        pieces
    }

    /// Computes the vector of every word of some sentences, on the calling thread.
    ///
    /// Call it with some dozens of sentences at a time, from as many threads as you like. Apart from the vectors
    /// themselves, memory is bounded, however long a sentence is.
    pub fn encode(&self, sentences: &[&[WordInput]]) -> Encoded {
        let mut work = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let words: usize = sentences.iter().map(|sentence| sentence.len()).sum();
        let mut vectors = Vec::with_capacity(words * self.encoder.width());
        let mut starts = vec![0];
        let mut batch = Batch::default();
        let mut pieces = Pieces::default();
        for sentence in sentences {
            starts.push(starts[starts.len() - 1] + sentence.len());
            self.cut(sentence, &mut pieces);
            for window in windows::cut(&pieces.starts, self.window) {
                self.push(&pieces, &window, &mut batch);
                if batch.pieces.len() >= ROWS_TOGETHER {
                    self.flush(&mut batch, &mut work, &mut vectors);
                }
            }
        }
        self.flush(&mut batch, &mut work, &mut vectors);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(work);
        Encoded::new(self.isa, self.encoder.hidden(), self.encoder.width(), vectors, starts)
    }

    /// Takes up words of an earlier [`Engine::encode`], each as [`Encoded::pack`] wrote it and one after the other, so that heads can
    /// read them again; `starts` has the first word of every sentence, and at its end the number of words.
    ///
    /// # Errors
    /// If there are not as many bytes as so many words have.
    pub fn recall(&self, packed: &[u8], starts: &[usize]) -> Result<Encoded, Error> {
        let words = starts.last().copied().unwrap_or(0);
        let ordered = starts.first() == Some(&0) && starts.is_sorted();
        let (hidden, width) = (self.encoder.hidden(), self.encoder.width());
        if !ordered || packed.len() != words * Encoded::packed_width_of(hidden, width) {
            return Err(Error::config("the vectors do not fit the sentences".to_owned()));
        }
        Ok(Encoded::unpack(hidden, width, packed, starts.to_vec()))
    }

    /// The label of every word, for a head of the kind linear or bio; `B-` and `I-` follow each other as they must.
    ///
    /// # Errors
    /// If there is no such head, or it is of another kind.
    pub fn label(&self, encoded: &Encoded, task: &str) -> Result<Vec<u32>, Error> {
        self.head(task, "linear or bio")?.label(self.isa, encoded)
    }

    /// One row of scores for each word, one score for each label, for a head of the kind linear or bio.
    ///
    /// # Errors
    /// If there is no such head, or it is of another kind.
    pub fn scores(&self, encoded: &Encoded, task: &str) -> Result<Vec<f32>, Error> {
        self.head(task, "linear or bio")?.scores(self.isa, encoded)
    }

    /// The tree of every sentence, one arc for each word, for a head of the kind biaffine.
    ///
    /// A sentence has one root. One of more than 512 words is parsed in parts, and the roots of later parts hang on
    /// the first one's.
    ///
    /// # Errors
    /// If there is no such head, or it is of another kind.
    pub fn trees(&self, encoded: &Encoded, task: &str) -> Result<Vec<Arc>, Error> {
        self.head(task, "biaffine")?.trees(self.isa, encoded)
    }

    /// One row of label scores for each pair of words, for a head of the kind pairs (or the labels of a biaffine one).
    ///
    /// Words are counted over all sentences; in a pair the dependent comes first.
    ///
    /// # Errors
    /// If there is no such head, or it is of another kind.
    pub fn pairs(&self, encoded: &Encoded, task: &str, pairs: &[(usize, usize)]) -> Result<Vec<f32>, Error> {
        self.head(task, "pairs or biaffine")?.pairs(self.isa, encoded, pairs)
    }

    fn head(&self, task: &str, kind: &'static str) -> Result<&Head, Error> {
        let head = self.heads.iter().find(|head| head.name == task);
        head.ok_or_else(|| Error::Task { task: task.to_owned(), kind })
    }

    /// Cuts the words of a sentence into pieces.
    fn cut(&self, sentence: &[WordInput], pieces: &mut Pieces) {
        pieces.ids.clear();
        pieces.starts.clear();
        pieces.starts.push(0);
        let most = tokenizer::MOST_PIECES.min(self.window);
        for word in sentence {
            let start = pieces.ids.len();
            self.tokenizer.word(word.text, word.space_before, &mut pieces.ids);
            pieces.ids.truncate(start + most);
            pieces.starts.push(pieces.ids.len());
        }
    }

    /// Puts a window into the batch, between begin and end marks.
    fn push(&self, pieces: &Pieces, window: &windows::Window, batch: &mut Batch) {
        let (start, end) = (pieces.starts[window.words.start], pieces.starts[window.words.end]);
        batch.pieces.push(self.bos);
        let begin = batch.pieces.len();
        batch.pieces.extend_from_slice(&pieces.ids[start..end]);
        batch.pieces.push(self.eos);
        batch.ends.push(batch.pieces.len());
        for word in window.taken.clone() {
            let (first, last) = (pieces.starts[word], pieces.starts[word + 1] - 1);
            batch.words.push((begin + first - start, begin + last - start));
        }
    }

    fn flush(&self, batch: &mut Batch, work: &mut Workspace, vectors: &mut Vec<f32>) {
        self.encoder.run(batch, work, vectors);
        batch.pieces.clear();
        batch.ends.clear();
        batch.words.clear();
    }
}

/// The pieces of one sentence; `starts` has for every word the number of pieces before it, and at its end their number.
#[derive(Default)]
struct Pieces {
    ids: Vec<u32>,
    starts: Vec<usize>,
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tasks: Vec<&str> = self.heads.iter().map(|head| head.name.as_str()).collect();
        f.debug_struct("Engine").field("isa", &self.isa).field("tasks", &tasks).finish_non_exhaustive()
    }
}
