"""Rounding alone never makes a finding."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from testigo.records.consistency.implied_population import find_jumps


@given(
    first=st.integers(200_000, 200_000_000),
    growth=st.floats(-0.01, 0.04),
    rates=st.lists(st.floats(0.5, 150), min_size=6, max_size=40),
    decimals=st.integers(0, 2),
)
def test_a_smooth_population_with_rounded_rates_gives_no_finding(
    first: int, growth: float, rates: list[float], decimals: int
) -> None:
    year = np.arange(len(rates))
    population = first * np.exp(growth * year)
    count = np.maximum(1, np.round(population * np.array(rates) / 100_000))
    printed = np.round(100_000 * count / population, decimals)
    kept = printed > 0

    assert find_jumps(year[kept], count[kept], printed[kept], decimals=decimals) == ()


@given(
    wrong=st.integers(0, 14),
    factor=st.sampled_from([0.1, 0.5, 0.9, 1.1, 2.0, 10.0]),
    growth=st.floats(0, 0.03),
)
def test_one_wrong_rate_is_found_and_no_other(wrong: int, factor: float, growth: float) -> None:
    year = np.arange(15)
    population = 5_000_000 * np.exp(growth * year)
    count = np.full(15, 2_000)
    printed = np.round(100_000 * count / population, 1)
    printed[wrong] = np.round(printed[wrong] * factor, 1)

    assert [jump.year for jump in find_jumps(year, count, printed, decimals=1)] == [wrong]
