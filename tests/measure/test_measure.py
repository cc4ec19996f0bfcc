"""Laws of the scorers, most of them by hand-computed cases."""

from __future__ import annotations

import itertools
import json
import math

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measure.shares import shares
from variorum.errors import InputError
from variorum.measure import (
    TASKS,
    adjusted_rand,
    assign,
    b_cubed,
    clustering,
    distance_km,
    jaccard,
    mean_of,
    score,
    score_files,
    shingle_prf,
)
from variorum.records import Mention, Span, Statement, Story


def span(start: int, end: int, doc: str = "d", **more):
    return {"doc": doc, "start": start, "end": end, **more}


STATEMENTS = [
    {
        "doc": "d",
        "source": span(0, 8),
        "cue": span(9, 13),
        "content": [span(14, 30), span(40, 50)],
        "speaker_name": "Edda Kolvar",
    },
    {"doc": "e", "cue": span(60, 64, "e"), "content": [span(70, 90, "e")], "speaker_name": ""},
]
ROWS = {
    "statements": STATEMENTS,
    "times": [span(0, 5, value="2031-05-02"), span(9, 12, value="P2D")],
    "figures": [span(0, 5, low=4.0, high=None, unit="")],
    "places": [span(0, 5, name="Tillen", lat=50.0, lon=6.0)],
    "mentions": [span(0, 5, kind="person")],
    "stories": [{"documents": ["a", "b"]}, {"documents": ["c"]}],
    "utterances": [{"statements": ["s", "t"]}, {"statements": ["u"]}],
    "passages": [{"left": span(0, 50, "a"), "right": span(9, 59, "b"), "kind": "copy"}],
    "denials": [{"statement": "s", "denied": "t", "how": "denies"}],
    "conflicts": [{"left": "s", "right": "t", "kind": "figure"}],
    "text": [{"input": "a", "text": "one two three four five"}],
    "headers": [{"input": "a", "title": "Ferry rammed", "outlet": ""}],
    "documents": [{"id": "a", "title": "Ferry rammed", "text": "one two three four"}],
    "sentences": [span(0, 5), span(6, 9)],
    "naming": [{"description": "the rebels", "voice": "own", "spans": [span(0, 10), span(30, 40)]}],
}


@pytest.mark.parametrize("task", sorted(ROWS))
def test_gold_against_itself_is_one(task):
    """What equals the gold gets the highest score in every measure."""
    result = score(task, ROWS[task], ROWS[task])
    assert {n: v for n, v in shares(result) if v != 1.0 and "within_161" not in n} == {}
    assert result["gold"] == result["system"] == len(ROWS[task])


@pytest.mark.parametrize("task", sorted(ROWS))
def test_scores_are_plain_json(task):
    """Scores are written as JSON by `variorum score`: nothing in them needs more than JSON has."""
    result = score(task, ROWS[task], ROWS[task])
    assert msgspec.json.decode(msgspec.json.encode(result)) == result


def test_denial_of_what_nobody_claims_is_an_answer():
    """Where gold and system both say that nobody claims it they agree; where one names a claim they do not."""
    alone = {"statement": "s1", "denied": "", "claimed": None}
    linked = {"statement": "s1", "denied": "s2", "claimed": None}
    assert score("denials", [alone], [alone])["exact"]["f1"] == 1.0
    assert score("denials", [linked], [alone])["exact"]["f1"] == 0.0


@pytest.mark.parametrize("task", sorted(ROWS))
def test_nothing_against_gold_is_zero(task):
    """Who gives nothing gets nothing, apart from header fields that are rightly empty."""
    result = score(task, ROWS[task], [])
    assert {n: v for n, v in shares(result) if v != 0.0 and ".outlet" not in n} == {}


@pytest.mark.parametrize("task", sorted(ROWS))
def test_order_of_rows_does_not_matter(task):
    """Scores are a function of the sets of rows."""
    assert score(task, ROWS[task], ROWS[task][::-1]) == score(task, ROWS[task][::-1], ROWS[task])


@pytest.mark.parametrize("task", TASKS)
def test_every_task_takes_empty_rows(task):
    """No task fails where there is nothing to score."""
    result = score(task, [], [])
    assert result["gold"] == result["system"] == 0


