//! Names in a text: runs of capitalised words, and what they are short for.

use crate::shallow::Words;
use hearsay_data::cues::{Gender, is_plural_source, is_title, organisation_word, source_noun};
use hearsay_data::words::Closed;
use hearsay_types::Upos;
use std::collections::HashMap;
use std::ops::Range;

pub fn is_country(word: &str) -> bool {
    hearsay_data::actors::countries().iter().any(|c| c.name == word)
}

/// The first run of capitalised words of a stretch.
pub fn capital_run(words: &Words, range: Range<usize>) -> Option<Range<usize>> {
    let start = range.clone().find(|i| is_name_word(words, *i))?;
    Some(start..run_end(words, start, range.end))
}

/// The last run of capitalised words of a stretch.
pub fn last_run(words: &Words, range: &Range<usize>) -> Option<Range<usize>> {
    let mut found = None;
    let mut at = range.start;
    while at < range.end {
        if is_name_word(words, at) {
            let end = run_end(words, at, range.end);
            found = Some(at..end);
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

pub fn is_name_word(words: &Words, at: usize) -> bool {
    let word = &words.list[at];
    let weekday = word.is(Closed::Time) && word.lower.ends_with("day") && &*word.lower != "today";
    if !word.is_capital() || weekday || is_common_opening(words, at) {
        return false;
    }
    let after_name = at > 0 && words.list[at - 1].is_capital() && !word.is(Closed::That);
    word.closed.is_none() || word.text.len() > 3 && after_name
}

/// Whether a capital that opens a sentence, or stands among capitals alone, is that of a common noun: "Police said",
/// "Archaeologists believe".
fn is_common_opening(words: &Words, at: usize) -> bool {
    let sentence = &words.sentences[words.sentence_of(at)].1;
    let shouts = words.list[sentence.clone()].iter().all(|w| w.is_mark() || !w.text.contains(char::is_lowercase));
    let opens = at == sentence.start || words.list[at - 1].is_mark() && at == sentence.start + 1;
    if !(opens || shouts) {
        return false;
    }
    match words.list[at].upos {
        Some(upos) if words.tagged => upos != Upos::Propn,
        _ => opens && is_plural_source(words.lower(at)) && !words.list.get(at + 1).is_some_and(|w| w.is_capital()),
    }
}

/// Where a run of name words that starts at `start` ends: hyphens, particles and "of" inside of bodies' names join.
pub fn run_end(words: &Words, start: usize, end: usize) -> usize {
    let mut at = start + 1;
    while at < end {
        let next_name = at + 1 < end && is_name_word(words, at + 1);
        let joins = matches!(
            words.list[at].text,
            "-" | "al"
                | "bin"
                | "ibn"
                | "de"
                | "van"
                | "von"
                | "el"
                | "ul"
                | "der"
                | "al-"
                | "da"
                | "di"
                | "&"
                | "’"
                | "'"
        ) && (next_name || at + 2 < end && is_name_word(words, at + 2));
        let of = words.lower(at) == "of" && next_name && organisation_word(words.lower(at - 1)).is_some()
            || words.lower(at) == "for" && next_name && organisation_word(words.lower(at - 1)).is_some();
        if !(is_name_word(words, at) || joins || of) {
            break;
        }
        at += 1;
    }
    at
}

/// A run of capitalised words without the titles, offices and nationalities that lead a person's name.
pub fn strip_titles(words: &Words, run: Range<usize>) -> Option<Range<usize>> {
    let last_title = run.clone().rev().find(|i| is_title(words.lower(*i)) && *i + 1 < run.end);
    // "United States President Dana Reth": a body before the title is no part of the name.
    let organisation =
        (last_title.map_or(run.start, |t| t + 1)..run.end).any(|i| organisation_word(words.lower(i)).is_some());
    let start = match last_title {
        Some(at) if !organisation || is_title(words.lower(run.end - 2)) => at + 1,
        _ => run.start,
    };
    let only_title = start + 1 == run.end
        && (is_title(words.lower(start))
            || source_noun(words.lower(start)).is_some() && organisation_word(words.lower(start)).is_none());
    let office = !organisation && is_office(words.lower(run.end - 1));
    (start < run.end && !only_title && !office).then_some(start..run.end)
}

/// Whether a word that ends a run of capitals makes it the name of an office: "Executive Secretary". Titles that are surnames as well
/// do not.
fn is_office(word: &str) -> bool {
    let surname =
        matches!(word, "king" | "prince" | "queen" | "pope" | "bishop" | "judge" | "head" | "speaker" | "regent");
    source_noun(word).is_some_and(|n| n.kind == "office") && !surname
}

/// Which pronoun stands for whom, by last name in lower case, as a form of address before it tells.
pub fn genders(words: &Words) -> HashMap<String, Gender> {
    let mut out = HashMap::new();
    for at in 0..words.list.len() {
        let gender = match words.lower(at) {
            "mr" | "mr." | "sir" | "lord" | "king" | "prince" | "spokesman" | "congressman" | "chairman" => Gender::He,
            "mrs" | "mrs." | "ms" | "ms." | "miss" | "lady" | "dame" | "baroness" | "queen" | "princess"
            | "spokeswoman" | "congresswoman" | "chairwoman" => Gender::She,
            _ => continue,
        };
        if !words.list.get(at + 1).is_some_and(|w| w.is_capital() && w.closed.is_none()) {
            continue;
        }
        let end = run_end(words, at + 1, words.sentences[words.sentence_of(at)].1.end);
        out.entry(words.lower(end - 1).to_owned()).or_insert(gender);
    }
    out
}

/// Full names (two words and more) by their last word and by the whole name, in lower case.
pub fn full_names(words: &Words) -> HashMap<String, String> {
    let mut out = HashMap::new();
    for (_, sentence) in &words.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            if !is_name_word(words, at) {
                at += 1;
                continue;
            }
            let end = run_end(words, at, sentence.end);
            let named = strip_titles(words, at..end)
                .map(|n| if n.len() > 2 && is_country(words.list[n.start].text) { n.start + 1..n.end } else { n });
            if let Some(name) = named.filter(|n| n.len() > 1 && n.len() < 7 && !is_shouted(words, n)) {
                let text = words.of(&name).to_owned();
                let party = matches!(words.lower(name.end - 1), "party" | "movement") && name.len() == 2;
                let person = party || !name.clone().any(|i| organisation_word(words.lower(i)).is_some());
                let first = if person { words.lower(name.start) } else { words.lower(name.end - 1) };
                for key in [words.lower(name.end - 1).to_owned(), text.to_lowercase(), first.to_owned()] {
                    out.entry(key).or_insert_with(|| text.clone());
                }
                // "Kim Jong-un", "al-Sinwar": the last word with what its hyphen joins.
                if words.lower(name.end - 2) == "-" && name.len() > 3 {
                    let tail = words.of(&(name.end - 3..name.end)).to_lowercase();
                    out.entry(tail).or_insert_with(|| text.clone());
                }
            }
            at = end;
        }
    }
    out
}

/// "ATTACK Voss", "DANA Reth": words in capitals as headlines and first lines have them.
fn is_shouted(words: &Words, name: &Range<usize>) -> bool {
    let shouts = |i: usize| words.list[i].text.chars().count() > 3 && !words.list[i].text.contains(char::is_lowercase);
    let any = name.clone().any(shouts);
    any && !name.clone().all(|i| shouts(i) || words.list[i].is_mark())
}

/// Who bears which title, in lower case, as titles lead names ("Prime Minister Lena Orr", "president Adan Voss") or follow them
/// ("Lena Orr, the prime minister,"). As often as they do, in the order of the text.
pub fn bearers(words: &Words, full_names: &HashMap<String, String>) -> HashMap<String, Vec<String>> {
    let mut out: HashMap<String, Vec<String>> = HashMap::new();
    let mut at = 0;
    while at < words.list.len() {
        if !is_name_word(words, at) {
            at += 1;
            continue;
        }
        let sentence = words.sentences[words.sentence_of(at)].1.end;
        let end = run_end(words, at, sentence);
        let titles = (0..at).rev().take_while(|i| is_title(words.lower(*i))).count();
        let run = at - titles..end;
        if let Some(name) = strip_titles(words, run.clone()).filter(|n| !names_body(words, n)) {
            let text = words.of(&name).to_owned();
            let full = full_names.get(&text.to_lowercase()).cloned().unwrap_or(text);
            for title in
                titles_before(words, &(run.start..name.start)).into_iter().chain(title_behind(words, end, sentence))
            {
                out.entry(title).or_default().push(full.clone());
            }
        }
        at = end;
    }
    out
}

fn names_body(words: &Words, name: &Range<usize>) -> bool {
    name.clone().any(|i| organisation_word(words.lower(i)).is_some())
}

/// All endings of the words before a name that end with a title that is no mere form of address.
fn titles_before(words: &Words, before: &Range<usize>) -> Vec<String> {
    let mut end = before.end;
    while end > before.start
        && matches!(
            words.lower(end - 1),
            "sir" | "mr" | "mr." | "mrs" | "mrs." | "ms" | "ms." | "dr" | "dr." | "lord" | "lady" | "dame"
        )
    {
        end -= 1;
    }
    let titled = end > before.start && is_title(words.lower(end - 1));
    (before.start..end).filter(|_| titled).map(|start| words.of(&(start..end)).to_lowercase()).collect()
}

/// "Lena Orr, the prime minister,": the words between the commas, if few, and their last two and one.
fn title_behind(words: &Words, comma: usize, end: usize) -> Vec<String> {
    if words.lower(comma) != "," {
        return Vec::new();
    }
    let start = comma + 1 + usize::from(matches!(words.lower(comma + 1), "the" | "a" | "an"));
    let stop = (start..end.min(start + 6))
        .find(|i| words.list[*i].is_mark() || words.list[*i].is_any(&[Closed::Of, Closed::Prep]));
    let Some(stop) =
        stop.filter(|s| *s > start && source_noun(words.lower(*s - 1)).is_some_and(|n| names_one(n.kind, n.naming)))
    else {
        return Vec::new();
    };
    (start..stop).map(|from| words.of(&(from..stop)).to_lowercase()).collect()
}

/// Whether a noun of this kind can be the role of one person.
fn names_one(kind: &str, naming: &str) -> bool {
    matches!(kind, "office" | "government" | "public") && naming != "institution"
}

/// Full names by the acronym that follows them in brackets: "Centre for Policy Studies (CPS)".
pub fn acronyms(words: &Words) -> HashMap<String, String> {
    let mut out = HashMap::new();
    for at in 2..words.list.len().saturating_sub(2) {
        let acronym = words.list[at + 1].text;
        let bracketed = words.list[at].text == "(" && words.lower(at + 2) == ")";
        let letters: Vec<char> = acronym.chars().filter(|c| c.is_uppercase()).collect();
        if !bracketed || letters.len() < 2 || acronym.chars().any(char::is_lowercase) {
            continue;
        }
        if let Some(start) = spelled_out(words, at, &letters) {
            out.entry(acronym.to_lowercase()).or_insert_with(|| words.of(&(start..at)).to_owned());
        }
    }
    out
}

/// Adds the initials of bodies that the text names in full: "CPS" for the "Centre for Policy Studies".
pub fn add_initials(full_names: &HashMap<String, String>, acronyms: &mut HashMap<String, String>) {
    let mut all: Vec<&String> = full_names.values().collect();
    all.sort_unstable();
    for name in all {
        let initials: String =
            name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect();
        if initials.chars().count() > 2 {
            acronyms.entry(initials.to_lowercase()).or_insert_with(|| name.clone());
        }
    }
}

/// The word before `end` from which on the initials spell the letters; small words may stand between.
fn spelled_out(words: &Words, end: usize, letters: &[char]) -> Option<usize> {
    let (mut left, mut at) = (letters.len(), end);
    while left > 0 && at > 0 && end - at < letters.len() + 5 {
        at -= 1;
        let word = &words.list[at];
        let initial = word.text.chars().next().and_then(|c| c.to_uppercase().next());
        if initial == Some(letters[left - 1]) && word.is_capital() {
            left -= 1;
        } else if word.is_mark() && word.text != "-" && word.text != "&" {
            return None;
        }
    }
    (left == 0).then_some(at)
}
