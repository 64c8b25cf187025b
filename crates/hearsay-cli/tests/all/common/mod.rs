//! What the tests of the command line share. All places and groups are made up.
#![allow(dead_code)]

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The tables whose rows two builds of the same pages share.
pub const TABLES: [&str; 8] = ["pages", "articles", "stories", "sentences", "mentions", "actors", "claims", "events"];

/// A folder of its own for a test.
pub struct Room(pub TempDir);

impl Room {
    pub fn new() -> Room {
        Room(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file; makes its folder.
    pub fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The program, run in this folder.
    pub fn hearsay(&self, args: &[&str]) -> Command {
        let mut command = Command::new(cargo_bin("hearsay"));
        command.current_dir(self.0.path()).args(args).env_remove("NO_COLOR");
        command
    }

    /// Runs the program; gives its exit code, stdout and stderr.
    pub fn run(&self, args: &[&str]) -> (i32, String, String) {
        let out = self.hearsay(args).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (out.status.code().unwrap_or(-1), text(out.stdout), text(out.stderr))
    }

    /// The rows of a table, without what differs between two runs over the same pages.
    pub fn rows(&self, record: &str, table: &str) -> Vec<Value> {
        let (code, out, err) = self.run(&["export", record, "--table", table]);
        assert_eq!(code, 0, "{err}");
        let mut rows: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            row.remove("read_at");
            row.remove("run");
        }
        rows
    }

    /// Holds two records against each other, row for row.
    pub fn assert_same(&self, a: &str, b: &str) {
        for table in TABLES {
            let (left, right) = (self.rows(a, table), self.rows(b, table));
            assert_eq!(left.len(), right.len(), "rows of {table}");
            for (l, r) in left.iter().zip(&right) {
                assert_eq!(l, r, "a row of {table}");
            }
        }
    }

    /// How many rows a table has.
    pub fn count(&self, record: &str, table: &str) -> usize {
        self.rows(record, table).len()
    }
}

/// A page of made-up news: HTML, with a title, a date and a few paragraphs that differ from page to page.
pub fn page(n: usize) -> String {
    let place = ["Qasrel", "Tel Orun", "Umm Dair", "Sur Hadda", "Nahr Bayt"][n % 5];
    let who = ["The ministry", "A spokesman for the Front", "The Observatory", "Residents", "Two officials"][n / 5 % 5];
    let what = ["denied", "said", "reported", "confirmed", "doubted"][n / 3 % 5];
    let mut body = String::new();
    for k in 0..4 {
        let _ = writeln!(
            body,
            "<p>{who} {what} on Monday that {} people had left the town of {place} after a night of shelling, and that the \
             road to crossing number {} would stay closed. “We have seen {} lorries and no soldier,” a driver said.</p>",
            n * 7 + k + 2,
            n + k,
            n * 3 + k + 1
        );
    }
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Report {n} from {place}</title>\
         <meta property=\"article:published_time\" content=\"2014-04-{:02}T08:00:00Z\"></head>\
         <body><nav><a href=/>Home</a></nav><article><h1>Report {n} from {place}</h1>\n{body}</article></body></html>",
        n % 28 + 1
    )
}

/// Writes pages of made-up news into a folder: `from` to `to`, HTML and text.
pub fn pages(room: &Room, folder: &str, range: std::ops::Range<usize>) {
    for n in range {
        room.file(&format!("{folder}/{n:04}.html"), page(n));
    }
}

/// Whether the tests run as a user whom no permission stops.
pub fn is_root(room: &Room) -> bool {
    let path = room.file("private", "x");
    forbid(&path);
    fs::read(path).is_ok()
}

/// Lets nobody read a file.
#[cfg(unix)]
pub fn forbid(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
}
