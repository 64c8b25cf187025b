//! The language engine's part: what a network of learned weights tells of the words of a sentence.

use super::case;
use super::lemmas::{Exceptions, Script};
use hearsay_data::engine_weights;
use hearsay_engine::{Encoded, Engine, Isa, Tier, WordInput, spans};
use hearsay_types::{Article, NamedKind, NamedMention, Note, Parsed, Sentence, Span, Stage, Token, Upos, named};
use std::borrow::Cow;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Words that go through the engine together: enough for its caches, few enough that memory stays small.
const WORDS_TOGETHER: usize = 1024;

/// Words of an article that the engine reads, about as many as a book has. Their vectors fill 200 MB.
pub const MOST_WORDS: usize = 100_000;

/// Why the language engine could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// The file that was named cannot be read.
    #[error("the engine's weights {} cannot be read: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// It is no weights file, or one that this version cannot use.
    #[error("the language engine cannot be loaded: {0}")]
    Unusable(#[from] hearsay_engine::Error),
    /// A head has a label that this version has no word for.
    #[error("the engine's weights have the unknown label {label:?} for {task}")]
    Label {
        /// The name of the head, or of the table.
        task: String,
        /// The label.
        label: String,
    },
}

impl LoadError {
    fn label(task: &str, label: &str) -> LoadError {
        LoadError::Label { task: task.to_owned(), label: label.to_owned() }
    }
}

/// A loaded engine and what its labels mean. It is never changed, so threads can share it.
#[derive(Debug)]
pub struct Parser {
    engine: Engine,
    upos: Vec<Upos>,
    lemmas: Vec<Script>,
    exceptions: Exceptions,
    /// For each label of mentions what it names; none for `O`.
    kinds: Vec<Option<NamedKind>>,
}

/// What the engine tells of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its part of speech.
    pub upos: Upos,
    /// Its features as UD writes them; empty where there are none.
    pub feats: &'a str,
    /// Its dictionary form; `_` for the later parts of a word that was torn apart.
    pub lemma: String,
    /// The word it depends on, counted from the start of the sentence; none for the root.
    pub head: Option<usize>,
    /// Its relation to that word.
    pub deprel: &'a str,
}

/// A named mention among the words of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The sentence, counted from 0.
    pub sentence: usize,
    /// Its words, counted from the start of the sentence.
    pub words: Range<usize>,
    /// What it names.
    pub kind: NamedKind,
}

/// What the engine tells of some sentences.
#[derive(Debug, Clone)]
pub struct Reading<'a> {
    /// All words, sentence after sentence.
    pub words: Vec<Word<'a>>,
    /// The named mentions, in that order.
    pub names: Vec<Name>,
    /// The words' vectors.
    pub encoded: Encoded,
}

impl Parser {
    /// Loads a tier from a weights file, or from the weights that ship where no file is named.
    ///
    /// # Errors
    /// If they cannot be read or used.
    pub fn open(weights: Option<&Path>, tier: Tier) -> Result<Parser, LoadError> {
        match weights {
            None => Parser::load(engine_weights(), tier),
            Some(path) => {
                let unreadable = |source| LoadError::Unreadable { path: path.to_owned(), source };
                Parser::load(&std::fs::read(path).map_err(unreadable)?, tier)
            }
        }
    }

    /// Loads a tier from the bytes of a weights file.
    ///
    /// # Errors
    /// If they cannot be used.
    pub fn load(bytes: &[u8], tier: Tier) -> Result<Parser, LoadError> {
        let engine = Engine::load(bytes, tier)?;
        let nothing = engine.encode(&[]);
        engine.trees(&nothing, "deps")?;
        engine.label(&nothing, "feats")?;
        let kind = |label: &str| match label.split_once('-') {
            None if label == "O" => Some(None),
            None => None,
            Some((_, kind)) => named(kind).map(Some),
        };
        let exceptions = Exceptions::read(engine.text("lemma.exceptions").unwrap_or_default());
        Ok(Parser {
            upos: meanings(&engine, "upos", named)?,
            lemmas: meanings(&engine, "lemma", Script::read)?,
            exceptions: exceptions.map_err(|line| LoadError::label("lemma.exceptions", line))?,
            kinds: meanings(&engine, "mentions", kind)?,
            engine,
        })
    }

    /// The network itself, for the heads of later stages.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The instruction set that it computes with.
    pub fn isa(&self) -> Isa {
        self.engine.isa()
    }

