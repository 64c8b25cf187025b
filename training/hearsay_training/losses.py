"""The losses of one batch: every task, every tier, labels that a sentence lacks left out."""

import torch
import torch.nn.functional as F

from .data import IGNORE
from .mentions import TAGS

WEIGHTS = {"upos": 0.6, "feats": 0.4, "lemma": 0.5, "arc": 1.0, "rel": 0.8, "mentions": 0.8}
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


def tier_losses(heads, words, batch):
    """The losses of one tier by task."""
    found = {"mentions": mention_loss(heads.taggers["mentions"](words), batch["mentions"])}
    parsed = batch["head"][:, 0] != IGNORE
    if parsed.any():
        part = {k: v[parsed] for k, v in batch.items()}
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
