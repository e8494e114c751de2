"""How many people there would be if the lists all attract each other as they seem to.

People who differ in how easily they are recorded make every pair of lists share more than chance,
and then the unseen are more than a model that does not know it says. The least model that knows is
the log-linear one with one interaction that all pairs of lists have in common, and none of a higher
order (Darroch, Fienberg, Glonek and Junker 1993, Journal of the American Statistical Association
88, 1137-1148). It is a question to the estimate, not a rival: with few people it answers wildly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories

LEAST_LISTS: Final = 3  # with two, attraction and the unseen are one
FARTHEST_ODDS: Final = 15.0  # logits of a list
FARTHEST_ATTRACTION: Final = 5.0  # log odds ratio of a pair
START: Final = 1.2  # people for each recorded, where the search begins


def total_if_attracted(histories: CaptureHistories) -> float:
    """Estimate N with one attraction, or repulsion, common to all pairs of lists.

    By maximum likelihood; the table of 2^J patterns is never made. Infinite where the lists say
    nothing: fewer than three with somebody, or nobody on two.

    Examples
    --------
    Independent lists, of 800 people in all: none attracts another, and 100 are on none.

    >>> from testigo.estimation.systems.capture_histories import CaptureHistories
    >>> patterns = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]
    >>> table = CaptureHistories.of("abc", patterns, [100, 100, 100, 100, 100, 100, 100])
    >>> round(total_if_attracted(table))
    800
    """
    from scipy.optimize import minimize

    held = histories.of_list[histories.of_list > 0].astype(np.float64)
    if len(held) < LEAST_LISTS or not histories.on_several:
        return np.inf
    seen = float(histories.observed)
    on = histories.patterns.sum(axis=1)
    pairs = float(histories.counts @ (on * (on - 1) / 2))
    shares = np.r_[held, pairs] / seen
    start = np.r_[np.log(shares[:-1] / (START - shares[:-1])), 0.0]
    limits = [(-FARTHEST_ODDS, FARTHEST_ODDS)] * len(held)
    limits.append((-FARTHEST_ATTRACTION, FARTHEST_ATTRACTION))
    found = minimize(
        _misfit, start, args=(shares,), jac=True, method="L-BFGS-B", bounds=limits,
        options={"ftol": 1e-13, "gtol": 1e-6, "maxiter": 1_000},
    )  # fmt: skip
    log_seen, _ = _moments(found.x)
    return seen * (1.0 + float(np.exp(-log_seen)))


def _misfit(
    parameters: NDArray[np.float64], shares: NDArray[np.float64]
) -> tuple[float, NDArray[np.float64]]:
    """Minus the log likelihood of a person, and its slope."""
    log_seen, expected = _moments(parameters)
    return float(log_seen - parameters @ shares), expected - shares


def _moments(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Log weight of being on some list, where being on none weighs 1; means of those who are.

    The means are of each list and, last, of the pairs of lists that a person is on.
    """
    odds, attraction = parameters[:-1], parameters[-1]
    lists = len(odds)
    on = np.arange(lists + 1)
    pairs = on * (on - 1) / 2
    # Row j: log of the sum of the products of k odds without those of list j; the last row, of all.
    sums = np.full((lists + 1, lists + 1), -np.inf)
    sums[:, 0] = 0.0
    for place, each in enumerate(odds):
        others = np.arange(lists + 1) != place
        sums[others, 1:] = np.logaddexp(sums[others, 1:], sums[others, :-1] + each)
    weights = sums[-1] + attraction * pairs
    log_seen = float(np.logaddexp.reduce(weights[1:]))
    on_list = np.logaddexp.reduce(sums[:-1, :-1] + attraction * pairs[1:], axis=1) + odds
    on_pairs = np.exp(weights[1:] - log_seen) @ pairs[1:]
    return log_seen, np.r_[np.exp(on_list - log_seen), on_pairs]
