"""The command line: parse arguments, call the API, print."""

from __future__ import annotations

import os
import sys

from variorum.cli.app import app
from variorum.cli.output import complain
from variorum.errors import VariorumError

NOTHING_DONE = 2
INTERRUPTED = 130
# Set this variable to see where a fault of the program lies.
TRACEBACK = "VARIORUM_TRACEBACK"


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that Python does not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run a command; every error that is the user's to mend is one clear line, with no traceback."""
    try:
        app()
    except VariorumError as error:
        complain(error.message, error.remedy)
        raise SystemExit(NOTHING_DONE) from None
    except SystemExit as end:
        if end.code == INTERRUPTED:  # so Typer passes Ctrl-C on
            complain("stopped", "run the same command again: it goes on where it stopped")
        raise
    except MemoryError:
        complain("memory ran out", "give fewer pages at once: a dossier grows by building again")
        raise SystemExit(NOTHING_DONE) from None
    except OSError as error:
        # Files of the user's and the dossier's have errors of their own; what is left is standard output. (That its
        # reader left, as `head` does, typer knows and ends quietly.)
        complain(
            f"output cannot be written: {error.strerror or error}", "free some space, or write elsewhere"
        )
        _drop_output()
        raise SystemExit(NOTHING_DONE) from None
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        complain(
            f"a fault of the program: {type(error).__name__}: {error}",
            f"please report it with what {TRACEBACK}=1 prints; finished work is kept",
        )
        raise SystemExit(NOTHING_DONE) from None
