"""What can be told of two mentions from their words: features of a pair, as numbers of rows of one embedding table. No torch."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

import msgspec
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

# Mentions looked back at: the nearest ones, and beside them the last ones that share the head's word, however far.
NEAREST = 40
SAME_HEAD = 6
PRONOUNS: tuple[tuple[str, ...], ...] = (
    ("i", "me", "my", "mine", "myself"),
    ("we", "us", "our", "ours", "ourselves"),
    ("you", "your", "yours", "yourself", "yourselves"),
    ("he", "him", "his", "himself"),
    ("she", "her", "hers", "herself"),
    ("it", "its", "itself"),
    ("they", "them", "their", "theirs", "themselves", "themself"),
    ("this", "that", "these", "those"),
    ("who", "which", "whom", "whose"),
)
_PRONOUN = {form: n + 1 for n, forms in enumerate(PRONOUNS) for form in forms}
_CLASSES = len(PRONOUNS) + 1
_DISTANCES = (0, 1, 2, 4, 8, 16)
_BETWEEN = (1, 2, 3, 6, 12, 24, 48)
_OPENS, _CLOSES = frozenset("“„«"), frozenset("”»")
_FUNCTION = frozenset(
    "a an the this that these those of in on at for to and or by with from as 's ’s its his her their our my your".split()
)

# Name and number of values of each feature; the values of one pair are shifted by what stands before.
FEATURES: tuple[tuple[str, int], ...] = (
    ("same head", 2),
    ("same words", 2),
    ("head within", 4),
    ("words shared", 4),
    ("sentences between", len(_DISTANCES) + 1),
    ("mentions between", len(_BETWEEN) + 1),
    ("pronouns", _CLASSES * _CLASSES),
    ("quoted", 4),
    ("nested", 2),
    ("kinds", 3),
    ("named", 4),
)
_SHIFT = np.concatenate([[0], np.cumsum([n for _, n in FEATURES])])
ROWS = int(_SHIFT[-1])


class Mentions(msgspec.Struct, frozen=True):
    """The mentions of a stretch of text, in order; one row each.

    `head`, `first`, `last`: words of the stretch; `sentence`; `kind`: class as head of a mention; `forms`: lower-cased words
    of each; `heads`: lower-cased head words; `quoted`, `named`: 0 or 1.
    """

    head: Ints
    first: Ints
    last: Ints
    sentence: Ints
    kind: Ints
    forms: list[frozenset[str]]
    strings: list[str]
    heads: list[str]
    quoted: Ints
    named: Ints


def quoted(words: Sequence[str]) -> Ints:
    """1 on each word that stands within quotation marks, as far as marks tell; straight marks open and close in turn."""
    inside, out = False, []
    for word in words:
        if word in _OPENS:
            inside = True
        elif word in _CLOSES:
            inside = False
        elif word in {'"', "``", "''"}:
            inside = not inside if word == '"' else word == "``"
        out.append(int(inside))
    return np.array(out, dtype=np.int64)


def mentions(words: Sequence[str], sentence: Ints, rows: Ints, kinds: Ints) -> Mentions:
    """Mentions as pairs see them.

    Args:
        words: Forms of the stretch.
        sentence: Number of each word's sentence.
        rows: Head, first and last word of each mention, in order.
        kinds: Class of each mention.
    """
    head, first, last = rows[:, 0], rows[:, 1], rows[:, 2]
    forms, strings = [], []
    for a, b in zip(first.tolist(), last.tolist(), strict=True):
        held = [w.lower() for w in words[a : b + 1]]
        forms.append(frozenset(w for w in held if w not in _FUNCTION and any(c.isalnum() for c in w)))
        strings.append(" ".join(w for w in held if w not in {"the", "a", "an"}))
    return Mentions(
        head=head,
        first=first,
        last=last,
        sentence=sentence[head] if len(head) else head,
        kind=kinds,
        forms=forms,
        strings=strings,
        heads=[words[h].lower() for h in head.tolist()],
        quoted=quoted(words)[head] if len(head) else head,
        named=np.array(
            [int(words[h][:1].isupper() and words[h].lower() not in _PRONOUN) for h in head.tolist()],
            dtype=np.int64,
        ),
    )


def candidates(held: Mentions) -> list[list[int]]:
    """For each mention the earlier ones that may be the same, nearest last."""
    by_head: dict[str, list[int]] = {}
    found = []
    for n, head in enumerate(held.heads):
        near = range(max(0, n - NEAREST), n)
        far = [m for m in by_head.get(head, [])[-SAME_HEAD:] if m < near.start]
        found.append([*far, *near])
        if head not in _PRONOUN:
            by_head.setdefault(head, []).append(n)
    return found


def features(held: Mentions, left: int, right: int) -> list[int]:
    """The values of a pair: `right` a mention, `left` an earlier one."""
    head_l, head_r = held.heads[left], held.heads[right]
    forms_l, forms_r = held.forms[left], held.forms[right]
    shared = len(forms_l & forms_r)
    cover = 0 if not shared else 1 + (forms_l <= forms_r) + (forms_r <= forms_l)
    kind_l, kind_r = int(held.kind[left]), int(held.kind[right])
    return [
        int(head_l == head_r),
        int(held.strings[left] == held.strings[right]),
        2 * int(head_l in forms_r) + int(head_r in forms_l),
        cover,
        bisect_right(_DISTANCES, int(held.sentence[right] - held.sentence[left])),
        bisect_right(_BETWEEN, right - left),
        _PRONOUN.get(head_l, 0) * _CLASSES + _PRONOUN.get(head_r, 0),
        int(2 * held.quoted[left] + held.quoted[right]),
        int(held.first[right] <= held.last[left]),
        0 if kind_l == kind_r else 1 if 1 in {kind_l, kind_r} else 2,
        int(2 * held.named[left] + held.named[right]),
    ]


class Pairs(msgspec.Struct, frozen=True):
    """All pairs of a stretch: places of the earlier and the later mention, and rows of the embedding table [P, F]."""

    left: Ints
    right: Ints
    rows: Ints


def pairs(held: Mentions) -> Pairs:
    """The pairs of each mention with its candidates."""
    left, right, rows = [], [], []
    for n, before in enumerate(candidates(held)):
        for m in before:
            left.append(m)
            right.append(n)
            rows.append(features(held, m, n))
    values = np.array(rows, dtype=np.int64).reshape(-1, len(FEATURES)) + _SHIFT[:-1]
    return Pairs(np.array(left, dtype=np.int64), np.array(right, dtype=np.int64), values)
