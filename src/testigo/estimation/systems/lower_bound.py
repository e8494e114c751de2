"""Chao's lower bound: how many there are at least, when people differ in how easily they are seen.

Source: A. Chao, Estimating the population size for capture-recapture data with unequal
catchability, Biometrics 43 (1987), 783-791, with its bias-corrected form for few lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from testigo.core import Bounds, Message, UsageError

if TYPE_CHECKING:
    from testigo.estimation.systems.capture_histories import CaptureHistories


def chao_lower_bound(histories: CaptureHistories, *, level: float = 0.95) -> Bounds:
    """Bound N from below by the people on exactly one and on exactly two lists.

    n + (J - 1)/J x f1 (f1 - 1) / (2 (f2 + 1)), with Chao's log-normal interval.

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
    160.5
    """
    from scipy.special import ndtri

    if not histories.observed:
        raise UsageError(Message("Nobody is on any list."))
    on = histories.patterns.sum(axis=1)
    once, twice = (float(histories.counts[on == times].sum()) for times in (1, 2))
    lists = len(histories.lists)
    share = (lists - 1) / lists
    unseen = share * once * (once - 1) / (2 * (twice + 1))
    if unseen <= 0:
        seen = float(histories.observed)
        return Bounds(seen, seen, seen, level)
    variance = (
        unseen
        + share**2 * once * (2 * once - 1) ** 2 / (4 * (twice + 1) ** 2)
        + share**2 * once**2 * twice * (once - 1) ** 2 / (4 * (twice + 1) ** 4)
    )
    spread = float(np.exp(ndtri((1 + level) / 2) * np.sqrt(np.log1p(variance / unseen**2))))
    seen = histories.observed
    return Bounds(seen + unseen, seen + unseen / spread, seen + unseen * spread, level)
