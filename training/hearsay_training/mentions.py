"""Named mentions as allowed sets of BIO tags, so that corpora with coarser labels teach what they know.

Every word carries a bit mask of tags it may have; the loss is the negative log of their summed probability.
"""

import re
import tomllib

from . import corpora, kinds

KINDS = [
    "person", "organisation", "armed_group", "government", "place", "facility",
    "nationality", "media", "weapon", "event_name", "time", "number",
]  # fmt: skip
TAGS = ["O"] + [f"{p}-{kind}" for kind in KINDS for p in "BI"]
ALL = (1 << len(TAGS)) - 1
# Kinds that a corpus of persons, organisations and places says nothing of.
UNCOVERED = ("nationality", "weapon", "event_name", "time", "number")
YEAR = re.compile(r"(1[89]|20)\d\d$")
DIGITS = re.compile(r"\d[\d.,]*$")


# Tags of names and dates: a word already painted with one of them is not painted again.
PAINTED = sum(1 << i for i, tag in enumerate(TAGS) if tag != "O" and tag[2:] not in ("nationality", "number"))


def bit(tag):
    """The mask of one tag."""
    return 1 << TAGS.index(tag)


def begin(kind):
    return bit(f"B-{kind}")


def inside(kind):
    return bit(f"I-{kind}")


def either(names):
    """O, or any tag of the kinds named."""
    mask = bit("O")
    for kind in names:
        mask |= begin(kind) | inside(kind)
    return mask


def paint(masks, start, end, kind, also=0):
    """Labels words start..end as one mention; `also` is allowed besides."""
    for at in range(start, end):
        masks[at] = (begin(kind) if at == start else inside(kind)) | also


def outside(words):
    """The masks of words that a person/organisation/place corpus calls O: dates, demonyms and numerals found
    by plain rules, the rest O or a kind that such a corpus does not mark."""
    masks = [bit("O")] * len(words)
    for at, word in enumerate(words):
        if word in kinds.DEMONYMS:
            masks[at] = begin("nationality")
        elif DIGITS.match(word) or word.lower() in kinds.NUMBER_WORDS:
            masks[at] = either(("number",))
        elif word.lower() in kinds.TIME_WORDS:
            masks[at] = either(("time",))
        elif word[:1].isupper():
            masks[at] = either(("weapon", "event_name", "nationality"))
        elif word in kinds.WEAPONS:
            masks[at] = either(("weapon",))
    for start, end in dates(words):
        paint(masks, start, end, "time")
    return masks


def dates(words):
    """Word ranges of calendar dates: month with day or year, weekday with its part, a year by itself."""
    found, at = [], 0
    while at < len(words):
        end = _date_end(words, at)
        if end > at:
            found.append((at, end))
            at = end
        else:
            at += 1
    return found


def _date_end(words, at):
    word = words[at]
    follows = words[at + 1] if at + 1 < len(words) else ""
    if word in kinds.DAYS:
        return at + 2 if follows in kinds.PARTS else at + 1
    if DIGITS.match(word) and len(word) <= 2 and follows in kinds.MONTHS:
        return _with_year(words, at + 2)
    if word in kinds.MONTHS and not (word in ("May", "March") and at == 0 and not DIGITS.match(follows)):
        if re.match(r"\d{1,2}(st|nd|rd|th)?$", follows):
            return _with_year(words, at + 2)
        if YEAR.match(follows):
            return at + 2
        return at + 1 if word not in ("May", "March", "Mar.") or (at and words[at - 1] in ("in", "of", "since", "last")) else at
    if YEAR.match(word) and at and words[at - 1].lower() in ("in", "since", "of", "by", "until", "from", "during"):
        return at + 1
    return at


def _with_year(words, at):
    if at + 1 < len(words) and words[at] == "," and YEAR.match(words[at + 1]):
        return at + 2
    return at + 1 if at < len(words) and YEAR.match(words[at]) else at


