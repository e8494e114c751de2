"""Sums of strata add draws, never limits; what a reader may not be told of a sum is not made."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from testigo.observatory.group_sums import sum_groups

SMALL = "too_few_people=4/50 counts_only_in_sum=4/10"
UNIFORM = np.linspace(100, 200, 4000)


def strata(**more):
    """Two actors in two zones and a third; the actors are fewer than the zones."""
    return pa.table(
        {
            "stratum": ["a1", "a2", "b1", "b3"],
            "of_zone": ["1", "2", "1", "3"],
            "of_actor": ["a", "a", "b", "b"],
        }
        | more
    )


def draws(**of_each):
    return pa.table(
        {
            "stratum": pa.array(
                [name for name, each in of_each.items() for _ in each], pa.string()
            ),
            "victims": pa.array(
                [float(one) for each in of_each.values() for one in each], pa.float64()
            ),
        }
    )


def estimates(**measured):
    rows = [
        {"stratum": name, "method": "graphs", "observed": 90, "measured": measured.get(name, "")}
        for name in ("", "a1", "a2", "b1", "b3")
    ]
    return pa.Table.from_pylist(rows)


def sums(drawn, told=None, table=None):
    return sum_groups(table or strata(), drawn, told or estimates(), seed=1, level=0.95)


def test_draws_are_added_and_not_limits():
    """Of two uniform numbers the sum is a triangle: 0.025 = x^2 / (2 * 100^2), x = 22.4."""
    (found,) = sums(draws(a1=UNIFORM, a2=UNIFORM))

    assert (found.column, found.value, found.strata, found.observed) == ("actor", "a", 2, 180)
    assert found.low == pytest.approx(222.4, abs=4)  # the limits themselves would make 205
    assert found.high == pytest.approx(377.6, abs=4)
    assert (found.level, found.verdict.status) == (0.95, "publish")


def test_only_the_column_that_the_page_shows_is_added_up():
    every = sums(draws(a1=UNIFORM, a2=UNIFORM, b1=UNIFORM, b3=UNIFORM))

    assert [(one.column, one.value) for one in every] == [("actor", "a"), ("actor", "b")]


def test_one_stratum_is_no_sum_and_one_that_counts_only_in_sums_makes_none():
    assert sums(draws(b1=UNIFORM)) == ()
    assert sums(draws(b1=UNIFORM, b3=UNIFORM), estimates(b1=SMALL)) == ()
    assert sums(draws(b1=UNIFORM, b3=UNIFORM), estimates(b1=SMALL, b3=SMALL)) == ()


def test_a_sum_that_the_gate_refuses_is_not_made_and_what_it_warns_of_is_kept():
    far = np.geomspace(20, 2000, 4000)
    assert sums(draws(a1=far, a2=far)) == ()
    (found,) = sums(draws(a1=UNIFORM, a2=UNIFORM), estimates(a1="small_list=1/0"))

    assert [reason.code for reason in found.verdict.reasons] == ["strata_warned"]


def test_two_strata_of_one_label_make_no_group_that_nobody_could_name():
    table = pa.table({"stratum": ["x", "x", "y"], "of_a": ["1", "2", "1"], "of_b": [*"345"]})

    assert sums(draws(x=UNIFORM, y=UNIFORM), table=table) == ()


def test_without_draws_there_is_no_sum():
    assert sums(draws()) == ()
