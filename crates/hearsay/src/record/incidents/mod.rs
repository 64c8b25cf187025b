//! Incidents: which reports tell of one act?
//!
//! Reports that a reprint repeats are folded first. Those of one type that share an actor, a place or rare words and lie near in
//! time are held against each other; what agrees and what does not is weighed by a logistic regression (weights and their
//! origin: `hearsay-data/linking/joins.tsv`), and the groups that agree best as wholes are put together. It is a pure function
//! of the set of reports: the order in which articles came does not matter, and building step by step gives what building at
//! once gives.

mod fit;
mod group;
mod near;
mod tell;
mod view;
mod voices;

pub use fit::{FEATURES, Features, Weights};

use group::Edge;
use hearsay_types::incident::{Incident, Told};
use hearsay_types::{EventId, StoryId};
use rustc_hash::FxHashMap;
pub(super) use view::day;
use view::{View, Views};

/// The incidents, by id. Every report stands in one.
pub fn incidents(told: &Told, weights: &Weights) -> Vec<Incident> {
    let views = Views::of(told);
    let folds = folds(&views);
    let first: Vec<usize> = (0..folds.len()).filter(|n| folds[*n] == *n).collect();
    let edges = edges(&views, &first, weights);
    let at: FxHashMap<EventId, usize> = told.reports.iter().enumerate().map(|(n, r)| (r.id, n)).collect();
    let pairs = |ids: &[(EventId, EventId)]| -> Vec<(usize, usize)> {
        ids.iter().filter_map(|(a, b)| Some((*at.get(a)?, *at.get(b)?))).collect()
    };
    let (mut together, apart) = (pairs(&told.corrected.together), pairs(&told.corrected.apart));
    let by_hand = together.len();
    together.extend(folds.iter().enumerate().filter(|(n, first)| n != *first).map(|(n, first)| (n, *first)));
    let groups = group::groups(folds.len(), &edges, &together, &apart, weights);
    let scribe = tell::Scribe { views: &views, folds: &folds, by_hand: &together[..by_hand], weights };
    let mut incidents: Vec<Incident> = groups.iter().map(|group| scribe.incident(group)).collect();
    incidents.sort_by_key(|i| i.id);
    incidents
}

/// Two reports that were held against each other.
#[derive(Debug, Clone)]
pub struct HeldPair {
    /// The one with the smaller id.
    pub one: EventId,
    /// The other.
    pub two: EventId,
    /// Whether both stand in one article.
    pub within: bool,
    /// What was found; see [`FEATURES`].
    pub features: Features,
}

/// The pairs that linking holds against each other: what its weights are fitted on.
pub fn held_pairs(told: &Told) -> Vec<HeldPair> {
    let views = Views::of(told);
    let folds = folds(&views);
    let first: Vec<usize> = (0..folds.len()).filter(|n| folds[*n] == *n).collect();
    let pair = |(a, b): (usize, usize)| {
        let held = fit::hold(&views, &views.all[a], &views.all[b]);
        let id = |n: usize| views.all[n].report.id;
        HeldPair { one: id(a), two: id(b), within: held.within, features: held.features }
    };
    near::pairs(&views, &first).into_iter().map(pair).collect()
}

/// The pairs of reports with what they say. Those that say no are kept only where others join the two by way of a third.
fn edges(views: &Views, first: &[usize], weights: &Weights) -> Vec<Edge> {
    let scored = near::pairs(views, first).into_iter().map(|(one, two)| Edge {
        one,
        two,
        score: weights.score(&fit::hold(views, &views.all[one], &views.all[two])),
    });
    let mut edges: Vec<Edge> = scored.collect();
    let mut roots: Vec<usize> = (0..views.all.len()).collect();
    for edge in edges.iter().filter(|e| e.score > 0.0) {
        let (a, b) = (root(&mut roots, edge.one), root(&mut roots, edge.two));
        roots[a.max(b)] = a.min(b);
    }
    edges.retain(|e| root(&mut roots, e.one) == root(&mut roots, e.two));
    edges
}

fn root(roots: &mut [usize], mut at: usize) -> usize {
    while roots[at] != at {
        roots[at] = roots[roots[at]];
        at = roots[at];
    }
    at
}

/// So much of the words of a sentence is the same in a reprint that was lightly edited.
const REPRINTED: f64 = 0.8;
/// With so many sentences of a story, beside the very same one, a sentence is held: a story may have thousands of articles.
const SENTENCES: usize = 24;

/// For each report the first of those that are the same sentence in reprints of one story; itself where there is none.
fn folds(views: &Views) -> Vec<usize> {
    let mut folds: Vec<usize> = (0..views.all.len()).collect();
    let mut stories: FxHashMap<(StoryId, &str, &str), Fold> = FxHashMap::default();
    for (n, view) in views.all.iter().enumerate() {
        let report = view.report;
        let fold = stories.entry((report.story, report.kind.as_str(), view.trigger.as_str())).or_default();
        match fold.first_of(views, view) {
            Some(first) => folds[n] = first,
            None => fold.add(n, &report.sentence),
        }
    }
    folds
}

/// The different sentences of a story that tell one kind of act by one word: the report that each was first told by.
#[derive(Default)]
struct Fold<'a> {
    first: Vec<usize>,
    same: FxHashMap<&'a str, usize>,
}

impl<'a> Fold<'a> {
    fn first_of(&self, views: &Views, view: &View) -> Option<usize> {
        let same = self.same.get(view.report.sentence.as_str()).copied();
        let near = same.into_iter().chain(self.first.iter().copied().take(SENTENCES));
        near.into_iter().find(|other| is_reprinted(&views.all[*other], view))
    }

    fn add(&mut self, n: usize, sentence: &'a str) {
        self.first.push(n);
        self.same.entry(sentence).or_insert(n);
    }
}

fn is_reprinted(one: &View, two: &View) -> bool {
    one.report.article != two.report.article
        && (one.report.sentence == two.report.sentence || one.bag.cosine(&two.bag) >= REPRINTED)
}

#[cfg(test)]
mod tests;
