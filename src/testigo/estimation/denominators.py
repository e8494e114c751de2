"""How much of a denominator is missing where it is the sum of the areas below."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from testigo.core import AREA_LEVELS, UNKNOWN_MARK, YEAR_LETTERS, tuples_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ROUNDING: Final = 1e-9
_COLUMNS: Final = pa.schema(
    [
        ("source", pa.string()),
        ("population_series", pa.string()),
        ("area_level", pa.string()),
        ("area", pa.string()),
        ("year", pa.int64()),
        ("missing_share", pa.float64()),
    ]
)


@dataclass(frozen=True, slots=True)
class _Holder:
    """What a series says of one area in one year."""

    parent: str | None
    is_sum: bool  # of named areas, so that victims elsewhere have no residents
    known_share: float


_Counted = dict[str, dict[str, int]]  # level, area: victims
_Levels = dict[str, dict[str, _Holder]]  # level, area: residents
_Row = tuple[Any, ...]


def _by_level() -> dict[str, dict[str, Any]]:
    return {level: {} for level in AREA_LEVELS}


def missing_shares(rows: pa.Table, people: pa.Table) -> pa.Table:
    """Say, for each source, series, area and year, which share has no denominator.

    Two things show that a sum of residents is not whole: areas that the series had before and
    has no longer (`known_share`), and victims in areas without residents. The larger share of
    the two is given. A municipality that was founded later had no residents of its own before,
    so that its absence alone says nothing.

    Parameters
    ----------
    rows
        Columns source, area_level, area, year, period, victims; months are not looked at.
    people
        Columns `POPULATION` for all sexes and ages.

    Returns
    -------
    pyarrow.Table
        Columns source, population_series, area_level, area, year, missing_share; only where
        something is missing.
    """
    victims: defaultdict[tuple[str, int], _Counted] = defaultdict(_by_level)
    for source, year, level, area, count, _ in _years(rows):
        victims[source, year][level][area] = count
    held: defaultdict[int, defaultdict[str, _Levels]] = defaultdict(lambda: defaultdict(_by_level))
    names = ("year", "population_series", "area_level", "area", "parent", "basis", "known_share")
    for year, series, level, area, parent, basis, share in tuples_of(people, names):
        held[year][series][level][area] = _Holder(parent, basis == "sum", share)
    found = [
        (source, series, level, area, year, share)
        for (source, year), counted in victims.items()
        for series, levels in held[year].items()
        for level, area, share in _shares(counted, levels)
        if share > _ROUNDING
    ]
    columns = zip(*found, strict=True) if found else [[] for _ in _COLUMNS]
    return pa.table([list(column) for column in columns], schema=_COLUMNS)


def _years(rows: pa.Table) -> Iterator[_Row]:
    names = ("source", "year", "area_level", "area", "victims", "period")
    return (row for row in tuples_of(rows, names) if len(row[-1]) == YEAR_LETTERS)


def _shares(counted: _Counted, levels: _Levels) -> Iterator[tuple[str, str, float]]:
    """Give the missing share of each area that the series has."""
    covered = {"area": counted["area"], "parent": _in_parents(counted, levels)}
    covered["whole"] = _in_whole(counted, levels, covered["parent"])
    for level, holders in levels.items():
        for code, holder in holders.items():
            victims = counted[level].get(code, 0)
            lost = (victims - covered[level].get(code, 0)) / victims if victims else 0.0
            yield level, code, max(lost, 1 - holder.known_share)


def _in_parents(counted: _Counted, levels: _Levels) -> dict[str, int]:
    """Victims of each parent who are in areas with residents, or in no known area."""
    below: defaultdict[str, int] = defaultdict(int)
    for code, holder in levels["area"].items():
        below[holder.parent or ""] += counted["area"].get(code, 0)
    for code, victims in counted["area"].items():
        if code.startswith(UNKNOWN_MARK):
            below[code.removeprefix(UNKNOWN_MARK)] += victims
    return {
        code: below[code] if holder.is_sum and counted["area"] else counted["parent"].get(code, 0)
        for code, holder in levels["parent"].items()
    }


def _in_whole(counted: _Counted, levels: _Levels, in_parents: Mapping[str, int]) -> dict[str, int]:
    """Victims of the whole who are in areas with residents, or in no known area."""
    level, covered = ("parent", in_parents) if levels["parent"] else ("area", counted["area"])
    told = counted[level]
    below = sum(covered.get(code, 0) for code in levels[level])
    below += sum(victims for code, victims in told.items() if code.startswith(UNKNOWN_MARK))
    return {
        code: below if holder.is_sum and told else counted["whole"].get(code, 0)
        for code, holder in levels["whole"].items()
    }
