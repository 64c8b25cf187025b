//! What is no record, no room, no right to write: each has its kind of error, and nothing is touched.

use crate::common::*;
use hearsay_store::*;
use std::fs;
use std::path::Path;

fn kind(path: &Path, mode: Mode) -> Kind {
    Store::open(path, mode).map(|_| ()).unwrap_err().kind().clone()
}

#[test]
fn what_is_no_record_is_told_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.hearsay");
    assert_eq!(kind(&path, Mode::Read), Kind::Missing);
    assert_eq!(kind(&path, Mode::Write), Kind::Missing);
    assert_eq!(kind(dir.path(), Mode::Create), Kind::NotARecord);
    for other in [b"plain text".as_slice(), b"SQLite format 3\0", &[b'x'; 4096]] {
        fs::write(&path, other).unwrap();
        for mode in [Mode::Read, Mode::Write, Mode::Create] {
            assert_eq!(kind(&path, mode), Kind::NotARecord);
        }
        assert_eq!(fs::read(&path).unwrap(), other);
    }
    fs::remove_file(&path).unwrap();
    rusqlite::Connection::open(&path).unwrap().execute_batch("CREATE TABLE other (x)").unwrap();
    assert_eq!(kind(&path, Mode::Create), Kind::NotARecord);
}

#[test]
fn an_empty_file_may_become_a_record() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.hearsay");
    fs::write(&path, b"").unwrap();
    assert_eq!(kind(&path, Mode::Read), Kind::NotARecord);
    drop(made(&path, 1));
    assert!(Store::open(&path, Mode::Read).unwrap().verify().unwrap().is_sound());
}

#[test]
fn a_record_of_a_newer_format_is_not_touched() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.hearsay");
    drop(made(&path, 1));
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 9).unwrap();
    let before = fs::read(&path).unwrap();
    for mode in [Mode::Read, Mode::Write, Mode::Create] {
        assert_eq!(kind(&path, mode), Kind::NewerVersion { found: 9, known: 2 });
    }
    assert_eq!(fs::read(&path).unwrap(), before);
    let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left, ["r.hearsay"]);
}

/// A record that hearsay wrote in format 1: two pages of its demo archive.
const FORMAT_1: &[u8] = include_bytes!("fixtures/format-1.hearsay.zst");

#[test]
fn a_record_of_format_1_is_read_and_brought_up_to_date() {
    let dir = tempfile::tempdir().unwrap();
    let (old, new) = (dir.path().join("old.hearsay"), dir.path().join("new.hearsay"));
    let bytes = zstd::decode_all(FORMAT_1).unwrap();
    fs::write(&old, &bytes).unwrap();
    let reader = Store::open(&old, Mode::Read).unwrap();
    assert_eq!((reader.rows("events").unwrap().len(), reader.rows("incidents").unwrap().len()), (14, 0));
    let asked = reader.sql("SELECT (SELECT count(*) FROM disputes), count(*) FROM claims", Limits::default()).unwrap();
    assert_eq!(asked.rows[0][0], Cell::Integer(0));
    drop(reader);
    assert_eq!(fs::read(&old).unwrap(), bytes, "reading changes nothing");
    let before = content(&Store::open(&old, Mode::Read).unwrap());
    drop(Store::open(&old, Mode::Write).unwrap());
    assert_eq!(content(&Store::open(&old, Mode::Read).unwrap()), before);
    assert!(Store::open(&old, Mode::Read).unwrap().verify().unwrap().is_sound());
    drop(made(&new, 1));
    let shape = |path: &Path| -> Vec<String> {
        let conn = rusqlite::Connection::open(path).unwrap();
        let mut ask = conn
            .prepare("SELECT coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY name")
            .unwrap();
        ask.query_map([], |r| r.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    };
    assert_eq!(shape(&old), shape(&new), "a record brought up to date has the tables and views of a new one");
}

#[test]
fn one_at_a_time_writes_and_others_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.hearsay");
    let mut store = made(&path, 2);
    assert_eq!(kind(&path, Mode::Create), Kind::Locked);
    assert_eq!(kind(&path, Mode::Write), Kind::Locked);
    store.begin_run(&info()).unwrap();
    store.put(&[entry(2)]).unwrap();
    let reader = Store::open(&path, Mode::Read).unwrap();
    assert_eq!(reader.rows("pages").unwrap().len(), 3);
    assert!(reader.verify().unwrap().is_sound());
    store.put(&[entry(3)]).unwrap();
    assert_eq!(reader.rows("pages").unwrap().len(), 4);
    drop(reader);
    drop(store);
    drop(Store::open(&path, Mode::Write).unwrap());
    let left: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert_eq!(left, ["r.hearsay"], "a record at rest is one file");
}

