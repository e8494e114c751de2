"""The counts of a source: from a value column, from a column per month, or one per record."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import ConfigurationError, Message
from testigo.records.reasons import ReasonCode, number_of
from testigo.records.rows.column_keys import MonthKey
from testigo.records.rows.numerals import decide_decimal, read_count
from testigo.records.rows.values import NOT_COLLECTED, STATED, UNKNOWN, WITHHELD, statuses_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from testigo.records.model import Source
    from testigo.records.rows.coded import Coded
    from testigo.records.rows.column_keys import ColumnKey
    from testigo.records.rows.numerals import DecimalMark
    from testigo.records.rows.placement import Placement
    from testigo.records.rows.stacking import Stack

_BELOW: Final = re.compile(r"[<≤]\s*\d+|menos de \d+|fewer than \d+|less than \d+", re.IGNORECASE)
_PLACES: Final = {
    NOT_COLLECTED: ReasonCode.VALUE_NOT_COLLECTED,
    UNKNOWN: ReasonCode.VALUE_UNKNOWN,
    WITHHELD: ReasonCode.VALUE_WITHHELD,
}


@dataclass(frozen=True, slots=True)
class Cells:
    """One count for each row, of the whole row or of one of its month columns.

    Attributes
    ----------
    cell
        0, or the month (1 to 12).
    count
        What the cell counts, shape (row,); 0 where it states nothing.
    stated
        Whether it states a count, shape (row,).
    status
        Why it does not: position in `values.STATUSES`, shape (row,).
    problem
        Number of the reason why it was not read, 0 for none; shape (row,).
    """

    cell: int
    count: NDArray[np.int64]
    stated: NDArray[np.bool_]
    status: NDArray[np.int8]
    problem: NDArray[np.int8]


def read_cells(stack: Stack) -> tuple[Cells, ...]:
    """Read what each row counts: one cell, or one for each month column."""
    source = stack.source
    if source.kind == "records":
        _check_no_counts(stack)
        rows = len(stack)
        nothing = np.zeros(rows, np.int8)
        return (Cells(0, np.ones(rows, np.int64), np.ones(rows, bool), nothing, nothing),)
    keys: list[ColumnKey] = [key for key in stack.names if isinstance(key, MonthKey)] or ["value"]
    if keys == ["value"] and not stack.has("value"):
        raise ConfigurationError(
            Message(
                "sources.{source}: tallies need the column of the count; `columns` has no value.",
                {"source": source.id},
            ),
            Message('Write columns = {{ value = "..." }}, or list the columns of months.'),
        )
    columns = [stack.column(key) for key in keys]
    decimal = source.decimal or decide_decimal(
        sorted({text for column in columns for text in column.values()}), whole=True
    )
    return tuple(
        _read(column, key.month if isinstance(key, MonthKey) else 0, source, decimal)
        for key, column in zip(keys, columns, strict=True)
    )


def _check_no_counts(stack: Stack) -> None:
    if not stack.has("value") and not stack.source.months:
        return
    raise ConfigurationError(
        Message(
            "sources.{source}: a record counts as one, but a column of counts is named.",
            {"source": stack.source.id},
        ),
        Message('Write kind = "tallies" if a row may stand for several.'),
    )


def place_by_count(placement: Placement, cells: Sequence[Cells]) -> None:
    """Set aside rows of which a count was not read, or which state none."""
    for cell in cells:
        key = _key_of(cell)
        for code in (
            ReasonCode.VALUE_NOT_A_NUMBER,
            ReasonCode.VALUE_NEGATIVE,
            ReasonCode.VALUE_FRACTIONAL,
        ):
            placement.set_aside(cell.problem == number_of(code), code, key)
    stated = np.logical_or.reduce([cell.stated for cell in cells])
    first = cells[0]
    for status, code in _PLACES.items():
        same = ~stated & np.logical_or.reduce([cell.status == status for cell in cells])
        placement.set_aside(same, code, _key_of(first))


def _key_of(cell: Cells) -> ColumnKey:
    return MonthKey(cell.cell) if cell.cell else "value"


def _read(column: Coded, cell: int, source: Source, decimal: DecimalMark) -> Cells:
    status = statuses_of(column.texts)
    texts = column.values()
    status[np.array([_BELOW.fullmatch(text) is not None for text in texts], bool)] = WITHHELD
    readings = [read_count(text, decimal) for text in texts]
    unread = status != STATED
    count = np.array([reading.count or 0 for reading in readings], np.int64)
    problem = np.array([number_of(reading.problem) for reading in readings], np.int8)
    count[unread] = 0
    problem[unread] = 0
    blank = STATED if source.blank == "zero" else NOT_COLLECTED
    row_status = column.spread(status, blank=blank)
    row_problem = column.spread(problem, blank=0)
    return Cells(
        cell,
        column.spread(count, blank=0),
        (row_status == STATED) & (row_problem == 0),
        row_status,
        row_problem,
    )
