"""One attraction common to all pairs of lists, and how many people it leaves unseen."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from testigo.estimation import CaptureHistories
from testigo.estimation.systems.attraction import total_if_attracted


def expected_table(chances, attraction: float, people: float) -> CaptureHistories:
    """Make the table that the model itself expects: weights by list and by pair of lists."""
    patterns = np.array(list(product([0, 1], repeat=len(chances))))
    on = patterns.sum(axis=1)
    odds = np.log(np.array(chances) / (1 - np.array(chances)))
    weights = np.exp(patterns @ odds + attraction * on * (on - 1) / 2)
    counts = np.rint(people * weights / weights.sum()).astype(int)
    names = [f"list {place}" for place in range(len(chances))]
    return CaptureHistories.of(names, patterns[1:], counts[1:])


@pytest.mark.parametrize("attraction", [-0.8, 0.0, 0.5, 1.0])
@pytest.mark.parametrize("chances", [(0.2, 0.3, 0.25), (0.1, 0.2, 0.3, 0.15, 0.1)])
def test_the_total_of_the_model_is_found(chances, attraction) -> None:
    table = expected_table(chances, attraction, 1_000_000)

    assert total_if_attracted(table) == pytest.approx(1_000_000, rel=2e-3)


def test_three_lists_have_the_closed_form() -> None:
    """Lists alike: a = n0 w, b = n0 w^2 t, c = n0 w^3 t^3 have n0 = a^3 c / b^3."""
    patterns = [row for row in product([0, 1], repeat=3) if any(row)]
    counts = [{1: 100, 2: 60, 3: 45}[sum(row)] for row in patterns]
    table = CaptureHistories.of("abc", patterns, counts)

    assert total_if_attracted(table) == pytest.approx(sum(counts) + 100**3 * 45 / 60**3, rel=1e-4)


def test_people_who_differ_move_it_up() -> None:
    """The normal ease of a Rasch model: the model of no attraction misses 1,400 of 4,000."""
    rng = np.random.default_rng(3)
    ease = np.array([-1.5, -1.0, -1.2, -0.8]) + 1.5 * rng.normal(size=(4_000, 1))
    held = (rng.random((4_000, 4)) < 1 / (1 + np.exp(-ease))).astype(int)
    held = held[held.any(axis=1)]
    table = CaptureHistories.of("abcd", held, np.ones(len(held)))

    assert total_if_attracted(table) > 3_600


@pytest.mark.parametrize(
    ("patterns", "counts"),
    [
        ([[1, 0], [0, 1], [1, 1]], [10, 10, 5]),
        ([[1, 0, 0], [0, 1, 0], [1, 1, 0]], [10, 10, 5]),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], [10, 10, 5]),
    ],
)
def test_lists_that_say_nothing_leave_it_open(patterns, counts) -> None:
    table = CaptureHistories.of("abc"[: len(patterns[0])], patterns, counts)

    assert total_if_attracted(table) == np.inf


def test_forty_lists_and_a_table_without_an_optimum_are_answered() -> None:
    """No list shares anybody but one pair: the likelihood climbs for ever, the search does not."""
    rng = np.random.default_rng(5)
    held = (rng.random((500, 40)) < 0.05).astype(int)
    held = held[held.any(axis=1)]
    many = CaptureHistories.of([f"list {j}" for j in range(40)], held, np.ones(len(held)))
    odd = CaptureHistories.of("abc", [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0]], [9, 9, 9, 1])

    assert len(held) < total_if_attracted(many) < 2_000
    assert np.isfinite(total_if_attracted(odd))
