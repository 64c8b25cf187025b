#!/usr/bin/env python3
"""Rebuilds crates/hearsay-data/actors/{factbook,phoenix,leaders}.tsv: make_actors.py FACTBOOK.json.xz PHOENIX_FOLDER

Needs Python 3.11. Sources: the World Factbook (public domain): parties, parliaments, forces, armed groups, heads of state and
of government. The Phoenix dictionaries of the Computational Event Data System project (MIT): armed groups, international
bodies. What groups.tsv already names, in any of its spellings, is left out, and so are names that several countries use and names of one
word: they would be found where they do not stand. Columns as in groups.tsv; of leaders.tsv: name, country (ISO 3166-1
alpha-3), office, since, until, basis. Rows are sorted, so that the same sources make the same files."""
import collections, html, json, lzma, os, re, sys, unicodedata

DATA = os.path.join(os.path.dirname(__file__), "../crates/hearsay-data/actors")
PARTY = re.compile(r"\b(part(?:y|ido|i)|movement|front|congress|alliance|union|coalition|bloc|rally|league|democra\w+|association|council|assembly|forum|solidarity|initiative|pact)\b", re.I)
ARMED = re.compile(r"\b(army|armies|armed|brigades?|front|fronts|movement|militia|forces?|guards?|commandos?|command|mujahi?deen|jihad|ansar|battalions?|resistance|liberation|revolutionary|insurgents?|fighters|cells?|faction|jaish|jaysh|lashkar|harakat|hizb|katibat|saraya|liwa|tigers|column|organi[sz]ation|group)\b", re.I)
BODY = re.compile(r"\b(organi[sz]ation|agency|bank|council|commission|union|committee|community|federation|fund|court|tribunal|association|league|conference|office|programme|program|mission|assembly|initiative|alliance|group|society|institute|international|foundation|network|watch)\b", re.I)
SMALL = {"of", "the", "for", "and", "in", "to", "on", "de", "la", "del", "al", "el", "du", "des", "e", "y", "di", "fi", "bi"}


def plain(name):
    """What spellings of one name share: no marks, no article, vowels alike."""
    text = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    text = re.sub(r"['’`‘.]", "", text)
    words = [w for w in re.split(r"[^a-z0-9]+", text) if w and w not in {"al", "el", "the", "of", "ul", "ad", "as", "ash"}]
    return re.sub(r"(.)\1", r"\1", re.sub("[aeiouyw]+", "a", " ".join(words)))


def clean(text):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html.unescape(text))).strip(" ;,.-–")


def named(entry):
    """A name and its short forms: "Free Patriotic Movement or FPM", "Harakat al-Nujaba (HAN)"."""
    entry = re.split(r";? note\b|\(formerly|\(electoral|\(coalition|\(includes|\(also", clean(entry))[0].strip(" ;,(")
    others = re.findall(r"\(([^)]*)\)", entry) + re.findall(r" or ([A-Z][\w-]+)", entry)
    name = re.sub(r"\([^)]*\)?", "", re.split(r" or (?=[A-Z])", entry)[0]).strip(' "')
    parts = [p.strip(' "“”') for o in others for p in re.split(r",| or |;", o)]
    return re.sub(r"\s+", " ", name).strip(" *,"), [p for p in dict.fromkeys(parts) if 3 <= len(p) <= 50 and re.match(r"[A-Z]", p) and "|" not in p]


def countries():
    rows = [line.rstrip("\n").split("\t") for line in open(os.path.join(DATA, "countries.tsv"), encoding="utf-8") if not line.startswith("#")]
    return {row[0]: row for row in rows}


def factbook(path, codes):
    names = {n: code for code, row in codes.items() for n in [row[2], *row[5].split("|")] if n}
    for entry in json.load(lzma.open(path, "rt", encoding="utf-8")).values():
        government = entry.get("Government", {})
        title = government.get("Country name", {})
        title = title if isinstance(title, dict) else {}
        code = next((names[t] for t in (title.get(f"conventional {w} form", {}).get("text", "") for w in ("short", "long")) if t in names), None)
        if code:
            yield code, entry, government


