"""Collects the training pages as scraped text: pages.py WORK

Besides the sets that are scraped text already, HTML pages are turned into text, pages are cropped to little more than their
story (as people save them, with empty lines), and a second story of another page is set in after the first."""
import hashlib
import json
import lzma
import os
import random
import re
import sys

BENCH = os.environ.get("HEARSAY_BENCH", os.path.join(os.path.dirname(__file__), "../../../shared/bench"))
WORD = re.compile(r"\w+")


def norm(text):
    return " ".join(WORD.findall(text.lower()))


def load(name):
    with lzma.open(os.path.join(BENCH, "pages", name + ".jsonl.xz"), "rt", encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def publisher(page):
    """Pages of one publisher stay in one fold."""
    if "/V" in page["id"]:
        return page["id"].split("/")[0]
    host = (page.get("url") or page["id"]).split("//")[-1].split("/")[0]
    return re.sub(r"^www\.", "", host)


def fold(page, folds=5):
    return int(hashlib.md5(publisher(page).encode()).hexdigest(), 16) % folds


def flattened(name):
    from inscriptis import get_text

    for page in load(name):
        if len(page["html"]) > 1_500_000:
            continue
        try:
            text = get_text(page.pop("html"))
        except Exception as error:  # A page that the converter cannot take is left out and named.
            print("left out", page["id"], repr(error)[:80], file=sys.stderr)
            continue
        lines = (" ".join(line.split()) for line in text.split("\n"))
        yield {**page, "text": "\n".join(line for line in lines if line)}


def body_lines(page):
    """For each line, the number of the story of which it is a paragraph, or -1."""
    paragraphs = [{norm(p) for p in body.split("\n") if norm(p)} for body in page["gold"]["bodies"]]
    return [next((i for i, p in enumerate(paragraphs) if norm(line) in p), -1) for line in page["text"].split("\n")]


def title_line(page):
    titles = [norm(t) for t in (page["gold"].get("titles") or []) if t]
    return next((n for n, line in enumerate(page["text"].split("\n")) if norm(line) and norm(line) in titles), None)


def crop(page, rng, short):
    lines, body = page["text"].split("\n"), [n for n, x in enumerate(body_lines(page)) if x == 0]
    if len(body) < 3:
        return None
    title = title_line(page)
    first = body[0] if title is None or title > body[0] or body[0] - title > 40 else title
    above, below = rng.choice([0, 0, 1, 2, 4, 8, 15]), rng.choice([0, 0, 0, 1, 2, 4, 8])
    last = body[min(len(body) - 1, rng.randint(2, 8))] if short else body[-1]
    kept = lines[max(0, first - above):last + 1] + lines[body[-1] + 1:body[-1] + 1 + below]
    if rng.random() < 0.6:
        kept = [x for line in kept for x in ((line, "") if rng.random() < 0.8 else (line,))]
    return {**page, "text": "\n".join(kept), "url": page.get("url") if rng.random() < 0.3 else None}


def join(page, other, rng):
    """The page with another page's story set in after its own."""
    lines, body = page["text"].split("\n"), [n for n, x in enumerate(body_lines(page)) if x == 0]
    lines2, body2, title = other["text"].split("\n"), [n for n, x in enumerate(body_lines(other)) if x == 0], title_line(other)
    if len(body) < 3 or len(body2) < 3 or title is None or title > body2[0] or body2[0] - title > 30:
        return None
    at = min(body[-1] + 1 + rng.choice([0, 0, 2, 5, 10, 20]), len(lines))
    second = lines2[max(0, title - rng.choice([0, 0, 1, 2, 4])):body2[-1] + 1 + rng.choice([0, 2, 5])]
    both = {key: (page["gold"].get(key) or [])[:1] + (other["gold"].get(key) or [])[:1] for key in ("bodies", "titles")}
    captions = (page["gold"].get("captions") or []) + (other["gold"].get("captions") or [])
    return {**page, "text": "\n".join(lines[:at] + second + lines[at:]), "gold": {**both, "captions": captions}}


def main():
    rng = random.Random(7)
    sets = {"flat": load("flat"), "flat-two-stories": load("flat-two-stories")}
    sets |= {name: list(flattened(name)) for name in ("scrapinghub", "web-articles")}
    pages = [(name, page) for name, rows in sets.items() for page in rows]
    for name in ("flat", "scrapinghub", "web-articles"):
        for page in sets[name]:
            ways = (True, False) if name == "flat" else (rng.random() < 0.5,)
            pages += [("crop", made) for short in ways if (made := crop(page, rng, short))]
    for page in sets["flat"]:
        mates = [o for o in sets["flat"] if o is not page and fold(o) == fold(page) and set(o.get("lang") or []) & set(page.get("lang") or [])]
        pages += [("join", made) for other in rng.sample(mates, min(4, len(mates))) if (made := join(page, other, rng))]
    with open(os.path.join(sys.argv[1], "pages.jsonl"), "w", encoding="utf-8") as f:
        for name, page in pages:
            f.write(json.dumps({**page, "set": name}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main()
