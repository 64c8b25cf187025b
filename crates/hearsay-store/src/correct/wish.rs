//! From what a person asks for to what the log keeps: ids are completed, words are checked, rows are pinned.

use super::rows::What;
use super::{log, pin, refused, replay};
use crate::texts::OWN;
use crate::{Error, Kind};
use hearsay_types::correction::{Act, Named, Other, Pin, Spelt, Wish};
use hearsay_types::{
    ActorId, ActorKind, ArticleId, CorrectionId, Interval, PlaceRef, Precision, SourceKind, Span, Status, plover,
};
use rusqlite::{Connection, OptionalExtension, params};
use serde::de::DeserializeOwned;

/// What is to be kept of a wish.
pub(super) fn resolve(conn: &Connection, wish: &Wish) -> Result<Act, Error> {
    match wish {
        Wish::MergeActors { actor, into } => merge_actors(conn, actor, into),
        Wish::SplitActor { actor, articles, mentions, into } => split_actor(conn, actor, articles, mentions, into),
        Wish::MergeIncidents { incidents } => merge_incidents(conn, incidents),
        Wish::SplitIncident { incident, events } => split_incident(conn, incident, events),
        Wish::Reject { row } => reject(conn, row),
        Wish::Retype { event, kind, mode } => retype(conn, event, kind, mode.as_deref()),
        Wish::Redate { event, days } => redate(conn, event, days),
        Wish::Replace { event, place } => {
            let place = if place.trim() == "none" { None } else { Some(self::place(conn, place.trim())?) };
            Ok(Act::Replace { event: event_pin(conn, event)?, place })
        }
        Wish::SetStatus { event, status } => set_status(conn, event, status),
        Wish::FixSource { claim, source, anonymous } => fix_source(conn, claim, source, *anonymous),
        Wish::Undo { correction } => undo(conn, correction),
    }
}

/// The base tables in which ids are looked up, each with what a row of it is.
const ROWS: [(&str, &str); 9] = [
    ("t_events", "an event"),
    ("t_claims", "a claim"),
    ("t_actors", "an actor"),
    ("t_incidents", "an incident"),
    ("t_articles", "an article"),
    ("t_mentions", "a mention"),
    ("t_sentences", "a sentence"),
    ("t_pages", "a page"),
    ("t_corrections", "a correction"),
];

/// The ids of a table that begin like this: eleven of them at most.
fn beginning(conn: &Connection, table: &str, id: &str) -> Result<Vec<String>, Error> {
    if id.is_empty() {
        return Ok(Vec::new());
    }
    let seen = if table == "t_actors" {
        "AND (EXISTS (SELECT 1 FROM t_article_actors j WHERE j.actor = t_actors.key)
              OR EXISTS (SELECT 1 FROM t_corrected_actors x WHERE x.actor = t_actors.key AND x.kept IS NOT NULL))"
    } else {
        ""
    };
    let ask = format!("SELECT id FROM {table} WHERE id >= ?1 AND id < ?1 || 'g' {seen} ORDER BY 1 LIMIT 11");
    let mut ask = conn.prepare_cached(&ask)?;
    Ok(ask.query_map([id], |r| r.get(0))?.collect::<Result<_, _>>()?)
}

/// The whole id of a row of one table.
fn complete(conn: &Connection, table: &str, given: &str) -> Result<String, Error> {
    let id = given.trim().to_ascii_lowercase();
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Err(Error::new(Kind::NotFound(given.to_owned())));
    }
    let mut found = beginning(conn, table, &id)?;
    match found.len() {
        0 => Err(none(conn, table, &id)?),
        1 => Ok(found.remove(0)),
        _ if found[0] == id => Ok(id),
        _ => Err(Error::new(Kind::Ambiguous(found.into_iter().take(10).collect()))),
    }
}

