//! A story while it is being put together.

use crate::articles::html::machine_day;
use hearsay_types::{Article, Caption, Interval, Origin, Page, PublishedBasis, Span};

/// A paragraph and where it stands on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Its words.
    pub(super) text: String,
    /// Where they stand.
    pub(super) origin: Origin,
}

impl Paragraph {
    /// The words of one stretch of the page.
    pub(super) fn of(text: &str, span: Span) -> Self {
        Paragraph { text: span.of(text).to_owned(), origin: Origin::Bytes(span) }
    }
}

/// What was found of a story.
#[derive(Debug, Clone, Default)]
pub(super) struct Story {
    pub(super) title: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) publisher: Option<String>,
    /// The day it says it was published.
    pub(super) published: Interval,
    /// The day it says it was changed.
    pub(super) modified: Interval,
    /// What the page's banner says about the time of all it holds.
    pub(super) era: Interval,
    pub(super) captions: Vec<Caption>,
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) comments: u32,
}

impl Story {
    /// The article it makes. What the container declares wins where the page itself says nothing.
    pub(super) fn article(self, page: &Page, nth: u32) -> Article {
        let declared = &page.declared;
        let (text, paragraphs, origins) = laid_out(self.paragraphs);
        let declared_day = declared.published.as_deref().and_then(machine_day).map(Interval::day);
        let metadata = declared_day.filter(|_| nth == 0).unwrap_or(self.published);
        let (published, published_basis) = match (metadata.is_unknown(), self.era.is_unknown()) {
            (false, _) => (metadata, PublishedBasis::Metadata),
            (true, false) => (self.era, PublishedBasis::Text),
            (true, true) => (Interval::UNKNOWN, PublishedBasis::None),
        };
        Article {
            id: Article::id_of(&page.id, nth),
            page: page.id,
            nth,
            title: self.title.or_else(|| declared.title.clone().filter(|_| nth == 0)),
            byline: self.byline.or_else(|| declared.byline.clone().filter(|_| nth == 0)),
            publisher: declared.publisher.clone().or(self.publisher),
            url: declared.url.clone(),
            language: None,
            dateline: None,
            published,
            published_basis,
            modified: self.modified,
            captions: self.captions,
            text,
            paragraphs,
            origins,
            passages: Vec::new(),
            comments: self.comments,
        }
    }
}

/// One paragraph a line, and where each stands.
fn laid_out(paragraphs: Vec<Paragraph>) -> (String, Vec<Span>, Vec<Origin>) {
    let (mut text, mut spans, mut origins) = (String::new(), Vec::new(), Vec::new());
    for paragraph in paragraphs {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(&paragraph.text);
        spans.push(Span::new(start, text.len()));
        origins.push(paragraph.origin);
    }
    (text, spans, origins)
}

#[cfg(test)]
mod tests {
    use super::*;
    use hearsay_types::{Declared, MediaType, PageContent, PageId};

    #[test]
    fn what_the_container_declares_fills_what_the_first_story_leaves_open() {
        let some = |text: &str| Some(text.to_owned());
        let declared = Declared {
            published: some("Wed, 02 Apr 2031 23:30:00 -0500"),
            title: some("Bridge closed"),
            byline: some("Ada Reed"),
            ..Declared::default()
        };
        let page = Page {
            id: PageId::of(b"x"),
            path: "lines.jsonl#1".to_owned(),
            media_type: MediaType::Text,
            declared,
            original: Vec::new(),
            encoding: "utf-8",
            content: PageContent::Text(String::new()),
            notes: Vec::new(),
        };
        let first = Story { byline: some("B. Tam"), ..Story::default() }.article(&page, 0);
        assert_eq!((first.title.as_deref(), first.byline.as_deref()), (Some("Bridge closed"), Some("B. Tam")));
        assert_eq!(first.published.as_day().map(|d| d.to_string()).as_deref(), Some("2031-04-02"));
        let second = Story::default().article(&page, 1);
        assert_eq!((second.title, second.byline, second.published.is_unknown()), (None, None, true));
    }
}
