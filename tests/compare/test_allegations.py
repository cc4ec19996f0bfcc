"""Denials meet what other pages say of the denier, however they name it; nothing else."""

from __future__ import annotations

import pytest

from compare.crisis import Crisis
from compare.test_powers import GAZETTEER
from variorum.compare.denials.allegations import without_claimant
from variorum.records import Anchor, Conflict, Denial, Outlet, Utterance

CROSSED = "Kestrian soldiers in grey coats crossed the Ask on Friday night"
# What a page says: (text, speaker, kind of speaker, content, act). Last: whose words, or which own words, are denied.
CASES = {
    "troops of the denier, by another name": (
        ("Kestria’s Defence Ministry denied that soldiers had crossed the river.", "Kestria’s Defence Ministry", "soldiers had crossed the river", "denies"),
        (f"{CROSSED}, the authorities in Port Velm said.", "authorities in Port Velm", CROSSED, "asserts"),
        CROSSED,
    ),
    "it is the denier": (
        ("Karlsby rejected reports that it had sent troops across the Ask.", "Karlsby", "reports that it had sent troops across the Ask", "denies"),
        (f"{CROSSED}, the authorities in Port Velm said.", "authorities in Port Velm", CROSSED, "asserts"),
        CROSSED,
    ),
    "a seat, as a minister of the other side claims": (
        ("The Green House denies steering the siege of a harbour, as a Velmoran minister claims.", "Green House", "steering the siege of a harbour, as a Velmoran minister claims", "denies"),
        ("Karlsby is directing the siege of Halm harbour to wear the town out, Velmora said.", "Velmora", "Karlsby is directing the siege of Halm harbour to wear the town out", "accuses"),
        "Karlsby is directing the siege of Halm harbour to wear the town out",
    ),
    "the claims of a named office": (
        ("Karlsby rejected the accusations of the Velmoran Foreign Minister, for whom it directs the siege.", "Karlsby", "the accusations of the Velmoran Foreign Minister", "denies"),
        ("Kestria directs the siege of Halm, the Velmoran Foreign Minister said.", "Velmoran Foreign Minister", "Kestria directs the siege of Halm", "accuses"),
        "Kestria directs the siege of Halm",
    ),
    "not the claims of another office": (
        ("Karlsby rejected the accusations of the Velmoran Foreign Minister, for whom it directs the siege.", "Karlsby", "the accusations of the Velmoran Foreign Minister", "denies"),
        ("Kestria directs the siege of Halm, the Velmoran Interior Minister said.", "Velmoran Interior Minister", "Kestria directs the siege of Halm", "accuses"),
        "",
    ),
    "a negation about itself": (
        ("“Not one soldier of Kestria has set foot on the far bank,” Karlsby said.", "Karlsby", "Not one soldier of Kestria has set foot on the far bank", "asserts"),
        (f"{CROSSED}, the authorities in Port Velm said.", "authorities in Port Velm", CROSSED, "asserts"),
        CROSSED,
    ),
    "a negation about what is to be": (
        ("“No soldier of Kestria will cross the river,” Karlsby said.", "Karlsby", "No soldier of Kestria will cross the river", "asserts"),
        (f"{CROSSED}, the authorities in Port Velm said.", "authorities in Port Velm", CROSSED, "asserts"),
        None,
    ),
    "its own side says so": (
        ("Kestria’s Defence Ministry denied that soldiers had crossed the river.", "Kestria’s Defence Ministry", "soldiers had crossed the river", "denies"),
        (f"{CROSSED}, the Green House said.", "Green House", CROSSED, "asserts"),
        "",
    ),
    "done to the denier": (
        ("Kestria denied that it had sent soldiers over the river.", "Kestria", "it had sent soldiers over the river", "denies"),
        ("Masked soldiers swam the river on their way to Kestria, the authorities in Port Velm said.", "authorities in Port Velm", "Masked soldiers swam the river on their way to Kestria", "asserts"),
        "",
    ),
    "one word in common": (
        ("Karlsby denied that soldiers had sold the bridge.", "Karlsby", "soldiers had sold the bridge", "denies"),
        (f"{CROSSED}, the authorities in Port Velm said.", "authorities in Port Velm", CROSSED, "asserts"),
        "",
    ),
    "a report that its own page turns down": (
        ("Karlsby denied that Kestrian soldiers had crossed the river.", "Karlsby", "Kestrian soldiers had crossed the river", "denies"),
        ("The mayor dismissed a report that Kestrian soldiers had crossed the river.", "", "Kestrian soldiers had crossed the river", "asserts"),
        "",
    ),
    "the sentence tells more than what it reports": (
        ("The Green House denied that the lake patrol had been put on alert.", "Green House", "the lake patrol had been put on alert", "denies"),
        ("Karlsby has put its lake patrol on alert and, the council believes, wants a long winter.", "council", "wants a long winter", "asserts"),
        "Karlsby has put its lake patrol on alert and, the ",
    ),
}  # fmt: skip


