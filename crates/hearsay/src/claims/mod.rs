//! Claims: who says so?

use hearsay_types::{Article, Claim, Entities, Parsed};

/// Finds every act of attribution in an article.
pub fn attribute(article: &Article, parsed: &Parsed, entities: &Entities) -> Vec<Claim> {
    let _ = (article, parsed, entities);
    Vec::new()
}
