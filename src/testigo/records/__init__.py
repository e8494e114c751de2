"""The records room: delivered files become accepted, excluded and quarantined rows."""

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
from testigo.records.consistency.arithmetic import ShareInterval, wilson_interval
from testigo.records.consistency.claims import read_claims
from testigo.records.consistency.engine import check_claim, find_inconsistencies
from testigo.records.consistency.model import (
    Claim,
    ConsistencyRule,
    Finding,
    Inconsistencies,
    Override,
)
from testigo.records.consistency.overrides import blocked, names_a_person, read_overrides
from testigo.records.consistency.rules import CONSISTENCY_RULES
from testigo.records.convergence import compare_sources, ratio, relative_difference
from testigo.records.counts import count_victims
from testigo.records.field_meanings import FIELD_MEANINGS
from testigo.records.files.catalogue import open_catalogue, read_catalogue
from testigo.records.files.deliveries import find_deliveries
from testigo.records.files.missing_columns import describe_columns
from testigo.records.files.raw import RawTable
from testigo.records.files.reading import read_table
from testigo.records.files.strict_tables import StrictTable, read_strict_table
from testigo.records.folding import fold
from testigo.records.model import (
    FAMILIES,
    FIELDS,
    Delivery,
    HandTables,
    Ingested,
    Source,
    Span,
)
from testigo.records.quality.bogota import BOGOTA_CATEGORIES, quality_index
from testigo.records.quality.cards import describe_quality
from testigo.records.quality.delays import ReportingDelay, reporting_delay, revision
from testigo.records.quality.indicators import INDICATORS, Indicator
from testigo.records.quality.undetermined import redistribute_undetermined
from testigo.records.reasons import REASON_RULES, ReasonCode, ReasonRule
from testigo.records.rows.calendar_words import month_number
from testigo.records.rows.date_lists import read_dates
from testigo.records.rows.dates import DateReading, full_year
from testigo.records.rows.hand import read_hand_tables
from testigo.records.rows.ingestion import ingest
from testigo.records.rows.numerals import decide_decimal, read_number, read_numbers
from testigo.records.rows.total_words import says_total
from testigo.records.rows.traits import read_age_group, sex_words

__all__ = [
    "ACCEPTED",
    "BOGOTA_CATEGORIES",
    "CONSISTENCY",
    "CONSISTENCY_CELLS",
    "CONSISTENCY_RULES",
    "CONVERGENCE",
    "COUNTS",
    "DELIVERIES",
    "FAMILIES",
    "FIELDS",
    "FIELD_MEANINGS",
    "FLAGS",
    "INDICATORS",
    "QUALITY",
    "REASONS",
    "REASON_RULES",
    "SET_ASIDE",
    "UNMATCHED_PLACES",
    "Claim",
    "ConsistencyRule",
    "DateReading",
    "Delivery",
    "Finding",
    "HandTables",
    "Inconsistencies",
    "Indicator",
    "Ingested",
    "Override",
    "RawTable",
    "ReasonCode",
    "ReasonRule",
    "ReportingDelay",
    "ShareInterval",
    "Source",
    "Span",
    "StrictTable",
    "blocked",
    "check_claim",
    "compare_sources",
    "count_victims",
    "decide_decimal",
    "describe_columns",
    "describe_quality",
    "find_deliveries",
    "find_inconsistencies",
    "fold",
    "full_year",
    "ingest",
    "month_number",
    "names_a_person",
    "open_catalogue",
    "quality_index",
    "ratio",
    "read_age_group",
    "read_catalogue",
    "read_claims",
    "read_dates",
    "read_hand_tables",
    "read_number",
    "read_numbers",
    "read_overrides",
    "read_strict_table",
    "read_table",
    "redistribute_undetermined",
    "relative_difference",
    "reporting_delay",
    "revision",
    "says_total",
    "sex_words",
    "wilson_interval",
]
