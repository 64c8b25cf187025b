"""Trees and mentions from scores, as the engine decodes them."""

import numpy as np

from . import mentions

NEVER = -1e9


def tree(scores):
    """Heads (0 the root) of the best single-rooted tree. `scores[d, h]` is the score of word d+1 under head h."""
    count = scores.shape[0]
    full = np.full((count + 1, count + 1), NEVER, dtype=np.float64)
    full[1:, :] = scores
    np.fill_diagonal(full, NEVER)
    heads = _greedy_if_tree(full)
    if heads is not None:
        return heads
    return _single_rooted(full)


def _greedy_if_tree(full):
    heads = full[1:].argmax(axis=1)
    if (heads == 0).sum() != 1:
        return None
    parents = np.concatenate([[0], heads])
    return heads if not _cycle(parents) else None


def _single_rooted(full):
    """Chu-Liu/Edmonds, tried with each promising root and the others barred from it."""
    heads = _edmonds(full)
    if (heads[1:] == 0).sum() == 1:
        return heads[1:]
    best, best_score = None, None
    for root in np.where(heads == 0)[0]:
        if root == 0:
            continue
        barred = full.copy()
        barred[1:, 0] = NEVER
        barred[root, 0] = full[root, 0]
        found = _edmonds(barred)
        score = sum(barred[d, found[d]] for d in range(1, len(found)))
        if best is None or score > best_score:
            best, best_score = found, score
    return best[1:]


def _cycle(parents):
    """Some cycle of the parents (word 0 is the root), or nothing."""
    state = [0] * len(parents)
    for start in range(1, len(parents)):
        path, at = [], start
        while at != 0 and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = parents[at]
        if at != 0 and at in path:
            return path[path.index(at) :]
        for node in path:
            state[node] = 2
    return []


def _edmonds(full):
    parents = full.argmax(axis=1)
    parents[0] = 0
    cycle = _cycle(parents)
    if not cycle:
        return parents
    inner = set(cycle)
    outer = [i for i in range(len(full)) if i not in inner]
    weight = sum(full[n, parents[n]] for n in cycle)
    size = len(outer) + 1
    small = np.full((size, size), NEVER)
    enter, leave = {}, {}
    for a, node in enumerate(outer):
        for b, other in enumerate(outer):
            small[a, b] = full[node, other]
        away = max(cycle, key=lambda c: full[node, c])
        small[a, size - 1], leave[a] = full[node, away], away
        into = max(cycle, key=lambda c: full[c, node] - full[c, parents[c]])
        small[size - 1, a] = weight + full[into, node] - full[into, parents[into]]
        enter[a] = into
    small[0, :] = NEVER
    found = _edmonds(small)
    heads = parents.copy()
    for a, node in enumerate(outer):
        if a:
            heads[node] = leave[a] if found[a] == size - 1 else outer[found[a]]
    heads[enter[found[size - 1]]] = outer[found[size - 1]]
    return heads


def _allowed():
    tags = mentions.TAGS
    table = np.zeros((len(tags), len(tags)))
    for i, before in enumerate(tags):
        for j, after in enumerate(tags):
            if after[0] == "I" and before[2:] != after[2:]:
                table[i, j] = NEVER
    return table


TRANSITIONS = _allowed()
START = np.array([NEVER if tag[0] == "I" else 0.0 for tag in mentions.TAGS])


def bio(logits):
    """The best legal tag sequence: the highest sum of logits where I-x follows only B-x or I-x."""
    score = logits[0] + START
    back = []
    for row in logits[1:]:
        through = score[:, None] + TRANSITIONS
        back.append(through.argmax(axis=0))
        score = through.max(axis=0) + row
    at = int(score.argmax())
    path = [at]
    for pointers in reversed(back):
        at = int(pointers[at])
        path.append(at)
    return [mentions.TAGS[i] for i in reversed(path)]
