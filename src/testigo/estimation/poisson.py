"""Crude rates with exact Poisson limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from testigo.core import Message, UsageError
from testigo.estimation.model import PER, PoissonRate

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def poisson_rate(victims: ArrayLike, population: ArrayLike, *, level: float = 0.95) -> PoissonRate:
    """Rates with exact limits.

    The limits are the two means under which a count as low, or as high, as the one found has
    probability (1 - level) / 2 (Garwood 1936, Biometrika 28, 437-442; domain.md 1.7). The lower
    one is 0 when nobody was killed.

    Parameters
    ----------
    victims
        Counts, not negative, shape (area,).
    population
        Residents (person-years when the period is not a year), shape (area,). Where it is zero,
        negative or not a number there is no rate: NaN, never infinity.
    level
        Coverage of the limits, between 0 and 1.

    Returns
    -------
    PoissonRate
        Victims per 100,000 residents per year.

    Raises
    ------
    UsageError
        For a negative count, or a level that is not between 0 and 1.

    Examples
    --------
    >>> found = poisson_rate([2576], [6_253_419])
    >>> [round(float(bound[0]), 1) for bound in (found.rate, found.low, found.high)]
    [41.2, 39.6, 42.8]
    """
    counts, people = np.broadcast_arrays(
        np.asarray(victims, dtype=np.float64), np.asarray(population, dtype=np.float64)
    )
    low, high = poisson_limits(counts, level=level)
    with np.errstate(divide="ignore", invalid="ignore"):
        per = np.where(people > 0, PER / people, np.nan)
    return PoissonRate(rate=counts * per, low=low * per, high=high * per, level=level)


def poisson_limits(
    counts: NDArray[np.float64], *, level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Exact limits of Poisson means; both of the shape of `counts`."""
    from scipy.special import gammainccinv, gammaincinv  # scipy.stats takes two seconds to import

    check_level(level)
    if np.any(counts < 0):
        raise UsageError(Message("A count of victims cannot be negative."))
    tail = (1 - level) / 2
    # The chi-square quantiles of domain.md 1.7, halved, are quantiles of the gamma distribution;
    # a country has few distinct counts, and the quantile is what costs.
    distinct, place = np.unique(counts, return_inverse=True)
    low = np.where(distinct > 0, gammaincinv(np.maximum(distinct, 1), tail), 0.0)
    high = gammainccinv(distinct + 1, tail)
    low = np.where(np.isnan(distinct), np.nan, low)
    return low[place].reshape(counts.shape), high[place].reshape(counts.shape)


def check_level(level: float) -> None:
    """Refuse a coverage that is not between 0 and 1."""
    if not 0 < level < 1:
        raise UsageError(
            Message("A level of {level} cannot be the coverage of an interval.", {"level": level}),
            Message("Write a share between 0 and 1, for instance 0.95."),
        )
