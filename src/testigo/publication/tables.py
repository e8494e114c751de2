"""Published tables as files: CSV for people, Parquet for programs; the same bytes every time.

CSV: UTF-8 without mark, lines end with a line feed, comma, quotes only where needed, a blank for
nothing (`value_status` says which nothing). Numbers have the shortest digits that give the same
number back. A text that a spreadsheet would take for a formula gets an apostrophe in front, in
the CSV only (docs/decisions/0013).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from testigo.publication.disclosure import refuse_personal
from testigo.publication.files import write_bytes, write_whole
from testigo.publication.schemas import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from testigo.core import TableSchema

_FORMULA: Final = r"^[=+\-@\t\r]"
_PLAIN_NUMBER: Final = r"^[+-]?\d[\d.,]*%?$"  # -1.33 is a number to a spreadsheet too
_NEEDS_QUOTES: Final = r'[",\r\n]'


def write_tables(tables: Mapping[str, pa.Table], folder: Path) -> tuple[Path, ...]:
    """Write each table as CSV and as Parquet.

    Parameters
    ----------
    tables
        By name, columns of `PUBLISHED`, in any order of rows.
    folder
        Where the files go (`output/tables`); it is made when it is not there.

    Returns
    -------
    tuple of Path
        The files, by table in the order of their names, CSV before Parquet.

    Raises
    ------
    DisclosureError
        When a table or a column may not be published; then nothing is written.
    PromiseError
        When a table is not what its declaration says; then nothing is written.
    StorageError
        When a file cannot be written; what is there is whole, older or newer.
    """
    refuse_personal(tables, PUBLISHED)
    checked = {name: _checked(tables[name], PUBLISHED[name]) for name in sorted(tables)}
    return tuple(path for name, table in checked.items() for path in _write(name, table, folder))


def _write(name: str, table: pa.Table, folder: Path) -> Iterator[Path]:
    yield write_bytes(folder / f"{name}.csv", csv_bytes(table))
    yield write_whole(
        folder / f"{name}.parquet",
        lambda path: pq.write_table(table, path, compression="zstd", store_schema=False),
    )


def _checked(table: pa.Table, schema: TableSchema) -> pa.Table:
    """Check and sort a table; what is no number becomes a blank, minus zero becomes zero."""
    for column in schema.columns:
        if column.kind == "number":
            at = table.column_names.index(column.name)
            table = table.set_column(at, column.name, _finite(table[column.name]))
    return schema.checked(table)


def _finite(numbers: pa.ChunkedArray) -> pa.ChunkedArray:
    numbers = numbers.cast(pa.float64())
    finite = pc.if_else(pc.is_finite(numbers), numbers, pa.scalar(None, pa.float64()))
    return pc.if_else(pc.equal(finite, 0.0), 0.0, finite)


def csv_bytes(table: pa.Table) -> bytes:
    r"""Return a table as CSV.

    Examples
    --------
    >>> csv_bytes(pa.table({"area": ["01", "=1+1"], "rate": [41.2, None]}))
    b"area,rate\n01,41.2\n'=1+1,\n"
    """
    head = ",".join(table.column_names) + "\n"
    if not table.num_rows:
        return head.encode("utf-8")
    columns = [_cells(column) for column in table.columns]
    # a row of one blank would be an empty line, which readers skip
    last = pc.binary_join_element_wise(columns[-1], *_large("\n", ""), null_handling="replace")
    lines = pc.binary_join_element_wise(*columns[:-1], last, *_large(","), null_handling="replace")
    return head.encode("utf-8") + _joined(lines)


def _large(*texts: str) -> list[pa.Scalar]:
    return [pa.scalar(text, pa.large_string()) for text in texts]


def _joined(lines: pa.ChunkedArray) -> bytes:
    """Return the texts one after the other: Arrow keeps them so already."""
    parts = []
    for chunk in lines.chunks:
        _, offsets, content = chunk.buffers()
        ends = np.frombuffer(offsets, dtype=np.int64)[chunk.offset : chunk.offset + len(chunk) + 1]
        parts.append(bytes(content[int(ends[0]) : int(ends[-1])]))
    return b"".join(parts)


def _cells(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_string(column.type):
        return _quoted(column)
    return column.cast(pa.large_string())


def _quoted(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    """Write each distinct text once: a column of a million cells holds few."""
    encoded = texts.combine_chunks().dictionary_encode()
    words = encoded.dictionary
    risky = pc.and_(
        pc.match_substring_regex(words, _FORMULA),
        pc.invert(pc.match_substring_regex(words, _PLAIN_NUMBER)),
    )
    words = pc.if_else(risky, pc.binary_join_element_wise("'", words, ""), words)
    doubled = pc.replace_substring(words, '"', '""')
    quoted = pc.binary_join_element_wise('"', doubled, '"', "")
    words = pc.if_else(pc.match_substring_regex(words, _NEEDS_QUOTES), quoted, words)
    return pa.chunked_array([words.take(encoded.indices).cast(pa.large_string())])
