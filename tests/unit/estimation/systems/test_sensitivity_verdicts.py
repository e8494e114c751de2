"""What moves an estimate too far, and what is said of it, from rows made by hand."""

from __future__ import annotations

import pytest

from testigo.estimation import SENSITIVITY, explain_sensitivity, judge_sensitivity


def row_of(kind: str, setting: str, median: float, **more) -> dict:
    """Made by hand: the usual estimate is 100, between 90 and 115."""
    return {
        "stratum": "", "kind": kind, "setting": setting, "strata": 1, "strata_refused": 0,
        "recorded": 80, "recorded_refused": 0, "median": median, "low": median - 9,
        "high": median + 9, "usual": 100.0, "usual_low": 90.0, "usual_high": 115.0,
        "level": 0.95, "verdict": "publish", "reasons": "",
    } | more  # fmt: skip


@pytest.mark.parametrize(
    ("row", "found"),
    [
        (row_of("list_left_out", "a", 89.9), {"list_left_out_moves": 1}),
        (row_of("list_left_out", "a", 90.1), {}),
        (row_of("lists_merged", "a+b", 115.1), {"lists_merged_move": 1}),
        (row_of("classes", "20", 105.1), {"classes_move": pytest.approx(0.051)}),
        (row_of("classes", "20", 94.9), {"classes_move": pytest.approx(0.051)}),
        (row_of("classes", "20", 104.9), {}),
        (row_of("prior", "coverage", 116.0), {"prior_moves": 1}),
        (row_of("method", "graphs", 125.0), {"models_disagree": 1}),
        (row_of("method", "graphs", 120.0), {}),
        (row_of("method", "lower-bound", 50.0), {}),
    ],
)
def test_the_limits_of_the_rules_are_those_that_were_written_down(row, found) -> None:
    """Rules 7, 8 and 10: 5 % for the classes, the interval for the lists, intervals that meet."""
    main = row_of("main", "latent-class", 100.0, low=90.0, high=115.0)
    reasons = judge_sensitivity(SENSITIVITY.table([main, row]))

    assert {reason.code: reason.measured for reason in reasons} == found


def test_models_alone_do_not_make_an_estimate_firm() -> None:
    """Three lists: with none changed, that no model moves it must not sound like a proof."""
    main = row_of("main", "latent-class", 100.0)
    gone = [
        row_of(kind, "a", 100.0) | {"median": None} for kind in ("list_left_out", "lists_merged")
    ]
    found = explain_sensitivity(
        SENSITIVITY.table([main, row_of("prior", "coverage", 101.0), *gone])
    )

    assert str(found.summary) == (
        "Changes of the model that move the estimate out of its interval: none of 1. As no list "
        "could be changed, that does not make it firm."
    )


def test_the_lower_bound_is_no_other_model() -> None:
    rows = [
        row_of("main", "latent-class", 100.0),
        row_of("method", "graphs", 98.0),
        row_of("method", "lower-bound", 60.0),
    ]
    sentences = [str(each) for each in explain_sensitivity(SENSITIVITY.table(rows)).moves]

    assert sentences[0].startswith("Other models: 2% fewer. The farthest: decomposable graphs")
    assert sentences[1:] == ["At least, by the lower bound: 60 people (51 to 69)."]
