//! The claim board: who asserts, who denies, who only repeats; and the page of one incident.

use super::lists::{self, choice};
use super::{Frame, more};
use crate::ask::Ask;
use crate::error::Trouble;
use crate::rows::claims::{self, Claim};
use crate::rows::events;
use crate::rows::incidents::{self, Details, Dispute, Incident, Party, Side, Voice};
use crate::words::{counted, kind, quad_class, says};
use maud::{Markup, html};

/// The page of the board.
pub fn page(ask: &Ask, show: &str, after: &str) -> Result<Markup, Trouble> {
    let (all, disputed) = incidents::counts(ask)?;
    let show = if show.is_empty() { if disputed > 0 { "disputed" } else { "several" } } else { show };
    let nth = after.parse().unwrap_or(0);
    let (rows, next) = match show {
        "disputed" => {
            let found = incidents::disputes(ask, nth, 40)?;
            (found.rows.iter().map(|d| dispute(ask, d)).collect::<Result<Vec<_>, _>>()?, found.next)
        }
        "all" => drawn(ask, incidents::all(ask, nth as i64, 60)?)?,
        _ => drawn(ask, incidents::several(ask, nth, 60)?)?,
    };
    let option = |name: &str, id: &str| (name.to_owned(), format!("/board?show={id}"), show == id);
    let options =
        [option("Disputed", "disputed"), option("Told by several", "several"), option("All incidents", "all")];
    Ok(Frame::new("Claim board", "/board").show(html! {
        h1 { "Claim board" }
        p.intro { "One row is one act or statement. Each name opens the sentence in which it says so. Whether it is so is for you to judge." }
        @if all == 0 && disputed == 0 {
            p { "This record has no incidents yet. They are made when it is built with this version: run " code { "hearsay build" } " again." }
        } @else {
            (choice("Rows", &options))
            (table(&rows))
            (more(&format!("/board?show={show}"), next.as_deref()))
        }
    }))
}

fn drawn(ask: &Ask, found: crate::rows::Stretch<Incident>) -> Result<(Vec<Markup>, Option<String>), Trouble> {
    Ok((found.rows.iter().map(|i| incident(ask, i)).collect::<Result<Vec<_>, _>>()?, found.next))
}

/// A board of rows.
fn table(rows: &[Markup]) -> Markup {
    html! {
        @if rows.is_empty() { p.muted { "None." } } @else {
            table.board {
                thead { tr { th scope="col" { "What" } th scope="col" { "Asserts" } th scope="col" { "Denies" } th scope="col" { "Only repeats" } } }
                tbody { @for row in rows { (row) } }
            }
        }
    }
}

/// The disputes with most tellers, for the first page.
pub fn short(ask: &Ask) -> Result<Markup, Trouble> {
    let found = incidents::disputes(ask, 0, 4)?;
    let rows = found.rows.iter().map(|d| dispute(ask, d)).collect::<Result<Vec<_>, _>>()?;
    Ok(html! {
        @if !rows.is_empty() {
            section aria-labelledby="disputed" {
                h2 #disputed { "Who says so, who denies it" }
                (table(&rows))
                p { a href="/board" { "The whole claim board" } }
            }
        }
    })
}

/// A chip: one teller, with the way to its sentence.
struct Chip {
    row: String,
    name: String,
    anonymous: bool,
    by: String,
}

fn chips(ask: &Ask, all: &[Chip], side: &str) -> Result<Markup, Trouble> {
    let mut made = Vec::new();
    for chip in all {
        let claim = claims::by_id(ask, &chip.row)?;
        let name = name(ask, chip, claim.as_ref())?;
        let said = claim.map(|c| Ok::<_, Trouble>(ask.article(c.article)?.words(c.part, &c.content))).transpose()?;
        made.push(html! {
            li {
                a class={ "chip " (side) } href={ "/rows/" (chip.row) } title=[said] {
                    bdi { (name) } @if chip.anonymous { span.tag { "anonymous" } }
                }
                @if !chip.by.is_empty() && chip.by != chip.name { span.via { "in " bdi { (chip.by) } } }
            }
        });
    }
    Ok(html! { @if made.is_empty() { span.muted { "–" } } @else { ul.chips { @for chip in made { (chip) } } } })
}

/// Words about a row, as they may be seen.
fn masked(ask: &Ask, row: &str, text: &str) -> Result<String, Trouble> {
    match incidents::article_of(ask, row)? {
        Some(key) if ask.masks() => Ok(ask.article(key)?.say(text)),
        _ => Ok(text.to_owned()),
    }
}

