"""Shares of victims by year, and of all years: the arithmetic of most quality indicators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

ALL: Final = "all"


class Line(NamedTuple):
    """One value of one indicator; `field` is empty when it is about the whole source."""

    indicator: str
    field: str
    period: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Victims:
    """The accepted rows of one source as arrays, all of shape (row,).

    Attributes
    ----------
    weight
        Victims that the row stands for.
    year
        Place of its year in `years`; place 0 means no date.
    years
        What the places mean.
    table
        The rows themselves, for what else they hold.
    """

    weight: NDArray[np.int64]
    year: NDArray[np.int64]
    years: tuple[str, ...]
    table: pa.Table

    @classmethod
    def of(cls, accepted: pa.Table) -> Victims:
        """Read the columns `ACCEPTED`."""
        undated = pc.equal(accepted["date_precision"], "unknown")
        calendar = pc.if_else(undated, None, pc.year(accepted["date"]))
        found = calendar.fill_null(0).to_numpy()
        years, year = np.unique(np.append(found, 0), return_inverse=True)
        return cls(
            weight=accepted["count"].to_numpy(),
            year=year[:-1],
            years=("", *(f"{each:04d}" for each in years[1:])),
            table=accepted,
        )

    def has(self, column: str, value: str) -> Mask:
        """Whether each row has exactly this value in a text column; a blank has not."""
        found: Mask = pc.equal(self.table[column], value).fill_null(False).to_numpy()
        return found

    def holds(self, column: str) -> Mask:
        """Whether each row has any value in the column."""
        found: Mask = pc.is_valid(self.table[column]).to_numpy()
        return found

    def shares(self, part: Mask, among: Mask) -> Iterator[tuple[str, float]]:
        """Yield period and share of victims, the whole first; nothing where nobody is among."""
        size = len(self.years)
        below = np.bincount(self.year, weights=self.weight * among, minlength=size)
        above = np.bincount(self.year, weights=self.weight * (part & among), minlength=size)
        if below.sum() > 0:
            yield ALL, float(above.sum() / below.sum())
        for place in range(1, size):
            if below[place] > 0:
                yield self.years[place], float(above[place] / below[place])
