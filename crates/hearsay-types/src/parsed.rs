//! A parsed article: sentences, tokens, dependency trees, named mentions.

use crate::{ArticleText, Role, Span};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A sentence of an article.
///
/// Serves also as the marker type of sentence ids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Which of the article's texts it stands in.
    pub text: ArticleText,
    /// Its role there.
    pub role: Role,
    /// Where it stands, without white space at either end.
    pub span: Span,
    /// Its tokens, as a range of [`Parsed::tokens`].
    pub tokens: Range<usize>,
}

/// Universal part-of-speech tags (Universal Dependencies 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs)] // The names are the standard's own: https://universaldependencies.org/u/pos/
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

/// A word or a punctuation mark. What the language engine could not tell is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in its sentence's text.
    pub span: Span,
    /// Its dictionary form.
    pub lemma: Option<String>,
    /// Its part of speech.
    pub upos: Option<Upos>,
    /// Its features as UD writes them, `Mood=Ind|Tense=Past`; empty where there are none.
    pub feats: String,
    /// The index in [`Parsed::tokens`] of the word it depends on; none for the root of a sentence, and where there is no
    /// parse (then [`Token::deprel`] is none as well).
    pub head: Option<usize>,
    /// Its relation to that word (UD), `root` for the root.
    pub deprel: Option<String>,
}

/// What a named mention names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // The names say it.
pub enum NamedKind {
    Person,
    Organisation,
    ArmedGroup,
    Government,
    Place,
    Facility,
    Nationality,
    Media,
    Weapon,
    EventName,
    Time,
    Number,
}

/// A span that names something, as the language engine sees it, before it is resolved to anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedMention {
    /// The sentence it stands in, an index of [`Parsed::sentences`].
    pub sentence: usize,
    /// Where it stands in the sentence's text.
    pub span: Span,
    /// What it names.
    pub kind: NamedKind,
}

/// The tokens' vectors, computed once by the encoder and handed to later rooms for their own heads. Empty where no
/// encoder ran.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Vectors {
    /// How many bytes a token has.
    pub width: usize,
    /// Row after row, in the order of [`Parsed::tokens`], each as the engine packs it: as fine as its heads read them.
    pub values: Vec<u8>,
}

/// An article's sentences, tokens and named mentions.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// In the order title, body, captions; within a text in reading order.
    pub sentences: Vec<Sentence>,
    /// All tokens of all sentences, in that order.
    pub tokens: Vec<Token>,
    /// Named mentions, in that order.
    pub mentions: Vec<NamedMention>,
    /// The tokens' vectors.
    pub vectors: Vectors,
}

impl Parsed {
    /// The tokens of one sentence.
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.tokens.clone()).unwrap_or(&[])
    }

    /// The index of the sentence of `text` that holds the byte `at`.
    pub fn sentence_at(&self, text: ArticleText, at: usize) -> Option<usize> {
        self.sentences.iter().position(|s| s.text == text && s.span.start <= at && at < s.span.end)
    }
}
