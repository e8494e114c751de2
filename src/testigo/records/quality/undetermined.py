"""Deaths of undetermined intent, spread over the causes: a band, never the headline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray


def redistribute_undetermined(
    homicides: ArrayLike, undetermined: ArrayLike, accidents: ArrayLike, suicides: ArrayLike
) -> NDArray[np.float64]:
    """Return H* = H + U x H / (H + A + S) for each cell; publish it beside H, not instead.

    Cells are sex x age x mechanism (domain.md 1.6); all four have one shape. A cell with deaths
    of undetermined intent and no other is NaN: nothing tells how to spread them.

    Examples
    --------
    >>> redistribute_undetermined([60, 0], [10, 4], [30, 0], [10, 0])
    array([66., nan])
    """
    h, u, a, s = (
        np.asarray(part, dtype=np.float64)
        for part in (homicides, undetermined, accidents, suicides)
    )
    known = h + a + s
    spread: NDArray[np.float64] = np.array(np.where((u == 0) & (known == 0), 0.0, np.nan))
    np.divide(u * h, known, out=spread, where=known != 0)
    return h + spread
