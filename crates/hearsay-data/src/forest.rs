//! Boosted trees over named marks: many small decision trees whose leaves add up to the logarithm of the odds.

use std::collections::HashMap;

/// A question that a tree asks, or what it answers.
#[derive(Debug, Clone, Copy)]
enum Node {
    /// Whether a mark's value is at most `most`: the next node if so, else the one at `otherwise`.
    Split { mark: usize, most: f32, otherwise: usize },
    /// What the tree adds.
    Leaf(f32),
}

/// Trees (Friedman 2001) as a table holds them. Marks that it does not know say nothing.
#[derive(Debug, Default)]
pub struct Forest {
    marks: HashMap<&'static str, usize>,
    trees: Vec<Vec<Node>>,
    border: f32,
}

/// What a leaf's figure counts.
const PART: f32 = 1e-4;

impl Forest {
    /// Reads a table: `border` with what is added to every sum, `mark` with a name a line, in the order of their numbers, and `tree`
    /// with its nodes, a question before its two answers: "3:0.5" asks whether mark 3 is at most 0.5, "=-120" adds as many
    /// ten-thousandths. A line that is of none of these forms is left out.
    pub fn read(table: &'static str) -> Forest {
        let mut out = Forest::default();
        for row in crate::rows(table) {
            match (row.first().copied(), row.get(1)) {
                (Some("border"), Some(figure)) => out.border = figure.parse().unwrap_or(0.0),
                (Some("mark"), Some(name)) => {
                    let number = out.marks.len();
                    out.marks.insert(name, number);
                }
                (Some("tree"), Some(nodes)) => out.trees.extend(tree(nodes)),
                _ => {}
            }
        }
        out
    }

    /// The values of marks in the order of the table, nothing where a mark is not there.
    pub fn values<'m>(&self, marks: impl IntoIterator<Item = (&'m str, f32)>) -> Vec<f32> {
        let mut out = vec![0.0; self.marks.len()];
        for (mark, value) in marks {
            if let Some(place) = self.place(mark) {
                out[place] = value;
            }
        }
        out
    }

    /// The number of a mark, if the trees know it.
    pub fn place(&self, mark: &str) -> Option<usize> {
        self.marks.get(mark).copied()
    }

    /// The logarithm of the odds, for values in the order of the table.
    pub fn score(&self, values: &[f32]) -> f32 {
        self.border + self.trees.iter().map(|nodes| answer(nodes, values)).sum::<f32>()
    }
}

/// What a tree adds.
fn answer(nodes: &[Node], values: &[f32]) -> f32 {
    let mut at = 0;
    loop {
        match nodes[at] {
            Node::Leaf(adds) => return adds,
            Node::Split { mark, most, otherwise } => {
                at = if values.get(mark).copied().unwrap_or(0.0) <= most { at + 1 } else { otherwise };
            }
        }
    }
}

/// The nodes of a tree; none where its text is no whole tree.
fn tree(text: &str) -> Option<Vec<Node>> {
    let mut nodes = Vec::new();
    // Questions whose first answer is being read.
    let mut open: Vec<usize> = Vec::new();
    for word in text.split(' ') {
        if let Some(adds) = word.strip_prefix('=') {
            nodes.push(Node::Leaf(adds.parse::<f32>().ok()? * PART));
            // The second answer of the last question that waits for one comes next.
            let next = nodes.len();
            match open.pop().map(|question| &mut nodes[question]) {
                Some(Node::Split { otherwise, .. }) => *otherwise = next,
                _ => return (next == text.split(' ').count()).then_some(nodes),
            }
        } else {
            let (mark, most) = word.split_once(':')?;
            open.push(nodes.len());
            nodes.push(Node::Split { mark: mark.parse().ok()?, most: most.parse().ok()?, otherwise: 0 });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "# a comment\nborder\t0.5\nmark\tnoun\nmark\tshare\n\
        tree\t0:0.5 =100 1:-2.5 =-10000 =20000\ntree\t=1000\ntree\t0:0.5 =1\n";

    #[test]
    fn trees_add_up_and_a_broken_one_is_left_out() {
        let forest = Forest::read(TABLE);
        assert_eq!(forest.trees.len(), 2, "the third tree lacks an answer");
        let score = |marks: &[(&'static str, f32)]| forest.score(&forest.values(marks.iter().copied()));
        assert!((score(&[]) - 0.61).abs() < 1e-6);
        assert!((score(&[("noun", 1.0), ("share", -3.0), ("unknown", 9.0)]) + 0.4).abs() < 1e-6);
        assert!((score(&[("noun", 1.0), ("share", -2.0)]) - 2.6).abs() < 1e-6);
    }

    #[test]
    fn questions_in_both_answers_are_read() {
        let nodes = tree("0:1 1:2 =1 =2 2:3 =3 4:5 =4 =5").unwrap();
        let at = |values: &[f32]| (answer(&nodes, values) / PART).round();
        assert_eq!(at(&[0.0, 9.0]), 2.0);
        assert_eq!(at(&[2.0, 0.0, 3.0]), 3.0);
        assert_eq!(at(&[2.0, 0.0, 4.0, 0.0, 6.0]), 5.0);
        assert!(tree("").is_none() && tree("=1 =2").is_none() && tree("x:1 =1 =2").is_none());
    }
}
