//! What the names in an element's attributes hint at: `class="related-stories"` is seldom a part of the story.

use super::dom::{Dom, NodeId};
use hearsay_data::page_hints;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A set of hints, one bit a category of `page_hints.toml`.
pub(super) type Hints = u32;

/// The categories, in the order of their bits. The names are those of the data file.
pub(super) const CATEGORIES: [&str; 22] = [
    "story",
    "lead",
    "headline",
    "byline",
    "date",
    "caption",
    "picture",
    "comment",
    "related",
    "share",
    "newsletter",
    "advert",
    "nav",
    "footer",
    "aside",
    "cookie",
    "tags",
    "meta",
    "paywall",
    "live",
    "form",
    "hidden",
];

/// The words of the data file.
struct Words {
    /// Whole words.
    whole: HashMap<&'static str, Hints>,
    /// Openings of words.
    opening: Vec<(&'static str, Hints)>,
    /// By first letter, where its openings begin and end.
    by_letter: [(u16, u16); 26],
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { whole: HashMap::new(), opening: Vec::new(), by_letter: [(0, 0); 26] };
    for (category, list) in page_hints() {
        let Some(n) = CATEGORIES.iter().position(|c| c == category) else { continue };
        for word in list {
            match word.strip_suffix('*') {
                Some(start) => words.opening.push((start, 1 << n)),
                None => *words.whole.entry(word.as_str()).or_default() |= 1 << n,
            }
        }
    }
    words.opening.sort_unstable();
    for (n, range) in words.by_letter.iter_mut().enumerate() {
        let letter = b'a' + n as u8;
        let from = words.opening.partition_point(|(w, _)| w.as_bytes()[0] < letter);
        let to = words.opening.partition_point(|(w, _)| w.as_bytes()[0] <= letter);
        *range = (from as u16, to as u16);
    }
    words
});

const READ: [&str; 8] = ["class", "id", "itemprop", "role", "data-component", "data-testid", "data-type", "data-qa"];

/// The hints of one element's own attributes.
pub(super) fn of(dom: &Dom, id: NodeId) -> Hints {
    let Some(element) = dom.element(id) else { return 0 };
    let mut hints = 0;
    for name in READ {
        if let Some(value) = element.attr(name) {
            hints |= of_value(value);
        }
    }
    hints
}

/// The hints of one attribute's value: every word of it is looked up, where words end at signs, digits and at a capital
/// letter behind a small one.
fn of_value(value: &str) -> Hints {
    let words = &*WORDS;
    let mut hints = 0;
    let mut buffer = [0u8; 24];
    let mut len = 0;
    let mut small = false;
    for &byte in value.as_bytes().iter().take(400) {
        let letter = byte.is_ascii_alphabetic();
        if !letter || (small && byte.is_ascii_uppercase()) {
            hints |= look_up(words, &buffer[..len]);
            len = 0;
        }
        small = byte.is_ascii_lowercase();
        if letter && len < buffer.len() {
            buffer[len] = byte.to_ascii_lowercase();
            len += 1;
        }
    }
    hints | look_up(words, &buffer[..len])
}

fn look_up(words: &Words, word: &[u8]) -> Hints {
    let Some(first) = word.first() else { return 0 };
    let Ok(word) = std::str::from_utf8(word) else { return 0 };
    let (from, to) = words.by_letter[usize::from(first - b'a')];
    let openings = &words.opening[usize::from(from)..usize::from(to)];
    let mut hints = words.whole.get(word).copied().unwrap_or(0);
    for (start, bit) in openings {
        if word.starts_with(start) {
            hints |= bit;
        }
    }
    hints
}

#[cfg(test)]
mod tests {
    use super::{CATEGORIES, Hints, of_value};

    fn bit(category: &str) -> Hints {
        1 << CATEGORIES.iter().position(|c| *c == category).unwrap()
    }

    #[test]
    fn words_are_found_in_all_the_ways_names_are_joined() {
        assert_eq!(of_value("sc-1x RelatedStories_box__a1") & bit("related"), bit("related"));
        assert_eq!(of_value("articleBody") & bit("story"), bit("story"));
        assert_eq!(of_value("header gradient") & bit("advert"), 0);
        assert_eq!(of_value("ad-slot") & bit("advert"), bit("advert"));
    }
}
