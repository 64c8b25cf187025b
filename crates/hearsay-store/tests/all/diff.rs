//! What changed between two records, and why.

use crate::common::*;
use hearsay_store::*;
use hearsay_types::Status;
use hearsay_types::correction::Wish;

fn record(dir: &tempfile::TempDir, name: &str, info: &RunInfo, entries: &[Entry]) -> Store {
    let mut store = Store::open(&dir.path().join(name), Mode::Create).unwrap();
    store.begin_run(info).unwrap();
    store.put(entries).unwrap();
    link_all(&mut store);
    store.finish_run(&RunCounts::default(), &[]).unwrap();
    store
}

fn of<'a>(diff: &'a Diff, table: &str) -> &'a TableDiff {
    diff.tables.iter().find(|t| t.table == table).unwrap()
}

#[test]
fn a_record_is_like_itself() {
    let dir = tempfile::tempdir().unwrap();
    let entries: Vec<Entry> = (0..6).map(entry).collect();
    let (one, other) = (record(&dir, "a.hearsay", &info(), &entries), record(&dir, "b.hearsay", &info(), &entries));
    let diff = one.diff(&other).unwrap();
    assert!(diff.tables.iter().all(|t| t.came.is_empty() && t.went.is_empty() && t.changed.is_empty()));
    assert_eq!(of(&diff, "events").same, one.rows("events").unwrap().len() as u64);
}

#[test]
fn rows_come_and_go_with_their_pages() {
    let dir = tempfile::tempdir().unwrap();
    let entries: Vec<Entry> = (0..7).map(entry).collect();
    let one = record(&dir, "a.hearsay", &info(), &entries[..5]);
    let other = record(&dir, "b.hearsay", &info(), &entries[1..]);
    let diff = one.diff(&other).unwrap();
    let pages = of(&diff, "pages");
    assert_eq!((pages.came.len(), pages.went.len(), pages.same), (2, 1, 4));
    let events = of(&diff, "events");
    assert!(!events.came.is_empty() && events.came.iter().all(|c| c.why == Why::PageCame));
    assert!(!events.went.is_empty() && events.went.iter().all(|c| c.why == Why::PageWent));
}

#[test]
fn what_another_version_tells_otherwise_is_shown_field_by_field() {
    let dir = tempfile::tempdir().unwrap();
    let one = record(&dir, "a.hearsay", &info(), &[entry(0)]);
    let page = page(0);
    let mut changed = coded(&page, 0, 0);
    changed.events[0].status = Status::Denied;
    let signature = signature(&changed.article);
    let newer = RunInfo { version: "1.1.0".into(), ..info() };
    let other = record(&dir, "b.hearsay", &newer, &[Entry::new(page, vec![changed], vec![signature], vec![])]);
    let diff = one.diff(&other).unwrap();
    let events = of(&diff, "events");
    assert_eq!((events.came.len(), events.went.len(), events.changed.len()), (0, 0, 1));
    assert_eq!(events.changed[0].why, Why::OtherCoder);
    let field = &events.changed[0].fields[0];
    assert_eq!((field.name, field.was.as_str(), field.now.as_str()), ("status", Some("disputed"), Some("denied")));
    assert_ne!(diff.was_coded_by, diff.is_coded_by);
}

#[test]
fn corrections_are_named_for_each_row() {
    let dir = tempfile::tempdir().unwrap();
    let entries: Vec<Entry> = (0..4).map(entry).collect();
    let one = record(&dir, "a.hearsay", &info(), &entries);
    let mut other = record(&dir, "b.hearsay", &info(), &entries);
    let ids: Vec<String> = other.rows("events").unwrap().iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect();
    let status = Wish::SetStatus { event: ids[0].clone(), status: "denied".into() };
    other.correct(&status, "Ana", "The page says so.").unwrap();
    other.correct(&Wish::Reject { row: ids[1].clone() }, "Ana", "It is no act.").unwrap();
    let log: Vec<String> = other.corrections().unwrap().iter().map(|c| c.id.to_string()).collect();
    let diff = one.diff(&other).unwrap();
    let events = of(&diff, "events");
    assert_eq!((events.changed.len(), events.went.len()), (1, 1));
    assert_eq!((events.changed[0].why, &events.changed[0].corrections[..]), (Why::Corrections, &log[..1]));
    assert!(events.changed[0].fields.iter().all(|f| f.name != "corrected"));
    assert_eq!((events.went[0].why, &events.went[0].corrections[..]), (Why::Corrections, &log[1..]));
    let back = other.diff(&one).unwrap();
    assert_eq!(of(&back, "events").came[0].corrections, log[1..]);
}

#[test]
fn a_row_with_another_id_on_the_same_words_has_changed() {
    let dir = tempfile::tempdir().unwrap();
    let one = record(&dir, "a.hearsay", &info(), &[entry(0)]);
    let page = page(0);
    let mut changed = coded(&page, 0, 0);
    changed.events[0].id = hearsay_types::EventId::within(&changed.article.id, &[b"other"]);
    changed.events[0].kind = "COERCE";
    let signature = signature(&changed.article);
    let other = record(&dir, "b.hearsay", &info(), &[Entry::new(page, vec![changed], vec![signature], vec![])]);
    let diff = one.diff(&other).unwrap();
    let events = of(&diff, "events");
    assert_eq!((events.came.len(), events.went.len(), events.changed.len()), (0, 0, 1));
    assert!(events.changed[0].was.is_some());
    assert!(events.changed[0].fields.iter().any(|f| f.name == "type"));
}
