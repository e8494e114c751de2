"""Answers of several methods: reasons once, the range where they disagree, who was compared."""

from __future__ import annotations

import pytest

from testigo.cli.estimates_text import tell_estimates
from testigo.cli.voice import Voice
from testigo.estimation import ESTIMATES, explain_comparison


def row_of(method: str, low: float | None, high: float | None, measured: str = "", **more) -> dict:
    """Made by hand, so that methods can disagree."""
    codes = " ".join(word.partition("=")[0] for word in measured.split())
    middle = None if low is None or high is None else (low + high) / 2
    return {
        "stratum": "", "method": method, "observed": 80, "median": middle, "low": low,
        "high": high, "level": 0.95, "verdict": "warn" if measured else "publish",
        "reasons": codes, "measured": measured,
    } | more  # fmt: skip


APART = "models_disagree=1/0"


def test_models_that_disagree_give_the_range_first_and_the_reason_once(capsys) -> None:
    rows = [
        row_of("envelope", 90.0, 300.0, APART, median=None),
        row_of("latent-class", 90.0, 120.0, APART),
        row_of("graphs", 200.0, 300.0, f"{APART} choice_unstable=0.4/0.5"),
        row_of("lower-bound", 85.0, 95.0, f"{APART} lower_bound_only=1/0"),
    ]
    tell_estimates(Voice("en"), ESTIMATES.table(rows), [()])
    told = capsys.readouterr().out.splitlines()

    assert told[0].startswith("The models do not agree: between 90 and 300 people in all")
    assert sum(line.endswith("(models_disagree)") for line in told) == 1
    assert told.count("  - As above: models_disagree.") == 3
    assert told[-2] == (
        "Compared: decomposable graphs averaged, latent class model. Not all of their intervals "
        "meet."
    )
    assert told[-1].startswith("Not compared: the lower bound")


def test_a_reason_with_another_number_is_another_sentence(capsys) -> None:
    rows = [
        row_of("log-linear", 90.0, 120.0, "choice_unstable=0.4/0.5"),
        row_of("sparse", 90.0, 120.0, "choice_unstable=0.3/0.5"),
    ]
    tell_estimates(Voice("en"), ESTIMATES.table(rows), [()])

    told = capsys.readouterr().out
    assert told.count("(choice_unstable)") == 2
    assert "As above" not in told


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([row_of("graphs", 1.0, 2.0), row_of("sparse", 1.5, 3.0)], "All of their intervals meet."),
        ([row_of("graphs", 1.0, 2.0), row_of("lower-bound", 1.0, 2.0)], "Fewer than two models"),
        ([row_of("graphs", None, None), row_of("sparse", 1.0, 2.0)], "Fewer than two models"),
    ],
)
def test_only_models_with_an_answer_are_compared(rows, words) -> None:
    assert words in str(explain_comparison(rows))
