//! Actors, and what passes between two of them.

use super::Stretch;
use crate::ask::Ask;
use crate::error::Trouble;
use rusqlite::Row;
use std::collections::HashMap;

/// An actor.
pub struct Actor {
    pub key: i64,
    pub id: String,
    pub name: String,
    pub kind: String,
    pub country: Option<String>,
    pub part_of: Option<String>,
    pub aliases: Vec<String>,
    pub basis: String,
}

/// An actor in a list.
pub struct Line {
    pub actor: Actor,
    pub articles: u64,
    pub did: u64,
    pub suffered: u64,
    pub said: u64,
}

/// What a correction made of an actor's column, or what it was.
fn corrected(table: &str, column: &str) -> String {
    format!(
        "coalesce((SELECT json_array(x.{column}) FROM t_corrected_actors x WHERE x.actor = {table}.key), json_array({table}.{column}))->>0"
    )
}

fn columns(ask: &Ask) -> String {
    let (whole, names) = (corrected("k", "part_of"), corrected("k", "aliases"));
    let aliases = if ask.masks() { format!("iif(k.public, {names}, '[]')") } else { names };
    format!("k.key, k.id, {}, k.kind, k.country, {whole}, {aliases}, k.basis", ask.name("k"))
}

fn actor(r: &Row<'_>) -> rusqlite::Result<Actor> {
    Ok(Actor {
        key: r.get(0)?,
        id: r.get(1)?,
        name: r.get(2)?,
        kind: r.get(3)?,
        country: r.get(4)?,
        part_of: r.get(5)?,
        aliases: serde_json::from_str(&r.get::<_, String>(6)?).unwrap_or_default(),
        basis: r.get(7)?,
    })
}

/// The actor with this id.
pub fn by_id(ask: &Ask, id: &str) -> Result<Actor, Trouble> {
    let columns = columns(ask);
    ask.one(&format!("SELECT {columns} FROM t_actors k WHERE k.id = ?1"), [id], actor)?.ok_or(Trouble::NotFound)
}

