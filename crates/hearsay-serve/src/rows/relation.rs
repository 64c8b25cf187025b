//! What passed between two groups of actors: coded acts, and sentences that name both.

use super::incidents::{self, Incident};
use crate::ask::Ask;
use crate::days::Interval;
use crate::error::Trouble;
use std::collections::{BTreeMap, BTreeSet};

/// Two groups of actors, by their ids, and the countries whose places stand for them (ISO 3166-1, two letters).
#[derive(Debug, Default)]
pub struct Pair {
    pub ours: Vec<String>,
    pub theirs: Vec<String>,
    pub our_country: Option<String>,
    pub their_country: Option<String>,
}

/// An act that passed between them.
pub struct Act {
    pub incident: Incident,
    /// `2012-02`, `2012`, or none.
    pub month: Option<String>,
    /// Where it stands on the scale from -10 (hostile) to 10 (cooperative).
    pub scale: f64,
    /// Whether one of ours did it, and whether one of theirs did.
    pub by: (bool, bool),
}

/// A month from which on the acts between two were of another sort.
pub struct Turn {
    pub month: String,
    pub one: (String, String),
    pub other: (String, String),
    pub why: String,
}

/// What the relations tell.
#[derive(Default)]
pub struct Passed {
    pub acts: Vec<Act>,
    pub turns: Vec<Turn>,
    /// The sentences that report the acts: article and number.
    pub reports: BTreeSet<(i64, i64)>,
}

/// A row of the relations as far as it is wanted.
struct Month {
    month: Option<String>,
    scale: f64,
    turn: Option<String>,
    one: (String, String),
    other: (String, String),
    incidents: Vec<String>,
}

const GROUPS: &str = "ours AS MATERIALIZED (SELECT key FROM t_actors WHERE id IN (SELECT value FROM json_each(?1))),
     theirs AS MATERIALIZED (SELECT key FROM t_actors WHERE id IN (SELECT value FROM json_each(?2)))";

impl Pair {
    fn ids(&self) -> Result<(String, String), Trouble> {
        Ok((serde_json::to_string(&self.ours)?, serde_json::to_string(&self.theirs)?))
    }

    /// The acts of the relations, each once, by month; and the turning points.
    pub fn passed(&self, ask: &Ask) -> Result<Passed, Trouble> {
        let mut passed = Passed::default();
        let mut found: BTreeMap<String, (Option<String>, f64)> = BTreeMap::new();
        for row in self.months(ask)? {
            if let (Some(month), Some(why)) = (&row.month, row.turn) {
                passed.turns.push(Turn { month: month.clone(), one: row.one, other: row.other, why });
            }
            for id in row.incidents {
                found.entry(id).or_insert_with(|| (row.month.clone(), row.scale));
            }
        }
        let ids: Vec<String> = found.keys().cloned().collect();
        let sides = self.sides(ask, &ids)?;
        passed.reports = reports(ask, &ids)?;
        for incident in incidents::by_ids(ask, &ids)? {
            let (month, scale) = found.get(&incident.id).cloned().unwrap_or_default();
            let by = sides.get(&incident.key).copied().unwrap_or_default();
            passed.acts.push(Act { incident, month, scale, by });
        }
        passed.acts.sort_by(|x, y| order(x).cmp(&order(y)));
        Ok(passed)
    }

    fn months(&self, ask: &Ask) -> Result<Vec<Month>, Trouble> {
        let (a, b) = (ask.name("a"), ask.name("b"));
        let sql = format!(
            "WITH {GROUPS} SELECT r.month, r.scale, r.turn, a.id, {a}, b.id, {b}, r.incidents
             FROM t_relations r JOIN t_actors a ON a.key = r.a JOIN t_actors b ON b.key = r.b
             WHERE (r.a IN ours AND r.b IN theirs) OR (r.b IN ours AND r.a IN theirs)
             ORDER BY r.month IS NULL, r.month, a.name, b.name, a.id, b.id"
        );
        ask.all(&sql, self.ids()?, |r| {
            let incidents: String = r.get(7)?;
            Ok(Month {
                month: r.get(0)?,
                scale: r.get(1)?,
                turn: r.get(2)?,
                one: (r.get(3)?, r.get(4)?),
                other: (r.get(5)?, r.get(6)?),
                incidents: serde_json::from_str(&incidents).unwrap_or_default(),
            })
        })
    }

