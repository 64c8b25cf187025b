//! Everything that can go wrong has a message, a hint where there is one to give, and an exit code.

use crate::common::{Room, forbid, is_root, page};
use std::fs;

/// Runs a command that must fail, and gives what it said.
fn fails(room: &Room, args: &[&str], code: i32) -> String {
    let (found, _, err) = room.run(args);
    assert_eq!(found, code, "{args:?}: {err}");
    err
}

#[test]
fn a_missing_path() {
    let room = Room::new();
    let err = fails(&room, &["build", "nothing.html"], 1);
    assert!(err.starts_with("error: nothing.html: there is no such file or folder\nhint: "), "{err}");
    assert!(!room.path("record.hearsay").exists());
    room.file("a.html", page(1));
    let err = fails(&room, &["build", "nothing.html", "a.html"], 2);
    assert!(err.contains("failed: nothing.html: there is no such file or folder"), "{err}");
    assert_eq!(room.count("record.hearsay", "pages"), 1);
}

#[test]
fn a_pattern_that_nothing_matches() {
    let err = fails(&Room::new(), &["build", "*.html"], 1);
    assert!(err.contains("*.html: no file matches"), "{err}");
}

#[test]
fn an_empty_file() {
    let room = Room::new();
    room.file("empty.html", "");
    let err = fails(&room, &["build", "empty.html"], 2);
    assert!(err.contains("failed: empty.html: the file is empty"), "{err}");
}

#[test]
fn a_folder_without_pages() {
    let room = Room::new();
    fs::create_dir(room.path("none")).unwrap();
    room.file("looks/style.css", "p { color: red }");
    assert!(fails(&room, &["build", "none"], 1).contains("none: the folder is empty"));
    assert!(fails(&room, &["build", "looks"], 1).contains("looks: the folder holds no pages"));
}

