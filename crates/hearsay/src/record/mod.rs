//! Linking: what does this article share with what the record holds?

use hearsay_types::{Article, Changes, Known, Signature};

/// What is kept of an article so that reprints of it can be found.
pub fn signature(article: &Article) -> Signature {
    Signature { article: article.id, sentences: Vec::new(), bands: Vec::new(), sketch: Vec::new() }
}

/// Finds the articles of the record that are the same text as this one.
pub fn link(signature: &Signature, known: &dyn Known) -> Changes {
    let _ = (signature, known);
    Changes::default()
}
