"""Trains the line network and scores every page by weights that saw no page of its publisher: lines.py WORK"""
import collections
import os
import pickle
import sys

import numpy as np
import torch

HIDDEN, EPOCHS, FOLDS = 32, 40, 5
SHARE = {"flat": 1.0, "flat-two-stories": 1.0, "join": 0.25}
torch.set_num_threads(1)


def words(page, names):
    return np.exp(page["x"][:, names.index("words")]) - 1


def train(pages, names):
    """A network of one hidden layer: body, title, caption. Long lines weigh more, all pages of a set alike."""
    torch.manual_seed(0)
    x = torch.tensor(np.concatenate([p["x"] for p in pages]))
    y = torch.tensor(np.concatenate([p["y"][:, :3] for p in pages]))
    known = torch.tensor(np.concatenate([np.tile(np.array(p["known"], dtype=np.float32), (len(p["x"]), 1)) for p in pages]))
    sizes = [np.sqrt(words(p, names) + 1) for p in pages]
    weight = torch.tensor(np.concatenate([s / s.sum() * SHARE.get(p["set"], 0.5) for s, p in zip(sizes, pages)]).astype(np.float32))
    weight /= weight.mean()
    mean, scale = x.mean(0), x.std(0)
    scale = torch.where(scale < 1e-3, torch.ones_like(scale), scale)
    scaled = ((x - mean) / scale).clamp(-6, 6)
    net = torch.nn.Sequential(torch.nn.Linear(len(names), HIDDEN), torch.nn.ReLU(), torch.nn.Linear(HIDDEN, 3))
    steps = EPOCHS * ((len(x) + 1023) // 1024)
    optimiser = torch.optim.AdamW(net.parameters(), lr=3e-3, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps)
    rare = torch.tensor([1.0, 3.0, 1.5])
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(x)).split(1024):
            loss = torch.nn.functional.binary_cross_entropy_with_logits(net(scaled[batch]), y[batch], reduction="none", pos_weight=rare)
            loss = ((loss * known[batch]).sum(1) * weight[batch]).mean()
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
    return net, mean, scale


def scores(model, page):
    net, mean, scale = model
    with torch.no_grad():
        return torch.sigmoid(net(((torch.tensor(page["x"]) - mean) / scale).clamp(-6, 6))).numpy()


def report(pages, held_out, names):
    """Body F1 by words of all stories together, and how often the likeliest title is one."""
    found = collections.defaultdict(list)
    for page, score in zip(pages, held_out):
        size, gold, said = words(page, names), page["y"][:, 0], score[:, 0] > 0.5
        found[page["set"], "body F1"].append(2 * (size * gold * said).sum() / max(1, (size * gold).sum() + (size * said).sum()))
        if page["known"][1] and page["y"][:, 1].any():
            found[page["set"], "title first"].append(page["y"][score[:, 1].argmax(), 1])
    for key in sorted(found):
        print(*key, f"{np.mean(found[key]):.4f}", "of", len(found[key]), "pages")


def main(work):
    with open(os.path.join(work, "rows.pkl"), "rb") as f:
        data = pickle.load(f)
    names, pages = data["names"], data["pages"]
    held_out = [None] * len(pages)
    for k in range(FOLDS):
        model = train([p for p in pages if p["fold"] != k], names)
        for n, page in enumerate(pages):
            if page["fold"] == k:
                held_out[n] = scores(model, page)
    report(pages, held_out, names)
    with open(os.path.join(work, "held_out.pkl"), "wb") as f:
        pickle.dump(held_out, f)
    torch.save(train(pages, names), os.path.join(work, "network.pt"))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(sys.argv[1])
