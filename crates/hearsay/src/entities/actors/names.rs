//! Names of actors, and how spellings of one name meet.

use crate::shallow::{Word, Words};

/// A name of the lexicon: its folded words, and what it stands for.
#[derive(Debug)]
pub struct Name {
    /// The folded words.
    pub words: Vec<String>,
    /// The actor, an index of the lexicon.
    pub actor: usize,
    /// The name as it must be written, where it is short and in capitals.
    pub exact: Option<String>,
    /// Whether it is a country's name or adjective, behind which a body of its state can stand.
    pub country: Option<Country>,
    /// Whether it counts only where the actor's name stands as well.
    pub weak: bool,
}

/// How a name tells a country.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Country {
    /// "Syria".
    Name,
    /// "Syrian".
    Adjective,
    /// "Damascus".
    Capital,
}

/// Where a name that starts at `start` ends, if it stands there.
pub fn matches(words: &Words, start: usize, end: usize, name: &Name) -> Option<usize> {
    if let Some(exact) = &name.exact {
        let text = words.list[start].text.replace('.', "");
        return (text == *exact).then_some(start + 1);
    }
    let mut at = start;
    for (i, wanted) in name.words.iter().enumerate() {
        while i > 0 && at < end && is_joint(&words.list[at]) {
            at += 1;
        }
        if at >= end || fold(words.list[at].text) != *wanted || (i == 0 && !words.list[at].is_capital()) {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// What folds to nothing inside a name: hyphens, apostrophes, the Arabic article.
fn is_joint(word: &Word) -> bool {
    matches!(word.text, "-" | "'" | "’" | "–") || is_article(&word.lower)
}

/// Whether a word, in lower case, is a form of the Arabic article.
pub fn is_article(word: &str) -> bool {
    matches!(word, "al" | "el" | "ad" | "ed" | "ez" | "ul" | "ash" | "an")
}

/// The folded words of a name.
pub fn parts(name: &str) -> Vec<String> {
    name.replace("'s", " s")
        .replace("’s", " s")
        .split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '(' | ')'))
        .filter(|w| !w.is_empty())
        .enumerate()
        .filter(|(i, w)| {
            !is_article(&w.to_lowercase()) || *i > 0 && w.chars().next().is_some_and(char::is_uppercase) && w.len() > 3
        })
        .map(|(_, w)| fold(w))
        .filter(|w| !w.is_empty())
        .collect()
}

/// A word as transliterations of it meet: no marks, no doubled letters, "ee" and "i", "ou" and "u", "e" and "i", "o" and "u" alike
/// in longer words.
pub fn fold(word: &str) -> String {
    let plain: String = hearsay_data::places::key(word).chars().filter(|c| c.is_alphanumeric()).collect();
    if plain.len() < 5 || !plain.is_ascii() {
        return plain;
    }
    let mut out = String::with_capacity(plain.len());
    for c in plain.chars() {
        let c = match c {
            'e' | 'y' => 'i',
            'o' => 'u',
            c => c,
        };
        let vowel = |c: char| matches!(c, 'a' | 'i' | 'u');
        let last = out.chars().next_back();
        if last == Some(c) || last.is_some_and(|l| vowel(l) && vowel(c)) {
            continue;
        }
        out.push(c);
    }
    out
}

/// The consonants of a name as transliterations of it share them, a string a word; articles and vowels are left out.
/// "Izz ad-Din al-Qassam Brigades" and "Ezzedeen Al Kassam Brigades" have one skeleton.
pub fn skeleton(name: &str) -> Vec<String> {
    let plain = hearsay_data::places::key(name);
    let words =
        plain.split(' ').filter(|w| !is_article(w) && !matches!(*w, "the" | "of" | "ul" | "ud" | "az" | "as" | "s"));
    words.map(consonants).filter(|w| !w.is_empty()).collect()
}

fn consonants(word: &str) -> String {
    let digraphs =
        [("kh", "h"), ("gh", "k"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ch", "s"), ("ph", "f"), ("ck", "k")];
    let word = digraphs.iter().fold(word.to_owned(), |w, (from, to)| w.replace(from, to));
    let mut out = String::new();
    for c in word.chars() {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'w' | 'h' => continue,
            'q' | 'g' | 'c' => 'k',
            'v' => 'f',
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// How alike two strings are, from 0 to 1: one less the share of letters to change (Levenshtein).
pub fn likeness(a: &str, b: &str) -> f64 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let change = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    1.0 - row[b.len()] as f64 / a.len().max(b.len()).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_share_a_skeleton() {
        assert_eq!(
            skeleton("Izz ad-Din al-Qassam Brigades").concat(),
            skeleton("Ezzedeen Al Kassam Brigades").concat()
        );
        assert_ne!(skeleton("Northern Front"), skeleton("Southern Front"));
        assert!(likeness("ntnlbrtn", "ntnlbrl") < 0.85 && likeness("brkn", "brkn") == 1.0);
    }
}
