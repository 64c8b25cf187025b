//! The timeline.

use super::lists::choice;
use super::{Frame, articles};
use crate::ask::Ask;
use crate::days::{By, bounds, bucket};
use crate::error::Trouble;
use crate::pictures::{self, timeline::Timeline};
use crate::rows::events;
use crate::rows::times::Cell;
use crate::words::{LANES, count, counted, lane, side};
use maud::{Markup, html};
use std::collections::BTreeMap;

/// The most buckets that are drawn.
const MOST: usize = 400;

/// What a timeline is asked for.
#[derive(Debug, Default)]
pub struct Span {
    pub from: Option<String>,
    pub to: Option<String>,
    pub by: Option<By>,
    /// Whether a map shows all of it.
    pub whole: bool,
}

impl Span {
    /// As an address tells it.
    fn query(&self, by: Option<By>) -> String {
        let parts = [("from", self.from.as_deref()), ("to", self.to.as_deref()), ("by", by.map(By::name))];
        let parts: Vec<String> = parts.iter().filter_map(|(name, v)| v.map(|v| format!("{name}={v}"))).collect();
        parts.join("&")
    }
}

/// The page of the timeline.
pub fn page(ask: &Ask, span: &Span) -> Result<Markup, Trouble> {
    let (sums, ends) = (ask.sums()?, (span.from.as_deref(), span.to.as_deref()));
    let (from, to) = match (span.from.clone().zip(span.to.clone()), sums.span(ends)) {
        (Some(chosen), _) => chosen,
        (None, Some(found)) => found,
        (None, None) => return Ok(empty()),
    };
    let by = span.by.unwrap_or_else(|| By::fitting(&from, &to));
    let buckets = by.buckets(&from, &to, MOST);
    let (cells, said) = (sums.events(ends, by), sums.claims(ends, by));
    let undated = sums.count(ends).saturating_sub(cells.iter().map(|c| c.n).sum());
    let chosen = span.from.is_some() || span.to.is_some();
    let wanted = events::Wanted { from: span.from.clone(), to: span.to.clone(), ..events::Wanted::default() };
    let below = if chosen { events::list(ask, &wanted, &events::After::default(), 40)?.rows } else { Vec::new() };
    let rows = articles::event_rows(ask, &below)?;
    Ok(Frame::new("Timeline", "/timeline").show(html! {
        h1 { "Timeline" }
        (controls(span, by, &from, &to))
        figure {
            div.picture tabindex="0" role="region" aria-label="Picture of the timeline" { (Timeline { buckets: &buckets, cells: &cells, claims: &said }.svg()) }
            (pictures::key())
            (pictures::sides())
            figcaption.muted {
                "Each bar leads to its rows. An event stands at its own day, or at the day of the report where the text tells none. "
                @if undated > 0 { (counted(undated, "event is", "events are")) " not known to the " (by.name()) ". " }
                @if buckets.len() == MOST { "Only the first " (MOST) " are drawn: choose a shorter span. " }
            }
        }
        details { summary { "The same as a table" } (table(&buckets, &cells, &said)) }
        @if chosen {
            section aria-labelledby="in" {
                h2 #in { "Events in this span" }
                (rows)
                p { a href={ "/events?" (span.query(None)) } { "All events of this span" } }
            }
        }
    }))
}

fn empty() -> Markup {
    Frame::new("Timeline", "/timeline").show(html! { h1 { "Timeline" } p { "No event in this record has a day." } })
}

fn controls(span: &Span, by: By, from: &str, to: &str) -> Markup {
    let option = |b: By| (b.name().to_owned(), format!("/timeline?{}", span.query(Some(b))), b == by);
    html! {
        div.controls {
            (choice("By", &[By::Day, By::Month, By::Year].map(option)))
            form.inline action="/timeline" {
                label for="from" { "From" } input #from name="from" type="date" value=(from);
                label for="to" { "to" } input #to name="to" type="date" value=(to);
                button { "Show" }
                @if span.from.is_some() || span.to.is_some() { a href="/timeline" { "Whole span" } }
            }
        }
    }
}

/// What stands in one row of the table: events by lane, claims for, against, and the others.
#[derive(Default)]
struct Line {
    lanes: [u64; LANES.len()],
    claims: [u64; 3],
}

/// The rows of the table, those that hold something.
fn lines<'a>(cells: &'a [Cell], said: &'a [(String, String, u64)]) -> BTreeMap<&'a str, Line> {
    let mut lines: BTreeMap<&str, Line> = BTreeMap::new();
    for cell in cells {
        let nth = LANES.iter().position(|l| l.name == lane(&cell.status).name).unwrap_or_default();
        lines.entry(&cell.bucket).or_default().lanes[nth] += cell.n;
    }
    for (bucket, stance, n) in said {
        let nth = match side(stance) {
            "for" => 0,
            "against" => 1,
            _ => 2,
        };
        lines.entry(bucket).or_default().claims[nth] += n;
    }
    lines
}

fn table(buckets: &[String], cells: &[Cell], said: &[(String, String, u64)]) -> Markup {
    let lines = lines(cells, said);
    html! {
        div.wide tabindex="0" role="region" aria-label="Timeline as a table" {
            table {
                thead { tr { th scope="col" { "When" } @for l in LANES { th.n scope="col" { (l.title) } } th.n scope="col" { "Claims for" } th.n scope="col" { "Claims against" } th.n scope="col" { "Other claims" } } }
                tbody {
                    @for (b, line) in buckets.iter().filter_map(|b| Some((b, lines.get(b.as_str())?))) {
                        @let (from, to) = bounds(b);
                        tr {
                            th scope="row" { a href={ "/timeline?from=" (from) "&to=" (to) } { (bucket(b)) } }
                            @for (l, n) in LANES.iter().zip(line.lanes) {
                                td.n { @if n > 0 { a href={ "/events?from=" (from) "&to=" (to) "&lane=" (l.name) } { (count(n)) } } }
                            }
                            @for n in line.claims { td.n { (n) } }
                        }
                    }
                }
            }
        }
    }
}
