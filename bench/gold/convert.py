"""Turn a crisis's labelled pages into stand-off tables, or only check them.

    python -m bench.gold.convert CRISIS [--check] [--labels a|b|settled]

Reads `bench/gold/CRISIS/LABELS/*.txt` and `links.txt` (the texts of all labellings must be equal), writes `pages.jsonl` (to be read
with `--as-text`) and one `<table>.jsonl` a layer, in the tables of `docs/reference/tables.md`, documents under the names `CRISIS-NN`.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from pathlib import Path

import msgspec

from bench.gold.links import read_links
from bench.gold.page import Fault, Page, read_page

ROOT = Path(__file__).parent


def span(page: Page, label: str) -> dict:
    """A label as exports write a span."""
    found = page.labels[label]
    return {
        "doc": page.name,
        "start": found.start,
        "end": found.end,
        "text": page.text[found.start : found.end],
    }


def spans(page: Page, labels: str) -> list[dict]:
    return [span(page, label) for label in labels.split(",") if label]


def _number(text: str) -> float | None:
    return None if text == "-" else float(text.replace(",", ""))


def _id(page: Page, label: str) -> str:
    return f"{page.name}.{label}" if label not in {"", "-"} else ""


def _anchor(page: Page, label: str) -> str:
    return label if label == "page" else _id(page, label)


def _chain(page: Page, name: str) -> str:
    return "" if name in {"", "-"} else f"{page.name}.{name}"


def tables(page: Page) -> dict[str, list[dict]]:
    """The layers within one page."""
    names = {e.words["name"]: e.words["full"] for e in page.of("chain")}
    rows: dict[str, list[dict]] = {
        name: []
        for name in ("mentions", "chains", "times", "figures", "places", "statements", "events", "naming")
    }
    for e in page.entries:
        w, v = e.words, e.values
        key = f"{page.name}.{w.get('span') or w.get('name')}"
        flat = span(page, w["span"]) if "span" in w else {"doc": page.name}
        if e.kind == "mention":
            head = span(page, v["head"]) if "head" in v else flat
            rows["mentions"].append(
                {"id": key, **flat, "kind": w["kind"], "chain": _chain(page, w["chain"]), "head": head}
            )
        elif e.kind == "chain":
            rows["chains"].append(_chain_row(page, e, key))
        elif e.kind == "time":
            rows["times"].append(
                {
                    "id": key,
                    **flat,
                    "kind": w["kind"],
                    "value": w["value"],
                    "mod": v.get("mod", ""),
                    "anchored_to": _anchor(page, v.get("anchored_to", "")),
                }
            )
        elif e.kind == "figure":
            rows["figures"].append(_figure(page, e, key, flat))
        elif e.kind == "place":
            rows["places"].append(
                {"id": key, **flat, "gazetteer_id": "" if w["gazetteer_id"] == "-" else w["gazetteer_id"]}
            )
        elif e.kind == "statement":
            rows["statements"].append(_statement(page, e, key, names))
        elif e.kind == "event":
            rows["events"].append(_event(page, e, key, flat))
        elif e.kind == "naming":
            rows["naming"].append(
                {
                    "id": key,
                    "about_name": names[w["about"]],
                    "outlet": page.header.get("outlet", ""),
                    "description": flat["text"],
                    "voice": w["voice"],
                    "spans": [flat],
                }
            )
    return rows


def _chain_row(page: Page, entry, key: str) -> dict:  # noqa: ANN001
    w, v = entry.words, entry.values
    lists = {n: [x for x in v.get(n, "").split("|") if x] for n in ("aliases", "roles")}
    told = {
        "name": w["full"],
        "kind": w["kind"],
        **lists,
        "speaks_for": _chain(page, v.get("speaks_for", "")),
    }
    return {"id": key, "doc": page.name, **told}


def _event(page: Page, entry, key: str, flat: dict) -> dict:  # noqa: ANN001
    v = entry.values
    given = {n: _chain(page, v.get(n, "")) for n in ("actor", "target")}
    given |= {n: _id(page, v.get(n, "")) for n in ("place", "time")}
    return {"id": key, **flat, **given, "action": v.get("action", "").strip("-"), "status": v["status"]}


def _figure(page: Page, entry, key: str, flat: dict) -> dict:  # noqa: ANN001
    w, v = entry.words, entry.values
    return {
        "id": key, **flat, "kind": w["kind"], "low": _number(w["low"]), "high": _number(w["high"]), "unit": v.get("unit", ""),
        "quantity": v.get("quantity", ""), "counts": span(page, v["counts"]) if "counts" in v else None,
        "said_by": _chain(page, v.get("said_by", "")), "approximate": "approximate" in entry.flags, "vague": "vague" in entry.flags,
        "place": _id(page, v.get("place", "")), "time": _id(page, v.get("time", "")),
    }  # fmt: skip


def _statement(page: Page, entry, key: str, names: dict[str, str]) -> dict:  # noqa: ANN001
    v = entry.values
    parts = {n: span(page, v[n]) if v.get(n) else None for n in ("source", "cue", "addressee")}
    return {
        "id": key, "doc": page.name, **parts, "content": spans(page, v["content"]), "speaker": _chain(page, v["speaker"]),
        "speaker_name": names.get(v["speaker"], ""), "manner": v["manner"], "act": v["act"], "negated": "negated" in entry.flags,
        "how_resolved": v.get("how", "unknown"), "candidates": [_chain(page, c) for c in v.get("candidates", "").split(",") if c],
        "time": _id(page, v.get("time", "")),
        "via": f"{page.name}.{v['via']}" if v.get("via") else "",
    }  # fmt: skip


class Labelled(msgspec.Struct, frozen=True):
    """A crisis as one labeller (or the settlement) has it: pages, rows by table, and every fault found."""

    pages: list[Page]
    tables: dict[str, list[dict]]
    faults: list[str]


def read_pages(crisis: str, labels: str) -> tuple[list[Page], list[str]]:
    """Labelled pages under the names `CRISIS-NN`, and every fault found."""
    pages, faults = [], []
    for path in sorted((ROOT / crisis / labels).glob("[0-9]*.txt")):
        try:
            page = read_page(path)
            pages.append(msgspec.structs.replace(page, name=f"{crisis}-{page.name}"))
        except Fault as fault:
            faults += str(fault).splitlines()
    return pages, faults


def read_labels(crisis: str, labels: str) -> Labelled:
    """Everything one labeller says of a crisis, in stand-off tables, `pages` among them."""
    pages, faults = read_pages(crisis, labels)
    links, more = read_links(ROOT / crisis / labels / "links.txt", crisis, pages)
    head = ("title", "outlet", "author", "published")
    found: dict[str, list[dict]] = {
        "pages": [
            {"id": p.name, **{k: p.header[k] for k in head if k in p.header}, "text": p.text} for p in pages
        ]
    }
    for page in pages:
        for name, rows in tables(page).items():
            found.setdefault(name, []).extend(rows)
    return Labelled(pages, found | links, faults + more + _unknown_places(crisis, pages))


def _unlike(pages: list[Page], others: list[Page]) -> list[str]:
    """Pages whose text is not the same for both labellers."""
    text = {p.name: p.text for p in others}
    return [
        f"{p.name}: the texts of the labellings differ" for p in pages if text.get(p.name, p.text) != p.text
    ]


def _unknown_places(crisis: str, pages: list[Page]) -> list[str]:
    """Ids of places that neither the crisis's gazetteer nor the one that ships could have."""
    with (ROOT / crisis / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        own = {row["id"] for row in csv.DictReader(file)}
    return [
        f"{p.name}: no place {e.words['gazetteer_id']} in gazetteer.csv"
        for p in pages
        for e in p.of("place")
        if e.words["gazetteer_id"] not in own | {"-"}
        and e.words["gazetteer_id"].partition(":")[0] not in {"gn", "iso", "wd", "ne", "vr"}
    ]


def encode(rows: list[dict]) -> str:
    """Rows as JSON Lines."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def main() -> int:
    """Check, and unless asked only to check, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("crisis")
    parser.add_argument("--labels", default="a")
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    found = read_labels(asked.crisis, asked.labels)
    faults = list(found.faults)
    for labels in [name for name in ("a", "b", "settled") if name != asked.labels]:
        faults += _unlike(found.pages, read_pages(asked.crisis, labels)[0])
    words = sum(len(p.text.split()) for p in found.pages)
    links = sum(len(u["links"]) for u in found.tables["utterances"])
    counts = ", ".join(f"{len(rows)} {name}" for name, rows in found.tables.items())
    print(f"{asked.crisis}: {words} words; {counts} ({links} links)")
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    if not asked.check:
        for name, rows in found.tables.items():
            (ROOT / asked.crisis / f"{name}.jsonl").write_text(encode(rows), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
