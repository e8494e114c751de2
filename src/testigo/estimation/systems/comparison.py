"""All methods on one table, and what to say when they disagree."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from testigo.core import Estimate, Verdict
from testigo.estimation.systems.estimate_rows import is_told
from testigo.estimation.systems.methods import estimate_total
from testigo.estimation.systems.model import METHODS
from testigo.estimation.systems.reason_texts import make_reason

if TYPE_CHECKING:
    from testigo.estimation.systems.capture_histories import CaptureHistories

RIVALS = ("latent-class", "graphs", "log-linear", "sparse")  # the others are bounds or a foil


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Every method's answer.

    Attributes
    ----------
    estimates
        In the order of `METHODS`, refused ones too.
    agree
        Whether the intervals of latent-class, graphs, log-linear and sparse all meet each other.
    envelope
        From the lowest to the highest limit of these four; None when all were refused.
    level
        Coverage of the intervals.
    """

    estimates: tuple[Estimate, ...]
    agree: bool
    envelope: tuple[float, float] | None
    level: float


def compare(
    histories: CaptureHistories, *, seed: int, level: float = 0.95, workers: int = 1
) -> Comparison:
    """Run every method on one table.

    When two intervals are disjoint, every estimate gets a warning and the envelope is the answer.

    Parameters
    ----------
    histories
        The table of overlaps.
    seed
        Of the methods that draw.
    level
        Coverage of the intervals.
    workers
        Threads; they do not change the answer.
    """
    found = [
        estimate_total(histories, seed=seed, method=method, level=level, workers=workers)
        for method in METHODS
    ]
    rivals = [each for each in found if each.method in RIVALS and is_told(each)]
    limits = [each.interval(level) for each in rivals]
    apart = sum(max(a[0], b[0]) > min(a[1], b[1]) for a, b in combinations(limits, 2))
    envelope = (min(low for low, _ in limits), max(high for _, high in limits)) if limits else None
    if apart and envelope:
        found = [_warned(each, apart) for each in found]
    return Comparison(tuple(found), not apart, envelope, level)


def _warned(estimate: Estimate, apart: int) -> Estimate:
    reason = make_reason("models_disagree", apart, 0)
    verdict = Verdict((*estimate.verdict.reasons, reason))
    return Estimate(estimate.draws, estimate.unit, estimate.method, verdict, estimate.bounds)
