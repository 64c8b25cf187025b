//! Who has to do with whom.

use super::events::{Terms, Wanted};
use crate::ask::Ask;
use crate::error::Trouble;

/// What passed between two actors.
pub struct Tie {
    pub a: String,
    pub a_name: String,
    pub b: String,
    pub b_name: String,
    pub cooperative: u64,
    pub hostile: u64,
    /// Sentences that name both, where no act is known between them.
    pub near: u64,
}

/// The pairs with most acts between them.
pub fn ties(ask: &Ask, wanted: &Wanted, most: usize) -> Result<Vec<Tie>, Trouble> {
    let terms = Terms::new(wanted, Vec::new());
    let articles =
        if wanted.from.is_some() || wanted.to.is_some() { "JOIN t_articles a ON a.key = e.article" } else { "" };
    let sql = format!(
        "WITH tie AS (SELECT min(w.actor, v.actor) AS one, max(w.actor, v.actor) AS other,
                 count(DISTINCT iif(e.quad <= 2, e.key, NULL)) AS good, count(DISTINCT iif(e.quad > 2, e.key, NULL)) AS bad
             FROM t_events e {articles} JOIN t_participants w ON w.event = e.key JOIN t_participants v ON v.event = e.key
             WHERE w.actor IS NOT NULL AND v.actor IS NOT NULL AND w.actor <> v.actor
                 AND (v.side > w.side OR (v.side = w.side AND e.type IN ('CONSULT', 'AGREE', 'COOPERATE') AND v.actor > w.actor))
                 AND {} GROUP BY 1, 2 ORDER BY good + bad DESC, 1, 2 LIMIT {most})
         SELECT k.id, {}, o.id, {}, tie.good, tie.bad FROM tie
         JOIN t_actors k ON k.key = tie.one JOIN t_actors o ON o.key = tie.other ORDER BY good + bad DESC, k.name, o.name",
        terms.joined(),
        ask.name("k"),
        ask.name("o")
    );
    ask.all(&sql, rusqlite::params_from_iter(terms.values), |r| {
        Ok(Tie {
            a: r.get(0)?,
            a_name: r.get(1)?,
            b: r.get(2)?,
            b_name: r.get(3)?,
            cooperative: r.get(4)?,
            hostile: r.get(5)?,
            near: 0,
        })
    })
}

/// The pairs that most sentences name together, of the first articles of the span: for a record with few acts between known actors.
pub fn near(ask: &Ask, wanted: &Wanted, most: usize) -> Result<Vec<Tie>, Trouble> {
    let sql = format!(
        "WITH some AS MATERIALIZED (SELECT key FROM t_articles WHERE (?1 IS NULL OR published_earliest >= ?1)
                 AND (?2 IS NULL OR published_latest <= ?2) LIMIT 2000),
             tie AS (SELECT m.actor AS one, o.actor AS other, count(DISTINCT m.article || ' ' || m.sentence) AS n
                 FROM some CROSS JOIN t_mentions m ON m.article = some.key
                     CROSS JOIN t_mentions o ON o.article = m.article AND o.sentence = m.sentence
                 WHERE m.actor < o.actor GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT {most})
         SELECT k.id, {}, o.id, {}, tie.n FROM tie
         JOIN t_actors k ON k.key = tie.one JOIN t_actors o ON o.key = tie.other ORDER BY tie.n DESC, k.name, o.name",
        ask.name("k"),
        ask.name("o")
    );
    ask.all(&sql, (&wanted.from, &wanted.to), |r| {
        Ok(Tie {
            a: r.get(0)?,
            a_name: r.get(1)?,
            b: r.get(2)?,
            b_name: r.get(3)?,
            cooperative: 0,
            hostile: 0,
            near: r.get(4)?,
        })
    })
}
