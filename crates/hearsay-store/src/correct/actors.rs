//! Merges and splits of actors.

use super::change::{held, renamed};
use super::rows::{self, Spot, What};
use crate::Error;
use crate::texts::{BODY, Texts, part};
use hearsay_types::correction::{Act, Named, Spelt};
use hearsay_types::{ActorId, ArticleId, Span};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::{BTreeMap, BTreeSet};

/// What the replay has done to actors so far.
#[derive(Default)]
pub(super) struct Actors {
    /// For each actor that was merged away the one that stays.
    kept: BTreeMap<i64, i64>,
    /// The names that an actor got from those that were merged into it.
    names: BTreeMap<i64, Vec<String>>,
    /// The corrections that touched an actor.
    by: BTreeMap<i64, Vec<String>>,
}

/// Where one actor is another: in a whole article, or where a span of it is touched.
struct Move<'a> {
    article: i64,
    span: Option<Span>,
    from: i64,
    into: i64,
    correction: &'a str,
}

impl Actors {
    /// Merges or splits. False where an actor that it names is in no article.
    pub(super) fn apply(&mut self, conn: &Connection, id: &str, act: &Act) -> Result<bool, Error> {
        match act {
            Act::MergeActors { actor, into } => {
                let both = self.find(conn, actor)?.zip(self.find(conn, into)?);
                both.map_or(Ok(false), |(from, into)| self.merge(conn, from, into, id))
            }
            Act::SplitActor { actor, articles, mentions, into, made } => {
                let Some(from) = self.find(conn, actor)? else { return Ok(false) };
                let other = if *made { Some(make(conn, from, into)?) } else { self.find(conn, into)? };
                let Some(into) = other.filter(|other| *other != from) else { return Ok(false) };
                self.split(conn, from, into, &spots(conn, from, articles, mentions)?, id)
            }
            _ => Ok(false),
        }
    }

    /// The key of an actor, or of the one that it was merged into.
    pub(super) fn key(&self, conn: &Connection, id: ActorId) -> Result<Option<i64>, Error> {
        const ASK: &str = "SELECT key FROM t_actors WHERE id = ?1";
        let key: Option<i64> = conn.prepare_cached(ASK)?.query_row([id.to_string()], |r| r.get(0)).optional()?;
        match key.and_then(|key| self.kept.get(&key)) {
            Some(kept) => Ok(Some(*kept)),
            None => held(conn, id),
        }
    }