#[test]
fn a_file_that_is_no_page() {
    let room = Room::new();
    room.file("report.html", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n");
    let err = fails(&room, &["build", "report.html"], 2);
    assert!(err.contains("failed: report.html: the file is a PDF document, not a saved page"), "{err}");
}

#[test]
fn a_truncated_warc() {
    let room = Room::new();
    let warc = include_bytes!("../../demo/courant-2014-04.warc.gz");
    room.file("cut.warc.gz", &warc[..warc.len() - 200]);
    let err = fails(&room, &["build", "cut.warc.gz"], 2);
    assert!(err.contains("failed: cut.warc.gz#2: the file ends in the middle"), "{err}");
    assert_eq!(room.count("record.hearsay", "pages"), 1);
    // Once it is there whole, the failure is forgotten.
    room.file("cut.warc.gz", warc);
    assert_eq!(room.run(&["build", "cut.warc.gz"]).0, 0);
    assert_eq!((room.count("record.hearsay", "pages"), room.count("record.hearsay", "failures")), (2, 0));
}

#[test]
fn invalid_utf8() {
    let room = Room::new();
    let mut bytes = page(1).replace("Monday", "Monday – as so often –").into_bytes();
    bytes.extend(b"\xff\xfe\x80");
    room.file("a.html", bytes);
    assert_eq!(room.run(&["build", "a.html"]).0, 0);
    let (_, out, _) = room.run(&["sql", "SELECT code FROM notes WHERE stage = 'read'"]);
    assert!(out.contains("invalid-bytes"), "{out}");
}

#[test]
fn a_page_of_50_megabytes() {
    let room = Room::new();
    let picture = "A".repeat(50 << 20);
    let big = page(1).replace("<h1>", &format!("<img src=\"data:image/png;base64,{picture}\"><h1>"));
    room.file("big.html", big);
    assert_eq!(room.run(&["build", "big.html"]).0, 0);
    let (_, out, _) = room.run(&["sql", "SELECT code FROM notes"]);
    assert!(out.contains("large-page"), "{out}");
    assert_eq!(room.run(&["verify"]).0, 0);
}

#[test]
fn a_page_nested_100_000_deep() {
    let room = Room::new();
    let deep = format!("{}{}{}", "<div>".repeat(100_000), page(1), "<ul><li>".repeat(50_000));
    room.file("deep.html", deep);
    assert_eq!(room.run(&["build", "deep.html"]).0, 0);
    assert_eq!(room.count("record.hearsay", "pages"), 1);
}

#[test]
fn a_record_of_a_newer_version() {
    let room = Room::new();
    room.file("a.html", page(1));
    assert_eq!(room.run(&["build", "a.html"]).0, 0);
    let mut bytes = fs::read(room.path("record.hearsay")).unwrap();
    bytes[60..64].copy_from_slice(&999u32.to_be_bytes());
    fs::write(room.path("record.hearsay"), &bytes).unwrap();
    for args in [&["build", "a.html"][..], &["sql", "SELECT 1"], &["verify"]] {
        let err = fails(&room, args, 1);
        assert!(err.contains("a newer version of hearsay wrote this record (format 999"), "{err}");
        assert!(err.contains("hint: use that newer hearsay"), "{err}");
    }
    assert_eq!(fs::read(room.path("record.hearsay")).unwrap(), bytes, "it was not touched");
}

#[test]
fn a_record_that_is_none() {
    let room = Room::new();
    room.file("a.html", page(1));
    room.file("record.hearsay", "Dear diary, ...");
    for args in [&["build", "a.html"][..], &["export", "--table", "claims"], &["doctor"]] {
        let err = fails(&room, args, 1);
        assert!(err.contains("error: record.hearsay: this is not a record of hearsay\nhint: "), "{err}");
    }
    assert_eq!(fs::read_to_string(room.path("record.hearsay")).unwrap(), "Dear diary, ...");
}

#[test]
fn no_record_or_several() {
    let room = Room::new();
    let err = fails(&room, &["sql", "SELECT 1"], 1);
    assert!(err.starts_with("error: there is no record in this folder\nhint: "), "{err}");
    let err = fails(&room, &["sql", "gone.hearsay", "SELECT 1"], 1);
    assert!(err.contains("gone.hearsay: there is no such record"), "{err}");
    room.file("a.hearsay", "");
    room.file("b.hearsay", "");
    let err = fails(&room, &["sql", "SELECT 1"], 1);
    assert!(err.contains("there are several records in this folder: a.hearsay, b.hearsay"), "{err}");
}

#[test]
fn the_only_record_of_a_folder_is_found() {
    let room = Room::new();
    room.file("a.html", page(1));
    assert_eq!(room.run(&["build", "a.html", "-o", "syria.hearsay"]).0, 0);
    assert_eq!(room.run(&["sql", "SELECT count(*) AS n FROM pages"]).1, "n\n-\n1\n");
}

#[cfg(unix)]
#[test]
fn a_page_that_may_not_be_read() {
    let room = Room::new();
    room.file("pages/a.html", page(1));
    forbid(&room.file("pages/b.html", page(2)));
    let out = if is_root(&room) {
        as_nobody(&room, &["build", "pages"])
    } else {
        room.hearsay(&["build", "pages"]).output().unwrap()
    };
    let err = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(2), "{err}");
    assert!(err.contains("failed: pages/b.html: you may not read it"), "{err}");
}

/// Runs the program as a user without rights, in a folder that this user may write to.
#[cfg(unix)]
fn as_nobody(room: &Room, args: &[&str]) -> std::process::Output {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    fs::set_permissions(room.0.path(), fs::Permissions::from_mode(0o777)).unwrap();
    // The program may stand in a folder that is closed to others.
    let program = room.path("hearsay");
    fs::copy(assert_cmd::cargo::cargo_bin("hearsay"), &program).unwrap();
    std::process::Command::new(program).current_dir(room.0.path()).args(args).uid(65534).gid(65534).output().unwrap()
}

