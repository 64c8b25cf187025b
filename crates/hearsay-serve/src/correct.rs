//! Corrections from the page: what a form sends becomes a wish, and the record is linked anew.

use crate::error::Trouble;
use crate::site::Site;
use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use hearsay_types::correction::{Other, Wish};
use serde::Deserialize;
use std::sync::Arc;

/// What a form sends.
#[derive(Debug, Deserialize, Default)]
#[serde(default)]
pub struct Sent {
    /// Shows that the form came from here.
    token: String,
    act: String,
    /// The id of the row.
    row: String,
    /// What it is set to.
    value: String,
    who: String,
    why: String,
    /// Where the form stood.
    back: String,
}

/// Makes a correction and goes back to where the form stood.
pub async fn correct(State(site): State<Arc<Site>>, Form(sent): Form<Sent>) -> Response {
    let back = local(&sent.back);
    let done = site.change(&sent.token, wish(&sent), &sent.who, &sent.why).await;
    done.map_or_else(|response| response, |()| Redirect::to(&back).into_response())
}

/// An address of this page, whatever the form says.
fn local(back: &str) -> String {
    let own = back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\r', '\n']);
    if own { back.to_owned() } else { "/".to_owned() }
}

fn wish(sent: &Sent) -> Result<Wish, Trouble> {
    let (row, value) = (sent.row.trim().to_owned(), sent.value.trim().to_owned());
    let words = || value.split([' ', ',']).filter(|w| !w.is_empty()).map(str::to_owned);
    Ok(match sent.act.as_str() {
        "reject" => Wish::Reject { row },
        "re-type" => {
            let mut words = words();
            Wish::Retype { event: row, kind: words.next().unwrap_or_default(), mode: words.next() }
        }
        "re-date" => Wish::Redate { event: row, days: value },
        "re-place" => Wish::Replace { event: row, place: value },
        "set-status" => Wish::SetStatus { event: row, status: value },
        "fix-source-actor" => Wish::FixSource { claim: row, source: Other::Actor(value), anonymous: false },
        "fix-source-name" => Wish::FixSource { claim: row, source: Other::Name(value), anonymous: false },
        "fix-source-unnamed" => Wish::FixSource { claim: row, source: Other::Name(value), anonymous: true },
        "merge-actors" => Wish::MergeActors { actor: row, into: value },
        "merge-incidents" => Wish::MergeIncidents { incidents: [row].into_iter().chain(words()).collect() },
        "split-incident" => Wish::SplitIncident { incident: row, events: words().collect() },
        "undo" => Wish::Undo { correction: row },
        _ => return Err(Trouble::Refused("the form does not say what is to be corrected".into())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_leads_back_to_these_pages_only() {
        assert_eq!(local("/articles/1?row=2#s3"), "/articles/1?row=2#s3");
        for elsewhere in ["//evil.example", "http://evil.example", "", "/\\evil.example", "/a\r\nb"] {
            assert_eq!(local(elsewhere), "/");
        }
    }

    #[test]
    fn a_form_becomes_a_wish() {
        let sent =
            |act: &str, value: &str| Sent { act: act.into(), row: "ab".into(), value: value.into(), ..Sent::default() };
        let kind = Wish::Retype { event: "ab".into(), kind: "COERCE".into(), mode: Some("arrest".into()) };
        assert_eq!(wish(&sent("re-type", " COERCE arrest")).unwrap(), kind);
        let merged = Wish::MergeIncidents { incidents: vec!["ab".into(), "c".into(), "d".into()] };
        assert_eq!(wish(&sent("merge-incidents", "c, d")).unwrap(), merged);
        assert!(wish(&sent("drop", "")).is_err());
    }
}
