"""Laws of header evidence read from words. All pages, places and people here are invented."""

from __future__ import annotations

import pytest

from variorum.clean.flat import clean_flat
from variorum.clean.flat_header import Line, text_evidence
from variorum.records import PageRange
from variorum.text.offsets import byte_offsets

FIRST = "The government of Velmora has accused the coast guard of Ostrania of ramming a passenger ferry in the Sarn Strait."
SECOND = (
    "Ostrania denied the charge, saying that its vessel had kept a safe distance from the ferry at all times."
)
THIRD = "The two neighbours have quarrelled over the strait for a decade and refuse to name a mediator for their talks."


def evidence(*blocks: tuple[str, str]) -> dict[str, set[str]]:
    """Values by field for (kind, text) blocks; kind empty for removed ones."""
    lines = [Line(text, kind, bool(kind), lambda a, b: (PageRange(a, b),)) for kind, text in blocks]
    found: dict[str, set[str]] = {}
    for e in text_evidence(lines):
        if e.weight:
            found.setdefault(e.field, set()).add(e.value)
    return found


def around(kind: str, text: str) -> dict[str, set[str]]:
    """Evidence of a page whose headline is followed by the block."""
    return evidence(
        ("title", "Ferry rammed in Sarn Strait"), (kind, text), ("paragraph", FIRST), ("paragraph", SECOND)
    )


STAMPS = [
    ("Published 1 August 2031", {"published": {"2031-08-01"}}),
    ("Published: August 1, 2031", {"published": {"2031-08-01"}}),
    ("1 August 2031", {"published": {"2031-08-01"}}),
    ("Last updated on 2 August 2031", {"modified": {"2031-08-02"}}),
    (
        "18:00 GMT 31.07.2031 (Updated: 18:57 GMT 31.07.2031)",
        {"published": {"2031-07-31T18:00Z"}, "modified": {"2031-07-31T18:57Z"}},
    ),
    ("date 2031-07-31", {"published": {"2031-07-31"}}),
    ("objavljeno 31.07.2031", {"published": {"2031-07-31"}}),
    ("The treaty of 4 May 1999 is the oldest of nine treaties signed by both neighbours since then", {}),
]


@pytest.mark.parametrize(("line", "wanted"), STAMPS)
def test_stamps_beside_the_headline(line, wanted):
    """A line that is a time stamp tells publication or change; a date within other words tells nothing."""
    found = around("", line)
    assert {f: found.get(f, set()) for f in ("published", "modified") if found.get(f)} == wanted


PROSE = [
    ("BRENN, Aug 1, 2031 (Reuters) - " + FIRST, {"published": {"2031-08-01"}, "credits": {"Reuters"}}),
    ("BRENN (AP/dpa) — " + FIRST, {"credits": {"AP", "dpa"}}),
    ("BRENN (NCW) – " + FIRST, {"credits": {"NCW"}}),
    ("BRENN (Opinion) – " + FIRST, {}),
    ("Reporting by NCW", {"credits": {"NCW"}}),
    ("Reporting by night has its risks, as NCW says.", {}),
    ("The talks have failed, the ministry said on Wednesday (December 28).", {"published": {"XXXX-12-28"}}),
    ("The treaty was signed on 4 May 1999 by both neighbours.", {}),
    ("2 August 2031 – " + FIRST, {"published": {"2031-08-02"}}),
    ("02.08.2031. " + FIRST, {"published": {"2031-08-02"}}),
    ("2 August 2031 was the day on which the talks of both neighbours failed.", {}),
    (FIRST + " (AFP)", {"credits": {"AFP"}}),
    (FIRST + " (Tillen)", {}),
]


@pytest.mark.parametrize(("text", "wanted"), PROSE)
def test_dates_and_agencies_in_the_first_paragraphs(text, wanted):
    """Datelines, agencies in brackets and the day on which something was said are evidence; other dates are not."""
    found = evidence(("title", "Ferry rammed in Sarn Strait"), ("paragraph", text), ("paragraph", SECOND))
    assert {f: v for f, v in found.items() if f != "title"} == wanted


PEOPLE = [
    ("byline", "By Hanna Oresund", {"author": {"Hanna Oresund"}}),
    (
        "byline",
        "By Hanna Oresund and Ivo Marenda | Brenn Courier",
        {"author": {"Hanna Oresund and Ivo Marenda"}},
    ),
    ("byline", "Author: Hanna Oresund", {"author": {"Hanna Oresund"}}),
    ("byline", "By Hanna Oresund in Port Velm", {"author": {"Hanna Oresund"}}),
    ("byline", "Author: ap", {"author": {"ap"}, "credits": {"AP"}}),
    ("byline", "Reporting by Hanna Oresund; editing by Aldo Kern", {"author": {"Hanna Oresund"}}),
    ("byline", "Source: Nordpress", {"credits": {"Nordpress"}}),
    ("caption", "The ferry Alma at Tillen. (Ivo Marenda/AFP)", {}),
]


