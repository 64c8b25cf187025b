//! The masks over one article: which words stand for a private person, and where every byte goes.

use aho_corasick::AhoCorasick;
use std::borrow::Cow;
use std::ops::Range;

/// The texts of an article with their private names masked.
///
/// A mask is as stable as the article: `[person 1]` is the first private person that its title, body or captions name.
#[derive(Debug, Default)]
pub struct Mask {
    /// The title, the body, the captions.
    parts: Vec<Part>,
    /// What is masked elsewhere, longest first, each with its label.
    forms: Vec<(String, String)>,
    /// Tells fast that a text holds none of them; none where there are none.
    finder: Option<AhoCorasick>,
    /// Names of public actors: what stands inside one is left alone.
    safe: Vec<String>,
}

#[derive(Debug, Default)]
struct Part {
    /// In order, never overlapping: the bytes that go, and what comes in their place.
    edits: Vec<(Range<usize>, String)>,
    masked: String,
}

/// What an article's mask is made of.
#[derive(Debug, Default)]
pub(super) struct Material {
    /// The title, the body, the captions.
    pub(super) texts: Vec<String>,
    /// Names of private people that may stand in them.
    pub(super) names: Vec<String>,
    /// Names of public actors and places: what stands inside one is left alone.
    pub(super) safe: Vec<String>,
}

impl Mask {
    pub(super) fn new(material: Material) -> Mask {
        let Material { texts, names, mut safe } = material;
        safe.sort();
        safe.dedup();
        let people = people(names, &safe);
        let found: Vec<Vec<(Range<usize>, usize)>> = texts.iter().map(|text| places(text, &people, &safe)).collect();
        let numbers = numbers(&found, people.len());
        let label = |person: usize| format!("[person {}]", numbers[person]);
        let parts = texts.iter().zip(&found).map(|(text, at)| part(text, at, &label)).collect();
        let mut forms: Vec<(String, String)> = people
            .iter()
            .enumerate()
            .flat_map(|(n, p)| p.iter().map(move |f| (f.clone(), n)))
            .map(|(f, n)| (f, label(n)))
            .collect();
        forms.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
        let finder = finder(&forms);
        Mask { parts, forms, finder, safe }
    }

    /// A mask for words that belong to no one article: every name becomes `[person]`.
    pub(super) fn of_record(mut names: Vec<String>) -> Mask {
        names.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        let forms: Vec<_> = names.into_iter().map(|n| (n, "[person]".to_owned())).collect();
        Mask { finder: finder(&forms), forms, ..Mask::default() }
    }

    /// A mask for words that belong to several articles: what any of them masks becomes `[person]`.
    pub(super) fn of_several(masks: &[std::sync::Arc<Mask>]) -> Mask {
        let names = masks.iter().flat_map(|m| m.forms.iter().map(|(form, _)| form.clone()));
        let names: std::collections::BTreeSet<String> = names.collect();
        let mut safe: Vec<String> = masks.iter().flat_map(|m| m.safe.iter().cloned()).collect();
        safe.sort();
        safe.dedup();
        Mask { safe, ..Mask::of_record(names.into_iter().collect()) }
    }

    /// Whether nothing is masked.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// One of the article's texts as it may be seen: 0 the title, 1 the body, 2 the first caption, and so on.
    pub fn text(&self, part: usize) -> Option<&str> {
        self.parts.get(part).map(|p| p.masked.as_str())
    }

    /// The bytes of one of the article's texts that are masked, in order.
    pub fn masked(&self, part: usize) -> Vec<Range<usize>> {
        self.parts.get(part).map_or_else(Vec::new, |p| p.edits.iter().map(|(range, _)| range.clone()).collect())
    }

    /// Where a range of bytes of one of the article's texts lies in the text as it may be seen. A range that begins or ends inside a
    /// masked name is widened to the whole of it.
    pub fn range(&self, part: usize, range: Range<usize>) -> Range<usize> {
        let Some(part) = self.parts.get(part) else { return range };
        part.at(range.start, false)..part.at(range.end, true)
    }

    /// The bytes of one of the article's texts, as they may be seen.
    pub fn slice(&self, part: usize, range: Range<usize>) -> &str {
        let range = self.range(part, range);
        self.parts.get(part).and_then(|p| p.masked.get(range)).unwrap_or("")
    }

