"""What the fits share: marks with values as a matrix, a fit with every weight pulled to nothing, folds, the command line."""
import argparse
import collections
import json

import numpy as np
import torch


def lines(paths):
    """The rows of files of JSON lines."""
    for path in paths:
        with open(path, encoding="utf-8") as rows:
            yield from map(json.loads, rows)


def kept_marks(all_marks, least):
    """The marks that at least so many rows bear."""
    count = collections.Counter(m for marks in all_marks for m in marks)
    return sorted(m for m, n in count.items() if n >= least)


def places_of(marks):
    """The column of each mark."""
    return {m: i for i, m in enumerate(marks)}


def matrix(all_marks, places):
    """A row of values for each row's marks; marks without a place are left out."""
    out = np.zeros((len(all_marks), len(places)), dtype=np.float32)
    for i, marks in enumerate(all_marks):
        for mark, value in marks.items():
            if mark in places:
                out[i, places[mark]] = value
    return torch.from_numpy(out)


def fitted(shape, loss_of, steps):
    """The weights for which the loss is least."""
    w = torch.zeros(*shape, requires_grad=True)
    descent = torch.optim.LBFGS([w], max_iter=steps, history_size=20, line_search_fn="strong_wolfe")

    def loss():
        descent.zero_grad()
        out = loss_of(w)
        out.backward()
        return out

    descent.step(loss)
    return w.detach()


def folds(names, count):
    """The fold of each name, the same for the same names."""
    names = sorted(names)
    order = np.random.default_rng(7).permutation(len(names))
    return {names[i]: n % count for n, i in enumerate(order)}


def arguments(about, least, pull=None):
    """What all fits are asked with; `pull` is asked by those whose marks have a weight each."""
    made = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("rows", nargs="+")
    made.add_argument("-o", "--output")
    made.add_argument("--folds", type=int, default=0)
    made.add_argument("--least", type=int, default=least)
    if pull is not None:
        made.add_argument("--pull", type=float, default=pull, help="how hard weights are pulled to nothing")
    return made


def run(args, rows, marks_of, validate, fit, write):
    """Prints the figures of a cross-validation, writes the weights, or both."""
    if args.folds:
        validate(rows, args)
    if args.output:
        marks = kept_marks(map(marks_of, rows), args.least)
        write(fit(rows, marks, args), marks, len(rows), args)
