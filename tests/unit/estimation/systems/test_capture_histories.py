"""A table of overlaps is checked before anything is estimated from it."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.core import UsageError
from testigo.estimation import CaptureHistories


def of(patterns, counts, lists="ab"):
    return CaptureHistories.of(list(lists), patterns, counts)


def test_patterns_that_repeat_are_added_and_empty_ones_dropped() -> None:
    found = of([[1, 0], [0, 1], [1, 0], [1, 1]], [3, 4, 2, 0])

    assert found.patterns.tolist() == [[0, 1], [1, 0]]
    assert found.counts.tolist() == [4, 5]


def test_margins(small) -> None:
    assert small.observed == 200
    assert small.of_list.tolist() == [105, 95, 70]
    assert small.overlaps[0, 1] == 30
    assert small.on_several == 60


def test_the_full_table_has_each_count_in_its_cell(small) -> None:
    """Cells are binary numbers, first list highest: 001, 010, 011, 100, ..."""
    assert small.cells().tolist() == [0, 30, 50, 15, 60, 15, 20, 10]


def test_people_whom_only_a_list_left_out_holds_leave_too(small) -> None:
    assert small.without(["ngo"]).observed == 170


def test_merging_two_lists_loses_nobody(small) -> None:
    merged = small.merged("press", "ngo")

    assert merged.lists == ("press+ngo", "police")
    assert merged.observed == 200
    assert merged.of_list.tolist() == [60 + 30 + 20 + 15 + 15 + 10, 95]


@pytest.mark.parametrize(
    ("patterns", "counts", "lists", "words"),
    [
        ([[1, 0], [0, 0]], [3, 4], "ab", "Pattern 2 holds people who are on no list"),
        ([[1, 0], [0, 2]], [3, 4], "ab", "Pattern 2, list 2"),
        ([[1, 0], [0, np.nan]], [3, 4], "ab", "neither 0 nor 1"),
        ([[1, 0], [0, 1]], [3, -4], "ab", "Pattern 2: -4.0"),
        ([[1, 0], [0, 1]], [3.5, 4], "ab", "Pattern 1: 3.5"),
        ([[1, 0], [0, 1]], [3, np.nan], "ab", "Pattern 2"),
        ([[1, 0], [0, 1]], [3, 4], "aa", "same name: a"),
        ([[1, 0], [0, 1]], [3, 4, 5], "ab", "needs a row for each count"),
        (np.eye(60), np.ones(60), [str(j) for j in range(60)], "60 lists are more than 40"),
    ],
)
def test_what_cannot_be_a_table_is_refused(patterns, counts, lists, words) -> None:
    with pytest.raises(UsageError, match=words):
        of(patterns, counts, lists)


def test_nobody_on_no_list_does_no_harm() -> None:
    assert of([[1, 0], [0, 0]], [3, 0]).observed == 3
