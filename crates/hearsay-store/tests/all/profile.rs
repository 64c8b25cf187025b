//! What the profiles show: private names are masked everywhere for the public, and every span still fits its text.

use crate::common::*;
use hearsay_store::*;
use serde_json::Value;

fn rows(seen: &Seen, table: &str) -> Vec<Row> {
    let mut rows = Vec::new();
    seen.each(table, &mut |row| {
        rows.push(row);
        Ok(())
    })
    .unwrap();
    rows
}

#[test]
fn the_private_profile_shows_everything() {
    let (_dir, store) = record();
    let seen = store.seen(Profile::Private).unwrap();
    for table in tables() {
        assert_eq!(rows(&seen, table.name), store.rows(table.name).unwrap(), "{}", table.name);
    }
}

#[test]
fn the_team_sees_names_but_no_folders() {
    let (_dir, store) = record();
    let seen = store.seen(Profile::Team).unwrap();
    assert_eq!(rows(&seen, "pages")[0]["path"], "00000.html");
    assert_eq!(rows(&seen, "articles"), store.rows("articles").unwrap());
}

#[test]
fn the_public_sees_no_private_name_in_any_form_of_export() {
    let (_dir, store) = record();
    let seen = store.seen(Profile::Public).unwrap();
    for table in tables() {
        for format in [Format::Jsonl, Format::Csv] {
            let mut out = Vec::new();
            seen.export(table.name, format, &mut out).unwrap();
            let text = String::from_utf8(out).unwrap();
            assert!(!text.contains("Dorn") && !text.contains("DORN"), "{} {}", table.name, format.name());
        }
    }
    let articles = rows(&seen, "articles");
    assert!(articles.iter().all(|a| a["text"].as_str().unwrap().contains("said [person 1], who speaks for the")));
    assert!(articles.iter().all(|a| a["byline"].is_null()));
}

#[test]
fn public_actors_keep_their_names() {
    let (_dir, store) = record();
    let seen = store.seen(Profile::Public).unwrap();
    assert_eq!(rows(&seen, "actors"), store.rows("actors").unwrap());
    assert_eq!(rows(&seen, "mentions").len(), store.rows("mentions").unwrap().len());
}

/// Every span in a value, as its text and its bounds.
fn spans(value: &Value, out: &mut Vec<(String, usize, usize)>) {
    match value {
        Value::Array(all) => all.iter().for_each(|v| spans(v, out)),
        Value::Object(fields) => {
            if let (Some(text), Some(start), Some(end)) =
                (fields.get("text").and_then(Value::as_str), fields.get("start"), fields.get("end"))
            {
                out.push((text.into(), start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize));
            }
            fields.values().for_each(|v| spans(v, out));
        }
        _ => {}
    }
}

#[test]
fn every_span_fits_the_masked_text() {
    let (_dir, store) = record();
    let seen = store.seen(Profile::Public).unwrap();
    let articles: std::collections::HashMap<String, Row> =
        rows(&seen, "articles").into_iter().map(|a| (a["id"].as_str().unwrap().to_owned(), a)).collect();
    let mut checked = 0;
    for table in ["articles", "mentions", "claims", "events"] {
        for row in rows(&seen, table) {
            let article = &articles[row[if table == "articles" { "id" } else { "article_id" }].as_str().unwrap()];
            let body = article["text"].as_str().unwrap();
            let mut found = Vec::new();
            row.values().for_each(|v| spans(v, &mut found));
            for (text, start, end) in found {
                assert_eq!(&body[start..end], text, "{table}");
                checked += 1;
            }
        }
    }
    assert!(checked > 200);
    for row in rows(&seen, "sentences") {
        let article = &articles[row["article_id"].as_str().unwrap()];
        let text = match row["passage"].as_str().unwrap() {
            "headline" => article["title"].as_str().unwrap(),
            "caption" => article["captions"][row["caption"].as_u64().unwrap() as usize]["text"].as_str().unwrap(),
            _ => article["text"].as_str().unwrap(),
        };
        let (start, end) = (row["start"].as_u64().unwrap() as usize, row["end"].as_u64().unwrap() as usize);
        assert_eq!(&text[start..end], row["text"].as_str().unwrap());
    }
}
