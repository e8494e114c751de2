"""Sums that leave all open are refused under every assumption, and nothing is laid beside them."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.core import Estimate
from testigo.estimation import (
    SENSITIVITY,
    CaptureHistories,
    LinkedHistories,
    explain_sensitivity,
    judge_sensitivity,
    sweep_assumptions,
)
from testigo.estimation.systems import sensitivity

PATTERNS = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]


def two_years() -> list[LinkedHistories]:
    counts = [600, 500, 300, 200, 150, 150, 100]
    return [
        LinkedHistories(CaptureHistories.of("abc", PATTERNS, counts, stratum=[("year", year)]))
        for year in ("2001", "2002")
    ]


@pytest.fixture
def less_may_be_open(monkeypatch) -> None:
    """Refuse an interval whose upper limit is 1.15 times its lower one."""
    monkeypatch.setattr("testigo.estimation.systems.gate.WIDE", 1.1)
    monkeypatch.setattr("testigo.estimation.systems.gate.TOO_WIDE", 1.15)


def of_draws(low: float, high: float) -> Estimate:
    return Estimate.from_draws(np.linspace(low, high, 500), unit="victims", method="graphs")


@pytest.mark.usefixtures("less_may_be_open")
def test_where_the_usual_sum_says_nothing_nothing_is_moved(monkeypatch) -> None:
    monkeypatch.setattr(
        sensitivity, "estimate_each", lambda strata, *_, **__: [of_draws(200, 900) for _ in strata]
    )
    table = sweep_assumptions(two_years(), seed=1, method="graphs")

    assert table.num_rows == 1
    assert (table["median"][0].as_py(), table["reasons"][0].as_py()) == (None, "interval_too_wide")
    assert "no estimate whose assumptions" in str(explain_sensitivity(table).main)


@pytest.mark.usefixtures("less_may_be_open")
def test_a_setting_is_blank_where_its_sum_or_the_usual_one_beside_it_says_nothing() -> None:
    """An answer without the usual one of the same strata has nothing to be compared with."""
    strata = two_years()
    narrow, wide = [of_draws(900, 910)] * 2, [of_draws(200, 900)] * 2
    sweep = sensitivity._Sweep(strata, narrow, [0, 1], "", 0.95, 1)
    rows = [
        sweep.put("list_left_out", name, found, usual, [0, 1])
        for name, found, usual in (("a", narrow, narrow), ("b", wide, narrow), ("c", narrow, wide))
    ]

    assert [row["median"] is None for row in rows] == [False, True, True]
    assert [row["usual"] is None for row in rows] == [False, False, True]
    assert {row["reasons"] for row in rows[1:]} == {"interval_too_wide"}
    main = sweep.put("main", "graphs", narrow, narrow, [0, 1])
    assert judge_sensitivity(SENSITIVITY.table([main, *rows])) == ()
