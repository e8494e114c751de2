"""The tables of the records room: each column set is written here once.

`testigo.core.TableSchema` checks them at the door and prints them in the reference and in the
data package.
"""

from __future__ import annotations

from typing import Final, Literal

from testigo.core import (
    AREA_COLUMN,
    AREA_LEVEL_COLUMN,
    AREA_OR_UNKNOWN_COLUMN,
    PERIOD_COLUMN,
    SOURCE_COLUMN,
    Column,
    Message,
    TableSchema,
)
from testigo.records.model import DATE_PRECISIONS, PERSONAL_FIELDS, VALUE_STATUSES

_FILE = Column("file", "text", Message("file"), Message("Delivered file, from the folder's root."))
_ROW = Column(
    "row",
    "integer",
    Message("row"),
    Message("Row in the delivered file, counted from 1 and including header and title rows."),
)


def _status_of(name: str) -> Column:
    return Column(
        f"{name}_status",
        "text",
        Message("status"),
        Message("Whether the value is stated, unknown, not collected or withheld."),
        allowed=VALUE_STATUSES,
    )


def _field(
    name: str, kind: Literal["text", "integer", "number", "date"], label: Message, meaning: Message
) -> Column:
    return Column(name, kind, label, meaning, required=False, personal=name in PERSONAL_FIELDS)


ACCEPTED: Final = TableSchema(
    name="accepted",
    title=Message("Accepted rows"),
    meaning=Message("Rows that count, one institution's each; private."),
    key=("file", "row", "cell"),
    columns=(
        SOURCE_COLUMN,
        _FILE,
        _ROW,
        Column(
            "cell",
            "integer",
            Message("cell"),
            Message("0, or the month (1 to 12) that a wide row was opened into."),
        ),
        Column(
            "count",
            "integer",
            Message("count"),
            Message("How many the row stands for; 1 for a record."),
            unit=Message("the source's unit"),
        ),
        _field("date", "date", Message("date"), Message("First day that the date allows.")),
        Column(
            "date_precision",
            "text",
            Message("date precision"),
            Message("How exact the date is."),
            allowed=DATE_PRECISIONS,
        ),
        _field(
            "area", "text", Message("area"), Message("Code of the smallest area that is known.")
        ),
        _field("parent", "text", Message("parent"), Message("Code of the larger area around it.")),
        _field("id", "text", Message("record id"), Message("The institution's own identifier.")),
        _field("given_names", "text", Message("given names"), Message("As delivered.")),
        _field("surnames", "text", Message("surnames"), Message("As delivered.")),
        _field("full_name", "text", Message("full name"), Message("As delivered.")),
        _field(
            "national_id",
            "text",
            Message("identity document"),
            Message("Number as delivered."),
        ),
        _field("sex", "text", Message("sex"), Message("female or male, or the delivered value.")),
        _status_of("sex"),
        _field("age", "integer", Message("age"), Message("In completed years.")),
        _status_of("age"),
        _field("age_group", "text", Message("age group"), Message("15-19, 85+ ...")),
        _status_of("age_group"),
        _field(
            "birth_date", "date", Message("date of birth"), Message("Where it is known to the day.")
        ),
        _field("hour", "integer", Message("hour"), Message("0 to 23.")),
        _status_of("hour"),
        _field(
            "death_date", "date", Message("date of death"), Message("From the column of its own.")
        ),
        _field(
            "registration_date",
            "date",
            Message("date of registration"),
            Message("When it was written down."),
        ),
        _field("place", "text", Message("place"), Message("Text as delivered.")),
        _status_of("place"),
        _field("lat", "number", Message("latitude"), Message("WGS84.")),
        _field("lon", "number", Message("longitude"), Message("WGS84.")),
        _field("weapon", "text", Message("weapon"), Message("As delivered or mapped in hand/.")),
        _status_of("weapon"),
        _field("location_type", "text", Message("type of place"), Message("As delivered.")),
        _status_of("location_type"),
        _field("occupation", "text", Message("occupation"), Message("As delivered.")),
        _status_of("occupation"),
        _field("rate", "number", Message("printed rate"), Message("The rate the source prints.")),
        _field(
            "rate_decimals",
            "integer",
            Message("decimals of the printed rate"),
            Message("To know its rounding."),
        ),
        _field(
            "population",
            "number",
            Message("printed population"),
            Message("If the source prints it."),
        ),
    ),
)

