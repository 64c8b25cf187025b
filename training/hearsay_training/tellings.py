"""Attributions and events as training examples: cues, the words of their source and content, triggers, the words of their roles.

PolNeAR marks outermost attributions only, so words inside the content of one say nothing about cues. Our own labels mark all.
Sentences of PLOVER's data know their type, source and target but not the word that tells the act.
Four heads learn from our own labels alone, since no corpus has what they tell or marks it as we do: `inner` (every cue, nested
ones too), `stance` (at a cue's first word), `acts` (triggers, with sentences that only look like an event) and `status` (at a
trigger's first word).
"""

import csv
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

from . import corpora, mentions

sys.path.insert(0, str(Path(__file__).parent.parent))
from label_text import LabelError, spans  # noqa: E402

CUES = ["O", "B-cue", "I-cue"]
PARTS = ["none", "source", "content"]
TYPES = [
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
    "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
]  # fmt: skip
TRIGGERS = ["none", *TYPES]
ROLES = ["none", "actor", "recipient", "place", "time"]
STANCES = [
    "asserts", "confirms", "denies", "doubts", "speculates", "accuses", "threatens", "promises", "demands", "asks",
    "declines", "relays",
]  # fmt: skip
STATUSES = ["happened", "denied", "disputed", "alleged", "planned", "threatened", "hypothetical", "background", "unclear"]
STANCE = ["none", *STANCES]
STATUS = ["none", *STATUSES]
# What a word is asked for by itself; the first two are known from several corpora, the others from our labels alone.
TAGS = ("cues", "triggers", "inner", "acts", "stance", "status")
IGNORE = -100
LONGEST = 120


def polnear(split):
    """The sentences of PolNeAR's articles, the first annotator's marks."""
    root = corpora.bench() / "attribution/polnear" / split
    first = {}
    for path in sorted((root / "attributions").glob("*.ann")):
        first.setdefault(path.stem.rsplit("_", 1)[0], path)
    for name, path in first.items():
        text = (root / "text" / f"{name}.txt").read_bytes().decode()
        yield from sentences_of("polnear", name, text, attributions(path), [], nested=False)


def attributions(path):
    """The attributions of a brat file: character spans by role."""
    places, events = {}, []
    for line in path.read_text(encoding="utf-8").splitlines():
        part = line.split("\t")
        if len(part) > 1 and re.match(r"T\d+$", part[0]):
            places[part[0]] = [tuple(map(int, s.split())) for s in part[1].split(" ", 1)[1].split(";")]
        elif len(part) > 1 and re.match(r"E\d+$", part[0]):
            roles = defaultdict(list)
            for piece in part[1].split():
                role, which = piece.split(":")
                roles[re.sub(r"\d+$", "", role).lower()] += places.get(which, [])
            events.append(roles)
    return events


def own(folder, split):
    """The project's labelled sentences of a split with their claims and events."""
    for path in sorted(folder.rglob("*.toml")):
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        if found.get("split", "train") == split:
            for row in found.get("sentence", []) + found.get("paragraph", []):
                claims = []
                for claim in row.get("claim", []):
                    placed = _placed(row["text"], claim, ("source", "cue", "content"))
                    claims.append(placed | {"stance": claim["stance"]})
                events = []
                for event in row.get("event", []):
                    placed = _placed(row["text"], event, ("trigger", "actor", "recipient", "place", "time"))
                    events.append(placed | {"type": event["type"], "status": event["status"]})
                yield from sentences_of("own", path.stem, row["text"], claims, events, nested=True, events_known=True)


def _placed(text, row, names):
    made = {}
    for name in names:
        try:
            made[name] = spans(text, row.get(name, ""))
        except LabelError:
            made[name] = []
    return made


def sentences_of(source, name, text, claims, events, nested, events_known=False):
    """Cuts a text and gives every sentence the marks that fall into it."""
    for places in corpora.split_sentences(text, corpora.tokenise(text)):
        places = places[:LONGEST]
        words = [text[a:b] for a, b in places]
        spaced = [i == 0 or places[i - 1][1] < a for i, (a, _) in enumerate(places)]
        made = corpora.Sentence(source, name, words, spaced)
        made.cues, made.parts = _claims(places, claims, nested)
        made.triggers, made.roles = _events(places, events) if events_known else (None, [])
        if events_known:
            made.inner, made.acts = made.cues, made.triggers
            made.stance = _at_first(places, claims, "cue", "stance", STANCE)
            made.status = _at_first(places, events, "trigger", "status", STATUS)
        made.type = None
        yield made


def inside(places, wanted):
    """The words that stand in any of the spans."""
    return [i for i, (a, b) in enumerate(places) if any(b > s and a < e for s, e in wanted)]


def _claims(places, claims, nested):
    cues, parts = [0] * len(places), []
    if not nested:
        for claim in claims:
            for at in inside(places, claim["content"]):
                cues[at] = IGNORE
    for claim in claims:
        words = inside(places, claim["cue"])
        if not words:
            continue
        for before, at in zip([None, *words], words):
            cues[at] = 2 if before is not None and before == at - 1 else 1
        # A broken cue ("did ... say") is one mark a run; the claim hangs on its first word.
        labels = [0] * len(places)
        for at in inside(places, claim["content"]):
            labels[at] = 2
        for at in inside(places, claim["source"]):
            labels[at] = 1
        parts.append((words[0], labels))
    return cues, parts


def _events(places, events):
    triggers, roles = [0] * len(places), []
    for event in events:
        words = inside(places, event["trigger"])
        if not words or event["type"] not in TYPES:
            continue
        triggers[words[0]] = TRIGGERS.index(event["type"])
        for at in words[1:]:
            triggers[at] = IGNORE
        labels = [0] * len(places)
        for role in ("time", "place", "recipient", "actor"):
            for at in inside(places, event[role]):
                labels[at] = ROLES.index(role)
        roles.append((words[0], labels))
    return triggers, roles


def _at_first(places, rows, where, what, labels):
    """What a row says of itself, at the first word of its cue or trigger; nothing is known of the other words."""
    made = [IGNORE] * len(places)
    for row in rows:
        words = inside(places, row[where])
        if words and row[what] in labels:
            made[words[0]] = labels.index(row[what])
    return made


def plover():
    """PLOVER's training sentences: the type, and which words are its source and its target."""
    path = corpora.bench() / "events/plover/PLV_train.tsv"
    csv.field_size_limit(10**7)
    for row in csv.DictReader(open(path, encoding="utf-8"), delimiter="\t"):
        if row["gold_root"] not in TYPES:
            continue
        text = row["sentence"]
        marked = row["marked_sentence"]
        spans_ = {"s": _tagged(marked, "s"), "t": _tagged(marked, "t")}
        for made in sentences_of("plover", row["sentence_id"], text, [], [], nested=True):
            places = corpora.tokenise(text)[: len(made.words)]
            made.cues = None
            made.type = TYPES.index(row["gold_root"]) + 1
            labels = [0] * len(made.words)
            for role, name in ((2, "t"), (1, "s")):
                for at in inside(places, spans_[name]):
                    labels[at] = role
            made.roles = [(-1, labels)]
            yield made
            break


def _tagged(marked, name):
    """The span of <name>...</name>, counted without any tags."""
    found, out = [], 0
    open_at = None
    for piece in re.split(r"(</?[st]>)", marked):
        if piece == f"<{name}>":
            open_at = out
        elif piece == f"</{name}>" and open_at is not None:
            found.append((open_at, out))
        elif not re.fullmatch(r"</?[st]>", piece):
            out += len(piece)
    return found
