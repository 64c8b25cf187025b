//! The gazetteer. The build script packs it; see `table.rs` for how.

mod key;
mod table;

pub use key::key;

use std::borrow::Cow;

/// A place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place<'a> {
    /// Its id with its source, as in `geonames:170654`.
    pub id: &'a str,
    /// `settlement`, `district`, `region`, `area`.
    pub kind: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Degrees north and east; none for what is no point.
    pub at: Option<(f64, f64)>,
    /// ISO 3166-1 alpha-2; none for what lies in several countries.
    pub country: Option<&'a str>,
    /// People; 0 where unknown.
    pub population: u64,
    /// The code of the division that it is or lies in, as in `US.LA.079`; empty where unknown.
    pub inside: &'a str,
}

/// Places and where each name leads.
pub struct Gazetteer {
    rows: Cow<'static, str>,
    names: Cow<'static, [u8]>,
}

static SHIPPED: Gazetteer = Gazetteer {
    rows: Cow::Borrowed(include_str!(concat!(env!("OUT_DIR"), "/places.tsv"))),
    names: Cow::Borrowed(include_bytes!(concat!(env!("OUT_DIR"), "/places.names"))),
};

/// The gazetteer that ships.
pub fn shipped() -> &'static Gazetteer {
    &SHIPPED
}

impl Gazetteer {
    /// Packs a table with the columns of the shipped one: id, kind, name, latitude, longitude, country (`-` for none),
    /// population, other names (separated by `|`), and, if known, the division it lies in; separated by tabs.
    pub fn of(table: &str) -> Gazetteer {
        let packed = table::pack(table, key);
        Gazetteer { rows: Cow::Owned(packed.rows), names: Cow::Owned(packed.index) }
    }

    /// All places with this name, given as [`key`] makes it, in the order of the table.
    pub fn named<'a>(&'a self, key: &str) -> impl Iterator<Item = Place<'a>> + use<'a> {
        table::look_up(&self.names, key).filter_map(|row| place(self.rows.get(row..)?.lines().next()?))
    }
}

fn place(row: &str) -> Option<Place<'_>> {
    let mut fields = row.split('\t');
    let mut next = || fields.next();
    let (id, kind, name) = (next()?, next()?, next()?);
    let at = next()?.parse().ok().zip(next()?.parse().ok());
    let country = next().filter(|c| *c != "-");
    let population = next()?.parse().unwrap_or(0);
    Some(Place { id, kind, name, at, country, population, inside: fields.nth(1).unwrap_or("") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meet_in_their_spellings() {
        assert_eq!(key("Al-Quneitra"), key("Quneitra"));
        assert_eq!(key("Deir al-Balaḥ"), "deir balah");
        let damascus: Vec<Place> = shipped().named("damascus").collect();
        assert!(damascus.iter().any(|p| p.country == Some("SY") && p.at.is_some()));
        // A quarter of Baltimore has that name too; which of the two is meant is for the reader of the article to weigh.
        assert!(shipped().named(&key("Middle East")).any(|p| p.kind == "area"));
    }

    #[test]
    fn every_row_is_found_by_each_of_its_names() {
        let table = "# id\n\
            x:1\tsettlement\tTel Sarim\t1.5\t-2.25\tOV\t700\tSarim|Tall Ṣārim\tOV.01\n\
            x:2\tregion\tSarim\t\t\t-\t\t\n\
            x:3\ttoo few columns\n\
            x:4\tsettlement\tOmbra\t3\t4\tOV\t12\t";
        let gazetteer = Gazetteer::of(table);
        let ids = |name: &str| gazetteer.named(&key(name)).map(|p| p.id).collect::<Vec<_>>();
        assert_eq!(ids("sarim"), ["x:1", "x:2"]);
        assert_eq!((ids("Tall Sarim"), ids("OMBRA")), (vec!["x:1"], vec!["x:4"]));
        assert!(ids("").is_empty() && ids("Sari").is_empty() && ids("too few columns").is_empty());
        let first = gazetteer.named("tel sarim").next().unwrap();
        let (at, country) = (Some((1.5, -2.25)), Some("OV"));
        let wanted =
            Place { id: "x:1", kind: "settlement", name: "Tel Sarim", at, country, population: 700, inside: "OV.01" };
        assert_eq!(first, wanted);
        let second = gazetteer.named("sarim").nth(1).unwrap();
        assert_eq!((second.at, second.country, second.population, second.inside), (None, None, 0, ""));
    }

    #[test]
    fn an_empty_gazetteer_names_nothing() {
        assert_eq!(Gazetteer::of("").named("x").count(), 0);
    }
}
