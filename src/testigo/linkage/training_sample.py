"""The pairs that a model is learned from: pairs drawn at random, and some of the candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.linkage.labels import UNLABELLED
from testigo.linkage.training import MOST_PAIRS, class_weights, default_model

if TYPE_CHECKING:
    from numpy.typing import NDArray

RANDOM_PAIRS: Final = 200_000


def draw_random_pairs(records: int, seed: int) -> NDArray[np.int64]:
    """Return pairs of different records, shape (2, pair): all pairs when there are few."""
    if records * (records - 1) // 2 <= RANDOM_PAIRS:
        return np.array(np.triu_indices(records, 1))
    drawn = np.random.default_rng(seed).integers(0, records, size=(2, RANDOM_PAIRS))
    drawn = np.unique(np.sort(drawn, axis=0), axis=1)
    return drawn[:, drawn[0] != drawn[1]]


def leave_out_related(levels: NDArray[np.int8]) -> NDArray[np.int8]:
    """Leave out the random pairs that look related: among few records there are some."""
    logs = class_weights(default_model(), levels)
    kept: NDArray[np.int8] = levels[np.logaddexp(logs[0], logs[1]) - logs[2] < np.log(1_000)]
    return kept


def choose_pairs(
    labels: NDArray[np.int8], seed: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Choose the pairs to learn from, all labelled ones among them, and what each stands for."""
    known, others = (
        np.flatnonzero(chosen) for chosen in (labels != UNLABELLED, labels == UNLABELLED)
    )
    count = len(others)
    if count > MOST_PAIRS:
        others = np.random.default_rng(seed).choice(others, MOST_PAIRS, replace=False)
    chosen = np.sort(np.concatenate([known, others]))
    each = count / max(len(others), 1)
    return chosen, np.where(labels[chosen] == UNLABELLED, each, 1.0)
