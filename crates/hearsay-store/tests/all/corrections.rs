//! Corrections: what they change, what they leave, and that a rebuild comes to the same.

use crate::common::*;
use hearsay_store::*;
use hearsay_types::correction::{Other, Wish};
use hearsay_types::*;
use serde_json::{Value, json};
use tempfile::TempDir;

fn store(dir: &TempDir, name: &str) -> Store {
    Store::open(&dir.path().join(name), Mode::Create).unwrap()
}

fn put(store: &mut Store, pages: impl IntoIterator<Item = usize>) {
    store.begin_run(&info()).unwrap();
    for n in pages {
        store.put(&[entry(n)]).unwrap();
    }
    link_all(store);
    store.replay().unwrap();
    store.finish_run(&RunCounts::default(), &[]).unwrap();
}

fn built(dir: &TempDir, pages: std::ops::Range<usize>) -> Store {
    let mut store = store(dir, "r.hearsay");
    put(&mut store, pages);
    store
}

fn id(store: &Store, table: &str, nth: usize) -> String {
    store.rows(table).unwrap()[nth]["id"].as_str().unwrap().to_owned()
}

fn actor(store: &Store, name: &str) -> String {
    let actors = store.rows("actors").unwrap();
    actors.iter().find(|a| a["name"] == name).unwrap()["id"].as_str().unwrap().to_owned()
}

fn row(store: &Store, id: &str) -> Row {
    store.show(id).unwrap().row
}

fn make(store: &mut Store, wish: Wish) -> String {
    store.correct(&wish, "ana", "The page says so.").unwrap().id.to_string()
}

fn refusal(store: &mut Store, wish: Wish) -> String {
    store.correct(&wish, "ana", "A try.").unwrap_err().to_string()
}

fn retype(event: &str, kind: &str, mode: Option<&str>) -> Wish {
    Wish::Retype { event: event.into(), kind: kind.into(), mode: mode.map(str::to_owned) }
}

fn merge(from: &str, into: &str) -> Wish {
    Wish::MergeActors { actor: from.into(), into: into.into() }
}

/// All rows but those of the log.
fn rest(store: &Store) -> Vec<(&'static str, Vec<Row>)> {
    content(store).into_iter().filter(|(name, _)| *name != "corrections").collect()
}

#[test]
fn an_event_is_re_typed_re_dated_re_placed_and_stands_otherwise() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..6);
    let before = rest(&store);
    let event = id(&store, "events", 2);
    let made = [
        make(&mut store, retype(&event[..12], "coerce", Some("arrest"))),
        make(&mut store, Wish::Redate { event: event.clone(), days: "2031-02..2031-03".into() }),
        make(&mut store, Wish::Replace { event: event.clone(), place: "velm".into() }),
        make(&mut store, Wish::SetStatus { event: event.clone(), status: "alleged".into() }),
    ];
    let now = row(&store, &event);
    assert_eq!((&now["type"], &now["mode"], &now["quad"]), (&json!("COERCE"), &json!("arrest"), &json!(4)));
    assert_eq!(now["time"]["interval"], json!({"earliest": "2031-02-01", "latest": "2031-03-31"}));
    assert_eq!((&now["time"]["precision"], &now["time"]["span"]), (&json!("month"), &Value::Null));
    assert_eq!((&now["place"]["name"], &now["place"]["place_id"]), (&json!("Velm"), &json!("made-up:1")));
    assert_eq!(now["place"]["span"], Value::Null);
    assert_eq!(now["status"], "alleged");
    assert_eq!(now["corrected"], json!(made));
    assert_eq!(store.show(&event).unwrap().corrections.len(), 4);
    make(&mut store, Wish::Redate { event: event.clone(), days: "none".into() });
    assert_eq!(row(&store, &event)["time"], Value::Null);
    let report = store.verify().unwrap();
    assert!(report.is_sound(), "{:?}", report.faults);
    // Taken back, all is as it was coded.
    let log: Vec<String> = store.corrections().unwrap().iter().map(|c| c.id.to_string()).collect();
    for correction in log {
        make(&mut store, Wish::Undo { correction });
    }
    assert_eq!(rest(&store), before);
    let states = store.summary().unwrap().corrections;
    assert_eq!((states["applied"], states["undone"]), (5, 5));
}

