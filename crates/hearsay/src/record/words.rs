//! The words of a text as linking weighs them: rare ones tell more.

use crate::shallow::subject::{MONTHS, WEEKDAYS};
use hearsay_data::words::closed;
use rustc_hash::{FxHashMap, FxHashSet};

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// As written.
    pub(super) form: &'a str,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
    /// Whether a sentence begins with it.
    pub(super) first: bool,
}

/// What tells times beside [`WEEKDAYS`] and [`MONTHS`].
const CALENDAR: &[&str] = &[
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
    "today",
    "yesterday",
    "tomorrow",
    "day",
    "week",
    "month",
    "year",
];

/// Whether a word, in lower case, tells a time: times are held against each other by themselves.
fn tells_time(low: &str) -> bool {
    [&WEEKDAYS[..], &MONTHS, CALENDAR].iter().any(|list| list.contains(&low))
}

/// The words of a text that carry meaning: closed classes, days, months and digits are left out.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut first = true;
    let mut out = Vec::new();
    for piece in text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')) {
        let form = piece.trim_matches(|c: char| !c.is_alphanumeric());
        let form = form.strip_suffix("'s").or_else(|| form.strip_suffix("’s")).unwrap_or(form);
        if form.chars().any(char::is_alphabetic) {
            let low = form.to_lowercase();
            if form.chars().count() > 1 && closed(&low).is_none() && !tells_time(&low) {
                out.push(Word { form, capital: form.chars().next().is_some_and(char::is_uppercase), first });
            }
            first = false;
        }
        first |= piece.ends_with(['.', '!', '?', '\n', ':', '"', '“']);
    }
    out
}

/// A word without its commonest endings: enough for "shelled" and "shelling" to meet.
pub(super) fn stem(form: &str) -> String {
    let low = form.to_lowercase();
    let cut = |end: &str, least: usize| low.strip_suffix(end).filter(|s| s.chars().count() >= least);
    let cut = cut("ings", 3).or_else(|| cut("ing", 3)).or_else(|| cut("ies", 3)).or_else(|| cut("ed", 3));
    let cut = cut.or_else(|| low.strip_suffix("es").filter(|s| s.chars().count() >= 4));
    let cut = cut.or_else(|| low.strip_suffix('s').filter(|s| s.chars().count() >= 3 && !s.ends_with('s')));
    let stem = cut.unwrap_or(&low);
    // "bombing" and "bomb", "hitting" and "hit", "fire" and "fired".
    let twice = stem.len() > 3 && stem.is_ascii() && stem.as_bytes()[stem.len() - 1] == stem.as_bytes()[stem.len() - 2];
    let stem = if twice { &stem[..stem.len() - 1] } else { stem };
    stem.strip_suffix('e').filter(|s| s.chars().count() >= 3).unwrap_or(stem).to_owned()
}

/// The words of all texts: how common each is.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    ids: FxHashMap<String, u32>,
    /// In how many texts each stands.
    texts: Vec<u32>,
    /// Whether it was ever written small.
    small: Vec<bool>,
    count: u32,
}

/// A text as a bag of weighted words.
#[derive(Debug, Clone, Default)]
pub(super) struct Bag {
    /// Word and weight, by word.
    pub(super) words: Vec<(u32, f32)>,
    /// Those that are names, by word.
    pub(super) names: Vec<u32>,
    /// The length of the vector of weights.
    norm: f64,
}

impl Lexicon {
    /// Counts the words of a text.
    pub(super) fn count(&mut self, text: &str) {
        self.count += 1;
        let mut seen = FxHashSet::default();
        for word in words(text) {
            let id = self.enter(word.form);
            self.small[id as usize] |= !word.capital;
            if seen.insert(id) {
                self.texts[id as usize] += 1;
            }
        }
    }

    fn enter(&mut self, form: &str) -> u32 {
        let next = self.texts.len() as u32;
        let id = *self.ids.entry(stem(form)).or_insert(next);
        if id == next {
            self.texts.push(0);
            self.small.push(false);
        }
        id
    }

