//! Keeping what linking found.

use crate::names::Name;
use crate::told::keys;
use crate::{Error, Store};
use hearsay_types::incident::{Figure, Member, Relation, Shift, Side, Spot, Tally, Voice};
use hearsay_types::{ActorId, Dispute, Incident, Interval, Linked};
use rusqlite::{Connection, params};
use serde_json::{Value, json};
use std::collections::HashMap;

impl Store {
    /// Keeps what linking found in the place of what it found before, all or nothing.
    pub fn keep(&mut self, linked: &Linked) -> Result<(), Error> {
        self.writable()?;
        self.whole(|store| {
            for table in ["t_relations", "t_disputes", "t_incident_actors", "t_incident_events", "t_incidents"] {
                store.conn.execute(&format!("DELETE FROM {table}"), [])?;
            }
            let mut writer = Writer {
                conn: &store.conn,
                events: keys(&store.conn, "t_events")?,
                actors: keys(&store.conn, "t_actors")?,
                incidents: HashMap::new(),
            };
            linked.incidents.iter().try_for_each(|incident| writer.incident(incident))?;
            linked.disputes.iter().try_for_each(|dispute| writer.dispute(dispute))?;
            linked.relations.iter().try_for_each(|relation| writer.relation(relation))
        })
    }

    /// Whether some event stands in no incident: then linking has work to do.
    pub fn has_loose_events(&self) -> Result<bool, Error> {
        const ASK: &str = "SELECT EXISTS (SELECT 1 FROM t_events e WHERE NOT EXISTS
             (SELECT 1 FROM t_incident_events j WHERE j.event = e.key))";
        Ok(self.conn.query_row(ASK, [], |r| r.get(0))?)
    }
}

struct Writer<'a> {
    conn: &'a Connection,
    events: HashMap<String, i64>,
    actors: HashMap<String, i64>,
    incidents: HashMap<String, i64>,
}

impl Writer<'_> {
    fn incident(&mut self, i: &Incident) -> Result<(), Error> {
        let (earliest, latest) = days(i.interval);
        let id = i.id.to_string();
        let list = |ids: &[hearsay_types::StoryId]| json!(ids.iter().map(ToString::to_string).collect::<Vec<_>>());
        self.conn
            .prepare_cached(
                "INSERT INTO t_incidents (id, type, mode, quad, status, actors, recipients, earliest, latest, place, tellers_for,
                     tellers_against, relays, stories, publishers, first_reported, numbers, changes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
            )?
            .execute(params![
                id,
                i.kind,
                i.mode,
                i.quad,
                i.status.name(),
                each(&i.actors, member),
                each(&i.recipients, member),
                earliest,
                latest,
                i.place.as_ref().map(|p| spot(p).to_string()),
                each(&i.tellers_for, voice),
                each(&i.tellers_against, voice),
                each(&i.relays, voice),
                list(&i.stories).to_string(),
                json!(i.publishers).to_string(),
                i.first_reported.map(|d| d.to_string()),
                each(&i.numbers, tally),
                each(&i.changes, shift),
            ])?;
        let key = self.conn.last_insert_rowid();
        self.incidents.insert(id, key);
        self.members(key, i)
    }

    fn members(&self, key: i64, i: &Incident) -> Result<(), Error> {
        let mut insert = self
            .conn
            .prepare_cached("INSERT INTO t_incident_events (incident, event, nth, why) VALUES (?1, ?2, ?3, ?4)")?;
        for (nth, joined) in i.events.iter().enumerate() {
            if let Some(event) = self.events.get(&joined.event.to_string()) {
                insert.execute(params![key, event, nth, joined.why])?;
            }
        }
        let mut insert = self
            .conn
            .prepare_cached("INSERT OR IGNORE INTO t_incident_actors (incident, side, actor) VALUES (?1, ?2, ?3)")?;
        for (side, members) in [(0, &i.actors), (1, &i.recipients)] {
            for actor in members.iter().filter_map(|m| self.actor(m.actor_id?)) {
                insert.execute(params![key, side, actor])?;
            }
        }
        Ok(())
    }

    fn actor(&self, id: ActorId) -> Option<i64> {
        self.actors.get(&id.to_string()).copied()
    }

    fn dispute(&self, d: &Dispute) -> Result<(), Error> {
        let incident = d.incident.and_then(|id| self.incidents.get(&id.to_string()));
        let actors: Vec<String> = d.actors.iter().map(ToString::to_string).collect();
        self.conn
            .prepare_cached(
                "INSERT INTO t_disputes (id, incident, proposition, actors, tellers_for, tellers_against, first_disputed, why)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?
            .execute(params![
                d.id.to_string(),
                incident,
                d.proposition,
                json!(actors).to_string(),
                each(&d.tellers_for, side),
                each(&d.tellers_against, side),
                d.first_disputed.map(|day| day.to_string()),
                d.why
            ])?;
        Ok(())
    }

    fn relation(&self, r: &Relation) -> Result<(), Error> {
        let (Some(a), Some(b)) = (self.actor(r.a), self.actor(r.b)) else { return Ok(()) };
        let incidents: Vec<String> = r.incidents.iter().map(ToString::to_string).collect();
        self.conn
            .prepare_cached(
                "INSERT INTO t_relations (a, b, month, verbal_cooperation, material_cooperation, verbal_conflict,
                     material_conflict, from_a, from_b, scale, incidents, turn)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                a,
                b,
                r.month,
                r.quads[0],
                r.quads[1],
                r.quads[2],
                r.quads[3],
                r.from_a,
                r.from_b,
                r.scale,
                json!(incidents).to_string(),
                r.turn
            ])?;
        Ok(())
    }
}

