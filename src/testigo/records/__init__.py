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
from testigo.records.model import (
    FIELDS,
    Delivery,
    HandTables,
    Ingested,
    Source,
    Span,
)

__all__ = [
    "ACCEPTED",
    "CONSISTENCY",
    "CONSISTENCY_CELLS",
    "CONVERGENCE",
    "COUNTS",
    "DELIVERIES",
    "FIELDS",
    "FLAGS",
    "QUALITY",
    "REASONS",
    "SET_ASIDE",
    "UNMATCHED_PLACES",
    "Delivery",
    "HandTables",
    "Ingested",
    "Source",
    "Span",
]
