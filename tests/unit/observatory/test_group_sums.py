"""Sums of strata add their draws one by one; strata without an answer are left out."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from testigo.observatory.group_sums import sum_groups
from testigo.publication import GroupSum

STRATA = pa.table(
    {
        "stratum": ["a1", "a2", "b1"],
        "of_actor": ["a", "a", "b"],
        "of_zone": ["1", "2", None],
    }
)
ESTIMATES = pa.table({"stratum": ["", "a1", "a2", "b1"], "observed": [60, 10, 20, 30]})


def test_draws_are_added_one_by_one() -> None:
    draws = pa.table(
        {
            "stratum": ["a1"] * 3 + ["a2"] * 3,
            "draw": pa.array([1, 2, 3] * 2, pa.int32()),
            "victims": np.array([10.0, 20.0, 30.0, 50.0, 40.0, 30.0]),
        }
    )

    assert sum_groups(STRATA, draws, ESTIMATES, level=0.95) == (
        GroupSum("actor", "a", 2, 30, 60.0, 60.0, 60.0),  # the interval ends would make 40 and 80
        GroupSum("zone", "1", 1, 10, 20.0, 10.0, 30.0),
        GroupSum("zone", "2", 1, 20, 40.0, 30.0, 50.0),
    )


def test_without_draws_there_is_no_sum() -> None:
    none = pa.table(
        {"stratum": pa.array([], pa.string()), "draw": pa.array([], pa.int32()),
         "victims": pa.array([], pa.float64())}
    )  # fmt: skip

    assert sum_groups(STRATA, none, ESTIMATES, level=0.95) == ()
