//! SQL and `show`.

use crate::common::*;
use hearsay_store::*;
use std::time::{Duration, Instant};

#[test]
fn questions_get_typed_answers() {
    let (_dir, store) = record();
    let ask = |query: &str| store.sql(query, Limits::default()).unwrap();
    let answer = ask("SELECT stance, count(*) AS n, 0.5, NULL, x'01' FROM claims GROUP BY 1 ORDER BY 1");
    assert_eq!(answer.columns, ["stance", "n", "0.5", "NULL", "x'01'"]);
    let first = &answer.rows[0];
    assert_eq!(first[..3], [Cell::Text("asserts".into()), Cell::Integer(14), Cell::Real(0.5)]);
    assert_eq!(first[3..], [Cell::Null, Cell::Blob(vec![1])]);
    let joined =
        "SELECT s.text FROM claims c JOIN sentences s ON s.id = c.sentence_id JOIN articles a ON a.id = c.article_id
                  WHERE c.source->>'anonymous' AND a.publisher = 'Lake Post'";
    assert_eq!(ask(joined).rows.len(), 7);
    assert_eq!(ask("SELECT 1 WHERE 0").columns, ["1"]);
    assert_eq!(ask("SELECT count(*) FROM pages WHERE length(original) > 0").rows, [[Cell::Integer(12)]]);
}

#[test]
fn rows_and_time_are_bounded() {
    let (_dir, store) = record();
    let endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x FROM n";
    let answer = store.sql(endless, Limits { rows: Some(5), ..Limits::default() }).unwrap();
    assert_eq!((answer.rows.len(), answer.more), (5, true));
    let exact = store.sql("SELECT id FROM pages", Limits { rows: Some(12), ..Limits::default() }).unwrap();
    assert_eq!((exact.rows.len(), exact.more), (12, false));
    let begun = Instant::now();
    let limits = Limits { time: Some(Duration::from_millis(200)), rows: None };
    let error = store.sql(&endless.replace("SELECT x FROM n", "SELECT max(x) FROM n"), limits).unwrap_err();
    assert_eq!(*error.kind(), Kind::TimedOut);
    assert!(begun.elapsed() < Duration::from_secs(20));
}

#[test]
fn questions_only_read() {
    let (dir, store) = record();
    let before = std::fs::read(store.path()).unwrap();
    let attach = format!("ATTACH '{}' AS x", dir.path().join("new").display());
    for bad in [
        "DELETE FROM t_pages",
        "DROP VIEW pages",
        "CREATE TABLE x (y)",
        "CREATE TEMP TABLE x AS SELECT 1",
        "INSERT INTO t_search (t_search) VALUES ('rebuild')",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA query_only = 0",
        "VACUUM INTO 'copy'",
        "BEGIN",
        "SELECT load_extension('x')",
        "SELECT 1; DELETE FROM t_pages",
        "SELECT nothing FROM nowhere",
        "",
        &attach,
    ] {
        let error = store.sql(bad, Limits::default()).map(|_| ()).unwrap_err();
        assert_eq!(*error.kind(), Kind::BadQuery, "{bad}: {error}");
    }
    assert_eq!(std::fs::read(store.path()).unwrap(), before);
    assert!(store.sql("SELECT zeroblob(1000000000)", Limits::default()).is_err(), "memory is bounded");
}

#[test]
fn a_claim_opens_its_sentence_and_its_chain() {
    let (_dir, store) = record();
    let claims = store.rows("claims").unwrap();
    let inner = claims[1]["id"].as_str().unwrap();
    let shown = store.show(inner).unwrap();
    assert_eq!(shown.table, "claims");
    assert_eq!(shown.row, claims[1]);
    assert!(shown.sentence.as_ref().unwrap()["text"].as_str().unwrap().contains("shelled"));
    assert!(shown.article.as_ref().unwrap().get("text").is_none());
    assert_eq!(shown.page.as_ref().unwrap()["path"], "archive/00000.html");
    let chain: Vec<_> = shown.chain.iter().map(|c| c["id"].as_str().unwrap()).collect();
    assert_eq!(chain, [inner, claims[0]["id"].as_str().unwrap()]);
    assert_eq!(shown.publisher(), Some("Lake Post"));
    assert_eq!(shown.why(), ["The cue is `said`, the source its subject."]);
    assert_eq!(shown.related[0].0, "actors");
}

#[test]
fn every_kind_of_row_is_shown() {
    let (_dir, store) = record();
    for table in ["pages", "articles", "sentences", "mentions", "actors", "claims", "events"] {
        let rows = store.rows(table).unwrap();
        for row in [&rows[0], &rows[rows.len() - 1]] {
            let shown = store.show(row["id"].as_str().unwrap()).unwrap();
            assert_eq!((shown.table, &shown.row), (table, row));
        }
    }
    let page = &store.rows("pages").unwrap()[3];
    assert_eq!(store.show(page["id"].as_str().unwrap()).unwrap().related.len(), 2);
    let event = &store.rows("events").unwrap()[0];
    assert_eq!(store.show(event["id"].as_str().unwrap()).unwrap().chain.len(), 1);
    let article = &store.rows("articles").unwrap()[0];
    let shown = store.show(article["id"].as_str().unwrap()).unwrap();
    assert_eq!(shown.related[0].0, "stories");
}

#[test]
fn the_beginning_of_an_id_is_enough_where_it_is_the_only_one() {
    let (_dir, store) = record();
    let id = store.rows("claims").unwrap()[0]["id"].as_str().unwrap().to_owned();
    assert_eq!(store.show(&id[..16]).unwrap().row["id"], id.as_str());
    assert_eq!(store.show(&id[..16].to_uppercase()).unwrap().row["id"], id.as_str());
    let several = store.show(&id[..4]).unwrap_err();
    assert!(matches!(several.kind(), Kind::Ambiguous(ids) if ids.len() > 1 && ids.len() <= 10));
    for bad in ["", "xyz", "'", "0123456789abcdef0123456789abcdef"] {
        assert!(matches!(store.show(bad).unwrap_err().kind(), Kind::NotFound(_)));
    }
}

#[test]
fn the_summary_counts() {
    let (_dir, store) = record();
    let summary = store.summary().unwrap();
    assert_eq!(summary.pages["text/html"], 12);
    assert_eq!(summary.articles["en"], 14);
    assert_eq!(summary.claims["denies"], 14);
    assert_eq!(summary.events["ASSAULT"], 14);
    assert_eq!(summary.publishers[0].1 + summary.publishers[1].1, 14);
    assert_eq!(summary.published, (Some("2031-03-04".into()), Some("2031-03-04".into())));
    assert_eq!((summary.stories, summary.reprinted, summary.unlinked), (13, 1, 0));
    assert!(summary.file_bytes > 0 && summary.bytes > 0);
}
