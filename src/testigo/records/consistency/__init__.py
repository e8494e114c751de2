"""What does not add up: the rules C01 to C24 over deliveries and over statements of texts."""

from testigo.records.consistency.arithmetic import ShareInterval, wilson_interval
from testigo.records.consistency.claims import read_claims
from testigo.records.consistency.engine import check_claim, find_inconsistencies
from testigo.records.consistency.model import (
    Claim,
    Evidence,
    Finding,
    Inconsistencies,
    Override,
    Parameter,
    Rule,
    RuleCode,
)
from testigo.records.consistency.overrides import blocked, read_overrides
from testigo.records.consistency.rules import RULES

__all__ = [
    "RULES",
    "Claim",
    "Evidence",
    "Finding",
    "Inconsistencies",
    "Override",
    "Parameter",
    "Rule",
    "RuleCode",
    "ShareInterval",
    "blocked",
    "check_claim",
    "find_inconsistencies",
    "read_claims",
    "read_overrides",
    "wilson_interval",
]
