"""Bodies named by a common noun: `the ministry`, `Kosten police`, `the Marovian armed forces`, `authorities in Kosten`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from variorum.tag.mentions.page import POSSESSIVE, Marked
from variorum.tag.mentions.pieces import Piece, affiliates
from variorum.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from variorum.tag.mentions.page import Page

_OF = frozenset({"of", "in", "for"})
# Parts of speech before a head within its phrase, and how many words it may reach to either side.
_PHRASE = frozenset({"ADJ", "NOUN", "PROPN", "DET", "NUM", "PART", "PRON"})
_REACH = 8
# A body behind these is any body, not one that the page speaks of.
_INDEFINITE = frozenset(
    {
        "a",
        "an",
        "another",
        "any",
        "some",
        "no",
        "every",
        "each",
        "many",
        "several",
        "other",
        "few",
        "two",
        "three",
    }
)
_DETERMINERS = (
    frozenset({"its", "their", "his", "her", "our", "my", "your", "this", "that", "these", "those"})
    | _INDEFINITE
)


class _At:
    """Names by where they begin and end."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self.ends: Mapping[int, int] = {p.stop: i for i, p in enumerate(pieces)}
        self.starts: Mapping[int, int] = {p.first: i for i, p in enumerate(pieces)}
        self.covered = {k for p in pieces for k in range(p.first, p.stop)}

    def owns(self, index: int, *, possessive: bool) -> bool:
        piece = self.pieces[index]
        owner = affiliates(piece.label) or piece.kind in {"place", "group", "organisation"}
        return owner and not (possessive and piece.label == "adjective")


def bodies(page: Page, pieces: Sequence[Piece], hits: frozenset[int]) -> list[Piece]:
    """Bodies that the reader marked at a common noun; `owner` is an index into `pieces`.

    Args:
        page: The page.
        pieces: Its names.
        hits: Tokens of titles: "police chief" is nobody's police.
    """
    at = _At(pieces)
    # A noun that the lists do not know as a body's is one where the page speaks of it again.
    often = Counter(m.chain for m in page.mentions)
    marked = [m for m in page.mentions if m.kind == "organisation" and often[m.chain] > 1]
    found: dict[int, Piece] = {}
    for mention in [*marked, *_listed(page, hits)]:
        free = mention.head not in at.covered and mention.head not in hits and mention.head not in found
        if free and page.upos[mention.head] in {"NOUN", "PROPN"}:
            piece = _body(page, mention, at, titled=mention.head + 1 in hits)
            if piece:
                found[mention.head] = piece
    return list(found.values())


def _listed(page: Page, hits: frozenset[int]) -> Iterator[Marked]:
    """Noun phrases whose head the lists know as one of bodies that act: police, army, ministry."""
    heads = lexicon.acting_heads()
    for head, low in enumerate(page.low):
        follows = page.upos[head + 1] if page.same_sentence(head, head + 1) else ""
        # "Police spokesman" has a body in it, "police officer" has none.
        part = follows in {"NOUN", "PROPN"} and head + 1 not in hits
        if low not in heads or page.upos[head] not in {"NOUN", "PROPN"} or part:
            continue
        first = head
        while (
            first > page.bounds[page.sentence[head]][0]
            and head - first < _REACH
            and page.upos[first - 1] in _PHRASE
        ):
            first -= 1
        yield Marked(first, min(head + _REACH, page.bounds[page.sentence[head]][1]), "organisation", head)


def _body(page: Page, mention: Marked, at: _At, *, titled: bool) -> Piece | None:
    head = mention.head
    first = _noun_phrase(page, mention, at)
    possessive = page.next_low(first - 1) in POSSESSIVE and first - 1 > mention.first
    owner = at.ends.get(first - 1 if possessive else first, -1)
    if owner >= 0 and at.pieces[owner].first >= mention.first and at.owns(owner, possessive=possessive):
        return Piece(
            at.pieces[owner].first, head + 1, kind="organisation", common=True, owner=owner, head=head
        )
    before = page.next_low(first - 1) if first > mention.first else ""
    after, stop = _owner_after(page, mention, at)
    # "A police spokesman" speaks for the police, "a ministry" is any.
    if (before or page.low[first]) in _INDEFINITE and after < 0 and not titled:
        return None
    if before == "the":
        first -= 1
    return Piece(first, stop, kind="organisation", common=True, owner=after, head=head)


def _noun_phrase(page: Page, mention: Marked, at: _At) -> int:
    """First token of the noun with what describes it: `interior ministry`, `armed forces`; without article and owner."""
    first = mention.head
    while first > mention.first and first - 1 not in at.covered:
        low = page.low[first - 1]
        if low in POSSESSIVE or low == "the" or low in _DETERMINERS or page.shape[first - 1] == ".":
            break
        first -= 1
    return first


def _owner_after(page: Page, mention: Marked, at: _At) -> tuple[int, int]:
    """The place or body that a noun's "of", "in" or "for" names, and where the phrase ends; -1 if there is none."""
    stop = mention.head + 1
    if page.next_low(stop) not in _OF or stop >= mention.stop:
        return -1, stop
    start = stop + 2 if page.next_low(stop + 1) == "the" else stop + 1
    index = at.starts.get(start, -1)
    if index < 0 or at.pieces[index].kind not in {"place", "organisation"}:
        return -1, stop
    return index, at.pieces[index].stop
