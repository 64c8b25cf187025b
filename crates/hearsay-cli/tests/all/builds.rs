//! Builds: the same pages give the same record, however they come.

use crate::common::{Room, page, pages};
use std::fmt::Write;
use std::time::Duration;

#[test]
fn one_thread_gives_the_rows_of_many() {
    let room = Room::new();
    pages(&room, "pages", 0..80);
    let lines: String = (80..120).fold(String::new(), |mut lines, n| {
        let _ = writeln!(lines, "{}", serde_json::json!({"url": format!("https://a.example/{n}"), "html": page(n)}));
        lines
    });
    room.file("pages/more.jsonl", lines);
    for (jobs, record) in [("1", "one.hearsay"), ("7", "seven.hearsay")] {
        assert_eq!(room.run(&["build", "pages", "-o", record, "-j", jobs]).0, 0);
    }
    assert_eq!(room.count("one.hearsay", "pages"), 120);
    assert!(room.count("one.hearsay", "articles") >= 120);
    room.assert_same("one.hearsay", "seven.hearsay");
}

#[test]
fn in_parts_or_at_once() {
    let room = Room::new();
    pages(&room, "a", 0..20);
    pages(&room, "b", 20..40);
    // The same bytes once more, elsewhere.
    room.file("b/copy.html", page(3));
    assert_eq!(room.run(&["build", "b", "-o", "parts.hearsay"]).0, 0);
    assert_eq!(room.run(&["build", "a", "-o", "parts.hearsay"]).0, 0);
    assert_eq!(room.run(&["build", "a", "b", "-o", "whole.hearsay"]).0, 0);
    room.assert_same("parts.hearsay", "whole.hearsay");
    assert_eq!(room.count("whole.hearsay", "pages"), 40);
}

/// A line that hundreds of stories begin with is a crowded band: few stand for it, and who they are is not to depend on the
/// order in which the stories came. The true reprints among them are found all the same.
#[test]
fn a_crowd_in_parts_or_at_once() {
    let room = Room::new();
    for n in 0..240 {
        let line = "The readers of the Northern Courant and their friends bring this page to you every day.";
        let story = story(if n % 12 == 5 { n - 5 } else { n });
        let end = if n % 12 == 5 { " It gave no details." } else { "" };
        room.file(&format!("{}/{n:03}.txt", if n % 3 == 0 { "a" } else { "b" }), format!("{line}\n{story}{end}\n"));
    }
    for folder in ["b", "a"] {
        assert_eq!(room.run(&["build", folder, "--as", "article", "-o", "parts.hearsay"]).0, 0);
    }
    assert_eq!(room.run(&["build", "a", "b", "--as", "article", "-o", "whole.hearsay"]).0, 0);
    room.assert_same("parts.hearsay", "whole.hearsay");
    assert_eq!(room.count("whole.hearsay", "stories"), 220);
    assert_eq!(room.run(&["verify", "parts.hearsay"]).0, 0);
}

/// Eighty words, others for every number.
fn story(n: u64) -> String {
    let mut seed = n.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed % below as u64) as usize
    };
    let parts = ["ka", "ru", "mel", "to", "is", "dra", "vo", "an", "sti", "el", "ho", "per"];
    (0..80).fold(String::new(), |mut text, at| {
        let _ = write!(
            text,
            "{}{}{}{}",
            parts[next(12)],
            parts[next(12)],
            parts[next(12)],
            if at % 10 == 9 { ". " } else { " " }
        );
        text
    })
}

#[test]
fn only_what_is_new_is_read() {
    let room = Room::new();
    pages(&room, "pages", 0..10);
    assert_eq!(room.run(&["build", "pages"]).0, 0);
    pages(&room, "pages", 10..12);
    let (_, out, _) = room.run(&["build", "pages", "--format", "json"]);
    let summary: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((summary["read"].as_u64(), summary["skipped"].as_u64()), (Some(2), Some(10)));
}

#[test]
fn another_engine_reads_again() {
    let room = Room::new();
    pages(&room, "pages", 0..3);
    let read = |engine: &[&str]| {
        let (_, out, _) = room.run(&[&["build", "pages", "--format", "json"], engine].concat());
        serde_json::from_str::<serde_json::Value>(&out).unwrap()["read"].as_u64()
    };
    assert_eq!(read(&["--engine", "none"]), Some(3));
    assert_eq!(read(&["--engine", "fast"]), Some(3));
    assert_eq!(read(&["--engine", "fast"]), Some(0));
    assert_eq!(read(&[]), Some(3));
    assert_eq!(read(&["--engine", "accurate"]), Some(0));
    let told = room.run(&["doctor"]).1;
    for line in
        ["ships weights/engine", "the language engine reads with weights/engine", "engine none)", "engine accurate)"]
    {
        assert!(told.contains(line), "{line}: {told}");
    }
}

