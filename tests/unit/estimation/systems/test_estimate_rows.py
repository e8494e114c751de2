"""Rows of estimates are written to one decimal of people."""

from __future__ import annotations

import numpy as np

from testigo.core import Estimate, Verdict
from testigo.estimation.systems.estimate_rows import estimate_row, refuse_estimate


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
