//! What linking looks at, and what it found: given and kept.

use crate::common::*;
use hearsay_store::*;
use hearsay_types::incident::{Incident, IncidentId, Joined, Member, Relation, Side, Voice};
use hearsay_types::{ActorId, Dispute, DisputeId, EventId, Interval, Linked, Polarity, Report, Status, Told};

/// One incident of all events, the dispute about it, and a relation, as linking would find them.
fn linked(told: &Told) -> Linked {
    let first: &Report = &told.reports[0];
    let id = IncidentId::of(&[first.id.as_bytes()]);
    let joined = |r: &Report| Joined { event: r.id, why: "It is the same act.".into() };
    let side = Side {
        claim: first.tellers[1].claim,
        event: Some(first.id),
        article: first.article,
        name: "Ilka Dorn".into(),
        actor_id: None,
        anonymous: false,
        publisher: first.publisher.clone(),
        published: first.published.earliest,
    };
    let voice = Voice {
        name: "Velm Wire".into(),
        actor_id: None,
        author: true,
        anonymous: false,
        claims: vec![],
        events: vec![first.id],
        publishers: vec!["Velm Wire".into()],
    };
    let actor = |name: &str| ActorId::of(&[name.as_bytes()]);
    let incident = Incident {
        id,
        kind: first.kind.clone(),
        mode: first.mode.clone(),
        quad: 4,
        status: Status::Disputed,
        actors: vec![Member { actor_id: first.actors[0].actor_id, name: first.actors[0].name.clone(), reports: 2 }],
        recipients: vec![],
        interval: first.time.map_or(Interval::UNKNOWN, |t| t.0),
        place: first.place.clone(),
        events: told.reports.iter().map(joined).collect(),
        tellers_for: vec![voice],
        tellers_against: vec![],
        relays: vec![],
        stories: vec![first.story],
        publishers: vec!["Velm Wire".into()],
        first_reported: first.published.earliest,
        numbers: vec![],
        changes: vec![],
    };
    let dispute = Dispute {
        id: DisputeId::of(&[b"dispute"]),
        incident: Some(id),
        proposition: first.sentence.clone(),
        actors: vec![],
        tellers_for: vec![],
        tellers_against: vec![side],
        first_disputed: None,
        why: "Both sides speak of one incident.".into(),
    };
    let relation = Relation {
        a: actor("River Front"),
        b: actor("Velm"),
        month: Some("2031-03".into()),
        quads: [1, 0, 0, 2],
        from_a: 2,
        from_b: 1,
        scale: -6.5,
        incidents: vec![id],
        turn: None,
    };
    Linked { incidents: vec![incident], disputes: vec![dispute], relations: vec![relation] }
}

#[test]
fn events_and_claims_are_given_as_light_rows() {
    let dir = tempfile::tempdir().unwrap();
    let store = made(&dir.path().join("r.hearsay"), 4);
    let told = store.told().unwrap();
    assert_eq!((told.reports.len(), told.claims.len()), (5, 10), "one event and two claims an article");
    assert!(told.reports.is_sorted_by_key(|r| r.id) && told.claims.is_sorted_by_key(|c| c.id));
    let report = &told.reports[0];
    assert_eq!((report.kind.as_str(), report.trigger.as_str()), ("ASSAULT", "shelled"));
    assert!(report.sentence.contains("shelled a bridge near"), "{}", report.sentence);
    assert_eq!(report.tellers[1].polarity, Polarity::Negative);
    assert_eq!(report.tellers[0].name, report.publisher.clone().unwrap(), "the author speaks for the publisher");
    assert!(report.place.is_some() && !report.around.is_empty() && report.times.len() == 1);
    assert!(told.wholes.contains_key(&report.actors[0].actor_id.unwrap()));
    assert!(told.leads[&report.article].contains("The river was high"));
}

#[test]
fn what_linking_found_is_kept_shown_and_made_anew() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = made(&dir.path().join("r.hearsay"), 4);
    assert!(store.has_loose_events().unwrap());
    let told = store.told().unwrap();
    let linked = linked(&told);
    for _ in 0..2 {
        store.keep(&linked).unwrap();
        let count = |table| store.rows(table).unwrap().len();
        assert_eq!((count("incidents"), count("disputes"), count("relations")), (1, 1, 1));
    }
    assert!(!store.has_loose_events().unwrap());
    let row = &store.rows("incidents").unwrap()[0];
    assert_eq!((row["status"].as_str(), row["reports"].as_array().map(Vec::len)), (Some("disputed"), Some(5)));
    assert_eq!(row["reports"][0]["why"], "It is the same act.");
    assert!(row["reports"][0]["sentence_id"].is_string());
    let relation = &store.rows("relations").unwrap()[0];
    assert_eq!((relation["cooperative"].as_i64(), relation["hostile"].as_i64()), (Some(1), Some(2)));
    assert_eq!((relation["scale"].as_f64(), relation["events"].as_array().map(Vec::len)), (Some(-6.5), Some(5)));
    let shown = store.show(&linked.incidents[0].id.to_string()).unwrap();
    assert_eq!((shown.table, shown.related.len()), ("incidents", 5), "each report's sentence");
    let event: EventId = told.reports[0].id;
    let shown = store.show(&event.to_string()).unwrap();
    assert!(shown.related.iter().any(|(table, _)| *table == "incidents"));
    let shown = store.show(&linked.disputes[0].id.to_string()).unwrap();
    assert_eq!((shown.table, shown.related.len()), ("disputes", 1));
    assert!(store.verify().unwrap().is_sound());
    for format in Format::ALL {
        assert_eq!(store.export("relations", format, &mut Vec::new()).unwrap(), 1);
    }
}
