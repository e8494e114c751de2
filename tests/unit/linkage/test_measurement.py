"""Pairwise and B-cubed measures against numbers worked out by hand."""

from __future__ import annotations

import pytest

from testigo.linkage import measure_linkage


def test_a_perfect_partition_is_perfect_whatever_its_names() -> None:
    quality = measure_linkage(["x", "y", "x"], [2, 1, 2])

    assert (quality.f1, quality.b3_f1) == (1, 1)


def test_measures_of_a_small_case_worked_out_by_hand() -> None:
    """Linked {a b c}{d e}, in truth {a b}{c d e}: 4 pairs linked, 4 true, 2 right."""
    quality = measure_linkage([1, 1, 1, 2, 2], ["p", "p", "q", "q", "q"])

    assert (quality.linked_pairs, quality.true_pairs) == (4, 4)
    assert (quality.precision, quality.recall) == (0.5, 0.5)
    assert quality.b3_precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert quality.b3_recall == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)


def test_nobody_linked_is_precise_and_finds_nothing() -> None:
    quality = measure_linkage([1, 2, 3], [1, 1, 2])

    assert (quality.precision, quality.recall, quality.f1) == (1, 0, 0)
