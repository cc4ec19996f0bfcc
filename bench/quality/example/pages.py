"""Scores of what is found within a page: headers, chrome, statements, names, times, figures, places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.quality.example.gold import Beside, Layer, Place, Row, anchor, f1, ratio, rows, share
from variorum.clean.moments import in_utc
from variorum.measure import assign

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Contents are one if they share half of their code points: gold and system may cut at other marks.
CONTENT = 0.5
# Times and places may be found with or without a preposition or title.
SPAN = 0.3


def minutes(value: str) -> str:
    """A TIMEX3 value in UTC where it tells a zone, as the gold has it, without seconds that say nothing."""
    value = in_utc(value)
    return value.replace(":00Z", "Z") if value.count(":") == 2 else value


def headers(b: Beside) -> Layer:
    """Titles, outlets, authors; dates as the page tells them."""
    made = Layer()
    given = {page: b.dossier.documents_by_id[doc] for page, doc in b.doc_of.items()}
    gold = rows("documents")
    for name, field in (
        ("title", "title"),
        ("outlet", "outlet"),
        ("author", "author"),
        ("published", "published_value"),
    ):
        right = 0
        for row in gold:
            wanted = row["published_told"] if name == "published" else row[name]
            found = getattr(given[row["page"]], field)
            same = minutes(wanted).lower() == minutes(found).lower()
            right += same
            made.notes += [] if same else [f"{name} of {row['page']}: wanted {wanted!r}, found {found!r}"]
        made.figures[f"{name} right"] = right / len(gold)
    return made


def dates(b: Beside) -> Layer:
    """Dates as the story's other pages complete them: every page's day, and those that only its mates tell."""
    made = Layer()
    datings = {d.doc: d for d in b.records("datings")}
    days: list[bool] = []
    mates: list[bool] = []
    for row in rows("documents"):
        doc = b.doc_of[row["page"]]
        found = b.dossier.documents_by_id[doc].published_value
        if doc in datings and not found[:10].replace("-", "").isdigit():
            found = datings[doc].value
        same = row["published"][:10] == found[:10]
        days.append(same)
        if row["published_from"] == "mates":
            backed = doc in datings and bool(datings[doc].because_of)
            mates.append(same and backed)
        made.notes += [] if same else [f"{row['page']}: wanted {row['published']}, found {found!r}"]
    made.figures = {
        "days right": ratio(sum(days), len(days)),
        "completed by mates": ratio(sum(mates), len(mates)),
    }
    return made


def chrome(b: Beside) -> Layer:
    """What must not be in the text is not there and is a record; what must be there is."""
    made = Layer()
    removed: dict[str, list[str]] = {}
    of_page = {b.dossier.documents_by_id[doc].page: page for page, doc in b.doc_of.items()}
    for row in b.records("removed"):
        if row.page in of_page:
            removed.setdefault(of_page[row.page], []).append(" ".join(row.text.split()))
    gone = told = 0
    unwanted = rows("removed")
    for row in unwanted:
        wanted = " ".join(row["text"].split())
        away = b.find(row) is None
        listed = wanted in " ".join(removed.get(row["page"], []))
        gone, told = gone + away, told + (away and listed)
        made.notes += (
            [] if away and listed else [f"{row['page']}: {'not listed' if away else 'kept'}: {wanted!r}"]
        )
    kept = [(row, b.find(row) is not None) for row in rows("kept")]
    made.notes += [f"{row['page']}: lost: {row['text']!r}" for row, there in kept if not there]
    made.figures = {
        "chrome gone": gone / len(unwanted),
        "chrome listed": told / len(unwanted),
        "body kept": sum(there for _, there in kept) / len(kept),
    }
    return made


def _words(name: str) -> set[str]:
    return {
        w
        for w in name.lower().replace("’", "'").replace(".", "").split()
        if w not in {"the", "mr", "ms", "of"}
    }


def same_name(wanted: str, found: str) -> bool:
    """Whether one name is a longer or shorter form of the other."""
    one, other = _words(wanted), _words(found)
    return bool(one and other) and (one <= other or other <= one)


class Said:
    """Gold statements beside the system's, paired one to one by content."""

    def __init__(self, b: Beside) -> None:
        self.gold: list[tuple[Row, list[Place | None]]] = []
        for row in rows("statements"):
            text = b.texts[row["page"]]
            self.gold.append((row, [text.find(part) for part in row["content"]]))
        self.found = [s for s in b.records("statements") if s.doc in b.complete["statements"]]
        contents = [[anchor(s.doc, c) for c in s.content] for s in self.found]
        self.pairs = assign(self.gold, contents, lambda g, c: share(g[1], c), CONTENT)

    @property
    def of_gold(self) -> dict[int, Any]:
        """The system's statement of each gold one that has any."""
        return {i: self.found[j] for i, j in self.pairs}


