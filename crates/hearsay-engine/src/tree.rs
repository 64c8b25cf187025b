//! The best tree over a sentence: one root, no cycle, the greatest sum of scores.
//!
//! Nearly always every word's best head already makes a tree, and that is the answer. Where it does not, cycles are
//! contracted (Chu and Liu 1965, Edmonds 1967).

/// Where an edge of a contracted graph comes from: the word that depends, and its head.
type Origin = (usize, usize);

/// Finds the head of every word; `0` is the root, and word `i` is node `i + 1`.
///
/// `scores` holds, for every word, one score for each of the `words + 1` nodes as its head. Of equal trees, the one
/// found first counts, the same one every time. A word is never its own head, whatever the score.
pub(crate) fn best(scores: &[f32], words: usize) -> Vec<usize> {
    assert_eq!(scores.len(), words * (words + 1), "scores have the wrong size");
    let greedy: Vec<usize> = scores.chunks_exact(words + 1).enumerate().map(|(w, row)| best_head(row, w + 1)).collect();
    let single = greedy.iter().filter(|&&head| head == 0).count() == 1;
    let parents: Vec<usize> = std::iter::once(0).chain(greedy.iter().copied()).collect();
    if words == 0 || (single && cycle(&parents, &vec![true; words + 1]).is_none()) {
        return greedy;
    }
    Graph::new(scores, words).solve()
}

fn best_head(row: &[f32], own: usize) -> usize {
    let mut best = usize::from(own == 0);
    for (head, score) in row.iter().enumerate() {
        if head != own && *score > row[best] {
            best = head;
        }
    }
    best
}

/// The nodes of a cycle, if following parents leads into one. Node 0 is the root; only nodes that live are followed.
fn cycle(parents: &[usize], alive: &[bool]) -> Option<Vec<usize>> {
    let mut seen_from = vec![0; parents.len()];
    for start in (1..parents.len()).filter(|&node| alive[node]) {
        let mut node = start;
        while node != 0 && seen_from[node] == 0 {
            seen_from[node] = start;
            node = parents[node];
        }
        if node != 0 && seen_from[node] == start {
            let around = std::iter::successors(Some(parents[node]), |&n| (n != node).then(|| parents[n]));
            return Some(around.collect());
        }
    }
    None
}

/// A graph in which cycles are contracted, each into its first node.
struct Graph {
    nodes: usize,
    /// For every node and every head the score of the edge; minus infinity where there is none.
    scores: Vec<f64>,
    /// For every such edge the edge of the sentence that it stands for.
    origins: Vec<Origin>,
    alive: Vec<bool>,
    /// The nodes of the sentence that each node stands for.
    members: Vec<Vec<usize>>,
}

/// A contracted cycle: for each of its nodes the members, and the edge inside the cycle.
type Contraction = Vec<(Vec<usize>, Origin)>;

impl Graph {
    fn new(scores: &[f32], words: usize) -> Graph {
        let nodes = words + 1;
        // Edges from the root cost more than any tree can win, so that the best tree has one of them.
        let finite = scores.iter().filter(|s| s.is_finite()).map(|&s| f64::from(s));
        let (low, high) = finite.fold((0.0, 0.0), |(low, high): (f64, f64), s| (low.min(s), high.max(s)));
        let toll = (high - low + 1.0) * (words + 1) as f64;
        let mut graph = Graph {
            nodes,
            scores: vec![f64::NEG_INFINITY; nodes * nodes],
            origins: (0..nodes * nodes).map(|i| (i / nodes, i % nodes)).collect(),
            alive: vec![true; nodes],
            members: (0..nodes).map(|n| vec![n]).collect(),
        };
        for node in 1..nodes {
            for head in (0..nodes).filter(|&head| head != node) {
                // What is no number, or infinite, must not outweigh the toll.
                let score = f64::from(scores[(node - 1) * nodes + head]);
                let score = if score.is_nan() { low } else { score.clamp(low, high) };
                graph.scores[node * nodes + head] = if head == 0 { score - toll } else { score };
            }
        }
        graph
    }

    fn solve(mut self) -> Vec<usize> {
        let mut contractions = Vec::new();
        let parents = loop {
            let parents: Vec<usize> = (0..self.nodes).map(|node| self.best_head(node)).collect();
            match cycle(&parents, &self.alive) {
                Some(cycle) => contractions.push(self.contract(&cycle, &parents)),
                None => break parents,
            }
        };
        let mut heads = vec![usize::MAX; self.nodes];
        for node in (1..self.nodes).filter(|&node| self.alive[node]) {
            let (word, head) = self.origins[node * self.nodes + parents[node]];
            heads[word] = head;
        }
        expand(contractions, &mut heads);
        heads.split_off(1)
    }

