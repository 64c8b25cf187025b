"""Step 3: writes the engine's weights file and the reference dump that the Rust tests compare with.

    python -m hearsay_training.export WORK CHECKPOINT OUT_FOLDER [--lexicon WORK/lexicon.tsv]
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save_file

from . import base, data, evaluate

# Made-up sentences in the shapes of news, for the reference dump. The short ones are there since a number that is rounded the other way
# somewhere shifts a whole sentence: one of them must agree to many digits.
SENTENCES = [
    "The Tavresh Rights Monitor said on Tuesday that 14 people were killed when shells hit the market in Orvane .",
    "GOVERNMENT FORCES DENY ATTACK ON LYSK FERRY TERMINAL",
    "Colonel Denk Orasti declined to comment .",
    "قال متحدث باسم الحكومة إن القصف أصاب مستشفى في المدينة",
    "“ We did n’t fire , ” he told Radio Velmara in 2014 .",
    "Talks failed .",
    "Two were killed .",
    "Orvane fell silent .",
    "Lysk denies it",
    "They left on Monday .",
    "Nobody claimed the attack .",
    "Police fired .",
    "Shells hit a school .",
]


def tensors_of(engine, pieces, scores):
    """All tensors of the file, named as the contract says."""
    made = base.vocabulary_tensors(pieces, scores)
    encoder = engine.encoder
    made["embed.word.q"], made["embed.word.s"] = base.quantise_rows(_array(encoder.word.weight))
    made["embed.position"] = _array(encoder.position).astype(np.float16)
    _norm(made, "embed.ln", encoder.ln)
    for number, layer in enumerate(encoder.layers):
        prefix = f"layer.{number}"
        for name in ("qkv", "o", "up", "down"):
            _linear(made, f"{prefix}.{name}", getattr(layer, name))
        _norm(made, f"{prefix}.ln1", layer.ln1)
        _norm(made, f"{prefix}.ln2", layer.ln2)
    for tier, heads in engine.heads.items():
        _heads(made, f"head.{tier}", heads)
    return made


def _array(parameter):
    return parameter.detach().numpy()


def _norm(made, name, norm):
    made[f"{name}.w"], made[f"{name}.b"] = _array(norm.weight).copy(), _array(norm.bias).copy()


def _matrix(made, name, matrix):
    made[f"{name}.q"], made[f"{name}.s"] = base.quantise_rows(matrix)


def _linear(made, name, linear):
    _matrix(made, name, _array(linear.weight))
    made[f"{name}.b"] = _array(linear.bias).copy()


def _heads(made, prefix, heads):
    for task, tagger in heads.taggers.items():
        if tagger.hidden is not None:
            _linear(made, f"{prefix}.{task}.hidden", tagger.hidden)
        _linear(made, f"{prefix}.{task}.out", tagger.out)
    for task, pairs in heads.pairs.items():
        for name in ("rel_dep", "rel_head"):
            _linear(made, f"{prefix}.{task}.{name}", getattr(pairs, name))
        labels, rows, columns = pairs.rel_u.shape
        _matrix(made, f"{prefix}.{task}.rel.U", _array(pairs.rel_u).reshape(labels * rows, columns))
    deps = heads.deps
    for name in ("arc_dep", "arc_head", "rel_dep", "rel_head"):
        _linear(made, f"{prefix}.deps.{name}", getattr(deps, name))
    _matrix(made, f"{prefix}.deps.arc.U", _array(deps.arc_u))
    labels, rows, columns = deps.rel_u.shape
    _matrix(made, f"{prefix}.deps.rel.U", _array(deps.rel_u).reshape(labels * rows, columns))
    made[f"{prefix}.deps.root"] = _array(deps.root).copy()


def round_weights(engine):
    """Rounds every stored weight as the file does, so that the reference is computed from the same numbers."""
    with torch.no_grad():
        engine.encoder.position.copy_(engine.encoder.position.half().float())


def reference(engine, encoder, labels):
    """Piece ids, hidden vectors, logits and decoded layers of the sample sentences, int8 simulated."""
    engine.eval()
    engine.quant.on = True
    found = []
    for text in SENTENCES:
        words = text.split()
        sentence = data.corpora.Sentence("sample", "", words, [True] * len(words))
        example = encoder.example(sentence)
        found.append({"words": words, "pieces": example["ids"], "first": example["first"], "last": example["last"]})
        found[-1]["tiers"] = _tiers(engine, example, labels, words)
    return found


def _tiers(engine, example, labels, words):
    batch = data.collate([example])
    made = {}
    with torch.no_grad():
        vectors = engine.words(batch)
        predicted = evaluate.predict(engine, [example])
    for tier, own in vectors.items():
        heads = engine.heads[tier]
        with torch.no_grad():
            logits = {name: tagger(own)[0] for name, tagger in heads.taggers.items()}
            arcs, rel_dep, rel_head = heads.deps(own)
            picked = torch.tensor(predicted[tier][0]["head"])
            rel = heads.deps.relations(rel_dep[0], rel_head[0, picked])
        one = predicted[tier][0]
        made[tier] = {
            "word_vectors": _rounded(own[0]),
            "logits": {name: _rounded(value) for name, value in logits.items()},
            "arcs": _rounded(arcs[0]),
            "rel": _rounded(rel),
            "upos": [labels["upos"][i] for i in one["upos"]],
            "feats": [labels["feats"][i] for i in one["feats"]],
            "lemma": [evaluate.lemma_of(w, "", labels["lemma"][i], None) for w, i in zip(words, one["lemma"])],
            "heads": one["head"],
            "deprel": [labels["deps"][i] for i in one["rel"]],
            "mentions": one["mentions"],
        }
    return made


def _rounded(tensor):
    return [[round(float(v), 5) for v in row] for row in tensor]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("checkpoint")
    parser.add_argument("out", type=Path)
    parser.add_argument("--lexicon", type=Path)
    parser.add_argument("--made", default="", help="a line on what made the weights, kept in the file")
    given = parser.parse_args()
    engine, encoder, labels = evaluate.load(given.work, given.checkpoint)
    round_weights(engine)
    tokeniser = encoder.tokeniser
    tensors = tensors_of(engine, tokeniser.pieces, tokeniser.scores)
    if given.lexicon:
        tensors["lemma.exceptions"] = np.frombuffer(given.lexicon.read_bytes(), dtype=np.uint8).copy()
    config = dict(engine.config, train={"made": given.made, "encoder": "multilingual-e5-small (MIT), first 6 layers"})
    path = given.out / "engine.safetensors"
    save_file(tensors, path, metadata={"config": json.dumps(config, ensure_ascii=False)})
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    dump = {"weights_sha256": digest, "sentences": reference(engine, encoder, labels)}
    (given.out / "reference.json").write_text(json.dumps(dump, ensure_ascii=False))
    print(f"{path} {path.stat().st_size} bytes sha256 {digest}")


if __name__ == "__main__":
    main()
