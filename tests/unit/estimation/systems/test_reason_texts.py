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


def test_runs_that_disagree_much_refuse() -> None:
    statuses = [make_reason("replicates_disagree", r_hat, 1.01).status for r_hat in (1.02, 1.2)]

    assert statuses == ["warn", "refuse"]


def test_an_unknown_code_is_told_as_it_is() -> None:
    (reason,) = read_reasons("brand_new_rule=1/2")

    assert "brand_new_rule" in str(reason.text)
