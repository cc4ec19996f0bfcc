"""The command line run inside the test's own process: a new one costs a second of imports."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from typing import NamedTuple

from variorum.cli import main


class Done(NamedTuple):
    """What came of a command."""

    returncode: int
    stdout: bytes
    stderr: bytes


def run(*args, stdin=b"", cwd="."):
    """Run `variorum ARGS` as the console script does; a traceback is an error whatever the test looks at."""
    streams = [io.TextIOWrapper(io.BytesIO(data), "utf-8", newline="") for data in (stdin, b"", b"")]
    before = sys.argv, sys.stdin
    sys.argv, sys.stdin = ["variorum", *map(str, args)], streams[0]
    code = 0
    try:
        with (
            contextlib.chdir(cwd),
            contextlib.redirect_stdout(streams[1]),
            contextlib.redirect_stderr(streams[2]),
        ):
            main()
    except SystemExit as end:
        code = end.code or 0
    finally:
        sys.argv, sys.stdin = before
    for stream in streams:
        stream.flush()
    done = Done(code, *(s.buffer.getvalue() for s in streams[1:]))
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert b"fault of the program" not in done.stderr, done.stderr.decode()
    return done


def lines(data):
    """JSON Lines as values."""
    return [json.loads(line) for line in data.splitlines()]
