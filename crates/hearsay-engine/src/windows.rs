//! Cuts sentences into windows that the encoder can take, and decides which window speaks for which word.

use std::ops::Range;

/// Pieces of words in one window, its begin and end marks not counted.
pub(crate) const MOST_PIECES: usize = 256;

/// Some words of a sentence that are encoded together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// The words that the encoder sees.
    pub(crate) words: Range<usize>,
    /// Those of them whose vectors are taken from here.
    pub(crate) taken: Range<usize>,
}

/// Cuts a sentence into windows of at most `most` pieces that overlap by half.
///
/// `starts` holds, for every word, the number of pieces before it, and then the number of all pieces. Every word is
/// taken from the window in which the nearer edge is farthest away; the ends of the sentence are no edges. Windows
/// are in order, and take every word once.
pub(crate) fn cut(starts: &[usize], most: usize) -> Vec<Window> {
    let words = starts.len() - 1;
    let mut spans: Vec<Range<usize>> = Vec::new();
    let mut first = 0;
    while first < words {
        let end = starts.partition_point(|&s| s <= starts[first] + most) - 1;
        let end = end.max(first + 1);
        spans.push(first..end);
        if end == words {
            break;
        }
        first = starts.partition_point(|&s| s < starts[first] + most.div_ceil(2)).min(end).max(first + 1);
    }
    let mut taken = 0;
    let mut windows = Vec::with_capacity(spans.len());
    for (index, span) in spans.iter().enumerate() {
        let until = match spans.get(index + 1) {
            // The middle of what two neighbours share is as far from the end of one as from the start of the other.
            Some(next) => {
                starts.partition_point(|&s| 2 * s < starts[next.start] + starts[span.end]).clamp(next.start, span.end)
            }
            None => words,
        };
        windows.push(Window { words: span.clone(), taken: taken..until });
        taken = until;
    }
    windows
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_sentence_is_one_window() {
        assert_eq!(cut(&[0, 2, 3, 8], 8), [Window { words: 0..3, taken: 0..3 }]);
        assert_eq!(cut(&[0], 8), []);
    }

    #[test]
    fn a_long_sentence_is_cut_at_words_and_overlaps() {
        let starts: Vec<usize> = (0..=10).collect();
        let windows = cut(&starts, 4);
        let words: Vec<_> = windows.iter().map(|w| w.words.clone()).collect();
        let taken: Vec<_> = windows.iter().map(|w| w.taken.clone()).collect();
        assert_eq!(words, [0..4, 2..6, 4..8, 6..10]);
        assert_eq!(taken, [0..3, 3..5, 5..7, 7..10]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn every_word_is_taken_once_from_a_window_that_holds_it(lengths in prop::collection::vec(1usize..9, 0..200), most in 8usize..40) {
            let mut starts = vec![0];
            for length in lengths {
                starts.push(starts[starts.len() - 1] + length);
            }
            let mut next = 0;
            for window in cut(&starts, most) {
                prop_assert!(starts[window.words.end] - starts[window.words.start] <= most);
                prop_assert!(window.taken.start >= window.words.start && window.taken.end <= window.words.end);
                prop_assert_eq!(window.taken.start, next);
                next = window.taken.end;
            }
            prop_assert_eq!(next, starts.len() - 1);
        }
    }
}
