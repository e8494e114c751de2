"""A lower bound lies below the truth, however unlike the lists and the people are."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from testigo.estimation import CaptureHistories, chao_lower_bound

PEOPLE = 1e12  # so many that rounding and the correction for few people do not show
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(25)
sizes = st.lists(st.floats(-4.0, 2.0), min_size=2, max_size=5)


def expect(ease: list[float], spread: float) -> CaptureHistories:
    """Make the table that is expected of people who differ on all lists alike (Rasch)."""
    patterns = np.array([row for row in product((0, 1), repeat=len(ease)) if any(row)])
    chance = 1 / (1 + np.exp(-(np.array(ease) + spread * NODES[:, None])))
    of_each = np.where(patterns[:, None], chance, 1 - chance).prod(axis=2)
    return CaptureHistories.of(
        "abcde"[: len(ease)], patterns, np.round(PEOPLE * (of_each @ WEIGHTS) / WEIGHTS.sum())
    )


@given(ease=sizes, spread=st.floats(0.0, 2.5))
def test_it_is_never_above_the_truth_nor_below_the_recorded(ease, spread) -> None:
    table = expect(ease, spread)
    found = chao_lower_bound(table)

    assert table.observed <= found.low <= found.point <= found.high
    assert found.point <= PEOPLE * (1 + 1e-6)


@given(ease=sizes)
def test_it_is_the_truth_where_people_are_alike(ease) -> None:
    assert chao_lower_bound(expect(ease, 0.0)).point == pytest.approx(PEOPLE, rel=1e-6)
