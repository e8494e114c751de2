"""How well links agree with the truth, where somebody knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from testigo.linkage.model import LinkageQuality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def measure_linkage(links: Sequence[object], truth: Sequence[object]) -> LinkageQuality:
    """Compare a partition with the true one, over all true pairs, blocked or not.

    Parameters
    ----------
    links, truth
        The victim of each record, as linked and in truth, in one order; anything that can be
        told apart.

    Returns
    -------
    LinkageQuality
        Pairwise and B-cubed precision, recall and F1; a share of nothing is 1.

    References
    ----------
    Bagga and Baldwin 1998, LREC workshop on linguistic coreference, 563-566 (B-cubed).

    Examples
    --------
    >>> found = measure_linkage(["a", "a", "a", "b"], [1, 1, 2, 2])
    >>> round(found.precision, 3), found.recall, round(found.b3_precision, 3)
    (0.333, 0.5, 0.667)
    """
    ours, real = _numbers(links), _numbers(truth)
    both = ours * (int(real.max(initial=0)) + 1) + real
    ours_size, real_size, both_size = (_sizes(codes) for codes in (ours, real, both))
    linked, true, right = (_pairs(codes) for codes in (ours, real, both))
    precision, recall = _share(right, linked), _share(right, true)
    records = len(ours)
    b3_precision = _share(float((both_size / ours_size).sum()), records)
    b3_recall = _share(float((both_size / real_size).sum()), records)
    return LinkageQuality(
        precision=precision,
        recall=recall,
        f1=_f1(precision, recall),
        b3_precision=b3_precision,
        b3_recall=b3_recall,
        b3_f1=_f1(b3_precision, b3_recall),
        true_pairs=true,
        linked_pairs=linked,
    )


def _numbers(labels: Sequence[object]) -> NDArray[np.int64]:
    known: dict[object, int] = {}
    return np.array([known.setdefault(label, len(known)) for label in labels], dtype=np.int64)


def _sizes(codes: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return for each record how many share its number."""
    _, number, counts = np.unique(codes, return_inverse=True, return_counts=True)
    return counts[number].astype(np.float64)


def _pairs(codes: NDArray[np.int64]) -> int:
    counts = np.unique(codes, return_counts=True)[1].astype(np.int64)
    return int((counts * (counts - 1) // 2).sum())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _f1(precision: float, recall: float) -> float:
    return _share(2 * precision * recall, precision + recall) if precision + recall else 0.0