    /// Other words about the article, with the same names masked.
    pub fn words<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        let Some(finder) = self.finder.as_ref().filter(|f| f.is_match(text)) else { return Cow::Borrowed(text) };
        let mut there: Vec<usize> = finder.find_overlapping_iter(text).map(|m| m.pattern().as_usize()).collect();
        there.sort_unstable();
        there.dedup();
        let safe = ranges(text, &self.safe);
        for (form, label) in there.into_iter().map(|at| &self.forms[at]) {
            for range in whole_words(text, form) {
                if clear(&range, safe.iter()) && clear(&range, found.iter().map(|(r, _)| r)) {
                    found.push((range, label));
                }
            }
        }
        found.sort_by_key(|(range, _)| range.start);
        let mut out = text.to_owned();
        for (range, label) in found.into_iter().rev() {
            out.replace_range(range, label);
        }
        Cow::Owned(out)
    }

    /// An address or a file's name with the same names masked, however their words are joined there.
    pub fn address(&self, text: &str) -> String {
        let mut out = self.words(text).into_owned();
        for (form, label) in &self.forms {
            for joint in ["-", "_", "+", "%20", "."] {
                let slug = form.split_whitespace().collect::<Vec<_>>().join(joint);
                let label = label.replace(' ', "-");
                while let Some(at) = out.to_ascii_lowercase().find(&slug.to_ascii_lowercase()) {
                    out.replace_range(at..at + slug.len(), &label);
                }
                if !form.contains(char::is_whitespace) {
                    break;
                }
            }
        }
        out
    }
}

impl Part {
    fn at(&self, byte: usize, end: bool) -> usize {
        let mut moved = byte as isize;
        for (range, label) in &self.edits {
            if range.end <= byte {
                moved += label.len() as isize - range.len() as isize;
            } else if range.start < byte {
                let inside = (byte - range.start) as isize;
                return (moved - inside) as usize + if end { label.len() } else { 0 };
            } else {
                break;
            }
        }
        moved.max(0) as usize
    }
}

/// Building it fails only where there are more names than a machine can number.
fn finder(forms: &[(String, String)]) -> Option<AhoCorasick> {
    if forms.is_empty() { None } else { AhoCorasick::new(forms.iter().map(|(form, _)| form)).ok() }
}

fn part(text: &str, found: &[(Range<usize>, usize)], label: &dyn Fn(usize) -> String) -> Part {
    let edits: Vec<(Range<usize>, String)> = found.iter().map(|(range, who)| (range.clone(), label(*who))).collect();
    let mut masked = text.to_owned();
    for (range, label) in edits.iter().rev() {
        masked.replace_range(range.clone(), label);
    }
    Part { edits, masked }
}

/// The forms of each person: names whose words all stand in a longer name are that person's, and so is the last word of a longer one.
fn people(mut names: Vec<String>, safe: &[String]) -> Vec<Vec<String>> {
    names.retain(|name| !safe.iter().any(|s| s.eq_ignore_ascii_case(name)));
    names.sort_by(|a, b| b.split(' ').count().cmp(&a.split(' ').count()).then(a.cmp(b)));
    names.dedup();
    let mut people: Vec<Vec<String>> = Vec::new();
    for name in names {
        let holds = |whole: &str| name.split(' ').all(|word| whole.split(' ').any(|w| w == word));
        match people.iter_mut().find(|p| holds(&p[0])) {
            Some(person) => person.push(name),
            None => people.push(vec![name]),
        }
    }
    for person in &mut people {
        let last = person[0].rsplit(' ').next().unwrap_or_default().to_owned();
        let is_name = last.chars().count() > 2 && !last.starts_with(char::is_lowercase);
        if is_name && !person.contains(&last) && !safe.iter().any(|s| s.split(' ').any(|w| w == last)) {
            person.push(last);
        }
        let loud: Vec<String> = person.iter().map(|f| f.to_uppercase()).filter(|f| !person.contains(f)).collect();
        person.extend(loud);
        person.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    }
    people
}