    fn best_head(&self, node: usize) -> usize {
        if node == 0 || !self.alive[node] {
            return 0;
        }
        let row = &self.scores[node * self.nodes..][..self.nodes];
        (0..self.nodes).fold(0, |best, head| if row[head] > row[best] { head } else { best })
    }

    /// Makes one node of a cycle, the first of it, and says how to undo that.
    fn contract(&mut self, cycle: &[usize], parents: &[usize]) -> Contraction {
        let (n, first) = (self.nodes, cycle[0]);
        let inside: Vec<f64> = cycle.iter().map(|&node| self.scores[node * n + parents[node]]).collect();
        let contraction = cycle.iter().map(|&c| (self.members[c].clone(), self.origins[c * n + parents[c]])).collect();
        let outside: Vec<usize> = (0..n).filter(|&node| self.alive[node] && !cycle.contains(&node)).collect();
        for &other in &outside {
            let enter = |i: usize| self.scores[cycle[i] * n + other] - inside[i];
            let into = (1..cycle.len()).fold(0, |best, i| if enter(i) > enter(best) { i } else { best });
            let (score, origin) = (enter(into), self.origins[cycle[into] * n + other]);
            let leave = |i: usize| self.scores[other * n + cycle[i]];
            let from = (1..cycle.len()).fold(0, |best, i| if leave(i) > leave(best) { i } else { best });
            let (out_score, out_origin) = (leave(from), self.origins[other * n + cycle[from]]);
            (self.scores[first * n + other], self.origins[first * n + other]) = (score, origin);
            (self.scores[other * n + first], self.origins[other * n + first]) = (out_score, out_origin);
        }
        for &node in &cycle[1..] {
            self.alive[node] = false;
            (0..n).for_each(|other| self.scores[other * n + node] = f64::NEG_INFINITY);
            let members = std::mem::take(&mut self.members[node]);
            self.members[first].extend(members);
        }
        self.scores[first * n + first] = f64::NEG_INFINITY;
        contraction
    }
}

/// Opens contracted cycles, the last one first: the node that is entered from outside gives up its edge of the cycle.
fn expand(contractions: Vec<Contraction>, heads: &mut [usize]) {
    for contraction in contractions.into_iter().rev() {
        for (members, (word, head)) in contraction {
            if members.iter().all(|&member| heads[member] == usize::MAX) {
                heads[word] = head;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn total(scores: &[f32], heads: &[usize]) -> f32 {
        heads.iter().enumerate().map(|(w, &h)| scores[w * (heads.len() + 1) + h]).sum()
    }

    fn is_tree(heads: &[usize]) -> bool {
        let parents: Vec<usize> = std::iter::once(0).chain(heads.iter().copied()).collect();
        let roots = heads.iter().filter(|&&h| h == 0).count();
        roots == 1
            && heads.iter().enumerate().all(|(w, &h)| h != w + 1)
            && cycle(&parents, &vec![true; parents.len()]).is_none()
    }

    /// The greatest sum of all trees, by trying every choice of heads.
    fn exhaustive(scores: &[f32], words: usize) -> f32 {
        let mut best = f32::NEG_INFINITY;
        for code in 0..(words + 1).pow(words as u32) {
            let heads: Vec<usize> = (0..words).map(|w| code / (words + 1).pow(w as u32) % (words + 1)).collect();
            if is_tree(&heads) {
                best = best.max(total(scores, &heads));
            }
        }
        best
    }

    #[test]
    fn small_sentences() {
        assert_eq!(best(&[], 0), Vec::<usize>::new());
        assert_eq!(best(&[-3.0, 9.0], 1), [0]);
        // Both words want each other; the cheaper break wins.
        assert_eq!(best(&[1.0, 0.0, 5.0, 2.0, 5.0, 0.0], 2), [2, 0]);
        // Both words want the root; one must give way.
        assert_eq!(best(&[9.0, 0.0, 1.0, 9.0, 2.0, 0.0], 2), [0, 1]);
    }

    #[test]
    fn scores_that_are_no_numbers_still_give_a_tree() {
        for score in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            assert!(is_tree(&best(&[score; 20], 4)));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn no_tree_is_better(words in 1usize..6, values in prop::collection::vec(-20i16..20, 30)) {
            let scores: Vec<f32> = values[..words * (words + 1)].iter().map(|&v| f32::from(v)).collect();
            let heads = best(&scores, words);
            prop_assert!(is_tree(&heads), "{heads:?}");
            prop_assert_eq!(total(&scores, &heads), exhaustive(&scores, words));
        }

        #[test]
        fn long_sentences_give_trees(words in 6usize..60, values in prop::collection::vec(-9i16..9, 3660)) {
            let scores: Vec<f32> = values[..words * (words + 1)].iter().map(|&v| f32::from(v)).collect();
            prop_assert!(is_tree(&best(&scores, words)));
        }
    }
}
