"""Which rows hold the same, to the last character.

Rows are first compared by a hash of their columns, so that only the few that may be equal are
compared in full: a hash never decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.records.folding import fold
from testigo.records.rows.coded import Coded, blank_column, refine, stacked
from testigo.records.rows.personal import is_counter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from testigo.records.rows.column_keys import ColumnKey
    from testigo.records.rows.stacking import Stack

_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)  # the golden ratio, as splitmix64 uses it
_STIR: Final = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT: Final = np.uint64(31)


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows that are equal to some other row.

    Attributes
    ----------
    rows
        Positions in the stack, ascending, shape (member,).
    group
        Number of the group of each, shape (member,).
    """

    rows: NDArray[np.int64]
    group: NDArray[np.int64]

    @property
    def sizes(self) -> NDArray[np.int64]:
        """How many rows each group has, shape (group,)."""
        return np.bincount(self.group)

    @property
    def place(self) -> NDArray[np.int64]:
        """Place of each row within its group, from 0 in the order of files and rows."""
        order = np.argsort(self.group, kind="stable")
        starts = np.cumsum(self.sizes) - self.sizes
        place = np.empty(len(self.rows), np.int64)
        place[order] = np.arange(len(self.rows)) - np.repeat(starts, self.sizes)
        return place

    def of_size(self, chosen: NDArray[np.bool_]) -> Groups:
        """Return the groups that are chosen, numbered anew."""
        kept = chosen[self.group]
        return Groups(self.rows[kept], np.unique(self.group[kept], return_inverse=True)[1])


def equal_rows(
    stack: Stack,
    among: NDArray[np.bool_],
    *,
    keys: Iterable[ColumnKey],
    use: Callable[[Coded], bool] = lambda column: not is_counter(column),
) -> Groups:
    """Find the rows that are equal to another in some columns.

    Parameters
    ----------
    stack
        The deliveries of a source.
    among
        Rows to compare, shape (row,).
    keys
        Mapped columns to compare.
    use
        Which of the columns that no key uses are compared too; by default all but those that
        merely number the rows.
    """
    columns = [stack.column(key) for key in keys]
    rows = np.flatnonzero(among)
    rows = rows[_repeated(_hashes(columns, rows))]
    group = np.zeros(len(rows), np.int64)
    for column in columns:
        group = refine(group, column.chosen(rows))
    for column in _unmapped(stack, rows, use) if len(rows) else ():
        group = refine(group, column)
    groups = Groups(rows, group)
    return groups.of_size(groups.sizes > 1)


def _hashes(columns: Iterable[Coded], rows: NDArray[np.int64]) -> NDArray[np.uint64]:
    mixed = np.zeros(len(rows), np.uint64)
    for column in columns:
        mixed ^= column.codes[rows].astype(np.int64).view(np.uint64) + _SPREAD
        mixed *= _STIR
        mixed ^= mixed >> _SHIFT
    return mixed


def _repeated(hashes: NDArray[np.uint64]) -> NDArray[np.bool_]:
    order = np.argsort(hashes)
    same = hashes[order][1:] == hashes[order][:-1]
    repeated = np.zeros(len(hashes), bool)
    repeated[order[1:][same]] = True
    repeated[order[:-1][same]] = True
    return repeated


def _unmapped(
    stack: Stack, rows: NDArray[np.int64], use: Callable[[Coded], bool]
) -> Iterable[Coded]:
    """Give the unmapped columns of some rows; files are matched by the folded column name."""
    starts = stack.ends - np.diff(stack.ends, prepend=0)
    inside = [
        part - start
        for part, start in zip(
            np.split(rows, np.searchsorted(rows, stack.ends)), starts, strict=False
        )
    ]
    names: dict[str, dict[int, str]] = {}
    for number in np.unique(stack.file[rows]).tolist():
        for name in stack.unmapped(number):
            if use(stack.delivered(number, name)):
                names.setdefault(fold(name) or name, {})[number] = name
    for of_file in names.values():
        yield stacked(
            [
                stack.delivered(number, of_file[number]).chosen(chosen)
                if number in of_file
                else blank_column(len(chosen))
                for number, chosen in enumerate(inside)
            ]
        )
