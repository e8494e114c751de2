"""Fits told in steps: limits hold what they held, and nothing finer than the step is left."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testigo.estimation import ESTIMATE_REASONS, read_reasons
from testigo.publication.coarse_numbers import (
    coarsen_interval,
    coarsen_measured,
    find_step,
    tells_of_fit,
)

NAMES = ("median", "low", "high")


@given(st.floats(1, 1e7), st.floats(0, 1e7), st.floats(0, 1e7))
def test_steps_are_one_two_or_five_and_limits_lie_outside(low: float, up: float, more: float):
    row = {"low": low, "median": low + up, "high": low + up + more}
    step = find_step(row["low"], row["high"])

    told = coarsen_interval(row, NAMES, step=step)

    assert step / 10 ** math.floor(math.log10(step)) == pytest.approx(1, abs=4.1)
    assert step == 1 or 4 * step <= (up + more) * (1 + 1e-9) <= 10.1 * step
    assert told["low"] <= low
    assert told["high"] >= row["high"]
    assert all(value % step == 0 for value in told.values())


def test_nobody_on_a_list_is_left_out_by_a_rounded_limit():
    row = {"median": 252.0, "low": 239.0, "high": 290.0}

    assert coarsen_interval(row, NAMES, step=20, least=238)["low"] == 238


def test_what_is_blank_stays_blank():
    assert coarsen_interval(dict.fromkeys(NAMES), NAMES, step=1) == dict.fromkeys(NAMES)


@pytest.mark.parametrize(
    ("measured", "told"),
    [
        ("few_people=64/100", "few_people=64/100"),
        ("few_people=65/100", "few_people=/100"),  # of another draw of the linkage
        ("too_few_on_several_lists=4/20", "too_few_on_several_lists=/20"),
        ("replicates_disagree=1.0234/1.01", "replicates_disagree=1.03/1.01"),
        ("evidence_spread=73.4219/50", "evidence_spread=80/50"),
        ("strata_warned=12/0", "strata_warned=12/0"),
        ("unequal_people=0.407423/0.25", "unequal_people=1/0.25"),
        ("unequal_people=1.20742/0.25", "unequal_people=3/0.25"),
        ("unequal_people=4.07423/0.25", "unequal_people=5/0.25"),
        ("", ""),
    ],
)
def test_measured_says_no_number_of_people_but_all(measured: str, told: str):
    assert coarsen_measured(measured, 64) == told


@given(st.floats(0.2501, 1e3))
def test_what_is_told_in_words_is_told_in_the_same_words(measured: float):
    told = coarsen_measured(f"unequal_people={measured:.6g}/0.25", 64)

    (exact,), (coarse,) = (read_reasons(f"unequal_people={measured:.6g}/0.25"), read_reasons(told))
    assert str(coarse.text) == str(exact.text)
    assert coarse.measured >= float(f"{measured:.6g}")


def test_a_reason_that_nobody_knows_is_taken_for_one_of_a_fit():
    assert tells_of_fit("a_new_rule=3/5")
    assert not tells_of_fit("too_few_people=17/50 too_few_on_several_lists=4/20")


def test_rules_with_decimals_or_shares_are_of_fits():
    fractions = [code for code, rule in ESTIMATE_REASONS.items()
                 if rule.percent or any(rule.decimals)]  # fmt: skip

    assert all(tells_of_fit(f"{code}=1/1") for code in fractions)
