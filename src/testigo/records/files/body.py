"""A table as its format gives it, before names, accents and footers are looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from testigo.core import Message
from testigo.records.files.layout import find_header
from testigo.records.files.refusals import refuse

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

HEADER_WITHIN = 100  # records from the top in which a header is looked for


@dataclass(frozen=True, slots=True, eq=False)
class Body:
    """What lies below the header.

    Attributes
    ----------
    names
        The header's cells, None for a blank one.
    columns
        Text, one for each name; null for a blank cell.
    rows
        Position of each row in the file, shape (row,).
    header_row
        Position of the header; 0 where names are kept apart.
    malformed
        Records that have no place in the columns: position and content.
    doubtful
        Rows that were laid into the columns only because they look like notes under the table:
        position and content. Whoever finds that they are not moves them to `malformed`.
    notes
        What was found by looking.
    """

    names: tuple[str | None, ...]
    columns: tuple[pa.ChunkedArray, ...]
    rows: NDArray[np.int32]
    header_row: int
    malformed: tuple[tuple[int, str], ...] = ()
    doubtful: Mapping[int, str] = field(default_factory=dict)
    notes: tuple[Message, ...] = ()


def choose_header(
    top: Sequence[Sequence[str | None]],
    declared: int | None,
    expected: Collection[str],
    file: object,
) -> int:
    """Return the index of the header among the first rows of a table.

    Raises
    ------
    InputFileError
        When the row given is blank or beyond the end, or when there is no row at all.
    """
    if not any(cell is not None for row in top for cell in row):
        raise refuse(file, "no_table")
    if declared is None:
        return find_header(top[:HEADER_WITHIN], expected)
    if not 0 < declared <= len(top) or all(cell is None for cell in top[declared - 1]):
        raise refuse(file, "no_header", row=declared)
    return declared - 1


def header_note(header_row: int, declared: int | None) -> tuple[Message, ...]:
    """Say where the header was found when it is not at the top and nobody had told us."""
    if header_row <= 1 or declared is not None:
        return ()
    return (
        Message(
            "The header was found in row {row}; what stands above it is titles.",
            {"row": header_row},
        ),
    )
