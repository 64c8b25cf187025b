//! Countries by ISO 3166-1: formats want names and numbers beside the two letters that places have and the three that actors have.

use std::sync::LazyLock;

/// A country.
#[derive(Debug, PartialEq)]
pub(super) struct Country {
    pub(super) alpha2: &'static str,
    pub(super) alpha3: &'static str,
    /// Empty where ISO has none.
    pub(super) numeric: &'static str,
    pub(super) name: &'static str,
}

static ALL: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let rows = include_str!("countries.tsv").lines().filter(|line| !line.starts_with('#'));
    let country = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [alpha2, alpha3, numeric, name] => Some(Country { alpha2, alpha3, numeric, name }),
        _ => None,
    };
    rows.filter_map(country).collect()
});

/// The country with this code of two or three letters.
pub(super) fn country(code: &str) -> Option<&'static Country> {
    ALL.iter().find(|c| c.alpha2 == code || c.alpha3 == code)
}

/// The code of two letters of the country with this code of two or three letters (ISO 3166-1).
pub fn alpha2(code: &str) -> Option<&'static str> {
    country(code).map(|c| c.alpha2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_are_found_by_either_code() {
        assert_eq!(country("SY"), country("SYR"));
        assert_eq!(country("SY").map(|c| (c.numeric, c.name)), Some(("760", "Syria")));
        assert_eq!(country("??"), None);
        assert!(ALL.len() > 240);
    }
}
