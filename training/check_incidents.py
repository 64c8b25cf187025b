#!/usr/bin/env python3
"""Check the label files under training/data/incidents and print what they hold.

Usage: python3 training/check_incidents.py [FOLDER]

Every sentence must stand exactly once in the paragraphs of its article, every
trigger and number in its sentence, every key must exist, every type must be a
root of PLOVER 0.8, a reprint must have the reports of its original that its text
still holds, and the test files must be about a third. Prints one line a mistake
and exits 1 if there is any.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

from label_text import LabelError, occurrences, resolve

TYPES = set(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST "
    "ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
)
NUMBERS = set("killed wounded displaced arrested abducted missing released troops people money".split())
FILE_KEYS = set("split theme article incident".split())
ARTICLE_KEYS = set("key publisher published title paragraphs reprint_of".split())
INCIDENT_KEYS = set("key type note report".split())
REPORT_KEYS = set("article sentence trigger stance number".split())
ARTICLES = range(5, 10)
SENTENCES = range(3, 10)
TEST_SHARE = (0.25, 0.45)
AT_LEAST = {"in two articles or more": 75, "with one report": 60}


class Check:
    """Collects the mistakes and the counts of all files."""

    def __init__(self) -> None:
        self.mistakes: list[str] = []
        self.counts: Counter = Counter()

    def wrong(self, where: str, what: str) -> None:
        """Keep one mistake."""
        self.mistakes.append(f"{where}: {what}")

    def keys(self, where: str, table: dict, known: set[str], needed: set[str]) -> None:
        """Keep a mistake for every key that is unknown or lacking."""
        for key in sorted(table.keys() - known):
            self.wrong(where, f"unknown key {key!r}")
        for key in sorted(needed - table.keys()):
            self.wrong(where, f"{key!r} is lacking")


def text_of(article: dict) -> str:
    """The paragraphs of an article as one text; the title is not part of it."""
    return "\n\n".join(article["paragraphs"])


def sentence_count(text: str) -> int:
    """About how many sentences a text has: ends of sentences before a capital, and the last one."""
    return len(re.findall(r"[.!?][\"')]*\s+(?=[\"'(]*[A-Z0-9])", text)) + 1


def check_article(check: Check, where: str, article: dict, earlier: dict[str, dict]) -> None:
    """Check one article; `earlier` holds those of the file that stand before it, by key."""
    check.keys(where, article, ARTICLE_KEYS, ARTICLE_KEYS - {"reprint_of"})
    if article["key"] in earlier:
        check.wrong(where, "the key is used twice")
    try:
        date.fromisoformat(article["published"])
    except ValueError:
        check.wrong(where, f"published is no day: {article['published']!r}")
    if sentence_count(text_of(article)) not in SENTENCES:
        check.wrong(where, f"{sentence_count(text_of(article))} sentences")
    if "reprint_of" in article:
        check_reprint(check, where, article, earlier.get(article["reprint_of"]))


def check_reprint(check: Check, where: str, article: dict, first: dict | None) -> None:
    """A reprint names an earlier article of another publisher that is no reprint itself."""
    if first is None or "reprint_of" in first:
        check.wrong(where, "reprint_of names no earlier original")
    elif first["publisher"] == article["publisher"] or first["published"] > article["published"]:
        check.wrong(where, "a reprint has another publisher and is not older")


def check_report(check: Check, where: str, report: dict, articles: dict[str, dict]) -> None:
    """Check one report: where it stands, its trigger and its numbers."""
    check.keys(where, report, REPORT_KEYS, {"article", "sentence", "trigger"})
    article, sentence = articles.get(report["article"]), report["sentence"]
    if article is None:
        check.wrong(where, f"no article {report['article']!r}")
        return
    if (found := len(occurrences(text_of(article), sentence))) != 1:
        check.wrong(where, f"stands {found} times in {report['article']!r}: {sentence!r}")
    if report.get("stance", "denies") != "denies":
        check.wrong(where, f"stance is {report['stance']!r}")
    labels = [report["trigger"], *report.get("number", {}).values()]
    for label in labels:
        try:
            resolve(sentence, label)
        except LabelError as error:
            check.wrong(where, str(error))
    for kind in sorted(report.get("number", {}).keys() - NUMBERS):
        check.wrong(where, f"number is {kind!r}")


def check_incident(check: Check, where: str, incident: dict, articles: dict[str, dict]) -> None:
    """Check one incident and all its reports."""
    check.keys(where, incident, INCIDENT_KEYS, INCIDENT_KEYS)
    if incident["type"] not in TYPES:
        check.wrong(where, f"type is {incident['type']!r}")
    for report in incident.get("report", []):
        check_report(check, where, report, articles)


def check_once(check: Check, where: str, incidents: list[dict]) -> None:
    """No key of an incident and no word of a sentence is used for two reports."""
    keys = Counter(incident["key"] for incident in incidents)
    places = Counter(
        (report["article"], report["sentence"], report["trigger"])
        for incident in incidents
        for report in incident.get("report", [])
    )
    for thing, number in [*keys.items(), *places.items()]:
        if number > 1:
            check.wrong(where, f"used {number} times: {thing!r}")


def check_copies(check: Check, where: str, data: dict) -> None:
    """Where a reprint still holds the sentence of a report, it has that report too."""
    for copy in (article for article in data["article"] if "reprint_of" in article):
        text = text_of(copy)
        for incident in data["incident"]:
            rows = {article: set() for article in (copy["key"], copy["reprint_of"])}
            for report in incident["report"]:
                rows.get(report["article"], set()).add((report["sentence"], report["trigger"]))
            for sentence, trigger in sorted(rows[copy["reprint_of"]] - rows[copy["key"]]):
                if occurrences(text, sentence):
                    check.wrong(f"{where} {copy['key']}", f"lacks the report {trigger!r} of {incident['key']!r}")


def count_file(check: Check, data: dict) -> None:
    """Count what the README tells of, by split."""
    split = data["split"]
    origin = {article["key"]: article.get("reprint_of", article["key"]) for article in data["article"]}
    check.counts[split, "files"] += 1
    check.counts[split, "articles"] += len(data["article"])
    check.counts[split, "reprints"] += sum("reprint_of" in article for article in data["article"])
    for incident in data["incident"]:
        reports = incident["report"]
        check.counts[split, "incidents"] += 1
        check.counts[split, "reports"] += len(reports)
        check.counts[split, "with one report"] += len(reports) == 1
        check.counts[split, "in two articles or more"] += len({r["article"] for r in reports}) > 1
        check.counts[split, "in two stories or more"] += len({origin[r["article"]] for r in reports}) > 1
        check.counts[split, "denied by someone"] += any("stance" in r for r in reports)


def check_file(check: Check, path: Path) -> None:
    """Check one file, and count it if nothing in it is wrong."""
    data, before = tomllib.loads(path.read_text(encoding="utf-8")), len(check.mistakes)
    check.keys(path.name, data, FILE_KEYS, FILE_KEYS)
    if data["split"] not in ("train", "test"):
        check.wrong(path.name, f"split is {data['split']!r}")
    if len(data["article"]) not in ARTICLES:
        check.wrong(path.name, f"{len(data['article'])} articles")
    articles: dict[str, dict] = {}
    for article in data["article"]:
        check_article(check, f"{path.name} {article['key']}", article, articles)
        articles[article["key"]] = article
    for incident in data["incident"]:
        check_incident(check, f"{path.name} {incident['key']}", incident, articles)
    check_once(check, path.name, data["incident"])
    check_copies(check, path.name, data)
    if len(check.mistakes) == before:
        count_file(check, data)


def check_shares(check: Check) -> None:
    """There are incidents enough, and test files hold about a third of the files and of the incidents."""
    for what, least in AT_LEAST.items():
        if (found := check.counts["test", what] + check.counts["train", what]) < least:
            check.wrong("all files", f"{found} incidents {what}, fewer than {least}")
    for what in ("files", "incidents"):
        test, train = check.counts["test", what], check.counts["train", what]
        share = test / max(test + train, 1)
        if not TEST_SHARE[0] <= share <= TEST_SHARE[1]:
            check.wrong("all files", f"the test share of {what} is {share:.2f}")


def main() -> int:
    """Check all files of the folder and print the counts."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "data" / "incidents"
    check, paths = Check(), sorted(folder.glob("*.toml"))
    for path in paths:
        check_file(check, path)
    check_shares(check)
    for split in ("train", "test"):
        rows = [f"{what} {number}" for (where, what), number in check.counts.items() if where == split]
        print(f"{split}: " + ", ".join(rows))
    for mistake in check.mistakes:
        print("WRONG " + mistake)
    print(f"{len(paths)} files, {len(check.mistakes)} mistakes")
    return 1 if check.mistakes or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
