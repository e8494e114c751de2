"""Small tables of text for a terminal: words to the left, numbers to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def lay_out(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: int, words_after: int = 0
) -> list[str]:
    """Return the lines of a table.

    Parameters
    ----------
    header, rows
        Cells as text; every row as long as the header.
    numbers
        How many columns, counted from the right, hold numbers.
    words_after
        How many columns of words stand to the right of the numbers.

    Examples
    --------
    >>> for line in lay_out(["file", "rows"], [["a.csv", "12"], ["b.csv", "3"]], numbers=1):
    ...     print(line)
    file   rows
    a.csv    12
    b.csv     3
    """
    widths = [max(len(row[place]) for row in [header, *rows]) for place in range(len(header))]
    last_number = len(header) - words_after
    first_number = last_number - numbers
    return [
        "  ".join(
            cell.rjust(width) if first_number <= place < last_number else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in [header, *rows]
    ]
