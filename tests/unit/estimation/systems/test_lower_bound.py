"""The lower bound against closed forms, and at the ends of what a table can hold."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.core import UsageError
from testigo.estimation import CaptureHistories, chao_lower_bound, estimate_total

ALL = np.array([[(cell >> j) & 1 for j in (3, 2, 1, 0)] for cell in range(1, 16)])


def test_of_two_lists_it_is_chapmans_estimator_and_its_log_normal_interval() -> None:
    """(n1 + 1)(n2 + 1)/(m + 1) - 1; log odds of a fourfold table for the variance."""
    found = chao_lower_bound(CaptureHistories.of("ab", [[1, 0], [0, 1], [1, 1]], [400, 600, 299]))

    assert found.point == pytest.approx(700 * 900 / 300 - 1)
    variance = 800 + 800**2 * (1 / 400 + 1 / 600 + 299 / 300**2)
    spread = np.exp(1.959964 * np.sqrt(np.log1p(variance / 800**2)))
    assert (found.low, found.high) == pytest.approx((1_299 + 800 / spread, 1_299 + 800 * spread))


@pytest.mark.parametrize("several", [(20, 60, 80), (200, 60, 180)])
def test_a_list_that_holds_everybody_gives_no_more_than_is_recorded(several) -> None:
    """Where lists were taken to be alike it said 3,730 of 1,060 people."""
    patterns = [[1, 0, 0], [1, 1, 0], [1, 1, 1], [1, 0, 1]]
    found = chao_lower_bound(CaptureHistories.of("abc", patterns, [900, *several]))

    assert (found.low, found.point, found.high) == (900 + sum(several),) * 3


def test_nobody_on_exactly_two_lists_gives_a_finite_bound() -> None:
    patterns = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 1]]
    found = chao_lower_bound(CaptureHistories.of("abc", patterns, [3, 4, 5, 30]))

    assert found.point == 42 + 3 * 4 + 3 * 5 + 4 * 5
    assert np.isfinite(found.high)


def test_nobody_at_all_is_refused() -> None:
    with pytest.raises(UsageError):
        chao_lower_bound(CaptureHistories.of("ab", [[1, 1]], [0]))


def test_its_interval_holds_the_number_of_people_where_lists_are_independent() -> None:
    """Nineteen in twenty, on four lists of which the largest is nine times the smallest."""
    inside = []
    for number in range(300):
        rng = np.random.default_rng(number)
        held = (rng.random((1_000, 4)) < (0.06, 0.15, 0.3, 0.55)).astype(int)
        held = held[held.any(axis=1)]
        found = chao_lower_bound(CaptureHistories.of("abcd", held, np.ones(len(held))))
        inside.append(found.low <= 1_000 <= found.high)

    assert np.mean(inside) == pytest.approx(0.95, abs=0.04)


def test_it_is_told_as_a_lower_bound(shared_table) -> None:
    """The table of people as unlike as Rasch's: true 5,000."""
    found = estimate_total(shared_table("synthetic_rasch_101"), seed=1, method="lower-bound")

    assert found.verdict.status == "warn"
    assert [each.code for each in found.verdict.reasons] == ["lower_bound_only"]
    assert found.interval()[1] < 5_000
