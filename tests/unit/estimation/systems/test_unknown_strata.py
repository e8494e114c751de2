"""People of unknown stratum are spread by chance, and nobody is lost or made."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from testigo.core import UsageError
from testigo.estimation import spread_unknown

LISTS = ["press", "police"]


def table(rows) -> pa.Table:
    names = ["area", "year", "press", "police", "count"]
    return pa.table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))


KNOWN = [
    ("A", "2001", 1, 0, 300),
    ("B", "2001", 1, 0, 100),
    ("B", "2002", 0, 1, 50),
]


def spread(rows, replicates=20) -> list[dict[str, object]]:
    found = spread_unknown(
        table(rows), lists=LISTS, strata=["area", "year"], replicates=replicates, seed=1
    )
    return found.to_pylist()


def test_nobody_is_lost() -> None:
    rows = spread([*KNOWN, (None, "2001", 1, 0, 40), (None, None, 0, 1, 7)])

    for draw in range(1, 21):
        assert sum(row["count"] for row in rows if row["draw"] == draw) == 497


def test_they_go_where_people_on_the_same_lists_are() -> None:
    """300 of 400 are in A: 30 of 40 on average, by the expectation of the Dirichlet-multinomial."""
    rows = spread([*KNOWN, (None, "2001", 1, 0, 40)], replicates=400)
    moved = [row["count"] - 300 for row in rows if row["area"] == "A"]

    assert np.mean(moved) == pytest.approx(30, abs=0.6)
    # Dirichlet-multinomial: 40 x .75 x .25 x (401 + 40)/(401 + 1)
    assert np.var(moved) == pytest.approx(8.2, rel=0.25)


def test_the_part_that_is_known_is_kept() -> None:
    rows = spread([*KNOWN, (None, "2002", 1, 0, 40)])

    assert {row["area"] for row in rows if row["year"] == "2002"} == {"B"}


def test_people_whose_known_part_fits_nowhere_stay_unknown() -> None:
    rows = spread([*KNOWN, (None, "1999", 1, 0, 3)])

    assert {row["area"] for row in rows if row["year"] == "1999"} == {None}


def test_the_same_seed_spreads_alike() -> None:
    rows = [*KNOWN, (None, None, 1, 1, 9)]

    assert spread(rows) == spread(rows)


def test_nothing_known_cannot_be_spread() -> None:
    with pytest.raises(UsageError, match="No row says its stratum"):
        spread([(None, "2001", 1, 0, 40)])
    with pytest.raises(UsageError, match="two replicates"):
        spread(KNOWN, replicates=1)