/// What a teller is called; one whose claim is at hand as the claim calls it.
fn name(ask: &Ask, chip: &Chip, claim: Option<&Claim>) -> Result<String, Trouble> {
    match claim.filter(|c| c.source.name.as_deref().is_some_and(|name| name == chip.name || !says(name))) {
        Some(claim) => {
            let article = ask.article(claim.article)?;
            Ok(article.say(&claim.source.called(article.part(claim.part))))
        }
        None => masked(ask, &chip.row, &chip.name),
    }
}

fn dispute(ask: &Ask, d: &Dispute) -> Result<Markup, Trouble> {
    let chip = |side: &Side| {
        let row = side.claim_id.clone().or_else(|| side.event_id.clone()).unwrap_or_default();
        let by = side.publisher.clone().unwrap_or_default();
        let name = if !says(&side.name) { by.clone() } else { side.name.clone() };
        Chip { row, name: if name.is_empty() { "the article".into() } else { name }, anonymous: side.anonymous, by }
    };
    let sides = |all: &[Side]| all.iter().map(chip).collect::<Vec<_>>();
    let incident = d.incident.as_deref().map(|id| incidents::by_id(ask, id)).transpose()?;
    let repeats = incident.as_ref().map(|i| voices(&i.repeats)).unwrap_or_default();
    let first = d.asserts.first().and_then(|s| s.claim_id.as_deref().or(s.event_id.as_deref()));
    let proposition = masked(ask, first.unwrap_or_default(), &d.proposition)?;
    Ok(html! {
        tr id={ "d" (d.id) } {
            th scope="row" {
                p.proposition dir="auto" { "“" (proposition.trim().trim_matches(['“', '”', '"'])) "”" }
                @if !d.why.is_empty() { p.under { (d.why) } }
                @if let Some(i) = &incident { p.under { a href={ "/incidents/" (i.id) } { (title(ask, i)?) } } }
            }
            td data-name="Asserts" { (chips(ask, &sides(&d.asserts), "for")?) }
            td data-name="Denies" { (chips(ask, &sides(&d.denies), "against")?) }
            td data-name="Only repeats" { (chips(ask, &repeats, "repeats")?) }
        }
    })
}

fn voices(all: &[Voice]) -> Vec<Chip> {
    let chip = |voice: &Voice| {
        let row = voice.claims.first().or(voice.events.first()).cloned().unwrap_or_default();
        let by = voice.publishers.join(", ");
        let name = if !says(&voice.name) { by.clone() } else { voice.name.clone() };
        let name = if name.is_empty() { "the article".into() } else { name };
        Chip { row, name, anonymous: voice.anonymous, by: if voice.author { String::new() } else { by } }
    };
    all.iter().map(chip).collect()
}

fn incident(ask: &Ask, i: &Incident) -> Result<Markup, Trouble> {
    Ok(html! {
        tr id={ "i" (i.id) } {
            th scope="row" {
                p { a href={ "/incidents/" (i.id) } { (title(ask, i)?) } " " (lists::status(&i.status)) }
                p.under { (counted(i.stories as u64, "story", "stories")) ", " (counted(i.publishers.len() as u64, "publisher", "publishers")) @let when = i.time.told(); @if !when.is_empty() { " · " (when) } }
            }
            td data-name="Asserts" { (chips(ask, &voices(&i.asserts), "for")?) }
            td data-name="Denies" { (chips(ask, &voices(&i.denies), "against")?) }
            td data-name="Only repeats" { (chips(ask, &voices(&i.repeats), "repeats")?) }
        }
    })
}

/// An incident in a line: what, who, to whom, where.
pub fn title(ask: &Ask, i: &Incident) -> Result<Markup, Trouble> {
    let names = |all: &[Party]| all.iter().take(4).map(|p| p.name.clone()).collect::<Vec<_>>().join(", ");
    let first = if ask.masks() { incidents::first_report(ask, i.key)?.unwrap_or_default() } else { String::new() };
    let (actors, recipients) = (masked(ask, &first, &names(&i.actors))?, masked(ask, &first, &names(&i.recipients))?);
    Ok(html! {
        span class={ "kind " (quad_class(i.quad)) } { (kind(&i.kind)) @if let Some(mode) = &i.mode { " · " (mode) } }
        @if !actors.is_empty() { " " bdi { (actors) } }
        @if !recipients.is_empty() { " → " bdi { (recipients) } }
        @if let Some(place) = &i.place { " · " bdi { (place) } }
    })
}