def test_every_named_task_is_scored_here_or_is_of_a_kind_that_is():
    """The tasks promised are those that dispatch; an unknown one is refused with the list."""
    with pytest.raises(InputError, match="no task called nonsense") as caught:
        score("nonsense", [], [])
    assert all(task in str(caught.value) for task in TASKS)


JACCARD = [
    # left, right, shared over all
    ([("d", 0, 10)], [("d", 0, 10)], 1.0),
    ([("d", 0, 10)], [("d", 5, 15)], 5 / 15),
    ([("d", 0, 10)], [("e", 0, 10)], 0.0),
    ([("d", 0, 5), ("d", 10, 15)], [("d", 0, 15)], 10 / 15),
    ([("d", 0, 8), ("d", 4, 10)], [("d", 0, 10)], 1.0),
    ([("d", 0, 10)], [], 0.0),
]


@pytest.mark.parametrize(("left", "right", "wanted"), JACCARD)
def test_jaccard_counts_code_points_once(left, right, wanted):
    """Overlap is shared over all code points; parts that overlap themselves count once."""
    assert jaccard(left, right) == pytest.approx(wanted)
    assert jaccard(right, left) == pytest.approx(wanted)


def test_overlap_levels_by_hand():
    """Two gold spans: one hit at .9, one at .5, one span too many: exact 0, .8 one right, .3 two right."""
    gold = [span(0, 10), span(20, 30)]
    system = [span(0, 9), span(20, 25), span(90, 99)]
    result = score("spans", gold, system)
    assert result["exact"]["right"] == 0
    assert (result["overlap_0.8"]["precision"], result["overlap_0.8"]["recall"]) == (1 / 3, 1 / 2)
    assert (result["overlap_0.3"]["precision"], result["overlap_0.3"]["recall"]) == (2 / 3, 1.0)
    assert result["overlap_0.3"]["f1"] == pytest.approx(0.8)


def test_each_gold_span_counts_once():
    """A span given twice over, or in two halves, is one hit, not two."""
    result = score("spans", [span(0, 10)], [span(0, 10), span(0, 10), span(0, 6)])
    assert result["exact"]["right"] == result["overlap_0.3"]["right"] == 1


def test_best_pairs_are_taken_first():
    """A system span goes to the gold span it is most like."""
    likeness = [[0.5, 0.9], [0.0, 0.8]]
    assert assign([0, 1], [0, 1], lambda g, s: likeness[g][s], 0.3) == [(0, 1)]
    assert assign([0, 1], [0, 1], lambda g, s: likeness[g][s] if g != 0 else (0.5, 0.7)[s], 0.3) == [
        (0, 0),
        (1, 1),
    ]


def test_statements_by_hand():
    """Whole needs every part; the speaker is judged among statements whose contents overlap."""
    system = [
        {**STATEMENTS[0], "speaker_name": "edda  kolvar", "content": [span(14, 30)]},
        {**STATEMENTS[1], "speaker_name": "Aldo Kern"},
    ]
    result = score("statements", STATEMENTS, system)
    assert result["whole"]["right"] == 1
    assert result["source"]["exact"]["f1"] == 1.0
    assert result["content"]["exact"]["right"] == 1
    assert result["speaker"] == {"right": 0.5, "wrong": 0.5, "none_given": 0.0, "matched": 2.0}
    assert result["attribution_0.8"]["right"] == 0
    assert result["attribution_0.3"]["right"] == 1


def test_gold_may_name_a_speaker_in_several_right_ways():
    """A list of names in the gold is a choice."""
    gold = [{**STATEMENTS[0], "speaker_name": ["Edda Kolvar", "the minister"]}]
    result = score("statements", gold, [{**STATEMENTS[0], "speaker_name": "The Minister"}])
    assert result["speaker"]["right"] == 1.0


def test_values_by_hand():
    """A value counts if the spans overlap and every value the gold row has is equal."""
    gold = [span(0, 10, value="2031-05-02"), span(20, 30, value="2031-05-03")]
    system = [span(0, 8, value="2031-05-02"), span(20, 30, value="2031-05-04"), span(50, 55, value="P1D")]
    result = score("times", gold, system)
    assert (result["value"]["precision"], result["value"]["recall"]) == (1 / 3, 1 / 2)
    assert result["value_accuracy"] == 0.5


