"""Writing to a disk that may be full, read-only, or about to lose power."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING

from variorum.errors import DossierError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa


@contextlib.contextmanager
def disk_errors(root: Path) -> Iterator[None]:
    """Turn a full or read-only disk into an error that says what to do."""
    try:
        yield
    except OSError as error:
        remedies = {
            errno.ENOSPC: "free some space and run the same command again: finished work is kept",
            errno.EDQUOT: "free some space and run the same command again: finished work is kept",
            errno.EROFS: "choose a folder that can be written",
            errno.EACCES: "choose a folder that can be written",
            errno.EPERM: "choose a folder that can be written",
        }
        if error.errno in remedies:
            raise DossierError(
                f"{root}: {os.strerror(error.errno or 0)}", remedies[error.errno or 0]
            ) from error
        raise


def replace_file(path: Path, data: bytes | pa.Buffer) -> None:
    """Write a file so that it is there whole or not at all, and lasts through a power cut."""
    made = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with made.open("wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        made.replace(path)
    except OSError:
        made.unlink(missing_ok=True)
        raise
