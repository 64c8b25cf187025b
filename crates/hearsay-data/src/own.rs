//! Tables that a user brings: actors, and places in the format of GeoNames. A row that cannot be used is an error with its
//! line, so that nothing is left out unseen.

use crate::actors::{Group, countries, groups};
use crate::places::Gazetteer;
use std::collections::HashSet;
use std::fmt;

/// A row of a user's table that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: String,
}

impl fmt::Display for BadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.why)
    }
}

impl std::error::Error for BadRow {}

/// What an actor can be.
pub(crate) const KINDS: [&str; 8] =
    ["government", "state_body", "organisation", "armed_group", "international", "media", "office", "person"];

/// Reads a user's actors: key, name, kind, country (ISO 3166-1 alpha-3), sector (of PLOVER), part of (a key), aliases
/// (separated by `|`), separated by tabs; the last four may be `-` or left out. Lines that start with `#` are remarks. The
/// rows live as long as the program.
///
/// # Errors
/// The first row with fewer than three columns, without a key or name, with an unknown kind or country, with a key that
/// stands twice, or that is a part of what neither this table nor the shipped ones have.
pub fn actors(table: &str) -> Result<Vec<Group>, BadRow> {
    let table: &'static str = Box::leak(table.to_owned().into_boxed_str());
    let mut out: Vec<(usize, Group)> = Vec::new();
    for (line, row) in told(table) {
        let group = actor(&row).map_err(|why| BadRow { line, why })?;
        if out.iter().any(|(_, o)| o.key == group.key) {
            return Err(BadRow { line, why: format!("the key {:?} stands twice", group.key) });
        }
        out.push((line, group));
    }
    let keys: HashSet<&str> = out.iter().map(|(_, g)| g.key).chain(groups().iter().map(|g| g.key)).collect();
    let known = |key: &str| {
        keys.contains(key) || key.strip_prefix("gov:").is_some_and(|c| countries().iter().any(|k| k.alpha3 == c))
    };
    match out.iter().find(|(_, g)| g.part_of.is_some_and(|p| !known(p))) {
        Some((line, group)) => {
            let why =
                format!("{:?} is a part of {:?}, which no row has as its key", group.name, group.part_of.unwrap_or(""));
            Err(BadRow { line: *line, why })
        }
        None => Ok(out.into_iter().map(|(_, group)| group).collect()),
    }
}

/// The rows of a table that are no remarks, with their lines.
fn told(table: &'static str) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    let rows = table.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    rows.map(|(n, l)| (n + 1, l.split('\t').map(str::trim).collect()))
}

fn actor(row: &[&'static str]) -> Result<Group, String> {
    let [key, name, kind, rest @ ..] = row else {
        return Err(format!("{} columns; key, name and kind are needed, separated by tabs", row.len()));
    };
    if key.is_empty() || !name.contains(char::is_alphanumeric) {
        return Err("the key or the name is empty".to_owned());
    }
    if !KINDS.contains(kind) {
        return Err(format!("unknown kind {kind:?}; one of {}", KINDS.join(", ")));
    }
    let field = |at: usize| rest.get(at).copied().filter(|f| !f.is_empty() && *f != "-");
    let country = field(0);
    if let Some(code) = country.filter(|c| c.len() != 3 || !c.bytes().all(|b| b.is_ascii_uppercase())) {
        return Err(format!(
            "{code:?} is no country code of three letters (ISO 3166-1 alpha-3), and - says that there is none"
        ));
    }
    let sector = field(1);
    if let Some(sector) = sector.filter(|s| s.len() != 3 || !s.bytes().all(|b| b.is_ascii_uppercase())) {
        return Err(format!("{sector:?} is no sector code of three letters, as GOV or REB"));
    }
    let aliases = field(3).map_or(Vec::new(), |a| a.split('|').map(str::trim).filter(|a| !a.is_empty()).collect());
    Ok(Group { key, name, kind, country, sector, part_of: field(2), aliases, made: false })
}

/// Reads a gazetteer in the format of GeoNames (`allCountries.txt` or one of its parts: 19 columns separated by tabs, of which
/// the first 15 are used): its towns, divisions, waters and mountains. Countries are not taken: they are known, and no point.
///
/// # Errors
/// The first row with fewer than 15 columns, an id that is no number, no name, or coordinates that are none.
pub fn geonames(table: &str) -> Result<Gazetteer, BadRow> {
    let mut out = String::new();
    let table = table.strip_prefix('\u{feff}').unwrap_or(table);
    for (n, line) in table.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#')) {
        let row = place(line).map_err(|why| BadRow { line: n + 1, why })?;
        if let Some(row) = row {
            out.push_str(&row);
            out.push('\n');
        }
    }
    Ok(Gazetteer::of(&out))
}