/// The page of one incident.
pub fn one(ask: &Ask, id: &str) -> Result<Markup, Trouble> {
    let i = incidents::by_id(ask, id)?;
    let details = incidents::details(ask, id)?;
    let disputed = details.disputes.iter().map(|d| dispute(ask, d)).collect::<Result<Vec<_>, _>>()?;
    let when = i.time.told();
    let parties = |all: &[Party]| {
        html! { @for (n, p) in all.iter().enumerate() { @if n > 0 { ", " } @match &p.actor_id { Some(id) => a href={ "/actors/" (id) } { bdi { (p.name) } }, None => bdi { (p.name) } } } }
    };
    Ok(Frame::new("Incident", "/board").show(html! {
        div.lead {
            h1 { (title(ask, &i)?) " " (lists::status(&i.status)) }
            p.intro { (counted(i.stories as u64, "story tells", "stories tell")) " of it, reprints counted once; published on their own by " (counted(i.publishers.len() as u64, "publisher", "publishers")) "." }
        }
        dl.facts {
            @if !i.actors.is_empty() { dt { "who" } dd { (parties(&i.actors)) } }
            @if !i.recipients.is_empty() { dt { "to whom" } dd { (parties(&i.recipients)) } }
            @if !when.is_empty() { dt { "when" } dd { (when) } }
            @if let Some(place) = &i.place { dt { "where" } dd { bdi { (place) } } }
            @if let Some(day) = &i.first_reported { dt { "first reported" } dd { (day) } }
            @if !i.publishers.is_empty() { dt { "publishers" } dd { bdi { (i.publishers.join(", ")) } } }
            dt { "id" } dd { code { (i.id) } }
        }
        section aria-labelledby="who" { h2 #who { "Who says so" } (table(&[incident(ask, &i)?])) }
        @if !disputed.is_empty() { section aria-labelledby="disputed" { h2 #disputed { "What is disputed" } (table(&disputed)) } }
        (numbers(&details))
        (changes(&details))
        (reports(ask, &details)?)
        (super::correct::section(ask, super::correct::INCIDENT, &i.id, &format!("/rows/{}", i.id))?)
    }))
}

fn numbers(details: &Details) -> Markup {
    html! {
        @if !details.numbers.is_empty() {
            section aria-labelledby="numbers" {
                h2 #numbers { "How many, and who says which" }
                table.narrow {
                    thead { tr { th scope="col" { "What" } th scope="col" { "Number" } th scope="col" { "Source" } th scope="col" { "Publisher" } } }
                    tbody {
                        @for tally in &details.numbers {
                            @for told in &tally.by {
                                tr {
                                    th scope="row" { (tally.kind) }
                                    td { a href={ "/rows/" (told.event) } { bdi { (told.value) } } }
                                    td { bdi { (told.source.as_deref().unwrap_or("–")) } }
                                    td { bdi { (told.publisher.as_deref().unwrap_or("–")) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn changes(details: &Details) -> Markup {
    html! {
        @if !details.changes.is_empty() {
            section aria-labelledby="changes" {
                h2 #changes { "What later reports tell otherwise" }
                ul.plain.dense {
                    @for change in &details.changes {
                        li {
                            a href={ "/rows/" (change.event) } { (change.what) } ": "
                            bdi { (change.before.as_deref().unwrap_or("not told")) } " → " bdi { (change.now.as_deref().unwrap_or("not told")) }
                            @if let Some(publisher) = &change.publisher { span.muted { ", " bdi { (publisher) } } }
                        }
                    }
                }
            }
        }
    }
}

fn reports(ask: &Ask, details: &Details) -> Result<Markup, Trouble> {
    let mut rows = Vec::new();
    for report in &details.reports {
        if let Some(event) = events::by_id(ask, &report.event_id)? {
            rows.push((lists::event(ask, &event)?, report.why.clone().unwrap_or_default()));
        }
    }
    Ok(html! {
        section aria-labelledby="reports" {
            h2 #reports { "Its reports" span.n { (rows.len()) } }
            ul.rows.joined { @for (row, why) in rows { (row) @if !why.is_empty() { li.why { "joined: " (why) } } } }
        }
    })
}
