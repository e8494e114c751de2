"""Counts that are split in two (age stated, age unknown): both parts are hidden together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.publication.cells import among, lay_out
from testigo.publication.suppression import hide_cells

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from testigo.core import AreaCatalogue
    from testigo.publication.cells import Shown

    Flags = NDArray[np.bool_]

_PROBLEM = ("source", "population_series", "standard")


def choose_hidden_splits(table: pa.Table, shown: Shown, catalogue: AreaCatalogue) -> Flags:
    """Return the rows of the standardised rates whose victims must be blank, shape (row,).

    Where the total is shown, the two parts give each other away, so they are hidden together:
    when one of them is small, when the total is hidden, and when a sum of parts would tell.
    A change of one part that keeps its sums, against the same change of the other, keeps all.

    Parameters
    ----------
    table
        Columns `STANDARDISED_RATES`.
    shown
        The cells of the counts.
    catalogue
        Which areas add up to which.
    """
    total = pc.add(table["victims"], table["victims_age_unknown"])
    with_total = table.append_column("total", total)
    total_hidden = shown.hides(with_total, "total")
    stated = table["victims"].to_numpy()
    unknown = table["victims_age_unknown"].to_numpy()
    private = ~among(table["source"], shown.public)
    small = private & (_few(stated, shown.k) | _few(unknown, shown.k))
    hidden: Flags = total_hidden | small
    names = pc.binary_join_element_wise(*(table[name].combine_chunks() for name in _PROBLEM), "|")
    for name in names.filter(pa.array(hidden)).unique().to_pylist():
        mine = np.flatnonzero(pc.equal(names, name).to_numpy(zero_copy_only=False))
        layout, astray = lay_out(table.take(pa.array(mine)), catalogue)
        firm = np.flatnonzero(~astray)
        rows = mine[firm]
        can_rise = (stated[rows] > 0) | total_hidden[rows]
        cells = layout.cells(firm, unknown[rows], can_rise=can_rise, least=0)
        hidden[rows] |= hide_cells(cells, hidden[rows])
    return hidden


def _few(counts: NDArray[np.int64], k: int) -> Flags:
    few: Flags = (counts > 0) & (counts < k)
    return few
