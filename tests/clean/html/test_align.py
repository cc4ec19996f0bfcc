"""Placing an extractor's words in a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.clean.html.align import place

words = st.lists(st.text("abcdefgh", min_size=1, max_size=6), min_size=1, max_size=12)


def text_at(page: str, ranges) -> str:
    return "".join(page[a:b] for a, b in ranges)


@given(st.lists(st.tuples(words, words), min_size=1, max_size=6))
def test_what_was_cut_whole_is_found_whole(parts):
    """Paragraphs that stand once in the page are found entirely, whatever stands between; ranges never overlap."""
    parts = [([f"paragraph{i}begins", *kept], chrome) for i, (kept, chrome) in enumerate(parts)]
    page = "".join("".join(kept) + "#" + "".join(chrome) + "#" for kept, chrome in parts)
    placed = place([kept for kept, _ in parts], page)
    assert placed.missing == 0
    assert all(a < b for a, b in placed.ranges)
    assert all(x[1] <= y[0] for x, y in zip(placed.ranges, placed.ranges[1:], strict=False))


@given(st.lists(words, max_size=5), st.text("abcdefgh", max_size=60))
def test_nothing_is_invented(pieces, page):
    """Whatever the extractor says, ranges lie in the page, and words found and missing are at most its words."""
    placed = place(pieces, page)
    assert all(0 <= a < b <= len(page) for a, b in placed.ranges)
    assert 0 <= placed.missing <= placed.words == sum(len(p) for p in pieces)


def test_of_equal_teasers_the_neighbour_wins():
    """A short line that stands twice is taken where its neighbours are."""
    body = "thecouncilwillmeetonfridaytohearwhattheownershavetosay"
    page = f"Ferrysinks#menu#Ferrysinks{body}#Ferrysinks"
    placed = place([["Ferry", "sinks"], [body]], page)
    assert placed.ranges == [(16, 26), (26, 26 + len(body))]


def test_a_short_piece_is_not_found_inside_a_word():
    """With the starts of nodes told, "Share" is placed at one of them, not in "Shareholders"."""
    page = "ShareholdersmetShare"
    assert place([["Share"]], page, starts=frozenset({0 + 15, 20})).ranges == [(15, 20)]


def test_a_sentence_cut_in_its_midst_is_placed_run_by_run():
    """What the extractor left out in the midst stays out; a word that is nowhere is counted missing."""
    page = "thecoastguardofOraviasaidADVERTtwelvepeoplewererescuedonTuesday"
    piece = ["the", "coast", "guard", "of", "Oravia", "said", "zzz", "twelve", "people", "were", "rescued"]
    placed = place([piece], page)
    assert text_at(page, placed.ranges) == "thecoastguardofOraviasaidtwelvepeoplewererescued"
    assert placed.missing == 1
