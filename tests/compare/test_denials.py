"""A denial is linked to what it denies, or says that nobody claims it."""

from __future__ import annotations

import pytest

from compare.crisis import Crisis
from variorum.records import Denial

CROSSED = "Velmian troops had crossed the river at night"
# (paragraphs of page one, its statements, paragraphs of page two, its statements, what must come out)
# A statement: (speaker, content, cue, act). What must come out: the content denied, a span claimed, or nothing.
CASES = {
    "these allegations, sentence before": (
        ["Kestria is arming smugglers in the valley, Marovia’s president said. Kestria calls these allegations false."],
        [("Rell", "Kestria is arming smugglers in the valley", "said", "accuses"), ("Kestria", "these allegations false", "calls", "denies")],
        [], [], ("statement", "Kestria is arming smugglers in the valley"),
    ),
    "those claims, two sentences before": (
        ["“The ship was sunk by a mine,” Rell said. The sea was calm. Kestria rejected those claims."],
        [("Rell", "The ship was sunk by a mine", "said", "asserts"), ("Kestria", "those claims", "rejected", "denies")],
        [], [], ("statement", "The ship was sunk by a mine"),
    ),
    "the charge, next paragraph": (
        ["“They shelled our market,” Rell said.", "Dost dismissed the charge."],
        [("Rell", "They shelled our market", "said", "accuses"), ("Dost", "the charge", "dismissed", "denies")],
        [], [], ("statement", "They shelled our market"),
    ),
    "own words before are not what is denied": (
        ["“We are at peace,” Dost said. He denied the accusations."],
        [("Dost", "We are at peace", "said", "asserts"), ("Dost", "the accusations", "denied", "denies")],
        [], [], ("none", ""),
    ),
    "named owner of the claims": (
        ["“They poisoned the wells,” Rell said. “The wells are dry,” Anders said. Dost called Rell’s claims false."],
        [("Rell", "They poisoned the wells", "said", "accuses"), ("Anders", "The wells are dry", "“They poisoned the wells,” Rell said. “The wells are dry,” Anders |said", "asserts"), ("Dost", "Rell’s claims false", "called", "denies")],
        [], [], ("statement", "They poisoned the wells"),
    ),
    "too far back": (
        ["“They shelled our market,” Rell said.", *["A quiet day passed. The shops were open."] * 4, "Dost dismissed the charge."],
        [("Rell", "They shelled our market", "said", "accuses"), ("Dost", "the charge", "dismissed", "denies")],
        [], [], ("none", ""),
    ),
    "describes what another page says": (
        ["The ministry denied that Velmian troops had crossed the river."],
        [("Ministry", "Velmian troops had crossed the river", "denied", "denies")],
        ["“Velmian troops crossed the river at dawn,” Rell said."],
        [("Rell", "Velmian troops crossed the river at dawn", "said", "asserts")],
        ("statement", "Velmian troops crossed the river at dawn"),
    ),
    "describes it by a gerund": (
        ["Dost denied having sent Velmian soldiers over the border river."],
        [("Dost", "having sent Velmian soldiers over the border river", "denied", "denies")],
        ["Marovia says that Velm sent soldiers over the border river on Sunday."],
        [("Marovia", "Velm sent soldiers over the border river on Sunday", "says", "accuses")],
        ("statement", "Velm sent soldiers over the border river on Sunday"),
    ),
    "media reports that; a page says so in its own voice": (
        ["The ministry rejected media reports that Velmian troops had crossed the river."],
        [("Ministry", "media reports that Velmian troops had crossed the river", "rejected", "denies")],
        ["Velmian troops crossed the river on Sunday night."], [],
        ("span", "Velmian troops crossed the river on Sunday night."),
    ),
    "media reports that; nobody says so": (
        ["The ministry rejected media reports that Velmian troops had crossed the river."],
        [("Ministry", "media reports that Velmian troops had crossed the river", "rejected", "denies")],
        ["The market of Port Velm was open."], [],
        ("span", "Velmian troops had crossed the river"),
    ),
    "reports outside the content": (
        ["The ministry rejected media reports that Velmian troops had crossed the river."],
        [("Ministry", "Velmian troops had crossed the river", "rejected", "denies")],
        [], [], ("span", "Velmian troops had crossed the river"),
    ),
    "as claimed by somebody": (
        ["But Dost denies goading the Velmian army into a war, as claimed by a Marovian minister."],
        [("Dost", "goading the Velmian army into a war", "denies", "denies")],
        [], [], ("span", "goading the Velmian army into a war"),
    ),
    "nobody claims it": (
        ["Dost denied involvement in the affair."],
        [("Dost", "involvement in the affair", "denied", "denies")],
        ["The affair was in every paper."], [], ("none", ""),
    ),
    "another number is another claim": (
        ["The ministry denied that seven Velmian fishing boats had been sunk."],
        [("Ministry", "seven Velmian fishing boats had been sunk", "denied", "denies")],
        ["“Two Velmian fishing boats were sunk,” Rell said."],
        [("Rell", "Two Velmian fishing boats were sunk", "said", "asserts")],
        ("none", ""),
    ),
    "a denial on another page is no claim": (
        ["The ministry denied that Velmian troops had crossed the river."],
        [("Ministry", "Velmian troops had crossed the river", "denied", "denies")],
        ["The ministry denied that Velmian troops had crossed the river."],
        [("Ministry", "Velmian troops had crossed the river", "denied", "denies")],
        ("none", ""),
    ),
    "the same speaker saying so elsewhere is no claim": (
        ["Dost denied that Velmian troops had crossed the river."],
        [("Dost", "Velmian troops had crossed the river", "denied", "denies")],
        ["“People say that Velmian troops crossed the river,” Dost said."],
        [("Dost", "People say that Velmian troops crossed the river", "said", "asserts")],
        ("none", ""),
    ),
}  # fmt: skip


