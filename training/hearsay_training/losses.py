"""The losses of one batch: every task, every tier, labels that a sentence lacks left out."""

import torch
import torch.nn.functional as F

from .data import IGNORE
from .mentions import TAGS
from .tellings import TAGS as TOLD

WEIGHTS = {
    "upos": 0.6, "feats": 0.4, "lemma": 0.5, "arc": 1.0, "rel": 0.8, "mentions": 0.8,
    "cues": 1.0, "parts": 1.5, "triggers": 0.5, "roles": 0.5, "inner": 0.6, "stance": 0.6, "acts": 0.4, "status": 0.4,
}  # fmt: skip
TIER_WEIGHTS = {"accurate": 1.0, "fast": 0.5}


def mention_loss(logits, masks):
    """Minus log of the summed probability of the allowed tags; a mask of 0 says nothing."""
    known = masks > 0
    bits = (masks[known][:, None] >> torch.arange(len(TAGS))) & 1
    logs = F.log_softmax(logits[known], dim=-1)
    allowed = logs.masked_fill(bits == 0, -1e9).logsumexp(-1)
    return -allowed.sum() / max(1, int(known.sum()))


def dependency_losses(deps, words, batch):
    """Arc and relation losses over the words that have a head."""
    arcs, rel_dep, rel_head = deps(words)
    heads = batch["head"]
    width = arcs.shape[2]
    beyond = torch.arange(width)[None, :] > batch["count"][:, None]
    arcs = arcs.masked_fill(beyond[:, None, :], -1e9)
    arc = F.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=IGNORE)
    rows, at = torch.where((heads >= 0) & (batch["rel"] >= 0))
    chosen = heads[rows, at]
    rel = F.cross_entropy(deps.relations(rel_dep[rows, at], rel_head[rows, chosen]), batch["rel"][rows, at])
    return arc, rel


def telling_losses(heads, words, batch):
    """Cues, triggers, and the words of their parts; each scaled by the share of sentences that know it."""
    found, size = {}, len(words)
    for task in TOLD:
        known = batch[task] != IGNORE
        if known.any():
            loss = F.cross_entropy(heads.taggers[task](words[known]), batch[task][known])
            found[task] = loss * float(known.any(1).sum()) / size
    rows, at, labels = batch["parts"]
    if len(rows):
        found["parts"] = pair_loss(heads.pairs["parts"], words, rows, at, labels) * min(1.0, len(rows) / size)
    rows, at, labels = batch["roles"]
    typed = batch["type"] > 0
    if typed.any():
        loss, best = type_loss(heads.taggers["triggers"](words[typed]), batch, typed)
        found["triggers"] = found.get("triggers", 0.0) + loss * float(typed.sum()) / size
        of_row = torch.full((size,), -1)
        of_row[typed] = best
        at = torch.where(at < 0, of_row[rows], at)
    if len(rows):
        found["roles"] = pair_loss(heads.pairs["roles"], words, rows, at, labels) * min(1.0, len(rows) / size)
    return found


def pair_loss(pairs, words, rows, at, labels):
    """The labels of all words of a sentence, asked of one of its words."""
    scores = pairs(words[rows], words[rows, at])
    return F.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORE)


def type_loss(logits, batch, typed):
    """Sentences that know their type but not the word: the best word is to have it. Gives back those words too."""
    logs = F.log_softmax(logits, dim=-1)
    mine = logs.gather(2, batch["type"][typed][:, None, None].expand(-1, logs.shape[1], 1)).squeeze(2)
    beyond = torch.arange(logs.shape[1])[None, :] >= batch["count"][typed][:, None]
    best, at = mine.masked_fill(beyond, -1e9).max(1)
    return -best.mean(), at


def tier_losses(heads, words, batch):
    """The losses of one tier by task."""
    found = telling_losses(heads, words, batch)
    if (batch["mentions"] > 0).any():
        found["mentions"] = mention_loss(heads.taggers["mentions"](words), batch["mentions"])
    parsed = batch["head"][:, 0] != IGNORE
    if parsed.any():
        part = {k: batch[k][parsed] for k in ("upos", "feats", "lemma", "head", "rel", "count")}
        own = words[parsed]
        present = part["upos"] != IGNORE
        flat = own[present]
        for task in ("upos", "feats", "lemma"):
            found[task] = F.cross_entropy(heads.taggers[task](flat), part[task][present], ignore_index=IGNORE)
        found["arc"], found["rel"] = dependency_losses(heads.deps, own, part)
        share = float(parsed.float().mean())
        for task in ("upos", "feats", "lemma", "arc", "rel"):
            found[task] = found[task] * share
    return found


def total(engine, batch):
    """The weighted sum, and the single figures for the log."""
    vectors = engine.words(batch)
    loss, log = 0.0, {}
    for tier, words in vectors.items():
        for task, value in tier_losses(engine.heads[tier], words, batch).items():
            loss = loss + TIER_WEIGHTS[tier] * WEIGHTS[task] * value
            log[f"{tier}.{task}"] = float(value.detach())
    return loss, log
