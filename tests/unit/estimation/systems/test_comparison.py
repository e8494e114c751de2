"""All methods on the strata of a table: sums by draws, and what cannot be added is named."""

from __future__ import annotations

import pytest

from testigo.estimation import CaptureHistories
from testigo.estimation.systems import comparison
from testigo.estimation.systems.comparison import compare_strata

PATTERNS = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]
GOOD, THIN = (600, 500, 300, 200, 150, 150, 100), (5, 5, 5, 1, 1, 1, 0)


@pytest.fixture(autouse=True)
def cheap_methods(monkeypatch) -> None:
    """Leave out the methods that take seconds: the rule is the same for all."""
    monkeypatch.setattr(comparison, "METHODS", ("graphs", "lower-bound", "independence"))


def years(*tables):
    return [
        CaptureHistories.of("abc", PATTERNS, counts, stratum=[("year", str(year))])
        for year, counts in enumerate(tables, start=2001)
    ]


def by_method(compared):
    return {each.method: each for each in compared.estimates}


def test_the_sum_of_a_method_that_draws_comes_first_and_is_by_draws() -> None:
    total, one, two = map(by_method, compare_strata(years(GOOD, GOOD), seed=1))
    low, high = total["graphs"].interval()
    lows, highs = zip(*(each["graphs"].interval() for each in (one, two)), strict=True)

    assert total["graphs"].median == pytest.approx(2 * one["graphs"].median, rel=0.02)
    assert sum(lows) < low < high < sum(highs)


def test_a_method_without_draws_is_refused_for_the_sum_by_name_of_the_reason() -> None:
    total, *_ = map(by_method, compare_strata(years(GOOD, GOOD), seed=1))
    reasons = [reason.code for reason in total["lower-bound"].verdict.reasons]

    assert (total["lower-bound"].verdict.status, reasons) == ("refuse", ["no_draws_to_add"])


def test_a_refused_stratum_refuses_the_sum_of_every_method() -> None:
    total, good, thin = map(by_method, compare_strata(years(GOOD, THIN), seed=1))

    assert [reason.code for reason in total["graphs"].verdict.reasons] == ["strata_refused"]
    assert {each.verdict.status for each in thin.values()} == {"refuse"}
    assert good["graphs"].verdict.status != "refuse"


def test_one_stratum_has_no_sum_and_progress_counts_the_strata() -> None:
    told = []
    found = compare_strata(
        years(GOOD), seed=1, progress=lambda _, place, many: told.append((place, many))
    )

    assert len(found) == 1
    assert told == [(0, 1)]
