//! What the marks of a claim weigh for each stance.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The names of the stances, in the order of the weights.
pub const NAMES: [&str; 12] = [
    "asserts",
    "confirms",
    "denies",
    "doubts",
    "speculates",
    "accuses",
    "threatens",
    "promises",
    "demands",
    "asks",
    "declines",
    "relays",
];

/// What one mark weighs for each stance, in the order of [`NAMES`].
pub type Row = [f32; NAMES.len()];

static WEIGHTS: LazyLock<HashMap<&'static str, Row>> = LazyLock::new(|| {
    let rows = crate::rows(include_str!("../stances/weights.tsv"));
    rows.filter_map(|row| Some((*row.first()?, weights(row.get(1..)?)))).collect()
});

/// Reads "4:-120 7:35": places among [`NAMES`] with hundredths; what is not there weighs nothing.
fn weights(cells: &[&str]) -> Row {
    let mut out = [0.0; NAMES.len()];
    for cell in cells.iter().flat_map(|c| c.split(' ')) {
        let read = cell.split_once(':').and_then(|(at, w)| Some((at.parse::<usize>().ok()?, w.parse::<f32>().ok()?)));
        if let Some((slot, weight)) = read.and_then(|(at, w)| Some((out.get_mut(at)?, w))) {
            *slot = weight / 100.0;
        }
    }
    out
}

/// What a mark of a claim weighs for each stance; none for one that has no weight.
pub fn weight(mark: &str) -> Option<&'static Row> {
    WEIGHTS.get(mark)
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_are_places_with_hundredths() {
        let row = super::weights(&["0:150 11:-20"]);
        assert_eq!((row[0], row[1], row[11]), (1.5, 0.0, -0.2));
    }
}
