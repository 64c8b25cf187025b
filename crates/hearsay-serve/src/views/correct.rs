//! Forms that correct a row, and what was corrected of it.

use crate::ask::Ask;
use crate::error::Trouble;
use hearsay_store::Row;
use hearsay_types::correction::Act;
use maud::{Markup, html};
use serde_json::{Value, json};

/// What a form is about, with what can be done to it: the act, its name, and what has to be told.
type Acts = &'static [(&'static str, &'static str)];

/// What can be corrected of an event.
pub const EVENT: Acts = &[
    ("reject", "It is no event"),
    ("re-type", "It is of another type (TYPE mode)"),
    ("re-date", "It was at another time (2012-02..2012-03, none)"),
    ("re-place", "It was at another place (a name or id of the record, none)"),
    ("set-status", "It stands otherwise (happened, denied, alleged, planned, …)"),
];

/// What can be corrected of a claim.
pub const CLAIM: Acts = &[
    ("reject", "It is no claim"),
    ("fix-source-actor", "An actor of the record says it (name or id)"),
    ("fix-source-name", "Somebody else says it (name)"),
    ("fix-source-unnamed", "Somebody who is not named says it (description)"),
];

/// What can be corrected of an actor.
pub const ACTOR: Acts = &[("merge-actors", "It is the same as another actor (name or id), which stays")];

/// What can be corrected of an incident.
pub const INCIDENT: Acts = &[
    ("merge-incidents", "It is the same as other incidents (ids)"),
    ("split-incident", "Some of its reports tell of another one (ids of events)"),
];

/// What was corrected of a row, and a form to correct it; nothing where the page cannot change the record.
pub fn section(ask: &Ask, acts: Acts, row: &str, back: &str) -> Result<Markup, Trouble> {
    let Some(token) = ask.token() else { return Ok(html! {}) };
    let made = ask.store.show(row)?.corrections;
    Ok(html! {
        @if !made.is_empty() {
            section.corrections aria-label="Corrections" {
                h3 { "Corrected" }
                ul.plain { @for one in &made { li { (told(one)) (undo(token, word(one, "id"), back)) } } }
            }
        }
        details.correct {
            summary { "Correct this" }
            form method="post" action="/correct" {
                (hidden(token, row, back))
                p { label { "What is wrong " select name="act" { @for (act, name) in acts { option value=(act) { (name) } } } } }
                p { label { "What is right " input name="value" dir="auto" autocomplete="off"; } }
                p { label { "Why " input name="why" required dir="auto" autocomplete="off"; } }
                p { label { "Who you are " input name="who" required autocomplete="name"; } }
                p { button { "Correct" } }
            }
        }
    })
}

/// A row that was rejected, with the way back; nothing where the id is that of no such row.
pub fn rejected(ask: &Ask, row: &str, back: &str) -> Result<Markup, Trouble> {
    let Ok(shown) = ask.store.show(row) else { return Ok(html! {}) };
    Ok(html! {
        @if shown.rejected {
            section.card aria-labelledby="row" {
                h2 #row { "Rejected" }
                p { "This row was taken out of the record." }
                @if !ask.masks() {
                    ul.plain {
                        @for one in &shown.corrections {
                            li { (told(one)) @if let Some(token) = ask.token() { (undo(token, word(one, "id"), back)) } }
                        }
                    }
                }
            }
        }
    })
}

fn hidden(token: &str, row: &str, back: &str) -> Markup {
    html! {
        input type="hidden" name="token" value=(token);
        input type="hidden" name="row" value=(row);
        input type="hidden" name="back" value=(back);
    }
}

fn told(row: &Row) -> Markup {
    let act = serde_json::from_value::<Act>(json!({"act": row.get("act"), "value": row.get("value")}));
    let what = act.map_or_else(|_| word(row, "act").to_owned(), |act| act.told());
    let day = word(row, "at").split('T').next().unwrap_or_default();
    html! { bdi { (what) } ": " bdi { (word(row, "why")) } " " span.muted { bdi { (word(row, "who")) } ", " (day) } }
}

fn undo(token: &str, correction: &str, back: &str) -> Markup {
    html! {
        details {
            summary { "Take it back" }
            form method="post" action="/correct" {
                (hidden(token, correction, back))
                input type="hidden" name="act" value="undo";
                p { label { "Why " input name="why" required dir="auto" autocomplete="off"; } }
                p { label { "Who you are " input name="who" required autocomplete="name"; } }
                p { button { "Take it back" } }
            }
        }
    }
}

fn word<'a>(row: &'a Row, name: &str) -> &'a str {
    row.get(name).and_then(Value::as_str).unwrap_or_default()
}
