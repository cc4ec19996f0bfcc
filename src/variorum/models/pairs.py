"""What can be told of two mentions from their words: features of a pair, as numbers of rows of one embedding table."""

from __future__ import annotations

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
    of each that tell something, `size` how many; `heads`: lower-cased head words; `pronoun`: class of the head, 0 none; `quoted`,
    `named`: 0 or 1.
    """

    head: Ints
    first: Ints
    last: Ints
    sentence: Ints
    kind: Ints
    forms: list[frozenset[str]]
    strings: list[str]
    heads: list[str]
    size: Ints
    pronoun: Ints
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


def mentions(words: Sequence[str], sentence: Ints, places: Ints, kinds: Ints) -> Mentions:
    """Mentions as pairs see them.

    Args:
        words: Forms of the stretch.
        sentence: Number of each word's sentence.
        places: Head, first and last word of each mention, in order.
        kinds: Class of each mention.
    """
    head, first, last = places[:, 0], places[:, 1], places[:, 2]
    forms, strings = [], []
    for a, b in zip(first.tolist(), last.tolist(), strict=True):
        held = [w.lower() for w in words[a : b + 1]]
        forms.append(frozenset(w for w in held if w not in _FUNCTION and any(c.isalnum() for c in w)))
        strings.append(" ".join(w for w in held if w not in {"the", "a", "an"}))
    heads = [words[h].lower() for h in head.tolist()]
    return Mentions(
        head=head,
        first=first,
        last=last,
        sentence=sentence[head] if len(head) else head,
        kind=kinds,
        forms=forms,
        strings=strings,
        heads=heads,
        size=np.array([len(f) for f in forms], dtype=np.int64),
        pronoun=np.array([_PRONOUN.get(h, 0) for h in heads], dtype=np.int64),
        quoted=quoted(words)[head] if len(head) else head,
        named=np.array(
            [int(words[h][:1].isupper() and words[h].lower() not in _PRONOUN) for h in head.tolist()],
            dtype=np.int64,
        ),
    )


def candidates(held: Mentions) -> tuple[Ints, Ints]:
    """The pairs of each mention with the earlier ones that may be the same: places of both, by the later, then the earlier."""
    count = len(held.heads)
    back = np.arange(1, NEAREST + 1)
    left = (np.arange(count)[:, None] - back).reshape(-1)
    right = np.repeat(np.arange(count), NEAREST)
    by_head: dict[str, list[int]] = {}
    far: list[tuple[int, int]] = []
    for n, head in enumerate(held.heads):
        if head not in _PRONOUN:
            known = by_head.setdefault(head, [])
            far += [(m, n) for m in known[-SAME_HEAD:] if m < n - NEAREST]
            known.append(n)
    more = np.array(far, dtype=np.int64).reshape(-1, 2)
    left, right = np.concatenate([left, more[:, 0]]), np.concatenate([right, more[:, 1]])
    left, right = left[left >= 0], right[left >= 0]
    order = np.lexsort((left, right))
    return left[order], right[order]


def features(held: Mentions, left: Ints, right: Ints) -> Ints:
    """The values of pairs [P, F]: `right` mentions, `left` earlier ones. The time goes by pairs, not by the page."""
    told = [_words_tell(held, a, b) for a, b in zip(left.tolist(), right.tolist(), strict=True)]
    same_head, same_words, within, shared = np.array(told, dtype=np.int64).reshape(-1, 4).T
    whole = (shared == held.size[left]).astype(np.int64) + (shared == held.size[right])
    kind_l, kind_r = held.kind[left], held.kind[right]
    # 1 is a mention of no kind of ours.
    kinds = np.where(kind_l == kind_r, 0, np.where((kind_l == 1) | (kind_r == 1), 1, 2))
    return np.stack(
        [
            same_head,
            same_words,
            within,
            np.where(shared == 0, 0, 1 + whole),
            np.searchsorted(_DISTANCES, held.sentence[right] - held.sentence[left], side="right"),
            np.searchsorted(_BETWEEN, right - left, side="right"),
            held.pronoun[left] * _CLASSES + held.pronoun[right],
            2 * held.quoted[left] + held.quoted[right],
            held.first[right] <= held.last[left],
            kinds,
            2 * held.named[left] + held.named[right],
        ],
        axis=1,
    )


def _words_tell(held: Mentions, a: int, b: int) -> tuple[bool, bool, int, int]:
    """Of two mentions: same head word, same words, heads within the other's words, words shared."""
    head_a, head_b, words_a, words_b = held.heads[a], held.heads[b], held.forms[a], held.forms[b]
    within = 2 * (head_a in words_b) + (head_b in words_a)
    return head_a == head_b, held.strings[a] == held.strings[b], within, len(words_a & words_b)


def rows(held: Mentions, left: Ints, right: Ints) -> Ints:
    """The features of pairs as rows of the embedding table [P, F]."""
    shifted: Ints = features(held, left, right) + _SHIFT[:-1]
    return shifted


class Pairs(msgspec.Struct, frozen=True):
    """All pairs of a stretch: places of the earlier and the later mention, and rows of the embedding table [P, F]."""

    left: Ints
    right: Ints
    rows: Ints


def pairs(held: Mentions) -> Pairs:
    """The pairs of each mention with its candidates."""
    left, right = candidates(held)
    return Pairs(left, right, rows(held, left, right))
