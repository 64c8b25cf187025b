"""SentencePiece unigram segmentation of single words, as the Rust tokeniser does it.

A word is NFKC-normalised and, where a space precedes it (or it opens the sentence), prefixed with
U+2581. The best path is the one with the highest sum of log-probabilities, added left to right in f64;
of equal sums the one found first wins, starts being tried from left to right. A character that no piece
covers is unknown, at `unk_score`; neighbouring unknowns become one unknown piece.
"""

import unicodedata

META = "\u2581"
SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
BOS, PAD, EOS, UNK = range(4)


class Unigram:
    """Segments words over `pieces` (the first four are special) with `scores`."""

    def __init__(self, pieces, scores):
        self.pieces = list(pieces)
        self.scores = [float(s) for s in scores]
        ordinary = [(p, i) for i, p in enumerate(self.pieces) if i >= len(SPECIAL) and p != "<mask>"]
        self.index = dict(ordinary)
        self.longest = max(len(p) for p, _ in ordinary)
        self.unk_score = min(self.scores[i] for _, i in ordinary) - 10.0
        self._memo = {}

    def word(self, word, spaced=True):
        """Piece ids of one word; `spaced` says whether a space (or the sentence's start) precedes it."""
        key = (word, spaced)
        if key not in self._memo:
            self._memo[key] = self._segment(unicodedata.normalize("NFKC", word), spaced)
        return self._memo[key]

    def _segment(self, text, spaced):
        text = "".join(text.split())
        if spaced:
            text = META + text
        ids = self._viterbi(text) if text else []
        return ids or [UNK]

    def _viterbi(self, text):
        size = len(text)
        best = [None] * (size + 1)
        best[0] = (0.0, -1, -1)
        for start in range(size):
            base = best[start][0]
            covered = False
            for end in range(start + 1, min(size, start + self.longest) + 1):
                piece = self.index.get(text[start:end])
                if piece is None:
                    continue
                covered = covered or end == start + 1
                score = base + self.scores[piece]
                if best[end] is None or score > best[end][0]:
                    best[end] = (score, start, piece)
            if not covered:
                score = base + self.unk_score
                if best[start + 1] is None or score > best[start + 1][0]:
                    best[start + 1] = (score, start, UNK)
        return _walk_back(best)


def _walk_back(best):
    ids = []
    at = len(best) - 1
    while at > 0:
        _, start, piece = best[at]
        if not (piece == UNK and ids and ids[-1] == UNK):
            ids.append(piece)
        at = start
    return ids[::-1]
