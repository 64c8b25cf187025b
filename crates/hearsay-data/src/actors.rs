//! Actors that are known beforehand: countries, bodies of their states, groups, media.

use std::collections::HashMap;
use std::sync::LazyLock;

/// A country.
#[derive(Debug, Clone)]
pub struct Country {
    /// ISO 3166-1 alpha-3.
    pub alpha3: &'static str,
    /// ISO 3166-1 alpha-2.
    pub alpha2: &'static str,
    /// Its usual English name.
    pub name: &'static str,
    /// Its capital; empty where it has none.
    pub capital: &'static str,
    /// "Syrian", "Syrians".
    pub adjectives: Vec<&'static str>,
    /// Other English names.
    pub others: Vec<&'static str>,
}

/// A noun phrase that names a body of a state behind a country or its adjective.
#[derive(Debug, Clone)]
pub struct Body {
    /// Lower case, as in "foreign ministry".
    pub phrase: &'static str,
    /// What it is called: phrases of one name are one actor.
    pub name: &'static str,
    /// PLOVER sector code.
    pub sector: &'static str,
    /// Kind, as the record names it.
    pub kind: &'static str,
}

/// A group, party, international body or medium.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its key in the data.
    pub key: &'static str,
    /// Its usual name.
    pub name: &'static str,
    /// Kind, as the record names it.
    pub kind: &'static str,
    /// ISO 3166-1 alpha-3 of its country.
    pub country: Option<&'static str>,
    /// PLOVER sector code.
    pub sector: Option<&'static str>,
    /// Key of the actor it is a part of; `gov:XXX` is the government of a country.
    pub part_of: Option<&'static str>,
    /// Other names.
    pub aliases: Vec<&'static str>,
    /// Whether a program made the row: then its short forms count only where its name stands as well.
    pub made: bool,
}

fn list(field: &'static str) -> Vec<&'static str> {
    field.split('|').filter(|f| !f.is_empty() && *f != "-").collect()
}

fn some(field: &'static str) -> Option<&'static str> {
    Some(field).filter(|f| !f.is_empty() && *f != "-")
}

static COUNTRIES: LazyLock<Vec<Country>> = LazyLock::new(|| {
    crate::rows(include_str!("../actors/countries.tsv"))
        .filter_map(|r| {
            let [alpha3, alpha2, name, capital, adjectives, others] = r[..] else { return None };
            Some(Country { alpha3, alpha2, name, capital, adjectives: list(adjectives), others: list(others) })
        })
        .collect()
});

static BODIES: LazyLock<Vec<Body>> = LazyLock::new(|| {
    crate::rows(include_str!("../actors/bodies.tsv"))
        .filter_map(|r| {
            let [phrase, name, sector, kind] = r[..] else { return None };
            Some(Body { phrase, name, sector, kind })
        })
        .collect()
});

/// The tables of groups: by hand, and made from public sources.
const TABLES: [&str; 3] = [
    include_str!("../actors/groups.tsv"),
    include_str!("../actors/factbook.tsv"),
    include_str!("../actors/phoenix.tsv"),
];

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    TABLES.iter().enumerate().flat_map(|(n, table)| crate::rows(table).filter_map(move |r| group(&r, n > 0))).collect()
});

fn group(row: &[&'static str], made: bool) -> Option<Group> {
    let [key, name, kind, country, sector, part_of, aliases, ..] = row[..] else { return None };
    let (country, sector, part_of) = (some(country), some(sector), some(part_of));
    Some(Group { key, name, kind, country, sector, part_of, aliases: list(aliases), made })
}

static ROLES: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| crate::rows(include_str!("../lexicons/public_roles.tsv")).map(|r| (r[0], r[1])).collect());

/// The PLOVER sector of a public role, given in lower case; `-` for that of the body it belongs to, none for what is no
/// public role.
pub fn public_role(role: &str) -> Option<&'static str> {
    ROLES.get(role).copied()
}

/// A head of state or of government.
#[derive(Debug, Clone)]
pub struct Leader {
    /// The full name.
    pub name: &'static str,
    /// ISO 3166-1 alpha-3.
    pub country: &'static str,
    /// The office, as in "President".
    pub office: &'static str,
    /// The year the office was taken, where known.
    pub since: Option<i16>,
}

static LEADERS: LazyLock<Vec<Leader>> = LazyLock::new(|| {
    crate::rows(include_str!("../actors/leaders.tsv"))
        .filter_map(|r| {
            let [name, country, office, since, ..] = r[..] else { return None };
            Some(Leader { name, country, office, since: since.parse().ok() })
        })
        .collect()
});

/// All leaders.
pub fn leaders() -> &'static [Leader] {
    &LEADERS
}

/// All countries.
pub fn countries() -> &'static [Country] {
    &COUNTRIES
}

/// Bodies of states, longest phrases first.
pub fn bodies() -> &'static [Body] {
    &BODIES
}

/// All groups.
pub fn groups() -> &'static [Group] {
    &GROUPS
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_row_is_read_and_every_whole_is_there() {
        let lines = |table: &'static str| crate::rows(table).count();
        assert_eq!(countries().len(), lines(include_str!("../actors/countries.tsv")));
        assert_eq!(bodies().len(), lines(include_str!("../actors/bodies.tsv")));
        assert_eq!(groups().len(), TABLES.iter().map(|t| lines(t)).sum::<usize>());
        assert_eq!(leaders().len(), lines(include_str!("../actors/leaders.tsv")));
        assert!(groups().len() >= 600);
        assert!(groups().iter().all(|g| crate::own::KINDS.contains(&g.kind)));
        let keys: HashSet<&str> = groups().iter().map(|g| g.key).collect();
        assert_eq!(keys.len(), groups().len());
        for group in groups() {
            let known = group.part_of.is_none_or(|p| p.starts_with("gov:") || keys.contains(p));
            assert!(known, "{} is part of an unknown actor", group.key);
        }
    }
}
