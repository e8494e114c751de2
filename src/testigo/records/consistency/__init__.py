"""What does not add up: the rules C01 to C24 over deliveries and over statements of texts."""

from testigo.records.consistency.arithmetic import ShareInterval, wilson_interval
from testigo.records.consistency.claims import read_claims
from testigo.records.consistency.engine import check_claim, find_inconsistencies
from testigo.records.consistency.model import (
    Claim,
    ConsistencyRule,
    Evidence,
    Finding,
    Inconsistencies,
    Override,
    Parameter,
    RuleCode,
)
from testigo.records.consistency.overrides import blocked, read_overrides
from testigo.records.consistency.rules import CONSISTENCY_RULES

__all__ = [
    "CONSISTENCY_RULES",
    "Claim",
    "ConsistencyRule",
    "Evidence",
    "Finding",
    "Inconsistencies",
    "Override",
    "Parameter",
    "RuleCode",
    "ShareInterval",
    "blocked",
    "check_claim",
    "find_inconsistencies",
    "read_claims",
    "read_overrides",
    "wilson_interval",
]
