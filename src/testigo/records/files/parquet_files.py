"""Parquet files as text cells."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import Message, Number
from testigo.records.files.body import Body
from testigo.records.files.cell_text import text_of
from testigo.records.files.refusals import refuse

_MOST_CELLS: Final = 1_000_000_000
_PARQUET: Final = Message("a Parquet file")


def read_parquet(data: bytes, file: object) -> Body:
    """Read every column as text; numbers and dates as an office would type them.

    Raises
    ------
    InputFileError
        When the file is damaged or too large.
    """
    from pyarrow import parquet

    try:
        stored = parquet.ParquetFile(pa.BufferReader(data))
        size = stored.metadata.num_rows * stored.metadata.num_columns
        table = stored.read() if size <= _MOST_CELLS else None
        texts = tuple(_as_text(column) for column in table.columns) if table is not None else ()
    except (pa.ArrowException, OSError, ValueError, MemoryError, OverflowError):
        raise refuse(file, "damaged", kind=_PARQUET) from None
    if table is None:
        raise refuse(file, "too_large", limit=Number(_MOST_CELLS), what=Message("cells"))
    if not texts:
        raise refuse(file, "no_table")
    return Body(
        names=tuple(table.column_names),
        columns=texts,
        rows=np.arange(1, table.num_rows + 1, dtype=np.int32),
        header_row=0,
    )


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _as_text(column.cast(kind.value_type))
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    if pa.types.is_integer(kind) or pa.types.is_null(kind):
        return column.cast(pa.string())
    if pa.types.is_nested(kind):
        return pa.chunked_array([pa.array(map(text_of, column.to_pylist()), pa.string())])
    if pa.types.is_large_string(kind) or pa.types.is_binary(kind):
        column = column.cast(pa.string())
    # Each distinct value is written once; a column of a register has few.
    coded = column.combine_chunks().dictionary_encode()
    words = pa.array(map(text_of, coded.dictionary.to_pylist()), pa.string())
    return pa.chunked_array([pc.take(words, coded.indices)])
