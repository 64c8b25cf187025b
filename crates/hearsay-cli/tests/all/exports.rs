//! Exports of the demo archive from the command line. What they hold is checked by readers that are not ours; see `tests/exports`.

use crate::common::Room;
use serde_json::Value;
use std::fs;

fn demo() -> Room {
    let room = Room::new();
    assert_eq!(room.run(&["demo", "-q"]).0, 0);
    room
}

#[test]
fn every_shape_is_written_and_the_same_twice() {
    let room = demo();
    for shape in hearsay_store::Shape::ALL {
        let (code, out, err) = room.run(&["export", "--as", shape.name()]);
        assert_eq!(code, 0, "{}: {err}", shape.name());
        assert!(!out.trim().is_empty(), "{}", shape.name());
        assert_eq!(out, room.run(&["export", "--as", shape.name()]).1, "{}", shape.name());
    }
}

#[test]
fn a_folder_holds_every_table_and_says_what_it_holds() {
    let room = demo();
    let (code, _, err) = room.run(&["export", "--all", "--as", "geojson", "--as", "ftm", "-o", "out", "-p", "team"]);
    assert_eq!(code, 0, "{err}");
    let package: Value = serde_json::from_slice(&fs::read(room.path("out/datapackage.json")).unwrap()).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), hearsay_store::tables().len() + 2);
    assert_eq!(package["hearsay"]["profile"], "team");
    for resource in resources {
        let file = room.path("out").join(resource["path"].as_str().unwrap());
        assert_eq!(fs::metadata(file).unwrap().len(), resource["bytes"].as_u64().unwrap());
        assert!(resource["hash"].as_str().unwrap().starts_with("sha256:"));
    }
}

#[test]
fn the_public_sees_nobody_who_is_not_a_public_actor() {
    let room = demo();
    let private = room.run(&["export", "-t", "claims"]).1;
    assert!(private.contains("Samir Haddun"), "the demo names a person");
    assert_eq!(room.run(&["export", "--all", "-f", "jsonl", "--as", "acled", "-o", "out", "-p", "public"]).0, 0);
    for file in fs::read_dir(room.path("out")).unwrap() {
        let path = file.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("Haddun"), "{}", path.display());
    }
    assert!(fs::read_to_string(room.path("out/articles.jsonl")).unwrap().contains("[person 1]"));
}

#[test]
fn two_records_are_held_against_each_other() {
    let room = demo();
    assert_eq!(room.run(&["demo", "--pages", "pages", "-q"]).0, 0);
    fs::remove_file(room.path("pages/nahr-2014-04-10.html")).unwrap();
    assert_eq!(room.run(&["build", "pages", "-o", "less.hearsay", "-q"]).0, 0);
    let (code, out, err) = room.run(&["diff", "demo.hearsay", "less.hearsay"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("its page went"), "{out}");
    let json: Value =
        serde_json::from_str(&room.run(&["diff", "demo.hearsay", "less.hearsay", "--format", "json"]).1).unwrap();
    let pages = json["tables"].as_array().unwrap().iter().find(|t| t["table"] == "pages").unwrap();
    assert_eq!(pages["went"].as_array().unwrap().len(), 1);
    assert_eq!(pages["went"][0]["why"], "page_went");
    assert!(room.run(&["diff", "demo.hearsay", "demo.hearsay"]).1.contains("the same rows"));
}
