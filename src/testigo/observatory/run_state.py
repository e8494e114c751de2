"""One run of an observatory: its configuration, its store, and the keys it has reached."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from testigo.core import Area, InputFileError, Message
from testigo.estimation import read_overlaps
from testigo.observatory.engines import DuckDB
from testigo.observatory.overlap_sources import check_lists
from testigo.observatory.store import code_version, hash_of, hash_of_file
from testigo.records import (
    Ingested,
    find_deliveries,
    open_catalogue,
    read_catalogue,
    read_hand_tables,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    import ibis
    import pyarrow as pa

    from testigo.core import AreaCatalogue, Speaking
    from testigo.estimation import CaptureHistories, OverlapFile
    from testigo.observatory.engines import Engine
    from testigo.observatory.model import Configuration, Progress
    from testigo.observatory.store import Store
    from testigo.records import Delivery, HandTables, Source

    Maker = Callable[[], tuple[Mapping[str, pa.Table], Sequence[Speaking]]]

INGESTED_TABLES: Final = ("accepted", "set_aside", "flags", "deliveries", "unmatched_places")


@dataclass
class RunState:
    """What the steps of one run share.

    Attributes
    ----------
    keys
        The current key of each step that this run has reached.
    skipped, seconds
        Steps that were unchanged; seconds of each step that worked.
    day
        The day of the run: what is dated later cannot have happened.
    engine
        Meets every row; changes no table.
    """

    configuration: Configuration
    store: Store
    progress: Progress
    keys: dict[str, str] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    day: date = field(default_factory=lambda: datetime.now(tz=UTC).date())
    engine: Engine = field(default_factory=DuckDB)

    def make(self, step: str, parts: Sequence[object], maker: Maker) -> None:
        """Run one step, unless the same parts went into it the last time."""
        key = hash_of(step, code_version(), *parts)
        self.keys[step] = key
        if self.store.holds(step, key):
            self.skipped.append(step)
            return
        with self.timed(step):
            tables, notes = maker()
        self.store.keep(step, key, tables, notes=notes, seconds=self.seconds[step])

    @contextmanager
    def timed(self, step: str) -> Iterator[None]:
        """Take the time of a step that works."""
        started = time.perf_counter()
        yield
        self.seconds[step] = time.perf_counter() - started

    @cached_property
    def deliveries(self) -> Mapping[str, tuple[Delivery, ...]]:
        """Delivered files of each source, by its id."""
        folder = self.configuration.folder
        return {source.id: find_deliveries(source, folder) for source in self.configuration.sources}

    @cached_property
    def overlap_file(self) -> OverlapFile | None:
        """The table of overlaps that testigo.toml names, and what to say of it.

        Raises
        ------
        InputFileError, ConfigurationError
            When it is not there or cannot be meant; when a list of kind overlaps is not in it, or
            sources are of that kind and a list of it is none of them.
        """
        given = self.configuration.estimation
        if given is None or given.file is None:
            return None
        found = read_overlaps(self.input_path("estimation.file", given.file))
        check_lists(found.lists, self.configuration.sources, file=given.file)
        return found

    @property
    def overlaps(self) -> tuple[CaptureHistories, ...]:
        """Its people by stratum; empty without one."""
        return self.overlap_file.tables if self.overlap_file else ()

    @cached_property
    def catalogue(self) -> AreaCatalogue:
        """The areas; read only when a step needs them."""
        given = self.configuration
        whole = Area(given.whole_code, given.whole_name, "whole", None)
        if given.areas is None:
            return open_catalogue(whole, given.level_names)
        return read_catalogue(
            self.input_path("areas.file", given.areas.file),
            code=given.areas.code,
            name=given.areas.name,
            parent=given.areas.parent,
            parent_name=given.areas.parent_name,
            whole=whole,
            level_names=given.level_names,
            sha256=self.areas_content,
        )

    @cached_property
    def areas_content(self) -> str | None:
        """Hash of the catalogue's file, if there is one."""
        areas = self.configuration.areas
        return None if areas is None else hash_of_file(self.input_path("areas.file", areas.file))

    @cached_property
    def areas_key(self) -> str:
        """Hash of the catalogue's file and of how it is read."""
        given = self.configuration
        return hash_of(
            self.areas_content, given.areas, given.whole_code, given.whole_name, given.level_names
        )

    @cached_property
    def hand(self) -> HandTables:
        """Place aliases and code maps."""
        return read_hand_tables(self.configuration.folder / "hand")

    def hand_key(self, *names: str) -> str:
        """Hash of some files of hand/; an absent one counts as absent."""
        paths = [self.configuration.folder / "hand" / name for name in names]
        return hash_of(*(hash_of_file(path) if path.is_file() else None for path in paths))

    def input_path(self, key: str, given: str) -> Path:
        """Path of a file that testigo.toml names; refused when it is not there."""
        folder = self.configuration.folder.resolve()
        path = self.configuration.folder / given
        if not path.resolve().is_relative_to(folder):
            raise InputFileError(
                Message("{key}: {file} leaves the folder of the observatory.",
                        {"key": key, "file": given}),
                Message("Copy the file into the folder and name it from there, with / between."),
            )  # fmt: skip
        if not path.is_file():
            raise InputFileError(
                Message("{key}: there is no file {file}.", {"key": key, "file": given}),
                Message("Put it into the observatory's folder, or mend the name in testigo.toml."),
            )
        return path

    def ingested(self, source: Source) -> Ingested:
        """Return what became of one source, from the store."""
        step = ingest_step(source)
        tables = {name: self.store.table(step, name) for name in INGESTED_TABLES}
        return Ingested(source=source, **tables, notes=self.store.notes(step))

    @cached_property
    def accepted(self) -> ibis.Table:
        """Accepted rows of all sources, as one table of the engine."""
        return self.engine.read(
            [
                self.store.path(ingest_step(source), "accepted")
                for source in self.configuration.sources
            ]
        )


def ingest_step(source: Source) -> str:
    """Name of the step that ingests one source."""
    return f"ingest:{source.id}"
