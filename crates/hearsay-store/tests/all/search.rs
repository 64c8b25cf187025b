//! Search finds the words a reader means and shows the sentence.

use crate::common::*;
use hearsay_store::*;
use hearsay_types::*;

/// A record with one page a text; the first sentence of each is its first line.
fn of_texts(dir: &tempfile::TempDir, texts: &[(&str, &str)]) -> Store {
    let mut store = Store::open(&dir.path().join("r.hearsay"), Mode::Create).unwrap();
    store.begin_run(&info()).unwrap();
    let entries: Vec<Entry> = texts.iter().enumerate().map(|(n, (title, text))| plain(n, title, text)).collect();
    store.put(&entries).unwrap();
    store.finish_run(&RunCounts::default(), &[]).unwrap();
    store
}

fn plain(n: usize, title: &str, text: &str) -> Entry {
    let mut page = page(n);
    page.original = format!("{title}{text}").into_bytes();
    page.id = PageId::of(&page.original);
    let mut one = coded(&crate::common::page(n), n, 0);
    one.article.id = Article::id_of(&page.id, 0);
    one.article.page = page.id;
    one.article.title = Some(title.into());
    one.article.text = text.into();
    (one.article.dateline, one.article.captions) = (None, vec![]);
    let mut start = 0;
    one.article.paragraphs = text
        .split('\n')
        .map(|p| {
            let span = Span::new(start, start + p.len());
            start = span.end + 1;
            span
        })
        .collect();
    one.article.origins = vec![Origin::Element(1); one.article.paragraphs.len()];
    one.article.passages = vec![];
    let sentence = |span: &Span| Sentence { text: ArticleText::Body, role: Role::Body, span: *span, tokens: 0..0 };
    one.parsed.sentences = one.article.paragraphs.iter().map(sentence).collect();
    (one.claims, one.events, one.notes) = (vec![], vec![], vec![]);
    one.entities = Entities::default();
    Entry::new(page, vec![one], vec![], vec![])
}

fn marked(hit: &Hit) -> Vec<&str> {
    hit.marks.iter().map(|m| m.of(&hit.text)).collect()
}

#[test]
fn the_best_sentence_is_shown() {
    let dir = tempfile::tempdir().unwrap();
    let store = of_texts(
        &dir,
        &[
            ("Bridge closed", "The road is open.\nThe bridge at Velm is closed.\nA bridge fell."),
            ("Roads", "Nothing fell at Velm.\nThe Café Márnok opened."),
        ],
    );
    let hits = store.search("bridge velm", 10).unwrap();
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0].text, "The bridge at Velm is closed.");
    assert_eq!(marked(&hits[0]), ["bridge", "Velm"]);
    assert_eq!(hits[0].passage.as_deref(), Some("body"));
    assert_eq!(store.search("marnok CAFE", 10).unwrap()[0].text, "The Café Márnok opened.");
    assert_eq!(store.search("velm", 10).unwrap().len(), 2);
    assert_eq!(store.search("\"fell at\"", 10).unwrap().len(), 1);
    assert_eq!(store.search("mar*", 10).unwrap().len(), 1);
    assert_eq!(store.search("AND OR ( \" NOT", 10).unwrap().len(), 0);
    assert_eq!(store.search("", 10).unwrap().len(), 0);
}

#[test]
fn arabic_is_found_in_any_of_its_spellings() {
    let dir = tempfile::tempdir().unwrap();
    let store = of_texts(&dir, &[("الجسر", "سقط الجسر.\nقالت الأُمَم المتّحدة إن المدينة هادئة شكراً.")]);
    for ask in ["الامم المتحدة", "الأمم المتحدة", "المدينه", "شكرا"] {
        let hits = store.search(ask, 10).unwrap();
        assert_eq!(hits.len(), 1, "{ask}");
        assert!(hits[0].text.starts_with("قالت"), "{ask}");
    }
    assert_eq!(marked(&store.search("الامم", 1).unwrap()[0]), ["الأُمَم"]);
    assert!(store.verify().unwrap().is_sound());
}

#[test]
fn captions_and_titles_are_found() {
    let dir = tempfile::tempdir().unwrap();
    let mut store = Store::open(&dir.path().join("r.hearsay"), Mode::Create).unwrap();
    store.begin_run(&info()).unwrap();
    store.put(&[entry(0)]).unwrap();
    let hit = &store.search("before bridge", 1).unwrap()[0];
    assert_eq!((hit.passage.as_deref(), hit.text.as_str()), (Some("caption"), "The bridge, \"before\"."));
    let hit = &store.search("report 0 shelled near", 1).unwrap()[0];
    assert_eq!(hit.passage.as_deref(), Some("headline"));
}
