"""Reading what crosses pages: `links.txt` (`guide.md`, section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from bench.gold.page import words_of
from variorum.records.edges import Comparable, ConflictKind, LinkKind, PassageKind
from variorum.records.story import OriginKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.gold.page import Page

LINKS = (
    "stories", "episodes", "actors", "passages", "origins", "utterances", "claims", "conflicts", "denials", "silences", "happenings",
)  # fmt: skip
_PASSAGES = set(get_args(PassageKind))
_ORIGINS = set(get_args(OriginKind))
_RENDERINGS = set(get_args(LinkKind))
_CONFLICTS = set(get_args(ConflictKind))
_COMPARABLE = set(get_args(Comparable))


class _Reader:
    """Turns link lines into rows; keeps the faults."""

    def __init__(self, pages: list[Page]) -> None:
        self.pages = {p.name: p for p in pages}
        self.names = {
            f"{p.name}.{e.words.get('name') or e.words.get('span')}" for p in pages for e in p.entries
        }
        self.labels = {f"{p.name}.{label}" for p in pages for label in p.labels}
        self.faults: list[str] = []
        self.rows: dict[str, list[dict]] = {name: [] for name in LINKS}

    def known(self, ids: str, *, among: set[str] | None = None) -> list[str]:
        """Ids of a list, each checked against records and labels (or pages)."""
        wanted = [i for i in ids.split(",") if i]
        allowed = self.names | self.labels if among is None else among
        for i in wanted:
            if i not in allowed:
                raise ValueError(f"there is no {i}")
        return wanted

    def span(self, name: str) -> dict:
        """The span of a label, or of a record that is a span."""
        page, _, label = name.partition(".")
        if page not in self.pages or label not in self.pages[page].labels:
            raise ValueError(f"there is no label {name}")
        found = self.pages[page].labels[label]
        return {
            "doc": page,
            "start": found.start,
            "end": found.end,
            "text": self.pages[page].text[found.start : found.end],
        }

    def one_of(self, value: str, allowed: set[str]) -> str:
        if value not in allowed:
            raise ValueError(f"{value!r} is not in the guide")
        return value

    def docs(self, ids: str) -> list[str]:
        return self.known(ids, among=set(self.pages))


def _story(r: _Reader, w: list[str], _v: dict[str, str]) -> None:
    r.rows["stories"].append({"id": w[0], "title": w[1], "documents": r.docs(w[2])})


def _episode(r: _Reader, w: list[str], _v: dict[str, str]) -> None:
    r.rows["episodes"].append({"id": w[0], "story": w[1], "title": w[2], "documents": r.docs(w[3])})


def _actor(r: _Reader, w: list[str], _v: dict[str, str]) -> None:
    r.rows["actors"].append({"id": w[0], "chains": r.known(w[1])})


def _passage(r: _Reader, w: list[str], v: dict[str, str]) -> None:
    left, right = sorted((r.span(w[0]), r.span(w[1])), key=lambda s: (s["doc"], s["start"]))
    first = v.get("first", "unknown")
    side = {left["doc"]: "left", right["doc"]: "right"}.get(first, "unknown")
    row = {
        "id": f"{w[0]}~{w[1]}",
        "left": left,
        "right": right,
        "kind": r.one_of(w[2], _PASSAGES),
        "first": side,
        "why": v.get("evidence", ""),
    }
    r.rows["passages"].append(row)


def _origin(r: _Reader, w: list[str], _v: dict[str, str]) -> None:
    r.rows["origins"].append(
        {
            "id": f"{w[0]} {w[1]} {w[2]}",
            "kind": r.one_of(w[0], _ORIGINS),
            "name": w[1],
            "documents": r.docs(w[2]),
        }
    )


def _utterance(r: _Reader, w: list[str], _v: dict[str, str]) -> None:
    left, right = sorted(r.known(f"{w[0]},{w[1]}"))
    r.rows["utterances"].append(
        {"id": f"{left}~{right}", "left": left, "right": right, "kind": r.one_of(w[2], _RENDERINGS)}
    )


def _claim(r: _Reader, w: list[str], v: dict[str, str]) -> None:
    row = {"id": f"{w[0]}: {w[1]}", "about": w[0], "value": w[1]}
    r.rows["claims"].append(row | {name: r.known(v.get(name, "")) for name in ("figures", "statements")})


def _conflict(r: _Reader, w: list[str], _v: dict[str, str]) -> None:
    left, right = sorted(r.known(f"{w[1]},{w[2]}"))
    row = {"id": f"{left}~{right}", "kind": r.one_of(w[0], _CONFLICTS), "left": left, "right": right}
    r.rows["conflicts"].append(row | {"comparable": r.one_of(w[3], _COMPARABLE), "why": w[4]})


def _denial(r: _Reader, w: list[str], v: dict[str, str]) -> None:
    (statement,) = r.known(w[0])
    row = {"id": statement, "statement": statement, "denied": "", "claimed": None}
    if v.get("denied"):
        row["denied"] = r.known(v["denied"])[0]
    elif v.get("claimed"):
        row["claimed"] = r.span(v["claimed"])
    elif "none" not in w:
        raise ValueError("a denial needs denied=, claimed= or none")
    r.rows["denials"].append(row)


def _silence(r: _Reader, w: list[str], v: dict[str, str]) -> None:
    r.rows["silences"].append(
        {"id": w[0], "claim": w[0], "reported_by": r.docs(v["reports"]), "silent": r.docs(v["silent"])}
    )


def _happening(r: _Reader, w: list[str], v: dict[str, str]) -> None:
    r.rows["happenings"].append(
        {
            "id": w[0],
            "what": w[0],
            "events": r.known(w[1]),
            "when": v.get("time", ""),
            "where": v.get("place", ""),
        }
    )


_READERS: dict[str, Callable[[_Reader, list[str], dict[str, str]], None]] = {
    "story": _story, "episode": _episode, "actor": _actor, "passage": _passage, "origin": _origin, "utterance": _utterance,
    "claim": _claim, "conflict": _conflict, "denial": _denial, "silence": _silence, "happening": _happening,
}  # fmt: skip


def read_links(path: Path, pages: list[Page]) -> tuple[dict[str, list[dict]], list[str]]:
    """Rows of every layer across pages, and every fault found, with its line."""
    reader = _Reader(pages)
    if not path.is_file():
        return reader.rows, [f"{path.name}: is not there"]
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        text = line.split(" # ")[0].strip()
        if not text or text.startswith("#"):
            continue
        try:
            words, values, _ = words_of(text)
            _READERS[reader.one_of(words[0], set(_READERS))](reader, words[1:], values)
        except (ValueError, IndexError, KeyError) as error:
            reader.faults.append(f"{path.name}, line {number}: {error or type(error).__name__}")
    return reader.rows, reader.faults
