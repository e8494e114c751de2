"""Assumptions are moved one by one, and what that means is said."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.estimation import (
    METHODS,
    SENSITIVITY,
    CaptureHistories,
    LinkedHistories,
    estimate_by_highest_order,
    estimate_strata,
    estimate_total,
    explain_sensitivity,
    judge_sensitivity,
    sweep_assumptions,
    warn_of_sensitivity,
)
from testigo.estimation.systems import sensitivity

PATTERNS = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]


def three(*counts, stratum=()) -> CaptureHistories:
    return CaptureHistories.of("abc", PATTERNS, counts, stratum=stratum)


def years(*tables) -> list[LinkedHistories]:
    return [
        LinkedHistories(three(*counts, stratum=[("year", str(year))]))
        for year, counts in enumerate(tables, start=2001)
    ]


def swept(*tables: CaptureHistories, **options):
    given = {"seed": 1, "method": "graphs"} | options
    return sweep_assumptions([LinkedHistories(table) for table in tables], **given)


def of_kind(table, kind: str) -> list[dict]:
    return [row for row in table.to_pylist() if row["kind"] == kind]


def three_years(*, thin: bool = False) -> list[LinkedHistories]:
    """Four lists, so that one can be left out; in the thin year only list c has others' people."""
    rng = np.random.default_rng(3)
    found = []
    for year in (2001, 2002):
        held = (rng.random((1_500, 4)) < 0.3).astype(int)
        held = held[held.any(axis=1)]
        table = CaptureHistories.of("abcd", held, np.ones(len(held)), stratum=[("year", str(year))])
        found.append(LinkedHistories(table))
    patterns = [[0, 0, 1, 0], [1, 0, 1, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 0, 0, 0],
                [0, 1, 0, 0], [0, 0, 0, 1], [1, 1, 0, 0]]  # fmt: skip
    counts = [300, 60, 60, 60, 50, 50, 50, 2 if thin else 30]
    last = CaptureHistories.of("abcd", patterns, counts, stratum=[("year", "2003")])
    return [*found, LinkedHistories(last)]


@pytest.fixture(autouse=True)
def without_dear_methods(monkeypatch) -> None:
    """Leave out what takes seconds, but where a test asks for it."""
    monkeypatch.setattr(sensitivity, "METHODS", ("graphs", "lower-bound", "independence"))


def test_each_assumption_has_its_rows(small, monkeypatch) -> None:
    monkeypatch.setattr(
        sensitivity, "METHODS", [each for each in METHODS if each != "latent-class"]
    )
    table = swept(small)
    rows = table.to_pylist()

    assert SENSITIVITY.checked(table).num_rows == len(rows)
    assert [row["setting"] for row in of_kind(table, "list_left_out")] == [*small.lists]
    assert [row["setting"] for row in of_kind(table, "lists_merged")] == [
        "press+police", "press+ngo", "police+ngo"]  # fmt: skip
    assert [row["setting"] for row in of_kind(table, "highest_order")] == [
        "0.25", "0.5", "1", "2", "4"]  # fmt: skip
    assert [row["setting"] for row in of_kind(table, "method")] == [
        "log-linear", "sparse", "lower-bound"]  # fmt: skip
    main = estimate_total(small, seed=1, method="graphs")
    assert (rows[0]["kind"], rows[0]["median"]) == ("main", main.median)
    assert all(row["usual"] == main.median for row in rows if row["median"] is not None)


def test_two_lists_are_not_enough_and_that_is_said(small) -> None:
    sentences = [str(each) for each in explain_sensitivity(swept(small)).sentences]

    assert sentences[0].startswith("Under the usual assumptions:")
    assert sum("nor taking two for one could be tried" in each for each in sentences) == 1
    assert not any("There is no estimate" in each for each in sentences)


def test_a_refused_table_is_not_swept() -> None:
    table = swept(three(5, 5, 5, 1, 1, 1, 0))

    assert table.num_rows == 1
    assert [str(each) for each in explain_sensitivity(table).sentences] == [
        "There is no estimate whose assumptions could be moved."
    ]
    assert judge_sensitivity(table) == ()