/// Why a table has no row with such an id.
fn none(conn: &Connection, table: &str, id: &str) -> Result<Error, Error> {
    const REJECTED: &str = "SELECT corrections->>'$[#-1]' FROM t_corrected
         WHERE rejected IS NOT NULL AND id >= ?1 AND id < ?1 || 'g' LIMIT 1";
    let rejected: Option<String> = conn.prepare_cached(REJECTED)?.query_row([id], |r| r.get(0)).optional()?;
    if let Some(by) = rejected {
        return Ok(refused(format!("{id} has been rejected; undo the correction {by} first")));
    }
    let wanted = ROWS.iter().find(|row| row.0 == table).map_or("an event or a claim", |row| row.1);
    for (other, name) in ROWS {
        if !beginning(conn, other, id)?.is_empty() {
            return Ok(refused(format!("{id} is {name}; here {wanted} is needed")));
        }
    }
    Ok(Error::new(Kind::NotFound(id.to_owned())))
}

fn event_pin(conn: &Connection, given: &str) -> Result<Pin, Error> {
    pinned(conn, What::Event, &complete(conn, "t_events", given)?)
}

fn pinned(conn: &Connection, what: What, id: &str) -> Result<Pin, Error> {
    pin::make(conn, what, id)?.ok_or_else(|| Error::new(Kind::NotFound(id.to_owned())))
}

/// An actor by its id, by the first characters of it, or by its name where only one has it.
fn actor(conn: &Connection, given: &str) -> Result<Named, Error> {
    const NAMED: &str = "SELECT id FROM actors WHERE name = ?1 COLLATE NOCASE ORDER BY id LIMIT 11";
    const KEPT: &str = "SELECT coalesce(o.id, k.id), coalesce(o.name, k.name) FROM t_actors k
         LEFT JOIN t_corrected_actors x ON x.actor = k.key LEFT JOIN t_actors o ON o.key = x.kept WHERE k.id = ?1";
    let named =
        conn.prepare_cached(NAMED)?.query_map([given.trim()], |r| r.get(0))?.collect::<Result<Vec<String>, _>>()?;
    let id = match &named[..] {
        [only] => only.clone(),
        [] => complete(conn, "t_actors", given)?,
        several => return Err(Error::new(Kind::Ambiguous(several.iter().take(10).cloned().collect()))),
    };
    let (id, name): (String, String) = conn.prepare_cached(KEPT)?.query_row([id], |r| Ok((r.get(0)?, r.get(1)?)))?;
    let id = ActorId::parse(&id).ok_or_else(|| Error::new(Kind::Corrupt))?;
    Ok(Named { id, name })
}

fn merge_actors(conn: &Connection, from: &str, into: &str) -> Result<Act, Error> {
    let (from, into) = (actor(conn, from)?, actor(conn, into)?);
    if from.id == into.id {
        return Err(refused(format!("both are {} already", into.name)));
    }
    Ok(Act::MergeActors { actor: from, into })
}

fn split_actor(
    conn: &Connection,
    from: &str,
    articles: &[String],
    mentions: &[String],
    other: &Other,
) -> Result<Act, Error> {
    let from = actor(conn, from)?;
    if articles.is_empty() && mentions.is_empty() {
        return Err(refused("a split needs to say in which articles, or at which mentions, it is another actor"));
    }
    let mut within = Vec::new();
    for given in articles {
        let id = complete(conn, "t_articles", given)?;
        within.extend(ArticleId::parse(&id).filter(|id| !within.contains(id)));
    }
    within.sort();
    let mut spelt = mentions.iter().map(|given| mention(conn, given, &from)).collect::<Result<Vec<_>, _>>()?;
    spelt.sort_by_key(|s| (s.article, s.words.start));
    let (into, made) = match other {
        Other::Actor(given) => (actor(conn, given)?, false),
        Other::Name(name) => {
            let name = required(name, "the other actor's name")?;
            let scope = serde_json::to_string(&(&within, &spelt))?;
            let id = ActorId::of(&[b"split", from.id.as_bytes(), name.as_bytes(), scope.as_bytes()]);
            (Named { id, name }, true)
        }
    };
    if into.id == from.id {
        return Err(refused(format!("both are {} already", into.name)));
    }
    Ok(Act::SplitActor { actor: from, articles: within, mentions: spelt, into, made })
}

