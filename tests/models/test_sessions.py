"""The files of the reader and the runtime that opens them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from variorum.errors import InputError
from variorum.models import sessions
from variorum.models.sessions import FILES, FOLDER, digests, open_model, write_sums


def test_a_missing_file_is_told_of(tmp_path, monkeypatch):
    """Without its files there is no reader, no digest and no silence: the error names the file and the remedy."""
    with pytest.raises(InputError, match=r"labels\.json") as caught:
        open_model(tmp_path)
    assert caught.value.remedy
    monkeypatch.setattr(sessions, "FOLDER", tmp_path)
    with pytest.raises(InputError, match=r"labels\.json"):
        digests.__wrapped__()


def test_each_file_has_a_digest():
    """The ledger hears of every file of the model."""
    found = dict(digests())
    assert tuple(found) == FILES
    assert all(len(d) == 64 for d in found.values())


def test_the_runtime_is_loaded_when_something_is_read(tmp_path):
    """Opening a reader loads no runtime; reading asks for no package that downloads, and leaves nothing in the home folder."""
    for name in ("huggingface_hub", "requests"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"raise SystemExit('{name} was asked for')", "utf-8")
    code = (
        "import sys; from variorum.models.reading import open_reader; reader = open_reader(); print('onnxruntime' in sys.modules); "
        "print(len(reader.read('No.', [[(0, 2), (2, 3)]]).upos), 'onnxruntime' in sys.modules)"
    )
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "home"),
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(FOLDER.parents[2])]),
    }
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert done.stdout.splitlines() == ["False", "2 True"]
    assert not (tmp_path / "home").exists()
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
