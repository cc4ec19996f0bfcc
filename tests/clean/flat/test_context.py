"""Laws of what the block model sees of a piece among the others. All lines are invented."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.clean.flat import clean_flat
from variorum.clean.flat.context import SIZES, context
from variorum.clean.flat.features import SIZES as ALL
from variorum.clean.flat.features import core, features, look
from variorum.clean.flat.pieces import cut
from variorum.text.offsets import byte_offsets

HEADLINE = "Brenn council closes the Tillen harbour bridge for repairs"
ARTICLE = (
    "The council of Brenn has closed the harbour bridge at Tillen for repairs, and said that the work on the deck will "
    "take until the end of the summer.",
    "Drivers were told to use the road along the river, which the council has widened at a cost of two million, while "
    "cyclists may cross on the old railway bridge.",
    "The mayor told the council that nobody had been in danger, but that the engineers had found cracks in three of the "
    "pillars and that he would not wait for a fourth.",
)
TEASERS = (
    "A baker in Sarn has opened his shop again after the flood of the spring, and the whole street came to help him with "
    "the ovens.",
    "The orchestra of Velmora will play in the open this year, since the roof of the old hall has not been mended in time.",
    "Three farmers on the coast have found a way to grow olives in the cold, and the university wants to know how they did it.",
)
LINES = st.lists(
    st.one_of(
        st.sampled_from((HEADLINE, *ARTICLE, *TEASERS, "Menu", "Share", "2 hours ago")), st.text(max_size=40)
    ),
    max_size=20,
)


@given(LINES)
def test_every_feature_has_its_bucket(lines):
    """Whatever the page, a piece has as many features as there are sizes, each a whole number below its size."""
    raw = "\n".join(lines)
    pieces = cut(raw)
    looks = [look(raw[p.start : p.end]) for p in pieces]
    for rows, sizes in ((context(looks, *core(looks)), SIZES), (features(pieces, raw, looks), ALL)):
        assert len(rows) == len(pieces)
        assert all(len(row) == len(sizes) for row in rows)
        assert all(0 <= value < size for row in rows for value, size in zip(row, sizes, strict=True))


def test_teasers_that_stand_twice_are_no_article():
    """Paragraphs that open other pages, above the headline and again at the foot, are removed; the article is kept."""
    front = [line for teaser in TEASERS for line in (teaser, "Share Tweet Print")]
    raw = "\n".join(("Menu", *front, HEADLINE, *ARTICLE, "Read more", *front, "© Brenn Courier"))
    made = clean_flat(raw, byte_offsets(raw, "utf-8"), given={})
    kept = [made.text[a:b] for a, b, kind in made.blocks if kind == "paragraph"]
    assert kept == list(ARTICLE)


def test_a_paragraph_is_no_headline():
    """A first paragraph without a full stop stays a paragraph of the article."""
    opening = f"{ARTICLE[0].removesuffix('.')} in the year after"
    raw = "\n".join(("Menu", "HomeNewsBridge closed", opening, *ARTICLE[1:], "Share"))
    made = clean_flat(raw, byte_offsets(raw, "utf-8"), given={})
    assert opening in [made.text[a:b] for a, b, kind in made.blocks if kind == "paragraph"]


def test_sentences_without_spaces_are_no_headings():
    """A sentence that ends in a full-width stop is a paragraph, neither headline nor heading, however short it counts."""
    lines = (
        "市議会は月曜日、港の橋を修理のために閉鎖し、工事は夏の終わりまで続くと発表した。橋の床板に傷みが見つかり、通行が危険になったためだという。",
        "町の人々は、川沿いの道を通るように求められた。",
        "市長は、けが人は出ていないと述べたが、技師たちは三本の柱にひびを見つけており、四本目を待つつもりはないと、記者たちに語った。",
    )
    raw = "\n".join(lines)
    made = clean_flat(raw, byte_offsets(raw, "utf-8"), given={})
    assert {kind for _, _, kind in made.blocks} == {"paragraph"}


def test_a_furniture_label_takes_its_line():
    """A line of a furniture label and what it holds is removed within the article too; a sentence behind a label stays."""
    sentence = (
        "Share: the part that each town pays is to be settled by the two councils before the end of the year."
    )
    raw = "\n".join((HEADLINE, ARTICLE[0], sentence, ARTICLE[1], "Tags: Brenn, Tillen, harbour", ARTICLE[2]))
    made = clean_flat(raw, byte_offsets(raw, "utf-8"), given={})
    assert [made.text[a:b] for a, b, kind in made.blocks if kind == "paragraph"] == [
        ARTICLE[0],
        sentence,
        *ARTICLE[1:],
    ]
