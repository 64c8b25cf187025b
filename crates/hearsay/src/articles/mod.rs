//! Extraction: which stories stand on this page, and what belongs to them?

use hearsay_types::{Article, Note, Page, ReadAs};

/// Finds the articles of a page, in reading order.
pub fn extract(page: &Page, read_as: ReadAs) -> (Vec<Article>, Vec<Note>) {
    let _ = (page, read_as);
    (Vec::new(), Vec::new())
}