#[test]
fn what_is_rejected_is_left_out_and_can_still_be_shown() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..3);
    let before = rest(&store);
    let (event, claim) = (id(&store, "events", 0), id(&store, "claims", 2));
    let told = row(&store, &event);
    let rejected = make(&mut store, Wish::Reject { row: event.clone() });
    assert_eq!(store.rows("events").unwrap().len(), 2);
    let shown = store.show(&event[..10]).unwrap();
    assert!(shown.rejected && shown.sentence.is_some());
    assert_eq!((&shown.row["trigger"], &shown.row["corrected"]), (&told["trigger"], &json!([rejected])));
    assert_eq!(shown.corrections[0]["why"], "The page says so.");
    assert!(
        refusal(&mut store, retype(&event, "AID", None)).contains(&format!("undo the correction {rejected} first"))
    );
    // A claim that is none: what it held goes to what is around it.
    let second = make(&mut store, Wish::Reject { row: claim.clone() });
    let claims = store.rows("claims").unwrap();
    assert_eq!(claims.len(), 5);
    let child = claims.iter().find(|c| c["corrected"] == json!([second])).unwrap();
    assert_eq!(child["parent"], Value::Null);
    let events = store.rows("events").unwrap();
    let event = events.iter().find(|e| e["article_id"] == child["article_id"]).unwrap();
    assert_eq!((&event["claim_id"], &event["corrected"]), (&Value::Null, &json!([second])));
    assert_eq!(event["according_to"], json!([["Velm Wire"]]));
    assert!(store.verify().unwrap().is_sound());
    for correction in [second, rejected] {
        make(&mut store, Wish::Undo { correction });
    }
    assert_eq!(rest(&store), before);
}

#[test]
fn a_source_is_fixed() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..2);
    let claim = id(&store, "claims", 0);
    let by_name = Wish::FixSource { claim: claim.clone(), source: Other::Name("Ilka Dorn".into()), anonymous: false };
    make(&mut store, by_name);
    let source = &row(&store, &claim)["source"];
    assert_eq!((&source["name"], &source["naming"]), (&json!("Ilka Dorn"), &json!("named")));
    assert_eq!((&source["anonymous"], &source["relation"]), (&json!(false), &Value::Null));
    let event = &store.rows("events").unwrap()[0];
    assert_eq!(event["according_to"], json!([["Lake Post", "Ilka Dorn"]]));
    assert_eq!(event["corrected"].as_array().unwrap().len(), 1);
    let hill = actor(&store, "Hill Guard");
    make(
        &mut store,
        Wish::FixSource { claim: claim.clone(), source: Other::Actor("hill guard".into()), anonymous: false },
    );
    let source = &row(&store, &claim)["source"];
    assert_eq!((&source["actor_id"], &source["kind"]), (&json!(hill), &json!("armed_group")));
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn merged_actors_are_one_everywhere() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..9);
    let before = rest(&store);
    let [river, hill, council] = ["River Front", "Hill Guard", "Velm Council"].map(|name| actor(&store, name));
    let first = make(&mut store, merge("river front", &hill[..16]));
    let names = |store: &Store| -> Vec<String> {
        let events = store.rows("events").unwrap();
        events.iter().map(|e| e["actors"][0]["name"].as_str().unwrap().to_owned()).collect()
    };
    assert!(!names(&store).contains(&"River Front".to_owned()));
    let kept = row(&store, &river);
    assert_eq!((&kept["id"], &kept["name"]), (&json!(hill), &json!("Hill Guard")));
    assert_eq!(kept["aliases"], json!(["the Hill Guard", "River Front", "the River Front"]));
    assert_eq!(kept["corrected"], json!([first]));
    let all = serde_json::to_string(&rest(&store)).unwrap();
    assert!(!all.contains(&river), "no row names the actor that went");
    assert!(store.rows("mentions").unwrap().iter().any(|m| m["corrected"] == json!([first])));
    assert!(store.rows("claims").unwrap().iter().any(|c| c["corrected"] == json!([first])));
    // A chain of merges, and no circle.
    assert!(refusal(&mut store, merge(&river, &hill)).contains("already"));
    make(&mut store, merge(&hill, &council));
    assert_eq!(row(&store, &river)["id"], json!(council));
    assert!(refusal(&mut store, merge(&council, &river)).contains("both are Velm Council already"));
    assert!(names(&store).iter().all(|name| name == "Velm Council"));
    assert!(store.verify().unwrap().is_sound());
    // The first merge taken back, the second stands.
    make(&mut store, Wish::Undo { correction: first });
    assert_eq!((&row(&store, &river)["name"], &row(&store, &hill)["id"]), (&json!("River Front"), &json!(council)));
    let log: Vec<String> = store
        .rows("corrections")
        .unwrap()
        .iter()
        .filter(|c| c["state"] == "applied" && c["act"] != "undo")
        .map(|c| c["id"].as_str().unwrap().to_owned())
        .collect();
    for correction in log {
        make(&mut store, Wish::Undo { correction });
    }
    assert_eq!(rest(&store), before);
}

