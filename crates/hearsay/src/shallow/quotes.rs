//! Where quotations stand.

use super::Words;
use hearsay_types::Span;
use std::ops::Range;

/// A quotation within one paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quotation {
    /// The words from the opening mark to the closing one, both included where they are there.
    pub range: Range<usize>,
    /// Whether a mark closes it. Else it ends with its paragraph, and the next paragraph may go on with it.
    pub closed: bool,
    /// How many words it holds.
    pub words: usize,
}

impl Quotation {
    /// The words between the marks.
    pub fn inner(&self) -> Range<usize> {
        let end = if self.closed { self.range.end - 1 } else { self.range.end };
        self.range.start + 1..end.max(self.range.start + 1)
    }
}

/// All quotations of a body, in order.
#[derive(Debug, Default)]
pub struct Quotations {
    /// In order; none overlap.
    pub list: Vec<Quotation>,
    /// For each word, the quotation that it stands in, as an index of `list`.
    pub of_word: Vec<Option<u32>>,
}

impl Quotations {
    /// The quotation a word stands in.
    pub fn at(&self, word: usize) -> Option<&Quotation> {
        self.list.get((*self.of_word.get(word)?)? as usize)
    }

    /// The quotation that opens with this word.
    pub fn opening(&self, word: usize) -> Option<&Quotation> {
        self.at(word).filter(|q| q.range.start == word)
    }

    /// The quotation that this word closes.
    pub fn closing(&self, word: usize) -> Option<&Quotation> {
        self.at(word).filter(|q| q.closed && q.range.end == word + 1)
    }

    /// Whether the word stands in a quotation, its marks included.
    pub fn inside(&self, word: usize) -> bool {
        self.at(word).is_some()
    }
}

/// What a quotation mark can do.
#[derive(PartialEq)]
enum Mark {
    Open,
    Close,
    Either,
}

fn mark(text: &str) -> Option<Mark> {
    Some(match text {
        "“" | "«" | "„" | "``" | "‘‘" => Mark::Open,
        "”" | "»" | "’’" => Mark::Close,
        "\"" | "''" => Mark::Either,
        _ => return None,
    })
}

/// Finds the quotations of a body, paragraph by paragraph. A mark that opens where one is open starts a new quotation.
pub fn find(words: &Words, paragraphs: &[Span]) -> Quotations {
    let mut out = Quotations { list: Vec::new(), of_word: vec![None; words.list.len()] };
    let mut first = 0;
    for paragraph in paragraphs {
        let end = first + words.list[first..].partition_point(|w| w.span.start < paragraph.end);
        in_paragraph(words, first..end, &mut out);
        first = end;
    }
    out
}

fn in_paragraph(words: &Words, range: Range<usize>, out: &mut Quotations) {
    let mut open: Option<usize> = None;
    let mut single: Option<usize> = None;
    for at in range.clone() {
        let text = words.list[at].text;
        if open.is_none() {
            single = single_marks(words, at, single, &range, out);
        }
        let Some(kind) = mark(text) else { continue };
        let opens = match kind {
            Mark::Open => !(text == "“" && open.is_some() && !glued_after(words, at)),
            Mark::Close => false,
            Mark::Either => open.is_none(),
        };
        match (opens, open) {
            (true, Some(start)) => {
                push(out, start..at, false);
                open = Some(at);
            }
            (true, None) => open = Some(at),
            (false, Some(start)) => {
                push(out, start..at + 1, true);
                open = None;
            }
            (false, None) => {}
        }
    }
    if let Some(start) = open {
        push(out, start..range.end, false);
    }
}

/// Single marks quote only in pairs: ‘ or ' before a word, and ’ or ' behind one. A straight one that opens a paragraph may be closed in
/// a later one, as long as the next paragraph opens with one again.
fn single_marks(
    words: &Words,
    at: usize,
    open: Option<usize>,
    range: &Range<usize>,
    out: &mut Quotations,
) -> Option<usize> {
    match words.list[at].text {
        "‘" if glued_after(words, at) => Some(at),
        "'" if open.is_none() && opens_single(words, at, range) => match closing_single(words, at, range) {
            Some(_) => Some(at),
            None if at == range.start && words.list.get(range.end).is_some_and(|w| w.text == "'") => {
                push(out, at..range.end, false);
                None
            }
            None => None,
        },
        "’" | "'" if open.is_some() && !glued_after(words, at) && at < range.end => {
            let start = open?;
            if words.list[start].text == "'" && closing_single(words, start, range) != Some(at) {
                return open;
            }
            if at - start > 3 {
                push(out, start..at + 1, true);
            }
            None
        }
        _ => open,
    }
}

/// Whether a straight mark opens a quotation: a word behind it, none before it.
fn opens_single(words: &Words, at: usize, range: &Range<usize>) -> bool {
    let glued = at > range.start && words.list[at - 1].span.end == words.list[at].span.start;
    glued_after(words, at) && (!glued || matches!(words.list[at - 1].text, "(" | "[" | "—" | "–"))
}

/// The straight mark that closes the quotation that opens at `open`: the first behind a full stop or comma, or behind a word that can be
/// no plural's genitive; the last where there is none.
fn closing_single(words: &Words, open: usize, range: &Range<usize>) -> Option<usize> {
    let can = |i: &usize| {
        let (before, mark) = (&words.list[*i - 1], &words.list[*i]);
        mark.text == "'" && !glued_after(words, *i) && before.span.end == mark.span.start
    };
    let firm = |i: &usize| {
        let before = &words.list[*i - 1];
        let behind = words.list.get(*i + 1).filter(|_| *i + 1 < range.end);
        before.is_mark() || !before.lower.ends_with('s') || behind.is_none_or(super::Word::is_mark)
    };
    let next = (open + 1..range.end).find(|i| opens_single(words, *i, range)).unwrap_or(range.end);
    let all = || (open + 2..next).filter(can);
    all().find(firm).or_else(|| all().next_back())
}

fn glued_after(words: &Words, at: usize) -> bool {
    let end = words.list[at].span.end;
    words.list.get(at + 1).is_some_and(|w| w.span.start == end && !w.is_mark())
}

fn push(out: &mut Quotations, range: Range<usize>, closed: bool) {
    let index = out.list.len() as u32;
    for word in range.clone() {
        out.of_word[word] = Some(index);
    }
    let words = range.len() - 1 - usize::from(closed);
    out.list.push(Quotation { range, closed, words });
}
