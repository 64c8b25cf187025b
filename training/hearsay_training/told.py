"""How well cues and the words of sources and contents are found on held-out sentences (gold sentences, own decoding)."""

import torch

from . import data


def predict(engine, tier, examples, head="cues", budget=3000):
    """For every example its predicted cues: (first word, last word + 1, labels a word)."""
    engine.eval()
    found = [None] * len(examples)
    for chosen, batch in data.by_length(examples, budget):
        with torch.no_grad():
            words = engine.words(batch)[tier]
            tags = engine.heads[tier].taggers[head](words)
            for row, i in enumerate(chosen):
                count = int(batch["count"][row])
                cues = spans(tags[row, :count].argmax(-1).tolist())
                labels = []
                if cues:
                    own = words[row : row + 1].expand(len(cues), -1, -1)[:, :count]
                    scores = engine.heads[tier].pairs["parts"](own, words[row, [a for a, _ in cues]])
                    labels = scores.argmax(-1).tolist()
                found[i] = [(a, b, made) for (a, b), made in zip(cues, labels)]
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


def own_report(engine, encoder, sentences):
    """On our own labels, for every tier: F1 of all cues by first word, macro-F1 of stance and of status at the true words,
    F1 of triggers with their type."""
    examples = [encoder.example(s) for s in sentences]
    made = {}
    for tier in engine.tiers:
        engine.eval()
        told = {name: [] for name in ("inner", "acts", "stance", "status")}
        for _, batch in data.by_length(examples, 3000):
            with torch.no_grad():
                words = engine.words(batch)[tier]
                present = torch.arange(words.shape[1])[None, :] < batch["count"][:, None]
                for name, found in told.items():
                    known = present & (batch[name] != data.IGNORE)
                    best = engine.heads[tier].taggers[name](words[known]).argmax(-1)
                    found += zip(batch[name][known].tolist(), best.tolist())
        made[tier] = {"inner": _hits([(int(g == 1), int(p == 1)) for g, p in told["inner"]]), "acts": _hits(told["acts"])}
        made[tier] |= {name: _macro(told[name]) for name in ("stance", "status")}
    return made


def _hits(pairs):
    hits = sum(g == p != 0 for g, p in pairs)
    return _f1(hits, sum(g != 0 for g, _ in pairs), sum(p != 0 for _, p in pairs))


def _macro(pairs):
    kinds = sorted({g for g, _ in pairs})
    each = [_f1(sum(g == p == k for g, p in pairs), sum(g == k for g, _ in pairs), sum(p == k for _, p in pairs)) for k in kinds]
    return round(sum(each) / max(1, len(each)), 2)


def _words(labels, which):
    return {i for i, label in enumerate(labels) if label == which}


def _share(a, b):
    return round(100 * a / max(1, b), 2)


def _f1(hits, gold, pred):
    return round(200 * hits / max(1, gold + pred), 2)
