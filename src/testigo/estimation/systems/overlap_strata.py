"""Which strata of a file of overlaps are none: totals, names of people, numbers of lists."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import InputFileError, Message, Number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from testigo.estimation.file_columns import FileColumns

    Key = tuple[str, ...]

_TOTALS: Final = frozenset({
    "total", "totales", "totals", "subtotal", "total general", "grand total", "gran total", "suma",
    "sum", "todo", "todos", "todas", "all", "both", "ambos", "ambas", "both sexes", "ambos sexos",
})  # fmt: skip  # folded
_UNSEEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})  # what moves a cursor or turns a line around
_MANY: Final = 20  # so many strata may be of single rows: a small table says it for itself
_LEAST_CELLS: Final = 3  # two rows may add up to a third by chance
_LEAST_LISTS: Final = 3
_ROWS_TOLD: Final = 10
_TAKE_OUT: Final = Message(
    "Take these rows out: all strata together are estimated without them. If they are no total, "
    "name the stratum otherwise."
)


def check_names(delivered: FileColumns) -> None:
    """Stop at the name of a column that holds what a terminal would obey and nobody sees.

    Raises
    ------
    InputFileError
        With the place of the column, and without its name.
    """
    for place, name in enumerate(delivered.cells.column_names, 1):
        if _has_unseen(name):
            raise InputFileError(
                Message(
                    "{file}: the name of column {place} holds characters that nobody sees.",
                    {"file": delivered.name, "place": place},
                ),
                _VISIBLE,
            )


_VISIBLE: Final = Message("Type it again, with letters, digits and spaces.")


def check_strata(
    delivered: FileColumns,
    strata: Sequence[str],
    keys: Sequence[Key],
    held: NDArray[np.float64],
    people: NDArray[np.float64],
) -> None:
    """Stop where strata are none; nothing of them is quoted but words for a total.

    Parameters
    ----------
    delivered
        The file.
    strata
        Columns that are no lists.
    keys
        What they say in each row.
    held
        0 or 1, shape (row, list).
    people
        How many have that pattern, shape (row,).

    Raises
    ------
    InputFileError
        For about as many strata as rows, a stratum that is the total of others, one that says on
        how many lists people are, and characters that nobody sees.
    """
    _refuse_many(delivered, strata, keys)
    for column in strata:
        texts, place = delivered.distinct(column)
        unseen = np.array([_has_unseen((text or "").strip()) for text in texts])[place]
        if unseen.any():
            what = Message("holds characters that nobody sees")
            delivered.refuse(int(np.argmax(unseen)), column, what, _VISIBLE)
        _refuse_words(delivered, column)
    for at, column in enumerate(strata):
        _refuse_sum(delivered, column, [(key[at], key[:at] + key[at + 1 :]) for key in keys],
                    held, people)  # fmt: skip
        _refuse_sizes(delivered, column, [key[at] for key in keys], held, people)
    if len(strata) > 1:
        _refuse_sum(delivered, strata[0], [(key, ()) for key in keys], held, people)


def ends_in_total(
    keys: Sequence[Key], held: NDArray[np.float64], people: NDArray[np.float64]
) -> bool:
    """Say whether the last row sums up all others and says of no stratum.

    Where there are no strata it must repeat a pattern too, as no row of a table does.
    """
    if len(people) <= _LEAST_CELLS or any(keys[-1]) or people[-1] <= 0:
        return False
    repeats = bool((held[:-1] == held[-1]).all(axis=1).any())
    has_strata = bool(keys[-1])
    return bool(people[-1] == people[:-1].sum()) and (has_strata or repeats)


def _has_unseen(text: str) -> bool:
    return not text.isprintable() and any(unicodedata.category(each) in _UNSEEN for each in text)


def _refuse_many(delivered: FileColumns, strata: Sequence[str], keys: Sequence[Key]) -> None:
    many, most = len(set(keys)), len(keys) / 2
    if many <= max(_MANY, most):
        return
    single = [name for name, values in zip(strata, zip(*keys, strict=True), strict=True)
              if len(set(values)) > most]  # fmt: skip
    raise InputFileError(
        Message(
            "{file} has {many} strata in {rows} rows, by {columns}: too few rows in each.",
            {
                "file": delivered.name,
                "many": Number(many),
                "rows": Number(len(keys)),
                "columns": ", ".join(single or strata),
            },
        ),
        Message(
            "Take out columns that name a person, a document or a day; join strata until each has "
            "several rows."
        ),
    )


def _refuse_words(delivered: FileColumns, column: str) -> None:
    """Stop at a value such as Total, where the column has others beside it."""
    from testigo.records import fold

    texts, place = delivered.distinct(column)
    folded = [fold(text or "") for text in texts]
    whole = np.array([text in _TOTALS for text in folded])[place]
    if not whole.any() or set(folded) <= _TOTALS:
        return
    index = int(np.argmax(whole))
    told = {
        "given": repr((texts[place[index]] or "").strip()),
        "rows": _rows(delivered, np.flatnonzero(whole)),
    }
    what = Message("{given} counts the people of other strata again (rows {rows})", told)
    delivered.refuse(index, column, what, _TAKE_OUT)


def _refuse_sum(
    delivered: FileColumns,
    column: str,
    parts: Sequence[tuple[str | Key, Key]],
    held: NDArray[np.float64],
    people: NDArray[np.float64],
) -> None:
    """Stop where what has one value is, cell by cell, the sum of what has the others."""
    whole: Counter[tuple[Key, bytes]] = Counter()
    tables: defaultdict[str | Key, Counter[tuple[Key, bytes]]] = defaultdict(Counter)
    for (value, rest), pattern, count in zip(parts, held, people.tolist(), strict=True):
        if count > 0:
            whole[rest, pattern.tobytes()] += count
            tables[value][rest, pattern.tobytes()] += count
    if len(tables) < 3 or len(whole) < _LEAST_CELLS:  # noqa: PLR2004  # two alike are no total
        return
    for total, table in tables.items():
        if len(table) == len(whole) and all(2 * table[at] == many for at, many in whole.items()):
            rows = [index for index, (value, _) in enumerate(parts) if value == total]
            told = {"rows": _rows(delivered, rows)}
            what = Message("rows {rows} are the sum of the other strata, counted again", told)
            delivered.refuse(rows[0], column, what, _TAKE_OUT)


def _refuse_sizes(
    delivered: FileColumns,
    column: str,
    values: Sequence[str],
    held: NDArray[np.float64],
    people: NDArray[np.float64],
) -> None:
    """Stop where the number of lists that people are on says which stratum they are in."""
    said: defaultdict[float, set[str]] = defaultdict(set)
    patterns: defaultdict[float, set[bytes]] = defaultdict(set)
    for value, pattern, size, many in zip(values, held, held.sum(axis=1), people, strict=True):
        if many > 0:
            said[size].add(value)
            patterns[size].add(pattern.tobytes())
    alone = all(len(each) == 1 for each in said.values())
    if not alone or len(set().union(*said.values())) < 2 or held.shape[1] < _LEAST_LISTS:  # noqa: PLR2004
        return
    if max(map(len, patterns.values())) > 1:
        delivered.refuse(
            0,
            column,
            Message("the column follows from how many lists people are on, so it is no stratum"),
            Message("Take the column out: the lists themselves say it."),
        )


def _rows(delivered: FileColumns, places: Iterable[int]) -> str:
    """List rows of the file, the first few."""
    rows = [str(delivered.rows[place]) for place in places]
    return ", ".join(rows[:_ROWS_TOLD]) + (", …" if len(rows) > _ROWS_TOLD else "")
