"""Counts that are split in two (age stated, age unknown): both parts are hidden together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import AREA_LEVELS
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

    The two parts of a total that is shown give each other away, so they are hidden together:
    when one of them is small, and when a sum of parts would tell. One part may then be one more
    and the other one less, against another place. Where some total of a level is hidden, that
    level and those below show no parts, for parts and totals would tell on each other. How many
    ages the whole source lacks points at nobody, and the quality table tells it.

    Parameters
    ----------
    table
        Columns `STANDARDISED_RATES`.
    shown
        The cells of the counts.
    catalogue
        Which areas add up to which.
    """
    hidden = _without_totals(table, shown)
    stated = table["victims"].to_numpy()
    unknown = table["victims_age_unknown"].to_numpy()
    part = pc.not_equal(table["area_level"], "whole").to_numpy()
    small = ~among(table["source"], shown.public) & ~hidden & part
    small &= _few(stated, shown.k) | _few(unknown, shown.k)
    names = pc.binary_join_element_wise(*(table[name].combine_chunks() for name in _PROBLEM), "|")
    for name in names.filter(pa.array(small)).unique().to_pylist():
        chosen = pc.equal(names, name).to_numpy(zero_copy_only=False) & ~hidden
        mine = np.flatnonzero(chosen)
        layout, _ = lay_out(table.take(pa.array(mine)), catalogue)
        rows = np.arange(len(mine))
        cells = layout.cells(rows, unknown[mine], can_rise=stated[mine] > 0, least=rows * 0)
        small[mine] = hide_cells(cells, small[mine])
    hidden |= small
    return hidden


def _without_totals(table: pa.Table, shown: Shown) -> Flags:
    """Return the rows of levels that have hidden totals, or are below such a level."""
    total = pc.add(table["victims"], table["victims_age_unknown"])
    hidden = shown.hides(table.append_column("total", total), "total")
    keys = list(
        zip(*(table[n].to_pylist() for n in ("source", "area_level", "period")), strict=True)
    )
    touched = {key for key, is_hidden in zip(keys, hidden, strict=True) if is_hidden}
    touched |= shown.hidden_levels()
    found = [
        any((source, above, period) in touched for above in AREA_LEVELS[AREA_LEVELS.index(level) :])
        for source, level, period in keys
    ]
    return np.array(found, dtype=bool)


def _few(counts: NDArray[np.int64], k: int) -> Flags:
    few: Flags = (counts > 0) & (counts < k)
    return few
