"""Intervals that know that the model was chosen on the same data.

People are drawn again from the table, the model is chosen again on each, and the estimates give the
interval: bias-corrected and accelerated (Efron 1987, Journal of the American Statistical
Association 82, 171-185), as SparseMSE has it. How many are recorded is drawn too, which SparseMSE
leaves as it is: where lists find most people, that is most of what is not known. For all
hierarchical models only those near the best compete again (Silverman, Chan and Vincent 2024,
arXiv:2303.17856): others hardly ever win.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

import numpy as np

from testigo.core import Message, UsageError
from testigo.estimation.systems.capture_histories import CaptureHistories
from testigo.estimation.systems.log_linear import fit_hierarchical, log_linear
from testigo.estimation.systems.sparse import fit_sparse

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from testigo.estimation.systems.log_linear import LogLinearFit

ChoosingMethod = Literal["log-linear", "sparse"]
REPLICATES: Final = 200
NEAR: Final = 10.0  # of BIC: beyond it a model has no support (Kass and Raftery 1995)
MOST_MODELS: Final = 60
NOWHERE: Final = 100.0  # times the observed: the estimate has run away


@dataclass(frozen=True, slots=True, eq=False)
class ChoiceBootstrap:
    """Estimates of resampled tables, each with its own model.

    Attributes
    ----------
    fit
        Of the table itself.
    low, high
        BCa interval, at `level`.
    level
        Coverage.
    totals
        N of each resampled table, shape (replicate,).
    same
        Share of the resampled tables that choose the same model as the table itself.
    nowhere
        Share of those whose estimate does not exist or runs away (more than 100 times n).
    """

    fit: LogLinearFit
    low: float
    high: float
    level: float
    totals: NDArray[np.float64]
    same: float
    nowhere: float


def bootstrap_choice(
    histories: CaptureHistories,
    method: ChoosingMethod,
    *,
    seed: int,
    replicates: int = REPLICATES,
    level: float = 0.95,
) -> ChoiceBootstrap:
    """Choose the model anew on resampled tables and take the interval from the estimates.

    Parameters
    ----------
    histories
        The table; up to five lists for `log-linear`.
    method
        `log-linear` (best hierarchical model by BIC) or `sparse` (stepwise pairs, with the checks
        of existence and identifiability at every step).
    seed
        Of the resampling.
    replicates
        Resampled tables.
    level
        Coverage of the interval.

    Raises
    ------
    UsageError
        For a method that chooses no model.
    """
    if method not in get_args(ChoosingMethod):
        raise UsageError(
            Message("The method {given} chooses no model.", {"given": repr(method)}),
            Message("Write one of: {known}.", {"known": ", ".join(get_args(ChoosingMethod))}),
        )
    choose = _chooser(histories, method, level)
    fit = choose(histories)
    rng = np.random.default_rng(seed)
    shares = histories.counts / histories.observed
    farthest = NOWHERE * histories.observed
    everybody = round(min(fit.total, farthest))
    recorded = rng.binomial(everybody, histories.observed / everybody, size=replicates)
    drawn = [choose(_with(histories, rng.multinomial(people, shares))) for people in recorded]
    totals = np.array([min(each.total, farthest) for each in drawn])
    lost = np.array([not each.converged or each.total >= farthest for each in drawn])
    low, high = _bca(fit.total, totals, _jackknife(histories, choose, farthest), histories, level)
    return ChoiceBootstrap(
        fit=fit,
        low=max(low, float(histories.observed)),
        high=high,
        level=level,
        totals=totals,
        same=float(np.mean([each.terms == fit.terms for each in drawn])),
        nowhere=float(lost.mean()),
    )


def _with(histories: CaptureHistories, counts: NDArray[np.int64]) -> CaptureHistories:
    return CaptureHistories.of(histories.lists, histories.patterns, counts)


def _chooser(
    histories: CaptureHistories, method: ChoosingMethod, level: float
) -> Callable[[CaptureHistories], LogLinearFit]:
    if method == "sparse":
        return lambda table: fit_sparse(table, level=level)
    fits = fit_hierarchical(histories, level=level)
    near = [fit for fit in fits if fit.converged and fit.bic - fits[0].bic < NEAR]
    models = [fit.terms for fit in near[:MOST_MODELS] or fits[:1]]

    def choose(table: CaptureHistories) -> LogLinearFit:
        found = (log_linear(table, terms, level=level) for terms in models)
        return min(found, key=lambda fit: (not fit.converged, fit.bic))

    return choose


def _jackknife(
    histories: CaptureHistories, choose: Callable[[CaptureHistories], LogLinearFit], farthest: float
) -> NDArray[np.float64]:
    """N without one person of each pattern, shape (pattern,)."""
    taken = np.eye(len(histories.counts), dtype=np.int64)
    return np.array(
        [min(choose(_with(histories, histories.counts - one)).total, farthest) for one in taken]
    )


def _bca(
    total: float,
    totals: NDArray[np.float64],
    without: NDArray[np.float64],
    histories: CaptureHistories,
    level: float,
) -> tuple[float, float]:
    from scipy.special import ndtr, ndtri

    below = (np.sum(totals < total) + 0.5 * np.sum(totals == total) + 0.5) / (len(totals) + 1.0)
    bias = ndtri(below)
    gaps = np.average(without, weights=histories.counts) - without
    cubes, squares = histories.counts @ gaps**3, histories.counts @ gaps**2
    speed = cubes / (6.0 * squares**1.5) if squares > 0 else 0.0
    ends = bias + ndtri(np.array([(1 - level) / 2, (1 + level) / 2]))
    places = ndtr(bias + ends / (1.0 - speed * ends))
    low, high = np.quantile(totals, places, method="median_unbiased")
    return float(low), float(high)
