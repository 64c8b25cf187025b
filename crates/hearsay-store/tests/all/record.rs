//! What goes in comes out, in the fields that `docs/record.md` names.

use crate::common::*;
use hearsay_store::*;
use hearsay_types::*;
use serde_json::{Value, json};

fn built(dir: &tempfile::TempDir, pages: impl IntoIterator<Item = usize>) -> Store {
    let mut store = Store::open(&dir.path().join("r.hearsay"), Mode::Create).unwrap();
    store.begin_run(&info()).unwrap();
    let entries: Vec<Entry> = pages.into_iter().map(entry).collect();
    entries.chunks(10).for_each(|batch| store.put(batch).unwrap());
    link_all(&mut store);
    store.finish_run(&RunCounts { read: entries.len() as u64, ..RunCounts::default() }, &["a note".into()]).unwrap();
    store
}

fn names(row: &Row) -> Vec<&str> {
    let mut names: Vec<&str> = row.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

#[test]
fn a_claim_has_the_fields_of_the_schema() {
    let dir = tempfile::tempdir().unwrap();
    let store = built(&dir, [0]);
    let claims = store.rows("claims").unwrap();
    let sentences = store.rows("sentences").unwrap();
    assert_eq!(claims.len(), 2);
    let first = &claims[0];
    assert_eq!(
        names(first),
        [
            "addressee",
            "article_id",
            "content",
            "corrected",
            "cue",
            "id",
            "medium",
            "parent",
            "sentence_id",
            "source",
            "stance",
            "why"
        ]
    );
    assert_eq!(first["source"]["spans"][0]["text"], "a spokesman for the council");
    assert_eq!(first["source"]["relation"], json!({"type": "on_behalf_of", "actor": "the council", "actor_id": null}));
    assert_eq!(first["source"]["anonymous"], true);
    assert_eq!(first["cue"]["negated"], false);
    assert_eq!(first["content"]["quote"], "indirect");
    assert_eq!(first["sentence_id"], sentences[1]["id"]);
    let second = &claims[1];
    assert_eq!(second["parent"], first["id"]);
    assert!(second["source"].get("name").is_none(), "a missing name is left out");
    assert_eq!(second["source"]["spans"], json!([]));
}

#[test]
fn an_event_has_the_fields_of_the_schema() {
    let dir = tempfile::tempdir().unwrap();
    let store = built(&dir, [0]);
    let event = &store.rows("events").unwrap()[0];
    let claims = store.rows("claims").unwrap();
    let wanted = [
        "according_to",
        "actors",
        "article_id",
        "claim_id",
        "context",
        "corrected",
        "id",
        "mode",
        "numbers",
        "place",
        "quad",
        "recipients",
        "sentence_id",
        "status",
        "tellers",
        "time",
        "trigger",
        "type",
        "why",
    ];
    assert_eq!(names(event), wanted);
    assert_eq!(event["trigger"]["text"], "shelled");
    assert_eq!(event["actors"][0]["span"]["text"], event["actors"][0]["name"]);
    assert_eq!(event["recipients"], json!([]));
    assert_eq!(event["place"]["lat"], 12.25);
    assert_eq!(event["place"]["precision"], "settlement");
    assert_eq!(event["time"]["interval"], json!({"earliest": "2031-03-03", "latest": "2031-03-03"}));
    assert_eq!(event["numbers"][0]["kind"], "wounded");
    assert_eq!(event["numbers"][0]["high"], Value::Null);
    assert_eq!(event["tellers"][0], json!({"claim_id": "author", "certainty": "U", "polarity": "u"}));
    assert_eq!(event["tellers"][1], json!({"claim_id": claims[1]["id"], "certainty": "CT", "polarity": "-"}));
    assert_eq!(event["according_to"], json!([["Velm Wire", "a spokesman for the council"]]));
}

#[test]
fn an_article_and_its_page_have_the_fields_of_the_schema() {
    let dir = tempfile::tempdir().unwrap();
    let store = built(&dir, [3]);
    let articles = store.rows("articles").unwrap();
    assert_eq!(articles.len(), 2);
    let article = &articles[1];
    assert_eq!(article["nth"], 1);
    assert_eq!(article["published"], json!({"earliest": "2031-03-04", "latest": "2031-03-04"}));
    assert_eq!(article["dateline_place"], "Márnok");
    assert_eq!(article["dateline"]["span"], json!({"text": "Márnok", "start": 0, "end": 7}));
    assert_eq!(article["captions"], json!([{"text": "The bridge, \"before\".", "credit": "O. Brem"}]));
    let text = article["text"].as_str().unwrap();
    let paragraphs = article["paragraphs"].as_array().unwrap();
    assert_eq!(paragraphs.len(), 3);
    assert_eq!(paragraphs[1]["text"], text.split('\n').nth(1).unwrap());
    assert_eq!(paragraphs[1]["origin"], json!({"element": 11}));
    assert_eq!(article["passages"][0], json!({"role": "dateline", "start": 0, "end": 7}));
    assert_eq!(article["comments"], 3);
    let page = &store.rows("pages").unwrap()[0];
    assert_eq!(article["page_id"], page["id"]);
    assert_eq!(page["path"], "archive/00003.html");
    assert_eq!(page["url"], "https://news.example/3");
    assert!(page.get("original").is_none());
    let id = PageId::parse(page["id"].as_str().unwrap()).unwrap();
    assert_eq!(PageId::of(&store.original(id).unwrap()), id);
}

#[test]
fn sentences_and_mentions_open_their_text() {
    let dir = tempfile::tempdir().unwrap();
    let store = built(&dir, [3]);
    let sentences = store.rows("sentences").unwrap();
    assert_eq!(sentences[0]["passage"], "headline");
    assert_eq!(sentences[0]["text"], "Bridge near Márnok shelled, report 3");
    let caption = sentences.iter().find(|s| s["passage"] == "caption").unwrap();
    assert_eq!((&caption["text"], &caption["caption"]), (&json!("The bridge, \"before\"."), &json!(0)));
    let mentions = store.rows("mentions").unwrap();
    let kinds: Vec<&str> = mentions[..4].iter().map(|m| m["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["place", "actor", "actor", "time"]);
    assert_eq!(mentions[0]["place"]["id"], "made-up:3");
    assert_eq!(mentions[0]["span"]["text"], "Márnok");
    assert_ne!(mentions[1]["id"], mentions[2]["id"], "two actors may share a span");
    assert_eq!(mentions[3]["timex3"], json!({"type": "DATE", "value": "XXXX-03-03"}));
    assert_eq!(mentions[3]["precision"], "day");
    assert_eq!(mentions[0]["interval"], Value::Null);
    let actors = store.rows("actors").unwrap();
    let ids: Vec<&Value> = actors.iter().map(|a| &a["id"]).collect();
    assert!(ids.contains(&&mentions[1]["actor_id"]));
    assert_eq!(actors[0]["public"], true);
}

#[test]
fn the_order_of_pages_does_not_matter() {
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let forward = built(&a, 0..60);
    let backward = built(&b, (0..60).rev());
    for (one, other) in content(&forward).into_iter().zip(content(&backward)) {
        assert_eq!(one, other);
    }
    assert!(forward.verify().unwrap().is_sound());
}

#[test]
fn reprints_share_a_story() {
    let dir = tempfile::tempdir().unwrap();
    let store = built(&dir, 0..30);
    let stories = store.rows("stories").unwrap();
    let shared: Vec<&Row> = stories.iter().filter(|s| s["articles"].as_array().unwrap().len() > 1).collect();
    assert_eq!(shared.len(), 2, "pages 10 and 21 reprint the ones before");
    assert_eq!(shared[0]["publishers"], json!(["Lake Post", "Velm Wire"]));
    assert_eq!(shared[0]["reprints"][0]["why"], "All words stand in both.");
    assert_eq!(store.summary().unwrap().reprinted, 2);
}

#[test]
fn a_page_that_is_in_is_not_coded_again() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..20);
    let before = content(&store);
    store.begin_run(&info()).unwrap();
    let done = store.done().unwrap();
    assert_eq!(done.len(), 20);
    assert!(done.has(&page(7)) && !done.has(&page(20)));
    store.put(&[entry(7)]).unwrap();
    store.again(&[(page(8).id, "archive/00008.html".into())]).unwrap();
    assert!(store.unlinked().unwrap().is_empty());
    assert_eq!(content(&store), before);
    let newer = RunInfo { version: "2.0.0".into(), ..info() };
    store.begin_run(&newer).unwrap();
    assert!(store.done().unwrap().is_empty());
}

#[test]
fn a_page_of_another_version_is_replaced_whole() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, 0..24);
    let before = content(&store);
    store.begin_run(&RunInfo { version: "2.0.0".into(), ..info() }).unwrap();
    let entries: Vec<Entry> = (0..24).map(entry).collect();
    store.put(&entries[..12]).unwrap();
    assert!(store.verify().unwrap().is_sound(), "half replaced");
    store.put(&entries[12..]).unwrap();
    link_all(&mut store);
    assert_eq!(content(&store), before);
    let report = store.verify().unwrap();
    assert!(report.is_sound(), "{:?}", report.faults);
}

