#!/usr/bin/env python3
"""Check the label files under training/data and print what they hold.

Usage: python3 training/check_labels.py [FOLDER]

The files under incidents are of another form: check_incidents.py checks them.

Every string must be found in its text, every kind must be known, mentions must
stand in order without overlap, and parents and tellers must exist. Prints one
line a mistake and exits 1 if there is any.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from pathlib import Path

from label_text import LabelError, resolve, spans

MENTIONS = set(
    "person organisation armed_group government place facility nationality media "
    "weapon event_name time number".split()
)
CLAIM_VALUES = {
    "quote": set("direct mixed indirect topic".split()),
    "stance": set(
        "asserts confirms denies doubts speculates accuses threatens promises demands asks declines relays".split()
    ),
    "class": set("say write believe perceive intend decree show".split()),
    "naming": set("named described bare collective outlet none".split()),
    "kind": set(
        "person office organisation armed_group government media document witnesses public unknown".split()
    ),
}
CLAIM_KEYS = set(CLAIM_VALUES) | set("source cue content anonymous negated parent source_name".split())
REQUEST_MODES = set("assist change yield meet".split())
MODES = {
    "AGREE": set(),
    "CONSULT": set("visit third-party multilateral phone".split()),
    "SUPPORT": set(),
    "CONCEDE": set(),
    "COOPERATE": set(),
    "AID": set(),
    "RETREAT": set("withdraw release disarm ceasefire access resign".split()),
    "REQUEST": REQUEST_MODES,
    "ACCUSE": set("disapprove investigate allege".split()),
    "REJECT": REQUEST_MODES,
    "THREATEN": set("restrict arrest relations expel territory violence".split()),
    "PROTEST": set("demo riot strike hunger boycott obstruct vandalize".split()),
    "SANCTION": set("convict expel withdraw discontinue".split()),
    "MOBILIZE": set("troops weapons police militia".split()),
    "COERCE": set(
        "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber".split()
    ),
    "ASSAULT": set(
        "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack "
        "aerial drone heavy-weapons crowd-control unconventional".split()
    ),
}
STATUSES = set("happened denied disputed alleged planned threatened hypothetical background unclear".split())
EVENT_KEYS = set("trigger type mode actor recipient place time numbers status teller".split())
NUMBERS = set("killed wounded displaced arrested abducted missing released troops people money".split())


class Report:
    """Collects mistakes and counts over all files."""

    def __init__(self) -> None:
        self.mistakes: list[str] = []
        self.counts: dict[str, Counter] = {}

    def count(self, table: str, value: str) -> None:
        """Add one to a row of a table of counts."""
        self.counts.setdefault(table, Counter())[value] += 1

    def wrong(self, where: str, what: str) -> None:
        """Keep one mistake."""
        self.mistakes.append(f"{where}: {what}")

    def known(self, where: str, name: str, value: object, allowed: set[str]) -> None:
        """Keep a mistake if `value` is not among the allowed ones."""
        if value not in allowed:
            self.wrong(where, f"{name} is {value!r}")

    def placed(self, where: str, text: str, label: str | list[str]) -> list[tuple[int, int]]:
        """Return the spans of a label, or keep the mistake and return none."""
        try:
            return spans(text, label)
        except LabelError as error:
            self.wrong(where, str(error))
            return []


def check_mentions(report: Report, where: str, text: str, mentions: list) -> None:
    """Check kinds, places, order and overlaps of one text's mentions."""
    last = 0
    for kind, words in mentions:
        report.known(where, "mention kind", kind, MENTIONS)
        report.count("mention", kind)
        try:
            start, end = resolve(text, words)
        except LabelError as error:
            report.wrong(where, str(error))
            continue
        if start < last:
            report.wrong(where, f"mention out of order or overlapping: {words!r}")
        last = end


def check_claim(report: Report, where: str, text: str, claim: dict, nth: int, all_claims: list) -> None:
    """Check one claim; `nth` counts from 1."""
    for key in claim.keys() - CLAIM_KEYS:
        report.wrong(where, f"claim has an unknown key {key!r}")
    for key, allowed in CLAIM_VALUES.items():
        report.known(where, key, claim.get(key), allowed)
        report.count(key, str(claim.get(key)))
    parts = {key: report.placed(where, text, claim.get(key, "")) for key in ("source", "cue", "content")}
    if not parts["cue"]:
        report.wrong(where, f"claim {nth} has no cue")
    if (not parts["source"]) != (claim.get("naming") == "none"):
        report.wrong(where, f"claim {nth}: no source and naming 'none' go together")
    for key in ("anonymous", "negated"):
        report.known(where, key, claim.get(key), {True, False})
    check_disjoint(report, where, parts)
    check_parent(report, where, claim, nth, all_claims)
    count_claim(report, claim)


