"""Place names: where they stand, what they mean, and that nothing is guessed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.records import (
    Document,
    GazetteerEntry,
    Mention,
    Place,
    Sentence,
    Span,
    empty,
    from_table,
    to_table,
)
from variorum.settings import Settings
from variorum.tag.places import STAGE

OWN = [
    GazetteerEntry(id="v1", name="Velmark", kind="country", country="VK", lat=60.0, lon=5.0),
    GazetteerEntry(
        id="v2",
        name="Ostrel",
        aliases=("Ostrjel",),
        kind="city",
        country="VK",
        lat=60.2,
        lon=5.1,
        seat_of="Velmark",
    ),
    GazetteerEntry(id="v3", name="Grey Isles", kind="region", country="VK", lat=61.0, lon=4.0),
    GazetteerEntry(id="v4", name="Dunmar", kind="city", country="VK", lat=60.5, lon=5.5),
    GazetteerEntry(id="v5", name="Dunmar", kind="city", country="HL", lat=50.5, lon=9.5),
    GazetteerEntry(id="v6", name="Halland Union", kind="country", country="HL", lat=50.0, lon=9.0),
]


def tables(*texts, kinds=None, own=()):
    """Tables of documents, each of one block, and mentions of the words in `kinds` (word to kind)."""
    docs = [Document(page=f"p{n}", text=text, language="en") for n, text in enumerate(texts)]
    sentences, mentions = [], []
    for doc in docs:
        spans = [m.span() for m in re.finditer(r"[^.!?\n]+[.!?]?", doc.text)]
        sentences += [Sentence(doc=doc.id, start=start, end=end, block="b") for start, end in spans]
        for word, kind in (kinds or {}).items():
            for match in re.finditer(re.escape(word), doc.text):
                span = Span(match.start(), match.end())
                mentions.append(Mention(doc=doc.id, start=span.start, end=span.end, kind=kind, head=span))
    return {
        "documents": to_table(Document, docs),
        "sentences": to_table(Sentence, sentences),
        "mentions": to_table(Mention, mentions),
        "gazetteer": to_table(GazetteerEntry, own),
    }


def places(text, *, kinds=None, own=()):
    made = from_table(Place, STAGE.run(tables(text, kinds=kinds, own=own), Settings())["places"])
    return [(text[p.start : p.end], p) for p in made]


def told(text, **kwargs):
    return [(name, p.gazetteer_id or p.reason) for name, p in places(text, **kwargs)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Envoys met in Paris on Monday.", [("Paris", "FR")]),
        ("A mill closed in Paris, Texas, on Monday.", [("Paris", "US"), ("Texas", "US")]),
        ("The mill stands in Athens, Georgia.", [("Athens", "US"), ("Georgia", "US")]),
        ("The mill stands in Tbilisi, Georgia.", [("Tbilisi", "GE"), ("Georgia", "GE")]),
        ("Trains from Chad, Mali and Niger were late.", [("Chad", "TD"), ("Mali", "ML"), ("Niger", "NE")]),
        ("He left London, Ontario for good.", [("London", "CA"), ("Ontario", "CA")]),
        ("In PARIS all fell silent. Ships left the Black Sea.", [("PARIS", "FR"), ("Black Sea", "")]),
        ("Paris’s mayor and London's mayor met.", [("Paris", "FR"), ("London", "GB")]),
    ],
)
def test_places_are_resolved_by_what_is_told_then_by_prominence(text, expected):
    """A container told beside a name decides; else the most prominent place of the name is meant."""
    assert [(name, p.country) for name, p in places(text)] == expected


def test_places_lean_towards_the_page_s_own_country():
    """A name with places in several countries follows the page's other places where neither dwarfs the other."""
    here = "Talks were held in Texas, in Ohio, in Nebraska and in Iowa."
    there = "Talks were held in Scotland, in Bristol and in Cardiff."
    at_home = [p for name, p in places(f"{here} A barge left from Birmingham.") if name == "Birmingham"]
    abroad = [p for name, p in places(f"{there} A barge left from Birmingham.") if name == "Birmingham"]
    assert [p.country for p in at_home + abroad] == ["US", "GB"]
    assert "most of the page's places lie in US" in at_home[0].reason


@pytest.mark.parametrize(
    "text",
    [
        "Of all the ships, one sank. May was mild. Nice work, they said. Reading is fun.",
        "The Russians and the French agreed. Polish farmers wept.",
        "Mobile phones and Orange juice were sold.",
        "we saw paris in a dream and turkey on a plate.",
    ],
)
def test_places_are_never_common_words_or_demonyms(text):
    """Words that merely look like a town's name, and names of peoples, are no places."""
    assert told(text) == []


def test_places_keep_out_of_names_of_people_and_bodies():
    """A town's name within a person's or a body's name is no place; the state after "of" is one."""
    kinds = {"Jack London": "person", "Paris Agreement": "work", "Ministry of Trade of Peru": "organisation"}
    text = "Jack London read the Paris Agreement at the Ministry of Trade of Peru."
    assert told(text, kinds=kinds) == [("Peru", "iso:PE")]
    assert told("Lincoln Marsh and Victoria Dale met Jackson Reed.") == []


