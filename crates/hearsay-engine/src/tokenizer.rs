//! Words to sub-words: the unigram model of SentencePiece (Kudo 2018, arXiv 1804.10959).
//!
//! Of all ways to cut a word into pieces of the vocabulary, the one with the greatest sum of scores is taken.

use unicode_normalization::UnicodeNormalization;

use crate::error::Error;
use crate::format::{VocabConfig, Weights};
use crate::trie::Trie;

/// What SentencePiece writes for a space.
const SPACE: char = '\u{2581}';

/// Characters of a word that are looked at; what comes behind them does not count.
const MOST_CHARACTERS: usize = 1024;

/// Pieces that a word can have; the rest is left out.
pub(crate) const MOST_PIECES: usize = 12;

/// A vocabulary and the way to use it.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    trie: Trie,
    scores: Vec<f32>,
    unknown: u32,
    unknown_score: f64,
}

/// The best way to reach a byte of the text: from where, with which piece, at what score.
#[derive(Clone, Copy)]
struct Step {
    from: usize,
    piece: u32,
    score: f64,
}

/// No way is known yet.
const NOWHERE: Step = Step { from: usize::MAX, piece: 0, score: f64::NEG_INFINITY };

impl Tokenizer {
    /// Reads `vocab.pieces` (UTF-8, one a line) and `vocab.scores`.
    pub(crate) fn load(config: &VocabConfig, weights: &Weights) -> Result<Tokenizer, Error> {
        let pieces: Vec<&str> = weights.text("vocab.pieces")?.split('\n').collect();
        let special = [config.bos, config.eos, config.unk, config.pad];
        if pieces.len() != config.size || special.iter().any(|&id| id as usize >= config.size) {
            return Err(Error::config(format!("the vocabulary has {} pieces, not {}", pieces.len(), config.size)));
        }
        let scores = weights.floats("vocab.scores", &[config.size])?;
        let members = (0u32..).zip(&pieces).filter(|(id, _)| !special.contains(id));
        let trie = Trie::new(members.map(|(id, piece)| (piece.as_bytes(), id)));
        Ok(Tokenizer { trie, scores, unknown: config.unk, unknown_score: f64::from(config.unk_score) })
    }

    /// Appends the pieces of a word to `into`: at least one, at most [`MOST_PIECES`].
    pub(crate) fn word(&self, text: &str, space_before: bool, into: &mut Vec<u32>) {
        let start = into.len();
        self.cut(&normalise(text, space_before), into);
        into.truncate(start + MOST_PIECES);
        if into.len() == start {
            into.push(self.unknown);
        }
    }

    /// How likely the vocabulary's model finds a word behind a space: the logarithm of its best way.
    pub(crate) fn likelihood(&self, word: &str) -> f64 {
        self.steps(&normalise(word, true)).last().map_or(f64::NEG_INFINITY, |step| step.score)
    }

    /// Appends the pieces of the best way to cut `text`.
    fn cut(&self, text: &str, into: &mut Vec<u32>) {
        let steps = self.steps(text);
        let start = into.len();
        let mut at = text.len();
        while at > 0 {
            let step = steps[at];
            // A run of characters that are not in the vocabulary is one unknown piece.
            if step.piece != self.unknown || into.len() == start || into.last() != Some(&self.unknown) {
                into.push(step.piece);
            }
            at = step.from;
        }
        into[start..].reverse();
    }

    /// For every byte where a character ends, the best way there (Viterbi). Ties go to the longest piece.
    fn steps(&self, text: &str) -> Vec<Step> {
        let mut steps = vec![NOWHERE; text.len() + 1];
        steps[0].score = 0.0;
        for (from, character) in text.char_indices() {
            let (score, width) = (steps[from].score, character.len_utf8());
            let mut whole = false;
            let mut offer = |length: usize, piece: u32, gain: f64| {
                let step = Step { from, piece, score: score + gain };
                if step.score > steps[from + length].score {
                    steps[from + length] = step;
                }
            };
            self.trie.prefixes(&text.as_bytes()[from..], |length, piece| {
                whole |= length == width;
                offer(length, piece, f64::from(self.scores[piece as usize]));
            });
            if !whole {
                offer(width, self.unknown, self.unknown_score);
            }
        }
        steps
    }
}

/// The text as the vocabulary has it: compatibility forms composed (NFKC), no white space, `▁` for a space before it.
fn normalise(text: &str, space_before: bool) -> String {
    let text = match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => &text[..end],
        None => text,
    };
    let mut normal = String::with_capacity(text.len() + SPACE.len_utf8());
    if space_before {
        normal.push(SPACE);
    }
    if text.bytes().all(|b| b.is_ascii_graphic()) {
        normal.push_str(text);
    } else {
        normal.extend(text.nfkc().filter(|&c| !is_space(c)));
    }
    normal
}

/// White space as Unicode has it, and the four separators of ASCII.
fn is_space(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{1c}'..='\u{1f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokenizer(pieces: &[(&str, f32)]) -> Tokenizer {
        let trie = Trie::new((1u32..).zip(pieces).map(|(id, (piece, _))| (piece.as_bytes(), id)));
        let scores = std::iter::once(0.0).chain(pieces.iter().map(|(_, score)| *score)).collect();
        Tokenizer { trie, scores, unknown: 0, unknown_score: -20.0 }
    }

    fn pieces(of: &Tokenizer, text: &str, space_before: bool) -> Vec<u32> {
        let mut ids = Vec::new();
        of.word(text, space_before, &mut ids);
        ids
    }

    #[test]
    fn the_best_sum_of_scores_wins() {
        let model =
            tokenizer(&[("\u{2581}un", -2.0), ("\u{2581}u", -3.0), ("n", -3.0), ("able", -3.0), ("nable", -4.0)]);
        assert_eq!(pieces(&model, "unable", true), [1, 4]);
        assert_eq!(pieces(&model, "nable", false), [5]);
    }

    #[test]
    fn what_is_unknown_is_one_piece_a_run() {
        let model = tokenizer(&[("\u{2581}", -2.0), ("a", -3.0)]);
        assert_eq!(pieces(&model, "axyza\u{1f980}", true), [1, 2, 0, 2, 0]);
        assert_eq!(pieces(&model, "", true), [1]);
        assert_eq!(pieces(&model, " ", false), [0]);
    }

    #[test]
    fn compatibility_forms_are_composed_and_white_space_is_left_out() {
        assert_eq!(normalise("ﬁne\u{a0} x\u{1f}y ", true), "\u{2581}finexy");
        assert_eq!(normalise("e\u{301}", false), "é");
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let model = tokenizer(&[("a", -3.0)]);
        assert_eq!(pieces(&model, &"a".repeat(1_000_000), false).len(), MOST_PIECES);
    }
}
