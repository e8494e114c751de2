"""The engine: all rules, all claims, every override visible."""

from __future__ import annotations

from datetime import date

import ibis
import pytest

from testigo.records import CONSISTENCY, CONSISTENCY_CELLS, COUNTS
from testigo.records.consistency.engine import check_claim, find_inconsistencies
from testigo.records.consistency.model import Claim, Override
from testigo.records.consistency.overrides import blocked

DOUBLED = """
[[claim]]
rule = "C19"
where = "page 3"
table = "police"
before = 4000
after = {after}
factor = 2
"""
TOO_MANY = """
[[claim]]
rule = "C13"
where = "page 4"
table = "police"
part = 19
whole = 18
"""


@pytest.fixture
def find(a_source, accepted, claims):
    def run(text: str = "", overrides: tuple[Override, ...] = ()):
        return find_inconsistencies(
            sources=[a_source()],
            ingested=[],
            counts=COUNTS.arrow.empty_table(),
            accepted=ibis.memtable(accepted([])),
            claims=claims(text),
            overrides=overrides,
        )

    return run


def signed(where: str = "page 4", rule: str = "C13") -> Override:
    return Override("police", rule, where, "Confirmed", "directora", date(2026, 11, 21))


def test_nothing_to_find_gives_empty_tables(find) -> None:
    found = find()

    assert found.findings.schema == CONSISTENCY.arrow
    assert found.cells.schema == CONSISTENCY_CELLS.arrow
    assert found.findings.num_rows == found.cells.num_rows == 0
    assert blocked(found.findings) == frozenset()


def test_a_claim_that_holds_is_no_finding(find) -> None:
    assert find(DOUBLED.format(after=8000)).findings.num_rows == 0


def test_a_claim_that_fails_is_told_in_both_languages(find) -> None:
    (row,) = find(DOUBLED.format(after=7000)).findings.to_pylist()

    assert (row["rule"], row["severity"], row["where"]) == ("C19", "warning", "page 3")
    assert row["explanation"].startswith("From 4,000 to 7,000")
    assert row["explanation_es"].startswith("De 4000 a 7000")


def test_an_error_blocks_its_table_until_it_is_signed(find) -> None:
    assert blocked(find(TOO_MANY).findings) == {"police"}

    found = find(TOO_MANY, (signed(),)).findings
    assert blocked(found) == frozenset()
    assert found["severity"].to_pylist() == ["error"]
    assert found["override"].to_pylist() == ["Confirmed (directora, 2026-11-21)"]


@pytest.mark.parametrize("override", [signed("page 5"), signed(rule="C12")])
def test_an_override_that_answers_nothing_is_told_and_unblocks_nothing(find, override) -> None:
    found = find(TOO_MANY, (override,)).findings

    assert blocked(found) == {"police"}
    idle = next(row for row in found.to_pylist() if row["severity"] == "info")
    assert (idle["rule"], idle["where"]) == (override.rule, override.where)
    assert "was found" in idle["explanation"]


def test_two_findings_about_one_place_can_be_signed_one_by_one(find) -> None:
    found = find(TOO_MANY + TOO_MANY, (signed(),)).findings

    assert found["where"].to_pylist() == ["page 4", "page 4 (2)"]
    assert found["override"].to_pylist() == ["Confirmed (directora, 2026-11-21)", None]
    assert blocked(found) == {"police"}


def test_the_order_of_claims_changes_nothing_but_their_numbers(find) -> None:
    one, other = TOO_MANY, DOUBLED.format(after=7000)

    assert find(one + other).findings.equals(find(other + one).findings)


def test_a_rule_without_claims_refuses_one() -> None:
    with pytest.raises(ValueError, match="C24"):
        check_claim(Claim("C24", "page 1", "police"))
