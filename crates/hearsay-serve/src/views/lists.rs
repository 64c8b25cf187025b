//! Rows in lists: events, claims, articles, and the chips that stand for them.

use crate::ask::Ask;
use crate::error::Trouble;
use crate::rows::articles::{Article, Line};
use crate::rows::claims::Claim;
use crate::rows::events::{Event, Who};
use crate::words as say;
use maud::{Markup, html};

/// Where a row is opened in its sentence.
pub fn row_address(article: &Article, id: &str, sentence: Option<i64>) -> String {
    let anchor = sentence.map_or_else(String::new, |nth| format!("#s{nth}"));
    format!("/articles/{}?row={id}{anchor}", article.id)
}

/// The sentence of a row: its part of the article and its bytes.
fn sentence(ask: &Ask, article: &Article, nth: Option<i64>) -> Result<Option<(i64, usize, usize)>, Trouble> {
    let Some(nth) = nth else { return Ok(None) };
    ask.one("SELECT part, start, end FROM t_sentences WHERE article = ?1 AND nth = ?2", [article.key, nth], |r| {
        Ok((r.get(0)?, r.get(1)?, r.get(2)?))
    })
}

/// A sentence with some of its spans marked. A row's spans are bytes of the text that its sentence stands in.
pub fn marked(article: &Article, at: (i64, usize, usize), marks: &[(usize, usize, &'static str)]) -> Markup {
    let (part, start, end) = at;
    let mut inside: Vec<_> = marks.iter().filter(|m| m.0 >= start && m.1 <= end && m.0 < m.1).collect();
    inside.sort();
    let mut pieces = Vec::new();
    let mut from = start;
    for (a, b, class) in inside {
        if *a < from {
            continue;
        }
        pieces.push((article.slice(part, from, *a), ""));
        pieces.push((article.slice(part, *a, *b), class));
        from = *b;
    }
    pieces.push((article.slice(part, from, end), ""));
    html! {
        @for (piece, class) in pieces {
            @if class.is_empty() { (piece) } @else { mark class=(class) { (piece) } }
        }
    }
}

/// The line under a row: who published it, when, in which article.
pub fn origin(article: &Article) -> Markup {
    html! {
        span.origin {
            @if let Some(publisher) = &article.publisher { bdi { (publisher) } ", " }
            @let told = article.published.told();
            @if !told.is_empty() { (told) ", " }
            cite dir="auto" { (article.headline()) }
        }
    }
}

/// An actor's name, with the way to its page.
pub fn who(all: &[Who], article: &Article) -> Markup {
    html! {
        @for (nth, one) in all.iter().enumerate() {
            @if nth > 0 { ", " }
            @match &one.id {
                Some(id) => a href={ "/actors/" (id) } { bdi { (article.say(&one.name)) } },
                None => bdi { (article.say(&one.name)) },
            }
        }
    }
}

/// A mark for the status of an event.
pub fn status(status: &str) -> Markup {
    html! { span class={ "status " (say::lane(status).name) } { (status) } }
}

/// A mark for a stance.
pub fn stance(stance: &str) -> Markup {
    html! { span class={ "stance " (say::side(stance)) } { (stance) } }
}

/// An event as a list shows it.
pub fn event(ask: &Ask, event: &Event) -> Result<Markup, Trouble> {
    let article = ask.article(event.article)?;
    let when = event.time.told();
    Ok(html! {
        li class={ "row " (say::quad_class(event.quad)) } {
            p.head {
                span.kind { (say::kind(&event.kind)) @if let Some(mode) = &event.mode { " · " (mode) } }
                (status(&event.status))
                span.facts {
                    (who(&event.actors, &article))
                    @if !event.recipients.is_empty() { span.arrow { " → " } (who(&event.recipients, &article)) }
                    @if let Some(place) = &event.place { span.dot { " · " } bdi { (place) } }
                    @if !when.is_empty() { span.dot { " · " } time { (when) } }
                }
            }
            (event_sentence(ask, &article, event)?)
            p.foot { (chains(event, &article)) (origin(&article)) }
        }
    })
}

/// The sentence of an event, its trigger marked, with the way to it.
pub fn event_sentence(ask: &Ask, article: &Article, event: &Event) -> Result<Markup, Trouble> {
    let marks = [(event.trigger.0, event.trigger.1, "trigger")];
    Ok(html! {
        @if let Some(at) = sentence(ask, article, event.sentence)? {
            p.sentence dir="auto" lang=[article.language.as_deref()] {
                a href=(row_address(article, &event.id, event.sentence)) { (marked(article, at, &marks)) }
            }
        }
    })
}

/// Who tells an event to whom.
pub fn chains(event: &Event, article: &Article) -> Markup {
    html! {
        @for chain in event.according_to.iter().filter(|c| c.len() > 1 && c[1..] != ["unnamed"]) {
            span.chain { (chain_words(chain, article)) }
        }
    }
}

fn chain_words(chain: &[String], article: &Article) -> Markup {
    html! {
        @for (nth, teller) in chain.iter().enumerate().skip(1) {
            @if nth > 1 { " › " }
            bdi { (article.say(teller)) }
        }
    }
}

/// What a claim marks in its sentence.
pub fn claim_marks(claim: &Claim) -> Vec<(usize, usize, &'static str)> {
    let of = |spans: &[(usize, usize)], class| spans.iter().map(|s| (s.0, s.1, class)).collect::<Vec<_>>();
    [of(&claim.content, "content"), of(&claim.source.spans, "source"), of(&claim.cue, "cue")].concat()
}

/// A claim as a list shows it.
pub fn claim(ask: &Ask, claim: &Claim) -> Result<Markup, Trouble> {
    let article = ask.article(claim.article)?;
    let at = sentence(ask, &article, claim.sentence)?;
    let marks = claim_marks(claim);
    let inside = at.is_some_and(|(_, start, end)| claim.content.iter().all(|s| s.0 >= start && s.1 <= end));
    Ok(html! {
        li class={ "row " (say::side(&claim.stance)) } {
            p.head { (source(claim, &article)) (stance(&claim.stance)) }
            @if let Some(at) = at {
                p.sentence dir="auto" lang=[article.language.as_deref()] {
                    a href=(row_address(&article, &claim.id, claim.sentence)) { (marked(&article, at, &marks)) }
                }
            }
            @if !inside {
                p.sentence.rest dir="auto" lang=[article.language.as_deref()] { mark.content { (article.words(claim.part, &claim.content)) } }
            }
            p.foot { (origin(&article)) }
        }
    })
}

/// A claim's source with the way to what it said.
pub fn source(claim: &Claim, article: &Article) -> Markup {
    let called = claim.source.called(article.part(claim.part));
    let shown = article.say(&called);
    html! {
        span.who {
            @if let Some(id) = &claim.source.actor {
                a href={ "/actors/" (id) } { bdi { (shown) } }
            } @else if let (Some(name), true) = (&claim.source.name, shown == called) {
                a href={ "/claims?source=" (say::escaped(name)) } { bdi { (shown) } }
            } @else {
                bdi { (shown) }
            }
            @if claim.source.anonymous { span.tag { "anonymous" } }
        }
    }
}

/// Articles in a table.
pub fn articles(ask: &Ask, lines: &[Line]) -> Result<Markup, Trouble> {
    let mut titles = Vec::new();
    for line in lines {
        titles.push(ask.article(line.key)?.headline());
    }
    Ok(html! {
        div.wide tabindex="0" role="region" aria-label="Articles" {
            table {
                thead { tr { th scope="col" { "Article" } th scope="col" { "Publisher" } th scope="col" { "Published" } th.n scope="col" { "Claims" } th.n scope="col" { "Events" } } }
                tbody {
                    @for (line, title) in lines.iter().zip(titles) {
                        tr {
                            th scope="row" dir="auto" lang=[line.language.as_deref()] { a href={ "/articles/" (line.id) } { (title) } }
                            td { bdi { (line.publisher.as_deref().unwrap_or("–")) } }
                            td.day { (line.published.told()) }
                            td.n { (line.claims) }
                            td.n { (line.events) }
                        }
                    }
                }
            }
        }
    })
}

/// A choice among addresses.
pub fn choice(label: &str, options: &[(String, String, bool)]) -> Markup {
    html! {
        nav.choice aria-label=(label) {
            @for (name, href, chosen) in options {
                a href=(href) aria-current=[chosen.then_some("true")] { (name) }
            }
        }
    }
}
