"""The areas a figure can be about: a catalogue of three levels.

`area` is the finest unit (a municipality, a neighbourhood), `parent` holds several of them
(a state, a district), `whole` is all the observatory looks at. A code is unique across levels.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal, get_args

from testigo.core.messages import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

AreaLevel = Literal["area", "parent", "whole"]
AREA_LEVELS: Final[tuple[AreaLevel, ...]] = get_args(AreaLevel)
UNKNOWN_MARK: Final = "?"
"""An area or a period that nobody knows; before the code of a parent: somewhere in it."""


@dataclass(frozen=True, slots=True)
class Area:
    """One place.

    Attributes
    ----------
    code, name
        As the catalogue writes them.
    level
        `area`, `parent` or `whole`.
    parent
        Code of the area one level up; None for the whole.
    """

    code: str
    name: str
    level: AreaLevel
    parent: str | None


@dataclass(frozen=True, slots=True)
class AreaCatalogue:
    """Every area of an observatory, and the outlines where there are any.

    Attributes
    ----------
    areas
        By code; the one of level `whole` is always there.
    level_names
        What people call each level, for instance municipio / municipality.
    outlines
        GeoJSON geometries (WGS84) by code of level `area`; empty without geometry.
    closed
        Whether a place that is not listed is an error (a catalogue was given) or simply
        a new area (no catalogue: area texts are used as they are).
    """

    areas: Mapping[str, Area]
    level_names: Mapping[AreaLevel, Text] = field(default_factory=lambda: DEFAULT_LEVEL_NAMES)
    outlines: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    closed: bool = True

    @property
    def whole(self) -> Area:
        """The area that holds all others."""
        return next(area for area in self.areas.values() if area.level == "whole")

    def of_level(self, level: AreaLevel) -> tuple[Area, ...]:
        """Areas of one level, by code."""
        chosen = (area for area in self.areas.values() if area.level == level)
        return tuple(sorted(chosen, key=lambda area: area.code))


DEFAULT_LEVEL_NAMES: Final[Mapping[AreaLevel, Text]] = {
    "area": Text(es="área", en="area"),
    "parent": Text(es="región", en="region"),
    "whole": Text(es="total", en="total"),
}