#[test]
fn an_actor_is_split() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..7);
    let river = actor(&store, "River Front");
    let articles = store.rows("events").unwrap();
    let theirs: Vec<&Row> = articles.iter().filter(|e| e["actors"][0]["actor_id"] == json!(river)).collect();
    assert_eq!(theirs.len(), 3);
    let (one, two) = (theirs[0]["article_id"].as_str().unwrap(), theirs[1]["article_id"].as_str().unwrap());
    let mention = store.rows("mentions").unwrap();
    let mention = mention.iter().find(|m| m["article_id"] == two && m["actor_id"] == json!(river)).unwrap();
    let wish = Wish::SplitActor {
        actor: river.clone(),
        articles: vec![one[..12].into()],
        mentions: vec![mention["id"].as_str().unwrap().into()],
        into: Other::Name("River Front (south)".into()),
    };
    let made = make(&mut store, wish);
    let south = actor(&store, "River Front (south)");
    let events = store.rows("events").unwrap();
    let of = |id: &str| events.iter().filter(|e| e["actors"][0]["actor_id"] == json!(id)).count();
    assert_eq!((of(&south), of(&river)), (2, 1));
    let new = row(&store, &south);
    assert_eq!(
        (&new["kind"], &new["basis"], &new["corrected"]),
        (&json!("armed_group"), &json!("user"), &json!([made]))
    );
    assert!(store.verify().unwrap().is_sound());
    make(&mut store, Wish::Undo { correction: made });
    assert!(store.rows("actors").unwrap().iter().all(|a| a["name"] != "River Front (south)"));
}

/// A few corrections of every kind that does not need incidents.
fn several(store: &mut Store) {
    let event = |store: &Store, n: usize| id(store, "events", n);
    let (a, b, c) = (event(store, 0), event(store, 1), event(store, 2));
    let (claim, other) = (id(store, "claims", 6), id(store, "claims", 8));
    make(store, retype(&a, "AID", None));
    make(store, merge("river front", "hill guard"));
    make(store, Wish::Redate { event: b.clone(), days: "2031".into() });
    make(store, Wish::Reject { row: c });
    make(store, Wish::Replace { event: b, place: "none".into() });
    make(store, Wish::FixSource { claim, source: Other::Name("a miller".into()), anonymous: true });
    let last = make(store, retype(&a, "COERCE", Some("seize")));
    make(store, Wish::Undo { correction: last });
    make(store, Wish::Reject { row: other });
}

