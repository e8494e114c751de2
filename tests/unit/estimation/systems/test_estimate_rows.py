"""Rows of estimates are written to one decimal of people."""

from __future__ import annotations

import numpy as np

from testigo.core import Estimate, Verdict
from testigo.estimation.systems.estimate_rows import (
    estimate_row,
    is_told,
    refuse_estimate,
    sum_strata,
)
from testigo.estimation.systems.reason_texts import make_reason


def test_people_have_one_decimal():
    draws = np.linspace(500.0, 574.04, 41)
    estimate = Estimate.from_draws(
        draws, unit="victims", method="latent-class", verdict=Verdict(())
    )
    row = estimate_row(433, "", estimate, 0.95)
    low, high = np.quantile(draws, [0.025, 0.975])

    assert row["low"] == round(low, 1)
    assert row["high"] == round(high, 1)
    assert row["low"] != low


def test_a_refused_estimate_has_no_number():
    row = estimate_row(433, "", refuse_estimate("latent-class", (), 0.95), 0.95)

    assert (row["median"], row["low"], row["high"]) == (None, None, None)


def between(low: float, high: float, *codes: str) -> Estimate:
    """Draws from one limit to the other, as many at each size."""
    verdict = Verdict(tuple(make_reason(code, 30, 50) for code in codes))
    draws = np.geomspace(low, high, 2_000)
    return Estimate.from_draws(draws, unit="victims", method="graphs", verdict=verdict)


def test_a_sum_is_asked_how_wide_it_is() -> None:
    """One good stratum beside two that lean and say little: their sum says nothing."""
    leaning = [between(5, 20_000, "leans_on_other_strata") for _ in range(2)]
    total = sum_strata([between(110, 140), *leaning], seed=1, level=0.95)
    row = estimate_row(200, "", total, 0.95)

    assert [each.code for each in total.verdict.reasons] == ["strata_warned", "interval_too_wide"]
    assert not is_told(total)
    assert (row["verdict"], row["median"], row["low"], row["high"]) == ("refuse", None, None, None)


def test_a_sum_that_leaves_much_open_is_warned_of() -> None:
    total = sum_strata([between(100, 120), between(50, 1_000)], seed=1, level=0.95)
    low, high = total.interval()

    assert 3 * low < high < 10 * low
    assert [(each.code, each.status) for each in total.verdict.reasons] == [
        ("interval_wide", "warn")
    ]
    assert estimate_row(100, "", total, 0.95)["measured"].startswith("interval_wide=")


def test_a_sum_of_strata_that_say_enough_has_no_further_reason() -> None:
    assert sum_strata([between(100, 200)] * 3, seed=1, level=0.95).verdict.reasons == ()
