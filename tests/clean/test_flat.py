"""Laws of cleaning flattened pages. All pages, places and people here are invented."""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.clean.flat import clean_flat
from variorum.clean.flat.pieces import LONG_LINE, cut, trim
from variorum.errors import PageRefused
from variorum.text.offsets import byte_offsets

SHARED = Path(__file__).parents[3] / "shared"

TITLE = "Velmora Accuses Ostrania Coast Guard of Ramming Ferry in Sarn Strait"
BODY = """\
The government of Velmora on Monday accused the coast guard of Ostrania of ramming a passenger ferry in the Sarn \
Strait, an incident that left at least four people injured and halted traffic between the two ports.
"This was a deliberate act against our citizens, and we will answer it with every means that the law gives us," \
Transport Minister Edda Kolvar told reporters in the capital, Brenn.
Ostrania denied the charge, saying that its vessel had kept a safe distance and that the ferry had changed course \
without any warning after it left the harbour of Tillen.
The two neighbours have quarrelled over the strait for a decade, and talks on a joint patrol broke down in the \
spring when both sides refused to name a mediator.""".splitlines()
CHROME_TOP = ("Menu", "Home", "World", "Business", "Sign in", "Subscribe", "Home > World > Velmora")
CHROME_END = (
    "Share this article",
    "Facebook",
    "Twitter",
    "LEAVE A REPLY",
    "Please enter your comment!",
    "Related articles",
    "Ostrania opens new lighthouse at Tillen",
    "Five soups for the winter",
    "© 2031 Brenn Courier. All rights reserved.",
    "Privacy policy",
)


def page(*middle: str) -> str:
    return "\n".join((*CHROME_TOP, "", TITLE, "", *middle, "", *CHROME_END))


def clean(raw: str, charset: str = "utf-8", **told: str):
    return clean_flat(raw, byte_offsets(raw, charset), given=told)


def blocks(made, *kinds: str) -> list[str]:
    return [made.text[a:b] for a, b, kind in made.blocks if kind in kinds]


def ink(text: str) -> str:
    return "".join(c for c in text if c not in BLANKED)


BLANKED = frozenset(c for c in map(chr, range(0x10000)) if trim(c, 0, 1) == (1, 1))


def test_article_stays_and_chrome_goes():
    """The paragraphs and the headline are the text; menus, forms, links to others and rights are removed."""
    made = clean(page(*BODY))
    assert blocks(made, "title") == [TITLE]
    assert blocks(made, "paragraph") == list(BODY)
    gone = "\n".join(r.text for r in made.removed)
    assert all(line in gone for line in (*CHROME_TOP, *CHROME_END))
    kinds = {r.kind for r in made.removed}
    assert {"navigation", "subscription", "social", "comment_form", "related", "licence"} <= kinds


def test_blocks_are_apart_by_a_blank_line_and_cover_the_text():
    """Blocks come in order, do not overlap, and only the blank lines between them are outside."""
    made = clean(page(*BODY))
    joined = "\n\n".join(made.text[a:b] for a, b, _ in made.blocks)
    assert joined == made.text


LINES = st.one_of(
    st.sampled_from((*BODY, *CHROME_TOP, *CHROME_END, TITLE, "• " + BODY[0], "See also: " + TITLE)),
    st.text(max_size=60),
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(LINES, max_size=25),
    st.sampled_from(["\n", "\n\n", "\r\n", " "]),
    st.sampled_from(["utf-8", "utf-16-le"]),
)
def test_nothing_vanishes_and_anchors_are_exact(lines, joint, charset):
    """Kept and removed blocks hold each byte of ink of the page once, and the ranges of a block give its own words."""
    raw = joint.join([*lines, *BODY]).encode("utf-8", "ignore").decode()
    body = raw.encode(charset)
    try:
        made = clean(raw, charset)
    except PageRefused:
        return
    taken = []
    for start, end, _ in made.blocks:
        ranges = made.offset_map.page_ranges(start, end)
        taken.extend(ranges)
        back = "".join(body[a:b].decode(charset) for a, b in ranges)
        assert ink(back) == ink(made.text[start:end])
    for block in made.removed:
        taken.extend((r.start, r.end) for r in block.page_ranges)
        back = "".join(body[r.start : r.end].decode(charset) for r in block.page_ranges)
        assert ink(back) == ink(block.text)
    taken.sort()
    assert all(a[1] <= b[0] for a, b in pairwise(taken))
    held = "".join(body[a:b].decode(charset) for a, b in taken)
    assert ink(held) == ink(raw)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_cleaned_or_refused(raw):
    """No text brings cleaning down: it gives a text with words or says that there is no article."""
    raw = raw.encode("utf-8", "ignore").decode()
    try:
        text = clean(raw).text
    except PageRefused as refused:
        text = refused.reason
    assert text.strip()


@given(st.text(max_size=2 * LONG_LINE))
def test_pieces_hold_every_character_that_is_not_blank(raw):
    """Pieces are in order and apart, and what lies between them is blank."""
    pieces = cut(raw)
    ends = [0, *(p.end for p in pieces)]
    assert all(end <= p.start < p.end for end, p in zip(ends, pieces, strict=False))
    assert "".join(ink(raw[p.start : p.end]) for p in pieces) == ink(raw)


