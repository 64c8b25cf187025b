//! Making a page of bytes whose kind is known.

use super::{Input, Limits, charset, fail, read_all};
use hearsay_types::{Declared, Failure, MediaType, Note, Page, PageContent, PageId, Stage};

/// What is known of a page's bytes before they are decoded.
pub(super) struct Raw<'a> {
    pub path: String,
    pub media_type: MediaType,
    /// Whether the words stand in markup.
    pub markup: bool,
    pub original: Vec<u8>,
    pub declared: Declared,
    /// The label of the encoding that the transport gave.
    pub label: Option<&'a str>,
}

/// A file that is one page.
pub(super) fn file(path: &str, input: Input, markup: bool, limits: Limits) -> Result<Page, Failure> {
    let original = read_all(path, input, limits)?;
    let media_type = if markup { MediaType::Html } else { MediaType::Text };
    let raw = Raw { path: path.to_owned(), media_type, markup, original, declared: Declared::default(), label: None };
    decoded(raw, limits)
}

/// Decodes a page's bytes.
pub(super) fn decoded(raw: Raw, limits: Limits) -> Result<Page, Failure> {
    let text = charset::decode(&raw.original, raw.label, raw.markup, raw.declared.url.as_deref());
    if text.text.trim().is_empty() {
        return Err(fail(&raw.path, "empty-file", "the page holds nothing but white space"));
    }
    let content = if raw.markup { PageContent::Html(text.text) } else { PageContent::Text(text.text) };
    Ok(page(raw, content, text.encoding.name(), text.notes, limits))
}

/// A page whose words were decoded with their container.
pub(super) fn page(
    raw: Raw,
    content: PageContent,
    encoding: &'static str,
    mut notes: Vec<Note>,
    limits: Limits,
) -> Page {
    notes.extend(large(raw.original.len(), limits));
    Page {
        id: PageId::of(&raw.original),
        path: raw.path,
        media_type: raw.media_type,
        declared: raw.declared,
        original: raw.original,
        encoding,
        content,
        notes,
    }
}

fn large(bytes: usize, limits: Limits) -> Option<Note> {
    let message = || format!("the page is unusually large: {} MB", bytes >> 20);
    (bytes > limits.large).then(|| Note::new(Stage::Read, "large-page", message()))
}
