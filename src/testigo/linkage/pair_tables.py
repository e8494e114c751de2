"""Scored pairs as a small table that can be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from testigo.linkage.model import PAIRS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.linkage.model import ScoredPairs


def tabulate_pairs(pairs: ScoredPairs, rows: NDArray[np.int64]) -> pa.Table:
    """Return the table `PAIRS`.

    Parameters
    ----------
    pairs
        Of positions of records.
    rows
        Row of `links` that holds each position, shape (record,).
    """
    one, other = rows[pairs.left], rows[pairs.right]
    left, right = np.minimum(one, other), np.maximum(one, other)
    order = np.argsort(left * len(rows) + right)
    columns = [left, right, pairs.person, pairs.incident, *pairs.levels.T, pairs.rules]
    return pa.table(
        [
            pa.array(values[order]).cast(field.type)
            for values, field in zip(columns, PAIRS, strict=True)
        ],
        schema=PAIRS,
    )
