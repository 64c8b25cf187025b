#!/usr/bin/env python3
"""Checks every export with a reader that is not ours.

    check.py HEARSAY RECORD

Writes all exports of RECORD with the program HEARSAY into a scratch folder and reads them back: the data package with
frictionless, Parquet with DuckDB, GEXF and GraphML with networkx, GeoJSON by its schema, FollowTheMoney entities with
followthemoney, the tables of other projects and the annotations with Python's own readers. A reader that is not installed is named
and counted as missing, never as passed; then the exit status is 1.
"""

import csv
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SHAPES = [
    "polecat", "cameo", "acled", "ucdp", "gdelt", "gdelt-mentions", "geojson", "gexf", "graphml", "ftm", "webannotation",
]
TYPES = ["Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots", "Strategic developments", ""]


def run(hearsay, *args):
    return subprocess.run([hearsay, *args], check=True, capture_output=True, text=True).stdout


def rows(path, delimiter=","):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL))


def package(folder):
    from frictionless import Package, system

    descriptor = json.loads((folder / "datapackage.json").read_text())
    for resource in descriptor["resources"]:
        data = (folder / resource["path"]).read_bytes()
        assert len(data) == resource["bytes"], resource["path"]
        assert "sha256:" + hashlib.sha256(data).hexdigest() == resource["hash"], resource["path"]
    tables = [r for r in descriptor["resources"] if "schema" in r]
    descriptor["resources"] = tables
    with system.use_context(trusted=True):
        report = Package.from_descriptor(descriptor, basepath=str(folder)).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:10]
    return f"{len(tables)} tables"


def parquet(folder, other):
    import duckdb

    total = 0
    for path in sorted(folder.glob("*.parquet")):
        ((count,),) = duckdb.sql(f"SELECT count(*) FROM read_parquet('{path}')").fetchall()
        names = duckdb.sql(f"SELECT * FROM read_parquet('{path}') LIMIT 0").columns
        written = rows(other / (path.stem + ".csv"))
        assert names == written[0], path.name
        assert count == len(written) - 1, path.name
        total += count
    assert total > 0
    nested = duckdb.sql(f"SELECT json_extract_string(source, '$.kind') FROM read_parquet('{folder}/claims.parquet')").fetchall()
    assert nested and all(kind for kind, in nested)
    return f"{total} rows"


def graphs(folder):
    import networkx

    gexf = networkx.read_gexf(folder / "actors.gexf")
    graphml = networkx.read_graphml(folder / "actors.graphml")
    actors = rows(folder / "actors.csv")
    assert len(gexf) == len(graphml) == len(actors) - 1
    assert gexf.number_of_edges() == graphml.number_of_edges()
    assert all(data.get("label") for _, data in gexf.nodes(data=True))
    for _, _, data in graphml.edges(data=True):
        assert data["cooperative"] + data["hostile"] + data["not_done"] == len(data["acts"].split())
        assert -10 <= data["scale"] <= 10
    assert any(data.get("start") for _, _, data in gexf.edges(data=True)) or not gexf.number_of_edges()
    return f"{len(gexf)} actors, {gexf.number_of_edges()} edges"


def geojson(folder):
    import jsonschema

    found = json.loads((folder / "acts.geojson").read_text())
    jsonschema.validate(found, json.loads((HERE / "geojson.schema.json").read_text()))
    points = [f for f in found["features"] if f["geometry"]]
    assert all(f["properties"]["precision"] in ("point", "settlement", "district") for f in points)
    assert all(f["properties"]["status"] for f in found["features"])
    return f"{len(found['features'])} features, {len(points)} with a point"


def ftm(folder):
    from followthemoney import model

    schemata = {}
    ids = set()
    references = set()
    for line in (folder / "entities.ftm.jsonl").read_text().splitlines():
        data = json.loads(line)
        proxy = model.get_proxy(data)
        model.validate(data) if hasattr(model, "validate") else proxy.schema.validate(data)
        for prop, values in data["properties"].items():
            known = proxy.schema.get(prop)
            assert known is not None, (proxy.schema.name, prop)
            kept = proxy.get(prop)
            for value in values:
                assert known.type.name in ("name", "text", "string") or value in kept, (prop, value, kept)
                if known.type.name == "entity":
                    references.add(value)
        ids.add(proxy.id)
        schemata[proxy.schema.name] = schemata.get(proxy.schema.name, 0) + 1
    hanging = references - ids
    assert not hanging, list(hanging)[:3]
    return ", ".join(f"{n} {name}" for name, n in sorted(schemata.items()))


