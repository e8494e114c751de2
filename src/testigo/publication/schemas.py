"""The tables that are published, and what may stand in them: the allow-list of promise 3.

The rooms declare their own tables; here each is taken as it is, extended by the column that says
whether a value is stated, or left out. What is not in `PUBLISHED` does not leave the store.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal, get_args

from testigo.core import (
    AREA_LEVEL_COLUMN,
    AREA_OR_UNKNOWN_COLUMN,
    PARENT_COLUMN,
    SOURCE_COLUMN,
    Column,
    Message,
    TableSchema,
)
from testigo.estimation import (
    ESTIMATED_RATES,
    ESTIMATES,
    POPULATION,
    RATES,
    SENSITIVITY,
    STANDARDISED_RATES,
)
from testigo.linkage import LINK_COUNTS
from testigo.publication.model import PRINTED_RATES
from testigo.publication.strata_values import STRATA
from testigo.records import (
    CONSISTENCY,
    CONSISTENCY_CELLS,
    CONVERGENCE,
    COUNTS,
    DELIVERIES,
    FAMILIES,
    QUALITY,
    REASONS,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

ValueStatus = Literal[
    "stated", "suppressed", "unknown", "not_collected", "not_applicable", "not_estimable"
]
VALUE_STATUSES: Final[tuple[ValueStatus, ...]] = get_args(ValueStatus)
VALUE_STATUS: Final = "value_status"
SUPPRESSED: Final[ValueStatus] = "suppressed"
STORE_ONLY: Final = frozenset({"unmatched_places", STRATA})  # texts as delivered
QUOTES: Final = "quotes"  # of findings: `protect` reads it, nobody else needs it

_STATUS: Final = Column(
    VALUE_STATUS,
    "text",
    Message("status of the value"),
    Message(
        "stated: printed, zero included. suppressed: hidden, so that nobody is exposed."
        " unknown: nobody knows. not_collected: the source never asked. not_applicable: the"
        " question has no sense here. not_estimable: the data do not carry an answer."
    ),
    allowed=VALUE_STATUSES,
)
_MAY_BE_BLANK: Final = frozenset(  # an empty text and a blank are the same thing in a CSV
    {"column", "field", "reasons", "found", "expected", "where", "stratum", "measured"}
)


def _published(schema: TableSchema, *hidden: str) -> TableSchema:
    """Take a room's table; the columns named may be blank, and a status says why."""
    columns = tuple(
        replace(column, required=column.required and column.name not in {*hidden, *_MAY_BE_BLANK})
        for column in schema.columns
    )
    return replace(schema, columns=(*columns, _STATUS) if hidden else columns)


def _without(schema: TableSchema, name: str) -> TableSchema:
    """Keep a column in the store."""
    kept = tuple(column for column in schema.columns if column.name != name)
    return replace(schema, columns=kept)


def _with_suppressed(schema: TableSchema, name: str) -> TableSchema:
    """Let an answer be `suppressed` too: next to one count, yes or no would tell the other."""
    columns = tuple(
        replace(column, allowed=(*column.allowed, "suppressed")) if column.name == name else column
        for column in schema.columns
    )
    return replace(schema, columns=columns)


AREAS: Final = TableSchema(
    name="areas",
    title=Message("Areas"),
    meaning=Message("Every place that a figure can be about, and those whose place is unknown."),
    key=("area_level", "area"),
    columns=(
        AREA_OR_UNKNOWN_COLUMN,
        AREA_LEVEL_COLUMN,
        Column(
            "name", "text", Message("name"), Message("As the catalogue writes it; `?` if unknown.")
        ),
        PARENT_COLUMN,
    ),
)

