//! Entities: which actors, places and times does this article mention?

pub mod actors;
pub mod places;
pub mod times;

use crate::shallow::Words;
use hearsay_types::{Article, Entities, Parsed};

/// The actors and places that are known beforehand, loaded once.
pub struct Knowledge {
    actors: actors::Lexicon,
}

impl Knowledge {
    /// What ships. The gazetteer is read at its first use.
    pub fn shipped() -> Self {
        Knowledge { actors: actors::Lexicon::shipped() }
    }
}

/// Finds the mentions of actors, places and times and resolves them.
pub fn resolve(article: &Article, parsed: &Parsed, knowledge: &Knowledge) -> Entities {
    let words = Words::of_body(article, parsed);
    let (actors, mut mentions) = knowledge.actors.find(&words);
    mentions.extend(places::find(&words));
    mentions.extend(times::find(article, &words));
    mentions.sort_by_key(|m| (m.span.start, m.span.end, kind_order(m)));
    Entities { actors, mentions }
}

fn kind_order(mention: &hearsay_types::Mention) -> u8 {
    match mention.kind {
        hearsay_types::MentionKind::Actor(_) => 0,
        hearsay_types::MentionKind::Place(_) => 1,
        hearsay_types::MentionKind::Time(_) => 2,
    }
}
