//! What words look like where no parse is at hand: a reading of tokens by their forms, shared by the rooms that need it.
//!
//! This is no room: it finds nothing and decides nothing. When the language stage tells parts of speech and trees,
//! rules read those instead.

pub mod quotes;
pub mod recalled;
pub mod subject;
pub mod trees;

use hearsay_data::verbs::{Forms, Verb, verb};
use hearsay_data::words::{Closed, closed};
use hearsay_types::{Article, ArticleText, Parsed, Span, Upos};
use std::borrow::Cow;
use std::ops::Range;

/// A token as its form shows it.
#[derive(Debug, Clone)]
pub struct Word<'a> {
    /// The token.
    pub text: &'a str,
    /// The token in lower case.
    pub lower: Cow<'a, str>,
    /// Where it stands in the text.
    pub span: Span,
    /// Its closed class, if it has one.
    pub closed: Option<Closed>,
    /// The verb it can be a form of.
    pub verb: Option<Verb>,
    /// Its part of speech, where the language stage tells it.
    pub upos: Option<Upos>,
    /// Whether its sentence is all in capitals, so that a capital tells nothing of a word.
    pub shouted: bool,
}

impl Word<'_> {
    /// Whether it starts with a capital letter; in a sentence all in capitals, whether the language stage holds it for a name.
    pub fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase) && (!self.shouted || self.upos.is_none_or(|u| u == Upos::Propn))
    }

    /// Whether it holds no letter or digit.
    pub fn is_mark(&self) -> bool {
        !self.text.contains(char::is_alphanumeric)
    }

    /// Whether it starts with a digit or is a number word.
    pub fn is_number(&self) -> bool {
        self.text.starts_with(|c: char| c.is_ascii_digit())
            || self.closed == Some(Closed::Num)
            || number_word(&self.lower).is_some()
    }

    /// Whether it can be one of these forms of a verb that is no auxiliary.
    pub fn is_verb(&self, forms: Forms) -> bool {
        self.verb.is_some_and(|v| v.forms.any(forms))
    }

    /// Whether it is of this closed class.
    pub fn is(&self, class: Closed) -> bool {
        self.closed == Some(class)
    }

    /// Whether it is of one of these closed classes.
    pub fn is_any(&self, classes: &[Closed]) -> bool {
        self.closed.is_some_and(|c| classes.contains(&c))
    }

    /// Whether it is an adverb by its class or ending.
    pub fn is_adverb(&self) -> bool {
        self.is(Closed::Adv)
            || (self.lower.len() > 4
                && self.lower.ends_with("ly")
                && !self.is_capital()
                && self.verb.is_none()
                && !matches!(
                    &*self.lower,
                    "family" | "only" | "ally" | "assembly" | "early" | "daily" | "weekly" | "supply" | "reply"
                ))
    }
}

/// The value of a number word below a hundred, or of its tens.
pub fn number_word(word: &str) -> Option<u64> {
    const WORDS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let at = |list: &[&str]| list.iter().position(|w| *w == word).map(|i| i as u64);
    at(&WORDS).or_else(|| at(&TENS).map(|t| 10 * (t + 2)))
}

/// The words of an article's body, in order, with their sentences.
pub struct Words<'a> {
    /// The body.
    pub text: &'a str,
    /// All words of its sentences.
    pub list: Vec<Word<'a>>,
    /// The sentences, as ranges of `list`, with their index in [`Parsed::sentences`].
    pub sentences: Vec<(usize, Range<usize>)>,
    /// Whether the language engine told the parts of speech, so that they can be relied on.
    pub tagged: bool,
}

impl<'a> Words<'a> {
    /// Reads the body of an article.
    pub fn of_body(article: &'a Article, parsed: &Parsed) -> Self {
        let text = article.text.as_str();
        let tagged = !parsed.vectors.values.is_empty();
        let mut out = Words { text, list: Vec::new(), sentences: Vec::new(), tagged };
        for (index, sentence) in parsed.sentences.iter().enumerate().filter(|(_, s)| s.text == ArticleText::Body) {
            let first = out.list.len();
            let tokens = parsed.tokens_of(sentence);
            let shouted = tagged && is_shouted(tokens.iter().map(|t| t.span.of(text)));
            out.list.extend(tokens.iter().map(|t| word(text, t.span, t.upos, shouted)));
            out.sentences.push((index, first..out.list.len()));
        }
        out
    }

    /// The lower-case form of a word; `""` beyond either end.
    pub fn lower(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |w| &w.lower)
    }

    /// The span of a range of words.
    pub fn span(&self, range: &Range<usize>) -> Span {
        match (self.list.get(range.start), self.list.get(range.end.wrapping_sub(1))) {
            (Some(a), Some(b)) if range.start < range.end => a.span.to(b.span),
            _ => Span::new(0, 0),
        }
    }

    /// The text of a range of words, as it is written.
    pub fn of(&self, range: &Range<usize>) -> &'a str {
        self.span(range).of(self.text)
    }

    /// Whether the words from `at` on are these, in lower case.
    pub fn has(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, w)| self.lower(at + i) == *w)
    }

    /// The sentence of a word: its place in `sentences`.
    pub fn sentence_of(&self, at: usize) -> usize {
        self.sentences.partition_point(|(_, r)| r.end <= at)
    }
}

/// Whether a sentence is all in capitals: nine tenths of its letters, in four words or more.
pub fn is_shouted<'a>(words: impl Iterator<Item = &'a str>) -> bool {
    let (mut upper, mut letters, mut count) = (0, 0, 0);
    for word in words.filter(|w| w.chars().any(char::is_alphabetic)) {
        upper += word.chars().filter(|c| c.is_uppercase()).count();
        letters += word.chars().filter(|c| c.is_alphabetic()).count();
        count += 1;
    }
    count >= 4 && 10 * upper >= 9 * letters
}

fn word(text: &str, span: Span, upos: Option<Upos>, shouted: bool) -> Word<'_> {
    let form = span.of(text);
    let lower =
        if form.chars().any(char::is_uppercase) { Cow::Owned(form.to_lowercase()) } else { Cow::Borrowed(form) };
    let closed = closed(&lower).filter(|_| !is_name_form(form));
    let verb = if closed.is_some() { None } else { verb(&lower) };
    Word { text: form, lower, span, closed, verb, upos, shouted }
}

/// "US", "IT", "Will" and "May" as names are no closed-class words.
fn is_name_form(form: &str) -> bool {
    matches!(form, "US" | "IT" | "IS" | "WHO" | "AM" | "OR" | "OF." | "AN.")
}