#[test]
fn the_same_bytes_in_two_places_are_one_page() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, [0]);
    store.begin_run(&info()).unwrap();
    store.again(&[(page(0).id, "a/copy.html".into())]).unwrap();
    let row = &store.rows("pages").unwrap()[0];
    assert_eq!(row["path"], "a/copy.html");
    assert_eq!(row["paths"], json!(["a/copy.html", "archive/00000.html"]));
}

#[test]
fn of_two_captures_the_earlier_stays() {
    let captured = |day: &str| {
        let mut page = page(0);
        page.declared.captured = Some(day.into());
        let coded = vec![coded(&page, 0, 0)];
        Entry::new(page, coded, vec![], vec![])
    };
    let mut seen = Vec::new();
    for order in [["2031-05-01", "2031-06-01"], ["2031-06-01", "2031-05-01"]] {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(&dir.path().join("r.hearsay"), Mode::Create).unwrap();
        store.begin_run(&info()).unwrap();
        order.iter().for_each(|day| store.put(&[captured(day)]).unwrap());
        seen.push(content(&store));
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0][0].1[0]["declared"]["captured"], "2031-05-01");
}

#[test]
fn a_page_read_later_clears_its_failure() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, [1]);
    store.begin_run(&info()).unwrap();
    let failure = |path: &str| Failure { path: path.into(), code: "empty-file", message: "It is empty.".into() };
    store.fail(&[failure("archive/00002.html"), failure("archive/00003.html"), failure("archive/00001.html")]).unwrap();
    store.put(&[entry(2)]).unwrap();
    store.again(&[(page(1).id, "archive/00001.html".into())]).unwrap();
    let left = store.rows("failures").unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!((&left[0]["path"], &left[0]["code"]), (&json!("archive/00003.html"), &json!("empty-file")));
}