def _build(case):
    one, said_one, two, said_two, _ = case
    crisis = Crisis()
    denial = None
    for outlet, paragraphs, said in (("Post", one, said_one), ("Star", two, said_two)):
        if not paragraphs:
            continue
        doc = crisis.page(outlet, *paragraphs)
        chains = {name: crisis.chain(doc, name, "organisation") for name in dict.fromkeys(s[0] for s in said)}
        for speaker, content, cue, act in said:
            made = crisis.says(doc, chains[speaker], content, cue, act=act, manner="indirect")
            denial = made if act == "denies" and denial is None else denial
    return crisis, denial


@pytest.mark.parametrize("name", CASES)
def test_what_is_denied(name):
    """Each denial meets its statement, its span, or nothing, and says how."""
    kind, words = CASES[name][-1]
    crisis, denial = _build(CASES[name])
    tables = crisis.view("denials")
    found = [d for d in tables.denials if d.statement == denial]
    assert len(found) == 1
    (row,) = found
    assert row.how
    statements = {s.id: s for s in tables.statements}
    if kind == "statement":
        assert tables.content(statements[row.denied]) == words
        assert tables.text(row.claimed) == words
    elif kind == "span":
        assert row.denied == ""
        assert tables.text(row.claimed) == words
    else:
        assert row.denied == ""
        assert row.claimed is None
        assert "nothing in the story" in row.how


def test_contrary_words_deny():
    """Who says with a negation what another says without one denies it, whatever the verb."""
    crisis = Crisis()
    one = crisis.page("Post", "“Velmian soldiers did not enter the town of Mill Ferry,” Dost said.")
    two = crisis.page("Star", "“Velmian soldiers entered the town of Mill Ferry,” Rell said.")
    crisis.says(one, crisis.chain(one, "Ilmar Dost"), "Velmian soldiers did not enter the town of Mill Ferry")
    claim = crisis.says(
        two, crisis.chain(two, "Anka Rell"), "Velmian soldiers entered the town of Mill Ferry"
    )
    (found,) = crisis.made(Denial, "denials")
    assert found.denied == claim


def test_a_negation_elsewhere_in_the_sentence_denies_nothing():
    """A negated clause beside the shared one makes no denial."""
    crisis = Crisis()
    one = crisis.page(
        "Post", "“A blast at the quay killed a guard, and the police do not have a trace,” Dost said."
    )
    two = crisis.page("Star", "“A blast at the quay killed a guard,” Rell said.")
    crisis.says(
        one,
        crisis.chain(one, "Ilmar Dost"),
        "A blast at the quay killed a guard, and the police do not have a trace",
    )
    crisis.says(two, crisis.chain(two, "Anka Rell"), "A blast at the quay killed a guard")
    assert crisis.made(Denial, "denials") == []


@pytest.mark.parametrize(
    "content", ["calls for early elections", "to recognise the treaty", "Kestria’s latest demands"]
)
def test_refusals_are_no_denials(content):
    """Who turns down a deed or a demand denies no claim."""
    crisis = Crisis()
    doc = crisis.page("Post", f"Dost rejected {content} on Monday.")
    crisis.says(doc, crisis.chain(doc, "Dost"), content, "rejected", act="denies", manner="indirect")
    assert crisis.made(Denial, "denials") == []


def test_a_negated_denial_is_none():
    """Who does not deny, denies nothing."""
    crisis = Crisis()
    doc = crisis.page("Post", "Dost did not deny that the boats had been sunk.")
    crisis.says(doc, crisis.chain(doc, "Dost"), "the boats had been sunk", "deny", act="denies", negated=True)
    assert crisis.made(Denial, "denials") == []
