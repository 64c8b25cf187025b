//! Language: which sentences, words, and names does this article have?
//!
//! Sentences and tokens are cut by rule, as the English treebanks of Universal Dependencies cut them. A token's part of
//! speech and lemma are told only where the word alone tells them, unless the language engine reads the sentences: then it
//! tells the part of speech, features, lemma and head of every word, the named mentions, and the words' vectors.

mod case;
pub mod engine;
mod lemmas;
pub mod sentences;
pub mod tokens;

use hearsay_data::words;
use hearsay_types::{Article, ArticleText, Note, Parsed, Role, Sentence, Span, Stage, Token, Upos};

/// What the language stage needs, loaded once.
#[derive(Debug, Default)]
pub struct Language {
    engine: Option<engine::Parser>,
}

impl Language {
    /// The rules that ship, without the engine.
    pub fn shipped() -> Self {
        Language::default()
    }

    /// The rules that ship, and a loaded engine.
    pub fn with(engine: engine::Parser) -> Self {
        Language { engine: Some(engine) }
    }

    /// The engine, if there is one.
    pub fn engine(&self) -> Option<&engine::Parser> {
        self.engine.as_ref()
    }
}

/// Splits an article's texts into sentences and tokens, and tells what each token is.
///
/// Sentences come in the order title, body, captions. A dateline is a sentence of its own. No sentence crosses a
/// paragraph. Text in a script that the rules do not know is cut as well as its marks allow, with a note.
pub fn parse(article: &Article, language: &Language) -> (Parsed, Vec<Note>) {
    let mut parsed = Parsed::default();
    let mut notes = Vec::new();
    let title = article.text_of(ArticleText::Title);
    lines(title).for_each(|line| add(&mut parsed, ArticleText::Title, title, Role::Headline, line));
    for (role, span) in body_passages(article) {
        add(&mut parsed, ArticleText::Body, &article.text, role, span);
    }
    for (n, caption) in article.captions.iter().enumerate() {
        let which = ArticleText::Caption(u16::try_from(n).unwrap_or(u16::MAX));
        lines(&caption.text).for_each(|line| add(&mut parsed, which, &caption.text, Role::Caption, line));
    }
    if let Some(note) = unknown_script(article) {
        notes.push(note);
    }
    if let Some(engine) = &language.engine {
        notes.extend(engine.fill(article, &mut parsed));
    }
    (parsed, notes)
}

/// The paragraphs of the body, each with its role; a dateline is parted from the paragraph that it opens.
fn body_passages(article: &Article) -> Vec<(Role, Span)> {
    let dateline = article.dateline.as_ref().map(|d| d.span);
    let mut out = Vec::with_capacity(article.paragraphs.len() + 1);
    for &paragraph in &article.paragraphs {
        match dateline.filter(|d| paragraph.contains(*d) && !d.is_empty()) {
            Some(d) => {
                out.push((Role::Body, Span::new(paragraph.start, d.start)));
                out.push((Role::Dateline, d));
                out.push((Role::Body, Span::new(d.end, paragraph.end)));
            }
            None => out.push((Role::Body, paragraph)),
        }
    }
    out
}

fn lines(text: &str) -> impl Iterator<Item = Span> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        at += line.len();
        Span::new(at - line.len(), at)
    })
}

/// Adds the sentences of one stretch of text.
fn add(parsed: &mut Parsed, which: ArticleText, text: &str, role: Role, within: Span) {
    let spans = tokens::tokenize(text, within);
    let whole = || std::iter::once(0..spans.len()).collect();
    let ranges = if role == Role::Dateline { whole() } else { sentences::split(text, &spans) };
    for range in ranges.into_iter().filter(|r| !r.is_empty()) {
        let first = parsed.tokens.len();
        parsed.tokens.extend(spans[range.clone()].iter().map(|s| token(text, *s)));
        let span = spans[range.start].to(spans[range.end - 1]);
        parsed.sentences.push(Sentence { text: which, role, span, tokens: first..parsed.tokens.len() });
    }
}

/// A token, with what its form alone tells.
fn token(text: &str, span: Span) -> Token {
    let form = span.of(text);
    Token { span, lemma: None, upos: certain(form), feats: String::new(), head: None, deprel: None }
}

fn certain(form: &str) -> Option<Upos> {
    let first = form.chars().next()?;
    if form.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) && first.is_ascii_digit() {
        return Some(Upos::Num);
    }
    if !form.chars().any(char::is_alphanumeric) {
        return match first {
            '$' | '€' | '£' | '%' | '+' | '=' => Some(Upos::Sym),
            c if c.is_ascii_punctuation() || "“”‘’«»„—–…،؛؟。".contains(c) => Some(Upos::Punct),
            _ => None,
        };
    }
    words::certain_upos(&form.to_lowercase()).and_then(upos)
}

fn upos(name: &str) -> Option<Upos> {
    Some(match name {
        "ADJ" => Upos::Adj,
        "ADP" => Upos::Adp,
        "ADV" => Upos::Adv,
        "AUX" => Upos::Aux,
        "CCONJ" => Upos::Cconj,
        "DET" => Upos::Det,
        "NUM" => Upos::Num,
        "PART" => Upos::Part,
        "PRON" => Upos::Pron,
        "PROPN" => Upos::Propn,
        "SCONJ" => Upos::Sconj,
        _ => return None,
    })
}

/// A note where most letters of the body are of a script that the rules were not made for.
fn unknown_script(article: &Article) -> Option<Note> {
    let letters = article.text.chars().filter(|c| c.is_alphabetic()).take(4000);
    let (latin, all) = letters.fold((0usize, 0usize), |(l, n), c| (l + usize::from(c < '\u{250}'), n + 1));
    (all > 20 && latin * 2 < all).then(|| {
        let message =
            "The text is mostly not in Latin letters: its sentences are cut, its claims and events are not read.";
        Note::new(Stage::Parse, "script", message)
    })
}

#[cfg(test)]
mod tests;
