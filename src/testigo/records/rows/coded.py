"""A column of text by its distinct values, so that each is interpreted once.

A million rows hold a few thousand different dates and place names. Interpreting the distinct
texts in Python and spreading the answer over the rows by index costs little, whatever the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

MANY: Final = 1_000_000  # table cells that are cheaper to mark than keys are to sort


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
        return self.respelled(
            pa.array([texts.get(text, text) for text in self.values()], pa.string())
        )

    def respelled(self, texts: pa.StringArray) -> Coded:
        """Return the column with another spelling of each text, shape (text,)."""
        return _merged(texts, self.codes)

    def present(self, rows: slice) -> NDArray[np.int64]:
        """Return which texts stand in some rows, as positions in `texts`, in their order."""
        there = np.zeros(len(self.texts) + 1, bool)
        there[self.codes[rows]] = True
        return np.flatnonzero(there[:-1])

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
    texts = column.dictionary.cast(pa.string())
    if texts.equals(pc.utf8_trim_whitespace(texts)) and not _any_empty(texts):
        return Coded(texts, codes)
    return _merged(texts, codes)


def blank_column(rows: int) -> Coded:
    """Return a column of blank cells."""
    return Coded(pa.array([], pa.string()), np.full(rows, -1, np.int32))


def stacked(parts: Sequence[Coded]) -> Coded:
    """Lay columns below one another."""
    if not parts:
        return blank_column(0)
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
    if len(trimmed.dictionary) == len(texts) and not _any_empty(trimmed.dictionary):
        return Coded(trimmed.dictionary, codes.astype(np.int32, copy=False))
    known = pc.not_equal(trimmed.dictionary, "")
    places = np.where(known, np.cumsum(known) - 1, -1).astype(np.int32)
    joined = np.append(places[trimmed.indices.to_numpy()], np.int32(-1))
    return Coded(trimmed.dictionary.filter(known), joined[codes])


def _any_empty(texts: pa.StringArray) -> bool:
    return bool(pc.any(pc.equal(pc.binary_length(texts), 0), min_count=0).as_py())


@dataclass(frozen=True, slots=True)
class Combined:
    """Several columns taken together, by their distinct combinations.

    Attributes
    ----------
    parts
        Position of each combination's text in each column (-1: blank), shape (combination,
        column).
    codes
        Combination of each row, shape (row,).
    """

    parts: NDArray[np.int32]
    codes: NDArray[np.int32]


def combine(columns: Sequence[Coded]) -> Combined:
    """Find the distinct combinations of some columns of equal length.

    Examples
    --------
    >>> state, town = (encode(pa.chunked_array([cells])) for cells in (["A", "A", "B"], ["x"] * 3))
    >>> combined = combine([state, town])
    >>> combined.parts.tolist(), combined.codes.tolist()
    ([[0, 0], [1, 0]], [0, 0, 1])
    """
    codes, sizes = _ranked(columns[0].codes + np.int64(1), len(columns[0].texts) + 1)
    for column in columns[1:]:
        width = len(column.texts) + 1
        codes, sizes = _ranked(codes * width + column.codes + 1, sizes * width)
    first = np.zeros(sizes, np.int64)
    first[codes[::-1]] = np.arange(len(codes))[::-1]
    parts = np.stack([column.codes[first] for column in columns], axis=1)
    return Combined(parts.astype(np.int32), codes.astype(np.int32))


def refine(codes: NDArray[np.int64], column: Coded) -> NDArray[np.int64]:
    """Split groups of rows by what a further column says.

    Examples
    --------
    >>> refine(np.array([0, 0, 0]), encode(pa.chunked_array([["a", "b", "a"]]))).tolist()
    [0, 1, 0]
    """
    width = len(column.texts) + 1
    size = int(codes.max()) + 1 if len(codes) else 0
    return _ranked(codes * width + column.codes + 1, size * width)[0]


def _ranked(keys: NDArray[np.int64], bound: int) -> tuple[NDArray[np.int64], int]:
    """Give the keys that occur numbers from 0, in their order."""
    if bound > max(MANY, 4 * len(keys)):
        distinct, codes = np.unique(keys, return_inverse=True)
        return codes.astype(np.int64), len(distinct)
    there = np.zeros(bound, bool)
    there[keys] = True
    return (np.cumsum(there) - 1)[keys], int(there.sum())
