"""Every method behind one function, each answer with its verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import (
    Bounds,
    Estimate,
    Message,
    Number,
    Reason,
    UsageError,
    Verdict,
)
from testigo.estimation.systems.estimate_rows import UNIT, refuse_estimate
from testigo.estimation.systems.gate import judge_draws, judge_table
from testigo.estimation.systems.model import METHODS

if TYPE_CHECKING:
    from collections.abc import Callable

    from testigo.estimation.systems.capture_histories import CaptureHistories
    from testigo.estimation.systems.latent_class import LatentClassFit
    from testigo.estimation.systems.model import Method

CLOSE_BIC: Final = 2.0  # models this near the best are as good (Raftery 1995)
CUT: Final = 0.01  # of probability at the end of the range
GRAPH_DRAWS: Final = 4_000
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
    if method not in METHODS:
        raise UsageError(
            Message("There is no method {given}.", {"given": repr(method)}),
            Message("Write one of: {known}.", {"known": ", ".join(METHODS)}),
        )
    before = (*judge_table(histories), *_limits(histories, method))
    if Verdict(before).status == "refuse":
        return refuse_estimate(method, before, level)
    if method == "latent-class":
        from testigo.estimation.systems.latent_class import fit_latent_class

        return judge_fit(histories, fit_latent_class(histories, seed=seed, workers=workers))
    found, after = _FORMULAS[method](histories, level, seed)
    verdict = Verdict((*before, *after))
    return Estimate(found.draws, found.unit, found.method, verdict, found.bounds)


def judge_fit(histories: CaptureHistories, fit: LatentClassFit) -> Estimate:
    """Turn a fit of the latent class model into an estimate with the verdict of the gate."""
    verdict = Verdict((*judge_table(histories), *judge_draws(fit, len(histories.lists))))
    return Estimate.from_draws(fit.draws.ravel(), unit=UNIT, method="latent-class", verdict=verdict)


def _by_graphs(histories: CaptureHistories, level: float, seed: int) -> _Answer:
    from testigo.estimation.systems.graphs import average_graphs

    del level
    average = average_graphs(histories)
    found = Estimate.from_draws(average.draw(GRAPH_DRAWS, seed=seed), unit=UNIT, method="graphs")
    if average.at_end <= CUT:
        return found, ()
    text = Message(
        "{measured} of the probability lies at the end of the range that was looked at.",
        {"measured": Number(average.at_end, 1, percent=True)},
    )
    return found, (Reason("cut_at_end", "refuse", average.at_end, CUT, text),)


def _by_best_log_linear(histories: CaptureHistories, level: float, seed: int) -> _Answer:
    from testigo.estimation.systems.log_linear import fit_hierarchical

    del seed
    fits = fit_hierarchical(histories, level=level)
    best = fits[0]
    found = _from_formula("log-linear", Bounds(best.total, best.low, best.high, level))
    near = sum(fit.converged and fit.bic - best.bic < CLOSE_BIC for fit in fits)
    if near == 1 and best.converged:
        return found, ()
    text = Message(
        "{measured} models fit about as well as the best one, from {low} to {high} victims; the "
        "interval knows only the best.",
        {
            "measured": near,
            "low": Number(min(fit.total for fit in fits[:near])),
            "high": Number(max(fit.total for fit in fits[:near])),
        },
    )
    return found, (Reason("models_as_good", "warn", near, 1, text),)


def _by_sparse(histories: CaptureHistories, level: float, seed: int) -> _Answer:
    from testigo.estimation.systems.sparse import fit_sparse

    del seed
    fit = fit_sparse(histories, level=level)
    found = _from_formula("sparse", Bounds(fit.total, fit.low, fit.high, level))
    return found, (_choice_ignored(),)


def _by_lower_bound(histories: CaptureHistories, level: float, seed: int) -> _Answer:
    from testigo.estimation.systems.lower_bound import chao_lower_bound

    del seed
    text = Message("This is a lower bound: there were at least as many, perhaps many more.")
    found = _from_formula("lower-bound", chao_lower_bound(histories, level=level))
    return found, (Reason("lower_bound_only", "warn", 1, 0, text),)


def _by_independence(histories: CaptureHistories, level: float, seed: int) -> _Answer:
    from testigo.estimation.systems.log_linear import log_linear

    del seed
    fit = log_linear(histories, level=level)
    text = Message("It assumes that no list leads to another and that all are as easy to record.")
    found = _from_formula("independence", Bounds(fit.total, fit.low, fit.high, level))
    return found, (Reason("independence_assumed", "warn", 1, 0, text),)


_FORMULAS: Final[dict[str, Callable[[CaptureHistories, float, int], _Answer]]] = {
    "graphs": _by_graphs,
    "log-linear": _by_best_log_linear,
    "sparse": _by_sparse,
    "lower-bound": _by_lower_bound,
    "independence": _by_independence,
}
_MOST_LISTS: Final = {"graphs": 5, "log-linear": 5, "sparse": 12, "independence": 12}


def _limits(histories: CaptureHistories, method: Method) -> tuple[Reason, ...]:
    most = _MOST_LISTS.get(method)
    lists = len(histories.lists)
    if most is None or lists <= most:
        return ()
    text = Message(
        "This method takes up to {threshold} lists; there are {measured}.",
        {"measured": lists, "threshold": most},
    )
    return (Reason("too_many_lists", "refuse", lists, most, text),)


def _choice_ignored() -> Reason:
    text = Message("The pairs in the model were chosen on the same data; the interval ignores it.")
    return Reason("choice_ignored", "warn", 1, 0, text)


def _from_formula(method: str, bounds: Bounds) -> Estimate:
    return Estimate.from_bounds(bounds, unit=UNIT, method=method)
