"""Checks that the unpacked encoder still means something: all 12 layers, the full vocabulary, mean pooling.

    python -m hearsay_training.sanity WHEEL
"""

import sys

import torch
import torch.nn.functional as F

from . import package
from .model import Encoder, Quant, load_base
from .unigram import BOS, EOS, Unigram

PAIRS = [
    ("The army shelled the town on Monday.", "Troops fired artillery at the city.", "She baked a chocolate cake."),
    ("Where is the hospital?", "أين المستشفى؟", "The bank raised interest rates."),
    ("The minister denied the report.", "Le ministre a démenti l'information.", "Cats sleep most of the day."),
]


def main():
    pack = package.read(sys.argv[1])
    words = pack.tensor("emb.word", pack.hidden)
    config = {
        "hidden": pack.hidden, "heads": pack.heads, "ffn": pack.ffn, "layers": pack.layers,
        "max_positions": pack.positions, "layer_norm_eps": pack.epsilon, "vocab": {"size": len(words)},
    }  # fmt: skip
    encoder = Encoder(config, Quant()).eval()
    arrays = package.encoder_state(pack, pack.layers)
    arrays["embed.word"] = words
    load_base(encoder, arrays)
    tokeniser = Unigram(pack.pieces, pack.scores)

    def vector(text):
        ids = [BOS] + [i for word in ("query: " + text).split() for i in tokeniser.word(word)] + [EOS]
        with torch.no_grad():
            x = encoder(torch.tensor([ids]), torch.ones(1, len(ids)).bool(), {pack.layers})[pack.layers]
        return F.normalize(x[0].mean(0), dim=0)

    for text, near, far in PAIRS:
        a, b, c = vector(text), vector(near), vector(far)
        print(f"{float(a @ b):.3f} > {float(a @ c):.3f}  {text} | {near} | {far}")


if __name__ == "__main__":
    main()
