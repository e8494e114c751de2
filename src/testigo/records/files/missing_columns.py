"""What to say of a column that is not there: never what a row holds that is no header.

In a file without a header the first person stands where the names of the columns should. The
columns are told only where at least one name that was asked for shows that they are names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message
from testigo.records.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_NEAR: Final = 70  # of 100: a slip of the pen, not another word
_SHOWN: Final = 20


def describe_columns(
    wanted: str, header: Sequence[str], *, expected: Collection[str], header_row: int
) -> Message:
    """Say what to do about a column that is not there.

    Parameters
    ----------
    wanted
        The name that was not found.
    header
        What stands in the row of the header.
    expected
        All names that were asked for.
    header_row
        Position of the header in the file; 0 where the format keeps names apart.

    Examples
    --------
    >>> asked = ("fecha", "municipio")
    >>> str(describe_columns("municipio", ["Fecha", "Muncipio"], expected=asked, header_row=1))
    "Did you mean 'Muncipio'? Its columns are: Fecha, Muncipio."
    >>> str(describe_columns("municipio", ["1", "Ana Ruiz"], expected=asked, header_row=1))
    'Row 1 is no header: none of its 2 cells is a name that was asked for. Name the columns there.'
    """
    from rapidfuzz import process

    names = [fold(name) for name in header]
    near = process.extractOne(fold(wanted), names, score_cutoff=_NEAR)
    if header_row and not {fold(name) for name in expected}.intersection(names):
        if near is not None:
            return Message("Did you mean {nearest!r}?", {"nearest": header[near[2]]})
        return Message(
            "Row {row} is no header: none of its {cells} cells is a name that was asked for."
            " Name the columns there.",
            {"row": header_row, "cells": len(header)},
        )
    columns = ", ".join(header[:_SHOWN])
    if near is None:
        return Message("Its columns are: {columns}.", {"columns": columns})
    return Message(
        "Did you mean {nearest!r}? Its columns are: {columns}.",
        {"nearest": header[near[2]], "columns": columns},
    )
