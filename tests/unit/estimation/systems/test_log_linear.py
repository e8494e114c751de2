"""Log-linear models against closed forms."""

from __future__ import annotations

import pytest

from testigo.core import UsageError
from testigo.estimation import CaptureHistories, fit_hierarchical, log_linear
from testigo.estimation.systems.log_linear import hierarchical_models

PATTERNS = [[0, 0, 1], [0, 1, 0], [0, 1, 1], [1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]]


def three(*counts) -> CaptureHistories:
    return CaptureHistories.of("abc", PATTERNS, counts)


def test_two_lists_give_lincoln_and_petersen() -> None:
    """N = n1 n2 / n12, se by the delta method: sqrt(n1 n2 n10 n01 / n12^3)."""
    table = CaptureHistories.of("ab", [[1, 0], [0, 1], [1, 1]], [60, 40, 20])
    found = log_linear(table)

    assert found.total == pytest.approx(80 * 60 / 20)
    assert found.standard_error == pytest.approx((80 * 60 * 60 * 40 / 20**3) ** 0.5)


def test_all_pairs_give_the_closed_form() -> None:
    """Fienberg: n000 = n111 n100 n010 n001 / (n110 n101 n011)."""
    found = log_linear(three(60, 49, 24, 247, 112, 142, 12), ["12", "13", "23"])

    assert found.total - 646 == pytest.approx(12 * 247 * 49 * 60 / (142 * 112 * 24))


def test_one_conditional_independence_gives_the_closed_form() -> None:
    """[12][13]: given list 1, 2 and 3 are independent; among the rest n000 = n010 n001 / n011."""
    found = log_linear(three(60, 49, 24, 247, 112, 142, 12), ["12", "13"])

    assert found.total - 646 == pytest.approx(49 * 60 / 24)


@pytest.mark.parametrize(("lists", "models"), [(2, 1), (3, 8), (4, 113), (5, 6893)])
def test_every_hierarchical_model_is_tried_once(lists, models) -> None:
    """Monotone families of subsets (Dedekind) that keep every list and not the whole."""
    found = list(hierarchical_models(lists))

    assert len(found) == len(set(found)) == models


def test_a_model_that_runs_to_infinity_comes_last() -> None:
    """Lists 1 and 2 share nobody, so that their term has no finite estimate."""
    fits = fit_hierarchical(three(60, 49, 24, 247, 112, 0, 0))

    assert fits[0].converged
    assert not any(fit.converged for fit in fits if "12" in fit.terms)
    settled = [fit.converged for fit in fits]
    assert settled == sorted(settled, reverse=True)


@pytest.mark.parametrize(
    ("terms", "words"), [(["123"], "any number"), (["14"], "not a term"), (["x"], "not a term")]
)
def test_terms_that_cannot_be_meant_are_refused(small, terms, words) -> None:
    with pytest.raises(UsageError, match=words):
        log_linear(small, terms)


def test_six_lists_are_too_many_for_all_models() -> None:
    table = CaptureHistories.of("abcdef", [[1, 0, 0, 0, 0, 1], [0, 1, 1, 1, 1, 0]], [5, 5])

    with pytest.raises(UsageError, match="up to 5 lists; there are 6"):
        fit_hierarchical(table)
