"""Trains the weights of the gaps between two stories on held-out line scores and writes all weights: gaps.py WORK OUT

On a page of one story no gap may win; on a page of two the gap (or gaps) between them must. The numbers of a gap are those of
`crates/hearsay/src/articles/text/gaps.rs`, in its order."""
import collections
import math
import os
import pickle
import sys

import numpy as np
import torch
from pages import WORD

TWO = ("flat-two-stories", "join")


def bag(texts, common):
    words = (w for t in texts for w in WORD.findall(t.lower()))
    return collections.Counter(w for w in words if w not in common and (len(w) > 2 or len(w) == 1 and ord(w) > 0x3000))


def cosine(a, b):
    norm = math.sqrt(sum(v * v for v in a.values()) * sum(v * v for v in b.values()))
    return sum(v * b[w] for w, v in a.items()) / norm if norm else 0.0


def gaps(page, score, names):
    """The numbers of each gap, and whether all of story one stands before it and all of story two behind."""
    column = {name: page["x"][:, n] for n, name in enumerate(names)}
    texts, story = page["texts"], page["y"][:, 3]
    size = [len(WORD.findall(t)) for t in texts]
    body = np.where(score[:, 0] > 0.5)[0]
    common = {w for w, _ in collections.Counter(w for n in body for w in WORD.findall(texts[n].lower())).most_common(40)}
    bags = [bag([texts[n]], common) for n in body]
    sums = [collections.Counter()]
    for one in bags:
        sums.append(sums[-1] + one)
    total, above, rows, wanted = sum(size[n] for n in body), 0, [], []
    for k, (last, first) in enumerate(zip(body, body[1:]), 1):
        above += size[last]
        if first - last < 2:
            continue
        inside = range(last + 1, first)
        title = max(inside, key=lambda n: score[n, 1])
        before, after = sums[k] - sums[max(0, k - 8)], sums[min(len(body), k + 8)] - sums[k]
        head = bag([texts[title]], common)
        most = lambda name: max(column[name][n] for n in inside)
        rows.append([
            math.log(score[title, 1] + 0.01) / 2, math.log(first - last), math.log(1 + sum(size[n] for n in inside)),
            most("dated"), most("byline"), most("more"), most("comment"),
            4 * cosine(after, before), 4 * cosine(sums[-1] - sums[k], sums[k]),
            min(math.log(1 + above), 6.5), min(math.log(1 + total - above), 6.5), 4 * (cosine(head, after) - cosine(head, before)),
            float(np.mean([column["marked"][n] for n in inside])), column["slug"][title], most("time"), column["copies"][title],
        ])
        left, right = [story[n] for n in body[:k] if story[n] >= 0], [story[n] for n in body[k:] if story[n] >= 0]
        wanted.append(bool(left) and bool(right) and left[-1] == 0 and right[0] == 1)
    return np.array(rows, dtype=np.float32), np.array(wanted)


def fit(samples, mean, scale):
    weights, bias = torch.zeros(len(mean), requires_grad=True), torch.zeros(1, requires_grad=True)
    data = [(torch.tensor((x - mean) / scale), torch.tensor(y), two) for x, y, two, _ in samples if not two or y.any()]
    optimiser = torch.optim.LBFGS([weights, bias], max_iter=300)

    def loss():
        optimiser.zero_grad()
        total = 5e-3 * len(data) * (weights * weights).sum()
        for x, y, two in data:
            strength = x @ weights + bias
            all_of_it = torch.logsumexp(torch.cat([strength, torch.zeros(1)]), 0)
            total = total + all_of_it - (torch.logsumexp(strength[y], 0) if two else 0)
        (total / len(data)).backward()
        return total / len(data)

    optimiser.step(loss)
    return weights.detach().numpy(), float(bias.detach()[0])


def main(work, out):
    data, held_out = (pickle.load(open(os.path.join(work, f), "rb")) for f in ("rows.pkl", "held_out.pkl"))
    names, samples = data["names"], []
    for page, score in zip(data["pages"], held_out):
        if page["set"] == "web-articles":
            continue
        x, y = gaps(page, score, names)
        if len(x):
            samples.append((x, y, page["set"] in TWO, page))
    every = np.concatenate([s[0] for s in samples])
    mean, scale = every.mean(0), every.std(0) + 1e-6
    counts = collections.Counter()
    for k in range(5):
        weights, bias = fit([s for s in samples if s[3]["fold"] != k], mean, scale)
        for x, y, two, page in samples:
            if page["fold"] == k:
                strength = (x - mean) / scale @ weights + bias
                won = strength.max() > 0
                counts[page["set"], ("right" if won and y[strength.argmax()] else "wrong" if won else "missed") if two else ("false" if won else "none")] += 1
    print(dict(counts))
    write(out, names, torch.load(os.path.join(work, "network.pt"), weights_only=False), mean, scale, *fit(samples, mean, scale))


def write(out, names, network, mean, scale, weights, bias):
    row = lambda values: "[" + ", ".join(f"{float(v):.4g}" for v in values) + "]"
    rows = lambda matrix: "[\n" + "".join(f"  {row(values)},\n" for values in matrix) + "]"
    net, line_mean, line_scale = network
    hidden, hidden_bias, answers, answers_bias = (p.detach().numpy() for p in net.parameters())
    listed = ", ".join(f'"{n}"' for n in names)
    with open(os.path.join(out, "lines.toml"), "w", encoding="utf-8") as f:
        f.write(f"""# Weights that tell a story's lines from the rest of a scraped page. README.md beside this file is their card.
names = [{listed}]
mean = {row(line_mean)}
scale = {row(line_scale)}
hidden = {rows(hidden)}
hidden_bias = {row(hidden_bias)}
out = {rows(answers)}
out_bias = {row(answers_bias)}

# Where one story ends and the next begins, judged by the lines between two of their paragraphs.
[gap]
mean = {row(mean)}
scale = {row(scale)}
weights = {row(weights)}
bias = {bias:.4g}
""")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