def polecat(folder):
    found = rows(folder / "polecat.csv")
    assert all(len(row) == 40 for row in found) and found[0][0] == "Event ID" and found[0][39] == "Version"
    return f"{len(found) - 1} rows"


def acled(folder):
    found = rows(folder / "acled.csv")
    assert all(len(row) == 31 for row in found)
    for row in (dict(zip(found[0], row)) for row in found[1:]):
        assert row["event_type"] in TYPES and "machine-coded" in row["tags"], row
        assert row["time_precision"] in ("1", "2", "3", ""), row
        assert row["event_id_cnty"].startswith("HEARSAY-") and row["notes"].startswith("[status: "), row
        assert not row["latitude"] or row["geo_precision"] in ("1", "2"), row
    return f"{len(found) - 1} rows"


def ucdp(folder):
    found = rows(folder / "ucdp.csv")
    assert all(len(row) == 49 for row in found)
    for row in (dict(zip(found[0], row)) for row in found[1:]):
        assert int(row["low"]) <= int(row["best"]) <= int(row["high"]), row
        assert int(row["id"]) < 2**63 and row["type_of_violence"] in ("1", "2", "3", ""), row
    return f"{len(found) - 1} rows"


def gdelt(folder):
    events, mentions = rows(folder / "gdelt.export.CSV", "\t"), rows(folder / "gdelt.mentions.CSV", "\t")
    assert all(len(row) == 61 for row in events) and all(len(row) == 16 for row in mentions)
    ids = {int(row[0]) for row in events}
    assert len(ids) == len(events) and {int(row[0]) for row in mentions} == ids
    assert all(row[29] in "1234" and -10 <= float(row[30]) <= 10 for row in events)
    return f"{len(events)} events, {len(mentions)} mentions"


def annotations(folder):
    page = json.loads((folder / "annotations.jsonld").read_text())
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    articles = {}
    with open(folder / "articles.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            articles.setdefault(row["url"] or "urn:hearsay:article:" + row["id"], []).append(row["text"])
    checked = 0
    for item in page["items"]:
        assert item["type"] == "Annotation" and item["id"] and item["body"], item["id"]
        for target in item["target"]:
            quote, position = target["selector"]
            assert quote["type"] == "TextQuoteSelector" and position["type"] == "TextPositionSelector"
            texts = [text.lstrip("'") if text.startswith("'") else text for text in articles[target["source"]]]
            start, end = position["start"], position["end"]
            fits = [text for text in texts if text[start:end] == quote["exact"]]
            assert fits, (item["id"], quote)
            assert any(text[:start].endswith(quote["prefix"]) and text[end:].startswith(quote["suffix"]) for text in fits)
            checked += 1
    assert checked > 0
    return f"{len(page['items'])} annotations, {checked} targets"


def main():
    hearsay, record = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as scratch:
        folder, other, public = Path(scratch) / "csv", Path(scratch) / "parquet", Path(scratch) / "public"
        shapes = [arg for shape in SHAPES for arg in ("--as", shape)]
        run(hearsay, "export", record, "--all", *shapes, "-o", folder, "-q")
        run(hearsay, "export", record, "--all", "-f", "parquet", "-o", other, "-q")
        run(hearsay, "export", record, "--all", *shapes, "-p", "public", "-o", public, "-q")
        checks = [
            ("data package (frictionless)", package, folder),
            ("data package, public (frictionless)", package, public),
            ("parquet (DuckDB)", parquet, other, folder),
            ("gexf and graphml (networkx)", graphs, folder),
            ("geojson (its schema)", geojson, folder),
            ("ftm (followthemoney)", ftm, folder),
            ("ftm, public (followthemoney)", ftm, public),
            ("polecat (columns)", polecat, folder),
            ("acled (columns and words)", acled, folder),
            ("ucdp (columns and numbers)", ucdp, folder),
            ("gdelt (columns and ids)", gdelt, folder),
            ("webannotation (text by code points)", annotations, folder),
            ("webannotation, public (text by code points)", annotations, public),
        ]
        passed = failed = 0
        for name, check, *args in checks:
            try:
                print(f"ok       {name}: {check(*args)}")
                passed += 1
            except ImportError as error:
                print(f"missing  {name}: {error}")
                failed += 1
            except Exception as error:
                print(f"FAILED   {name}: {type(error).__name__}: {error}")
                failed += 1
    print(f"exports: {passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
