"""All rules over all deliveries and claims: what does not add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from testigo.core import Message
from testigo.records.columns import CONSISTENCY, CONSISTENCY_CELLS
from testigo.records.consistency.model import (
    RULE_CODES,
    Claim,
    Evidence,
    Finding,
    Inconsistencies,
    Override,
)
from testigo.records.consistency.overrides import sign_findings, unmatched
from testigo.records.consistency.rules import CONSISTENCY_RULES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import ibis
    import pyarrow as pa

    from testigo.records.model import Ingested, Source


def find_inconsistencies(
    *,
    sources: Sequence[Source],
    ingested: Sequence[Ingested],
    counts: pa.Table,
    accepted: ibis.Table,
    claims: Sequence[Claim],
    overrides: Sequence[Override],
    as_of: date | None = None,
) -> Inconsistencies:
    """Run the rules C01 to C24 on all deliveries and on all claims.

    Parameters
    ----------
    sources
        In configuration order.
    ingested
        What became of each source.
    counts
        Columns `COUNTS`.
    accepted
        Columns `ACCEPTED`, all sources together (DuckDB or Spark).
    claims, overrides
        Of hand/claims.toml and hand/overrides.csv.
    as_of
        The day of the run: rows dated later are an error of C22. None: not asked.

    Returns
    -------
    Inconsistencies
        `findings` without claims that hold; an override that answers nothing is an info.

    Notes
    -----
    domain.md section 10.
    """
    evidence = Evidence(sources, ingested, counts, accepted, as_of)
    checks = dict.fromkeys(rule.check_evidence for rule in CONSISTENCY_RULES.values())
    found = [finding for check in checks if check is not None for finding in check(evidence)]
    findings = sorted(found, key=lambda finding: RULE_CODES.index(finding.rule))
    findings += [finding for finding in map(check_claim, claims) if finding.severity != "ok"]
    findings = _named_apart(findings)
    idle = _named_apart([*findings, *map(_answers_nothing, unmatched(findings, overrides))])
    rows = [_row(finding, override) for finding, override in sign_findings(findings, overrides)]
    rows += [_row(finding, None) for finding in idle[len(findings) :]]
    return Inconsistencies(CONSISTENCY.table(rows), _cells(findings))


def check_claim(claim: Claim) -> Finding:
    """Recompute one claim; severity `ok` says that it holds.

    Parameters
    ----------
    claim
        Of `read_claims`, so that its rule reads claims.
    """
    check = CONSISTENCY_RULES[claim.rule].check_claim
    if check is None:
        raise ValueError(claim.rule)
    return check(claim)


def _named_apart(findings: Sequence[Finding]) -> list[Finding]:
    """Give the findings of one rule about one place different names, so that each can be signed."""
    seen: Counter[tuple[str, str, str]] = Counter()
    named = []
    for finding in findings:
        key = (finding.table, finding.rule, finding.where)
        seen[key] += 1
        again = f"{finding.where} ({seen[key]})"
        named.append(finding if seen[key] == 1 else replace(finding, where=again))
    return named


def _answers_nothing(override: Override) -> Finding:
    return Finding(
        table=override.table,
        rule=override.rule,
        severity="info",
        where=override.where,
        found="0",
        expected="1",
        explanation=Message(
            "hand/overrides.csv signs for this place, where nothing was found: the data were"
            " mended, or table, rule or where is misspelled. Take the line out."
        ),
    )


def _row(finding: Finding, override: str | None) -> dict[str, object]:
    return {
        "table": finding.table,
        "rule": finding.rule,
        "severity": finding.severity,
        "where": finding.where,
        "found": finding.found,
        "expected": finding.expected,
        "explanation": finding.explanation.in_language("en"),
        "explanation_es": finding.explanation.in_language("es"),
        "override": override,
        "quotes": " ".join(finding.quotes) or None,
    }


def _cells(findings: Sequence[Finding]) -> pa.Table:
    import pyarrow as pa

    tables = [finding.cells for finding in findings if finding.cells is not None]
    return CONSISTENCY_CELLS.checked(
        pa.concat_tables([CONSISTENCY_CELLS.arrow.empty_table(), *tables])
    )