fn mention(conn: &Connection, given: &str, actor: &Named) -> Result<Spelt, Error> {
    let ask = format!(
        "SELECT a.id, {OWN}, m.start, m.end, k.id FROM t_mentions m JOIN t_articles a ON a.key = m.article
         LEFT JOIN t_sentences h ON h.article = m.article AND h.nth = m.sentence
         LEFT JOIN t_actors k ON k.key = m.actor WHERE m.id = ?1"
    );
    let id = complete(conn, "t_mentions", given)?;
    let read = |r: &rusqlite::Row| {
        let (text, span) = (r.get::<_, String>(1)?, Span::new(r.get(2)?, r.get(3)?));
        Ok((r.get::<_, String>(0)?, pin::stretch(&text, span), r.get::<_, Option<String>>(4)?))
    };
    let (article, words, of) = conn.prepare_cached(&ask)?.query_row([&id], read)?;
    if of != Some(actor.id.to_string()) {
        return Err(refused(format!("the mention {id} (“{}”) does not name {}", words.text, actor.name)));
    }
    let article = ArticleId::parse(&article).ok_or_else(|| Error::new(Kind::Corrupt))?;
    Ok(Spelt { article, words })
}

fn merge_incidents(conn: &Connection, incidents: &[String]) -> Result<Act, Error> {
    let mut ids = incidents.iter().map(|i| complete(conn, "t_incidents", i)).collect::<Result<Vec<_>, _>>()?;
    ids.sort();
    ids.dedup();
    if ids.len() < 2 {
        return Err(refused("a merge needs two incidents or more"));
    }
    let mut events = Vec::new();
    for id in &ids {
        events.extend(events_of(conn, id)?);
    }
    events.sort();
    let events = events.iter().map(|id| pinned(conn, What::Event, id)).collect::<Result<_, _>>()?;
    Ok(Act::MergeIncidents { events })
}

/// The ids of an incident's events.
fn events_of(conn: &Connection, incident: &str) -> Result<Vec<String>, Error> {
    let mut ask = conn.prepare_cached(
        "SELECT e.id FROM t_incidents i JOIN t_incident_events j ON j.incident = i.key JOIN t_events e ON e.key = j.event
         WHERE i.id = ?1 ORDER BY e.id",
    )?;
    Ok(ask.query_map([incident], |r| r.get(0))?.collect::<Result<_, _>>()?)
}

fn split_incident(conn: &Connection, incident: &str, events: &[String]) -> Result<Act, Error> {
    let all = events_of(conn, &complete(conn, "t_incidents", incident)?)?;
    let leave = events.iter().map(|e| complete(conn, "t_events", e)).collect::<Result<Vec<_>, _>>()?;
    if let Some(stranger) = leave.iter().find(|id| !all.contains(id)) {
        return Err(refused(format!("the event {stranger} does not belong to this incident")));
    }
    let (leave, stay): (Vec<String>, Vec<String>) = all.into_iter().partition(|id| leave.contains(id));
    if leave.is_empty() || stay.is_empty() {
        return Err(refused("a split needs to leave at least one event on either side"));
    }
    let pins = |ids: &[String]| ids.iter().map(|id| pinned(conn, What::Event, id)).collect::<Result<Vec<_>, _>>();
    Ok(Act::SplitIncident { leave: pins(&leave)?, stay: pins(&stay)? })
}

fn reject(conn: &Connection, given: &str) -> Result<Act, Error> {
    let id = given.trim().to_ascii_lowercase();
    let (events, claims) = (beginning(conn, "t_events", &id)?, beginning(conn, "t_claims", &id)?);
    match (events.is_empty(), claims.is_empty()) {
        (true, true) => Err(none(conn, "", &id)?),
        (false, true) => Ok(Act::RejectEvent { event: event_pin(conn, given)? }),
        (true, false) => {
            Ok(Act::RejectClaim { claim: pinned(conn, What::Claim, &complete(conn, "t_claims", given)?)? })
        }
        (false, false) => Err(Error::new(Kind::Ambiguous(events.into_iter().chain(claims).take(10).collect()))),
    }
}

fn retype(conn: &Connection, event: &str, kind: &str, mode: Option<&str>) -> Result<Act, Error> {
    let kind = kind.trim().to_ascii_uppercase();
    let Some(modes) = plover::modes(&kind) else {
        let all: Vec<&str> = plover::TYPES.iter().map(|t| t.0).collect();
        return Err(refused(format!("there is no type `{kind}`; there are {}", all.join(", "))));
    };
    let mode = mode.map(|m| m.trim().to_ascii_lowercase()).filter(|m| !m.is_empty() && m != "none");
    if let Some(mode) = mode.as_deref().filter(|mode| !modes.contains(mode)) {
        let there = if modes.is_empty() { "it has none".to_owned() } else { format!("there are {}", modes.join(", ")) };
        return Err(refused(format!("{kind} has no mode `{mode}`; {there}")));
    }
    Ok(Act::Retype { event: event_pin(conn, event)?, kind, mode })
}

