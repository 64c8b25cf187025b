//! Who in a record is a private person.
//!
//! A person is private unless an actor that may be shown carries the name. The record knows people from four places: the names that
//! the language engine saw, sources that are people with a name, actors that are not public, and bylines.

use super::mask::{Mask, Material};
use crate::{Error, Store};
use aho_corasick::{AhoCorasick, MatchKind};
use rusqlite::Connection;
use std::collections::{BTreeSet, HashSet};

/// The private people of a record, by their names.
#[derive(Debug)]
pub(super) struct People {
    /// Names of two words and more: these are looked for in every article.
    names: Vec<String>,
    finder: AhoCorasick,
    /// Whether the record keeps what the language engine saw.
    named: bool,
}

/// A text of an article, by the number that names and sentences know it by.
const PART: &str = "CASE n.part WHEN 0 THEN a.title WHEN 1 THEN a.text ELSE a.captions->(n.part - 2)->>'text' END";

fn seen(of: &str) -> String {
    format!(
        "SELECT CAST(substr(CAST({PART} AS BLOB), n.start + 1, n.end - n.start) AS TEXT) FROM t_names n JOIN t_articles a ON a.key = n.article {of}"
    )
}

const SOURCES: &str = "SELECT c.source_name FROM t_claims c LEFT JOIN t_actors t ON t.key = c.source_actor
     WHERE c.source_kind = 'person' AND c.source_naming = 'named' AND c.source_name IS NOT NULL AND coalesce(t.public, 0) = 0";
const HIDDEN: &str = "SELECT name FROM t_actors WHERE public = 0
     UNION SELECT j.value FROM t_actors t, json_each(t.aliases) j WHERE t.public = 0";
const SHOWN: &str = "SELECT name FROM t_actors WHERE public = 1
     UNION SELECT j.value FROM t_actors t, json_each(t.aliases) j WHERE t.public = 1";
const SHOWN_HERE: &str =
    "SELECT t.name FROM t_article_actors w JOIN t_actors t ON t.key = w.actor WHERE w.article = ?1 AND t.public = 1
     UNION SELECT j.value FROM t_article_actors w JOIN t_actors t ON t.key = w.actor, json_each(t.aliases) j
         WHERE w.article = ?1 AND t.public = 1
     UNION SELECT CAST(substr(CAST(a.text AS BLOB), m.start + 1, m.end - m.start) AS TEXT) FROM t_mentions m
         JOIN t_articles a ON a.key = m.article LEFT JOIN t_actors t ON t.key = m.actor
         WHERE m.article = ?1 AND (m.kind = 'place' OR (m.kind = 'actor' AND t.public = 1))";

impl People {
    pub(super) fn of(store: &Store) -> Result<People, Error> {
        let conn = &store.conn;
        let named = conn.query_row("SELECT count(*) FROM sqlite_schema WHERE name = 't_names'", [], |r| r.get(0))?;
        let shown: HashSet<String> = strings(conn, SHOWN, None)?.into_iter().map(|n| n.to_lowercase()).collect();
        let mut all = strings(conn, SOURCES, None)?;
        all.extend(strings(conn, HIDDEN, None)?);
        all.extend(bylines(conn, "")?);
        if named {
            all.extend(strings(conn, &seen(""), None)?);
        }
        let names: BTreeSet<String> = all.iter().filter_map(|n| tidy(n)).collect();
        let whole = |n: &String| n.contains(' ') && !shown.contains(&n.to_lowercase());
        let names: Vec<String> = names.into_iter().filter(whole).collect();
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&names);
        let finder = finder.map_err(|e| Error::with(crate::Kind::Unexpected, e))?;
        Ok(People { names, finder, named })
    }

    /// The mask of an article; none where there is no such article.
    pub(super) fn mask(&self, conn: &Connection, article: &str) -> Result<Option<Mask>, Error> {
        const ASK: &str = "SELECT key, coalesce(title, ''), text, captions FROM t_articles WHERE id = ?1";
        let mut ask = conn.prepare_cached(ASK)?;
        let mut rows = ask.query([article])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let (key, captions): (i64, String) = (row.get(0)?, row.get(3)?);
        let captions: Vec<serde_json::Value> = serde_json::from_str(&captions)?;
        let caption = |c: &serde_json::Value| c.get("text").and_then(|t| t.as_str()).unwrap_or("").to_owned();
        let mut texts = vec![row.get(1)?, row.get(2)?];
        texts.extend(captions.iter().map(caption));
        let mut names = strings(conn, &format!("{SOURCES} AND c.article = ?1"), Some(key))?;
        names.extend(bylines(conn, &format!("WHERE key = {key}"))?);
        if self.named {
            names.extend(strings(conn, &seen("WHERE n.article = ?1"), Some(key))?);
        }
        let mut names: Vec<String> = names.iter().filter_map(|n| tidy(n)).collect();
        names
            .extend(texts.iter().flat_map(|text| self.finder.find_iter(text)).map(|m| self.names[m.pattern()].clone()));
        let safe = strings(conn, SHOWN_HERE, Some(key))?;
        Ok(Some(Mask::new(Material { texts, names, safe })))
    }

    /// The mask of what belongs to no one article: every full name of the record.
    pub(super) fn anywhere(&self) -> Mask {
        Mask::of_record(self.names.clone())
    }
}

