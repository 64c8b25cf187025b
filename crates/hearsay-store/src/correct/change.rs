//! Changes of one event or claim.

use super::actors::Actors;
use super::rows::{self, Spot, What};
use crate::names::Name;
use crate::read::by_id;
use crate::texts::OWN;
use crate::{Error, Kind};
use hearsay_types::correction::Act;
use hearsay_types::{ActorId, PlaceRef, Span, plover};
use rusqlite::{Connection, OptionalExtension, Params, params};
use serde_json::Value;
use std::collections::BTreeMap;

/// Does what a correction says to the row that it is about. A row that was taken out before stays out.
pub(super) fn apply(conn: &Connection, spot: Spot, id: &str, act: &Act, actors: &mut Actors) -> Result<(), Error> {
    rows::change(conn, spot, id)?;
    match act {
        Act::RejectEvent { .. } => reject(conn, spot),
        Act::RejectClaim { .. } => reject_claim(conn, spot, id),
        Act::Retype { kind, mode, .. } => {
            let quad = plover::quad(kind).ok_or_else(|| Error::new(Kind::Corrupt))?;
            set(conn, "type = ?3, mode = ?4, quad = ?5", params![spot.article, spot.nth, kind, mode, quad])
        }
        Act::Redate { interval, precision, .. } => {
            let told = (!interval.is_unknown()).then(|| precision.name());
            let days = [interval.earliest, interval.latest].map(|day| day.map(|d| d.to_string()));
            let values = params![spot.article, spot.nth, days[0], days[1], told];
            set(conn, "time_start = NULL, time_end = NULL, earliest = ?3, latest = ?4, time_precision = ?5", values)
        }
        Act::Replace { place, .. } => replace(conn, spot, place.as_ref()),
        Act::SetStatus { status, .. } => set(conn, "status = ?3", params![spot.article, spot.nth, status.name()]),
        Act::FixSource { actor, name, kind, anonymous, .. } => {
            let actor = actor.map(|actor| actors.key(conn, actor)).transpose()?.flatten();
            if let Some(actor) = actor {
                actors.hold(conn, spot.article, actor, id)?;
            }
            let naming = if *anonymous { "described" } else { "named" };
            let kind = kind.map(Name::name);
            fix_source(conn, spot, id, params![spot.article, spot.nth, actor, name, kind, naming, anonymous])
        }
        _ => Ok(()),
    }
}

fn set(conn: &Connection, columns: &str, values: impl Params) -> Result<(), Error> {
    let ask = format!("UPDATE t_events SET {columns} WHERE article = ?1 AND nth = ?2");
    conn.prepare_cached(&ask)?.execute(values)?;
    Ok(())
}

fn replace(conn: &Connection, spot: Spot, place: Option<&PlaceRef>) -> Result<(), Error> {
    let values = params![
        spot.article,
        spot.nth,
        place.and_then(|p| p.id.as_deref()),
        place.map(|p| p.name.as_str()),
        place.and_then(|p| p.lat),
        place.and_then(|p| p.lon),
        place.map(|p| p.precision.name())
    ];
    set(
        conn,
        "place_start = NULL, place_end = NULL, place_id = ?3, place_name = ?4, lat = ?5, lon = ?6, place_precision = ?7",
        values,
    )
}

/// Takes the row out; what the public table said of it stays to be shown.
fn reject(conn: &Connection, spot: Spot) -> Result<(), Error> {
    let (table, base) = match spot.what {
        What::Event => ("events", "t_events"),
        _ => ("claims", "t_claims"),
    };
    let ask = format!("SELECT id FROM {base} WHERE article = ?1 AND nth = ?2");
    let id: Option<String> = conn.prepare_cached(&ask)?.query_row([spot.article, spot.nth], |r| r.get(0)).optional()?;
    let Some(row) = id.map(|id| by_id(conn, table, &id)).transpose()?.flatten() else { return Ok(()) };
    conn.prepare_cached("UPDATE t_corrected SET rejected = ?4 WHERE article = ?1 AND what = ?2 AND nth = ?3")?
        .execute(params![spot.article, spot.what.name(), spot.nth, Value::Object(row).to_string()])?;
    conn.prepare_cached(&format!("DELETE FROM {base} WHERE article = ?1 AND nth = ?2"))?
        .execute([spot.article, spot.nth])?;
    Ok(())
}

/// What it held goes to the claim around it, or to the author.
fn reject_claim(conn: &Connection, spot: Spot, id: &str) -> Result<(), Error> {
    let claims = Claims::of(conn, spot.article)?;
    let Some((parent, _)) = claims.all.get(&spot.nth).cloned() else { return Ok(()) };
    let told = claims.events_through(conn, spot)?;
    reject(conn, spot)?;
    for event in &told {
        rows::change(conn, *event, id)?;
        const LEAVE: &str = "UPDATE t_events SET claim = iif(claim = ?3, ?4, claim), tellers =
                 (SELECT json_group_array(json(t.value)) FROM json_each(tellers) t WHERE t.value->>0 IS NOT ?3)
             WHERE article = ?1 AND nth = ?2";
        conn.prepare_cached(LEAVE)?.execute(params![spot.article, event.nth, spot.nth, parent])?;
    }
    for (child, _) in claims.all.iter().filter(|(_, (of, _))| *of == Some(spot.nth)) {
        rows::change(conn, Spot { nth: *child, ..spot }, id)?;
        const MOVE: &str = "UPDATE t_claims SET parent = ?3 WHERE article = ?1 AND nth = ?2";
        conn.prepare_cached(MOVE)?.execute(params![spot.article, child, parent])?;
    }
    rechain(conn, &told)
}

