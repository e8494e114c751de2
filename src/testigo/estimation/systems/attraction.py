"""Whether the lists, all together, share more people than independent lists would.

People who differ in how easily they are listed make every pair of lists attract each other, and
then the unseen are more than any model that does not know it says. The test is that of one common
interaction of all pairs (Darroch, Fienberg, Glonek and Junker 1993, Journal of the American
Statistical Association 88, 1137-1148), as a score test under independent lists: its statistic is
how many pairs of lists the people are on, and it costs no fit of a table of 2^J cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories

LEAST_LISTS: Final = 3  # with two, attraction and the unseen are one


def attraction_of_lists(histories: CaptureHistories) -> float:
    """Return the score of a common attraction of all pairs of lists, in standard errors.

    Standard normal for independent lists and many people; positive when people are on more lists
    together than chance has it; 0 where nothing can be said.

    Examples
    --------
    >>> import numpy as np
    >>> from testigo.estimation.systems.capture_histories import CaptureHistories
    >>> patterns = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]
    >>> table = CaptureHistories.of("abc", patterns, [100, 100, 100, 100, 100, 100, 100])
    >>> abs(attraction_of_lists(table)) < 1e-6
    True
    """
    held = histories.of_list[histories.of_list > 0].astype(np.float64)
    if len(held) < LEAST_LISTS:
        return 0.0
    seen = float(histories.observed)
    total = _independent_total(held, seen)
    if not np.isfinite(total):
        return 0.0
    chance = held / total
    on = histories.patterns.sum(axis=1)
    together = float(histories.counts @ (on * (on - 1) / 2))
    expected, variance = _moments(chance, seen / total)
    return float((together - seen * expected) / np.sqrt(seen * variance)) if variance > 0 else 0.0


def _independent_total(held: NDArray[np.float64], seen: float) -> float:
    """Solve product of (1 - n_j / N) = 1 - n / N; infinite when nobody is on two lists."""
    from scipy.optimize import brentq

    def gap(total: float) -> float:
        return float(np.log1p(-held / total).sum() - np.log1p(-seen / total))

    low, high = seen * (1 + 1e-9), 1e6 * seen
    if held.max() >= seen or gap(low) < 0 or gap(high) > 0:
        return np.inf
    return float(brentq(gap, low, high))


def _moments(chance: NDArray[np.float64], seen: float) -> tuple[float, float]:
    """Return mean of the pairs of lists of a person on some list; variance beyond the lists' sizes.

    `seen` is the probability of being on some list.
    """
    sums, pairs = chance.sum(), (chance.sum() ** 2 - (chance**2).sum()) / 2
    number = np.ones(1)
    for each in chance:  # how many lists, Poisson-binomial
        number = np.convolve(number, [1 - each, each])
    on = np.arange(len(number))
    square = float(number @ (on * (on - 1) / 2) ** 2) / seen
    mean = pairs / seen
    others = sums - chance
    without = pairs - chance * others
    both = chance * (without + others) / seen - mean * chance / seen
    lists = np.outer(chance, chance)
    np.fill_diagonal(lists, chance)
    spread = lists / seen - np.outer(chance, chance) / seen**2
    return float(mean), float(square - mean**2 - both @ np.linalg.solve(spread, both))
