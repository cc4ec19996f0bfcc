"""A dossier on disk: Parquet tables in buckets under a root, and one manifest that says which files count.

Files are named by their content and never changed; a commit replaces the manifest in one step, so a reader sees
the dossier before a build or after it, never between, and a killed build leaves the last whole state.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections import OrderedDict
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from variorum.errors import DossierError
from variorum.records import TABLES, empty, schema
from variorum.store.files import disk_errors, replace_file
from variorum.store.manifest import FORMAT, MANIFEST, Manifest, TableFile
from variorum.store.query import answer

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has no flock; there two builds at once are the user's care
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Rows are stored in this order, so that files depend on content alone. Columns that a table lacks are passed over.
_SORT = ("location", "doc", "story", "start", "order", "id")


# Tables held in memory between stages: those of some two thousand pages. Without them a build of five pages spent a
# quarter of its time on opening files, one of a hundred a tenth (bench/speed).
_RECENT_BYTES = 128_000_000


# Below this many rows starting threads costs more than they give back.
_THREADS_FROM = 20_000


class _Recent:
    """Files of tables lately read, as tables: a build reads most tables in many stages.

    Files never change under their name, so what is held here never grows old. What is written is not held until it is
    read back: Arrow lays equal cells out in several ways, and keys of finished work must not hang on which.
    """

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, str], pa.Table] = OrderedDict()
        self._bytes = 0

    def get(self, name: str, file: str) -> pa.Table | None:
        if (name, file) in self._held:
            self._held.move_to_end((name, file))
        return self._held.get((name, file))

    def put(self, name: str, file: str, table: pa.Table) -> None:
        if table.nbytes > _RECENT_BYTES or (name, file) in self._held:
            return
        self._held[name, file] = table
        self._bytes += table.nbytes
        while self._bytes > _RECENT_BYTES:
            _, gone = self._held.popitem(last=False)
            self._bytes -= gone.nbytes


class Store:
    """The tables of one dossier.

    Args:
        root: Folder of the dossier.
        create: Make the folder if it is not there.

    Raises:
        DossierError: If the folder is no dossier, is of another format, or is damaged.
    """

    def __init__(self, root: Path, *, create: bool = False) -> None:
        self.root = root
        self.manifest = Manifest()
        self._files: dict[str, dict[int, TableFile]] = {}
        self._recent = _Recent()
        if self._refresh():
            return
        if not create:
            raise DossierError(
                f"{root} is no dossier: it has no {MANIFEST}",
                "make one with `variorum build PATHS -o FOLDER`",
            )
        with disk_errors(root):
            self._claim(root)

    def _refresh(self) -> bool:
        """Take up the last commit; false where there is none."""
        path = self.root / MANIFEST
        if not path.is_file():
            return False
        self.manifest = self._load(path)
        self._files = {name: {f.bucket: f for f in files} for name, files in self.manifest.tables.items()}
        return True

    @staticmethod
    def _claim(root: Path) -> None:
        """Make the folder; refuse one that holds something else, so that nobody's files are mixed with ours."""
        if root.exists() and not root.is_dir():
            raise DossierError(f"{root} is a file", "give -o a folder that is empty or not there yet")
        root.mkdir(parents=True, exist_ok=True)
        ours = {"tables", "work", "spill", ".lock"}
        strange = sorted(p.name for p in root.iterdir() if p.name not in ours and not _is_unfinished(p))
        if strange:
            raise DossierError(
                f"{root} is not empty and no dossier (it holds {strange[0]!r})",
                "give -o a folder that is empty or not there yet",
            )

    @staticmethod
    def _load(path: Path) -> Manifest:
        try:
            manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
        except (msgspec.DecodeError, OSError) as error:
            raise DossierError(
                f"{path} cannot be read: {error}", "build the dossier again into a new folder"
            ) from error
        if manifest.format != FORMAT:
            raise DossierError(
                f"{path} is of format {manifest.format}, this program reads format {FORMAT}",
                "build the dossier again into a new folder",
            )
        return manifest

    def read(self, name: str, *, bucket: int | None = None, columns: list[str] | None = None) -> pa.Table:
        """Rows of a table.

        Args:
            name: A table of the design.
            bucket: Only this bucket; None for all, in bucket order.
            columns: Only these columns; None for all.

        Raises:
            DossierError: If a file is missing or damaged.
        """
        files = self._files.get(name, {})
        wanted = sorted(files) if bucket is None else [b for b in (bucket,) if b in files]
        parts = [self._read_file(name, files[b], columns) for b in wanted]
        if not parts:
            return empty(name) if columns is None else empty(name).select(columns)
        return pa.concat_tables(parts).combine_chunks()

    def sql(self, query: str) -> pa.Table:
        """Answer a query in SQL over the tables (`variorum.store.query.answer`)."""
        return answer(query, self.read)

    def committed(self, name: str, *, columns: list[str]) -> pa.Table:
        """Some columns of a table as the last commit left it, whatever was written since."""
        parts = [self._read_file(name, f, columns) for f in self.manifest.tables.get(name, ())]
        return pa.concat_tables(parts) if parts else empty(name).select(columns)

    def _read_file(self, name: str, entry: TableFile, columns: list[str] | None) -> pa.Table:
        at_hand = self._recent.get(name, entry.file)
        if at_hand is None:
            at_hand = self._from_disk(name, entry, columns)
            if columns is None:
                self._recent.put(name, entry.file, at_hand)
        return at_hand if columns is None else at_hand.select(columns)

    def _from_disk(self, name: str, entry: TableFile, columns: list[str] | None) -> pa.Table:
        path = self.root / "tables" / name / entry.file
        wanted = schema(name) if columns is None else pa.schema([schema(name).field(c) for c in columns])
        try:
            threads = entry.rows > _THREADS_FROM
            # `pq.read_table` would set up a dataset first: twice the time for files of a few kilobytes.
            with pq.ParquetFile(path, pre_buffer=False) as file:
                return file.read(columns=columns, use_threads=threads).cast(wanted)
        except (OSError, ValueError, pa.ArrowException) as error:  # ValueError: columns of another version
            raise DossierError(
                f"{path} is missing or damaged", "open the dossier again, or build it again into a new folder"
            ) from error

    def write(self, name: str, bucket: int, table: pa.Table) -> None:
        """Replace one bucket of a table; this store reads it at once, other readers after `commit`.

        The file is named by its content, so the same rows are the same file.
        """
        files = self._files.setdefault(name, {})
        files.pop(bucket, None)
        if not table.num_rows:
            return
        keys = [(c, "ascending") for c in _SORT if c in table.column_names]
        ordered = table.cast(schema(name)).take(pc.sort_indices(table, sort_keys=keys)).combine_chunks()
        sink = pa.BufferOutputStream()
        pq.write_table(ordered, sink, compression="zstd", compression_level=3)
        data = sink.getvalue()
        file = f"{bucket:02d}-{hashlib.blake2b(data, digest_size=10).hexdigest()}.parquet"
        folder = self.root / "tables" / name
        with disk_errors(self.root):
            folder.mkdir(parents=True, exist_ok=True)
            if not (folder / file).exists():
                replace_file(folder / file, data)
        files[bucket] = TableFile(bucket, file, table.num_rows)

    def replace(self, name: str, buckets: Mapping[int, pa.Table]) -> None:
        """Replace a whole table: these buckets, no others."""
        for bucket in set(self._files.get(name, {})) - set(buckets):
            self._files[name].pop(bucket)
        for bucket, table in buckets.items():
            self.write(name, bucket, table)

    def rows(self, name: str) -> int:
        """Number of rows of a table."""
        return sum(f.rows for f in self._files.get(name, {}).values())

    def commit(self, manifest: Manifest) -> None:
        """Make what was written the state of the dossier, in one step, and drop files that no longer count.

        Args:
            manifest: Everything but `tables`, which the store knows.
        """
        names = sorted(
            {n for n, spec in TABLES.items() if spec.kept} | {n for n, f in self._files.items() if f}
        )
        files = {name: self._files.get(name, {}) for name in names}
        tables = {name: tuple(files[name][b] for b in sorted(files[name])) for name in names}
        manifest = msgspec.structs.replace(manifest, tables=tables)
        data = msgspec.json.format(msgspec.json.encode(manifest, order="deterministic"), indent=1)
        with disk_errors(self.root):
            if not (self.root / MANIFEST).exists() or (self.root / MANIFEST).read_bytes() != data:
                replace_file(self.root / MANIFEST, data)
        self.manifest = manifest
        self._collect()

    def _collect(self) -> None:
        for path in filter(_is_unfinished, self.root.iterdir()):
            path.unlink(missing_ok=True)
        for name in TABLES:
            folder = self.root / "tables" / name
            if not folder.is_dir():
                continue
            named = {f.file for f in self.manifest.tables.get(name, ())}
            for path in folder.iterdir():
                if path.name not in named:
                    path.unlink(missing_ok=True)
            if not named:
                folder.rmdir()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the dossier for one writer, as the last one left it.

        Raises:
            DossierError: If another build holds it.
        """
        with disk_errors(self.root):
            handle = os.open(self.root / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if fcntl is not None:
                try:
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    raise DossierError(
                        f"{self.root} is being built by another process", "wait for it to end"
                    ) from None
            self._refresh()  # another build may have ended between our opening and our lock
            yield
        finally:
            os.close(handle)

    @property
    def work(self) -> Path:
        """Folder of unfinished work; emptied by `clear_work`."""
        return self.root / "work"

    def clear_work(self) -> None:
        shutil.rmtree(self.work, ignore_errors=True)

    # Finished batches of document stages, kept until the commit, so that a killed build goes on where it stopped.

    def save_part(self, key: str, tables: Mapping[str, pa.Table]) -> None:
        """Keep the tables of one finished batch under `key`, whole or not at all."""
        target = self.work / key
        made = self.work / f".{key}.{os.getpid()}"
        with disk_errors(self.root):
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir(parents=True, mode=0o700)
            for name, table in tables.items():
                with (
                    pa.OSFile(str(made / f"{name}.arrow"), "wb") as sink,
                    pa.ipc.new_file(sink, table.schema) as writer,
                ):
                    writer.write_table(table)
            shutil.rmtree(target, ignore_errors=True)
            made.rename(target)

    def parts(self) -> list[str]:
        """Keys of the batches kept, sorted; one that a power cut damaged goes, and is made again."""
        if not self.work.is_dir():
            return []
        keys = sorted(p.name for p in self.work.iterdir() if p.is_dir() and not p.name.startswith("."))
        sound = [key for key in keys if self._is_sound(key)]
        for key in set(keys) - set(sound):
            shutil.rmtree(self.work / key, ignore_errors=True)
        return sound

    def _is_sound(self, key: str) -> bool:
        """Whether every file of a batch ends as Arrow files end."""
        try:
            for path in (self.work / key).iterdir():
                with pa.OSFile(str(path), "rb") as source:
                    pa.ipc.open_file(source)
        except (OSError, pa.ArrowException):
            return False
        return True

    def load_part(self, key: str, name: str) -> pa.Table:
        """One table of a kept batch."""
        path = self.work / key / f"{name}.arrow"
        if not path.is_file():
            return empty(name)
        with pa.OSFile(str(path), "rb") as source:
            return pa.ipc.open_file(source).read_all()


def _is_unfinished(path: Path) -> bool:
    """Whether this is a manifest whose writer was killed before it stood."""
    return path.name.startswith(f".{MANIFEST}.")
