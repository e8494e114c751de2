"""Shares of the quality card of a private source: with all their digits they tell both numbers.

0.0029910269 is 3 of 1,003 and nothing else below two thousand. So shares are told in whole percent,
and those whose rows or victims are hidden elsewhere are not told at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import UNKNOWN_MARK
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
_DIGITS: Final = 2


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
    hidden = _of_hidden_years(table, shown, catalogue) | _of_hidden_numbers(
        table, shown, partly_hidden
    )
    value = table["value"].to_numpy(zero_copy_only=False).astype(np.float64)
    rounded = ~among(table["source"], shown.public) & (np.array(table["unit"]) == "share")
    told = np.where(rounded, np.round(value, _DIGITS), value)
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
