#!/usr/bin/env python3
"""Rewrites modern pages the way pages were laid out around 2000, so that the weights learn to do without names and semantic tags.

    old_layout.py BENCH_FOLDER SET... > old.jsonl

Every page comes once: class, id, role, itemprop and data attributes go; article, section, nav, header and the like become
tables or divs; paragraphs of half of the pages become text with two line breaks; structured data and meta elements go.
"""
import json, lzma, os, re, sys, zlib

NAMES = re.compile(r'\s(?:class|id|role|itemprop|itemtype|itemscope|aria-[\w-]+|data-[\w-]+|style|hidden)(?:\s*=\s*(?:"[^"]*"|\'[^\']*\'|[^\s>]+))?(?=[\s>/])', re.I)
SECTIONS = re.compile(r"<(/?)(article|section|nav|header|footer|aside|main|figure|figcaption)\b", re.I)
META = re.compile(r"<meta\b[^>]*>|<script\b[^>]*ld\+json[^>]*>.*?</script>", re.I | re.S)
SCRIPT = re.compile(r"<(script|style|svg|noscript)\b.*?</\1>", re.I | re.S)
PARAGRAPH = re.compile(r"<p\b[^>]*>", re.I)
HEADING = re.compile(r"<(/?)h[23456]\b[^>]*>", re.I)


def old(html, kind):
    html = META.sub("", SCRIPT.sub("", html))
    html = re.sub(r"<[a-zA-Z][^>]*>", lambda m: NAMES.sub("", m.group(0)), html)
    if kind % 2:
        html = SECTIONS.sub(r"<\1div", html)
    else:
        html = SECTIONS.sub(lambda m: "</td></tr></table>" if m.group(1) else "<table><tr><td", html)
    if kind % 4 < 2:
        html = PARAGRAPH.sub("", html)
        html = re.sub(r"</p\s*>", "<br><br>", html, flags=re.I)
        html = HEADING.sub(lambda m: "</b><br><br>" if m.group(1) else "<b>", html)
    return html


def main():
    folder, sets = sys.argv[1], sys.argv[2:]
    for name in sets:
        for line in lzma.open(os.path.join(folder, "pages", f"{name}.jsonl.xz"), "rt", encoding="utf-8"):
            row = json.loads(line)
            row["html"] = old(row["html"], zlib.crc32(row["id"].encode()))
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