    /// Of each incident: whether one of ours did it, and whether one of theirs did.
    fn sides(&self, ask: &Ask, incidents: &[String]) -> Result<BTreeMap<i64, (bool, bool)>, Trouble> {
        let sql = format!(
            "WITH {GROUPS} SELECT w.incident, max(w.actor IN ours AND w.side = 0), max(w.actor IN theirs AND w.side = 0)
             FROM json_each(?3) v CROSS JOIN t_incidents i ON i.id = v.value
                 CROSS JOIN t_incident_actors w ON w.incident = i.key GROUP BY 1"
        );
        let (ours, theirs) = self.ids()?;
        let rows = ask.all(&sql, (ours, theirs, serde_json::to_string(incidents)?), |r| {
            Ok((r.get(0)?, (r.get(1)?, r.get(2)?)))
        })?;
        Ok(rows.into_iter().collect())
    }

    /// Acts between them that are only denied, planned, threatened or supposed.
    pub fn apart(&self, ask: &Ask) -> Result<Vec<Incident>, Trouble> {
        let sql = format!(
            "WITH {GROUPS} SELECT DISTINCT i.id FROM t_incident_actors w
                 CROSS JOIN t_incident_actors v ON v.incident = w.incident
                 CROSS JOIN t_incidents i ON i.key = w.incident
             WHERE w.actor IN ours AND v.actor IN theirs
                 AND (v.side <> w.side OR i.type IN ('CONSULT', 'AGREE', 'COOPERATE', 'SUPPORT', 'CONCEDE'))
                 AND i.status IN ('denied', 'planned', 'threatened', 'hypothetical', 'unclear') LIMIT 200"
        );
        let ids = ask.all(&sql, self.ids()?, |r| r.get::<_, String>(0))?;
        incidents::by_ids(ask, &ids)
    }
}

/// The sentences that report some incidents.
fn reports(ask: &Ask, incidents: &[String]) -> Result<BTreeSet<(i64, i64)>, Trouble> {
    let sql = "SELECT e.article, e.sentence FROM json_each(?1) w CROSS JOIN t_incidents i ON i.id = w.value
             CROSS JOIN t_incident_events j ON j.incident = i.key CROSS JOIN t_events e ON e.key = j.event
         WHERE e.sentence IS NOT NULL";
    let rows = ask.all(sql, [serde_json::to_string(incidents)?], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.into_iter().collect())
}

fn order(act: &Act) -> (&str, Option<&str>, &str) {
    (act.month.as_deref().unwrap_or("~"), act.incident.time.earliest.as_deref(), &act.incident.id)
}

/// A sentence that names an actor of both groups, or one of the one and a place of the other's country.
pub struct Meeting {
    pub article: i64,
    pub sentence: i64,
    /// Part, first byte, end.
    pub at: (i64, usize, usize),
    /// The days that it tells; those of the report where it tells none.
    pub days: Interval,
    /// Whether the days are its own.
    pub own: bool,
    /// The places that stand for one of the two; empty where both are named.
    pub places: Vec<String>,
}

impl Meeting {
    /// The year that it tells of, or that of a report whose year is known.
    pub fn year(&self) -> Option<&str> {
        let (first, last) = (self.days.earliest.as_deref()?.get(..4)?, self.days.latest.as_deref()?.get(..4)?);
        (self.own || first == last).then_some(first)
    }
}

/// Sentences that name both, and how far was looked.
pub struct Meetings {
    pub all: Vec<Meeting>,
    /// How many articles may hold some, and how many of them were read through.
    pub articles: u64,
    pub read: u64,
}

/// So many articles are read through, those that name both first.
const ARTICLES: usize = 400;