@pytest.mark.parametrize(
    "raw", ["", "   \n\n ", "\x00\x01", "12345 67 89\n- - -\n***", "\n".join(CHROME_TOP + CHROME_END[:5])]
)
def test_page_without_article_is_refused(raw):
    """Menus, numbers and nothing at all are no article, and the reason is said."""
    with pytest.raises(PageRefused, match="no article text found"):
        clean(raw)


def test_lost_line_breaks():
    """In a page of one line the sentences of the article stay and the menu before and the furniture behind go."""
    raw = " ".join((TITLE, "- Brenn Courier", *CHROME_TOP, TITLE, *BODY, *CHROME_END))
    made = clean(raw)
    assert all(sentence in made.text for sentence in BODY)
    assert "Privacy policy" not in made.text
    assert "Sign in" not in made.text


TITLES = [
    # line as saved, the headline, words in what was cut off
    (f"{TITLE} | Brenn Courier", TITLE, "Brenn Courier"),
    (f"{TITLE} - Brenn Courier", TITLE, "Brenn Courier"),
    (f"{TITLE} Related articles", TITLE, "Related articles"),
    (f"date 2031-05-02 {TITLE}", TITLE, "date 2031-05-02"),
]


@pytest.mark.parametrize(("line", "headline", "cut_off"), TITLES)
def test_headline_without_what_hangs_on_it(line, headline, cut_off):
    """A site's name, a label or a template's residue in the headline's line is removed, not lost."""
    made = clean("\n".join(("Menu", line, "", *BODY)))
    assert blocks(made, "title") == [headline]
    assert any(cut_off in r.text for r in made.removed)


def test_headline_flattened_twice_is_kept_once_with_its_punctuation():
    """Of a page title without and a headline with punctuation the latter is the title, the other is removed."""
    flat, full = (
        "Ferry rammed in Sarn Strait Velmora demands answer",
        "Ferry rammed in Sarn Strait: Velmora demands answer",
    )
    made = clean("\n".join((flat, "", full, "", *BODY)))
    assert blocks(made, "title") == [full]
    assert flat not in made.text


def test_title_told_beside_the_page_finds_the_headline():
    """A title given with the page points to its line, whatever else looks like a headline."""
    rival = "Ostrania coast guard denies ramming passenger ferry in the Sarn Strait"
    made = clean("\n".join((TITLE, rival, *BODY)), title=rival)
    assert blocks(made, "title") == [rival]


def test_related_headline_inside_the_article_is_removed_with_its_label():
    """A label such as RELATED: takes the headlines under it along, not the next paragraph."""
    other = "Velmora and Ostrania agree on fishing quotas"
    made = clean(
        page(
            BODY[0],
            BODY[1],
            "RELATED:",
            "",
            other,
            "",
            *BODY[2:],
            f"SEE ALSO – {other} again",
            BODY[0] + " Now.",
        )
    )
    assert blocks(made, "paragraph")[:4] == list(BODY)
    related = [r.text for r in made.removed if r.kind == "related"]
    assert any(other in text for text in related)
    assert other not in made.text


def test_a_label_with_a_link_does_not_take_the_section_behind_it():
    """A heading and its paragraph behind a `SEE ALSO` line stay; another page's headline there goes, the paragraph stays."""
    link, paragraph = "SEE ALSO: Velmora's Long Patience: Why Nobody Wants a Quiet Strait", BODY[3]
    for between, heading in (
        ("An Old Quarrel", True),
        ("Ostrania Opens a New Lighthouse at Tillen After Years", False),
    ):
        made = clean(page(*BODY[:3], link, "", between, "", paragraph))
        assert blocks(made, "paragraph") == list(BODY)
        assert blocks(made, "heading") == [between] * heading
        assert "Patience" not in made.text


def test_a_slogan_at_the_foot_is_no_last_paragraph():
    """A few words that end the page behind a menu and a label are furniture; a full sentence there is a paragraph."""
    foot = "The Courier has no owner but you."
    for last, stays in ((foot, False), (BODY[3], True)):
        made = clean(
            "\n\n".join((TITLE, *BODY[:3], "Donate | Tides | Lost and found", "Send us a greeting", last))
        )
        assert (last in made.text) == stays


def test_credit_glued_to_its_caption():
    """A credit that runs into the caption without a space is cut off; the caption stays, a copy of it goes."""
    caption = "The ferry Alma in the harbour of Tillen after the collision."
    made = clean(
        page(f"© Nordpress / Ivo Marenda{caption}", f"{caption} - Brenn Courier, 1920, 02.05.2031", *BODY)
    )
    assert blocks(made, "caption") == [caption]
    assert blocks(made, "paragraph") == list(BODY)
    assert any(r.kind == "licence" and r.text == "© Nordpress / Ivo Marenda" for r in made.removed)
    assert any(r.kind == "duplicate" and r.text == caption for r in made.removed)