fn redate(conn: &Connection, event: &str, days: &str) -> Result<Act, Error> {
    let none = (days.trim() == "none").then_some((Interval::UNKNOWN, Precision::Unknown));
    let Some((interval, precision)) = none.or_else(|| Interval::read(days)) else {
        return Err(refused(format!(
            "`{days}` is not a time; write 2012, 2012-02, 2012-02-14, two of them as 2012-02..2012-03, or none"
        )));
    };
    Ok(Act::Redate { event: event_pin(conn, event)?, interval, precision })
}

/// A place that some article of the record names.
fn place(conn: &Connection, given: &str) -> Result<PlaceRef, Error> {
    const ASK: &str = "SELECT DISTINCT l.place FROM t_places l
         WHERE (l.place->>'id' = ?1 OR l.place->>'name' = ?1 COLLATE NOCASE)
             AND EXISTS (SELECT 1 FROM t_mentions m WHERE m.place = l.key) ORDER BY 1";
    let mut ask = conn.prepare_cached(ASK)?;
    let found = ask.query_map([given], |r| r.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let found = found.iter().map(|json| Ok(serde_json::from_str(json)?)).collect::<Result<Vec<PlaceRef>, Error>>()?;
    // The gazetteer's own place goes before one of the same name that only the text knows.
    let known: Vec<&PlaceRef> = found.iter().filter(|p| p.id.is_some()).collect();
    match (&found[..], &known[..]) {
        ([], _) => Err(refused(format!("no article of the record names a place `{given}`"))),
        ([only], _) => Ok(only.clone()),
        (_, [only]) => Ok((*only).clone()),
        _ => {
            let each = |p: &PlaceRef| {
                let country = p.country.as_deref().unwrap_or("no country");
                format!("{} ({}, {country})", p.id.as_deref().unwrap_or("without id"), p.kind)
            };
            let all: Vec<String> = found.iter().map(each).collect();
            Err(refused(format!("several places are called `{given}`: {}", all.join(", "))))
        }
    }
}

fn set_status(conn: &Connection, event: &str, status: &str) -> Result<Act, Error> {
    let Some(status) = value::<Status>(&status.trim().to_ascii_lowercase()) else {
        return Err(refused(format!(
            "there is no status `{status}`; there are happened, denied, disputed, alleged, planned, threatened, hypothetical, background, unclear"
        )));
    };
    Ok(Act::SetStatus { event: event_pin(conn, event)?, status })
}

fn fix_source(conn: &Connection, claim: &str, source: &Other, anonymous: bool) -> Result<Act, Error> {
    let claim = pinned(conn, What::Claim, &complete(conn, "t_claims", claim)?)?;
    Ok(match source {
        Other::Actor(given) => {
            let Named { id, name } = actor(conn, given)?;
            let kind: String = conn
                .prepare_cached("SELECT kind FROM t_actors WHERE id = ?1")?
                .query_row(params![id.to_string()], |r| r.get(0))?;
            let kind = value::<ActorKind>(&kind).map(SourceKind::from);
            Act::FixSource { claim, actor: Some(id), name, kind, anonymous: false }
        }
        Other::Name(name) => {
            let name = required(name, "the source's name")?;
            Act::FixSource { claim, actor: None, name, kind: None, anonymous }
        }
    })
}

fn undo(conn: &Connection, given: &str) -> Result<Act, Error> {
    let id = complete(conn, "t_corrections", given)?;
    let correction = CorrectionId::parse(&id).ok_or_else(|| Error::new(Kind::Corrupt))?;
    if replay::is_undone(conn, correction)? {
        return Err(refused(format!("the correction {id} has been undone already")));
    }
    log::one(conn, correction)?;
    Ok(Act::Undo { correction })
}

/// A value by the word that it is written with.
fn value<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}

fn required(text: &str, what: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() { Err(refused(format!("{what} is missing"))) } else { Ok(text.to_owned()) }
}
