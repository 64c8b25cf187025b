//! `hearsay correct`: what a person changes stays changed, in this record and in the next.

use crate::common::Room;
use serde_json::Value;

/// The first answer to a question.
fn ask(room: &Room, record: &str, query: &str) -> String {
    let (code, out, err) = room.run(&["sql", record, query, "--format", "json"]);
    assert_eq!(code, 0, "{err}");
    let row: Value = serde_json::from_str(out.lines().next().expect("an answer")).unwrap();
    let value = row.as_object().unwrap().values().next().unwrap();
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Runs `hearsay correct` on a record; gives the id of what was made.
fn correct(room: &Room, record: &str, words: &[&str]) -> String {
    let args = [&["correct", record], words, &["--why", "The page says so.", "--who", "Ana"]].concat();
    let (code, out, err) = room.run(&args);
    assert_eq!(code, 0, "{words:?}: {err}");
    out.trim().to_owned()
}

fn refused(room: &Room, words: &[&str]) -> String {
    let (code, out, err) = room.run(&[&["correct", "a.hearsay"], words, &["--why", "A try.", "--who", "Ana"]].concat());
    assert_eq!((code, &*out), (1, ""), "{words:?}");
    err
}

#[test]
fn corrections_are_made_told_shared_and_taken_back() {
    let room = Room::new();
    assert_eq!(room.run(&["demo", "--pages", "pages"]).0, 0);
    assert_eq!(room.run(&["build", "pages", "-o", "a.hearsay", "-j", "1"]).0, 0);
    let events = "SELECT id FROM events WHERE type = 'ASSAULT' ORDER BY id LIMIT 1";
    let (event, other) = (ask(&room, "a.hearsay", events), ask(&room, "a.hearsay", &format!("{events} OFFSET 1")));
    let claim = ask(&room, "a.hearsay", "SELECT id FROM claims WHERE source->>'anonymous' ORDER BY id LIMIT 1");
    let actor = |n: usize| {
        let busy = format!(
            "SELECT value->>'actor_id' FROM events, json_each(actors) WHERE value->>'actor_id' IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1 OFFSET {n}"
        );
        ask(&room, "a.hearsay", &busy)
    };
    let (one, two) = (actor(0), actor(1));
    let dated = correct(&room, "a.hearsay", &["re-date", &event[..16], "2014-04..2014-05"]);
    correct(&room, "a.hearsay", &["retype", &event, "coerce", "--mode", "seize"]);
    correct(&room, "a.hearsay", &["reject", &other]);
    correct(&room, "a.hearsay", &["merge-actors", &one, &two]);
    correct(&room, "a.hearsay", &["fix-source", &claim, "--name", "a driver", "--anonymous"]);

    let (_, out, _) = room.run(&["show", "a.hearsay", &event]);
    for words in ["COERCE, seize", "2014-04-01 to 2014-05-31", "The page says so. (Ana, ", &dated] {
        assert!(out.contains(words), "{words}: {out}");
    }
    let (_, out, _) = room.run(&["show", "a.hearsay", &other]);
    assert!(out.contains("rejected") && out.contains("is no event: The page says so."), "{out}");
    let (_, out, _) = room.run(&["show", "a.hearsay", &one]);
    assert!(out.contains(&two), "the one that stays is shown: {out}");
    let (_, out, _) = room.run(&["correct", "a.hearsay", "list"]);
    assert_eq!(out.lines().count(), 10, "{out}");
    let (_, out, _) = room.run(&["correct", "a.hearsay", "list", "--format", "json"]);
    let listed: Value = serde_json::from_str(&out).unwrap();
    assert!(listed["corrections"].as_array().unwrap().iter().all(|c| c["state"] == "applied"));
    assert!(room.run(&["doctor", "a.hearsay"]).1.contains("corrected 5: 5 applied"));
    assert_eq!(room.run(&["verify", "a.hearsay"]).0, 0);

    // Elsewhere the log comes first, and two threads read the pages.
    assert_eq!(room.run(&["correct", "a.hearsay", "export", "-o", "log.jsonl"]).0, 0);
    let (code, _, err) = room.run(&["correct", "b.hearsay", "import", "log.jsonl"]);
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("5 corrections taken over") && err.contains("5 waiting"), "{err}");
    assert_eq!(room.run(&["build", "pages", "-o", "b.hearsay", "-j", "2"]).0, 0);
    room.assert_same("a.hearsay", "b.hearsay");
    assert_eq!(room.rows("a.hearsay", "corrections"), room.rows("b.hearsay", "corrections"));
    assert_eq!(room.rows("a.hearsay", "incidents"), room.rows("b.hearsay", "incidents"));

    // All taken back: as if nobody had touched it.
    assert_eq!(room.run(&["build", "pages", "-o", "c.hearsay"]).0, 0);
    for id in listed["corrections"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap()) {
        let (code, _, err) = room.run(&["correct", "a.hearsay", "undo", &id[..12], "--who", "Ana"]);
        assert_eq!(code, 0, "{err}");
    }
    room.assert_same("a.hearsay", "c.hearsay");
    assert_eq!(room.rows("a.hearsay", "incidents"), room.rows("c.hearsay", "incidents"));

    for (words, said) in [
        (&["re-type", &*event, "BOMB"][..], "there is no type `BOMB`"),
        (&["re-date", &event, "soon"], "`soon` is not a time"),
        (&["set-status", &claim, "denied"], "is a claim; here an event is needed"),
        (&["reject", "ffffffffffffffff"], "nothing in the record has the id"),
        (&["undo", &dated], "undone already"),
    ] {
        let err = refused(&room, words);
        assert!(err.contains(said) && err.contains("hint:"), "{err}");
    }
}

