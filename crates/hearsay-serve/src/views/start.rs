//! The first page: what is in the record, and ways in.

use super::Frame;
use crate::rows::start::Start;
use crate::words::{actor_kind, count, counted, escaped, lane, side};
use maud::{Markup, html};

/// The first page.
pub fn page(start: &Start, name: &str, board: Markup) -> Markup {
    Frame::new("Start", "/").show(html! {
        div.lead {
            h1 { bdi { (name) } }
            p.intro {
                (counted(start.articles, "article", "articles")) " from " (counted(start.publishers.len() as u64, "publisher", "publishers"))
                @let told = start.published.told();
                @if !told.is_empty() { ", published " (told) }
                ". Who did what to whom, when, where, and who says so."
            }
        }
        (figures(start))
        form.big role="search" action="/search" {
            label for="big" { "Search text, actors and places" }
            div { input #big name="q" type="search" dir="auto"; button { "Search" } }
        }
        (board)
        div.columns {
            section aria-labelledby="actors" {
                h2 #actors { "Most named actors" }
                table.plain {
                    thead { tr { th scope="col" { "Actor" } th.n scope="col" { "did" } th.n scope="col" { "was done to" } th.n scope="col" { "said" } } }
                    tbody {
                        @for line in &start.top {
                            tr {
                                th scope="row" { a href={ "/actors/" (line.actor.id) } { bdi { (line.actor.name) } } " " span.tag { (actor_kind(&line.actor.kind)) } }
                                td.n.nought[line.did == 0] { (count(line.did)) } td.n.nought[line.suffered == 0] { (count(line.suffered)) } td.n.nought[line.said == 0] { (count(line.said)) }
                            }
                        }
                    }
                }
                p { a href="/actors" { "All " (count(start.actors)) " actors" } }
            }
            section aria-labelledby="told" {
                h2 #told { "How it is told" }
                (bars("Claims by stance", &start.stances, |s| format!("/claims?stance={s}"), side))
                (bars("Events by status", &start.statuses, |s| format!("/events?status={s}"), |s| lane(s).name))
            }
        }
        div.columns {
            section aria-labelledby="pubs" {
                h2 #pubs { "Publishers" }
                ul.tags {
                    @for (publisher, n) in &start.publishers {
                        li { a href={ "/articles?publisher=" (escaped(publisher)) } { bdi { (publisher) } } " " span.n { (count(*n)) } }
                    }
                    @if start.unsigned > 0 { li.muted { "publisher not told " span.n { (count(start.unsigned)) } } }
                }
            }
            section aria-labelledby="places" {
                h2 #places { "Places of events" }
                ul.tags {
                    @for (id, place, n) in &start.places {
                        li { a href={ "/events?place=" (escaped(id)) } { bdi { (place) } } " " span.n { (count(*n)) } }
                    }
                }
            }
        }
        (unread(start))
    })
}

fn figures(start: &Start) -> Markup {
    let figure = |n: u64, name: &str, href: &str| {
        html! { li { a href=(href) { strong { (count(n)) } " " span { (name) } } } }
    };
    html! {
        ul.figures {
            (figure(start.events, "events", "/events"))
            (figure(start.claims, "claims", "/claims"))
            (figure(start.anonymous, "by anonymous sources", "/sources"))
            (figure(start.actors, "actors", "/actors"))
            (figure(start.articles, "articles", "/articles"))
            (figure(start.stories, "stories, reprints counted once", "/articles"))
        }
    }
}

/// Bars of a share each, with their figures.
fn bars(title: &str, rows: &[(String, u64)], href: impl Fn(&str) -> String, class: fn(&str) -> &'static str) -> Markup {
    let most = rows.iter().map(|(_, n)| *n).max().unwrap_or(1).max(1);
    html! {
        table.bars {
            caption { (title) }
            tbody {
                @for (name, n) in rows {
                    tr {
                        th scope="row" { a href=(href(name)) { (name) } }
                        td.n { (count(*n)) }
                        td.bar-cell { svg aria-hidden="true" viewBox="0 0 100 8" preserveAspectRatio="none" { rect class=(class(name)) width=(n * 100 / most) height="8" {} } }
                    }
                }
            }
        }
    }
}

fn unread(start: &Start) -> Markup {
    html! {
        section aria-labelledby="unread" {
            h2 #unread { "What could not be read" }
            ul.plain {
                @if start.failures > 0 {
                    li { a href="/failures" { (counted(start.failures, "input", "inputs")) } " could not be read." }
                } @else {
                    li { "Every one of " (counted(start.pages, "page", "pages")) " was read." }
                }
                @if start.undated > 0 { li { (counted(start.undated, "article does", "articles do")) " not tell when it was published." } }
                @if start.comments > 0 { li { (counted(start.comments, "reader comment was", "reader comments were")) " counted and left out." } }
            }
        }
    }
}
