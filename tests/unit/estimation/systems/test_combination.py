"""Strata, replicates and mixtures of draws."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.core import UsageError
from testigo.estimation import add_strata, combine_by_rule, mix_draws


def test_replicates_that_agree_have_no_variance_between() -> None:
    """B = 0 must not divide by zero; the interval is then the log-normal one of one replicate."""
    draws = 100 + np.exp(np.random.default_rng(1).normal(5, 0.2, 5_000))
    found = combine_by_rule([draws, draws], [100, 100])
    logs = np.log(draws - 100)

    assert found.low == pytest.approx(100 + np.exp(logs.mean() - 1.96 * logs.std()), abs=1)
    assert found.high == pytest.approx(100 + np.exp(logs.mean() + 1.96 * logs.std()), abs=1)


def test_nobody_unseen_is_a_tenth_under_the_logarithm() -> None:
    found = combine_by_rule([np.full(10, 50.0), np.full(10, 50.0)], [50, 50])

    assert (found.point, found.low, found.high) == (50, 50, 50)


def test_one_replicate_is_no_replicate() -> None:
    with pytest.raises(UsageError, match="two replicates"):
        combine_by_rule([np.ones(3)], [1])


def test_a_mixture_takes_as_many_from_each() -> None:
    mixed = mix_draws([np.zeros(10), np.ones(4)], seed=1)

    assert len(mixed) == 8
    assert mixed.sum() == 4


def test_the_interval_of_a_sum_is_narrower_than_the_sum_of_intervals() -> None:
    rng = np.random.default_rng(2)
    strata = [rng.normal(1000, 100, 4_000) for _ in range(4)]
    total = add_strata(strata, seed=3)

    assert total.mean() == pytest.approx(4_000, rel=0.005)
    assert total.std() == pytest.approx(200, rel=0.05)


def test_strata_drawn_by_the_same_seed_are_still_independent() -> None:
    """Two strata whose chains began alike would otherwise go up and down together."""
    draws = np.random.default_rng(4).normal(0, 1, 4_000)

    assert add_strata([draws, draws], seed=5).std() == pytest.approx(2**0.5, rel=0.05)


@pytest.mark.parametrize("join", [mix_draws, add_strata])
def test_nothing_cannot_be_joined(join) -> None:
    with pytest.raises(UsageError):
        join([], seed=1)
