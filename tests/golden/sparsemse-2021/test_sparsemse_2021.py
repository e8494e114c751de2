"""Small and sparse tables, beside SparseMSE and Rcapture."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from testigo.estimation import CaptureHistories, bootstrap_choice, fit_hierarchical, fit_sparse


def table(shared, name: str) -> CaptureHistories:
    with (shared / "mse" / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream))
    cells = np.array(rows, dtype=int)
    return CaptureHistories.of(header[:-1], cells[:, :-1], cells[:, -1])


@pytest.mark.parametrize(
    ("name", "total", "low", "high"),
    [
        ("uk_slavery_2013_5lists", 11_313, 9_884, 13_027),
        ("uk_slavery_2013_6lists", 11_418, 9_977, 13_146),
        ("new_orleans_trafficking_5lists", 1_034, 658, 1_709),
        ("us_western_sex_trafficking", 2_483, 1_657, 3_830),
        ("australia_slavery", 6_496, 2_882, 15_401),
    ],
)
def test_stepwise_models_are_those_of_sparsemse(shared, name, total, low, high) -> None:
    found = fit_sparse(table(shared, name))

    assert found.total == pytest.approx(total, abs=0.51)
    assert [found.low, found.high] == pytest.approx([low, high], abs=1)


def test_the_best_models_of_five_lists_are_those_of_rcapture(shared) -> None:
    best = fit_hierarchical(table(shared, "uk_slavery_2013_5lists"))[:3]

    assert [round(fit.total) for fit in best] == [25_311, 28_822, 22_991]


@pytest.mark.parametrize(
    ("name", "low", "high", "tolerance"),
    [
        ("kosovo_1999", 12_472, 16_391, 0.04),
        ("us_western_sex_trafficking", 1_473, 3_535, 0.25),
        ("uk_slavery_2013_5lists", 9_454, 15_226, 0.25),
        ("uk_slavery_2013_6lists", 8_764, 15_359, 0.25),
    ],
)
def test_the_interval_over_choices_is_that_of_sparsemse(shared, name, low, high, tolerance) -> None:
    """Bias-corrected and accelerated, 200 resampled tables, the pairs chosen anew on each."""
    found = bootstrap_choice(table(shared, name), "sparse", seed=1)

    assert (found.low, found.high) == pytest.approx((low, high), rel=tolerance)
