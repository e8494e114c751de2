"""Sums that overlap: what is hidden with a hidden one, and what is not."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.publication.sums import Sums, hide_sums

PARTS = np.array([2, 40, 60])  # two small groups and a large one
MATRIX = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 1, 1]])


def sums(matrix: np.ndarray, parts: np.ndarray, cost: list[float]) -> Sums:
    return Sums(matrix, parts, np.ones(len(parts), dtype=np.int64), np.array(cost))


def test_the_cheapest_other_number_is_hidden_with_it() -> None:
    """The first part alone would follow from the second and from the sum of both."""
    primary = np.array([True, False, False, False, False])

    assert hide_sums(sums(MATRIX, PARTS, [1, 1, 1, 9, 99]), primary, 5).tolist() == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert hide_sums(sums(MATRIX, PARTS, [1, 20, 1, 9, 99]), primary, 5).tolist() == [
        True, False, True, True, False,
    ]  # fmt: skip


def test_a_part_that_cannot_give_enough_does_not_count_as_cover() -> None:
    parts = np.array([2, 4, 60])  # 4 can fall by 3 only: nobody is in a line that is not printed
    primary = np.array([True, False, False, False, False])

    hidden = hide_sums(sums(MATRIX, parts, [1, 1, 1, 9, 99]), primary, 5)

    assert hidden.tolist() == [True, False, True, True, False]


def test_nothing_to_hide_hides_nothing() -> None:
    none = np.zeros(5, dtype=bool)

    assert not hide_sums(sums(MATRIX, PARTS, [1, 1, 1, 1, 1]), none, 5).any()


def test_a_number_of_nothing_that_is_added_up_is_hidden_alone() -> None:
    matrix = np.vstack([MATRIX, np.zeros((1, 3), dtype=np.int64)])
    primary = np.array([False] * 5 + [True])

    assert hide_sums(sums(matrix, PARTS, [1] * 6), primary, 5).tolist() == [False] * 5 + [True]


@pytest.mark.parametrize("parts", [30, 90])
def test_many_parts_are_covered_too(parts: int) -> None:
    """Beyond a few parts the way of looking changes, not the answer."""
    values = np.array([2] + [50] * (parts - 1))
    matrix = np.vstack([np.eye(parts, dtype=np.int64), np.ones((1, parts), dtype=np.int64)])
    primary = np.array([True] + [False] * parts)

    hidden = hide_sums(sums(matrix, values, [1.0] * parts + [400.0]), primary, 5)

    assert hidden[0]
    assert hidden.sum() == 2
    assert not hidden[-1]
