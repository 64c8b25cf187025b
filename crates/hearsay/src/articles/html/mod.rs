//! From HTML of any kind to the stories that stand on it.

mod blocks;
mod body;
mod build;
mod dom;
mod entities;
mod features;
mod head;
mod hints;
mod jsonld;
mod meta;
mod model;
mod text;
mod tokens;

use head::Head;
use hearsay_types::{Article, Note, Page, Stage};

/// Finds the stories of an HTML page.
pub(super) fn extract(page: &Page, html: &str) -> (Vec<Article>, Vec<Note>) {
    let (dom, capped) = tokens::parse(html);
    let mut notes = Vec::new();
    if capped {
        let message = "The page nests deeper than any reader would; its depths were flattened.";
        notes.push(Note::new(Stage::Extract, "depth-capped", message));
    }
    let head = Head::read(&dom);
    let blocks = blocks::find(&dom);
    let likely = body::likelihoods(&blocks, &head);
    let taken = body::taken(&blocks, &likely);
    if taken.is_empty() {
        return (Vec::new(), notes);
    }
    let made = build::Maker { page, dom: &dom, head: &head, blocks: &blocks };
    (vec![made.article(0, &taken)], notes)
}

/// The blocks of a page with the numbers that the weights look at: what `hearsay-eval pages --rows` writes for training.
pub fn training_rows(html: &str) -> (Vec<String>, Vec<(String, Vec<f32>)>) {
    let (dom, _) = tokens::parse(html);
    let head = Head::read(&dom);
    let blocks = blocks::find(&dom);
    let rows = features::rows(&blocks, &head);
    let texts = blocks.all.iter().map(|b| blocks.text(b).to_owned());
    (features::names(), texts.zip(rows).collect())
}
