"""A small invented crisis read end to end: what pages of several sides say is compared as an analyst would."""

from __future__ import annotations

import json

import pytest

import variorum
from variorum import Settings

GAZETTEER = """id,name,aliases,kind,country,lat,lon,seat_of
ma,Marren,Republic of Marren,country,MA,40.1,-30.2,
ol,Oltava,Upper Marren,region,OL,41.3,-30.4,
ve,Vesk,Vesk Union,country,VE,47.0,-25.5,
ma-da,Dalby,,capital,MA,40.0,-30.1,Marren
ol-te,Tern,,capital,OL,41.5,-30.5,Oltava
ve-re,Redhall,the Redhall,seat of government,VE,47.1,-25.6,Vesk
loon,Loon,River Loon,river,OL,41.2,-30.3,
ferry,Ferry Bridge,,bridge,OL,41.25,-30.35,
cold,Coldwater,,town,OL,41.22,-30.31,
"""
OUTLETS = """name,hosts,owner,country,side,note
Marren Mirror,,Mirror House,Marren,Marren,
Tern Tribune,,Tribune Trust,Oltava,Oltava,
Vesk World,,State of Vesk,Vesk,Vesk,
Isle Telegraph,,Telegraph Ltd,Isles,none,
Northern Wire,,Wire Cooperative,Isles,none,
"""
SHARED = (
    "Two ferrymen were killed on Sunday when a raft overturned above the Ferry Bridge, hours after police in Oltava "
    "cleared several thousand protesters from the bridge in the town of Coldwater. The dead were both employees of the "
    "ferry, Oltava's Interior Ministry said. A cable had snapped without warning, according to Interior Minister Hana Brod. "
)
PAGES = [
    ("mirror", "Marren Mirror", "2031-05-04", "Dalby will not be drawn", (
        "Some 20,000 people gathered at the Ferry Bridge on Sunday to defend the ferry, which the separatists of Upper Marren have claimed for themselves since 1 May.",
        "Marren’s Defence Ministry rejected reports that it had sent troops across the Loon. “Not one soldier of Marren has set foot on the far bank,” the ministry said in a statement.",
        "“We shall ask for patience tonight and we shall ask for it again tomorrow. But a river does not ask for passports, and no one will cut our rope while I hold this office,” said President Aron Lind.",
        "President Aron Lind called on the people in the northern province to stay at home. The province’s secession in 1998 has never been accepted by Dalby.",
    )),
    ("wire", "Northern Wire", "2031-05-04", "Two killed on Oltavan ferry after bridge is cleared", (
        SHARED,
        "Marren has refused to recognise the independence of its former province since 1998. Its Defence Ministry denied on Sunday that soldiers had crossed the river, as media in Tern had reported.",
        "About 60,000 Marrenians live in Oltava, a territory of two million people.",
    )),
    ("telegraph", "Isle Telegraph", "2031-05-04", "Two dead as Oltava and Marren trade blame", (
        SHARED,
        "Marren has refused to recognise the independence of its former province since 1998. Its Defence Ministry denied on Sunday that soldiers had crossed the river.",
        "In 1998, Oltava declared its independence from Marren, a step that most of its neighbours recognise.",
    )),
    ("tribune", "Tern Tribune", "2031-05-05", "Brod: Soldiers without badges came over at Coldwater", (
        "Marrenian soldiers without badges crossed the Loon at Coldwater on Saturday night, Interior Minister Hana Brod said on Monday, hours after the death toll of the raft accident at the Ferry Bridge rose to three.",
        "Marren has denied the deployment.",
        "No more than 3,000 people took part in Sunday’s demonstration at the Ferry Bridge, according to the police.",
        "The republic declared independence in 1998 and is recognised by forty states. “Nobody in the Republic of Oltava wants an empty river,” said Prime Minister Ida Kern.",
    )),
    ("vesk", "Vesk World", "2031-05-05", "Redhall: Quarrel over ferry is put off", (
        "“The worst was averted overnight, thank heaven, yet the quarrel over the ferry has merely been shelved until the autumn, and all must now show patience,” the Redhall said on Monday.",
        "The self-proclaimed Republic of Oltava has shut the crossing at Coldwater. Vesk does not recognise the breakaway territory.",
        "The Redhall denies steering the blockade of the ferry, as an Oltavan minister claims.",
    )),
    ("isle2", "Isle Telegraph", "2031-05-05", "Vesk asks for the ferry’s return", (
        "“Thank heaven, the worst was avoided during the night. But the dispute over the ferry is only put off until the autumn, so everybody must be patient now,” Redhall spokesman Pavel Orsk said on Monday.",
        "Interior Minister Hana Brod of Oltava accused Vesk of directing the blockade of the ferry at Coldwater. Oltava is a country of two million people, of whom 140,000 consider themselves Marrenians.",
    )),
    ("tribune2", "Tern Tribune", "2031-05-06", "Fourth ferryman dies", (
        "A fourth ferryman died in Coldwater on Tuesday, the hospital said, which brings the number of dead in the raft accident at the Ferry Bridge to four.",
        "Interior Minister Hana Brod laid a wreath on the raft. The demonstration on the bridge and the soldiers on the Loon were on nobody’s mind, and the police stayed away.",
    )),
]  # fmt: skip