def text(tree, *path):
    for key in path:
        tree = tree.get(key, {}) if isinstance(tree, dict) else {}
    return tree.get("text", "") if isinstance(tree, dict) else ""


def of_factbook(found):
    for code, entry, government in found:
        for party in re.split(r"<br>|<br/>", text(government, "Political parties")):
            name, others = named(party)
            if len(name.split()) > 1 and PARTY.search(name) and len(name) < 70:
                yield name, "organisation", code, "PTY", "-", others
        for house in re.split(r"<br>|;", text(government, "Legislative branch", "legislature name")):
            name, others = named(house)
            if re.match("[A-Z]", name) and others:
                yield (others[0] if len(others[0].split()) > 0 else name), "state_body", code, "LEG", f"gov:{code}", others[1:]
        for group in re.split(r";|<br>", text(entry, "Terrorism", "Terrorist group(s)")):
            name, others = named(group.split("/")[0])
            if len(name.split()) > 1 and re.match("[A-Za-z]", name):
                yield name, "armed_group", "*", "REB", "-", others
        for force in re.findall(r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+| of| and| the)+ \([A-Z]{3,5}\b[^)]*\))", clean(text(entry, "Military and Security", "Military and security forces"))):
            name, others = named(force)
            yield name, "state_body", code, "COP" if "olice" in name else "MIL", f"gov:{code}", others[:1]


def leaders_of_factbook(found):
    for code, _, government in found:
        for field in ("chief of state", "head of government"):
            for part in re.split(r";|<br>", text(government, "Executive branch", field)):
                hit = re.match(r"\W*((?:[A-Z][A-Za-z ,’'-]*? )?(?:President|Minister|King|Queen|Chancellor|Emir|Amir|Sultan|Chair|Leader|Premier|Prince|Taoiseach|Chairman|Governor-General))\b[ ,]+(.*?) \(since (?:\d+ )?(?:\w+ )?(\d{4})\)", clean(part))
                if hit and re.search("[A-Z]{3}", hit[2]):
                    words = [w.capitalize() if w.isupper() and len(w) > 2 else re.sub(r"[A-Z]{3,}", lambda m: m[0].capitalize(), w) for w in hit[2].split() if not re.match(r"(?:General|Dr|Lt|Maj|Gen|Col|Field|Marshal|Sir|Sheikh|Sayyid|Ayatollah)\.?$", w)]
                    yield " ".join(words), code, hit[1].split(" and ")[0].strip(), hit[3], "", "World Factbook"


def phoenix(path):
    """Entries of a dictionary: a name, its synonyms ("+"), and its codes in brackets."""
    names = []
    for line in open(path, encoding="latin-1"):
        line = line.split("#")[0].rstrip()
        code = re.match(r"\s+\[(\w+)", line) or re.search(r"\s\[(\w+)", line)
        bare = re.sub(r"\s*\[.*", "", line).strip()
        if bare:
            names.append(bare)
        if code and names:
            yield names, code[1]
            names = []


def title(name):
    words = re.sub(r"\([^)]*\)", "", name.lstrip("+").replace("_", " ")).strip().lower().split()
    cap = lambda w: "-".join(p if p in SMALL and i else p.capitalize() for i, p in enumerate(w.split("-")))
    return " ".join(w if w in SMALL and n else ("al-" + cap(w[3:]) if w.startswith("al-") else cap(w)) for n, w in enumerate(words))