#[test]
fn a_page_comes_in_by_stdin() {
    let room = Room::new();
    room.hearsay(&["build", "-"]).write_stdin(page(4)).assert().code(0);
    assert_eq!(room.rows("record.hearsay", "pages")[0]["path"], "-");
    let line = serde_json::json!({"text": "A story in one line."}).to_string();
    room.hearsay(&["build", "-", "-o", "lines.hearsay"]).write_stdin(format!("{line}\n{line}x\n")).assert().code(2);
}

#[test]
fn an_article_is_taken_whole() {
    let room = Room::new();
    room.file(
        "a.txt",
        "Home\nNews\n\nThe ministry said on Monday that the bridge at Qasrel was closed.\nIt gave no reason.\n",
    );
    assert_eq!(room.run(&["build", "a.txt", "--as", "article"]).0, 0);
    let articles = room.rows("record.hearsay", "articles");
    assert_eq!(articles.len(), 1);
    assert!(articles[0]["text"].as_str().unwrap().starts_with("Home"));
}

/// Kills a build with SIGKILL again and again, at moments that are spread over its whole length, lets it finish, and
/// holds the record against that of a build that nobody disturbed. The engine plays no part in it and would take its time.
#[test]
fn a_build_survives_being_killed() {
    let room = Room::new();
    pages(&room, "pages", 0..300);
    let begun = std::time::Instant::now();
    assert_eq!(room.run(&["build", "pages", "-o", "whole.hearsay", "-q", "--engine", "none"]).0, 0);
    let length = begun.elapsed();
    let mut killed = 0;
    let mut seed = 42u64;
    for n in 0..16 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let moment = length.mul_f64((seed >> 33) as f64 / f64::from(1u32 << 31));
        // A quarter of them begin anew, so that early moments are met as well.
        let record = if n % 4 != 3 { "killed.hearsay".to_owned() } else { format!("fresh-{n}.hearsay") };
        killed += usize::from(killed_after(&room, &record, moment));
        if n % 4 == 3 {
            assert_eq!(room.run(&["build", "pages", "-o", &record, "-q", "--engine", "none"]).0, 0);
            room.assert_same("whole.hearsay", &record);
        }
    }
    assert!(killed >= 4, "only {killed} builds were killed before they ended");
    assert_eq!(room.run(&["build", "pages", "-o", "killed.hearsay", "-q", "--engine", "none"]).0, 0);
    room.assert_same("whole.hearsay", "killed.hearsay");
    assert_eq!(room.run(&["verify", "killed.hearsay"]).0, 0);
}

/// True where the build was still running.
fn killed_after(room: &Room, record: &str, moment: Duration) -> bool {
    let mut build = std::process::Command::new(assert_cmd::cargo::cargo_bin("hearsay"))
        .current_dir(room.0.path())
        .args(["build", "pages", "-o", record, "-q", "--engine", "none"])
        .spawn()
        .unwrap();
    std::thread::sleep(moment);
    build.kill().unwrap();
    build.wait().unwrap().code().is_none()
}

#[cfg(unix)]
#[test]
fn control_c_keeps_what_is_done() {
    let room = Room::new();
    pages(&room, "pages", 0..600);
    let build = std::process::Command::new(assert_cmd::cargo::cargo_bin("hearsay"))
        .current_dir(room.0.path())
        .args(["build", "pages", "--engine", "none"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    std::process::Command::new("kill").args(["-INT", &build.id().to_string()]).status().unwrap();
    let out = build.wait_with_output().unwrap();
    let err = String::from_utf8(out.stderr).unwrap();
    if out.status.code() == Some(130) {
        assert!(err.contains("hint: stopped; run the same command again"), "{err}");
    } else {
        assert_eq!(out.status.code(), Some(0), "it was quicker than the signal: {err}");
    }
    assert_eq!(room.run(&["build", "pages", "--engine", "none"]).0, 0);
    assert_eq!(room.count("record.hearsay", "pages"), 600);
}
