"""Dated matters make lines, once each; what is merely said on a day makes none."""

from __future__ import annotations

import msgspec
import pytest

from compare.crisis import Crisis
from variorum.compare.timeline import complete
from variorum.records import Dating, Episode, GazetteerEntry, Time, TimelineEntry


def _time(value, earliest="", latest=""):
    return Time(doc="d", start=0, end=1, kind="DATE", value=value, earliest=earliest, latest=latest)


@pytest.mark.parametrize(
    ("value", "page", "found"),
    [
        ("XXXX-12-28", "2031-12-29", "2031-12-28"),
        ("XXXX-12-28", "2032-01-02", "2031-12-28"),
        ("XXXX-01-05", "2031-12-29", "2032-01-05"),
        ("XXXX-WXX-1", "2031-03-05", "2031-03-03"),
        ("XXXX-WXX-3", "2031-03-05", "2031-03-05"),
        ("XXXX-WXX-7TEV", "2031-03-05", "2031-03-02TEV"),
        ("XXXX-11", "2031-03-05", "2030-11"),
    ],
)
def test_a_year_is_completed_by_the_page(value, page, found):
    """A date without a year is the one nearest to its page that is not far ahead of it."""
    assert complete(_time(value), (page, page))[0] == found


def test_an_undated_page_completes_nothing():
    """Without the page's day nothing is guessed."""
    assert complete(_time("XXXX-12-28"), ("", "")) == ("XXXX-12-28", "", "")
    assert complete(_time("XXXX-12-28"), ("2031-01-01", "2031-12-31")) == ("XXXX-12-28", "", "")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("XXXX-WXX-2", "2031-03-04"),
        ("XXXX-WXX-4", "XXXX-WXX-4"),
        ("XXXX-02-20", "2031-02-20"),
    ],
)
def test_a_page_of_some_day_of_a_week_completes_what_all_its_days_would(value, found):
    """A page dated to within a week (Tuesday to Monday) tells its last Tuesday, and a day of last month, no Thursday."""
    assert complete(_time(value), ("2031-03-04", "2031-03-10"))[0] == found


def test_what_begins_or_is_due_has_its_day():
    """`Since 2011` and `until Sunday` stand at the day they name; `before 2011` names none."""
    ends = {"ON_OR_AFTER": "2031-03-02", "ON_OR_BEFORE": "2031-03-02", "BEFORE": ""}
    for mod, day in ends.items():
        time = msgspec.structs.replace(_time("2031-03-02"), mod=mod)
        assert complete(time, ("", ""))[1] == day


def test_a_sentence_of_two_days_stands_on_both():
    """Each day that a sentence tells has its line; of a day and its evening the evening alone."""
    crisis = Crisis()
    words = "The ferry line shut on Monday, on Monday evening, had run since 2011 with two boats."
    doc, _ = _tell(crisis, "Post", words, "Monday", "2031-03-03")
    crisis.time(doc, "Monday evening", "2031-03-03TEV", kind="TIME")
    crisis.time(doc, "2011", "2011")
    assert [e.time for e in crisis.made(TimelineEntry, "timeline")] == ["2011", "2031-03-03TEV"]


def _tell(crisis, outlet, sentence, words, value, published="2031-03-05"):
    doc = crisis.page(outlet, sentence, published=published)
    return doc, crisis.time(doc, words, value)


def test_one_matter_of_one_day_is_one_line():
    """Two pages' sentences on one matter of one day back one line; another matter of that day has its own."""
    crisis = Crisis()
    _tell(
        crisis,
        "Post",
        "On Monday Velmian police closed the two border bridges at Mill Ferry.",
        "Monday",
        "2031-03-03",
    )
    _tell(
        crisis, "Star", "Police of Velm shut both bridges at Mill Ferry on March 3.", "March 3", "2031-03-03"
    )
    _tell(crisis, "Echo", "A grain ship ran aground near the lighthouse on Monday.", "Monday", "2031-03-03")
    found = crisis.made(TimelineEntry, "timeline")
    assert sorted(len(e.documents) for e in found) == [1, 2]
    assert all(e.kind == "news" and len(e.origins) == len(e.documents) for e in found)