def test_a_list_that_copies_another_shows_when_the_two_are_taken_for_one() -> None:
    rng = np.random.default_rng(2)
    held = (rng.random((3_000, 4)) < 0.3).astype(int)
    held[:, 1] = held[:, 0] & (rng.random(3_000) < 0.9) | (rng.random(3_000) < 0.03)
    held = held[held.any(axis=1)]
    copied = swept(CaptureHistories.of("abcd", held, np.ones(len(held))), method="independence")

    assert "lists_merged_move" in [each.code for each in judge_sensitivity(copied)]
    assert any(
        "with a + b as one list" in str(each) for each in explain_sensitivity(copied).sentences
    )


def test_the_latent_class_model_has_its_classes_and_prior_moved(small) -> None:
    rows = swept(small, method="latent-class").to_pylist()

    assert {(row["kind"], row["setting"]) for row in rows} >= {
        ("classes", "14"), ("prior", "coverage")}  # fmt: skip


def test_strata_are_moved_together_and_their_sum_is_told() -> None:
    """Of two equal years every setting has twice the people of one."""
    counts = (600, 500, 300, 200, 150, 150, 100)
    one, both = (sweep_assumptions(years(*[counts] * many), seed=1, method="graphs")
                 for many in (1, 2))  # fmt: skip

    assert {row["stratum"] for row in both.to_pylist()} == {""}
    assert {row["stratum"] for row in one.to_pylist()} == {"year=2001"}
    for kind in ("main", "highest_order"):
        for row, twice in zip(of_kind(one, kind), of_kind(both, kind), strict=True):
            assert twice["median"] == pytest.approx(2 * row["median"], rel=0.05)
            assert twice["strata"] == 2
            assert twice["high"] - twice["low"] < 2 * (row["high"] - row["low"])


def test_methods_whose_strata_cannot_be_added_are_named() -> None:
    counts = (600, 500, 300, 200, 150, 150, 100)
    table = sweep_assumptions(years(counts, counts), seed=1, method="graphs")

    assert [
        (row["setting"], row["median"], row["reasons"]) for row in of_kind(table, "method")
    ] == [("lower-bound", None, "no_draws_to_add")]
    assert any("so their strata cannot be added: lower bound." in str(each)
               for each in explain_sensitivity(table).sentences)  # fmt: skip


def test_the_sum_of_the_main_row_is_that_of_the_estimates() -> None:
    strata = three_years()
    (main,) = of_kind(sweep_assumptions(strata, seed=1, method="graphs"), "main")
    total = estimate_strata(strata, seed=1, method="graphs").table.to_pylist()[0]

    assert [main[name] for name in ("median", "low", "high")] == [
        total[name] for name in ("median", "low", "high")]  # fmt: skip


def test_a_stratum_without_an_answer_is_in_neither_sum_and_that_is_said() -> None:
    """Without list c the thin year has hardly anybody on two lists."""
    strata = three_years(thin=True)
    table = sweep_assumptions(strata, seed=1, method="graphs")
    without = {row["setting"]: row for row in of_kind(table, "list_left_out")}
    two = estimate_strata(strata[:2], seed=1, method="graphs").table.to_pylist()[0]
    sentences = " ".join(str(each) for each in explain_sensitivity(table).sentences)

    assert (without["c"]["strata"], without["c"]["strata_refused"]) == (2, 1)
    assert without["c"]["recorded_refused"] == strata[2].observed
    assert without["c"]["usual"] == pytest.approx(two["median"], rel=0.01)
    assert f"Left out at most: 1, with {strata[2].observed:,} recorded people." in sentences


def test_a_refused_stratum_is_in_no_number_and_that_is_said() -> None:
    counts = (600, 500, 300, 200, 150, 150, 100)
    table = sweep_assumptions(years(counts, counts, (5, 5, 5, 1, 1, 1, 0)), seed=1, method="graphs")
    (main,) = of_kind(table, "main")
    first = str(explain_sensitivity(table).main)

    assert (main["strata"], main["strata_refused"], main["recorded_refused"]) == (2, 1, 18)
    assert "Other strata: 1, with 18 recorded people. They are in none of the numbers" in first


def test_only_the_largest_strata_are_fitted_again_and_that_is_said(monkeypatch) -> None:
    monkeypatch.setattr(sensitivity, "MOST_STRATA", 2)
    table = sweep_assumptions(three_years(), seed=1, method="graphs")

    assert {row["strata"] for row in of_kind(table, "list_left_out")} == {2}
    assert {row["strata"] for row in of_kind(table, "highest_order")} == {3}
    assert any("Only in the 2 largest of 3 strata" in str(each)
               for each in explain_sensitivity(table).sentences)  # fmt: skip


