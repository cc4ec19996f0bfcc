"""From what the user names to the files that are there: folders walked, globs matched, each file once."""

from __future__ import annotations

import errno
import functools
import glob
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from variorum.ingest.arrival import Arrival, Origin, rejected, skipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

# Where browsers put what belongs to a saved page NAME.html: NAME_files (Chromium, Firefox, English Edge), and the
# same in the languages in which older browsers named it.
_ASSET_FOLDER_ENDS = (
    "_files", ".files", "-files", "-Dateien", "_fichiers", "-fichiers", "_archivos", "-archivos", "_file", "-filer",
    "_ficheiros", "_arquivos", "_bestanden", "-bestanden", "_pliki", "_soubory", "_datoteke", "_fajlovi", "_tiedostot",
    "_elemei", "_dosyalar", "_fitxers", ".data",
)  # fmt: skip
_PAGE_ENDS = (".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx")


def is_page_name(name: str) -> bool:
    """Whether a file is HTML by its name."""
    return name.lower().endswith(_PAGE_ENDS)


class Found(msgspec.Struct, frozen=True):
    """A file to read.

    Attributes:
        path: Where it is; for opening alone, never stored.
        where: Its origin: path relative to the root given.
        walked: Whether it was come upon in a folder, not named.
        asset_of: Location of the saved page that it belongs to; empty if to none.
    """

    path: str
    where: Origin
    walked: bool = False
    asset_of: str = ""


def find(inputs: Sequence[str | Path]) -> Iterator[Found | Arrival]:
    """Find the files that inputs name, in order, lazily.

    Args:
        inputs: Files, folders (walked whole, in order of names), globs (`**` for any depth), `-`.

    Yields:
        Files to read, `-` as a Found with the path `-`; and arrivals for what is missing, unreadable or no file.
        A file reached twice is given once.
    """
    seen: dict[str, Found] = {}
    for item in inputs:
        for found in _one(os.fspath(item)):
            if isinstance(found, Arrival):
                yield found
                continue
            real = found.path if found.path == "-" else os.path.realpath(found.path)
            earlier = seen.setdefault(real, found)
            if earlier is found:
                yield found
            elif earlier.where != found.where:
                yield skipped(found.where, f"the same file as {earlier.where.location}")


def _one(item: str) -> Iterator[Found | Arrival]:
    if item == "-":
        yield Found("-", Origin("-", "-"))
        return
    where = Origin.of(os.path.basename(item.rstrip("/")) or item)  # noqa: PTH119 - kept as given, undecodable too
    fault = _stat_fault(item)
    if fault == errno.ENOENT and glob.has_magic(item):
        yield from _glob(item)
    elif fault:
        yield _cannot(where, fault)
    elif os.path.isdir(item):  # noqa: PTH112
        yield from _walk(item, "", (), "")
    else:
        yield _file(item, where, walked=False)


def _stat_fault(path: str) -> int:
    """The error number of looking at a path; 0 if it is there."""
    try:
        os.stat(path)  # noqa: PTH116
    except OSError as error:
        return error.errno or errno.EIO
    except ValueError:
        return errno.EINVAL
    return 0


def _cannot(where: Origin, fault: int) -> Arrival:
    if fault == errno.ELOOP:
        return skipped(where, "a symbolic link that leads back to itself")
    if fault == errno.ENOENT:
        return rejected(where, "no such file or folder (check the path)")
    return rejected(where, f"cannot be read: {os.strerror(fault)}")


def _glob(pattern: str) -> Iterator[Found | Arrival]:
    """Files that match, located from the fixed part of the pattern; a folder that matches is walked."""
    parts = Path(pattern).parts
    fixed = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    root, wanted = Path(*parts[:fixed]), parts[fixed:]
    deep = "**" in wanted
    if wanted[-1] == "**":
        wanted = (*wanted, "*")
    try:
        # Not the `glob` module: its `**` follows symbolic links, around loops too.
        matches = sorted(path for path in root.glob("/".join(wanted)) if _shown(path, root, wanted))
    except (ValueError, NotImplementedError, OSError):
        matches = []
    if not matches:
        yield rejected(Origin.of("/".join(wanted)), "no file matches this pattern (check the path)")
    listed = functools.cache(_names)  # a folder that holds saved pages has as many matches as names
    for path in matches:
        name = path.relative_to(root).as_posix()
        of = _page_above(path, root, listed)
        if not path.is_dir():
            yield _file(str(path), Origin.of(name), walked=True, asset_of=of)
        elif not deep:
            yield from _walk(str(path), f"{name}/", (), of or _page_beside(path, root, listed))


