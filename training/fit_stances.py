#!/usr/bin/env python3
"""Fits what the marks of a claim weigh for its stance, and writes them where the program reads them.

    hearsay-eval stances train --engine accurate > engine.jsonl
    python training/fit_stances.py engine.jsonl -o crates/hearsay-data/stances/weights.tsv

A logistic regression over twelve stances; rare ones weigh more than their share (--level). The engine's head was trained on a part of
these very labels and looks far better on them than it is, so that its shares are not fitted: their logarithms are added, multiplied
with --trust, which is chosen on files that the head was not trained on (--fresh). Marks that fewer than --least claims bear get no
weight. --folds N prints the figures of a cross-validation by passage instead of writing."""
import torch

import weigh

NAMES = "asserts confirms denies doubts speculates accuses threatens promises demands asks declines relays".split()
HEADER = """# What the marks of a claim weigh for each stance, in hundredths: mark, then places among {names} with weights.
# A logistic regression on the project's own labels (training/data, the train files): training/fit_stances.py tells how, and the
# command that makes this file again. {claims} readings of claims.
"""


def read(paths):
    of = NAMES.index
    return [(r["file"], r["passage"], of(r["stance"]), dict(r["marks"]), of(r["found"])) for r in weigh.lines(paths)]


def without_head(row):
    """The marks that are fitted: what the head finds is weighed by hand."""
    return {m: v for m, v in row[3].items() if not m.startswith("head ") and m != "no head"}


def heads(row):
    """The logarithms of the head's shares, in the order of the stances; nothing where no head was asked."""
    return [row[3].get(f"head {n}", 0.0) for n in NAMES]


def matrix(rows, places):
    return weigh.matrix([row[3] for row in rows], places)


def fit(rows, marks, args):
    places = weigh.places_of(marks)
    x, y = matrix(rows, places), torch.tensor([r[2] for r in rows])
    count = torch.bincount(y, minlength=len(NAMES)).clamp(min=1).float()
    weight = count ** -args.level
    weight = weight / (weight * count).sum() * count.sum()
    # A mark of words is pulled to nothing harder than a mark that says what the rules or the head find.
    pull = torch.tensor([args.pull * (args.words if m.split(" ")[0] in ("word", "first", "verb", "main", "lemma", "near") else 1.0) for m in marks])

    def loss(w):
        return torch.nn.functional.cross_entropy(x @ w, y, weight=weight, reduction="sum") + (pull[:, None] * w * w).sum()

    return weigh.fitted((len(marks), len(NAMES)), loss, args.steps)


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
    fold_of = weigh.folds({r[1] for r in rows}, args.folds)
    pairs, old = [], []
    for fold in range(args.folds):
        train, test = [r for r in rows if fold_of[r[1]] != fold], [r for r in rows if fold_of[r[1]] == fold]
        marks = weigh.kept_marks(map(without_head, train), args.least)
        w = fit(train, marks, args)
        scores = torch.log_softmax(matrix(test, weigh.places_of(marks)) @ w, 1) + args.trust * torch.tensor([heads(r) for r in test])
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
    args = weigh.arguments(__doc__, least=3, pull=1.0)
    args.add_argument("--words", type=float, default=2.0, help="how much harder the weights of single words are pulled")
    args.add_argument("--trust", type=float, default=0.3, help="what the logarithms of the head's shares are multiplied with")
    args.add_argument("--margin", type=float, default=0.0, help="how much likelier (natural logarithm) another stance must be than that of the rules")
    args.add_argument("--level", type=float, default=0.2, help="0: every claim weighs the same, 1: every stance")
    args.add_argument("--small", type=float, default=0.05)
    args.add_argument("--steps", type=int, default=80)
    args.add_argument("--fresh", nargs="*", default=[], help="beginnings of the names of files that the head was not trained on")
    args = args.parse_args()
    torch.set_num_threads(1)
    weigh.run(args, read(args.rows), without_head, validate, fit, write)


if __name__ == "__main__":
    main()
