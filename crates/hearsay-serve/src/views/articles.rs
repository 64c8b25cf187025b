//! Lists of articles, of claims, of events, of sources, of what could not be read.

use super::lists::{self, choice};
use super::{Frame, more};
use crate::ask::Ask;
use crate::error::Trouble;
use crate::rows::claims::Claim;
use crate::rows::events::Event;
use crate::rows::{Stretch, articles, claims, start};
use crate::words::{counted, escaped, naming};
use maud::{Markup, html};

/// A list of articles.
pub fn list(ask: &Ask, publisher: Option<&str>, after: i64) -> Result<Markup, Trouble> {
    let found = articles::list(ask, publisher, after, 100)?;
    let address = publisher.map_or_else(|| "/articles".into(), |p| format!("/articles?publisher={}", escaped(p)));
    Ok(Frame::new("Articles", "/articles").show(html! {
        h1 { "Articles" @if let Some(publisher) = publisher { " of " bdi { (publisher) } } }
        (lists::articles(ask, &found.rows)?)
        (more(&address, found.next.as_deref()))
    }))
}

/// A list of events.
pub fn events(
    ask: &Ask,
    title: &Markup,
    filters: &Markup,
    found: &Stretch<Event>,
    address: &str,
) -> Result<Markup, Trouble> {
    Ok(Frame::new("Events", "/events").show(html! {
        h1 { (title) }
        (filters)
        (event_rows(ask, &found.rows)?)
        (more(address, found.next.as_deref()))
    }))
}

/// Events under each other.
pub fn event_rows(ask: &Ask, rows: &[Event]) -> Result<Markup, Trouble> {
    let rows = rows.iter().map(|e| lists::event(ask, e)).collect::<Result<Vec<_>, _>>()?;
    Ok(html! { @if rows.is_empty() { p.muted { "None." } } @else { ul.rows { @for row in rows { (row) } } } })
}

/// Claims under each other.
pub fn claim_rows(ask: &Ask, rows: &[Claim]) -> Result<Markup, Trouble> {
    let rows = rows.iter().map(|c| lists::claim(ask, c)).collect::<Result<Vec<_>, _>>()?;
    Ok(html! { @if rows.is_empty() { p.muted { "None." } } @else { ul.rows { @for row in rows { (row) } } } })
}

/// A list of claims.
pub fn claims(ask: &Ask, wanted: &claims::Wanted, found: &Stretch<Claim>, address: &str) -> Result<Markup, Trouble> {
    let stances = ask.all("SELECT DISTINCT stance FROM t_claims ORDER BY 1", [], |r| r.get::<_, String>(0))?;
    let mut options = vec![("all".to_owned(), "/claims".to_owned(), wanted.stance.is_none())];
    options.extend(stances.into_iter().map(|s| {
        let chosen = wanted.stance.as_deref() == Some(&s);
        (s.clone(), format!("/claims?stance={s}"), chosen)
    }));
    Ok(Frame::new("Claims", "/claims").show(html! {
        h1 {
            @if let Some(source) = &wanted.source { "What “" bdi { (source) } "” said" }
            @else if wanted.anonymous { "What anonymous sources said" }
            @else { "Claims" }
        }
        (choice("Stance", &options))
        (claim_rows(ask, &found.rows)?)
        (more(address, found.next.as_deref()))
    }))
}

/// Every anonymous source and what it said.
pub fn sources(ask: &Ask, after: i64) -> Result<Markup, Trouble> {
    let all = claims::anonymous(ask, 60)?;
    let wanted = claims::Wanted { anonymous: true, ..claims::Wanted::default() };
    let found = claims::list(ask, &wanted, after, 100)?;
    Ok(Frame::new("Sources", "/sources").show(html! {
        h1 { "Anonymous sources" }
        p.intro { "Sources that a reader cannot know, and what each of them said." }
        div.split {
            aside aria-labelledby="called" {
                h2 #called { "As they are called" }
                ul.plain.dense {
                    @for source in &all {
                        li {
                            a href={ "/claims?source=" (escaped(&source.called)) } { bdi { (source.called) } }
                            " " span.n { (counted(source.said, "claim", "claims")) } " " span.muted { (naming(&source.naming)) }
                        }
                    }
                }
            }
            section aria-labelledby="said" {
                h2 #said { "What they said" }
                (claim_rows(ask, &found.rows)?)
                (more("/sources", found.next.as_deref()))
            }
        }
    }))
}

/// What could not be read.
pub fn failures(ask: &Ask, after: &str) -> Result<Markup, Trouble> {
    let found = Stretch::cut(start::failures(ask, after, 201)?, 200, |f| f.path.clone());
    Ok(Frame::new("Failures", "").show(html! {
        h1 { "What could not be read" }
        @if found.rows.is_empty() {
            p { "Everything was read." }
        } @else {
            div.wide tabindex="0" role="region" aria-label="Failures" {
                table {
                    thead { tr { th scope="col" { "Input" } th scope="col" { "Reason" } th scope="col" { "Code" } } }
                    tbody { @for f in &found.rows { tr { th scope="row" { bdi { (ask.path(&f.path)) } } td { (f.message) } td { code { (f.code) } } } } }
                }
            }
        }
        (more("/failures", found.next.as_deref()))
    }))
}
