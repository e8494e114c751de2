from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from scipy.stats import gamma

from testigo.core import Area
from testigo.estimation import POPULATION, DrawnStratum, rate_estimates

WHOLE = Area("T", "Todo", "whole", None)


def drawn(*draws: float, **values: str) -> DrawnStratum:
    return DrawnStratum(values, "publish", np.array(draws))


@pytest.fixture
def population() -> pa.Table:
    rows = [
        {
            "population_series": "census", "area_level": level, "area": area, "year": 2020,
            "sex": "all", "age_group": "all", "population": residents, "parent": None,
            "basis": "given", "known_share": 1.0,
        }
        for level, area, residents in (
            ("whole", "T", 3_000_000.0), ("area", "01", 1_000_000.0), ("area", "02", 2_000_000.0),
        )
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, schema=POPULATION.arrow)


def test_known_numbers_give_the_gamma_limits_of_a_poisson_mean(population: pa.Table) -> None:
    sure = drawn(*[100.0] * 200_000, area="01", year="2020")
    table = rate_estimates([sure], population, whole=WHOLE, seed=1)
    (row,) = [one for one in table.to_pylist() if one["area"] == "01"]
    assert (row["victims"], row["victims_low"], row["victims_high"]) == (100, 100, 100)
    assert row["rate"] == pytest.approx(10.0)
    low, high = gamma.ppf([0.025, 0.975], 100.5) / 10
    assert row["rate_low"] == pytest.approx(low, rel=0.005)
    assert row["rate_high"] == pytest.approx(high, rel=0.005)


def test_strata_of_a_year_make_the_whole_and_the_unknown_place_is_in_it(
    population: pa.Table,
) -> None:
    strata = [
        drawn(*[10.0] * 10, area=code, year="2020", sex=sex)
        for code in ("01", "02", "")
        for sex in ("female", "male")
    ]
    table = rate_estimates(strata, population, whole=WHOLE, seed=1)
    found = {one["area"]: one["victims"] for one in table.to_pylist()}
    assert found == {"01": 20, "02": 20, "T": 60}


def test_a_sum_that_would_lack_a_refused_stratum_is_refused(population: pa.Table) -> None:
    strata = [
        drawn(10, 12, area="01", year="2020"),
        DrawnStratum({"area": "02", "year": "2020"}, "refuse", None),
    ]
    table = rate_estimates(strata, population, whole=WHOLE, seed=1)
    found = {one["area"]: (one["verdict"], one["rate"] is None) for one in table.to_pylist()}
    assert found == {"01": ("publish", False), "02": ("refuse", True), "T": ("refuse", True)}


def test_nothing_without_a_year_or_without_residents(population: pa.Table) -> None:
    strata = [
        drawn(10, 12, area="01"),
        drawn(10, 12, area="77", year="2019"),
    ]
    assert rate_estimates(strata, population, whole=WHOLE, seed=1).num_rows == 0


def test_the_same_seed_gives_the_same_limits(population: pa.Table) -> None:
    strata = [drawn(*range(50, 90), year="2020")]
    tables = [rate_estimates(strata, population, whole=WHOLE, seed=7) for _ in range(2)]
    assert tables[0].equals(tables[1])


def test_strata_too_small_for_a_figure_count_in_sums_with_larger_ones_only(
    population: pa.Table,
) -> None:
    strata = [
        drawn(10, 12, area="01", year="2020"),
        DrawnStratum({"area": "02", "year": "2020"}, "refuse", np.array([1.0, 3.0])),
    ]
    table = rate_estimates(strata, population, whole=WHOLE, seed=1)
    found = {one["area"]: (one["victims"], one["verdict"]) for one in table.to_pylist()}

    assert found == {"01": (11, "publish"), "02": (None, "refuse"), "T": (13, "warn")}


def test_strata_that_are_wrong_together_are_added_as_they_meet(population: pa.Table) -> None:
    draws = np.arange(500.0, 1_500.0)
    strata = [drawn(*draws, area=code, year="2020") for code in ("01", "02")]
    table = rate_estimates(strata, population, whole=WHOLE, seed=1)
    (whole,) = [one for one in table.to_pylist() if one["area"] == "T"]

    assert (whole["victims_low"], whole["victims_high"]) == pytest.approx((1_050, 2_948), abs=1)


@pytest.mark.parametrize(
    ("high", "found"),
    [(250, ("publish", False)), (900, ("warn", False)), (9_000, ("refuse", True))],
)
def test_a_sum_is_asked_how_wide_it_is(population: pa.Table, high: float, found: tuple) -> None:
    """What its strata were asked before they were added says nothing of it."""
    strata = [drawn(*np.linspace(100, high, 400), area=code, year="2020") for code in ("01", "02")]
    table = rate_estimates(strata, population, whole=WHOLE, seed=1).to_pylist()
    (whole,) = [one for one in table if one["area"] == "T"]

    assert (whole["verdict"], whole["victims"] is None) == found
    assert (whole["rate"] is None) == found[1]
    assert {one["verdict"] for one in table if one["area"] != "T"} == {"publish"}
