//! Events in the shapes of older event coders: POLECAT's 40 columns, and CAMEO codes as one row a pair of actors.
//!
//! Both are comma-separated values with a header line. A column that the record knows nothing of is empty. Events that are
//! told only to be denied, planned, threatened or supposed are left out: those formats have no field that could say so.

use super::act::{day, plain, text};
use super::codes;
use super::sheet::Sheet;
use crate::{Error, Row, Seen};
use serde_json::Value;
use std::collections::HashMap;
use std::io::Write;

pub(super) const POLECAT: [&str; 40] = [
    "Event ID",
    "Event Date",
    "Event Type",
    "Event Mode",
    "Intensity",
    "Quad Code",
    "Contexts",
    "Actor Name",
    "Actor Country",
    "Actor COW",
    "Primary Actor Sector",
    "Actor Sectors",
    "Actor Title",
    "Actor Name Raw",
    "Wikipedia Actor ID",
    "Recipient Name",
    "Recipient Country",
    "Recipient COW",
    "Primary Recipient Sector",
    "Recipient Sectors",
    "Recipient Title",
    "Recipient Name Raw",
    "Wikipedia Recipient ID",
    "Placename",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
    "GeoNames ID",
    "Raw Placename",
    "Feature Type",
    "Source",
    "Publication Date",
    "Story People",
    "Story Organizations",
    "Story Locations",
    "Language",
    "Version",
];

pub(super) const CAMEO: [&str; 19] = [
    "EventID",
    "Date",
    "SourceName",
    "SourceCountry",
    "SourceSector",
    "TargetName",
    "TargetCountry",
    "TargetSector",
    "CAMEOCode",
    "CAMEORoot",
    "QuadClass",
    "PLOVERScore",
    "Text",
    "Latitude",
    "Longitude",
    "LocationName",
    "Publisher",
    "URL",
    "PublicationDate",
];

/// What an export needs of an article.
struct Story {
    publisher: String,
    url: String,
    language: String,
    published: String,
}

/// Writes the events in POLECAT's columns; gives the number of rows.
pub(super) fn write_polecat(seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
    write(seen, &POLECAT, |row, story| vec![polecat(row, story)], out)
}

/// Writes the events as CAMEO codes, a row a pair of actors; gives the number of rows.
pub(super) fn write_cameo(seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
    write(seen, &CAMEO, cameo, out)
}

fn write(
    seen: &Seen,
    columns: &[&str],
    rows: fn(&Row, &Story) -> Vec<Vec<String>>,
    out: &mut dyn Write,
) -> Result<u64, Error> {
    let mut stories: HashMap<String, Story> = HashMap::new();
    seen.each("articles", &mut |row| {
        stories.insert(text(&row, "id"), story(&row));
        Ok(())
    })?;
    let mut sheet = Sheet::csv(columns, out)?;
    let mut count = 0;
    seen.each("events", &mut |row| {
        let Some(story) = stories.get(&text(&row, "article_id")).filter(|_| is_told_as_done(&row)) else {
            return Ok(());
        };
        for fields in rows(&row, story) {
            sheet.row(&fields)?;
            count += 1;
        }
        Ok(())
    })?;
    sheet.end()?;
    Ok(count)
}

fn is_told_as_done(row: &Row) -> bool {
    codes::told_as_done(&text(row, "status"))
}

fn story(row: &Row) -> Story {
    Story {
        publisher: text(row, "publisher"),
        url: text(row, "url"),
        language: text(row, "language"),
        published: day(row.get("published")),
    }
}

/// One field of all participants of a side, joined by semicolons; participants without it are left out.
fn side(row: &Row, name: &str, field: &str) -> String {
    let list = row.get(name).and_then(Value::as_array);
    let values = list.into_iter().flatten().filter_map(|p| p.get(field)).map(plain);
    values.filter(|v| !v.is_empty()).collect::<Vec<_>>().join("; ")
}

fn raw(row: &Row, name: &str) -> String {
    let list = row.get(name).and_then(Value::as_array);
    let values = list.into_iter().flatten().filter_map(|p| p.get("span")?.get("text")).map(plain);
    values.filter(|v| !v.is_empty()).collect::<Vec<_>>().join("; ")
}

fn first(list: &str) -> String {
    list.split("; ").next().unwrap_or("").to_owned()
}

/// The event's own day, else the story's.
fn date(row: &Row, story: &Story) -> String {
    let own = day(row.get("time").and_then(|t| t.get("interval")));
    if own.is_empty() { story.published.clone() } else { own }
}

fn place(row: &Row, field: &str) -> String {
    row.get("place").and_then(|p| p.get(field)).map(plain).unwrap_or_default()
}

fn polecat(row: &Row, story: &Story) -> Vec<String> {
    let (kind, mode) = (text(row, "type"), text(row, "mode"));
    let quad = match &*text(row, "quad") {
        "1" => "VERBAL COOPERATION",
        "2" => "MATERIAL COOPERATION",
        "3" => "VERBAL CONFLICT",
        _ => "MATERIAL CONFLICT",
    };
    let contexts = row.get("context").and_then(Value::as_array).into_iter().flatten().map(plain).collect::<Vec<_>>();
    let none = String::new;
    let people = |name: &str| {
        let sectors = side(row, name, "sector");
        let names = side(row, name, "name");
        [names, side(row, name, "country"), none(), first(&sectors), sectors, none(), raw(row, name), none()]
    };
    let settlement = if place(row, "precision") == "settlement" { place(row, "name") } else { none() };
    let country = if place(row, "precision") == "country" { place(row, "name") } else { none() };
    let geonames = place(row, "place_id").strip_prefix("geonames:").unwrap_or("").to_owned();
    let where_told = row.get("place").and_then(|p| p.get("span")?.get("text")).map(plain).unwrap_or_default();
    let mut out = vec![text(row, "id"), date(row, story), kind.clone(), mode.clone()];
    out.extend([codes::cameo(&kind, &mode).0.to_owned(), quad.to_owned(), contexts.join("; ")]);
    out.extend(people("actors"));
    out.extend(people("recipients"));
    out.extend([
        place(row, "name"),
        settlement,
        none(),
        none(),
        country,
        place(row, "lat"),
        place(row, "lon"),
        geonames,
    ]);
    out.extend([
        where_told,
        place(row, "precision"),
        story.publisher.clone(),
        story.published.clone(),
        none(),
        none(),
        none(),
    ]);
    out.extend([story.language.clone(), format!("hearsay {}", env!("CARGO_PKG_VERSION"))]);
    out
}

