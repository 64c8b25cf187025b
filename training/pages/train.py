#!/usr/bin/env python3
"""Trains the weights that tell a story's blocks from the rest of its page.

    hearsay-eval pages scrapinghub news web-articles two-stories --rows rows.jsonl
    old_layout.py BENCH_FOLDER scrapinghub news web-articles > old.jsonl
    hearsay-eval pages old --file old.jsonl --rows old-rows.jsonl
    train.py rows.jsonl old-rows.jsonl OUT_FOLDER

Writes OUT_FOLDER/all.txt (what ships as crates/hearsay-data/weights/pages/blocks.txt), and for each of four folds of
publishers OUT_FOLDER/k.txt, trained on the other three, and folds.tsv: `hearsay-eval pages --folds OUT_FOLDER` measures every
page by weights that never saw its publisher. Needs numpy and lightgbm; one seed, so that it can be repeated.
"""
import hashlib, json, os, sys
from urllib.parse import urlparse

import lightgbm as lgb
import numpy as np
from labels import labels

FOLDS, ROUNDS = 4, 110
OPTIONS = dict(objective="binary", learning_rate=0.1, num_leaves=24, min_data_in_leaf=30, feature_fraction=0.4, bagging_fraction=0.7,
               bagging_freq=1, lambda_l2=8.0, max_bin=63, seed=1, num_threads=2, verbosity=-1)
HEAD = """# Weights that tell the blocks of a story from the rest of its page: gradient-boosted trees, summed and put through the
# logistic function. `split NAME T L R`: go to node L of the tree where the number NAME is at most T, else to node R.
# Learned from the numbers of blocks (lengths, shares, places, tags, hints; no text) of 513 pages of three public sets:
# scrapinghub/article-extraction-benchmark (MIT), flairNLP/fundus tests (MIT), WCXB dev (CC BY 4.0); each as it stands and
# once more in an old layout. How: training/pages.
"""


def fold(url):
    host = urlparse(url or "").netloc.replace("www.", "").split(".")
    keep = 3 if len(host) > 2 and host[-2] in ("co", "com", "org", "gov", "net") and len(host[-1]) == 2 else 2
    return int(hashlib.md5(".".join(host[-keep:]).encode()).hexdigest(), 16) % FOLDS


def page(line, old):
    """Numbers, labels, weights and fold of one page; every page weighs about the same, a block by its length."""
    row = json.loads(line)
    if not row["blocks"] or not row["gold"]["bodies"][0].strip():
        return None
    texts, numbers = zip(*row["blocks"])
    x, found = np.array(numbers, np.float32), np.array(labels(texts, row["gold"]["bodies"]))
    length = np.array([len(t) + 10.0 for t in texts])
    weight = np.minimum(length / max(1.0, length[found >= 0].sum()), 1.0) + 0.3 / len(texts)
    weight *= (0.5 if row["set"] == "two-stories" else 1.0) * (0.5 if old else 1.0)
    at = {n: i for i, n in enumerate(row["names"])}
    furniture = (x[:, at["link"]] >= 0.9) & (x[:, at["level"]] == 0) & (np.expm1(x[:, at["units"]]) < 120)
    use = ~furniture & (found != -2)
    return row, x[use], (found >= 0)[use], weight[use], np.full(use.sum(), fold(row["url"]))


def written(model, names):
    out = []
    for tree in model.dump_model()["tree_info"]:
        nodes = []

        def walk(node):
            here = len(nodes)
            nodes.append("")
            if "leaf_value" in node:
                nodes[here] = f"leaf {node['leaf_value']:.4g}"
            else:
                left, right = walk(node["left_child"]), walk(node["right_child"])
                nodes[here] = f"split {names[node['split_feature']]} {node['threshold']:.6g} {left} {right}"
            return here

        walk(tree["tree_structure"])
        out += ["tree"] + nodes
    return HEAD + "\n".join(out) + "\n"


def main():
    plain, old, folder = sys.argv[1:4]
    os.makedirs(folder, exist_ok=True)
    pages = [p for path, is_old in ((plain, False), (old, True)) for line in open(path, encoding="utf-8") if (p := page(line, is_old))]
    names = pages[0][0]["names"]
    x, y, w, f = (np.concatenate([p[n] for p in pages]) for n in range(1, 5))
    for name, use in [("all", f >= 0)] + [(str(k), f != k) for k in range(FOLDS)]:
        data = lgb.Dataset(x[use], y[use], weight=w[use] * use.sum() / w[use].sum(), feature_name=names)
        with open(os.path.join(folder, f"{name}.txt"), "w", encoding="utf-8") as out:
            out.write(written(lgb.train(OPTIONS, data, ROUNDS), names))
    with open(os.path.join(folder, "folds.tsv"), "w", encoding="utf-8") as out:
        out.writelines(f"{r['id']}\t{fold(r['url'])}\n" for r in (json.loads(line) for line in open(plain, encoding="utf-8")))


if __name__ == "__main__":
    main()
