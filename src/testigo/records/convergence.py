"""How far two sources agree about the same place and year (domain.md 1.4 and 1.6)."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import MONTHS_IN_YEAR, UNKNOWN_MARK
from testigo.records.columns import CONVERGENCE
from testigo.records.quality.bogota import CONVERGENCE_THRESHOLD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    from testigo.records.model import Source

_YEAR_LENGTH: Final = 4  # letters of 2020; 2020-03 is a month
_YEARS: Final = 10_000  # years have four digits
_CELL: Final = ("area_level", "area", "period")
_COMPARED: Final = ("unit", "date_basis", "place_basis")


def relative_difference(a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Return |A - B| / ((A + B) / 2), 0 to 2; NaN where both are zero. Any one shape.

    Examples
    --------
    >>> relative_difference([10, 0], [30, 0])
    array([ 1., nan])
    """
    left, right = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return _divided(np.abs(left - right), (left + right) / 2)


def ratio(a: ArrayLike, b: ArrayLike) -> NDArray[np.float64]:
    """Return the smaller over the larger, 0 to 1; NaN where both are zero. Any one shape.

    Examples
    --------
    >>> ratio([10, 0], [40, 3])
    array([0.25, 0.  ])
    """
    left, right = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    return _divided(np.minimum(left, right), np.maximum(left, right))


def compare_sources(counts: pa.Table, sources: Sequence[Source]) -> pa.Table:
    """Lay every two sources side by side in each area and year that both speak of.

    A year that one of the two covers only in part is left out, unless both cover the very same
    months. Places unknown to a source (`?`) are not compared: they are not the same places.

    Parameters
    ----------
    counts
        Columns `COUNTS`.
    sources
        In the order of the configuration: in each pair, A stands before B.

    Returns
    -------
    pyarrow.Table
        Columns `CONVERGENCE`, sorted by its key.
    """
    ids = pa.array([source.id for source in sources], pa.string())
    counts = counts.filter(pc.is_in(counts["source"], value_set=ids))
    is_year = pc.equal(pc.utf8_length(counts["period"]), _YEAR_LENGTH)
    is_known = pc.invert(pc.starts_with(counts["area"], UNKNOWN_MARK))
    rows = counts.filter(pc.and_(is_year, is_known))
    if rows.num_rows == 0:
        return CONVERGENCE.arrow.empty_table()
    cells, cell = _number_cells(rows)
    source = pc.index_in(rows["source"], value_set=ids).to_numpy()
    victims = np.full((len(sources), cells.num_rows), -1, dtype=np.int64)  # -1: says nothing
    victims[source, cell] = rows["victims"].to_numpy()
    months = _months_covered(counts, ids, cells["period"])
    pairs = []
    for a, b in combinations(range(len(sources)), 2):
        both = (victims[a] >= 0) & (victims[b] >= 0) & (months[a] == months[b])
        chosen = np.flatnonzero(both)
        if chosen.size:
            places = cells.take(pa.array(chosen))
            pairs.append(_pair(places, sources[a], sources[b], victims[[a, b]][:, chosen]))
    return CONVERGENCE.checked(pa.concat_tables([CONVERGENCE.arrow.empty_table(), *pairs]))


def _number_cells(rows: pa.Table) -> tuple[pa.Table, NDArray[np.int64]]:
    """Return the distinct (level, area, year) of the rows, and which of them each row is."""
    key = np.zeros(rows.num_rows, dtype=np.int64)
    for name in _CELL:
        encoded = rows[name].combine_chunks().dictionary_encode()
        key = key * len(encoded.dictionary) + encoded.indices.to_numpy()
    _, first, cell = np.unique(key, return_index=True, return_inverse=True)
    return rows.select(_CELL).take(pa.array(first)), cell


def _months_covered(counts: pa.Table, ids: pa.Array, periods: pa.ChunkedArray) -> NDArray[np.int64]:
    """Return the months each source covers in each cell's year as bits, shape (source, cell)."""
    chosen = pc.and_(
        pc.equal(counts["area_level"], "whole"),
        pc.greater(pc.utf8_length(counts["period"]), _YEAR_LENGTH),
    )
    rows = counts.filter(chosen)
    source = pc.index_in(rows["source"], value_set=ids).to_numpy()
    year = pc.utf8_slice_codeunits(rows["period"], 0, _YEAR_LENGTH).cast(pa.int64()).to_numpy()
    month = pc.utf8_slice_codeunits(rows["period"], _YEAR_LENGTH + 1).cast(pa.int64()).to_numpy()
    bits = np.zeros((len(ids), _YEARS), dtype=np.int64)
    np.bitwise_or.at(bits, (source, year), 1 << (month - 1))
    bits[bits == 0] = (1 << MONTHS_IN_YEAR) - 1  # a year told only as a year is a whole one
    of_cell: NDArray[np.int64] = bits[:, periods.cast(pa.int64()).to_numpy()]
    return of_cell


def _pair(places: pa.Table, a: Source, b: Source, victims: NDArray[np.int64]) -> pa.Table:
    """Make the lines of one pair; `victims` has shape (2, places)."""
    difference = relative_difference(*victims)
    differs = "+".join(name for name in _COMPARED if getattr(a, name) != getattr(b, name))
    within = np.where(difference <= CONVERGENCE_THRESHOLD, "yes", "no").astype(object)
    within[np.isnan(difference) | (a.unit != b.unit)] = "not_applicable"
    columns = {name: places[name] for name in _CELL} | {
        "source_a": pa.repeat(a.id, len(within)),
        "source_b": pa.repeat(b.id, len(within)),
        "count_a": pa.array(victims[0]),
        "count_b": pa.array(victims[1]),
        "relative_difference": pa.array(difference, from_pandas=True),
        "ratio": pa.array(ratio(*victims), from_pandas=True),
        "b_over_a": pa.array(_divided(victims[1], victims[0]), from_pandas=True),
        "comparable": pa.repeat(differs or "yes", len(within)),
        "met": pa.array(within, pa.string()),
    }
    return pa.table(columns).select(CONVERGENCE.arrow.names)


def _divided(above: NDArray[np.generic], below: NDArray[np.generic]) -> NDArray[np.float64]:
    shares: NDArray[np.float64] = np.full(np.shape(above), np.nan)
    np.divide(above, below, out=shares, where=np.asarray(below) != 0)
    return shares