fn lines(store: &Store) -> String {
    let log = store.corrections().unwrap();
    log.iter().map(|c| serde_json::to_string(c).unwrap() + "\n").collect()
}

#[test]
fn whatever_came_first_the_record_is_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let mut one = built(&dir, 0..12);
    several(&mut one);
    let log = lines(&one);
    // The log first, the pages then, backwards, in two runs.
    let mut two = store(&dir, "two.hearsay");
    assert_eq!(two.import_corrections(&log).unwrap().len(), 9);
    assert_eq!(two.summary().unwrap().corrections["waiting"], 7);
    put(&mut two, (6..12).rev());
    put(&mut two, (0..6).rev());
    for (a, b) in content(&one).into_iter().zip(content(&two)) {
        assert_eq!(a, b);
    }
    // The pages first, the log in two parts, the later half first.
    let mut three = store(&dir, "three.hearsay");
    put(&mut three, 0..12);
    let (first, second) = log.split_at(log.match_indices('\n').nth(3).unwrap().0 + 1);
    three.import_corrections(second).unwrap();
    three.import_corrections(first).unwrap();
    assert!(three.import_corrections(&log).unwrap().is_empty(), "all of it is in");
    for (a, b) in content(&one).into_iter().zip(content(&three)) {
        assert_eq!(a, b);
    }
    // A replay changes nothing.
    let before = content(&three);
    three.replay().unwrap();
    assert_eq!(content(&three), before);
    assert!(three.verify().unwrap().is_sound());
}

#[test]
fn corrections_outlive_another_version_of_the_program() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..8);
    several(&mut store);
    let before = content(&store);
    store.begin_run(&RunInfo { version: "2.0.0".into(), ..info() }).unwrap();
    store.put(&(0..8).map(entry).collect::<Vec<_>>()).unwrap();
    link_all(&mut store);
    store.replay().unwrap();
    assert_eq!(content(&store), before);
}

/// The first page as another version reads it.
fn reread(change: impl Fn(&mut Coded)) -> Entry {
    let mut one = coded(&page(0), 0, 0);
    change(&mut one);
    Entry::new(page(0), vec![one], vec![], vec![])
}

