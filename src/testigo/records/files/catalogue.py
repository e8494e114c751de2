"""The catalogue of areas, from GeoJSON (with outlines) or from a table (without)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.core import Area, AreaCatalogue
from testigo.records.files.cell_text import text_of
from testigo.records.files.encoding import decode_text
from testigo.records.files.file_bytes import file_bytes
from testigo.records.files.outlines import check_outline
from testigo.records.files.refusals import refuse
from testigo.records.files.strict_tables import read_strict_table
from testigo.records.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from testigo.core import AreaLevel, Text

_NAMES_SHOWN: Final = 20


@dataclass(frozen=True, slots=True)
class _Entry:
    row: int
    cells: Mapping[str, str | None]  # by folded name
    outline: Mapping[str, object] | None = None


def open_catalogue(whole: Area, level_names: Mapping[AreaLevel, Text]) -> AreaCatalogue:
    """Return the catalogue of an observatory without list of areas: any area text is an area.

    Parameters
    ----------
    whole
        All that the observatory looks at.
    level_names
        What people call each level.
    """
    return AreaCatalogue({whole.code: whole}, level_names, closed=False)


def read_catalogue(
    path: Path,
    *,
    code: str,
    name: str,
    parent: str | None,
    parent_name: str | None,
    whole: Area,
    level_names: Mapping[AreaLevel, Text],
    sha256: str | None = None,
) -> AreaCatalogue:
    """Read the list of areas; codes stay text, with their leading zeros.

    Parameters
    ----------
    path
        GeoJSON, or a table in any format that `read_table` knows.
    code, name, parent, parent_name
        Columns or properties, compared after folding. Without `parent`, areas belong to the
        whole; without `parent_name`, larger areas are called by their code.
    whole
        All that the observatory looks at; it is added to the areas.
    level_names
        What people call each level.
    sha256
        Of the bytes that are meant; None: whatever they are.

    Raises
    ------
    InputFileError
        When a column is missing, a code is blank, repeated or used on two levels, a larger
        area has two names, or an outline is not in WGS84.
    """
    wanted = {"code": code, "name": name, "parent": parent, "parent_name": parent_name}
    columns = {key: column for key, column in wanted.items() if column is not None}
    data = file_bytes(path, sha256)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        entries = _features(data, columns, path)
    else:
        entries = _table_rows(path, columns, sha256)
    if not entries:
        raise refuse(path, "no_areas")
    rows = [_row(entry, columns, path) for entry in entries]
    areas = _areas(rows, whole, path)
    outlines = {row.code: row.outline for row in rows if row.outline is not None}
    for area_code, outline in outlines.items():
        check_outline(outline, area_code, path)
    return AreaCatalogue(areas, level_names, outlines)


def _features(data: bytes, columns: Mapping[str, str], path: Path) -> list[_Entry]:
    text = decode_text(data, declared=None, file=path).data
    try:
        features = json.loads(text)["features"]
        entries = [
            _Entry(
                row,
                {fold(key): text_of(value) for key, value in feature["properties"].items()},
                feature.get("geometry"),
            )
            for row, feature in enumerate(features, start=1)
        ]
        there = dict.fromkeys(key for feature in features for key in feature["properties"])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise refuse(path, "not_geojson") from None
    if entries:
        _check_properties(columns, list(there), path)
    return entries


def _table_rows(path: Path, columns: Mapping[str, str], sha256: str | None) -> list[_Entry]:
    table = read_strict_table(path, tuple(columns.values()), footers=True, sha256=sha256)
    return [
        _Entry(row, {fold(name): text or None for name, text in line.items()})
        for row, line in table.lines()
    ]


def _check_properties(columns: Mapping[str, str], there: Sequence[str], path: Path) -> None:
    known = set(map(fold, there))
    for key, column in columns.items():
        if fold(column) not in known:
            shown = ", ".join(there[:_NAMES_SHOWN])
            raise refuse(path, "no_property", given=column, there=shown, key=key)


@dataclass(frozen=True, slots=True)
class _Row:
    row: int
    code: str
    name: str
    parent: str | None
    parent_name: str | None
    outline: Mapping[str, object] | None


def _row(entry: _Entry, columns: Mapping[str, str], path: Path) -> _Row:
    values: dict[str, str] = {}
    for key, column in columns.items():
        value = entry.cells.get(fold(column))
        if value is None:
            raise refuse(path, "blank_code", row=entry.row, key=key)
        values[key] = " ".join(value.split())
    return _Row(
        entry.row,
        values["code"],
        values["name"],
        values.get("parent"),
        values.get("parent_name"),
        entry.outline,
    )


def _areas(rows: Iterable[_Row], whole: Area, path: Path) -> dict[str, Area]:
    areas: dict[str, Area] = {}
    seen: dict[str, int] = {}
    parents: dict[str, str] = {}
    for row in rows:
        if row.code in seen:
            first = seen[row.code]
            raise refuse(path, "repeated_code", code=row.code, first=first, second=row.row)
        seen[row.code] = row.row
        areas[row.code] = Area(row.code, row.name, "area", row.parent or whole.code)
        if row.parent is not None:
            called = parents.setdefault(row.parent, row.parent_name or row.parent)
            _check_same_name(called, row, path)
    larger = {code: Area(code, name, "parent", whole.code) for code, name in parents.items()}
    for code in (*larger, whole.code):
        if code in areas or (code == whole.code and code in larger):
            raise refuse(path, "code_of_two_levels", code=code)
    return areas | larger | {whole.code: whole}


def _check_same_name(called: str, row: _Row, path: Path) -> None:
    given = row.parent_name or called
    if fold(given) != fold(called):
        raise refuse(path, "two_parent_names", code=row.parent, first=called, second=given)
