"""How often title, author and date of HTML pages are right, beside trafilatura alone, on the pages in ../shared/data/html.

    python -m bench.quality.clean_headers [--misses title|author|date] [--pages N]

A title is right if its words are the gold's, an author if the set of names is, a date if the day is. A value not given counts as
wrong; pages whose gold field is empty do not count.
"""

from __future__ import annotations

import argparse
import logging
import re
from typing import TYPE_CHECKING

import msgspec
import trafilatura

from bench.quality.clean_html import DATA, read
from bench.quality.measured import Measured
from variorum.clean.decode import decode
from variorum.clean.header import choose
from variorum.clean.html import clean_html
from variorum.errors import PageRefused
from variorum.settings import Limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.cleaned import Evidence

WORD = re.compile(r"\w+")
# What leads to a name, and what parts several; degrees and agencies stay names, as the gold has them.
LEAD = re.compile(r"^\s*(?:by|von)\s+", re.IGNORECASE)
APART = re.compile(r"\s*[,;/&]\s*|\s+(?:and|und|et|y|e|with)\s+", re.IGNORECASE)


class Told(msgspec.Struct, frozen=True):
    """What a system tells of a page; empty where it tells nothing."""

    title: str = ""
    author: str = ""
    date: str = ""


def words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def names(text: str) -> set[str]:
    return {" ".join(words(name)) for name in APART.split(LEAD.sub("", text)) if words(name)}


def gold(row: dict) -> Told:
    """The gold's values; of several authors in a list, all."""
    author = row.get("author") or ""
    author = "; ".join(author) if isinstance(author, list) else author
    return Told(title=row.get("title") or "", author=author, date=(row.get("date") or "")[:10])


def right(wanted: Told, told: Told) -> dict[str, bool]:
    """Whether each field that the gold has is told right."""
    found = {}
    if words(wanted.title):
        found["title"] = words(wanted.title) == words(told.title)
    if names(wanted.author):
        found["author"] = names(wanted.author) == names(told.author)
    if wanted.date.strip():
        found["date"] = wanted.date == told.date[:10]
    return found


def evidence(raw: str, url: str) -> list[Evidence]:
    """All that speaks for a field, by Variorum; nothing of a page that it refuses."""
    try:
        text, offsets = decode(raw.encode("utf-8", "replace"), "utf-8")
        return list(clean_html(text, offsets, url=url, limits=Limits()).evidence)
    except PageRefused:
        return []


def ours(raw: str, url: str) -> Told:
    values, _ = choose("", evidence(raw, url))
    return Told(title=values.title, author=values.author, date=values.published_value)


def alone(raw: str, url: str) -> Told:
    """What trafilatura tells with its metadata."""
    found = trafilatura.bare_extraction(raw, url=url, with_metadata=True)
    return (
        Told(title=found.title or "", author=found.author or "", date=found.date or "") if found else Told()
    )


def shares(golds: Sequence[Told], told: Sequence[Told]) -> dict[str, tuple[int, int]]:
    """For each field how many are right, of how many."""
    judged = [right(a, b) for a, b in zip(golds, told, strict=True)]
    fields = ("title", "author", "date")
    return {f: (sum(j.get(f, False) for j in judged), sum(f in j for j in judged)) for f in fields}


def gauge() -> Measured:
    """Title, author and date of the dev pages whose gold has them, beside trafilatura."""
    logging.disable(logging.CRITICAL)
    pages = read("trafilatura", 0)
    pages = [(row, raw) for row, raw in pages if right(gold(row), Told())]
    golds = [gold(row) for row, _ in pages]
    mine, other = (shares(golds, [system(raw, row["url"]) for row, raw in pages]) for system in (ours, alone))
    logging.disable(logging.NOTSET)
    return Measured(
        about="Header fields of HTML pages (trafilatura's own benchmark, dev half): share of pages with the right title (case-folded "
        "words), author (set of names, without a leading By or Von) and date (day), of those whose gold field is not empty; a value "
        "not given is wrong. The pages' addresses are not known, so nothing is read from them. The rules were made looking at these pages.",
        ours={f"{f} right": n / of for f, (n, of) in mine.items()},
        rivals={"trafilatura": {f"{f} right": n / of for f, (n, of) in other.items()}},
        counts={f"pages with {f}": of for f, (_, of) in mine.items()},
        data=(DATA / "trafilatura",),
    )


def misses(pages: Sequence[tuple[dict, str]], field: str) -> int:
    """Print what is wrong, with all evidence for the field; how many."""
    count = 0
    of_field = "published" if field == "date" else field
    for row, raw in pages:
        found = evidence(raw, row["url"])
        values, _ = choose("", found)
        told = Told(title=values.title, author=values.author, date=values.published_value)
        if right(gold(row), told).get(field, True):
            continue
        count += 1
        print(f"{row['id']}\n   gold {getattr(gold(row), field)!r}\n   ours {getattr(told, field)!r}")
        for e in sorted(found, key=lambda e: -e.weight):
            if e.field == of_field:
                print(f"      {e.weight:4} {e.found_in:8} {e.value[:90]!r} <- {e.text[:60]!r} ({e.reason})")
    return count


def main() -> None:
    """Print the figures, or the misses of a field."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", choices=("title", "author", "date"))
    parser.add_argument("--pages", type=int, default=0, help="first so many pages")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    pages = [(row, raw) for row, raw in read("trafilatura", args.pages) if right(gold(row), Told())]
    if args.misses:
        print(misses(pages, args.misses), "wrong")
        return
    golds = [gold(row) for row, _ in pages]
    for name, system in (("variorum", ours), ("trafilatura", alone)):
        told = shares(golds, [system(raw, row["url"]) for row, raw in pages])
        print(f"{name:12}", "  ".join(f"{f} {n} of {of} ({n / of:.3f})" for f, (n, of) in told.items()))


if __name__ == "__main__":
    main()
