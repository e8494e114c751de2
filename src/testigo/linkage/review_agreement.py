"""How far two reviewers agree beyond chance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Message, Number
from testigo.linkage.review_model import ANSWERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.linkage.review_model import Answer

DRAWS: Final = 4_000
LEAST_KAPPA: Final = 0.6  # below, agreement is taken as weak: McHugh 2012, Biochemia Medica 22(3)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers on the pairs that both answered.

    Attributes
    ----------
    pairs, agreed
        How many both answered, and answered alike.
    kappa, low, high
        Cohen's kappa with its interval; None where both gave one and the same answer throughout.
    level
        Coverage of the interval.
    """

    pairs: int
    agreed: int
    kappa: float | None
    low: float | None
    high: float | None
    level: float


def warn_of_agreement(kappa: float | None) -> Message | None:
    """Say what to think of two reviewers who agree too little; None where they do not.

    Examples
    --------
    >>> warn_of_agreement(0.8) is None
    True
    """
    if kappa is None or kappa >= LEAST_KAPPA:
        return None
    return Message(
        "People who looked at the same pairs agree too little (Cohen's kappa {kappa}; {limit} "
        "is the least to rely on), so precision and recall rest on answers that are in doubt. "
        "Agree on what makes two records one person, and look again.",
        {"kappa": Number(kappa, 2), "limit": Number(LEAST_KAPPA, 1)},
    )


def measure_agreement(
    first: Mapping[str, Answer],
    second: Mapping[str, Answer],
    *,
    level: float = 0.95,
    seed: int,
) -> Agreement:
    """Return Cohen's kappa of two reviewers; unsure is an answer like the others.

    The interval comes from the posterior of the table of answers (Dirichlet, in all the weight of
    one pair beforehand: Perks 1947), so that perfect agreement on few pairs is not taken for
    certain.

    Parameters
    ----------
    first, second
        Pair to answer; only pairs that both answered count.
    level, seed
        Coverage of the interval, and the seed of its draws.

    References
    ----------
    Cohen 1960, Educational and Psychological Measurement 20(1), 37-46.

    Examples
    --------
    >>> one = {"p1": "same", "p2": "same", "p3": "different", "p4": "different"}
    >>> other = one | {"p2": "different"}
    >>> measure_agreement(one, other, seed=1).kappa
    0.5
    """
    both = sorted(first.keys() & second.keys())
    table = np.zeros((len(ANSWERS), len(ANSWERS)))
    for pair in both:
        table[ANSWERS.index(first[pair]), ANSWERS.index(second[pair])] += 1
    agreed = int(np.trace(table))
    used = (table.sum(axis=0) > 0) | (table.sum(axis=1) > 0)
    if used.sum() < 2:  # noqa: PLR2004  # one answer only: nothing could be told apart
        return Agreement(len(both), agreed, None, None, None, level)
    table = table[np.ix_(used, used)]
    drawn = np.random.default_rng(seed).dirichlet(table.ravel() + 1 / table.size, size=DRAWS)
    tail = (1 - level) / 2
    low, high = np.quantile(_kappa(drawn.reshape(-1, *table.shape)), (tail, 1 - tail))
    kappa = float(_kappa(table[None] / len(both))[0])
    return Agreement(
        len(both), agreed, kappa, min(float(low), kappa), max(float(high), kappa), level
    )


def _kappa(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return kappa of tables of shares, shape (table, answer, answer) to (table,)."""
    seen = np.trace(shares, axis1=1, axis2=2)
    chance = (shares.sum(axis=1) * shares.sum(axis=2)).sum(axis=1)
    return np.asarray((seen - chance) / np.maximum(1 - chance, 1e-12))