    /// As [`Actors::key`]; an actor whose id is gone is found by its name, where only one has it.
    fn find(&self, conn: &Connection, named: &Named) -> Result<Option<i64>, Error> {
        if let Some(key) = self.key(conn, named.id)? {
            return Ok(Some(key));
        }
        let mut ask = conn.prepare_cached(
            "SELECT key FROM t_actors k WHERE name = ?1 AND EXISTS (SELECT 1 FROM t_article_actors j WHERE j.actor = k.key) LIMIT 2",
        )?;
        let keys = ask.query_map([&named.name], |r| r.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        Ok(if let [only] = keys[..] { Some(only) } else { None })
    }

    fn merge(&mut self, conn: &Connection, from: i64, into: i64, id: &str) -> Result<bool, Error> {
        if from == into {
            return Ok(true);
        }
        let mut ask = conn.prepare_cached("SELECT article FROM t_article_actors WHERE actor = ?1 ORDER BY article")?;
        let articles = ask.query_map([from], |r| r.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        for article in articles {
            Move { article, span: None, from, into, correction: id }.go(conn)?;
        }
        let mut names = vec![name(conn, from)?];
        names.extend(aliases(conn, from)?);
        names.extend(self.names.remove(&from).unwrap_or_default());
        self.names.entry(into).or_default().extend(names);
        self.kept.values_mut().filter(|kept| **kept == from).for_each(|kept| *kept = into);
        self.kept.insert(from, into);
        self.touch(&[from, into], id);
        Ok(true)
    }

    fn split(
        &mut self,
        conn: &Connection,
        from: i64,
        into: i64,
        spots: &[(i64, Option<Span>)],
        id: &str,
    ) -> Result<bool, Error> {
        let mut any = false;
        for (article, span) in spots {
            any |= Move { article: *article, span: *span, from, into, correction: id }.go(conn)?;
        }
        if any {
            self.touch(&[from, into], id);
        }
        Ok(any)
    }

    fn touch(&mut self, actors: &[i64], id: &str) {
        for actor in actors {
            self.by.entry(*actor).or_default().push(id.to_owned());
        }
    }

    /// An article holds an actor that a person found in it.
    pub(super) fn hold(&mut self, conn: &Connection, article: i64, actor: i64, id: &str) -> Result<(), Error> {
        const HELD: &str = "SELECT EXISTS (SELECT 1 FROM t_article_actors WHERE article = ?1 AND actor = ?2)";
        if !conn.prepare_cached(HELD)?.query_row([article, actor], |r| r.get::<_, bool>(0))? {
            rows::change(conn, Spot { what: What::Actors, article, nth: 0 }, id)?;
            conn.prepare_cached("INSERT INTO t_article_actors (article, actor) VALUES (?1, ?2)")?
                .execute([article, actor])?;
        }
        Ok(())
    }

    /// Keeps how the actors are to be shown.
    pub(super) fn keep(&mut self, conn: &Connection) -> Result<(), Error> {
        let mut wholes = BTreeMap::new();
        for (gone, kept) in &self.kept {
            let mut ask = conn
                .prepare_cached("SELECT p.key FROM t_actors p JOIN t_actors w ON w.id = p.part_of WHERE w.key = ?1")?;
            for part in ask.query_map([gone], |r| r.get::<_, i64>(0))? {
                wholes.insert(part?, (*gone, *kept));
            }
        }
        for (part, (gone, _)) in &wholes {
            let by = self.by.get(gone).cloned().unwrap_or_default();
            self.by.entry(*part).or_default().extend(by);
        }
        for (actor, by) in &self.by {
            let mut own: BTreeSet<String> = [name(conn, *actor)?].into();
            let all = aliases(conn, *actor)?.into_iter().chain(self.names.get(actor).cloned().unwrap_or_default());
            let all: Vec<String> = all.filter(|alias| own.insert(alias.clone())).collect();
            let mut once = BTreeSet::new();
            let by: Vec<&String> = by.iter().filter(|id| once.insert(*id)).collect();
            conn.prepare_cached(
                "INSERT INTO t_corrected_actors (actor, kept, part_of, aliases, corrections)
                 SELECT k.key, ?2, iif(?3 IS NULL, k.part_of, (SELECT nullif(w.id, k.id) FROM t_actors w WHERE w.key = ?3)), ?4, ?5
                 FROM t_actors k WHERE k.key = ?1",
            )?
            .execute(params![
                actor,
                self.kept.get(actor),
                wholes.get(actor).map(|(_, kept)| kept),
                serde_json::to_string(&all)?,
                serde_json::to_string(&by)?
            ])?;
        }
        Ok(())
    }
}

fn name(conn: &Connection, actor: i64) -> Result<String, Error> {
    Ok(conn.prepare_cached("SELECT name FROM t_actors WHERE key = ?1")?.query_row([actor], |r| r.get(0))?)
}

fn aliases(conn: &Connection, actor: i64) -> Result<Vec<String>, Error> {
    let ask = "SELECT aliases FROM t_actors WHERE key = ?1";
    let json: String = conn.prepare_cached(ask)?.query_row([actor], |r| r.get(0))?;
    Ok(serde_json::from_str(&json)?)
}

/// The actor that a split makes: what the other is, under a name of its own.
fn make(conn: &Connection, from: i64, into: &Named) -> Result<i64, Error> {
    const MAKE: &str =
        "INSERT INTO t_actors (id, coder, name, kind, country, sector, part_of, aliases, public, basis)
         SELECT ?2, coder, ?3, kind, country, sector, part_of, '[]', public, 'user' FROM t_actors WHERE key = ?1
         ON CONFLICT (id) DO UPDATE SET coder = excluded.coder, name = excluded.name, kind = excluded.kind,
             country = excluded.country, sector = excluded.sector, part_of = excluded.part_of, public = excluded.public";
    let id = into.id.to_string();
    conn.prepare_cached(MAKE)?.execute(params![from, id, into.name])?;
    Ok(conn.prepare_cached("SELECT key FROM t_actors WHERE id = ?1")?.query_row([id], |r| r.get(0))?)
}

/// The articles and the spans that a split names, as far as the record holds them.
fn spots(
    conn: &Connection,
    actor: i64,
    articles: &[ArticleId],
    mentions: &[Spelt],
) -> Result<Vec<(i64, Option<Span>)>, Error> {
    const ASK: &str = "SELECT key FROM t_articles WHERE id = ?1";
    let article = |id: &ArticleId| -> Result<Option<i64>, Error> {
        Ok(conn.prepare_cached(ASK)?.query_row([id.to_string()], |r| r.get(0)).optional()?)
    };
    let mut spots = Vec::new();
    for id in articles {
        spots.extend(article(id)?.map(|key| (key, None)));
    }
    for spelt in mentions {
        if let Some(key) = article(&spelt.article)? {
            spots.extend(again(conn, key, actor, spelt)?.map(|span| (key, Some(span))));
        }
    }
    Ok(spots)
}

/// Where the words of a mention stand: where they stood, or where alone the actor is named so.
fn again(conn: &Connection, article: i64, actor: i64, spelt: &Spelt) -> Result<Option<Span>, Error> {
    let texts = Texts::of(conn, article)?;
    let was = Span::new(spelt.words.start, spelt.words.end);
    let ask = format!("SELECT start, end, {} FROM t_mentions m WHERE article = ?1 AND actor = ?2", part("m"));
    let mut ask = conn.prepare_cached(&ask)?;
    let spans = ask.query_map([article, actor], |r| Ok((Span::new(r.get(0)?, r.get(1)?), r.get(2)?)))?;
    let spans = spans.collect::<Result<Vec<(Span, usize)>, _>>()?;
    let is_spelt = |text: &str, span: Span| text.get(span.start..span.end) == Some(spelt.words.text.as_str());
    if is_spelt(texts.get(BODY), was)
        || spans.iter().any(|(span, part)| *span == was && is_spelt(texts.get(*part), was))
    {
        return Ok(Some(was));
    }
    let so: Vec<Span> = spans.into_iter().filter(|(s, part)| is_spelt(texts.get(*part), *s)).map(|(s, _)| s).collect();
    Ok(if let [only] = so[..] { Some(only) } else { None })
}

impl Move<'_> {
    /// Does it; says whether anything was there to move.
    fn go(&self, conn: &Connection) -> Result<bool, Error> {
        let moved = [self.participants(conn)?, self.mentions(conn)?, self.claims(conn)?, self.relations(conn)?];
        let any = moved.contains(&true);
        let held = if any || self.span.is_none() { self.holds(conn)? } else { false };
        Ok(any || held)
    }

    fn spot(&self, what: What, nth: i64) -> Spot {
        Spot { what, article: self.article, nth }
    }

    /// The numbers of the rows that a query gives for the actor, the article and the span.
    fn rows(&self, conn: &Connection, ask: &str) -> Result<Vec<i64>, Error> {
        let (start, end) = self.span.map_or((0, i64::MAX), |s| (s.start as i64, s.end as i64));
        let mut ask = conn.prepare_cached(ask)?;
        let rows = ask.query_map(params![self.article, self.from, start, end], |r| r.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn participants(&self, conn: &Connection) -> Result<bool, Error> {
        const ASK: &str = "SELECT DISTINCT e.nth FROM t_events e JOIN t_participants w ON w.event = e.key
             WHERE e.article = ?1 AND w.actor = ?2 AND w.start < ?4 AND ?3 < w.end ORDER BY 1";
        const SET: &str = "UPDATE t_participants SET (actor, name, country, sector) =
                 (SELECT key, name, country, sector FROM t_actors WHERE key = ?3)
             WHERE actor = ?2 AND start < ?5 AND ?4 < end AND event = ?1";
        const ONCE: &str =
            "DELETE FROM t_participants WHERE event = ?1 AND actor = ?2 AND EXISTS (SELECT 1 FROM t_participants o
             WHERE o.event = ?1 AND o.actor = ?2 AND o.side = t_participants.side AND o.nth < t_participants.nth)";
        const KEY: &str = "SELECT key FROM t_events WHERE article = ?1 AND nth = ?2";
        let events = self.rows(conn, ASK)?;
        let (start, end) = self.span.map_or((0, i64::MAX), |s| (s.start as i64, s.end as i64));
        for nth in &events {
            rows::change(conn, self.spot(What::Event, *nth), self.correction)?;
            let key: i64 = conn.prepare_cached(KEY)?.query_row([self.article, *nth], |r| r.get(0))?;
            conn.prepare_cached(SET)?.execute([key, self.from, self.into, start, end])?;
            conn.prepare_cached(ONCE)?.execute([key, self.into])?;
        }
        Ok(!events.is_empty())
    }

    /// A mention that stands where the other actor is named already is one too many.
    fn mentions(&self, conn: &Connection) -> Result<bool, Error> {
        const ASK: &str = "SELECT nth FROM t_mentions
             WHERE article = ?1 AND actor = ?2 AND start < ?4 AND ?3 < end ORDER BY nth";
        const TWICE: &str =
            "DELETE FROM t_mentions WHERE article = ?1 AND nth = ?2 AND EXISTS (SELECT 1 FROM t_mentions o
             WHERE o.article = ?1 AND o.actor = ?3 AND o.start = t_mentions.start AND o.end = t_mentions.end)";
        const SET: &str = "UPDATE t_mentions SET actor = ?3 WHERE article = ?1 AND nth = ?2";
        let mentions = self.rows(conn, ASK)?;
        for nth in &mentions {
            rows::change(conn, self.spot(What::Mention, *nth), self.correction)?;
            let values = [self.article, *nth, self.into];
            if conn.prepare_cached(TWICE)?.execute(values)? == 0 {
                conn.prepare_cached(SET)?.execute(values)?;
            }
        }
        Ok(!mentions.is_empty())
    }

    /// A source that is called by the actor's name is called by the other's.
    fn claims(&self, conn: &Connection) -> Result<bool, Error> {
        const ASK: &str = "SELECT nth FROM t_claims WHERE article = ?1 AND source_actor = ?2
             AND coalesce(source_spans->>'$[0][0]', 0) < ?4 AND ?3 < coalesce(source_spans->>'$[#-1][1]', iif(?4 = 9223372036854775807, 1, 0))
             ORDER BY nth";
        const SET: &str = "UPDATE t_claims SET source_actor = ?3, source_name = CASE
                 WHEN source_name = (SELECT name FROM t_actors WHERE key = ?4) THEN (SELECT name FROM t_actors WHERE key = ?3)
                 ELSE source_name END
             WHERE article = ?1 AND nth = ?2";
        const NAME: &str = "SELECT source_name FROM t_claims WHERE article = ?1 AND nth = ?2";
        let called = |nth: i64| -> Result<Option<String>, Error> {
            Ok(conn.prepare_cached(NAME)?.query_row([self.article, nth], |r| r.get(0))?)
        };
        let claims = self.rows(conn, ASK)?;
        for nth in &claims {
            let spot = self.spot(What::Claim, *nth);
            rows::change(conn, spot, self.correction)?;
            let before = called(*nth)?;
            conn.prepare_cached(SET)?.execute([self.article, *nth, self.into, self.from])?;
            if called(*nth)? != before {
                renamed(conn, spot, self.correction)?;
            }
        }
        Ok(!claims.is_empty())
    }

    fn relations(&self, conn: &Connection) -> Result<bool, Error> {
        const ASK: &str = "SELECT nth FROM t_claims WHERE article = ?1 AND relation_actor = ?2
             AND coalesce(source_spans->>'$[0][0]', 0) < ?4 AND ?3 < coalesce(source_spans->>'$[#-1][1]', iif(?4 = 9223372036854775807, 1, 0))
             ORDER BY nth";
        const SET: &str = "UPDATE t_claims SET relation_actor = ?3 WHERE article = ?1 AND nth = ?2";
        let claims = self.rows(conn, ASK)?;
        for nth in &claims {
            rows::change(conn, self.spot(What::Claim, *nth), self.correction)?;
            conn.prepare_cached(SET)?.execute([self.article, *nth, self.into])?;
        }
        Ok(!claims.is_empty())
    }

    /// The article holds the other actor, and no longer the one that it does not name any more.
    fn holds(&self, conn: &Connection) -> Result<bool, Error> {
        const HELD: &str = "SELECT EXISTS (SELECT 1 FROM t_article_actors WHERE article = ?1 AND actor = ?2)";
        const LEFT: &str = "SELECT EXISTS (SELECT 1 FROM t_mentions WHERE article = ?1 AND actor = ?2)";
        let ask = |ask: &str| conn.prepare_cached(ask)?.query_row([self.article, self.from], |r| r.get::<_, bool>(0));
        if !ask(HELD)? {
            return Ok(false);
        }
        rows::change(conn, self.spot(What::Actors, 0), self.correction)?;
        if self.span.is_none() || !ask(LEFT)? {
            conn.prepare_cached("DELETE FROM t_article_actors WHERE article = ?1 AND actor = ?2")?
                .execute([self.article, self.from])?;
        }
        conn.prepare_cached("INSERT OR IGNORE INTO t_article_actors (article, actor) VALUES (?1, ?2)")?
            .execute([self.article, self.into])?;
        Ok(true)
    }
}
