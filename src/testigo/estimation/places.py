"""Places of a population table, found in the catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import UNKNOWN_MARK, InputFileError, Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.core import AreaCatalogue, AreaLevel
    from testigo.estimation.file_columns import FileColumns

_WHOLE_NUMBER: Final = re.compile(r"(\d+)(?:\.0+)?")
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Places:
    """Where the rows of a table lie.

    Attributes
    ----------
    codes, place
        Distinct codes, and which of them each row has, shape (row,).
    levels, parents
        Of each code; the whole has no parent.
    """

    codes: tuple[str, ...]
    place: NDArray[np.int64]
    levels: Mapping[str, AreaLevel]
    parents: Mapping[str, str | None]


class _Gazetteer:
    """Finds codes by code, by number without its leading zeros, or by name."""

    def __init__(self, catalogue: AreaCatalogue) -> None:
        from testigo.records import fold

        self.fold = fold
        self.catalogue = catalogue
        self.numbers: dict[tuple[AreaLevel, int], str] = {}
        self.names: dict[tuple[AreaLevel, str, str | None], set[str]] = {}
        for area in catalogue.areas.values():
            if area.code.isdigit():
                self.numbers[area.level, int(area.code)] = area.code
            for parent in {area.parent, None}:
                self.names.setdefault((area.level, fold(area.name), parent), set()).add(area.code)

    def find(self, text: str, level: AreaLevel, parent: str | None = None) -> str | None:
        """Give the one code that a text means at a level, or None."""
        text = text.strip()
        if text in self.catalogue.areas:
            return text
        number = _WHOLE_NUMBER.fullmatch(text)
        if number and (level, int(number[1])) in self.numbers:
            return self.numbers[level, int(number[1])]
        named = self.names.get((level, self.fold(text), parent), set())
        return next(iter(named)) if len(named) == 1 else None

    def resolve(self, area: str | None, parent: str | None) -> str | None:
        """Give the code of a row: of its area, or `?` and its parent's; None: unknown."""
        within = None if parent is None else self.find(parent, "parent")
        if area is None:
            return within or (None if parent is None else self.find(parent, "whole"))
        levels: tuple[AreaLevel, ...] = ("area", "parent", "whole")
        found = (self.find(area, each, within if each == "area" else None) for each in levels)
        code = next((each for each in found if each is not None), None)
        if code is None and within is not None:
            return UNKNOWN_MARK + within
        return code


def find_places(
    delivered: FileColumns, area: str | None, parent: str | None, catalogue: AreaCatalogue
) -> Places:
    """Find the place of every row.

    Parameters
    ----------
    delivered
        The table.
    area, parent
        Names of its columns; None: it has none. Without both, all rows are about the whole.

    Raises
    ------
    InputFileError
        When the catalogue lacks a place, with the first rows.
    """
    rows = len(delivered.rows)
    whole = catalogue.whole.code
    if area is None and parent is None:
        return Places((whole,), np.zeros(rows, np.int64), {whole: "whole"}, {whole: None})
    areas, area_place = _texts(delivered, area)
    parents, parent_place = _texts(delivered, parent)
    pairs, pair = np.unique(area_place * len(parents) + parent_place, return_inverse=True)
    gazetteer = _Gazetteer(catalogue)
    levels: dict[str, AreaLevel] = {}
    above: dict[str, str | None] = {}
    codes: list[str] = []
    unknown: list[int] = []
    for number, each in enumerate(pairs):
        texts = areas[each // len(parents)], parents[each % len(parents)]
        code = gazetteer.resolve(*texts)
        if code is None and not catalogue.closed:
            code = (texts[0] or texts[1] or "").strip() or None
        if code is None:
            unknown.append(number)
            continue
        codes.append(code)
        levels[code], above[code] = _standing(code, catalogue)
    if unknown:
        _refuse(delivered, area or parent or "", np.flatnonzero(np.isin(pair, unknown)))
    distinct = tuple(dict.fromkeys(codes))
    position = {code: number for number, code in enumerate(distinct)}
    place = np.array([position[code] for code in codes], dtype=np.int64)[pair]
    return Places(distinct, place, levels, above)


def _texts(
    delivered: FileColumns, column: str | None
) -> tuple[list[str | None], NDArray[np.int64]]:
    if column is None:
        return [None], np.zeros(len(delivered.rows), np.int64)
    return delivered.distinct(column)


def _standing(code: str, catalogue: AreaCatalogue) -> tuple[AreaLevel, str | None]:
    if code.startswith(UNKNOWN_MARK):
        return "area", code.removeprefix(UNKNOWN_MARK)
    known = catalogue.areas.get(code)
    if known is None:
        return "area", catalogue.whole.code
    if known.level == "whole":
        return "whole", None
    return known.level, known.parent or catalogue.whole.code


def _refuse(delivered: FileColumns, column: str, where: NDArray[np.int64]) -> None:
    given = delivered.texts(column)
    shown = [
        f"{given[int(index)].as_py()!r} ({int(delivered.rows[index])})" for index in where[:_SHOWN]
    ]
    raise InputFileError(
        Message(
            "{file}: {count} rows name a place that the catalogue of areas lacks; the first, "
            "with their rows: {places}.",
            {"file": delivered.name, "count": len(where), "places": ", ".join(shown)},
        ),
        Message(
            "Correct the code, add the area to the catalogue, or name the column of its parent "
            "so that its residents count there."
        ),
    )
