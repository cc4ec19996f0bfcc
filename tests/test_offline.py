"""Law 8: nothing opens a connection, and nothing that could is needed."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

from api.pages import RUSSIAN, html, write_pages

_ALONE = """
    import socket, sys

    class Closed(socket.socket):
        def __init__(self, family=-1, *args, **kwargs):
            if family != socket.AF_UNIX:  # what processes of one machine talk through
                raise OSError("no network here")
            super().__init__(family, *args, **kwargs)

    def closed(*args, **kwargs):
        raise OSError("no network here")

    socket.socket = Closed
    socket.create_connection = socket.getaddrinfo = socket.gethostbyname = closed

    def heard(event, args):
        if event.startswith(("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "urllib.")):
            sys.stderr.write(f"NETWORK {event} {args}")

    sys.addaudithook(heard)
    import variorum
    from variorum.exports import export
    from variorum.report import write_report
    from pathlib import Path

    pages, out = Path(sys.argv[1]), Path(sys.argv[2])
    dossier = variorum.build([pages], out / "dossier", settings=variorum.Settings(workers=1))
    write_report(dossier, out / "report.html")
    export(dossier, "jsonl", out / "jsonl")
    print(sorted(set(dossier.documents.column("language").to_pylist())))
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    folder = tmp_path_factory.mktemp("offline") / "pages"
    write_pages(folder)
    (folder / "e.html").write_text(html("Гавань Тессали закрыта", RUSSIAN), "utf-8")
    return folder


def test_offline_build_report_and_export(pages, tmp_path):
    """With every way out barred, whole work is done, languages told apart too, and nobody even tried."""
    command = [sys.executable, "-c", textwrap.dedent(_ALONE), str(pages), str(tmp_path)]
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path / "home"), "HTTPS_PROXY": "http://127.0.0.1:9"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert done.returncode == 0, done.stderr
    assert "NETWORK" not in done.stderr
    assert "'en'" in done.stdout
    assert "'ru'" in done.stdout
    assert (tmp_path / "report.html").stat().st_size > 10_000
    assert not (tmp_path / "home").exists()


def test_offline_is_watched():
    """The bar is real: without it, this very call is heard of."""
    code = "import sys, socket; sys.addaudithook(lambda e, a: e == 'socket.connect' and print('heard')); s = socket.socket()"
    code += "; s.settimeout(0.2); s.connect_ex(('127.0.0.1', 9))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "heard" in done.stdout
