//! The timeline, and the relation of two actors over time.

use super::lists::choice;
use super::{Frame, articles};
use crate::ask::Ask;
use crate::days::{By, Interval, bounds, bucket};
use crate::error::Trouble;
use crate::pictures::{self, timeline::Timeline};
use crate::rows::times::{self, Cell};
use crate::rows::{actors, claims, events};
use crate::words::{LANES, count, counted, lane, side};
use maud::{Markup, html};

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
    let wanted = events::Wanted { from: span.from.clone(), to: span.to.clone(), ..events::Wanted::default() };
    let (from, to) = match (span.from.clone().zip(span.to.clone()), times::span(ask, &wanted)?) {
        (Some(chosen), _) => chosen,
        (None, Some(found)) => found,
        (None, None) => return Ok(empty()),
    };
    let by = span.by.unwrap_or_else(|| By::fitting(&from, &to));
    let buckets = by.buckets(&from, &to, MOST);
    let cells = times::events(ask, &wanted, by)?;
    let said = times::claims(ask, span.from.as_deref(), span.to.as_deref(), by)?;
    let drawn: u64 = cells.iter().map(|c| c.n).sum();
    let undated = events::count(ask, &wanted)?.saturating_sub(drawn);
    let chosen = span.from.is_some() || span.to.is_some();
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

fn table(buckets: &[String], cells: &[Cell], said: &[(String, String, u64)]) -> Markup {
    let sum = |b: &str, name: &str| {
        cells.iter().filter(|c| c.bucket == b && lane(&c.status).name == name).map(|c| c.n).sum::<u64>()
    };
    let claims = |b: &str, of: &str| said.iter().filter(|c| c.0 == b && side(&c.1) == of).map(|c| c.2).sum::<u64>();
    let filled: Vec<&String> =
        buckets.iter().filter(|b| cells.iter().any(|c| c.bucket == **b) || said.iter().any(|c| c.0 == **b)).collect();
    html! {
        div.wide tabindex="0" role="region" aria-label="Timeline as a table" {
            table {
                thead { tr { th scope="col" { "When" } @for l in LANES { th.n scope="col" { (l.title) } } th.n scope="col" { "Claims for" } th.n scope="col" { "Claims against" } th.n scope="col" { "Other claims" } } }
                tbody {
                    @for b in filled {
                        @let (from, to) = bounds(b);
                        tr {
                            th scope="row" { a href={ "/timeline?from=" (from) "&to=" (to) } { (bucket(b)) } }
                            @for l in LANES {
                                @let n = sum(b, l.name);
                                td.n { @if n > 0 { a href={ "/events?from=" (from) "&to=" (to) "&lane=" (l.name) } { (count(n)) } } }
                            }
                            td.n { (claims(b, "for")) } td.n { (claims(b, "against")) } td.n { (claims(b, "repeats") + claims(b, "other")) }
                        }
                    }
                }
            }
        }
    }
}

