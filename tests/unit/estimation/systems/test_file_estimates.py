"""A file of overlaps becomes a number with a verdict, a refusal, or one clear sentence."""

from __future__ import annotations

import pytest

from testigo.core import Bounds, Estimate, UsageError
from testigo.estimation import (
    ESTIMATES,
    METHODS,
    check_file_method,
    file_estimates,
    file_sensitivity,
    read_capture_histories,
)
from testigo.estimation.systems import comparison, sensitivity

GOOD = (
    "press,police,ngo,count\n1,0,0,60\n0,1,0,50\n0,0,1,30\n1,1,0,20\n1,0,1,15\n0,1,1,15\n1,1,1,10\n"
)


@pytest.fixture
def file(tmp_path):
    def write(text: str):
        path = tmp_path / "overlaps.csv"
        path.write_text(text, encoding="utf-8", newline="\n")
        return read_capture_histories(path)

    return write


def test_the_answer_has_the_tables_columns(file) -> None:
    table, verdicts = file_estimates(file(GOOD), seed=1, method="graphs")

    assert table.schema == ESTIMATES.arrow
    assert ESTIMATES.checked(table).num_rows == len(verdicts) == 1
    row = table.to_pylist()[0]
    assert row["observed"] == 200
    assert 200 < row["low"] < row["median"] < row["high"]


def test_all_methods_answer_and_none_is_lost(file) -> None:
    table, _ = file_estimates(file(GOOD), seed=1, method="all")

    assert [row["method"] for row in table.to_pylist() if row["method"] != "envelope"] == [*METHODS]


def test_strata_are_estimated_apart_in_the_order_of_the_file(file) -> None:
    rows = GOOD.splitlines()
    text = "\n".join(["year," + rows[0], *("1999," + row for row in rows[1:]),
                      *("1998," + row for row in rows[1:4])])  # fmt: skip
    table, _ = file_estimates(file(text + "\n"), seed=1, method="independence")
    first, second = table.to_pylist()

    assert (first["stratum"], second["stratum"]) == ("year=1999", "year=1998")
    assert (first["verdict"], second["verdict"]) == ("warn", "refuse")
    assert second["median"] is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b,count\n1,0,50\n0,1,40\n1,1,20\n", "too_few_lists"),
        ("a,b,c,count\n1,1,1,90\n", "one_pattern"),
        ("a,b,c,count\n1,0,0,1\n0,1,0,1\n0,0,1,1\n", "too_few_people"),
        ("a,b,c,d,count\n1,1,0,0,50\n1,0,0,0,9\n0,0,1,1,50\n0,1,0,0,7\n0,0,0,1,4\n",
         "lists_not_connected"),
    ],
)  # fmt: skip
def test_what_cannot_be_estimated_is_refused_with_a_reason_and_no_number(file, text, code) -> None:
    table, _ = file_estimates(file(text), seed=1)
    (row,) = table.to_pylist()

    assert row["verdict"] == "refuse"
    assert code in row["reasons"]
    assert [row[name] for name in ("median", "low", "high")] == [None] * 3


def test_an_unknown_method_is_refused(file) -> None:
    with pytest.raises(UsageError, match="lincoln"):
        file_estimates(file(GOOD), seed=1, method="lincoln")


@pytest.mark.parametrize(("sensitivity", "words"), [(False, "all"), (True, "independence")])
def test_an_unknown_method_is_told_those_that_may_be_asked_for(sensitivity, words) -> None:
    with pytest.raises(UsageError, match=rf"Write one of: .*, {words}\."):
        check_file_method("lincoln", sensitivity=sensitivity)


def strata(*parts: str) -> str:
    rows = [f"{year},{row}" for year, part in zip((1999, 1998), parts, strict=True)
            for row in part.splitlines()[1:]]  # fmt: skip
    return "\n".join(["year," + GOOD.splitlines()[0], *rows]) + "\n"


