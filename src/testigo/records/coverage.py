"""Where the series of a source is silent, and whether the silence says anything.

A source with one killing a week has months without any: they are true zeros. A source with
two thousand a month that is silent in one month was not reporting. What tells them apart is how
surprising the silence is at the volume of the source.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import MONTHS_IN_YEAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from testigo.records.model import Source, Span

SURPRISE: Final = 0.001  # project default: a silence rarer than this is a gap, not a quiet time


@dataclass(frozen=True, slots=True)
class Silences:
    """Stretches without any row between the first and the last row of a source.

    Attributes
    ----------
    quiet
        Numbers of the months (or days) in which no killing is no surprise, shape (quiet,).
    missing
        Those in which it is one, shape (missing,); declared gaps are in neither.
    """

    quiet: NDArray[np.int64]
    missing: NDArray[np.int64]


def find_silences(
    seen: NDArray[np.int64],
    *,
    victims: float,
    declared: NDArray[np.int64] | None = None,
    silence_is_zero: bool = True,
) -> Silences:
    """Sort the stretches without rows into quiet times and gaps.

    A stretch of n months is a gap when a Poisson count with the source's own mean would be zero
    over n months with a probability under `SURPRISE`.

    Parameters
    ----------
    seen
        Running numbers of the months (or days) with rows, in any order, shape (rows,).
    victims
        Sum over all of them.
    declared
        Numbers inside declared reporting gaps, shape (declared,).
    silence_is_zero
        False for a source that writes its zeros: then every silence is a gap.

    Examples
    --------
    >>> find_silences(np.array([0, 1, 2, 4]), victims=400).missing
    array([3])
    >>> find_silences(np.array([0, 1, 2, 4]), victims=4).quiet
    array([3])
    """
    nothing = np.array([], dtype=np.int64)
    if seen.size == 0:
        return Silences(nothing, nothing)
    everything = np.arange(seen.min(), seen.max() + 1)
    empty = np.setdiff1d(everything, seen)
    if declared is not None:
        empty = np.setdiff1d(empty, declared)
    if empty.size == 0:
        return Silences(nothing, nothing)
    stretch = np.cumsum(np.diff(empty, prepend=empty[0]) > 1)
    lengths = np.bincount(stretch)[stretch]
    mean = victims / (np.unique(seen).size + empty.size)
    surprising = lengths * mean > -math.log(SURPRISE)
    is_gap = surprising if silence_is_zero else np.ones(empty.size, dtype=bool)
    return Silences(empty[~is_gap], empty[is_gap])


def number_of_month(year: NDArray[np.int64], month: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return running numbers of months, so that December and January are neighbours."""
    return year * MONTHS_IN_YEAR + month - 1


def declared_months(source: Source) -> NDArray[np.int64]:
    """Return the numbers of the months that the declared reporting gaps touch."""
    return _inside(source.reporting_gaps, lambda day: day.year * MONTHS_IN_YEAR + day.month - 1)


def declared_days(source: Source) -> NDArray[np.int64]:
    """Return the numbers (days since the year 1) inside the declared reporting gaps."""
    return _inside(source.reporting_gaps, date.toordinal)


def _inside(spans: Iterable[Span], number_of: Callable[[date], int]) -> NDArray[np.int64]:
    stretches = [np.arange(number_of(span.first), number_of(span.last) + 1) for span in spans]
    return np.unique(np.concatenate([np.array([], dtype=np.int64), *stretches]))
