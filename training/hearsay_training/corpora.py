"""Reads the corpora. Their folder comes from HEARSAY_BENCH (default ../shared/bench); none of it is copied."""

import json
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

# GUM's genres under non-commercial licences stay out of weights that ship (reddit has no words here).
GUM_LEFT_OUT = {"essay", "fiction", "letter", "podcast", "whow", "wikihow", "reddit"}
RE3D_LEFT_OUT = {"BBC Online"}


def bench():
    """The corpora's folder."""
    return Path(os.environ.get("HEARSAY_BENCH", "../shared/bench"))


@dataclass
class Sentence:
    """Words with the layers a corpus has; a layer it lacks is None.

    `spaced[i]` says whether a space precedes word i. `heads` count from 1, 0 is the root. `mentions`
    is a list of sets of allowed tags a word (see mentions.py), None for "nothing is known".
    """

    source: str
    document: str
    words: list
    spaced: list
    upos: list = None
    feats: list = None
    lemma: list = None
    heads: list = None
    deprel: list = None
    mentions: list = None
    entities: list = field(default=None, repr=False)
    # See tellings.py: tags a word, and for each cue or trigger its word and a label a word; the type where no word is known.
    cues: list = None
    triggers: list = None
    inner: list = None
    acts: list = None
    stance: list = None
    status: list = None
    parts: list = None
    roles: list = None
    type: int = None


def read_conllu(path, source):
    """Yields the sentences of a CoNLL-U file; empty nodes and word ranges are passed over, but a range's
    missing space is taken from its own line."""
    document, rows, ranges = "", [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                document = line.split("=", 1)[1].strip()
            elif line.startswith("#"):
                continue
            elif not line:
                if rows:
                    yield _conllu_sentence(source, document, rows, ranges)
                rows, ranges = [], []
            else:
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
                elif "-" in columns[0]:
                    ranges.append(columns)
    if rows:
        yield _conllu_sentence(source, document, rows, ranges)


def _conllu_sentence(source, document, rows, ranges):
    glued = {int(r[0]) for r in rows if "SpaceAfter=No" in r[9]}
    for columns in ranges:
        first, last = map(int, columns[0].split("-"))
        glued.update(range(first, last))
        if "SpaceAfter=No" in columns[9]:
            glued.add(last)
        else:
            glued.discard(last)
    return Sentence(
        source,
        document,
        [r[1] for r in rows],
        [int(r[0]) - 1 not in glued for r in rows],
        upos=[r[3] for r in rows],
        feats=[r[5] for r in rows],
        lemma=[r[2] for r in rows],
        heads=[int(r[6]) for r in rows],
        deprel=[r[7] for r in rows],
        entities=[_entity_field(r[9]) for r in rows],
    )


def _entity_field(misc):
    for item in misc.split("|"):
        if item.startswith("Entity="):
            return misc[misc.index("Entity=") + 7 :].split("|MSeg=")[0].split("|SpaceAfter")[0].split("|XML")[0]
    return ""


def ewt(split):
    """UD English EWT, `train` or `dev`."""
    return list(read_conllu(bench() / f"parse/en_ewt-ud-{split}.conllu", "ewt"))


def gum(split):
    """UD English GUM without its non-commercial genres."""
    found = read_conllu(bench() / f"parse/en_gum-ud-{split}.conllu", "gum")
    return [s for s in found if s.document.split("_")[1] not in GUM_LEFT_OUT]


def read_columns(path, source, word, tag):
    """Sentences of a tab-separated tag file: the word's and the tag's column."""
    words, tags, document = [], [], ""
    with open(path, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                document = line.split("=", 1)[1].strip()
            elif not line.strip():
                if words:
                    yield words, tags, document
                words, tags = [], []
            elif not (line.startswith("# ") and "=" in line):
                columns = line.split("\t")
                words.append(columns[word])
                tags.append(columns[tag])
    if words:
        yield words, tags, document


def spacing(words):
    """Guesses which words a space precedes, for corpora that do not say."""
    spaced, opened = [], False
    for i, word in enumerate(words):
        glue = i > 0 and (re.fullmatch(r"[.,;:!?%)\]}’”]+|'s|n't|'(re|ve|ll|d|m)|'S|N'T|…", word) is not None)
        after = i > 0 and words[i - 1] in ("(", "[", "{", "“", "‘", "$", "£", "€", "#", "@")
        if word == '"':
            glue, opened = glue or opened, not opened
        elif i > 0 and words[i - 1] == '"' and opened:
            after = True
        spaced.append(not (glue or after))
    return spaced


def re3d_documents():
    """Yields (folder, document id, text, entities) of re3d, without BBC Online."""
    for folder in sorted((bench() / "entities/re3d").iterdir()):
        if folder.is_dir() and folder.name not in RE3D_LEFT_OUT:
            yield from _re3d_folder(folder)


def _re3d_folder(folder):
    entities = {}
    for row in _json_rows(folder / "entities.json"):
        entities.setdefault(row["documentId"], []).append(row)
    for row in _json_rows(folder / "documents.json"):
        yield folder.name, row["_id"], row["text"], entities.get(row["_id"], [])


def _json_rows(path):
    text = path.read_text(encoding="utf-8-sig")
    try:
        found = json.loads(text)
        return found if isinstance(found, list) else [found]
    except json.JSONDecodeError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


TOKEN = re.compile(
    r"[^\W\d_]+(?:[.][^\W\d_]+)+[.]?|(?:n't|'(?:s|re|ve|ll|d|m))\b|\d+(?:[.,:]\d+)*|[^\W\d_]+(?=n't\b)|[^\W\d_]+|[^\w\s]|_"
)


def tokenise(text):
    """A plain tokeniser for running text, in EWT's manner: (start, end) of every word."""
    return [m.span() for m in TOKEN.finditer(text)]


def split_sentences(text, spans):
    """Cuts tokenised running text at closing marks and line ends: lists of spans."""
    sentences, current = [], []
    for i, (start, end) in enumerate(spans):
        current.append((start, end))
        following = text[end : spans[i + 1][0]] if i + 1 < len(spans) else "\n"
        closes = text[start:end] in ".!?" and (not following or following[0].isspace())
        if "\n" in following or closes or len(current) >= 120:
            sentences.append(current)
            current = []
    return sentences + ([current] if current else [])