SET_ASIDE: Final = TableSchema(
    name="set_aside",
    title=Message("Rows set aside"),
    meaning=Message("Excluded and quarantined rows with reason, value and mend; private."),
    key=("file", "row"),
    columns=(
        SOURCE_COLUMN,
        _FILE,
        _ROW,
        Column(
            "placement",
            "text",
            Message("placement"),
            Message("excluded by a named rule, or quarantined until mended."),
            allowed=("excluded", "quarantined"),
        ),
        Column("reason", "text", Message("reason"), Message("Stable code of the rule.")),
        Column("column", "text", Message("column"), Message("Delivered column."), required=False),
        Column(
            "given",
            "text",
            Message("given"),
            Message("The value given; blank for a personal column."),
            required=False,
            personal=True,
        ),
        Column("mend", "text", Message("mend"), Message("What to do about it.")),
        Column(
            "content",
            "text",
            Message("content"),
            Message("The whole delivered row as JSON."),
            required=False,
            personal=True,
        ),
    ),
)

FLAGS: Final = TableSchema(
    name="flags",
    title=Message("Flagged rows"),
    meaning=Message("Accepted rows in which something does not fit; private."),
    key=("file", "row", "reason", "column"),
    columns=(
        SOURCE_COLUMN,
        _FILE,
        _ROW,
        Column("reason", "text", Message("reason"), Message("Stable code of the rule.")),
        Column("column", "text", Message("column"), Message("Delivered column; may be empty.")),
    ),
)

DELIVERIES: Final = TableSchema(
    name="deliveries",
    title=Message("What was delivered and where every row went"),
    meaning=Message("Accepted, excluded and quarantined rows add up to the rows delivered."),
    key=("source", "file"),
    columns=(
        SOURCE_COLUMN,
        _FILE,
        Column("sha256", "text", Message("SHA-256"), Message("Fingerprint of the file's bytes.")),
        Column(
            "rows_delivered",
            "integer",
            Message("rows delivered"),
            Message("Rows below the header, whatever they hold."),
            unit=Message("rows"),
        ),
        Column(
            "rows_accepted",
            "integer",
            Message("rows accepted"),
            Message("Rows that count."),
            unit=Message("rows"),
        ),
        Column(
            "rows_excluded",
            "integer",
            Message("rows excluded"),
            Message("Rows left out by a named rule."),
            unit=Message("rows"),
        ),
        Column(
            "rows_quarantined",
            "integer",
            Message("rows quarantined"),
            Message("Rows that wait for a mend."),
            unit=Message("rows"),
        ),
        Column(
            "rows_flagged",
            "integer",
            Message("rows flagged"),
            Message("Accepted rows in which something does not fit."),
            unit=Message("rows"),
        ),
        Column(
            "count_accepted",
            "integer",
            Message("counted"),
            Message("Sum of what the accepted rows stand for."),
            unit=Message("the source's unit"),
        ),
    ),
)

REASONS: Final = TableSchema(
    name="reasons",
    title=Message("Why rows were set aside or flagged"),
    meaning=Message("Rows by reason; never the values."),
    key=("source", "file", "placement", "reason", "column"),
    columns=(
        SOURCE_COLUMN,
        _FILE,
        Column(
            "placement",
            "text",
            Message("placement"),
            Message("excluded, quarantined or flagged."),
            allowed=("excluded", "quarantined", "flagged"),
        ),
        Column("reason", "text", Message("reason"), Message("Stable code of the rule.")),
        Column("column", "text", Message("column"), Message("Delivered column; may be empty.")),
        Column("rows", "integer", Message("rows"), Message("How many."), unit=Message("rows")),
    ),
)

UNMATCHED_PLACES: Final = TableSchema(
    name="unmatched_places",
    title=Message("Place names not found in the catalogue"),
    meaning=Message("With the best candidates; paste the right line into hand/place_aliases.csv."),
    key=("source", "parent_text", "area_text"),
    columns=(
        SOURCE_COLUMN,
        Column("parent_text", "text", Message("parent as delivered"), Message("May be empty.")),
        Column("area_text", "text", Message("place as delivered"), Message("Folded to one line.")),
        Column("rows", "integer", Message("rows"), Message("How many rows carry it.")),
        Column(
            "candidate_code",
            "text",
            Message("best candidate"),
            Message("Its code."),
            required=False,
        ),
        Column("candidate_name", "text", Message("its name"), Message("Its name."), required=False),
        Column(
            "score",
            "number",
            Message("likeness"),
            Message("0 to 100, by rapidfuzz after folding accents."),
            required=False,
        ),
        Column(
            "other_candidates",
            "text",
            Message("other candidates"),
            Message("code name, separated by a semicolon."),
            required=False,
        ),
    ),
)

COUNTS: Final = TableSchema(
    name="counts",
    title=Message("Counts by area, period and source"),
    meaning=Message(
        "What each source counts, by year and by month, at every level that it can speak of."
    ),
    key=("source", "area_level", "area", "period"),
    columns=(
        SOURCE_COLUMN,
        AREA_LEVEL_COLUMN,
        AREA_OR_UNKNOWN_COLUMN,
        PERIOD_COLUMN,
        Column(
            "victims",
            "integer",
            Message("victims"),
            Message("Sum of the accepted rows, in the source's unit."),
            unit=Message("the source's unit"),
        ),
        Column(
            "months_covered",
            "integer",
            Message("months covered"),
            Message(
                "Months of the period with any row for the whole territory, and quiet ones between"
                " them in which none is no surprise."
            ),
            unit=Message("months"),
        ),
    ),
)

