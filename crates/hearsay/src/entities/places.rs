//! Places: where on the map is each name?
//!
//! The longest name of the gazetteer wins; of places that share a name, the one that lies in a country the text speaks of,
//! then the one with more people. A country is never drawn as a point.

use crate::shallow::{Word, Words};
use hearsay_data::actors::{Country, countries};
use hearsay_data::places::{Place, key, shipped};
use hearsay_data::words::{Abbreviation, abbreviation};
use hearsay_types::{Mention, MentionKind, PlaceRef, Precision};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

static COUNTRIES: LazyLock<HashMap<String, &'static Country>> = LazyLock::new(|| {
    let names = |c: &'static Country| std::iter::once(c.name).chain(c.others.iter().copied()).map(move |n| (key(n), c));
    countries().iter().flat_map(names).filter(|(k, _)| k != "us" && k != "uk").collect()
});

static ADJECTIVES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| countries().iter().flat_map(|c| c.adjectives.iter().map(|a| (*a, c.alpha2))).collect());

/// Finds the places of a body, in reading order.
pub fn find(words: &Words) -> Vec<Mention> {
    let nearby = nearby(words);
    let mut out = Vec::new();
    for (index, sentence) in &words.sentences {
        let mut at = sentence.start;
        while at < sentence.end {
            match name_at(words, at, sentence) {
                Some(range) => {
                    if let Some(place) = resolve(words, &range, &nearby) {
                        out.push(Mention {
                            sentence: *index,
                            span: words.span(&range),
                            kind: MentionKind::Place(place),
                        });
                    }
                    at = range.end;
                }
                None => at += 1,
            }
        }
    }
    out
}

/// How often the text speaks of each country (alpha-2), by name or adjective.
fn nearby(words: &Words) -> HashMap<&'static str, usize> {
    let mut out = HashMap::new();
    for word in words.list.iter().filter(|w| w.is_capital()) {
        let country = ADJECTIVES.get(word.text).copied().or_else(|| COUNTRIES.get(&*word.lower).map(|c| c.alpha2));
        if let Some(code) = country.or(matches!(word.text, "US" | "U.S.").then_some("US")) {
            *out.entry(code).or_default() += 1;
        }
    }
    out
}

/// The longest name of a place that starts at `at`.
fn name_at(words: &Words, at: usize, sentence: &Range<usize>) -> Option<Range<usize>> {
    let article = matches!(words.lower(at), "al" | "el") && words.lower(at + 1) == "-";
    let first = words.list.get(at + if article { 2 } else { 0 })?;
    let common = matches!(
        &*first.lower,
        "march"
            | "may"
            | "university"
            | "far"
            | "independence"
            | "union"
            | "liberty"
            | "mobile"
            | "reading"
            | "bath"
            | "split"
            | "nice"
            | "of"
            | "police"
            | "college"
            | "central"
            | "most"
            | "much"
            | "man"
            | "best"
            | "date"
            | "time"
            | "hope"
            | "battle"
    );
    if common && words.lower(at + 1) != "creek" {
        return None;
    }
    if !first.is_capital() || first.closed.is_some() && !matches!(first.text, "US" | "U.S.") {
        return None;
    }
    let limit = sentence.end.min(at + 7);
    let longest = (at + 1..=limit).rev().find(|end| {
        let range = at..*end;
        words.list[end - 1].text != "." && !words.list[end - 1].is_mark() && known(words, &range)
    })?;
    let range = at..longest;
    (!is_part_of_a_name(words, &range, sentence)).then_some(range)
}

fn known(words: &Words, range: &Range<usize>) -> bool {
    let text = words.of(range);
    if matches!(text, "US" | "U.S." | "UK" | "U.K." | "USA") {
        return true;
    }
    let key = key(text);
    key.len() > 2 && !text.contains(',') && (COUNTRIES.contains_key(&key) || shipped().named(&key).next().is_some())
}

/// Whether the words around make it a person's or a body's name: "George Washington", "Aleppo University", "Mr. London".
fn is_part_of_a_name(words: &Words, range: &Range<usize>, sentence: &Range<usize>) -> bool {
    let name = |w: &Word| w.is_capital() && w.closed.is_none() && !w.is_mark();
    let kind = |w: &Word| {
        matches!(
            &*w.lower,
            "city"
                | "county"
                | "province"
                | "governorate"
                | "district"
                | "camp"
                | "state"
                | "region"
                | "north"
                | "south"
                | "east"
                | "west"
                | "northern"
                | "southern"
                | "eastern"
                | "western"
                | "central"
                | "greater"
                | "downtown"
                | "monday"
                | "tuesday"
                | "wednesday"
                | "thursday"
                | "friday"
                | "saturday"
                | "sunday"
        )
    };
    let before = range.start.checked_sub(1).filter(|b| *b >= sentence.start).map(|b| &words.list[b]);
    let after = words.list.get(range.end).filter(|_| range.end < sentence.end);
    let title = before.is_some_and(|b| abbreviation(&b.lower) == Some(Abbreviation::Title));
    let place_before = before.is_some_and(|b| kind(b) || ADJECTIVES.contains_key(b.text));
    let led = before.is_some_and(name) && !place_before;
    let followed = after.is_some_and(|a| name(a) && !kind(a));
    let verb = range.len() == 1 && range.start == sentence.start && words.list[range.start].verb.is_some();
    title || led || followed || verb || (range.len() == 1 && hearsay_data::cues::is_title(words.lower(range.start)))
}

