"""What people decided teaches too: labelled pairs among those that the model is learned from.

A labelled pair is of one person, or not, whatever the model thinks of it. It also stands for the
pairs that score as it does: people are asked about unsure pairs more often than about sure ones,
and labels of unsure pairs must not speak for the sure. Few labels hardly count.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.linkage.model import DECIDED_DIFFERENT, DECIDED_SAME

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.linkage.clustering import Constraints

UNLABELLED, SAME, DIFFERENT = -1, 1, 0
EDGES: Final = (-6.0, -3.0, 0.0, 3.0, 6.0)  # log odds that part pairs scored alike
PRIOR_LABELS: Final = 200.0  # labels of a stretch that count as much as what was learned without


def labels_of(rules: NDArray[np.int64]) -> NDArray[np.int8]:
    """Return what people said of each pair, shape (pair,)."""
    labels = np.full(len(rules), UNLABELLED, dtype=np.int8)
    labels[(rules & DECIDED_DIFFERENT) != 0] = DIFFERENT
    labels[(rules & DECIDED_SAME) != 0] = SAME
    return labels


def decided_pairs(
    decided: Constraints, records: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return left * records + right of each decided pair, ascending, and its mark."""
    both = np.concatenate([decided.same, decided.different], axis=1)
    marks = np.repeat(
        np.array([DECIDED_SAME, DECIDED_DIFFERENT]),
        [decided.same.shape[1], decided.different.shape[1]],
    )
    numbers, first = np.unique(both.min(axis=0) * records + both.max(axis=0), return_index=True)
    return numbers, marks[first]


def mark_decided(
    pairs: NDArray[np.int64],
    rules: NDArray[np.int64],
    numbers: NDArray[np.int64],
    marks: NDArray[np.int64],
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Mark the pairs that people decided on.

    Parameters
    ----------
    pairs
        Number of each pair, ascending.
    rules
        Bits of each, shape (pair,).
    numbers, marks
        As `decided_pairs` returns them.

    Returns
    -------
    rules, missing
        `rules` with marks, shape (pair,); which of the decided pairs are not there.
    """
    there = np.isin(numbers, pairs)
    marked = rules.copy()
    marked[np.searchsorted(pairs, numbers[there])] |= marks[there]
    return marked, ~there


def weigh_labels(
    odds: NDArray[np.floating], labels: NDArray[np.int8], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the weight of each pair, shape (pair,), with labels standing for pairs scored alike.

    In each stretch of log odds the whole weight stays what it was; labelled pairs have the part
    n / (n + `PRIOR_LABELS`) of it, n being how many they are there.

    Parameters
    ----------
    odds
        Log odds that the pairs are one person's, before labels are looked at, shape (pair,).
    labels
        As `labels_of` returns them.
    weight
        Candidate pairs that each stands for.
    """
    weighed = weight.copy()
    stretch = np.digitize(odds, EDGES)
    known = labels != UNLABELLED
    for number in np.unique(stretch[known]):
        inside = stretch == number
        told, untold = inside & known, inside & ~known
        whole, count = weight[inside].sum(), int(told.sum())
        trust = count / (count + PRIOR_LABELS) if untold.any() else 1.0
        weighed[told] = max(trust * whole / count, 1.0)
        weighed[untold] *= max(whole - weighed[told].sum(), 0.0) / max(weight[untold].sum(), 1e-9)
    return weighed
