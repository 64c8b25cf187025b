//! Actors and places that a user brings.

use crate::common::Room;
use std::path::Path;

const STORY: &str = "The Harrow Front attacked a convoy near Tolm Harbour on Monday, the Ruun Observatory said.";

fn example(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/examples").join(name).to_string_lossy().into_owned()
}

#[test]
fn the_examples_of_the_guide_are_read_and_win() {
    let room = Room::new();
    room.file("a.txt", STORY);
    let (actors, places) = (example("actors.tsv"), example("places.txt"));
    let build = ["build", "a.txt", "--as", "article", "--engine", "none", "--actors", &actors, "--gazetteer", &places];
    assert_eq!(room.run(&build).0, 0);
    let named = |table: &str, name: &str| {
        let rows = room.rows("record.hearsay", table);
        rows.into_iter().find(|r| r.to_string().contains(name)).unwrap_or_default()
    };
    let front = named("actors", "Harrow Front");
    assert_eq!((&front["kind"], &front["sector"]), (&"armed_group".into(), &"REB".into()), "{front}");
    let place = &named("mentions", "geonames:900000001")["place"];
    assert_eq!((&place["lat"], &place["lon"]), (&10.25.into(), &20.5.into()), "{place}");
    // The run remembers them; without them the pages are others, and coded again.
    let run = named("runs", "actors.tsv");
    assert!(run["options"].to_string().contains("sha256"), "{run}");
    let (code, _, said) = room.run(&["build", "a.txt", "--as", "article", "--engine", "none"]);
    assert!(code == 0 && said.contains("1 page read"), "{said}");
}

#[test]
fn a_bad_row_is_named_before_anything_is_read() {
    let room = Room::new();
    room.file("a.txt", STORY);
    room.file("actors.tsv", "# mine\nharrow\tHarrow Front\tgang\n");
    let (code, _, said) = room.run(&["build", "a.txt", "--engine", "none", "--actors", "actors.tsv"]);
    assert!(code == 1 && said.contains("actors.tsv, line 2: unknown kind \"gang\""), "{said}");
    assert!(!room.path("record.hearsay").exists(), "a record was begun for nothing");
    let (code, _, said) = room.run(&["build", "a.txt", "--engine", "none", "--gazetteer", "absent.txt"]);
    assert!(code == 1 && said.contains("absent.txt"), "{said}");
}
