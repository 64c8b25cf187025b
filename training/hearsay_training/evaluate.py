"""Scores of a model: LAS, UPOS, features and lemmas on gold tokens, and mentions on held-out sentences.

    python -m hearsay_training.evaluate WORK CHECKPOINT [--lexicon FILE] [--own data] [--float]
"""

import argparse
import json
from pathlib import Path

import torch

from . import corpora, data, decode, lemmas, mentions
from .model import Engine
from .unigram import Unigram

COARSE = {
    "person": "PER", "place": "LOC", "facility": "LOC", "organisation": "ORG", "armed_group": "ORG",
    "government": "ORG", "media": "ORG",
}  # fmt: skip


def predict(engine, examples, budget=4000):
    """Every tier's predictions, one dict of lists a sentence, in the order given."""
    engine.eval()
    found = {tier: [None] * len(examples) for tier in engine.tiers}
    for chosen, batch in data.by_length(examples, budget):
        with torch.no_grad():
            for tier, words in engine.words(batch).items():
                for i, made in zip(chosen, _tier_predictions(engine, tier, words, batch)):
                    found[tier][i] = made
    return found


def _tier_predictions(engine, tier, words, batch):
    heads = engine.heads[tier]
    logits = {name: tagger(words) for name, tagger in heads.taggers.items()}
    arcs, rel_dep, rel_head = heads.deps(words)
    made = []
    for row, count in enumerate(batch["count"].tolist()):
        tree = decode.tree(arcs[row, :count, : count + 1].log_softmax(-1).numpy())
        picked = torch.as_tensor(tree.copy())
        rels = relation_labels(engine, heads.deps.relations(rel_dep[row, :count], rel_head[row, picked]), picked)
        one = {"head": tree.tolist(), "rel": rels.tolist()}
        for task in ("upos", "feats", "lemma"):
            one[task] = logits[task][row, :count].argmax(-1).tolist()
        one["mentions"] = decode.bio(logits["mentions"][row, :count].double().numpy())
        made.append(one)
    return made


def relation_labels(engine, scores, heads):
    """The best labels, "root" for the root's dependent and for no other."""
    labels = next(task["labels"] for task in engine.config["tasks"] if task["name"] == "deps")
    root = labels.index("root")
    scores[:, root] = -1e9
    return torch.where(heads == 0, root, scores.argmax(-1))


def parse_scores(sentences, predictions, labels, lexicon=None):
    """UAS, LAS (with and without subtypes), UPOS, features and lemmas over all words, in per cent."""
    hits = dict.fromkeys(["words", "uas", "las", "las_plain", "upos", "feats", "lemma"], 0)
    for sentence, made in zip(sentences, predictions):
        for at, word in enumerate(sentence.words):
            rel = labels["deps"][made["rel"][at]]
            head = made["head"][at] == sentence.heads[at]
            upos = labels["upos"][made["upos"][at]]
            lemma = lemma_of(word, upos, labels["lemma"][made["lemma"][at]], lexicon)
            gold = sentence.lemma[at]
            hits["words"] += 1
            hits["uas"] += head
            hits["las"] += head and rel == sentence.deprel[at]
            hits["las_plain"] += head and rel.split(":")[0] == sentence.deprel[at].split(":")[0]
            hits["upos"] += upos == sentence.upos[at]
            hits["feats"] += labels["feats"][made["feats"][at]] == sentence.feats[at]
            hits["lemma"] += lemma == gold or gold == "_"
    words = hits.pop("words")
    return {name: round(100 * value / words, 2) for name, value in hits.items()}


def lemma_of(form, upos, script, lexicon):
    """The lemma: the lexicon's, if it holds the form with this tag, else the script's."""
    key = f"{form}\t{upos}"
    if lexicon and key in lexicon:
        return lexicon[key]
    return lemmas.apply(script, form)


def mention_scores(sentences, predictions, mapping=None):
    """Precision, recall and F1 of exact spans with kinds, over words whose masks name one tag."""
    right = made_count = gold_count = 0
    for sentence, made in zip(sentences, predictions):
        gold = mentions.spans_of(gold_tags(sentence))
        found = mentions.spans_of(made["mentions"])
        if mapping:
            gold = {(a, b, mapping[k]) for a, b, k in gold if k in mapping}
            found = {(a, b, mapping[k]) for a, b, k in found if k in mapping}
        right += len(gold & found)
        made_count += len(found)
        gold_count += len(gold)
    precision, recall = right / max(1, made_count), right / max(1, gold_count)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return {"p": round(100 * precision, 2), "r": round(100 * recall, 2), "f1": round(100 * f1, 2), "gold": gold_count}


def gold_tags(sentence):
    """The tags of words that can have but one; O for the others."""
    single = {1 << i: tag for i, tag in enumerate(mentions.TAGS)}
    return [single.get(mask, "O") for mask in sentence.mentions]


def load(work, checkpoint):
    """A model, its tokeniser's encoder and its labels from a checkpoint."""
    saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
    engine = Engine(saved["config"])
    engine.load_state_dict(saved["model"])
    base = json.loads((Path(work) / "base.json").read_text())
    labels = {task["name"]: task["labels"] for task in saved["config"]["tasks"]}
    return engine, data.Encoder(Unigram(base["pieces"], base["scores"]), labels), labels


def report(engine, encoder, labels, parse=None, lexicon=None, own=None):
    """All scores of both tiers as one dict."""
    parse = parse if parse is not None else corpora.ewt("dev")
    held = mentions.uner()[1]
    sets = {"parse": parse, "uner": held} | ({"own": own} if own else {})
    found = {}
    for name, sentences in sets.items():
        predictions = predict(engine, [encoder.example(s) for s in sentences])
        for tier, made in predictions.items():
            if name == "parse":
                found[tier] = parse_scores(sentences, made, labels, lexicon)
            else:
                found[tier][name] = mention_scores(sentences, made, COARSE if name == "uner" else None)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("checkpoint")
    parser.add_argument("--lexicon", type=Path, help="lemma exceptions")
    parser.add_argument("--own", type=Path, default=Path("data"), help="the project's labelled sentences")
    parser.add_argument("--float", action="store_true", help="do not simulate int8")
    given = parser.parse_args()
    engine, encoder, labels = load(given.work, given.checkpoint)
    engine.quant.on = not given.float
    own = mentions.labelled(given.own, "test") if given.own.exists() else []
    lexicon = read_lexicon(given.lexicon) if given.lexicon else None
    print(json.dumps(report(engine, encoder, labels, lexicon=lexicon, own=own), indent=1))


def read_lexicon(path):
    """The exceptions of a lexicon file: form and tag to lemma."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {f"{form}\t{upos}": lemma for form, upos, lemma in rows}


if __name__ == "__main__":
    main()