/// Where people are named in a text, in order.
fn places(text: &str, people: &[Vec<String>], safe: &[String]) -> Vec<(Range<usize>, usize)> {
    let safe = ranges(text, safe);
    let mut forms: Vec<(&str, usize)> =
        people.iter().enumerate().flat_map(|(n, p)| p.iter().map(move |f| (f.as_str(), n))).collect();
    forms.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    let mut found: Vec<(Range<usize>, usize)> = Vec::new();
    for (form, who) in forms {
        for range in whole_words(text, form) {
            if clear(&range, safe.iter()) && clear(&range, found.iter().map(|(r, _)| r)) {
                found.push((range, who));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// The number of each person: by first appearance; those that appear nowhere come last.
fn numbers(found: &[Vec<(Range<usize>, usize)>], people: usize) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    for who in found.iter().flatten().map(|(_, who)| *who).chain(0..people) {
        if !order.contains(&who) {
            order.push(who);
        }
    }
    (0..people).map(|who| order.iter().position(|o| *o == who).map_or(0, |n| n + 1)).collect()
}

fn ranges(text: &str, words: &[String]) -> Vec<Range<usize>> {
    words.iter().flat_map(|w| whole_words(text, w)).collect()
}

fn clear<'a>(range: &Range<usize>, mut others: impl Iterator<Item = &'a Range<usize>>) -> bool {
    others.all(|o| range.end <= o.start || o.end <= range.start)
}

/// Where `form` stands in `text` as words of their own. In writing without capitals a word may have particles joined to it, so there
/// any place counts.
fn whole_words<'a>(text: &'a str, form: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let cased = form.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let alone = move |range: &Range<usize>| {
        let before = text[..range.start].chars().next_back().is_none_or(|c| !c.is_alphanumeric());
        let after = text[range.end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
        !cased || (before && after)
    };
    let all = (!form.is_empty()).then(|| text.match_indices(form)).into_iter().flatten();
    all.map(|(at, found)| at..at + found.len()).filter(alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(texts: &[&str], names: &[&str], safe: &[&str]) -> Mask {
        let own = |all: &[&str]| all.iter().map(|s| (*s).to_owned()).collect();
        Mask::new(Material { texts: own(texts), names: own(names), safe: own(safe) })
    }

    #[test]
    fn a_person_has_one_number_under_all_its_names() {
        let body = "Ilka Dorn said so. Dorn's brother Tam Reed denied it. ILKA DORN laughed.";
        let mask = mask(&["", body], &["Ilka Dorn", "Tam Reed"], &[]);
        assert_eq!(
            mask.text(1).unwrap(),
            "[person 1] said so. [person 1]'s brother [person 2] denied it. [person 1] laughed."
        );
    }

    #[test]
    fn spans_follow_the_text_and_grow_to_whole_masks() {
        let body = "A boy, Ilka Dorn, saw it.";
        let mask = mask(&["", body], &["Ilka Dorn"], &[]);
        let at = |words: &str| body.find(words).map(|a| a..a + words.len()).unwrap();
        assert_eq!(mask.slice(1, at("saw")), "saw");
        assert_eq!(mask.slice(1, at("A boy")), "A boy");
        assert_eq!(mask.slice(1, at("Ilka")), "[person 1]");
        assert_eq!(mask.slice(1, at("Dorn, saw")), "[person 1], saw");
        assert_eq!(mask.slice(1, 0..body.len()), mask.text(1).unwrap());
    }

    #[test]
    fn public_names_and_parts_of_words_stay() {
        let mask =
            mask(&["", "President Omar Velm met Sela Velm in Velmstadt; Velm smiled."], &["Sela Velm"], &["Omar Velm"]);
        assert_eq!(mask.text(1).unwrap(), "President Omar Velm met [person 1] in Velmstadt; Velm smiled.");
        assert_eq!(mask.words("Omar Velm and Sela Velm"), "Omar Velm and [person 1]");
    }

    #[test]
    fn addresses_are_masked_however_they_join_words() {
        let mask = mask(&["Ilka Dorn killed"], &["Ilka Dorn"], &[]);
        assert_eq!(mask.address("https://x.example/2031/ilka-dorn-killed"), "https://x.example/2031/[person-1]-killed");
        assert_eq!(mask.address("ilka_dorn.html"), "[person-1].html");
    }

    #[test]
    fn what_several_articles_tell_has_no_numbers() {
        let one = mask(&["", "Ilka Dorn said so."], &["Ilka Dorn"], &[]);
        let other = mask(&["", "Tam Reed said so."], &["Tam Reed"], &["Reed Council"]);
        let both = Mask::of_several(&[one.into(), other.into()]);
        assert_eq!(both.words("Dorn and Tam Reed met the Reed Council"), "[person] and [person] met the Reed Council");
    }

    #[test]
    fn arabic_names_are_found_behind_particles() {
        let mask = mask(&["", "قال سمير حدون ولسمير حدون"], &["سمير حدون"], &[]);
        assert_eq!(mask.text(1).unwrap(), "قال [person 1] ول[person 1]");
    }
}
