"""Shares of the quality card of a private source: with all their digits they tell both numbers.

0.0029910269 is 3 of 1,003 and nothing else below two thousand. So shares are told in whole percent,
and where a percent is fewer than k victims, not those that 1 to k - 1 of them make or break.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import UNKNOWN_MARK, YEAR_LETTERS
from testigo.publication.cells import SEPARATOR, among
from testigo.publication.schemas import SUPPRESSED, VALUE_STATUS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.core import AreaCatalogue
    from testigo.publication.cells import Shown

    Flags = NDArray[np.bool_]

_OF_ROWS: Final = frozenset(
    {"quarantined_share", "excluded_share", "repeated_rows_share", "unmatched_places_share"}
)
_PLACES: Final = frozenset({"area", "parent"})
_PERCENT: Final = 100
_ALL: Final = "all"
_ALMOST_NOBODY: Final = 1e-6


def redact_quality(
    table: pa.Table, shown: Shown, catalogue: AreaCatalogue, partly_hidden: frozenset[str]
) -> pa.Table:
    """Hide shares that tell a hidden number, and round the other shares of private sources.

    Parameters
    ----------
    table
        Columns `QUALITY`.
    shown
        The cells of the counts: the shares of a year are hidden with the victims of that year,
        those of victims without a place or a date with the victims of unknown place or date.
    catalogue
        Gives the whole its code.
    partly_hidden
        Sources with a hidden number of rows.

    Returns
    -------
    pyarrow.Table
        With the status of the value.
    """
    value = table["value"].to_numpy(zero_copy_only=False).astype(np.float64)
    share = ~among(table["source"], shown.public) & (np.array(table["unit"]) == "share")
    hidden = _of_hidden_years(table, shown, catalogue)
    hidden |= _of_hidden_numbers(table, shown, partly_hidden)
    hidden |= share & _of_few(table, value, shown)
    told = np.where(share, np.round(value * _PERCENT) / _PERCENT, value)
    columns = {
        "value": pa.array(told, pa.float64(), mask=hidden | np.isnan(told)),
        "met": pc.if_else(pa.array(hidden), SUPPRESSED, table["met"]),
    }
    status = pc.if_else(
        pc.is_valid(table["value"]),
        "stated",
        pc.if_else(pc.equal(table["met"], "not_applicable"), "not_applicable", "unknown"),
    )
    for name, column in columns.items():
        table = table.set_column(table.column_names.index(name), table.schema.field(name), column)
    return table.append_column(VALUE_STATUS, pc.if_else(pa.array(hidden), SUPPRESSED, status))


def _of_hidden_years(table: pa.Table, shown: Shown, catalogue: AreaCatalogue) -> Flags:
    whole = pa.repeat(pa.scalar(catalogue.whole.code), table.num_rows)
    rows = table.append_column("area", whole)
    return shown.hides(
        rows.append_column("area_level", pa.repeat(pa.scalar("whole"), table.num_rows)), None
    )


def _of_few(table: pa.Table, value: NDArray[np.float64], shown: Shown) -> Flags:
    """Return the shares that few victims make, or that few are left out of.

    All years are hidden with one of them where what the others leave over tells it: each is told
    to half a percent, all of them together to one.
    """
    victims = _victims_of_periods(shown)
    keys = zip(table["source"].to_pylist(), table["period"].to_pylist(), strict=True)
    people = np.array([victims.get(key, 0) for key in keys], dtype=np.float64)
    least = np.minimum(value, 1 - value) * people
    vague = people >= _PERCENT * shown.k
    few: Flags = (least > _ALMOST_NOBODY) & (least < shown.k - _ALMOST_NOBODY) & ~vague
    names = [table[name].to_pylist() for name in ("source", "indicator", "field")]
    same = list(zip(*names, strict=True))
    touched = {one for one, is_few in zip(same, few.tolist(), strict=True) if is_few}
    every = np.array(table["period"]) == _ALL
    together: Flags = every & (2 * people < _PERCENT * shown.k)
    few |= together & np.array([one in touched for one in same], dtype=bool)
    return few


def _victims_of_periods(shown: Shown) -> dict[tuple[str, str], int]:
    """Count the victims of each private source by year, and of all years, those undated too."""
    found: dict[tuple[str, str], int] = {}
    for row in shown.cells.to_pylist():
        if row["area_level"] == "whole" and len(row["period"]) <= YEAR_LETTERS:
            for period in (row["period"], _ALL):
                key = (row["source"], period)
                found[key] = found.get(key, 0) + row["victims"]
    return found


def _of_hidden_numbers(table: pa.Table, shown: Shown, partly_hidden: frozenset[str]) -> Flags:
    """Return the shares whose part is a hidden number of rows, or of victims somewhere unknown."""
    cells = [key.split(SEPARATOR) for key in shown.keys.filter(pa.array(shown.hidden)).to_pylist()]
    placeless = {source for source, _, area, _ in cells if area.startswith(UNKNOWN_MARK)}
    dateless = {source for source, level, _, _ in cells if level == "whole"}

    def tells(source: str, indicator: str, field: str) -> bool:
        if indicator in _OF_ROWS:
            return source in partly_hidden
        if field in _PLACES:
            return source in placeless
        return field == "date" and source in dateless

    names = ("source", "indicator", "field")
    rows = zip(*(table[name].to_pylist() for name in names), strict=True)
    return np.array([tells(*row) for row in rows], dtype=bool)
