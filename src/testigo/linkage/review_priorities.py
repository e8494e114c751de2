"""The pairs whose decision matters most, apart from any sample: what an hour of a person is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.linkage.review_sample import FLOOR

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.linkage.review_frame import PairFrame
    from testigo.linkage.review_model import Purpose

LARGE: Final = 4  # records of a group whose weakest tie is looked at


def choose_priorities(
    frame: PairFrame, free: NDArray[np.bool_], *, size: int
) -> dict[int, Purpose]:
    """Choose the pairs whose decision matters most, each purpose in turn.

    Parameters
    ----------
    frame
        The pairs.
    free
        Pairs that may be chosen, shape (pair,).
    size
        How many at most.

    Returns
    -------
    dict
        Place of each chosen pair to its purpose; the most telling first.
    """
    queues = {name: iter(queue[free[queue]].tolist()) for name, queue in _queues(frame).items()}
    chosen: dict[int, Purpose] = {}
    while queues and len(chosen) < size:
        for name, queue in list(queues.items()):
            place = next((one for one in queue if one not in chosen), None)
            if place is None:
                del queues[name]
            elif len(chosen) < size:
                chosen[place] = name
    return chosen


def _queues(frame: PairFrame) -> Mapping[Purpose, NDArray[np.int64]]:
    """Return for each purpose the places of its pairs, the most telling first."""
    apart = ~frame.linked
    same_list = frame.lists[frame.left] == frame.lists[frame.right]
    incident = frame.incidents[frame.left] == frame.incidents[frame.right]
    near = frame.person >= FLOOR
    return {
        "even_odds": _ordered(near | frame.linked, -_gain(frame)),
        "weak_tie": _weakest_ties(frame),
        "same_list": _ordered(frame.linked & same_list, frame.person),
        "co_victims": _ordered(apart & incident & near, -frame.person),
        "near_border": _ordered(apart & near, -frame.person),
    }


def _gain(frame: PairFrame) -> NDArray[np.float64]:
    """Return the doubt about each pair, times the pairs of records that turn with it."""
    sizes = np.bincount(frame.victims)
    chance = 1 / (1 + np.exp(-np.clip(frame.person, -40, 40)))
    left, right = sizes[frame.victims[frame.left]], sizes[frame.victims[frame.right]]
    turning = np.where(frame.linked, left - 1, left * right)
    gain: NDArray[np.float64] = chance * (1 - chance) * turning
    return gain


def _weakest_ties(frame: PairFrame) -> NDArray[np.int64]:
    """Return the weakest pair of each large group, the largest group first."""
    sizes = np.bincount(frame.victims)[frame.victims[frame.left]]
    places = np.flatnonzero(frame.linked & (sizes >= LARGE))
    victims = frame.victims[frame.left[places]]
    order = np.lexsort((frame.keys()[places], frame.person[places], victims))
    firsts = order[np.diff(victims[order], prepend=-1) != 0]
    weakest = places[firsts]
    ranked: NDArray[np.int64] = weakest[np.lexsort((frame.person[weakest], -sizes[weakest]))]
    return ranked


def _ordered(wanted: NDArray[np.bool_], by: NDArray[np.float64]) -> NDArray[np.int64]:
    places = np.flatnonzero(wanted)
    return places[np.argsort(by[places], kind="stable")]
