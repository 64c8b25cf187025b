#!/usr/bin/env python3
"""Fits what the marks of a claim weigh for its stance, and writes them where the program reads them.

    hearsay-eval stances train --engine accurate > engine.jsonl
    python training/fit_stances.py engine.jsonl -o crates/hearsay-data/stances/weights.tsv

A logistic regression over twelve stances; rare ones weigh more than their share (--level). The engine's head was trained on a part of
these very labels and looks far better on them than it is, so that its shares are not fitted: their logarithms are added, multiplied
with --trust, which is chosen on files that the head was not trained on (--fresh). Marks that fewer than --least claims bear get no
weight. --folds N prints the figures of a cross-validation by passage instead of writing."""
import argparse
import collections
import json

import numpy as np
import torch

NAMES = "asserts confirms denies doubts speculates accuses threatens promises demands asks declines relays".split()
HEADER = """# What the marks of a claim weigh for each stance, in hundredths: mark, then places among {names} with weights.
# A logistic regression on the project's own labels (training/data, the train files): training/fit_stances.py tells how, and the
# command that makes this file again. {claims} readings of claims.
"""


def read(paths):
    rows = []
    for path in paths:
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                rows.append((row["file"], row["passage"], NAMES.index(row["stance"]), dict(row["marks"]), NAMES.index(row["found"])))
    return rows


def without_head(marks):
    """The marks that are fitted: what the head finds is weighed by hand."""
    return {m: v for m, v in marks.items() if not m.startswith("head ") and m != "no head"}


def heads(row):
    """The logarithms of the head's shares, in the order of the stances; nothing where no head was asked."""
    return [row[3].get(f"head {n}", 0.0) for n in NAMES]


def kept_marks(rows, least):
    count = collections.Counter(m for _, _, _, marks, _ in rows for m in without_head(marks))
    return sorted(m for m, n in count.items() if n >= least)


def matrix(rows, places):
    out = np.zeros((len(rows), len(places)), dtype=np.float32)
    for i, row in enumerate(rows):
        for mark, value in row[3].items():
            if mark in places:
                out[i, places[mark]] = value
    return torch.from_numpy(out)


def fit(rows, marks, args):
    places = {m: i for i, m in enumerate(marks)}
    x, y = matrix(rows, places), torch.tensor([r[2] for r in rows])
    count = torch.bincount(y, minlength=len(NAMES)).clamp(min=1).float()
    weight = count ** -args.level
    weight = weight / (weight * count).sum() * count.sum()
    # A mark of words is pulled to nothing harder than a mark that says what the rules or the head find.
    pull = torch.tensor([args.pull * (args.words if m.split(" ")[0] in ("word", "first", "verb", "main", "lemma", "near") else 1.0) for m in marks])
    w = torch.zeros(len(marks), len(NAMES), requires_grad=True)
    steps = torch.optim.LBFGS([w], max_iter=args.steps, history_size=20, line_search_fn="strong_wolfe")

    def loss():
        steps.zero_grad()
        out = torch.nn.functional.cross_entropy(x @ w, y, weight=weight, reduction="sum") + (pull[:, None] * w * w).sum()
        out.backward()
        return out

    steps.step(loss)
    return w.detach(), places


def macro(pairs):
    f = []
    for k in range(len(NAMES)):
        right = sum(g == k == p for g, p in pairs)
        g, p = sum(g == k for g, _ in pairs), sum(p == k for _, p in pairs)
        f.append(2 * right / max(1, g + p))
    return 100 * sum(f) / len(f), 100 * sum(g == p for g, p in pairs) / max(1, len(pairs)), [round(100 * v) for v in f]


def decided(scores, rows, margin):
    """The best stance of every row; that of the rules where no other is clearly likelier."""
    rules = torch.tensor([next(n for n, name in enumerate(NAMES) if f"rule {name}" in row[3]) for row in rows])
    best, at = scores.max(1)
    return torch.where(best - scores.gather(1, rules[:, None])[:, 0] > margin, at, rules).tolist()


def validate(rows, args):
    names = sorted({r[1] for r in rows})
    order = np.random.default_rng(7).permutation(len(names))
    fold_of = {names[i]: n % args.folds for n, i in enumerate(order)}
    pairs, old = [], []
    for fold in range(args.folds):
        train, test = [r for r in rows if fold_of[r[1]] != fold], [r for r in rows if fold_of[r[1]] == fold]
        w, places = fit(train, kept_marks(train, args.least), args)
        scores = torch.log_softmax(matrix(test, places) @ w, 1) + args.trust * torch.tensor([heads(r) for r in test])
        for row, b in zip(test, decided(scores, test, args.margin)):
            fresh = row[0].startswith(tuple(args.fresh))
            pairs.append((fresh, row[2], b))
            old.append((fresh, row[2], row[4]))
    for fresh in (False, True):
        chosen = [(g, p) for f, g, p in pairs if f == fresh]
        before = [(g, p) for f, g, p in old if f == fresh]
        print("files that are fresh to the head" if fresh else "others", len(chosen))
        print("  as they were found, macro-F1 %.1f, right %.1f, %s" % macro(before))
        print("  weighed             macro-F1 %.1f, right %.1f, %s" % macro(chosen))


def write(w, marks, count, args):
    lines = [HEADER.format(names=", ".join(NAMES), claims=count)]
    for mark, row in zip(marks, w.tolist()):
        cells = [f"{k}:{round(100 * v)}" for k, v in enumerate(row) if abs(v) >= args.small]
        if cells:
            lines.append(f"{mark}\t{' '.join(cells)}\n")
    trust = [f"head {name}\t{k}:{round(100 * args.trust)}\n" for k, name in enumerate(NAMES)]
    with open(args.output, "w", encoding="utf-8") as out:
        out.writelines(lines + trust)


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("rows", nargs="+")
    args.add_argument("-o", "--output")
    args.add_argument("--folds", type=int, default=0)
    args.add_argument("--pull", type=float, default=1.0, help="how hard weights are pulled to nothing")
    args.add_argument("--words", type=float, default=2.0, help="how much harder those of single words")
    args.add_argument("--trust", type=float, default=0.3, help="what the logarithms of the head's shares are multiplied with")
    args.add_argument("--margin", type=float, default=0.0, help="how much likelier (natural logarithm) another stance must be than that of the rules")
    args.add_argument("--level", type=float, default=0.2, help="0: every claim weighs the same, 1: every stance")
    args.add_argument("--least", type=int, default=3)
    args.add_argument("--small", type=float, default=0.05)
    args.add_argument("--steps", type=int, default=80)
    args.add_argument("--fresh", nargs="*", default=[], help="beginnings of the names of files that the head was not trained on")
    args = args.parse_args()
    torch.set_num_threads(1)
    rows = read(args.rows)
    if args.folds:
        validate(rows, args)
    if args.output:
        marks = kept_marks(rows, args.least)
        w, _ = fit(rows, marks, args)
        write(w, marks, len(rows), args)


main()
