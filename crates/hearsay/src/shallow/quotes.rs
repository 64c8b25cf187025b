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

/// Single marks quote only in pairs: ‘ before a word, ’ after one and not before another.
fn single_marks(
    words: &Words,
    at: usize,
    open: Option<usize>,
    range: &Range<usize>,
    out: &mut Quotations,
) -> Option<usize> {
    match words.list[at].text {
        "‘" if glued_after(words, at) => Some(at),
        "’" | "'" if open.is_some() && !glued_after(words, at) && at < range.end => {
            let start = open?;
            if at - start > 3 {
                push(out, start..at + 1, true);
            }
            None
        }
        _ => open,
    }
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
