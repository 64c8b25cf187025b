//! Verb forms and what they are forms of.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Which forms of its verb a word can be: a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Forms(u8);

impl Forms {
    /// "take", also the infinitive.
    pub const BASE: Forms = Forms(1);
    /// "takes".
    pub const THIRD: Forms = Forms(2);
    /// "took".
    pub const PAST: Forms = Forms(4);
    /// "taken".
    pub const PARTICIPLE: Forms = Forms(8);
    /// "taking".
    pub const ING: Forms = Forms(16);

    /// Whether it can be any of `other`.
    pub fn any(self, other: Forms) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub const fn or(self, other: Forms) -> Forms {
        Forms(self.0 | other.0)
    }
}

/// A word as a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verb {
    /// Its dictionary form.
    pub lemma: &'static str,
    /// Which of its forms the word can be.
    pub forms: Forms,
}

static VERBS: LazyLock<HashMap<String, Verb>> = LazyLock::new(|| {
    let mut out = HashMap::new();
    for row in crate::rows(include_str!("../lexicons/verbs.tsv")) {
        add(&mut out, row[0], row.get(1).copied().unwrap_or("-"), row.get(2).copied().unwrap_or("-"));
    }
    for row in crate::rows(include_str!("../lexicons/cues.tsv")) {
        if !out.contains_key(row[0]) && !row[0].contains('-') {
            add(&mut out, row[0], "-", "-");
        }
    }
    out
});

/// What verb a word can be a form of. The word is in lower case.
pub fn verb(word: &str) -> Option<Verb> {
    VERBS.get(word).copied()
}

fn add(out: &mut HashMap<String, Verb>, lemma: &'static str, past: &str, participle: &str) {
    let regular = past_of(lemma);
    let past = if past == "-" { regular.clone() } else { past.to_owned() };
    let participle = if participle == "-" { regular } else { participle.to_owned() };
    let forms = [
        (lemma.to_owned(), Forms::BASE),
        (third_of(lemma), Forms::THIRD),
        (ing_of(lemma, &past), Forms::ING),
        (past, Forms::PAST),
        (participle, Forms::PARTICIPLE),
    ];
    for (form, kind) in forms {
        let verb = out.entry(form).or_insert(Verb { lemma, forms: Forms::default() });
        if verb.lemma == lemma {
            verb.forms = verb.forms.or(kind);
        }
    }
}

fn is_vowel(byte: u8) -> bool {
    matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The stem before "ed" and "ing", with a final "e" dropped.
fn consonant_y(lemma: &str) -> bool {
    let bytes = lemma.as_bytes();
    lemma.ends_with('y') && bytes.len() > 1 && !is_vowel(bytes[bytes.len() - 2])
}

fn past_of(lemma: &str) -> String {
    match lemma {
        _ if lemma.ends_with('e') => format!("{lemma}d"),
        _ if consonant_y(lemma) => format!("{}ied", &lemma[..lemma.len() - 1]),
        _ => format!("{lemma}ed"),
    }
}

fn third_of(lemma: &str) -> String {
    let hiss = ["s", "x", "z", "ch", "sh", "o"].iter().any(|e| lemma.ends_with(e));
    match lemma {
        "have" => "has".to_owned(),
        "be" => "is".to_owned(),
        _ if consonant_y(lemma) => format!("{}ies", &lemma[..lemma.len() - 1]),
        _ if hiss => format!("{lemma}es"),
        _ => format!("{lemma}s"),
    }
}

/// A consonant that the past doubles ("planned") is doubled before "ing" as well; so it is in short strong verbs.
fn ing_of(lemma: &str, past: &str) -> String {
    const DOUBLED: [&str; 17] = [
        "get", "let", "put", "set", "hit", "cut", "run", "win", "begin", "forget", "quit", "shut", "sit", "dig",
        "swim", "spin", "split",
    ];
    let bytes = lemma.as_bytes();
    let last = bytes[bytes.len() - 1];
    let doubled = past.len() > lemma.len() + 2 && past.as_bytes()[lemma.len()] == last && !is_vowel(last);
    match lemma {
        "lie" | "die" | "tie" => format!("{}ying", &lemma[..1]),
        _ if doubled || DOUBLED.contains(&lemma) => format!("{lemma}{}ing", last as char),
        _ if lemma.ends_with('e') && !lemma.ends_with("ee") && lemma.len() > 2 => {
            format!("{}ing", &lemma[..lemma.len() - 1])
        }
        _ => format!("{lemma}ing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_meet_their_lemmas() {
        for (form, lemma, kind) in [
            ("said", "say", Forms::PAST),
            ("planning", "plan", Forms::ING),
            ("denies", "deny", Forms::THIRD),
            ("fled", "flee", Forms::PAST),
            ("announcing", "announce", Forms::ING),
            ("taken", "take", Forms::PARTICIPLE),
        ] {
            let verb = verb(form).unwrap();
            assert!(verb.lemma == lemma && verb.forms.any(kind), "{form}: {verb:?}");
        }
    }
}
