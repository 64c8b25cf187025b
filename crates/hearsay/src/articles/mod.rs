//! Extraction: which stories stand on this page, and what belongs to them?

mod dateline;
mod dates;
mod html;
mod published;
mod text;
mod tongue;

use hearsay_types::{Article, Interval, Note, Page, PageContent, Passage, PublishedBasis, ReadAs, Role, Span};
use jiff::civil::Date;

#[doc(hidden)]
pub use html::{extractor as html_extractor, training_rows};
#[doc(hidden)]
pub use text::training_rows as text_rows;

/// Finds the articles of a page, in reading order.
pub fn extract(page: &Page, read_as: ReadAs) -> (Vec<Article>, Vec<Note>) {
    let (mut articles, notes) = match (&page.content, read_as) {
        (PageContent::Html(html), _) => html::extract(page, html),
        (PageContent::Text(text), ReadAs::Page) => text::extract(page, text),
        (PageContent::Text(text), ReadAs::Article) => text::whole(page, text),
    };
    for article in &mut articles {
        settle(article, page);
    }
    (articles, notes)
}

/// Fills what the page's own furniture left open from the story's words: its language, its dateline, its passages and
/// when it can have been published.
fn settle(article: &mut Article, page: &Page) {
    if article.language.is_none() {
        article.language = tongue::of(&article.text);
    }
    let found = dateline::find(&article.text, article.language.as_deref());
    if article.dateline.is_none() {
        article.dateline = found.as_ref().map(|f| f.dateline.clone());
    }
    article.passages = passages(article);
    if article.published_basis != PublishedBasis::Metadata {
        let said = published::by(article, found.as_ref().and_then(|f| f.printed), captured(page));
        (article.published, article.published_basis) = said;
    }
    let printed = found.and_then(|f| f.printed).filter(|p| p.year.is_none());
    if let (Some(dateline), Some(printed)) = (&mut article.dateline, printed) {
        dateline.date = published::year_of(printed.month, printed.day, article.published).unwrap_or(Interval::UNKNOWN);
    }
}

/// The day a page was captured: no story on it is younger.
fn captured(page: &Page) -> Option<Date> {
    page.declared.captured.as_deref()?.get(..10)?.parse().ok()
}

/// The dateline and the body around it, together covering all paragraphs.
fn passages(article: &Article) -> Vec<Passage> {
    let end = article.paragraphs.last().map_or(0, |p| p.end);
    let body =
        |start: usize, end: usize| Passage { role: Role::Body, span: Span::new(start, end).trimmed(&article.text) };
    let mut out = Vec::new();
    let mut from = 0;
    if let Some(dateline) = &article.dateline {
        out.push(body(0, dateline.span.start));
        out.push(Passage { role: Role::Dateline, span: dateline.span });
        from = dateline.span.end;
    }
    out.push(body(from, end));
    out.retain(|p| !p.span.is_empty());
    out
}
