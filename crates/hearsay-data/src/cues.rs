//! The words that make an attribution, and the words that name who says it.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What a cue verb can take, from the `marks` column of `cues.tsv`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// A clause, with or without "that".
    pub clause: bool,
    /// A direct quotation.
    pub quote: bool,
    /// A noun phrase that is its content.
    pub noun: bool,
    /// An infinitive.
    pub infinitive: bool,
    /// An addressee before the content.
    pub addressee: bool,
    /// An object inside the content.
    pub object: bool,
    /// Alone it is an attribution only with "that" or a quotation.
    pub weak: bool,
    /// Who uses it holds the content for true.
    pub factive: bool,
    /// Prepositions behind which the content stands.
    pub prepositions: Vec<&'static str>,
}

/// A verb of attribution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Its dictionary form.
    pub lemma: &'static str,
    /// `say`, `write`, `believe`, `perceive`, `intend`, `decree` or `show`.
    pub class: &'static str,
    /// The stance of its plain use, as the record names it.
    pub stance: &'static str,
    /// What it can take.
    pub frame: Frame,
}

/// A noun that names a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceNoun {
    /// The kind of source, as the record names it.
    pub kind: &'static str,
    /// `described`, `bare`, `collective`, `institution` or `outlet`.
    pub naming: &'static str,
    /// Whether someone told of by this word alone is anonymous.
    pub anonymous: bool,
}

/// Which pronoun can stand for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// "she"
    She,
    /// "he"
    He,
}

static CUES: LazyLock<HashMap<&'static str, Cue>> = LazyLock::new(|| {
    crate::rows(include_str!("../lexicons/cues.tsv"))
        .filter_map(|r| {
            let [lemma, class, stance, marks] = r[..] else { return None };
            Some((lemma, Cue { lemma, class, stance, frame: frame(marks) }))
        })
        .collect()
});

static SOURCES: LazyLock<HashMap<&'static str, SourceNoun>> = LazyLock::new(|| {
    crate::rows(include_str!("../lexicons/sources.tsv"))
        .filter_map(|r| {
            let [noun, kind, naming, anonymous] = r[..] else { return None };
            Some((noun, SourceNoun { kind, naming, anonymous: anonymous == "y" }))
        })
        .collect()
});

/// Nouns of attribution: "the claim by X that ...". Columns of `cue_nouns.tsv`: noun, class, stance.
static NOUNS: LazyLock<HashMap<&'static str, (&'static str, &'static str)>> = LazyLock::new(|| {
    crate::rows(include_str!("../lexicons/cue_nouns.tsv"))
        .filter_map(|r| {
            let [noun, class, stance] = r[..] else { return None };
            Some((noun, (class, stance)))
        })
        .collect()
});

static TITLES: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| crate::rows(include_str!("../lexicons/titles.tsv")).filter_map(|r| r.first().copied()).collect());

static ORGANISATIONS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    crate::rows(include_str!("../lexicons/org_words.tsv")).filter_map(|r| Some((*r.first()?, *r.get(1)?))).collect()
});

static GIVEN: LazyLock<HashMap<&'static str, Gender>> = LazyLock::new(|| {
    crate::rows(include_str!("../lexicons/given_names.tsv"))
        .filter_map(|r| Some((*r.first()?, if *r.get(1)? == "f" { Gender::She } else { Gender::He })))
        .collect()
});

/// What is a wrong: `verb` when someone is said to have done it, `noun` when something is called so. Columns of `wrongs.tsv`: word,
/// which of both.
static WRONGS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    crate::rows(include_str!("../lexicons/wrongs.tsv")).filter_map(|r| Some((*r.first()?, *r.get(1)?))).collect()
});

/// Whether a verb, by its dictionary form, names a wrong that someone does.
pub fn is_wrong(lemma: &str) -> bool {
    WRONGS.get(lemma) == Some(&"verb")
}

/// Whether something that is called by this word, in lower case, is called a wrong.
pub fn is_blame(word: &str) -> bool {
    WRONGS.get(word) == Some(&"noun")
}

/// The pronoun that a given name, in lower case, tells of its bearer; none where it is borne by both or not known.
pub fn gender_of_name(given: &str) -> Option<Gender> {
    GIVEN.get(given).copied()
}

/// Whether a word, in lower case, stands before a person's name and is no part of it.
pub fn is_title(word: &str) -> bool {
    TITLES.contains(word)
}

/// The kind of source that a capitalised name is if it holds this word, given in lower case.
pub fn organisation_word(word: &str) -> Option<&'static str> {
    ORGANISATIONS.get(word).copied()
}

fn frame(marks: &'static str) -> Frame {
    let has = |mark: &str| marks.split(' ').any(|m| m == mark);
    Frame {
        clause: has("c"),
        quote: has("q"),
        noun: has("n"),
        infinitive: has("t"),
        addressee: has("a"),
        object: has("o"),
        weak: has("w"),
        factive: has("f"),
        prepositions: marks.split(' ').filter_map(|m| m.strip_prefix("p:")).collect(),
    }
}

/// The verb of attribution with this dictionary form.
pub fn cue(lemma: &str) -> Option<&'static Cue> {
    CUES.get(lemma)
}

/// Class and stance of a noun of attribution, given in lower case, singular or plural.
pub fn cue_noun(word: &str) -> Option<(&'static str, &'static str)> {
    NOUNS.get(word).or_else(|| NOUNS.get(singular(word)?.as_str())).copied()
}

/// What a noun tells of the source it names. In lower case, singular or plural.
pub fn source_noun(word: &str) -> Option<SourceNoun> {
    SOURCES.get(word).or_else(|| SOURCES.get(singular(word)?.as_str())).copied()
}

/// Whether a word, in lower case, is the plural of a source noun.
pub fn is_plural_source(word: &str) -> bool {
    !SOURCES.contains_key(word) && source_noun(word).is_some() || matches!(word, "media" | "police" | "people")
}

/// The singular that a plural in lower case would have; none where it does not look like one.
pub fn singular(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("men") {
        return Some(format!("{stem}man"));
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("sses") {
        return Some(format!("{stem}ss"));
    }
    word.strip_suffix('s').filter(|s| s.len() > 2 && !s.ends_with('s')).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stances::NAMES;

    const CLASSES: [&str; 7] = ["say", "write", "believe", "perceive", "intend", "decree", "show"];

    #[test]
    fn every_row_of_the_tables_is_read() {
        for row in crate::rows(include_str!("../lexicons/cues.tsv")) {
            assert!(row.len() == 4 && CLASSES.contains(&row[1]) && NAMES.contains(&row[2]), "{row:?}");
        }
        for row in crate::rows(include_str!("../lexicons/cue_nouns.tsv")) {
            assert!(row.len() == 3 && CLASSES.contains(&row[1]) && NAMES.contains(&row[2]), "{row:?}");
        }
        for row in crate::rows(include_str!("../lexicons/sources.tsv")) {
            assert!(row.len() == 4, "{row:?}");
        }
        assert!(cue("deny").is_some_and(|c| c.frame.noun && c.stance == "denies"));
        assert_eq!(source_noun("spokesmen").map(|s| s.kind), Some("office"));
        assert_eq!(source_noun("witnesses").map(|s| s.kind), Some("witnesses"));
    }
}