/// A build on a file system of one megabyte, which is then made larger.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk() {
    let room = Room::new();
    crate::common::pages(&room, "pages", 0..300);
    fs::create_dir(room.path("small")).unwrap();
    let program = assert_cmd::cargo::cargo_bin("hearsay");
    let script = format!(
        "mount -t tmpfs -o size=1m none small || exit 77
         '{0}' build pages -o small/record.hearsay; echo \"code $?\" >&2
         mount -o remount,size=64m small
         '{0}' build pages -o small/record.hearsay -q; echo \"code $?\" >&2
         cp small/record.hearsay after.hearsay",
        program.display()
    );
    let mut command = std::process::Command::new("unshare");
    let out = command.current_dir(room.0.path()).args(["-rm", "sh", "-c", &script]).output();
    let Some(out) = out.ok().filter(|out| out.status.success()) else {
        eprintln!("no small file system can be mounted here: a full disk was NOT checked");
        return;
    };
    let err = String::from_utf8(out.stderr).unwrap();
    assert!(err.contains("error: small/record.hearsay: there is no room left on the disk"), "{err}");
    assert!(
        err.contains("hint: make room and run the same command again: it goes on where it stopped\ncode 1\n"),
        "{err}"
    );
    assert!(err.ends_with("code 0\n"), "{err}");
    goes_on(&room, "after.hearsay");
}

/// The record is that of a build that met no full disk.
#[cfg(unix)]
fn goes_on(room: &Room, record: &str) {
    assert_eq!(room.run(&["build", "pages", "-o", "other.hearsay"]).0, 0);
    room.assert_same(record, "other.hearsay");
    assert_eq!(room.run(&["verify", record]).0, 0);
}