def test_short_page_keeps_its_last_paragraphs():
    """A list and a label with a link do not end an article that goes on behind them without furniture."""
    made = clean(
        "\n".join(
            (
                "Skip to content",
                TITLE,
                *BODY[:2],
                "• 4 people were injured in the collision",
                "• 12 ferries are waiting in the port of Tillen",
                "Read more: What we know about the collision",
                BODY[2],
                "Correction: an earlier version of this article gave the wrong number of ferries.",
                "Tags: Ostrania, Velmora, ferry",
                "Share",
                "Most read",
                "Ten ways to cook a turnip",
            )
        )
    )
    assert blocks(made, "paragraph") == BODY[:3]
    assert len(blocks(made, "list")) == 2
    assert len(blocks(made, "correction")) == 1
    assert "Read more" not in made.text
    assert "turnip" not in made.text


def test_embedded_post_byline_and_heading_have_their_kinds():
    """Posts, bylines and headings within the article are kept and named."""
    post = (
        "The ferry is listing badly. pic.twitter.com/Ab12Cd34Ef— Marek of Tillen (@marektillen) May 2, 2031"
    )
    made = clean(page("By Hanna Oresund", *BODY[:2], post, "A decade of quarrels", *BODY[2:]))
    assert blocks(made, "embed") == [post]
    assert blocks(made, "byline") == ["By Hanna Oresund"]
    assert blocks(made, "heading") == ["A decade of quarrels"]


def test_chrome_in_another_script_is_removed():
    """A comment box left in another script than the article's is furniture."""
    made = clean(page(*BODY, "Chats", "Заголовок открываемого материала"))
    assert "Заголовок" not in made.text
    assert any("Заголовок" in r.text for r in made.removed)


ARTICLES = [
    ("ru", "Правительство Вельморы в понедельник обвинило береговую охрану Острании в том, что она таранила пассажирский паром в проливе Сарн, и потребовало созвать совместную комиссию."),
    ("sr", "Vlada Velmore je u ponedeljak optužila obalsku stražu Ostranije da je namerno udarila putnički trajekt u moreuzu Sarn i zatražila da se hitno sastane zajednička komisija dve zemlje."),
    ("de", "Die Regierung von Velmora hat der Küstenwache von Ostranien am Montag vorgeworfen, eine Fähre in der Straße von Sarn gerammt zu haben, und eine gemeinsame Kommission verlangt."),
    ("ar", "اتهمت حكومة فيلمورا يوم الاثنين خفر السواحل في أوسترانيا بصدم عبارة ركاب في مضيق سارن وطالبت بعقد اجتماع عاجل للجنة المشتركة بين البلدين في أقرب وقت ممكن."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "paragraph"), ARTICLES, ids=[a[0] for a in ARTICLES])
def test_articles_of_other_languages_are_kept(language, paragraph):
    """Cleaning rests on layout and function words of many languages, not on English alone."""
    made = clean(
        "\n".join(("Menu", "", paragraph, "", paragraph[:-1] + ", 2031.", "", "Facebook", "Twitter"))
    )
    assert paragraph in made.text
    assert "Facebook" not in made.text


def test_invisible_and_bidi_characters():
    """Controls are left out of the text, marks of direction stay, and both keep the anchors true."""
    raw = page(
        BODY[0].replace("Monday", "Mon\x00day"), BODY[1].replace("Brenn", "\u202eBrenn\u202c"), *BODY[2:]
    )
    made = clean(raw)
    assert BODY[0] in made.text
    assert "\u202eBrenn\u202c" in made.text
    start = made.text.index("Monday")
    ranges = made.offset_map.page_ranges(start, start + 6)
    assert b"".join(raw.encode()[a:b] for a, b in ranges) == b"Monday"


def test_same_page_cleans_the_same_twice():
    """Cleaning is a function of the page alone."""
    digests = {
        hashlib.sha256(repr((clean(page(*BODY)).text, clean(page(*BODY)).removed)).encode()).hexdigest()
        for _ in range(3)
    }
    assert len(digests) == 1


@pytest.mark.parametrize("unit", ["word ", "x", "Menu > ", "A. "])
def test_a_line_of_two_million_characters_is_done_in_seconds(unit):
    """Cost grows with the page, not with its square."""
    raw = (unit * 2_000_000)[:2_000_000]
    start = time.perf_counter()
    with suppress(PageRefused):
        clean(raw)
    assert time.perf_counter() - start < 20


@pytest.mark.shared
def test_seed_pages_lose_nothing():
    """On real flattened pages each byte of ink is kept or removed, once."""
    folder = SHARED / "seeds"
    if not folder.is_dir():
        pytest.skip("the folder ../shared is not beside the checkout")
    for path in sorted(folder.glob("*.txt")):
        body = path.read_bytes()
        made = clean(body.decode())
        taken = sorted(
            [(a, b) for s, e, _ in made.blocks for a, b in made.offset_map.page_ranges(s, e)]
            + [(r.start, r.end) for block in made.removed for r in block.page_ranges]
        )
        assert ink(b"".join(body[a:b] for a, b in taken).decode()) == ink(body.decode())
        assert blocks(made, "title")
