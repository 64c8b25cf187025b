//! Linking: what does this article share with what the record holds?
//!
//! Articles that are one text share a story: the same wire copy, lightly edited, cut at its end, under another headline.
//! Candidates come from MinHash bands (Broder 1997; Leskovec, Rajaraman, Ullman, "Mining of Massive Datasets", ch. 3) and from
//! the first sentences. Each candidate is then held word by word against the article. The relation is symmetric and
//! stories are its connected components, so the order in which articles come does not matter.
//!
//! When the stories are known, [`connect`] joins what they tell: events of one act into incidents, claims that contradict each
//! other into disputes, and acts between two actors into their relation.

mod disputes;
pub mod incidents;
mod overlap;
mod relations;
mod signature;
mod words;

use hearsay_types::{
    ActorId, Article, ArticleId, Changes, Known, Linked, Reprint, Signature, StoryChange, StoryId, Told,
};
use std::collections::{BTreeMap, BTreeSet};

/// What is kept of an article so that reprints of it can be found.
pub fn signature(article: &Article) -> Signature {
    signature::of(article)
}

/// Finds the articles of the record that are the same text as this one, and the story that all of them are now.
pub fn link(signature: &Signature, known: &dyn Known) -> Changes {
    let mut alike = known.alike(signature);
    alike.sort_by_key(|other| other.article);
    alike.dedup_by_key(|other| other.article);
    let runs = overlap::Runs::of(signature);
    let others = alike.iter().filter(|other| other.article != signature.article && runs.may_be_reprint(other));
    let reprints: Vec<Reprint> = others.filter_map(|other| reprint(signature, other, known)).collect();
    let stories = stories(signature.article, &reprints, known);
    Changes { reprints, stories }
}

/// Joins all that is told: incidents, disputes, relations. A pure function of the set of rows, whatever their order; call it when
/// the stories are known.
pub fn connect(told: Told) -> Linked {
    connect_by(told, incidents::Weights::shipped())
}

/// As [`connect`], with other weights than those that ship.
pub fn connect_by(mut told: Told, weights: &incidents::Weights) -> Linked {
    told.reports.sort_by_key(|r| r.id);
    told.claims.sort_by_key(|c| c.id);
    let incidents = incidents::incidents(&told, weights);
    let disputes = disputes::disputes(&told, &incidents);
    let relations = relations::relations(&incidents, &told.wholes);
    Linked { incidents, disputes, relations }
}

/// An actor and all that it is a part of. A chain that runs into itself ends after a few steps.
fn wholes_of(id: ActorId, parts: &BTreeMap<ActorId, ActorId>) -> impl Iterator<Item = ActorId> {
    std::iter::successors(Some(id), |id| parts.get(id).copied()).take(6)
}

/// The pair, if the two are one text, and why.
fn reprint(one: &Signature, two: &Signature, known: &dyn Known) -> Option<Reprint> {
    let (short, long) = overlap::ordered(one, two);
    let found = overlap::between(short, long);
    found.is_reprint().then(|| Reprint {
        article: short.article,
        other: long.article,
        share: found.share(),
        why: found.told(&known.label(short.article), &known.label(long.article)),
    })
}

/// The articles whose story is another one now. Those of the story that stays are not looked at: a text that thousands print would
/// take quadratic time.
fn stories(article: ArticleId, reprints: &[Reprint], known: &dyn Known) -> Vec<StoryChange> {
    let direct: BTreeSet<ArticleId> = reprints.iter().flat_map(|r| [r.article, r.other]).chain([article]).collect();
    let before: BTreeSet<StoryId> = direct.iter().filter_map(|a| known.story(*a)).collect();
    // A story bears the id of its smallest article.
    let story = direct.first().and_then(story_of).into_iter().chain(before.first().copied()).min();
    let Some(story) = story else { return Vec::new() };
    let left = before.into_iter().filter(|old| *old != story).flat_map(|old| known.members(old));
    let changed: BTreeSet<ArticleId> =
        direct.into_iter().filter(|a| known.story(*a) != Some(story)).chain(left).collect();
    changed.into_iter().map(|article| StoryChange { article, story }).collect()
}

/// The story whose smallest article this is.
fn story_of(smallest: &ArticleId) -> Option<StoryId> {
    StoryId::parse(&smallest.to_string())
}

#[cfg(test)]
mod tests;
