"""Rows of the table `estimates`, and the row of all strata together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Bounds, Estimate, Verdict
from testigo.estimation.systems.combination import add_strata
from testigo.estimation.systems.gate import judge_width
from testigo.estimation.systems.model import ENVELOPE
from testigo.estimation.systems.reason_texts import make_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.core import Reason

UNIT: Final = "victims"
_DECIMALS: Final = 1  # of people: limits are between draws, and no more is known
LEANS: Final = "leans_on_other_strata"
ONLY_IN_SUM: Final = "counts_only_in_sum"


def estimate_row(
    observed: int, stratum: str, estimate: Estimate, level: float
) -> dict[str, object]:
    """Make a row of `ESTIMATES`; a refused estimate has no number."""
    reasons = estimate.verdict.reasons
    told = is_told(estimate)
    ranges = estimate.method == ENVELOPE and estimate.verdict.status != "refuse"
    shown = told or ranges
    low, high = estimate.interval(level) if shown else (None, None)
    return {
        "stratum": stratum,
        "method": estimate.method,
        "observed": observed,
        "median": _rounded(estimate.median if told else None),
        "low": _rounded(low),
        "high": _rounded(high),
        "level": level,
        "verdict": estimate.verdict.status,
        "reasons": " ".join(reason.code for reason in reasons),
        "measured": " ".join(
            f"{reason.code}={reason.measured:.6g}/{reason.threshold:.6g}" for reason in reasons
        ),
    }


def _rounded(people: float | None) -> float | None:
    return None if people is None else round(float(people), _DECIMALS)


def sum_strata(estimates: Sequence[Estimate], *, seed: int, level: float) -> Estimate:
    """Add strata draw by draw; refuse when one was refused, because the sum would lack it.

    Strata that are too small for a figure of their own, and lean on the others, do count. A sum is
    asked how wide it is as every estimate is.

    Parameters
    ----------
    estimates
        One for each stratum, of one method that draws.
    seed
        Of the order in which draws meet.
    level
        Coverage of the interval of a refused sum.
    """
    method = estimates[0].method
    refused = sum(not is_counted(each) for each in estimates)
    if refused:
        return refuse_estimate(method, (make_reason("strata_refused", refused, 0),), level)
    warned = sum(each.verdict.status == "warn" for each in estimates)
    small = sum(not is_told(each) for each in estimates)
    reasons = tuple(
        make_reason(code, many, 0)
        for code, many in (("strata_warned", warned), ("strata_only_in_sum", small))
        if many
    )
    alone = [each.total() for each in estimates if not _leans(each)]
    leaning = [each.total() for each in estimates if _leans(each)]
    # Strata that lean on the same others are wrong together: they are added draw by draw as drawn.
    together = [np.asarray(np.sum(leaning, axis=0))] if leaning else []
    draws = add_strata([*alone, *together], seed=seed)
    low, high = (float(each) for each in np.quantile(draws, [0.025, 0.975]))
    verdict = Verdict((*reasons, *judge_width(low, high)))
    return Estimate.from_draws(draws, unit=UNIT, method=method, verdict=verdict)


def _leans(estimate: Estimate) -> bool:
    return any(reason.code in {LEANS, ONLY_IN_SUM} for reason in estimate.verdict.reasons)


def is_told(estimate: Estimate) -> bool:
    """Say whether the estimate has a number that may be shown."""
    return estimate.verdict.status != "refuse" and bool(np.isfinite(estimate.median))


def is_counted(estimate: Estimate) -> bool:
    """Say whether a sum of strata may hold the estimate: it is told, or only too small to be."""
    return is_told(estimate) or any(
        reason.code == ONLY_IN_SUM for reason in estimate.verdict.reasons
    )


def refuse_estimate(method: str, reasons: tuple[Reason, ...], level: float) -> Estimate:
    """Make an estimate without a number."""
    nowhere = float("nan")
    bounds = Bounds(nowhere, nowhere, nowhere, level)
    return Estimate.from_bounds(bounds, unit=UNIT, method=method, verdict=Verdict(reasons))
