"""An estimate has draws or bounds, and no order."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.core import Bounds, Estimate, Message, Reason, UncertainOrderError, UsageError, Verdict


def of(draws, **more):
    return Estimate.from_draws(draws, unit="victims", method="by hand", **more)


def test_median_interval_and_probability_come_from_the_draws() -> None:
    found = of(np.arange(1, 1002))

    assert found.median == 501
    assert found.interval(0.9) == pytest.approx((51, 951))
    assert found.probability(lambda n: n > 901) == pytest.approx(100 / 1001)


@pytest.mark.parametrize("compare", ["__lt__", "__le__", "__gt__", "__ge__"])
def test_two_estimates_have_no_order(compare: str) -> None:
    with pytest.raises(UncertainOrderError, match=r"no order.*\n.*\.probability"):
        getattr(of([1, 2]), compare)(of([3, 4]))


def test_a_difference_goes_draw_by_draw() -> None:
    """The message about order tells people to ask this."""
    gap = of([10, 20, 30]) - of([15, 15, 15])

    assert gap.total().tolist() == [-5, 5, 15]
    assert gap.probability(lambda x: x > 0) == pytest.approx(2 / 3)


def test_a_sum_keeps_the_reasons_of_both() -> None:
    reason = Reason("r", "warn", 1, 0, Message("x"))
    total = of([1, 2], verdict=Verdict((reason,))) + of([10, 20])

    assert total.total().tolist() == [11, 22]
    assert total.verdict.status == "warn"


def test_strata_are_summed_by_draws() -> None:
    import xarray as xr

    draws = xr.DataArray([[1.0, 2.0], [10.0, 30.0]], dims=("area", "draw"))
    found = Estimate(draws, "victims", "by hand")

    assert found.total().tolist() == [11, 32]


def test_units_are_not_mixed() -> None:
    other = Estimate.from_draws([1.0], unit="incidents", method="by hand")

    with pytest.raises(UsageError, match="victims and incidents"):
        of([1.0]) + other


def test_bounds_have_one_level_and_no_draws() -> None:
    found = Estimate.from_bounds(Bounds(5, 3, 9, 0.95), unit="victims", method="sparse")

    assert (found.median, found.interval()) == (5, (3, 9))
    with pytest.raises(UsageError, match="one level"):
        found.interval(0.5)
    with pytest.raises(UsageError, match="no draws"):
        found.total()


@pytest.mark.parametrize("draws", [[], [1.0, np.nan], [[1.0], [2.0]]])
def test_draws_must_be_finite_numbers_in_a_row(draws) -> None:
    with pytest.raises(UsageError, match="finite"):
        of(draws)
