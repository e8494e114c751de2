"""The interval knows that the model was chosen on the same data."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.core import UsageError
from testigo.estimation import CaptureHistories, bootstrap_choice, estimate_total, log_linear


@pytest.mark.parametrize("method", ["sparse", "log-linear"])
def test_its_interval_holds_the_truth_as_often_as_it_says(method) -> None:
    """Independent lists, 1,000 people: 95 of 100, within three errors of 40 tables."""
    inside = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        held = (rng.random((1_000, 3)) < [0.5, 0.4, 0.45]).astype(int)
        held = held[held.any(axis=1)]
        table = CaptureHistories.of("abc", held, np.ones(len(held)))
        found = bootstrap_choice(table, method, seed=seed, replicates=60)
        inside += found.low <= 1_000 <= found.high

    assert inside / 40 >= 0.95 - 3 * (0.95 * 0.05 / 40) ** 0.5


def test_it_is_wider_than_the_interval_of_one_model_when_others_fit_as_well(shared_table) -> None:
    """United Kingdom 2013: the best model's own interval is 9.9 to 13.0 thousand (SparseMSE)."""
    found = bootstrap_choice(shared_table("uk_slavery_2013_5lists"), "sparse", seed=1,
                             replicates=100)  # fmt: skip

    assert found.same < 0.5
    assert found.high - found.low > 1.1 * (13_027 - 9_884)


def test_a_model_that_all_tables_choose_is_stable(small) -> None:
    found = bootstrap_choice(small, "sparse", seed=1)

    assert found.same > 0.5
    assert found.nowhere == 0
    assert found.fit.total == pytest.approx(log_linear(small).total, rel=1e-6)
    assert found.low < found.fit.total < found.high


def test_the_same_seed_gives_the_same_interval(small) -> None:
    one, two = (bootstrap_choice(small, "log-linear", seed=5, replicates=30) for _ in range(2))

    assert (one.low, one.high) == (two.low, two.high)


def test_the_verdict_says_that_the_choice_is_unstable(shared_table) -> None:
    found = estimate_total(shared_table("us_western_sex_trafficking"), seed=1, method="sparse")

    assert "choice_unstable" in [reason.code for reason in found.verdict.reasons]


def test_an_estimate_that_runs_away_is_refused() -> None:
    """Nobody of the third list is on another but a handful: resampled tables often lose them."""
    table = CaptureHistories.of(
        "abc",
        [[1, 0, 0], [0, 1, 0], [1, 1, 0], [0, 0, 1], [1, 0, 1], [0, 1, 1]],
        [200, 200, 20, 200, 1, 1],
    )
    found = bootstrap_choice(table, "log-linear", seed=1, replicates=50)
    told = estimate_total(table, seed=1, method="log-linear")

    assert found.nowhere > 0.05
    assert [each.code for each in told.verdict.reasons if each.status == "refuse"] == [
        "estimate_runs_away"
    ]


def test_a_method_that_chooses_nothing_is_refused(small) -> None:
    with pytest.raises(UsageError, match="chooses no model"):
        bootstrap_choice(small, "graphs", seed=1)
