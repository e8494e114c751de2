"""All methods on the strata of a table: sums by draws, and what cannot be added is named."""

from __future__ import annotations

import pytest

from testigo.core import Bounds, Estimate, Verdict
from testigo.estimation import CaptureHistories, explain_comparison
from testigo.estimation.systems import comparison
from testigo.estimation.systems.comparison import compare, compare_strata
from testigo.estimation.systems.estimate_rows import refuse_estimate
from testigo.estimation.systems.reason_texts import make_reason

PATTERNS = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]
GOOD, THIN = (600, 500, 300, 200, 150, 150, 100), (5, 5, 5, 1, 1, 1, 0)


@pytest.fixture(autouse=True)
def cheap_methods(monkeypatch) -> None:
    """Leave out the methods that take seconds: the rule is the same for all."""
    monkeypatch.setattr(comparison, "METHODS", ("graphs", "lower-bound", "independence"))


def years(*tables):
    return [
        CaptureHistories.of("abc", PATTERNS, counts, stratum=[("year", str(year))])
        for year, counts in enumerate(tables, start=2001)
    ]


def by_method(compared):
    return {each.method: each for each in compared.estimates}


def test_the_sum_of_a_method_that_draws_comes_first_and_is_by_draws() -> None:
    total, one, two = map(by_method, compare_strata(years(GOOD, GOOD), seed=1))
    low, high = total["graphs"].interval()
    lows, highs = zip(*(each["graphs"].interval() for each in (one, two)), strict=True)

    assert total["graphs"].median == pytest.approx(2 * one["graphs"].median, rel=0.02)
    assert sum(lows) < low < high < sum(highs)


def test_a_method_without_draws_is_refused_for_the_sum_by_name_of_the_reason() -> None:
    total, *_ = map(by_method, compare_strata(years(GOOD, GOOD), seed=1))
    reasons = [reason.code for reason in total["lower-bound"].verdict.reasons]

    assert (total["lower-bound"].verdict.status, reasons) == ("refuse", ["no_draws_to_add"])


def test_a_refused_stratum_refuses_the_sum_of_every_method() -> None:
    total, good, thin = map(by_method, compare_strata(years(GOOD, THIN), seed=1))

    assert [reason.code for reason in total["graphs"].verdict.reasons] == ["strata_refused"]
    assert {each.verdict.status for each in thin.values()} == {"refuse"}
    assert good["graphs"].verdict.status != "refuse"


def test_one_stratum_has_no_sum_and_progress_counts_the_strata() -> None:
    told = []
    found = compare_strata(
        years(GOOD), seed=1, progress=lambda _, place, many: told.append((place, many))
    )

    assert len(found) == 1
    assert told == [(0, 1)]


@pytest.fixture
def answered(monkeypatch):
    """Compare what three models answer, given by their limits; None is refused as too wide."""

    def ask(*limits, level: float = 0.95):
        wide = (make_reason("interval_too_wide", 50, 10),)
        found = {
            method: refuse_estimate(method, wide, level)
            if each is None
            else Estimate.from_bounds(
                Bounds(sum(each) / 2, *each, level), unit="victims", method=method
            )
            for method, each in zip(("graphs", "log-linear", "sparse"), limits, strict=False)
        }
        monkeypatch.setattr(comparison, "METHODS", tuple(found))
        monkeypatch.setattr(comparison, "estimate_total", lambda *_, method, **__: found[method])
        return compare(years((30, 20, 10, 5, 5, 5, 5))[0], seed=1, level=level)

    return ask


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        (((100, 110), (120, 250)), ["models_disagree"]),
        (((100, 110), (500, 900)), ["models_disagree", "interval_wide"]),
        (((100, 110), (2_000, 5_000)), ["models_disagree", "interval_too_wide"]),
        (((100, 200), (150, 250)), []),
        ((None, None), []),
    ],
)
def test_the_range_of_all_models_is_asked_how_wide_it_is(answered, limits, found) -> None:
    compared = answered(*limits)

    assert codes(compared.verdict) == found
    assert (compared.envelope is None) == (limits[0] is None)
    assert compared.agree == ("models_disagree" not in found)


def test_how_wide_the_range_is_does_not_depend_on_the_level(answered) -> None:
    """Limits at 99 % that are too far apart, and at 95 % are not."""
    assert "interval_too_wide" in codes(answered((100, 110), (600, 1_050)).verdict)
    assert "interval_wide" in codes(answered((100, 110), (600, 1_050), level=0.99).verdict)


def test_who_has_no_answer_to_compare_is_named(answered) -> None:
    compared = answered((100, 200), (150, 250), None)
    rows = [
        {"method": each.method, "reasons": " ".join(codes(each.verdict)),
         "low": each.interval()[0] if each.verdict.status != "refuse" else None}
        for each in compared.estimates
    ]  # fmt: skip

    assert str(explain_comparison(rows)) == (
        "Compared: decomposable graphs averaged, best log-linear model. All of their intervals "
        "meet. Without an answer to compare: sparse log-linear model."
    )
    assert "Sin respuesta que comparar" in explain_comparison(rows).in_language("es")
