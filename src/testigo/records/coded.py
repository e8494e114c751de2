"""A column of text by its distinct values, so that each is interpreted once.

A million rows hold a few thousand different dates and place names. Interpreting the distinct
texts in Python and spreading the answer over the rows by index costs little, whatever the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Coded:
    """A text column.

    Attributes
    ----------
    texts
        The distinct texts, without surrounding white space and never empty, shape (text,).
    codes
        Position in `texts` of each row's text; -1 where the cell is blank. Shape (row,).
    """

    texts: pa.StringArray
    codes: NDArray[np.int32]

    @property
    def blank(self) -> NDArray[np.bool_]:
        """Which rows are blank, shape (row,)."""
        return self.codes < 0

    def values(self) -> list[str]:
        """Return the distinct texts as a list."""
        return list(self.texts.to_pylist())

    def rows_of(self, texts: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which rows carry one of the marked texts, shape (row,); blank rows do not."""
        return self.spread(texts, blank=False)

    def spread(self, answers: NDArray[Any], *, blank: object) -> NDArray[Any]:
        """Give each row the answer of its text, and `blank` to a blank row; shape (row,)."""
        return np.append(answers, np.array([blank], dtype=answers.dtype))[self.codes]

    def take(self, answers: pa.Array) -> pa.Array:
        """Give each row the answer of its text, null to a blank row; Arrow in, Arrow out."""
        indices = pa.array(self.codes, mask=self.codes < 0)
        return pc.take(answers, indices)

    def renamed(self, texts: Mapping[str, str]) -> Coded:
        """Return the column with some texts said otherwise (a code map of the office)."""
        if not texts:
            return self
        said = pa.array([texts.get(text, text) for text in self.values()], pa.string())
        return _merged(said, self.codes)

    def chosen(self, rows: NDArray[Any]) -> Coded:
        """Return the column of some rows only; the texts stay."""
        return Coded(self.texts, self.codes[rows])


def encode(column: pa.ChunkedArray | pa.Array) -> Coded:
    """Read a text column by distinct value; white space around a text does not count.

    Examples
    --------
    >>> coded = encode(pa.chunked_array([["Cali", None, " Cali", "Tolú"]]))
    >>> coded.values(), coded.codes.tolist()
    (['Cali', 'Tolú'], [0, -1, 0, 1])
    """
    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if isinstance(column, pa.ChunkedArray):  # combine_chunks gives this for very long columns
        column = pa.concat_arrays(column.chunks)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    codes = column.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return _merged(column.dictionary.cast(pa.string()), codes)


def blank_column(rows: int) -> Coded:
    """Return a column of blank cells."""
    return Coded(pa.array([], pa.string()), np.full(rows, -1, np.int32))


def stacked(parts: Sequence[Coded]) -> Coded:
    """Lay columns below one another."""
    if len(parts) == 1:
        return parts[0]
    offsets = np.cumsum([0, *(len(part.texts) for part in parts)])
    codes = [
        np.where(part.codes < 0, -1, part.codes + offset)
        for part, offset in zip(parts, offsets, strict=False)
    ]
    return _merged(pa.concat_arrays([part.texts for part in parts]), np.concatenate(codes))


def _merged(texts: pa.StringArray, codes: NDArray[Any]) -> Coded:
    """Trim the texts, join those that became equal, and make the empty ones blank."""
    trimmed = pc.utf8_trim_whitespace(texts).dictionary_encode()
    if (
        len(trimmed.dictionary) == len(texts)
        and not pc.any(pc.equal(trimmed.dictionary, ""), min_count=0).as_py()
    ):
        return Coded(trimmed.dictionary, codes.astype(np.int32, copy=False))
    known = pc.not_equal(trimmed.dictionary, "")
    places = np.where(known, np.cumsum(known) - 1, -1).astype(np.int32)
    joined = np.append(places[trimmed.indices.to_numpy()], np.int32(-1))
    return Coded(trimmed.dictionary.filter(known), joined[codes])
