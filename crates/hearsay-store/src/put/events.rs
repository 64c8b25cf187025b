//! The rows of events.

use super::article::{Context, days};
use super::{Writer, bounds, list};
use crate::{Error, names::Name};
use hearsay_types::{Event, EventId, Interval, Note, Participant, Stage};
use rusqlite::params;
use std::collections::HashSet;

impl Writer<'_> {
    pub(super) fn events(&self, context: &mut Context) -> Result<(), Error> {
        let mut ids: HashSet<EventId> = HashSet::new();
        for (nth, event) in context.coded.events.iter().enumerate() {
            if !ids.insert(event.id) {
                let message = format!("Two events have the id {}; the first is kept.", event.id);
                context.notes.push(Note::new(Stage::Code, "same-id", message));
                continue;
            }
            let key = self.event(context, nth, event)?;
            self.participants(context, key, 0, &event.actors)?;
            self.participants(context, key, 1, &event.recipients)?;
        }
        Ok(())
    }

    fn event(&self, context: &mut Context, nth: usize, event: &Event) -> Result<i64, Error> {
        let claim = context.claim(event.claim, Stage::Code);
        let tellers = tellers(context, event)?;
        let (place, time) = (event.place.as_ref(), event.time.as_ref());
        let (place_at, time_at) = (bounds(place.map(|p| p.span)), bounds(time.and_then(|t| t.span)));
        let (earliest, latest) = days(time.map_or(Interval::UNKNOWN, |t| t.interval));
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO t_events (article, nth, id, sentence, claim, start, end, type, mode, context, quad, place_start,
                 place_end, place_id, place_name, lat, lon, place_precision, time_start, time_end, earliest, latest,
                 time_precision, status, tellers, numbers, according_to, why)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22,
                 ?23, ?24, ?25, ?26, ?27, ?28)",
        )?;
        insert.execute(params![
            context.key,
            nth,
            event.id.to_string(),
            context.sentence(event.sentence),
            claim,
            event.trigger.start,
            event.trigger.end,
            event.kind,
            event.mode,
            list(&event.context)?,
            event.quad,
            place_at.0,
            place_at.1,
            place.and_then(|p| p.place_id.as_deref()),
            place.map(|p| p.name.as_str()),
            place.and_then(|p| p.lat),
            place.and_then(|p| p.lon),
            place.map(|p| p.precision.name()),
            time_at.0,
            time_at.1,
            earliest,
            latest,
            time.map(|t| t.precision.name()),
            event.status.name(),
            tellers,
            numbers(event)?,
            list(&event.according_to)?,
            list(&event.why)?
        ])?;
        Ok(self.conn.last_insert_rowid())
    }

    fn participants(&self, context: &mut Context, key: i64, side: u8, who: &[Participant]) -> Result<(), Error> {
        let mut insert = self.conn.prepare_cached(
            "INSERT INTO t_participants (event, side, nth, start, end, actor, name, country, sector)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?;
        for (nth, one) in who.iter().enumerate() {
            let actor = context.actor(one.actor_id, Stage::Code);
            let (start, end) = (one.span.start, one.span.end);
            insert.execute(params![key, side, nth, start, end, actor, one.name, one.country, one.sector])?;
        }
        Ok(())
    }
}

/// The column of tellers. A teller that is not there is left out: it must not turn into the author.
fn tellers(context: &mut Context, event: &Event) -> Result<String, Error> {
    let mut kept = Vec::with_capacity(event.tellers.len());
    for teller in &event.tellers {
        let claim = context.claim(teller.claim, Stage::Code);
        if teller.claim.is_some() == claim.is_some() {
            kept.push((claim, teller.certainty.name(), teller.polarity.name()));
        }
    }
    list(&kept)
}

/// The column of numbers. SQLite counts to 2^63 - 1, and so does no report of an act.
fn numbers(event: &Event) -> Result<String, Error> {
    let bound = |b: Option<u64>| b.map(|b| i64::try_from(b).unwrap_or(i64::MAX));
    let each = event.numbers.iter().map(|n| (n.kind.name(), n.span.start, n.span.end, bound(n.low), bound(n.high)));
    list(&each.collect::<Vec<_>>())
}
