"""A random sample of pairs, stratified by score: what unbiased figures of quality rest on.

The idea of judging links by a clerical sample drawn by weight is old practice of statistical
offices (Newcombe 1988; Office for National Statistics 2020, "Quality assurance of linked data");
more of the sample goes where answers are uncertain and pairs are many (Neyman 1934).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.linkage.review_model import Stratum

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.linkage.review_frame import PairFrame

FLOOR: Final = -8.0  # log odds; the model gives a pair below it less than one chance in 3,000
EDGES: Final = {True: (0.0, 2.0, 6.0), False: (FLOOR, -6.0, -3.0, -1.0, 1.0)}
FEWEST: Final = 8  # pairs of each stratum, where it has as many and the sample is not small
LEAST_DOUBT: Final = 0.02  # the model may be this wrong where it is sure


def stratify(
    frame: PairFrame, known: NDArray[np.bool_]
) -> tuple[tuple[Stratum, ...], NDArray[np.int64]]:
    """Divide the pairs by score and by whether they were linked.

    Parameters
    ----------
    frame
        The pairs.
    known
        Pairs that people decided before; they are in no stratum here, shape (pair,).

    Returns
    -------
    tuple of Stratum, array
        The strata, and the number of each pair's stratum (-1: none), shape (pair,).
    """
    strata: list[Stratum] = []
    number = np.full(len(frame.person), -1, dtype=np.int64)
    for linked, inner in EDGES.items():
        edges = (-np.inf, *inner, np.inf)
        for low, high in pairwise(edges):
            inside = (frame.linked == linked) & (frame.person >= low) & (frame.person < high)
            inside &= ~known
            if inside.any():
                number[inside] = len(strata)
                strata.append(Stratum(linked, low, high, int(inside.sum())))
    return tuple(strata), number


def draw_sample(
    frame: PairFrame, number: NDArray[np.int64], *, size: int, seed: int
) -> NDArray[np.int64]:
    """Draw pairs at random from every stratum.

    Parameters
    ----------
    frame, number
        The pairs and the stratum of each.
    size
        About how many in all.
    seed
        The same pairs and seed give the same sample.

    Returns
    -------
    array
        Places of the drawn pairs, ascending.
    """
    generator = np.random.default_rng(seed)
    wanted = allocate(frame, number, size)
    drawn = [
        generator.choice(np.flatnonzero(number == stratum), count, replace=False)
        for stratum, count in enumerate(wanted)
    ]
    return np.sort(np.concatenate(drawn)) if drawn else np.empty(0, dtype=np.int64)


def allocate(frame: PairFrame, number: NDArray[np.int64], size: int) -> list[int]:
    """Say how many pairs each stratum gives: more where there are many and the decision is unsure.

    What the model thinks of a decision is taken for no surer than `LEAST_DOUBT`, and for no less
    sure than even odds. Of what lies below the floor a few are looked at, no more.
    """
    chance = 1 / (1 + np.exp(np.where(frame.linked, 1, -1) * np.clip(frame.person, -40, 40)))
    counts, weights = [], []
    for stratum in range(int(number.max(initial=-1)) + 1):
        inside = number == stratum
        counts.append(int(inside.sum()))
        wrong = float(np.clip(chance[inside].mean(), LEAST_DOUBT, 0.5))
        below = not frame.linked[inside].any() and float(frame.person[inside].max()) < FLOOR
        weights.append(0.0 if below else counts[-1] * (wrong * (1 - wrong)) ** 0.5)
    total = max(sum(weights), 1e-9)
    fewest = min(FEWEST, size // max(2 * len(counts), 1) + 1)
    return [
        min(count, max(fewest, round(size * weight / total)))
        for count, weight in zip(counts, weights, strict=True)
    ]