#[test]
fn an_event_that_has_another_id_is_found_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..1);
    let event = id(&store, "events", 0);
    let made = make(&mut store, Wish::SetStatus { event: event.clone(), status: "planned".into() });
    let rebuild = |store: &mut Store, version: &str, change: &dyn Fn(&mut Coded)| {
        store.begin_run(&RunInfo { version: version.into(), ..info() }).unwrap();
        store.put(&[reread(change)]).unwrap();
        store.replay().unwrap();
        store.rows("events").unwrap().iter().map(|e| e["status"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let renamed = |one: &mut Coded| one.events[0].id = EventId::within(&one.article.id, &[b"new"]);
    // Another type gives another id; the trigger stands where it stood.
    let retyped = |one: &mut Coded| {
        renamed(one);
        one.events[0].kind = "MOBILIZE";
    };
    assert_eq!(rebuild(&mut store, "2", &retyped), ["planned"]);
    // Another trigger, the same type, the same sentence.
    let moved = |one: &mut Coded| {
        renamed(one);
        one.events[0].trigger = find(&one.article.text, "bridge");
    };
    assert_eq!(rebuild(&mut store, "3", &moved), ["planned"]);
    // Neither: it waits, and is not lost.
    let other = |one: &mut Coded| {
        retyped(one);
        moved(one);
    };
    assert_eq!(rebuild(&mut store, "4", &other), ["disputed"]);
    let log = store.rows("corrections").unwrap();
    assert_eq!((&log[0]["id"], &log[0]["state"]), (&json!(made), &json!("waiting")));
    assert!(log[0]["note"].is_string());
    assert!(store.verify().unwrap().remarks.iter().any(|r| r.starts_with("1 corrections wait")));
    // A sibling in the sentence is not taken for it.
    let sibling = |one: &mut Coded| {
        let mut twin = one.events[0].clone();
        twin.id = EventId::within(&one.article.id, &[b"twin"]);
        twin.trigger = find(&one.article.text, "bridge");
        one.events.push(twin);
    };
    assert_eq!(rebuild(&mut store, "5", &sibling), ["planned", "disputed"]);
    let second = make(&mut store, Wish::SetStatus { event, status: "alleged".into() });
    let only_twin = |one: &mut Coded| {
        sibling(one);
        one.events.remove(0);
    };
    rebuild(&mut store, "6", &only_twin);
    let log = store.rows("corrections").unwrap();
    assert_eq!((&log[1]["id"], &log[1]["state"]), (&json!(second), &json!("waiting")));
}

#[test]
fn an_undo_can_be_undone() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..1);
    let event = id(&store, "events", 0);
    let made = make(&mut store, retype(&event, "AID", None));
    let undo = make(&mut store, Wish::Undo { correction: made[..14].into() });
    assert_eq!(row(&store, &event)["type"], "ASSAULT");
    assert!(refusal(&mut store, Wish::Undo { correction: made }).contains("undone already"));
    make(&mut store, Wish::Undo { correction: undo });
    assert_eq!(row(&store, &event)["type"], "AID");
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..2);
    let (event, claim, article) = (id(&store, "events", 0), id(&store, "claims", 0), id(&store, "articles", 0));
    let cases = [
        (retype(&event, "BOMB", None), "there is no type `BOMB`; there are AGREE, CONSULT"),
        (retype(&event, "AID", Some("aerial")), "AID has no mode `aerial`; it has none"),
        (retype(&claim, "AID", None), "is a claim; here an event is needed"),
        (retype("", "AID", None), "nothing in the record has the id"),
        (retype("zz", "AID", None), "nothing in the record has the id `zz`"),
        (Wish::Reject { row: article }, "is an article; here an event or a claim is needed"),
        (Wish::Redate { event: event.clone(), days: "soon".into() }, "`soon` is not a time"),
        (Wish::Replace { event: event.clone(), place: "Atlantis".into() }, "no article of the record names a place"),
        (Wish::SetStatus { event: event.clone(), status: "true".into() }, "there is no status `true`"),
        (merge("river front", "river front"), "both are River Front already"),
        (Wish::MergeIncidents { incidents: vec![] }, "two incidents or more"),
    ];
    for (wish, words) in cases {
        let said = refusal(&mut store, wish);
        assert!(said.contains(words), "{said}");
    }
    let wish = retype(&event, "AID", None);
    assert!(store.correct(&wish, "ana", " ").unwrap_err().to_string().contains("needs to say why"));
    assert!(store.corrections().unwrap().is_empty());
    assert_eq!(
        *Store::open(store.path(), Mode::Read).unwrap().correct(&wish, "a", "b").unwrap_err().kind(),
        Kind::ReadOnly
    );
}

#[test]
fn a_log_that_was_tampered_with_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..1);
    let event = id(&store, "events", 0);
    make(&mut store, retype(&event, "AID", None));
    let line = lines(&store).replace("\"AID\"", "\"PROTEST\"");
    assert!(
        store.import_corrections(&line).unwrap_err().to_string().contains("line 1: its id is not that of what it says")
    );
    let mut by_hand: Value = serde_json::from_str(&line).unwrap();
    by_hand.as_object_mut().unwrap().remove("id");
    assert_eq!(store.import_corrections(&by_hand.to_string()).unwrap().len(), 1);
    assert!(store.import_corrections("{}").unwrap_err().to_string().contains("line 1: this is not a correction"));
    let path = store.path().to_owned();
    drop(store);
    rusqlite::Connection::open(&path).unwrap().execute("UPDATE t_corrections SET who = 'eve'", []).unwrap();
    let report = Store::open(&path, Mode::Read).unwrap().verify().unwrap();
    assert_eq!(report.faults.len(), 2);
    assert_eq!(report.faults[0].table, "corrections");
}
