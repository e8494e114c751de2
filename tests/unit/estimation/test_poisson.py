from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from testigo.core import UsageError
from testigo.estimation import poisson_rate

counts = st.integers(min_value=0, max_value=50_000)
levels = st.sampled_from([0.5, 0.9, 0.95, 0.99])


@given(count=counts, level=levels)
def test_limits_are_the_means_that_make_the_count_just_improbable(count, level):
    """Garwood 1936: P(X >= N | low) = P(X <= N | high) = alpha / 2."""
    found = poisson_rate([count], [100_000], level=level)
    tail = (1 - level) / 2

    assert poisson.cdf(count, found.high[0]) == pytest.approx(tail, rel=1e-6)
    if count == 0:
        assert found.low[0] == 0
    else:
        assert poisson.sf(count - 1, found.low[0]) == pytest.approx(tail, rel=1e-6)


@pytest.mark.parametrize("mean", [0.3, 1.0, 4.5, 12.0, 80.0])
def test_limits_cover_at_least_as_often_as_they_say(mean):
    """Summed over every count, not simulated."""
    possible = np.arange(poisson.ppf(1 - 1e-12, mean) + 1)
    found = poisson_rate(possible, np.full(possible.shape, 100_000))
    covers = (found.low <= mean) & (mean <= found.high)

    assert poisson.pmf(possible, mean)[covers].sum() >= 0.95


@pytest.mark.parametrize("population", [0, -5, np.nan])
def test_without_residents_there_is_no_rate_and_never_infinity(population):
    found = poisson_rate([3, 0], [population, population])

    for bound in (found.rate, found.low, found.high):
        assert np.isnan(bound).all()


def test_nobody_killed_still_has_an_upper_limit():
    """-ln(0.025), the closed form for a count of zero."""
    found = poisson_rate([0], [100_000])

    assert (found.rate[0], found.low[0]) == (0, 0)
    assert found.high[0] == pytest.approx(-np.log(0.025))


def test_one_population_may_serve_many_counts():
    assert poisson_rate([1, 2], 100_000).rate.tolist() == [1, 2]


@pytest.mark.parametrize("level", [0, 1, 95, -0.1])
def test_a_level_that_is_no_coverage_is_refused(level):
    with pytest.raises(UsageError, match="between 0 and 1"):
        poisson_rate([1], [1], level=level)


def test_a_negative_count_is_refused():
    with pytest.raises(UsageError, match="negative"):
        poisson_rate([-1], [1])
