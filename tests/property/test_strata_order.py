"""Neither the order of strata, nor that of lists, nor their names change an estimate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from testigo.estimation import CaptureHistories, LinkedHistories, estimate_strata, judge_table

PATTERNS = np.array(
    [[0, 0, 1], [0, 1, 0], [0, 1, 1], [1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]], dtype=int
)
COUNTS = st.lists(st.integers(0, 40), min_size=7, max_size=7).filter(any)


def stratum(name: str, counts: list[int], order: list[int]) -> LinkedHistories:
    lists = [f"list {place}" for place in order]
    return LinkedHistories(
        CaptureHistories.of(lists, PATTERNS[:, order], counts, stratum=[("area", name)])
    )


@settings(max_examples=15, deadline=None)
@given(counts=st.lists(COUNTS, min_size=2, max_size=4), order=st.permutations([0, 1, 2]))
def test_strata_and_lists_may_come_in_any_order(counts, order) -> None:
    strata = [stratum(str(place), each, [0, 1, 2]) for place, each in enumerate(counts)]
    turned = [stratum(str(place), each, order) for place, each in enumerate(counts)][::-1]
    one = estimate_strata(strata, seed=1, method="graphs").table.to_pylist()
    other = estimate_strata(turned, seed=1, method="graphs").table.to_pylist()
    rows = {row["stratum"]: row for row in other}

    for row in one:
        same = rows[row["stratum"]]
        assert row["verdict"] == same["verdict"]
        assert set(row["reasons"].split()) == set(same["reasons"].split())
        if row["median"] is not None and row["stratum"]:
            found = [same["median"], same["low"], same["high"]]
            assert [row["median"], row["low"], row["high"]] == pytest.approx(found, rel=0.05)


@given(counts=COUNTS, order=st.permutations([0, 1, 2]))
def test_the_gate_does_not_see_the_order_of_lists(counts, order) -> None:
    one = judge_table(stratum("a", counts, [0, 1, 2]).best)
    other = judge_table(stratum("a", counts, order).best)

    assert [each.code for each in one] == [each.code for each in other]
    assert [each.measured for each in one] == pytest.approx([each.measured for each in other])
