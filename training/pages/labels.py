"""Which blocks of a page stand in its true stories: blocks and truth are aligned in order, long blocks first."""
import re


def bare(text):
    return re.sub(r"[\W_]+", "", text.lower())


def place(block, truth):
    """Where a block stands in the truth, or -1; a long block may differ in places."""
    at = truth.find(block)
    if at >= 0 or len(block) < 60:
        return at
    hits = [q - k for k in range(0, len(block) - 24, 12) if (q := truth.find(block[k:k + 24])) >= 0]
    return max(0, sorted(hits)[len(hits) // 2]) if len(hits) * 12 >= 0.5 * len(block) else -1


def chain(blocks, at):
    """The heaviest run of blocks whose places in the truth rise."""
    known = [i for i in range(len(blocks)) if at[i] >= 0]
    best, back = [0] * len(known), [-1] * len(known)
    for a, i in enumerate(known):
        best[a] = len(blocks[i]) + 15
        for b in range(max(0, a - 400), a):
            j = known[b]
            if at[j] + len(blocks[j]) * 0.5 <= at[i] and best[b] + len(blocks[i]) + 15 > best[a]:
                best[a], back[a] = best[b] + len(blocks[i]) + 15, b
    out, a = [], max(range(len(known)), key=lambda x: best[x]) if known else -1
    while a >= 0:
        out.append(known[a])
        a = back[a]
    return out[::-1]


def short_ones(blocks, at, run, truth, label, story):
    """Short blocks count where they stand in the truth between what their neighbours say."""
    n = len(blocks)
    for c in range(-1, len(run)):
        low, high = (run[c] if c >= 0 else -1), (run[c + 1] if c + 1 < len(run) else n)
        here = at[low] + len(blocks[low]) if c >= 0 else 0
        until = at[high] if high < n else len(truth)
        between = range(max(0, high - 12) if c < 0 and run else low + 1, min(high, low + 40) if c == len(run) - 1 and run else high)
        for i in between:
            if label[i] >= 0 or not blocks[i]:
                continue
            found = truth.find(blocks[i], max(0, here - 2), until + 2)
            near = found - here <= (3 if len(blocks[i]) < 8 else max(200, 0.3 * len(truth)) if len(blocks[i]) > 12 else 200)
            if found >= 0 and near:
                label[i], here = story, found + len(blocks[i])


def labels(texts, stories):
    """For each block the number of its story, -1 for none, -2 for a second copy of a story's text."""
    blocks = [bare(t) for t in texts]
    label = [-1] * len(blocks)
    for story, text in enumerate(stories):
        truth = bare(text)
        at = [place(b, truth) if len(b) >= 25 else -1 for b in blocks]
        run = chain(blocks, at)
        for i in run:
            label[i] = story
        for i in range(len(blocks)):
            if label[i] == -1 and at[i] >= 0 and len(blocks[i]) >= 50:
                label[i] = -2
        short_ones(blocks, at, run, truth, label, story)
    return label
