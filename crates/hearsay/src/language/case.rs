//! Sentences all in capitals, as wires once sent them: the case that their words would have.
//!
//! The engine learnt from texts that are mostly not so. It reads such a sentence as if it were written in the usual way, of which the
//! vocabulary's own model tells the likelier (Lita et al. 2003, "tRuEcasIng", reduced to single words). The text stays as it is.

use crate::shallow::is_shouted;
use crate::shallow::subject::{WEEKDAYS, is_month};
use hearsay_data::words::closed;
use hearsay_engine::{Engine, WordInput};
use std::borrow::Cow;

/// Longer words are no acronyms.
const ACRONYM: usize = 5;

/// The words of a sentence as the engine is to read them; none where it can read them as they are.
pub(super) fn read_as<'a>(engine: &Engine, words: &[WordInput<'a>]) -> Option<Vec<Cow<'a, str>>> {
    let shouted = is_shouted(words.iter().map(|w| w.text));
    shouted.then(|| words.iter().enumerate().map(|(at, w)| usual(engine, w.text, at == 0)).collect())
}

/// A word in its likelier case; the first of a sentence with a capital.
fn usual<'a>(engine: &Engine, word: &'a str, first: bool) -> Cow<'a, str> {
    let plain = word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'));
    if !plain || word == "I" {
        return Cow::Borrowed(word);
    }
    let lower = word.to_lowercase();
    let title = capitalised(&lower);
    if first || is_month(&lower) || WEEKDAYS.contains(&&*lower) {
        return Cow::Owned(title);
    }
    if closed(&lower).is_some() {
        return Cow::Owned(lower);
    }
    let as_lower = engine.likelihood(&lower);
    let (as_title, as_upper) = (engine.likelihood(&title), engine.likelihood(word));
    if word.chars().count() <= ACRONYM && as_upper > as_lower.max(as_title) {
        return Cow::Borrowed(word);
    }
    Cow::Owned(if as_title > as_lower { title } else { lower })
}

/// With a capital at the start of each of its parts: "al-Amin" is "Al-Amin".
fn capitalised(lower: &str) -> String {
    let mut up = true;
    let letter = |c: char| {
        let now = std::mem::replace(&mut up, c == '-');
        if now { c.to_uppercase().collect::<String>() } else { c.to_string() }
    };
    lower.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::capitalised;

    #[test]
    fn parts_of_a_name_have_capitals() {
        assert_eq!((capitalised("al-amin"), capitalised("école")), ("Al-Amin".into(), "École".into()));
    }
}
