"""Place names on GeoWebNews and GeoVirus: spans found, and how far the resolved points lie from the gold.

Run: `python -m bench.quality.places [geowebnews|geovirus] [train|dev]`. Measures as published (Gritta et al. 2020): recall of
the annotated names, precision where the corpus annotates all of them, and the share of names found with a
point that lie within 161 km.
"""

from __future__ import annotations

import gzip
import json
import math
import sys
from collections import Counter

from bench.quality.measured import SHARED, Measured
from variorum.records import Block, Document, Place, empty, from_table, to_table
from variorum.settings import Settings
from variorum.tag import mentions, places, reading, sentences

# The kinds of GeoWebNews that are names of places used for the place or for who acts there.
NAMES = frozenset({"Literal", "Mixed", "Coercion", "Metonymic", "Embedded_Literal", "Literal_Modifier"})
LITERAL = frozenset({"Literal", "Mixed", "Coercion", "Literal_Modifier"})


def documents(corpus: str, part: str) -> list[dict]:
    with gzip.open(SHARED / "data/places" / corpus / f"{part}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def found(rows: list[dict]) -> dict[str, list[Place]]:
    docs, blocks = [], []
    for row in rows:
        doc = Document(page=row["id"], text=row["text"], language="en")
        docs.append(doc)
        at = 0
        for part in row["text"].split("\n"):
            if part.strip():
                blocks.append(Block(doc=doc.id, start=at, end=at + len(part), kind="paragraph"))
            at += len(part) + 1
    tables = {
        "documents": to_table(Document, docs),
        "blocks": to_table(Block, blocks),
        "gazetteer": empty("gazetteer"),
    }
    for stage in (sentences.STAGE, reading.STAGE, mentions.STAGE, places.STAGE):
        tables |= stage.run(tables, Settings())
    pages = {d.id: d.page for d in docs}
    by: dict[str, list[Place]] = {row["id"]: [] for row in rows}
    for place in from_table(Place, tables["places"]):
        by[pages[place.doc]].append(place)
    return by


def kilometres(lat: float, lon: float, place: Place) -> float:
    if place.lat is None or place.lon is None:
        return math.inf
    p, q = math.radians(lat), math.radians(place.lat)
    h = (
        math.sin((q - p) / 2) ** 2
        + math.cos(p) * math.cos(q) * math.sin(math.radians(place.lon - lon) / 2) ** 2
    )
    return 12742 * math.asin(min(math.sqrt(h), 1))


def measure(corpus: str, part: str, *, show: int = 0) -> dict[str, float]:
    rows = documents(corpus, part)
    system = found(rows)
    count: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for row in rows:
        gold = [s for s in row["spans"] if not s.get("kind", "").endswith("_Expression")]
        wanted = [s for s in gold if s.get("kind", "Literal") in NAMES]
        near = [s for s in gold if s.get("kind", "Literal") in LITERAL and "lat" in s]
        count["gold"] += len(wanted)
        for span in wanted:
            hit = any(p.start < span["end"] and span["start"] < p.end for p in system[row["id"]])
            count["recalled"] += hit
            if not hit:
                wrong["missed: " + span["surface"]] += 1
        for place in system[row["id"]]:
            count["found"] += 1
            hit = any(p["start"] < place.end and place.start < p["end"] for p in wanted)
            count["right"] += hit
            if not hit:
                wrong["spurious: " + row["text"][place.start : place.end]] += 1
        for span in near:
            hits = [p for p in system[row["id"]] if p.start < span["end"] and span["start"] < p.end]
            count["pointed"] += 1
            if hits and hits[0].gazetteer_id:
                count["resolved"] += 1
                close = kilometres(span["lat"], span["lon"], hits[0]) <= 161
                if hits[0].precision < 3:
                    count["points"] += 1
                    count["close points"] += close
                count["close"] += close
                if not close:
                    far = kilometres(span["lat"], span["lon"], hits[0])
                    wrong[
                        f"far: {span['surface']} -> {hits[0].name} {hits[0].country} {hits[0].gazetteer_id} {far:.0f}"
                    ] += 1
    for what, times in wrong.most_common(show):
        print(times, what)
    recall, precision = count["recalled"] / count["gold"], count["right"] / max(count["found"], 1)
    return {
        "recall": recall,
        "precision": precision,
        "F1": 2 * recall * precision / max(recall + precision, 1e-9),
        "resolved": count["resolved"] / count["pointed"],
        "within 161 km of resolved": count["close"] / max(count["resolved"], 1),
        "within 161 km of resolved towns": count["close points"] / max(count["points"], 1),
        "within 161 km of all": count["close"] / count["pointed"],
    }


def gauge() -> Measured:
    """The dev parts of both corpora."""
    parts = {name: measure(name, "dev") for name in ("geowebnews", "geovirus")}
    names = ("recall", "precision", "F1", "within 161 km of resolved", "within 161 km of all")
    # GeoVirus marks only some of the names in a text, so precision means nothing there.
    kept = {
        name: [n for n in names if name == "geowebnews" or n not in {"precision", "F1"}] for name in parts
    }
    return Measured(
        about="Places: names found, and the share resolved to a point within 161 km of the gold one (measures of Gritta et "
        "al. 2020).",
        ours={f"{name} {n}": made[n] for name, made in parts.items() for n in kept[name]},
        counts={f"{name} documents": len(documents(name, "dev")) for name in parts},
        data=tuple(SHARED / "data/places" / name / "dev.jsonl.gz" for name in parts),
    )


def main() -> None:
    names = [a for a in sys.argv[1:] if a in {"geowebnews", "geovirus"}] or ["geowebnews", "geovirus"]
    parts = [a for a in sys.argv[1:] if a in {"train", "dev"}] or ["dev"]
    show = next((int(a) for a in sys.argv[1:] if a.isdigit()), 0)
    for name in names:
        for part in parts:
            made = measure(name, part, show=show)
            print(name, part, "; ".join(f"{key} {value:.3f}" for key, value in made.items()))


if __name__ == "__main__":
    main()
