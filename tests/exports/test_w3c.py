"""W3C annotations: every selector finds its words, and nothing has to be fetched to read them."""

from __future__ import annotations

import hashlib
import json
from urllib.parse import unquote, urlsplit

import pytest
from bench.quality.example.gold import EXAMPLE
from hypothesis import given
from hypothesis import strategies as st

import variorum
from variorum.exports import export
from variorum.exports.w3c import ANNOTATED
from variorum.exports.w3c.targets import quoted, relative
from views.browser import bare, browsed

PAGES = EXAMPLE / "pages"
# Longer than what widening to whole words adds to a span of the example.
_WIDER = 12


@pytest.fixture(scope="module")
def dossier(tmp_path_factory):
    return variorum.build([PAGES], tmp_path_factory.mktemp("w3c") / "dossier")


@pytest.fixture(scope="module")
def files(dossier, tmp_path_factory):
    written = export(dossier, "w3c-annotation", tmp_path_factory.mktemp("w3c") / "out")
    return {path.stem: json.loads(path.read_bytes()) for path in written}


def _items(file):
    return file["first"]["items"]


def _targets(files):
    for name, file in files.items():
        for item in _items(file) if name != "documents" else ():
            found = item["target"]
            yield from found if isinstance(found, list) else [found]


def _selectors(files, kind):
    for target in _targets(files):
        yield from ((target, s) for s in target["selector"] if s["type"] == kind)


@pytest.fixture(scope="module")
def texts(files):
    """The texts that positions count over, as the export itself carries them."""
    return {item["body"]["id"]: item["body"]["value"] for item in _items(files["documents"])}


def test_w3c_every_record_is_an_annotation(dossier, files):
    """One file a table, one annotation a row, under the row's id; `total` counts them, and the row is in the body."""
    assert list(files) == ["documents", *(record.TABLE for record in ANNOTATED)]
    seen = []
    for name, file in files.items():
        ids = [item["id"] for item in _items(file)]
        assert ids == [f"urn:variorum:{i}" for i in dossier.table(name).column("id").to_pylist()]
        assert file["total"] == len(ids)
        seen += [file["id"], file["first"]["id"], *ids]
        for item in _items(file) if name != "documents" else ():
            tag, said = item["body"]
            assert f"{tag['value']}s" == name
            assert said["value"]
            assert said["record"]["id"] == item["id"].removeprefix("urn:variorum:")
    assert len(seen) == len(set(seen)) > 500


def test_w3c_is_of_the_model(files):
    """Each file is a collection in the model's context, its page embedded; each annotation has what the model demands."""
    for file in files.values():
        assert file["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
        assert (file["type"], file["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
        assert file["first"]["partOf"] == file["id"]
        for item in _items(file):
            assert item["type"] == "Annotation"
            assert item["motivation"] in {"tagging", "linking", "describing"}
            assert item["target"]
    ours = files["documents"]["@context"][1]
    named = {key for t in _targets(files) for part in (t, *t["selector"]) for key in part}
    model = {"type", "source", "selector", "state", "start", "end", "exact", "prefix", "suffix", "conformsTo", "value"}  # fmt: skip
    assert named - model == {"role", "unit", "over", "sha256"} <= set(ours)


def test_w3c_positions_find_their_words(files, texts):
    """A position counts code points of a text that the export carries, and finds there what is quoted."""
    for target in _targets(files):
        position, quote = target["selector"][:2]
        assert position["unit"] == "code point"
        assert texts[position["over"]][position["start"] : position["end"]] == quote["exact"] != ""


def test_w3c_quotations_stand_once(files, texts):
    """A quotation with its prefix and suffix stands once, at its position; they are empty only at the text's ends."""
    for target in _targets(files):
        position, quote = target["selector"][:2]
        text = texts[position["over"]]
        words = quote["prefix"] + quote["exact"] + quote["suffix"]
        assert text.find(words) == position["start"] - len(quote["prefix"]) == text.rfind(words)
        assert quote["prefix"] or not position["start"]
        assert quote["suffix"] or position["end"] == len(text)


def test_w3c_bytes_are_of_the_page(dossier, files):
    """Bytes are counted over the page whose digest stands beside, and hold the words."""
    pages = {f"urn:variorum:{p}": dossier.page_bytes(p) for p in dossier.documents.column("page").to_pylist()}
    same = total = 0
    for target, data in _selectors(files, "DataPositionSelector"):
        body = pages[data["over"]]
        assert hashlib.sha256(body).hexdigest() == data["sha256"]
        words = body[data["start"] : data["end"]].decode("utf-8")
        same += words == target["selector"][1]["exact"]
        total += 1
    # Not the same are words with an entity, an escape of JSON or a line break of the source in them.
    assert same / total > 0.9


def test_w3c_fragments_lead_to_their_words(files, texts):
    """A text fragment stands where the page has an address, and leads a browser to the words, widened to whole ones."""
    count = 0
    for target, fragment in _selectors(files, "FragmentSelector"):
        position, quote = target["selector"][:2]
        text = texts[position["over"]]
        at, words = browsed(text, fragment["value"])
        low, high = (len(bare(text[: position[end]])) for end in ("start", "end"))
        assert urlsplit(target["source"]).scheme in {"http", "https"}
        assert low - _WIDER <= at <= low
        assert high <= at + len(words) <= high + _WIDER, quote
        count += 1
    assert count > 300


def test_w3c_sources_are_addresses_or_locations(dossier, files):
    """A target's source is the page's web address where it is told, else its location, percent-encoded."""
    places = set(dossier.documents.column("location").to_pylist())
    sources = {t["source"] for t in _targets(files)}
    assert {s for s in sources if s.startswith("https://")}
    assert {unquote(s) for s in sources if not s.startswith("https://")} <= places


@pytest.mark.parametrize(
    "location",
    ["pages/a b.html", "feed.jsonl#7", "javascript:alert(1)", "//evil.example/x", "/etc/x", "été/—.txt", "a?b", "a%20b"],
)  # fmt: skip
def test_w3c_locations_stay_relative(location):
    """A location that is no web address is a path below the file's own, whatever it looks like, and can be had back."""
    parts = urlsplit(relative(location))
    assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
    assert not parts.path.startswith("/")
    assert unquote(relative(location)) == location


_PIECES = st.sampled_from(
    ["Boats were stopped.", "Boats", " ", "\n\n", "e\u0301", "é", "🙂", "👩‍👩‍👧", "\u0301", "aa", "a", "日本", "“", "said"]
)  # fmt: skip


@given(st.lists(_PIECES, min_size=1, max_size=80).map("".join), st.integers(1, 6), st.data())
def test_w3c_quotation_stands_once_in_any_text(text, times, data):
    """Also among emoji, combining marks and sentences that repeat, words with prefix and suffix stand once."""
    text = text * times
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = quoted(text, start, end)
    words = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert quote["exact"] == text[start:end]
    assert text.find(words) == text.rfind(words) == start - len(quote["prefix"])
    assert quote["prefix"] or not start
    assert quote["suffix"] or end == len(text)


def test_w3c_is_the_same_twice_a_line_an_annotation(dossier, files, tmp_path):
    """The same dossier gives the same bytes; between the first line and the last every line is one annotation."""
    first = export(dossier, "w3c-annotation", tmp_path / "a")
    again = export(variorum.open(dossier.path), "w3c-annotation", tmp_path / "b")
    for left, right in zip(first, again, strict=True):
        assert left.read_bytes() == right.read_bytes()
        lines = left.read_bytes().split(b"\n")[1:-2]
        assert [json.loads(line.removesuffix(b",")) for line in lines if line] == _items(files[left.stem])
