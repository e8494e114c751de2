"""Which refused strata may lean on others, and what is said of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import compress
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Estimate, Verdict
from testigo.estimation.systems.estimate_rows import LEANS, ONLY_IN_SUM, UNIT, is_told
from testigo.estimation.systems.gate import WIDE, judge_width
from testigo.estimation.systems.pooling import LEAST_STRATA, measure_unlikeness, pool_strata
from testigo.estimation.systems.reason_texts import make_reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from testigo.core import Reason
    from testigo.estimation.systems.capture_histories import CaptureHistories

TOO_FEW: Final = frozenset({"too_few_people", "too_few_on_several_lists"})
THIN: Final = TOO_FEW | {"too_few_lists", "no_pair_overlaps", "lists_not_connected", "one_pattern"}
LEAST_FIGURE: Final = 10  # people recorded: below, the figure is theirs times what others show
LOW: Final = "unequal_people"
MOST_LOW: Final = 0.5  # of the strata leant on: docs/explanation/pooling.md
LEAST_VALUES: Final = LEAST_STRATA  # as many kinds of strata as strata are needed to lean on


def lean_on_others(
    tables: Sequence[CaptureHistories], estimates: Sequence[Estimate], *, seed: int
) -> list[Estimate]:
    """Give strata with too few people an estimate that leans on the strata that have one.

    Others are returned as they are; so are all when fewer than five strata stand by themselves. A
    thin stratum with fewer than ten people gets draws, for sums, and stays refused. One of another
    kind than all that stand by themselves (`count_values_to_lean_on`), or that is unlike them by
    its own table (`measure_unlikeness`), stays refused, and says so.
    Where half of the others are likely to be too low, those that lean on them are warned of it.

    Parameters
    ----------
    tables, estimates
        Of each stratum.
    seed
        Of the draws.
    """
    alone = [is_told(each) and each.draws is not None for each in estimates]
    good = [
        (table, estimate.total())
        for table, estimate, stands in zip(tables, estimates, alone, strict=True)
        if stands
    ]
    if len(good) < LEAST_STRATA:
        return list(estimates)
    seen = [table for table, _ in good]
    found = [
        _set_apart(table, estimate, seen)
        if is_thin(estimate.verdict) and table.observed
        else estimate
        for table, estimate in zip(tables, estimates, strict=True)
    ]
    thin = [
        row
        for row, (table, estimate) in enumerate(zip(tables, found, strict=True))
        if is_thin(estimate.verdict) and table.observed
    ]
    if not thin:
        return found
    draws = pool_strata(good, [tables[row] for row in thin], seed=seed)
    inherited = _inherit([each.verdict for each in compress(estimates, alone)])
    for row, values in zip(thin, draws, strict=True):
        drawn = np.asarray(values)
        doubts = (*inherited, *warn_of_width(drawn))
        found[row] = Estimate.from_draws(
            drawn,
            unit=UNIT,
            method=estimates[row].method,
            verdict=_leaning(estimates[row].verdict, tables[row].observed, doubts),
        )
    return found


def is_thin(verdict: Verdict) -> bool:
    """Say whether a stratum was refused only because it holds too few people."""
    codes = {reason.code for reason in verdict.reasons if reason.status == "refuse"}
    return bool(codes & TOO_FEW) and codes <= THIN


def count_values_to_lean_on(thin: CaptureHistories, good: Sequence[CaptureHistories]) -> int:
    """Count how many values of a stratum column those show that stand by themselves.

    Of the column, among those in which fewer than `LEAST_STRATA` of them have the value of the thin
    stratum, that shows fewest; `LEAST_VALUES` where there is no such column. Where nearly all
    strata with an estimate are, say, of one actor, nothing tells how the lists treat the victims of
    another.

    Parameters
    ----------
    thin
        Table of the stratum that would lean.
    good
        Tables of those that stand by themselves.
    """
    values = {
        name: Counter(dict(table.stratum).get(name) for table in good) for name, _ in thin.stratum
    }
    lacking = [
        len(values[name]) for name, value in thin.stratum if values[name][value] < LEAST_STRATA
    ]
    return min([*lacking, LEAST_VALUES])


def _inherit(verdicts: Sequence[Verdict]) -> tuple[Reason, ...]:
    """Say that what leans on these strata is too low where many of them are likely to be."""
    low = float(np.mean([LOW in {each.code for each in one.reasons} for one in verdicts]))
    return (make_reason("leans_on_low_strata", low, MOST_LOW),) if low >= MOST_LOW else ()


def warn_of_width(draws: NDArray[np.float64]) -> tuple[Reason, ...]:
    """Warn where the lists leave much open; never refuse, for that would refuse the sum too.

    The sum is asked for itself.
    """
    low, high = (float(each) for each in np.quantile(draws, [0.025, 0.975]))
    found = judge_width(low, high)
    return tuple(make_reason("interval_wide", each.measured, WIDE) for each in found)


def _leaning(verdict: Verdict, observed: int, doubts: tuple[Reason, ...]) -> Verdict:
    """Say where the number comes from, instead of the refusals; or that there is none to tell."""
    if observed < LEAST_FIGURE:
        return Verdict((*verdict.reasons, make_reason(ONLY_IN_SUM, observed, LEAST_FIGURE)))
    few = next(reason for reason in verdict.reasons if reason.code in TOO_FEW)
    kept = tuple(reason for reason in verdict.reasons if reason.status != "refuse")
    return Verdict((*kept, make_reason(LEANS, few.measured, few.threshold), *doubts))


def _set_apart(
    table: CaptureHistories, estimate: Estimate, good: Sequence[CaptureHistories]
) -> Estimate:
    """Say why a stratum cannot lean on these, where it is of another kind or unlike them."""
    values, unlike = count_values_to_lean_on(table, good), measure_unlikeness(table, good)
    rules = (
        ("no_stratum_like_it", values, LEAST_VALUES, values < LEAST_VALUES),
        ("unlike_other_strata", unlike, 1, unlike > 1),
    )
    found = tuple(make_reason(code, measured, limit) for code, measured, limit, holds in rules
                  if holds)  # fmt: skip
    return replace(estimate, verdict=Verdict((*estimate.verdict.reasons, *found)))
