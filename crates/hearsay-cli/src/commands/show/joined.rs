//! Incidents and disputes as a person reads them.

use super::{LABEL, at, found, interval, labelled, word};
use crate::talk;
use hearsay_store::{Row, Shown};
use serde_json::Value;

pub(super) fn fields(shown: &Shown) -> Vec<(&'static str, String)> {
    let row = &shown.row;
    if shown.table == "disputes" {
        return vec![
            ("about", word(row, "proposition").to_owned()),
            ("incident", word(row, "incident_id").to_owned()),
            ("says so", names(row, "tellers_for")),
            ("denies it", names(row, "tellers_against")),
            ("since", word(row, "first_disputed").to_owned()),
            ("why", word(row, "why").to_owned()),
        ];
    }
    let mut fields = vec![
        ("who", names(row, "actors")),
        ("to whom", names(row, "recipients")),
        ("where", at(row, &["place", "name"])),
        ("when", interval(row.get("interval"))),
        ("told", told(row)),
        ("says so", names(row, "tellers_for")),
        ("denies it", names(row, "tellers_against")),
        ("repeats it", names(row, "relays")),
    ];
    fields.extend(list(row, "numbers").iter().map(|n| ("how many", number(n))));
    fields.extend(list(row, "changes").iter().map(|c| ("changed", change(c))));
    fields
}

fn list<'a>(row: &'a Row, name: &str) -> &'a [Value] {
    row.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}

/// Names, each once; who has none is somebody.
fn names(row: &Row, side: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for one in list(row, side) {
        let name = Some(text(one, "name")).filter(|n| !n.is_empty()).unwrap_or("somebody");
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}

/// By how many it is told, and since when.
fn told(row: &Row) -> String {
    let (stories, publishers) = (list(row, "stories").len() as u64, list(row, "publishers"));
    let mut told = format!("in {}", talk::counted(stories, "story", "stories"));
    let named: Vec<&str> = publishers.iter().filter_map(Value::as_str).collect();
    if !named.is_empty() {
        told += &format!(" by {}", named.join(", "));
    }
    match word(row, "first_reported") {
        "" => told,
        day => format!("{told}; first on {day}"),
    }
}

fn number(number: &Value) -> String {
    let by = number.get("by").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let said = |f: &Value| format!("{} ({})", text(f, "value"), who(f));
    format!("{}: {}", text(number, "kind"), by.iter().map(said).collect::<Vec<_>>().join("; "))
}

/// The source, the publisher and the day, as far as they are told.
fn who(figure: &Value) -> String {
    let mut parts = vec![text(figure, "source"), text(figure, "publisher"), text(figure, "published")];
    parts.retain(|p| !p.is_empty());
    parts.dedup();
    if parts.is_empty() { "nobody is named".to_owned() } else { parts.join(", ") }
}

fn change(change: &Value) -> String {
    let by = who(change);
    format!("{}: {}, before {} ({by})", text(change, "what"), text(change, "now"), text(change, "before"))
}

/// Each report with its sentence and why it belongs here.
pub(super) fn reports(shown: &Shown) -> Vec<String> {
    let sentence = |id: &str| {
        let told = |(_, row): &&(&str, Row)| word(row, "id") == id;
        shown.related.iter().find(told).map_or("", |(_, row)| word(row, "text"))
    };
    if shown.table == "disputes" {
        return shown.related.iter().map(|(_, row)| labelled("sentence", word(row, "text"))).collect();
    }
    let report = |r: &Value| {
        let head = labelled("report", &format!("{} {}", who(r), text(r, "event_id")));
        format!(
            "{head}\n             {}\n             {LABEL}{}{LABEL:#}",
            sentence(text(r, "sentence_id")),
            text(r, "why")
        )
    };
    list(&shown.row, "reports").iter().map(report).collect()
}

/// One line about an incident, for the rows that belong to it.
pub(super) fn brief(row: &Row) -> String {
    let reports = found(row, &["events"]).and_then(Value::as_array).map_or(0, Vec::len) as u64;
    let mut parts = vec![word(row, "type").to_owned(), at(row, &["place", "name"]), interval(row.get("interval"))];
    parts.push(talk::counted(reports, "report", "reports"));
    parts.push(word(row, "id").to_owned());
    parts.retain(|p| !p.is_empty());
    parts.join(", ")
}
