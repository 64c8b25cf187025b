//! What linking looks at: every event and claim as a light row.

use crate::texts::{self, BODY, Texts};
use crate::{Error, Store};
use hearsay_types::incident::{Count, Party, Report, Said, Spot, Teller, Told};
use hearsay_types::{ActorId, ArticleId, ClaimId, EventId, Interval, NumberKind, Polarity, Precision, StoryId};
use rusqlite::{Connection, Row, params};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error as Misread, StrDeserializer};
use std::collections::{BTreeMap, HashMap};
use std::str::FromStr;

/// So many bytes of an article's beginning tell what it is about.
const LEAD: usize = 600;

impl Store {
    /// All events and claims as linking needs them, by id.
    pub fn told(&self) -> Result<Told, Error> {
        let mut told = Told { wholes: wholes(&self.conn)?, corrected: self.corrected()?, ..Told::default() };
        let mut ask = self.conn.prepare(
            "SELECT key, id, coalesce(story, id), publisher, published_earliest, published_latest, title, text,
                 captions FROM t_articles ORDER BY id",
        )?;
        let mut rows = ask.query([])?;
        while let Some(row) = rows.next()? {
            if let Some(article) = Piece::read(row)? {
                told.leads.insert(article.id, article.lead());
                article.fill(&self.conn, &mut told)?;
            }
        }
        told.reports.sort_by_key(|r| r.id);
        told.claims.sort_by_key(|c| c.id);
        Ok(told)
    }
}

fn wholes(conn: &Connection) -> Result<BTreeMap<ActorId, ActorId>, Error> {
    let mut ask = conn.prepare(
        "SELECT k.id, iif(x.actor IS NULL, k.part_of, x.part_of) AS whole FROM t_actors k
         LEFT JOIN t_corrected_actors x ON x.actor = k.key WHERE whole IS NOT NULL",
    )?;
    let pairs = ask.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, String>(1)?)))?;
    let pairs = pairs.collect::<Result<Vec<_>, _>>()?;
    Ok(pairs.iter().filter_map(|(part, whole)| Some((ActorId::parse(part)?, ActorId::parse(whole)?))).collect())
}

/// An article, while its rows are read.
struct Piece {
    key: i64,
    id: ArticleId,
    story: StoryId,
    publisher: Option<String>,
    published: Interval,
    texts: Texts,
}

/// A mention.
struct Named {
    sentence: Option<usize>,
    part: usize,
    start: usize,
    end: usize,
    actor: Option<ActorId>,
    place: Option<Spot>,
    time: Interval,
}

/// The place of a mention, as it is kept.
#[derive(Deserialize)]
struct Kept {
    id: Option<String>,
    name: String,
    lat: Option<f64>,
    lon: Option<f64>,
    country: Option<String>,
    precision: Precision,
}

impl Piece {
    fn read(row: &Row) -> Result<Option<Piece>, Error> {
        let ids = (row.get::<_, String>(1)?, row.get::<_, String>(2)?);
        let (Some(id), Some(story)) = (ArticleId::parse(&ids.0), StoryId::parse(&ids.1)) else { return Ok(None) };
        Ok(Some(Piece {
            key: row.get(0)?,
            id,
            story,
            publisher: row.get(3)?,
            published: days(row, 4)?,
            texts: Texts::new(row.get(6)?, row.get(7)?, &row.get::<_, String>(8)?)?,
        }))
    }

    fn lead(&self) -> String {
        let body = self.texts.get(BODY);
        format!("{}\n{}", self.texts.get(0), &body[..body.floor_char_boundary(LEAD)])
    }

    fn words(&self, part: usize, start: usize, end: usize) -> &str {
        self.texts.get(part).get(start..end).unwrap_or_default()
    }

    fn fill(&self, conn: &Connection, told: &mut Told) -> Result<(), Error> {
        let named = self.named(conn)?;
        let claims = self.claims(conn, &named)?;
        self.events(conn, &named, &claims, told)?;
        told.claims.extend(claims.into_values());
        Ok(())
    }

    fn named(&self, conn: &Connection) -> Result<Vec<Named>, Error> {
        let mut ask = conn.prepare_cached(&format!(
            "SELECT m.sentence, m.start, m.end, k.id, l.place, m.earliest, m.latest, {} FROM t_mentions m
             LEFT JOIN t_actors k ON k.key = m.actor LEFT JOIN t_places l ON l.key = m.place WHERE m.article = ?1 ORDER BY m.nth",
            texts::part("m")
        ))?;
        let read = |r: &Row| {
            Ok(Named {
                sentence: r.get(0)?,
                part: r.get(7)?,
                start: r.get(1)?,
                end: r.get(2)?,
                actor: r.get::<_, Option<String>>(3)?.and_then(|id| ActorId::parse(&id)),
                place: r.get::<_, Option<String>>(4)?.and_then(|json| spot(&json)),
                time: Interval { earliest: day(r, 5)?, latest: day(r, 6)? },
            })
        };
        Ok(ask.query_map([self.key], read)?.collect::<Result<_, _>>()?)
    }

