"""Rates of small areas, drawn towards the others: Gamma-Poisson shrinkage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from testigo.estimation.model import PER

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def shrink_rates(
    victims: ArrayLike, population: ArrayLike, *, groups: ArrayLike | None = None
) -> NDArray[np.float64]:
    """Gamma-Poisson (empirical Bayes) means of rates.

    The rates of the areas are taken to vary around their pooled mean m by a Gamma distribution
    whose variance A is found by moments: the population-weighted variance of the crude rates
    less what chance alone explains (m divided by the mean population), or 0 when that is
    negative. The posterior mean of an area with y victims among n residents is then
    (y + m² / A) / (n + m / A): the crude rate where n is large, m where it is small, always
    between the two, never negative. With A = 0 it is m for every area.

    Parameters
    ----------
    victims, population
        As in `poisson_rate`, shape (area,).
    groups
        Non-negative integers, shape (area,): areas are drawn towards the mean of their own
        group only. None: all are one group.

    Returns
    -------
    ndarray
        Victims per 100,000 residents per year, shape (area,); NaN where there is no population.

    References
    ----------
    Marshall 1991, Applied Statistics 40(2), 283-294 (the global estimator).

    Examples
    --------
    >>> shrink_rates([0, 50], [1_000, 100_000]).round(1).tolist()
    [49.5, 49.5]
    """
    counts = np.asarray(victims, dtype=np.float64)
    people = np.asarray(population, dtype=np.float64)
    group = np.zeros(counts.shape, dtype=np.int64) if groups is None else np.asarray(groups)
    shrunken = np.full(counts.shape, np.nan)
    usable = (people > 0) & ~np.isnan(counts)
    if usable.any():
        shrunken[usable] = _posterior_means(counts[usable], people[usable], group[usable]) * PER
    return shrunken


def _posterior_means(
    counts: NDArray[np.float64], people: NDArray[np.float64], group: NDArray[np.int64]
) -> NDArray[np.float64]:
    members = np.bincount(group)
    residents = np.bincount(group, weights=people)
    with np.errstate(divide="ignore", invalid="ignore"):  # numbers that no group bears
        mean = np.bincount(group, weights=counts) / residents
        spread = people * (counts / people - mean[group]) ** 2
        variance = np.bincount(group, weights=spread) / residents
        between = np.maximum(variance - mean * members / residents, 0.0)
    chance = mean[group]
    signal = between[group] * people
    total = signal + chance
    share = np.divide(signal, total, out=np.zeros_like(total), where=total > 0)
    return share * (counts / people) + (1 - share) * chance
