"""The records room: delivered files become accepted, excluded and quarantined rows."""

from testigo.records.bogota import BOGOTA_CATEGORIES, quality_index
from testigo.records.columns import (
    ACCEPTED,
    CONSISTENCY,
    CONSISTENCY_CELLS,
    CONVERGENCE,
    COUNTS,
    DELIVERIES,
    FLAGS,
    QUALITY,
    REASONS,
    SET_ASIDE,
    UNMATCHED_PLACES,
)
from testigo.records.convergence import compare_sources, ratio, relative_difference
from testigo.records.counts import count_victims
from testigo.records.delays import ReportingDelay, reporting_delay, revision
from testigo.records.folding import fold
from testigo.records.indicators import INDICATORS, Indicator
from testigo.records.model import (
    FIELDS,
    Delivery,
    HandTables,
    Ingested,
    Source,
    Span,
)
from testigo.records.quality import describe_quality
from testigo.records.raw import RawTable
from testigo.records.reading import read_table
from testigo.records.reasons import REASON_RULES, ReasonCode, ReasonRule
from testigo.records.undetermined import redistribute_undetermined

__all__ = [
    "ACCEPTED",
    "BOGOTA_CATEGORIES",
    "CONSISTENCY",
    "CONSISTENCY_CELLS",
    "CONVERGENCE",
    "COUNTS",
    "DELIVERIES",
    "FIELDS",
    "FLAGS",
    "INDICATORS",
    "QUALITY",
    "REASONS",
    "REASON_RULES",
    "SET_ASIDE",
    "UNMATCHED_PLACES",
    "Delivery",
    "HandTables",
    "Indicator",
    "Ingested",
    "RawTable",
    "ReasonCode",
    "ReasonRule",
    "ReportingDelay",
    "Source",
    "Span",
    "compare_sources",
    "count_victims",
    "describe_quality",
    "fold",
    "quality_index",
    "ratio",
    "read_table",
    "redistribute_undetermined",
    "relative_difference",
    "reporting_delay",
    "revision",
]