@pytest.fixture(scope="module")
def crisis(tmp_path_factory):
    """The pages built once, as article texts."""
    folder = tmp_path_factory.mktemp("story")
    lines = [
        {"id": i, "outlet": outlet, "published": day, "title": title, "text": "\n\n".join((title, *text))}
        for i, outlet, day, title, text in PAGES
    ]
    (folder / "pages.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (folder / "gazetteer.csv").write_text(GAZETTEER, encoding="utf-8")
    (folder / "outlets.csv").write_text(OUTLETS, encoding="utf-8")
    return Reading(
        variorum.build(
            [folder / "pages.jsonl"],
            folder / "dossier",
            settings=Settings(as_text=True),
            gazetteer=folder / "gazetteer.csv",
            outlets=folder / "outlets.csv",
        )
    )


class Reading:
    """A dossier with its rows as words."""

    def __init__(self, dossier):
        self.dossier = dossier
        self.text = {d["id"]: d["text"] for d in dossier.documents.to_pylist()}
        self.page = {d["id"]: d["location"].partition("#")[2] for d in dossier.documents.to_pylist()}
        self.said = {s["id"]: s for s in dossier.statements.to_pylist()}

    def rows(self, table):
        return self.dossier.table(table).to_pylist()

    def at(self, anchor):
        """(page, words) of an anchor."""
        return self.page[anchor["doc"]], self.text[anchor["doc"]][anchor["start"] : anchor["end"]]

    def statement(self, i):
        s = self.said[i]
        span = {"doc": s["doc"], "start": s["content"][0]["start"], "end": s["content"][-1]["end"]}
        return self.at(span)

    def figures(self, left, right):
        """Verdicts on the conflicts between two (page, beginning of the words)."""
        found = []
        for c in self.rows("conflicts"):
            sides = [self.at(c["left_span"]), self.at(c["right_span"])]
            if c["kind"] == "figure" and any(
                a[0] == left[0]
                and a[1].startswith(left[1])
                and b[0] == right[0]
                and b[1].startswith(right[1])
                for a, b in (sides, sides[::-1])
            ):
                found.append((c["comparable"], c["why"]))
        return found


def test_story_is_one(crisis):
    """All pages tell one story."""
    assert [len(s["documents"]) for s in crisis.rows("stories")] == [len(PAGES)]


def test_story_troops_are_denied_wherever_it_is_said(crisis):
    """The ministry's denials on four pages, the seat's and the bare `the deployment` meet the minister's claim."""
    claim = "Marrenian soldiers without badges crossed the Loon"
    linked = {
        crisis.statement(d["statement"])[0]
        for d in crisis.rows("denials")
        if d["denied"] and crisis.statement(d["denied"])[1].startswith(claim)
    }
    assert linked == {"mirror", "wire", "telegraph", "tribune"}


def test_story_a_named_claimant_is_found(crisis):
    """`As an Oltavan minister claims` meets the Oltavan minister's words on another page."""
    found = [
        crisis.statement(d["denied"])
        for d in crisis.rows("denials")
        if d["denied"] and "steering" in crisis.statement(d["statement"])[1]
    ]
    assert any(page == "isle2" and "directing the blockade" in words for page, words in found)


def test_story_two_renderings_of_one_sentence(crisis):
    """What the seat of government says on one page and its spokesman on another is one utterance."""
    groups = [{crisis.statement(i)[0] for i in u["statements"]} for u in crisis.rows("utterances")]
    assert {"vesk", "isle2"} in groups


def test_story_crowd_sizes_part(crisis):
    """Two sizes of one crowd conflict."""
    ((comparable, why),) = crisis.figures(("mirror", "Some 20,000"), ("tribune", "No more than 3,000"))
    assert comparable == "yes", why


def test_story_sizes_of_a_people_part_in_part(crisis):
    """Those who live there and those who consider themselves such are compared, with the difference told."""
    found = [
        f
        for page in ("wire", "telegraph")
        for f in crisis.figures((page, "About 60,000"), ("isle2", "140,000"))
    ]
    assert [c for c, _ in found] == ["in part"]
    assert "consider themselves" in found[0][1]


def test_story_a_rising_toll_is_an_update(crisis):
    """Two, three and four dead on three days are no conflict, but shown as later."""
    tolls = [
        (c["comparable"], c["why"])
        for c in crisis.rows("conflicts")
        if c["kind"] == "figure" and "deaths" in c["why"]
    ]
    assert tolls
    assert all(comparable == "no" and "later" in why for comparable, why in tolls)


def test_story_copies_are_one_origin(crisis):
    """The wire and the page that reprints it back a claim as one."""
    (crowd,) = [c for c in crisis.rows("claims") if c["value"] == "several thousand"]
    assert sorted(crisis.at(s)[0] for s in crowd["spans"]) == ["telegraph", "wire"]
    assert len(crowd["origins"]) == 1


def test_story_each_side_has_its_words(crisis):
    """The contested place is one thing under all its names, and each outlet's words for it are told."""
    said = {}
    for row in crisis.rows("naming"):
        if row["about"] == "ol":
            said.setdefault(row["outlet"], set()).add(row["description"].lower())
    assert {"upper marren", "the northern province"} <= {
        w.removeprefix("separatists of ") for w in said["Marren Mirror"]
    }
    assert "its former province" in said["Northern Wire"]
    assert {"self-proclaimed republic of oltava", "the breakaway territory"} <= said["Vesk World"]
    assert "the republic" in said["Tern Tribune"]


def test_story_independence_is_one_line(crisis):
    """What several pages tell of one year stands on one line."""
    lines = [t for t in crisis.rows("timeline") if t["time"] == "1998" and "declared" in t["what"]]
    assert [sorted(crisis.page[d] for d in t["documents"]) for t in lines] == [["telegraph", "tribune"]]
    assert lines[0]["kind"] == "background"
