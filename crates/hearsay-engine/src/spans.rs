//! Labels of the kinds `O`, `B-x` and `I-x` (Ramshaw and Marcus 1995) and the spans that they mark.

use std::ops::Range;

/// A span of words and its kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span<'a> {
    /// The words, counted from the start of the sentence.
    pub words: Range<usize>,
    /// The label without its `B-`.
    pub kind: &'a str,
}

/// What may stand before each label of a head.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// For each label that continues a span, the labels that it may follow.
    before: Vec<Option<Vec<usize>>>,
}

impl Rules {
    /// Reads the rules off the labels' names: `I-x` follows `B-x` or `I-x` alone.
    pub(crate) fn new(labels: &[String]) -> Rules {
        let same = |kind: &str, other: &String| ["B-", "I-"].iter().any(|p| other.strip_prefix(p) == Some(kind));
        let before = |label: &String| {
            let kind = label.strip_prefix("I-")?;
            Some((0..labels.len()).filter(|&other| same(kind, &labels[other])).collect())
        };
        Rules { before: labels.iter().map(before).collect() }
    }

    /// The labels of a sentence with the greatest sum of scores that keep the rules (Viterbi).
    ///
    /// `scores` holds one score a label for every word. Ties go to the label that comes first.
    pub(crate) fn best(&self, scores: &[f32]) -> Vec<u32> {
        let labels = self.before.len();
        let mut from: Vec<u32> = Vec::with_capacity(scores.len());
        let mut sums = vec![0.0f32; labels];
        for (index, row) in scores.chunks_exact(labels).enumerate() {
            // Sums are kept near zero, so that they stay precise however long the sentence is.
            let (free, top) = (argmax(&sums), row[argmax(row)]);
            let mut next = vec![f32::NEG_INFINITY; labels];
            for label in 0..labels {
                let before = match &self.before[label] {
                    None => Some(free),
                    Some(_) if index == 0 => None,
                    Some(allowed) => allowed.iter().copied().reduce(|a, b| if sums[b] > sums[a] { b } else { a }),
                };
                from.push(before.unwrap_or(0) as u32);
                if let Some(before) = before {
                    next[label] = sums[before] + (row[label] - top);
                }
            }
            sums = next;
        }
        trace(&from, labels, argmax(&sums))
    }
}

/// Follows the steps back from the last label.
fn trace(from: &[u32], labels: usize, last: usize) -> Vec<u32> {
    let mut path = vec![last as u32; from.len() / labels];
    for (word, row) in from.chunks_exact(labels).enumerate().skip(1).rev() {
        path[word - 1] = row[path[word] as usize];
    }
    path
}

/// The place of the greatest number, the first of equals.
pub(crate) fn argmax(row: &[f32]) -> usize {
    (1..row.len()).fold(0, |best, i| if row[i] > row[best] { i } else { best })
}

/// The spans that the labels of one sentence mark; an `I-x` that continues nothing begins a span.
///
/// `labels` are places in `names`.
pub fn spans<'a>(labels: &[u32], names: &'a [String]) -> Vec<Span<'a>> {
    let mut spans: Vec<Span<'a>> = Vec::new();
    for (word, &label) in labels.iter().enumerate() {
        let Some((mark, kind)) = names.get(label as usize).and_then(|name| name.split_once('-')) else { continue };
        match spans.last_mut() {
            Some(open) if mark == "I" && open.kind == kind && open.words.end == word => open.words.end += 1,
            _ => spans.push(Span { words: word..word + 1, kind }),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names() -> Vec<String> {
        ["O", "B-place", "I-place", "B-armed-group", "I-armed-group"].map(String::from).to_vec()
    }

    #[test]
    fn spans_are_read_from_labels() {
        let names = names();
        let found = spans(&[3, 4, 0, 1, 1, 2, 4], &names);
        let found: Vec<_> = found.into_iter().map(|s| (s.words, s.kind)).collect();
        assert_eq!(found, [(0..2, "armed-group"), (3..4, "place"), (4..6, "place"), (6..7, "armed-group")]);
    }

    #[test]
    fn a_span_cannot_begin_in_its_middle() {
        let rules = Rules::new(&names());
        // The second label is best everywhere, and may not stand first.
        let scores = [0.0, 0.5, 2.0, 0.0, 0.0].repeat(2);
        assert_eq!(rules.best(&scores), [1, 2]);
        assert!(rules.best(&[]).is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn no_allowed_labels_are_better(values in prop::collection::vec(-9i8..9, 20)) {
            let (names, scores) = (names(), values.iter().map(|&v| f32::from(v)).collect::<Vec<f32>>());
            let sum = |path: &[u32]| path.iter().zip(scores.chunks(5)).map(|(&l, row)| row[l as usize]).sum::<f32>();
            let allowed = |path: &[u32]| {
                (0..4).all(|w| match names[path[w] as usize].strip_prefix("I-") {
                    Some(kind) => w > 0 && names[path[w - 1] as usize].ends_with(kind),
                    None => true,
                })
            };
            let best = Rules::new(&names).best(&scores);
            prop_assert!(allowed(&best));
            for code in 0..625u32 {
                let path: Vec<u32> = (0..4).map(|w| code / 5u32.pow(w) % 5).collect();
                prop_assert!(!allowed(&path) || sum(&path) <= sum(&best));
            }
        }
    }
}