def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(os.listdir(folder))  # noqa: PTH208 - names alone
    except OSError:
        return frozenset()


def _page_above(path: Path, root: Path, listed: Callable[[Path], AbstractSet[str]]) -> str:
    """Location of the saved page in whose folder of assets a match lies; empty if in none."""
    above = path.relative_to(root).parents
    return next((page for folder in above[:-1] if (page := _page_beside(root / folder, root, listed))), "")


def _page_beside(folder: Path, root: Path, listed: Callable[[Path], AbstractSet[str]]) -> str:
    if not folder.name.endswith(_ASSET_FOLDER_ENDS):
        return ""
    prefix = folder.relative_to(root).parent.as_posix()
    return _page_of(folder.name, listed(folder.parent), "" if prefix == "." else f"{prefix}/")


def _shown(path: Path, root: Path, wanted: Sequence[str]) -> bool:
    """Whether a match is not hidden, or hidden files were asked for, as shells have it."""
    asked = any(part.startswith(".") for part in wanted)
    return asked or not any(part.startswith(".") for part in path.relative_to(root).parts)


def _walk(folder: str, prefix: str, above: tuple[str, ...], asset_of: str) -> Iterator[Found | Arrival]:
    """All that lies under a folder, by name; `above` are the real paths of the folders around it."""
    real = os.path.realpath(folder)
    if real in above:
        yield skipped(Origin.of(prefix.rstrip("/")), "a symbolic link to a folder around it")
        return
    try:
        with os.scandir(folder) as listing:
            entries = sorted(listing, key=lambda entry: entry.name)
    except OSError as error:
        where = Origin.of(prefix.rstrip("/") or os.path.basename(folder.rstrip("/")))  # noqa: PTH119
        yield _cannot(where, error.errno or errno.EIO)
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        yield from _entry(entry, prefix, (*above, real), asset_of, names)


def _entry(
    entry: os.DirEntry[str], prefix: str, above: tuple[str, ...], asset_of: str, names: set[str]
) -> Iterator[Found | Arrival]:
    where = Origin.of(prefix + entry.name)
    fault = _stat_fault(entry.path)
    if entry.name.startswith("."):
        yield skipped(where, "hidden")
    elif fault == errno.ENOENT and entry.is_symlink():
        yield rejected(where, "a symbolic link to something that is not there")
    elif fault:
        yield _cannot(where, fault)
    elif entry.is_dir():
        of = asset_of or _page_of(entry.name, names, prefix)
        yield from _walk(entry.path, f"{prefix}{entry.name}/", above, of)
    else:
        yield _file(entry.path, where, walked=True, asset_of=asset_of)


def _page_of(name: str, names: AbstractSet[str], prefix: str) -> str:
    """Location of the saved page whose assets a folder of this name holds; empty if there is none."""
    for end in _ASSET_FOLDER_ENDS:
        if name.endswith(end):
            stem = name.removesuffix(end)
            for page in (stem + e for e in (*_PAGE_ENDS, *(p.upper() for p in _PAGE_ENDS))):
                if page in names:
                    return Origin.of(prefix + page).location
    return ""


def _file(path: str, where: Origin, *, walked: bool, asset_of: str = "") -> Found | Arrival:
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116
    except OSError as error:
        return _cannot(where, error.errno or errno.EIO)
    if stat.S_ISREG(mode):
        return Found(path, where, walked, asset_of)
    kind = (
        "a named pipe (give it on standard input: -)"
        if stat.S_ISFIFO(mode)
        else "a socket"
        if stat.S_ISSOCK(mode)
        else "a device"
    )
    return skipped(where, f"{kind}, not a file")
