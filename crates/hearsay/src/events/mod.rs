//! Events: who did what to whom, when and where?

use hearsay_types::{Article, Claim, Entities, Event, Parsed};

/// Finds every reported act in an article.
pub fn code(article: &Article, parsed: &Parsed, entities: &Entities, claims: &[Claim]) -> Vec<Event> {
    let _ = (article, parsed, entities, claims);
    Vec::new()
}