def test_places_within_a_hundred_miles():
    """A place resolved to a point nearby counts, one without a point does not."""
    gold = [span(0, 5, lat=50.0, lon=6.0), span(9, 12, lat=50.0, lon=6.0), span(20, 25, lat=50.0, lon=6.0)]
    system = [span(0, 5, lat=51.0, lon=6.0), span(9, 12, lat=60.0, lon=6.0), span(20, 25)]
    assert score("places", gold, system)["within_161_km"] == pytest.approx(1 / 3)
    assert distance_km(0, 0, 0, 180) == pytest.approx(math.pi * 6371)


def test_edges_by_hand():
    """Undirected edges match either way round, directed ones only as they stand, kinds are scored apart."""
    gold = [{"left": "a", "right": "b", "kind": "copy"}, {"left": "a", "right": "c", "kind": "quotation"}]
    system = [{"left": "b", "right": "a", "kind": "copy"}, {"left": "b", "right": "c", "kind": "copy"}]
    result = score("edges", gold, system)
    assert result["exact"]["f1"] == 0.5
    assert result["by_kind"]["copy"]["precision"] == 0.5
    assert result["by_kind"]["copy"]["recall"] == 1.0
    assert result["by_kind"]["quotation"]["f1"] == 0.0
    turned = [{"statement": "t", "denied": "s"}]
    assert score("denials", [{"statement": "s", "denied": "t"}], turned)["exact"]["f1"] == 0.0


def test_span_edges_match_by_overlap_of_both_ends():
    """A passage is found if both its sides overlap, not one alone."""
    gold = [{"left": span(0, 100, "a"), "right": span(0, 100, "b"), "kind": "copy"}]
    half = [{"left": span(0, 50, "a"), "right": span(50, 100, "b"), "kind": "copy"}]
    one_side = [{"left": span(0, 100, "a"), "right": span(200, 300, "b"), "kind": "copy"}]
    assert score("passages", gold, half)["overlap_0.3"]["f1"] == 1.0
    assert score("passages", gold, half)["exact"]["f1"] == 0.0
    assert score("passages", gold, one_side)["overlap_0.3"]["f1"] == 0.0


def test_rows_without_a_span_are_nobodys():
    """Rows that stand nowhere are not alike: a system that gives them has found nothing."""
    gold = [span(0, 10, value="2031-05-02")]
    nowhere = [{"doc": "d", "value": "2031-05-02"}]
    assert score("times", gold, nowhere)["value"]["f1"] == 0.0
    assert score("times", nowhere, nowhere)["value"]["right"] == 0.0
    other = [{"voice": "own", "spans": [span(50, 60)]}]
    assert score("naming", [{"voice": "own", "spans": [span(0, 10)]}], other)["value"]["f1"] == 0.0


def test_b_cubed_by_hand():
    """{ab}{c} against {abc}: precision (2/3+2/3+1/3)/3, recall 1."""
    gold = clustering([{"documents": ["a", "b"]}, {"documents": ["c"]}], "documents")
    system = clustering([{"documents": ["a", "b", "c"]}], "documents")
    found = b_cubed(gold, system)
    assert found["precision"] == pytest.approx(5 / 9)
    assert found["recall"] == 1.0
    assert found["f1"] == pytest.approx(2 * 5 / 9 / (1 + 5 / 9))


PARTITION = st.lists(st.integers(0, 4), min_size=1, max_size=9)


def rows_of(labels):
    groups = {}
    for member, label in enumerate(labels):
        groups.setdefault(label, []).append(str(member))
    return [{"documents": members} for members in groups.values()]


@settings(deadline=None)
@given(PARTITION, st.data())
def test_b_cubed_and_rand_equal_brute_force(labels, data):
    """Against the definitions, computed pair by pair over every two members."""
    other = data.draw(st.lists(st.integers(0, 4), min_size=len(labels), max_size=len(labels)))
    gold, system = clustering(rows_of(labels), "documents"), clustering(rows_of(other), "documents")
    found = b_cubed(gold, system)
    members = range(len(labels))

    def mean_share(of, against):
        total = 0.0
        for m in members:
            joint = [o for o in members if of[o] == of[m]]
            total += sum(against[o] == against[m] for o in joint) / len(joint)
        return total / len(labels)

    assert found["precision"] == pytest.approx(mean_share(other, labels))
    assert found["recall"] == pytest.approx(mean_share(labels, other))
    pairs = list(itertools.combinations(members, 2))
    both = sum(labels[a] == labels[b] and other[a] == other[b] for a, b in pairs)
    one, two = sum(labels[a] == labels[b] for a, b in pairs), sum(other[a] == other[b] for a, b in pairs)
    expected = one * two / len(pairs) if pairs else 0.0
    highest = (one + two) / 2
    wanted = (both - expected) / (highest - expected) if highest != expected else float(one == two == both)
    assert adjusted_rand(gold, system) == pytest.approx(wanted)