#[test]
fn runs_and_notes_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let store = built(&dir, 0..10);
    let run = &store.rows("runs").unwrap()[0];
    assert_eq!((&run["id"], &run["version"], &run["notes"]), (&json!(1), &json!("1.0.0"), &json!(["a note"])));
    assert_eq!(run["counts"]["read"], 10);
    assert_eq!(run["hashes"], json!({"lexicon": "00ff"}));
    let notes = store.rows("notes").unwrap();
    assert_eq!(notes.iter().filter(|n| n["code"] == "guessed-encoding").count(), 2);
    let short = notes.iter().find(|n| n["code"] == "short").unwrap();
    assert!(short["article_id"].is_string() && short["end"] == 4);
}

#[test]
fn what_leads_nowhere_is_left_out_with_a_note() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, []);
    let page = page(0);
    let mut one = coded(&page, 0, 0);
    one.claims[1].parent = Some(ClaimId::of(&[b"nowhere"]));
    one.claims.push(one.claims[0].clone());
    one.events[0].actors[0].actor_id = Some(ActorId::of(&[b"nobody"]));
    one.events[0].tellers[1].claim = Some(ClaimId::of(&[b"nowhere"]));
    store.begin_run(&info()).unwrap();
    store.put(&[Entry::new(page, vec![one], vec![], vec![])]).unwrap();
    let codes: Vec<Value> = store.rows("notes").unwrap().iter().map(|n| n["code"].clone()).collect();
    for code in ["unknown-claim", "unknown-actor", "same-id"] {
        assert!(codes.contains(&json!(code)), "{code}");
    }
    assert_eq!(store.rows("claims").unwrap().len(), 2);
    assert_eq!(store.rows("events").unwrap()[0]["tellers"].as_array().unwrap().len(), 1);
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn writing_needs_a_run_and_a_writer() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = built(&dir, [0]);
    assert_eq!(*store.put(&[entry(1)]).unwrap_err().kind(), Kind::NoRun);
    let mut reader = Store::open(store.path(), Mode::Read).unwrap();
    assert_eq!(*reader.begin_run(&info()).unwrap_err().kind(), Kind::ReadOnly);
    assert_eq!(*store.rows("nothing").unwrap_err().kind(), Kind::NoSuchTable("nothing".into()));
}

