#!/usr/bin/env python3
"""Fits what the marks of an act weigh for and against it, and writes them where the program reads them.

    hearsay-eval acts train --marks --engine accurate --weights APART > own.jsonl
    hearsay-eval events --marks --engine accurate --weights APART > plover.jsonl
    python training/fit_acts.py own.jsonl plover.jsonl -o crates/hearsay-data/acts/weights.tsv

A logistic regression over candidates, told or not. The engine's heads look far better on sentences that they were trained on than they
are, so the candidates come from files that the heads APART were not trained on. PLOVER's sentences tell one act each, our labels tell
all: --plover says what a candidate of theirs counts. Marks that fewer than --least candidates bear get no weight. --folds N prints the
figures of a cross-validation by passage; --shift moves the border, which the mark `always` carries."""
import argparse
import collections
import json

import numpy as np
import torch

HEADER = """# What the marks of an act weigh, in hundredths; above zero they speak for it. The sum is the logarithm of the odds.
# A logistic regression on the project's own labels and PLOVER's training sentences: training/fit_acts.py tells how, and the command
# that makes this file again. {count} candidates.
"""


def read(paths):
    rows = []
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            rows += [json.loads(line) for line in lines]
    for row in rows:
        row["marks"] = dict(row["marks"])
    return rows


def kept_marks(rows, least):
    count = collections.Counter(m for row in rows for m in row["marks"])
    return sorted(m for m, n in count.items() if n >= least)


def matrix(rows, places):
    out = np.zeros((len(rows), len(places)), dtype=np.float32)
    for i, row in enumerate(rows):
        for mark, value in row["marks"].items():
            if mark in places:
                out[i, places[mark]] = value
    return torch.from_numpy(out)


def fit(rows, marks, args):
    places = {m: i for i, m in enumerate(marks)}
    x, y = matrix(rows, places), torch.tensor([float(r["told"]) for r in rows])
    telling = {(r["file"], r["text"]) for r in rows if r["told"]}
    counts = torch.tensor([args.plover if r["file"] == "plover" else 1.0 if (r["file"], r["text"]) in telling else args.quiet for r in rows])
    pull = torch.tensor([args.pull * (0.0 if m == "always" else args.words if m.startswith("lemma ") else 0.1 if m.startswith("share") else 1.0) for m in marks])
    w = torch.zeros(len(marks), requires_grad=True)
    steps = torch.optim.LBFGS([w], max_iter=200, history_size=20, line_search_fn="strong_wolfe")

    def loss():
        steps.zero_grad()
        each = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y, reduction="none")
        out = (each * counts).sum() + (pull * w * w).sum()
        out.backward()
        return out

    steps.step(loss)
    return w.detach(), places


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
    names = sorted({(r["file"], r["text"]) for r in rows})
    order = np.random.default_rng(7).permutation(len(names))
    fold_of = {names[i]: n % args.folds for n, i in enumerate(order)}
    scores = np.zeros(len(rows))
    for fold in range(args.folds):
        train = [r for r in rows if fold_of[r["file"], r["text"]] != fold]
        at = [i for i, r in enumerate(rows) if fold_of[r["file"], r["text"]] == fold]
        w, places = fit(train, kept_marks(train, args.least), args)
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
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("rows", nargs="+")
    args.add_argument("-o", "--output")
    args.add_argument("--folds", type=int, default=0)
    args.add_argument("--pull", type=float, default=0.5, help="how hard weights are pulled to nothing")
    args.add_argument("--words", type=float, default=2.0, help="how much harder those of single words")
    args.add_argument("--plover", type=float, default=1.0)
    args.add_argument("--quiet", type=float, default=1.0, help="what a candidate counts in a text of ours that tells nothing: a false event costs trust")
    args.add_argument("--shift", type=float, default=0.0)
    args.add_argument("--tries", type=float, nargs="*", default=[-0.8, -0.4, 0.0, 0.4, 0.8])
    args.add_argument("--missed", type=int, default=0, help="labelled acts without a candidate, for the figures")
    args.add_argument("--least", type=int, default=4)
    args = args.parse_args()
    torch.set_num_threads(1)
    rows = read(args.rows)
    if args.folds:
        validate(rows, args)
    if args.output:
        marks = kept_marks(rows, args.least)
        w, _ = fit(rows, marks, args)
        write(w, marks, len(rows), args)


if __name__ == "__main__":
    main()
