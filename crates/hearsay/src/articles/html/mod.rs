//! From HTML of any kind to the stories that stand on it.

mod blocks;
mod body;
mod build;
mod captions;
mod comments;
mod dom;
mod entities;
mod features;
mod head;
mod hints;
mod jsonld;
mod meta;
mod model;
mod stories;
mod text;
mod tokens;
mod when;

#[cfg(test)]
mod tests;

pub(in crate::articles) use when::machine_day;

use head::Head;
use hearsay_types::{Article, Note, Page, Stage};
use model::Model;

/// Finds the stories of an HTML page.
pub(super) fn extract(page: &Page, html: &str) -> (Vec<Article>, Vec<Note>) {
    extract_by(page, html, Model::shipped())
}

fn extract_by(page: &Page, html: &str, model: &Model) -> (Vec<Article>, Vec<Note>) {
    let (dom, capped) = tokens::parse(html);
    let mut notes = Vec::new();
    if capped {
        let message = "The page nests deeper than any reader would; its depths were flattened.";
        notes.push(Note::new(Stage::Extract, "depth-capped", message));
    }
    let head = Head::read(&dom);
    let blocks = blocks::find(&dom);
    let likely = body::likelihoods(&blocks, &head, model);
    let taken = body::taken(&blocks, &head, &likely);
    if taken.is_empty() {
        return (Vec::new(), notes);
    }
    let made = build::Maker { page, dom: &dom, head: &head, blocks: &blocks };
    (made.articles(&stories::part(&blocks, &head, &taken)), notes)
}

/// The blocks of a page with the numbers that the weights look at, and the names of the numbers: what weights are
/// trained on.
pub fn training_rows(html: &str) -> (Vec<String>, Vec<(String, Vec<f32>)>) {
    let (dom, _) = tokens::parse(html);
    let head = Head::read(&dom);
    let blocks = blocks::find(&dom);
    let mut rows = Vec::new();
    features::rows(&blocks, &head, |block, row| rows.push((blocks.text(block).to_owned(), row.to_vec())));
    (features::names(), rows)
}

/// Extraction by other weights than the shipped ones, for measuring weights on pages that they were not trained on.
/// None where the weights are not understood.
pub fn extractor(weights: &str) -> Option<impl Fn(&Page, &str) -> Vec<Article> + use<>> {
    let model = Model::read(weights)?;
    Some(move |page: &Page, html: &str| extract_by(page, html, &model).0)
}
