"""From the body of a table to the table: names, blank rows, footers, accents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import Message, Number
from testigo.records.files.encoding import encoding_name
from testigo.records.files.layout import find_footers, looks_numeric, unique_names
from testigo.records.files.mojibake import repair_accents
from testigo.records.files.raw import MALFORMED, RawTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.records.files.body import Body
    from testigo.records.files.mojibake import Repair

_TAIL: Final = 2_000  # rows at the end among which footers are looked for
_VALUES_LOOKED_AT: Final = 500
_LOST: Final = "\ufffd"


def finish(body: Body) -> RawTable:
    """Name the columns, mark blank rows and footers, mend broken accents."""
    given = [_blank_is_null(column) for column in body.columns]
    kept = [
        index
        for index, (name, column) in enumerate(zip(body.names, given, strict=True))
        if name is not None or column.null_count < len(column)
    ]
    columns = [given[index] for index in kept]
    names = [body.names[index] or f"({index + 1})" for index in kept]
    filled = np.zeros(len(body.rows), np.int32)
    for column in columns:
        filled += column.is_valid().to_numpy()
    blank = filled == 0
    footer = _footers(columns, filled, blank)
    misplaced = np.isin(body.rows, np.fromiter(body.doubtful, np.int32)) & ~footer & ~blank
    if misplaced.any():
        columns = [column.filter(pa.array(~misplaced)) for column in columns]
    repair = repair_accents(_texts(names, columns))
    header = unique_names([repair.texts.get(name, name) for name in names])
    cells = [_mended(column, repair.texts) for column in columns]
    return RawTable(
        header=header,
        cells=pa.table(cells, names=list(header)),
        rows=body.rows[~misplaced],
        blank=blank[~misplaced],
        footer=footer[~misplaced],
        malformed=_malformed(body, misplaced),
        header_row=body.header_row,
        notes=(*body.notes, *_notes(repair, int(footer.sum()), cells)),
    )


def _blank_is_null(column: pa.ChunkedArray) -> pa.ChunkedArray:
    space = pc.utf8_is_space(column)
    if not pc.any(space, min_count=0).as_py():
        return column
    return pc.if_else(space, pa.scalar(None, pa.string()), column)


def _footers(
    columns: list[pa.ChunkedArray], filled: NDArray[np.int32], blank: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    footer = np.zeros(len(filled), bool)
    if blank.all():
        return footer
    first = max(0, len(filled) - _TAIL)
    tail = zip(*(column.slice(first).to_pylist() for column in columns), strict=True)

    def numeric(index: int) -> bool:
        values = columns[index].slice(0, _VALUES_LOOKED_AT).drop_null()
        return looks_numeric(values.to_pylist())

    written = filled[~blank]
    typical = int(np.median(written[: (len(written) + 1) // 2]))  # notes are in the other half
    footer[first:] = find_footers(list(tail), typical, numeric)
    return footer


def _texts(names: list[str], columns: list[pa.ChunkedArray]) -> set[str]:
    """Return the different texts beyond ASCII of a table."""
    texts = set(names)
    for column in columns:
        if not _is_ascii(column):
            distinct = column.unique().drop_null()
            beyond = distinct.filter(pc.invert(pc.string_is_ascii(distinct)))
            texts.update(beyond.to_pylist())
    return texts


def _is_ascii(column: pa.ChunkedArray) -> bool:
    return bool(pc.all(pc.string_is_ascii(column), min_count=0).as_py())


def _mended(column: pa.ChunkedArray, texts: Mapping[str, str]) -> pa.ChunkedArray:
    if not texts or _is_ascii(column):
        return column
    coded = column.combine_chunks().dictionary_encode()
    given = coded.dictionary.to_pylist()
    words = pa.array([texts.get(text, text) for text in given], pa.string())
    return pa.chunked_array([pc.take(words, coded.indices)])


def _malformed(body: Body, misplaced: NDArray[np.bool_]) -> pa.Table:
    moved = [(int(row), body.doubtful[int(row)]) for row in body.rows[misplaced]]
    rows, contents = (
        zip(*sorted([*body.malformed, *moved]), strict=True)
        if (moved or body.malformed)
        else ((), ())
    )
    return pa.table([pa.array(rows, pa.int32()), pa.array(contents, pa.string())], schema=MALFORMED)


def _notes(repair: Repair, footers: int, cells: list[pa.ChunkedArray]) -> list[Message]:
    notes = []
    for read_as, was in repair.confusions:
        values = {"was": encoding_name(was), "read_as": encoding_name(read_as)}
        notes.append(
            Message("Accents were broken: {was} had been read as {read_as}; mended.", values)
        )
    if repair.texts:
        count = Number(len(repair.texts))
        notes.append(
            Message("Different texts whose accents were mended: {count}.", {"count": count})
        )
    lost = sum(_lost(column) for column in cells)
    if lost:
        notes.append(
            Message(
                "Cells in which a letter was lost before delivery (�): {count}.",
                {"count": Number(lost)},
            )
        )
    if footers:
        notes.append(
            Message(
                "Rows of totals and notes under the table: {count}.", {"count": Number(footers)}
            )
        )
    return notes


def _lost(column: pa.ChunkedArray) -> int:
    if _is_ascii(column):
        return 0
    return int(pc.sum(pc.match_substring(column, _LOST), min_count=0).as_py())
