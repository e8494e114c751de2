"""Stepwise pairwise log-linear model for sparse tables (Chan, Silverman and Vincent 2021).

The model holds every list and some pairs of lists. A pair that shares nobody drives its coefficient
to minus infinity when it is in the model; it is then taken as given: cells that hold both lists are
expected to be empty, and the estimate exists if a linear program says so. How surprising an overlap
is without its pair is told by the tail of a Poisson distribution, as in SparseMSE 2.0.1. Source: L.
Chan, B. Silverman and K. Vincent, Multiple systems estimation for sparse capture data, Journal of
the American Statistical Association 116 (2021), 1297-1306, arXiv:1902.05156.
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
    """Add pairs one at a time, the least likely by chance first, while the estimate exists.

    Parameters
    ----------
    histories
        At least two lists.
    entry
        A pair enters when the people on both lists, were it not in the model, would be as many or
        as few by chance with a smaller probability: of one tail of the Poisson distribution.
    level
        Coverage of the interval; the choice of the model is not in it.
    """
    lists = len(histories.lists)
    chosen: list[Pair] = []
    left = list(combinations(range(lists), 2))
    while True:
        tried = sorted(zip(_chances(histories, tuple(chosen), left), left, strict=True))
        likely = (pair for chance, pair in tried if chance < entry)
        pair = next((each for each in likely if _has_estimate(histories, (*chosen, each))), None)
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


def _chances(
    histories: CaptureHistories, pairs: tuple[Pair, ...], others: list[Pair]
) -> list[float]:
    """Return the lesser Poisson tail of each other pair's overlap under the model with `pairs`."""
    from scipy.special import gammainc, gammaincc

    design, counts, table = _reduced_with_table(histories, pairs)
    means = fit_poisson(design, counts).means
    found = []
    for one, two in others:
        expected = float(means[(table[:, one] == 1) & (table[:, two] == 1)].sum())
        shared = int(histories.overlaps[one, two])
        at_least = float(gammainc(shared, expected)) if shared else 1.0
        found.append(min(float(gammaincc(shared + 1, expected)), at_least))
    return found


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
