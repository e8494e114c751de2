"""From a code and two numbers to a sentence."""

import math
import re
from pathlib import Path

import pytest

from testigo.estimation.systems.reason_catalogue import ESTIMATE_REASONS
from testigo.estimation.systems.reason_texts import make_reason, read_reasons

SYSTEMS = Path(__file__).resolve().parents[4] / "src" / "testigo" / "estimation" / "systems"


def test_every_code_that_is_given_has_a_sentence() -> None:
    given = {
        code
        for path in SYSTEMS.glob("*.py")
        for code in re.findall(
            r'(?:Reason|make_reason|_less|_more)\(\s*"([a-z_]+)"', path.read_text(encoding="utf-8")
        )
    }

    assert given - set(ESTIMATE_REASONS) == set()


@pytest.mark.parametrize("code", ESTIMATE_REASONS)
def test_every_sentence_can_be_said(code: str) -> None:
    reason = make_reason(code, 3, 20)

    assert "{" not in reason.text.in_language("es") + reason.text.in_language("en")


def test_a_number_that_may_not_be_told_is_said_to_be_below_the_limit() -> None:
    (reason,) = read_reasons("too_few_on_several_lists=/20")

    assert math.isnan(reason.measured)
    assert str(reason.text).startswith("People on two lists or more: fewer than 20;")


def test_few_people_whose_number_may_not_be_told_are_told_by_the_limit_alone() -> None:
    (reason,) = read_reasons("few_people=/100")

    assert str(reason.text).startswith("fewer than 100 people are too few to show")
    assert "menos de 100 personas son muy pocas" in reason.text.in_language("es")


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        (0.3, "more people than the estimate says, though within its interval"),
        (1.2, "more people than the upper limit"),
        (4.07, "far more people than the upper limit"),
        (math.inf, "far more people than the upper limit"),
        (math.nan, "more people than the estimate says"),
    ],
)
def test_how_much_people_who_differ_would_move_is_said_in_words(moved: float, words: str) -> None:
    text = make_reason("unequal_people", moved, 0.25).text

    assert f"there were {words}" in text.in_language("en")
    assert "%" not in text.in_language("en") + text.in_language("es")


def test_runs_that_disagree_much_refuse() -> None:
    statuses = [make_reason("replicates_disagree", r_hat, 1.01).status for r_hat in (1.02, 1.2)]

    assert statuses == ["warn", "refuse"]


def test_an_unknown_code_is_told_as_it_is() -> None:
    (reason,) = read_reasons("brand_new_rule=1/2")

    assert "brand_new_rule" in str(reason.text)
