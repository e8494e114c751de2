"""Who may lean on whom, who has a figure, and what the sum of all holds."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.core import Estimate, Message, Reason, Verdict
from testigo.estimation import CaptureHistories, LinkedHistories, estimate_strata
from testigo.estimation.systems.estimate_rows import refuse_estimate
from testigo.estimation.systems.reason_texts import make_reason
from testigo.estimation.systems.thin_strata import (
    count_values_to_lean_on,
    is_thin,
    lean_on_others,
    warn_of_width,
)

LISTS = ["press", "police", "ngo"]


def made(people: int, seed: int, **stratum: str) -> LinkedHistories:
    """Make a stratum of people who are on each of three lists by an even chance."""
    held = (np.random.default_rng(seed).random((people, 3)) < 0.5).astype(int)
    held = held[held.any(axis=1)]
    return LinkedHistories(
        CaptureHistories.of(LISTS, held, np.ones(len(held)), stratum=list(stratum.items()))
    )


def codes(verdict: Verdict) -> list[str]:
    return [reason.code for reason in verdict.reasons]


@pytest.fixture(scope="module")
def areas() -> list[LinkedHistories]:
    """Six areas that stand by themselves, one of some thirty people and one of some seven."""
    large = [made(150, place, area=f"{place}") for place in range(6)]
    return [*large, made(35, 7, area="thirty"), made(8, 8, area="seven")]


def test_fewer_than_ten_people_have_no_figure_and_count_in_the_sum(areas) -> None:
    found = estimate_strata(areas, seed=1, method="graphs", pool=True)
    total, *rows = found.table.to_pylist()
    seven, thirty = rows[-1], rows[-2]

    assert seven["observed"] < 10 <= thirty["observed"]
    assert (thirty["verdict"], thirty["median"] is None) == ("warn", False)
    assert (seven["verdict"], seven["median"], seven["low"]) == ("refuse", None, None)
    assert f"counts_only_in_sum={seven['observed']}/10" in seven["measured"].split()
    assert "strata_only_in_sum=1/0" in total["measured"].split()
    assert found.draws["stratum"].values[-1] == "area=seven"
    summed = np.quantile(found.draws.sum("stratum"), [0.025, 0.5, 0.975])
    assert [total["low"], total["median"], total["high"]] == pytest.approx(summed, rel=0.01)


def test_without_leaning_fewer_than_ten_people_refuse_the_sum(areas) -> None:
    found = estimate_strata(areas, seed=1, method="graphs")

    assert codes(found.verdicts[0]) == ["strata_refused"]
    assert "counts_only_in_sum" not in codes(found.verdicts[-1])


def test_strata_of_another_kind_than_all_that_stand_alone_lean_on_nobody() -> None:
    """All with an estimate are of one actor: nothing says how lists treat those of another."""
    large = [made(150, place, area=f"{place}", actor="state") for place in range(6)]
    strata = [*large, made(35, 7, area="7", actor="state"), made(35, 8, area="0", actor="others")]
    found = estimate_strata(strata, seed=1, method="graphs", pool=True)
    total, *rows = found.table.to_pylist()

    assert "leans_on_other_strata" in rows[-2]["reasons"].split()
    assert rows[-1]["verdict"] == "refuse"
    assert "no_stratum_like_it=1/5" in rows[-1]["measured"].split()
    assert total["reasons"] == "strata_refused"


@pytest.mark.parametrize(
    ("seen", "thin", "values"),
    [
        ([("a", "x")] * 5, ("a", "x"), 5),  # nothing is lacking
        ([(each, "x") for each in "abccc"], ("d", "x"), 3),  # three areas say little of a fourth
        ([(each, "x") for each in "abcde"], ("d", "y"), 1),  # and one actor nothing of another
        ([*((each, "x") for each in "abcdefgh"), ("i", "y")], ("j", "y"), 2),  # nor one of its own
        ([(each, "x") for each in "abcde"], ("f", "x"), 5),  # five show how much areas differ
    ],
)
def test_values_to_lean_on_are_counted_where_the_own_one_is_lacking(seen, thin, values) -> None:
    def of(pair) -> CaptureHistories:
        stratum = list(zip(("area", "actor"), pair, strict=True))
        return CaptureHistories.of("ab", [[1, 1]], [1], stratum=stratum)

    assert count_values_to_lean_on(of(thin), [of(pair) for pair in seen]) == values


@pytest.mark.parametrize(("low", "warned"), [(2, False), (3, True), (6, True)])
def test_who_leans_on_strata_that_are_likely_too_low_is_warned(areas, low, warned) -> None:
    """From half of them on: three of six."""
    tables = [each.best for each in areas]
    doubt = Verdict((make_reason("unequal_people", 0.4, 0.25),))
    few = Verdict((make_reason("too_few_people", 30, 50),))
    alone = [
        Estimate.from_draws(np.full(100, 150.0), unit="victims", method="graphs",
                            verdict=doubt if place < low else None)
        for place in range(6)
    ]  # fmt: skip
    refused = [refuse_estimate("graphs", few.reasons, 0.95)] * 2
    thirty, seven = lean_on_others(tables, [*alone, *refused], seed=1)[6:]

    assert ("leans_on_low_strata" in codes(thirty.verdict)) == warned
    assert codes(seven.verdict) == ["too_few_people", "counts_only_in_sum"]


def test_a_stratum_all_on_one_list_leans_and_a_wide_answer_is_warned_of(areas, monkeypatch) -> None:
    """Of thirty people nobody outside a list is chance; a width that would refuse is a warning."""
    monkeypatch.setattr("testigo.estimation.systems.gate.WIDE", 1.0)
    monkeypatch.setattr("testigo.estimation.systems.gate.TOO_WIDE", 1.1)
    patterns, counts = [[1, 0, 0], [1, 1, 0], [1, 0, 1], [1, 1, 1]], [4, 5, 5, 14]
    small = CaptureHistories.of(LISTS, patterns, counts, stratum=[("area", "small")])
    tables = [*(each.best for each in areas[:6]), small]
    alone = [Estimate.from_draws(np.linspace(145, 165, 100), unit="victims", method="graphs")] * 6
    few = Verdict((make_reason("too_few_people", 28, 50),))
    found = lean_on_others(tables, [*alone, refuse_estimate("graphs", few.reasons, 0.95)], seed=1)

    assert codes(found[-1].verdict) == ["leans_on_other_strata", "interval_wide"]
    assert found[-1].verdict.status == "warn"


def test_however_wide_a_stratum_that_leans_is_it_is_warned_of_and_never_refused() -> None:
    """Ten times some lower limits is more than ten times them, by rounding."""
    for low in np.random.default_rng(1).uniform(10, 100, 300):
        for high in (10 * low, 300 * low):
            (reason,) = warn_of_width(np.repeat([low, high], 500))
            assert (reason.code, reason.status) == ("interval_wide", "warn")
            assert reason.measured >= high / low * (1 - 1e-9)


@pytest.mark.parametrize(
    ("given", "thin"),
    [({"too_few_people"}, True), ({"lists_not_connected"}, False),
     ({"too_few_people", "replicates_disagree"}, False), (set(), False)],
)  # fmt: skip
def test_only_too_few_people_make_a_stratum_thin(given, thin) -> None:
    verdict = Verdict(tuple(Reason(code, "refuse", 0, 1, Message("No.")) for code in given))

    assert is_thin(verdict) is thin


def test_a_stratum_unlike_the_others_by_its_own_table_says_so(areas) -> None:
    """The third list, which has half of everybody elsewhere, found none of forty."""
    patterns, counts = [[1, 0, 0], [0, 1, 0], [1, 1, 0]], [13, 14, 13]
    odd = CaptureHistories.of(LISTS, patterns, counts, stratum=[("area", "odd")])
    found = estimate_strata([*areas[:6], LinkedHistories(odd)], seed=1, method="graphs", pool=True)

    assert codes(found.verdicts[-1])[-1] == "unlike_other_strata"
    assert found.verdicts[0].status == "refuse"