@pytest.mark.parametrize(("kind", "text", "wanted"), PEOPLE)
def test_bylines_and_sources(kind, text, wanted):
    """Bylines name the author or the agency; the credit of a picture is recorded but credits no text."""
    found = around(kind, text)
    assert {f: v for f, v in found.items() if f in {"author", "credits"}} == wanted


SIGNS = [
    ("Author: ncw", "The ferry Alma at Tillen. Ivo Marenda/NCW (NCW/TP)", {"NCW"}),
    ("Author: ncw", "The ferry Alma at Tillen. Ivo Marenda", set()),
    ("Author: ncw", "The ferry NCWX at Tillen.", set()),
    ("By Ada Ncw", "The ferry Alma at Tillen. (NCW)", set()),
]


@pytest.mark.parametrize(("byline", "caption", "credited"), SIGNS)
def test_an_agency_sign_in_small_letters_is_credited_where_the_page_has_its_capitals(
    byline, caption, credited
):
    """`Author: ncw` credits NCW if the page names NCW; a name that no capitals answer credits nobody."""
    found = evidence(
        ("title", "Ferry rammed in Sarn Strait"),
        ("byline", byline),
        ("caption", caption),
        ("paragraph", FIRST),
    )
    assert found.get("credits", set()) == credited


OUTLETS = [
    ("- Brenn Courier, 1920, 02.05.2031", {"Brenn Courier"}),
    ("© 2031 Brenn Courier. All rights reserved.", {"Brenn Courier"}),
    ("© AFP / Ivo Marenda", set()),
    ("© Brenn Courier / Ivo Marenda", set()),
    ("© Brenn Courier. Tous droits réservés.", {"Brenn Courier"}),
    ("© Brenn Courier. A translation.", set()),
]


@pytest.mark.parametrize(("text", "wanted"), OUTLETS)
def test_outlet_only_where_the_page_speaks_of_itself(text, wanted):
    """An imprint or a line of rights tells the outlet; the credit of one picture does not."""
    assert around("", text).get("outlet", set()) == wanted


def test_rights_reserved_in_the_next_line():
    """A line of rights speaks of the page if the furniture below it reserves all rights, not if a sentence does."""
    head, line = ("title", "Ferry rammed in Sarn Strait"), ("", "© Brenn Courier. A translation.")
    reserved = "Alle Rechte vorbehalten"
    told = evidence(head, ("paragraph", FIRST), line, ("", reserved))
    assert told.get("outlet", set()) == {"Brenn Courier"}
    assert "outlet" not in evidence(head, ("paragraph", FIRST), line, ("paragraph", reserved))


def test_outlet_behind_the_headline_is_evidence():
    """The site's name cut off the headline is evidence for the outlet, anchored where it stood."""
    title = "Velmora says ferry was rammed in Sarn Strait | Brenn Courier"
    raw = f"Menu\n{title}\n{FIRST}\n{SECOND}\n{THIRD}"
    made = clean_flat(raw, byte_offsets(raw, "utf-8"), given={})
    outlet = [e for e in made.evidence if e.field == "outlet"]
    assert [e.value for e in outlet] == ["Brenn Courier"]
    assert all(raw.encode()[r.start : r.end] == b"Brenn Courier" for e in outlet for r in e.page_ranges)


TRANSLATED = [
    ("Translated from Ostranian by the desk.", {"stated"}),
    (
        "“We follow what happens (in the strait, ed.) very closely,” the minister told reporters on the quay.",
        {"likely"},
    ),
    (
        "We know how the rights of the crews ( y) be guaranteed, the minister told reporters on the quay.",
        {"likely"},
    ),
    ("UNAS intervened during the strike in the ports. He closed what was then the only harbour.", {"likely"}),
    ("President Aldo Kern intervened in the strike. He closed what was then the only harbour.", set()),
    ("The court (the highest of the land) ruled on plan (b) of the ministry on Monday evening.", set()),
]


@pytest.mark.parametrize(("text", "wanted"), TRANSLATED)
def test_translation_is_stated_likely_or_not_claimed(text, wanted):
    """A page that says so is a translation; its text's own signs make it likely; nothing else does."""
    assert around("paragraph", text).get("translated", set()) == wanted


def test_evidence_stands_where_it_says():
    """The page ranges of each piece of evidence hold its very words."""
    raw = "\n".join(
        (
            "Ferry rammed in Sarn Strait: Velmora demands answer",
            "18:00 GMT 31.07.2031 (Updated: 18:57 GMT 31.07.2031)",
            "By Jürgen Ähnlich",
            "BRENN (AFP) — " + FIRST,
            SECOND,
            THIRD,
            "© 2031 Brenn Courier. All rights reserved.",
        )
    )
    made = clean_flat(raw, byte_offsets(raw, "utf-8"), given={})
    assert {e.field for e in made.evidence} >= {
        "title",
        "published",
        "modified",
        "author",
        "credits",
        "outlet",
    }
    for e in made.evidence:
        assert b"".join(raw.encode()[r.start : r.end] for r in e.page_ranges).decode() == e.text