impl Pair {
    /// Sentences that name both and report none of the acts that passed, in the order of the days that they, or their reports,
    /// tell of.
    pub fn meetings(&self, ask: &Ask, passed: &Passed) -> Result<Meetings, Trouble> {
        let (ours, theirs) = self.ids()?;
        let some = self.articles(ask)?;
        let read = &some[..some.len().min(ARTICLES)];
        let sql = format!(
            "WITH {GROUPS},
             our_places AS MATERIALIZED (SELECT key, place->>'name' AS name FROM t_places WHERE place->>'country' = ?3),
             their_places AS MATERIALIZED (SELECT key, place->>'name' AS name FROM t_places WHERE place->>'country' = ?4),
             some AS MATERIALIZED (SELECT value AS article FROM json_each(?5)),
             near AS MATERIALIZED (SELECT m.article AS article, m.sentence AS sentence, max(m.actor IN ours) AS our,
                     max(m.actor IN theirs) AS their, max(m.place IN (SELECT key FROM our_places)) AS our_place,
                     max(m.place IN (SELECT key FROM their_places)) AS their_place
                 FROM some CROSS JOIN t_mentions m ON m.article = some.article
                 WHERE m.sentence IS NOT NULL GROUP BY 1, 2
                 HAVING (our = 1 AND (their = 1 OR their_place = 1)) OR (their = 1 AND our_place = 1)),
             dated AS (SELECT near.*, coalesce(
                     (SELECT min(t.earliest || t.latest) FROM t_mentions t WHERE t.article = near.article
                         AND t.sentence = near.sentence AND t.kind = 'time' AND t.earliest IS NOT NULL AND t.latest IS NOT NULL),
                     (SELECT min(e.earliest || e.latest) FROM t_events e WHERE e.article = near.article
                         AND e.sentence = near.sentence AND e.earliest IS NOT NULL AND e.latest IS NOT NULL
                         AND e.time_start IS NOT NULL)) AS days FROM near)
             SELECT d.article, s.nth, s.part, s.start, s.end, d.days IS NOT NULL AS own,
                 coalesce(substr(d.days, 1, 10), a.published_earliest) AS first,
                 coalesce(substr(d.days, 11), a.published_latest),
                 iif(d.our AND d.their, NULL, (SELECT json_group_array(DISTINCT p.name) FROM t_mentions m
                     JOIN (SELECT * FROM their_places WHERE d.our UNION SELECT * FROM our_places WHERE d.their) p ON p.key = m.place
                     WHERE m.article = d.article AND m.sentence = d.sentence))
             FROM dated d JOIN t_sentences s ON s.article = d.article AND s.nth = d.sentence
                 JOIN t_articles a ON a.key = d.article
             ORDER BY first IS NULL, first, own DESC, d.article, s.nth"
        );
        let values = (ours, theirs, &self.our_country, &self.their_country, serde_json::to_string(read)?);
        let mut all = ask.all(&sql, values, meeting)?;
        all.retain(|m| !passed.reports.contains(&(m.article, m.sentence)));
        Ok(Meetings { all, articles: some.len() as u64, read: read.len() as u64 })
    }

    /// The articles that may hold a sentence that names both, those that name both first.
    fn articles(&self, ask: &Ask) -> Result<Vec<i64>, Trouble> {
        // An article without both counts only where a place may stand for one of them.
        let near = if self.our_country.is_some() || self.their_country.is_some() { "" } else { "HAVING both = 2" };
        let sql = format!(
            "WITH {GROUPS} SELECT article, max(actor IN ours) + max(actor IN theirs) AS both FROM t_article_actors
             WHERE actor IN ours OR actor IN theirs GROUP BY 1 {near} ORDER BY both DESC, article"
        );
        ask.all(&sql, self.ids()?, |r| r.get(0))
    }
}

fn meeting(r: &rusqlite::Row<'_>) -> rusqlite::Result<Meeting> {
    let places: Option<String> = r.get(8)?;
    Ok(Meeting {
        article: r.get(0)?,
        sentence: r.get(1)?,
        at: (r.get(2)?, r.get(3)?, r.get(4)?),
        own: r.get(5)?,
        days: Interval::new(r.get(6)?, r.get(7)?),
        places: places.and_then(|p| serde_json::from_str(&p).ok()).unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(earliest: &str, latest: &str, own: bool) -> Option<String> {
        let days = Interval::new(Some(earliest.into()), Some(latest.into()));
        let meeting = Meeting { article: 1, sentence: 1, at: (1, 0, 1), days, own, places: vec![] };
        meeting.year().map(str::to_owned)
    }

    #[test]
    fn a_report_gives_its_year_only_where_that_is_known() {
        assert_eq!(told("2031-02-01", "2031-02-28", true).as_deref(), Some("2031"));
        assert_eq!(told("2029-02-01", "2031-02-28", true).as_deref(), Some("2029"));
        assert_eq!(told("2031-02-03", "2031-02-03", false).as_deref(), Some("2031"));
        assert_eq!(told("2029-02-01", "2031-02-28", false), None);
    }
}
