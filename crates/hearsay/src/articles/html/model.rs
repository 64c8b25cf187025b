//! How likely each block is a part of a story: gradient-boosted trees from the shipped weights.

use std::sync::LazyLock;

/// One node of a tree; a leaf has no feature.
#[derive(Debug, Clone, Copy)]
struct TreeNode {
    /// The number that is looked at, or [`LEAF`].
    feature: u16,
    left: u16,
    right: u16,
    /// The bound of a split, or the worth of a leaf.
    value: f32,
}

const LEAF: u16 = u16::MAX;

/// The trees, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Model {
    nodes: Vec<TreeNode>,
    roots: Vec<usize>,
}

static SHIPPED: LazyLock<Model> = LazyLock::new(|| {
    Model::parse(hearsay_data::block_weights(), &super::features::names()).expect("the shipped weights are well-formed")
});

impl Model {
    /// The shipped weights.
    pub fn shipped() -> &'static Model {
        &SHIPPED
    }

    /// Reads weights in the form that the first lines of the shipped ones describe. None where a line is not understood.
    pub fn read(text: &str) -> Option<Model> {
        Model::parse(text, &super::features::names())
    }

    fn parse(text: &str, names: &[String]) -> Option<Model> {
        let mut model = Model::default();
        for line in text.lines().filter(|l| !l.starts_with('#') && !l.is_empty()) {
            let words: Vec<&str> = line.split(' ').collect();
            match words[..] {
                ["tree"] => model.roots.push(model.nodes.len()),
                ["leaf", value] => {
                    model.nodes.push(TreeNode { feature: LEAF, left: 0, right: 0, value: value.parse().ok()? })
                }
                ["split", name, bound, left, right] => model.nodes.push(TreeNode {
                    feature: names.iter().position(|n| n == name)? as u16,
                    left: left.parse().ok()?,
                    right: right.parse().ok()?,
                    value: bound.parse().ok()?,
                }),
                _ => return None,
            }
        }
        Some(model)
    }

    /// The likelihood of a row of numbers, from 0 to 1.
    pub fn likelihood(&self, row: &[f32]) -> f32 {
        let sum: f32 = self.roots.iter().map(|root| self.leaf(*root, row)).sum();
        1.0 / (1.0 + (-sum).exp())
    }

    fn leaf(&self, root: usize, row: &[f32]) -> f32 {
        let mut node = self.nodes[root];
        while node.feature != LEAF {
            let low = row[usize::from(node.feature)] <= node.value;
            node = self.nodes[root + usize::from(if low { node.left } else { node.right })];
        }
        node.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_weights_name_numbers_that_exist() {
        assert!(Model::shipped().roots.len() > 10);
    }

    #[test]
    fn a_tree_is_walked() {
        let names = ["units".to_owned(), "link".to_owned()];
        let model = Model::parse("tree\nsplit link 0.5 1 2\nleaf 2\nleaf -2\n", &names).unwrap();
        assert!(model.likelihood(&[1.0, 0.1]) > 0.8 && model.likelihood(&[1.0, 0.9]) < 0.2);
        assert!(Model::parse("tree\nsplit other 0.5 1 2\n", &names).is_none());
    }
}
