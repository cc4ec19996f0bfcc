"""Figures conflict only where what, where and when agree or are not told to differ (law 5)."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.crisis import Crisis
from variorum.compare.matter import allowed
from variorum.compare.parting import part
from variorum.records import Claim, Conflict, Figure

# name: (left sentence, its figure, right sentence, its figure, days between the pages, comparable or None).
# A figure: dict of words, counts, low and what else is told; `place` and `time` name words of the sentence.
CASES = {
    "one people in one land": (
        "Kestria looks after the 120,000 Kestrians in Velm.", {"words": "120,000", "counts": "Kestrians in Velm", "low": 120000, "place": "Velm"},
        "There are 50,000 Kestrians in Velm.", {"words": "50,000", "counts": "Kestrians in Velm", "low": 50000, "place": "Velm"}, 0, "yes",
    ),
    "who consider themselves such": (
        "Kestria looks after the 120,000 Kestrians in Velm.", {"words": "120,000", "counts": "Kestrians in Velm", "low": 120000, "place": "Velm"},
        "Nearly two million people live in Velm, of which around 50,000 consider themselves Kestrians.", {"words": "around 50,000", "counts": "consider themselves |Kestrians", "low": 50000, "place": "Velm", "approximate": True}, 0, "in part",
    ),
    "one people in two lands": (
        "There are 120,000 Kestrians in Velm.", {"words": "120,000", "counts": "Kestrians in Velm", "low": 120000, "place": "Velm"},
        "There are 50,000 Kestrians in Marovia.", {"words": "50,000", "counts": "Kestrians in Marovia", "low": 50000, "place": "Marovia"}, 0, None,
    ),
    "a part of a land, and no land told": (
        "There are 120,000 Kestrians under arms.", {"words": "120,000", "counts": "Kestrians", "low": 120000},
        "There are 50,000 Kestrians under arms in southern Velm.", {"words": "50,000", "counts": "Kestrians", "low": 50000, "place": "Velm", "part": True}, 0, "in part",
    ),
    "a land, and no land told": (
        "There are 120,000 Kestrians under arms.", {"words": "120,000", "counts": "Kestrians", "low": 120000},
        "There are 50,000 Kestrians under arms in Velm.", {"words": "50,000", "counts": "Kestrians", "low": 50000, "place": "Velm"}, 0, "yes",
    ),
    "two peoples": (
        "There are 120,000 Kestrians in Velm.", {"words": "120,000", "counts": "Kestrians in Velm", "low": 120000, "place": "Velm"},
        "There are 50,000 Marovians in Velm.", {"words": "50,000", "counts": "Marovians in Velm", "low": 50000, "place": "Velm"}, 0, None,
    ),
    "those who are there and those who did something": (
        "Kestria looks after the 120,000 Kestrians in Velm.", {"words": "120,000", "counts": "Kestrians in Velm", "low": 120000, "place": "Velm"},
        "On Monday 400 Kestrians blocked roads in Velm.", {"words": "400", "counts": "Kestrians", "low": 400, "place": "Velm"}, 0, None,
    ),
    "rounded alike": (
        "There are 120,000 Kestrians in Velm.", {"words": "120,000", "counts": "Kestrians in Velm", "low": 120000, "place": "Velm"},
        "There are 118,300 Kestrians in Velm.", {"words": "118,300", "counts": "Kestrians in Velm", "low": 118300, "place": "Velm"}, 0, None,
    ),
    "about a number takes in its neighbours": (
        "There are about 50,000 Kestrians in Velm.", {"words": "about 50,000", "counts": "Kestrians in Velm", "low": 50000, "place": "Velm", "approximate": True},
        "There are 46,000 Kestrians in Velm.", {"words": "46,000", "counts": "Kestrians in Velm", "low": 46000, "place": "Velm"}, 0, None,
    ),
    "a stock a few weeks later": (
        "There are 120,000 Kestrians in Velm.", {"words": "120,000", "counts": "Kestrians in Velm", "low": 120000, "place": "Velm"},
        "There are 50,000 Kestrians in Velm.", {"words": "50,000", "counts": "Kestrians in Velm", "low": 50000, "place": "Velm"}, 150, "yes",
    ),
    "a stock years later": (
        "There are 120,000 Kestrians in Velm.", {"words": "120,000", "counts": "Kestrians in Velm", "low": 120000, "place": "Velm"},
        "There are 50,000 Kestrians in Velm.", {"words": "50,000", "counts": "Kestrians in Velm", "low": 50000, "place": "Velm"}, 1500, "in part",
    ),
    "deaths on one day": (
        "The blast killed 12 people.", {"words": "12", "counts": "people", "low": 12, "quantity": "deaths"},
        "Twenty people were killed by the blast.", {"words": "Twenty", "counts": "people", "low": 20, "quantity": "deaths"}, 0, "yes",
    ),
    "deaths a day later are an update": (
        "The blast killed 12 people.", {"words": "12", "counts": "people", "low": 12, "quantity": "deaths"},
        "Twenty people were killed by the blast.", {"words": "Twenty", "counts": "people", "low": 20, "quantity": "deaths"}, 1, "no",
    ),
    "fewer deaths a day later are a revision": (
        "The blast killed 20 people.", {"words": "20", "counts": "people", "low": 20, "quantity": "deaths"},
        "Twelve people were killed by the blast.", {"words": "Twelve", "counts": "people", "low": 12, "quantity": "deaths"}, 1, "in part",
    ),
    "deaths and wounded": (
        "The blast killed 12 people.", {"words": "12", "counts": "people", "low": 12, "quantity": "deaths"},
        "The blast wounded 20 people.", {"words": "20", "counts": "people", "low": 20, "quantity": "wounded"}, 0, None,
    ),
    "people and soldiers dead": (
        "The blast killed 12 people.", {"words": "12", "counts": "people", "low": 12, "quantity": "deaths"},
        "The blast killed 20 soldiers.", {"words": "20", "counts": "soldiers", "low": 20, "quantity": "deaths"}, 0, "in part",
    ),
    "fishermen and soldiers dead": (
        "The blast killed 12 fishermen.", {"words": "12", "counts": "fishermen", "low": 12, "quantity": "deaths"},
        "The blast killed 20 soldiers.", {"words": "20", "counts": "soldiers", "low": 20, "quantity": "deaths"}, 0, None,
    ),
    "at least": (
        "At least 30 people were killed.", {"words": "At least 30", "counts": "people", "low": 30, "high": math.inf, "quantity": "deaths"},
        "The blast killed 12 people.", {"words": "12", "counts": "people", "low": 12, "quantity": "deaths"}, 0, "yes",
    ),
    "at least, met": (
        "At least 30 people were killed.", {"words": "At least 30", "counts": "people", "low": 30, "high": math.inf, "quantity": "deaths"},
        "The blast killed 42 people.", {"words": "42", "counts": "people", "low": 42, "quantity": "deaths"}, 0, None,
    ),
    "dozens take in forty": (
        "Dozens of people were killed.", {"words": "Dozens", "counts": "people", "low": 24, "high": 99, "quantity": "deaths", "vague": True},
        "The blast killed 42 people.", {"words": "42", "counts": "people", "low": 42, "quantity": "deaths"}, 0, None,
    ),
    "dozens leave out three": (
        "Dozens of people were killed.", {"words": "Dozens", "counts": "people", "low": 24, "high": 99, "quantity": "deaths", "vague": True},
        "The blast killed 3 people.", {"words": "3", "counts": "people", "low": 3, "quantity": "deaths"}, 0, "in part",
    ),
    "deaths in two towns": (
        "The blast killed 12 people in Mill Ferry.", {"words": "12", "counts": "people", "low": 12, "quantity": "deaths", "place": "Mill Ferry"},
        "The blast killed 20 people in Port Velm.", {"words": "20", "counts": "people", "low": 20, "quantity": "deaths", "place": "Port Velm"}, 0, None,
    ),
    "deaths on two days": (
        "The blasts killed 12 people on Monday.", {"words": "12", "counts": "people", "low": 12, "quantity": "deaths", "time": ("Monday", "2031-03-03")},
        "The blasts killed 20 people on Tuesday.", {"words": "20", "counts": "people", "low": 20, "quantity": "deaths", "time": ("Tuesday", "2031-03-04")}, 0, None,
    ),
    "deaths on one told day, four days later": (
        "The blasts killed 12 people on Monday.", {"words": "12", "counts": "people", "low": 12, "quantity": "deaths", "time": ("Monday", "2031-03-03")},
        "The blasts killed 20 people on March 3.", {"words": "20", "counts": "people", "low": 20, "quantity": "deaths", "time": ("March 3", "2031-03-03")}, 4, "no",
    ),
    "money in two currencies": (
        "The toll is 30 crowns a ship.", {"words": "30 crowns", "counts": "toll", "low": 30, "kind": "money", "unit": "KCR"},
        "The toll is 40 marks a ship.", {"words": "40 marks", "counts": "toll", "low": 40, "kind": "money", "unit": "VMK"}, 0, None,
    ),
    "money in one currency": (
        "The toll is 30 crowns a ship.", {"words": "30 crowns", "counts": "toll", "low": 30, "kind": "money", "unit": "KCR"},
        "The toll is 40 crowns a ship.", {"words": "40 crowns", "counts": "toll", "low": 40, "kind": "money", "unit": "KCR"}, 0, "yes",
    ),
    "ages are no claim on one matter": (
        "The mayor, 44, was there.", {"words": "44", "low": 44, "kind": "age"},
        "The mayor, 54, was there.", {"words": "54", "low": 54, "kind": "age"}, 0, None,
    ),
    "more armed men than men": (
        "There are 900 armed men in Velm.", {"words": "900", "counts": "armed men", "low": 900, "place": "Velm"},
        "There are 300 men in Velm.", {"words": "300", "counts": "men", "low": 300, "place": "Velm"}, 0, "in part",
    ),
    "armed men among the men": (
        "There are 300 armed men in Velm.", {"words": "300", "counts": "armed men", "low": 300, "place": "Velm"},
        "There are 900 men in Velm.", {"words": "900", "counts": "men", "low": 900, "place": "Velm"}, 0, None,
    ),
    "women among the dead": (
        "Two women were killed.", {"words": "Two", "counts": "women", "low": 2, "quantity": "deaths"},
        "Three people were killed.", {"words": "Three", "counts": "people", "low": 3, "quantity": "deaths"}, 0, None,
    ),
    "men who came and men who left": (
        "Some 300 men entered Velm.", {"words": "300", "counts": "men", "low": 300, "place": "Velm"},
        "Some 900 men fled Velm.", {"words": "900", "counts": "men", "low": 900, "place": "Velm"}, 0, None,
    ),
    "part of them and all": (
        "There are 288 candidates in Velm.", {"words": "288", "counts": "candidates in Velm", "low": 288, "place": "Velm"},
        "Of them 37 of the candidates in Velm live abroad.", {"words": "37", "counts": "37 |of the candidates", "low": 37, "place": "Velm"}, 0, None,
    ),
    "nothing but the noun in common": (
        "He has run 13 races.", {"words": "13", "counts": "races", "low": 13},
        "The season saw 33 races on the lake.", {"words": "33", "counts": "races", "low": 33}, 0, None,
    ),
    "spans of time": (
        "The war in Velm lasted three years.", {"words": "three", "counts": "years", "low": 3, "place": "Velm"},
        "He lived in Velm for five years.", {"words": "five", "counts": "years", "low": 5, "place": "Velm"}, 0, None,
    ),
    "deaths told of one day, the later page undated within it": (
        "Three people were killed on Monday when the ferry sank off Mill Ferry.", {"words": "Three", "counts": "people", "low": 3, "quantity": "deaths", "time": ("Monday", "2031-03-03")},
        "A fifth sailor of the ferry died off Mill Ferry, which brings the dead to five.", {"words": "five", "low": 5, "quantity": "deaths"}, 2, "no",
    ),
    "another nine": (
        "Forty people were hurt on the quay of Mill Ferry.", {"words": "Forty", "counts": "people", "low": 40, "quantity": "wounded"},
        "Another nine people were hurt on the quay of Mill Ferry.", {"words": "nine", "counts": "people", "low": 9, "quantity": "wounded"}, 0, None,
    ),
    "two of them": (
        "The ferry’s crew mourns five sailors killed off Mill Ferry.", {"words": "five", "counts": "sailors", "low": 5, "quantity": "deaths"},
        "Of the sailors killed off Mill Ferry two of them were from the isles.", {"words": "two", "counts": "them", "low": 2, "quantity": "deaths"}, 0, None,
    ),
    "the dead of an old war": (
        "The blast in the harbour killed 12 people.", {"words": "12", "counts": "people", "low": 12, "quantity": "deaths"},
        "The war about the harbour, with its blast, killed 6,400 people in 1995.", {"words": "6,400", "counts": "people", "low": 6400, "quantity": "deaths", "time": ("1995", "1995")}, 0, None,
    ),
    "two happenings of one month": (
        "The fire in the mill killed 12 people.", {"words": "12", "counts": "people", "low": 12, "quantity": "deaths"},
        "A ferry that sank off the isles took 20 people to their death.", {"words": "20", "counts": "people", "low": 20, "quantity": "deaths"}, 0, None,
    ),
    "a people that lives there, and that people": (
        "About 70,000 Kestrians live in Velm.", {"words": "About 70,000", "counts": "Kestrians", "low": 70000, "quantity": "population", "approximate": True, "place": "Velm"},
        "The 140,000 Kestrians in Velm will not pay.", {"words": "140,000", "counts": "Kestrians", "low": 140000, "place": "Velm"}, 100, "yes",
    ),
    "a people without a place": (
        "About 70,000 Kestrians live in Velm.", {"words": "About 70,000", "counts": "Kestrians", "low": 70000, "quantity": "population", "approximate": True, "place": "Velm"},
        "The 140,000 Kestrians in the lost province will not pay.", {"words": "140,000", "counts": "Kestrians", "low": 140000}, 0, "yes",
    ),
    "inhabitants and a number without a noun": (
        "About 70,000 Kestrians live in Velm.", {"words": "About 70,000", "counts": "Kestrians", "low": 70000, "quantity": "population", "approximate": True, "place": "Velm"},
        "Velm lost 6,400 in the war.", {"words": "6,400", "low": 6400, "quantity": "population"}, 0, None,
    ),
    "crowds, one by a word of its own": (
        "Some 20,000 people gathered at the Iron Gate.", {"words": "20,000", "counts": "people", "low": 20000, "quantity": "protesters"},
        "No more than 3,000 protesters came to the Iron Gate on Monday.", {"words": "3,000", "counts": "protesters", "low": 0, "high": 3000, "quantity": "protesters", "time": ("on Monday", "2031-03-04")}, 1, "yes",
    ),
    "a crowd and a vague one": (
        "Some 20,000 people gathered at the Iron Gate.", {"words": "20,000", "counts": "people", "low": 20000, "quantity": "protesters"},
        "Several hundred protesters were driven from the Iron Gate.", {"words": "Several hundred", "counts": "protesters", "low": 200, "high": 999, "quantity": "protesters", "vague": True}, 0, "in part",
    ),
    "boats at one place, in few words": (
        "Since Monday, about 90 boats have lain across the mouth of the harbour to protest against the arrest of a baker.", {"words": "about 90", "counts": "boats", "low": 90, "approximate": True},
        "There are 64 boats at the harbour mouth.", {"words": "64", "counts": "boats", "low": 64}, 0, "yes",
    ),
    "two polls of one people": (
        "Some 68 percent of Kestrians believe in the league, the paper says.", {"words": "68 percent", "counts": "Kestrians", "low": 68, "kind": "share"},
        "In a poll 83 percent of Kestrians are unhappy with the council.", {"words": "83 percent", "counts": "Kestrians", "low": 83, "kind": "share"}, 0, None,
    ),
    "men who came": (
        "Some 300 men entered Velm.", {"words": "300", "counts": "men", "low": 300, "place": "Velm"},
        "Some 900 men entered Velm.", {"words": "900", "counts": "men", "low": 900, "place": "Velm"}, 0, "yes",
    ),
}  # fmt: skip


def _crisis(case, *, origin=False, copied=False):
    left, one, right, two, days, _ = case
    crisis = Crisis()
    for outlet, sentence, told, day in (("Post", left, one, 0), ("Star", right, two, days)):
        year, rest = divmod(day, 365)
        month, rest = divmod(rest, 30)
        doc = crisis.page(outlet, sentence, published=f"{2031 + year}-{3 + month:02d}-{4 + rest:02d}")
        more = {k: v for k, v in told.items() if k not in {"words", "place", "part", "time", "high"}}
        more["high"] = None if told.get("high") == math.inf else told.get("high")
        if "place" in told:
            part = {"precision": 2} if told.get("part") else {}
            more["place"] = crisis.place(doc, told["place"], "id-" + told["place"], **part)
        if "time" in told:
            more["time"] = crisis.time(doc, *told["time"])
        start, end = crisis.find(doc, told["words"])
        counts = more.pop("counts", "")
        low, high = more.pop("low"), more.pop("high")
        if "high" not in told:
            high = low
        crisis.rows["figures"].append(
            Figure(
                doc=doc,
                start=start,
                end=end,
                low=low,
                high=high,
                counts=crisis.span(doc, counts) if counts else None,
                **{"kind": "count", **more},
            )
        )
    docs = list(crisis.text)
    if origin:
        crisis.origin(*docs)
    if copied:
        crisis.passage(docs[0], left, docs[1], right)
    return crisis


@pytest.mark.parametrize("name", CASES)
def test_conflict_cases(name):
    """Each pair of figures conflicts as told, with its reason in words, or not at all."""
    found = _crisis(CASES[name]).made(Conflict, "conflicts")
    assert [c.comparable for c in found] == ([CASES[name][-1]] if CASES[name][-1] else [])
    assert all(c.why and c.left < c.right for c in found)


def test_one_origin_does_not_contradict_itself():
    """Two figures of one origin are no conflict of accounts."""
    case = CASES["deaths on one day"]
    assert _crisis(case, origin=True).made(Conflict, "conflicts") == []


def test_two_speakers_of_one_page_part():
    """Figures of one page part if two speakers give them, not if the page gives both in its own voice."""
    crisis = Crisis()
    doc = crisis.page(
        "Post", "The blast killed 12 people, the army said. The blast killed 40 people, Rell said."
    )
    army, rell = crisis.chain(doc, "Velm Army", "organisation"), crisis.chain(doc, "Anka Rell")
    crisis.figure(doc, "12", 12, counts="12 |people", quantity="deaths", said_by=army)
    crisis.figure(doc, "40", 40, counts="40 |people", quantity="deaths", said_by=rell)
    assert [c.comparable for c in crisis.made(Conflict, "conflicts")] == ["yes"]
    crisis.rows["figures"][1] = Figure(
        **{**{f: getattr(crisis.rows["figures"][1], f) for f in Figure.__struct_fields__}, "said_by": ""}
    )
    assert crisis.made(Conflict, "conflicts") == []


def test_copies_count_once():
    """One claim of two pages that share the sentence has one origin; told in their own words, two."""
    sentence = "The blast in the harbour of Port Velm killed 12 people on the quay."
    for copied, origins in ((True, 1), (False, 2)):
        crisis = Crisis()
        docs = [crisis.page(outlet, sentence) for outlet in ("Post", "Star")]
        for doc in docs:
            crisis.figure(doc, "12", 12, counts="people", quantity="deaths")
        if copied:
            crisis.passage(docs[0], sentence, docs[1], sentence)
        (claim,) = crisis.made(Claim, "conflicts")
        assert len(claim.spans) == 2
        assert len(claim.origins) == origins


def test_a_denied_claim_of_another_origin_is_a_conflict():
    """A denial parts from the page whose claim it denies, but not from its own page's report of a claim."""
    crisis = Crisis()
    one = crisis.page("Post", "The ministry denied that Velmian troops had crossed the river.")
    two = crisis.page("Star", "“Velmian troops crossed the river at dawn,” Rell said.")
    crisis.says(
        one,
        crisis.chain(one, "Velm Ministry", "organisation"),
        "Velmian troops had crossed the river",
        "denied",
        act="denies",
        manner="indirect",
    )
    crisis.says(two, crisis.chain(two, "Anka Rell"), "Velmian troops crossed the river at dawn")
    (found,) = crisis.made(Conflict, "conflicts")
    assert found.kind == "denial"
    crisis.origin(one, two)
    assert crisis.made(Conflict, "conflicts") == []


