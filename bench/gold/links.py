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

    def __init__(self, crisis: str, pages: list[Page]) -> None:
        self.crisis = crisis
        self.pages = {p.name: p for p in pages}
        self.names = {
            f"{p.name}.{e.words.get('name') or e.words.get('span')}" for p in pages for e in p.entries
        }
        self.labels = {f"{p.name}.{label}" for p in pages for label in p.labels}
        self.faults: list[str] = []
        self.rows: dict[str, list[dict]] = {name: [] for name in LINKS}

    def full(self, name: str) -> str:
        """A page's or record's name among all crises."""
        return f"{self.crisis}-{name}"

    def known(self, ids: str, *, among: set[str] | None = None) -> list[str]:
        """Ids of a list, each checked against records and labels (or pages)."""
        wanted = [self.full(i) for i in ids.split(",") if i]
        allowed = self.names | self.labels if among is None else among
        for i in wanted:
            if i not in allowed:
                raise ValueError(f"there is no {i}")
        return wanted

    def span(self, name: str) -> dict:
        """The span of a label, or of a record that is a span."""
        name = name if name in self.labels else self.full(name)
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

    def spans_of(self, name: str) -> list[dict]:
        """The spans of a record or label: a statement's content, else its own."""
        if name in self.labels:
            return [self.span(name)]
        page, _, record = name.partition(".")
        entries = [e for e in self.pages[page].of("statement") if e.words["name"] == record]
        return [self.span(f"{page}.{label}") for e in entries for label in e.values["content"].split(",")]

    def one_of(self, value: str, allowed: set[str]) -> str:
        if value not in allowed:
            raise ValueError(f"{value!r} is not in the guide")
        return value

    def docs(self, ids: str) -> list[str]:
        return self.known(ids, among=set(self.pages))


def _story(r: _Reader, w: list[str], _v: dict[str, str]) -> None:
    r.rows["stories"].append({"id": r.full(w[0]), "title": w[1], "documents": r.docs(w[2])})


def _episode(r: _Reader, w: list[str], _v: dict[str, str]) -> None:
    r.rows["episodes"].append(
        {"id": r.full(w[0]), "story": r.full(w[1]), "title": w[2], "documents": r.docs(w[3])}
    )


def _actor(r: _Reader, w: list[str], _v: dict[str, str]) -> None:
    r.rows["actors"].append({"id": r.full(w[0]), "chains": r.known(w[1])})


def _passage(r: _Reader, w: list[str], v: dict[str, str]) -> None:
    left, right = sorted((r.span(w[0]), r.span(w[1])), key=lambda s: (s["doc"], s["start"]))
    first = r.full(v.get("first", "unknown"))
    side = {left["doc"]: "left", right["doc"]: "right"}.get(first, "unknown")
    row = {
        "id": f"{r.full(w[0])}~{r.full(w[1])}",
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
            "id": r.full(f"{w[0]} {w[1]} {w[2]}"),
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


# What may back a claim.
_BACKING = ("figures", "statements", "times", "places", "events")


def _claim(r: _Reader, w: list[str], v: dict[str, str]) -> None:
    row = {"id": r.full(f"{w[0]}: {w[1]}"), "about": r.full(w[0]), "value": w[1]}
    odd = v.keys() - set(_BACKING)
    if odd:
        raise ValueError(f"a claim has no {', '.join(sorted(odd))}")
    backing = {name: r.known(v[name]) for name in _BACKING if name in v}
    spans = [_hull(r.spans_of(name)) for names in backing.values() for name in names]
    if not spans:
        raise ValueError(f"a claim needs {'= or '.join(_BACKING)}=")
    r.rows["claims"].append(row | backing | {"spans": spans})


def _conflict(r: _Reader, w: list[str], _v: dict[str, str]) -> None:
    left, right = sorted(r.known(f"{w[1]},{w[2]}"))
    row = {"id": f"{left}~{right}", "kind": r.one_of(w[0], _CONFLICTS), "left": left, "right": right}
    spans = {f"{end}_span": _hull(r.spans_of(name)) for end, name in (("left", left), ("right", right))}
    r.rows["conflicts"].append(row | spans | {"comparable": r.one_of(w[3], _COMPARABLE), "why": w[4]})


def _hull(spans: list[dict]) -> dict | None:
    """The one span from the first's start to the last's end; None where there is none (a chain)."""
    if not spans:
        return None
    return {"doc": spans[0]["doc"], "start": spans[0]["start"], "end": spans[-1]["end"]}


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
    claim = r.full(f"{w[0]}: {v['value']}" if "value" in v else w[0])
    row = {"id": claim, "claim": claim}
    r.rows["silences"].append(row | {"reported_by": r.docs(v["reports"]), "silent": r.docs(v["silent"])})


def _happening(r: _Reader, w: list[str], v: dict[str, str]) -> None:
    r.rows["happenings"].append(
        {
            "id": r.full(w[0]),
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


def _utterances(links: list[dict]) -> list[dict]:
    """Links of two statements brought together: one row an utterance, with all its statements."""
    held: dict[str, set[str]] = {}
    for link in links:
        joined = held.get(link["left"], {link["left"]}) | held.get(link["right"], {link["right"]})
        held |= dict.fromkeys(joined, joined)
    rows = []
    for members in {tuple(sorted(joined)) for joined in held.values()}:
        own = [{n: k[n] for n in ("left", "right", "kind")} for k in links if k["left"] in members]
        rows.append({"id": members[0], "statements": list(members), "links": own})
    return sorted(rows, key=lambda row: row["id"])


def _loose(rows: dict[str, list[dict]]) -> list[str]:
    """Names that point to nothing across lines."""
    about = {name for claim in rows["claims"] for name in (claim["about"], claim["id"])}
    return [
        f"a silence names a claim: there is none about {s['claim']!r}"
        for s in rows["silences"]
        if s["claim"] not in about
    ]


def read_links(path: Path, crisis: str, pages: list[Page]) -> tuple[dict[str, list[dict]], list[str]]:
    """Rows of every layer across pages, and every fault found, with its line."""
    reader = _Reader(crisis, pages)
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
    reader.rows["utterances"] = _utterances(reader.rows["utterances"])
    return reader.rows, reader.faults + [f"{path.name}: {fault}" for fault in _loose(reader.rows)]
