"""The table of accepted rows: one line per row, or per month of a wide row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.records.columns import ACCEPTED
from testigo.records.rows.row_dates import PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from testigo.records.rows.placement import Placement
    from testigo.records.rows.places import Places
    from testigo.records.rows.row_dates import RowDates
    from testigo.records.rows.stacking import Stack
    from testigo.records.rows.tallies import Cells

_MONTH = PRECISIONS.index("month")


@dataclass(frozen=True, slots=True)
class _Lines:
    """Which row and cell each line of the table stands for, in the order of rows and cells."""

    rows: NDArray[np.int64]
    cell: NDArray[np.int64]
    count: NDArray[np.int64]


def accepted_table(
    stack: Stack,
    placement: Placement,
    *,
    dates: RowDates,
    places: Places,
    cells: Sequence[Cells],
    fields: Mapping[str, pa.Array],
) -> pa.Table:
    """Lay the accepted rows into the columns of `ACCEPTED`, sorted by file, row and cell."""
    lines = _lines(placement, cells)
    everything = len(cells) == 1 and len(lines.rows) == len(stack)
    first, precision = _dates_of(dates, lines)
    area, parent = _areas_of(places, lines.rows)
    own = {
        "source": pa.repeat(pa.scalar(stack.source.id), len(lines.rows)),
        "file": _spelled([one.name for one in stack.deliveries], stack.file[lines.rows]),
        "row": pa.array(stack.row[lines.rows]),
        "cell": pa.array(lines.cell),
        "count": pa.array(lines.count),
        "date": pa.array(first),
        "date_precision": _spelled(PRECISIONS, precision),
        "area": area,
        "parent": parent,
    }
    rows = pa.array(lines.rows)
    own |= {
        name: values if everything else pc.take(values, rows) for name, values in fields.items()
    }
    columns = [
        own[column.name] if column.name in own else _absent(column.name, len(lines.rows))
        for column in ACCEPTED.columns
    ]
    return pa.table(columns, names=ACCEPTED.arrow.names).cast(ACCEPTED.arrow)


def _lines(placement: Placement, cells: Sequence[Cells]) -> _Lines:
    accepted = placement.accepted
    chosen = [np.flatnonzero(accepted & cell.stated) for cell in cells]
    rows = np.concatenate(chosen)
    cell = np.repeat([one.cell for one in cells], [len(one) for one in chosen]).astype(np.int64)
    count = np.concatenate([one.count[found] for one, found in zip(cells, chosen, strict=True)])
    if len(cells) > 1:
        order = np.lexsort((cell, rows))
        rows, cell, count = rows[order], cell[order], count[order]
    return _Lines(rows, cell, count)


def _dates_of(dates: RowDates, lines: _Lines) -> tuple[NDArray[np.datetime64], NDArray[np.int8]]:
    """Return the date of each line; a month cell is dated by its month."""
    first, precision = dates.first[lines.rows], dates.precision[lines.rows]
    wide = lines.cell > 0
    if wide.any():
        months = first.astype("datetime64[Y]").astype("datetime64[M]") + (lines.cell - 1)
        first = np.where(wide, months.astype("datetime64[D]"), first)
        precision = np.where(wide, np.int8(_MONTH), precision)
    return first, precision


def _areas_of(places: Places, rows: NDArray[np.int64]) -> tuple[pa.Array, pa.Array]:
    codes = pa.array(places.codes[rows])
    areas = pa.array([reading.area for reading in places.readings], pa.string())
    parents = pa.array([reading.parent for reading in places.readings], pa.string())
    return pc.take(areas, codes), pc.take(parents, codes)


def _spelled(words: Sequence[str], places: NDArray[Any]) -> pa.Array:
    return pc.take(pa.array(words, pa.string()), pa.array(places))


def _absent(name: str, rows: int) -> pa.Array:
    """Return a column that the source does not have: null, or the status "not collected"."""
    if name.endswith("_status"):
        return pa.repeat(pa.scalar("not_collected"), rows)
    return pa.nulls(rows, ACCEPTED.arrow.field(name).type)
