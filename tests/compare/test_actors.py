"""Who is who across pages: names meet through spelling, role and initials; contradicting names stay apart."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.crisis import Crisis, run
from variorum.compare import names
from variorum.compare.actors import ACTORS, NAME_KEYS, SAME_ENTITY, merge
from variorum.records import Actor, Chain, SameEntity, from_table
from variorum.settings import Settings

# (name, kind, roles) on one page, the same on another, whether they are one.
PAIRS = [
    (("Ilmar Dost", "person", ()), ("Ilmar Dost", "person", ()), True),
    (("Dmitri Vareny", "person", ()), ("Dmitry Vareny", "person", ()), True),
    (("Ana Vučković", "person", ()), ("Ana Vuckovic", "person", ()), True),
    (("I. Dost", "person", ()), ("Ilmar Dost", "person", ()), True),
    (("Dost", "person", ("president",)), ("Ilmar Dost", "person", ("president",)), True),
    (("Dost", "person", ()), ("Ilmar Dost", "person", ("Velm president",)), True),
    (("Dost", "person", ("goalkeeper",)), ("Ilmar Dost", "person", ("president",)), False),
    (("Ilmar Dost", "person", ()), ("Marta Dost", "person", ()), False),
    (("Ilmar Dost", "person", ()), ("Ilmar Rell", "person", ()), False),
    (("Kestrian Chancellery spokesman", "person", ()), ("Ilmar Dost", "person", ("Kestrian Chancellery spokesman",)), True),
    (("the spokesman", "person", ()), ("Ilmar Dost", "person", ("spokesman",)), False),
    (("Velmaria’s Defense Ministry", "organisation", ()), ("Velmarian Defence Ministry", "organisation", ()), True),
    (("Ministry of Defence of Velmaria", "organisation", ()), ("Velmarian Defence Ministry", "organisation", ()), True),
    (("Velmarian Defence Ministry", "organisation", ()), ("Kestrian Defence Ministry", "organisation", ()), False),
    (("the ministry", "organisation", ()), ("the ministry", "organisation", ()), False),
    (("Northern Straits Pact", "organisation", ()), ("NSP", "organisation", ()), True),
    (("Port Velm", "place", ()), ("Port Velm", "organisation", ()), True),
    (("Velmians", "group", ()), ("Velmian", "place", ()), False),
    (("Ilmar Dost", "person", ()), ("Ilmar Dost", "organisation", ()), False),
]  # fmt: skip


def _chain(crisis, doc, told):
    name, kind, roles = told
    return crisis.chain(doc, name, kind, roles=roles)


@pytest.mark.parametrize(("left", "right", "one"), PAIRS)
def test_pairs(left, right, one):
    """Two chains of two pages are one actor as told, whichever page comes first."""
    for pair in ((left, right), (right, left)):
        crisis = Crisis()
        for i, told in enumerate(pair):
            _chain(crisis, crisis.page(f"Outlet {i}", "Some words."), told)
        assert len(crisis.made(Actor, "actors")) == (1 if one else 2)


def test_a_surname_with_two_bearers_stays_alone():
    """Where two people bear the name that stands alone on a third page, it is given to neither."""
    crisis = Crisis()
    for i, name in enumerate(("Ilmar Dost", "Marta Dost", "Dost")):
        crisis.chain(crisis.page(f"Outlet {i}", "Some words."), name)
    assert len(crisis.made(Actor, "actors")) == 3


def test_role_decides_between_two_bearers():
    """A role shared with one of two bearers of a name decides for him."""
    crisis = Crisis()
    for i, (name, role) in enumerate(
        (("Ilmar Dost", "Velm president"), ("Marta Dost", "Velm police chief"), ("Dost", "Velm president"))
    ):
        crisis.chain(crisis.page(f"Outlet {i}", "Some words."), name, roles=(role,))
    found = {a.name: len(a.chains) for a in crisis.made(Actor, "actors")}
    assert found == {"Ilmar Dost": 2, "Marta Dost": 1}


def test_contradicting_names_are_never_merged():
    """No chain of edges joins two first names."""
    chains = [
        Chain(id=i, doc=i, name=n, kind="person")
        for i, n in (("a", "Ilmar Dost"), ("b", "Dost"), ("c", "Marta Dost"))
    ]
    edges = [SameEntity(left="a", right="b", score=0.9), SameEntity(left="b", right="c", score=0.8)]
    assert [[c.id for c in cluster] for cluster in merge(chains, edges)] == [["a", "b"], ["c"]]


def test_speaks_for_leads_to_the_actor():
    """A spokeswoman's body is the body's actor across pages, not one page's chain."""
    crisis = Crisis()
    one, two = crisis.page("Post", "Some words."), crisis.page("Star", "Some words.")
    body = crisis.chain(one, "Velmarian Foreign Ministry", "organisation")
    crisis.chain(two, "Velmaria’s Foreign Ministry", "organisation")
    crisis.chain(one, "Anka Rell", roles=("spokeswoman",), speaks_for=body)
    actors = {a.name: a for a in crisis.made(Actor, "actors")}
    ministry = next(a for a in actors.values() if a.kind == "organisation")
    assert actors["Anka Rell"].speaks_for == ministry.id
    assert len(ministry.chains) == 2


