"""Every rule is there, does something, and is told in both languages and in the manual."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from testigo.core import translations
from testigo.records.consistency.claims import read_claims
from testigo.records.consistency.engine import check_claim
from testigo.records.consistency.model import RULE_CODES, ConsistencyRule
from testigo.records.consistency.rules import CONSISTENCY_RULES
from testigo.records.model import SEVERITIES


@pytest.fixture(scope="module")
def page(root: Path) -> dict[str, str]:
    """The sections of docs/reference/consistency-rules.md, by code."""
    text = (root / "docs" / "reference" / "consistency-rules.md").read_text(encoding="utf-8")
    return {section[:3]: section for section in text.split("\n## ")[1:]}


@pytest.fixture(params=RULE_CODES)
def rule(request: pytest.FixtureRequest) -> ConsistencyRule:
    return CONSISTENCY_RULES[request.param]


def test_every_code_has_its_rule_in_order() -> None:
    assert tuple(CONSISTENCY_RULES) == RULE_CODES
    assert [f"C{number:02d}" for number in range(1, 25)] == list(RULE_CODES)


def test_rule_checks_something_and_says_how_bad_it_can_be(rule: ConsistencyRule) -> None:
    assert rule.check_evidence or rule.check_claim
    assert (rule.needs is not None) == (rule.check_evidence is not None)
    assert bool(rule.parameters) == (rule.check_claim is not None)
    assert rule.severities == tuple(one for one in SEVERITIES if one in rule.severities)
    assert "ok" not in rule.severities


def test_rule_is_told_in_spanish(rule: ConsistencyRule) -> None:
    told = {message.template for message in (rule.title, rule.checks, rule.needs) if message}

    assert told <= translations("es").keys()


def test_manual_tells_the_rule(rule: ConsistencyRule, page: dict[str, str]) -> None:
    section = page[rule.code]

    assert section.splitlines()[0] == f"{rule.code} · {rule.title}"
    assert f"**Severity:** {', '.join(rule.severities)}" in section
    assert str(rule.checks) in section
    assert rule.needs is None or str(rule.needs) in section
    for parameter in rule.parameters:
        assert f"| `{parameter.name}` | {parameter.kind}" in section
        assert str(parameter.meaning) in section


def test_example_of_the_manual_gives_the_result_it_prints(
    rule: ConsistencyRule, page: dict[str, str], tmp_path: Path
) -> None:
    if not rule.parameters:
        assert "```toml" not in page[rule.code]
        return
    block = page[rule.code].split("```toml\n")[1].split("```")[0]
    path = tmp_path / "claims.toml"
    path.write_text(block, encoding="utf-8")
    (claim,) = read_claims(path)
    finding = check_claim(claim)

    assert tomllib.loads(block)["claim"][0]["rule"] == rule.code
    assert f"*{finding.severity}*: {finding.explanation}" in page[rule.code]
