//! Words whose class is certain without a parse, and abbreviations.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What an abbreviation's full stop can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Abbreviation {
    /// A name follows: "Maj. Gen. Abbas".
    Title,
    /// It is one only where a number follows: "Jan. 12", "No. 4".
    BeforeNumber,
    /// It can close a sentence as well: "in the U.S."
    Ends,
    /// It closes none: "e.g."
    Inside,
}

/// The classes of closed-class words, as far as rules need them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // Each is the word class that its name says; `closed.tsv` lists the members.
pub enum Closed {
    Det,
    Poss,
    Pron,
    Obj,
    Num,
    Rel,
    Wh,
    That,
    Sub,
    As,
    Since,
    Conj,
    Of,
    Prep,
    To,
    Be,
    Have,
    Do,
    Modal,
    Neg,
    Adv,
    Adj,
    Verb,
    There,
    Particle,
    Time,
}

fn class(name: &str) -> Option<Closed> {
    use Closed::*;
    Some(match name {
        "det" => Det,
        "poss" => Poss,
        "pron" => Pron,
        "obj" => Obj,
        "num" => Num,
        "rel" => Rel,
        "wh" => Wh,
        "that" => That,
        "sub" => Sub,
        "as" => As,
        "since" => Since,
        "conj" => Conj,
        "of" => Of,
        "prep" => Prep,
        "to" => To,
        "be" => Be,
        "have" => Have,
        "do" => Do,
        "modal" => Modal,
        "neg" => Neg,
        "adv" => Adv,
        "adj" => Adj,
        "verb" => Verb,
        "there" => There,
        "particle" => Particle,
        "time" => Time,
        _ => return None,
    })
}

static ABBREVIATIONS: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let kind = |name: &str| match name {
        "title" => Abbreviation::Title,
        "before-number" => Abbreviation::BeforeNumber,
        "ends" => Abbreviation::Ends,
        _ => Abbreviation::Inside,
    };
    crate::rows(include_str!("../lexicons/abbreviations.tsv"))
        .filter_map(|r| Some((*r.first()?, kind(r.get(1)?))))
        .collect()
});

/// A closed-class word: its class, and its Universal part of speech where the word alone tells it.
static CLOSED: LazyLock<HashMap<&'static str, (Closed, Option<&'static str>)>> = LazyLock::new(|| {
    crate::rows(include_str!("../lexicons/closed.tsv"))
        .filter_map(|r| Some((*r.first()?, (class(r.get(1)?)?, r.get(2).copied().filter(|u| *u != "-")))))
        .collect()
});

/// What the full stop of `form` means, if it is an abbreviation. `form` is in lower case and ends in a full stop.
pub fn abbreviation(form: &str) -> Option<Abbreviation> {
    ABBREVIATIONS.get(form).copied()
}

static PLACE_WORDS: LazyLock<HashSet<(&'static str, &'static str)>> = LazyLock::new(|| {
    crate::rows(include_str!("../lexicons/place_words.tsv")).filter_map(|r| Some((*r.first()?, *r.get(1)?))).collect()
});

/// Whether a word, in lower case, is of a class of words around place names: `kind`, `side`, `at`, `day`, `body`, `common`.
/// `place_words.tsv` says what each is. A word can be of several.
pub fn is_place_word(word: &str, class: &'static str) -> bool {
    // The set holds static words; a borrowed key of a shorter life is compared the same way.
    PLACE_WORDS.contains(&(word, class) as &(&str, &str))
}

/// The class of a closed-class word, given in lower case.
pub fn closed(word: &str) -> Option<Closed> {
    CLOSED.get(word).map(|c| c.0)
}

/// The Universal part of speech (upper case) of a closed-class word, where the word alone tells it.
pub fn certain_upos(word: &str) -> Option<&'static str> {
    CLOSED.get(word).and_then(|c| c.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_tables_is_read() {
        let table = include_str!("../lexicons/closed.tsv");
        for row in crate::rows(table) {
            assert!(row.len() == 3 && class(row[1]).is_some(), "{row:?}");
        }
        assert_eq!(closed("whether"), Some(Closed::Sub));
        assert_eq!(certain_upos("that"), None);
        assert_eq!(abbreviation("gen."), Some(Abbreviation::Title));
    }
}
