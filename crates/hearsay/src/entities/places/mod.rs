//! Places: where on the map is each name?
//!
//! A point of a country, a region or an area is where its label stands; its precision says that nothing happened there.

mod choose;
mod names;
mod words;

use crate::shallow::Words;
use choose::Target;
use hearsay_data::places::{Gazetteer, shipped};
use hearsay_data::words::is_place_word;
use hearsay_types::{Mention, MentionKind, Parsed, PlaceRef, Precision};
use names::{Name, Reader};
use std::collections::HashMap;
use std::ops::Range;

/// Finds the places of a body, in reading order. `own` is the user's gazetteer: a name that it knows is looked up in no
/// other.
pub fn find(words: &Words, parsed: &Parsed, own: Option<&Gazetteer>) -> Vec<Mention> {
    let maps: Vec<&Gazetteer> = own.into_iter().chain([shipped()]).collect();
    let names = Reader::new(words, parsed, &maps).names();
    let chosen = choose::choose(words, &names, &spoken(words), &maps);
    let mention = |(name, target): (&Name, Option<Target>)| Mention {
        sentence: name.sentence,
        span: words.span(&name.range),
        kind: MentionKind::Place(place(words, &name.range, target)),
    };
    names.iter().zip(chosen).map(mention).collect()
}

/// How often the text speaks of each country (alpha-2), by name or adjective.
fn spoken(words: &Words) -> HashMap<&'static str, usize> {
    let mut out = HashMap::new();
    for (at, word) in words.list.iter().enumerate().filter(|(_, w)| w.is_capital()) {
        let name = |end: usize| words::country(&hearsay_data::places::key(words.of(&(at..end)))).map(|c| c.alpha2);
        let long = (at + 2..=words.list.len().min(at + 4)).rev().find_map(name);
        let code = words::adjective(word.text)
            .or(long)
            .or_else(|| name(at + 1))
            .or_else(|| words::short(word.text).filter(|s| s.alone).map(|s| s.country));
        if let Some(code) = code {
            *out.entry(code).or_default() += 1;
        }
    }
    out
}

fn place(words: &Words, range: &Range<usize>, target: Option<Target>) -> PlaceRef {
    let at = target.as_ref().and_then(Target::at);
    let (lat, lon) = (at.map(|a| a.0), at.map(|a| a.1));
    match target {
        Some(Target::Country(country)) => PlaceRef {
            id: Some(format!("iso:{}", country.alpha3)),
            name: country.name.to_owned(),
            lat,
            lon,
            country: Some(country.alpha2.to_owned()),
            kind: "country".to_owned(),
            precision: Precision::Country,
        },
        Some(Target::Place(place)) => PlaceRef {
            id: Some(place.id.to_owned()),
            name: place.name.to_owned(),
            lat,
            lon,
            country: place.country.map(str::to_owned),
            kind: place.kind.to_owned(),
            precision: vague(words, range).unwrap_or(precision(place.kind)),
        },
        None => PlaceRef {
            id: None,
            name: words.of(range).to_owned(),
            lat,
            lon,
            country: None,
            kind: "place".to_owned(),
            precision: Precision::Unknown,
        },
    }
}

/// "east of Rafah", "the Deir Ezzor countryside": an area, not the place itself.
fn vague(words: &Words, range: &Range<usize>) -> Option<Precision> {
    let before = |n: usize| range.start.checked_sub(n).map_or("", |b| words.lower(b));
    let direction = before(1) == "of"
        && (is_place_word(before(2), "side") || matches!(before(2), "outskirts" | "countryside" | "vicinity"));
    let near = matches!(before(1), "near" | "around" | "outside")
        || matches!(words.lower(range.end), "countryside" | "area" | "outskirts" | "suburbs");
    (direction || near).then_some(Precision::Area)
}

fn precision(kind: &str) -> Precision {
    match kind {
        "district" => Precision::District,
        "region" => Precision::Region,
        "area" => Precision::Area,
        _ => Precision::Settlement,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearsay_types::Article;

    fn read(text: &str) -> Vec<(String, PlaceRef)> {
        read_seeing(text, &[])
    }

    /// Reads a text of one sentence in which the language engine saw places.
    fn read_seeing(text: &str, places: &[&str]) -> Vec<(String, PlaceRef)> {
        let article = Article::plain(text);
        let (mut parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
        parsed.mentions.extend(places.iter().map(|place| {
            let start = text.find(place).expect("the text has it");
            let span = hearsay_types::Span::new(start, start + place.len());
            hearsay_types::NamedMention { sentence: 0, span, kind: hearsay_types::NamedKind::Place }
        }));
        let place = |m: Mention| match m.kind {
            MentionKind::Place(p) => Some((m.span.of(text).to_owned(), p)),
            _ => None,
        };
        find(&Words::of_body(&article, &parsed), &parsed, None).into_iter().filter_map(place).collect()
    }

    #[test]
    fn a_country_is_no_point() {
        let found = read("Guards left Syria for Aleppo.");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].1.kind.as_str(), found[0].1.precision), ("country", Precision::Country));
        assert!(found[1].1.lat.is_some_and(|l| (l - 36.2).abs() < 0.3));
    }

    #[test]
    fn names_of_people_are_no_places() {
        assert!(read("George Washington met Mr. London.").is_empty());
    }

    #[test]
    fn a_piece_of_an_unknown_name_is_no_place() {
        let text = "Shells fell on Aleppo Hadda on Monday.";
        assert!(read_seeing(text, &["Aleppo Hadda"]).is_empty());
        assert_eq!(read_seeing(text, &["Aleppo"]).len(), 1);
        assert_eq!(read_seeing("Shells fell on Aleppo Province.", &["Aleppo Province"]).len(), 1);
    }

    #[test]
    fn a_kind_of_place_is_no_name() {
        assert!(read_seeing("Shells fell in the Valley of the Iven.", &["Valley"]).is_empty());
    }

    #[test]
    fn who_speaks_is_no_small_town() {
        assert!(read_seeing("Valk told members that it had been planned.", &["Valk"]).is_empty());
    }

    #[test]
    fn vague_places_stay_vague() {
        assert_eq!(read("It fell east of Rafah.")[0].1.precision, Precision::Area);
    }
}