/// A row of GeoNames as a row of a gazetteer; none for what is no place that a text would name.
fn place(line: &str) -> Result<Option<String>, String> {
    let row: Vec<&str> = line.split('\t').collect();
    let [id, name, ascii, others, lat, lon, class, code, country, _, admin1, admin2, _, _, people, ..] = row[..] else {
        return Err(format!("{} columns; GeoNames has 19, separated by tabs", row.len()));
    };
    if id.parse::<u64>().is_err() || name.trim().is_empty() {
        return Err(format!("the id {id:?} is no number, or the name is empty"));
    }
    let degrees = |text: &str, most: f64| text.parse::<f64>().ok().filter(|d| d.abs() <= most);
    if degrees(lat, 90.0).is_none() || degrees(lon, 180.0).is_none() {
        return Err(format!("{lat:?}, {lon:?} are no coordinates"));
    }
    let Some(kind) = kind(class, code) else { return Ok(None) };
    let mut names: Vec<&str> = others.split(',').map(str::trim).filter(|o| !o.is_empty()).collect();
    if ascii != name && !ascii.is_empty() {
        names.insert(0, ascii);
    }
    let country = if country.len() == 2 { country } else { "-" };
    let mut inside = country.to_owned();
    for part in [admin1, admin2].iter().filter(|p| !p.is_empty() && country != "-") {
        inside.push('.');
        inside.push_str(part);
    }
    let inside = if inside == "-" { "" } else { &inside };
    let people = people.parse::<u64>().unwrap_or(0);
    Ok(Some(format!("geonames:{id}\t{kind}\t{name}\t{lat}\t{lon}\t{country}\t{people}\t{}\t{inside}", names.join("|"))))
}

/// The kind of place of a GeoNames feature class and code; none for countries, and for buildings, roads and the like.
fn kind(class: &str, code: &str) -> Option<&'static str> {
    Some(match (class, code) {
        ("P", _) => "settlement",
        ("A", "ADM1" | "ADM1H") => "region",
        ("A", code) if code.starts_with("ADM") => "district",
        ("L" | "H" | "T" | "V" | "U", _) => "area",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::key;

    #[test]
    fn a_user_brings_actors() {
        let own = actors("# mine\nharrow\tHarrow Front\tarmed_group\tORV\tREB\t-\tthe Front|HF\n\nwing\tTide\toffice\t-\t-\tharrow\n").unwrap();
        assert_eq!((own[0].name, own[0].aliases.len(), own[0].country), ("Harrow Front", 2, Some("ORV")));
        assert_eq!((own[1].part_of, own[1].country), (Some("harrow"), None));
    }

    #[test]
    fn a_bad_row_is_named_with_its_line() {
        let why = |table: &str| actors(table).map(|_| ()).unwrap_err();
        assert_eq!(why("# mine\nharrow\tHarrow Front\tgang\n").line, 2);
        assert!(why("# mine\nharrow\tHarrow Front\tgang\n").why.contains("armed_group"));
        assert!(why("harrow Harrow Front").to_string().starts_with("line 1: 1 columns"));
        assert!(why("a\tA\toffice\nb\tB\toffice\t-\t-\tc").to_string().starts_with("line 2:"));
        assert!(why("a\tA\toffice\na\tB\toffice").why.contains("twice"));
        assert!(why("a\tA\toffice\tOrvia").why.contains("alpha-3"));
    }

    #[test]
    fn a_gazetteer_of_geonames_is_read() {
        let row = |id: &str, name: &str, lat: &str, class: &str, code: &str| {
            format!(
                "{id}\t{name}\tTolm\tTulm,Tolum\t{lat}\t20.5\t{class}\t{code}\tOV\t\t07\t12\t\t\t5400\t\t11\tX/Y\t2020-01-01\n"
            )
        };
        let table = row("7", "Tôlm", "10.25", "P", "PPL")
            + &row("8", "Orvia", "10", "A", "PCLI")
            + &row("9", "Ruun", "9", "A", "ADM1");
        let map = geonames(&table).unwrap();
        let tolm = map.named(&key("Tulm")).next().unwrap();
        assert_eq!(
            (tolm.id, tolm.kind, tolm.at, tolm.population),
            ("geonames:7", "settlement", Some((10.25, 20.5)), 5400)
        );
        assert_eq!(tolm.inside, "OV.07.12");
        assert_eq!(map.named(&key("Ruun")).next().map(|p| p.kind), Some("region"));
        assert!(map.named(&key("Orvia")).next().is_none(), "a country is no point");
        let bad = geonames(&(table + &row("10", "Nowhere", "north", "P", "PPL"))).err().unwrap();
        assert_eq!((bad.line, bad.why.as_str()), (4, "\"north\", \"20.5\" are no coordinates"));
    }
}
