"""How a string of a label file is found in its text.

A label names a stretch of text by its words. Most strings occur once. A string
that occurs more than once carries its number: "the army#2" is the second. An
occurrence that begins or ends inside a word does not count, so that "it" is
never found inside "with".
"""

from __future__ import annotations

import re

NUMBERED = re.compile(r"^(?P<words>.*?)#(?P<number>[1-9]\d*)$", re.DOTALL)


class LabelError(ValueError):
    """A string that cannot be placed in its text."""


def occurrences(text: str, words: str) -> list[int]:
    """Return every character offset at which `words` stands as whole words."""
    found, at = [], text.find(words)
    while at >= 0:
        if _whole(text, at, at + len(words)):
            found.append(at)
        at = text.find(words, at + 1)
    return found


def _whole(text: str, start: int, end: int) -> bool:
    """Say whether neither end of the stretch cuts a word in two."""
    cut_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_after = end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    return not (cut_before or cut_after)


def resolve(text: str, label: str) -> tuple[int, int]:
    """Return the half-open character span of `label` in `text`.

    Raises LabelError when the words are absent, or occur more than once and
    the label does not say which.
    """
    match = NUMBERED.match(label)
    words = match["words"] if match else label
    found = occurrences(text, words)
    if not found:
        raise LabelError(f"not in the text: {label!r}")
    if match is None:
        if len(found) > 1:
            raise LabelError(f"occurs {len(found)} times, say which: {label!r}")
        return found[0], found[0] + len(words)
    number = int(match["number"])
    if number > len(found):
        raise LabelError(f"occurs {len(found)} times only: {label!r}")
    start = found[number - 1]
    return start, start + len(words)


def spans(text: str, label: str | list[str]) -> list[tuple[int, int]]:
    """Return the spans of a label that may be a string, a list, or empty."""
    labels = [label] if isinstance(label, str) else label
    return [resolve(text, one) for one in labels if one]


def byte_span(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """Turn a character span into a UTF-8 byte span."""
    start = len(text[: span[0]].encode())
    return start, start + len(text[span[0] : span[1]].encode())