def from_bio(words, tags, mapping):
    """Masks from BIO tags of a coarser corpus; `mapping` gives a function from a name to its kind, or None to
    pass the span over as unknown."""
    masks = outside(words)
    at = 0
    while at < len(words):
        if tags[at][0] not in "BI":
            at += 1
            continue
        label, end = tags[at][2:], at + 1
        while end < len(words) and tags[end] == f"I-{label}":
            end += 1
        kind = mapping.get(label, lambda _: None)(" ".join(words[at:end]))
        if kind:
            paint(masks, at, end, kind)
        else:
            masks[at:end] = [either(("event_name", "weapon", "nationality", "organisation", "media"))] * (end - at)
        at = end
    return masks


COARSE = {
    "PER": lambda _: "person",
    "ORG": kinds.organisation,
    "LOC": kinds.location,
    "person": lambda _: "person",
    "corporation": kinds.organisation,
    "location": kinds.location,
}


def tagged(path, source, word, tag):
    """Sentences of a BIO file."""
    for words, tags, document in corpora.read_columns(path, source, word, tag):
        yield corpora.Sentence(source, document, words, corpora.spacing(words), mentions=from_bio(words, tags, COARSE))


def uner():
    """UNER English-EWT dev, cut by document into (train, held out): every third document is held out."""
    path = corpora.bench() / "entities/open/uner_ewt_dev.iob2"
    sentences = list(tagged(path, "uner", 1, 2))
    documents = list(dict.fromkeys(s.document for s in sentences))
    held = set(documents[2::3])
    return [s for s in sentences if s.document not in held], [s for s in sentences if s.document in held]


def tweets():
    """Broad Twitter and WNUT17 train."""
    folder = corpora.bench() / "entities/open"
    found = list(tagged(folder / "wnut17_train.conll", "wnut17", 0, 1))
    for part in "aegh":
        found += tagged(folder / f"broad_twitter_{part}.conll", "broad_twitter", 0, 1)
    return found


RE3D = {
    "Person": lambda text: "person",
    "Organisation": kinds.organisation,
    "Location": kinds.location,
    "Nationality": lambda text: "nationality",
    "Temporal": lambda text: "time",
    "Quantity": lambda text: "number",
    "Weapon": lambda text: "weapon",
    "MilitaryPlatform": lambda text: "weapon",
}


def re3d():
    """re3d's sentences (without BBC Online). Its mentions need not be names: where one holds no capital, digit
    or weapon, O is allowed as well."""
    found = []
    for folder, document, text, entities in corpora.re3d_documents():
        for spans in corpora.split_sentences(text, corpora.tokenise(text)):
            found.append(_re3d_sentence(folder, document, text, spans, entities))
    return [s for s in found if len(s.words) > 2]


def _re3d_sentence(folder, document, text, spans, entities):
    words = [text[a:b] for a, b in spans]
    spaced = [i == 0 or spans[i - 1][1] < a for i, (a, _) in enumerate(spans)]
    masks = outside(words)
    for entity in sorted(entities, key=lambda e: e["begin"] - e["end"]):
        inner = [i for i, (a, b) in enumerate(spans) if a >= entity["begin"] and b <= entity["end"]]
        if inner and entity["type"] in RE3D:
            _paint_re3d(masks, words, inner[0], inner[-1] + 1, entity["type"])
    return corpora.Sentence("re3d", f"{folder}/{document}", words, spaced, mentions=masks)


def _paint_re3d(masks, words, start, end, label):
    while start < end and words[start].lower() in ("the", "a", "an") or (start < end and words[start] in kinds.TITLES):
        start += 1
    span = words[start:end]
    if not span:
        return
    kind = RE3D[label](" ".join(span))
    if not _is_name(span, label):
        masks[start:end] = [masks[at] | either((kind,)) for at in range(start, end)]
    elif not any(mask & PAINTED == mask for mask in masks[start:end]):
        paint(masks, start, end, kind)


def _is_name(span, label):
    if label == "Temporal":
        return any(w in kinds.DAYS or w in kinds.MONTHS or w[:1].isdigit() for w in span)
    if label in ("Person", "Organisation", "Location"):
        small = ("of", "the", "and", "for", "al", "-", "in", "on")
        return span[0] not in kinds.PRONOUNS and all(w[:1].isupper() or w in small or w[:1].isdigit() for w in span)
    return True


