//! Extraction: which stories stand on this page, and what belongs to them?

mod html;

use hearsay_types::{Article, Note, Page, PageContent, ReadAs};

#[doc(hidden)]
pub use html::training_rows;

/// Finds the articles of a page, in reading order.
pub fn extract(page: &Page, read_as: ReadAs) -> (Vec<Article>, Vec<Note>) {
    let _ = read_as;
    match &page.content {
        PageContent::Html(html) => html::extract(page, html),
        PageContent::Text(_) => (Vec::new(), Vec::new()),
    }
}
