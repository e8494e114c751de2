"""Assumptions are moved one by one, and what that means is said."""

from __future__ import annotations

import numpy as np
import pytest

from testigo.estimation import (
    SENSITIVITY,
    CaptureHistories,
    estimate_by_highest_order,
    estimate_total,
    explain_sensitivity,
    judge_sensitivity,
    sweep_assumptions,
)

PATTERNS = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1], [1, 1, 1]]


def three(*counts) -> CaptureHistories:
    return CaptureHistories.of("abc", PATTERNS, counts)


def test_three_lists_follow_the_printed_formula() -> None:
    """Bishop, Fienberg and Holland 1975: n000 = n111 n100 n010 n001 / (n110 n101 n011)."""
    unseen = 10 * 60 * 50 * 30 / (20 * 15 * 15)
    table = three(60, 50, 30, 20, 15, 15, 10)

    assert estimate_by_highest_order(table).median == pytest.approx(200 + unseen)
    assert estimate_by_highest_order(table, 0.5).median == pytest.approx(200 + unseen / 2)


def test_its_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Tables of independent lists, for which the ratio is 1: 95 of 100, within three errors."""
    rng = np.random.default_rng(1)
    inside = 0
    for _ in range(400):
        held = (rng.random((2_000, 3)) < [0.5, 0.4, 0.45]).astype(int)
        held = held[held.any(axis=1)]
        found = estimate_by_highest_order(CaptureHistories.of("abc", held, np.ones(len(held))))
        low, high = found.interval()
        inside += low <= 2_000 <= high

    assert inside / 400 == pytest.approx(0.95, abs=0.033)


def test_empty_patterns_are_told() -> None:
    found = estimate_by_highest_order(three(60, 50, 30, 20, 0, 15, 10))

    assert [reason.code for reason in found.verdict.reasons] == ["empty_patterns"]


def test_each_assumption_has_its_rows(small) -> None:
    table = sweep_assumptions(small, seed=1, method="graphs")
    rows = table.to_pylist()

    assert SENSITIVITY.checked(table).num_rows == len(rows)

    assert [row["setting"] for row in rows if row["kind"] == "list_left_out"] == [*small.lists]
    assert [row["setting"] for row in rows if row["kind"] == "lists_merged"] == [
        "press+police", "press+ngo", "police+ngo"]  # fmt: skip
    assert [row["setting"] for row in rows if row["kind"] == "highest_order"] == [
        "0.25", "0.5", "1", "2", "4"]  # fmt: skip
    main = estimate_total(small, seed=1, method="graphs")
    assert (rows[0]["kind"], rows[0]["median"]) == ("main", main.median)


def test_two_lists_are_not_enough_and_that_is_said(small) -> None:
    sentences = [str(each) for each in explain_sensitivity(
        sweep_assumptions(small, seed=1, method="graphs"))]  # fmt: skip

    assert "There is no estimate without: press, police, ngo." in sentences
    assert sentences[0].startswith("Under the usual assumptions:")


def test_a_refused_table_is_not_swept() -> None:
    table = sweep_assumptions(three(5, 5, 5, 1, 1, 1, 0), seed=1)

    assert table.num_rows == 1
    assert [str(each) for each in explain_sensitivity(table)] == [
        "There is no estimate whose assumptions could be moved."
    ]
    assert judge_sensitivity(table) == ()


def test_a_list_that_copies_another_shows_when_the_two_are_taken_for_one() -> None:
    rng = np.random.default_rng(2)
    held = (rng.random((3_000, 4)) < 0.3).astype(int)
    held[:, 1] = held[:, 0] & (rng.random(3_000) < 0.9) | (rng.random(3_000) < 0.03)
    held = held[held.any(axis=1)]
    table = CaptureHistories.of("abcd", held, np.ones(len(held)))
    swept = sweep_assumptions(table, seed=1, method="independence")

    assert "lists_merged_move" in [each.code for each in judge_sensitivity(swept)]
    assert any("a+b matters most" in str(each) for each in explain_sensitivity(swept))


def test_the_latent_class_model_has_its_classes_and_prior_moved(small) -> None:
    rows = sweep_assumptions(small, seed=1).to_pylist()

    assert {(row["kind"], row["setting"]) for row in rows} >= {
        ("classes", "14"), ("prior", "coverage")}  # fmt: skip
