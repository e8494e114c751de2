"""Tables of overlaps by stratum, each as often as there are linkage draws or imputed replicates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Message, UsageError
from testigo.estimation.systems.capture_histories import CaptureHistories

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

COUNT: Final = "count"
DRAW: Final = "draw"
Stratum = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class LinkedHistories:
    """One stratum, seen through every draw of the linkage or every imputed replicate.

    Attributes
    ----------
    best
        The table of the best partition, which the gate judges; of imputations the first.
    draws
        The tables whose estimates are mixed; empty where there is only the best one.
    """

    best: CaptureHistories
    draws: tuple[CaptureHistories, ...] = ()

    @property
    def stratum(self) -> Stratum:
        """Names and values; an unknown value is an empty text."""
        return self.best.stratum

    @property
    def observed(self) -> int:
        """People on at least one list: in the middle draw, where there are draws.

        The best partition joins only records that are more likely than not one person's, and so
        holds more people than there are.
        """
        drawn = sorted(each.observed for each in self.draws)
        return drawn[(len(drawn) - 1) // 2] if drawn else self.best.observed

    @property
    def different(self) -> int:
        """How many different tables the draws give, those counted less that are few.

        The inverse of Simpson's index, rounded down: ten draws of one table and ten of another are
        two tables; where nearly all draws give one table, there is but one.
        """
        times = Counter((each.patterns.tobytes(), each.counts.tobytes()) for each in self.draws)
        alike = sum(each**2 for each in times.values())
        return len(self.draws) ** 2 // alike if alike else 0

    @property
    def label(self) -> str:
        """As the column `stratum` of the estimates has it; empty for everybody."""
        return " ".join(f"{name}={value}" for name, value in self.stratum)


def split_histories(
    table: pa.Table, *, lists: Sequence[str], strata: Sequence[str] = ()
) -> tuple[LinkedHistories, ...]:
    """Make the tables of every stratum and draw from one table of counts.

    Parameters
    ----------
    table
        Columns: those of `strata`, 0 or 1 for each list, `count` (people), and `draw`: 0 is the
        best partition, 1 to M the draws. Without `draw` all rows are the best partition; without
        rows of draw 0 (imputed replicates) the first replicate is judged and all are mixed.
    lists, strata
        Names of columns.

    Returns
    -------
    tuple of LinkedHistories
        In the order of the stratum values; an unknown value (null or blank) is a stratum of its
        own, last. A stratum that has nobody in a draw has an empty table there.

    Raises
    ------
    UsageError
        For a column that is not there, or counts that `CaptureHistories.of` refuses.
    """
    missing = [name for name in (*strata, *lists, COUNT) if name not in table.column_names]
    if missing:
        raise UsageError(
            Message("The table of overlaps has no column {given}.", {"given": ", ".join(missing)}),
            Message("It has: {known}.", {"known": ", ".join(table.column_names)}),
        )
    held = np.column_stack([table[name].to_numpy() for name in lists]).astype(np.float64)
    people = table[COUNT].to_numpy().astype(np.float64)
    number = table[DRAW].to_numpy() if DRAW in table.column_names else np.zeros(len(people))
    draws = [int(each) for each in np.unique(number) if each > 0]
    keys, place = _group(table, strata)

    def of(key: tuple[str, ...], rows: NDArray[np.bool_]) -> CaptureHistories:
        named = list(zip(strata, key, strict=True))
        return CaptureHistories.of(lists, held[rows], people[rows], stratum=named)

    found = []
    for group, rows in enumerate(_rows_of(place, len(keys))):
        here = number[rows]
        each = tuple(of(keys[group], rows[here == draw]) for draw in draws)
        best = of(keys[group], rows[here == 0]) if (number == 0).any() or not each else each[0]
        found.append(LinkedHistories(best, each))
    return tuple(found)


def gather_replicates(
    replicates: Sequence[Sequence[CaptureHistories]],
) -> tuple[LinkedHistories, ...]:
    """Put imputed replicates of the same strata side by side; the first is judged, all are mixed.

    Parameters
    ----------
    replicates
        Of each replicate, one table for each stratum, as `read_capture_histories` gives them.

    Raises
    ------
    UsageError
        For no replicates, or one without a stratum that another has.
    """
    by_stratum = [{each.stratum: each for each in replicate} for replicate in replicates]
    strata = list(dict.fromkeys(key for each in by_stratum for key in each))
    if not strata or any(set(each) != set(strata) for each in by_stratum):
        raise UsageError(
            Message("The replicates do not have the same strata."),
            Message("Each replicate needs the same strata, also those in which nobody was put."),
        )
    tables = [tuple(each[key] for each in by_stratum) for key in strata]
    return tuple(LinkedHistories(each[0], each) for each in tables)


def _group(
    table: pa.Table, strata: Sequence[str]
) -> tuple[list[tuple[str, ...]], NDArray[np.int64]]:
    """Distinct stratum values, unknown last, and the place of each row among them."""
    if not strata:
        return [()], np.zeros(table.num_rows, dtype=np.int64)
    columns = [
        ["" if value is None else str(value).strip() for value in table[name].to_pylist()]
        for name in strata
    ]
    values = list(zip(*columns, strict=True))
    keys = sorted(set(values), key=lambda key: [(not part, part) for part in key])
    place = {key: number for number, key in enumerate(keys)}
    return keys, np.array([place[value] for value in values], dtype=np.int64)


def _rows_of(place: NDArray[np.int64], groups: int) -> list[NDArray[np.int64]]:
    order = np.argsort(place, kind="stable")
    return np.split(order, np.searchsorted(place[order], np.arange(1, groups)))
