"""Evidence that one comparison alone does not see: how rare a name is, who else tells an age."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.linkage.comparisons import COMPARISONS, NAMES
from testigo.linkage.preparation import codes_of

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.linkage.model import ScoredPairs

RAREST, COMMONEST = 2.5, -2.5  # log odds that one rare or common name may add
_AGE: Final = NAMES.index("age")
_SURE: Final = 3.0  # log odds: 95 %


def find_ages_told_twice(pairs: ScoredPairs, records: int) -> NDArray[np.bool_]:
    """Say which records have an age that a record very likely of the same person has too.

    One institution may write down a wrong age. That two err alike is another thing: where two
    records say 47 and two say 19, they speak of a father and his son.
    """
    best = len(COMPARISONS[_AGE].levels)
    sure = (pairs.person > _SURE) & (pairs.levels[:, _AGE] >= best - 1)
    told = np.zeros(records, dtype=np.bool_)
    told[pairs.left[sure]] = told[pairs.right[sure]] = True
    return told


def weigh_rarity(
    prepared: pa.Table, left: NDArray[np.int64], right: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Return what agreement on a rare (or common) name adds to (takes from) the log odds."""
    added = np.zeros(len(left))
    for column in ("p1", "s1", "s2"):
        codes = codes_of(prepared[column].combine_chunks())
        counts = np.bincount(codes[codes >= 0])
        if len(counts) == 0:
            continue
        shares = counts / counts.sum()
        # Names seen once or twice are as rare as they seem only in large lists.
        smoothed = (counts + 1) / (counts.sum() + len(counts))
        surplus = np.clip(np.log((shares**2).sum() / smoothed), COMMONEST, RAREST)
        same = (codes[left] == codes[right]) & (codes[left] >= 0)
        added[same] += surplus[codes[left][same]]
    return added
