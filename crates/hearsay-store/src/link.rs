//! What linking asks of the record, and what it changes in it.

use crate::{Error, Store};
use hearsay_types::{ArticleId, CROWD, Changes, Known, Reprint, Signature, StoryId};
use rusqlite::{Connection, OptionalExtension, Row, params};

impl Store {
    /// The articles that are to be linked, by id. Link them in this order, after all pages of the run are in: then the
    /// stories do not depend on the order in which pages came.
    ///
    /// An article that is new may be one of the first [`CROWD`] of a band, where another was before. The articles of that
    /// band are then to be linked anew, as if all had come at once.
    pub fn unlinked(&mut self) -> Result<Vec<ArticleId>, Error> {
        self.flush()?;
        self.whole(|store| store.join_crowds())?;
        let mut ask = self.conn.prepare("SELECT id FROM t_articles WHERE linked = 0 ORDER BY id")?;
        let ids = ask.query_map([], id_at_0)?.collect::<Result<Vec<_>, _>>()?;
        Ok(ids)
    }

    /// Where new articles change who stands for a band, its articles are to be linked anew.
    fn join_crowds(&self) -> Result<(), Error> {
        let any: bool =
            self.conn.query_row("SELECT EXISTS (SELECT 1 FROM t_articles WHERE linked = 1)", [], |r| r.get(0))?;
        if !any {
            return Ok(());
        }
        let mut ask = self.conn.prepare("SELECT key FROM t_articles WHERE linked = 0")?;
        let new = ask.query_map([], |r| r.get(0))?.collect::<Result<Vec<i64>, _>>()?;
        let mut bands = new.iter().map(|key| stands_for(&self.conn, *key)).collect::<Result<Vec<_>, _>>()?.concat();
        bands.sort_unstable();
        bands.dedup();
        bands.iter().try_for_each(|band| unlink_band(&self.conn, *band))
    }

    /// What is kept of an article to find its reprints by; empty where nothing was kept.
    pub fn signature(&self, article: ArticleId) -> Result<Signature, Error> {
        const ASK: &str = "SELECT a.id, s.sentences, s.bands, s.sketch FROM t_articles a
             JOIN t_signatures s ON s.article = a.key WHERE a.id = ?1";
        let found = self.conn.prepare_cached(ASK)?.query_row([article.to_string()], signature_of).optional()?;
        Ok(found.unwrap_or(Signature { article, sentences: vec![], bands: vec![], sketch: vec![] }))
    }

    /// Applies what linking found for one article, and counts it as linked. An article that shares its text with no other
    /// is a story of its own. Changes are seen at once by [`Known`] and committed together with others.
    pub fn apply(&mut self, article: ArticleId, changes: &Changes) -> Result<(), Error> {
        self.current()?;
        self.trouble.take().map_or(Ok(()), Err)?;
        self.shared(|store| apply(&store.conn, article, changes))
    }
}

fn apply(conn: &Connection, article: ArticleId, changes: &Changes) -> Result<(), Error> {
    let article = article.to_string();
    conn.prepare_cached("UPDATE t_articles SET linked = 1, story = coalesce(story, id) WHERE id = ?1")?
        .execute([&article])?;
    let mut story = conn.prepare_cached("UPDATE t_articles SET story = ?2 WHERE id = ?1")?;
    for change in &changes.stories {
        story.execute([change.article.to_string(), change.story.to_string()])?;
    }
    changes.reprints.iter().try_for_each(|reprint| keep(conn, reprint))
}

/// One row a pair, whichever of the two was linked last.
fn keep(conn: &Connection, reprint: &Reprint) -> Result<(), Error> {
    let (first, second) = (reprint.article.min(reprint.other), reprint.article.max(reprint.other));
    conn.prepare_cached(
        "INSERT OR REPLACE INTO t_reprints (article, other, share, why)
         SELECT a.key, o.key, ?3, ?4 FROM t_articles a, t_articles o WHERE a.id = ?1 AND o.id = ?2",
    )?
    .execute(params![first.to_string(), second.to_string(), reprint.share, reprint.why])?;
    Ok(())
}