    /// The claims by their number.
    fn claims(&self, conn: &Connection, named: &[Named]) -> Result<BTreeMap<usize, Said>, Error> {
        let mut ask = conn.prepare_cached(&format!(
            "SELECT c.nth, c.id, c.source_name, c.source_spans, k.id, c.source_anonymous, c.stance, c.cue_negated, c.content_spans, {}
             FROM t_claims c LEFT JOIN t_actors k ON k.key = c.source_actor WHERE c.article = ?1",
            texts::part("c")
        ))?;
        let mut rows = ask.query([self.key])?;
        let mut claims = BTreeMap::new();
        while let Some(row) = rows.next()? {
            if let Some(said) = self.claim(row, named)? {
                claims.insert(row.get(0)?, said);
            }
        }
        Ok(claims)
    }

    fn claim(&self, row: &Row, named: &[Named]) -> Result<Option<Said>, Error> {
        let (id, stance): (String, String) = (row.get(1)?, row.get(6)?);
        let (Some(id), Some(stance)) = (ClaimId::parse(&id), value(&stance)) else { return Ok(None) };
        let spans =
            |at| -> Result<Vec<(usize, usize)>, Error> { Ok(serde_json::from_str(&row.get::<_, String>(at)?)?) };
        let (source, content) = (spans(3)?, spans(8)?);
        let part = row.get(9)?;
        let joined =
            |spans: &[(usize, usize)]| spans.iter().map(|s| self.words(part, s.0, s.1)).collect::<Vec<_>>().join(" ");
        let inside = |n: &&Named| n.part == part && content.iter().any(|s| s.0 <= n.start && n.end <= s.1);
        let mut actors: Vec<ActorId> = named.iter().filter(inside).filter_map(|n| n.actor).collect();
        actors.sort();
        actors.dedup();
        Ok(Some(Said {
            id,
            article: self.id,
            story: self.story,
            publisher: self.publisher.clone(),
            published: self.published,
            source: row.get::<_, Option<String>>(2)?.unwrap_or_else(|| joined(&source)),
            source_actor: row.get::<_, Option<String>>(4)?.and_then(|id| ActorId::parse(&id)),
            anonymous: row.get(5)?,
            stance,
            negated: row.get(7)?,
            content: joined(&content),
            at: content.first().map_or(0, |s| s.0),
            actors,
        }))
    }

    fn events(
        &self,
        conn: &Connection,
        named: &[Named],
        claims: &BTreeMap<usize, Said>,
        told: &mut Told,
    ) -> Result<(), Error> {
        let mut ask = conn.prepare_cached(
            "SELECT e.key, e.id, e.sentence, e.start, e.end, e.type, e.mode, e.quad, e.place_start, e.place_id, e.place_name, e.lat,
                 e.lon, e.place_precision, e.earliest, e.latest, e.time_precision, e.status, e.tellers, e.numbers, s.start, s.end,
                 CASE WHEN e.place_start IS NULL AND e.place_id IS NOT NULL THEN
                     (SELECT l.place->>'country' FROM t_places l WHERE l.place->>'id' = e.place_id LIMIT 1) END,
                 coalesce(s.part, 1)
             FROM t_events e LEFT JOIN t_sentences s ON s.article = e.article AND s.nth = e.sentence
             WHERE e.article = ?1",
        )?;
        let mut rows = ask.query([self.key])?;
        while let Some(row) = rows.next()? {
            told.reports.extend(self.event(conn, row, named, claims)?);
        }
        Ok(())
    }

    fn event(
        &self,
        conn: &Connection,
        row: &Row,
        named: &[Named],
        claims: &BTreeMap<usize, Said>,
    ) -> Result<Option<Report>, Error> {
        let (id, status): (String, String) = (row.get(1)?, row.get(17)?);
        let (Some(id), Some(status)) = (EventId::parse(&id), value(&status)) else { return Ok(None) };
        let sentence: Option<usize> = row.get(2)?;
        let (start, end): (usize, usize) = (row.get(3)?, row.get(4)?);
        let [actors, recipients] = parties(conn, row.get(0)?)?;
        let near = || named.iter().filter(|n| n.sentence == sentence);
        let whole = (row.get::<_, Option<usize>>(20)?, row.get::<_, Option<usize>>(21)?);
        let (time, part): (Option<String>, usize) = (row.get(16)?, row.get(23)?);
        Ok(Some(Report {
            id,
            article: self.id,
            story: self.story,
            publisher: self.publisher.clone(),
            published: self.published,
            kind: row.get(5)?,
            mode: row.get(6)?,
            quad: row.get(7)?,
            actors,
            recipients,
            place: place(row, named, part)?,
            around: near().filter_map(|n| n.place.clone()).collect(),
            times: near().map(|n| n.time).filter(|t| !t.is_unknown()).collect(),
            time: time.and_then(|p| value(&p)).map(|p| Ok::<_, Error>((days(row, 14)?, p))).transpose()?,
            numbers: counts(&row.get::<_, String>(19)?)?,
            status,
            tellers: self.tellers(&row.get::<_, String>(18)?, claims)?,
            at: start,
            trigger: self.words(part, start, end).to_owned(),
            sentence: self.words(part, whole.0.unwrap_or(start), whole.1.unwrap_or(end)).to_owned(),
        }))
    }