def test_one_matter_of_two_days_is_two_lines():
    """Like words of two days are two matters."""
    crisis = Crisis()
    _tell(
        crisis,
        "Post",
        "On Monday Velmian police closed the border bridge at Mill Ferry.",
        "Monday",
        "2031-03-03",
    )
    _tell(
        crisis,
        "Star",
        "On Tuesday Velmian police closed the border bridge at Mill Ferry.",
        "Tuesday",
        "2031-03-04",
    )
    assert len(crisis.made(TimelineEntry, "timeline")) == 2


def test_background_lies_before_the_episode():
    """What lies well before the episode is background."""
    crisis = Crisis()
    _tell(crisis, "Post", "Velm broke away from Kestria in 2019 after a long war.", "2019", "2019")
    _tell(crisis, "Star", "The bridge at Mill Ferry was shelled on Monday.", "Monday", "2031-03-03")
    tables = crisis.tables()
    from variorum.records import to_table

    story = tables["stories"].column("id")[0].as_py()
    docs = tuple(sorted(crisis.text))
    tables["episodes"] = to_table(
        Episode, [Episode(story=story, title="", documents=docs, opened="2031-03-05", closed="2031-03-05")]
    )
    from compare.crisis import run
    from variorum.records import from_table

    found = from_table(TimelineEntry, run(tables, "timeline")["timeline"])
    assert [e.kind for e in found] == ["background", "news"]


def test_a_day_on_which_something_was_merely_said_makes_no_line():
    """Saying makes no line, announcing does."""
    for act, lines in (("asserts", 0), ("announces", 1)):
        crisis = Crisis()
        doc, time = _tell(
            crisis, "Post", "Rell said on Monday that the harbour would be closed.", "Monday", "2031-03-03"
        )
        crisis.says(
            doc,
            crisis.chain(doc, "Anka Rell"),
            "the harbour would be closed",
            "said",
            act=act,
            manner="indirect",
            time=time,
        )
        assert len(crisis.made(TimelineEntry, "timeline")) == lines


def test_an_undated_page_is_dated_by_its_story():
    """A page's date completed by the story's other pages completes its times too."""
    crisis = Crisis()
    doc, _ = _tell(
        crisis,
        "Post",
        "The bridge at Mill Ferry was shelled on Monday.",
        "Monday",
        "XXXX-WXX-1",
        published="XXXX-03-05",
    )
    assert crisis.made(TimelineEntry, "timeline") == []
    crisis.rows["datings"].append(
        Dating(
            doc=doc, value="2031-03-05", earliest="2031-03-05", latest="2031-03-05", because_of=(), score=0.9
        )
    )
    assert [e.time for e in crisis.made(TimelineEntry, "timeline")] == ["2031-03-03"]


def test_a_day_in_a_speakers_mouth_makes_no_line():
    """What somebody says in his own words of tomorrow has not happened."""
    crisis = Crisis()
    doc = crisis.page("Post", "“We shall ask for calm on the quay tomorrow,” Dost said.")
    start, end = crisis.find(doc, "tomorrow")
    crisis.rows["times"].append(
        Time(
            doc=doc,
            start=start,
            end=end,
            kind="DATE",
            value="2031-03-05",
            earliest="2031-03-05",
            latest="2031-03-05",
            anchored_to="page",
        )
    )
    assert len(crisis.made(TimelineEntry, "timeline")) == 1
    crisis.says(doc, crisis.chain(doc, "Ilmar Dost"), "We shall ask for calm on the quay tomorrow")
    assert crisis.made(TimelineEntry, "timeline") == []


def test_clauses_about_one_year_are_one_matter():
    """Two pages that tell one thing of a year in one clause make one line, whatever else their sentences tell."""
    crisis = Crisis()
    crisis.rows["gazetteer"] = [GazetteerEntry(id="vm", name="Velm", kind="region")]
    texts = (
        "In 1999, Velm declared its independence, a step that eleven states and the league of ports have since recognised.",
        "The republic declared independence in 1999 and sells its own stamps to collectors.",
        "The old mill burned in 1999 and was never built again.",
    )
    for i, text in enumerate(texts):
        doc = crisis.page(f"Paper {i}", text)
        crisis.time(doc, "1999", "1999")
    found = crisis.made(TimelineEntry, "timeline")
    assert sorted(len(e.spans) for e in found) == [1, 2]