def test_places_unknown_names_stay_with_a_reason():
    """A mention of a place that no gazetteer has is a row without an entry, a point or a country."""
    ((name, place),) = places("Crowds gathered in Vylkograd.", kinds={"Vylkograd": "place"})
    assert name == "Vylkograd"
    assert (place.gazetteer_id, place.lat, place.country, place.precision) == ("", None, "", 0)
    assert place.reason == "not in the gazetteer"


def test_places_small_towns_abroad_are_not_meant():
    """A village that the gazetteer lacks is not taken for the town abroad that bears its name."""
    text = "Ships left Norway, Sweden and Denmark. Fires burned in Cabra."
    ((_, place),) = [(name, p) for name, p in places(text, kinds={"Cabra": "place"}) if name == "Cabra"]
    assert place.gazetteer_id == ""
    assert "ES" in place.reason
    assert [p.country for name, p in places(text.replace("Norway", "Spain")) if name == "Cabra"] == ["ES"]


def test_places_are_the_longest_that_the_gazetteer_has():
    """A common noun behind a mentioned name belongs to the place's name where the gazetteer has both together."""
    own = [*OWN, GazetteerEntry(id="v7", name="Ostrel dam", kind="dam", country="VK", lat=60.3, lon=5.2)]
    text = "Ostrel is calm. The Ostrel dam has cracked. Ostrel dams cats. Ostrel. Dam it."
    found = told(text, own=own, kinds={"Ostrel": "place"})
    assert found == [("Ostrel", "v2"), ("Ostrel dam", "v7"), ("Ostrel", "v2"), ("Ostrel", "v2")]


def test_places_of_the_user_come_first_and_keep_their_names():
    """The user's places are found without any mention, under each of their names; the span stays as used."""
    text = "Ostrel and Ostrjel are one town of Velmark. Ships left the Grey Isles."
    assert told(text, own=OWN) == [
        ("Ostrel", "v2"),
        ("Ostrjel", "v2"),
        ("Velmark", "v1"),
        ("Grey Isles", "v3"),
    ]
    (first, second) = [
        p for _, p in places("Dunmar, Halland Union. Later, Dunmar burned.", own=OWN) if p.name == "Dunmar"
    ]
    assert (first.gazetteer_id, second.gazetteer_id) == ("v5", "v5")


def test_places_of_the_user_that_read_like_persons():
    """A name of several words that the user gives is the place though it reads like a person's; not where the name goes on."""
    own = [
        *OWN,
        GazetteerEntry(
            id="v8", name="Amber Hall", kind="seat of government", country="VK", lat=60.1, lon=5.0
        ),
    ]
    text = "On Monday, Amber Hall spokesman Karel Mohr left."
    assert told(text, own=own, kinds={"Amber Hall spokesman Karel Mohr": "person"}) == [("Amber Hall", "v8")]
    assert told("She knows Ms Amber Hall well.", own=own, kinds={"Ms Amber Hall": "person"}) == []
    assert told("She knows Amber Hall Mohr well.", own=own, kinds={"Amber Hall Mohr": "person"}) == []


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Shots were heard in Geneva.", 1),
        ("Shots were heard near Geneva.", 2),
        ("Shots were heard in northern Serbia.", 2),
        ("Shots were heard in the north of Serbia.", 2),
        ("Shots were heard in Serbia.", 3),
        ("Shots were heard on the Baltic Sea.", 3),
    ],
)
def test_places_precision_follows_practice(text, precision):
    """1 for a town, 2 for its surroundings or a part of an area, 3 for a country or region."""
    assert [p.precision for _, p in places(text)] == [precision]


@given(st.text(alphabet="Paris London of,.'’ Georgia\nthe—éß", max_size=80))
def test_places_anchor_in_the_text(text):
    """Spans lie in the text, hold a name, do not overlap, and each place has an entry or a reason."""
    last = 0
    for name, place in places(text):
        assert name.strip() == name != ""
        assert place.start >= last
        last = place.end
        assert place.reason
        assert bool(place.gazetteer_id) == (place.precision > 0)


def test_places_of_a_document_depend_on_it_alone():
    """One by one or together, in any order, documents get the same rows."""
    texts = ("Envoys met in Paris, Texas.", "A mill closed in Paris.", "Trains left Georgia for Ohio.")
    whole = tables(*texts)
    together = STAGE.run(whole, Settings())["places"]
    backwards = {n: t if not t.num_rows else t.take(list(range(t.num_rows))[::-1]) for n, t in whole.items()}
    assert STAGE.run(backwards, Settings())["places"].equals(together)
    alone = []
    for doc in whole["documents"].to_pylist():
        part = {
            name: table.take(
                [n for n, r in enumerate(table.to_pylist()) if r.get("doc", r["id"]) == doc["id"]]
            )
            for name, table in whole.items()
            if name not in {"gazetteer", "mentions"}
        }
        alone += STAGE.run(
            part | {"gazetteer": empty("gazetteer"), "mentions": empty("mentions")}, Settings()
        )["places"].to_pylist()
    assert sorted(map(str, alone)) == sorted(map(str, together.to_pylist()))
