//! Writes, for every page on standard input (JSON lines with `text` and `url`), one JSON line with its stories.
use hearsay_types::{Declared, MediaType, Page, PageContent, PageId, ReadAs};
use std::io::{BufRead, Write};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or("").to_owned();
        let url = row["url"].as_str().map(str::to_owned);
        let page = Page {
            id: PageId::of(text.as_bytes()),
            path: "page".to_owned(),
            media_type: MediaType::Text,
            declared: Declared { url, ..Declared::default() },
            original: Vec::new(),
            notes: Vec::new(),
            encoding: "UTF-8",
            content: PageContent::Text(text),
        };
        let read_as = if row["article"].as_bool().unwrap_or(false) { ReadAs::Article } else { ReadAs::Page };
        let stories: Vec<_> = hearsay::articles::extract(&page, read_as).0.iter().map(shown).collect();
        writeln!(out, "{}", serde_json::Value::Array(stories))?;
    }
    Ok(())
}

fn shown(a: &hearsay_types::Article) -> serde_json::Value {
    serde_json::json!({
        "title": a.title, "byline": a.byline, "publisher": a.publisher, "language": a.language, "text": a.text,
        "dateline": a.dateline.as_ref().map(|d| serde_json::json!([d.span.of(&a.text), d.place, d.agency, d.date])),
        "published": a.published, "basis": a.published_basis, "modified": a.modified, "captions": a.captions, "comments": a.comments,
    })
}
