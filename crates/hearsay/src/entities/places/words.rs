//! Words around place names, and short forms of regions and countries.

use hearsay_data::actors::{Country, countries};
use hearsay_data::places::key;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A region or a country by its short form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Short {
    /// ISO 3166-1 alpha-2.
    pub country: &'static str,
    /// The region's name; none for the country itself.
    pub region: Option<&'static str>,
    /// Whether it stands for it without a place and a comma before it.
    pub alone: bool,
}

static SHORT: LazyLock<HashMap<&str, Short>> = LazyLock::new(|| {
    hearsay_data::regions::abbreviations()
        .map(|(form, country, region, alone)| {
            (form, Short { country, region: Some(region).filter(|r| !r.is_empty()), alone })
        })
        .collect()
});

/// What a short form stands for, with or without its full stops: "U.S.", "La.", "NSW".
pub fn short(text: &str) -> Option<Short> {
    if text.len() > 6 {
        return None;
    }
    SHORT.get(text).or_else(|| SHORT.get(&*text.replace('.', ""))).copied()
}

static COUNTRIES: LazyLock<HashMap<String, &'static Country>> = LazyLock::new(|| {
    let names = |c: &'static Country| std::iter::once(c.name).chain(c.others.iter().copied()).map(move |n| (key(n), c));
    countries().iter().flat_map(names).filter(|(k, _)| k != "us" && k != "uk").collect()
});

static CODES: LazyLock<HashMap<&str, &'static Country>> =
    LazyLock::new(|| countries().iter().map(|c| (c.alpha2, c)).collect());

static ADJECTIVES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| countries().iter().flat_map(|c| c.adjectives.iter().map(|a| (*a, c.alpha2))).collect());

/// The country with this name, given as [`key`] makes it.
pub fn country(key: &str) -> Option<&'static Country> {
    COUNTRIES.get(key).copied()
}

/// The country with this ISO 3166-1 alpha-2 code.
pub fn country_of_code(code: &str) -> Option<&'static Country> {
    CODES.get(code).copied()
}

/// The alpha-2 code of the country of an adjective or of its people: "Syrian", "Syrians".
pub fn adjective(word: &str) -> Option<&'static str> {
    ADJECTIVES.get(word).copied()
}

static REGIONS: LazyLock<std::collections::HashSet<String>> = LazyLock::new(|| {
    hearsay_data::regions::abbreviations().map(|(_, _, region, _)| key(region)).filter(|k| !k.is_empty()).collect()
});

/// Whether this is the name, as [`key`] makes it, of a region that news writes behind towns and has a short form.
pub fn is_region(key: &str) -> bool {
    REGIONS.contains(key)
}
