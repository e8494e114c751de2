"""N as a function of the one odds ratio that a table of overlaps can never show.

With J lists there are 2^J cells and the empty one is not seen. The highest-order odds ratio of the
table is (product of the cells with an odd number of lists) over (product of those with an even
number, the empty cell among them); once it is given, the empty cell follows. That it is 1 (no
highest-order interaction) is what log-linear models assume at their most generous.

Source: S. Aleshin-Guendel, M. Sadinle and J. Wakefield, The central role of the identifying
assumption in population size estimation, arXiv:2101.09304; Y. Bishop, S. Fienberg and P. Holland,
Discrete Multivariate Analysis (1975), section 6.4, for the variance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Bounds, Estimate, Verdict
from testigo.estimation.systems.combination import mix_draws
from testigo.estimation.systems.estimate_rows import UNIT, refuse_estimate
from testigo.estimation.systems.reason_texts import make_reason
from testigo.estimation.systems.stratified import MOST_REFUSED

if TYPE_CHECKING:
    from testigo.estimation.systems.capture_histories import CaptureHistories
    from testigo.estimation.systems.linked_tables import LinkedHistories


METHOD: Final = "highest-order"
DRAWS: Final = 4_000


def estimate_by_highest_order(
    histories: CaptureHistories,
    ratio: float = 1.0,
    *,
    level: float = 0.95,
    seed: int | None = None,
) -> Estimate:
    """Estimate N from the whole table, given the highest-order odds ratio.

    Parameters
    ----------
    histories
        Few lists: every pattern counts; where one has nobody, half a person is added to all.
    ratio
        n_0 is multiplied by it.
    level
        Coverage of the log-normal interval, which holds the ratio for known.
    seed
        Where it is given there are draws from that log-normal, so that strata can be added.

    Returns
    -------
    Estimate
        Bounds, or draws; a warning when patterns are empty.

    Examples
    --------
    >>> from testigo.estimation.systems.capture_histories import CaptureHistories
    >>> table = CaptureHistories.of("ab", [[1, 0], [0, 1], [1, 1]], [40, 30, 20])
    >>> estimate_by_highest_order(table).median, estimate_by_highest_order(table, 2.0).median
    (150.0, 210.0)
    """
    from scipy.special import ndtri

    counts = histories.cells()[1:].astype(np.float64)
    empty = int((counts == 0).sum())
    counts += 0.5 * bool(empty)
    numbers = np.arange(1, len(counts) + 1)
    on = np.array([int(number).bit_count() for number in numbers])
    signs = np.where(on % 2 == 1, 1.0, -1.0)
    unseen = ratio * float(np.exp(signs @ np.log(counts)))
    # The cells' Poisson errors, and that of the empty cell about its mean.
    error = float(np.sqrt(np.sum(1.0 / counts) + 1.0 / unseen))
    seen = float(histories.observed)
    verdict = Verdict((make_reason("empty_patterns", empty, 0),) if empty else ())
    if seed is not None:
        normal = np.random.default_rng(seed).standard_normal(DRAWS)
        draws = seen + unseen * np.exp(error * normal)
        return Estimate.from_draws(draws, unit=UNIT, method=METHOD, verdict=verdict)
    spread = float(np.exp(ndtri((1 + level) / 2) * error))
    bounds = Bounds(round(seen + unseen, 6), seen + unseen / spread, seen + unseen * spread, level)
    return Estimate.from_bounds(bounds, unit=UNIT, method=METHOD, verdict=verdict)


def mix_by_highest_order(
    linked: LinkedHistories, ratio: float, *, seed: int, level: float = 0.95
) -> Estimate:
    """Estimate N from each draw of a linkage and mix them, with the verdict of the best table.

    Parameters
    ----------
    linked
        With draws; those without people are left out, and where all are the stratum is refused.
    ratio, level
        As `estimate_by_highest_order` takes them.
    seed
        Of the draws.
    """
    tables = [(place, table) for place, table in enumerate(linked.draws) if table.observed]
    if not tables:
        return refuse_estimate(METHOD, (make_reason("draws_refused", 1.0, MOST_REFUSED),), level)
    drawn = [
        estimate_by_highest_order(table, ratio, seed=seed + place).total()
        for place, table in tables
    ]
    verdict = estimate_by_highest_order(linked.best, ratio).verdict
    mixed = mix_draws(drawn, seed=seed)
    return Estimate.from_draws(mixed, unit=UNIT, method=METHOD, verdict=verdict)