/// A limit on the size of files stops a write in the middle, as a failing disk does.
#[cfg(unix)]
#[test]
fn a_write_that_fails() {
    let room = Room::new();
    crate::common::pages(&room, "pages", 0..300);
    let program = assert_cmd::cargo::cargo_bin("hearsay");
    let script = format!("trap '' XFSZ; ulimit -f 700; exec '{}' build pages", program.display());
    let out = std::process::Command::new("bash").current_dir(room.0.path()).args(["-c", &script]).output().unwrap();
    let err = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(1), "{err}");
    assert!(err.starts_with("error: record.hearsay: ") && err.contains("\nhint: "), "{err}");
    assert!(err.contains("run the same command again"), "{err}");
    assert_eq!(room.run(&["build", "pages"]).0, 0);
    goes_on(&room, "record.hearsay");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_is_full() {
    let room = Room::new();
    room.file("a.html", page(1));
    assert_eq!(room.run(&["build", "a.html"]).0, 0);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("hearsay"));
    let out = command.current_dir(room.0.path()).args(["export", "-t", "pages"]).stdout(full).output().unwrap();
    let err = String::from_utf8(out.stderr).unwrap();
    assert_eq!(out.status.code(), Some(1), "{err}");
    assert!(err.contains("no room left"), "{err}");
    let err = fails(&room, &["export", "-t", "pages", "-o", "/dev/full"], 1);
    assert!(err.contains("no room left"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let room = Room::new();
    crate::common::pages(&room, "pages", 0..100);
    assert_eq!(room.run(&["build", "pages"]).0, 0);
    let program = assert_cmd::cargo::cargo_bin("hearsay");
    let script = format!("'{0}' export -t pages | head -n 1; echo ${{PIPESTATUS[0]}}", program.display());
    let out = std::process::Command::new("bash").current_dir(room.0.path()).args(["-c", &script]).output().unwrap();
    assert_eq!(String::from_utf8(out.stderr).unwrap(), "");
    assert!(String::from_utf8(out.stdout).unwrap().ends_with("\n0\n"));
}

#[test]
fn commands_that_are_not_understood_could_not_run() {
    let room = Room::new();
    room.file("a.html", page(1));
    assert_eq!(room.run(&["build", "a.html"]).0, 0);
    for args in [&["bild"][..], &["build"], &["export", "-t", "clams"], &["build", "a.html", "-j", "0"], &[]] {
        assert_eq!(room.run(args).0, 1, "{args:?}");
    }
    assert!(fails(&room, &["export"], 1).contains("hint: give --table with one of: pages, articles"));
    for (coder, columns) in [("polecat", 40), ("cameo", 19)] {
        let (code, out, _) = room.run(&["export", "--as", coder]);
        assert_eq!((code, out.lines().next().map(|l| l.split(',').count())), (0, Some(columns)), "{coder}");
    }
    assert!(fails(&room, &["export", "--as", "nothing"], 1).contains("polecat"));
    assert!(fails(&room, &["export", "--as", "acled", "--as", "ucdp"], 1).contains("--all"));
    assert!(fails(&room, &["export", "--as", "acled", "-f", "csv"], 1).contains("leave --format out"));
    assert!(fails(&room, &["export", "--all"], 1).contains("name it with -o"));
    assert!(fails(&room, &["diff", "record.hearsay", "no.hearsay"], 1).contains("there is no such record"));
    assert!(fails(&room, &["export", "--as", "polecat", "-t", "events"], 1).contains("--table"));
    assert!(fails(&room, &["show", "beef"], 1).contains("nothing in the record has the id `beef`"));
    assert!(fails(&room, &["sql", "DELETE FROM pages"], 1).starts_with("error: "));
    assert!(fails(&room, &["sql", "SELECT nothing FROM pages"], 1).contains("hint: the tables are pages, articles"));
    assert_eq!(room.count("record.hearsay", "pages"), 1);
}

#[test]
fn a_second_build_at_once_is_refused() {
    let room = Room::new();
    // A build that waits for its stdin holds the record.
    let mut first = std::process::Command::new(assert_cmd::cargo::cargo_bin("hearsay"))
        .current_dir(room.0.path())
        .args(["build", "-", "-q"])
        .stdin(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    while !room.path("record.hearsay").exists() {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    std::thread::sleep(std::time::Duration::from_millis(200));
    room.file("a.html", page(1));
    let err = fails(&room, &["build", "a.html"], 1);
    assert!(err.contains("another build is writing to this record\nhint: wait until it has finished"), "{err}");
    std::io::Write::write_all(&mut first.stdin.take().unwrap(), page(2).as_bytes()).unwrap();
    assert_eq!(first.wait().unwrap().code(), Some(0));
    assert_eq!(room.run(&["build", "a.html"]).0, 0);
    assert_eq!(room.count("record.hearsay", "pages"), 2);
}

#[test]
fn colours_are_for_terminals() {
    let room = Room::new();
    for value in ["", "1"] {
        let out = room.hearsay(&["build", "nothing"]).env("NO_COLOR", value).output().unwrap();
        assert!(!out.stderr.contains(&0x1b));
    }
}

#[test]
fn quiet_is_quiet() {
    let room = Room::new();
    room.file("pages/a.html", page(1));
    room.file("pages/b.html", "");
    let (code, out, err) = room.run(&["build", "pages", "-q"]);
    assert_eq!((code, out.as_str(), err.as_str()), (2, "", ""));
}

#[test]
fn many_failures_are_counted() {
    let room = Room::new();
    for n in 0..30 {
        room.file(&format!("pages/{n:02}.html"), "");
    }
    let err = fails(&room, &["build", "pages"], 2);
    assert_eq!(err.matches("failed: ").count(), 10, "{err}");
    assert!(err.contains("hint: 20 more failed; `hearsay doctor record.hearsay` lists them all"), "{err}");
    assert_eq!(room.run(&["doctor"]).1.matches("the file is empty").count(), 30);
    assert_eq!(room.run(&["build", "pages", "-v"]).2.matches("failed: ").count(), 30);
}
