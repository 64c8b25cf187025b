//! Saved RSS and Atom feeds: each entry with content is a page.

use super::make::{self, Raw};
use super::{Input, Limits, charset, fail, read_all};
use feed_rs::model::{Entry, Feed, Link};
use hearsay_types::{Declared, Failure, MediaType, Page, PageContent};
use regex::Regex;
use std::sync::LazyLock;

/// Reads a whole feed; entries are few and small.
pub(super) fn read(path: &str, input: Input, limits: Limits) -> Vec<Result<Page, Failure>> {
    match entries(path, input, limits) {
        Ok(pages) => pages,
        Err(failure) => vec![Err(failure)],
    }
}

fn entries(path: &str, input: Input, limits: Limits) -> Result<Vec<Result<Page, Failure>>, Failure> {
    let bytes = read_all(path, input, limits)?;
    let decoded = charset::decode(&bytes, None, true, None);
    // The parser gets UTF-8, whatever the prolog said.
    let body = PROLOG.replace(&decoded.text, "");
    let bad = |e: &dyn std::fmt::Display| fail(path, "bad-feed", format!("the feed cannot be read: {e}"));
    let feed = feed_rs::parser::parse(body.as_bytes()).map_err(|e| bad(&e))?;
    let elements: Vec<&str> = ELEMENT.find_iter(&body).map(|m| m.as_str()).collect();
    let publisher = feed.title.as_ref().map(|title| title.content.trim().to_owned()).filter(|title| !title.is_empty());
    let aligned = elements.len() == feed.entries.len();
    let element = |n: usize| aligned.then(|| elements[n]);
    let saved = |(n, entry)| page(format!("{path}#{}", n + 1), entry, element(n), publisher.clone(), &decoded, limits);
    let pages: Vec<_> = feed.entries.iter().enumerate().filter_map(saved).map(Ok).collect();
    if pages.is_empty() {
        return Err(fail(path, "no-pages", nothing(&feed)));
    }
    Ok(pages)
}

fn nothing(feed: &Feed) -> String {
    format!("none of the feed's {} entries has content, only titles and links", feed.entries.len())
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is part of the program")
}

static PROLOG: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?s)^\s*<\?xml.*?\?>"));
static ELEMENT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)<item[\s>].*?</item\s*>|<(?:atom:)?entry[\s>].*?</(?:atom:)?entry\s*>"));
static PUBLISHED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?s)<(?:\w+:)?(?:pubDate|published|issued|date)\b[^>]*>\s*(?:<!\[CDATA\[)?([^<\]]+)"));
static TAG: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)</?(p|br|div|a|b|i|em|strong|img|h[1-6]|ul|li|span)\b[^>]*>"));

fn page(
    path: String,
    entry: &Entry,
    element: Option<&str>,
    publisher: Option<String>,
    decoded: &charset::Decoded,
    limits: Limits,
) -> Option<Page> {
    let content = content(entry)?;
    let original = element.unwrap_or(&content).as_bytes().to_vec();
    let declared = Declared {
        url: link(&entry.links),
        published: published(entry, element),
        title: entry.title.as_ref().map(|title| title.content.trim().to_owned()).filter(|title| !title.is_empty()),
        byline: byline(entry),
        publisher,
        captured: None,
    };
    let markup = TAG.is_match(&content);
    let content = if markup { PageContent::Html(content) } else { PageContent::Text(content) };
    let raw = Raw { path, media_type: MediaType::Feed, markup, original, declared, label: None };
    Some(make::page(raw, content, decoded.encoding.name(), decoded.notes.clone(), limits))
}

/// The fuller one of content and summary.
fn content(entry: &Entry) -> Option<String> {
    let body = entry.content.as_ref().and_then(|content| content.body.as_deref()).unwrap_or("");
    let summary = entry.summary.as_ref().map_or("", |summary| summary.content.as_str());
    let fuller = if body.len() >= summary.len() { body } else { summary }.trim();
    (!fuller.is_empty()).then(|| fuller.replace('\0', " "))
}

fn link(links: &[Link]) -> Option<String> {
    let own = links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
    own.or(links.first()).map(|link| link.href.clone())
}

/// The date as it is written, in the zone of its publisher; as it was understood where it cannot be found.
fn published(entry: &Entry, element: Option<&str>) -> Option<String> {
    let written = element.and_then(|element| PUBLISHED.captures(element)).map(|found| found[1].trim().to_owned());
    written.or_else(|| entry.published.or(entry.updated).map(|time| time.to_rfc3339()))
}

fn byline(entry: &Entry) -> Option<String> {
    let names: Vec<&str> = entry.authors.iter().filter_map(|author| author.name.as_deref()).map(str::trim).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| !name.is_empty()).collect();
    (!names.is_empty()).then(|| names.join(", "))
}
