//! Lemmas: what the engine's labels make of a word.

use hearsay_types::Upos;
use std::collections::{BTreeMap, HashMap};

/// A way from a word to its lemma: `l-3+y` lower-cases it, drops three characters at its end and adds `y`.
///
/// The letter is `l` for lower case, `k` to keep the case, `t` for a capital and the rest lower. `=TEXT` is the lemma
/// itself, whatever the word. Characters are Unicode scalar values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Script {
    Whole(String),
    Edit { case: Case, drop: usize, add: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Case {
    Lower,
    Keep,
    Title,
}

impl Script {
    /// Reads a label; none if it is no script.
    pub(crate) fn read(label: &str) -> Option<Script> {
        if let Some(lemma) = label.strip_prefix('=') {
            return Some(Script::Whole(lemma.to_owned()));
        }
        let (edit, add) = label.split_once('+')?;
        let (case, drop) = edit.split_once('-')?;
        let case = match case {
            "l" => Case::Lower,
            "k" => Case::Keep,
            "t" => Case::Title,
            _ => return None,
        };
        Some(Script::Edit { case, drop: drop.parse().ok()?, add: add.to_owned() })
    }

    /// The lemma of a word.
    pub(crate) fn apply(&self, word: &str) -> String {
        match self {
            Script::Whole(lemma) => lemma.clone(),
            Script::Edit { case, drop, add } => {
                let mut lemma = cased(word, *case);
                let end = drop.checked_sub(1).map(|last| lemma.char_indices().nth_back(last).map_or(0, |(at, _)| at));
                lemma.truncate(end.unwrap_or(lemma.len()));
                lemma.push_str(add);
                lemma
            }
        }
    }
}

fn cased(word: &str, case: Case) -> String {
    match case {
        Case::Lower => word.to_lowercase(),
        Case::Keep => word.to_owned(),
        Case::Title => {
            let mut rest = word.chars();
            let first = rest.next().into_iter().flat_map(char::to_uppercase);
            first.chain(rest.as_str().to_lowercase().chars()).collect()
        }
    }
}

/// Words whose lemma is known for a part of speech, whatever the label says.
#[derive(Debug, Default)]
pub(crate) struct Exceptions(BTreeMap<Upos, HashMap<String, String>>);

impl Exceptions {
    /// Reads lines of word, part of speech and lemma, with tabs between them; or gives the line that is none.
    pub(crate) fn read(text: &str) -> Result<Exceptions, &str> {
        let mut exceptions = Exceptions::default();
        for line in text.lines() {
            let mut columns = line.split('\t');
            let (Some(word), Some(Some(upos)), Some(lemma)) =
                (columns.next(), columns.next().map(hearsay_types::named::<Upos>), columns.next())
            else {
                return Err(line);
            };
            exceptions.0.entry(upos).or_default().insert(word.to_owned(), lemma.to_owned());
        }
        Ok(exceptions)
    }

    /// The known lemma of a word.
    pub(crate) fn get(&self, word: &str, upos: Upos) -> Option<&str> {
        self.0.get(&upos)?.get(word).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_applied_to_characters() {
        let cases = [
            ("l-3+y", "Parties", "party"),
            ("l-0+", "THE", "the"),
            ("k-1+", "Tutsis", "Tutsi"),
            ("t-0+", "ORVANE", "Orvane"),
            ("=be", "'s", "be"),
            ("==", "=", "="),
            ("l-9+x", "of", "x"),
            ("l-1+é", "cafè", "café"),
            ("k-0++", "C+", "C++"),
            ("t-0+", "ßa", "SSa"),
            ("l-2+s", "ΟΔΟΣ", "οδs"),
            ("l-1+", "", ""),
        ];
        for (label, word, lemma) in cases {
            assert_eq!(Script::read(label).expect(label).apply(word), lemma, "{label} of {word}");
        }
    }

    #[test]
    fn other_labels_are_no_scripts() {
        for label in ["", "l", "l-+", "x-1+", "l-1", "l1+e", "l--1+e"] {
            assert_eq!(Script::read(label), None, "{label}");
        }
    }

    #[test]
    fn exceptions_go_by_word_and_part_of_speech() {
        let exceptions = Exceptions::read("saw\tVERB\tsee\nsaw\tNOUN\tsaw\n").expect("two exceptions");
        assert_eq!(exceptions.get("saw", Upos::Verb), Some("see"));
        assert_eq!(exceptions.get("saw", Upos::Adj), None);
        assert_eq!(exceptions.get("Saw", Upos::Verb), None);
        assert_eq!(Exceptions::read("saw\tVERB").expect_err("no lemma"), "saw\tVERB");
        assert_eq!(Exceptions::read("saw\tVB\tsee").expect_err("no part of speech"), "saw\tVB\tsee");
    }
}