    /// The number of a word, if any text holds it.
    pub(super) fn id(&self, form: &str) -> Option<u32> {
        self.ids.get(&stem(form)).copied()
    }

    /// What a word weighs: the logarithm of how rare it is.
    pub(super) fn weight(&self, id: u32) -> f32 {
        let texts = self.texts.get(id as usize).copied().unwrap_or(0).max(1);
        (1.0 + self.count as f32 / texts as f32).ln()
    }

    /// In how many texts a word stands.
    pub(super) fn texts(&self, id: u32) -> u32 {
        self.texts.get(id as usize).copied().unwrap_or(0)
    }

    /// The bag of a text whose words have been counted.
    pub(super) fn bag(&self, text: &str) -> Bag {
        let mut bag = Bag::default();
        for word in words(text) {
            let Some(id) = self.id(word.form) else { continue };
            bag.words.push((id, self.weight(id)));
            // At the beginning of a sentence only a word that is never written small is a name.
            if word.capital && (!word.first || !self.small[id as usize]) {
                bag.names.push(id);
            }
        }
        bag.words.sort_by_key(|w| w.0);
        bag.words.dedup_by_key(|w| w.0);
        bag.names.sort_unstable();
        bag.names.dedup();
        bag.norm = bag.words.iter().map(|w| square(w.1)).sum::<f64>().sqrt();
        bag
    }
}

fn square(weight: f32) -> f64 {
    f64::from(weight) * f64::from(weight)
}

impl Bag {
    /// Whether a word stands in it.
    pub(super) fn has(&self, id: u32) -> bool {
        self.words.binary_search_by_key(&id, |w| w.0).is_ok()
    }

    /// The words of both, with their weight.
    pub(super) fn shared<'a>(&'a self, other: &'a Bag) -> impl Iterator<Item = (u32, f32)> + 'a {
        let mut there = other.words.iter().peekable();
        self.words.iter().filter_map(move |word| {
            while there.next_if(|t| t.0 < word.0).is_some() {}
            there.peek().is_some_and(|t| t.0 == word.0).then_some(*word)
        })
    }

    /// The cosine of the two, as they were made, 0 to 1.
    pub(super) fn cosine(&self, other: &Bag) -> f64 {
        let dot: f64 = self.shared(other).map(|w| square(w.1)).sum();
        let whole = self.norm * other.norm;
        if whole > 0.0 { dot / whole } else { 0.0 }
    }

    /// The share, by weight, of `wanted` words that stand in one of the bags.
    pub(super) fn cover(wanted: &[(u32, f32)], bags: [&Bag; 2]) -> f64 {
        let (mut all, mut found) = (0.0, 0.0);
        for (id, weight) in wanted {
            let weight = f64::from(*weight);
            all += weight;
            found += if bags.iter().any(|b| b.has(*id)) { weight } else { 0.0 };
        }
        if all > 0.0 { found / all } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_go_and_closed_words_too() {
        for (a, b) in
            [("shelled", "shelling"), ("bombs", "bombing"), ("fire", "fired"), ("hitting", "hits"), ("talks", "talk")]
        {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        let of = |text| words(text).iter().map(|w| w.form).collect::<Vec<_>>();
        assert_eq!(of("The army's 3 guns shelled Velm on Monday."), ["army", "guns", "shelled", "Velm"]);
    }

    #[test]
    fn names_are_told_from_words_that_begin_a_sentence() {
        let mut lexicon = Lexicon::default();
        let texts = ["Shells hit Velm. Qarda was calm.", "The shells fell near Qarda."];
        texts.iter().for_each(|t| lexicon.count(t));
        let bag = lexicon.bag(texts[0]);
        let is_name = |word| bag.names.contains(&lexicon.id(word).unwrap());
        assert!(is_name("Velm") && is_name("Qarda") && !is_name("shells"));
        assert!(bag.cosine(&lexicon.bag(texts[1])) > 0.1);
        assert!((bag.cosine(&bag) - 1.0).abs() < 1e-6);
    }
}
