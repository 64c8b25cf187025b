"""Gives every line of the training pages its numbers and its label: rows.py WORK TEXT_ROWS"""
import json
import os
import pickle
import subprocess
import sys

import numpy as np
from pages import fold, norm

NEWS = ("flat", "flat-two-stories", "join")


def label(text, paragraphs, wholes, titles, captions):
    """(is body, is a title, is a caption, number of its story or -1)"""
    words, story = norm(text), -1
    for n, (some, whole) in enumerate(zip(paragraphs, wholes)):
        inside = len(words.split()) >= 4 and f" {words} " in whole
        holds = len(words) > 60 and any(len(p) > 40 and p in words and len(p) > 0.6 * len(words) for p in some)
        if words and (words in some or inside or holds):
            story = n
            break
    title = bool(words) and words in titles
    caption = bool(words) and any(c in words and len(words) < len(c) * 1.6 + 40 for c in captions)
    return float(story >= 0 and not title), float(title), float(caption), story


def main(work, binary):
    pages = [json.loads(line) for line in open(os.path.join(work, "pages.jsonl"), encoding="utf-8")]
    given = "\n".join(json.dumps({"text": p["text"], "url": p.get("url")}) for p in pages) + "\n"
    done = subprocess.run([binary], input=given.encode(), stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    names, made = json.loads(done[0]), []
    for page, line in zip(pages, done[1:]):
        gold, rows = page["gold"], json.loads(line)
        paragraphs = [{norm(p) for p in b.split("\n") if norm(p)} for b in gold.get("bodies") or []]
        wholes = [f" {norm(b)} " for b in gold.get("bodies") or []]
        titles = [norm(t) for t in gold.get("titles") or [] if t]
        captions = [norm(c) for c in gold.get("captions") or [] if c and norm(c)]
        news = page["set"] in NEWS or (page["set"] == "crop" and "/V" in page["id"])
        made.append({
            "set": page["set"], "id": page["id"], "fold": fold(page), "texts": [t for t, _ in rows],
            "x": np.array([x for _, x in rows], dtype=np.float32).reshape(-1, len(names)),
            "y": np.array([label(t, paragraphs, wholes, titles, captions) for t, _ in rows], dtype=np.float32).reshape(-1, 4),
            "known": (1.0, float(news and bool(titles)), float(news)),  # Not every set tells titles and captions.
        })
    with open(os.path.join(work, "rows.pkl"), "wb") as f:
        pickle.dump({"names": names, "pages": made}, f)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
