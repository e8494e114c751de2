"""Direct age standardisation with gamma limits: numbers only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from testigo.estimation.model import PER, StandardisedRate
from testigo.estimation.poisson import check_level

if TYPE_CHECKING:
    from numpy.typing import ArrayLike


def standardise_directly(
    victims: ArrayLike, population: ArrayLike, weights: ArrayLike, *, level: float = 0.95
) -> StandardisedRate:
    """Weighted sum of age rates, with the limits of Fay and Feuer.

    The weighted sum y of Poisson counts has an estimated variance v; the lower limit is the
    quantile of the gamma distribution with mean y and variance v, the upper one that of mean
    y + m and variance v + m², m being the largest weight that one more victim could have. With
    one age group the limits are the exact Poisson limits. They keep at least their level, and
    are wide where a small age group has a large weight.

    Parameters
    ----------
    victims, population
        By age group, shape (area, age).
    weights
        Of the standard population, shape (age,); only their proportions matter.
    level
        Coverage of the limits, between 0 and 1.

    Returns
    -------
    StandardisedRate
        Victims per 100,000 residents per year, shape (area,); NaN where an age group of the
        area has no residents.

    References
    ----------
    Fay and Feuer 1997, Statistics in Medicine 16, 791-801.

    Examples
    --------
    >>> found = standardise_directly([[10, 30]], [[50_000, 50_000]], [1, 1])
    >>> float(found.rate[0])
    40.0
    """
    from scipy.special import gammainccinv, gammaincinv

    check_level(level)
    counts = np.asarray(victims, dtype=np.float64)
    people = np.asarray(population, dtype=np.float64)
    shares = np.asarray(weights, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        of_one = np.where(people > 0, shares / shares.sum() / people, np.nan)
    rate = (of_one * counts).sum(axis=-1)
    variance = (of_one**2 * counts).sum(axis=-1)
    largest = of_one.max(axis=-1)
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = gammaincinv(rate**2 / variance, tail) * variance / rate
    low = np.where(rate == 0, 0.0, low)
    mean, spread = rate + largest, variance + largest**2
    high = gammainccinv(mean**2 / spread, tail) * spread / mean
    return StandardisedRate(rate=rate * PER, low=low * PER, high=high * PER, level=level)
