"""From sentences to tensors: label inventories, noise, encoding and length-sorted batches."""

import random
from collections import Counter
from dataclasses import replace

import torch

from . import corpora, lemmas, mentions, tellings

IGNORE = -100
SMALLEST_LEMMA_COUNT = 2
SMALLEST_FEATS_COUNT = 2


def parsed_train():
    """Sentences with trees: EWT, and GUM with its names as mentions."""
    gum = corpora.gum("train")
    for sentence in gum:
        sentence.mentions = mentions.gum_mentions(sentence)
    ewt = corpora.ewt("train")
    for sentence in ewt:
        sentence.mentions = ewt_masks(sentence)
    return ewt + gum


def ewt_masks(sentence):
    """EWT names no mentions: dates, demonyms and words that cannot open or continue a name are known, the rest not."""
    masks = mentions.outside(sentence.words)
    near = {at + step for at, tag in enumerate(sentence.upos) if tag in ("PROPN", "X", "SYM") for step in (-1, 0, 1)}
    for at, word in enumerate(sentence.words):
        known = masks[at] in (mentions.begin("time"), mentions.inside("time"), mentions.begin("nationality"))
        if not known and (at in near or (word[:1].isupper() and at > 0) or sentence.upos[at] == "NUM"):
            masks[at] = mentions.ALL
    return masks


def inventories(sentences):
    """The label lists of all tasks, most frequent first."""
    upos, feats, rels, scripts = Counter(), Counter(), Counter(), Counter()
    for s in sentences:
        upos.update(s.upos)
        feats.update(s.feats)
        rels.update(s.deprel)
        scripts.update(lemmas.script(f, l) for f, l in zip(s.words, s.lemma))

    def kept(counter, least):
        return [k for k, n in sorted(counter.items(), key=lambda kv: (-kv[1], kv[0])) if n >= least]

    return {
        "upos": kept(upos, 1),
        "feats": kept(feats, SMALLEST_FEATS_COUNT),
        "lemma": kept(scripts, SMALLEST_LEMMA_COUNT),
        "deps": kept(rels, 1),
        "mentions": mentions.TAGS,
        "cues": tellings.CUES,
        "parts": tellings.PARTS,
        "triggers": tellings.TRIGGERS,
        "roles": tellings.ROLES,
        "inner": tellings.CUES,
        "stance": tellings.STANCE,
        "acts": tellings.TRIGGERS,
        "status": tellings.STATUS,
    }


def tasks(labels, arc_dim=256, rel_dim=64):
    """The `tasks` of the engine's configuration."""
    return [
        {"name": "upos", "kind": "linear", "labels": labels["upos"]},
        {"name": "feats", "kind": "linear", "labels": labels["feats"]},
        {"name": "lemma", "kind": "linear", "labels": labels["lemma"]},
        {"name": "deps", "kind": "biaffine", "labels": labels["deps"], "arc_dim": arc_dim, "rel_dim": rel_dim},
        {"name": "mentions", "kind": "bio", "hidden": 128, "labels": labels["mentions"]},
        {"name": "cues", "kind": "bio", "hidden": 128, "labels": labels["cues"]},
        {"name": "parts", "kind": "pairs", "rel": "biaffine", "rel_dim": 128, "labels": labels["parts"]},
        {"name": "triggers", "kind": "linear", "hidden": 128, "labels": labels["triggers"]},
        {"name": "roles", "kind": "pairs", "rel": "biaffine", "rel_dim": 96, "labels": labels["roles"]},
        {"name": "inner", "kind": "bio", "hidden": 128, "labels": labels["inner"]},
        {"name": "stance", "kind": "linear", "hidden": 128, "labels": labels["stance"]},
        {"name": "acts", "kind": "linear", "hidden": 128, "labels": labels["acts"]},
        {"name": "status", "kind": "linear", "hidden": 128, "labels": labels["status"]},
    ]


class Encoder:
    """Turns sentences into examples of ids, with a tokeniser and label indices."""

    def __init__(self, tokeniser, labels):
        self.tokeniser = tokeniser
        self.index = {task: {label: i for i, label in enumerate(names)} for task, names in labels.items()}

    def _ids(self, task, values):
        return [self.index[task].get(v, IGNORE) for v in values]

    def example(self, sentence):
        """Lists of ids of one sentence: pieces with their words' first and last, and the labels it has."""
        ids, first, last = [0], [], []
        for at, word in enumerate(sentence.words):
            spaced = at == 0 or sentence.spaced[at]
            pieces = self.tokeniser.word(word, spaced)[:12]
            first.append(len(ids))
            ids.extend(pieces)
            last.append(len(ids) - 1)
        ids.append(2)
        made = {"ids": ids, "first": first, "last": last, "mentions": sentence.mentions}
        if sentence.upos is not None:
            made["upos"] = self._ids("upos", sentence.upos)
            made["feats"] = self._ids("feats", sentence.feats)
            made["rel"] = self._ids("deps", sentence.deprel)
            made["head"] = sentence.heads
            made["lemma"] = self._ids("lemma", [lemmas.script(f, l) for f, l in zip(sentence.words, sentence.lemma)])
        for name in (*tellings.TAGS, "parts", "roles", "type"):
            if getattr(sentence, name) is not None:
                made[name] = getattr(sentence, name)
        return made


