"""The dependence of all lists together, which no table shows, is moved by a printed formula."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.estimation import CaptureHistories, LinkedHistories, estimate_by_highest_order
from testigo.estimation.systems.highest_order import mix_by_highest_order

PATTERNS = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]


def three(*counts) -> CaptureHistories:
    return CaptureHistories.of("abc", PATTERNS, counts)


def test_three_lists_follow_the_printed_formula() -> None:
    """Bishop, Fienberg and Holland 1975: n000 = n111 n100 n010 n001 / (n110 n101 n011)."""
    unseen = 10 * 60 * 50 * 30 / (20 * 15 * 15)
    table = three(60, 50, 30, 20, 15, 15, 10)

    assert estimate_by_highest_order(table).median == pytest.approx(200 + unseen)
    assert estimate_by_highest_order(table, 0.5).median == pytest.approx(200 + unseen / 2)


def test_its_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Tables of independent lists, for which the ratio is 1: 95 of 100, within three errors."""
    rng = np.random.default_rng(1)
    inside = 0
    for _ in range(400):
        held = (rng.random((2_000, 3)) < [0.5, 0.4, 0.45]).astype(int)
        held = held[held.any(axis=1)]
        found = estimate_by_highest_order(CaptureHistories.of("abc", held, np.ones(len(held))))
        low, high = found.interval()
        inside += low <= 2_000 <= high

    assert inside / 400 == pytest.approx(0.95, abs=0.033)


def test_empty_patterns_are_told() -> None:
    found = estimate_by_highest_order(three(60, 50, 30, 20, 0, 15, 10))

    assert [reason.code for reason in found.verdict.reasons] == ["empty_patterns"]


def test_its_draws_have_the_same_middle_and_limits() -> None:
    table = three(60, 50, 30, 20, 15, 15, 10)
    drawn, formula = (estimate_by_highest_order(table, seed=seed) for seed in (1, None))

    assert drawn.median == pytest.approx(formula.median, rel=0.03)
    assert drawn.interval() == pytest.approx(formula.interval(), rel=0.1)


def test_a_mixture_over_a_linkage_has_the_verdict_of_its_best_table() -> None:
    best, empty = three(60, 50, 30, 20, 15, 15, 10), three(60, 50, 30, 20, 0, 15, 10)
    one, other = (
        mix_by_highest_order(LinkedHistories(table, (second, best)), 1.0, seed=1)
        for table, second in ((best, empty), (empty, best))
    )

    assert one.verdict.reasons == ()
    assert [reason.code for reason in other.verdict.reasons] == ["empty_patterns"]


def test_draws_of_a_linkage_without_anybody_are_left_out_and_all_of_them_refuse() -> None:
    best = three(60, 50, 30, 20, 15, 15, 10)
    nobody = CaptureHistories.of("abc", np.empty((0, 3), int), [])
    some, none = (
        mix_by_highest_order(LinkedHistories(best, draws), 1.0, seed=1)
        for draws in ((nobody, best), (nobody, nobody))
    )

    assert some.median == pytest.approx(estimate_by_highest_order(best).median, rel=0.05)
    assert [reason.code for reason in none.verdict.reasons] == ["draws_refused"]
