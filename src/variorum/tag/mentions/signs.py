"""What a name is shown to be by signs that the reader passes over now and again, counted in sightings."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from variorum.tag.mentions import known
from variorum.tag.mentions.known import related
from variorum.tag.mentions.page import POSSESSIVE
from variorum.text import lexicon
from variorum.text.normalise import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from variorum.tag.mentions.page import Page
    from variorum.tag.mentions.titles import TitleHit

# What the lists say of a whole name: enough to break a tie, not to outvote a page.
_LISTED = 1.5
# A sure sign, in sightings; a likely one; what decides between equals.
_SURE, _LIKELY, _SLIGHT = 2.0, 1.0, 0.5
# A page of fewer sentences may well give a surname alone.
_SHORT = 3
_IN = frozenset("in near across outside inside throughout around towards toward".split())
_OF = frozenset({"of", "for"})
_DASHES = frozenset({"—", "–", "-", "--"})
# Words of a body's name that its owner may stand before: Velmark's Special Border Police.
_NAME = 4
_LISTED_KIND: Mapping[str, str] = {
    "country": "place", "capital": "place", "body": "organisation", "seat": "organisation", "people": "group", "one": "group",
    "given": "person",
}  # fmt: skip
# Before the names of ships: merchant and motor vessels, and the prefixes of navies.
_SHIPS = frozenset(
    "MV MS MT MY SS RMS RV FV HMS HMCS HMAS HMNZS HNLMS HDMS HNoMS HSwMS USS USNS USCGC INS PNS BNS SLNS JS ROKS KRI KD RSS TCG ORP BAP ARA "
    "FS FGS ITS ESPS NRP BRP".split()
)
Votes = dict[str, dict[str, float]]
Span = tuple[int, int, str]


def shown(page: Page, spans: Sequence[Span], titles: Sequence[TitleHit]) -> Votes:
    """How strongly each name of a page, case aside, is shown to be of which kind.

    Args:
        page: The page.
        spans: Its names as marked: first token, one past the last, kind.
        titles: Its titles and roles.
    """
    votes: Votes = defaultdict(lambda: defaultdict(float))
    begins, ends = {t.first for t in titles}, {t.stop for t in titles}
    persons = {page.word[stop - 1] for first, stop, kind in spans if stop - first > 1 and kind == "person"}
    for name in dict.fromkeys(page.slice(first, stop) for first, stop, _ in spans):
        listed = _LISTED_KIND.get(known.labels().get(name, ""), "")
        if listed:
            votes[fold(name)][listed] += _LISTED
    for first, stop, _ in spans:
        told = votes[fold(page.slice(first, stop))]
        # "Belk's spokesman" is no state's where the page has Ana Belk.
        if (
            stop - first == 1
            and page.shape[first] == "C"
            and page.word[first] not in persons
            and _owns(page, first)
        ):
            told["place"] += _SURE
        for kind, weight in _beside(page, first, stop, begins, ends):
            told[kind] += weight
    for word in _never_in_full(page, spans):
        votes[fold(word)]["person"] -= _SLIGHT
    for word in _states(page, spans):
        votes[fold(word)]["place"] += _SURE
    return votes


def _beside(
    page: Page, first: int, stop: int, begins: set[int], ends: set[int]
) -> Iterator[tuple[str, float]]:
    """Signs of one place where a name stands."""
    many, owner = stop - first > 1, page.next_low(stop) in POSSESSIVE
    here = page.same_sentence(first, stop)
    before = page.next_low(first - 1) if page.same_sentence(first - 1, first) else ""
    if before in _IN and not owner:
        yield "place", _LIKELY
    if (
        page.opens[first]
        and here
        and page.next_low(stop) in _DASHES
        and page.kind[page.sentence[first]] == "paragraph"
    ):
        yield "place", _SURE  # a dateline
    # "The mayor of Brod Sarn", "the Amber Hall spokesman": whose a role is, is nobody.
    if before in _OF and first - 1 in ends:
        yield "place", _LIKELY
        yield "person", -_SURE
    if stop in begins and here:
        yield "organisation", _LIKELY
        yield "person", -_SURE
    if many and page.word[first] in lexicon.given_names():
        yield "person", _LIKELY
    if many and page.word[first] in _SHIPS:
        yield "work", _SURE


def _owns(page: Page, at: int) -> bool:
    """Whether a noun of a body or a title follows a word, at once or behind 's: "Velmark's army", "Kosten police"."""
    possessive = page.next_low(at + 1) in POSSESSIVE
    after = at + 2 if possessive else at + 1
    heads = lexicon.acting_heads()
    for k in range(after, min(after + _NAME, len(page))):
        if not page.same_sentence(at, k):
            return False
        if page.low[k] in heads or (possessive and page.low[k] in lexicon.titles()):
            return True
        if not (possessive and page.shape[k] == "C"):
            return False
    return False


def _never_in_full(page: Page, spans: Sequence[Span]) -> set[str]:
    """Single words that are part of no longer name of the page: news names a person in full at least once."""
    if len(page.bounds) < _SHORT:
        return set()
    full = {page.word[k] for first, stop, _ in spans if stop - first > 1 for k in range(first, stop)}
    return (
        {page.word[first] for first, stop, _ in spans if stop - first == 1}
        - full
        - lexicon.given_names().keys()
    )


def _states(page: Page, spans: Sequence[Span]) -> set[str]:
    """Single words that the page also has the adjective of: Marovia of Marovian."""
    alone = {page.word[first] for first, stop, _ in spans if stop - first == 1 and page.shape[first] == "C"}
    loose = {w for w, s, p in zip(page.word, page.shape, page.upos, strict=True) if s == "C" and p == "ADJ"}
    return related(alone | loose)[1]
