"""Columns of a delivered file, by distinct text, and their numbers read or refused with the row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from testigo.core import InputFileError, Message

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.records import StrictTable


@dataclass(frozen=True, slots=True)
class FileColumns:
    """The data rows of one delivered file.

    Attributes
    ----------
    table
        The rows; without blank ones, and without the totals and notes at the end.
    """

    table: StrictTable

    @classmethod
    def read(
        cls,
        path: Path,
        expected: Collection[str],
        *,
        sha256: str | None = None,
        example: Callable[[Sequence[str]], Message] | None = None,
    ) -> FileColumns:
        """Read a file that has the expected columns; `example` says of a header how it should be.

        Raises
        ------
        InputFileError
            When it cannot be read, lacks a column, has no data rows, a row has too many or too
            few cells, or its bytes are not those of `sha256`.
        """
        from testigo.records import read_strict_table

        table = read_strict_table(path, expected, footers=True, sha256=sha256, example=example)
        if not len(table.rows):
            raise InputFileError(
                Message("{file} has a header and no rows below it.", {"file": table.name}),
                Message("See that the file was saved whole."),
            )
        return cls(table)

    @property
    def name(self) -> str:
        """Name of the file, for messages."""
        return self.table.name

    @property
    def cells(self) -> pa.Table:
        """Text columns."""
        return self.table.cells

    @property
    def rows(self) -> NDArray[np.int32]:
        """Position of each row in the file, counted from 1, shape (row,)."""
        return self.table.rows

    def filtered(self, mask: NDArray[np.bool_]) -> FileColumns:
        """Keep some rows."""
        kept = replace(self.table, cells=self.cells.filter(mask), rows=self.rows[mask])
        return FileColumns(kept)

    def find(self, wanted: str) -> str:
        """Give the delivered name of a column; case, accents and spaces do not matter."""
        return self.table.find(wanted)

    def first_of(self, names: Collection[str]) -> str | None:
        """Give the delivered name of the first of several folded names that is there, or None."""
        from testigo.records import fold

        folded = {fold(name): name for name in reversed(self.cells.column_names)}
        return next((folded[name] for name in names if name in folded), None)

    def texts(self, wanted: str) -> pa.ChunkedArray:
        """Give a column by its name."""
        return self.cells[self.find(wanted)]

    def distinct(self, wanted: str) -> tuple[list[str | None], NDArray[np.int64]]:
        """Give the distinct texts of a column, and which of them stands in each row."""
        encoded = self.texts(wanted).combine_chunks().dictionary_encode(null_encoding="encode")
        return encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.int64)

    def numbers(self, wanted: str, *, blank: bool = False) -> NDArray[np.float64]:
        """Give a column as numbers, never negative; NaN for a blank where `blank` allows it.

        Counts and residents are whole persons, so that a mark which three digits follow in
        every value of the column marks thousands; any other comma is a decimal mark.

        Raises
        ------
        InputFileError
            For the first row with something else.
        """
        from testigo.records import read_numbers

        texts, place = self.distinct(wanted)
        values = np.array(read_numbers(texts, whole=True), dtype=np.float64)
        is_blank = np.array([not (text or "").strip() for text in texts])
        bad = np.isnan(values) & ~(is_blank & blank) | (values < 0)
        if bad[place].any():
            self._refuse_number(wanted, int(np.argmax(bad[place])))
        return values[place]

    def _refuse_number(self, wanted: str, index: int) -> None:
        given = self.texts(wanted)[index].as_py()
        if given is None or not given.strip():
            self.refuse(
                index,
                wanted,
                Message("is blank"),
                Message("Write the number, or take the row out; a blank is not a zero."),
            )
        mend = Message("Write a plain number such as 1234, 0 or more.")
        self.refuse(index, wanted, Message("{given} is not a count", {"given": repr(given)}), mend)

    def refuse(self, index: int, wanted: str, what: Message, mend: Message) -> NoReturn:
        """Stop with a message that names file, row and column.

        Raises
        ------
        InputFileError
            Always.
        """
        self.table.refuse(int(self.rows[index]), wanted, what, mend)

    def is_one_of(self, wanted: str, values: Collection[str]) -> NDArray[np.bool_]:
        """Say in which rows a column has one of the values, compared after folding."""
        from testigo.records import fold

        texts, place = self.distinct(wanted)
        chosen = {fold(value) for value in values}
        hit = np.array([text is not None and fold(text) in chosen for text in texts], dtype=bool)
        found: NDArray[np.bool_] = hit[place]
        return found
