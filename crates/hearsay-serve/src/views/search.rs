//! What was found.

use super::Frame;
use crate::ask::Ask;
use crate::days::Interval;
use crate::error::Trouble;
use crate::rows::{actors, articles};
use crate::words::{actor_kind, escaped};
use hearsay_store::Hit;
use maud::{Markup, html};

/// So many articles are shown.
const HITS: usize = 50;

/// The page of a search.
pub fn page(ask: &Ask, query: &str) -> Result<Markup, Trouble> {
    let query = query.trim();
    let (found, near, places) = if query.is_empty() {
        (Vec::new(), Vec::new(), Vec::new())
    } else {
        (ask.store.search(query, HITS)?, actors::list(ask, query, None, "", 12)?.rows, places(ask, query)?)
    };
    let mut hits = Vec::new();
    for one in &found {
        hits.extend(hit(ask, one)?);
    }
    let frame = Frame { title: "Search", room: "/search", query };
    Ok(frame.show(html! {
        h1 { "Search" @if !query.is_empty() { ": " bdi { (query) } } }
        p.muted { "All words must stand in the article. \"Words in quotes\" stand together; " code { "word*" } " stands for all words that begin so." }
        @if !near.is_empty() {
            section aria-labelledby="actors" {
                h2 #actors { "Actors" }
                ul.tags {
                    @for line in &near {
                        li { a href={ "/actors/" (line.actor.id) } { bdi { (line.actor.name) } } " " span.tag { (actor_kind(&line.actor.kind)) } " " span.n { (line.articles) } }
                    }
                }
            }
        }
        @if !places.is_empty() {
            section aria-labelledby="places" {
                h2 #places { "Places" }
                ul.tags { @for (id, name, n) in &places { li { a href={ "/events?place=" (escaped(id)) } { bdi { (name) } } " " span.n { (n) " events" } } } }
            }
        }
        section aria-labelledby="articles" {
            h2 #articles { "Articles" }
            @if hits.is_empty() { p { "Nothing was found." } }
            ul.rows { @for hit in hits { (hit) } }
        }
    }))
}

/// An article that was found; none where only hidden names matched.
fn hit(ask: &Ask, hit: &Hit) -> Result<Option<Markup>, Trouble> {
    let article = ask.article(articles::key(ask, &hit.article_id)?)?;
    let clear = |m: &&hearsay_types::Span| hit.text.get(m.start..m.end).is_some_and(|word| article.say(word) == word);
    let marks: Vec<_> = hit.marks.iter().filter(clear).collect();
    if marks.is_empty() && !hit.marks.is_empty() {
        return Ok(None);
    }
    let mut pieces = Vec::new();
    let mut from = 0;
    for mark in marks {
        pieces.push((hit.text.get(from..mark.start).unwrap_or_default(), false));
        pieces.push((hit.text.get(mark.start..mark.end).unwrap_or_default(), true));
        from = mark.end;
    }
    pieces.push((hit.text.get(from..).unwrap_or_default(), false));
    let anchor = sentence(ask, article.key, hit.sentence_id.as_deref())?;
    let when = Interval::new(hit.earliest.clone(), hit.latest.clone()).told();
    Ok(Some(html! {
        li.row {
            p.head { a.title href={ "/articles/" (article.id) } dir="auto" lang=[article.language.as_deref()] { (article.headline()) } }
            p.sentence dir="auto" lang=[article.language.as_deref()] {
                a href={ "/articles/" (article.id) (anchor) } {
                    @for (piece, found) in pieces {
                        @let piece = article.say(piece);
                        @if found { mark.found { (piece) } } @else { (piece) }
                    }
                }
            }
            p.foot { span.origin { @if let Some(publisher) = &hit.publisher { bdi { (publisher) } ", " } (when) } }
        }
    }))
}

fn sentence(ask: &Ask, article: i64, id: Option<&str>) -> Result<String, Trouble> {
    let Some(id) = id else { return Ok(String::new()) };
    Ok(articles::sentence(ask, article, id)?.map_or_else(String::new, |nth| format!("#s{nth}")))
}

/// The places of events whose name holds the words.
fn places(ask: &Ask, text: &str) -> Result<Vec<(String, String, u64)>, Trouble> {
    ask.all(
        "SELECT place_id, min(place_name), count(*) FROM t_events
         WHERE place_id IS NOT NULL AND instr(lower(place_name), ?1) GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 12",
        [text.to_lowercase()],
        |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)),
    )
}
