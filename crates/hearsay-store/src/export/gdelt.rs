//! GDELT 2.0's two tables (event codebook of February 2015): 61 columns of events and 16 of mentions, tab-separated, without a header.

use super::act::{self, Act, Party, Report, Spot};
use super::codes;
use super::countries::country;
use super::sheet::{Fields, Sheet, degrees, number};
use crate::{Error, Seen};
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::io::Write;

/// The columns of the table of events.
pub(super) const EVENTS: [&str; 61] = [
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// The columns of the table of mentions.
pub(super) const MENTIONS: [&str; 16] = [
    "GLOBALEVENTID",
    "EventTimeDate",
    "MentionTimeDate",
    "MentionType",
    "MentionSourceName",
    "MentionIdentifier",
    "SentenceID",
    "Actor1CharOffset",
    "Actor2CharOffset",
    "ActionCharOffset",
    "InRawText",
    "Confidence",
    "MentionDocLen",
    "MentionDocTone",
    "MentionDocTranslationInfo",
    "Extras",
];

/// Writes a row an act.
pub(super) fn write_events(seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
    let mut sheet = Sheet::tabs(EVENTS.len(), out);
    let mut count = 0;
    act::each(seen, &mut |act| {
        if act.is_told_as_done() {
            sheet.row(event(&act).values())?;
            count += 1;
        }
        Ok(())
    })?;
    sheet.end()?;
    Ok(count)
}

/// Writes a row a report of an act.
pub(super) fn write_mentions(seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
    let mut sheet = Sheet::tabs(MENTIONS.len(), out);
    let mut count = 0;
    act::each(seen, &mut |act| {
        for report in act.reports.iter().filter(|_| act.is_told_as_done()) {
            sheet.row(mention(&act, report, seen)?.values())?;
            count += 1;
        }
        Ok(())
    })?;
    sheet.end()?;
    Ok(count)
}

fn event(act: &Act) -> Fields {
    let mut fields = Fields::new(&EVENTS);
    let (scale, code) = codes::cameo(&act.kind, &act.mode);
    let articles: BTreeSet<&str> = act.reports.iter().map(|r| &*r.story.id).collect();
    fields
        .set("GLOBALEVENTID", number(&act.id))
        .set("IsRootEvent", u8::from(act.reports.iter().any(|r| r.trigger.1 < r.story.lead)))
        .set("EventCode", code)
        .set("EventBaseCode", code.get(..3).unwrap_or(code))
        .set("EventRootCode", code.get(..2).unwrap_or(""))
        .set("QuadClass", act.quad)
        .set("GoldsteinScale", scale)
        .set("NumMentions", act.reports.len())
        .set("NumSources", act.publishers().len())
        .set("NumArticles", articles.len())
        .set("DATEADDED", stamp(first_published(act)))
        .set("SOURCEURL", act.reports.iter().map(|r| &*r.story.url).find(|u| !u.is_empty()).unwrap_or(""));
    if let Some(day) = act.day() {
        let (y, m, d) = (day.date.year(), day.date.month(), day.date.day());
        fields
            .set("SQLDATE", format!("{y:04}{m:02}{d:02}"))
            .set("MonthYear", format!("{y:04}{m:02}"))
            .set("Year", y)
            // So the codebook counts: every month as thirty days.
            .set("FractionDate", format!("{:.4}", f64::from(y) + (f64::from(m) * 30.0 + f64::from(d)) / 365.0));
    }
    actor(&mut fields, "Actor1", act.actors.first());
    actor(&mut fields, "Actor2", act.recipients.first());
    place(&mut fields, act.place.as_ref());
    fields
}

fn actor(fields: &mut Fields, which: &str, party: Option<&Party>) {
    let Some(party) = party else { return };
    let (country, sector) = (party.country.as_deref().unwrap_or(""), party.sector.as_deref().unwrap_or(""));
    fields
        .set(&format!("{which}Code"), format!("{country}{sector}"))
        .set(&format!("{which}Name"), party.name.to_uppercase())
        .set(&format!("{which}CountryCode"), country)
        .set(&format!("{which}Type1Code"), sector);
}

/// 1 a country, 2 a state of the USA, 3 a city there, 4 a city elsewhere, 5 a province elsewhere.
fn place(fields: &mut Fields, spot: Option<&Spot>) {
    let Some(spot) = spot else { return };
    let in_usa = spot.country.as_deref() == Some("US");
    let kind = match (&*spot.precision, in_usa) {
        ("country", _) => "1",
        ("region" | "area", true) => "2",
        ("region" | "area", false) => "5",
        (_, true) => "3",
        (_, false) => "4",
    };
    let land = spot.country.as_deref().and_then(country).map_or("", |c| c.name);
    let full = if land.is_empty() || land == spot.name { spot.name.clone() } else { format!("{}, {land}", spot.name) };
    let [lat, lon] = degrees(spot.point());
    fields
        .set("ActionGeo_Type", kind)
        .set("ActionGeo_FullName", full)
        .set("ActionGeo_Lat", lat)
        .set("ActionGeo_Long", lon);
}

fn mention(act: &Act, report: &Report, seen: &Seen) -> Result<Fields, Error> {
    let story = &report.story;
    let citation = || format!("{}, {}, {}", story.publisher, story.published, story.title);
    let (kind, identifier) = if story.url.is_empty() { ("2", citation()) } else { ("1", story.url.clone()) };
    let mut fields = Fields::new(&MENTIONS);
    let at = |byte: Option<u64>| match byte {
        Some(byte) => seen.characters(&story.id, byte as usize).map(|n| n.to_string()),
        None => Ok("-1".to_owned()),
    };
    fields
        .set("GLOBALEVENTID", number(&act.id))
        .set("EventTimeDate", stamp(first_published(act)))
        .set("MentionTimeDate", stamp(story.published.parse().ok()))
        .set("MentionType", kind)
        .set("MentionSourceName", &story.publisher)
        .set("MentionIdentifier", identifier)
        .set("SentenceID", report.nth)
        .set("Actor1CharOffset", at(report.named[0])?)
        .set("Actor2CharOffset", at(report.named[1])?)
        .set("ActionCharOffset", at(Some(report.trigger.1))?)
        .set("InRawText", 1)
        .set("MentionDocLen", story.length);
    Ok(fields)
}

fn first_published(act: &Act) -> Option<Date> {
    act.reports.iter().filter_map(|r| r.story.published.parse().ok()).min()
}

fn stamp(day: Option<Date>) -> String {
    day.map_or(String::new(), |d| format!("{:04}{:02}{:02}000000", d.year(), d.month(), d.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_its_codes_and_no_point_for_a_country() {
        let spot = |precision: &str| Spot {
            name: "Orvia".into(),
            lat: Some(1.0),
            lon: Some(2.0),
            precision: precision.into(),
            ..Spot::default()
        };
        let act = |precision| Act {
            id: "00000000000000000000000000000010".into(),
            kind: "ASSAULT".into(),
            mode: "torture".into(),
            quad: 4,
            earliest: "2031-03-03".parse().ok(),
            latest: "2031-03-03".parse().ok(),
            place: Some(spot(precision)),
            ..Act::default()
        };
        let row = event(&act("country"));
        let of = |column| row.get(column);
        assert_eq!((of("GLOBALEVENTID"), of("SQLDATE"), of("FractionDate")), ("16", "20310303", "2031.2548"));
        assert_eq!((of("EventCode"), of("EventBaseCode"), of("EventRootCode")), ("1822", "182", "18"));
        assert_eq!((of("ActionGeo_Type"), of("ActionGeo_Lat")), ("1", ""));
        assert_eq!(event(&act("settlement")).get("ActionGeo_Lat"), "1");
    }
}
