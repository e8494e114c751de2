"""Cohen's kappa against its definition and against the interval of large samples."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.linkage import measure_agreement, warn_of_agreement
from testigo.linkage.review_model import ANSWERS


def answered(table):
    """Answers of two reviewers whose cross table is given."""
    first, second = {}, {}
    for row, counts in enumerate(table):
        for column, count in enumerate(counts):
            for _ in range(count):
                pair = f"p{len(first)}"
                first[pair], second[pair] = ANSWERS[row], ANSWERS[column]
    return first, second


def large_sample_error(table):
    """Standard error of kappa by Fleiss, Cohen and Everitt 1969, Psychological Bulletin 72(5)."""
    count, shares = np.sum(table), np.array(table) / np.sum(table)
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    seen, chance = np.trace(shares), rows @ columns
    kappa = (seen - chance) / (1 - chance)
    each = np.diag(shares) * (1 - (rows + columns) * (1 - kappa)) ** 2
    others = shares * (columns[:, None] + rows[None, :]) ** 2
    others -= np.diag(np.diag(others))
    spread = each.sum() + (1 - kappa) ** 2 * others.sum() - (kappa - chance * (1 - kappa)) ** 2
    return kappa, np.sqrt(spread / count) / (1 - chance)


@pytest.mark.parametrize(
    "table", [[[75, 1, 4], [5, 4, 1], [0, 0, 10]], [[120, 20, 0], [15, 145, 0], [0, 0, 0]]]
)
def test_kappa_and_its_interval_agree_with_the_formulas(table) -> None:
    found = measure_agreement(*answered(table), seed=1)
    kappa, error = large_sample_error(table)

    assert found.kappa == pytest.approx(kappa)
    assert found.low == pytest.approx(kappa - 1.96 * error, abs=0.04)
    assert found.high == pytest.approx(kappa + 1.96 * error, abs=0.04)


def test_perfect_agreement_on_few_pairs_is_not_certain() -> None:
    found = measure_agreement(*answered([[6, 0, 0], [0, 6, 0], [0, 0, 0]]), seed=1)

    assert found.kappa == found.high == 1.0
    assert found.low < 0.95


def test_kappa_is_not_defined_where_only_one_answer_was_given() -> None:
    found = measure_agreement(*answered([[9, 0, 0], [0, 0, 0], [0, 0, 0]]), seed=1)

    assert (found.pairs, found.agreed, found.kappa) == (9, 9, None)


def test_only_pairs_that_both_answered_count() -> None:
    found = measure_agreement({"p1": "same", "p2": "same"}, {"p2": "different"}, seed=1)

    assert (found.pairs, found.agreed) == (1, 0)


def test_two_who_answered_nothing_together_have_no_kappa() -> None:
    found = measure_agreement({"p1": "same"}, {"p2": "same"}, seed=1)

    assert (found.pairs, found.kappa) == (0, None)


@pytest.mark.parametrize(("kappa", "warned"), [(None, False), (0.59, True), (0.6, False)])
def test_weak_agreement_is_warned_of(kappa, warned) -> None:
    assert (warn_of_agreement(kappa) is not None) == warned