def check_names(report: Report, where: str, passages: list[dict], publisher: str) -> None:
    """Every word of a resolved source must stand in the sentence, or in the story or its publisher."""
    text = " ".join([publisher] + [passage["text"] for passage in passages]).lower()
    for passage in passages:
        for claim in passage.get("claim", []):
            for word in re.findall(r"\w{4,}", claim.get("source_name", "").lower()):
                if word not in text:
                    report.wrong(where, f"source_name has a word that the text lacks: {word!r}")


def check_disjoint(report: Report, where: str, parts: dict) -> None:
    """A cue must not share a character with its own source or content."""
    for key in ("source", "content"):
        for start, end in parts["cue"]:
            if any(start < other[1] and other[0] < end for other in parts[key]):
                report.wrong(where, f"cue and {key} overlap")


def check_parent(report: Report, where: str, claim: dict, nth: int, all_claims: list) -> None:
    """A parent is another claim of the same text, and no chain is a ring."""
    seen, at = {nth}, claim.get("parent")
    while at is not None:
        if at in seen or not 1 <= at <= len(all_claims):
            report.wrong(where, f"claim {nth} has a bad parent {at}")
            return
        seen.add(at)
        at = all_claims[at - 1].get("parent")


def count_claim(report: Report, claim: dict) -> None:
    """Count what the targets of the data sheet name."""
    for name, holds in (
        ("claims", True),
        ("anonymous", claim.get("anonymous")),
        ("negated", claim.get("negated")),
        ("nested", "parent" in claim),
        ("no source", claim.get("naming") == "none"),
    ):
        if holds:
            report.count("claim", name)


def check_event(report: Report, where: str, text: str, event: dict, claims: int) -> None:
    """Check one event."""
    for key in event.keys() - EVENT_KEYS:
        report.wrong(where, f"event has an unknown key {key!r}")
    kind, mode = event.get("type"), event.get("mode", "")
    report.known(where, "type", kind, set(MODES))
    report.known(where, f"mode of {kind}", mode, MODES.get(kind, set()) | {""})
    report.known(where, "status", event.get("status"), STATUSES)
    report.count("type", str(kind))
    report.count("status", str(event.get("status")))
    for key in ("actor", "recipient"):
        report.placed(where, text, event.get(key, []))
    for key in ("trigger", "place", "time"):
        report.placed(where, text, event.get(key, ""))
    if not event.get("trigger"):
        report.wrong(where, "event has no trigger")
    for key, words in event.get("numbers", {}).items():
        report.known(where, "number", key, NUMBERS)
        report.placed(where, text, words)
    if not 1 <= event.get("teller", 1) <= max(claims, 1):
        report.wrong(where, f"teller {event['teller']} does not exist")
    if "teller" in event and not claims:
        report.wrong(where, "teller without a claim")


def check_passage(report: Report, where: str, passage: dict) -> None:
    """Check one sentence or one paragraph of a story."""
    text, claims, events = passage["text"], passage.get("claim", []), passage.get("event", [])
    report.count("text", "passages")
    check_mentions(report, where, text, passage["mentions"])
    for nth, claim in enumerate(claims, 1):
        check_claim(report, where, text, claim, nth, claims)
    for event in events:
        check_event(report, where, text, event, len(claims))
    if not events:
        report.count("text", "passages without an event")
    if any("parent" in claim for claim in claims):
        report.count("text", "passages with a nested chain")


def check_file(report: Report, path: Path) -> None:
    """Check one file of sentences or one story."""
    with path.open("rb") as handle:
        data = tomllib.load(handle)
    report.known(path.name, "split", data.get("split"), {"train", "test"})
    passages = data.get("sentence", []) + data.get("paragraph", [])
    report.count("files", f"{path.parent.name}, {data.get('split')}")
    for nth, passage in enumerate(passages, 1):
        report.count("passages", f"{path.parent.name}, {data.get('split')}")
        where = f"{path.parent.name}/{path.name} {nth}"
        check_passage(report, where, passage)
        if "sentence" in data:
            check_names(report, where, [passage], "")
    check_names(report, f"{path.parent.name}/{path.name}", data.get("paragraph", []), data.get("publisher", ""))


def main() -> int:
    """Check all files under the folder and print the counts."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data"
    report = Report()
    paths = sorted(path for path in folder.glob("**/*.toml") if path.parent.name != "incidents")
    for path in paths:
        check_file(report, path)
    for table, counter in report.counts.items():
        print(table + ": " + ", ".join(f"{name} {n}" for name, n in sorted(counter.items())))
    for mistake in report.mistakes:
        print("WRONG " + mistake)
    print(f"{len(paths)} files, {len(report.mistakes)} mistakes")
    return 1 if report.mistakes or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
