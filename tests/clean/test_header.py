"""Choosing header values among evidence."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.clean.cleaned import Evidence
from variorum.clean.header import (
    FIELDS,
    GIVEN,
    JSON_LD,
    META,
    NEVER,
    TEXT,
    choose,
    given_evidence,
    given_values,
)

evidence = st.builds(
    Evidence,
    field=st.sampled_from(FIELDS),
    value=st.sampled_from(
        ["", "2031-04-02", "2031-04-02T08:00Z", "XXXX-04-02", "Oravia Post", "AP", "likely"]
    ),
    text=st.sampled_from(["", "a", "b"]),
    found_in=st.sampled_from(["meta", "json-ld", "text", "given"]),
    weight=st.integers(0, 100),
)


def published(*found: Evidence) -> str:
    return choose("d", found)[0].published_value


def dated(value: str, weight: int, found_in: str) -> Evidence:
    return Evidence(field="published", value=value, weight=weight, found_in=found_in)


@given(st.lists(evidence, max_size=12), st.randoms())
def test_every_piece_of_evidence_is_a_record(found, random):
    """All evidence stands among the headers, the order given does not matter, and each field has a row."""
    values, headers = choose("d", found)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert choose("d", shuffled) == (values, headers)
    assert {(h.field, h.value, h.found_in) for h in headers} >= {
        (e.field, e.value, e.found_in) for e in found
    }
    assert {h.field for h in headers} == set(FIELDS)
    assert all(h.reason for h in headers if not h.value and not h.found_in)


@given(st.lists(evidence, max_size=12))
def test_a_chosen_value_is_evidence(found):
    """No value is made up: what is chosen stands in a header row marked so; one at most but for credits."""
    values, headers = choose("d", found)
    chosen = {f: [h.value for h in headers if h.field == f and h.chosen] for f in FIELDS}
    assert values.published_value == "".join(chosen["published"])
    assert values.title == "".join(chosen["title"])
    assert all(len(v) <= 1 for f, v in chosen.items() if f != "credits")
    assert sorted(chosen["credits"]) == list(values.credits)


def test_the_heaviest_wins_and_both_stand():
    """Of two that disagree the heavier is chosen and the other keeps its row."""
    one, other = dated("2031-04-02", JSON_LD, "json-ld"), dated("2031-04-05", TEXT, "text")
    assert published(one, other) == "2031-04-02"
    assert [h.value for h in choose("d", [one, other])[1] if h.field == "published"] == [
        "2031-04-02",
        "2031-04-05",
    ]


def test_two_kinds_that_agree_outdo_one():
    """Meta and text that agree outweigh JSON-LD that stands alone."""
    found = (
        dated("2031-04-02", JSON_LD, "json-ld"),
        dated("2031-04-05", META, "meta"),
        dated("2031-04-05", 70, "markup"),
    )
    assert published(*found, dated("2031-04-05", TEXT, "text")) == "2031-04-05"


def test_the_time_and_the_year_are_taken_from_who_tells_them():
    """Of equal days the one with a time is chosen; a date without year takes it from another that fits."""
    assert (
        published(dated("2031-04-02", JSON_LD, "json-ld"), dated("2031-04-02T08:00Z", TEXT, "text"))
        == "2031-04-02T08:00Z"
    )
    assert published(dated("XXXX-04-02", TEXT, "text"), dated("2031-04-02", 30, "url")) == "2031-04-02"
    assert published(dated("XXXX-04-02", TEXT, "text"), dated("2031-04-03", 30, "url")) == "XXXX-04-02"


def test_unknown_is_empty_with_a_reason():
    """Without evidence every value is empty or unknown, and a header row says that nothing tells it."""
    values, headers = choose(
        "d", [Evidence(field="outlet", value="example.org", found_in="url", weight=NEVER)]
    )
    assert (values.outlet, values.language, values.translated, values.published_earliest) == (
        "",
        "unknown",
        "unknown",
        "",
    )
    assert [h.reason for h in headers if h.field == "title"] == ["nothing tells it"]
    assert [(h.value, h.reason) for h in headers if h.field == "outlet"][1] == (
        "",
        "only told weakly, see the other evidence",
    )


def test_bounds_follow_the_value():
    """Earliest and latest are the value's bounds; a year not told leaves both empty."""
    values = choose("d", [dated("2031-04-02", JSON_LD, "json-ld")])[0]
    assert (values.published_earliest, values.published_latest) == ("2031-04-02", "2031-04-02")
    assert choose("d", [dated("XXXX-04-02", TEXT, "text")])[0].published_earliest == ""


def day(i: int) -> str:
    return f"{1900 + i % 130}-{1 + i // 130 % 12:02}-{1 + i // 1560 % 28:02}"


# Evidence without end, of a page made to cost: many that differ in one field, or of two that are held against each other.
MANY = {
    "titles": lambda i: [Evidence(field="title", value=f"T{i}", found_in="meta", weight=META)],
    "credits": lambda i: [Evidence(field="credits", value=f"C{i}", found_in="meta", weight=META)],
    "stamps": lambda i: [dated(f"{day(i)}T08:00Z", META, "meta")],
    "printed days": lambda i: [dated(f"{day(i)}T08:00Z", META, "meta"), dated(day(i + 1), TEXT, "text")],
    "days in doubt": lambda i: [
        dated(f"{day(i)}T08:00Z", META, "meta"),
        Evidence(field="published", value="2031-XX-XX", text=f"3/5/2031 {i}", found_in="text", weight=TEXT),
    ],
    "authors and outlets": lambda i: [
        Evidence(field="author", value=f"Ada M{i}", found_in="meta", weight=META),
        Evidence(field="outlet", value=f"Post number {i}", found_in="meta", weight=META),
    ],
}


def steps(found: list[Evidence]) -> int:
    """How many functions are called and left while values are chosen."""
    count = 0

    def counted(*_) -> None:
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        choose("d", found)
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", MANY)
def test_the_cost_grows_with_the_evidence(name):
    """Eight times as much evidence takes not twelve times as many steps."""
    few, many = ([e for i in range(n) for e in MANY[name](i)] for n in (50, 400))
    assert steps(many) < 12 * steps(few)


def test_kinds_agree_by_the_day_told_or_in_utc():
    """Stamps of one instant in two zones agree, and those of one day told; a third of neither day does not."""
    found = [
        dated("2031-05-06T23:30-04:00", META, "meta"),
        dated("2031-05-07T05:30+02:00", META, "json-ld"),
        dated("2031-05-09T08:00Z", META + 5, "markup"),
    ]
    assert published(*found) == "2031-05-07T05:30+02:00"
    assert published(*found[1:]) == "2031-05-09T08:00Z"


def test_given_values_outweigh_the_page():
    """What is given beside a page wins; a date that cannot be read is kept as evidence without value."""
    given_ = given_values('{"title": " A ", "author": ["B", "C"], "published": "some day", "x": 3}')
    assert given_ == {"title": "A", "author": "B, C", "published": "some day"}
    found = given_evidence(given_)
    assert {(e.field, e.value) for e in found} == {("title", "A"), ("author", "B, C"), ("published", "")}
    assert all(e.weight == GIVEN for e in found)
