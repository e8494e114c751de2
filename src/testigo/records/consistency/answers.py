"""How a rule answers a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import Message
from testigo.records.consistency.model import Claim, Finding, Parameter

if TYPE_CHECKING:
    from testigo.records.model import Severity

QUALIFIER: Final = Parameter(
    "qualifier",
    "qualifier",
    Message(
        "The word the text puts before its number: exactly, about, nearly, more_than, at_least,"
        " less_than or at_most."
    ),
    required=False,
)


def answer(
    claim: Claim, severity: Severity, *, found: str, expected: str, explanation: Message
) -> Finding:
    """Return the finding of a rule about a claim; severity `ok` when the claim holds."""
    return Finding(
        table=claim.table,
        rule=claim.rule,
        severity=severity,
        where=claim.where,
        found=found,
        expected=expected,
        explanation=explanation,
    )