/// The answers are plain values. What goes wrong on the way is kept and told by the next [`Store::apply`].
impl Known for Store {
    fn alike(&self, signature: &Signature) -> Vec<Signature> {
        self.plainly(|conn| {
            let mut keys: Vec<i64> = Vec::new();
            for band in &signature.bands {
                keys.extend(standing_for(conn, *band as i64)?);
            }
            keys.sort_unstable();
            keys.dedup();
            let mut read = conn.prepare_cached(
                "SELECT a.id, s.sentences, s.bands, s.sketch FROM t_articles a
                 JOIN t_signatures s ON s.article = a.key WHERE a.key = ?1",
            )?;
            let mut alike =
                keys.iter().map(|key| read.query_row([key], signature_of)).collect::<Result<Vec<_>, _>>()?;
            alike.sort_by_key(|s| s.article);
            Ok(alike)
        })
    }

    fn label(&self, article: ArticleId) -> String {
        const ASK: &str = "SELECT coalesce(a.title, a.url, p.path) || coalesce(' (' || a.publisher || ')', '')
             FROM t_articles a JOIN t_pages p ON p.key = a.page WHERE a.id = ?1";
        self.plainly(|conn| {
            let label = conn.prepare_cached(ASK)?.query_row([article.to_string()], |r| r.get(0)).optional()?;
            Ok(label.unwrap_or_default())
        })
    }

    fn story(&self, article: ArticleId) -> Option<StoryId> {
        const ASK: &str = "SELECT story FROM t_articles WHERE id = ?1";
        self.plainly(|conn| {
            let story: Option<Option<String>> =
                conn.prepare_cached(ASK)?.query_row([article.to_string()], |r| r.get(0)).optional()?;
            Ok(story.flatten().and_then(|s| StoryId::parse(&s)))
        })
    }

    fn members(&self, story: StoryId) -> Vec<ArticleId> {
        const ASK: &str = "SELECT id FROM t_articles WHERE story = ?1 ORDER BY id";
        self.plainly(|conn| {
            Ok(conn.prepare_cached(ASK)?.query_map([story.to_string()], id_at_0)?.collect::<Result<_, _>>()?)
        })
    }
}

impl Store {
    fn plainly<T: Default>(&self, ask: impl FnOnce(&Connection) -> Result<T, Error>) -> T {
        ask(&self.conn).unwrap_or_else(|e| {
            self.trouble.borrow_mut().get_or_insert(e);
            T::default()
        })
    }
}

/// The place of an article among those that share a band with it.
pub(crate) fn place(article: &ArticleId) -> i64 {
    let first = article.as_bytes().first_chunk().map_or(0, |eight| u64::from_be_bytes(*eight));
    (first >> 1) as i64
}

/// The keys of the articles that stand for a band. One that stands for it need not look at the others: when it was new they were all
/// linked anew, and looked at it.
fn standing_for(conn: &Connection, band: i64) -> Result<Vec<i64>, Error> {
    let mut ask =
        conn.prepare_cached("SELECT article FROM t_bands WHERE band = ?1 ORDER BY place, article LIMIT ?2")?;
    Ok(ask.query_map([band, CROWD as i64], |r| r.get(0))?.collect::<Result<_, _>>()?)
}

