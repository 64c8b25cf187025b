"""The encoder and its heads in PyTorch, with int8 simulated on demand exactly as the Rust engine computes it."""

import math

import torch
import torch.nn.functional as F
from torch import nn

LEVELS = 127.0


def fake_quantise(x, dim_scale):
    """Rounds to int8 steps of `dim_scale`, letting gradients pass unchanged."""
    rounded = torch.clamp(torch.round(x / dim_scale), -LEVELS, LEVELS) * dim_scale
    return x + (rounded - x).detach()


def row_scale(x):
    """One symmetric scale a row: the largest magnitude over 127 (1 for an all-zero row)."""
    scale = x.detach().abs().amax(dim=-1, keepdim=True) / LEVELS
    return torch.where(scale == 0, torch.ones_like(scale), scale)


def fake_activation(x):
    """Rounds every row over its own range to 7 bits with a zero point, as the engine does it."""
    with torch.no_grad():
        low = x.amin(-1, keepdim=True).clamp(max=0)
        high = x.amax(-1, keepdim=True).clamp(min=0)
        scale = (high - low) / LEVELS
        scale = torch.where(scale == 0, torch.ones_like(scale), scale)
        zero = torch.round(-low / scale)
        rounded = ((torch.round(x / scale) + zero).clamp_(0, LEVELS) - zero) * scale
        change = rounded - x
    return x + change


class Quant:
    """The switch that all layers of a model share: whether int8 is simulated."""

    def __init__(self):
        self.on = False


class QLinear(nn.Linear):
    """A linear layer whose weights (a scale a row) and inputs (a range a token) go through 8 bits when the
    switch is on."""

    def __init__(self, inputs, outputs, quant):
        super().__init__(inputs, outputs)
        self.quant = quant

    def forward(self, x):
        if not self.quant.on:
            return F.linear(x, self.weight, self.bias)
        weight = fake_quantise(self.weight, row_scale(self.weight))
        return F.linear(fake_activation(x), weight, self.bias)


