"""What the how-to pages print works when it is copied."""

from __future__ import annotations

from pathlib import Path

from testigo.records.consistency.claims import read_claims
from testigo.records.consistency.engine import check_claim
from testigo.records.consistency.overrides import read_overrides
from testigo.records.consistency.rules import CONSISTENCY_RULES


def test_claim_of_the_manual_gives_the_sentence_it_prints(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "how-to" / "write-claims.md").read_text(encoding="utf-8")
    copied = tmp_path / "claims.toml"
    copied.write_text(page.split("```toml\n")[1].split("```")[0], encoding="utf-8")

    finding = check_claim(read_claims(copied)[0])

    quoted = " ".join(page.replace("\n>", " ").split())
    assert f"*{finding.severity}*: {finding.explanation}" in quoted


def test_manual_says_which_rule_is_for_which_sentence(root: Path) -> None:
    page = (root / "docs" / "how-to" / "write-claims.md").read_text(encoding="utf-8")
    reads_claims = {code for code, rule in CONSISTENCY_RULES.items() if rule.parameters} - {"C02"}

    assert {code for code in reads_claims if code not in page} == set()


def test_override_of_the_manual_is_read(root: Path, tmp_path: Path) -> None:
    page = (root / "docs" / "how-to" / "override-an-error.md").read_text(encoding="utf-8")
    copied = tmp_path / "overrides.csv"
    copied.write_text(page.split("```csv\n")[1].split("```")[0], encoding="utf-8")

    (override,) = read_overrides(copied)

    assert (override.table, override.rule, override.where) == ("police", "C01", "2012")
