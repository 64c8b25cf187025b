//! Entities: which actors, places and times does this article mention?

pub mod actors;
pub mod places;
pub mod times;

use crate::shallow::Words;
use hearsay_data::actors::Group;
use hearsay_data::places::Gazetteer;
use hearsay_types::{Actor, ActorKind, Article, Entities, Mention, MentionKind, Parsed, Span};

/// The actors and places that are known beforehand, loaded once.
pub struct Knowledge {
    actors: actors::Lexicon,
    gazetteer: Option<Gazetteer>,
}

impl Knowledge {
    /// What ships. The gazetteer is read at its first use.
    pub fn shipped() -> Self {
        Knowledge::with(&[], None)
    }

    /// What ships, and what a user brings; where both know a name, the user's is meant.
    pub fn with(actors: &[Group], gazetteer: Option<Gazetteer>) -> Self {
        Knowledge { actors: actors::Lexicon::with(actors), gazetteer }
    }
}

/// Finds the mentions of actors, places and times and resolves them.
pub fn resolve(article: &Article, parsed: &Parsed, knowledge: &Knowledge) -> Entities {
    let words = Words::of_body(article, parsed);
    let (mut actors, mut mentions) = knowledge.actors.find(&words);
    for (mention, person) in actors::public::find(&words, parsed, &actors, &mentions) {
        if !actors.iter().any(|a| a.id == person.id) {
            actors.push(person);
        }
        mentions.push(mention);
    }
    actors.sort_by_key(|a| a.id);
    let taken: Vec<Span> = mentions.iter().filter(|m| !is_state(&actors, m)).map(|m| m.span).collect();
    let free = |m: &Mention| !taken.iter().any(|t| t.overlaps(m.span));
    mentions.extend(places::find(&words, parsed, knowledge.gazetteer.as_ref()).into_iter().filter(free));
    mentions.extend(times::find(article, &words));
    mentions.sort_by_key(|m| (m.span.start, m.span.end, kind_order(m)));
    Entities { actors, mentions }
}

/// Whether a mention names a government: then its country or capital is a place as well.
fn is_state(actors: &[Actor], mention: &Mention) -> bool {
    let MentionKind::Actor(id) = mention.kind else { return false };
    actors
        .iter()
        .any(|a| a.id == id && matches!(a.kind, ActorKind::Government | ActorKind::StateBody | ActorKind::Office))
}

fn kind_order(mention: &Mention) -> u8 {
    match mention.kind {
        MentionKind::Actor(_) => 0,
        MentionKind::Place(_) => 1,
        MentionKind::Time(_) => 2,
    }
}