def test_of_many_lists_fewer_strata_are_fitted_again(monkeypatch) -> None:
    monkeypatch.setattr(sensitivity, "MOST_FITS", 30)  # 4 lists, 6 pairs, 3 methods: 2 strata
    table = sweep_assumptions(three_years(), seed=1, method="graphs")

    assert {row["strata"] for row in of_kind(table, "lists_merged")} == {2}


def test_a_method_that_does_not_draw_is_swept_in_the_largest_stratum() -> None:
    small, large = (60, 50, 30, 20, 15, 15, 10), (600, 500, 300, 200, 150, 150, 100)
    table = sweep_assumptions(years(small, large), seed=1, method="independence")

    assert {row["stratum"] for row in table.to_pylist()} == {"year=2002"}


def test_linked_lists_are_swept_on_the_middle_draw_and_compared_with_it() -> None:
    (best,) = years((600, 500, 300, 200, 150, 150, 100))
    (few,), (middle,), (many,) = (
        years(tuple(round(times * count) for count in (560, 460, 280, 240, 170, 160, 120)))
        for times in (0.9, 1, 1.1)
    )
    linked = LinkedHistories(best.best, (many.best, few.best, middle.best))
    table = sweep_assumptions([linked], seed=1, method="graphs")
    alone = sweep_assumptions([middle], seed=1, method="graphs")
    (main,), (own,) = of_kind(table, "main"), of_kind(alone, "main")

    assert main["median"] == estimate_strata([linked], seed=1, method="graphs").table[
        "median"].to_pylist()[0]  # fmt: skip
    assert {row["usual"] for row in of_kind(table, "lists_merged")} == {None}  # two lists
    (told,) = of_kind(table, "method")
    assert told["usual"] == pytest.approx(own["median"], rel=0.01)


def test_what_no_table_shows_is_moved_in_all_draws_as_the_estimate_beside_it_is() -> None:
    """A draw with half the people beside one with all: limits reach from one to the other."""
    (few,), (many,) = (
        years(tuple(times * count for count in (280, 230, 140, 120, 85, 80, 60)))
        for times in (1, 2)
    )
    linked = LinkedHistories(many.best, (few.best, many.best))
    table = sweep_assumptions([linked], seed=1, method="graphs")
    rows, (main,) = of_kind(table, "highest_order"), of_kind(table, "main")
    low, high = (estimate_by_highest_order(each.best, 1.0).median for each in (few, many))

    assert rows[2]["setting"] == "1"
    assert rows[2]["low"] < low < rows[2]["median"] < high < rows[2]["high"]
    assert {row["usual"] for row in rows} == {main["median"]}


def test_what_moves_the_estimate_is_in_its_verdict() -> None:
    rng = np.random.default_rng(2)
    held = (rng.random((3_000, 4)) < 0.3).astype(int)
    held[:, 1] = held[:, 0] & (rng.random(3_000) < 0.9) | (rng.random(3_000) < 0.03)
    held = held[held.any(axis=1)]
    strata = [LinkedHistories(CaptureHistories.of("abcd", held, np.ones(len(held))))]
    estimates = estimate_strata(strata, seed=1, method="independence").table
    table = sweep_assumptions(strata, seed=1, method="independence")
    (row,) = warn_of_sensitivity(estimates, table).to_pylist()
    codes = [reason.code for reason in judge_sensitivity(table)]

    assert codes
    assert row["verdict"] == "warn"
    assert set(codes) <= set(row["reasons"].split())
    assert set(codes) <= {word.partition("=")[0] for word in row["measured"].split()}
    assert of_kind(table, "main")[0]["verdict"] == "warn"
    assert set(codes) <= set(of_kind(table, "main")[0]["reasons"].split())


def test_a_refused_estimate_gets_no_further_reasons() -> None:
    strata = years((600, 500, 300, 200, 150, 150, 100), (5, 5, 5, 1, 1, 1, 0))
    estimates = estimate_strata(strata, seed=1, method="graphs").table
    table = sweep_assumptions(strata, seed=1, method="graphs")

    assert warn_of_sensitivity(estimates, table).to_pylist()[0] == estimates.to_pylist()[0]
