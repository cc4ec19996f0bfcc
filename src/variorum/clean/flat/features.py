"""What the block model sees of a piece: layout, punctuation, shares of word classes, neighbours. No words.

Every feature is a small whole number (a bucket), so that the model is a table look-up and a sum of whole numbers:
the same on every machine.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from itertools import accumulate, chain
from typing import TYPE_CHECKING

import msgspec

from variorum.clean.flat import context
from variorum.clean.flat.words import CHROME_WORDS, LANGUAGES_OF, WHOLE_LINES, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.clean.flat.pieces import Piece

# Only this much of a piece is looked at: what is longer is prose or code, and both show early.
_LOOK = 600
_WORD = re.compile(r"\w+")
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("code", re.compile(r"[{};]\s*(?:var|function|return|\})|=>|\bfunction\s*\(|^\s*[.#][\w-]+\s*\{|</?\w+>|\{\{|\[/?\w+[^\]]*=")),
    ("handle", re.compile(r"(?<!\w)@\w{2,}|pic\.twitter\.com|t\.co/")),
    ("link", re.compile(r"https?://|www\.\w|\w\.(?:com|org|net|html)\b|\S@\S+\.\w")),
    ("hash", re.compile(r"(?<!\w)#\w{2,}")),
    ("rights", re.compile(r"©|\(c\) ?\d{4}|®|™", re.IGNORECASE)),
    ("arrow", re.compile(r"[»›→▶►▾▼☰✕×|]|\s>\s|>>|^[<>]")),
    ("ago", re.compile(r"\b\d+\s?(?:min(?:ute)?s?|h(?:ou)?rs?|h|m|d(?:ay)?s?|weeks?|months?|years?)\s+ago\b", re.IGNORECASE)),
    ("clock", re.compile(r"\b\d{1,2}:\d{2}\b|\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")),
    ("credit", re.compile(r"\b(?:photo(?:graph)?|image|picture|credit|source|foto)s?\s?(?:by)?:|\([A-Z]\w+ ?/ ?[A-Z]", re.IGNORECASE)),
    ("byline", re.compile(r"^(?:by|from|von|par|por|author:|written by)\s+[A-Z]", re.IGNORECASE)),
)  # fmt: skip
# Of each mark, what a text must hold one of to have it: looking for that costs a tenth of the pattern.
_DIGITS = tuple("0123456789")
_NEEDED: tuple[tuple[str, ...], ...] = (
    ("{", "}", ";", "=", "<", "function"),
    ("@", "pic.", "t.co"),
    ("://", "www.", ".com", ".org", ".net", ".html", "@"),
    ("#",),
    ("©", "(c)", "(C)", "®", "™"),
    (*"»›→▶►▾▼☰✕×|<>",),
    _DIGITS,
    _DIGITS,
    (":", "("),
)
_ENDS = {
    **dict.fromkeys(".!?。！？", 1),
    **dict.fromkeys("\"'”’»", 2),
    ":": 3,
    "…": 4,
    ",": 5,
    ")": 6,
    "]": 6,
}
_STARTS = {**dict.fromkeys("\"'“‘«„", 1), **dict.fromkeys("•·*-–—●▪", 2), **dict.fromkeys("©(", 3)}
_INNER = ",;.:!?"


class Look(msgspec.Struct, gc=False):
    """What is seen of one piece by itself.

    Attributes:
        text: Its words, lower case, white space single (cut at `_LOOK`).
        words: Number of words.
        prose: 0 label, 1 headline-like, 2 sentence-like, 3 a paragraph of prose.
        chrome: 0 none, 1 some furniture words, 2 many, 3 the whole line.
        kind: Kind of furniture, where the whole line is.
        language: Language whose function words lead, or empty.
        content: Its longer words, which carry its topic.
        phrases: Furniture phrases in it.
        buckets: Its own features.
    """

    text: str
    words: int
    prose: int
    chrome: int
    kind: str
    language: str
    content: frozenset[str]
    phrases: tuple[str, ...]
    buckets: tuple[int, ...]


def look(text: str) -> Look:
    """See one piece by itself."""
    seen = text[:_LOOK]
    lower = " ".join(seen.lower().split())
    words = _WORD.findall(seen)
    firsts = [w[0] for w in words]
    # Splitting costs six times what lower case costs; only the dotted capital I becomes two characters, one no letter.
    lows = [w.lower() for w in words] if "İ" not in seen else _WORD.findall(lower)
    count = len(words) or 1
    hits = [LANGUAGES_OF[w] for w in lows if w in LANGUAGES_OF]
    capitals = sum(map(str.isupper, firsts))
    small = sum(map(str.isalpha, firsts)) - capitals
    numbers = sum(map(str.isdigit, firsts))
    short = count < 60
    furniture = sum(map(CHROME_WORDS.__contains__, lows)) if short else 0
    found = phrases(lower, lows) if short else []
    inner = sum(map(seen.count, _INNER))
    total = count if len(text) <= _LOOK else count * len(text) // _LOOK
    stop_share = len(hits) / count
    commas = inner / count
    prose = _prose(total, stop_share, small / count, text)
    kind = WHOLE_LINES.get(lower.strip(" :.!»›>|•·-–—…*"), "")
    chrome = 3 if kind else _chrome(count, furniture + 2 * len(found))
    return Look(
        text=lower,
        words=total,
        prose=prose,
        chrome=chrome,
        kind=kind,
        language=_language(hits) if count >= 4 else "",
        content=frozenset(w for w in lows if len(w) > 4) if count >= 4 else frozenset(),
        phrases=tuple(found),
        buckets=(
            bisect_right((2, 3, 5, 8, 12, 18, 30, 60, 120), total),
            bisect_right((0.01, 0.1, 0.18, 0.26, 0.34, 0.42), stop_share),
            4 if text.endswith("...") else _ENDS.get(text[-1:], 0),
            _start(seen),
            bisect_right((0.01, 0.15, 0.3, 0.5, 0.8), capitals / count),
            chrome,
            min(len(found), 2),
            bisect_right((0.01, 0.1, 0.3), numbers / count),
            bisect_right((0.01, 0.06, 0.12, 0.2), commas),
            _mark(seen),
            bisect_right((0.01, 0.1, 0.3, 0.7), sum([w.isupper() for w in words if len(w) > 2]) / count),
        ),
    )


def _prose(words: int, stop_share: float, small_share: float, text: str) -> int:
    ended = _ENDS.get(text[-1:], 0) in (1, 2)
    running = small_share >= 0.6 and (ended or "," in text)
    if words >= 25 and (stop_share >= 0.18 or running):
        return 3
    if len(text) >= 60 and sum(map(text.count, "，。、；")) >= 2:
        return 3
    if words >= 9 and (stop_share >= 0.14 or running):
        return 2
    if words >= 5 and ended and (stop_share >= 0.1 or running):
        return 2
    return 1 if words >= 4 else 0


def _chrome(count: int, hits: int) -> int:
    share = hits / count
    return 2 if share >= 0.3 else 1 if share >= 0.1 else 0


def _language(hits: Sequence[tuple[str, ...]]) -> str:
    found = Counter(chain.from_iterable(hits))
    best = max(found, key=lambda k: found[k], default="")
    return best if best and found[best] > 1 else ""


def _start(text: str) -> int:
    first = text[:1]
    known = _STARTS.get(first)
    if known:
        return known
    return (
        4
        if first.isdigit()
        else 5
        if first.islower()
        else 6
        if first.isupper()
        else 7
        if first.isalpha()
        else 0
    )


def _mark(text: str) -> int:
    # In prose and code the first two are looked for alone: the other marks tell short lines apart.
    long = len(text) > 300
    for number, needed in enumerate(_NEEDED[:2] if long else _NEEDED):
        if any(map(text.__contains__, needed)) and _MARKS[number][1].search(text):
            return number + 1
    return len(_MARKS) if not long and _MARKS[-1][1].match(text) else 0


def page_language(looks: Sequence[Look]) -> str:
    """Language of most prose of the page; empty if none leads."""
    weights: dict[str, int] = {}
    for seen in looks:
        if seen.prose >= 2 and seen.language:
            weights[seen.language] = weights.get(seen.language, 0) + seen.words
    return max(sorted(weights), key=lambda k: weights[k]) if weights else ""


def core(looks: Sequence[Look]) -> tuple[int, int]:
    """The run of pieces `[first, last)` where prose weighs most: where the article should be."""
    best, best_range, total, first = 0.0, (0, 0), 0.0, 0
    for index, seen in enumerate(looks):
        if total <= 0:
            total, first = 0.0, index
        total += _core_weight(seen)
        if total > best:
            best, best_range = total, (first, index + 1)
    return best_range


def _core_weight(seen: Look) -> float:
    if seen.chrome == 3:
        return -1.0
    if seen.prose == 3:
        return min(seen.words, 60) / 10
    return (-0.6, -0.4, 1.0)[seen.prose]


def features(pieces: Sequence[Piece], raw: str, looks: Sequence[Look]) -> list[tuple[int, ...]]:
    """The features of every piece: its own, then those of its place among the others."""
    first, last = core(looks)
    language = page_language(looks)
    seen_before = _repeated(looks)
    sums = [0, *accumulate(s.words if s.prose >= 2 else 0 for s in looks)]
    alls = [0, *accumulate(s.words for s in looks)]
    level = bisect_right((0.3, 0.6, 0.85), sums[-1] / (alls[-1] or 1))
    classes = [0, 0, *(s.prose for s in looks), 0, 0]
    lead = _last_lead(looks)
    sums_end = [0, *accumulate(s.kind in _CLOSING and s.chrome == 3 for s in looks)]
    topic = Counter(w for s in looks[first:last] if s.prose >= 2 for w in s.content)
    others = context.context(looks, first, last)
    rows = []
    for i, (piece, seen) in enumerate(zip(pieces, looks, strict=True)):
        low, high = max(0, i - 5), min(len(looks), i + 6)
        density = (sums[high] - sums[low]) / (alls[high] - alls[low] or 1)
        place = _place(i, first, last)
        foreign = 2 if seen.language and language and seen.language != language else int(not seen.language)
        gap_before = _blank_line(raw, pieces[i - 1].end if i else 0, piece.start)
        gap_after = _blank_line(raw, piece.end, pieces[i + 1].start if i + 1 < len(pieces) else len(raw))
        rows.append(
            (
                *seen.buckets,
                int(seen.text in seen_before),
                place,
                classes[i + 1] * 4 + classes[i + 3],
                classes[i] * 4 + classes[i + 4],
                bisect_right((0.05, 0.25, 0.5, 0.75, 0.95), density) + 6 * seen.prose,
                foreign,
                level,
                place * 4 + seen.prose,
                gap_before * 3 + gap_after,
                _near_chrome(looks, i),
                bisect_right((1, 2, 4, 9), i - lead[i]) if lead[i] >= 0 else 5,
                bisect_right((1, 2, 5), sums_end[i] - sums_end[first]) if i > first else 4,
                min(10 * i // len(looks), 9),
                _on_topic(seen, topic, inside=first <= i < last and seen.prose >= 2) + 6 * (seen.prose == 3),
                looks[i - 1].chrome * 5 + (looks[i + 1].chrome if i + 1 < len(looks) else 4) if i else 20,
                *others[i],
            )
        )
    return rows


# Number of buckets of each feature, in order.
_BUCKETS = (10, 7, 7, 8, 6, 4, 3, 4, 5, 11, 5, 2, 7, 16, 16, 24, 3, 4, 28, 9, 7, 6, 5, 10, 12, 21)
SIZES = (*_BUCKETS, *context.SIZES)
# Kinds of furniture whose headings close an article.
_CLOSING = frozenset({"comment_form", "comments", "related", "licence"})
# Marks that stand above an article's first paragraph: a time of day, "3 hours ago", a byline.
_LEADING = frozenset({7, 8, 10})


def _last_lead(looks: Sequence[Look]) -> list[int]:
    """For each piece the last one before it that looks like the line under a headline; -1 if none."""
    found, last = [], -1
    for index, seen in enumerate(looks):
        found.append(last)
        if seen.buckets[9] in _LEADING and seen.words < 25:
            last = index
    return found


def _repeated(looks: Sequence[Look]) -> set[str]:
    once: set[str] = set()
    twice: set[str] = set()
    for seen in looks:
        (twice if seen.text in once else once).add(seen.text)
    return twice


def _place(index: int, first: int, last: int) -> int:
    if index < first:
        return bisect_right((3, 10), first - index)
    if index < last:
        return 3
    return 4 + bisect_right((3, 10), index - last + 1)


def _on_topic(seen: Look, topic: Counter[str], *, inside: bool) -> int:
    """How many of its longer words the likely article holds elsewhere: 0 for none to tell, 1 to 5."""
    if not seen.content:
        return 0
    least = 2 if inside else 1
    shared = sum(topic[w] >= least for w in seen.content)
    return 1 + bisect_right((0.08, 0.2, 0.35, 0.5), shared / len(seen.content))


def _blank_line(raw: str, start: int, end: int) -> int:
    """0 within a line, 1 a line break, 2 a blank line."""
    return min(raw.count("\n", start, end), 2)


def _near_chrome(looks: Sequence[Look], index: int) -> int:
    near = sum(s.chrome >= 2 for s in looks[max(0, index - 3) : index + 4])
    return min(near, 6)
