//! ACLED's 31 columns (codebook of the Armed Conflict Location & Event Data Project, columns as since March 2023, actor types as words).

use super::act::{Act, Party};
use super::codes::{self, AcledType, Target};
use super::countries::country;
use super::sheet::{self, Fields, degrees};
use crate::{Error, Seen};
use std::io::Write;

/// The columns, in ACLED's order.
pub(super) const COLUMNS: [&str; 31] = [
    "event_id_cnty",
    "event_date",
    "year",
    "time_precision",
    "disorder_type",
    "event_type",
    "sub_event_type",
    "actor1",
    "assoc_actor_1",
    "inter1",
    "actor2",
    "assoc_actor_2",
    "inter2",
    "interaction",
    "civilian_targeting",
    "iso",
    "region",
    "country",
    "admin1",
    "admin2",
    "admin3",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "source",
    "source_scale",
    "notes",
    "fatalities",
    "tags",
    "timestamp",
];

/// ACLED's kinds of actors, in the order of their codes from 1.
const INTER: [&str; 8] = [
    "State forces",
    "Rebel group",
    "Political militia",
    "Identity militia",
    "Rioters",
    "Protesters",
    "Civilians",
    "External/Other forces",
];

pub(super) fn write(seen: &Seen, out: &mut dyn Write) -> Result<u64, Error> {
    sheet::acts(seen, &COLUMNS, out, fields)
}

/// The row of an act; none where ACLED does not code such acts, or where it is only planned, threatened or supposed.
fn fields(act: &Act) -> Option<Fields> {
    let inter = |side: &[Party]| side.first().and_then(|p| inter(p, act));
    let (one, two) = (inter(&act.actors), inter(&act.recipients));
    let kind = codes::acled(&act.kind, &act.mode, target(act)).filter(|_| act.is_of_the_past())?;
    if kind.event == "Strategic developments" && !act.actors.iter().any(|p| is_organised(p, act)) {
        return None;
    }
    let mut fields = Fields::new(&COLUMNS);
    fields
        .set("event_id_cnty", format!("HEARSAY-{}", act.id))
        .set("disorder_type", kind.disorder)
        .set("event_type", kind.event)
        .set("sub_event_type", kind.sub_event)
        .set("interaction", interaction(act, one, two))
        .set("inter1", one.map_or("", |n| INTER[n]))
        .set("inter2", two.map_or("", |n| INTER[n]))
        .set("civilian_targeting", if targets_civilians(kind, two) { "Civilian targeting" } else { "" })
        .set("source", act.publishers().join("; "))
        .set("notes", notes(act))
        .set("tags", tags(act));
    people(&mut fields, act);
    time(&mut fields, act);
    place(&mut fields, act);
    if let Some(toll) = act.killed {
        fields.set("fatalities", toll.low);
    }
    Some(fields)
}

fn people(fields: &mut Fields, act: &Act) {
    let name = |side: &[Party]| side.first().map_or(String::new(), |p| p.name.clone());
    let others = |side: &[Party]| side.iter().skip(1).map(|p| p.name.clone()).collect::<Vec<_>>().join("; ");
    fields
        .set("actor1", name(&act.actors))
        .set("assoc_actor_1", others(&act.actors))
        .set("actor2", name(&act.recipients))
        .set("assoc_actor_2", others(&act.recipients));
}

fn time(fields: &mut Fields, act: &Act) {
    let Some(day) = act.day() else { return };
    let precision = match day.days {
        Some(1) => 1,
        Some(2..=7) => 2,
        _ => 3,
    };
    fields.set("event_date", day.date).set("year", day.date.year()).set("time_precision", precision);
}

fn place(fields: &mut Fields, act: &Act) {
    let Some(spot) = &act.place else { return };
    if let Some(country) = spot.country.as_deref().and_then(country) {
        fields.set("country", country.name).set("iso", country.numeric);
    }
    let precision = match &*spot.precision {
        "point" | "settlement" => "1",
        "district" => "2",
        "region" | "area" => "3",
        _ => "",
    };
    match &*spot.precision {
        "region" => fields.set("admin1", &spot.name),
        "country" => fields.set("location", ""),
        _ => fields.set("location", &spot.name),
    };
    let [lat, lon] = degrees(spot.point());
    fields.set("geo_precision", precision).set("latitude", lat).set("longitude", lon);
}

/// What ACLED calls this kind of people, as a place in [`INTER`].
fn inter(party: &Party, act: &Act) -> Option<usize> {
    let is_crowd = |side: &[Party]| act.kind == "PROTEST" && side.contains(party);
    if is_crowd(&act.actors) {
        return Some(if act.mode == "riot" { 4 } else { 5 });
    }
    let here = act.place.as_ref().and_then(|p| p.country.as_deref()).and_then(country).map(|c| c.alpha3);
    let abroad = party.country.as_deref().zip(here).is_some_and(|(home, here)| home != here);
    Some(match party.sector.as_deref()? {
        "GOV" | "MIL" | "COP" | "SPY" | "JUD" | "LEG" if abroad => 7,
        "GOV" | "MIL" | "COP" | "SPY" | "JUD" | "LEG" => 0,
        "REB" => 1,
        "PRM" | "UAF" | "CRM" => 2,
        "IGO" => 7,
        _ => 6,
    })
}

