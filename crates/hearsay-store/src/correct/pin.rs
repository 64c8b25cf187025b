//! Naming an event or a claim so that it is found again, also where another version gives it another id.

use super::rows::{Spot, What};
use crate::Error;
use crate::texts::Texts;
use hearsay_types::correction::{Pin, Stretch};
use hearsay_types::{ArticleId, PageId, Span};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// A row of an article as a pin sees it.
struct Seen {
    spot: Spot,
    id: String,
    /// The text that its spans stand in.
    part: usize,
    words: Span,
    sentence: Option<Span>,
    kind: String,
}

/// An article that may hold what is looked for.
struct Body {
    key: i64,
    id: String,
    page: String,
    texts: Texts,
}

/// Pins the event or the claim with this id; none where there is none.
pub(super) fn make(conn: &Connection, what: What, id: &str) -> Result<Option<Pin>, Error> {
    let ask = format!("SELECT article, nth FROM {} WHERE id = ?1", what.base());
    let found = conn.prepare_cached(&ask)?.query_row([id], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    let Some((article, nth)) = found else { return Ok(None) };
    let Some(body) = bodies(conn, "a.key = ?1", &article)?.pop() else { return Ok(None) };
    let all = seen(conn, what, &body)?;
    let Some(one) = all.iter().find(|s| s.spot == Spot { what, article, nth }) else { return Ok(None) };
    let ids = ArticleId::parse(&body.id).zip(PageId::parse(&body.page));
    let near = |s: &&Seen| s.id != one.id && s.sentence.is_some() && (s.part, s.sentence) == (one.part, one.sentence);
    let text = body.texts.get(one.part);
    Ok(ids.map(|(article, page)| Pin {
        id: id.to_owned(),
        page,
        article,
        sentence: one.sentence.map(|span| stretch(text, span)),
        words: stretch(text, one.words),
        kind: one.kind.clone(),
        beside: all.iter().filter(near).map(|s| s.id.clone()).collect(),
    }))
}

/// Finds what a pin names: the row with its id; else in the same article the one with the same words, or one that overlaps them, or one
/// of the same kind in the same sentence; else in another article of the same page one in a sentence of the same text.
pub(super) fn find(conn: &Connection, what: What, pin: &Pin) -> Result<Option<Spot>, Error> {
    let ask = format!("SELECT article, nth FROM {} WHERE id = ?1", what.base());
    let read = |r: &Row| Ok(Spot { what, article: r.get(0)?, nth: r.get(1)? });
    if let Some(found) = conn.prepare_cached(&ask)?.query_row([&pin.id], read).optional()? {
        return Ok(Some(found));
    }
    let same = bodies(conn, "a.id = ?1", &pin.article.to_string())?;
    let page = || bodies(conn, "p.id = ?1 ORDER BY a.nth", &pin.page.to_string());
    for body in if same.is_empty() { page()? } else { same } {
        let fits = |s: Seen| Some((fit(&body, &s, pin)?, s));
        let best = seen(conn, what, &body)?.into_iter().filter_map(fits);
        let far = |s: &Seen| s.words.start.abs_diff(pin.words.start);
        if let Some((_, best)) = best.min_by_key(|(fit, s)| (*fit, far(s), s.spot.nth)) {
            return Ok(Some(best.spot));
        }
    }
    Ok(None)
}

/// How well a row fits: the lower the better; none where it does not.
fn fit(body: &Body, seen: &Seen, pin: &Pin) -> Option<u8> {
    let text = body.texts.get(seen.part);
    let (words, sentence) = (seen.words.of(text), seen.sentence.map(|s| s.of(text)));
    let there = |s: &Stretch| text.get(s.start..s.end) == Some(s.text.as_str());
    let holds = there(&pin.words) && pin.sentence.as_ref().is_none_or(there);
    let home = pin.sentence.as_ref();
    let same_sentence = home.is_some_and(|home| Some(home.text.as_str()) == sentence)
        || holds && home.zip(seen.sentence).is_some_and(|(home, own)| span(home).overlaps(own));
    if pin.beside.contains(&seen.id) {
        None
    } else if holds && seen.words.overlaps(span(&pin.words)) {
        Some(u8::from(seen.words != span(&pin.words)))
    } else if same_sentence && words == pin.words.text {
        Some(2)
    } else {
        (same_sentence && seen.kind == pin.kind).then_some(3)
    }
}

fn span(stretch: &Stretch) -> Span {
    Span::new(stretch.start, stretch.end)
}

/// The words of a span.
pub(super) fn stretch(text: &str, span: Span) -> Stretch {
    Stretch { start: span.start, end: span.end, text: span.of(text).to_owned() }
}

fn bodies(conn: &Connection, which: &str, value: &dyn rusqlite::ToSql) -> Result<Vec<Body>, Error> {
    let ask = format!(
        "SELECT a.key, a.id, p.id, a.title, a.text, a.captions FROM t_pages p JOIN t_articles a ON a.page = p.key WHERE {which}"
    );
    let mut ask = conn.prepare_cached(&ask)?;
    let mut rows = ask.query([value])?;
    let mut all = Vec::new();
    while let Some(r) = rows.next()? {
        let texts = Texts::new(r.get(3)?, r.get(4)?, &r.get::<_, String>(5)?)?;
        all.push(Body { key: r.get(0)?, id: r.get(1)?, page: r.get(2)?, texts });
    }
    Ok(all)
}

/// The events or the claims of an article, as they were coded.
fn seen(conn: &Connection, what: What, body: &Body) -> Result<Vec<Seen>, Error> {
    const EVENTS: &str = "SELECT r.nth, r.id, r.start, r.end, s.start, s.end,
             coalesce((SELECT x.coded->'row'->>'type' FROM t_corrected x
                 WHERE x.article = r.article AND x.what = 'event' AND x.nth = r.nth), r.type), coalesce(s.part, 1)
         FROM t_events r LEFT JOIN t_sentences s ON s.article = r.article AND s.nth = r.sentence
         WHERE r.article = ?1 ORDER BY r.nth";
    const CLAIMS: &str = "SELECT r.nth, r.id, coalesce(r.cue_spans->>'$[0][0]', r.content_spans->>'$[0][0]', 0),
             coalesce(r.cue_spans->>'$[0][1]', r.content_spans->>'$[0][1]', 0), s.start, s.end, r.stance,
             coalesce(s.part, 1)
         FROM t_claims r LEFT JOIN t_sentences s ON s.article = r.article AND s.nth = r.sentence
         WHERE r.article = ?1 ORDER BY r.nth";
    let mut ask = conn.prepare_cached(if what == What::Event { EVENTS } else { CLAIMS })?;
    let mut rows = ask.query(params![body.key])?;
    let mut all = Vec::new();
    while let Some(r) = rows.next()? {
        let whole: (Option<usize>, Option<usize>) = (r.get(4)?, r.get(5)?);
        all.push(Seen {
            spot: Spot { what, article: body.key, nth: r.get(0)? },
            id: r.get(1)?,
            part: r.get(7)?,
            words: Span::new(r.get(2)?, r.get(3)?),
            sentence: whole.0.zip(whole.1).map(|(start, end)| Span::new(start, end)),
            kind: r.get(6)?,
        });
    }
    Ok(all)
}
