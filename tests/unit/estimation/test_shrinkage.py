from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from testigo.estimation import shrink_rates

areas = st.lists(
    st.tuples(
        st.integers(min_value=0, max_value=5_000), st.integers(min_value=1, max_value=3_000_000)
    ),
    min_size=1,
    max_size=40,
)


@given(rows=areas)
def test_each_lies_between_its_crude_rate_and_the_pooled_one(rows):
    victims, population = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    crude = victims / population * 100_000
    pooled = victims.sum() / population.sum() * 100_000
    found = shrink_rates(victims, population)
    slack = 1e-9 * (1 + np.maximum(crude, pooled))

    assert (found >= 0).all()
    assert (found >= np.minimum(crude, pooled) - slack).all()
    assert (found <= np.maximum(crude, pooled) + slack).all()


@given(rows=areas)
def test_order_of_areas_does_not_matter(rows):
    victims, population = (np.array(column) for column in zip(*rows, strict=True))

    np.testing.assert_allclose(
        shrink_rates(victims[::-1], population[::-1])[::-1], shrink_rates(victims, population)
    )


def test_without_heterogeneity_all_get_the_pooled_rate():
    """Chance alone would scatter these rates more than they are scattered."""
    found = shrink_rates([9, 11, 10, 10], [100_000] * 4)

    np.testing.assert_allclose(found, 10)


def test_a_large_area_keeps_its_rate_and_a_small_one_does_not():
    found = shrink_rates([4_000, 100, 1], [4_000_000, 1_000_000, 1_000])

    assert found[0] == pytest.approx(100, rel=0.01)
    assert 80 < found[2] < 100


def test_a_group_is_drawn_to_its_own_mean_only():
    victims, population = [9, 11, 90, 110], [100_000] * 4

    found = shrink_rates(victims, population, groups=[0, 0, 7, 7])

    np.testing.assert_allclose(found, [10, 10, 100, 100])


def test_without_residents_there_is_none_and_the_others_are_untouched():
    found = shrink_rates([5, 9, 11], [0, 100_000, 100_000])

    assert np.isnan(found[0])
    np.testing.assert_allclose(found[1:], 10)


def test_nobody_killed_anywhere_is_zero():
    assert shrink_rates([0, 0], [10, 20]).tolist() == [0, 0]


def test_the_worked_example_by_hand():
    """m = 25, variance 225 less chance 25 leaves 200 (each per 100,000): 8/9 of the distance."""
    found = shrink_rates([10, 40], [100_000, 100_000])

    assert found == pytest.approx([25 - 15 * 8 / 9, 25 + 15 * 8 / 9])


def test_it_is_the_mean_of_the_gamma_posterior():
    victims, population = np.array([3.0, 90.0, 20.0]), np.array([40_000.0, 300_000.0, 200_000.0])
    mean = victims.sum() / population.sum()
    spread = (population * (victims / population - mean) ** 2).sum() / population.sum()
    between = spread - mean / population.mean()
    posterior = (victims + mean**2 / between) / (population + mean / between)

    assert shrink_rates(victims, population) == pytest.approx(posterior * 100_000)