def noisy(sentence, rng):
    """A sentence as careless typography might have it, or as it is (about four times in five)."""
    draw = rng.random()
    if draw < 0.05:
        return replace(sentence, words=[w.upper() for w in sentence.words])
    if draw < 0.07:
        return replace(sentence, words=[w[:1].upper() + w[1:] for w in sentence.words])
    if draw < 0.09:
        return replace(sentence, words=[w.lower() for w in sentence.words])
    if draw < 0.17:
        return replace(sentence, words=[CURLY.get(w, w.replace("'", "\u2019")) for w in sentence.words])
    if draw < 0.20:
        return _glued(sentence, rng)
    if draw < 0.22:
        return _without_last_mark(sentence)
    return sentence


CURLY = {'"': "\u201d", "``": "\u201c", "--": "\u2014", "-": "\u2013", "...": "\u2026"}


def _glued(sentence, rng):
    spaced = [s and rng.random() > 0.1 for s in sentence.spaced]
    return replace(sentence, spaced=spaced)


def _without_last_mark(sentence):
    if len(sentence.words) < 3 or sentence.words[-1] not in ".!?":
        return sentence
    if sentence.heads and (len(sentence.words) in sentence.heads or sentence.heads[-1] == 0):
        return sentence
    fields = {}
    if sentence.parts or sentence.roles or sentence.cues:
        return sentence
    for name in ("words", "spaced", "upos", "feats", "lemma", "heads", "deprel", "mentions"):
        value = getattr(sentence, name)
        fields[name] = value[:-1] if value is not None else None
    return replace(sentence, **fields)


def batches(examples, budget, rng):
    """Batches of examples of like length, each at most `budget` pieces with padding, in random order."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i]["ids"]) + rng.random() * 3)
    made, current, longest = [], [], 0
    for i in order:
        length = len(examples[i]["ids"])
        if current and max(longest, length) * (len(current) + 1) > budget:
            made.append(current)
            current, longest = [], 0
        current.append(examples[i])
        longest = max(longest, length)
    made.append(current)
    rng.shuffle(made)
    return made


def by_length(examples, budget):
    """The examples in batches of like length, each at most `budget` pieces with padding: (their indices, the batch)."""
    order = sorted(range(len(examples)), key=lambda i: len(examples[i]["ids"]))
    start = 0
    while start < len(order):
        end = start + 1
        while end < len(order) and len(examples[order[end]]["ids"]) * (end + 1 - start) <= budget:
            end += 1
        chosen = order[start:end]
        yield chosen, collate([examples[i] for i in chosen])
        start = end


def _padded(rows, fill, width):
    return torch.tensor([list(r) + [fill] * (width - len(r)) for r in rows], dtype=torch.long)


def collate(examples):
    """One batch of tensors; labels a sentence lacks are IGNORE, mentions masks 0."""
    width = max(len(e["ids"]) for e in examples)
    words = max(len(e["first"]) for e in examples)
    batch = {
        "ids": _padded([e["ids"] for e in examples], 1, width),
        "present": torch.tensor([[1] * len(e["ids"]) + [0] * (width - len(e["ids"])) for e in examples]).bool(),
        "first": _padded([e["first"] for e in examples], 0, words),
        "last": _padded([e["last"] for e in examples], 0, words),
        "count": torch.tensor([len(e["first"]) for e in examples]),
        "mentions": _padded([e["mentions"] or [0] * len(e["first"]) for e in examples], 0, words),
    }
    for name in ("upos", "feats", "lemma", "rel", "head"):
        batch[name] = _padded([e.get(name) or [IGNORE] * len(e["first"]) for e in examples], IGNORE, words)
    for name in tellings.TAGS:
        batch[name] = _padded([e.get(name) or [IGNORE] * len(e["first"]) for e in examples], IGNORE, words)
    batch["type"] = torch.tensor([e.get("type") or 0 for e in examples])
    for name in ("parts", "roles"):
        found = [(row, at, labels) for row, e in enumerate(examples) for at, labels in e.get(name) or []]
        batch[name] = (
            torch.tensor([row for row, _, _ in found], dtype=torch.long),
            torch.tensor([at for _, at, _ in found], dtype=torch.long),
            _padded([labels for _, _, labels in found], IGNORE, words) if found else torch.zeros(0, words, dtype=torch.long),
        )
    return batch


def shuffled(items, rng, share=1.0):
    """A random share of the items."""
    chosen = list(items)
    rng.shuffle(chosen)
    return chosen[: int(len(chosen) * share)]


def seeded(seed):
    """A generator of its own, so that no other draw moves this one."""
    return random.Random(seed)


