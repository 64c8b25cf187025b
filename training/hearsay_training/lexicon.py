"""Step 3: lemma exceptions, WORK/lexicon.tsv: forms whose lemma the treebanks agree on, where the edit-script head is weak.

    python -m hearsay_training.lexicon WORK [--least 1] [--rare 1000000] [--try CHECKPOINT]

A line is FORM, UPOS, LEMMA. A form and tag is kept where one lemma covers nearly all its uses (at least `--least`) and its
script is used at most `--rare` times in all, so that the head has seen little of it. `--try` scores a few settings on EWT dev.
"""

import argparse
from collections import Counter, defaultdict
from pathlib import Path

from . import corpora, evaluate, lemmas

# One lemma must cover this share of a form's uses under a tag.
AGREEMENT = 0.98


def settled(sentences):
    """Form and tag to lemma and count, where the uses agree."""
    uses = defaultdict(Counter)
    for s in sentences:
        for form, upos, lemma in zip(s.words, s.upos, s.lemma):
            uses[form, upos][lemma] += 1
    found = {}
    for key, counter in uses.items():
        lemma, count = counter.most_common(1)[0]
        if count >= AGREEMENT * counter.total():
            found[key] = (lemma, counter.total())
    return found


def choose(table, sentences, least, rare):
    """The exceptions: settled forms seen often enough, whose script is rare enough."""
    scripts = Counter(lemmas.script(f, l) for s in sentences for f, l in zip(s.words, s.lemma))
    chosen = {}
    for (form, upos), (lemma, count) in table.items():
        if count >= least and scripts[lemmas.script(form, lemma)] <= rare and lemma != "_":
            chosen[f"{form}\t{upos}"] = lemma
    return chosen


def trials(table, sentences, work, checkpoint):
    """Lemma scores of both tiers on EWT dev for a few settings."""
    engine, encoder, labels = evaluate.load(work, checkpoint)
    engine.quant.on = True
    dev = corpora.ewt("dev")
    predictions = evaluate.predict(engine, [encoder.example(s) for s in dev])
    for least, rare in ((10**9, 0), (1, 300), (2, 300), (1, 10**9), (2, 10**9), (5, 10**9)):
        chosen = choose(table, sentences, least, rare)
        scores = {t: evaluate.parse_scores(dev, p, labels, chosen)["lemma"] for t, p in predictions.items()}
        print(least, rare, len(chosen), scores, flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--least", type=int, default=1)
    parser.add_argument("--rare", type=int, default=1_000_000)
    parser.add_argument("--try", dest="checkpoint")
    given = parser.parse_args()
    sentences = corpora.ewt("train") + corpora.gum("train")
    table = settled(sentences)
    if given.checkpoint:
        trials(table, sentences, given.work, given.checkpoint)
    chosen = choose(table, sentences, given.least, given.rare)
    lines = sorted(f"{key}\t{lemma}" for key, lemma in chosen.items())
    (given.work / "lexicon.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} exceptions of {len(table)} settled forms")


if __name__ == "__main__":
    main()
