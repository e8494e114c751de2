"""Each rule of the gate, just inside and just outside."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from testigo.core import Verdict
from testigo.estimation import (
    CaptureHistories,
    LatentClassFit,
    estimate_total,
    judge_draws,
    judge_table,
)
from testigo.estimation.systems.gate import (
    count_islands,
    judge_attraction,
    judge_mixture,
    judge_width,
    minor_mode,
)
from testigo.estimation.systems.priors import choose_prior

PATTERNS = [[0, 0, 1], [0, 1, 0], [0, 1, 1], [1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]]


def codes(table) -> list[str]:
    return [reason.code for reason in judge_table(table)]


def three(*counts) -> CaptureHistories:
    return CaptureHistories.of("abc", PATTERNS, counts)


GOOD = three(30, 45, 20, 50, 20, 30, 15)  # 285 people with an attraction, so that 300 has room


def fit(
    draws, *, r_hat=1.0, effective=1_000.0, observed=200, predictive=0.5, spread=0.0
) -> LatentClassFit:
    return LatentClassFit(
        draws=np.asarray(draws, dtype=float).reshape(4, -1), observed=observed, classes=5,
        prior=choose_prior("uniform", 4), log_evidence=np.linspace(0, spread, 4),
        predictive=np.array([0.5, predictive]), r_hat=r_hat, effective=effective, sweeps=1,
    )  # fmt: skip


def usual() -> np.ndarray:
    return np.random.default_rng(1).normal(300, 10, 4_000)


def test_a_good_table_passes() -> None:
    assert codes(three(30, 50, 15, 60, 15, 22, 7)) == []


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ((5, 50, 1, 60, 1, 20, 1), "too_few_lists"),
        ((10, 10, 5, 10, 5, 5, 4), "too_few_people"),
        ((60, 60, 6, 60, 6, 6, 1), "too_few_on_several_lists"),
    ],
)
def test_thin_tables_are_refused(counts, code) -> None:
    assert code in codes(three(*counts))


def test_the_thresholds_themselves_pass() -> None:
    assert "too_few_people" not in codes(three(10, 10, 6, 10, 5, 5, 4))
    assert "too_few_on_several_lists" not in codes(three(60, 60, 6, 60, 6, 7, 1))


def test_lists_in_two_islands_are_refused() -> None:
    patterns = [[1, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 1], [0, 0, 0, 1]]
    table = CaptureHistories.of("abcd", patterns, [50, 50, 50, 50])

    assert count_islands(table) == 2
    assert "lists_not_connected" in codes(table)


def test_a_list_of_nobody_is_told_and_is_no_island() -> None:
    table = CaptureHistories.of(
        "abcd", [[*row, 0] for row in PATTERNS], [30, 50, 15, 60, 15, 22, 7]
    )

    assert codes(table) == ["small_list"]


def test_people_easy_to_record_everywhere_are_warned_of(shared_table) -> None:
    """The Rasch case: every estimate is too low (3 of 3 methods), and nothing else shows it."""
    found = estimate_total(shared_table("synthetic_rasch_101"), seed=1, method="graphs")

    assert "unequal_people" in [each.code for each in found.verdict.reasons]


def test_an_estimate_with_room_for_people_who_differ_passes() -> None:
    """The total with attraction is 1,600: a quarter of the way from 1,500 to 1,900."""
    patterns = [row for row in product([0, 1], repeat=3) if any(row)]
    counts = [{1: 300, 2: 60, 3: 32}[sum(row)] for row in patterns]
    table = three(*counts)
    total = sum(counts) + 300**3 * 32 / 60**3

    assert judge_attraction(table, total - 100, total + 301) == ()
    (reason,) = judge_attraction(table, total - 100, total + 299)
    assert (reason.code, reason.status, reason.threshold) == ("unequal_people", "warn", 0.25)
    assert reason.measured == pytest.approx(100 / 399, rel=1e-3)


@pytest.mark.parametrize("several", [(20, 60, 80), (200, 60, 180)])
@pytest.mark.parametrize(
    ("outside", "found"),
    [(0, "one_list_holds_all"), (1, "few_outside_one_list"), (9, "few_outside_one_list")],
)
def test_a_list_that_misses_nobody_or_hardly_anybody_is_told(several, outside, found) -> None:
    table = three(outside, 0, 0, 900, several[2], several[0], several[1])

    assert codes(table) == [found]
    (reason,) = judge_table(table)
    assert reason.measured == outside
    assert (reason.status == "refuse") == (outside == 0)


def test_ten_people_outside_the_largest_list_pass() -> None:
    assert codes(three(4, 3, 3, 900, 80, 20, 60)) == []


@pytest.mark.parametrize(
    "counts", [(0, 0, 0, 20, 8, 8, 8), (0, 0, 0, 900, 8, 7, 4)], ids=["few people", "few on two"]
)
def test_in_a_thin_table_nobody_outside_a_list_is_chance(counts) -> None:
    """So that it may lean on other strata: what it lacks are people, not people outside."""
    assert not {"one_list_holds_all", "few_outside_one_list"} & set(codes(three(*counts)))


def test_a_list_given_twice_under_two_names_is_refused() -> None:
    """Its copy agrees with it on everybody, which makes any model surer than it may be."""
    once = three(120, 90, 80, 40, 35, 30, 20)
    copied = np.column_stack([once.patterns, once.patterns[:, 0]])
    twice = CaptureHistories.of("abcd", copied, once.counts)

    assert codes(once) == []
    assert codes(twice) == ["lists_with_same_people"]
    (reason,) = judge_table(twice)
    assert (reason.status, reason.measured) == ("refuse", 1)


def test_two_lists_that_differ_in_one_person_are_two_lists() -> None:
    once = three(120, 90, 80, 40, 35, 30, 20)
    copied = np.column_stack([once.patterns, once.patterns[:, 0]])
    rows, counts = np.vstack([copied, [0, 1, 0, 1]]), np.append(once.counts, 1)

    assert codes(CaptureHistories.of("abcd", rows, counts)) == []


def test_lists_that_hold_the_same_people_are_told_once() -> None:
    assert "one_list_holds_all" not in codes(three(0, 0, 0, 0, 0, 0, 100))


@pytest.mark.parametrize(
    ("high", "found"),
    [
        (300, []),
        (301, [("interval_wide", "warn", 5, 3)]),
        (500.1, [("interval_wide", "warn", 10, 3)]),
        (1_000, [("interval_wide", "warn", 10, 3)]),
        (1_001, [("interval_too_wide", "refuse", 20, 10)]),
        (3_145, [("interval_too_wide", "refuse", 50, 10)]),
        (np.inf, [("interval_too_wide", "refuse", 1_000_000, 10)]),
    ],
)
def test_an_interval_that_says_little_is_warned_of_and_one_that_says_nothing_refused(
    high, found
) -> None:
    reasons = judge_width(100, high)

    assert [(r.code, r.status, r.measured, r.threshold) for r in reasons] == found


def test_a_mixture_is_as_wide_as_its_own_draws() -> None:
    narrow, wide = np.linspace(100, 120, 1_000), np.geomspace(10, 1_000, 1_000)
    verdict = Verdict(judge_width(100, 400))

    assert judge_mixture(verdict, narrow).reasons == ()
    assert [r.code for r in judge_mixture(verdict, wide).reasons] == ["interval_too_wide"]


@pytest.mark.parametrize("method", ["graphs", "sparse", "independence"])
def test_every_method_is_asked_how_wide_its_interval_is(method, monkeypatch) -> None:
    monkeypatch.setattr("testigo.estimation.systems.gate.WIDE", 1.0)
    found = estimate_total(three(30, 50, 15, 60, 15, 22, 7), seed=1, method=method)

    assert "interval_wide" in [each.code for each in found.verdict.reasons]


def test_tables_of_few_people_are_warned_of() -> None:
    assert "few_people" in codes(three(20, 20, 16, 20, 8, 8, 7))
    assert "few_people" not in codes(three(20, 20, 16, 20, 8, 8, 8))
    assert "few_people" not in codes(three(10, 10, 5, 10, 5, 5, 4))


@pytest.mark.parametrize(
    ("r_hat", "status"), [(1.01, "publish"), (1.011, "warn"), (1.05, "warn"), (1.051, "refuse")]
)
def test_replicates_must_agree(r_hat, status) -> None:
    assert Verdict(judge_draws(GOOD, fit(usual(), r_hat=r_hat))).status == status


def test_too_few_effective_draws_are_refused() -> None:
    (reason,) = judge_draws(GOOD, fit(usual(), effective=399))

    assert (reason.code, reason.measured, reason.threshold) == ("too_few_effective_draws", 399, 400)


def test_overlaps_that_the_model_does_not_make_are_warned_of() -> None:
    (reason,) = judge_draws(GOOD, fit(usual(), predictive=0.099))

    assert (reason.code, reason.status) == ("overlaps_not_explained", "warn")
    assert reason.measured == pytest.approx(0.099)
    assert judge_draws(GOOD, fit(usual(), predictive=0.1)) == ()


def test_evidence_that_lies_far_apart_is_warned_of() -> None:
    (reason,) = judge_draws(GOOD, fit(usual(), spread=51))

    assert (reason.code, reason.status) == ("evidence_spread", "warn")
    assert judge_draws(GOOD, fit(usual(), spread=50)) == ()


def test_an_answer_far_beyond_the_observed_is_warned_of() -> None:
    assert [each.code for each in judge_draws(GOOD, fit(usual() + 400))] == ["far_beyond_observed"]


def test_every_method_that_draws_is_asked_how_far_it_goes() -> None:
    """Six hundred people on one list each and 62 on more: most were missed, as graphs say too."""
    far = three(200, 200, 20, 200, 20, 20, 2)
    found = estimate_total(far, seed=1, method="graphs")

    assert np.mean(found.total() > 2 * far.observed) > 0.5
    assert "far_beyond_observed" in {each.code for each in found.verdict.reasons}


def test_an_answer_that_is_the_prior_is_refused() -> None:
    from testigo.estimation.systems.priors import draw_expansion

    draws = 200 * draw_expansion(choose_prior("uniform", 3), 3, seed=5, draws=4_000)

    assert "prior_unmoved" in [each.code for each in judge_draws(GOOD, fit(draws))]


def test_two_peaks_are_told_and_one_is_not() -> None:
    rng = np.random.default_rng(2)
    one = rng.normal(0, 1, 4_000)
    two = np.r_[rng.normal(-3, 1, 1_200), rng.normal(3, 1, 2_800)]

    assert minor_mode(one) == 0
    assert minor_mode(two) == pytest.approx(0.3, abs=0.03)


def test_a_refused_table_gives_no_number() -> None:
    found = estimate_total(three(1, 1, 1, 0, 0, 0, 0), seed=1)

    assert found.verdict.status == "refuse"
    assert np.isnan(found.median)
    assert found.verdict.reasons[0].code == "too_few_lists"


@pytest.mark.parametrize("language", ["es", "en"])
def test_every_reason_is_told_in_both_languages(language) -> None:
    table = CaptureHistories.of("ab", [[1, 0], [0, 1]], [1, 2])
    draws = np.r_[np.full(2_000, 200.0), np.full(2_000, 2_000.0)] + usual() / 10
    reasons = (*judge_table(table), *judge_draws(GOOD, fit(draws, r_hat=1.2, effective=3)))

    assert len(reasons) >= 8
    for reason in reasons:
        assert "{" not in reason.text.in_language(language)