/// The place of the last of those that stand for a band, if more articles share it.
fn last_of_crowd(conn: &Connection, band: i64) -> Result<Option<i64>, Error> {
    const ASK: &str = "SELECT place FROM t_bands WHERE band = ?1 ORDER BY place, article LIMIT 2 OFFSET ?2";
    let mut ask = conn.prepare_cached(ASK)?;
    let two = ask.query_map([band, CROWD as i64 - 1], |r| r.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    Ok(two.first().copied().filter(|_| two.len() > 1))
}

/// The crowded bands for which an article stands.
fn stands_for(conn: &Connection, key: i64) -> Result<Vec<i64>, Error> {
    const ASK: &str = "SELECT a.id, s.sentences, s.bands, s.sketch FROM t_articles a
         JOIN t_signatures s ON s.article = a.key WHERE a.key = ?1";
    let Some(signature) = conn.prepare_cached(ASK)?.query_row([key], signature_of).optional()? else {
        return Ok(Vec::new());
    };
    let mut bands = Vec::new();
    for band in signature.bands {
        if last_of_crowd(conn, band as i64)?.is_some_and(|last| place(&signature.article) <= last) {
            bands.push(band as i64);
        }
    }
    Ok(bands)
}

/// All articles that share a band are to be linked anew.
fn unlink_band(conn: &Connection, band: i64) -> Result<(), Error> {
    let mut ask = conn.prepare_cached("SELECT article FROM t_bands WHERE band = ?1")?;
    let keys = ask.query_map([band], |r| r.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    keys.into_iter().try_for_each(|key| unlink(conn, key))
}

/// The articles of an article's story are to be linked anew.
pub(crate) fn unlink(conn: &Connection, key: i64) -> Result<(), Error> {
    for step in [
        "DELETE FROM t_reprints WHERE article IN (SELECT m.key FROM t_articles a JOIN t_articles m ON m.story = a.story WHERE a.key = ?1)",
        "UPDATE t_articles SET story = NULL, linked = 0 WHERE story = (SELECT story FROM t_articles WHERE key = ?1)",
    ] {
        conn.prepare_cached(step)?.execute([key])?;
    }
    Ok(())
}

impl super::put::Writer<'_> {
    /// Before an article goes: for the bands it stood for another will stand.
    pub(crate) fn leave_crowds(&self, key: i64) -> Result<(), Error> {
        stands_for(self.conn, key)?.into_iter().try_for_each(|band| unlink_band(self.conn, band))
    }

    /// Takes an article's bands out of the look-up table.
    pub(crate) fn forget_bands(&self, key: i64) -> Result<(), Error> {
        const ASK: &str =
            "SELECT a.id, s.bands FROM t_signatures s JOIN t_articles a ON a.key = s.article WHERE s.article = ?1";
        let read = |r: &Row| Ok((id_at_0(r)?, r.get::<_, Vec<u8>>(1)?));
        let Some((article, bands)) = self.conn.prepare_cached(ASK)?.query_row([key], read).optional()? else {
            return Ok(());
        };
        let mut delete =
            self.conn.prepare_cached("DELETE FROM t_bands WHERE band = ?1 AND place = ?2 AND article = ?3")?;
        for band in unpack::<u64>(&bands) {
            delete.execute([band as i64, place(&article), key])?;
        }
        Ok(())
    }
}

fn id_at_0(row: &Row) -> rusqlite::Result<ArticleId> {
    id_in(row, 0)
}

/// Reads an id; one that is none is damage.
fn id_in(row: &Row, at: usize) -> rusqlite::Result<ArticleId> {
    let text: String = row.get(at)?;
    ArticleId::parse(&text).ok_or_else(|| {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, Box::from("this is not an id"))
    })
}

fn signature_of(row: &Row) -> rusqlite::Result<Signature> {
    let bytes = |at| row.get_ref(at).and_then(|v| Ok(v.as_blob()?));
    Ok(Signature {
        article: id_in(row, 0)?,
        sentences: unpack(bytes(1)?),
        bands: unpack(bytes(2)?),
        sketch: unpack(bytes(3)?),
    })
}

/// A number that is kept in a list of fixed width, lowest byte first.
pub(crate) trait Fixed: Copy {
    const WIDTH: usize;
    fn write(self, out: &mut Vec<u8>);
    fn read(bytes: &[u8]) -> Self;
}

macro_rules! fixed {
    ($($number:ty),+) => {$(
        impl Fixed for $number {
            const WIDTH: usize = size_of::<$number>();
            fn write(self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }
            fn read(bytes: &[u8]) -> Self {
                bytes.iter().rev().fold(0, |n, b| (n << 8) | <$number>::from(*b))
            }
        }
    )+};
}
fixed!(u32, u64);

pub(crate) fn pack<T: Fixed>(values: &[T]) -> Vec<u8> {
    let mut out = Vec::with_capacity(values.len() * T::WIDTH);
    values.iter().for_each(|v| v.write(&mut out));
    out
}

pub(crate) fn unpack<T: Fixed>(bytes: &[u8]) -> Vec<T> {
    bytes.chunks_exact(T::WIDTH).map(T::read).collect()
}
