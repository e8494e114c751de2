"""Shared by the tests of the records room."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from testigo.core import Area, AreaCatalogue, Text
from testigo.records import Delivery, HandTables, Ingested, RawTable, Source, ingest, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., RawTable]:
    """Write what was delivered to a file and read it."""

    def write_and_read(content: str | bytes, name: str = "police.csv", **asked: object) -> RawTable:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_table(path, **asked)

    return write_and_read


@pytest.fixture(scope="session")
def catalogue() -> AreaCatalogue:
    """Two departments with five municipalities."""
    names = {"05001": "Medellín", "05030": "Amagá", "05212": "Copacabana", "76001": "Cali"}
    names["76109"] = "Buenaventura"
    parents = {"05": "Antioquia", "76": "Valle del Cauca"}
    areas = [Area("CO", "Colombia", "whole", None)]
    areas += [Area(code, name, "parent", "CO") for code, name in parents.items()]
    areas += [Area(code, name, "area", code[:2]) for code, name in names.items()]
    return AreaCatalogue({area.code: area for area in areas})


@pytest.fixture
def take_in(tmp_path: Path, catalogue: AreaCatalogue) -> Callable[..., Ingested]:
    """Write deliveries, describe them as a source, and ingest them.

    Tallies with the columns date, dept, town and count, unless told otherwise.
    """

    def write_and_ingest(
        content: str | Mapping[str, str],
        *,
        kind: str = "tallies",
        columns: Mapping[str, str] | None = None,
        hand: HandTables | None = None,
        areas: AreaCatalogue = catalogue,
        **attributes: object,
    ) -> Ingested:
        if columns is None:
            columns = {"date": "date", "parent_name": "dept", "area_name": "town"}
            columns |= {"value": "count"} if kind == "tallies" else {}
        files = {"police.csv": content} if isinstance(content, str) else content
        deliveries = []
        for name, text in files.items():
            path = tmp_path / name
            path.write_text(text, encoding="utf-8", newline="")
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            deliveries.append(Delivery(path, f"sources/{name}", digest))
        name = Text(es="Policía", en="Police")
        source = Source("police", name, kind, "criminal_justice", ("*.csv",), columns, **attributes)
        return ingest(source, deliveries, areas, hand or HandTables())

    return write_and_ingest


@pytest.fixture
def reasons() -> Callable[..., dict[int, str]]:
    """Row number to the reason why the row was set aside."""

    def of(ingested: Ingested) -> dict[int, str]:
        aside = ingested.set_aside
        return dict(zip(aside["row"].to_pylist(), aside["reason"].to_pylist(), strict=True))

    return of


@pytest.fixture
def flags() -> Callable[..., set[tuple[int, str, str]]]:
    """Row number, reason and column of every flag."""

    def of(ingested: Ingested) -> set[tuple[int, str, str]]:
        lines = ingested.flags.select(["row", "reason", "column"]).to_pylist()
        return {tuple(line.values()) for line in lines}

    return of