/// Whether it is a state, an armed group or an organisation of states: others make no strategic development. "One of its officials
/// fled" is a withdrawal to PLOVER and nothing to ACLED.
fn is_organised(party: &Party, act: &Act) -> bool {
    matches!(inter(party, act), Some(0..=3 | 7))
}

fn target(act: &Act) -> Target {
    let kinds: Vec<usize> = act.recipients.iter().filter_map(|p| inter(p, act)).collect();
    match &kinds[..] {
        [] => Target::Unknown,
        kinds if kinds.iter().any(|k| matches!(k, 0..=3)) => Target::Armed,
        kinds if kinds.iter().any(|k| matches!(k, 4..=6)) => Target::Unarmed,
        // Forces of another state bear arms; an international organisation may not.
        _ if act.recipients.iter().any(|p| p.sector.as_deref() != Some("IGO")) => Target::Armed,
        _ => Target::Unknown,
    }
}

/// The codebook's joint names: in the order of the codes, but for external forces and civilians.
fn interaction(act: &Act, one: Option<usize>, two: Option<usize>) -> String {
    match (one, two) {
        (Some(a), Some(b)) if (a.min(b), a.max(b)) == (6, 7) => format!("{}-{}", INTER[7], INTER[6]),
        (Some(a), Some(b)) => format!("{}-{}", INTER[a.min(b)], INTER[a.max(b)]),
        (Some(a), None) if act.recipients.is_empty() => format!("{} only", INTER[a]),
        _ => String::new(),
    }
}

fn targets_civilians(kind: AcledType, target: Option<usize>) -> bool {
    kind.event == "Violence against civilians" || (kind.event == "Explosions/Remote violence" && target == Some(6))
}

fn notes(act: &Act) -> String {
    let sentence = act.reports.first().map_or("", |r| &*r.sentence);
    format!("[{}] {sentence}", act.standing())
}

fn tags(act: &Act) -> String {
    let mut tags =
        vec![format!("machine-coded by hearsay {}", env!("CARGO_PKG_VERSION")), format!("status={}", act.status)];
    if act.day().is_some_and(|d| d.days.is_none()) {
        tags.push("date of the first report".to_owned());
    }
    tags.join("; ")
}

#[cfg(test)]
mod tests {
    use super::super::act::{Report, Spot, Story, Toll};
    use super::*;

    fn party(name: &str, sector: &str, country: &str) -> Party {
        Party { name: name.into(), sector: Some(sector.into()), country: Some(country.into()), actor: None }
    }

    fn assault() -> Act {
        let story = Story { publisher: "Lake Post".into(), published: "2031-03-05".into(), ..Story::default() };
        Act {
            id: "a1".into(),
            kind: "ASSAULT".into(),
            mode: "firearms".into(),
            status: "denied".into(),
            actors: vec![party("Orvian army", "MIL", "SYR")],
            recipients: vec![party("Hill Guard", "REB", "SYR")],
            place: Some(Spot {
                name: "Qarda".into(),
                lat: Some(1.5),
                lon: Some(2.5),
                country: Some("SY".into()),
                precision: "settlement".into(),
                id: None,
            }),
            killed: Some(Toll { low: 3, best: 4, high: 9 }),
            reports: vec![Report {
                story: story.into(),
                sentence: "They fired.".into(),
                nth: 1,
                trigger: Default::default(),
                named: [None; 2],
            }],
            ..Act::default()
        }
    }

    #[test]
    fn a_battle_between_an_army_and_rebels() {
        let row = fields(&assault()).unwrap();
        let of = |column| row.get(column);
        assert_eq!((of("event_type"), of("sub_event_type")), ("Battles", "Armed clash"));
        assert_eq!(of("interaction"), "State forces-Rebel group");
        assert_eq!((of("fatalities"), of("latitude"), of("iso"), of("geo_precision")), ("3", "1.5", "760", "1"));
        assert_eq!((of("event_date"), of("time_precision")), ("2031-03-05", "3"));
        assert!(of("notes").starts_with("[status: denied") && of("tags").contains("machine-coded"));
    }

    #[test]
    fn forces_abroad_are_external_and_civilians_stand_last() {
        let mut act = assault();
        act.actors[0].country = Some("TUR".into());
        act.recipients = vec![party("five people", "CVL", "SYR")];
        let row = fields(&act).unwrap();
        assert_eq!((row.get("interaction"), row.get("sub_event_type")), ("External/Other forces-Civilians", "Attack"));
        assert_eq!(row.get("civilian_targeting"), "Civilian targeting");
    }

    #[test]
    fn what_is_planned_or_outside_its_types_is_left_out() {
        let planned = Act { status: "planned".into(), ..assault() };
        let talks = Act { kind: "CONSULT".into(), mode: String::new(), ..assault() };
        assert!(fields(&planned).is_none() && fields(&talks).is_none());
        let left = |who| Act { kind: "RETREAT".into(), mode: "withdraw".into(), actors: vec![who], ..assault() };
        assert!(fields(&left(party("Orvian army", "MIL", "SYR"))).is_some());
        assert!(fields(&left(Party { name: "another".into(), ..Party::default() })).is_none());
    }
}
