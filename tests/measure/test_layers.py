"""Laws of scoring a whole dossier against a whole gold."""

from __future__ import annotations

import copy
import json

import pytest

from measure.shares import shares
from variorum.errors import InputError
from variorum.measure import LAYERS, read_folder, score_layers

TEXTS = {
    "p1": "Ferry held\n\nThe harbour office said 40 sailors were detained in Ostrel on Monday.",
    "p2": "Crew freed\n\nThe harbour office denied that 12 sailors had been detained in Ostrel on Monday.",
    "p3": "No word\n\nThe owners stay silent while rain falls on Ostrel and nothing moves on Monday.",
}


def at(page, words):
    start = TEXTS[page].index(words)
    return {"doc": page, "start": start, "end": start + len(words), "text": words}


def gold():
    """A gold with one row or more in every layer."""
    rows = {name: [] for name in LAYERS}
    rows["pages"] = [{"id": page, "text": text} for page, text in TEXTS.items()]
    for page, number, claim in (
        ("p1", "40", "40 sailors were detained in Ostrel"),
        ("p2", "12", "12 sailors had been detained in Ostrel"),
    ):
        office = at(page, "The harbour office")
        rows["mentions"].append(
            {"id": f"{page}.m", **office, "kind": "organisation", "chain": f"{page}.office"}
        )
        rows["chains"].append(
            {
                "id": f"{page}.office",
                "doc": page,
                "name": "Harbour Office",
                "aliases": [],
                "kind": "organisation",
            }
        )
        rows["times"].append({"id": f"{page}.t", **at(page, "Monday"), "value": "2031-05-05"})
        rows["figures"].append(
            {"id": f"{page}.f", **at(page, f"{number} sailors"), "low": float(number), "high": float(number), "unit": "",
             "quantity": "detained", "counts": at(page, "sailors")}
        )  # fmt: skip
        rows["places"].append({"id": f"{page}.p", **at(page, "Ostrel"), "gazetteer_id": "x-ostrel"})
        rows["events"].append(
            {"id": f"{page}.e", **at(page, "detained"), "action": "COERCE", "status": "happened"}
        )
        rows["statements"].append(
            {"id": f"{page}.s", "doc": page, "source": office, "cue": at(page, "said" if page == "p1" else "denied"),
             "content": [at(page, claim)], "speaker": f"{page}.office", "speaker_name": "Harbour Office",
             "manner": "indirect", "act": "asserts" if page == "p1" else "denies", "negated": False}
        )  # fmt: skip
        rows["naming"].append(
            {
                "about_name": "Crew",
                "outlet": "Post",
                "description": "sailors",
                "voice": "own",
                "spans": [at(page, "sailors")],
            }
        )
    ends = {"left_span": at("p1", "40 sailors"), "right_span": at("p2", "12 sailors")}
    rows["conflicts"] = [
        {"id": "c1", "left": "p1.f", "right": "p2.f", **ends, "kind": "figure", "comparable": "yes"},
        {"id": "c2", "left": "p1.t", "right": "p2.t", "kind": "time", "comparable": "no"},
    ]
    rows["passages"] = [
        {
            "id": "x",
            "left": at("p1", "in Ostrel on Monday"),
            "right": at("p2", "in Ostrel on Monday"),
            "kind": "copy",
            "first": "left",
        }
    ]
    rows["origins"] = [{"id": "o1", "documents": ["p1", "p2"]}, {"id": "o2", "documents": ["p3"]}]
    rows["stories"] = [{"id": "S", "documents": list(TEXTS)}]
    rows["episodes"] = [{"id": "E", "documents": list(TEXTS)}]
    rows["actors"] = [{"id": "A", "chains": ["p1.office", "p2.office"]}]
    rows["utterances"] = [
        {"statements": ["p1.s", "p2.s"], "links": [{"left": "p1.s", "right": "p2.s", "kind": "paraphrased"}]}
    ]
    rows["claims"] = [
        {
            "id": "k",
            "about": "sailors",
            "value": "40",
            "spans": [at("p1", "40 sailors"), at("p2", "12 sailors")],
        }
    ]
    rows["denials"] = [{"id": "d", "statement": "p2.s", "denied": "p1.s", "claimed": None}]
    rows["silences"] = [{"id": "q", "claim": "k", "reported_by": ["p1", "p2"], "silent": ["p3"]}]
    rows["happenings"] = [{"id": "h", "events": ["p1.e", "p2.e"]}]
    return rows