#[test]
fn a_correction_needs_a_reason() {
    let room = Room::new();
    let (code, _, err) = room.run(&["correct", "reject", "abcd"]);
    assert_eq!(code, 1);
    assert!(err.contains("--why"), "{err}");
    let (code, out, _) = room.run(&["correct", "re-type", "--help"]);
    assert!(code == 0 && out.contains("suicide-attack"), "{out}");
}

/// The numbers of an incident's events, by the id of one of them.
fn together(room: &Room, record: &str, event: &str) -> Vec<String> {
    let query = format!(
        "SELECT json_group_array(r.value->>'event_id') FROM incidents i, json_each(i.reports) r
         WHERE EXISTS (SELECT 1 FROM json_each(i.reports) x WHERE x.value->>'event_id' = '{event}')"
    );
    let mut events: Vec<String> = serde_json::from_str(&ask(room, record, &query)).expect("a list");
    events.sort();
    events
}

fn incident_of(room: &Room, event: &str) -> String {
    let query = format!("SELECT i.id FROM incidents i, json_each(i.reports) r WHERE r.value->>'event_id' = '{event}'");
    ask(room, "a.hearsay", &query)
}

#[test]
fn incidents_are_merged_and_split_and_stay_so() {
    let room = Room::new();
    assert_eq!(room.run(&["demo", "--pages", "pages"]).0, 0);
    let build =
        |record: &str| assert_eq!(room.run(&["build", "pages", "-o", record, "-j", "1", "--engine", "none"]).0, 0);
    build("a.hearsay");
    let count = |record: &str| ask(&room, record, "SELECT count(*) FROM incidents").parse::<u64>().unwrap();
    let before = count("a.hearsay");
    // Two incidents with most reports, and the reports of each.
    let nth = |n: usize| {
        let most = "SELECT reports FROM incidents ORDER BY json_array_length(reports) DESC, id LIMIT 1 OFFSET";
        let list: Vec<Value> = serde_json::from_str(&ask(&room, "a.hearsay", &format!("{most} {n}"))).unwrap();
        let mut ids: Vec<String> = list.iter().map(|r| r["event_id"].as_str().unwrap().to_owned()).collect();
        ids.sort();
        ids
    };
    let (one, two) = (nth(0), nth(1));
    assert!(one.len() > 1, "the demo tells some act twice");

    // Merged: all reports of both are one incident, which says that a person put them together.
    let ids = [incident_of(&room, &one[0]), incident_of(&room, &two[0])];
    let merged = correct(&room, "a.hearsay", &["merge-incidents", &ids[0], &ids[1]]);
    let mut both = [one.clone(), two.clone()].concat();
    both.sort();
    assert_eq!(together(&room, "a.hearsay", &one[0]), both);
    assert_eq!(count("a.hearsay"), before - 1);
    let (_, out, _) = room.run(&["show", "a.hearsay", &incident_of(&room, &one[0])]);
    assert!(out.contains("A person put it together"), "{out}");

    // Split: one report leaves, the others stay as they were.
    let split = correct(&room, "a.hearsay", &["split-incident", &incident_of(&room, &one[0]), &two[0]]);
    assert!(!together(&room, "a.hearsay", &one[0]).contains(&two[0]));
    assert_ne!(incident_of(&room, &one[0]), incident_of(&room, &two[0]));

    // Both survive a rebuild from the pages, with the log taken over before they are read.
    let (code, log, _) = room.run(&["correct", "a.hearsay", "export"]);
    assert_eq!(code, 0);
    room.file("log.jsonl", log);
    assert_eq!(room.run(&["correct", "b.hearsay", "import", "log.jsonl"]).0, 0);
    build("b.hearsay");
    room.assert_same("a.hearsay", "b.hearsay");

    // Taken back, last first: as it was.
    correct_undo(&room, &split);
    assert_eq!(together(&room, "a.hearsay", &one[0]), both);
    correct_undo(&room, &merged);
    assert_eq!((together(&room, "a.hearsay", &one[0]), together(&room, "a.hearsay", &two[0])), (one, two));
    assert_eq!(count("a.hearsay"), before);
    assert_eq!(room.run(&["verify", "a.hearsay"]).0, 0);
}

fn correct_undo(room: &Room, correction: &str) {
    let (code, _, err) = room.run(&["correct", "a.hearsay", "undo", correction, "--who", "Ana"]);
    assert_eq!(code, 0, "{err}");
}