def test_member_left_out_by_the_system_is_missed():
    """A document in no cluster of the system's costs recall, not precision."""
    gold = [{"documents": ["a", "b"]}]
    result = score("stories", gold, [{"documents": ["a"]}])
    assert result["b_cubed"]["precision"] == 1.0
    assert result["b_cubed"]["recall"] == pytest.approx(0.25)


def test_shingles_by_hand():
    """Six words have three shingles of four; one word changed at the end costs one."""
    precision, recall, f1 = shingle_prf("a b c d e f", "a b c d e x")
    assert (precision, recall) == (2 / 3, 2 / 3)
    assert f1 == pytest.approx(2 / 3)
    assert shingle_prf("", "") == (1.0, 1.0, 1.0)
    assert shingle_prf("a b", "") == (0.0, 0.0, 0.0)


def test_headers_tell_wrong_from_unknown_and_invented():
    """A wrong value, a missing one and one out of the air are three different things."""
    gold = [{"input": p, "title": "T", "author": ""} for p in "abc"]
    system = [{"input": "a", "title": "t ", "author": "X"}, {"input": "b", "title": "U", "author": ""}]
    result = score("headers", gold, system)
    assert result["title"] == {
        "right": 1 / 3,
        "wrong": 1 / 3,
        "unknown": 1 / 3,
        "invented": 0.0,
        "pages": 3.0,
    }
    assert result["author"]["invented"] == pytest.approx(1 / 3)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_interval_is_seeded_and_holds_possible_means(values):
    """The same values give the same interval, and it lies within the values' range."""
    first = mean_of(values)
    assert first == mean_of(values)
    assert min(values) - 1e-9 <= first["low"] <= first["high"] <= max(values) + 1e-9


def test_interval_against_theory():
    """For a half-and-half sample of 400 the interval is about 1.96 standard errors wide on each side."""
    found = mean_of([0.0, 1.0] * 200)
    assert found["low"] == pytest.approx(0.5 - 1.96 * 0.025, abs=0.008)
    assert found["high"] == pytest.approx(0.5 + 1.96 * 0.025, abs=0.008)


def test_records_are_taken_as_they_are():
    """Records score like their rows in the export."""
    mentions = [Mention(doc="d", start=0, end=4, kind="person", head=Span(0, 4))]
    assert score("mentions", mentions, mentions)["value"]["f1"] == 1.0
    statement = Statement(doc="d", content=(Span(0, 9),), manner="direct", speaker_name="X")
    assert score("statements", [statement], [statement])["whole"]["f1"] == 1.0
    stories = [Story(title="t", documents=("a", "b"))]
    assert score("stories", stories, stories)["b_cubed"]["f1"] == 1.0


BAD_LINES = ["[1, 2]", "{", '{"doc": "d", "start": 5, "end": 2}', '{"doc": "d", "start": 1.5, "end": 2}']


@pytest.mark.parametrize("line", BAD_LINES)
def test_bad_lines_are_named(tmp_path, line):
    """A line that is no object, and a span that is none, stop with one clear line."""
    good, bad = tmp_path / "gold.jsonl", tmp_path / "system.jsonl"
    good.write_text(json.dumps(span(0, 5)) + "\n\n", encoding="utf-8")
    bad.write_text(json.dumps(span(0, 5)) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError):
        score_files("spans", good, bad)
    assert score_files("spans", good, good)["exact"]["f1"] == 1.0


def test_missing_file_is_named(tmp_path):
    """A file that is not there is named with the reason."""
    with pytest.raises(InputError, match=r"gone\.jsonl"):
        score_files("spans", tmp_path / "gone.jsonl", tmp_path / "gone.jsonl")