def _crisis(case, days=0):
    crisis = Crisis()
    crisis.rows["gazetteer"] = GAZETTEER
    made = []
    for outlet, (text, speaker, content, act), day in (("Post", case[0], 4), ("Star", case[1], 4 + days)):
        doc = crisis.page(outlet, text, published=f"2031-03-{day:02d}")
        kind = "person" if "Minister" in speaker else "organisation"
        chain = crisis.chain(doc, speaker, kind) if speaker else ""
        cue = "denied" if "denied" in text else ""
        source = crisis.span(doc, speaker.removeprefix("the ")) if speaker else None
        made.append(crisis.says(doc, chain, content, cue, act=act, manner="indirect", source=source))
    return crisis, made


@pytest.mark.parametrize("name", CASES)
def test_what_is_said_of_the_denier(name):
    """A denial meets the other side's words about the denier, or says that nobody claims it; None: no denial at all."""
    case = CASES[name]
    crisis, (denial, claim) = _crisis(case)
    view = crisis.view("denials")
    found = [d for d in view.denials if d.statement == denial]
    if case[2] is None:
        assert found == []
    elif case[2]:
        (row,) = found
        assert view.text(row.claimed) == case[2]
        assert row.denied == (claim if case[2] == case[1][2] else "")
    else:
        assert [d.denied for d in found] == [""]
        denying = next(s for s in view.statements if s.id == denial)
        assert all(d.claimed is None or d.claimed.doc == denying.doc for d in found)


def test_a_claim_a_month_away_is_another():
    """What the other side says weeks later, on a page of its own time, is not what was denied."""
    case = CASES["troops of the denier, by another name"]
    crisis, (denial, _) = _crisis(case, days=20)
    (row,) = [d for d in crisis.made(Denial, "denials") if d.statement == denial]
    assert row.claimed is None


@pytest.mark.parametrize(
    ("words", "claimant"),
    [
        ("soldiers had crossed the river, as media in Port Velm had reported", "media in Port Velm"),
        ("steering the siege, as a Velmoran minister claims", "a Velmoran minister"),
        ("having sold the bridge, as was alleged by the union", "the union"),
        ("soldiers had crossed the river as quietly as ever", ""),
        ("as a minister says", ""),
    ],
)
def test_the_claimant_at_the_end(words, claimant):
    """Who is said to have claimed it is parted from what is denied."""
    crisis = Crisis()
    doc = crisis.page("Post", f"Karlsby denied {words}.")
    view = crisis.view("actors")
    span, found = without_claimant(view, Anchor(doc, *crisis.find(doc, words)))
    assert found == claimant
    assert view.text(span) == (words.split(", as")[0] if claimant else words)


def test_a_named_medium_is_believed_first():
    """Where a denial names media of one place, what an outlet of that place says of the denier is the claim."""
    crisis = Crisis()
    crisis.rows["gazetteer"] = GAZETTEER
    crisis.rows["outlets"] = [
        Outlet(name="Velm Star", country="Velmora"),
        Outlet(name="Isle Sun", country="Holm"),
    ]
    denied = "soldiers had crossed the river, as media in Port Velm had reported"
    post = crisis.page("Post", f"Karlsby denied that {denied}.")
    denial = crisis.says(
        post, crisis.chain(post, "Karlsby", "organisation"), denied, "denied", act="denies", manner="indirect"
    )
    for outlet in ("Velm Star", "Isle Sun"):
        doc = crisis.page(outlet, f"{CROSSED}, a fisherman said.")
        crisis.says(doc, crisis.chain(doc, "a fisherman"), CROSSED, "said", manner="indirect")
    rows = [d for d in crisis.made(Denial, "denials") if d.statement == denial]
    names = {d.id: d.outlet for d in crisis.rows["documents"]}
    assert [names[r.claimed.doc] for r in rows] == ["Velm Star"]
    assert "media in Port Velm" in rows[0].how


