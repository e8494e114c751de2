"""Stepwise pairs, with the checks that the estimate exists and is the only one."""

from __future__ import annotations

from itertools import combinations

import pytest
from scipy import stats

from testigo.estimation import CaptureHistories, check_existence, fit_sparse, log_linear


def test_without_dependence_no_pair_enters() -> None:
    """Three independent lists with probabilities .5, .4, .3 of 10,000 people."""
    chance = (0.5, 0.4, 0.3)
    patterns = [[(cell >> j) & 1 for j in range(3)] for cell in range(1, 8)]
    counts = []
    for pattern in patterns:
        share = 1.0
        for held, each in zip(pattern, chance, strict=True):
            share *= each if held else 1 - each
        counts.append(round(10_000 * share))
    table = CaptureHistories.of("abc", patterns, counts)
    found = fit_sparse(table)

    assert found.terms == ("1", "2", "3")
    assert found.total == pytest.approx(10_000, rel=0.001)
    assert found.total == pytest.approx(log_linear(table).total)


def test_the_papers_artificial_table_has_pairs_that_cannot_be_told(shared_table) -> None:
    """Chan, Silverman and Vincent 2021, table 2: the estimate exists, but is not the only one."""
    table = shared_table("artificial_3_identifiability")
    states = [
        check_existence(table, pairs)
        for pairs in ([(0, 1)], [(0, 2)], [(1, 2)], [(0, 1), (0, 2)], [(0, 1), (0, 2), (1, 2)])
        for pairs in [tuple(pairs)]
    ]

    assert not all(state.exists and state.identified for state in states)


def test_independence_of_a_full_table_exists(small) -> None:
    state = check_existence(small, ())

    assert (state.exists, state.identified) == (True, True)


def test_an_empty_overlap_in_the_model_takes_its_cells_away() -> None:
    patterns = [[0, 0, 1], [0, 1, 0], [0, 1, 1], [1, 0, 0], [1, 0, 1]]
    table = CaptureHistories.of("abc", patterns, [100, 100, 50, 100, 50])
    found = fit_sparse(table)

    assert found.converged
    assert found.total > table.observed


def test_the_pair_that_enters_first_has_the_smallest_tail_of_a_poisson_distribution(small) -> None:
    """SparseMSE 2.0.1: expected on both of two independent lists are n_1 n_2 / N."""
    held, total = small.of_list, log_linear(small).total
    tails = {}
    for one, two in combinations(range(3), 2):
        law, shared = stats.poisson(held[one] * held[two] / total), small.overlaps[one, two]
        tails[f"{one + 1}{two + 1}"] = min(law.cdf(shared), law.sf(shared - 1))
    first = min(tails, key=tails.__getitem__)

    assert first in fit_sparse(small, entry=1.001 * tails[first]).terms
    assert fit_sparse(small, entry=0.999 * tails[first]).terms == ("1", "2", "3")
