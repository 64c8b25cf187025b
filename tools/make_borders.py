#!/usr/bin/env python3
"""Makes crates/hearsay-serve/borders/countries.txt from the npm package world-atlas (Natural Earth, 1:50 million).

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python3 tools/make_borders.py package/countries-50m.json

Natural Earth is in the public domain; world-atlas is under ISC. Borders are cut to hundredths of a degree and thinned a little;
the lines that two countries share stay shared. Small islands are left out.
"""

import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OUT = ROOT / "crates/hearsay-serve/borders/countries.txt"
THIN = 0.02  # degrees by which a line may move
SMALL = 0.012  # square degrees: rings with a smaller box are left out, but for a country's largest

# Names of Natural Earth that countries.tsv has otherwise.
OTHER = {
    "Dem. Rep. Congo": "CD", "Congo": "CG", "Central African Rep.": "CF", "Dominican Rep.": "DO", "Eq. Guinea": "GQ",
    "Bosnia and Herz.": "BA", "S. Sudan": "SS", "United States of America": "US", "eSwatini": "SZ", "Macedonia": "MK",
    "W. Sahara": "EH", "Falkland Is.": "FK", "Solomon Is.": "SB", "Czechia": "CZ", "Côte d'Ivoire": "CI", "Palestine": "PS",
    "Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO", "Antigua and Barb.": "AG", "St. Kitts and Nevis": "KN",
    "St. Vin. and Gren.": "VC", "Marshall Is.": "MH", "Cook Is.": "CK", "N. Mariana Is.": "MP", "U.S. Virgin Is.": "VI",
    "British Virgin Is.": "VG", "Cayman Is.": "KY", "Turks and Caicos Is.": "TC", "Faeroe Is.": "FO", "Åland": "AX",
    "São Tomé and Principe": "ST", "Cabo Verde": "CV", "Timor-Leste": "TL", "Myanmar": "MM", "Macao": "MO", "Vatican": "VA",
    "Saint Lucia": "LC", "Fr. Polynesia": "PF", "Fr. S. Antarctic Lands": "TF", "Br. Indian Ocean Ter.": "IO",
    "S. Geo. and the Is.": "GS", "Heard I. and McDonald Is.": "HM", "Pitcairn Is.": "PN", "St. Pierre and Miquelon": "PM",
    "Wallis and Futuna Is.": "WF", "St-Barthélemy": "BL", "St-Martin": "MF", "Sint Maarten": "SX", "Curaçao": "CW",
    "Siachen Glacier": "-", "Indian Ocean Ter.": "-", "Ashmore and Cartier Is.": "-", "Antarctica": "-",
}


def codes():
    found = {}
    for line in (ROOT / "crates/hearsay-data/actors/countries.tsv").read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        cells = line.split("\t") + [""] * 6
        for name in [cells[2], *cells[5].split("|")]:
            found.setdefault(name.casefold(), cells[1])
    return found


def arcs(topology):
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        yield points


def thinned(points):
    """Douglas and Peucker, without recursion."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        a, b = spans.pop()
        (ax, ay), (bx, by) = points[a], points[b]
        length = ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5
        far, at = 0.0, None
        for i in range(a + 1, b):
            x, y = points[i]
            if length:
                gap = abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length
            else:
                gap = ((x - ax) ** 2 + (y - ay) ** 2) ** 0.5
            if gap > far:
                far, at = gap, i
        if at is not None and far > THIN:
            keep.add(at)
            spans += [(a, at), (at, b)]
    return [points[i] for i in sorted(keep)]


def deltas(points):
    whole = [(round(x * 100), round(y * 100)) for x, y in points]
    out, last = [], (0, 0)
    for n, (x, y) in enumerate(whole):
        if n and (x, y) == last:
            continue
        out += [x - last[0], y - last[1]]
        last = (x, y)
    return " ".join(map(str, out))


def main():
    topology = json.load(open(sys.argv[1], encoding="utf-8"))
    lines = list(arcs(topology))
    known, used, countries = codes(), {}, []

    def box(ring):
        points = [p for i in ring for p in lines[i if i >= 0 else ~i]]
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return (max(xs) - min(xs)) * (max(ys) - min(ys))

    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = OTHER.get(name) or known.get(name.casefold())
        if code is None:
            print("no code:", name, file=sys.stderr)
            continue
        if code == "-" or not shape.get("arcs"):
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [ring for polygon in polygons for ring in polygon]
        largest = max(map(box, rings))
        rings = [r for r in rings if box(r) >= SMALL or box(r) == largest]
        for ring in rings:
            for i in ring:
                used.setdefault(i if i >= 0 else ~i, len(used))
        mapped = [",".join(str(used[i]) if i >= 0 else str(~used[~i]) for i in ring) for ring in rings]
        countries.append(f"c\t{code}\t{name}\t{'|'.join(mapped)}")
    text = ["# Borders of countries. Rebuilt by tools/make_borders.py; sources and licences stand there and in README.md."]
    text += [f"a\t{deltas(thinned(lines[i]))}" for i in sorted(used, key=used.get)]
    text += sorted(countries)
    OUT.write_text("\n".join(text) + "\n", "utf-8")
    print(OUT, OUT.stat().st_size)


main()
