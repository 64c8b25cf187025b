//! Short forms of regions, and where labels of countries stand.

use std::collections::HashMap;
use std::sync::LazyLock;

static POINTS: LazyLock<HashMap<&str, (f64, f64)>> = LazyLock::new(|| {
    crate::rows(include_str!("../gazetteer/countries.tsv"))
        .filter_map(|r| Some((*r.first()?, (r.get(1)?.parse().ok()?, r.get(2)?.parse().ok()?))))
        .collect()
});

/// Where a country's label stands on a map, in degrees north and east: the middle of its largest part. `code` is ISO 3166-1
/// alpha-2.
pub fn country_point(code: &str) -> Option<(f64, f64)> {
    POINTS.get(code).copied()
}

/// Short forms of regions and countries without their full stops: the form, the country (alpha-2), the region's name (empty
/// for the country itself), and whether the form stands for it alone, not only behind a place and a comma.
pub fn abbreviations() -> impl Iterator<Item = (&'static str, &'static str, &'static str, bool)> {
    crate::rows(include_str!("../gazetteer/abbreviations.tsv")).filter_map(|r| match r[..] {
        [form, country, region, how] => Some((form, country, region, how == "alone")),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_inside_their_countries() {
        let near = |code, lat: f64, lon: f64| country_point(code).is_some_and(|p| (p.0 - lat).hypot(p.1 - lon) < 3.0);
        assert!(near("SY", 35.0, 38.5) && near("US", 39.5, -99.0) && near("FR", 46.5, 2.5));
        assert!(country_point("??").is_none());
    }

    #[test]
    fn every_short_form_is_read() {
        assert_eq!(abbreviations().count(), crate::rows(include_str!("../gazetteer/abbreviations.tsv")).count());
        assert!(abbreviations().any(|a| a == ("UK", "GB", "", true)));
    }
}