def statements(b: Beside) -> Layer:
    """Statements by content; of those found who speaks, what is done, in whose words."""
    said = Said(b)
    made = Layer()
    recall, precision = ratio(len(said.pairs), len(said.gold)), ratio(len(said.pairs), len(said.found))
    right = {"speaker": 0, "act": 0, "manner": 0, "source": 0, "cue": 0}
    for i, s in sorted(said.of_gold.items()):
        row, content = said.gold[i]
        verdicts = _verdicts(b, row, content, s)
        for part, good in verdicts.items():
            right[part] += good
            if not good:
                value = {"speaker": s.speaker_name, "act": s.act, "manner": s.manner}.get(part)
                value = value if value is not None else _text(b, s.doc, getattr(s, part))
                wanted = row.get({"speaker": "speaker_name"}.get(part, part))
                made.notes.append(f"{part} wanted {wanted!r}, found {value!r}: {row['content'][0][:60]!r}")
    for i, (row, _) in enumerate(said.gold):
        if i not in said.of_gold:
            made.notes.append(
                f"missed [{row.get('source')}] <{row.get('cue')}> {row['content']} ({row['page']})"
            )
    hit = {j for _, j in said.pairs}
    for j, s in enumerate(said.found):
        if j not in hit:
            content = " | ".join(_text(b, s.doc, c) for c in s.content)
            made.notes.append(f"invented [{_text(b, s.doc, s.source)}] <{_text(b, s.doc, s.cue)}> {content}")
    made.figures = {"F1": f1(precision, recall), "recall": recall, "precision": precision}
    made.figures |= {f"{part} right": ratio(n, len(said.pairs)) for part, n in right.items()}
    return made


def _text(b: Beside, doc: str, span: Any) -> str:
    return b.words(anchor(doc, span)) if span else ""


def _verdicts(b: Beside, row: Row, content: Sequence[Place | None], s: Any) -> dict[str, bool]:
    near = next((p for p in content if p), None)
    source = b.texts[row["page"]].find(row.get("source", ""), near=near)
    cue = b.texts[row["page"]].find(row.get("cue", ""), near=near)
    overlap = share([source], [anchor(s.doc, s.source)]) >= SPAN if source and s.source else not source
    return {
        "speaker": same_name(row["speaker_name"], s.speaker_name) if "speaker_name" in row else overlap,
        "act": row["act"] == s.act,
        "manner": row["manner"] == s.manner,
        "source": overlap,
        "cue": share([cue], [anchor(s.doc, s.cue)]) > 0 if cue and s.cue else not cue,
    }