    fn tellers(&self, json: &str, claims: &BTreeMap<usize, Said>) -> Result<Vec<Teller>, Error> {
        let kept: Vec<(Option<usize>, String, String)> = serde_json::from_str(json)?;
        let teller = |(claim, certainty, polarity): (Option<usize>, String, String)| {
            let said = claim.and_then(|nth| claims.get(&nth));
            Some(Teller {
                claim: said.map(|s| s.id),
                name: said.map_or_else(|| self.publisher.clone().unwrap_or_default(), |s| s.source.clone()),
                actor_id: said.and_then(|s| s.source_actor),
                anonymous: said.is_some_and(|s| s.anonymous),
                certainty: value(&certainty)?,
                polarity: value::<Polarity>(&polarity)?,
            })
            // A claim that is not there must not turn into the author.
            .filter(|t| claim.is_some() == t.claim.is_some())
        };
        Ok(kept.into_iter().filter_map(teller).collect())
    }
}

fn place(row: &Row, named: &[Named], part: usize) -> Result<Option<Spot>, Error> {
    let (start, name): (Option<usize>, Option<String>) = (row.get(8)?, row.get(10)?);
    let precision: Option<String> = row.get(13)?;
    let Some(name) = name else { return Ok(None) };
    let country = match start {
        Some(start) => {
            named.iter().filter(|n| n.part == part && n.start == start).find_map(|n| n.place.as_ref()?.country.clone())
        }
        // A person placed it.
        None => row.get(22)?,
    };
    Ok(Some(Spot {
        id: row.get(9)?,
        name,
        lat: row.get(11)?,
        lon: row.get(12)?,
        country,
        precision: precision.and_then(|p| value(&p)).unwrap_or(Precision::Unknown),
    }))
}

fn spot(json: &str) -> Option<Spot> {
    let Kept { id, name, lat, lon, country, precision } = serde_json::from_str(json).ok()?;
    Some(Spot { id, name, lat, lon, country, precision })
}

/// Who does it, and whom it is done to.
fn parties(conn: &Connection, event: i64) -> Result<[Vec<Party>; 2], Error> {
    let mut ask = conn.prepare_cached(
        "SELECT w.side, k.id, w.name, w.country FROM t_participants w LEFT JOIN t_actors k ON k.key = w.actor
         WHERE w.event = ?1 ORDER BY w.side, w.nth",
    )?;
    let mut rows = ask.query(params![event])?;
    let mut sides = [Vec::new(), Vec::new()];
    while let Some(row) = rows.next()? {
        let actor_id = row.get::<_, Option<String>>(1)?.and_then(|id| ActorId::parse(&id));
        let side = usize::from(row.get::<_, u8>(0)? > 0);
        sides[side].push(Party { actor_id, name: row.get(2)?, country: row.get(3)? });
    }
    Ok(sides)
}

fn counts(json: &str) -> Result<Vec<Count>, Error> {
    type Kept = (String, usize, usize, Option<u64>, Option<u64>);
    let kept: Vec<Kept> = serde_json::from_str(json)?;
    let count = |(kind, _, _, low, high): Kept| Some(Count { kind: value::<NumberKind>(&kind)?, low, high });
    Ok(kept.into_iter().filter_map(count).collect())
}

/// A value by the word that it is written with.
pub(crate) fn value<T: DeserializeOwned>(name: &str) -> Option<T> {
    T::deserialize(StrDeserializer::<Misread>::new(name)).ok()
}

/// The interval whose bounds stand in this column and the next.
fn days(row: &Row, at: usize) -> Result<Interval, Error> {
    Ok(Interval { earliest: day(row, at)?, latest: day(row, at + 1)? })
}

fn day<T: FromStr>(row: &Row, at: usize) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<String>>(at)?.and_then(|d| d.parse().ok()))
}

/// The keys of rows by their ids.
pub(crate) fn keys(conn: &Connection, table: &str) -> Result<HashMap<String, i64>, Error> {
    let mut ask = conn.prepare(&format!("SELECT id, key FROM {table}"))?;
    Ok(ask.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<Result<_, _>>()?)
}
