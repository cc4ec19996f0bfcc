"""Check that the gold quotes the pages exactly: `python examples/velmark/check_gold.py` (exit status 1 if not).

Every quoted string must stand in the visible text of its page (markup taken off, white space runs as one
space). A string without `context` must stand there once; with `context`, the context must stand there once and hold it.
`source` and `cue` of a statement must stand near its content. Fields are explained in `gold/README.md`.
"""

from __future__ import annotations

import html
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
INVISIBLE = re.compile(r"<(script|style|title|head)\b.*?</\1>|<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
# Source and cue of a statement stand in its sentence or a neighbouring one: at most so many characters away.
NEAR = 400
ARCHIVED = {
    "https://vardimtoday.example/abroad/shelved-until-summer": "vardimtoday.html",
    "https://sarnvalleyradio.example/news/fifth-dam-worker-dies": "svr-toll.html",
}
Row = dict[str, object]


def squeeze(text: str) -> str:
    """The text with every run of white space, no-break ones too, as one space."""
    return " ".join(text.split())


def visible(source: str) -> str:
    """What a reader sees of an HTML page, as one line."""
    return squeeze(html.unescape(TAG.sub(" ", INVISIBLE.sub(" ", source))))


def inline(source: str) -> str:
    """As `visible`, but tags vanish without leaving a space, so that words beside a link's end are whole."""
    spaced = re.sub(r"</?(p|div|h\d|li|ul|ol|a href=\"#\")\b[^>]*>", " ", INVISIBLE.sub(" ", source))
    return squeeze(html.unescape(TAG.sub("", spaced)))


def pages() -> dict[str, tuple[str, ...]]:
    """The readings of each page by its name in the gold: file name, `FILE#ID` or URL."""
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((HERE / "pages").glob("*.html")):
        source = path.read_text("utf-8")
        found[path.name] = (visible(source), inline(source))
    for path in sorted((HERE / "pages").glob("*.txt")):
        found[path.name] = (squeeze(path.read_text("utf-8")),)
    for name, file in ARCHIVED.items():
        source = (HERE / "archived" / file).read_text("utf-8")
        found[name] = (visible(source), inline(source))
    for line in (HERE / "pages" / "wires.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        name = row.get("url") or f"wires.jsonl#{row['id']}"
        found[name] = (inline(row["html"]),) if "html" in row else (squeeze(row["text"]),)
    return found


def fault_of_quote(readings: tuple[str, ...], quote: Row) -> str:
    """What is wrong with one quoted string, or nothing."""
    text, context = str(quote["text"]), str(quote.get("context", quote["text"]))
    if text not in context:
        return f"{text!r} is not in its context {context!r}"
    counts = [reading.count(context) for reading in readings]
    if max(counts) == 0:
        return f"not in the page: {context!r}"
    return "" if 1 in counts else f"stands {max(counts)} times: {context!r}"


def quotes(row: Row) -> list[tuple[str, Row]]:
    """All (page, quote) pairs of a row: the row itself, its `left`/`right` and members of its lists."""
    found: list[tuple[str, Row]] = []
    if "page" in row and "text" in row:
        found.append((str(row["page"]), row))
    for value in row.values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict):
                page = part.get("page", row.get("page"))
                found += quotes(part | {"page": page})
    return found


def statement_faults(readings: tuple[str, ...], row: Row) -> list[str]:
    """Faults of a row of `statements.jsonl`."""
    contents = list(row["content"]) if isinstance(row["content"], list) else []
    faults = [fault_of_quote(readings, {"text": part}) for part in contents]
    reading = next((text for text in readings if contents and contents[0] in text), "")
    at = reading.find(contents[0]) if contents else 0
    near = reading[max(0, at - NEAR) : at + len("".join(contents)) + NEAR]
    words = [str(row[field]) for field in ("source", "cue") if row.get(field)]
    return faults + [f"{word!r} is not near {contents[:1]}" for word in words if word not in near]


def faults() -> list[str]:
    """Every fault of every file of the gold, one line each."""
    readings = pages()
    found: list[str] = []
    for path in sorted((HERE / "gold").glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            row = json.loads(line)
            named = [row["page"]] if "page" in row else []
            named += list(row.get("documents", [])) + [page for page, _ in quotes(row)]
            here = [f"no such page: {name}" for name in named if name not in readings]
            if not here and path.stem == "statements":
                here = statement_faults(readings[row["page"]], row)
            if not here:
                here = [fault_of_quote(readings[page], quote) for page, quote in quotes(row)]
            found += [f"{path.name}:{number}: {fault}" for fault in here if fault]
    return found


def main() -> int:
    """Print the faults; the exit status."""
    found = faults()
    print("\n".join(found) or "The gold quotes the pages exactly.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
