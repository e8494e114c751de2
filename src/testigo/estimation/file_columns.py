"""Columns of a delivered file found by name, and their numbers read or refused with the row."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import numpy as np

from testigo.core import InputFileError, Message

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.records import RawTable


@dataclass(frozen=True, slots=True)
class FileColumns:
    """The data rows of one delivered file.

    Attributes
    ----------
    name
        Of the file, for messages.
    cells
        Text columns; without blank rows and footers.
    rows
        Position of each row in the file, counted from 1, shape (row,).
    """

    name: str
    cells: pa.Table
    rows: NDArray[np.int32]

    @classmethod
    def read(cls, path: Path, expected: Collection[str]) -> FileColumns:
        """Read a file.

        Raises
        ------
        InputFileError
            When it cannot be read, has no data rows, or a row has too many or too few cells.
        """
        from testigo.records import read_table

        raw: RawTable = read_table(path, expected=tuple(expected))
        if raw.malformed.num_rows:
            raise InputFileError(
                Message(
                    "{file}, row {row}: the row has more or fewer cells than the header.",
                    {"file": path.name, "row": raw.malformed["row"][0].as_py()},
                ),
                Message("Put quotes around a text that holds the delimiter, or mend the row."),
            )
        data = ~(raw.blank | raw.footer)
        if not data.any():
            raise InputFileError(
                Message("{file} has a header and no rows below it.", {"file": path.name}),
                Message("See that the file was saved whole."),
            )
        return cls(path.name, raw.cells.filter(data), raw.rows[data])

    def filtered(self, mask: NDArray[np.bool_]) -> FileColumns:
        """Keep some rows."""
        return FileColumns(self.name, self.cells.filter(mask), self.rows[mask])

    def texts(self, wanted: str) -> pa.ChunkedArray:
        """Give a column by its name; case, accents and spaces do not matter."""
        return self.cells[self.find(wanted)]

    def find(self, wanted: str) -> str:
        """Give the delivered name of a column.

        Raises
        ------
        InputFileError
            When there is none: says which come closest.
        """
        from testigo.records import fold

        header: list[str] = self.cells.column_names
        if wanted in header:
            return wanted
        folded = {fold(name): name for name in reversed(header)}
        if fold(wanted) in folded:
            return folded[fold(wanted)]
        near = get_close_matches(fold(wanted), list(folded), n=1, cutoff=0.5)
        raise InputFileError(
            Message("{file} has no column {column}.", {"file": self.name, "column": repr(wanted)}),
            Message("Did you mean {near}?", {"near": repr(folded[near[0]])})
            if near
            else Message("Its columns are: {columns}.", {"columns": ", ".join(header)}),
        )

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

    def refuse(self, index: int, wanted: str, what: Message, mend: Message) -> None:
        """Stop with a message that names file, row and column.

        Raises
        ------
        InputFileError
            Always.
        """
        raise InputFileError(
            Message(
                "{file}, row {row}, column {column}: {what}.",
                {
                    "file": self.name,
                    "row": int(self.rows[index]),
                    "column": repr(self.find(wanted)),
                    "what": what,
                },
            ),
            mend,
        )

    def is_one_of(self, wanted: str, values: Collection[str]) -> NDArray[np.bool_]:
        """Say in which rows a column has one of the values, compared after folding."""
        from testigo.records import fold

        texts, place = self.distinct(wanted)
        chosen = {fold(value) for value in values}
        hit = np.array([text is not None and fold(text) in chosen for text in texts], dtype=bool)
        found: NDArray[np.bool_] = hit[place]
        return found
