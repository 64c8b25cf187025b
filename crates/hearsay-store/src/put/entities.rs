//! The rows of actors and mentions.

use super::article::{Context, days};
use super::{Writer, list};
use crate::{Error, names::Name};
use hearsay_types::{Actor, ActorId, Mention, MentionId, MentionKind, Note, PlaceRef, Stage};
use rusqlite::params;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

impl Writer<'_> {
    /// Writes the actors of an article; gives their keys.
    pub(super) fn actors(&mut self, article: i64, actors: &[Actor]) -> Result<HashMap<ActorId, i64>, Error> {
        let mut keys = HashMap::with_capacity(actors.len());
        for actor in actors {
            let key = self.actor(actor)?;
            self.conn
                .prepare_cached("INSERT OR IGNORE INTO t_article_actors (article, actor) VALUES (?1, ?2)")?
                .execute([article, key])?;
            keys.insert(actor.id, key);
        }
        Ok(keys)
    }

    /// Writes an actor that may be in already. What a newer coder says of it stands; where one coder says two things of one
    /// actor, the first by order of its words stands, so that the order of pages does not matter.
    fn actor(&mut self, actor: &Actor) -> Result<i64, Error> {
        let aliases = list(&actor.aliases)?;
        let content = content_hash(actor, &aliases);
        if let Some((key, known)) = self.cache.actors.get(&actor.id)
            && known == content
        {
            return Ok(key);
        }
        const WHOLE: [&str; 2] = [
            "json_array(excluded.name, excluded.kind, excluded.country, excluded.sector, excluded.part_of, excluded.aliases, excluded.public, excluded.basis)",
            "json_array(name, kind, country, sector, part_of, aliases, public, basis)",
        ];
        let upsert = format!(
            "INSERT INTO t_actors (id, coder, name, kind, country, sector, part_of, aliases, public, basis)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
             ON CONFLICT (id) DO UPDATE SET coder = excluded.coder, name = excluded.name, kind = excluded.kind,
                 country = excluded.country, sector = excluded.sector, part_of = excluded.part_of,
                 aliases = excluded.aliases, public = excluded.public, basis = excluded.basis
             WHERE excluded.coder <> coder OR {} < {}",
            WHOLE[0], WHOLE[1]
        );
        self.conn.prepare_cached(&upsert)?.execute(params![
            actor.id.to_string(),
            self.current.coder,
            actor.name,
            actor.kind.name(),
            actor.country,
            actor.sector,
            actor.part_of.map(|id| id.to_string()),
            aliases,
            actor.public,
            actor.basis.name()
        ])?;
        let mut ask = self.conn.prepare_cached("SELECT key FROM t_actors WHERE id = ?1")?;
        let key = ask.query_row([actor.id.to_string()], |r| r.get(0))?;
        self.cache.actors.keep(actor.id, (key, content));
        Ok(key)
    }

    fn place(&mut self, place: &PlaceRef) -> Result<i64, Error> {
        let place = place_json(place)?;
        if let Some(key) = self.cache.places.get(&place) {
            return Ok(key);
        }
        let mut upsert = self.conn.prepare_cached(
            "INSERT INTO t_places (place) VALUES (?1) ON CONFLICT DO UPDATE SET place = place RETURNING key",
        )?;
        let key = upsert.query_row([&place], |r| r.get(0))?;
        self.cache.places.keep(place, key);
        Ok(key)
    }

    pub(super) fn mentions(&mut self, context: &mut Context) -> Result<(), Error> {
        let mut ids = HashSet::new();
        let coded = context.coded;
        let conn = self.conn;
        let mut insert = conn.prepare_cached(
                "INSERT INTO t_mentions (article, nth, id, sentence, kind, start, end, actor, place, timex_type, timex_value,
                     earliest, latest, precision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
            )?;
        for (nth, mention) in coded.entities.mentions.iter().enumerate() {
            let id = mention_id(&coded.article.id, mention, &mut ids);
            let (kind, actor, place, timex) = match &mention.kind {
                MentionKind::Actor(id) => ("actor", context.actor(Some(*id), Stage::Resolve), None, None),
                MentionKind::Place(place) => ("place", None, Some(self.place(place)?), None),
                MentionKind::Time(timex) => ("time", None, None, Some(timex)),
            };
            let (earliest, latest) = timex.map_or((None, None), |t| days(t.interval));
            insert.execute(params![
                context.key,
                nth,
                id.to_string(),
                context.sentence(mention.sentence),
                kind,
                mention.span.start,
                mention.span.end,
                actor,
                place,
                timex.map(|t| t.kind),
                timex.map(|t| t.value.as_str()),
                earliest,
                latest,
                timex.map(|t| t.precision.name())
            ])?;
        }
        Ok(())
    }
}

impl Context<'_> {
    /// The key of an actor. One that the article does not hold is left out, with a note.
    pub(super) fn actor(&mut self, id: Option<ActorId>, stage: Stage) -> Option<i64> {
        let id = id?;
        let key = self.actors.get(&id).copied();
        if key.is_none() {
            let message = format!("A row names the actor {id}, which is not among the article's actors.");
            self.notes.push(Note::new(stage, "unknown-actor", message));
        }
        key
    }
}

fn content_hash(actor: &Actor, aliases: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    let Actor { id, name, kind, country, sector, part_of, aliases: _, public, basis } = actor;
    (id, name, kind, country, sector, part_of, aliases, public, basis).hash(&mut hash);
    hash.finish()
}

/// A mention's id. Two mentions of one kind may share a span: the second is hashed with its number.
fn mention_id(article: &hearsay_types::ArticleId, mention: &Mention, ids: &mut HashSet<MentionId>) -> MentionId {
    let kind: &[u8] = match mention.kind {
        MentionKind::Actor(_) => b"actor",
        MentionKind::Place(_) => b"place",
        MentionKind::Time(_) => b"time",
    };
    let (start, end) = ((mention.span.start as u64).to_le_bytes(), (mention.span.end as u64).to_le_bytes());
    let id = MentionId::within(article, &[kind, &start, &end]);
    if ids.insert(id) {
        return id;
    }
    let more = (1u32..).map(|n| MentionId::within(article, &[kind, &start, &end, &n.to_le_bytes()]));
    more.into_iter().find(|id| ids.insert(*id)).unwrap_or(id)
}

fn place_json(place: &PlaceRef) -> Result<String, Error> {
    #[derive(serde::Serialize)]
    struct Shown<'a> {
        id: Option<&'a str>,
        name: &'a str,
        lat: Option<f64>,
        lon: Option<f64>,
        country: Option<&'a str>,
        kind: &'a str,
        precision: &'a str,
    }
    Ok(serde_json::to_string(&Shown {
        id: place.id.as_deref(),
        name: &place.name,
        lat: place.lat,
        lon: place.lon,
        country: place.country.as_deref(),
        kind: &place.kind,
        precision: place.precision.name(),
    })?)
}
