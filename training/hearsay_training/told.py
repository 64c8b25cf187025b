"""How well cues and the words of sources and contents are found on held-out sentences (gold sentences, own decoding)."""

import torch

from . import data


def predict(engine, tier, examples, budget=3000):
    """For every example its predicted cues: (first word, last word + 1, labels a word)."""
    engine.eval()
    order = sorted(range(len(examples)), key=lambda i: len(examples[i]["ids"]))
    found, start = [None] * len(examples), 0
    while start < len(order):
        end = start + 1
        while end < len(order) and len(examples[order[end]]["ids"]) * (end + 1 - start) <= budget:
            end += 1
        chosen = order[start:end]
        with torch.no_grad():
            batch = data.collate([examples[i] for i in chosen])
            words = engine.words(batch)[tier]
            tags = engine.heads[tier].taggers["cues"](words)
            for row, i in enumerate(chosen):
                count = int(batch["count"][row])
                cues = spans(tags[row, :count].argmax(-1).tolist())
                labels = []
                if cues:
                    own = words[row : row + 1].expand(len(cues), -1, -1)[:, :count]
                    scores = engine.heads[tier].pairs["parts"](own, words[row, [a for a, _ in cues]])
                    labels = scores.argmax(-1).tolist()
                found[i] = [(a, b, made) for (a, b), made in zip(cues, labels)]
        start = end
    return found


def spans(tags):
    """The runs (start, end) of BIO tags 1 and 2."""
    found = []
    for at, tag in enumerate(tags):
        if tag == 1 or (tag == 2 and not (found and found[-1][1] == at)):
            found.append([at, at + 1])
        elif tag == 2:
            found[-1][1] = at + 1
    return [tuple(s) for s in found]


def iou(a, b):
    return 1.0 if not a and not b else len(a & b) / len(a | b)


def report(engine, encoder, sentences):
    """Cue F1, and linked F1 within the sentence, a tier."""
    examples = [encoder.example(s) for s in sentences]
    made = {}
    for tier in engine.tiers:
        predicted = predict(engine, tier, examples)
        gold_n = pred_n = cue_hits = linked = content = 0
        for sentence, cues in zip(sentences, predicted):
            gold = [(at, _words(labels, 1), _words(labels, 2)) for at, labels in sentence.parts if 2 in labels]
            # What is told inside the content of another is not marked in PolNeAR.
            outer = [c for c in cues if not any(c[0] in _words(o[2], 2) for o in cues if o is not c)]
            mine = [(range(a, b), _words(labels, 1), _words(labels, 2)) for a, b, labels in outer if 2 in labels]
            gold_n, pred_n = gold_n + len(gold), pred_n + len(mine)
            free, free_content = list(mine), list(mine)
            for at, source, told in gold:
                cue_hits += any(at in m[0] for m in mine)
                best = max(free, key=lambda m: min(iou(source, m[1]), iou(told, m[2])), default=None)
                if best and min(iou(source, best[1]), iou(told, best[2])) >= 0.5:
                    linked += 1
                    free.remove(best)
                best = max(free_content, key=lambda m: iou(told, m[2]), default=None)
                if best and iou(told, best[2]) >= 0.5:
                    content += 1
                    free_content.remove(best)
        made[tier] = {"gold": gold_n, "pred": pred_n, "cue_recall": _share(cue_hits, gold_n)}
        made[tier] |= {"linked_f1": _f1(linked, gold_n, pred_n), "content_f1": _f1(content, gold_n, pred_n)}
    return made


def _words(labels, which):
    return {i for i, label in enumerate(labels) if label == which}


def _share(a, b):
    return round(100 * a / max(1, b), 2)


def _f1(hits, gold, pred):
    return round(200 * hits / max(1, gold + pred), 2)
