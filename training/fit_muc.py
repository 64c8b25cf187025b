#!/usr/bin/env python3
"""Fits what marks of an incident weigh for the interest of MUC's readers, and writes them where `hearsay-eval muc` reads them.

    hearsay-eval muc dev --but 4 --marks --engine accurate > rows.jsonl
    python training/fit_muc.py rows.jsonl -o crates/hearsay-eval/muc/weights.tsv

A logistic regression over incidents, wanted by a template of the key or not, on the stories of the development set but every fourth:
those measure. Marks that fewer than --least incidents bear get no weight; --border moves the border, which the mark `always` carries."""
import torch

import weigh

HEADER = """# What marks of an incident weigh for its being in MUC's key, in hundredths: see training/fit_muc.py, and the README beside.
# {count} incidents.
"""


def marks_of(row):
    return row["marks"]


def fit(rows, marks, args):
    x, y = weigh.matrix([r["marks"] for r in rows], weigh.places_of(marks)), torch.tensor([float(r["told"]) for r in rows])
    pull = torch.tensor([0.0 if m == "always" else args.pull for m in marks])

    def loss(w):
        return torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y, reduction="sum") + (pull * w * w).sum()

    return weigh.fitted((len(marks),), loss, 200)


def validate(rows, args):
    fold_of = weigh.folds({r["story"] for r in rows}, args.folds)
    scores = {}
    for fold in range(args.folds):
        train = [r for r in rows if fold_of[r["story"]] != fold]
        at = [i for i, r in enumerate(rows) if fold_of[r["story"]] == fold]
        marks = weigh.kept_marks(map(marks_of, train), args.least)
        x = weigh.matrix([rows[i]["marks"] for i in at], weigh.places_of(marks))
        scores.update(zip(at, (x @ fit(train, marks, args)).tolist()))
    gold = sum(r["told"] for r in rows) + args.missed
    for border in (0.2, 0.4, 0.6, 0.8, 1.0):
        kept = [i for i in scores if scores[i] + border > 0]
        right = sum(rows[i]["told"] for i in kept)
        p, r = right / max(1, len(kept)), right / gold
        print("border %.1f P %.1f R %.1f F1 %.1f" % (border, 100 * p, 100 * r, 200 * p * r / (p + r)))


def write(w, marks, count, args):
    with open(args.output, "w", encoding="utf-8") as out:
        out.write(HEADER.format(count=count))
        for mark, value in zip(marks, w.tolist()):
            weight = round(100 * (value + (args.border if mark == "always" else 0)))
            if weight:
                out.write(f"{mark}\t{weight}\n")


def main():
    args = weigh.arguments(__doc__, least=6, pull=5.0)
    args.add_argument("--border", type=float, default=0.8)
    args.add_argument("--missed", type=int, default=0, help="templates without an incident, for the figures")
    args = args.parse_args()
    torch.set_num_threads(1)
    weigh.run(args, list(weigh.lines(args.rows)), marks_of, validate, fit, write)


if __name__ == "__main__":
    main()
