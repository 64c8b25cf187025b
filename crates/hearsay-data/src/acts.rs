//! What the marks of an act weigh for and against it.

use crate::forest::Forest;
use std::sync::LazyLock;

static FOREST: LazyLock<Forest> = LazyLock::new(|| Forest::read(include_str!("../acts/trees.tsv")));

/// The trees that weigh the marks of an act: their sum is the logarithm of the odds that a sentence tells it.
pub fn forest() -> &'static Forest {
    &FOREST
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_ships_is_a_forest_that_goes_by_the_heads() {
        let forest = super::forest();
        let sure = |share: f32| {
            forest.score(&forest.values([
                ("share of acts", share),
                ("share of triggers", share),
                ("kind ASSAULT", 1.0),
            ]))
        };
        assert!(forest.place("share of acts").is_some() && forest.place("no such mark").is_none());
        assert!(sure(5.0) > 0.0 && sure(-5.0) < 0.0);
    }
}
