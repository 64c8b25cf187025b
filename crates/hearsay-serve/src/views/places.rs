//! The map and the network, each with the table that tells the same.

use super::Frame;
use super::lists::choice;
use super::timeline::Span;
use crate::ask::Ask;
use crate::days::By;
use crate::error::Trouble;
use crate::pictures::{map::View, network as drawn};
use crate::rows::{events::Wanted, network, places};
use crate::words::{count, counted, escaped};
use maud::{Markup, html};

/// The choice of a year, or of a span of days.
fn years(ask: &Ask, page: &str, span: &Span) -> Result<Markup, Trouble> {
    let mut years: Vec<String> =
        ask.sums()?.events((None, None), By::Year).into_iter().map(|cell| cell.bucket).collect();
    years.dedup();
    let mut options = vec![("all".to_owned(), page.to_owned(), span.from.is_none() && span.to.is_none())];
    for year in &years {
        let (from, to) = crate::days::bounds(year);
        let chosen = span.from.as_ref() == Some(&from) && span.to.as_ref() == Some(&to);
        options.push((year.clone(), format!("{page}?from={from}&to={to}"), chosen));
    }
    Ok(html! {
        (choice("Year", &options))
        form.inline action=(page) {
            label for="from" { "From" } input #from name="from" type="date" value=(span.from.as_deref().unwrap_or(""));
            label for="to" { "to" } input #to name="to" type="date" value=(span.to.as_deref().unwrap_or(""));
            button { "Show" }
        }
    })
}

fn wanted(span: &Span) -> Wanted {
    Wanted { from: span.from.clone(), to: span.to.clone(), ..Wanted::default() }
}

/// The part of an address that tells the span.
fn query(span: &Span) -> String {
    let parts = [("from", &span.from), ("to", &span.to)];
    parts.iter().filter_map(|(name, v)| v.as_ref().map(|v| format!("{name}={v}&"))).collect()
}

/// The page of the map.
pub fn map(ask: &Ask, span: &Span) -> Result<Markup, Trouble> {
    let spots = places::spots(ask, &wanted(span), 400)?;
    let address = format!("/events?{}", query(span));
    Ok(Frame::new("Map", "/map").show(html! {
        h1 { "Map" }
        (years(ask, "/map", span)?)
        @match View::of(&spots, span.whole) {
            Some(view) => figure {
                @let out = spots.iter().filter(|s| s.precision != "country" && !view.holds(s)).count() as u64;
                div.picture tabindex="0" role="region" aria-label="Map" { (view.svg(&spots, &address)) }
                @if out > 0 { p.muted { (counted(out, "place lies", "places lie")) " outside of this picture. " a href={ "/map?whole=1&" (query(span)) } { "Show all" } } }
                @else if span.whole { p { a href={ "/map?" (query(span)) } { "Show where most of it was" } } }
                ul.key {
                    li { svg aria-hidden="true" width="16" height="12" { circle.dot.conflict cx="8" cy="6" r="5" {} } " a town, most acts hostile" }
                    li { svg aria-hidden="true" width="16" height="12" { circle.dot.cooperation cx="8" cy="6" r="5" {} } " most acts cooperative" }
                    li { svg aria-hidden="true" width="26" height="12" { circle.area.conflict cx="13" cy="6" r="5.4" {} } " somewhere in this area" }
                    li { svg aria-hidden="true" width="16" height="12" { rect.told width="16" height="12" fill="url(#p-country)" {} } " somewhere in this country" }
                }
                figcaption.muted { "Each place is as large as the text leaves it open. Borders are those of Natural Earth and say nothing about whose a place is." }
            },
            None => p { "No event of this span has a place that is known." },
        }
        (spot_table(&spots, &address))
    }))
}

fn spot_table(spots: &[places::Spot], address: &str) -> Markup {
    html! {
        @if !spots.is_empty() {
            details open[spots.len() <= 30] {
                summary { "The same as a table" }
                div.wide tabindex="0" role="region" aria-label="Map as a table" {
                    table {
                        thead { tr { th scope="col" { "Place" } th scope="col" { "Known to the" } th.n scope="col" { "Events" } th.n scope="col" { "Cooperative" } th.n scope="col" { "Hostile" } } }
                        tbody {
                            @for s in spots {
                                tr {
                                    th scope="row" { a href={ (address) "place=" (escaped(&s.id)) } { bdi { (s.name) } } }
                                    td { (s.precision) }
                                    td.n { (count(s.total())) } td.n { (count(s.quads[0] + s.quads[1])) } td.n { (count(s.quads[2] + s.quads[3])) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Where fewer pairs than this have acts between them, those that are named together are drawn as well.
const FEW: usize = 12;

/// The page of the network.
pub fn network(ask: &Ask, span: &Span) -> Result<Markup, Trouble> {
    let mut ties = network::ties(ask, &wanted(span), 60)?;
    if ties.len() < FEW {
        let known =
            |n: &network::Tie| ties.iter().any(|t| (&t.a, &t.b) == (&n.a, &n.b) || (&t.a, &t.b) == (&n.b, &n.a));
        let near: Vec<_> = network::near(ask, &wanted(span), 40)?.into_iter().filter(|n| !known(n)).collect();
        ties.extend(near);
    }
    Ok(Frame::new("Network", "/network").show(html! {
        h1 { "Network" }
        (years(ask, "/network", span)?)
        @if ties.is_empty() {
            p { "No sentence of this span names two known actors." }
        } @else {
            figure {
                div.picture tabindex="0" role="region" aria-label="Picture of the network" { (drawn::svg(&ties, "")) }
                ul.key {
                    li { svg aria-hidden="true" width="30" height="12" { line.cooperation x1="0" x2="30" y1="6" y2="6" stroke-width="3" {} } " cooperative" }
                    li { svg aria-hidden="true" width="30" height="12" { line.conflict x1="0" x2="30" y1="6" y2="6" stroke-width="3" {} } " hostile" }
                    li { svg aria-hidden="true" width="30" height="12" { line.mixed x1="0" x2="30" y1="6" y2="6" stroke-width="3" {} } " both" }
                    li { svg aria-hidden="true" width="30" height="12" { line.near x1="0" x2="30" y1="6" y2="6" stroke-width="2" {} } " named in one sentence, no act known" }
                }
                figcaption.muted { "The pairs with most acts between them; the thicker, the more. What is only alleged, denied or planned is in it: open a pair to see how it is told." }
            }
            details open {
                summary { "The same as a table" }
                div.wide tabindex="0" role="region" aria-label="Network as a table" {
                    table {
                        thead { tr { th scope="col" { "One" } th scope="col" { "Other" } th.n scope="col" { "Cooperative" } th.n scope="col" { "Hostile" } th.n scope="col" { "Sentences without an act" } th scope="col" { span.gone { "Pair" } } } }
                        tbody {
                            @for t in &ties {
                                tr {
                                    th scope="row" { a href={ "/actors/" (t.a) } { bdi { (t.a_name) } } }
                                    td { a href={ "/actors/" (t.b) } { bdi { (t.b_name) } } }
                                    td.n { (count(t.cooperative)) } td.n { (count(t.hostile)) } td.n { @if t.near > 0 { (count(t.near)) } }
                                    td { a href={ "/pair/" (t.a) "/" (t.b) } aria-label={ "What passed between " (t.a_name) " and " (t.b_name) } { "between them" } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }))
}
