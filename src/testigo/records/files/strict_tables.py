"""A small table that people made, read without a guess: what is wrong stops, with its row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

from testigo.core import ConfigurationError, InputFileError, Message
from testigo.records.files.missing_columns import describe_columns
from testigo.records.files.reading import read_table
from testigo.records.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from pathlib import Path

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

TableError = type[InputFileError] | type[ConfigurationError]


@dataclass(frozen=True, slots=True, eq=False)
class StrictTable:
    """The data rows of a table in which every row has its place.

    Attributes
    ----------
    name
        Of the file, for messages.
    cells
        Text columns, without blank rows.
    rows
        Position of each row in the file, counted from 1, shape (row,).
    footers
        The rows at the end that were left out as totals and notes, with the columns of `cells`.
    header_row
        Position of the header; 0 where the format keeps names apart.
    expected
        Names that were asked for.
    error
        What is raised when something is wrong.
    example
        Says of a header what it should be, where a column is missing; None: the likely column.
    """

    name: str
    cells: pa.Table
    rows: NDArray[np.int32]
    footers: pa.Table
    header_row: int
    expected: tuple[str, ...]
    error: TableError
    example: Callable[[Sequence[str]], Message] | None = None

    def find(self, wanted: str) -> str:
        """Return the delivered name of a column; case, accents and spaces do not matter.

        Raises
        ------
        InputFileError or ConfigurationError
            When there is none.
        """
        header: list[str] = self.cells.column_names
        if wanted in header:
            return wanted
        folded = {fold(name): name for name in reversed(header)}
        if fold(wanted) and fold(wanted) in folded:
            return folded[fold(wanted)]
        raise self.error(
            Message(
                "{file}: there is no column {column!r}.", {"file": self.name, "column": wanted}
            ),
            self.example(header)
            if self.example
            else describe_columns(
                wanted, header, expected=self.expected, header_row=self.header_row
            ),
        )

    def texts(self, wanted: str) -> list[str | None]:
        """Return the cells of a column, without the spaces around them; None: blank."""
        cells = self.cells[self.find(wanted)].to_pylist()
        return [(text or "").strip() or None for text in cells]

    def lines(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each row: its position in the file, and its texts by the names asked for."""
        columns = [[text or "" for text in self.texts(name)] for name in self.expected]
        for row, *texts in zip(self.rows.tolist(), *columns, strict=True):
            yield row, dict(zip(self.expected, texts, strict=True))

    def refuse(self, row: int, column: str, what: Message, mend: Message) -> NoReturn:
        """Stop with a message that names file, row and column.

        Raises
        ------
        InputFileError or ConfigurationError
            Always.
        """
        raise self.error(
            Message(
                "{file}, row {row}, column {column}: {what}.",
                {"file": self.name, "row": row, "column": repr(self.find(column)), "what": what},
            ),
            mend,
        )


def read_strict_table(
    path: Path,
    columns: Collection[str],
    *,
    name: str | None = None,
    footers: bool = False,
    error: TableError = InputFileError,
    sha256: str | None = None,
    example: Callable[[Sequence[str]], Message] | None = None,
) -> StrictTable:
    """Read a table in which nothing may be guessed and nothing left out.

    Parameters
    ----------
    path
        In any format that `read_table` knows.
    columns
        Names that must be there, compared after folding.
    name
        What messages call the file; None: its name.
    footers
        Whether the last rows may be totals and notes, which are then left out.
    error
        What is raised when something is wrong with the table.
    sha256
        Of the bytes that are meant; None: whatever they are.
    example
        Says of a header what it should be, where a column is missing; None: the likely column.

    Raises
    ------
    InputFileError
        When the file cannot be read, or holds other bytes than are meant.
    InputFileError or ConfigurationError
        As `error` says: for a missing column, and for a row with more or fewer cells than the
        header; says the file and the row.
    """
    raw = read_table(path, expected=tuple(columns), sha256=sha256)
    called = path.name if name is None else name
    if raw.malformed.num_rows:
        raise error(
            Message(
                "{file}, row {row}: the row has more or fewer cells than the header.",
                {"file": called, "row": raw.malformed["row"][0].as_py()},
            ),
            Message("Put quotes around a text that holds the delimiter, or mend the row."),
        )
    foot = raw.footer & footers & ~raw.blank
    data = ~(raw.blank | foot)
    table = StrictTable(
        called,
        raw.cells.filter(data),
        raw.rows[data],
        raw.cells.filter(foot),
        raw.header_row,
        tuple(columns),
        error,
        example,
    )
    for column in columns:
        table.find(column)
    return table