def test_a_bare_phrase_takes_up_what_its_side_denies_elsewhere():
    """`Denied the deployment` takes up the statement that the same side denies on another page, not a nearer one."""
    crisis = Crisis()
    crisis.rows["gazetteer"] = GAZETTEER
    text = f"{CROSSED}, Velmora said. “Kestria hides behind a plough,” Velmora said. Karlsby denied the deployment."
    star = crisis.page("Star", text)
    velmora = crisis.chain(star, "Velmora", "place")
    claim = crisis.says(star, velmora, CROSSED, "Velmora |said", manner="indirect")
    crisis.says(star, velmora, "Kestria hides behind a plough")
    bare = crisis.says(
        star,
        crisis.chain(star, "Karlsby", "place"),
        "the deployment",
        "denied",
        act="denies",
        manner="indirect",
    )
    nearest = {d.statement: d.denied for d in crisis.made(Denial, "denials")}
    assert nearest[bare] != claim
    post = crisis.page("Post", "The Green House denied that soldiers had crossed the river.")
    seat = crisis.chain(post, "Green House", "organisation")
    crisis.says(post, seat, "soldiers had crossed the river", "denied", act="denies", manner="indirect")
    found = {d.statement: d.denied for d in crisis.made(Denial, "denials")}
    assert found[bare] == claim


def test_renderings_of_one_denial_deny_the_same_and_conflict_once():
    """Of a denial in two copies both are linked, though one page alone names the claimant; the conflict is one."""
    crisis = Crisis()
    crisis.rows["gazetteer"] = GAZETTEER
    words = "soldiers under its command had burnt the old mill"
    docs = []
    for outlet in ("Post", "Herald"):
        doc = crisis.page(outlet, f"Karlsby denied that {words}.")
        crisis.says(
            doc, crisis.chain(doc, "Karlsby", "place"), words, "denied", act="denies", manner="indirect"
        )
        docs.append(doc)
    crisis.passage(docs[0], words, docs[1], words)
    crisis.origin(*docs)
    star = crisis.page("Star", "Kestrian soldiers burnt the old mill, Velmora said.")
    claim = crisis.says(
        star,
        crisis.chain(star, "Velmora", "place"),
        "Kestrian soldiers burnt the old mill",
        "said",
        manner="indirect",
    )
    assert len(crisis.made(Utterance, "utterances")) == 1
    assert [d.denied for d in crisis.made(Denial, "denials")] == [claim, claim]
    assert [c.kind for c in crisis.made(Conflict, "conflicts")] == ["denial"]


def test_a_charge_against_the_one_who_denies_it():
    """Who denies what he is suspected of, denies the sentence that says so, though it has few words."""
    crisis = Crisis()
    star = crisis.page(
        "Star", "Tam Orvel was seen at noon. He is suspected of having set fire to a boathouse."
    )
    man = crisis.chain(star, "Tam Orvel")
    crisis.mention(star, "Tam Orvel", "person", man)
    crisis.mention(star, "He", "person", man)
    post = crisis.page("Post", "Tam Orvel denies having set the fire.")
    denier = crisis.chain(post, "Tam Orvel")
    crisis.mention(post, "Tam Orvel", "person", denier)
    crisis.says(post, denier, "having set the fire", "denies", act="denies", manner="indirect")
    view = crisis.view("denials")
    (row,) = view.denials
    assert view.text(row.claimed) == "He is suspected of having set fire to a boathouse."


def test_a_dismissing_remark_goes_on_with_its_denial():
    """`..., saying it is absurd to ...` denies what the denial in its sentence denies."""
    crisis = Crisis()
    crisis.rows["gazetteer"] = GAZETTEER
    doc = crisis.page(
        "Post",
        "Velmora said that Kestria steers the boats. Karlsby called these allegations false, saying it is absurd to see a captain in every boat.",
    )
    claim = crisis.says(
        doc, crisis.chain(doc, "Velmora", "place"), "that Kestria steers the boats", "said", manner="indirect"
    )
    karlsby = crisis.chain(doc, "Karlsby", "place")
    crisis.says(doc, karlsby, "these allegations false", "called", act="denies", manner="indirect")
    crisis.says(
        doc,
        karlsby,
        "it is absurd to see a captain in every boat",
        "saying",
        act="asserts",
        manner="indirect",
    )
    assert [d.denied for d in crisis.made(Denial, "denials")] == [claim, claim]


def test_a_remark_within_the_denied_words_is_not_what_they_deny():
    """Of two statements of which one holds the other, the inner is denied only if it is nearly all that is."""
    crisis = Crisis()
    text = "Rell challenged the harbour rule, and Anders, whose guild fought it, said the guild expects the council to see two other cases."
    doc = crisis.page("Post", text)
    whole = text.removeprefix("Rell challenged ").removesuffix(".")
    inner = "the guild expects the council to see two other cases"
    crisis.says(doc, crisis.chain(doc, "Anders"), inner, "said", manner="indirect")
    crisis.says(doc, crisis.chain(doc, "Rell"), whole, "challenged", act="denies", manner="indirect")
    (row,) = crisis.made(Denial, "denials")
    assert row.denied == ""
