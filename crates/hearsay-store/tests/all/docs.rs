//! `docs/record.md` describes each public table as it is. After a change: `HEARSAY_UPDATE=1 cargo test -p hearsay-store --test all docs`.

use hearsay_store::*;
use std::fmt::Write;

const BEGIN: &str = "<!-- The tables below are written by a test of hearsay-store. -->\n";

fn described(table: &Table) -> String {
    let mut out = format!("\n## {}\n\n{}\n\n| column | type | is |\n|---|---|---|\n", table.name, table.about);
    for c in &table.columns {
        let _ = writeln!(out, "| {} | {} | {} |", c.name, c.kind.name(), c.about.replace('|', "\\|"));
    }
    out
}

#[test]
fn the_documentation_names_every_table_and_column() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/record.md");
    let found = std::fs::read_to_string(path).unwrap();
    let (head, _) = found.split_once(BEGIN).expect("the line after which the tables stand");
    let wanted = format!("{head}{BEGIN}{}", tables().iter().map(described).collect::<String>());
    if std::env::var_os("HEARSAY_UPDATE").is_some() {
        std::fs::write(path, wanted).unwrap();
        return;
    }
    assert_eq!(found, wanted, "HEARSAY_UPDATE=1 writes it anew");
}

#[test]
fn the_documented_questions_have_answers() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/record.md");
    let text = std::fs::read_to_string(path).unwrap();
    let block = text.split("```sql\n").nth(1).and_then(|b| b.split("```").next()).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("r.hearsay"), Mode::Create).unwrap();
    store.begin_run(&crate::common::info()).unwrap();
    store.put(&[crate::common::entry(0)]).unwrap();
    let questions: Vec<&str> = block.split(";\n").map(str::trim).filter(|q| !q.is_empty()).collect();
    assert_eq!(questions.len(), 4);
    for question in questions {
        let answer = store.sql(question, Limits::default()).unwrap_or_else(|e| panic!("{question}: {e}"));
        assert_eq!(answer.rows.len(), 1, "{question}");
    }
    // Those on what linking finds are understood, whatever there is to find.
    let more = text.split("```sql\n").nth(2).and_then(|b| b.split("```").next()).unwrap();
    let more: Vec<&str> = more.split(";\n").map(str::trim).filter(|q| !q.is_empty()).collect();
    assert_eq!(more.len(), 8);
    for question in more {
        store.sql(question, Limits::default()).unwrap_or_else(|e| panic!("{question}: {e}"));
    }
}
