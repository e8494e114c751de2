"""Figures that grow after they were first published: revisions and reporting delay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class ReportingDelay:
    """Victims by year of the event and years until they were registered.

    Attributes
    ----------
    years
        Years of the event, ascending, shape (year,).
    victims
        Registered with a delay of 0, 1, 2 ... years, shape (year, delay); NaN: not yet
        observable, because that year of registration is not in the data.
    completeness
        Share of the finally known victims that is known after a delay of 0, 1, 2 ... years,
        shape (delay,), ending in 1: chain-ladder factors over the years that show both delays.
    """

    years: NDArray[np.int64]
    victims: NDArray[np.float64]
    completeness: NDArray[np.float64]


def revision(first: ArrayLike, later: ArrayLike) -> NDArray[np.float64]:
    """Return (later - first) / first; NaN where the first figure was zero. Any one shape.

    Examples
    --------
    >>> revision([100, 0], [103, 2])
    array([0.03,  nan])
    """
    before, after = np.asarray(first, dtype=np.float64), np.asarray(later, dtype=np.float64)
    change: NDArray[np.float64] = np.full(np.shape(after - before), np.nan)
    np.divide(after - before, before, out=change, where=before != 0)
    return change


def reporting_delay(
    event_year: ArrayLike, registration_year: ArrayLike, victims: ArrayLike
) -> ReportingDelay:
    """Lay out a reporting triangle and measure how complete a year is as time goes by.

    Lines registered before the event say nothing about delay and are left out.

    Parameters
    ----------
    event_year, registration_year, victims
        One line of the triangle each, in any order, shape (line,).

    Notes
    -----
    Chain ladder: Mack 1993, ASTIN Bulletin 23(2), 213-225.

    Examples
    --------
    >>> delay = reporting_delay([2000, 2000, 2001], [2000, 2001, 2001], [90, 10, 45])
    >>> delay.completeness
    array([0.9, 1. ])
    """
    event = np.asarray(event_year, dtype=np.int64)
    delay = np.asarray(registration_year, dtype=np.int64) - event
    weight = np.asarray(victims, dtype=np.float64)
    usable = delay >= 0
    event, delay, weight = event[usable], delay[usable], weight[usable]
    if event.size == 0:
        return ReportingDelay(event, np.empty((0, 0)), np.empty(0))
    years, year = np.unique(event, return_inverse=True)
    triangle = np.zeros((years.size, int(delay.max()) + 1))
    np.add.at(triangle, (year, delay), weight)
    last = (event + delay).max()
    delays = np.arange(triangle.shape[1])
    triangle[years[:, None] + delays > last] = np.nan
    return ReportingDelay(years, triangle, _completeness(triangle))


def _completeness(triangle: NDArray[np.float64]) -> NDArray[np.float64]:
    known = np.cumsum(triangle, axis=1)
    both = np.isfinite(known[:, 1:])
    before = np.where(both, known[:, :-1], 0).sum(axis=0)
    after = np.where(both, known[:, 1:], 0).sum(axis=0)
    growth = np.divide(after, before, out=np.ones_like(after), where=before > 0)
    still_to_come = np.append(np.cumprod(growth[::-1])[::-1], 1.0)
    return 1 / still_to_come
