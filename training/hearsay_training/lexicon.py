"""Lemma exceptions: forms whose lemma the treebanks agree on and the edit-script head gets wrong.

    python -m hearsay_training.lexicon WORK CHECKPOINT [--least 2]

A line of WORK/lexicon.tsv is FORM, UPOS, LEMMA. A form and tag is kept where it has one lemma in all its uses (at least
`--least`), and where the head's script fails on one of them or the script is unknown to the head.
"""

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from . import corpora, evaluate, lemmas

# One lemma must cover this share of a form's uses under a tag.
AGREEMENT = 0.98


def settled(sentences, least):
    """Form and tag to lemma, where the uses agree."""
    uses = defaultdict(Counter)
    for s in sentences:
        for form, upos, lemma in zip(s.words, s.upos, s.lemma):
            uses[form, upos][lemma] += 1
    found = {}
    for key, counter in uses.items():
        lemma, count = counter.most_common(1)[0]
        if counter.total() >= least and count >= AGREEMENT * counter.total():
            found[key] = lemma
    return found


def failures(sentences, predictions, labels, table):
    """The settled forms that the head gets wrong somewhere."""
    wrong = set()
    for s, made in zip(sentences, predictions):
        for form, upos, script in zip(s.words, s.upos, made["lemma"]):
            lemma = table.get((form, upos))
            if lemma is not None and lemmas.apply(labels["lemma"][script], form) != lemma:
                wrong.add((form, upos))
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("checkpoint")
    parser.add_argument("--least", type=int, default=2)
    given = parser.parse_args()
    engine, encoder, labels = evaluate.load(given.work, given.checkpoint)
    engine.quant.on = True
    sentences = [s for s in corpora.ewt("train") + corpora.gum("train") if len(s.words) <= 200]
    table = settled(sentences, given.least)
    predictions = evaluate.predict(engine, [encoder.example(s) for s in sentences])["fast"]
    wrong = failures(sentences, predictions, labels, table)
    lines = sorted(f"{form}\t{upos}\t{table[form, upos]}" for form, upos in wrong)
    (given.work / "lexicon.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} exceptions of {len(table)} settled forms")


if __name__ == "__main__":
    main()
