"""Time expressions of a page, by a small grammar of our own: found, normalised to TIMEX3, resolved where that is certain.

Rules lie in `absolute.py` and `relative.py`, one line each; `joins.py` puts neighbours together, `resolve.py` gives
relative and partial expressions their values. Scores and rivals: bench/quality/times.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from variorum.records import Document, Sentence, Time, by, from_table, to_table
from variorum.stage import Stage
from variorum.tag.times.joins import find
from variorum.tag.times.resolve import NOWHERE, Anchor, Context, is_of_speaking, resolve, weekday_of_page
from variorum.tag.times.speech import Speech
from variorum.tag.times.tense import direction
from variorum.text.calendar import bounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from variorum.records import Tables
    from variorum.settings import Settings
    from variorum.tag.times.sense import Found

# A text tells history, not news, if it names at least this many years and most lie well before its own date: partial
# dates in it then hang on the last year told. Swept on times/gum and wikiwars train (values right of 884 and 1232): 3 to 12
# years, 5 best (805, 1050; at 8 801, at 12 1007); shares .4 to .9, flat from .5; ages 1 to 5, flat from 2.
_NARRATIVE_YEARS = 5
_NARRATIVE_SHARE = 0.6
_NARRATIVE_AGE = 2


def find_times(
    text: str, spans: Sequence[tuple[int, int]], *, published: str = "", doc: str = ""
) -> list[Time]:
    """Find and resolve the time expressions of one text.

    Args:
        text: The text.
        spans: Its sentences, half-open code points, in order.
        published: When it was published, as a TIMEX3 value of any precision; empty if unknown.
        doc: Id to write into the records.

    Returns:
        Times in text order. `earliest` and `latest` are inclusive; the two ends of `from A to B` both carry the bounds of
        the whole range.
    """
    found = [(n, start, item) for n, (start, end) in enumerate(spans) for item in find(text[start:end])]
    bare = [item for *_, item in found]
    speech = Speech(text if bare else "", spans, published)
    context = Context(
        page=published,
        page_weekday=weekday_of_page(bare, published) if published.startswith("XXXX-") else 0,
        narrative=_is_narrative(bare, published),
    )
    made: dict[int, Time] = {}
    quoted = [speech.quotation(start + item.start) for _, start, item in found]
    # What is quoted comes last: the day of speaking may be told after the words.
    plain, spoken = [i for i, q in enumerate(quoted) if q is None], [i for i, q in enumerate(quoted) if q]
    for at in (*plain, *spoken):
        if spoken and at == spoken[0]:
            speech.hear([made[i] for i in plain])
        number, start, item = found[at]
        inside = quoted[at]
        context.sentence, context.quotation = number, inside[0] if inside else -1
        context.speech = Anchor(*speech.day(inside)) if inside and is_of_speaking(item.sense) else NOWHERE
        tense = direction(text[slice(*spans[number])], item.start, item.end) if _needs_tense(item) else 0
        made[at] = resolve(
            item, context, doc=doc, offset=start, tense=tense, aside=_is_aside(text, start, item)
        )
    times, links = [made[i] for i in range(len(found))], [item.link for item in bare]
    return _ranged(times, links)


def _is_aside(text: str, start: int, item: Found) -> bool:
    """Whether a date only tells of which thing the text speaks: `the order of 1 March`."""
    before = text[max(0, start + item.start - 8) : start + item.start]
    return before.endswith((" of ", " of the ")) and not item.sense.weekday


def _needs_tense(item: Found) -> bool:
    sense = item.sense
    if sense.basis == "text" and (sense.part == "NI" or sense.value.endswith("T24:00")):
        return True
    return sense.value.startswith("XXXX-") and not sense.unit and sense.direction is None


def _is_narrative(found: list[Found], published: str) -> bool:
    years = [int(f.sense.value[:4]) for f in found if f.sense.value[:4].isdigit()]
    page = published[:4]
    if len(years) < _NARRATIVE_YEARS or not page.isdigit():
        return False
    old = sum(year <= int(page) - _NARRATIVE_AGE for year in years)
    return old >= _NARRATIVE_SHARE * len(years)


def _ranged(times: list[Time], links: list[int]) -> list[Time]:
    """Give both ends of a spelled range the bounds of the whole."""
    out = list(times)
    for i, link in enumerate(links):
        if link == 1 and i + 1 < len(out):
            low, high = bounds(times[i].value)[0], bounds(times[i + 1].value)[1]
            if low and high and low[:10] <= high[:10]:
                out[i] = msgspec.structs.replace(times[i], earliest=low, latest=high)
                out[i + 1] = msgspec.structs.replace(times[i + 1], earliest=low, latest=high)
    return out


def _run(tables: Tables, settings: Settings) -> Tables:  # noqa: ARG001 - every stage takes settings
    sentences = by(from_table(Sentence, tables["sentences"]), "doc")
    times: list[Time] = []
    for doc in sorted(from_table(Document, tables["documents"]), key=lambda d: d.id):
        spans = sorted((s.start, s.end) for s in sentences[doc.id])
        times.extend(find_times(doc.text, spans, published=doc.published_value, doc=doc.id))
    return {"times": to_table(Time, times, made_by=STAGE.made_by)}


STAGE = Stage(
    name="times", version=2, needs=("documents", "sentences"), makes=("times",), split_by="document", run=_run
)