/// A row for every pair of an actor and a recipient; what is done together goes both ways, as CAMEO has it.
fn cameo(row: &Row, story: &Story) -> Vec<Vec<String>> {
    let list = |name: &str| row.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let (actors, recipients) = (list("actors"), list("recipients"));
    let pairs: Vec<(Value, Value)> = if recipients.is_empty() && actors.len() > 1 {
        let others = |i: usize| (0..actors.len()).filter(move |j| *j != i);
        (0..actors.len())
            .flat_map(|i| others(i).map(move |j| (i, j)))
            .map(|(i, j)| (actors[i].clone(), actors[j].clone()))
            .collect()
    } else {
        let or_null = |side: Vec<Value>| if side.is_empty() { vec![Value::Null] } else { side };
        let (actors, recipients) = (or_null(actors), or_null(recipients));
        actors.iter().flat_map(|a| recipients.iter().map(move |r| (a.clone(), r.clone()))).collect()
    };
    pairs.into_iter().enumerate().map(|(n, pair)| pair_row(row, story, n, &pair)).collect()
}

fn pair_row(row: &Row, story: &Story, n: usize, (source, target): &(Value, Value)) -> Vec<String> {
    let (score, code) = codes::cameo(&text(row, "type"), &text(row, "mode"));
    let who = |who: &Value| ["name", "country", "sector"].map(|f| who.get(f).map(plain).unwrap_or_default());
    let trigger = row.get("trigger").and_then(|t| t.get("text")).map(plain).unwrap_or_default();
    let id = if n == 0 { text(row, "id") } else { format!("{}-{n}", text(row, "id")) };
    let mut out = vec![id, date(row, story)];
    out.extend(who(source));
    out.extend(who(target));
    out.extend([code.to_owned(), code.get(..2).unwrap_or("").to_owned(), text(row, "quad"), score.to_owned(), trigger]);
    out.extend([place(row, "lat"), place(row, "lon"), place(row, "name")]);
    out.extend([story.publisher.clone(), story.url.clone(), story.published.clone()]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(value: Value) -> Row {
        value.as_object().cloned().unwrap()
    }

    fn event() -> Row {
        row(serde_json::json!({
            "id": "e1", "type": "ASSAULT", "mode": "aerial", "quad": 4, "context": ["military"], "status": "happened",
            "trigger": {"text": "bombed", "start": 0, "end": 6},
            "actors": [{"span": {"text": "Orvian jets"}, "name": "Orvia", "country": "ORV", "sector": "MIL"},
                       {"span": {"text": "Vell"}, "name": "Vell", "country": null, "sector": null}],
            "recipients": [{"span": {"text": "the town"}, "name": "the town"}],
            "place": {"span": {"text": "Tolm"}, "name": "Tolm", "place_id": "geonames:7", "lat": 1.5, "lon": 2.0, "precision": "settlement"},
            "time": {"interval": {"earliest": "2020-01-02", "latest": "2020-01-02"}}
        }))
    }

    fn told_by() -> Story {
        let text = str::to_owned;
        Story { publisher: text("The Post"), url: text(""), language: text("en"), published: text("2020-01-03") }
    }

    #[test]
    fn polecat_has_forty_columns_and_says_what_the_event_says() {
        let fields = polecat(&event(), &told_by());
        assert_eq!(fields.len(), POLECAT.len());
        let of = |name: &str| &*fields[POLECAT.iter().position(|c| *c == name).unwrap()];
        assert_eq!((of("Event Date"), of("Intensity"), of("Quad Code")), ("2020-01-02", "-9.5", "MATERIAL CONFLICT"));
        assert_eq!((of("Actor Name"), of("Actor Name Raw")), ("Orvia; Vell", "Orvian jets; Vell"));
        assert_eq!((of("City"), of("GeoNames ID"), of("Publication Date")), ("Tolm", "7", "2020-01-03"));
        assert_eq!((of("Recipient Name"), of("Language")), ("the town", "en"));
    }

    #[test]
    fn cameo_has_a_row_a_pair_and_both_ways_for_what_is_done_together() {
        let rows = cameo(&event(), &told_by());
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|r| r.len() == CAMEO.len()));
        assert_eq!((&*rows[0][2], &*rows[0][5], &*rows[0][8], &*rows[0][9]), ("Orvia", "the town", "195", "19"));
        let mut together = event();
        together.insert("recipients".into(), Value::Array(Vec::new()));
        let names: Vec<_> = cameo(&together, &told_by()).iter().map(|r| (r[2].clone(), r[5].clone())).collect();
        assert_eq!(names, [("Orvia".to_owned(), "Vell".to_owned()), ("Vell".to_owned(), "Orvia".to_owned())]);
    }

    #[test]
    fn what_did_not_happen_is_left_out() {
        let mut denied = event();
        assert!(is_told_as_done(&denied));
        denied.insert("status".into(), "denied".into());
        assert!(!is_told_as_done(&denied));
    }
}
