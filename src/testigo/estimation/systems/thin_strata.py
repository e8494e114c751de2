"""Which refused strata may lean on others, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Estimate, Verdict
from testigo.estimation.systems.estimate_rows import LEANS, UNIT, is_told
from testigo.estimation.systems.pooling import LEAST_STRATA, pool_strata, resembles
from testigo.estimation.systems.reason_texts import make_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.estimation.systems.capture_histories import CaptureHistories

TOO_FEW: Final = frozenset({"too_few_people", "too_few_on_several_lists"})
THIN: Final = TOO_FEW | {"too_few_lists", "no_pair_overlaps", "lists_not_connected", "one_pattern"}


def lean_on_others(
    tables: Sequence[CaptureHistories], estimates: Sequence[Estimate], *, seed: int
) -> list[Estimate]:
    """Give strata with too few people an estimate that leans on the strata that have one.

    Others are returned as they are; so are all when fewer than five strata stand by themselves.

    Parameters
    ----------
    tables, estimates
        Of each stratum.
    seed
        Of the draws.
    """
    found = list(estimates)
    good = [
        (table, estimate.total())
        for table, estimate in zip(tables, estimates, strict=True)
        if is_told(estimate) and estimate.draws is not None
    ]
    if len(good) < LEAST_STRATA:
        return found
    seen = [table for table, _ in good]
    thin = [
        row
        for row, (table, estimate) in enumerate(zip(tables, estimates, strict=True))
        if is_thin(estimate.verdict) and table.observed and resembles(table, seen)
    ]
    if not thin:
        return found
    draws = pool_strata(good, [tables[row] for row in thin], seed=seed)
    for row, values in zip(thin, draws, strict=True):
        found[row] = Estimate.from_draws(
            np.asarray(values),
            unit=UNIT,
            method=estimates[row].method,
            verdict=_leaning(estimates[row].verdict),
        )
    return found


def is_thin(verdict: Verdict) -> bool:
    """Say whether a stratum was refused only because it holds too few people."""
    codes = {reason.code for reason in verdict.reasons if reason.status == "refuse"}
    return bool(codes & TOO_FEW) and codes <= THIN


def _leaning(verdict: Verdict) -> Verdict:
    """Replace the refusals by one warning that says where the number comes from."""
    few = next(reason for reason in verdict.reasons if reason.code in TOO_FEW)
    leaning = make_reason(LEANS, few.measured, few.threshold)
    kept = tuple(reason for reason in verdict.reasons if reason.status != "refuse")
    return Verdict((*kept, leaning))