SOURCES: Final = TableSchema(
    name="sources",
    title=Message("Sources"),
    meaning=Message("What each institution counts, how, and when its method changed."),
    key=("source",),
    columns=(
        SOURCE_COLUMN,
        Column("name_es", "text", Message("name in Spanish"), Message("For people.")),
        Column("name_en", "text", Message("name in English"), Message("For people.")),
        Column(
            "kind",
            "text",
            Message("kind"),
            Message(
                "records: a row is about one victim. tallies: a row carries a number. overlaps: a "
                "list of which only a table of overlaps tells."
            ),
            allowed=("records", "tallies", "overlaps"),
        ),
        Column(
            "family",
            "text",
            Message("family"),
            Message("Which kind of institution counts."),
            allowed=FAMILIES,
        ),
        Column(
            "unit",
            "text",
            Message("unit of count"),
            Message("What one count is of."),
            allowed=("victim", "file", "incident"),
        ),
        Column(
            "date_basis",
            "text",
            Message("date basis"),
            Message("Which date decides the period; blank for a list of overlaps."),
            allowed=("event", "death", "registration"),
            required=False,
        ),
        Column(
            "place_basis",
            "text",
            Message("place basis"),
            Message("Which place decides the area; blank for a list of overlaps."),
            allowed=("event", "death", "residence"),
            required=False,
        ),
        Column(
            "valid_from",
            "date",
            Message("valid from"),
            Message("First day that counts; blank: no limit."),
            required=False,
        ),
        Column(
            "valid_to",
            "date",
            Message("valid to"),
            Message("Last day that counts; blank: no limit."),
            required=False,
        ),
        Column(
            "method_breaks",
            "text",
            Message("method breaks"),
            Message(
                "first day/last day and what changed, in Spanish and English; several are"
                " separated by a semicolon."
            ),
            required=False,
        ),
        Column(
            "reporting_gaps",
            "text",
            Message("reporting gaps"),
            Message(
                "first day/last day and what was not reported, in Spanish and English; several"
                " are separated by a semicolon."
            ),
            required=False,
        ),
        Column(
            "subset_of",
            "text",
            Message("subset of"),
            Message("Source that must never count fewer than this one."),
            required=False,
        ),
        Column(
            "published",
            "boolean",
            Message("already public"),
            Message(
                "Whether the delivery is public at this detail; no cell of it is suppressed then."
            ),
        ),
        Column(
            "licence",
            "text",
            Message("licence"),
            Message("Terms on which the source may be used."),
            required=False,
        ),
        Column(
            "url", "text", Message("address"), Message("Where it was published."), required=False
        ),
    ),
)

PUBLISHED: Final[Mapping[str, TableSchema]] = MappingProxyType(
    {
        schema.name: schema
        for schema in (
            _published(
                DELIVERIES,
                "sha256",
                *(column.name for column in DELIVERIES.columns if column.kind == "integer"),
            ),
            _published(REASONS, "rows"),
            _published(COUNTS, "victims"),
            _with_suppressed(_published(QUALITY, "value"), "met"),
            _with_suppressed(_published(CONVERGENCE, "count_a", "count_b"), "met"),
            _published(_without(CONSISTENCY, QUOTES)),
            _published(CONSISTENCY_CELLS),
            _published(LINK_COUNTS, "count"),
            _published(ESTIMATES, "observed"),
            _published(SENSITIVITY, "median"),
            _published(ESTIMATED_RATES, "victims"),
            _published(RATES, "victims"),
            _published(STANDARDISED_RATES, "victims", "victims_age_unknown"),
            _published(PRINTED_RATES, "victims", "rate"),
            _published(POPULATION),
            AREAS,
            SOURCES,
        )
    }
)
"""Name of each published table to its columns, in the order of the documentation."""

_ID: Final = r"^[A-Za-z][A-Za-z0-9_]*$"
_WORD: Final = r"^[a-z0-9_]*$"
_FOUND: Final = r"[a-z0-9_]+=[-+.0-9a-z]*/[-+.0-9a-z]+"  # code=found/limit
CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "source": _ID,
        "source_a": _ID,
        "source_b": _ID,
        "subset_of": _ID,
        "lists": r"^[A-Za-z][A-Za-z0-9_]*( [A-Za-z][A-Za-z0-9_]*)*$",
        "sha256": r"^[0-9a-f]{64}$",
        "period": r"^(\d{4}(-\d{2}(-\d{2})?)?|\?|all)$",
        "reason": r"^[a-z][a-z0-9_]*$",
        "reasons": r"^([a-z0-9_]+( [a-z0-9_]+)*)?$",
        "measured": rf"^({_FOUND}( {_FOUND})*)?$",
        "indicator": r"^[a-z][a-z0-9_]*$",
        "field": _WORD,
        "rule": r"^[A-Za-z0-9_]+$",
        "comparable": r"^[a-z_+]+$",
    }
)
"""Text columns that hold codes, and what a code looks like: no room for a name or an e-mail."""
