//! A build that is killed at any moment leaves a sound record, and the next one goes on: nothing twice, nothing lost.

#![cfg(unix)]

use crate::common::*;
use hearsay_store::*;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const PAGES: usize = 160;
const BATCH: usize = 8;

/// A build as the command line makes it: only what is not in already, batch by batch, then linking.
fn build(path: &Path) {
    let mut store = Store::open(path, Mode::Create).unwrap();
    store.begin_run(&info()).unwrap();
    let done = store.done().unwrap();
    let fresh: Vec<usize> = (0..PAGES).filter(|n| !done.has(&page(*n))).collect();
    for batch in fresh.chunks(BATCH) {
        store.put(&batch.iter().map(|n| entry(*n)).collect::<Vec<_>>()).unwrap();
    }
    link_all(&mut store);
    store.finish_run(&RunCounts { read: fresh.len() as u64, ..RunCounts::default() }, &[]).unwrap();
}

/// Not a test by itself: the child that is killed.
#[test]
fn child() {
    if let Some(path) = std::env::var_os("HEARSAY_KILL_RECORD") {
        build(Path::new(&path));
    }
}

fn start(path: &Path) -> std::process::Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::child"])
        .env("HEARSAY_KILL_RECORD", path)
        .stdout(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_build_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let (whole, killed) = (dir.path().join("whole.hearsay"), dir.path().join("killed.hearsay"));
    build(&whole);
    let (mut kills, mut wait, mut partly) = (0, 0, 0);
    // Waits that grow by small uneven steps meet every part of a build: making the file, batches, linking, the end.
    loop {
        let mut child = start(&killed);
        std::thread::sleep(Duration::from_micros(2_000 + wait));
        wait = (wait * 7 + 3_701) % 90_000 + 350 * kills;
        let finished = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        match Store::open(&killed, Mode::Read) {
            Ok(store) => {
                let report = store.verify().unwrap();
                assert!(report.is_sound(), "after {kills} kills: {:?}", report.faults);
                let pages = store.rows("pages").unwrap().len();
                assert!(pages % BATCH == 0 || pages == PAGES, "whole batches only");
                partly += u32::from(pages > 0 && pages < PAGES);
            }
            // The first kills come before there is a record.
            Err(e) => assert!(matches!(e.kind(), Kind::Missing | Kind::NotARecord), "{e}"),
        }
        kills += 1;
        if finished && kills >= 40 {
            break;
        }
        assert!(kills < 400, "the build comes to its end");
        // Some rounds begin anew, so that the first moments of a record are met more than once.
        if kills % 10 == 0 && kills < 40 {
            for file in std::fs::read_dir(dir.path()).unwrap() {
                let file = file.unwrap().path();
                if file.to_string_lossy().contains("killed") {
                    std::fs::remove_file(file).unwrap();
                }
            }
        }
    }
    build(&killed);
    assert!(partly >= 3, "the kills met builds that were under way: {partly}");
    let (whole, killed) = (Store::open(&whole, Mode::Read).unwrap(), Store::open(&killed, Mode::Read).unwrap());
    for (one, other) in content(&whole).into_iter().zip(content(&killed)) {
        assert_eq!(one, other);
    }
}