    /// Reads some sentences that are cut into words. What it tells of one does not depend on the others.
    pub fn read(&self, sentences: &[&[WordInput]]) -> Reading<'_> {
        let encoded = self.engine.encode(sentences);
        let [upos, feats, lemmas] = ["upos", "feats", "lemma"].map(|task| self.labels(&encoded, task));
        let trees = self.engine.trees(&encoded, "deps").expect("loading checked that there are trees");
        let [feature_names, relations] = ["feats", "deps"].map(|task| self.engine.labels(task).unwrap_or_default());
        let inputs = sentences.iter().flat_map(|sentence| sentence.iter());
        let word = |(i, input): (usize, &WordInput)| Word {
            upos: self.upos[upos[i]],
            feats: Some(feature_names[feats[i]].as_str()).filter(|&feats| feats != "_").unwrap_or(""),
            lemma: self.lemma(input.text, self.upos[upos[i]], lemmas[i]),
            head: trees[i].head,
            deprel: &relations[trees[i].label as usize],
        };
        Reading { words: inputs.enumerate().map(word).collect(), names: self.names(&encoded), encoded }
    }

    fn labels(&self, encoded: &Encoded, task: &str) -> Vec<usize> {
        let labels = self.engine.label(encoded, task).expect("loading checked that the head is there");
        labels.into_iter().map(|label| label as usize).collect()
    }

    fn lemma(&self, word: &str, upos: Upos, label: usize) -> String {
        let known = self.exceptions.get(word, upos).map(str::to_owned);
        known.unwrap_or_else(|| self.lemmas[label].apply(word))
    }

    fn names(&self, encoded: &Encoded) -> Vec<Name> {
        let labels = self.engine.label(encoded, "mentions").expect("loading checked that the head is there");
        let tags = self.engine.labels("mentions").unwrap_or_default();
        let of = |sentence: usize| {
            let labels = &labels[encoded.words(sentence)];
            spans(labels, tags).into_iter().filter_map(move |span| {
                let kind = self.kinds[labels[span.words.start] as usize]?;
                Some(Name { sentence, words: span.words, kind })
            })
        };
        (0..encoded.len()).flat_map(of).collect()
    }

    /// Reads the sentences of an article and writes what it finds into them: all layers of the words, the mentions and
    /// the vectors. After [`MOST_WORDS`] words it stops, with a note; later words are left as they were.
    pub(super) fn fill(&self, article: &Article, parsed: &mut Parsed) -> Option<Note> {
        let all = parsed.sentences.len();
        let readable = parsed.sentences.partition_point(|sentence| sentence.tokens.end <= MOST_WORDS);
        let mut next = 0;
        while next < readable {
            let limit = parsed.sentences[next].tokens.start + WORDS_TOGETHER;
            let more = parsed.sentences[next + 1..readable].partition_point(|s| s.tokens.end <= limit);
            self.fill_some(article, parsed, next..next + 1 + more);
            next += 1 + more;
        }
        (readable < all).then(|| {
            let message =
                format!("The text is too long: its last {} of {all} sentences are not parsed.", all - readable);
            Note::new(Stage::Parse, "too-long-to-parse", message)
        })
    }

    fn fill_some(&self, article: &Article, parsed: &mut Parsed, range: Range<usize>) {
        let sentences = &parsed.sentences[range.clone()];
        let mut inputs: Vec<Vec<WordInput>> =
            sentences.iter().map(|s| inputs(article.text_of(s.text), parsed.tokens_of(s))).collect();
        let cased: Vec<Option<Vec<Cow<str>>>> = inputs.iter().map(|words| case::read_as(&self.engine, words)).collect();
        for (words, forms) in inputs.iter_mut().zip(&cased) {
            words.iter_mut().zip(forms.iter().flatten()).for_each(|(word, form)| word.text = form);
        }
        let reading = self.read(&inputs.iter().map(Vec::as_slice).collect::<Vec<_>>());
        let mention = |name: &Name| mention(&parsed.tokens, &sentences[name.sentence], range.start, name);
        parsed.mentions.extend(reading.names.iter().map(mention));
        parsed.vectors.width = reading.encoded.packed_width();
        (0..reading.words.len()).for_each(|word| reading.encoded.pack(word, &mut parsed.vectors.values));
        let starts = sentences.iter().flat_map(|s| s.tokens.clone().map(|_| s.tokens.start));
        let tokens = &mut parsed.tokens[sentences.first().map_or(0, |s| s.tokens.start)..];
        for ((token, start), word) in tokens.iter_mut().zip(starts).zip(reading.words) {
            tell(token, start, word);
        }
    }
}

/// The words of a sentence as the engine takes them: the first counts as one after a space.
fn inputs<'a>(text: &'a str, tokens: &[Token]) -> Vec<WordInput<'a>> {
    let mut end = None;
    let input = |token: &Token| {
        let space_before = end.is_none_or(|end| end < token.span.start);
        end = Some(token.span.end);
        WordInput { text: token.span.of(text), space_before }
    };
    tokens.iter().map(input).collect()
}

/// Writes into a token what the engine tells; `start` is the first token of its sentence.
fn tell(token: &mut Token, start: usize, word: Word) {
    token.upos = Some(word.upos);
    token.feats = word.feats.to_owned();
    token.lemma = Some(word.lemma).filter(|lemma| lemma != "_");
    token.head = word.head.map(|head| start + head);
    token.deprel = Some(word.deprel.to_owned());
}

fn mention(tokens: &[Token], sentence: &Sentence, first: usize, name: &Name) -> NamedMention {
    let of = |word: usize| tokens[sentence.tokens.start + word].span;
    let span: Span = of(name.words.start).to(of(name.words.end - 1));
    NamedMention { sentence: first + name.sentence, span, kind: name.kind }
}

/// What each label of a head means.
fn meanings<T>(engine: &Engine, task: &str, read: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, LoadError> {
    engine.label(&engine.encode(&[]), task)?;
    let labels = engine.labels(task).unwrap_or_default();
    labels.iter().map(|label| read(label).ok_or_else(|| LoadError::label(task, label))).collect()
}
