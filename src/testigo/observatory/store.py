"""The private store of an observatory: what each step made, kept by the hash of what went in.

`store/steps.json` names, for each step, the key (inputs, options and code, hashed) and the tables
it made; the tables lie in `store/tables/` as Parquet, named by their own hash. A step whose key
is unchanged is not run again. Everything is written to a temporary name and renamed, so a killed
run leaves the store as it was.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from testigo.core import Message, Speaking, StorageError
from testigo.observatory.kept_notes import pack_note, unpack_note
from testigo.publication import told_as_storage_error, write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

MANIFEST: Final = "steps.json"
BLOCK: Final = 1 << 20  # bytes read at a time when a file is hashed


@dataclass(frozen=True, slots=True)
class Made:
    """What one step made.

    Attributes
    ----------
    key
        Hash of all that went in.
    tables
        Name to the hash under which the table lies.
    notes
        What was found by looking.
    seconds
        How long it took.
    """

    key: str
    tables: Mapping[str, str]
    notes: tuple[Speaking, ...] = ()
    seconds: float = 0.0


@dataclass(slots=True)
class Store:
    """The folder `store/` of one observatory, opened by one run at a time."""

    folder: Path
    made: dict[str, Made] = field(default_factory=dict)

    def holds(self, step: str, key: str) -> bool:
        """Whether the step was run with exactly these inputs and its tables are still there."""
        made = self.made.get(step)
        return (
            made is not None
            and made.key == key
            and all(self._path(content).is_file() for content in made.tables.values())
        )

    def path(self, step: str, table: str) -> Path:
        """Where a table of a step lies."""
        return self._path(self.made[step].tables[table])

    def table(self, step: str, table: str) -> pa.Table:
        """Read one table of a step."""
        with pq.ParquetFile(self.path(step, table)) as file:
            return file.read()

    def former(self, step: str, table: str) -> pa.Table | None:
        """Read what an earlier run made, whatever went into it; None when there is nothing."""
        made = self.made.get(step)
        if made is None or table not in made.tables or not self.path(step, table).is_file():
            return None
        return self.table(step, table)

    def show(self, step: str, table: str, name: str) -> None:
        """Put a table under a name of its own beside the others, for those who look for it."""
        path = self.folder / name
        if not path.is_file() or hash_of_file(path) != self.made[step].tables[table]:
            write_bytes(path, self.path(step, table).read_bytes())

    def notes(self, step: str) -> tuple[Speaking, ...]:
        """Return what a step found by looking."""
        return self.made[step].notes

    def keep(
        self,
        step: str,
        key: str,
        tables: Mapping[str, pa.Table],
        *,
        notes: Sequence[Speaking] = (),
        seconds: float = 0.0,
    ) -> None:
        """Write the tables of a step, then its line in the manifest."""
        with told_as_storage_error(self.folder):
            hashes = {name: self._write(table) for name, table in tables.items()}
            self.made[step] = Made(key, hashes, tuple(notes), seconds)
            write_bytes(self.folder / MANIFEST, _manifest_text(self.made).encode())

    def forget_unused(self) -> None:
        """Remove the tables that no step names any more."""
        used = {content for made in self.made.values() for content in made.tables.values()}
        for path in (self.folder / "tables").glob("*.parquet"):
            if path.stem not in used:
                path.unlink(missing_ok=True)

    def _path(self, content: str) -> Path:
        return self.folder / "tables" / f"{content}.parquet"

    def _write(self, table: pa.Table) -> str:
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd", store_schema=False)
        content = sink.getvalue()
        name = hashlib.sha256(content).hexdigest()
        path = self._path(name)
        if not path.is_file():
            write_bytes(path, content)
        return name


@contextmanager
def open_store(folder: Path) -> Iterator[Store]:
    """Open `store/` for one run; another run at work is a `StorageError`."""
    from filelock import FileLock, Timeout

    place = folder / "store"
    with told_as_storage_error(place):
        (place / "tables").mkdir(parents=True, exist_ok=True)
        lock = FileLock(place / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise StorageError(
                Message("Another run is at work in {folder}.", {"folder": folder}),
                Message("Wait until it has ended, then run again."),
            ) from None
    try:
        yield Store(place, _read_manifest(place / MANIFEST))
    finally:
        lock.release()


def read_store(folder: Path) -> Store:
    """Open `store/` to read what the last run left."""
    place = folder / "store"
    return Store(place, _read_manifest(place / MANIFEST))


def _read_manifest(path: Path) -> dict[str, Made]:
    """Read what is known of earlier runs; a broken manifest only means that all is run again."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {
            step: Made(
                made["key"],
                made["tables"],
                tuple(map(unpack_note, made["notes"])),
                made["seconds"],
            )
            for step, made in content.items()
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _manifest_text(made: Mapping[str, Made]) -> str:
    content = {
        step: {
            "key": one.key,
            "tables": dict(one.tables),
            "notes": [pack_note(note) for note in one.notes],
            "seconds": round(one.seconds, 3),
        }
        for step, one in made.items()
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def hash_of_file(path: Path) -> str:
    """SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def hash_of(*parts: object) -> str:
    """SHA-256 over the written form of any number of parts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(repr(part).encode())
        digest.update(b"\0")
    return digest.hexdigest()


@cache
def code_version() -> str:
    """Hash of the program's own text: a step made by other code is run again."""
    package = Path(str(files("testigo")))
    parts = sorted(
        path
        for pattern in ("**/*.py", "**/*.po", "**/*.j2", "**/*.html", "**/*.css")
        for path in package.glob(pattern)
        if "examples" not in path.parts
    )
    return hash_of(*(hash_of_file(path) for path in parts))
