//! The gazetteer, unpacked at its first use.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its id with its source, as in `geonames:170654`.
    pub id: Box<str>,
    /// `settlement`, `district`, `region`, `area`.
    pub kind: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Degrees north and east; none for what is no point.
    pub at: Option<(f64, f64)>,
    /// ISO 3166-1 alpha-2; none for what lies in several countries.
    pub country: Option<Box<str>>,
    /// People; 0 where unknown.
    pub population: u64,
}

/// Places and where each name leads.
pub struct Gazetteer {
    places: Vec<Place>,
    names: HashMap<Box<str>, Vec<u32>>,
}

static SHIPPED: LazyLock<Gazetteer> = LazyLock::new(|| {
    let packed: &[u8] = include_bytes!("../gazetteer/places.tsv.zst");
    let text = zstd::decode_all(packed).ok().and_then(|b| String::from_utf8(b).ok()).unwrap_or_default();
    let mut out = Gazetteer { places: Vec::new(), names: HashMap::with_capacity(90_000) };
    out.read(include_str!("../gazetteer/supplement.tsv"));
    out.read(&text);
    out
});

/// The gazetteer that ships.
pub fn shipped() -> &'static Gazetteer {
    &SHIPPED
}

impl Gazetteer {
    /// All places with this name, given as [`key`] makes it.
    pub fn named(&self, key: &str) -> impl Iterator<Item = &Place> {
        self.names.get(key).into_iter().flatten().filter_map(|i| self.places.get(*i as usize))
    }

    fn read(&mut self, table: &str) {
        for row in table.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let fields: Vec<&str> = row.split('\t').collect();
            let [id, kind, name, lat, lon, country, population, others] = fields[..] else { continue };
            let index = self.places.len() as u32;
            let at = lat.parse().ok().zip(lon.parse().ok());
            let country = Some(country).filter(|c| *c != "-").map(Box::from);
            let place = Place {
                id: id.into(),
                kind: kind.into(),
                name: name.into(),
                at,
                country,
                population: population.parse().unwrap_or(0),
            };
            self.places.push(place);
            for spelling in std::iter::once(name).chain(others.split('|')).filter(|n| !n.is_empty()) {
                let list = self.names.entry(key(spelling).into_boxed_str()).or_default();
                if !list.contains(&index) {
                    list.push(index);
                }
            }
        }
    }
}

/// The key of a name: lower case, marks over letters and apostrophes left out, hyphens as spaces, no Arabic article.
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match plain(c) {
            Some(' ') if out.ends_with(' ') || out.is_empty() => {}
            Some(c) => out.push(c),
            None => {}
        }
    }
    let trimmed = out.trim();
    let trimmed = ["al ", "el ", "ad ", "ar ", "as ", "at ", "az ", "an "]
        .iter()
        .find_map(|a| trimmed.strip_prefix(a).filter(|r| r.len() > 3))
        .unwrap_or(trimmed);
    trimmed.replace(" al ", " ").replace(" el ", " ")
}

/// A letter without its marks; none for what is left out.
fn plain(c: char) -> Option<char> {
    Some(match c {
        'a'..='z' | '0'..='9' => c,
        '-' | ' ' | '–' | '.' => ' ',
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ạ' | 'ả' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'ḍ' | 'đ' | 'ḑ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' | 'ė' | 'ệ' => 'e',
        'ğ' | 'ġ' => 'g',
        'ḥ' | 'ħ' | 'ẖ' | 'ḩ' => 'h',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' | 'ĭ' => 'i',
        'ł' | 'ľ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => 'o',
        'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ṣ' | 'ș' => 's',
        'ţ' | 'ť' | 'ṭ' | 'ț' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' | 'ẓ' => 'z',
        c if c.is_alphanumeric() => c,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meet_in_their_spellings() {
        assert_eq!(key("Al-Quneitra"), key("Quneitra"));
        assert_eq!(key("Deir al-Balaḥ"), "deir balah");
        let damascus: Vec<&Place> = shipped().named("damascus").collect();
        assert!(damascus.iter().any(|p| p.country.as_deref() == Some("SY") && p.at.is_some()));
        assert!(shipped().named(&key("Middle East")).all(|p| p.at.is_none()));
    }
}
