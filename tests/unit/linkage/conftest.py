"""Drawn tables: a small picture of records, with the victim and the incident that they speak of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pytest

from testigo.linkage import Linked, link_victims

_TYPES = {
    "source": pa.string(),
    "id": pa.string(),
    "given_names": pa.string(),
    "surnames": pa.string(),
    "full_name": pa.string(),
    "sex": pa.string(),
    "age": pa.int64(),
    "age_group": pa.string(),
    "date": pa.date32(),
    "date_precision": pa.string(),
    "hour": pa.int64(),
    "area": pa.string(),
    "parent": pa.string(),
    "place": pa.string(),
    "lat": pa.float64(),
    "lon": pa.float64(),
    "weapon": pa.string(),
}
_DEFAULTS = {
    "sex": "male",
    "date": "2021-05-14",
    "area": "El Roble",
    "parent": "Valle",
    "weapon": "arma de fuego",
}


@dataclass(frozen=True)
class Drawing:
    """Records in the order drawn, and the victim and incident of each."""

    accepted: pa.Table
    victims: list[str]
    incidents: list[str]

    def linked(self, **options: object) -> Linked:
        lists = set(self.accepted["source"].to_pylist())
        return link_victims(self.accepted, lists, **options)


def _value(name: str, text: str) -> object:
    if text == "":
        return None
    if pa.types.is_integer(_TYPES[name]):
        return int(text)
    if pa.types.is_floating(_TYPES[name]):
        return float(text)
    return dt.date.fromisoformat(text) if name == "date" else text


def _drawn(picture: str, **shared: str) -> Drawing:
    lines = [[cell.strip() for cell in line.split("|")] for line in picture.strip().splitlines()]
    header, rows = lines[0], lines[1:]
    records = []
    for number, cells in enumerate(rows):
        given = dict(zip(header, cells, strict=True))
        values = {**_DEFAULTS, **shared, "id": f"r{number}", **given}
        records.append({name: _value(name, values.get(name, "")) for name in _TYPES})
    victims = [row[header.index("victim")] for row in rows]
    incidents = [row[header.index("incident")] if "incident" in header else "" for row in rows]
    return Drawing(pa.Table.from_pylist(records, pa.schema(_TYPES)), victims, incidents)


@pytest.fixture
def draw() -> Callable[..., Drawing]:
    """Turn a picture into records; what is not drawn is the same in every record."""
    return _drawn


def as_partition(labels: list[object]) -> set[frozenset[int]]:
    """Return the groups of positions that share a label."""
    groups: dict[object, set[int]] = {}
    for position, label in enumerate(labels):
        groups.setdefault(label, set()).add(position)
    return {frozenset(group) for group in groups.values()}


def in_drawn_order(linked: Linked, column: str) -> list[str]:
    """Return a column of the links in the order of the drawing."""
    by_id = dict(
        zip(
            linked.links["source_record_id"].to_pylist(),
            linked.links[column].to_pylist(),
            strict=True,
        )
    )
    return [by_id[f"r{number}"] for number in range(len(by_id))]
