"""Stepwise pairwise log-linear model for sparse tables (Chan, Silverman and Vincent 2021).

The model holds every list and some pairs of lists. A pair that shares nobody drives its coefficient
to minus infinity when it is in the model; it is then taken as given: cells that hold both lists are
expected to be empty, and the estimate exists if a linear program says so. Source: L. Chan, B.
Silverman and K. Vincent, Multiple systems estimation for sparse capture data, Journal of the
American Statistical Association 116 (2021), 1297-1306, arXiv:1902.05156.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.estimation.systems.log_linear import (
    LogLinearFit,
    fit_poisson,
    summarise,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.estimation.systems.capture_histories import CaptureHistories

ENTRY: Final = 0.02  # p-value below which a pair enters; the authors' default
MOST_LISTS: Final = 14
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Existence:
    """Whether a pairwise model has a finite, unique estimate.

    Attributes
    ----------
    exists
        The linear program of Fienberg and Rinaldo finds no direction in which the likelihood rises
        for ever.
    identified
        The remaining design has full column rank.
    """

    exists: bool
    identified: bool


def fit_sparse(
    histories: CaptureHistories, *, entry: float = ENTRY, level: float = 0.95
) -> LogLinearFit:
    """Add pairs one at a time, the most significant first, while the estimate exists.

    Parameters
    ----------
    histories
        At least two lists.
    entry
        A pair enters when its p-value is below: of the likelihood ratio, or, for two lists that
        share nobody, the probability of that without the pair.
    level
        Coverage of the interval; the choice of the model is not in it.
    """
    from scipy.special import ndtri

    lists = len(histories.lists)
    threshold = -float(ndtri(entry / 2))
    chosen: list[Pair] = []
    left = list(combinations(range(lists), 2))
    while True:
        tried = sorted((_significance(histories, (*chosen, pair)), pair) for pair in left)
        tried = [each for each in reversed(tried) if each[0] >= threshold]
        pair = next((each for _, each in tried if _has_estimate(histories, (*chosen, each))), None)
        if pair is None:
            break
        chosen.append(pair)
        left.remove(pair)
    design, counts = _reduced(histories, tuple(chosen))
    pairs = tuple(f"{one + 1}{two + 1}" for one, two in sorted(chosen))
    single = tuple(str(j + 1) for j in range(lists) if not any(j in each for each in chosen))
    return summarise(
        histories.observed,
        fit_poisson(design, counts),
        counts,
        pairs + single,
        level,
        mean_only=True,
    )


def check_existence(histories: CaptureHistories, pairs: tuple[Pair, ...]) -> Existence:
    """Say whether the model with these pairs has an estimate and only one.

    Parameters
    ----------
    pairs
        Lists counted from 0, the smaller first.
    """
    from scipy.optimize import linprog

    design, counts = _reduced(histories, pairs)
    seen = counts > 0
    identified = bool(np.linalg.matrix_rank(design) == design.shape[1])
    # Is there a point with every cell of the design positive and the same sufficient statistics?
    cells = len(counts)
    sums = design.T @ counts
    found = linprog(
        c=np.r_[np.zeros(cells), -1.0],
        A_ub=np.column_stack([-np.eye(cells), np.ones(cells)]),
        b_ub=np.zeros(cells),
        A_eq=np.column_stack([design.T, np.zeros(design.shape[1])]),
        b_eq=sums,
        bounds=[(0, None)] * cells + [(None, 1.0)],
        method="highs",
    )
    exists = bool(found.status == 0 and -found.fun > 1e-7) or bool(seen.all())  # noqa: PLR2004
    return Existence(exists, identified)


def _has_estimate(histories: CaptureHistories, pairs: tuple[Pair, ...]) -> bool:
    state = check_existence(histories, pairs)
    return state.exists and state.identified


def _significance(histories: CaptureHistories, pairs: tuple[Pair, ...]) -> float:
    """Return the root of the last pair's likelihood ratio, a |z|."""
    *others, last = pairs
    if histories.overlaps[last] == 0:
        return _significance_of_empty(histories, pairs)
    without, within = (_deviance(histories, model) for model in (tuple(others), pairs))
    return float(np.sqrt(max(without - within, 0.0)))


def _deviance(histories: CaptureHistories, pairs: tuple[Pair, ...]) -> float:
    design, counts = _reduced(histories, pairs)
    means = fit_poisson(design, counts).means
    logs = np.log(np.where(counts > 0, counts, 1.0) / means)
    return 2.0 * float((np.where(counts > 0, counts * logs, 0.0) - counts + means).sum())


def _significance_of_empty(histories: CaptureHistories, pairs: tuple[Pair, ...]) -> float:
    """Turn the probability of an empty overlap under the model without the pair into a |z|."""
    from scipy.special import ndtri

    *others, (one, two) = pairs
    design, counts, table = _reduced_with_table(histories, tuple(others))
    found = fit_poisson(design, counts)
    expected = float(found.means[(table[:, one] == 1) & (table[:, two] == 1)].sum())
    return -float(ndtri(np.exp(-expected) / 2))


def _reduced(
    histories: CaptureHistories, pairs: tuple[Pair, ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    design, counts, _ = _reduced_with_table(histories, pairs)
    return design, counts


def _reduced_with_table(
    histories: CaptureHistories, pairs: tuple[Pair, ...]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Design, counts and patterns without the cells of pairs in the model that share nobody."""
    lists = len(histories.lists)
    numbers = np.arange(1, 2**lists)
    table = (numbers[:, None] >> np.arange(lists)[::-1]) & 1
    counts = histories.cells()[1:].astype(np.float64)
    overlaps = histories.overlaps
    kept = np.ones(len(table), dtype=bool)
    for one, two in pairs:
        if overlaps[one, two] == 0:
            kept &= ~((table[:, one] == 1) & (table[:, two] == 1))
    table, counts = table[kept], counts[kept]
    within = [pair for pair in pairs if overlaps[pair] > 0]
    design = np.column_stack(
        [np.ones(len(table)), table, *(table[:, one] * table[:, two] for one, two in within)]
    ).astype(np.float64)
    return design, counts, table
