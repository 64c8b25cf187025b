#!/usr/bin/env python3
"""Grows the trees that weigh the marks of an act, and writes them where the program reads them.

    hearsay-eval acts train --marks --engine accurate --weights APART > own.jsonl
    hearsay-eval events --marks --engine accurate --weights APART > plover.jsonl
    python training/fit_acts.py own.jsonl plover.jsonl -o crates/hearsay-data/acts/trees.tsv

Gradient boosting (LightGBM) over candidates, told or not. The engine's heads look far better on sentences that they were trained on
than they are, so the candidates come from files that the heads APART were not trained on. PLOVER's sentences tell one act each, our
labels tell all: --plover says what a candidate of theirs counts. Marks that fewer than --least candidates bear are left out.
--folds N prints the figures of a cross-validation by passage; --border is added to every sum."""
import lightgbm
import numpy as np

import weigh

# What a word of the lexicon has over one that the heads alone hear, in odds.
KNOWN = 1.5
HEADER = """# Trees that weigh the marks of an act; their sum is the logarithm of the odds that a sentence tells it.
# Grown on the project's own labels and PLOVER's training sentences: training/fit_acts.py tells how, and the command that makes this
# file again. {count} candidates. A line "mark" names the next mark, from 0 on; "tree" has questions before their two answers: 3:0.5
# asks whether mark 3 is at most 0.5, =-120 adds that many ten-thousandths.
"""
GROWN = {
    "objective": "binary", "num_leaves": 31, "learning_rate": 0.04, "min_data_in_leaf": 20, "feature_fraction": 0.5,
    "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 2.0, "seed": 1, "num_threads": 1, "deterministic": True, "verbose": -1,
}


def read(paths):
    """The candidates. PLOVER tells the type of a sentence and not the word, so of the words that could be meant the one that a head
    hears best is told (what the lexicon knows counts for more), and of the others nothing is known: they are left out."""
    rows = [row | {"marks": dict(row["marks"])} for row in weigh.lines(paths)]
    best = {}
    for at, row in enumerate(rows):
        if row["file"] == "plover" and row["told"]:
            known = not any(mark.endswith("of the heads") for mark in row["marks"])
            heard = max(odds(row, "acts"), odds(row, "triggers")) + (KNOWN if known else 0.0)
            best[row["text"], row["type"]] = max(best.get((row["text"], row["type"]), (-np.inf, 0)), (heard, -at))
    kept = {-at for _, at in best.values()}
    return [row for at, row in enumerate(rows) if row["file"] != "plover" or not row["told"] or at in kept]


def odds(row, head):
    return row["marks"].get(f"share of {head}", -6.0)


def marks_of(row):
    return row["marks"]


def passage(row):
    return row["file"], row["text"]


def matrix(rows, marks):
    return weigh.matrix([r["marks"] for r in rows], weigh.places_of(marks)).numpy()


def fit(rows, marks, args):
    telling = {passage(r) for r in rows if r["told"]}
    counts = [args.plover if r["file"] == "plover" else 1.0 if passage(r) in telling else args.quiet for r in rows]
    told = [float(r["told"]) for r in rows]
    return lightgbm.train(GROWN, lightgbm.Dataset(matrix(rows, marks), told, weight=counts), args.trees)


def figures(right, found, gold):
    p, r = right / max(1, found), right / max(1, gold)
    return "P %.1f R %.1f F1 %.1f of %d" % (100 * p, 100 * r, 200 * p * r / max(1e-9, p + r), gold)


def one_a_word(rows, scores, border):
    """The candidates that are told: above the border, and the best of its word."""
    best = {}
    for row, score in zip(rows, scores):
        key = (*passage(row), row["trigger"])
        if score + border > 0 and (key not in best or score > best[key][0]):
            best[key] = score, row
    return [row for _, row in best.values()]


def validate(rows, args):
    fold_of = weigh.folds(set(map(passage, rows)), args.folds)
    scores = np.zeros(len(rows))
    for fold in range(args.folds):
        train = [r for r in rows if fold_of[passage(r)] != fold]
        at = [i for i, r in enumerate(rows) if fold_of[passage(r)] == fold]
        marks = weigh.kept_marks(map(marks_of, train), args.least)
        scores[at] = fit(train, marks, args).predict(matrix([rows[i] for i in at], marks), raw_score=True)
    for border in args.tries:
        told = one_a_word(rows, scores, border)
        # A label of ours is a word with its type; one of PLOVER's is the type that a sentence tells.
        own = [r for r in told if r["file"] != "plover"]
        gold = sum(r["told"] for r in rows if r["file"] != "plover") + args.missed
        quiet = {passage(r) for r in rows if r["file"] != "plover"} - {passage(r) for r in rows if r["told"]}
        false = 100 * len(quiet & set(map(passage, own))) / max(1, len(quiet))
        print("border %.2f own" % border, figures(sum(r["told"] for r in own), len(own), gold), "| texts without an act that get one %.1f %%" % false)
        typed = lambda some: {(r["text"], r["type"]) for r in some if r["file"] == "plover"}
        known, found = typed(r for r in rows if r["told"]), typed(told)
        print("            plover", figures(len(known & found), len(found), len(known)))


def nodes(node, out):
    """The nodes of a tree, a question before its two answers."""
    if "leaf_value" in node:
        out.append("=%d" % round(1e4 * node["leaf_value"]))
        return out
    out.append("%d:%.6g" % (node["split_feature"], node["threshold"]))
    nodes(node["left_child"], out)
    return nodes(node["right_child"], out)


def write(model, marks, count, args):
    trees = [" ".join(nodes(tree["tree_structure"], [])) for tree in model.dump_model()["tree_info"]]
    with open(args.output, "w", encoding="utf-8") as out:
        out.write(HEADER.format(count=count))
        out.write("border\t%g\n" % args.border)
        out.writelines(f"mark\t{mark}\n" for mark in marks)
        out.writelines(f"tree\t{tree}\n" for tree in trees)


def main():
    args = weigh.arguments(__doc__, least=6)
    args.add_argument("--trees", type=int, default=300)
    args.add_argument("--plover", type=float, default=1.0)
    args.add_argument("--quiet", type=float, default=1.0, help="what a candidate counts in a text of ours that tells nothing: a false event costs trust")
    args.add_argument("--border", type=float, default=0.0)
    args.add_argument("--tries", type=float, nargs="*", default=[0.0, 0.4, 0.8, 1.2])
    args.add_argument("--missed", type=int, default=0, help="labelled acts without a candidate, for the figures")
    args = args.parse_args()
    weigh.run(args, read(args.rows), marks_of, validate, fit, write)


if __name__ == "__main__":
    main()
