//! A page: one file as it was saved.

use crate::{Note, PageId};
use serde::{Deserialize, Serialize};

/// How the user wants a page to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// Find the stories on the page.
    #[default]
    Page,
    /// The file is one story's text: nothing is left out, nothing is looked for but a dateline.
    Article,
}

/// What kind of file the page came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaType {
    /// `text/html`, also from a WARC record or a JSON line.
    Html,
    /// `text/plain`: text scraped from a page.
    Text,
    /// One entry of a saved RSS or Atom feed.
    Feed,
}

impl MediaType {
    /// The IANA media type, as the record shows it.
    pub fn as_str(self) -> &'static str {
        match self {
            MediaType::Html => "text/html",
            MediaType::Text => "text/plain",
            MediaType::Feed => "application/atom+xml;type=entry",
        }
    }
}

/// What a container (a WARC record's header, a JSON line, a feed entry) says about the page beside the page itself.
/// Empty where nothing was said. Values are as they stood; the stage that uses one reads it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Declared {
    /// Where the page was taken from.
    pub url: Option<String>,
    /// The day it was published.
    pub published: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// When it was captured (a WARC date); an upper bound for the day of publication.
    pub captured: Option<String>,
}

/// The page as text, decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// HTML source.
    Html(String),
    /// Plain text.
    Text(String),
}

/// One file as it was saved, or one record of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// SHA-256 of `original`.
    pub id: PageId,
    /// `FILE`, or `FILE#n` for the n-th record of a container.
    pub path: String,
    /// What kind of file it is.
    pub media_type: MediaType,
    /// What the container says about it.
    pub declared: Declared,
    /// The bytes as they were saved: the file, the JSON line, the WARC record's payload, the feed entry.
    pub original: Vec<u8>,
    /// The encoding it was decoded from, a label of the WHATWG Encoding Standard.
    pub encoding: &'static str,
    /// What it says.
    pub content: Content,
    /// What reading remarked: a wrong label of the encoding, bytes that are no text.
    pub notes: Vec<Note>,
}
