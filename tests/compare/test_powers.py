"""Names stand for the power that the lists or the user's gazetteer say, and for none that is only guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compare.crisis import Crisis
from variorum.compare.powers import known, power_of
from variorum.records import GazetteerEntry

GAZETTEER = [
    GazetteerEntry(id="ks", name="Kestria", aliases=("Kestrian Union",), kind="country", country="KS"),
    GazetteerEntry(id="vm", name="Velmora", aliases=("Upper Ask",), kind="region", country="VM"),
    GazetteerEntry(id="kb", name="Karlsby", kind="capital", country="KS", seat_of="Kestria"),
    GazetteerEntry(id="gh", name="Green House", aliases=("the Green House",), kind="seat", seat_of="ks"),
    GazetteerEntry(id="pv", name="Port Velm", kind="capital", country="VM", seat_of="vm"),
    GazetteerEntry(id="as", name="Ask", kind="river", country="VM"),
]
POWERS = known(GAZETTEER)


@pytest.mark.parametrize(
    ("name", "power"),
    [
        ("Kestria", "Kestria"),
        ("the Green House", "Kestria"),
        ("Karlsby", "Kestria"),
        ("Kestrian", "Kestria"),
        ("Kestrians", "Kestria"),
        ("Velmoran", "Velmora"),
        ("Upper Ask", "Velmora"),
        ("Port Velm’s", "Velmora"),
        ("Denmark", "Denmark"),
        ("Danish", "Denmark"),
        ("Copenhagen", "Denmark"),
        ("Ask", ""),
        ("Kestrel", ""),
        ("Marian", ""),
    ],
)
def test_names(name, power):
    """States, their other names, capitals, seats and peoples stand for the state; others for nothing."""
    assert POWERS.of_name(name) == power


def test_a_text_is_read_without_its_powers():
    """What a text says stands apart from the powers it names; other places tell what they are."""
    words, named, kinds = POWERS.read("Karlsby’s soldiers crossed the Ask into Upper Ask at night")
    assert named == {"Kestria", "Velmora"}
    assert kinds == {"river"}
    assert {"soldier", "enter", "night"} <= words
    assert not {"karlsbi", "upper"} & words


@given(st.text(alphabet="ADKVadek rst’.,-", max_size=60))
def test_spans_lie_in_order(text):
    """Names of powers stand in the text, in order, apart from one another."""
    at = 0
    for start, end, power in POWERS.spans(text):
        assert at <= start < end <= len(text)
        assert power
        at = end


# (name, kind, what else is told of the chain, the page's words before and with the name, power)
ACTORS = [
    ("Kestria’s Defence Ministry", "organisation", {}, "", "Kestria"),
    ("authorities in Port Velm", "organisation", {}, "", "Velmora"),
    ("Velmora Observer Mission", "organisation", {}, "", ""),
    ("Kestrians", "group", {}, "", ""),
    ("Ilmar Dost", "person", {"roles": ("Green House spokesman",)}, "", "Kestria"),
    ("Ilmar Dost", "person", {}, "Velmoran President Ilmar Dost spoke.", "Velmora"),
    ("Ilmar Dost", "person", {}, "President Ilmar Dost of Kestria spoke.", "Kestria"),
    ("Ilmar Dost", "person", {}, "He left Velmora. Ilmar Dost spoke.", ""),
    ("Ilmar Dost", "person", {}, "The Danish painter said Ilmar Dost was ill.", ""),
]


@pytest.mark.parametrize(("name", "kind", "more", "text", "power"), ACTORS)
def test_actors(name, kind, more, text, power):
    """A body or person belongs to the power that its name, role or the words right beside it tell."""
    crisis = Crisis()
    crisis.rows["gazetteer"] = GAZETTEER
    doc = crisis.page("Post", text or f"It was {name} who spoke.")
    crisis.mention(doc, name, kind, crisis.chain(doc, name, kind, **more))
    view = crisis.view("denials")
    (actor,) = view.actors.values()
    assert power_of(view, actor) == power


@pytest.mark.parametrize(
    ("text", "power"),
    [
        ("Kestria’s Interior Ministry shut the bridge. Interior Minister Ilmar Dost spoke.", "Kestria"),
        ("Interior Minister Ilmar Dost spoke. Kestria’s Interior Ministry shut the bridge.", ""),
    ],
)
def test_a_minister_after_his_ministry(text, power):
    """A minister is of the power whose ministry is named right before; one named after him may be another's."""
    crisis = Crisis()
    crisis.rows["gazetteer"] = GAZETTEER
    doc = crisis.page("Post", text)
    body = crisis.chain(doc, "Kestria’s Interior Ministry", "organisation")
    crisis.mention(doc, "Kestria’s Interior Ministry", "organisation", body)
    crisis.mention(doc, "Ilmar Dost", "person", crisis.chain(doc, "Ilmar Dost", roles=("Interior Minister",)))
    view = crisis.view("denials")
    (man,) = (a for a in view.actors.values() if a.kind == "person")
    assert power_of(view, man) == power