def chains(b: Beside) -> Layer:
    """Names and who bears them: each gold name has a chain, which holds its other names and roles and no one else's."""
    made = Layer()
    found = b.records("chains")
    named = [(row, b.doc_of[row["page"]]) for row in rows("chains")]
    hits = kinds = 0
    aliases: list[bool] = []
    roles: list[bool] = []
    for row, doc in named:
        of = [
            c for c in found if c.doc == doc and any(same_name(row["name"], n) for n in (c.name, *c.aliases))
        ]
        best = max(of, key=lambda c: (c.kind == row["kind"], c.name == row["name"], c.id), default=None)
        hits += best is not None
        if best is None:
            made.notes.append(f"missed {row['name']} ({row['page']})")
            continue
        kinds += best.kind == row["kind"]
        if best.kind != row["kind"]:
            made.notes.append(f"{row['name']} is {best.kind}, wanted {row['kind']} ({row['page']})")
        held = " ".join([best.name, *best.aliases, *best.roles]).lower()
        for alias in (a for a in row["aliases"] if a[:4].lower() != "the "):
            aliases.append(any(same_name(alias, n) for n in (best.name, *best.aliases)))
            made.notes += (
                [] if aliases[-1] else [f"{alias} is not in {best.name} {best.aliases} ({row['page']})"]
            )
        for role in row["roles"]:
            roles.append(all(w in held for w in _words(role)))
            made.notes += (
                [] if roles[-1] else [f"{best.name} has roles {best.roles}, wanted {role!r} ({row['page']})"]
            )
    made.figures = {
        "names found": hits / len(named),
        "kinds right": kinds / max(1, hits),
        "other names joined": ratio(sum(aliases), len(aliases)),
        "roles told": ratio(sum(roles), len(roles)),
    }
    return made


def _spans(
    b: Beside,
    table: str,
    same: Callable[[Row, Any], bool],
    tell: Callable[[Any], str],
    near: Callable[[Sequence[Any], Sequence[Any]], float] = share,
) -> Layer:
    """Spans with values: recall over all gold rows, precision over pages whose rows are all given."""
    made = Layer()
    gold = b.placed(table)
    found = b.records(table)
    pairs = assign(gold, found, lambda g, s: near([g[1]], [s]) if g[1] else 0.0, SPAN)
    good = {(i, j) for i, j in pairs if same(gold[i][0], found[j])}
    whole = b.complete.get(table, set())
    given = [j for j, s in enumerate(found) if s.doc in whole]
    hit, right = {j for _, j in pairs}, {j for _, j in good}
    recall = len(good) / len(gold)
    made.figures = {"found": len(pairs) / len(gold), "recall with value": recall}
    if whole:
        precision = ratio(len(right & set(given)), len(given))
        made.figures |= {"precision with value": precision, "F1 with value": f1(precision, recall)}
    taken = dict(pairs)
    for i, (row, place) in enumerate(gold):
        words = f"{row.get('context', row['text'])!r} ({row['page']})"
        if i not in taken:
            made.notes.append(f"{'missed' if place else 'not in text'} {words}")
        elif (i, taken[i]) not in good:
            wanted = {k: v for k, v in row.items() if k not in {"page", "text", "context"}}
            made.notes.append(f"{words}: wanted {wanted}, found {tell(found[taken[i]])}")
    made.notes += [f"invented {b.words(found[j])!r} {tell(found[j])}" for j in given if j not in hit]
    return made


def times(b: Beside) -> Layer:
    """Time expressions with their values."""
    return _spans(
        b,
        "times",
        lambda row, t: minutes(row["value"]) == minutes(t.value),
        lambda t: f"{t.kind} {t.value} {t.mod}".strip(),
    )


def figures(b: Beside) -> Layer:
    """Quantities with their range, kind and known quantity."""

    def same(row: Row, f: Any) -> bool:
        vague = row.get("vague", False) and "low" not in row
        bounds = f.vague if vague else (row.get("low"), row.get("high")) == (f.low, f.high)
        return bool(bounds) and row["kind"] == f.kind and row.get("quantity", "") in {"", f.quantity}

    return _spans(
        b,
        "figures",
        same,
        lambda f: f"{f.kind} {f.low}..{f.high} {f.quantity} {f.unit} vague={f.vague}",
        _of_shorter,
    )


def _of_shorter(left: Sequence[Any], right: Sequence[Any]) -> float:
    """Share of the shorter span that both hold: gold and system may take in a hedge or a unit, or leave it."""
    (a,), (b,) = left, right
    if a.doc != b.doc:
        return 0.0
    both = max(0, min(a.end, b.end) - max(a.start, b.start))
    return float(both / max(1, min(a.end - a.start, b.end - b.start)))


def places(b: Beside) -> Layer:
    """Place names with their entry in the user's gazetteer."""
    return _spans(
        b,
        "places",
        lambda row, p: row["gazetteer_id"] == p.gazetteer_id,
        lambda p: f"{p.gazetteer_id or 'unresolved'} {p.reason}",
    )
