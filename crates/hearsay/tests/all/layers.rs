//! Keeps the one direction of the workspace: which crate may use which, and that no room of the path imports another.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Each crate and the crates of the workspace that it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("hearsay-types", &[]),
    ("hearsay-data", &[]),
    ("hearsay-engine", &[]),
    ("hearsay", &["hearsay-types", "hearsay-data", "hearsay-engine"]),
    ("hearsay-store", &["hearsay-types"]),
    ("hearsay-serve", &["hearsay-types", "hearsay-store"]),
    ("hearsay-cli", &["hearsay-types", "hearsay-data", "hearsay", "hearsay-store", "hearsay-serve"]),
    ("hearsay-eval", &["hearsay-types", "hearsay-data", "hearsay-engine", "hearsay", "hearsay-store"]),
];

/// The rooms of the path, in order.
const ROOMS: &[&str] = &["pages", "articles", "language", "entities", "claims", "events", "record"];

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace folder exists")
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a source folder can be listed") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

/// The workspace crates that a manifest's `[dependencies]` name.
fn used_crates(manifest: &str) -> Vec<String> {
    let mut inside = false;
    let mut used = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            inside = line.trim() == "[dependencies]";
        } else if inside && line.starts_with("hearsay") {
            used.extend(line.split([' ', '=', '.']).next().map(str::to_owned));
        }
    }
    used
}

#[test]
fn crates_use_only_what_lies_before_them() {
    let allowed: BTreeMap<_, _> = MAY_USE.iter().copied().collect();
    let mut seen = 0;
    for entry in fs::read_dir(workspace().join("crates")).expect("crates/ can be listed") {
        let folder = entry.expect("an entry can be read").path();
        let name = folder.file_name().and_then(|n| n.to_str()).expect("a crate has a name").to_owned();
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).expect("a crate has a manifest");
        let may = allowed.get(name.as_str()).unwrap_or_else(|| panic!("{name} has no place in the layers"));
        for used in used_crates(&manifest) {
            assert!(may.contains(&used.as_str()), "{name} must not use {used}");
        }
        seen += 1;
    }
    assert_eq!(seen, MAY_USE.len(), "each crate of the layers exists");
}

#[test]
fn no_room_imports_another_room() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for room in ROOMS {
        let mut files = Vec::new();
        sources(&src.join(room), &mut files);
        assert!(!files.is_empty(), "the room {room} is there");
        for file in files.into_iter().filter(|f| !f.ends_with("tests.rs")) {
            let text = fs::read_to_string(&file).expect("a source can be read");
            // A room's tests may walk the path up to its door.
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            for other in ROOMS.iter().filter(|o| *o != room) {
                let path = format!("crate::{other}");
                assert!(!text.contains(&path), "{} imports the room {other}", file.display());
            }
            assert!(!text.contains("use crate::{"), "{}: name each import of the crate in full", file.display());
        }
    }
}

/// A path in the documents is written in backquotes and holds a slash.
fn named_paths(text: &str) -> impl Iterator<Item = &str> {
    let is_path = |p: &&str| {
        p.contains('/') && !p.starts_with('/') && !p.contains("..") && !p.contains([' ', '*', ':', '<']) && p.is_ascii()
    };
    text.split('`').skip(1).step_by(2).filter(is_path)
}

#[test]
fn the_paths_that_the_architecture_names_exist() {
    let text = fs::read_to_string(workspace().join("ARCHITECTURE.md")).expect("ARCHITECTURE.md is there");
    let mut count = 0;
    for path in named_paths(&text) {
        assert!(workspace().join(path).exists(), "ARCHITECTURE.md names {path}, which does not exist");
        count += 1;
    }
    assert!(count > 10, "ARCHITECTURE.md names its folders");
}