/// The actors that are parts of this one, however deep, with those that some article names.
///
/// What each is a part of is read once: an army of which the pages name a thousand officers has a thousand parts, and to look through
/// all actors for each of them would take minutes.
pub fn parts(ask: &Ask, id: &str) -> Result<Vec<Actor>, Trouble> {
    let (columns, whole) = (columns(ask), corrected("t", "part_of"));
    let sql = format!("SELECT {whole} AS whole, t.id FROM t_actors t WHERE whole IS NOT NULL ORDER BY t.id");
    let pairs: Vec<(String, String)> = ask.all(&sql, [], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let mut of: HashMap<&str, Vec<&str>> = HashMap::new();
    pairs.iter().for_each(|(whole, part)| of.entry(whole.as_str()).or_default().push(part.as_str()));
    let mut found: Vec<&str> = vec![id];
    let mut at = 0;
    while let Some(whole) = found.get(at).copied() {
        found.extend(of.remove(whole).unwrap_or_default().into_iter().filter(|part| *part != id));
        at += 1;
    }
    let sql = format!(
        "SELECT {columns} FROM json_each(?1) p JOIN t_actors k ON k.id = p.value
         WHERE EXISTS (SELECT 1 FROM t_article_actors j WHERE j.actor = k.key) ORDER BY k.name, k.id"
    );
    ask.all(&sql, [serde_json::to_string(&found[1..])?], actor)
}

/// The ids of an actor and of its parts.
pub fn group(ask: &Ask, id: &str) -> Result<Vec<String>, Trouble> {
    Ok(std::iter::once(id.to_owned()).chain(parts(ask, id)?.into_iter().map(|a| a.id)).collect())
}

/// How an actor stands in the articles: the most named first.
const BY_ARTICLES: &str = "SELECT actor, count(*) AS n FROM t_article_actors GROUP BY actor";

/// Actors, those named in most articles first; of one kind, if one is told; whose name or alias holds `text`.
pub fn list(ask: &Ask, text: &str, kind: Option<&str>, after: &str, size: usize) -> Result<Stretch<Line>, Trouble> {
    let (n, key) = after.split_once('.').unwrap_or(("", ""));
    let (n, key): (i64, i64) = (n.parse().unwrap_or(i64::MAX), key.parse().unwrap_or(0));
    let columns = columns(ask);
    let shown = if ask.masks() { "k.public" } else { "1" };
    let sql = format!(
        "SELECT {columns}, j.n,
             (SELECT count(*) FROM t_participants w WHERE w.actor = k.key AND w.side = 0),
             (SELECT count(*) FROM t_participants w WHERE w.actor = k.key AND w.side = 1),
             (SELECT count(*) FROM t_claims c WHERE c.source_actor = k.key)
         FROM ({BY_ARTICLES}) j JOIN t_actors k ON k.key = j.actor
         WHERE (-j.n, k.key) > (-?1, ?2) AND (?3 IS NULL OR k.kind = ?3)
             AND (?4 = '' OR {shown} AND (instr(lower(k.name), ?4) OR instr(lower(k.aliases), ?4)))
         ORDER BY -j.n, k.key LIMIT ?5"
    );
    let rows = ask.all(&sql, (n, key, kind, text.to_lowercase(), size + 1), |r| {
        Ok(Line { actor: actor(r)?, articles: r.get(8)?, did: r.get(9)?, suffered: r.get(10)?, said: r.get(11)? })
    })?;
    Ok(Stretch::cut(rows, size, |l| format!("{}.{}", l.articles, l.actor.key)))
}

/// The kinds of the actors that articles name, with their numbers.
pub fn kinds(ask: &Ask) -> Result<Vec<(String, u64)>, Trouble> {
    ask.all(
        "SELECT kind, count(*) FROM t_actors k WHERE EXISTS (SELECT 1 FROM t_article_actors j WHERE j.actor = k.key)
         GROUP BY kind ORDER BY 2 DESC, 1",
        [],
        |r| Ok((r.get(0)?, r.get(1)?)),
    )
}

/// With whom an actor has to do.
pub struct Partner {
    pub id: String,
    pub name: String,
    pub cooperative: u64,
    pub hostile: u64,
    /// Articles that name both.
    pub articles: u64,
}

/// The actors that take part in one act with these, then those that stand in the same articles.
pub fn partners(ask: &Ask, keys: &str, size: usize) -> Result<Vec<Partner>, Trouble> {
    let name = ask.name("k");
    let sql = format!(
        "WITH ours(key) AS (SELECT value FROM json_each(?1)),
         acts AS (SELECT v.actor AS actor, count(DISTINCT e.key) FILTER (WHERE e.quad <= 2) AS good,
                 count(DISTINCT e.key) FILTER (WHERE e.quad > 2) AS bad
             FROM t_participants w JOIN t_participants v ON v.event = w.event JOIN t_events e ON e.key = w.event
             WHERE w.actor IN ours AND v.actor IS NOT NULL AND v.actor NOT IN ours
                 AND (v.side <> w.side OR e.type IN ('CONSULT', 'AGREE', 'COOPERATE')) GROUP BY 1),
         near AS (SELECT j.actor AS actor, count(*) AS n FROM t_article_actors j
             WHERE j.article IN (SELECT article FROM t_article_actors WHERE actor IN ours LIMIT 5000)
                 AND j.actor NOT IN ours GROUP BY 1)
         SELECT k.id, {name}, coalesce(acts.good, 0), coalesce(acts.bad, 0), near.n
         FROM near JOIN t_actors k ON k.key = near.actor LEFT JOIN acts ON acts.actor = near.actor
         ORDER BY coalesce(acts.good, 0) + coalesce(acts.bad, 0) DESC, near.n DESC, k.name, k.id LIMIT {size}"
    );
    ask.all(&sql, [keys], |r| {
        Ok(Partner { id: r.get(0)?, name: r.get(1)?, cooperative: r.get(2)?, hostile: r.get(3)?, articles: r.get(4)? })
    })
}
