"""The registry: every rule of domain.md section 10, by code."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.records.consistency.changes import CHANGE, GROWTH, MONTHS, MULTIPLE, TARGET
from testigo.records.consistency.comparability import SOURCE_LABEL, UNITS_DIFFER
from testigo.records.consistency.duplicates import DUPLICATES
from testigo.records.consistency.lists import LIST
from testigo.records.consistency.partial_years import PARTIAL_YEAR
from testigo.records.consistency.printed_rates import LARGE_JUMP, SMALL_JUMP
from testigo.records.consistency.ratios import RATIO, RATIO_ALONE, TEXT_AND_TABLE
from testigo.records.consistency.row_logic import ROW_LOGIC
from testigo.records.consistency.shares import PART_OF_TOTAL, REVIEW_COVERAGE, SHARE_FROM_PARTS
from testigo.records.consistency.subsets import SUBSET
from testigo.records.consistency.territories import TERRITORIES
from testigo.records.consistency.totals import SUM
from testigo.records.consistency.units import CURRENCY, UNIT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.records.consistency.model import ConsistencyRule, RuleCode

CONSISTENCY_RULES: Final[Mapping[RuleCode, ConsistencyRule]] = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            LARGE_JUMP,
            SMALL_JUMP,
            TEXT_AND_TABLE,
            SHARE_FROM_PARTS,
            LIST,
            SUM,
            CHANGE,
            UNIT,
            CURRENCY,
            GROWTH,
            RATIO_ALONE,
            RATIO,
            SUBSET,
            TARGET,
            PART_OF_TOTAL,
            TERRITORIES,
            REVIEW_COVERAGE,
            MONTHS,
            MULTIPLE,
            SOURCE_LABEL,
            PARTIAL_YEAR,
            ROW_LOGIC,
            UNITS_DIFFER,
            DUPLICATES,
        )
    }
)
