"""A sheet of text cells, from a workbook or a web page, as the body of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from testigo.records.files.body import HEADER_WITHIN, Body, choose_header, header_note

if TYPE_CHECKING:
    from collections.abc import Collection

    import pyarrow as pa

    from testigo.core import Message


def body_of_grid(
    grid: pa.Table,
    *,
    header_row: int | None,
    expected: Collection[str],
    file: object,
    notes: tuple[Message, ...],
) -> Body:
    """Find the header of a sheet and take what lies below it.

    Parameters
    ----------
    grid
        Text columns; the first row is the first row of the sheet.
    header_row
        Where the header is said to be, counted from 1.
    expected
        Folded column names that the configuration asks for.
    file
        Named in errors.
    notes
        What was found on the way here.

    Raises
    ------
    InputFileError
        When there is no header where it is said to be, or nothing at all.
    """
    top = grid.slice(0, max(HEADER_WITHIN, header_row or 0))
    rows = [list(row) for row in zip(*(column.to_pylist() for column in top.columns), strict=True)]
    index = choose_header(rows, header_row, expected, file)
    below = grid.slice(index + 1)
    return Body(
        names=tuple(rows[index]),
        columns=tuple(below.columns),
        rows=np.arange(index + 2, index + 2 + below.num_rows, dtype=np.int32),
        header_row=index + 1,
        notes=(*notes, *header_note(index + 1, header_row)),
    )
