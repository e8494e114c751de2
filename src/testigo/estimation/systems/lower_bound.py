"""The lower bound of Chao's kind: how many there are at least, when some are harder to record.

Of a person whom lists find by chance, each for itself, let P0 be the probability of being on none,
Pj of being on list j alone, Pjk on j and k alone: P0 Pjk = Pj Pk. Over people who are easy or hard
to record on all lists alike P0 Pjk is larger (Cauchy and Schwarz), however large each list is. So
the unseen are at least, summed over the pairs of lists, the products of those on one alone over
those on exactly two. Where lists avoid each other it is no bound.

Sources: A. Chao, Biometrics 43 (1987), 783-791, for lists that are alike; L.-P. Rivest and S.
Baillargeon, Biometrics 63 (2007), 999-1006, for lists with their own sizes, by a log-linear model
whose answer this comes close to (docs/decisions/0053).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from testigo.core import Bounds, Message, UsageError

if TYPE_CHECKING:
    from testigo.estimation.systems.capture_histories import CaptureHistories


def chao_lower_bound(histories: CaptureHistories, *, level: float = 0.95) -> Bounds:
    """Bound N from below by the people on exactly one and on exactly two lists.

    n + sum over pairs of f_j f_k / (f2 + 1), where f_j people are on list j alone and f2 on exactly
    two lists: of two lists Chapman's estimator. With Chao's log-normal interval, by the variance of
    these counts.

    Parameters
    ----------
    histories
        At least two lists, and somebody.
    level
        Coverage of the interval of the bound.

    Examples
    --------
    >>> from testigo.estimation.systems.capture_histories import CaptureHistories
    >>> table = CaptureHistories.of("ab", [[1, 0], [0, 1], [1, 1]], [40, 41, 39])
    >>> chao_lower_bound(table).point
    161.0
    """
    from scipy.special import ndtri

    if not histories.observed:
        raise UsageError(Message("Nobody is on any list."))
    on = histories.patterns.sum(axis=1)
    alone = (histories.counts[on == 1] @ histories.patterns[on == 1]).astype(np.float64)
    twice = float(histories.counts[on == 2].sum())  # noqa: PLR2004
    others = alone.sum() - alone
    products = float(alone @ others) / 2
    unseen = products / (twice + 1)
    seen = float(histories.observed)
    if not unseen:
        return Bounds(seen, seen, seen, level)
    variance = unseen + float(alone @ others**2) / (twice + 1) ** 2
    variance += twice * (unseen / (twice + 1)) ** 2
    spread = float(np.exp(ndtri((1 + level) / 2) * np.sqrt(np.log1p(variance / unseen**2))))
    return Bounds(seen + unseen, seen + unseen / spread, seen + unseen * spread, level)
