//! What the words of a line say about it: that it asks, points elsewhere, credits, names an author, belongs to comments.

use hearsay_data::press::FURNITURE;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What words can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    Published,
    Updated,
    Byline,
    Ask,
    More,
    Comment,
    Credit,
    FirstPrinted,
    Banner,
}

/// A set of cues, and how many of the line's words they take.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Cues {
    found: u16,
    /// Words taken by [`Cue::Ask`], [`Cue::More`] and [`Cue::Comment`].
    pub(super) taken: usize,
}

impl Cues {
    pub(super) fn has(self, cue: Cue) -> bool {
        self.found & (1 << cue as u16) != 0
    }
}

/// A phrase of the data: its words after the first, and whether the last may go on.
struct Phrase {
    cue: Cue,
    rest: Vec<String>,
    open: bool,
}

impl Cue {
    /// The cues of a line. A byline and a line that names who printed a story first begin with their words.
    pub(super) fn all(words: &[String], text: &str) -> Cues {
        let mut cues = Cues::default();
        for at in 0..words.len().min(60) {
            for phrase in candidates(&words[at]) {
                let fits = matches(phrase, &words[at + 1..]);
                if fits && (at == 0 || !matches!(phrase.cue, Cue::Byline | Cue::FirstPrinted)) {
                    cues.found |= 1 << phrase.cue as u16;
                    cues.taken += if matches!(phrase.cue, Cue::Ask | Cue::More | Cue::Comment) {
                        1 + phrase.rest.len()
                    } else {
                        0
                    };
                }
            }
        }
        if text.contains('©') {
            cues.found |= 1 << Cue::Credit as u16;
        }
        cues
    }
}

fn matches(phrase: &Phrase, words: &[String]) -> bool {
    let Some((last, inner)) = phrase.rest.split_last() else { return true };
    let tail = words.get(inner.len());
    words.starts_with(inner) && tail.is_some_and(|w| if phrase.open { w.starts_with(last) } else { w == last })
}

/// The phrases that can begin with a word: those that name it, and those whose open first word it goes on.
fn candidates(word: &str) -> impl Iterator<Item = &'static Phrase> {
    static WHOLE: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| table(false));
    static OPEN: LazyLock<HashMap<String, Vec<Phrase>>> = LazyLock::new(|| table(true));
    static BEGINNINGS: LazyLock<HashSet<[u8; 3]>> =
        LazyLock::new(|| OPEN.keys().filter_map(|k| k.as_bytes().first_chunk::<3>().copied()).collect());
    let may = word.as_bytes().first_chunk::<3>().is_some_and(|b| BEGINNINGS.contains(b));
    let ends = word.char_indices().map(|(at, c)| at + c.len_utf8()).filter(move |end| may && *end >= 3);
    let open = ends.filter_map(|end| OPEN.get(&word[..end])).flatten().collect::<Vec<_>>();
    WHOLE.get(word).into_iter().flatten().chain(open)
}

/// Phrases by their first word. `open`: those of one word with any ending.
fn table(open: bool) -> HashMap<String, Vec<Phrase>> {
    let rows = [
        (Cue::Published, &FURNITURE.published),
        (Cue::Updated, &FURNITURE.updated),
        (Cue::Byline, &FURNITURE.byline),
        (Cue::Ask, &FURNITURE.ask),
        (Cue::More, &FURNITURE.more),
        (Cue::Comment, &FURNITURE.comment),
        (Cue::Credit, &FURNITURE.credit),
        (Cue::FirstPrinted, &FURNITURE.first_printed),
        (Cue::Banner, &FURNITURE.banner),
    ];
    let mut table: HashMap<String, Vec<Phrase>> = HashMap::new();
    for (cue, phrase) in rows.into_iter().flat_map(|(cue, list)| list.iter().map(move |p| (cue, p))) {
        let mut words = super::lines::words_of(phrase).into_iter();
        let (Some(first), rest) = (words.next(), words.collect::<Vec<_>>()) else { continue };
        let ends_open = phrase.ends_with('*');
        if open == (ends_open && rest.is_empty()) {
            table.entry(first).or_default().push(Phrase { cue, rest, open: ends_open });
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::super::lines::words_of;
    use super::*;

    fn cues(text: &str) -> Cues {
        Cue::all(&words_of(text), text)
    }

    #[test]
    fn phrases_are_found_as_whole_words() {
        assert!(cues("Lesen Sie auch: Der Hafen").has(Cue::More));
        assert!(cues("Wir nutzen Cookies").has(Cue::Ask));
        assert!(cues("Datenschutzhinweise").has(Cue::Ask));
        assert!(cues("Publiziert 6. November 2025").has(Cue::Published));
        assert!(cues("関連記事 はこちら").has(Cue::More));
        assert!(!cues("The smore was good").has(Cue::More));
    }

    #[test]
    fn a_byline_begins_its_line() {
        assert!(cues("By Ann Orr").has(Cue::Byline));
        assert!(!cues("Stand by Ann Orr").has(Cue::Byline));
    }
}