class Dropout(nn.Module):
    """Dropout from random bytes: the share is rounded to a 256th, and the draw is several times cheaper than torch's."""

    def __init__(self, share):
        super().__init__()
        self.threshold = round(share * 256)

    def forward(self, x):
        if not self.training or self.threshold == 0:
            return x
        words = torch.randint(-(2**62), 2**62, ((x.numel() + 6) // 7,))
        # The top byte of every draw is not uniform (62 bits were drawn), so seven bytes of eight are used.
        drawn = words.view(torch.uint8).view(-1, 8)[:, :7].reshape(-1)[: x.numel()]
        kept = (drawn >= self.threshold).view(x.shape)
        return x * kept * (256.0 / (256 - self.threshold))


class Layer(nn.Module):
    """One post-layer-norm BERT layer."""

    def __init__(self, config, quant, dropout):
        super().__init__()
        hidden = config["hidden"]
        self.heads = config["heads"]
        self.qkv = QLinear(hidden, 3 * hidden, quant)
        self.o = QLinear(hidden, hidden, quant)
        self.up = QLinear(hidden, config["ffn"], quant)
        self.down = QLinear(config["ffn"], hidden, quant)
        self.ln1 = nn.LayerNorm(hidden, eps=config["layer_norm_eps"])
        self.ln2 = nn.LayerNorm(hidden, eps=config["layer_norm_eps"])
        self.dropout = Dropout(dropout)

    def forward(self, x, mask):
        batch, length, hidden = x.shape
        qkv = self.qkv(x).view(batch, length, 3, self.heads, hidden // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, hidden)
        x = self.ln1(x + self.o(mixed))
        return self.ln2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Embeddings and layers; gives back the output of every layer asked for."""

    def __init__(self, config, quant, dropout=0.1):
        super().__init__()
        hidden = config["hidden"]
        self.quant = quant
        # Kept as the package has it: unseen words and other scripts stay where the encoder expects them.
        self.word = nn.Embedding(config["vocab"]["size"], hidden)
        self.word.weight.requires_grad_(False)
        self.position = nn.Parameter(torch.zeros(config["max_positions"], hidden))
        self.ln = nn.LayerNorm(hidden, eps=config["layer_norm_eps"])
        self.layers = nn.ModuleList(Layer(config, quant, dropout) for _ in range(config["layers"]))
        self.dropout = Dropout(dropout)

    def embed(self, ids):
        words = self.word(ids)
        if self.quant.on:
            words = fake_quantise(words, row_scale(words))
        return self.dropout(self.ln(words + self.position[: ids.shape[1]]))

    def forward(self, ids, present, wanted):
        x = self.embed(ids)
        mask = torch.zeros(present.shape, dtype=x.dtype).masked_fill(~present, -1e9)[:, None, None, :]
        kept = {}
        for number, layer in enumerate(self.layers, 1):
            x = layer(x, mask)
            if number in wanted:
                kept[number] = x
        return kept


def load_base(encoder, arrays):
    """Fills an encoder from the arrays of base.npz."""
    names = {"embed.word": "word.weight", "embed.position": "position", "embed.ln.w": "ln.weight", "embed.ln.b": "ln.bias"}
    state = {}
    for name in arrays:
        target = names.get(name)
        if target is None:
            target = "layers" + name[5:]
            target = target[:-2] + {"w": ".weight", "b": ".bias"}[target[-1]]
        state[target] = torch.from_numpy(arrays[name])
    encoder.load_state_dict(state)


class Biaffine(nn.Module):
    """Dozat and Manning's biaffine arcs and relations (arXiv 1611.01734), the root a vector of its own."""

    def __init__(self, hidden, arc, rel, labels, quant, dropout=0.33):
        super().__init__()
        self.reads = hidden
        self.arc_dep = QLinear(hidden, arc, quant)
        self.arc_head = QLinear(hidden, arc, quant)
        self.rel_dep = QLinear(hidden, rel, quant)
        self.rel_head = QLinear(hidden, rel, quant)
        self.arc_u = nn.Parameter(torch.zeros(arc + 1, arc))
        self.rel_u = nn.Parameter(torch.zeros(labels, rel + 1, rel + 1))
        self.root = nn.Parameter(torch.randn(hidden) * 0.5)
        self.quant = quant
        self.dropout = Dropout(dropout)
        nn.init.xavier_uniform_(self.arc_u)
        nn.init.xavier_uniform_(self.rel_u)

    def rounded(self, x):
        """The head side's vectors, which the engine multiplies as integers."""
        return fake_activation(x) if self.quant.on else x

    def matrix(self, parameter):
        return fake_quantise(parameter, row_scale(parameter)) if self.quant.on else parameter

    def forward(self, words):
        """Words [B,N,H] -> arc scores [B,N,N+1] (head 0 is the root) and the two relation inputs."""
        words = words[..., : self.reads]
        root = self.root.expand(words.shape[0], 1, -1)
        with_root = torch.cat([root, words], dim=1)
        dep = _with_one(self.dropout(F.gelu(self.arc_dep(words))))
        head = self.rounded(self.dropout(F.gelu(self.arc_head(with_root))))
        arcs = dep @ self.matrix(self.arc_u) @ head.transpose(1, 2)
        rel_dep = _with_one(self.dropout(F.gelu(self.rel_dep(words))))
        rel_head = _with_one(self.rounded(self.dropout(F.gelu(self.rel_head(with_root)))))
        return arcs, rel_dep, rel_head

    def relations(self, dep, head):
        """Relation scores [M,L] of dependents [M,r+1] with their heads [M,r+1]."""
        labels, d, h = self.rel_u.shape
        left = dep @ self.matrix(self.rel_u).permute(1, 0, 2).reshape(d, labels * h)
        return torch.bmm(left.view(-1, labels, h), head[:, :, None]).squeeze(-1)


class Pairs(nn.Module):
    """Labels for pairs of words: the relation part of the biaffine parser without its arcs."""

    def __init__(self, hidden, rel, labels, quant, dropout=0.2):
        super().__init__()
        self.reads = hidden
        self.rel_dep = QLinear(hidden, rel, quant)
        self.rel_head = QLinear(hidden, rel, quant)
        self.rel_u = nn.Parameter(torch.zeros(labels, rel + 1, rel + 1))
        self.quant = quant
        self.dropout = Dropout(dropout)
        nn.init.xavier_uniform_(self.rel_u)

    def forward(self, words, heads):
        """Words [M,N,H] with their heads [M,H] -> scores [M,N,L]."""
        dep = _with_one(self.dropout(F.gelu(self.rel_dep(words[..., : self.reads]))))
        head = self.dropout(F.gelu(self.rel_head(heads[..., : self.reads])))
        head = _with_one(fake_activation(head) if self.quant.on else head)
        u = fake_quantise(self.rel_u, row_scale(self.rel_u)) if self.quant.on else self.rel_u
        # For each head and label a vector that the words' side is multiplied with.
        of_head = torch.einsum("lij,mj->mil", u, head)
        return torch.bmm(dep, of_head)


def _with_one(x):
    return torch.cat([x, torch.ones_like(x[..., :1])], dim=-1)


class Tagger(nn.Module):
    """A label a word, through a hidden layer where `middle` is given, read off the first `hidden` numbers of its vector."""

    def __init__(self, hidden, middle, labels, quant):
        super().__init__()
        self.reads = hidden
        self.hidden = QLinear(hidden, middle, quant) if middle else None
        self.out = QLinear(middle or hidden, labels, quant)
        self.dropout = Dropout(0.2)

    def forward(self, words):
        x = self.dropout(words[..., : self.reads])
        if self.hidden is not None:
            x = self.dropout(F.gelu(self.hidden(x)))
        return self.out(x)


WORDS = ("linear", "bio")


class Heads(nn.Module):
    """One tier's heads. Wide ones read the tapped layers beside the last one."""

    def __init__(self, hidden, taps, tasks, quant):
        super().__init__()

        def reads(task):
            return hidden * (1 + taps) if task.get("wide") else hidden

        self.taggers = nn.ModuleDict(
            {t["name"]: Tagger(reads(t), t.get("hidden", 0), len(t["labels"]), quant) for t in tasks if t["kind"] in WORDS}
        )
        self.pairs = nn.ModuleDict(
            {t["name"]: Pairs(reads(t), t["rel_dim"], len(t["labels"]), quant) for t in tasks if t["kind"] == "pairs"}
        )
        deps = next(t for t in tasks if t["kind"] == "biaffine")
        self.deps = Biaffine(reads(deps), deps["arc_dim"], deps["rel_dim"], len(deps["labels"]), quant)


class Engine(nn.Module):
    """Encoder with the heads of every tier."""

    def __init__(self, config, dropout=0.1):
        super().__init__()
        self.config = config
        self.quant = Quant()
        self.encoder = Encoder(config, self.quant, dropout)
        # The last layer of every tier, then the layers it taps.
        self.tiers = {name: [tier["layers"], *tier.get("taps", [])] for name, tier in config["tiers"].items()}
        self.heads = nn.ModuleDict(
            {name: Heads(config["hidden"], len(read) - 1, config["tasks"], self.quant) for name, read in self.tiers.items()}
        )

    def words(self, batch):
        """Word vectors a tier [B,N,H*layers read]: the mean of a word's first and last piece in every layer read."""
        kept = self.encoder(batch["ids"], batch["present"], {layer for read in self.tiers.values() for layer in read})
        return {name: torch.cat([pool(kept[layer], batch) for layer in read], -1) for name, read in self.tiers.items()}


def pool(x, batch):
    """Mean of the vectors of every word's first and last piece."""
    rows = torch.arange(x.shape[0])[:, None]
    return (x[rows, batch["first"]] + x[rows, batch["last"]]) * 0.5


def tapped(config, taps, wide):
    """The same configuration, whose tiers read the layers `taps` (by tier) too, and in which the heads named in `wide` see them."""
    made = dict(config)
    made["tiers"] = {name: dict(tier, taps=taps[name]) for name, tier in config["tiers"].items()}
    made["tasks"] = [dict(t, wide=True) if t["name"] in wide else t for t in config["tasks"]]
    return made


def widened(state, engine):
    """A checkpoint's tensors in the shapes of `engine`: what a head did not read before counts nothing at first."""
    wanted, made = engine.state_dict(), {}
    for name, value in state.items():
        beyond = wanted[name].shape[-1] - value.shape[-1] if name in wanted and value.dim() else 0
        made[name] = F.pad(value, (0, beyond)) if beyond > 0 else value
    return made


def attention_scale(config):
    """The factor of the attention scores."""
    return 1.0 / math.sqrt(config["hidden"] // config["heads"])
