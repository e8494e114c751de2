"""Columns that tables of several rooms have: the same word means the same thing everywhere."""

from __future__ import annotations

from typing import Final

from testigo.core.areas import AREA_LEVELS
from testigo.core.messages import Message
from testigo.core.tables import Column

SOURCE_COLUMN: Final = Column(
    "source", "text", Message("source"), Message("Id of the source, as in testigo.toml.")
)
AREA_COLUMN: Final = Column(
    "area", "text", Message("area"), Message("Code of the area in the catalogue.")
)
AREA_OR_UNKNOWN_COLUMN: Final = Column(
    "area",
    "text",
    Message("area"),
    Message("Code in the catalogue; `?` and the parent's code when the area is unknown."),
)
AREA_LEVEL_COLUMN: Final = Column(
    "area_level",
    "text",
    Message("area level"),
    Message("Whether the area is a smallest area, its parent, or the whole territory."),
    allowed=AREA_LEVELS,
)
PARENT_COLUMN: Final = Column(
    "parent",
    "text",
    Message("parent"),
    Message("Code one level up in the catalogue; blank for the whole."),
    required=False,
)
PERIOD_COLUMN: Final = Column(
    "period", "text", Message("period"), Message("Year (2020) or month (2020-03), the ISO way.")
)
