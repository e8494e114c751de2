"""The deliveries of a source laid below one another, their columns found by name.

Files may differ in the order and the dress of their columns ("CANTIDAD " and "Cantidad"): names
are compared after folding. Interpretation then works on one tall table, whatever the files.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from testigo.core import InputFileError, Message
from testigo.records.files.missing_columns import describe_columns
from testigo.records.folding import fold
from testigo.records.rows.coded import Coded, blank_column, encode, stacked
from testigo.records.rows.column_keys import MonthKey, ScopeKey
from testigo.records.rows.values import NOT_COLLECTED, statuses_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from testigo.records.files.raw import RawTable
    from testigo.records.model import Delivery, Source
    from testigo.records.rows.column_keys import ColumnKey


@dataclass(frozen=True, slots=True, eq=False)
class Stack:
    """All rows of a source below one another.

    Attributes
    ----------
    source
        The source.
    deliveries, tables
        The files in the order of their names, and what each holds.
    file, row
        File (position in `deliveries`) and row number of each row, shape (row,).
    names
        Delivered name of each mapped column, by key (a field, a month, a scope), a name
        per file.
    ends
        Where the rows of each file end, shape (file,).
    """

    source: Source
    deliveries: tuple[Delivery, ...]
    tables: tuple[RawTable, ...]
    file: NDArray[np.int32]
    row: NDArray[np.int32]
    names: Mapping[ColumnKey, tuple[str, ...]]
    ends: NDArray[np.int64]
    _coded: dict[ColumnKey, Coded] = field(default_factory=dict)
    _delivered: dict[tuple[int, str], Coded] = field(default_factory=dict)
    _statuses: dict[ColumnKey, NDArray[np.int8]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.row)

    def has(self, key: ColumnKey) -> bool:
        """Say whether a column is mapped."""
        return key in self.names

    def column(self, key: ColumnKey) -> Coded:
        """Return a mapped column; blank cells where it is not mapped."""
        if key not in self._coded:
            self._coded[key] = self._encoded(key) if self.has(key) else blank_column(len(self))
        return self._coded[key]

    def statuses(self, key: ColumnKey) -> NDArray[np.int8]:
        """Return what each text of a mapped column says about itself, shape (text,)."""
        if key not in self._statuses:
            self._statuses[key] = statuses_of(self.column(key).texts)
        return self._statuses[key]

    def row_statuses(self, key: ColumnKey) -> NDArray[np.int8]:
        """Return what each row's cell says about itself; blank is not collected."""
        return self.column(key).spread(self.statuses(key), blank=NOT_COLLECTED)

    def replace_column(self, key: ColumnKey, column: Coded) -> None:
        """Put another reading of a column in its place (a code map was applied)."""
        self._coded[key] = column

    def rows_of_file(self, number: int) -> slice:
        """Return where the rows of a file are."""
        return slice(int(self.ends[number - 1]) if number else 0, int(self.ends[number]))

    def unmapped(self, number: int) -> tuple[str, ...]:
        """Return the delivered columns of a file that no key uses."""
        used = {names[number] for names in self.names.values()}
        return tuple(name for name in self.tables[number].header if name not in used)

    def delivered(self, number: int, name: str) -> Coded:
        """Return a delivered column of one file, mapped or not."""
        key = (number, name)
        if key not in self._delivered:
            self._delivered[key] = encode(self.tables[number].cells[name])
        return self._delivered[key]

    def _encoded(self, key: ColumnKey) -> Coded:
        return stacked(
            [self.delivered(number, name) for number, name in enumerate(self.names[key])]
        )


def wanted_columns(source: Source) -> dict[ColumnKey, str]:
    """Return the columns that a source speaks of: key to configured name.

    Examples
    --------
    >>> from testigo.core import Text
    >>> from testigo.records import Source
    >>> name = Text(es="Policía", en="Police")
    >>> source = Source("police", name, "tallies", "criminal_justice", ("a.csv",),
    ...                 {"value": "CANTIDAD"}, keep={"TIPO": ("Homicidio",)})
    >>> wanted_columns(source)
    {'value': 'CANTIDAD', ScopeKey(name='TIPO'): 'TIPO'}
    """
    wanted: dict[ColumnKey, str] = {}
    wanted.update(source.columns.items())
    wanted |= {MonthKey(month): name for month, name in enumerate(source.months, start=1)}
    return wanted | {ScopeKey(name): name for name in source.keep}


def stack_tables(
    source: Source, deliveries: Sequence[Delivery], tables: Sequence[RawTable]
) -> Stack:
    """Lay the tables of a source below one another.

    Raises
    ------
    InputFileError
        When a file lacks a column that testigo.toml speaks of.
    """
    names = {
        key: tuple(
            _find(source, key, wanted, delivery, table)
            for delivery, table in zip(deliveries, tables, strict=True)
        )
        for key, wanted in wanted_columns(source).items()
    }
    lengths = [table.cells.num_rows for table in tables]
    return Stack(
        source=source,
        deliveries=tuple(deliveries),
        tables=tuple(tables),
        file=np.repeat(np.arange(len(tables), dtype=np.int32), lengths),
        row=np.concatenate([table.rows for table in tables] or [np.zeros(0, np.int32)]),
        names=names,
        ends=np.cumsum(lengths, dtype=np.int64),
    )


def _find(source: Source, key: ColumnKey, wanted: str, delivery: Delivery, table: RawTable) -> str:
    if wanted in table.header:
        return wanted
    folded = fold(wanted)
    for name in table.header:
        if fold(name) == folded and folded:
            return name
    raise InputFileError(
        Message(
            "{file}: there is no column {column!r}, which testigo.toml names for {key!r} of source "
            "{source!r}.",
            {"file": delivery.name, "column": wanted, "key": str(key), "source": source.id},
        ),
        describe_columns(
            wanted,
            table.header,
            expected=tuple(wanted_columns(source).values()),
            header_row=table.header_row,
        ),
    )
