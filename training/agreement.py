#!/usr/bin/env python3
"""Measure how far two careful readers agree on the labels of the same texts.

Usage: python3 training/agreement.py [SECOND] [FIRST]

SECOND holds the label files of a second reader (data/second), FIRST those of
the first (data/sentences), by the same file names and with the same texts. The
first reader is taken for right and the second is scored as the program is:
`hearsay-eval told` and `hearsay-eval acts` say what counts as found (numbers
are left out, and the trigger is a share of the acts found). No program can be
asked for more than this.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path

from label_text import spans

VALUES = ("quote", "stance", "class", "naming", "kind", "anonymous", "negated")
WORD = re.compile(r"\w+")


class Score:
    """Right, found and expected things of one kind."""

    def __init__(self) -> None:
        self.right = self.found = self.gold = 0

    def f1(self) -> float:
        """Return F1 in hundredths."""
        return 200 * self.right / max(1, self.found + self.gold)

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.found), self.right / max(1, self.gold)
        return f"P {100 * precision:.1f} R {100 * recall:.1f} F1 {self.f1():.1f} of {self.gold}"


def words_in(text: str, places: list[tuple[int, int]]) -> set[int]:
    """Return the starts of the words that stretches of a text touch."""
    found = ((m.start(), m.end()) for m in WORD.finditer(text))
    return {a for a, b in found if any(a < end and start < b for start, end in places)}


def touches(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> bool:
    """Say whether any two stretches share a character."""
    return any(a < d and c < b for a, b in one for c, d in other)


def overlap(one: set[int], other: set[int]) -> float:
    """Return intersection over union; two empty sets are alike."""
    return len(one & other) / len(one | other) if one | other else 1.0


def pairs(score: list[list[float]]) -> list[tuple[int, int]]:
    """Pair rows with columns, the best first, from half upward."""
    best = sorted(((s, -i, -j) for i, row in enumerate(score) for j, s in enumerate(row) if s >= 0.5), reverse=True)
    rows, columns, found = set(), set(), []
    for _, i, j in best:
        if -i not in rows and -j not in columns:
            rows.add(-i)
            columns.add(-j)
            found.append((-i, -j))
    return found


class Claims:
    """Agreement on claims."""

    def __init__(self) -> None:
        self.found, self.linked, self.chains = Score(), Score(), Score()
        self.values = dict.fromkeys(VALUES, 0)
        self.stances = defaultdict(Score)

    def add(self, text: str, first: list[dict], second: list[dict]) -> None:
        """Count one passage."""
        alike = [[self._alike(text, g, f) for f in second] for g in first]
        matched = pairs(alike)
        of_first = dict(matched)
        for score in (self.found, self.linked):
            score.gold += len(first)
            score.found += len(second)
        self.found.right += len(matched)
        for i, j in matched:
            g, f = first[i], second[j]
            same = overlap(*(words_in(text, spans(text, c["source"])) for c in (g, f))) >= 0.5
            self.linked.right += same
            for key in VALUES:
                self.values[key] += g[key] == f[key]
            self.stances[g["stance"]].gold += 1
            self.stances[f["stance"]].found += 1
            self.stances[g["stance"]].right += g["stance"] == f["stance"]
        for i, claim in enumerate(first):
            if claim.get("parent"):
                self.chains.gold += 1
                self.chains.right += self._same_chain(first, second, i, of_first)

    @staticmethod
    def _alike(text: str, first: dict, second: dict) -> float:
        if not touches(*(spans(text, c["cue"]) for c in (first, second))):
            return 0.0
        return overlap(*(words_in(text, spans(text, c["content"])) for c in (first, second)))

    def _same_chain(self, first: list[dict], second: list[dict], at: int, of_first: dict[int, int]) -> bool:
        other = of_first.get(at)
        if other is None:
            return False
        parents = first[at].get("parent"), second[other].get("parent")
        if None in parents:
            return parents == (None, None)
        up, across = parents[0] - 1, parents[1] - 1
        return of_first.get(up) == across and self._same_chain(first, second, up, of_first)

    def show(self) -> None:
        """Print the figures."""
        print(f"claims {self.found}\nwith their source {self.linked}")
        known = [s.f1() for s in self.stances.values() if s.gold]
        print(f"stance of those found, macro-F1 {sum(known) / max(1, len(known)):.1f}")
        for key in VALUES:
            print(f"{key} the same {100 * self.values[key] / max(1, self.found.right):.1f} %")
        print(f"exact chains {100 * self.chains.right / max(1, self.chains.gold):.1f} % of {self.chains.gold}")


class Acts:
    """Agreement on events."""

    def __init__(self) -> None:
        self.types, self.actors, self.recipients = Score(), Score(), Score()
        self.triggers = self.modes = self.statuses = 0

    def add(self, text: str, first: list[dict], second: list[dict]) -> None:
        """Count one passage."""
        self.types.gold += len(first)
        self.types.found += len(second)
        free = list(second)
        for gold in first:
            fits = [f for f in free if f["type"] == gold["type"]]
            fits.sort(key=lambda f: not touches(spans(text, gold["trigger"]), spans(text, f["trigger"])))
            if fits:
                free.remove(fits[0])
                self._compare(text, gold, fits[0])

    def _compare(self, text: str, gold: dict, found: dict) -> None:
        self.types.right += 1
        self.triggers += touches(spans(text, gold["trigger"]), spans(text, found["trigger"]))
        self.modes += gold.get("mode", "") == found.get("mode", "")
        self.statuses += gold["status"] == found["status"]
        for key, score in (("actor", self.actors), ("recipient", self.recipients)):
            wanted, told = ([spans(text, one)[0] for one in e.get(key, [])] for e in (gold, found))
            score.gold += len(wanted)
            score.found += len(told)
            score.right += sum(any(_same(w, t) for t in told) for w in wanted)

    def show(self) -> None:
        """Print the figures."""
        share = 100 / max(1, self.types.right)
        print(f"acts by type {self.types}\nthe same trigger {share * self.triggers:.1f} % of those found")
        print(f"mode the same {share * self.modes:.1f} %, status {share * self.statuses:.1f} %")
        print(f"actor {self.actors}\nrecipient {self.recipients}")


def _same(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    lengths = one[1] - one[0], other[1] - other[0]
    return shared > 0 and 2 * shared >= min(lengths) and 3 * shared >= max(lengths)


def passages(path: Path) -> list[dict]:
    """Return the labelled passages of a file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))["sentence"]


def main() -> None:
    """Compare the two folders and print the figures."""
    here = Path(__file__).parent / "data"
    asked = [Path(a) for a in sys.argv[1:]]
    second = asked[0] if asked else here / "second"
    first = asked[1] if len(asked) > 1 else here / "sentences"
    claims, acts, texts = Claims(), Acts(), 0
    for path in sorted(second.glob("*.toml")):
        for one, other in zip(passages(first / path.name), passages(path), strict=True):
            if one["text"] != other["text"]:
                raise SystemExit(f"{path}: another text than the first reader's: {other['text'][:60]!r}")
            claims.add(one["text"], one.get("claim", []), other.get("claim", []))
            acts.add(one["text"], one.get("event", []), other.get("event", []))
            texts += 1
    print(f"{texts} passages, the second reader held against the first")
    claims.show()
    acts.show()


if __name__ == "__main__":
    main()
