//! The 49 columns of UCDP's Georeferenced Event Dataset (codebook of version 25.1).

use super::act::{Act, Party};
use super::countries::country;
use super::sheet::{self, Fields, degrees, number};
use crate::{Error, Seen};
use std::io::Write;

/// The columns, in UCDP's order.
pub(super) const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

pub(super) fn write(seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
    sheet::acts(seen, &COLUMNS, out, fields)
}

/// The row of an act. UCDP codes what killed somebody: an assault that is told as done and of which anybody tells a number of dead.
fn fields(act: &Act) -> Option<Fields> {
    let toll = act.killed.filter(|t| t.high > 0 && act.kind == "ASSAULT" && act.is_told_as_done())?;
    let (one, two) = (act.actors.first().map(side), act.recipients.first().map(side));
    let violence = violence(one, two);
    let mut fields = Fields::new(&COLUMNS);
    fields
        .set("id", number(&act.id))
        .set("relid", format!("HEARSAY-{}", act.id))
        .set("code_status", format!("machine-coded by hearsay {}; {}", env!("CARGO_PKG_VERSION"), act.standing()))
        .set("type_of_violence", violence)
        .set("best", toll.best)
        .set("high", toll.high)
        .set("low", toll.low)
        .set(if two == Some(Side::Unarmed) { "deaths_civilians" } else { "deaths_unknown" }, toll.best);
    sides(&mut fields, act, violence);
    sources(&mut fields, act);
    place(&mut fields, act);
    time(&mut fields, act);
    Some(fields)
}

/// What UCDP asks of a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    State,
    Armed,
    Unarmed,
    Unknown,
}

fn side(party: &Party) -> Side {
    match party.sector.as_deref() {
        Some("GOV" | "MIL" | "COP" | "SPY" | "JUD" | "LEG") => Side::State,
        Some("REB" | "PRM" | "UAF" | "CRM") => Side::Armed,
        Some(_) => Side::Unarmed,
        None => Side::Unknown,
    }
}

/// 1 state-based, 2 non-state, 3 one-sided; empty where a side is not told.
fn violence(one: Option<Side>, two: Option<Side>) -> &'static str {
    match (one, two) {
        (Some(Side::State), Some(Side::State | Side::Armed)) | (Some(Side::Armed), Some(Side::State)) => "1",
        (Some(Side::Armed), Some(Side::Armed)) => "2",
        (Some(Side::State | Side::Armed), Some(Side::Unarmed)) => "3",
        _ => "",
    }
}

fn sides(fields: &mut Fields, act: &Act, violence: &str) {
    let name = |party: Option<&Party>| party.map_or(String::new(), |p| p.name.clone());
    let (mut a, mut b) = (act.actors.first(), act.recipients.first());
    // In state-based violence the government is side A, whoever shot.
    if violence == "1" && a.map(side) != Some(Side::State) {
        (a, b) = (b, a);
    }
    let (a, b) = (name(a), if violence == "3" { "Civilians".to_owned() } else { name(b) });
    if !a.is_empty() && !b.is_empty() {
        fields.set("dyad_name", format!("{a} - {b}"));
    }
    fields.set("side_a", a).set("side_b", b);
}

fn sources(fields: &mut Fields, act: &Act) {
    let Some(first) = act.reports.first() else { return };
    let articles = act.reports.iter().map(|r| {
        format!(
            "\"{}, {}, {}\"",
            r.story.publisher.replace('"', "'"),
            r.story.published,
            r.story.title.replace('"', "'")
        )
    });
    let mut articles: Vec<String> = articles.collect();
    articles.dedup();
    fields
        .set("number_of_sources", act.publishers().len())
        .set("source_article", articles.join(";"))
        .set("source_office", act.publishers().join(";"))
        .set("source_date", &first.story.published)
        .set("source_headline", &first.story.title)
        .set("source_original", act.told_for.join(", "));
}

fn place(fields: &mut Fields, act: &Act) {
    let Some(spot) = &act.place else { return };
    let precision = match &*spot.precision {
        "point" | "settlement" => "1",
        "district" => "3",
        "region" => "4",
        "area" => "5",
        "country" => "6",
        _ => "",
    };
    let [lat, lon] = degrees(spot.point());
    if spot.point().is_some() {
        fields.set("geom_wkt", format!("POINT ({lon} {lat})"));
    }
    match &*spot.precision {
        "region" => fields.set("adm_1", &spot.name),
        "district" => fields.set("adm_2", &spot.name),
        _ => fields,
    };
    let country = spot.country.as_deref().and_then(country).map_or("", |c| c.name);
    fields
        .set("where_prec", precision)
        .set("where_coordinates", &spot.name)
        .set("where_description", &spot.name)
        .set("latitude", lat)
        .set("longitude", lon)
        .set("country", country);
}

fn time(fields: &mut Fields, act: &Act) {
    let own = act.earliest.zip(act.latest).filter(|(first, last)| (*last - *first).get_days() < 366);
    let days = own.map(|(first, last)| (last - first).get_days() + 1);
    let precision = match days {
        Some(1) => "1",
        Some(2..=6) => "2",
        Some(7) => "3",
        Some(8..=31) => "4",
        _ => "5",
    };
    let reported = act.day().map(|d| (d.date, d.date));
    let Some((first, last)) = own.or(reported) else { return };
    fields
        .set("date_prec", precision)
        .set("date_start", format!("{first} 00:00:00.000"))
        .set("date_end", format!("{last} 00:00:00.000"))
        .set("year", first.year());
}

#[cfg(test)]
mod tests {
    use super::super::act::Toll;
    use super::*;

    fn party(name: &str, sector: &str) -> Party {
        Party { name: name.into(), sector: Some(sector.into()), ..Party::default() }
    }

    fn clash() -> Act {
        Act {
            id: "00ff".repeat(8),
            kind: "ASSAULT".into(),
            status: "alleged".into(),
            actors: vec![party("Hill Guard", "REB")],
            recipients: vec![party("Orvian army", "MIL")],
            earliest: "2031-03-03".parse().ok(),
            latest: "2031-03-04".parse().ok(),
            killed: Some(Toll { low: 3, best: 4, high: 9 }),
            ..Act::default()
        }
    }

    #[test]
    fn the_government_is_side_a() {
        let row = fields(&clash()).unwrap();
        let of = |column| row.get(column);
        assert_eq!((of("type_of_violence"), of("side_a"), of("side_b")), ("1", "Orvian army", "Hill Guard"));
        assert_eq!((of("low"), of("best"), of("high"), of("deaths_unknown")), ("3", "4", "9", "4"));
        assert_eq!((of("date_prec"), of("date_end"), of("year")), ("2", "2031-03-04 00:00:00.000", "2031"));
        assert!(of("id").parse::<u64>().is_ok_and(|n| n < 1 << 60));
    }

    #[test]
    fn the_dead_of_one_sided_violence_are_civilians() {
        let row = fields(&Act { recipients: vec![party("five people", "CVL")], ..clash() }).unwrap();
        assert_eq!(
            (row.get("type_of_violence"), row.get("side_b"), row.get("deaths_civilians")),
            ("3", "Civilians", "4")
        );
    }

    #[test]
    fn without_dead_or_teller_there_is_no_row() {
        assert!(fields(&Act { killed: None, ..clash() }).is_none());
        assert!(fields(&Act { status: "denied".into(), ..clash() }).is_none());
    }
}
