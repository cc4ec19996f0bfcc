"""Where a title or role of a person stands: `Foreign Minister`, `spokeswoman`, `Gen.`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from variorum.tag.mentions import known
from variorum.text import lexicon
from variorum.text.lexicon import word_classes

if TYPE_CHECKING:
    from variorum.tag.mentions.page import Page

# Words that are titles only where the words beside them leave no other reading ("general strike", "to head").
_WAVERING = lexicon.name_words("wavering")
_NEEDS_OF = lexicon.name_words("needs-of")
_NOUNS = lexicon.name_words("nouns")


class TitleHit(msgspec.Struct):
    """A title at tokens [first, stop); `many` where it is in the plural."""

    first: int
    stop: int
    title: lexicon.Title
    many: bool


def _hit_at(page: Page, at: int, stop: int) -> TitleHit | None:
    for words, title, many in known.titles_by_first().get(page.low[at], ()):
        end = at + len(words)
        if end <= stop and tuple(page.low[at:end]) == words:
            return TitleHit(at, end, title, many=many)
    return None


def _capital_follows(page: Page, stop: int) -> bool:
    return page.same_sentence(stop - 1, stop) and page.shape[stop] in "CUI"


def _fits(page: Page, hit: TitleHit, sentence_stop: int) -> bool:
    """Whether the words beside a title leave it one."""
    capital = _capital_follows(page, hit.stop)
    if page.next_low(hit.stop) == ":" and page.opens[hit.first]:
        return False  # Author: ..., a label
    if hit.title.before_only:
        return capital and page.shape[hit.first] in "CUI"
    if page.shape[hit.first] in "CU" and hit.stop < sentence_stop and not _before_head(page, hit):
        return not _is_surname(page, hit)
    if page.shape[hit.first] in "CU":
        return hit.stop >= sentence_stop and not _is_surname(page, hit)
    return _fits_lower(page, hit, capital=capital)


def _before_head(page: Page, hit: TitleHit) -> bool:
    """General Assembly, King Street: a capitalised title that belongs to a longer name."""
    after = page.low[hit.stop]
    head = page.shape[hit.stop] in "CU" and (
        after in lexicon.organisation_heads() or after in lexicon.place_heads()[0]
    )
    if (
        not head
        and page.shape[hit.stop] in "CU"
        and _capital_follows(page, hit.stop + 1)
        and hit.stop - hit.first == 1
    ):
        last = page.low[hit.stop + 1]
        head = last in lexicon.organisation_heads() or last in lexicon.place_heads()[0]
    return head


def _is_surname(page: Page, hit: TitleHit) -> bool:
    before = hit.first - 1
    return (
        hit.stop - hit.first == 1
        and page.same_sentence(before, hit.first)
        and page.word[before] in lexicon.given_names()
        and not _capital_follows(page, hit.stop)
    )


def _fits_lower(page: Page, hit: TitleHit, *, capital: bool) -> bool:
    if hit.title.text not in _WAVERING and hit.stop - hit.first == 1:
        return True
    if capital:
        return True
    after = page.next_low(hit.stop) if page.same_sentence(hit.first, hit.stop) else ""
    classes = set(word_classes(after))
    if after.isalpha() and classes and not classes & set("vpdcr"):
        return False
    if hit.stop - hit.first > 1:
        return True
    before = page.next_low(hit.first - 1)
    if hit.title.text in _NEEDS_OF and not hit.many:
        return after in {"of", "for"} and before not in {"to", "and", "his", "her", "their"}
    if hit.title.text in _NOUNS and not hit.many:
        return (
            before in {"the", "a", "an", "one", "another"}
            or "n" in word_classes(before)
            or page.shape[hit.first - 1] in "CU"
        )
    return True


def titles(page: Page) -> list[TitleHit]:
    """All titles and roles of a page, in text order; they do not overlap."""
    found: list[TitleHit] = []
    for first, stop in page.bounds:
        i = first
        while i < stop:
            hit = _hit_at(page, i, stop)
            if hit and _fits(page, hit, stop):
                found.append(hit)
                i = hit.stop
            else:
                i += 1
    return found
