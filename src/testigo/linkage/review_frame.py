"""The pairs that a clerical review draws from: all that were compared, and all that were linked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from testigo.linkage.clustering import ABSENT
from testigo.linkage.preparation import codes_of

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class PairFrame:
    """Pairs of records with the links of one run; arrays of shape (pair,), victims of (record,).

    Attributes
    ----------
    left, right
        Row numbers of `links`, left < right.
    person
        Log odds that the two speak of one person; a linked pair that nobody compared has what
        clustering takes for it.
    linked
        Whether the run took the two for one person.
    victims, incidents, lists
        Number of each record's victim, incident and list.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    person: NDArray[np.float64]
    linked: NDArray[np.bool_]
    victims: NDArray[np.int64]
    incidents: NDArray[np.int64]
    lists: NDArray[np.int64]

    def keys(self) -> NDArray[np.int64]:
        """Return a number for each pair, ascending."""
        return self.left * len(self.victims) + self.right


def frame_pairs(links: pa.Table, pairs: pa.Table) -> PairFrame:
    """Lay out the compared pairs and those that the groups hold beyond them.

    Parameters
    ----------
    links, pairs
        Columns `LINKS` and `PAIRS`, of one run.
    """
    victims, incidents, lists = (
        codes_of(links[name].combine_chunks()) for name in ("victim_id", "incident_id", "source")
    )
    left, right = (pairs[name].to_numpy().astype(np.int64) for name in ("left", "right"))
    person = pairs["person"].to_numpy().astype(np.float64)
    all_left, all_right = _pairs_of_groups(victims)
    count = max(len(victims), 1)
    unseen = ~np.isin(all_left * count + all_right, left * count + right)
    left = np.concatenate([left, all_left[unseen]])
    right = np.concatenate([right, all_right[unseen]])
    person = np.concatenate([person, np.full(int(unseen.sum()), ABSENT)])
    order = np.lexsort((right, left))
    left, right, person = left[order], right[order], person[order]
    linked = victims[left] == victims[right]
    return PairFrame(left, right, person, linked, victims, incidents, lists)


def _pairs_of_groups(victims: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return every pair of records of one victim, the smaller row first."""
    order = np.argsort(victims, kind="stable")
    ends = np.searchsorted(victims[order], victims[order], side="right")
    later = ends - np.arange(len(order)) - 1
    first = np.repeat(np.arange(len(order)), later)
    step = np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later) + 1
    return order[first], order[first + step]