GUM_KINDS = {
    "person": lambda _: "person",
    "organization": kinds.organisation,
    "place": kinds.location,
    "event": lambda _: "event_name",
    "time": lambda _: "time",
}


def gum_entities(sentence):
    """(start, end, type, minimal words, linked) of every entity of a GUM sentence that opens and closes in it."""
    stack, found = [], []
    for at, cell in enumerate(sentence.entities):
        for match in re.finditer(r"\((\d+)-([^()]*)|(\d*)\)", cell):
            if match.group(1):
                fields = match.group(2).split("-")
                stack.append((match.group(1), at, fields))
                continue
            wanted = match.group(3)
            for depth in range(len(stack) - 1, -1, -1):
                if not wanted or stack[depth][0] == wanted:
                    _, start, fields = stack.pop(depth)
                    found.append((start, at + 1, fields))
                    break
    return found


def gum_mentions(sentence):
    """Masks for a GUM sentence: entities whose minimal span is proper nouns are names; mixed ones are unknown."""
    masks = outside(sentence.words)
    for start, end, fields in sorted(gum_entities(sentence), key=lambda e: e[0] - e[1]):
        if len(fields) >= 5 and re.fullmatch(r"[\d,]+", fields[4]):
            _paint_gum(masks, sentence, start, end, fields)
    return masks


def _paint_gum(masks, sentence, start, end, fields):
    picks = [start + int(n) - 1 for n in fields[4].split(",")]
    first, last = min(picks), min(max(picks) + 1, end)
    while first < last and sentence.words[first] in kinds.TITLES:
        first += 1
    tags = sentence.upos[first:last]
    if not any(t == "PROPN" for t in tags) or first >= last:
        return
    named = all(t in ("PROPN", "ADP", "DET", "NUM", "PUNCT", "CCONJ", "PART") for t in tags) and tags[0] == "PROPN"
    if named and fields[0] in GUM_KINDS:
        paint(masks, first, last, GUM_KINDS[fields[0]](" ".join(sentence.words[first:last])))
    else:
        masks[first:last] = [ALL] * (last - first)


def labelled(folder, split):
    """The project's own labelled sentences of a split, from every .toml under `folder`."""
    found = []
    for path in sorted(folder.rglob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        if data.get("split", "train") == split:
            for row in data.get("sentence", []) + data.get("paragraph", []):
                found += _own_sentences(path.stem, row)
    return found


def _own_sentences(name, row):
    text = row["text"]
    places = [(kind, find_label(text, label)) for kind, label in row.get("mentions", [])]
    for spans in corpora.split_sentences(text, corpora.tokenise(text)):
        words = [text[a:b] for a, b in spans]
        masks = [bit("O")] * len(words)
        for kind, place in places:
            inner = [i for i, (a, b) in enumerate(spans) if place and b > place[0] and a < place[1]]
            if inner:
                paint(masks, inner[0], inner[-1] + 1, kind)
        spaced = [i == 0 or spans[i - 1][1] < a for i, (a, _) in enumerate(spans)]
        yield corpora.Sentence("own", name, words, spaced, mentions=masks)


def find_label(text, label):
    """The character span of a label; `words#2` is the second place where the words stand."""
    match = re.match(r"^(.*?)#([1-9]\d*)$", label, re.S)
    words, number = (match[1], int(match[2])) if match else (label, 1)
    places = [m.start() for m in re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", text)]
    return (places[number - 1], places[number - 1] + len(words)) if len(places) >= number else None


def spans_of(tags):
    """The mentions (start, end, kind) of BIO tags; an I without its B begins one."""
    found, start, kind = set(), None, None
    for at, tag in enumerate(list(tags) + ["O"]):
        if start is not None and tag != f"I-{kind}":
            found.add((start, at, kind))
            start = None
        if tag != "O" and start is None:
            start, kind = at, tag[2:]
    return found
