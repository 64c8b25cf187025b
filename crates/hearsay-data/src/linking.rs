//! What linking weighs: when two reports tell of one act, and where acts stand between conflict and cooperation.

use std::collections::HashMap;
use std::sync::LazyLock;

static SCALE: LazyLock<HashMap<&'static str, f64>> = LazyLock::new(|| {
    let rows = crate::rows(include_str!("../linking/scale.tsv"));
    rows.filter_map(|row| Some((*row.first()?, row.get(1)?.parse().ok()?))).collect()
});

/// Where acts of a PLOVER type stand between conflict (-10) and cooperation (10); none for a type that is not known.
pub fn scale(kind: &str) -> Option<f64> {
    SCALE.get(kind).copied()
}

/// What two reports weigh for telling of one act: a table with a feature a row. Its columns are the weight for reports of two
/// articles, the weight within one article, and the first guesses at both.
pub fn joins() -> &'static str {
    include_str!("../linking/joins.tsv")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_scale_agrees_with_the_quads() {
        for kind in ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"] {
            assert!(super::scale(kind).unwrap() > 0.0, "{kind}");
        }
        for kind in ["REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"]
        {
            assert!(super::scale(kind).unwrap() < 0.0, "{kind}");
        }
        assert_eq!(super::scale("OTHER"), None);
    }
}