fn resolve(words: &Words, range: &Range<usize>, nearby: &HashMap<&'static str, usize>) -> Option<PlaceRef> {
    let text = words.of(range);
    let name = match text {
        "US" | "U.S." | "USA" => key("United States"),
        "UK" | "U.K." => key("United Kingdom"),
        _ => key(text),
    };
    let county = matches!(words.list.get(range.end).map(|w| w.text), Some("County" | "Parish"));
    let told = container(words, range.end).or(county.then(|| "US".to_owned()));
    let place = shipped()
        .named(&name)
        .max_by(|a, b| score(a, nearby, told.as_deref()).total_cmp(&score(b, nearby, told.as_deref())));
    let country = COUNTRIES.get(&name).filter(|_| told.is_none() || place.is_none());
    if let Some(country) = country {
        return Some(PlaceRef {
            id: Some(format!("iso:{}", country.alpha3)),
            name: country.name.to_owned(),
            lat: None,
            lon: None,
            country: Some(country.alpha2.to_owned()),
            kind: "country".to_owned(),
            precision: Precision::Country,
        });
    }
    let place = place?;
    Some(PlaceRef {
        id: Some(place.id.to_string()),
        name: place.name.to_string(),
        lat: place.at.map(|a| a.0),
        lon: place.at.map(|a| a.1),
        country: place.country.map(str::to_owned),
        kind: place.kind.to_string(),
        precision: vague(words, range).unwrap_or(precision(place.kind)),
    })
}

/// "east of Rafah", "the Deir Ezzor countryside": an area, not the place itself.
fn vague(words: &Words, range: &Range<usize>) -> Option<Precision> {
    let before = |n: usize| range.start.checked_sub(n).map_or("", |b| words.lower(b));
    let direction = matches!(
        before(2),
        "east"
            | "west"
            | "north"
            | "south"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "outskirts"
            | "countryside"
            | "vicinity"
    ) && before(1) == "of";
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

/// The country or state that follows a comma: "Perrin, Orvia", "Paris, Texas".
fn container(words: &Words, at: usize) -> Option<String> {
    if words.lower(at) != "," || !words.list.get(at + 1)?.is_capital() {
        return None;
    }
    let long = key(words.of(&(at + 1..(at + 3).min(words.list.len()))));
    let short = key(words.list[at + 1].text);
    for name in [long, short] {
        if let Some(country) = COUNTRIES.get(&name) {
            return Some(country.alpha2.to_owned());
        }
        if shipped().named(&name).any(|p| p.kind == "region" && p.country == Some("US")) {
            return Some("US".to_owned());
        }
    }
    None
}

/// How well a place fits: the country it is told to lie in, a country the text speaks of, its people, its kind.
fn score(place: &Place, nearby: &HashMap<&'static str, usize>, told: Option<&str>) -> f64 {
    let country = place.country.unwrap_or("");
    let spoken = nearby.get(country).map_or(0.0, |n| 4.0 + (*n as f64).ln());
    let told = if told == Some(country) { 20.0 } else { 0.0 };
    let large = if matches!(place.kind, "region" | "area") { 1.0 } else { 0.0 };
    ((place.population + 1000) as f64).ln() + spoken + told + large
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearsay_types::Article;

    fn read(text: &str) -> Vec<(String, PlaceRef)> {
        let article = Article::plain(text);
        let (parsed, _) = crate::language::parse(&article, &crate::language::Language::shipped());
        let place = |m: Mention| match m.kind {
            MentionKind::Place(p) => Some((m.span.of(text).to_owned(), p)),
            _ => None,
        };
        find(&Words::of_body(&article, &parsed)).into_iter().filter_map(place).collect()
    }

    #[test]
    fn a_country_is_no_point() {
        let found = read("Guards left Syria for Aleppo.");
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].1.lat, found[0].1.precision), (None, Precision::Country));
        assert!(found[1].1.lat.is_some_and(|l| (l - 36.2).abs() < 0.3));
    }

    #[test]
    fn names_of_people_are_no_places() {
        assert!(read("George Washington met Mr. London.").is_empty());
    }

    #[test]
    fn vague_places_stay_vague() {
        assert_eq!(read("It fell east of Rafah.")[0].1.precision, Precision::Area);
    }
}
