"""What may shape weights that ship: known licences that bind nobody to non-commercial use."""

from __future__ import annotations

import pytest
from tests.training import made
from training.data import gum, web
from training.data.corpora import READERS, lines, table, texts, training
from training.data.licence import may_train, why_not

OPEN = [
    "CC BY",
    "CC BY 2.5",
    "CC BY-SA 4.0",
    "CC BY 3.0 AU",
    "CC0",
    "MIT; CC BY-SA 3.0 (Wikipedia)",
    "OGL 3.0",
    "public domain",
    "public domain (US)",
    "Apache-2.0 (ours)",
    "reuse allowed with acknowledgement (legal notice)",
]
BOUND = [
    "CC BY-NC 3.0",
    "CC BY-NC-SA 4.0",
    "CC BY-ND 4.0",
    "GPL-3.0",
    "CC BY 4.0; GPL-3.0",
    "CC BY 4.0; CC BY-NC 2.0",
    "CC BY 4.0, non-commercial",
    "MSR-SSLA",
    "unknown",
    "",
    "CC BY 4.0;",
    "all rights reserved",
]


@pytest.mark.parametrize("licence", OPEN)
def test_data_open_licences_may_train(licence):
    """Attribution and share-alike bind nobody to non-commercial use."""
    assert why_not(licence) == ""


@pytest.mark.parametrize("licence", BOUND)
def test_data_bound_and_unknown_licences_measure_only(licence):
    """One binding or unknown part binds the whole, and the reason is told."""
    assert "measuring only" in why_not(licence)


@pytest.mark.parametrize(("licence", "may"), [("CC BY 2.5", True), ("CC BY-NC-SA 3.0", False)])
def test_data_each_text_is_judged_alone(tmp_path, licence, may):
    """The licence of the text decides, not that of the corpus."""
    (text,) = gum.gum("train", made.gum(tmp_path, licence))
    assert may_train(text) is may


def test_data_development_is_never_trained_on(tmp_path):
    """What is for tuning stays out of training whatever its licence."""
    root = made.web(tmp_path)
    rows = {folder: root / folder for folder in ("syntax/ewt", "entities/uner-en", "statements/ewt")}
    for folder in rows.values():
        (folder / "train.jsonl.gz").rename(folder / "dev.jsonl.gz")
    (text,) = web.ewt("dev", root)
    assert not may_train(text)


def test_data_table_counts(tmp_path):
    """The table has a row for each licence of a corpus, says what it is for, and counts what is there."""
    found = [*gum.gum("train", made.gum(tmp_path / "a", "CC BY 2.5"))]
    found += gum.gum("train", made.gum(tmp_path / "b", "CC BY-NC-SA 3.0"))
    rows = table(found)
    assert [(r.licence, r.may_train) for r in rows] == [("CC BY 2.5", "yes"), ("CC BY-NC-SA 3.0", "measure")]
    assert (rows[0].documents, rows[0].tokens, rows[0].names, rows[0].mentions, rows[0].statements) == (
        1,
        16,
        2,
        3,
        1,
    )
    assert len(list(lines(rows))) == 4


def test_data_unlisted_corpora_are_refused():
    """A corpus that is not in the list is an error, not silence."""
    with pytest.raises(KeyError):
        list(texts("train", ("nowhere",)))


@pytest.mark.shared
@pytest.mark.parametrize("corpus", [name for name in READERS if name not in {"velmark", "ewt", "gold"}])
def test_data_real_corpora_keep_form_and_licence(corpus):
    """Every real text keeps the form (else reading fails); none that may be trained on is bound, and some may."""
    allowed = list(training((corpus,)))
    assert allowed
    assert not [t.id for t in allowed if "NC" in t.licence or t.split != "train"]
