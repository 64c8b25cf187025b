//! The shapes of other projects, filled from an incident that two articles tell.

use crate::common::*;
use hearsay_store::*;
use serde_json::{Value, json};

/// A record in which two reports are one incident; written by hand, as linking would.
fn record() -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.hearsay");
    let mut store = Store::open(&path, Mode::Create).unwrap();
    store.begin_run(&info()).unwrap();
    store.put(&[entry(0), entry(4)]).unwrap();
    link_all(&mut store);
    store.finish_run(&RunCounts::default(), &[]).unwrap();
    drop(store);
    let conn = rusqlite::Connection::open(&path).unwrap();
    let by = |value: u64, publisher: &str| json!({"value": value, "low": value, "high": value, "source": "Dorn", "publisher": publisher});
    let numbers = json!([{"kind": "killed", "low": 8, "high": 9, "by": [by(9, "Lake Post"), by(8, "Velm Wire")]}]);
    let teller =
        |name: &str| json!([{"name": name, "actor_id": null, "claims": [], "events": [], "publishers": ["Lake Post"]}]);
    let side = |name: &str| json!([{"actor_id": null, "name": name, "reports": 2}]);
    let place = json!({"place_id": "made-up:0", "name": "Qarda", "lat": 12.25, "lon": -33.5, "country": "SY", "precision": "settlement"});
    conn.execute(
        "INSERT INTO t_incidents VALUES (1, ?1, 'ASSAULT', 'aerial', 4, 'disputed', ?2, ?3, '2031-03-03', '2031-03-03', ?4, ?5, ?6,
             '[]', '[]', '[\"Lake Post\"]', '2031-03-04', ?7, '[]')",
        rusqlite::params![
            "00".repeat(16),
            side("River Front").to_string(),
            side("five villagers").to_string(),
            place.to_string(),
            teller("the council").to_string(),
            teller("Dorn").to_string(),
            numbers.to_string()
        ],
    )
    .unwrap();
    conn.execute("INSERT INTO t_incident_events SELECT 1, key, key, 'same act' FROM t_events", []).unwrap();
    drop(conn);
    let store = Store::open(&path, Mode::Read).unwrap();
    (dir, store)
}

fn written(store: &Store, shape: Shape, profile: Profile) -> String {
    let mut out = Vec::new();
    store.seen(profile).unwrap().export_as(shape, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn table(store: &Store, shape: Shape) -> Vec<std::collections::HashMap<String, String>> {
    let text = written(store, shape, Profile::Private);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    reader.records().map(|r| names.iter().cloned().zip(r.unwrap().iter().map(str::to_owned)).collect()).collect()
}

#[test]
fn two_reports_are_one_row_with_the_numbers_of_both() {
    let (_dir, store) = record();
    let rows = table(&store, Shape::Acled);
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!((&*row["sub_event_type"], &*row["civilian_targeting"]), ("Air/drone strike", "Civilian targeting"));
    assert_eq!(
        (&*row["actor1"], &*row["inter1"], &*row["interaction"]),
        ("River Front", "Rebel group", "Rebel group-Civilians")
    );
    assert_eq!((&*row["event_date"], &*row["fatalities"], &*row["country"]), ("2031-03-03", "8", "Syria"));
    assert!(row["notes"].starts_with("[status: disputed; told by: the council; denied by: Dorn] "), "{}", row["notes"]);
    let rows = table(&store, Shape::Ucdp);
    assert_eq!((&*rows[0]["low"], &*rows[0]["best"], &*rows[0]["high"]), ("8", "8", "9"));
    assert_eq!((&*rows[0]["type_of_violence"], &*rows[0]["side_b"]), ("3", "Civilians"));
}

#[test]
fn an_act_has_a_mention_for_each_report() {
    let (_dir, store) = record();
    let events = written(&store, Shape::Gdelt, Profile::Private);
    let mentions = written(&store, Shape::GdeltMentions, Profile::Private);
    assert_eq!((events.lines().count(), mentions.lines().count()), (1, 2));
    let event: Vec<&str> = events.lines().next().unwrap().split('\t').collect();
    assert_eq!((event.len(), event[31], event[56], event[57]), (61, "2", "12.25", "-33.5"));
    let articles = store.rows("articles").unwrap();
    for mention in mentions.lines() {
        let fields: Vec<&str> = mention.split('\t').collect();
        assert_eq!(fields.len(), 16);
        let at: usize = fields[9].parse().unwrap();
        let article = articles.iter().find(|a| a["url"] == fields[5]).unwrap();
        let text = article["text"].as_str().unwrap();
        assert!(text.chars().skip(at).collect::<String>().starts_with("shelled"), "{mention}");
    }
}

#[test]
fn the_map_has_one_feature() {
    let (_dir, store) = record();
    let map: Value = serde_json::from_str(&written(&store, Shape::Geojson, Profile::Private)).unwrap();
    let features = map["features"].as_array().unwrap();
    assert_eq!(features.len(), 1);
    assert_eq!(features[0]["geometry"]["coordinates"], json!([-33.5, 12.25]));
    assert_eq!(features[0]["properties"]["reports"], 2);
}

#[test]
fn no_shape_shows_a_private_name_to_the_public_even_by_its_last_word() {
    let (_dir, store) = record();
    for shape in Shape::ALL {
        let text = written(&store, shape, Profile::Public);
        assert!(!text.contains("Dorn") && !text.contains("DORN"), "{}: {text}", shape.name());
    }
    assert!(written(&store, Shape::Acled, Profile::Public).contains("denied by: [person]"));
    let mut incidents = Vec::new();
    store.seen(Profile::Public).unwrap().export("incidents", Format::Jsonl, &mut incidents).unwrap();
    assert!(!String::from_utf8(incidents).unwrap().contains("Dorn"));
}
