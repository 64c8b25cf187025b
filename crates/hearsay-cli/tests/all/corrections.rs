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
