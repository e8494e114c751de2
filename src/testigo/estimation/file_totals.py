"""Rows of a delivered file that are the sum of its other rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from testigo.estimation.file_periods import period_columns

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.estimation.file_columns import FileColumns


def leave_totals_out(
    delivered: FileColumns, numbers: Collection[str]
) -> tuple[FileColumns, NDArray[np.bool_]]:
    """Leave out the rows that say they are totals, wherever they stand.

    A word that stands in every row of a column tells no row from another, so that a file of
    nothing but national figures stays whole.

    Parameters
    ----------
    delivered
        The file.
    numbers
        Names of the columns that are not looked at.

    Returns
    -------
    delivered
        Without the totals.
    summed
        For each row left, whether a total of its period was left out: one with the same period,
        or with none that a row has; shape (row,).
    """
    others = set(delivered.cells.column_names) - {delivered.find(name) for name in numbers}
    is_total = np.zeros(len(delivered.rows), dtype=bool)
    for name in others:
        said = _say_total(delivered.cells[name])
        is_total |= said & ~said.all()
    if is_total.all():
        is_total[:] = False
    footers = delivered.table.footers
    at_end = np.zeros(footers.num_rows, dtype=bool)
    for name in others:
        at_end |= _say_total(footers[name])
    columns = period_columns(delivered)
    kept = delivered.filtered(~is_total)
    periods = _texts_of(kept.cells, columns)
    left = {
        *_texts_of(delivered.cells.filter(is_total), columns),
        *_texts_of(footers.filter(at_end), columns),
    }
    of_all = bool(left - set(periods))
    return kept, np.array([of_all or period in left for period in periods], dtype=bool)


def _say_total(texts: pa.ChunkedArray) -> NDArray[np.bool_]:
    from testigo.records import says_total

    encoded = texts.combine_chunks().dictionary_encode(null_encoding="encode")
    said = np.array([says_total(text) for text in encoded.dictionary.to_pylist()], dtype=bool)
    found: NDArray[np.bool_] = said[encoded.indices.to_numpy()]
    return found


def _texts_of(table: pa.Table, columns: Sequence[str]) -> list[tuple[str | None, ...]]:
    if not columns:
        return [()] * table.num_rows
    return list(zip(*(table[name].to_pylist() for name in columns), strict=True))
