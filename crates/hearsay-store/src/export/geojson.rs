//! GeoJSON (RFC 7946): a feature an act. A place larger than a district has no geometry: it is named, with its precision.

use super::act::{self, Act, Party};
use crate::{Error, Seen};
use serde::Serialize;
use std::io::Write;

#[derive(Serialize)]
struct Feature<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
    geometry: Option<Point>,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Point {
    #[serde(rename = "type")]
    kind: &'static str,
    /// East, then north.
    coordinates: [f64; 2],
}

/// Plain values only: maps and their filters know no lists.
#[derive(Serialize)]
struct Properties<'a> {
    #[serde(rename = "type")]
    kind: &'a str,
    mode: &'a str,
    status: &'a str,
    actors: String,
    recipients: String,
    place: Option<&'a str>,
    country: Option<&'a str>,
    precision: Option<&'a str>,
    earliest: Option<String>,
    latest: Option<String>,
    killed_low: Option<u64>,
    killed_best: Option<u64>,
    killed_high: Option<u64>,
    publishers: String,
    told_by: String,
    denied_by: String,
    reports: usize,
    sentence: &'a str,
    url: &'a str,
}

pub(super) fn write(seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
    let program = format!("hearsay {}", env!("CARGO_PKG_VERSION"));
    write!(
        out,
        "{{\"type\":\"FeatureCollection\",\"generator\":\"{program}\",\"profile\":\"{}\",\"features\":[",
        seen.profile().name()
    )?;
    let mut first = true;
    let count = act::each(seen, &mut |act| {
        out.write_all(if first { b"\n" } else { b",\n" })?;
        first = false;
        Ok(serde_json::to_writer(&mut *out, &feature(&act)).map_err(std::io::Error::from)?)
    })?;
    out.write_all(b"\n]}\n")?;
    Ok(count)
}

fn feature(act: &Act) -> Feature<'_> {
    let names = |side: &[Party]| side.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("; ");
    let spot = act.place.as_ref();
    let first = act.reports.first();
    let properties = Properties {
        kind: &act.kind,
        mode: &act.mode,
        status: &act.status,
        actors: names(&act.actors),
        recipients: names(&act.recipients),
        place: spot.map(|s| s.name.as_str()),
        country: spot.and_then(|s| s.country.as_deref()),
        precision: spot.map(|s| s.precision.as_str()),
        earliest: act.earliest.map(|d| d.to_string()),
        latest: act.latest.map(|d| d.to_string()),
        killed_low: act.killed.map(|t| t.low),
        killed_best: act.killed.map(|t| t.best),
        killed_high: act.killed.map(|t| t.high),
        publishers: act.publishers().join("; "),
        told_by: act.told_for.join("; "),
        denied_by: act.told_against.join("; "),
        reports: act.reports.len(),
        sentence: first.map_or("", |r| &r.sentence),
        url: first.map_or("", |r| &r.story.url),
    };
    let point = spot.and_then(|s| s.point()).map(|(lat, lon)| Point { kind: "Point", coordinates: [lon, lat] });
    Feature { kind: "Feature", id: &act.id, geometry: point, properties }
}

#[cfg(test)]
mod tests {
    use super::super::act::Spot;
    use super::*;

    #[test]
    fn east_comes_first_and_a_country_has_no_geometry() {
        let at = |precision: &str| Act {
            id: "i".into(),
            place: Some(Spot {
                name: "Qarda".into(),
                lat: Some(1.0),
                lon: Some(2.0),
                precision: precision.into(),
                ..Spot::default()
            }),
            ..Act::default()
        };
        let json = |act: Act| serde_json::to_value(feature(&act)).unwrap();
        assert_eq!(json(at("settlement"))["geometry"]["coordinates"], serde_json::json!([2.0, 1.0]));
        let country = json(at("country"));
        assert!(country["geometry"].is_null() && country.get("geometry").is_some());
        assert_eq!(country["properties"]["precision"], "country");
    }
}
