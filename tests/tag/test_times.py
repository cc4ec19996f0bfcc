"""The time grammar: cases as data, and laws that hold for any text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.records import Document, Sentence, Time, from_table, to_table
from variorum.settings import Settings
from variorum.tag.times import STAGE, find_times
from variorum.text.calendar import bounds
from variorum.text.segment import sentences

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "times.jsonl").read_text().splitlines()
]
SUNDAY = "2022-07-31"
# Words of the grammar, joined at random: nearer to its rules than random characters.
PIECES = (
    "Monday Sunday July May march 31 1 2022 1998 1999 - to and from between at on in the of late early mid end last next this "
    "week weeks day days year years ago later earlier since until two a several evening night 18:57 GMT 6 p.m. ( ) , . ; every "
    'same before after yesterday 31.07.2022 February 30 decade century 19th summer fall hours 24 noon BC 0000 99999999999 “ ” " said '
    "tonight tomorrow night midnight first"
).split()
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=80)
PAGES = st.sampled_from(
    [
        "",
        SUNDAY,
        "2022-07-31T18:00Z",
        "XXXX-12-28",
        "2022-12",
        "2022",
        "XXXX-02-29",
        "9999-12-31",
        "0001-01-01",
    ]
)


def spans(text):
    return [(p.start, p.end) for p in sentences(text)]


def found(text, published=""):
    return find_times(text, spans(text), published=published, doc="d")


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['published']} {c['text'][:60]}")
def test_times_cases(case):
    """Each expression of the case is found, whole, with its kind, value and mod; and nothing else is."""
    text = case["text"]
    got = [
        [text[t.start : t.end], t.kind, t.value, *([t.mod] if t.mod else [])]
        for t in found(text, case["published"])
    ]
    assert got == case["times"]


@given(TEXTS, PAGES)
@settings(max_examples=300, deadline=None)
def test_times_any_text(text, page):
    """Any text is read without error; spans lie in the text in order, apart; earliest never follows latest."""
    end = 0
    for time in found(text, page):
        assert end <= time.start < time.end <= len(text)
        end = time.end
        if time.earliest and time.latest:
            assert time.earliest[:10] <= time.latest[:10]
        if "X" in time.value:
            assert not time.earliest or time.kind == "DURATION" or bounds(time.value)[0]


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_times_nothing_invented(text):
    """Without a page date no year appears that the text does not hold, as digits or as a century."""
    for time in found(text):
        for year in {time.value[:4], time.earliest[:4]}:
            if year.isdigit() and "BC" not in text and int(year) not in range(9990, 10010):
                # "after 1999" begins with 2000.
                told = {year[:2], str(int(year) - 1)[:2]}
                assert (
                    any(
                        t in piece or piece in {"century", "99999999999"}
                        for t in told
                        for piece in text.split()
                    )
                    or "1998" in text
                )


@pytest.mark.parametrize(
    ("text", "published", "earliest", "latest"),
    [
        ("In early November they left.", "2022-12-28", "2022-11-01", "2022-11-10"),
        ("In late July they left.", "2022-08-01", "2022-07-21", "2022-07-31"),
        ("Since 2011 they talk.", "", "2011-01-01", ""),
        ("Before 1914 it was so.", "", "", "1913-12-31"),
        ("After 3 May 2020 it was so.", "", "2020-05-04", ""),
        ("Until 3 May 2020 it was so.", "", "", "2020-05-03"),
        ("The 1998-1999 war ended.", "", "1998-01-01", "1999-12-31"),
        ("He ruled from 1947 to 1960.", "", "1947-01-01", "1960-12-31"),
        ("Earlier this month he left.", "2022-07-15", "2022-07-01", "2022-07-15"),
        ("Later this month he leaves.", "2022-07-15", "2022-07-15", "2022-07-31"),
        ("In the past two weeks he left.", "2022-07-15", "2022-07-01", "2022-07-15"),
        ("Over the next three days it will rain.", "2022-07-15", "2022-07-15", "2022-07-18"),
        ("On Sunday night he left.", SUNDAY, "2022-07-31T18:00", "2022-08-01T05:59"),
        ("In the summer of 2005 he left.", "", "2005-06-01", "2005-08-31"),
        ("On Monday he left.", "", "", ""),
        ("For a month he left.", SUNDAY, "", ""),
    ],
)
def test_times_bounds(text, published, earliest, latest):
    """Bounds say what is certain: inclusive days or minutes, open ends empty, unknown ones too."""
    assert {(t.earliest, t.latest) for t in found(text, published)} == {(earliest, latest)}


def test_times_anchored():
    """A relative value says what it was resolved against: the page, or the time before it by its id."""
    friday, earlier, absolute = found(
        "On Friday he left. A day earlier he signed. He was born in 1950.", SUNDAY
    )
    assert (friday.anchored_to, earlier.anchored_to, absolute.anchored_to) == ("page", friday.id, "")


def test_times_history():
    """In a text that tells history, dates without year hang on the last year told, and January follows December."""
    text = (
        "War came in 1940. In May 1940 the Ostrans took Tarn. By 1941 they held the coast. In December 1941 the fleet sailed. "
        "In January it was sunk. In 1943 they withdrew. In June the treaty was signed."
    )
    values = [t.value for t in found(text, "2010-03-01")]
    assert values == ["1940", "1940-05", "1941", "1941-12", "1942-01", "1943", "1943-06"]


def test_times_stage():
    """The stage treats each document alone: rows of two documents together are the rows of each apart."""
    texts = {"a": "On Friday he left. A day earlier he signed.", "b": "A day earlier he signed."}
    docs = [Document(id=i, page=i, text=t, published_value=SUNDAY) for i, t in texts.items()]
    rows = [Sentence(doc=i, start=s, end=e, block="x") for i, t in texts.items() for s, e in spans(t)]
    tables = {"documents": to_table(Document, docs), "sentences": to_table(Sentence, rows)}
    together = from_table(Time, STAGE.run(tables, Settings())["times"])
    apart = []
    for doc in docs:
        one = {"documents": to_table(Document, [doc]), "sentences": tables["sentences"]}
        apart += from_table(Time, STAGE.run(one, Settings())["times"])
    assert sorted(t.id for t in together) == sorted(t.id for t in apart)
    assert {t.made_by for t in together} == {STAGE.made_by}


@pytest.mark.parametrize("phrase", ["the past {} years", "{} days ago", "for {} weeks", "the next {} months"])
def test_times_beyond_numbers(phrase):
    """A count that no number holds is vague: it stops no page and gives no bounds."""
    text = f"Oravia was silent {phrase.format('9' * 400)}, the port of Belmark said on Monday."
    assert all(row.earliest is None or row.earliest < "9999" for row in found(text, "2031-05-06"))