def of_phoenix(folder, codes):
    for names, code in phoenix(os.path.join(folder, "Phoenix.MilNonState.actors.txt")):
        spelled = [title(n) for n in names]
        if ARMED.search(spelled[0]) and len(spelled[0].split()) > 1:
            yield spelled[0], "armed_group", code[:3] if code[:3] in codes else "-", "REB", "-", [s for s in spelled[1:] if len(s.split()) > 1 and ARMED.search(s)][:6]
    for names, code in phoenix(os.path.join(folder, "Phoenix.International.actors.txt")):
        spelled = [title(n) for n in names]
        if code.startswith(("IGO", "NGOHRI", "NGOHLH", "NGOREF", "NGOMED")) and BODY.search(spelled[0]) and len(spelled[0].split()) > 2 and len(spelled[0]) < 60 and "-General" not in spelled[0]:
            yield spelled[0], "international" if code.startswith("IGO") else "organisation", "-", code[:3], "-", [s for s in spelled[1:] if len(s.split()) > 2 and BODY.search(s) and len(s) < 60][:4]


def write(name, head, rows):
    with open(os.path.join(DATA, name), "w", encoding="utf-8") as out:
        out.write(head)
        out.writelines("\t".join(row) + "\n" for row in rows)
    print(name, len(rows))


GENERIC = set("""aerospace force forces national police guard guards army navy naval air coast border special operations internal security ground marine marines civil
defense defence public presidential republican armed military service services corps gendarmerie coastguard central federal general directorate state ministry action party
people peoples democratic united new union movement front alliance the of and for rapid intervention support command department agency bureau volunteer reserve revolutionary""".split())


def usable(name):
    """Whether a name says more than general words do."""
    return not re.search(r"[,+*:/()\t]", name) and any(w not in GENERIC for w in re.findall(r"[\w’']+", name.lower()))


def distinct(rows, taken, basis):
    """Rows whose name is no other's; short forms that are no other's."""
    rows, homes, out = list(rows), collections.defaultdict(set), {}
    for name, _, code, *_, others in rows:
        for spelled in (name, *others):
            homes[plain(spelled)].add(name if code == "*" else code)
    for name, kind, code, sector, part, others in rows:
        key = plain(name)
        if key in taken or key in out or len(homes[key]) > 1 or len(key) < 4 or not usable(name):
            continue
        others = [o for o in others if plain(o) not in taken and plain(o) != key and len(homes[plain(o)]) == 1 and usable(o)
                  and (len(o.split()) > 1 or o.isupper() and len(o) > 3)]
        mark = re.sub("[^a-z0-9]+", "_", "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))).strip("_")
        out[key] = [f"{basis[0]}_{mark}", name, kind, "-" if code == "*" else code, sector, part, "|".join(others) or "-", basis[1]]
        taken.update([key, *map(plain, others)])
    return sorted(out.values())


def main():
    codes = countries()
    own = [line.split("\t") for line in open(os.path.join(DATA, "groups.tsv"), encoding="utf-8") if not line.startswith("#")]
    taken = {plain(n) for row in own for n in (row[1], *row[6].split("|"))} | {plain(n) for row in codes.values() for n in (row[2], row[3], *row[4].split("|"), *row[5].split("|"))}
    found = list(factbook(sys.argv[1], codes))
    head = "# Rebuilt by tools/make_actors.py; sources and licences stand there and in README.md.\n"
    columns = "# key\tname\tkind\tcountry\tsector\tpart of\taliases (|)\tbasis\n"
    write("factbook.tsv", head + columns, distinct(of_factbook(found), taken, ("fb", "World Factbook")))
    write("phoenix.tsv", head + columns, distinct(of_phoenix(sys.argv[2], codes), taken, ("px", "Phoenix dictionaries")))
    # Who heads a state heads its territories as well: the row of the state is kept.
    ranked = sorted(leaders_of_factbook(found), key=lambda row: row[1] not in {"USA", "FRA", "GBR", "NLD", "DNK", "NOR", "AUS", "NZL"}, reverse=True)
    people = sorted({row[0]: row for row in ranked if re.fullmatch(r"[A-Z][\w’'.-]+(?: [\w’'.-]+){1,5}", row[0]) and "Prince" not in row[0]}.values())
    write("leaders.tsv", head + "# name\tcountry\toffice\tsince\tuntil\tbasis\n", people)


main()
