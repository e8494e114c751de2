"""What a delivered file holds before anybody interprets it: text cells, nothing lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from testigo.core import Message

MALFORMED = pa.schema([("row", pa.int32()), ("content", pa.string())])


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """A delivered table as text.

    Every record below the header is either a row of `cells` or a row of `malformed`.

    Attributes
    ----------
    header
        Delivered column names after repair, unique: a repeated name gets " (2)", a column
        without a name is called by its number, "(7)".
    cells
        Text columns named by `header`, in file order. A blank cell is null; any other is as
        delivered. Spreadsheets and Parquet: dates as ISO text, 5030000.0 as "5030000".
    rows
        Position of each row of `cells` in the file, shape (row,), counted in records from 1
        with title rows and header (in Parquet, which has no such rows, from 1).
    blank
        Rows without any content, shape (row,).
    footer
        Trailing totals and notes, which are never data, shape (row,).
    malformed
        Columns row, content: records that could not be laid into the columns.
    header_row
        Position of the header; 0 where the format keeps names apart (Parquet).
    notes
        What was found by looking, a sentence each.
    """

    header: tuple[str, ...]
    cells: pa.Table
    rows: NDArray[np.int32]
    blank: NDArray[np.bool_]
    footer: NDArray[np.bool_]
    malformed: pa.Table
    header_row: int
    notes: tuple[Message, ...]

    @property
    def rows_delivered(self) -> int:
        """Every record below the header."""
        return int(self.cells.num_rows + self.malformed.num_rows)