def other_ids(rows):
    """The same rows as another system would write them: documents, mentions, statements under names of its own."""
    text = json.dumps(rows)
    for number in (1, 2, 3):
        text = text.replace(f'"p{number}"', f'"sha-{number}"').replace(f'"p{number}.', f'"id-{number}.')
    return json.loads(text)


def test_every_layer_is_in_the_case():
    """The case below leaves no layer out: each has rows to score."""
    assert set(score_layers(gold(), gold())) == set(LAYERS)


@pytest.mark.parametrize("rows", [gold(), other_ids(gold())], ids=["same ids", "ids of its own"])
def test_gold_against_itself_is_one(rows):
    """What equals the gold gets the highest score in every layer, whatever its rows are called."""
    found = score_layers(gold(), rows)
    missed = {n: v for layer in found for n, v in shares(found[layer], layer) if v != 1.0}
    # Places have no coordinates here.
    assert {n for n in missed if not n.endswith("within_161_km")} == set()


@pytest.mark.parametrize("layer", sorted(LAYERS))
def test_nothing_against_gold_is_zero(layer):
    """Who gives nothing gets nothing."""
    found = score_layers(gold(), {}, only=[layer])[layer]
    assert {n: v for n, v in shares(found) if v != 0.0} == {}
    assert found["system"] == 0


def test_layers_can_be_chosen_and_unknown_ones_are_refused():
    """Only what is asked for is scored; a name that is no layer stops with the list."""
    assert set(score_layers(gold(), gold(), only=["denials"])) == {"denials"}
    with pytest.raises(InputError, match="no layer called nonsense"):
        score_layers(gold(), gold(), only=["nonsense"])


def test_near_miss_taken_for_a_conflict_costs_precision_and_is_told():
    """A system that calls a near-miss comparable loses precision of conflicts, and the near-miss counts as taken."""
    system = gold()
    system["conflicts"][1]["comparable"] = "yes"
    found = score_layers(gold(), system, only=["conflicts"])["conflicts"]
    assert found["parted"]["precision"] == 0.5
    assert found["parted"]["recall"] == 1.0
    assert found["near_misses"] == {"right": 0.0, "wrong": 1.0, "none_given": 0.0}
    assert found["comparable"]["wrong"] == 0.5


def test_values_part_once_however_many_records_back_them():
    """A system that names another record of the same claim, or several, has found that conflict, once."""
    truth = gold()
    truth["claims"] = [
        {
            "id": "k",
            "about": "sailors",
            "value": "40",
            "spans": [at("p1", "40 sailors"), at("p1", "Ferry held")],
        },
        {"id": "l", "about": "sailors", "value": "12", "spans": [at("p2", "12 sailors")]},
    ]
    system = gold()
    other = {**system["conflicts"][0], "id": "c3", "left_span": at("p1", "Ferry held")}
    for rows in ([other, system["conflicts"][1]], [*system["conflicts"], other]):
        system["conflicts"] = rows
        found = score_layers(truth, system, only=["conflicts"])["conflicts"]
        assert (found["parted"]["precision"], found["parted"]["recall"]) == (1.0, 1.0)


def test_speaker_is_right_under_any_name_the_page_gives():
    """An alias of the speaker's chain is as right as its fullest name, another's name is not."""
    truth = gold()
    truth["chains"][0]["aliases"] = ["the port authority"]
    system = copy.deepcopy(truth)
    system["statements"][0]["speaker_name"] = "The Port Authority"
    assert score_layers(truth, system)["statements"]["speaker"]["right"] == 1.0
    system["statements"][0]["speaker_name"] = "The owners"
    assert score_layers(truth, system)["statements"]["speaker"]["right"] == 0.5


def test_who_stood_first_is_right_from_either_side():
    """Sides of a passage may be told in either order: what counts is the document that is called first."""
    system = gold()
    passage = system["passages"][0]
    passage["left"], passage["right"], passage["first"] = passage["right"], passage["left"], "right"
    assert score_layers(gold(), system)["passages"]["first"]["right"] == 1.0
    passage["first"] = "left"
    assert score_layers(gold(), system)["passages"]["first"]["wrong"] == 1.0


