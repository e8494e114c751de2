from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from testigo.estimation import poisson_rate, standardise_directly

ages = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=300),
        st.integers(min_value=100, max_value=1_000_000),
        st.floats(min_value=0.1, max_value=20),
    ),
    min_size=1,
    max_size=18,
)


@given(victims=st.integers(0, 5_000), population=st.integers(1, 10_000_000))
def test_one_age_group_gives_the_exact_poisson_limits(victims, population):
    """Fay and Feuer 1997: exact when the standard is proportional to the population."""
    exact = poisson_rate([victims], [population])
    found = standardise_directly([[victims]], [[population]], [1])

    for mine, theirs in zip(
        (found.rate, found.low, found.high), (exact.rate, exact.low, exact.high), strict=True
    ):
        np.testing.assert_allclose(mine, theirs, rtol=1e-9)


@given(rows=ages)
def test_a_standard_with_the_areas_own_ages_gives_the_crude_rate(rows):
    victims, population, _ = (np.array(column) for column in zip(*rows, strict=True))

    found = standardise_directly([victims], [population], population)
    crude = poisson_rate([victims.sum()], [population.sum()])

    np.testing.assert_allclose(found.rate, crude.rate, rtol=1e-9)
    np.testing.assert_allclose(found.low, crude.low, rtol=1e-9)
    np.testing.assert_allclose(found.high, crude.high, rtol=1e-9)


@given(rows=ages)
def test_the_rate_lies_between_its_limits_and_among_the_age_rates(rows):
    victims, population, weights = (np.array(column) for column in zip(*rows, strict=True))
    by_age = victims / population * 100_000

    found = standardise_directly([victims], [population], weights)

    assert 0 <= found.low[0] <= found.rate[0] < found.high[0]
    assert by_age.min() * (1 - 1e-9) <= found.rate[0] <= by_age.max() * (1 + 1e-9)


def test_only_the_proportions_of_the_standard_matter():
    rows = [[3, 9]], [[1_000, 5_000]]

    assert standardise_directly(*rows, [1, 3]).rate == standardise_directly(*rows, [20, 60]).rate


def test_an_age_group_without_residents_is_not_estimable():
    found = standardise_directly([[3, 9]], [[0, 5_000]], [1, 1])

    assert np.isnan([found.rate[0], found.low[0], found.high[0]]).all()
