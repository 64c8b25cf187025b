//! What the marks of an act weigh for and against it.

use std::collections::HashMap;
use std::sync::LazyLock;

static WEIGHTS: LazyLock<HashMap<&'static str, f32>> = LazyLock::new(|| {
    let rows = crate::rows(include_str!("../acts/weights.tsv"));
    rows.filter_map(|row| Some((*row.first()?, row.get(1)?.parse::<f32>().ok()? / 100.0))).collect()
});

/// What a mark of an act weighs: above zero where it speaks for an act; none for a mark that has no weight.
pub fn weight(mark: &str) -> Option<f32> {
    WEIGHTS.get(mark).copied()
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_row_is_a_mark_with_its_weight() {
        let rows: Vec<_> = crate::rows(include_str!("../acts/weights.tsv")).collect();
        assert!(rows.iter().all(|row| row.len() == 2 && row[1].parse::<i32>().is_ok()));
        assert!(super::weight("always").is_some() && super::weight("no such mark").is_none());
    }
}
