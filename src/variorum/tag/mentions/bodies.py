"""Bodies named by a common noun: `the ministry`, `Kosten police`, `the Marovian armed forces`, `authorities in Kosten`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from variorum.tag.mentions.pieces import Piece, affiliates
from variorum.text import lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from variorum.tag.mentions.page import Page

# Nouns that name a body even without an article or an owner ("police said").
_BARE = frozenset({"police", "parliament", "authorities"})
_PREPOSITIONS = frozenset({"of", "in", "for"})
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_DETERMINERS = frozenset({"the", "its", "their", "his", "her", "our", "a", "an"})
# Nouns that name a body only with an owner or a word before them: the police force, not "the force that the law allows".
_OWNED_ONLY = frozenset({"force", "authority", "service"})
# Nouns whose owner may follow: the government of Marovia, authorities in Kosten; not "troops in Kosten".
_OWNED_AFTER = frozenset(
    {
        "government",
        "authorities",
        "ministry",
        "parliament",
        "army",
        "leadership",
        "regime",
        "mission",
        "embassy",
        "church",
        "police",
    }
)


def _owner_before(page: Page, at: int, ends: Mapping[int, int], pieces: Sequence[Piece]) -> int:
    """Index of the piece that ends right before a token, with or without 's; -1 if none can own a body."""
    stop = at - 1 if at > 0 and page.low[at - 1] in _POSSESSIVE else at
    index = ends.get(stop, -1)
    if index < 0 or not page.same_sentence(stop - 1, at):
        return -1
    piece = pieces[index]
    owns = affiliates(piece.label) or piece.kind in {"place", "group", "organisation"}
    return index if owns and (stop == at or piece.label != "adjective") else -1


def _owner_after(page: Page, stop: int, starts: Mapping[int, int], pieces: Sequence[Piece]) -> int:
    if page.next_low(stop) not in _PREPOSITIONS or not page.same_sentence(stop - 1, stop):
        return -1
    at = stop + 2 if page.next_low(stop + 1) == "the" else stop + 1
    index = starts.get(at, -1)
    return index if index >= 0 and pieces[index].kind == "place" else -1


def _has_right(page: Page, first: int, head: int, *, titled: bool) -> bool:
    """Whether a noun without owner may stand as a body: after an article, or by itself where that is usual."""
    before = page.next_low(first - 1) if page.same_sentence(first - 1, first) else ""
    return (
        before in _DETERMINERS - {"a", "an"}
        or titled
        or (page.low[head] in _BARE and before not in {"a", "an"})
    )


def _modifiers(page: Page, head: int, sentence_first: int) -> int:
    """First token of the words that belong to a body's noun: `interior ministry`, `armed forces`."""
    words = lexicon.acting_heads()[1]
    first = head
    while first > sentence_first and page.low[first - 1] in words and page.shape[first - 1] == "l":
        first -= 1
    return first


def bodies(page: Page, pieces: Sequence[Piece], title_starts: frozenset[int]) -> list[Piece]:
    """Bodies that are named by a noun in lower case; `owner` is an index into `pieces`."""
    ends = {p.stop: i for i, p in enumerate(pieces)}
    starts = {p.first: i for i, p in enumerate(pieces)}
    heads = lexicon.acting_heads()[0]
    found = []
    for i in range(len(page)):
        if page.low[i] not in heads or not (page.shape[i] == "l" or (page.opens[i] and i not in starts)):
            continue
        if i + 1 < len(page) and page.low[i + 1] in heads and page.shape[i + 1] == "l":
            continue
        if (
            page.next_low(i + 1) in {"-", "officer", "officers", "station", "chief"}
            and i + 1 not in title_starts
        ):
            continue
        piece = _body_at(page, i, ends, starts, pieces, titled=i + 1 in title_starts)
        if piece:
            found.append(piece)
    return found


def _body_at(
    page: Page,
    head: int,
    ends: Mapping[int, int],
    starts: Mapping[int, int],
    pieces: Sequence[Piece],
    *,
    titled: bool,
) -> Piece | None:
    first = _modifiers(page, head, page.bounds[page.sentence[head]][0])
    owner = _owner_before(page, first, ends, pieces)
    if owner >= 0:
        return Piece(pieces[owner].first, head + 1, kind="organisation", common=True, owner=owner)
    stop = head + 1
    owner = _owner_after(page, stop, starts, pieces) if page.low[head] in _OWNED_AFTER else -1
    if owner >= 0:
        stop = pieces[owner].stop
    elif not _has_right(page, first, head, titled=titled) or (
        page.low[head] in _OWNED_ONLY and first == head
    ):
        return None
    if page.next_low(first - 1) == "the" and page.same_sentence(first - 1, first):
        first -= 1
    return Piece(first, stop, kind="organisation", common=True, owner=owner)