#[cfg(unix)]
#[test]
fn a_record_on_a_read_only_disk_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.hearsay");
    drop(made(&path, 3));
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    set(&path, 0o444);
    set(dir.path(), 0o555);
    // Whoever may write everywhere (root) cannot be shown a read-only disk this way; reading must work all the same.
    let writable = fs::write(dir.path().join("probe"), b"").is_ok();
    let store = Store::open(&path, Mode::Read).unwrap();
    assert_eq!(store.rows("pages").unwrap().len(), 3);
    assert_eq!(store.sql("SELECT count(*) FROM claims", Limits::default()).unwrap().rows, [[Cell::Integer(6)]]);
    assert!(store.verify().unwrap().is_sound());
    if !writable {
        assert_eq!(kind(&path, Mode::Write), Kind::ReadOnly);
    }
    set(dir.path(), 0o755);
}

#[test]
fn damage_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.hearsay");
    drop(made(&path, 12));
    let faults = |change: &str| {
        let copy = dir.path().join("copy.hearsay");
        fs::copy(&path, &copy).unwrap();
        let conn = rusqlite::Connection::open(&copy).unwrap();
        conn.execute_batch(&format!("PRAGMA foreign_keys = OFF; {change}")).unwrap();
        drop(conn);
        let report = Store::open(&copy, Mode::Read).unwrap().verify().unwrap();
        let named = report.faults.iter().map(|f| format!("{}: {}", f.table, f.message)).collect::<Vec<_>>();
        named.join("\n")
    };
    let cases = [
        ("UPDATE t_originals SET zstd = x'00' WHERE page = 1", "pages: its bytes are lost or damaged"),
        (
            "UPDATE t_originals SET zstd = (SELECT zstd FROM t_originals WHERE page = 2) WHERE page = 1",
            "pages: its bytes",
        ),
        ("DELETE FROM t_originals WHERE page = 1", "pages: its bytes are lost"),
        ("UPDATE t_sentences SET end = end + 100000 WHERE nth = 1 AND article = 1", "sentences: its sentence at"),
        ("UPDATE t_claims SET content_spans = '[[5,1]]' WHERE nth = 0 AND article = 1", "claims: its content at 5..1"),
        ("UPDATE t_events SET start = 1, end = 1 WHERE article = 1", "events: its trigger at 1 covers nothing"),
        ("UPDATE t_mentions SET start = 2 WHERE article = 4 AND nth = 0", "mentions: its mention at 2..7 does not fit"),
        ("DELETE FROM t_claims WHERE nth = 0 AND article = 1", "events: its claim is not in the article"),
        ("UPDATE t_claims SET parent = 1 WHERE article = 1", "claims: it stands in its own content"),
        ("UPDATE t_articles SET text = text || ' more' WHERE key = 1", "record: the full-text index does not hold"),
        ("DELETE FROM t_search WHERE rowid = 1", "articles: it is not in the full-text index"),
        ("UPDATE t_articles SET story = 'x' WHERE key = 1", "stories: its id is not the smallest"),
        ("DELETE FROM t_reprints", "stories: nothing tells why"),
        ("DELETE FROM t_bands WHERE article = 1", "articles: a band of its signature"),
        ("INSERT INTO t_bands VALUES (1, 1, 99)", "record: 1 bands belong to no article"),
        ("DELETE FROM t_articles WHERE key = 1", "record: a row of t_sentences belongs to no row of t_articles"),
        ("UPDATE t_pages SET path = 'elsewhere' WHERE key = 1", "pages: its path is not"),
        ("UPDATE t_articles SET nth = 5 WHERE key = 1", "articles: its id is not that"),
        (
            "UPDATE t_events SET id = (SELECT id FROM t_events WHERE article = 2) WHERE article = 1",
            "events: several rows",
        ),
    ];
    assert_eq!(faults("SELECT 1"), "");
    for (change, wanted) in cases {
        let named = faults(change);
        assert!(named.contains(wanted), "{change}\n{named}");
    }
}

#[test]
fn a_record_with_a_torn_page_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("r.hearsay");
    drop(made(&path, 40));
    let mut bytes = fs::read(&path).unwrap();
    // A whole page of SQLite: half a page may be its free room, where nothing is lost.
    let middle = bytes.len() / 2 / 8192 * 8192;
    bytes[middle..middle + 8192].fill(0xaa);
    fs::write(&path, bytes).unwrap();
    match Store::open(&path, Mode::Read).and_then(|s| s.verify()) {
        Ok(report) => assert!(!report.is_sound()),
        Err(e) => assert_eq!(*e.kind(), Kind::Corrupt),
    }
}
