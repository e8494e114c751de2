"""How a table of overlaps is written down does not change what is estimated from it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from testigo.estimation import (
    CaptureHistories,
    average_graphs,
    chao_lower_bound,
    fit_sparse,
    log_linear,
)

PATTERNS = np.array([[(cell >> j) & 1 for j in (2, 1, 0)] for cell in range(1, 8)])
counts = st.lists(st.integers(1, 400), min_size=7, max_size=7)
orders = st.permutations(range(3))


@given(counts=counts, order=orders, rows=st.permutations(range(7)))
def test_the_order_of_lists_and_rows_does_not_matter(counts, order, rows) -> None:
    people = np.array(counts)
    one = CaptureHistories.of("abc", PATTERNS, people)
    two = CaptureHistories.of(
        ["abc"[j] for j in order], PATTERNS[np.ix_(rows, order)], people[list(rows)]
    )

    assert two.observed == one.observed
    assert log_linear(two).total == pytest.approx(log_linear(one).total)
    assert fit_sparse(two).total == pytest.approx(fit_sparse(one).total, rel=1e-6)
    assert chao_lower_bound(two) == chao_lower_bound(one)
    ours, theirs = (average_graphs(each, farthest=3_000) for each in (one, two))
    assert theirs.probability == pytest.approx(ours.probability, abs=1e-9)


@given(counts=counts, cut=st.integers(0, 6))
def test_a_pattern_told_in_two_rows_is_one_pattern(counts, cut) -> None:
    people = np.array(counts)
    part = people[cut] // 2
    halves = np.r_[people, part]
    halves[cut] -= part
    table = CaptureHistories.of("abc", np.vstack([PATTERNS, PATTERNS[cut]]), halves)

    assert (table.cells() == CaptureHistories.of("abc", PATTERNS, people).cells()).all()


@given(counts=counts)
def test_nobody_is_lost_by_merging_lists_and_the_estimate_is_never_below_the_observed(
    counts,
) -> None:
    table = CaptureHistories.of("abc", PATTERNS, counts)

    assert table.merged("a", "c").observed == table.observed
    assert log_linear(table).low >= table.observed
    assert average_graphs(table, farthest=3_000).quantile(0.0) >= table.observed
