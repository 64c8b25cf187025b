//! Actors.

use super::lists::choice;
use super::{Frame, articles, more};
use crate::ask::Ask;
use crate::error::Trouble;
use crate::rows::{actors, claims, events};
use crate::words::{actor_kind, count, counted, escaped};
use maud::{Markup, html};

/// So many rows of each sort stand on an actor's page.
const SHOWN: usize = 12;

/// The list of actors.
pub fn list(ask: &Ask, text: &str, kind: Option<&str>, after: &str) -> Result<Markup, Trouble> {
    let found = actors::list(ask, text, kind, after, 200)?;
    let kinds = actors::kinds(ask)?;
    let mut options = vec![("all".to_owned(), "/actors".to_owned(), kind.is_none())];
    options.extend(
        kinds.iter().map(|(k, n)| (format!("{} {n}", actor_kind(k)), format!("/actors?kind={k}"), kind == Some(k))),
    );
    let address =
        format!("/actors?q={}{}", escaped(text), kind.map_or_else(String::new, |k| format!("&kind={}", escaped(k))));
    Ok(Frame::new("Actors", "/actors").show(html! {
        h1 { "Actors" }
        form.inline action="/actors" { label for="name" { "Name" } input #name name="q" value=(text) dir="auto"; button { "Find" } }
        (choice("Kind", &options))
        div.wide tabindex="0" role="region" aria-label="Actors" {
            table {
                thead { tr { th scope="col" { "Actor" } th scope="col" { "Kind" } th scope="col" { "Country" } th.n scope="col" { "Articles" } th.n scope="col" { "Did" } th.n scope="col" { "Was done to" } th.n scope="col" { "Said" } } }
                tbody {
                    @for line in &found.rows {
                        tr {
                            th scope="row" { a href={ "/actors/" (line.actor.id) } { bdi { (line.actor.name) } } }
                            td { (actor_kind(&line.actor.kind)) }
                            td { (line.actor.country.as_deref().unwrap_or("")) }
                            (figure(line.articles)) (figure(line.did)) (figure(line.suffered)) (figure(line.said))
                        }
                    }
                }
            }
        }
        (more(&address, found.next.as_deref()))
    }))
}

/// So many parts of an actor are named.
const PARTS: usize = 40;

/// One actor.
pub fn page(ask: &Ask, id: &str) -> Result<Markup, Trouble> {
    let actor = actors::by_id(ask, id)?;
    let parts = actors::parts(ask, id)?;
    let whole = actor.part_of.as_deref().map(|of| actors::by_id(ask, of)).transpose().unwrap_or_default();
    let ids: Vec<String> = std::iter::once(&actor).chain(&parts).map(|a| a.id.clone()).collect();
    let keys: Vec<i64> = std::iter::once(&actor).chain(&parts).map(|a| a.key).collect();
    let partners = actors::partners(ask, &serde_json::to_string(&keys)?, 24)?;
    Ok(Frame::new(&actor.name, "/actors").show(html! {
        div.lead {
            h1 { bdi { (actor.name) } }
            p.intro {
                (actor_kind(&actor.kind))
                @if let Some(country) = &actor.country { ", " (country) }
                @if let Some(whole) = &whole { ", part of " a href={ "/actors/" (whole.id) } { bdi { (whole.name) } } }
                @if actor.basis == "text" { span.tag { "found in text" } }
            }
            @if !actor.aliases.is_empty() {
                details.aliases { summary { (counted(actor.aliases.len() as u64, "other name", "other names")) } p { @for (n, a) in actor.aliases.iter().enumerate() { @if n > 0 { ", " } bdi { (a) } } } }
            }
            @if !parts.is_empty() {
                p.muted { "With its parts: " @for (n, part) in parts.iter().take(PARTS).enumerate() { @if n > 0 { ", " } a href={ "/actors/" (part.id) } { bdi { (part.name) } } } @if parts.len() > PARTS { " and " (count((parts.len() - PARTS) as u64)) " others" } }
            }
        }
        div.beside {
            div { (rows(ask, &actor, &ids)?) }
            aside aria-labelledby="with" { (with(&actor, &partners)) }
        }
        (super::correct::section(ask, super::correct::ACTOR, &actor.id, &format!("/actors/{}", actor.id))?)
    }))
}

fn with(actor: &actors::Actor, partners: &[actors::Partner]) -> Markup {
    html! {
        h2 #with { "With whom" }
        p.muted { "What passed between them: acts, and articles that name both." }
        table.compact {
            thead { tr { th scope="col" { "Actor" } th.n scope="col" { abbr title="cooperative acts" { "coop." } } th.n scope="col" { abbr title="hostile acts" { "host." } } th.n scope="col" { abbr title="articles that name both" { "art." } } } }
            tbody {
                @for p in partners {
                    tr {
                        th scope="row" { a href={ "/pair/" (actor.id) "/" (p.id) } { bdi { (p.name) } } }
                        (figure(p.cooperative)) (figure(p.hostile)) (figure(p.articles))
                    }
                }
            }
        }
    }
}

/// A figure in a table; nought is faint.
fn figure(n: u64) -> Markup {
    html! { td.n.nought[n == 0] { (count(n)) } }
}

fn rows(ask: &Ask, actor: &actors::Actor, ids: &[String]) -> Result<Markup, Trouble> {
    let side = |side| {
        let wanted = events::Wanted { actors: ids.to_vec(), side: Some(side), ..events::Wanted::default() };
        Ok::<_, Trouble>((events::count(ask, &wanted)?, events::list(ask, &wanted, &events::After::default(), SHOWN)?))
    };
    let (did_n, did) = side(0)?;
    let (done_n, done) = side(1)?;
    let by = claims::Wanted { by: ids.to_vec(), ..claims::Wanted::default() };
    let of = claims::Wanted { about: ids.to_vec(), ..claims::Wanted::default() };
    let (said, about) = (claims::list(ask, &by, 0, SHOWN)?, claims::list(ask, &of, 0, SHOWN)?);
    let all = |more: bool, href: String, what: String| html! { @if more { p { a href=(href) { (what) } } } };
    Ok(html! {
        nav.choice aria-label="On this page" {
            a href="#did" { "What it did " (count(did_n)) } a href="#done" { "What was done to it " (count(done_n)) }
            a href="#said" { "What it said" } a href="#about" { "What was said of it" } a.narrowonly href="#with" { "With whom" }
        }
        section aria-labelledby="did" {
            h2 #did { "What it did" span.n { (count(did_n)) } }
            (articles::event_rows(ask, &did.rows)?)
            (all(did.next.is_some(), format!("/events?actor={}&side=0", actor.id), format!("All {}", count(did_n))))
        }
        section aria-labelledby="done" {
            h2 #done { "What was done to it" span.n { (count(done_n)) } }
            (articles::event_rows(ask, &done.rows)?)
            (all(done.next.is_some(), format!("/events?actor={}&side=1", actor.id), format!("All {}", count(done_n))))
        }
        section aria-labelledby="said" {
            h2 #said { "What it said" }
            (articles::claim_rows(ask, &said.rows)?)
            (all(said.next.is_some(), format!("/claims?actor={}", actor.id), "All that it said".into()))
        }
        section aria-labelledby="about" {
            h2 #about { "What was said of it" }
            (articles::claim_rows(ask, &about.rows)?)
            (all(about.next.is_some(), format!("/claims?about={}", actor.id), "All that was said of it".into()))
        }
    })
}
