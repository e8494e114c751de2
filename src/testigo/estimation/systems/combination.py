"""One answer from several: strata, linkage draws, imputed replicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from testigo.core import Bounds, Message, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

NOBODY = 0.1  # stands for no unseen under the logarithm, as HRDAG does


def combine_by_rule(
    draws: Sequence[NDArray[np.float64]], observed: Sequence[float], *, level: float = 0.95
) -> Bounds:
    """Combine replicates by HRDAG's rule: log-normal, with Rubin's variance between replicates.

    Parameters
    ----------
    draws
        Of N, one array for each replicate.
    observed
        n of each replicate.
    level
        Coverage of the interval.

    Returns
    -------
    Bounds
        Rounded to whole people, as HRDAG's verdata prints them.

    Raises
    ------
    UsageError
        For fewer than two replicates, or another number of counts than of draws.
    """
    from scipy.special import stdtrit

    many = len(draws)
    if many < 2 or many != len(observed):  # noqa: PLR2004
        raise UsageError(
            Message("HRDAG's rule needs two replicates or more, each with its observed count.")
        )
    unseen = [np.asarray(each) - seen for each, seen in zip(draws, observed, strict=True)]
    logs = [np.log(np.where(each > 0, each, NOBODY)) for each in unseen]
    means = np.array([each.mean() for each in logs])
    within = float(np.mean([each.var(ddof=1) for each in logs]))
    between = float(means.var(ddof=1))
    total = within + (1 + 1 / many) * between
    freedom = np.inf
    if between > 0:
        freedom = (many - 1) * (1 + within / ((many + 1) * between)) ** 2
    reach = float(stdtrit(freedom, (1 + level) / 2)) * np.sqrt(total)
    seen = round(float(np.mean(observed)))
    return Bounds(
        point=seen + round(float(np.mean([each.mean() for each in unseen]))),
        low=seen + round(float(np.exp(means.mean() - reach))),
        high=seen + round(float(np.exp(means.mean() + reach))),
        level=level,
    )


def mix_draws(draws: Sequence[NDArray[np.float64]], *, seed: int) -> NDArray[np.float64]:
    """Pool the draws of replicates, the same number from each: our default.

    Parameters
    ----------
    draws
        One array for each replicate; longer ones are thinned at random to the shortest.
    seed
        Of the thinning.
    """
    if not draws:
        raise UsageError(Message("There are no replicates to mix."))
    rng = np.random.default_rng(seed)
    size = min(len(each) for each in draws)
    return np.concatenate(
        [each if len(each) == size else rng.choice(each, size, replace=False) for each in draws]
    )


def add_strata(draws: Sequence[NDArray[np.float64]], *, seed: int) -> NDArray[np.float64]:
    """Add independent strata draw by draw; interval ends are never added.

    Parameters
    ----------
    draws
        Of N, one array for each stratum.
    seed
        Of the order in which the draws of strata meet, which must not be that of any chain.
    """
    if not draws:
        raise UsageError(Message("There are no strata to add."))
    rng = np.random.default_rng(seed)
    size = min(len(each) for each in draws)
    return np.asarray(np.sum([rng.permutation(each)[:size] for each in draws], axis=0))
