//! From pairs to groups: those that agree best are put together first, as long as the groups agree as wholes.
//!
//! Agglomerative clustering with average linkage over the pairs that were held against each other. A pair that was not counts
//! as one that does not agree much.

use super::fit::Weights;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// What a pair says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    pub(super) one: usize,
    pub(super) two: usize,
    /// Log-odds; above 0 it speaks for one act.
    pub(super) score: f64,
}

/// A sum of scores and their number.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    score: f64,
    count: f64,
}

/// Groups of `count` things. `together` are in one group whatever the pairs say, unless they are `apart`.
struct Groups<'a> {
    weights: &'a Weights,
    /// The group that each thing is in; a group is known by one of its things.
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
    near: Vec<FxHashMap<usize, Sum>>,
    /// Raised with each change of a group: what waits in the queue for an older one is void.
    age: Vec<u32>,
    apart: FxHashSet<(usize, usize)>,
    /// Things that somebody wants apart from something.
    guarded: FxHashSet<usize>,
}

/// A pair of groups that may be put together, best first.
#[derive(Debug, PartialEq)]
struct Wait {
    mean: f64,
    one: usize,
    two: usize,
    age: (u32, u32),
}

impl Eq for Wait {}
impl PartialOrd for Wait {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Wait {
    fn cmp(&self, other: &Self) -> Ordering {
        self.mean.total_cmp(&other.mean).then_with(|| (other.one, other.two).cmp(&(self.one, self.two)))
    }
}

/// The groups, each sorted, sorted by their first things.
pub(super) fn groups(
    count: usize,
    edges: &[Edge],
    together: &[(usize, usize)],
    apart: &[(usize, usize)],
    weights: &Weights,
) -> Vec<Vec<usize>> {
    let mut groups = Groups::new(count, edges, apart, weights);
    together.iter().for_each(|(a, b)| {
        let (a, b) = (groups.of[*a], groups.of[*b]);
        if a != b && !groups.forbidden(a, b) {
            groups.join(a, b);
        }
    });
    groups.grow();
    let mut all: Vec<Vec<usize>> = groups.members.into_iter().filter(|m| !m.is_empty()).collect();
    all.iter_mut().for_each(|g| g.sort_unstable());
    all.sort_unstable();
    all
}

impl<'a> Groups<'a> {
    fn new(count: usize, edges: &[Edge], apart: &[(usize, usize)], weights: &'a Weights) -> Self {
        let mut near: Vec<FxHashMap<usize, Sum>> = vec![FxHashMap::default(); count];
        for edge in edges {
            let sum = Sum { score: edge.score, count: 1.0 };
            near[edge.one].insert(edge.two, sum);
            near[edge.two].insert(edge.one, sum);
        }
        Groups {
            weights,
            of: (0..count).collect(),
            members: (0..count).map(|n| vec![n]).collect(),
            near,
            age: vec![0; count],
            apart: apart.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]).collect(),
            guarded: apart.iter().flat_map(|(a, b)| [*a, *b]).collect(),
        }
    }

    fn grow(&mut self) {
        let mut queue: BinaryHeap<Wait> = BinaryHeap::new();
        for one in 0..self.near.len() {
            queue.extend(self.near[one].keys().filter(|two| one < **two).filter_map(|two| self.wait(one, *two)));
        }
        while let Some(best) = queue.pop() {
            if best.age != (self.age[best.one], self.age[best.two]) || self.forbidden(best.one, best.two) {
                continue;
            }
            let kept = self.join(best.one, best.two);
            queue.extend(self.near[kept].keys().filter_map(|other| self.wait(kept.min(*other), kept.max(*other))));
        }
    }

    /// The pair of groups, if it is worth waiting for.
    fn wait(&self, one: usize, two: usize) -> Option<Wait> {
        let sum = self.near[one].get(&two)?;
        let all = (self.members[one].len() * self.members[two].len()) as f64;
        let mean = (sum.score + (all - sum.count).max(0.0) * self.weights.not_held) / all;
        (mean > self.weights.least).then_some(Wait { mean, one, two, age: (self.age[one], self.age[two]) })
    }

    /// Whether somebody wants a thing of the one apart from a thing of the other.
    fn forbidden(&self, one: usize, two: usize) -> bool {
        let guarded = |group: usize| self.members[group].iter().filter(|m| self.guarded.contains(m));
        !self.guarded.is_empty() && guarded(one).any(|a| guarded(two).any(|b| self.apart.contains(&(*a, *b))))
    }

    /// Puts two groups together, the one with fewer neighbours into the other; gives the one that stays.
    fn join(&mut self, one: usize, two: usize) -> usize {
        let fewer = |g: usize| (self.near[g].len(), std::cmp::Reverse(g));
        let (from, into) = if fewer(one) < fewer(two) { (one, two) } else { (two, one) };
        let moved = std::mem::take(&mut self.members[from]);
        moved.iter().for_each(|m| self.of[*m] = into);
        self.members[into].extend(moved);
        for (other, sum) in std::mem::take(&mut self.near[from]) {
            self.near[other].remove(&from);
            if other != into {
                for (a, b) in [(into, other), (other, into)] {
                    let kept = self.near[a].entry(b).or_default();
                    kept.score += sum.score;
                    kept.count += sum.count;
                }
            }
        }
        self.age[from] += 1;
        self.age[into] += 1;
        into
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(count: usize, edges: &[Edge], together: &[(usize, usize)], apart: &[(usize, usize)]) -> Vec<Vec<usize>> {
        let weights = Weights { not_held: -1.5, ..Weights::read("", 1) };
        super::groups(count, edges, together, apart, &weights)
    }

    fn edge(one: usize, two: usize, score: f64) -> Edge {
        Edge { one, two, score }
    }

    #[test]
    fn groups_agree_as_wholes() {
        let edges = [edge(0, 1, 3.0), edge(1, 2, 2.0), edge(0, 2, -6.0), edge(2, 3, 1.0)];
        assert_eq!(groups(5, &edges, &[], &[]), [vec![0, 1], vec![2, 3], vec![4]]);
    }

    #[test]
    fn people_are_obeyed() {
        let edges = [edge(0, 1, 3.0), edge(1, 2, 3.0), edge(0, 2, 3.0)];
        assert_eq!(groups(4, &edges, &[], &[(0, 2)]), [vec![0, 1], vec![2], vec![3]]);
        assert_eq!(groups(4, &edges[..1], &[(0, 3)], &[]), [vec![0, 1, 3], vec![2]]);
        assert_eq!(groups(4, &[], &[(0, 3)], &[(3, 0)]).len(), 4, "apart counts where the two exclude each other");
    }
}
