"""The population that a count and its printed rate imply must change smoothly (domain.md 1.8)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PER: Final = 100_000  # residents
NEIGHBOURS: Final = 5  # years that predict a year; domain.md 1.8
SMOOTH: Final = 0.5  # ln units x 100 that a population may leave the line of its neighbours; idem
SAYS_NOTHING: Final = 1 - 1e-9  # a rate no larger than its own rounding
ERROR_BEYOND: Final = 3.0  # idem: a warning up to here


@dataclass(frozen=True, slots=True)
class Jump:
    """A year whose implied population does not fit its neighbours, with both candidate repairs.

    Attributes
    ----------
    year, count, rate
        As printed.
    implied
        Residents, 100,000 x count / rate.
    residual
        ln(implied) less its prediction, x 100 (per cent, nearly).
    threshold
        What `residual` had to exceed.
    trend
        Residents by the log-linear trend of all years that were not flagged.
    repaired_rate
        If the count is right: 100,000 x count / trend.
    repaired_count
        If the rate is right: rate x trend / 100,000.
    """

    year: int
    count: float
    rate: float
    implied: float
    residual: float
    threshold: float
    trend: float
    repaired_rate: float
    repaired_count: float

    @property
    def large(self) -> bool:
        """Whether it is an error rather than a warning."""
        return abs(self.residual) > ERROR_BEYOND


def find_jumps(
    years: Sequence[int], counts: Sequence[float], rates: Sequence[float], *, decimals: int
) -> tuple[Jump, ...]:
    """Find the years in which count and printed rate do not belong together.

    For each year not yet flagged, ln(implied population) is predicted by least squares through
    the five nearest other years not yet flagged (equal distance: the earlier year). The year with
    the largest residual is flagged if the residual exceeds 0.5 plus the rounding of its own rate
    *and* 0.5 plus all that the rounding of the six rates could do together; then again. The second
    condition, which is ours, changes nothing in domain.md's table; it makes sure that rounding
    alone never flags a year of a low rate.

    Parameters
    ----------
    years, counts, rates
        Of one series, shape (year,), in any order, no year twice; counts and rates positive.
    decimals
        Of the printed rates.

    Returns
    -------
    tuple of Jump
        In the order of flagging: largest residual first. Empty for fewer than six years.

    Notes
    -----
    domain.md 1.8, tried there on El Salvador 1995-2012 (UNODC 2013).

    Examples
    --------
    >>> counts = [600, 610, 620, 630, 640, 650, 660]
    >>> rates = [60.0, 60.4, 60.8, 61.2, 41.2, 61.9, 62.3]
    >>> jumps = find_jumps(range(2000, 2007), counts, rates, decimals=1)
    >>> [(jump.year, jump.large) for jump in jumps]
    [(2004, True)]
    """
    order = np.argsort(np.asarray(years))
    year = np.asarray(years, dtype=np.int64)[order]
    count = np.asarray(counts, dtype=np.float64)[order]
    rate = np.asarray(rates, dtype=np.float64)[order]
    log_population = np.log(PER * count / rate)
    rounding = 0.5 * 10.0**-decimals / rate
    kept = np.ones(len(year), dtype=bool)
    flagged: list[tuple[int, float, float]] = []
    while kept.sum() > NEIGHBOURS:
        found = _largest(year, log_population, rounding, kept)
        if found is None:
            break
        flagged.append(found)
        kept[found[0]] = False
    if not flagged:
        return ()
    slope, level = np.polyfit(year[kept] - year[0], log_population[kept], 1)
    trend = np.exp(level + slope * (year - year[0]))
    return tuple(
        Jump(
            year=int(year[i]),
            count=float(count[i]),
            rate=float(rate[i]),
            implied=float(np.exp(log_population[i])),
            residual=residual,
            threshold=threshold,
            trend=float(trend[i]),
            repaired_rate=float(PER * count[i] / trend[i]),
            repaired_count=float(rate[i] * trend[i] / PER),
        )
        for i, residual, threshold in flagged
    )


def _largest(
    year: NDArray[np.int64],
    log_population: NDArray[np.float64],
    rounding: NDArray[np.float64],
    kept: NDArray[np.bool_],
) -> tuple[int, float, float] | None:
    """Return position, residual and threshold of the year that fits worst, if it is too far."""
    here = np.flatnonzero(kept)
    distance = np.abs(year[here, None] - year[None, here]).astype(np.float64)
    np.fill_diagonal(distance, np.inf)
    # a stable sort leaves the earlier of two equally near years first
    near = here[np.argsort(distance, axis=1, kind="stable")[:, :NEIGHBOURS]]
    weight = _prediction_weights((year[near] - year[here, None]).astype(np.float64))
    residual = 100 * (log_population[here] - (weight * log_population[near]).sum(axis=1))
    own = SMOOTH + 100 * rounding[here]
    # in logarithms a rounded rate can be further below than above; half of a rate says nothing
    widest = -100 * np.log1p(-np.minimum(rounding, SAYS_NOTHING))
    worst_case = SMOOTH + widest[here] + (np.abs(weight) * widest[near]).sum(axis=1)
    excess = np.where(np.abs(residual) > np.maximum(own, worst_case), np.abs(residual), 0.0)
    worst = int(np.argmax(excess))
    if not excess[worst]:
        return None
    return int(here[worst]), float(residual[worst]), float(own[worst])


def _prediction_weights(offset: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights, shape (year, neighbour), by which least squares predicts offset 0 of each row."""
    mean = offset.mean(axis=1, keepdims=True)
    centred = offset - mean
    spread = (centred**2).sum(axis=1, keepdims=True)
    return np.asarray(1 / offset.shape[1] - mean * centred / spread, dtype=np.float64)