fn strings(conn: &Connection, ask: &str, article: Option<i64>) -> Result<Vec<String>, Error> {
    let mut ask = conn.prepare_cached(ask)?;
    let read = |r: &rusqlite::Row| r.get::<_, Option<String>>(0);
    let rows = match article {
        Some(key) => ask.query_map([key], read)?.collect::<Result<Vec<_>, _>>()?,
        None => ask.query_map([], read)?.collect::<Result<Vec<_>, _>>()?,
    };
    Ok(rows.into_iter().flatten().collect())
}

/// The people of bylines: "By Ilka Dorn and Tam Reed in Qarda".
fn bylines(conn: &Connection, of: &str) -> Result<Vec<String>, Error> {
    let ask = format!("SELECT DISTINCT byline FROM t_articles {of}");
    let lines = strings(conn, &ask, None)?;
    let split = |line: &String| {
        let line = line.trim_start_matches("By ").trim_start_matches("by ").trim_start_matches("BY ").to_owned();
        let parts: Vec<String> =
            line.split([',', ';', '|', '/']).flat_map(|p| p.split(" and ")).map(str::to_owned).collect();
        parts.into_iter().map(|p| p.split(" in ").next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    Ok(lines.iter().flat_map(split).filter(|n| (2..=4).contains(&n.split_whitespace().count())).collect())
}

/// Titles that the engine at times takes for people when they stand alone: to mask them would hide the office and nobody's name.
const TITLES: [&str; 24] = [
    "President",
    "Prime",
    "Minister",
    "Foreign",
    "Deputy",
    "Defence",
    "Defense",
    "Interior",
    "Secretary",
    "General",
    "Movement",
    "Security",
    "Maj.",
    "Gen.",
    "Lt.",
    "Col.",
    "Colonel",
    "Major",
    "Captain",
    "Sheikh",
    "King",
    "Emir",
    "Russian",
    "Spokesman",
];

/// A name without what clings to it: white space, quotation marks, a genitive. None where it is no name.
fn tidy(name: &str) -> Option<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim_end_matches('.');
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    let ends = [name.split(' ').next()?, name.rsplit(' ').next()?];
    if name.split(' ').all(|word| TITLES.contains(&word)) {
        return None;
    }
    let is_name =
        name.chars().count() > 2 && ends.iter().all(|w| !w.starts_with(|c: char| c.is_lowercase() || c.is_numeric()));
    is_name.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::tidy;

    #[test]
    fn names_are_tidied() {
        assert_eq!(tidy(" “Ilka\nDorn’s”").as_deref(), Some("Ilka Dorn"));
        assert_eq!(tidy("a spokesman"), None);
        assert_eq!(tidy("Al"), None);
    }
}