/// The page of a pair of actors.
pub fn pair(ask: &Ask, a: &str, b: &str, span: &Span) -> Result<Markup, Trouble> {
    let (one, other) = (actors::by_id(ask, a)?, actors::by_id(ask, b)?);
    let (ours, theirs) = (actors::group(ask, a)?, actors::group(ask, b)?);
    let wanted = events::Wanted { actors: ours.clone(), with: theirs.clone(), ..events::Wanted::default() };
    let all = events::list(ask, &wanted, &events::After::default(), 100)?;
    let rows = articles::event_rows(ask, &all.rows)?;
    let said = |by: &[String], about: &[String]| {
        let wanted = claims::Wanted { by: by.to_vec(), about: about.to_vec(), ..claims::Wanted::default() };
        articles::claim_rows(ask, &claims::list(ask, &wanted, 0, 30)?.rows)
    };
    let (by_one, by_other) = (said(&ours, &theirs)?, said(&theirs, &ours)?);
    let both = both(ask, &ours, &theirs)?;
    let title = format!("{} and {}", one.name, other.name);
    let address = format!("/events?actor={a}&with={b}");
    Ok(Frame::new(&title, "/actors").show(html! {
        h1 { a.plainlink href={ "/actors/" (a) } { bdi { (one.name) } } " and " a.plainlink href={ "/actors/" (b) } { bdi { (other.name) } } }
        p.intro { "What passed between them, each with its parts." }
        (relation(ask, &wanted, span, &format!("/pair/{a}/{b}"), &address)?)
        section aria-labelledby="rows" {
            h2 #rows { "Acts between them" span.n { (count(events::count(ask, &wanted)?)) } }
            (rows)
            @if all.next.is_some() { p { a href=(address) { "All of them" } } }
        }
        section aria-labelledby="said" { h2 #said { "What " bdi { (one.name) } " said of " bdi { (other.name) } } (by_one) }
        section aria-labelledby="heard" { h2 #heard { "What " bdi { (other.name) } " said of " bdi { (one.name) } } (by_other) }
        section aria-labelledby="both" { h2 #both { "Sentences that name both" } (both) }
    }))
}

/// The relation as a picture, and as a table by year or month.
fn relation(ask: &Ask, wanted: &events::Wanted, span: &Span, page: &str, address: &str) -> Result<Markup, Trouble> {
    let Some((from, to)) = times::span(ask, wanted)? else {
        return Ok(html! { p.muted { "No act between them has a day." } });
    };
    let mut by = span.by.unwrap_or_else(|| By::fitting(&from, &to));
    let mut cells = times::events(ask, wanted, by)?;
    if cells.is_empty() && span.by.is_none() {
        by = By::Year;
        cells = times::events(ask, wanted, by)?;
    }
    let buckets = by.buckets(&from, &to, MOST);
    let options = [By::Month, By::Year].map(|b| (b.name().to_owned(), format!("{page}?by={}", b.name()), b == by));
    let dated: u64 = cells.iter().map(|c| c.n).sum();
    let undated = events::count(ask, wanted)?.saturating_sub(dated);
    let sum =
        |b: &str, good: bool| cells.iter().filter(|c| c.bucket == b && (c.quad <= 2) == good).map(|c| c.n).sum::<u64>();
    Ok(html! {
        (choice("By", &options))
        figure {
            div.picture tabindex="0" role="region" aria-label="Picture of the relation" { (pictures::relation::svg(&buckets, &cells, address)) }
            (pictures::key())
            @if undated > 0 { figcaption.muted { (counted(undated, "act is", "acts are")) " not known to the " (by.name()) "." } }
        }
        table.narrow {
            thead { tr { th scope="col" { "When" } th.n scope="col" { "Cooperative" } th.n scope="col" { "Hostile" } } }
            tbody {
                @for b in buckets.iter().filter(|b| cells.iter().any(|c| c.bucket == **b)) {
                    @let (from, to) = bounds(b);
                    tr { th scope="row" { a href={ (address) "&from=" (from) "&to=" (to) } { (bucket(b)) } } td.n { (sum(b, true)) } td.n { (sum(b, false)) } }
                }
            }
        }
    })
}

/// Sentences that name an actor of both groups, in the order of the days that they, or their reports, tell of.
fn both(ask: &Ask, ours: &[String], theirs: &[String]) -> Result<Markup, Trouble> {
    let found = ask.all(
        "WITH ours AS MATERIALIZED (SELECT key FROM t_actors WHERE id IN (SELECT value FROM json_each(?1))),
         theirs AS MATERIALIZED (SELECT key FROM t_actors WHERE id IN (SELECT value FROM json_each(?2))),
         near AS MATERIALIZED (SELECT DISTINCT m.article AS article, m.sentence AS sentence
             FROM (SELECT article FROM t_article_actors WHERE actor IN ours
                 INTERSECT SELECT article FROM t_article_actors WHERE actor IN theirs LIMIT 300) j
                 CROSS JOIN t_mentions m ON m.article = j.article
                 CROSS JOIN t_mentions o ON o.article = m.article AND o.sentence = m.sentence
             WHERE m.actor IN ours AND o.actor IN theirs LIMIT 200),
         dated AS (SELECT near.*, (SELECT min(t.earliest || t.latest) FROM t_mentions t WHERE t.article = near.article
                 AND t.sentence = near.sentence AND t.kind = 'time' AND t.earliest IS NOT NULL AND t.latest IS NOT NULL) AS days FROM near)
         SELECT d.article, s.nth, s.part, s.start, s.end, substr(d.days, 1, 10), substr(d.days, 11)
         FROM dated d JOIN t_sentences s ON s.article = d.article AND s.nth = d.sentence
             JOIN t_articles a ON a.key = d.article
         ORDER BY coalesce(d.days, a.published_earliest, '9999'), d.article, s.nth LIMIT 60",
        (serde_json::to_string(ours)?, serde_json::to_string(theirs)?),
        |r| {
            let days = Interval::new(r.get(5)?, r.get(6)?);
            Ok((r.get::<_, i64>(0)?, r.get::<_, i64>(1)?, (r.get(2)?, r.get(3)?, r.get(4)?), days.told()))
        },
    )?;
    let mut items = Vec::new();
    for (key, nth, at, days) in found {
        let article = ask.article(key)?;
        items.push(html! {
            li.row {
                @if !days.is_empty() { p.head { time.kind { (days) } } }
                p.sentence dir="auto" lang=[article.language.as_deref()] { a href={ "/articles/" (article.id) "#s" (nth) } { (super::lists::marked(&article, at, &[])) } }
                p.foot { (super::lists::origin(&article)) }
            }
        });
    }
    Ok(html! { @if items.is_empty() { p.muted { "None." } } @else { ul.rows { @for item in items { (item) } } } })
}