/// Rows whose sentence is the title (0) or the caption (the last one), each with its words there.
fn told_in(part: usize, sentence: usize, words: &str, text: &str) -> (Entry, Claim) {
    let page = page(part);
    let mut coded = coded(&page, part, 0);
    let mut claim = coded.claims[0].clone();
    claim.id = ClaimId::within(&coded.article.id, &[b"elsewhere"]);
    (claim.sentence, claim.parent) = (sentence, None);
    claim.source.spans = vec![];
    claim.cue.spans = vec![find(text, words)];
    claim.content.spans = vec![Span::new(0, text.len())];
    let mut event = coded.events[0].clone();
    event.id = EventId::within(&coded.article.id, &[b"an event elsewhere"]);
    (event.sentence, event.claim, event.trigger) = (sentence, Some(claim.id), find(text, words));
    (event.actors, event.place, event.time, event.numbers) = (vec![], None, None, vec![]);
    event.tellers = vec![Teller { claim: None, certainty: Certainty::CT, polarity: Polarity::Positive }];
    coded.claims.push(claim.clone());
    coded.events.push(event);
    let signature = signature(&coded.article);
    (Entry::new(page, vec![coded], vec![signature], vec![]), claim)
}

#[test]
fn rows_in_a_title_or_a_caption_have_the_words_of_it() {
    let title = coded(&page(0), 0, 0).article.title.unwrap();
    let caption = coded(&page(1), 1, 0).article.captions[0].text.clone();
    let last = coded(&page(1), 1, 0).parsed.sentences.len() - 1;
    for (part, sentence, words, text, passage) in
        [(0, 0, "shelled", &title, "headline"), (1, last, "before", &caption, "caption")]
    {
        let dir = tempfile::tempdir().unwrap();
        let mut store = Store::open(&dir.path().join("r.hearsay"), Mode::Create).unwrap();
        store.begin_run(&info()).unwrap();
        let (entry, claim) = told_in(part, sentence, words, text);
        store.put(&[entry]).unwrap();
        link_all(&mut store);
        let shown = store.show(&claim.id.to_string()).unwrap();
        assert_eq!(shown.sentence.as_ref().unwrap()["passage"], passage);
        assert_eq!(shown.row["cue"]["spans"][0]["text"], words);
        assert_eq!(shown.row["content"]["spans"][0]["text"], text.as_str());
        let events = store.rows("events").unwrap();
        assert!(events.iter().any(|e| e["trigger"]["text"] == words && e["claim_id"] == claim.id.to_string()));
        let told = store.told().unwrap();
        assert!(told.claims.iter().any(|c| c.id == claim.id && c.content == *text));
        assert!(told.reports.iter().any(|r| r.trigger == words && r.sentence == *text));
        let report = store.verify().unwrap();
        assert!(report.is_sound(), "{:?}", report.faults);
        // A correction names it by its own words.
        let wish = correction::Wish::Reject { row: claim.id.to_string() };
        store.correct(&wish, "Ana", "It is none.").unwrap();
        assert!(store.show(&claim.id.to_string()).unwrap().rejected);
    }
}

#[test]
fn a_name_of_a_person_that_does_not_fit_its_text_is_a_fault() {
    let (dir, store) = record();
    drop(store);
    let path = dir.path().join("r.hearsay");
    let conn = rusqlite::Connection::open(&path).unwrap();
    assert_eq!(conn.execute("UPDATE t_names SET end = 100000 WHERE article = 1 AND nth = 0", []).unwrap(), 1);
    drop(conn);
    let report = Store::open(&path, Mode::Read).unwrap().verify().unwrap();
    assert!(report.faults.iter().any(|f| f.message.contains("name of a person")), "{:?}", report.faults);
}

#[test]
fn views_that_an_earlier_version_wrote_otherwise_are_made_anew() {
    let (dir, store) = record();
    drop(store);
    let path = dir.path().join("r.hearsay");
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("DROP VIEW claims; CREATE VIEW claims AS SELECT id FROM t_claims").unwrap();
    drop(conn);
    let claims = Store::open(&path, Mode::Write).unwrap().rows("claims").unwrap();
    assert!(claims[0].contains_key("stance"));
}