def test_strata_are_added_draw_by_draw_and_their_sum_comes_first(file) -> None:
    """The interval of the sum is narrower than the sum of the intervals."""
    table, _ = file_estimates(file(strata(GOOD, GOOD)), seed=1, method="graphs")
    total, one, two = table.to_pylist()

    assert (total["stratum"], total["observed"]) == ("", 400)
    assert total["median"] == pytest.approx(one["median"] + two["median"], rel=0.03)
    assert total["high"] - total["low"] < one["high"] + two["high"] - one["low"] - two["low"]


def test_a_sum_that_lacks_a_stratum_is_refused(file) -> None:
    few = "\n".join(GOOD.splitlines()[:3]) + "\n"
    table, _ = file_estimates(file(strata(GOOD, few)), seed=1, method="graphs")
    total, one, two = table.to_pylist()

    assert (total["verdict"], total["reasons"], total["median"]) == (
        "refuse",
        "strata_refused",
        None,
    )
    assert one["median"] is not None
    assert two["median"] is None


def test_all_methods_are_compared_for_the_sum_and_for_every_stratum(file, monkeypatch) -> None:
    monkeypatch.setattr(comparison, "METHODS", ("graphs", "lower-bound"))
    table, verdicts = file_estimates(file(strata(GOOD, GOOD)), seed=1, method="all")
    rows = [(row["stratum"], row["method"], row["observed"]) for row in table.to_pylist()]

    assert rows == [
        (stratum, method, observed)
        for stratum, observed in (("", 400), ("year=1999", 200), ("year=1998", 200))
        for method in ("graphs", "lower-bound")
    ]
    assert [row["reasons"] for row in table.to_pylist()][1] == "no_draws_to_add"
    assert len(verdicts) == len(rows)


@pytest.mark.parametrize(("high", "told"), [(900.0, (200.0, 900.0)), (5_000.0, (None, None))])
def test_a_range_of_all_methods_that_says_nothing_is_refused_and_the_methods_stay(
    file, monkeypatch, high, told
) -> None:
    limits = {"log-linear": (200.0, 210.0), "sparse": (600.0, high)}

    def answer(*_, method, level, **__):
        bounds = Bounds(sum(limits[method]) / 2, *limits[method], level)
        return Estimate.from_bounds(bounds, unit="victims", method=method)

    monkeypatch.setattr(comparison, "METHODS", tuple(limits))
    monkeypatch.setattr(comparison, "estimate_total", answer)
    table, verdicts = file_estimates(file(GOOD), seed=1, method="all")
    head, *rows = table.to_pylist()

    assert (head["method"], head["low"], head["high"], head["median"]) == ("envelope", *told, None)
    assert (verdicts[0].status == "refuse") == (told[0] is None)
    assert [(row["low"], row["high"]) for row in rows] == [*limits.values()]


def test_other_assumptions_reach_the_verdict_of_the_estimate(file, monkeypatch) -> None:
    """Two of four lists were made from each other: taken for one they give far fewer people."""
    monkeypatch.setattr(sensitivity, "METHODS", ())
    head, *rows = GOOD.splitlines()
    copied = [f"{each.rpartition(',')[0]},{each[0]},{each.rpartition(',')[2]}" for each in rows]
    text = "\n".join([head.replace(",count", ",copy,count"), *copied, "0,0,0,1,40", "1,0,0,0,20"])
    estimates, table = file_sensitivity(file(text + "\n"), seed=1, method="independence")
    (row,) = estimates.to_pylist()

    assert {"list_left_out_moves", "lists_merged_move"} & set(row["reasons"].split())
    assert row["verdict"] == table.to_pylist()[0]["verdict"] == "warn"


def test_all_is_no_method_whose_assumptions_are_moved(file) -> None:
    with pytest.raises(UsageError, match="one method, not of all"):
        file_sensitivity(file(GOOD), seed=1, method="all")
