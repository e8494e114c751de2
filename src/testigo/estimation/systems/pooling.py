"""Strata too small for an estimate of their own, which lean on those that have one.

A stratum is two numbers: the log odds of being on no list (unknown), and the log odds of being on
several lists rather than one (seen). Over strata they are taken as bivariate normal. Where the gate
let a stratum through, the first is measured by its own posterior; where it did not, it follows from
the second and from what the other strata show. The sizes of the strata are taken as log-normal: few
recorded people then speak of a small stratum or of one where much was missed, whichever the others
make likelier. Gibbs sampling with a step of Metropolis for the sizes; normal-inverse-Wishart prior
that is worth three strata.

Source: the normal hierarchical model of Gelman et al., Bayesian Data Analysis, 3rd ed., sections
5.4 and 3.6, with known errors of measurement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories

LEAST_STRATA: Final = 5  # with an estimate of their own, or there is nothing to lean on
SURELY_SEEN: Final = 5.0  # people expected on a list; to find none has probability 0.007
FAR: Final = 2.0  # standard errors
SWEEPS: Final = 4_000
WARM_UP: Final = 500
FREEDOM: Final = 3.0  # of the prior of the covariance
SPREAD: Final = 0.1  # its scale, as a variance of log odds
LEAST_VARIANCE: Final = 1e-6
MOST_MISSED: Final = 15.0  # log odds: three million missed for each one recorded
LEAST_SPREAD: Final = 0.3  # of the logarithms of sizes
FARTHEST: Final = 0.95  # correlation of two errors of one stratum


def pool_strata(
    good: Sequence[tuple[CaptureHistories, NDArray[np.float64]]],
    thin: Sequence[CaptureHistories],
    *,
    seed: int,
) -> NDArray[np.float64]:
    """Draw N of thin strata, given strata that could be estimated.

    Parameters
    ----------
    good
        Table and draws of N of each stratum that stands by itself, at least `LEAST_STRATA`.
    thin
        Tables of strata with somebody, of the same lists.
    seed
        Of the draws.

    Returns
    -------
    numpy.ndarray
        Shape (len(thin), 4000); rows are independent given what all strata share.
    """
    rng = np.random.default_rng(seed)
    missed = [np.log((draws - table.observed + 0.5) / table.observed) for table, draws in good]
    tables = [*(table for table, _ in good), *thin]
    measured, errors = _measure(tables, missed)
    people = np.array([table.observed for table in tables])
    return _draw_totals(rng, measured, errors, people, len(good))


def measure_unlikeness(thin: CaptureHistories, good: Sequence[CaptureHistories]) -> float:
    """Say how far a thin stratum is from the others, as far as its own table tells.

    A list that must have found some of its people found none, or fewer of them are on several lists
    than in any other stratum: how many times the limit of chance, for the worse of the two. Beyond
    1 it is not like them.
    """
    on_lists = np.sum([table.of_list for table in good], axis=0)
    expected = thin.observed * on_lists / sum(table.observed for table in good)
    nobody = expected[thin.of_list == 0].max(initial=0.0) / SURELY_SEEN
    own, variance = _several(thin)
    fewer = (min(_several(table)[0] for table in good) - own) / (FAR * np.sqrt(variance))
    return float(max(nobody, fewer, 0.0))


def _several(histories: CaptureHistories) -> tuple[float, float]:
    """Log odds of several lists against one, and its variance."""
    several = histories.on_several + 0.5
    once = histories.observed - histories.on_several + 0.5
    return float(np.log(several / once)), 1.0 / several + 1.0 / once


def _draw_totals(
    rng: np.random.Generator,
    measured: NDArray[np.float64],
    errors: NDArray[np.float64],
    people: NDArray[np.int64],
    good: int,
) -> NDArray[np.float64]:
    """Draw N of the strata beyond the first `good`, shape (thin, draw).

    What each stratum is proposed (odds, and N given them under 1/N) comes from its own table and
    from what strata share; it is taken or not by the size that it makes likelier.
    """
    many, sides = measured.shape
    precision = np.zeros((many, sides, sides))
    precision[:good] = np.linalg.inv(errors[:good])
    precision[good:, 1:, 1:] = np.linalg.inv(errors[good:, 1:, 1:])
    weighted = np.einsum("sij,sj->si", precision, measured)
    latent = measured.copy()
    latent[good:, 0] = measured[:good, 0].mean()
    totals = people * (1.0 + np.exp(latent[:, 0]))
    kept = np.empty((many - good, SWEEPS))
    for sweep in range(-WARM_UP, SWEEPS):
        centre, inverse = _draw_shared(rng, latent)
        covariance = np.linalg.inv(precision + inverse)
        middle = np.einsum("sij,sj->si", covariance, weighted + inverse @ centre)
        noise = rng.standard_normal((many, sides, 1))
        proposed = middle + (np.linalg.cholesky(covariance) @ noise)[:, :, 0]
        odds = np.exp(np.minimum(proposed[:, 0], MOST_MISSED))
        sizes = people + rng.negative_binomial(people, 1.0 / (1.0 + odds))
        mean, spread = _draw_sizes(rng, np.log(totals))
        gain = ((np.log(totals) - mean) ** 2 - (np.log(sizes) - mean) ** 2) / (2 * spread**2)
        taken = np.log(rng.random(many)) < gain
        latent[taken], totals[taken] = proposed[taken], sizes[taken]
        if sweep >= 0:
            kept[:, sweep] = totals[good:]
    return kept


def _draw_sizes(rng: np.random.Generator, logs: NDArray[np.float64]) -> tuple[float, float]:
    """Draw mean and standard deviation of the logarithms of sizes, given the sizes."""
    many = len(logs)
    scatter = float(((logs - logs.mean()) ** 2).sum()) + LEAST_SPREAD**2
    spread = np.sqrt(scatter / rng.chisquare(many))
    return logs.mean() + spread / np.sqrt(many) * rng.standard_normal(), spread


def _measure(
    tables: Sequence[CaptureHistories], missed: Sequence[NDArray[np.float64]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what was measured of each stratum, shape (stratum, 2), and the errors' covariance.

    A stratum whose lists happen to share more people than they should looks better covered: the
    two errors are opposite. With two lists their covariance is about minus the
    variance of the second.
    """
    several = np.array([_several(table) for table in tables])
    measured = np.column_stack([np.zeros(len(tables)), several[:, 0]])
    errors = np.zeros((len(tables), 2, 2))
    errors[:, 1, 1] = several[:, 1]
    for row, odds in enumerate(missed):
        measured[row, 0] = odds.mean()
        errors[row, 0, 0] = max(float(odds.var()), LEAST_VARIANCE)
        both = min(several[row, 1], FARTHEST * np.sqrt(errors[row, 0, 0] * several[row, 1]))
        errors[row, 0, 1] = errors[row, 1, 0] = -both
    return measured, errors


def _draw_shared(
    rng: np.random.Generator, latent: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Draw the mean and the inverse covariance that strata share, given each stratum's own."""
    many, sides = latent.shape
    mean = latent.mean(axis=0)
    scatter = FREEDOM * SPREAD * np.eye(sides) + (latent - mean).T @ (latent - mean)
    root = np.linalg.cholesky(np.linalg.inv(scatter))
    # Bartlett's decomposition of a Wishart matrix.
    freedom = FREEDOM + many - 1 - np.arange(sides)
    triangle = np.tril(rng.standard_normal((sides, sides)), -1)
    half = root @ (triangle + np.diag(np.sqrt(rng.chisquare(freedom))))
    inverse = half @ half.T
    spread = np.linalg.cholesky(np.linalg.inv(inverse) / many)
    return mean + spread @ rng.standard_normal(sides), inverse
