"""Whether the outline of an area can be drawn: a GeoJSON surface in degrees."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from testigo.records.refusals import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

_DEPTH: Final = {"Polygon": 2, "MultiPolygon": 3}  # lists around a position
_FURTHEST_EAST, _FURTHEST_NORTH = 180.0, 90.0


def check_outline(outline: Mapping[str, object], code: str, file: object) -> None:
    """Refuse an outline that is no surface, or not in longitude and latitude.

    Only the first position is looked at: what is projected is projected throughout.

    Raises
    ------
    InputFileError
        Naming the area.
    """
    if not _is_surface_in_degrees(outline):
        raise refuse(file, "not_wgs84", code=code)


def _is_surface_in_degrees(outline: object) -> bool:
    if not isinstance(outline, dict) or outline.get("type") not in _DEPTH:
        return False
    inner = outline.get("coordinates")
    for _ in range(_DEPTH[outline["type"]]):
        if not isinstance(inner, list) or not inner:
            return False
        inner = inner[0]
    if not isinstance(inner, list) or len(inner) < 2:  # noqa: PLR2004  # longitude, latitude
        return False
    east, north = inner[:2]
    numbers = isinstance(east, int | float) and isinstance(north, int | float)
    return numbers and math.fabs(east) <= _FURTHEST_EAST and math.fabs(north) <= _FURTHEST_NORTH
