"""The files of the reader and the runtime that opens them."""

from __future__ import annotations

import subprocess
import sys

import pytest

from variorum.errors import InputError
from variorum.models import sessions
from variorum.models.sessions import FILES, FOLDER, digests, open_model, write_sums

real = pytest.mark.skipif(
    not all((FOLDER / n).is_file() for n in FILES), reason="the model's files are not here"
)


def test_a_missing_file_is_told_of(tmp_path, monkeypatch):
    """Without its files there is no reader, no digest and no silence: the error names the file and the remedy."""
    with pytest.raises(InputError, match=r"labels\.json") as caught:
        open_model(tmp_path)
    assert caught.value.remedy
    monkeypatch.setattr(sessions, "FOLDER", tmp_path)
    with pytest.raises(InputError, match=r"labels\.json"):
        digests.__wrapped__()


@real
def test_each_file_has_a_digest():
    """The ledger hears of every file of the model."""
    found = dict(digests())
    assert tuple(found) == FILES
    assert all(len(d) == 64 for d in found.values())


def test_the_runtime_is_loaded_when_something_is_read():
    """Opening a reader loads no runtime, and nothing of it can fetch: the package that downloads is not there."""
    code = (
        "import sys; from variorum.models.reading import open_reader; open_reader(); print('onnxruntime' in sys.modules); "
        "import onnxruntime, tokenizers; print([m for m in sys.modules if m.partition('.')[0] in ('huggingface_hub', 'requests')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["False", "[]"]
    pinned = (FOLDER.parents[3] / "requirements" / "run.txt").read_text("utf-8")
    assert "huggingface-hub" not in pinned


def test_sessions_tell_a_damaged_file(tmp_path, monkeypatch):
    """A file that is not the one shipped is named, before any page is read with it."""
    for name in FILES:
        (tmp_path / name).write_bytes(b"as shipped")
    write_sums(tmp_path)
    monkeypatch.setattr("variorum.models.sessions.FOLDER", tmp_path)
    assert len(digests.__wrapped__()) == len(FILES)
    (tmp_path / "reader.onnx").write_bytes(b"cut")
    with pytest.raises(InputError, match=r"reader\.onnx .* is damaged"):
        digests.__wrapped__()