def test_split_actor_costs_recall_alone():
    """Two chains of one actor left apart are two pure clusters."""
    system = gold()
    system["actors"] = []
    found = score_layers(gold(), system)["actors"]["b_cubed"]
    assert (found["precision"], found["recall"]) == (1.0, 0.5)


def test_folders_hold_tables(tmp_path):
    """A folder of tables is read as one, and a folder without any is refused by name."""
    for name, rows in gold().items():
        (tmp_path / f"{name}.jsonl").write_text(
            "".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8"
        )
    assert score_layers(read_folder(tmp_path), read_folder(tmp_path)) == score_layers(gold(), gold())
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="empty"):
        read_folder(tmp_path / "empty")


def test_two_documents_of_one_text_are_two():
    """A reprint whose text equals another page's is matched by its id, and by order where ids differ: both are scored."""
    truth = gold()
    truth["pages"].append({"id": "p4", "text": TEXTS["p1"]})
    truth["figures"].append({**truth["figures"][0], "id": "p4.f", "doc": "p4"})
    for rows in (truth, other_ids(truth)):
        assert score_layers(truth, rows, only=["figures"])["figures"]["spans"]["exact"]["f1"] == 1.0


def test_only_documents_are_renamed():
    """A value that happens to spell a document's id stays what it is."""
    system = other_ids(gold())
    text = json.dumps(system).replace("sha-1", "COERCE")
    found = score_layers(gold(), json.loads(text), only=["events"])["events"]
    assert found["value"]["f1"] == 1.0


def numbered(rows):
    """The same rows with ids counted anew in every table, as numbers."""
    new = {
        table: {row["id"]: n for n, row in enumerate(part) if "id" in row}
        for table, part in rows.items()
        if table != "pages"
    }
    made = copy.deepcopy(rows)
    for table, names in new.items():
        for row in made[table]:
            if "id" in row:
                row["id"] = names[row["id"]]
    for row in made["mentions"]:
        row["chain"] = new["chains"][row["chain"]]
    for row in made["statements"]:
        row["speaker"] = new["chains"][row["speaker"]]
    for field, table, refers in (
        ("chains", "actors", "chains"),
        ("statements", "utterances", "statements"),
        ("events", "happenings", "events"),
    ):
        for row in made[table]:
            row[field] = [new[refers][name] for name in row[field]]
    for link in made["utterances"][0]["links"]:
        link |= {end: new["statements"][link[end]] for end in ("left", "right")}
    made["denials"][0] |= {"statement": new["statements"]["p2.s"], "denied": new["statements"]["p1.s"]}
    made["silences"][0]["claim"] = new["claims"]["k"]
    made["conflicts"][1] |= {"left_span": at("p1", "Monday"), "right_span": at("p2", "Monday")}
    return made


def test_ids_are_the_systems_own():
    """Ids that are numbers, counted anew in every table, serve as well as any."""
    found = score_layers(gold(), numbered(gold()))
    missed = {n: v for layer in found for n, v in shares(found[layer], layer) if v != 1.0}
    assert missed == {}


def test_documents_may_be_numbered():
    """Ids of documents that are numbers, 0 among them, are matched by text as others are; a text that is not the gold's is refused."""
    text = json.dumps(other_ids(gold()))
    for number in (1, 2, 3):
        text = text.replace(f'"sha-{number}"', str(number - 1))
    found = score_layers(gold(), json.loads(text))
    missed = {n: v for layer in found for n, v in shares(found[layer], layer) if v != 1.0}
    assert missed == {}
    swapped = gold()
    swapped["pages"][0]["text"] = TEXTS["p2"]
    with pytest.raises(InputError, match="the text of p1 is not the gold's"):
        score_layers(gold(), swapped)


def test_denials_have_intervals_over_documents():
    """What is found on one page and missed on another leaves room for doubt."""
    truth = gold()
    truth["denials"].append({"id": "e", "statement": "p1.s", "denied": "", "claimed": None})
    system = copy.deepcopy(truth)
    system["denials"].pop()
    found = score_layers(truth, system)["denials"]["overlap_0.3"]
    assert found["f1_low"] < found["f1_high"]


