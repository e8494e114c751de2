"""Whether the outline of an area can be drawn: a GeoJSON surface in degrees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.records.files.refusals import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEPTHS: Final = {"Polygon": 2, "MultiPolygon": 3}  # lists around a position
_FURTHEST_EAST, _FURTHEST_NORTH = 180.0, 90.0


def check_outline(outline: Mapping[str, object], code: str, file: object) -> None:
    """Refuse an outline that is no surface, or not in longitude and latitude.

    Raises
    ------
    InputFileError
        Naming the area.
    """
    kind = outline.get("type") if isinstance(outline, dict) else None
    depth = _DEPTHS.get(kind) if isinstance(kind, str) else None
    if depth is None or not _are_positions(outline.get("coordinates"), depth):
        raise refuse(file, "not_wgs84", code=code)


def _are_positions(nested: object, depth: int) -> bool:
    if not isinstance(nested, list) or not nested:
        return False
    if depth:
        return all(_are_positions(inner, depth - 1) for inner in nested)
    return (
        len(nested) > 1
        and _within(nested[0], _FURTHEST_EAST)
        and _within(nested[1], _FURTHEST_NORTH)
    )


def _within(degrees: object, limit: float) -> bool:
    if isinstance(degrees, bool) or not isinstance(degrees, int | float):
        return False
    return -limit <= degrees <= limit