def test_common_names_meet_only_with_one_owner():
    """Two states' `Defence Ministry` stay two; one state's meets its fuller name."""
    crisis = Crisis()
    for i, (name, owner) in enumerate(
        (
            ("Defence Ministry", "Velmaria"),
            ("Defense Ministry", "Kestria"),
            ("Velmarian Defence Ministry", ""),
        )
    ):
        doc = crisis.page(f"Outlet {i}", "Some words.")
        state = crisis.chain(doc, owner, "place") if owner else ""
        crisis.chain(doc, name, "organisation", speaks_for=state)
    found = sorted(len(a.chains) for a in crisis.made(Actor, "actors") if a.kind == "organisation")
    assert found == [1, 2]


name = st.builds(
    " ".join,
    st.tuples(
        st.sampled_from(["Ilmar", "Marta", "I.", "Dmitri", "Dmitry", ""]),
        st.sampled_from(["Dost", "Rell", "Vareny"]),
    ),
).map(str.strip)
people = st.lists(st.tuples(name, st.sampled_from(["president", "mayor", ""])), min_size=1, max_size=9)


def _people(told):
    crisis = Crisis()
    for i, (who, role) in enumerate(told):
        crisis.chain(crisis.page(f"Outlet {i}", "Some words."), who, roles=(role,) if role else ())
    return crisis


@given(people)
@settings(max_examples=60, deadline=None)
def test_every_chain_has_one_actor(told):
    """Actors part the chains, and no actor holds two first names."""
    crisis = _people(told)
    actors = crisis.made(Actor, "actors")
    ids = [i for a in actors for i in a.chains]
    assert sorted(ids) == sorted(c.id for c in crisis.rows["chains"])
    chains = {c.id: c for c in crisis.rows["chains"]}
    for actor in actors:
        given_names = [names.fullest(chains[i]).given for i in actor.chains]
        assert all(names.given_agree(a, b) for a in given_names for b in given_names)


@given(people, st.integers(1, 7))
@settings(max_examples=40, deadline=None)
def test_partitions_change_nothing(told, parts):
    """Edges made in 1 or more partitions by key, rows in any order, are the same edges, and no pair is written twice."""
    tables = run(_people(told).tables(), "name_keys")
    whole = SAME_ENTITY.run({n: tables[n] for n in SAME_ENTITY.reads}, Settings())["same_entity"]
    keys = tables["name_keys"]
    found = []
    for part in range(parts):
        rows = [i for i, k in enumerate(keys.column("key").to_pylist()) if sum(map(ord, k)) % parts == part]
        made = SAME_ENTITY.run(
            {"chains": tables["chains"], "name_keys": keys.take(pa.array(rows[::-1], pa.int64()))}, Settings()
        )
        found += from_table(SameEntity, made["same_entity"])
    edges = from_table(SameEntity, whole)
    assert sorted(found, key=lambda e: e.id) == sorted(edges, key=lambda e: e.id)
    assert len({e.id for e in found}) == len(found)
    assert NAME_KEYS.split_by == "document"
    assert ACTORS.split_by == "all"