def test_pronouns_name_no_speaker():
    """Who answers every speaker with pronouns, or with a choice of names, has named none."""
    truth = gold()
    truth["mentions"].append(
        {"id": "p1.m2", **at("p1", "he harbour"), "text": "she", "kind": "person", "chain": "p1.office"}
    )
    truth["statements"].append(
        {
            **truth["statements"][0],
            "id": "p1.s2",
            "content": [at("p1", "Ferry held")],
            "speaker": "",
            "speaker_name": "",
        }
    )
    for answer in ("she", ["Harbour Office", "she"]):
        system = copy.deepcopy(truth)
        for row in system["statements"]:
            row["speaker_name"] = answer
        assert score_layers(truth, system)["statements"]["speaker"]["right"] == 0.0


def test_ids_of_nothing_are_wrong_answers():
    """A denial or conflict that names nothing is no denial of what nobody claims, and each counts as given."""
    truth = gold()
    truth["denials"] = [{"id": "d", "statement": "p2.s", "denied": "", "claimed": None}]
    system = copy.deepcopy(truth)
    system["denials"][0]["denied"] = "nonsense"
    assert score_layers(truth, system)["denials"]["overlap_0.3"]["f1"] == 0.0
    system["conflicts"] = [
        {"left": f"x{n}", "right": "y", "kind": "figure", "comparable": "yes"} for n in range(9)
    ]
    assert score_layers(truth, system)["conflicts"]["parted"]["given"] == 9.0
    system["utterances"] = [{"statements": ["x", "y"]}]
    assert score_layers(truth, system)["utterances"]["overlap_0.3"]["given"] == 1.0


def test_a_claim_is_backed_by_records_not_by_their_parts():
    """A statement whose content lies in several spans backs its claim once, named by id or by span."""
    truth = gold()
    truth["statements"][0]["content"] = [at("p1", "40 sailors"), at("p1", "in Ostrel")]
    by_id = {"id": "k", "about": "sailors", "statements": ["p1.s", "p2.s"]}
    truth["claims"] = [{**by_id, "spans": [at("p1", "40 sailors were detained in Ostrel")]}]
    system = copy.deepcopy(truth)
    system["claims"] = [by_id]
    found = score_layers(truth, system, only=["claims"])["claims"]
    assert (found["gold"], found["overlap_0.3"]["f1"]) == (1, 1.0)


def test_what_the_gold_leaves_empty_is_to_be_left_empty():
    """A value invented where the gold has none is wrong; however emptiness is written, it is the same."""
    truth, system = gold(), gold()
    truth["figures"][0]["quantity"] = ""
    system["figures"][0]["quantity"] = None
    assert score_layers(truth, system, only=["figures"])["figures"]["value"]["f1"] == 1.0
    system["figures"][0]["quantity"] = "deaths"
    assert score_layers(truth, system, only=["figures"])["figures"]["value"]["f1"] == 0.5


COLUMNS = sorted(
    {(table, name) for table, rows in gold().items() if table != "pages" for row in rows for name in row}
)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
@pytest.mark.parametrize("value", ["left out", None, 7, ["x"], [{}]])
def test_a_column_left_out_or_odd_is_scored_or_refused(table, column, value):
    """Whatever a system leaves out or writes wrongly, it gets a score or a message that names the table."""
    system = gold()
    for row in system[table]:
        row.pop(column, None)
        if value != "left out":
            row[column] = value
    try:
        score_layers(gold(), system)
    except InputError as refusal:
        assert table in str(refusal) or "span" in str(refusal) or "document" in str(refusal)  # noqa: PT017


def test_spans_outside_the_text_and_unknown_documents_are_refused():
    """Offsets beyond the text's end are bytes or of another text; rows of unknown documents alone are of other pages."""
    system = gold()
    system["times"][0]["end"] = 10_000
    with pytest.raises(InputError, match="ends at 10000"):
        score_layers(gold(), system)
    with pytest.raises(InputError, match="no document called"):
        score_layers(gold(), {"times": [{"doc": "other", "start": 0, "end": 4}]})
    with pytest.raises(InputError, match="the gold has no denials"):
        score_layers({**gold(), "denials": []}, gold(), only=["denials"])
