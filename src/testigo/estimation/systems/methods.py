"""Every method behind one function, each answer with its verdict."""

from __future__ import annotations

from functools import partial
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

from testigo.core import Bounds, Estimate, Message, Reason, UsageError, Verdict
from testigo.estimation.systems.estimate_rows import UNIT, refuse_estimate
from testigo.estimation.systems.gate import (
    judge_attraction,
    judge_distance,
    judge_draws,
    judge_table,
    judge_width,
)
from testigo.estimation.systems.model import METHODS
from testigo.estimation.systems.reason_texts import make_reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from testigo.estimation.systems.bootstrap import ChoosingMethod
    from testigo.estimation.systems.capture_histories import CaptureHistories
    from testigo.estimation.systems.latent_class import LatentClassFit
    from testigo.estimation.systems.model import Method

STABLE: Final = 0.5  # of the resampled tables choose the same model
RUNS_AWAY: Final = 0.05
CUT: Final = 0.01  # of probability at the end of the range
GRAPH_DRAWS: Final = 4_000
FOILS: Final = frozenset({"lower-bound", "independence"})  # warned of whatever the table is
_Answer = tuple[Estimate, tuple[Reason, ...]]


def estimate_total(
    histories: CaptureHistories,
    *,
    seed: int,
    method: Method = "latent-class",
    level: float = 0.95,
    workers: int = 1,
) -> Estimate:
    """Estimate how many people there are in all, or refuse and say why.

    Parameters
    ----------
    histories
        The table of overlaps.
    seed
        Of the methods that draw; the same seed gives the same answer.
    method
        One of `METHODS`.
    level
        Coverage of the interval of the methods that have no draws.
    workers
        Threads of the latent class model; they do not change the answer.

    Returns
    -------
    Estimate
        Its verdict says whether it may be published. Where the table itself forbids an estimate
        there is no number: the median is not a number.

    Raises
    ------
    UsageError
        For a method that we do not have.
    """
    check_method(method)
    before = (*judge_table(histories), *_limits(histories, method))
    if Verdict(before).status == "refuse":
        return refuse_estimate(method, before, level)
    if method == "latent-class":
        from testigo.estimation.systems.latent_class import fit_latent_class

        return judge_fit(histories, fit_latent_class(histories, seed=seed, workers=workers))
    found, after = _FORMULAS[method](histories, level, seed)
    low, high = usual_limits(found, level)
    after += judge_width(max(low, histories.observed), high)
    if found.draws is not None:
        after += judge_distance(histories.observed, found.total())
    if method not in FOILS:
        after += judge_attraction(histories, found.median, high)
    verdict = Verdict((*before, *after))
    return Estimate(found.draws, found.unit, found.method, verdict, found.bounds)


def check_method(method: str) -> None:
    """Refuse a method that we do not have.

    Raises
    ------
    UsageError
        It names those that we have.
    """
    if method not in METHODS:
        raise UsageError(
            Message("There is no method {given}.", {"given": repr(method)}),
            Message("Write one of: {known}.", {"known": ", ".join(METHODS)}),
        )


def usual_limits(found: Estimate, level: float) -> tuple[float, float]:
    """Return the 95 % limits, whatever the level asked for: a verdict does not depend on that."""
    if found.draws is not None:
        return found.interval()
    normal = NormalDist()
    wider = normal.inv_cdf(0.975) / normal.inv_cdf(0.5 + level / 2)
    low, high = (found.median + wider * (end - found.median) for end in found.interval(level))
    return low, high


def judge_fit(histories: CaptureHistories, fit: LatentClassFit) -> Estimate:
    """Turn a fit of the latent class model into an estimate with the verdict of the gate."""
    verdict = Verdict((*judge_table(histories), *judge_draws(histories, fit)))
    return Estimate.from_draws(fit.draws.ravel(), unit=UNIT, method="latent-class", verdict=verdict)


def _by_graphs(histories: CaptureHistories, level: float, seed: int) -> _Answer:
    from testigo.estimation.systems.graphs import average_graphs

    del level
    average = average_graphs(histories)
    found = Estimate.from_draws(average.draw(GRAPH_DRAWS, seed=seed), unit=UNIT, method="graphs")
    if average.at_end <= CUT:
        return found, ()
    return found, (make_reason("cut_at_end", average.at_end, CUT),)


def _by_choice(
    histories: CaptureHistories, level: float, seed: int, *, method: ChoosingMethod
) -> _Answer:
    from testigo.estimation.systems.bootstrap import bootstrap_choice

    found = bootstrap_choice(histories, method, seed=seed, level=level)
    bounds = Bounds(found.fit.total, found.low, found.high, level)
    lost = found.nowhere if found.fit.converged else 1.0
    reasons: tuple[Reason, ...] = (make_reason("not_calibrated", 1, 0),)
    if lost > RUNS_AWAY:
        reasons = (make_reason("estimate_runs_away", lost, RUNS_AWAY), *reasons)
    elif found.same < STABLE:
        reasons = (make_reason("choice_unstable", found.same, STABLE), *reasons)
    return _from_formula(method, bounds), reasons


def _by_lower_bound(histories: CaptureHistories, level: float, seed: int) -> _Answer:
    from testigo.estimation.systems.lower_bound import chao_lower_bound

    del seed
    found = _from_formula("lower-bound", chao_lower_bound(histories, level=level))
    return found, (make_reason("lower_bound_only", 1, 0),)


def _by_independence(histories: CaptureHistories, level: float, seed: int) -> _Answer:
    from testigo.estimation.systems.log_linear import log_linear

    del seed
    fit = log_linear(histories, level=level)
    found = _from_formula("independence", Bounds(fit.total, fit.low, fit.high, level))
    return found, (make_reason("independence_assumed", 1, 0),)


_FORMULAS: Final[dict[str, Callable[[CaptureHistories, float, int], _Answer]]] = {
    "graphs": _by_graphs,
    "log-linear": partial(_by_choice, method="log-linear"),
    "sparse": partial(_by_choice, method="sparse"),
    "lower-bound": _by_lower_bound,
    "independence": _by_independence,
}
_MOST_LISTS: Final = {"graphs": 5, "log-linear": 5, "sparse": 12, "independence": 12}


def _limits(histories: CaptureHistories, method: Method) -> tuple[Reason, ...]:
    most = _MOST_LISTS.get(method)
    lists = len(histories.lists)
    if most is None or lists <= most:
        return ()
    return (make_reason("too_many_lists", lists, most),)


def _from_formula(method: str, bounds: Bounds) -> Estimate:
    return Estimate.from_bounds(bounds, unit=UNIT, method=method)