fn fix_source(conn: &Connection, spot: Spot, id: &str, values: &[&dyn rusqlite::ToSql]) -> Result<(), Error> {
    const FIX: &str =
        "UPDATE t_claims SET source_actor = ?3, source_name = ?4, source_kind = coalesce(?5, source_kind),
             source_naming = ?6, source_anonymous = ?7, source_role = NULL, relation = NULL, relation_text = NULL,
             relation_actor = NULL
         WHERE article = ?1 AND nth = ?2";
    if conn.prepare_cached(FIX)?.execute(values)? == 0 {
        return Ok(());
    }
    point(conn, spot)?;
    renamed(conn, spot, id)
}

/// The source is written where its name stands in the sentence; where it does not, what was taken for it stays marked.
fn point(conn: &Connection, spot: Spot) -> Result<(), Error> {
    let ask = format!(
        "SELECT {OWN}, h.start, h.end, c.source_name FROM t_claims c JOIN t_articles a ON a.key = c.article
         JOIN t_sentences h ON h.article = c.article AND h.nth = c.sentence WHERE c.article = ?1 AND c.nth = ?2"
    );
    let read = |r: &rusqlite::Row| {
        let (text, name): (String, String) = (r.get(0)?, r.get(3)?);
        let sentence = Span::new(r.get(1)?, r.get(2)?);
        Ok(sentence.of(&text).find(&name).map(|at| (sentence.start + at, sentence.start + at + name.len())))
    };
    let found = conn.prepare_cached(&ask)?.query_row([spot.article, spot.nth], read).optional()?.flatten();
    if let Some((start, end)) = found {
        const SET: &str = "UPDATE t_claims SET source_spans = ?3, source_head = NULL WHERE article = ?1 AND nth = ?2";
        conn.prepare_cached(SET)?.execute(params![spot.article, spot.nth, format!("[[{start},{end}]]")])?;
    }
    Ok(())
}

/// A claim has another source: the events that are told through it have another chain.
pub(super) fn renamed(conn: &Connection, claim: Spot, id: &str) -> Result<(), Error> {
    let told = Claims::of(conn, claim.article)?.events_through(conn, claim)?;
    told.iter().try_for_each(|event| rows::change(conn, *event, id))?;
    rechain(conn, &told)
}

/// The claims of an article: for each number its parent and its source's name.
struct Claims {
    all: BTreeMap<i64, (Option<i64>, Option<String>)>,
}

/// A chain holds so many names at most.
const LONGEST: usize = 8;

impl Claims {
    fn of(conn: &Connection, article: i64) -> Result<Claims, Error> {
        let mut ask = conn.prepare_cached("SELECT nth, parent, source_name FROM t_claims WHERE article = ?1")?;
        let all = ask.query_map([article], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?))))?;
        Ok(Claims { all: all.collect::<Result<_, _>>()? })
    }

    /// A claim and those that it stands in, innermost first.
    fn up(&self, from: Option<i64>) -> Vec<i64> {
        let mut chain = Vec::new();
        let mut next = from;
        while let Some((parent, nth)) = next.and_then(|nth| Some((self.all.get(&nth)?.0, nth))) {
            chain.push(nth);
            next = parent.filter(|_| chain.len() < LONGEST);
        }
        chain
    }

    /// The events that a claim tells, itself or through others.
    fn events_through(&self, conn: &Connection, claim: Spot) -> Result<Vec<Spot>, Error> {
        let mut ask = conn.prepare_cached(
            "SELECT nth, claim, EXISTS (SELECT 1 FROM json_each(tellers) t WHERE t.value->>0 = ?2) FROM t_events
             WHERE article = ?1 ORDER BY nth",
        )?;
        let mut rows = ask.query([claim.article, claim.nth])?;
        let mut told = Vec::new();
        while let Some(row) = rows.next()? {
            if row.get::<_, bool>(2)? || self.up(row.get(1)?).contains(&claim.nth) {
                told.push(Spot { what: What::Event, article: claim.article, nth: row.get(0)? });
            }
        }
        Ok(told)
    }
}

/// Writes anew from whom the events are known, as coding does: publisher, relays, ultimate source.
fn rechain(conn: &Connection, events: &[Spot]) -> Result<(), Error> {
    let Some(first) = events.first() else { return Ok(()) };
    let claims = Claims::of(conn, first.article)?;
    let publisher: Option<String> = conn
        .prepare_cached("SELECT publisher FROM t_articles WHERE key = ?1")?
        .query_row([first.article], |r| r.get(0))?;
    for event in events {
        const ASK: &str = "SELECT claim FROM t_events WHERE article = ?1 AND nth = ?2";
        let claim = conn.prepare_cached(ASK)?.query_row([event.article, event.nth], |r| r.get(0)).optional()?;
        let names = claims.up(claim.flatten()).into_iter().rev();
        let names = names.map(|nth| claims.all[&nth].1.as_deref().unwrap_or("unnamed"));
        let chain: Vec<&str> = [publisher.as_deref().unwrap_or("publisher")].into_iter().chain(names).collect();
        let json = serde_json::to_string(&[chain])?;
        set(conn, "according_to = ?3", params![event.article, event.nth, json])?;
    }
    Ok(())
}

/// The key of an actor that some article holds.
pub(super) fn held(conn: &Connection, id: ActorId) -> Result<Option<i64>, Error> {
    const ASK: &str = "SELECT key FROM t_actors k WHERE id = ?1
         AND EXISTS (SELECT 1 FROM t_article_actors j WHERE j.actor = k.key)";
    Ok(conn.prepare_cached(ASK)?.query_row([id.to_string()], |r| r.get(0)).optional()?)
}
