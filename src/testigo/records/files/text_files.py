"""Delimited text (CSV, TSV and their kin) as cells, with every record accounted for.

Arrow reads the regular records at full speed. What it cannot lay into the columns is looked at
one by one (`irregular`): blank lines, surplus separators, notes under the table; the rest is
malformed and keeps its row number and its content.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from testigo.core import Message, Number
from testigo.records.files.body import HEADER_WITHIN, Body, choose_header, header_note
from testigo.records.files.delimiters import check_delimiter, delimiter_note, likeliest_delimiter
from testigo.records.files.irregular import lay_irregular
from testigo.records.files.refusals import refuse
from testigo.records.files.text_lines import (
    LINES_IN_A_CELL,
    Lines,
    find_records,
    line_ends,
    top_records,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

Cells = list[str | None]

_LINES_LOOKED_AT: Final = 500
_ROWS_FOR_A_WIDTH: Final = 3  # fewer rows do not contradict their header
_BLANK_SHARE: Final = 0.9  # of the rows, from which a column without name is taken for empty
_SMALLEST_BLOCK: Final = 1 << 22
_LARGEST_BLOCK: Final = (1 << 31) - 1


def read_text(
    data: bytes,
    *,
    delimiter: str | None,
    header_row: int | None,
    expected: Collection[str],
    file: object,
) -> Body:
    """Read delimited text (UTF-8).

    Raises
    ------
    InputFileError
        When it is empty, has no header where one was announced, or when its rows do not have
        as many cells as the header has names.
    ConfigurationError
        When the declared delimiter is not one sign.
    """
    if data.isspace() or not data:
        raise refuse(file, "empty")
    lines = Lines(data, line_ends(data))
    declared = check_delimiter(delimiter)
    chosen = declared or likeliest_delimiter(lines, expected)
    limit = max(_LINES_LOOKED_AT, (header_row or 0) + HEADER_WITHIN)
    top = list(top_records(lines, delimiter=chosen, limit=limit))
    rows = [_blank_is_none(cells) for _, cells in top]
    index = choose_header(rows, header_row, expected, file)
    width = _usual_width(rows[index], rows[index + 1 :], index + 1, file)
    columns = max(width, len(rows[index]))
    names = (*rows[index], *[None] * (columns - len(rows[index])))
    below = lines.after(sum(taken for taken, _ in top[: index + 1]))
    shape = _Shape(chosen, width, columns, first_row=index + 2)
    rest = _read_below(below, shape)
    return Body(
        names=names,
        columns=tuple(rest.table.columns),
        rows=rest.positions.astype(np.int32),
        header_row=index + 1,
        malformed=rest.malformed,
        doubtful=rest.doubtful,
        notes=(
            *delimiter_note(chosen, declared),
            *header_note(index + 1, header_row),
            *_stray_note(rest.strays),
        ),
    )


def _blank_is_none(cells: Sequence[str]) -> Cells:
    return [cell if cell.strip() else None for cell in cells]


def _usual_width(header: Cells, rows: Sequence[Cells], header_row: int, file: object) -> int:
    """Return how many cells an ordinary row has; refuse when the header names fewer or more."""
    named = max(index for index, name in enumerate(header, start=1) if name is not None)
    widths = Counter(len(row) for row in rows if len(row) > named / 2)
    usual, often = max(widths.items(), key=lambda item: (item[1], item[0]), default=(0, 0))
    if often < _ROWS_FOR_A_WIDTH or often <= sum(widths.values()) / 2:
        return len(header)
    if named <= usual <= len(header):
        return usual
    surplus = [any(row[len(header) :]) for row in rows if len(row) == usual]
    if usual < named or sum(surplus) > (1 - _BLANK_SHARE) * len(surplus):
        raise refuse(file, "nameless", row=header_row + 1, found=usual, names=named)
    return usual


@dataclass(frozen=True, slots=True)
class _Shape:
    delimiter: str
    width: int  # cells of an ordinary record
    columns: int  # at least as many
    first_row: int  # position in the file of the first record below the header


@dataclass(frozen=True, slots=True)
class _Rest:
    table: pa.Table
    positions: NDArray[np.int64]
    malformed: tuple[tuple[int, str], ...]
    doubtful: dict[int, str]
    strays: int


def _read_below(below: Lines, shape: _Shape) -> _Rest:
    found = find_records(below, delimiter=shape.delimiter, width=shape.width)
    starts = ~found.continuing
    position = np.cumsum(starts) - 1 + shape.first_row
    strays = [
        (int(position[line]), below.text(line, line))
        for line in np.flatnonzero(found.stray).tolist()
    ]
    regular = position[starts & ~found.stray]
    kept = below.without(found.stray) if strays else below
    table, invalid = _parse(kept, shape.width, shape.delimiter, bool(found.continuing.any()))
    if table.num_rows + len(invalid) != len(regular):  # never seen; nothing may be lost
        table, invalid = table.slice(0, 0), _one_by_one(below, found.stray, starts)
    odd = np.array([number for number, _ in invalid], np.int64)
    fitting = np.delete(regular, odd)
    irregular = lay_irregular(
        ((int(regular[number]), text) for number, text in invalid),
        delimiter=shape.delimiter,
        columns=shape.columns,
        last_regular=int(fitting[-1]) if len(fitting) else shape.first_row - 1,
    )
    merged, positions = _merged(table, fitting, irregular.laid, shape.columns)
    malformed = sorted((at, text.rstrip("\r\n")) for at, text in [*strays, *irregular.malformed])
    return _Rest(merged, positions, tuple(malformed), irregular.doubtful, len(strays))


def _one_by_one(
    below: Lines, stray: NDArray[np.bool_], starts: NDArray[np.bool_]
) -> list[tuple[int, str]]:
    first = np.flatnonzero(starts)
    last = np.append(first[1:], len(starts)) - 1
    texts = [
        below.text(one, other)
        for one, other in zip(first.tolist(), last.tolist(), strict=True)
        if not stray[one]
    ]
    return list(enumerate(texts))


def _parse(
    lines: Lines, width: int, delimiter: str, line_breaks: bool
) -> tuple[pa.Table, list[tuple[int, str]]]:
    """Return the records of `width` cells, and the others with their number, from 0."""
    names = [str(index) for index in range(width)]
    if not lines.count:
        return pa.table({name: pa.array([], pa.string()) for name in names}), []
    table, others = _parse_with(lines, names, delimiter, line_breaks, numbered=False)
    if others:  # Arrow numbers records only when it reads them one after the other
        table, others = _parse_with(lines, names, delimiter, line_breaks, numbered=True)
    return table, others


def _parse_with(
    lines: Lines, names: list[str], delimiter: str, line_breaks: bool, *, numbered: bool
) -> tuple[pa.Table, list[tuple[int, str]]]:
    from pyarrow import csv

    others: list[tuple[int, str]] = []

    def keep(row: csv.InvalidRow) -> str:
        others.append(((row.number or 1) - 1, row.text))
        return "skip"

    longest = lines.longest * (LINES_IN_A_CELL if line_breaks else 2)
    block = min(max(_SMALLEST_BLOCK, longest), _LARGEST_BLOCK)
    table = csv.read_csv(
        pa.BufferReader(pa.py_buffer(lines.data)),
        csv.ReadOptions(
            column_names=names,
            block_size=block,
            use_threads=not numbered,
        ),
        csv.ParseOptions(
            delimiter=delimiter,
            newlines_in_values=line_breaks,
            ignore_empty_lines=False,
            invalid_row_handler=keep,
        ),
        csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )
    return table, others


def _merged(
    table: pa.Table, positions: NDArray[np.int64], laid: dict[int, Cells], columns: int
) -> tuple[pa.Table, NDArray[np.int64]]:
    names = [str(index) for index in range(columns)]
    for name in names[table.num_columns :]:
        table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
    if not laid:
        return table, positions
    by_column = zip(*laid.values(), strict=True)
    extra = pa.table(
        {name: pa.array(cells, pa.string()) for name, cells in zip(names, by_column, strict=True)}
    )
    both = np.concatenate([positions, np.fromiter(laid, np.int64)])
    order = np.argsort(both, kind="stable")
    return pa.concat_tables([table, extra]).take(pa.array(order)), both[order]


def _stray_note(strays: int) -> tuple[Message, ...]:
    if not strays:
        return ()
    return (
        Message(
            "Rows whose quotation marks do not fit together: {count}.", {"count": Number(strays)}
        ),
    )