QUALITY: Final = TableSchema(
    name="quality",
    title=Message("Quality of each source"),
    meaning=Message("Criterion, value, threshold, met: never a bare pass."),
    key=("source", "indicator", "field", "period"),
    columns=(
        SOURCE_COLUMN,
        Column("indicator", "text", Message("indicator"), Message("Stable code.")),
        Column("field", "text", Message("field"), Message("What it is about; may be empty.")),
        Column("period", "text", Message("period"), Message("Year, or `all`.")),
        Column(
            "value", "number", Message("value"), Message("In the indicator's unit."), required=False
        ),
        Column("unit", "text", Message("unit"), Message("share, days, rows, index 0-10 ...")),
        Column(
            "threshold", "number", Message("threshold"), Message("Blank: none."), required=False
        ),
        Column(
            "met",
            "text",
            Message("met"),
            Message("Whether the value meets the threshold."),
            allowed=("yes", "no", "not_applicable", "unknown"),
        ),
    ),
)

CONVERGENCE: Final = TableSchema(
    name="convergence",
    title=Message("Where two sources agree and where they do not"),
    meaning=Message("Every pair of sources in every area and year that both speak of."),
    key=("area_level", "area", "period", "source_a", "source_b"),
    columns=(
        AREA_COLUMN,
        AREA_LEVEL_COLUMN,
        PERIOD_COLUMN,
        Column("source_a", "text", Message("source A"), Message("Id of a source.")),
        Column("source_b", "text", Message("source B"), Message("Id of another source.")),
        Column("count_a", "integer", Message("count of A"), Message("In A's unit.")),
        Column("count_b", "integer", Message("count of B"), Message("In B's unit.")),
        Column(
            "relative_difference",
            "number",
            Message("relative difference"),
            Message("|A - B| / ((A + B) / 2); blank when both are zero."),
            unit=Message("share"),
            required=False,
        ),
        Column(
            "ratio",
            "number",
            Message("smaller over larger"),
            Message("min / max; blank when both are zero."),
            required=False,
        ),
        Column(
            "b_over_a",
            "number",
            Message("B over A"),
            Message("Blank when A is zero."),
            required=False,
        ),
        Column(
            "comparable",
            "text",
            Message("comparable"),
            Message("yes, or what differs: unit, date_basis, place_basis (several joined by +)."),
        ),
        Column(
            "met",
            "text",
            Message("converges"),
            Message("Relative difference at most 20 % (Bogotá Protocol, B7)."),
            allowed=("yes", "no", "not_applicable"),
        ),
    ),
)

CONSISTENCY: Final = TableSchema(
    name="consistency",
    title=Message("What does not add up"),
    meaning=Message("Findings of the rules C01 to C24; an error blocks what rests on it."),
    key=("table", "rule", "severity", "where"),
    columns=(
        Column(
            "table",
            "text",
            Message("table"),
            Message("Source or table the finding is about; an error blocks it."),
        ),
        Column("rule", "text", Message("rule"), Message("C01 to C24.")),
        Column(
            "severity",
            "text",
            Message("severity"),
            Message("error, warning or info."),
            allowed=("error", "warning", "info"),
        ),
        Column("where", "text", Message("where"), Message("Area, period or place in a text.")),
        Column("found", "text", Message("found"), Message("The number found.")),
        Column("expected", "text", Message("expected"), Message("The number expected.")),
        Column("explanation", "text", Message("explanation"), Message("A sentence, in English.")),
        Column("explanation_es", "text", Message("explanation in Spanish"), Message("The same.")),
        Column(
            "override",
            "text",
            Message("override"),
            Message("Reason signed in hand/overrides.csv; blank: none."),
            required=False,
        ),
        Column(
            "quotes",
            "text",
            Message("other sources quoted"),
            Message("Sources whose counts the sentence tells beside those of the table; private."),
            required=False,
        ),
    ),
)

CONSISTENCY_CELLS: Final = TableSchema(
    name="consistency_cells",
    title=Message("Cells in which a part exceeds its whole"),
    meaning=Message("The detail behind a finding of the consistency table."),
    key=("table", "rule", "area", "period"),
    columns=(
        Column("table", "text", Message("table"), Message("Source the cell belongs to.")),
        Column("rule", "text", Message("rule"), Message("Code of the rule.")),
        AREA_COLUMN,
        PERIOD_COLUMN,
        Column("found", "integer", Message("found"), Message("Count of the part.")),
        Column("expected", "integer", Message("expected"), Message("Count of the whole.")),
    ),
)