numbers = st.integers(0, 2_000_000).map(float)
ends = st.tuples(numbers, numbers).map(sorted)


@given(ends, st.booleans(), st.booleans())
def test_allowed_holds_what_is_told(told, approximate, vague):
    """The values that a figure allows for hold the told ones."""
    low, high = allowed(
        Figure(
            doc="d",
            start=0,
            end=1,
            kind="count",
            low=told[0],
            high=told[1],
            approximate=approximate,
            vague=vague,
        )
    )
    assert low <= told[0] <= told[1] <= high


@given(st.sampled_from(sorted(CASES)))
def test_conflicts_do_not_depend_on_order(name):
    """Which page comes first in the tables changes nothing."""
    left, one, right, two, days, _ = CASES[name]
    if days:
        return
    forth = _crisis((left, one, right, two, 0, None))
    back = _crisis((left, one, right, two, 0, None))
    for rows in back.rows.values():
        rows.reverse()
    assert forth.made(Conflict, "conflicts") == back.made(Conflict, "conflicts")


def test_part_is_symmetric():
    """Whether values part does not depend on which comes first."""
    view = _crisis(CASES["deaths on one day"]).view()
    from variorum.compare import matter

    a, b = (matter.read(view, f) for f in view.figures)
    assert part(a, b)
    assert part(b, a)
    assert not part(a, a)


def test_every_account_stands_against_the_best_of_another_number():
    """With many accounts of two numbers, conflicts grow with the accounts, and each account has one."""
    crisis = Crisis()
    for i in range(8):
        number, text = (120000, "120,000") if i % 2 else (50000, "50,000")
        doc = crisis.page(f"Paper {i}", f"There are {text} Kestrians in Velm.")
        place = crisis.place(doc, "Velm", "id-Velm")
        crisis.figure(doc, text, number, counts="Kestrians in Velm", place=place)
    found = crisis.made(Conflict, "conflicts")
    assert {s.doc for c in found for s in (c.left_span, c.right_span)} == set(crisis.text)
    assert len(found) <= 8
