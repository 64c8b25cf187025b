"""Checks of the steps that need neither corpora nor torch: python -m unittest discover tests"""

import unittest

import numpy as np

from hearsay_training import base, decode, lemmas, mentions, tellings
from hearsay_training.unigram import META, SPECIAL, UNK, Unigram


class Lemmas(unittest.TestCase):
    def test_every_script_leads_back_to_its_lemma(self):
        pairs = [("Cities", "city"), ("WAS", "be"), ("went", "go"), ("ORVANE", "Orvane"), ("McRae", "McRae"), ("ﬁrst", "first"),
                 ("'s", "be"), ("Straße", "straße"), ("10,000", "10,000")]  # fmt: skip
        for form, lemma in pairs:
            self.assertEqual(lemmas.apply(lemmas.script(form, lemma), form), lemma, (form, lemma))

    def test_regular_forms_share_a_script(self):
        self.assertEqual(lemmas.script("bombed", "bomb"), lemmas.script("Shelled", "shell"))


class Segmentation(unittest.TestCase):
    def setUp(self):
        pieces = SPECIAL + [META + "bom", META + "bomb", "bed", "ed", "b", META, "<mask>"]
        self.tokeniser = Unigram(pieces, [0, 0, 0, 0, -3.0, -2.5, -3.0, -2.0, -6.0, -5.0, 0])

    def names(self, word, spaced=True):
        return [self.tokeniser.pieces[i] for i in self.tokeniser.word(word, spaced)]

    def test_best_path(self):
        self.assertEqual(self.names("bombed"), [META + "bomb", "ed"])

    def test_no_prefix_without_a_space(self):
        self.assertEqual(self.names("bed", False), ["bed"])

    def test_unknowns_fuse_and_special_pieces_never_match(self):
        self.assertEqual(self.tokeniser.word("xyz", False), [UNK])
        self.assertNotIn("<mask>", self.names("<mask>", False))

    def test_compatibility_forms_are_folded(self):
        self.assertEqual(self.names("ｂｏｍｂ"), [META + "bomb"])


class Tellings(unittest.TestCase):
    TEXT = "The monitor said on Monday that Velmar had denied firing."

    def marks(self, nested):
        at = self.TEXT.index
        span = lambda words: [(at(words), at(words) + len(words))]  # noqa: E731
        outer = {"source": span("The monitor"), "cue": span("said"), "content": span("that Velmar had denied firing")}
        return next(tellings.sentences_of("x", "x", self.TEXT, [outer], [], nested=nested))

    def test_words_of_a_cue_know_its_source_and_content(self):
        made = self.marks(nested=True)
        self.assertEqual([w for w, tag in zip(made.words, made.cues) if tag == 1], ["said"])
        (cue, labels), = made.parts
        self.assertEqual(made.words[cue], "said")
        self.assertEqual([w for w, l in zip(made.words, labels) if l == 1], ["The", "monitor"])
        self.assertEqual([w for w, l in zip(made.words, labels) if l == 2], ["that", "Velmar", "had", "denied", "firing"])

    def test_where_only_outer_claims_are_marked_the_content_tells_nothing_of_cues(self):
        made = self.marks(nested=False)
        unknown = [w for w, tag in zip(made.words, made.cues) if tag == tellings.IGNORE]
        self.assertEqual(unknown, ["that", "Velmar", "had", "denied", "firing"])

    def test_a_stance_is_told_at_the_first_word_of_its_cue(self):
        at = self.TEXT.index("had denied")
        outer = {"source": [], "cue": [(at, at + 10)], "content": [], "stance": "denies"}
        words = tellings.corpora.tokenise(self.TEXT)
        made = tellings._at_first(words, [outer], "cue", "stance", tellings.STANCE)
        told = {self.TEXT[a:b]: tellings.STANCE[tag] for (a, b), tag in zip(words, made) if tag != tellings.IGNORE}
        self.assertEqual(told, {"had": "denies"})

    def test_tags_of_another_kind_are_not_counted(self):
        self.assertEqual(tellings._tagged("<s>A</s> hit <t>B</t>", "t"), [(6, 7)])


class Decoding(unittest.TestCase):
    def test_a_cycle_is_broken_and_one_root_kept(self):
        rng = np.random.default_rng(3)
        for _ in range(200):
            heads = decode.tree(rng.normal(size=(6, 7)))
            self.assertEqual((heads == 0).sum(), 1)
            for start in range(1, 7):
                at, steps = start, 0
                while at and steps < 7:
                    at, steps = heads[at - 1], steps + 1
                self.assertEqual(at, 0)

    def test_the_tree_is_the_best_of_all(self):
        import itertools

        rng = np.random.default_rng(5)
        for _ in range(60):
            scores = rng.normal(size=(4, 5))
            found = decode.tree(scores)
            best = max(
                (sum(scores[d, h] for d, h in enumerate(heads)) for heads in itertools.product(range(5), repeat=4) if is_tree(heads))
            )
            self.assertAlmostEqual(sum(scores[d, h] for d, h in enumerate(found)), best)

    def test_inside_follows_its_own_kind_only(self):
        logits = np.zeros((3, len(mentions.TAGS)))
        logits[0, mentions.TAGS.index("B-person")] = 2
        logits[1, mentions.TAGS.index("I-place")] = 3
        logits[1, mentions.TAGS.index("I-person")] = 2
        logits[2, 0] = 1
        self.assertEqual(decode.bio(logits), ["B-person", "I-person", "O"])


def is_tree(heads):
    if sum(h == 0 for h in heads) != 1 or any(h == d + 1 for d, h in enumerate(heads)):
        return False
    for start in range(1, len(heads) + 1):
        at, steps = start, 0
        while at and steps <= len(heads):
            at, steps = heads[at - 1], steps + 1
        if at:
            return False
    return True


class Labels(unittest.TestCase):
    def test_dates(self):
        words = "On 3 May 2011 and Tuesday evening , in 2014 , she may march".split()
        self.assertEqual(mentions.dates(words), [(1, 4), (5, 7), (9, 10)])

    def test_numbered_labels(self):
        text = "The army said the army left ."
        self.assertEqual(mentions.find_label(text, "army#2"), (18, 22))
        self.assertIsNone(mentions.find_label(text, "navy"))

    def test_spans(self):
        tags = ["B-place", "I-place", "B-place", "O", "I-time"]
        self.assertEqual(mentions.spans_of(tags), {(0, 2, "place"), (2, 3, "place"), (4, 5, "time")})

    def test_rows_are_quantised_within_half_a_step(self):
        matrix = np.random.default_rng(1).normal(size=(5, 16)).astype(np.float32)
        values, scale = base.quantise_rows(matrix)
        self.assertLessEqual(np.abs(values * scale[:, None] - matrix).max(), scale.max() / 2 + 1e-6)


if __name__ == "__main__":
    unittest.main()
