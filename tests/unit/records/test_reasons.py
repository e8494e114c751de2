from __future__ import annotations

import re

import pytest

from testigo.core import translations
from testigo.records import REASON_RULES, ReasonCode


def test_every_code_has_its_rule_and_every_rule_its_code():
    assert set(REASON_RULES) == set(ReasonCode)


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_is_told_in_both_languages(code):
    rule, spanish = REASON_RULES[code], translations("es")

    assert rule.placement in {"excluded", "quarantined", "flagged"}
    assert spanish[rule.meaning.template]
    assert spanish[rule.mend.template]


def test_the_reference_page_tells_every_reason_as_the_program_does(root):
    page = (root / "docs" / "reference" / "reasons.md").read_text(encoding="utf-8")
    told = {
        code: (placement, meaning, mend)
        for placement, section in re.findall(
            r"^## \w+: `(\w+)`\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL
        )
        for code, meaning, mend in re.findall(
            r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", section, re.MULTILINE
        )
    }

    assert told == {
        str(code): (rule.placement, str(rule.meaning), str(rule.mend))
        for code, rule in REASON_RULES.items()
    }
