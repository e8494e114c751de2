"""A file of overlaps: what was read of it, stratum by stratum, and what to say of that."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import InputFileError, Message, Number
from testigo.estimation.file_columns import FileColumns
from testigo.estimation.systems.capture_histories import CaptureHistories
from testigo.estimation.systems.overlap_columns import choose_lists, show_header
from testigo.estimation.systems.overlap_strata import check_names, check_strata, ends_in_total

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from testigo.core import Speaking

COUNT: Final = "count"
MOST_PEOPLE: Final = 10**8  # of one row; more is a slip
_SHOULD_BE_ALONE: Final = 10  # people; real lists on which nobody is alone lack five at the most
_DECIMALS: Final = re.compile(r"[.,](?!\d{3}$)\d*$")  # three digits may be thousands


@dataclass(frozen=True, slots=True, eq=False)
class OverlapFile:
    """What was read of a file of overlaps.

    Attributes
    ----------
    tables
        One for each stratum, in the file's order.
    count
        What the column of people is called.
    rows
        How many there are below the header.
    repeated
        Rows whose pattern and stratum stand in a row above; their counts were added.
    left_out
        Rows at the end that were taken for totals and notes.
    alike
        Columns of strata with values that only capitals, accents or spaces tell apart.
    """

    tables: tuple[CaptureHistories, ...]
    count: str
    rows: int
    repeated: int
    left_out: int
    alike: tuple[str, ...]

    @property
    def lists(self) -> tuple[str, ...]:
        """Columns that were read as lists."""
        return self.tables[0].lists

    @property
    def strata(self) -> tuple[str, ...]:
        """Columns that were read as strata."""
        return tuple(name for name, _ in self.tables[0].stratum)

    @property
    def never_alone(self) -> tuple[str, ...]:
        """Lists on which nobody is alone though many should be: perhaps strata.

        Many are ten or more by Chao's lower bound, from those who are on one and on two lists
        more; or any, where nobody is on another list alone without being on it and that one too.
        """
        held = np.vstack([table.patterns for table in self.tables])
        people = np.concatenate([table.counts for table in self.tables])
        if held.shape[1] < 3:  # noqa: PLR2004  # of two lists it is a part of the other
            return ()
        return tuple(
            name for place, name in enumerate(self.lists) if _is_never_alone(held, people, place)
        )

    @property
    def empty(self) -> tuple[str, ...]:
        """Lists that hold nobody."""
        held = np.sum([table.of_list for table in self.tables], axis=0)
        return tuple(name for name, many in zip(self.lists, held, strict=True) if not many)

    @property
    def fine(self) -> tuple[str, ...]:
        """Columns of strata that hardly ever say the same twice: perhaps dates."""
        many = len(self.tables)
        if many < 3 or many <= (self.rows - self.repeated) / 2:  # noqa: PLR2004
            return ()
        values = zip(*(table.stratum for table in self.tables), strict=True)
        return tuple(column[0][0] for column in values if len(set(column)) > many / 2)

    @property
    def remarks(self) -> tuple[Speaking, ...]:
        """What a reader must know of how the file was read; the first line names the columns."""
        facts = {
            "rows": Number(self.rows),
            "people": Number(sum(table.observed for table in self.tables)),
            "count": self.count,
            "lists": ", ".join(self.lists),
            "strata": ", ".join(self.strata),
            "many": Number(len(self.tables)),
            "repeated": Number(self.repeated),
            "left_out": Number(self.left_out),
            "empty": ", ".join(self.empty),
            "alone": ", ".join(self.never_alone),
            "alike": ", ".join(self.alike),
            "fine": ", ".join(self.fine),
        }
        told = (
            (_STRATA if self.strata else _NO_STRATA, True),
            (_LEFT_OUT, self.left_out),
            (_REPEATED, self.repeated),
            (_EMPTY, facts["empty"]),
            (_ALONE, facts["alone"]),
            (_FINE, facts["fine"]),
            (_ALIKE, facts["alike"]),
        )
        return tuple(replace(text, values=facts) for text, holds in told if holds)


_NO_STRATA: Final = Message(
    "Rows: {rows}. People, from column {count}: {people}. Lists (columns of 0 and 1): {lists}. "
    "Strata (other columns): none."
)
_STRATA: Final = Message(
    "Rows: {rows}. People, from column {count}: {people}. Lists (columns of 0 and 1): {lists}. "
    "Strata (other columns): {many}, by {strata}."
)
_LEFT_OUT: Final = Message("Rows at the end left out, as totals or notes: {left_out}.")
_REPEATED: Final = Message(
    "Rows that repeat a pattern of the same stratum: {repeated}. Their counts were added."
)
_EMPTY: Final = Message("Lists that hold nobody: {empty}. They tell nothing of anybody else.")
_ALONE: Final = Message(
    "Nobody is on {alone} alone. If that is no list but a stratum, write words in it instead of 0 "
    "and 1: as a list it makes the answer wrong."
)
_FINE: Final = Message(
    "Most strata have one or two rows, too few for an estimate. If {fine} is no stratum but a date "
    "or an identifier, take that column out."
)
_ALIKE: Final = Message(
    "Values of {alike} that only capitals, accents or spaces tell apart make strata of their own; "
    "write each value in one way."
)


def read_overlaps(path: Path) -> OverlapFile:
    """Read a table of overlaps, and what must be said of how it was read.

    Columns that hold only 0 and 1 are lists, `count` the people; other columns are strata.

    Raises
    ------
    InputFileError
        For a file that cannot be read, no column of counts, a count that is no whole number of
        people, people on no list, and whatever `choose_lists` and `check_strata` refuse; names
        file, row, column.
    """
    delivered = FileColumns.read(path, (COUNT,), example=lambda header: show_header(COUNT, header))
    name = delivered.find(COUNT)
    check_names(delivered)
    people = delivered.numbers(COUNT)
    _check_whole(delivered, name, people)
    lists = choose_lists(delivered, name, people)
    held = np.column_stack(list(lists.values()))
    strata = [each for each in delivered.cells.column_names if each != name and each not in lists]
    keys = _keys(delivered, strata)
    total = ends_in_total(keys, held, people)
    if total:
        delivered = delivered.filtered(np.arange(len(people)) < len(people) - 1)
        keys, held, people = keys[:-1], held[:-1], people[:-1]
    _check_unseen(delivered, name, held, people, ", ".join(lists))
    check_strata(delivered, strata, keys, held, people)
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        places[key].append(place)
    return OverlapFile(
        tables=tuple(
            CaptureHistories.of(
                list(lists), held[chosen], people[chosen],
                stratum=list(zip(strata, key, strict=True)),
            )
            for key, chosen in places.items()
        ),
        count=name,
        rows=len(keys),
        repeated=len(keys) - len(set(zip(keys, map(tuple, held.tolist()), strict=True))),
        left_out=delivered.table.footers.num_rows + total,
        alike=tuple(each for each in strata if _has_alike(delivered, each)),
    )  # fmt: skip


def read_capture_histories(path: Path) -> tuple[CaptureHistories, ...]:
    """Read a table of overlaps; one `CaptureHistories` for each stratum, in the file's order.

    Raises
    ------
    InputFileError
        As `read_overlaps` does.
    """
    return read_overlaps(path).tables


def _keys(delivered: FileColumns, strata: list[str]) -> list[tuple[str, ...]]:
    if not strata:
        return [()] * len(delivered.rows)
    columns = (delivered.table.texts(name) for name in strata)
    return [tuple(text or "" for text in row) for row in zip(*columns, strict=True)]


def _is_never_alone(held: NDArray[np.int64], people: NDArray[np.int64], place: int) -> bool:
    """Say whether nobody is on a list alone who should be, if it is a list."""
    more = held.sum(axis=1) - held[:, place]
    on = held[:, place] == 1
    if not on.any() or (on & (more == 0)).any():
        return False
    once, twice = (int(people[on & (more == each)].sum()) for each in (1, 2))
    should = once * (once - 1) / (2 * (twice + 1))
    with_one = held[on & (more == 1)].any(axis=0)
    return bool(with_one.sum() == held.shape[1]) or should >= _SHOULD_BE_ALONE


def _has_alike(delivered: FileColumns, column: str) -> bool:
    from testigo.records import fold

    values = set(delivered.table.texts(column))
    return len({fold(value or "") for value in values}) < len(values)


def _check_whole(delivered: FileColumns, column: str, people: NDArray[np.float64]) -> None:
    parts = people != np.floor(people)
    if parts.any():
        _refuse_part(delivered, column, parts)
    many = people > MOST_PEOPLE
    if many.any():
        delivered.refuse(
            int(np.argmax(many)),
            column,
            Message("holds more than {most} people", {"most": Number(MOST_PEOPLE)}),
            Message("See whether digits or rows ran together; so many cannot have one pattern."),
        )
    if not people.any():
        raise InputFileError(
            Message("{file} holds nobody: every count is 0.", {"file": delivered.name}),
            Message("Write how many people have each pattern."),
        )


def _refuse_part(delivered: FileColumns, column: str, parts: NDArray[np.bool_]) -> None:
    """Name the row with decimals: where there is one, 1.412 in another row is none of thousands."""
    texts, place = delivered.distinct(column)
    decimals = np.array([_DECIMALS.search(text or "") is not None for text in texts])[place]
    index, other = int(np.argmax(decimals if decimals.any() else parts)), int(np.argmax(parts))
    what = Message("is not a whole number of people")
    if not parts[index]:
        told = {"given": repr(texts[place[index]]), "row": int(delivered.rows[other])}
        what = Message("{given} has decimals, so that row {row} is read with decimals too", told)
    delivered.refuse(index, column, what, Message("A count is a whole number, 0 or more."))


def _check_unseen(
    delivered: FileColumns,
    column: str,
    held: NDArray[np.float64],
    people: NDArray[np.float64],
    lists: str,
) -> None:
    nobody = (held.sum(axis=1) == 0) & (people > 0)
    if nobody.any():
        delivered.refuse(
            int(np.argmax(nobody)),
            column,
            Message("the row holds people who are on no list (lists: {lists})", {"lists": lists}),
            Message("Take the row out: how many are on no list is what we want to learn."),
        )