fn each<T>(all: &[T], one: impl Fn(&T) -> Value) -> String {
    Value::Array(all.iter().map(one).collect()).to_string()
}

fn days(interval: Interval) -> (Option<String>, Option<String>) {
    (interval.earliest.map(|d| d.to_string()), interval.latest.map(|d| d.to_string()))
}

fn id<T>(id: Option<hearsay_types::Id<T>>) -> Option<String> {
    id.map(|id| id.to_string())
}

fn ids<T>(ids: &[hearsay_types::Id<T>]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}

fn member(m: &Member) -> Value {
    json!({"actor_id": id(m.actor_id), "name": m.name, "reports": m.reports})
}

fn spot(p: &Spot) -> Value {
    json!({
        "place_id": p.id, "name": p.name, "lat": p.lat, "lon": p.lon, "country": p.country,
        "precision": p.precision.name(),
    })
}

fn voice(v: &Voice) -> Value {
    json!({
        "name": v.name, "actor_id": id(v.actor_id), "author": v.author, "anonymous": v.anonymous,
        "claims": ids(&v.claims), "events": ids(&v.events), "publishers": v.publishers,
    })
}

fn tally(t: &Tally) -> Value {
    json!({"kind": t.kind.name(), "low": t.low, "high": t.high, "by": t.by.iter().map(figure).collect::<Vec<_>>()})
}

fn figure(f: &Figure) -> Value {
    json!({
        "value": hearsay_types::incident::written(f.low, f.high), "low": f.low, "high": f.high, "source": f.source,
        "publisher": f.publisher, "published": f.published.map(|d| d.to_string()), "event": f.event.to_string(),
    })
}

fn shift(s: &Shift) -> Value {
    json!({
        "event": s.event.to_string(), "published": s.published.map(|d| d.to_string()), "publisher": s.publisher,
        "what": s.what, "before": s.before, "now": s.now,
    })
}

fn side(s: &Side) -> Value {
    json!({
        "claim_id": id(s.claim), "event_id": id(s.event), "article_id": s.article.to_string(), "name": s.name,
        "actor_id": id(s.actor_id), "anonymous": s.anonymous, "publisher": s.publisher,
        "published": s.published.map(|d| d.to_string()),
    })
}
