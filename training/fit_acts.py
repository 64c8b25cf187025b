#!/usr/bin/env python3
"""Fits what the marks of an act weigh for and against it, and writes them where the program reads them.

    hearsay-eval acts train --marks --engine accurate --weights APART > own.jsonl
    hearsay-eval events --marks --engine accurate --weights APART > plover.jsonl
    python training/fit_acts.py own.jsonl plover.jsonl -o crates/hearsay-data/acts/weights.tsv

A logistic regression over candidates, told or not. The engine's heads look far better on sentences that they were trained on than they
are, so the candidates come from files that the heads APART were not trained on. PLOVER's sentences tell one act each, our labels tell
all: --plover says what a candidate of theirs counts. Marks that fewer than --least candidates bear get no weight. --folds N prints the
figures of a cross-validation by passage; --shift moves the border, which the mark `always` carries."""
import numpy as np
import torch

import weigh

HEADER = """# What the marks of an act weigh, in hundredths; above zero they speak for it. The sum is the logarithm of the odds.
# A logistic regression on the project's own labels and PLOVER's training sentences: training/fit_acts.py tells how, and the command
# that makes this file again. {count} candidates.
"""


def read(paths):
    return [row | {"marks": dict(row["marks"])} for row in weigh.lines(paths)]


def marks_of(row):
    return row["marks"]


def matrix(rows, places):
    return weigh.matrix([row["marks"] for row in rows], places)


def fit(rows, marks, args):
    places = weigh.places_of(marks)
    x, y = matrix(rows, places), torch.tensor([float(r["told"]) for r in rows])
    telling = {(r["file"], r["text"]) for r in rows if r["told"]}
    counts = torch.tensor([args.plover if r["file"] == "plover" else 1.0 if (r["file"], r["text"]) in telling else args.quiet for r in rows])
    pull = torch.tensor([args.pull * (0.0 if m == "always" else args.words if m.startswith("lemma ") else 0.1 if m.startswith("share") else 1.0) for m in marks])

    def loss(w):
        each = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y, reduction="none")
        return (each * counts).sum() + (pull * w * w).sum()

    return weigh.fitted((len(marks),), loss, 200), places


def figures(pairs, missed):
    """Precision, recall and F1; `missed` are labelled acts that no candidate answers."""
    right = sum(t and s for t, s in pairs)
    found, gold = sum(s for _, s in pairs), sum(t for t, _ in pairs) + missed
    p, r = right / max(1, found), right / max(1, gold)
    return "P %.1f R %.1f F1 %.1f of %d" % (100 * p, 100 * r, 200 * p * r / max(1e-9, p + r), gold)


def one_a_word(rows, scores, shift):
    """Whether each candidate is told: above the border, and the best of its word."""
    best = {}
    for i, row in enumerate(rows):
        key = (row["file"], row["text"], row["trigger"])
        if scores[i] + shift > 0 and (key not in best or scores[i] > scores[best[key]]):
            best[key] = i
    chosen = set(best.values())
    return [i in chosen for i in range(len(rows))]


def validate(rows, args):
    fold_of = weigh.folds({(r["file"], r["text"]) for r in rows}, args.folds)
    scores = np.zeros(len(rows))
    for fold in range(args.folds):
        train = [r for r in rows if fold_of[r["file"], r["text"]] != fold]
        at = [i for i, r in enumerate(rows) if fold_of[r["file"], r["text"]] == fold]
        w, places = fit(train, weigh.kept_marks(map(marks_of, train), args.least), args)
        scores[at] = (matrix([rows[i] for i in at], places) @ w).numpy()
    for shift in args.tries:
        told = one_a_word(rows, scores, shift)
        for plover in (False, True):
            some = [i for i, r in enumerate(rows) if (r["file"] == "plover") == plover]
            pairs = [(rows[i]["told"], told[i]) for i in some]
            texts = {(rows[i]["file"], rows[i]["text"]) for i in some}
            say = {(rows[i]["file"], rows[i]["text"]) for i in some if told[i]}
            true = {(rows[i]["file"], rows[i]["text"]) for i in some if rows[i]["told"]}
            print("shift %.2f" % shift, "plover" if plover else "own   ", figures(pairs, 0 if plover else args.missed), "| silent texts %.1f %%, false in texts without %.1f %%" % (
                100 * (1 - len(say) / len(texts)), 100 * len(say - true) / max(1, len(texts - true))))


def write(w, marks, count, args):
    lines = [HEADER.format(count=count)]
    for mark, value in zip(marks, w.tolist()):
        weight = round(100 * (value + (args.shift if mark == "always" else 0)))
        if weight:
            lines.append(f"{mark}\t{weight}\n")
    with open(args.output, "w", encoding="utf-8") as out:
        out.writelines(lines)


def main():
    args = weigh.arguments(__doc__, pull=0.5, least=4)
    args.add_argument("--plover", type=float, default=1.0)
    args.add_argument("--quiet", type=float, default=1.0, help="what a candidate counts in a text of ours that tells nothing: a false event costs trust")
    args.add_argument("--shift", type=float, default=0.0)
    args.add_argument("--tries", type=float, nargs="*", default=[-0.8, -0.4, 0.0, 0.4, 0.8])
    args.add_argument("--missed", type=int, default=0, help="labelled acts without a candidate, for the figures")
    args = args.parse_args()
    torch.set_num_threads(1)
    weigh.run(args, read(args.rows), marks_of, validate, fit, write)


if __name__ == "__main__":
    main()
