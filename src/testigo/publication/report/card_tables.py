"""What stands behind a quality card: its criteria, and why rows were set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.core import AREA_LEVELS, Message, Number
from testigo.publication.report.evidence import is_suppressed, number_in, whole_number_in
from testigo.publication.report.figures import DataTable
from testigo.publication.report.speech import (
    NOT_APPLICABLE,
    SUPPRESSED,
    UNKNOWN,
    number_or_suppressed,
)
from testigo.records import INDICATORS, REASON_RULES, ReasonCode

if TYPE_CHECKING:
    from testigo.publication.report.evidence import Evidence, Row
    from testigo.records import Source

_MET: Final = {
    "yes": Message("yes"),
    "no": Message("no"),
    "unknown": UNKNOWN,
    "not_applicable": Message("not judged"),
    "suppressed": SUPPRESSED,
}
_PLACEMENTS: Final = {
    "excluded": Message("excluded"),
    "quarantined": Message("quarantined"),
    "flagged": Message("accepted, flagged"),
}
_UNITS: Final = {
    "days": Message("days"),
    "months": Message("months"),
}
FIELD_NAMES: Final = {
    "sex": Message("sex"),
    "age": Message("age"),
    "age_group": Message("age group"),
    "date": Message("date"),
    "hour": Message("hour"),
    "weapon": Message("weapon"),
    "location_type": Message("type of place"),
    "occupation": Message("occupation"),
    "place": Message("place"),
}


def tabulate_quality(evidence: Evidence, rows: list[Row]) -> DataTable | None:
    """Lay out each criterion with its value and threshold; None without any."""
    if not rows:
        return None
    known = list(INDICATORS)
    rows = sorted(
        rows,
        key=lambda row: (
            known.index(str(row["indicator"])) if row["indicator"] in INDICATORS else len(known),
            str(row["field"] or ""),
        ),
    )
    cells = tuple(
        (
            _criterion(evidence, row),
            _value(evidence, row, "value"),
            _threshold(evidence, row),
            _MET.get(str(row["met"]), str(row["met"])),
        )
        for row in rows
    )
    head = (Message("criterion"), Message("value"), Message("threshold"), Message("met"))
    caption = Message("Criterion, value, threshold, met")
    return DataTable(caption, head, cells, frozenset({1, 2}), file="quality")


def _criterion(evidence: Evidence, row: Row) -> object:
    indicator = INDICATORS.get(str(row["indicator"]))
    label: object = indicator.label if indicator else str(row["indicator"])
    if not row["field"]:
        return label
    return Message(
        "{label}: {field}", {"label": label, "field": _field_name(evidence, str(row["field"]))}
    )


def _field_name(evidence: Evidence, field: str) -> object:
    """Name a field, a level or a reason as people do; a code that we do not know stays as it is."""
    if field in AREA_LEVELS:
        return evidence.level_name(field)
    return FIELD_NAMES.get(field) or _reason(field)


def _value(evidence: Evidence, row: Row, column: str) -> object:
    value = number_in(row, column)
    if value is None and is_suppressed(row) and column == "value":
        return SUPPRESSED
    if value is None:
        return UNKNOWN if column == "value" else NOT_APPLICABLE
    unit = str(row["unit"])
    if unit == "share":
        source = evidence.by_id.get(str(row["source"]))
        whole = column == "threshold" or source is None or not source.published
        return Number(value, 0 if whole else 1, percent=True)  # of private ones whole percent
    if unit == "yes = 1":
        return _MET["yes"] if value else _MET["no"]
    decimals = 0 if value == int(value) else 1
    if unit in {"days", "months"}:
        return Message("{number} {unit}", {"number": Number(value, decimals), "unit": _UNITS[unit]})
    return Number(value, decimals)


def _threshold(evidence: Evidence, row: Row) -> object:
    if number_in(row, "threshold") is None:
        return Message("none")
    indicator = INDICATORS.get(str(row["indicator"]))
    said = _value(evidence, row, "threshold")
    if str(row["unit"]) == "yes = 1":
        return said
    if indicator is not None and indicator.at_least:
        return Message("at least {limit}", {"limit": said})
    return Message("at most {limit}", {"limit": said})


def tabulate_reasons(evidence: Evidence, source: Source) -> DataTable | None:
    """Lay out why rows of a source were set aside or flagged; None where none was."""
    counted: dict[tuple[str, str], list[int | None]] = {}
    for row in evidence.rows("reasons", source=source.id):
        key = str(row["placement"]), str(row["reason"])
        counted.setdefault(key, []).append(whole_number_in(row, "rows"))
    if not counted:
        return None
    sums = {key: sum_told(numbers) for key, numbers in counted.items()}
    order = list(_PLACEMENTS)
    cells = tuple(
        (
            _reason(reason),
            _PLACEMENTS[placement],
            number_or_suppressed(rows),
            reason,
        )
        for (placement, reason), rows in sorted(
            sums.items(), key=lambda item: (order.index(item[0][0]), -(item[1] or 0), item[0][1])
        )
    )
    head = (Message("reason"), Message("what became of the row"), Message("rows"), Message("code"))
    return DataTable(
        Message("Why rows were set aside or flagged"), head, cells, frozenset({2}), file="reasons"
    )


def _reason(code: str) -> object:
    known = {str(reason): reason for reason in ReasonCode}
    return REASON_RULES[known[code]].meaning if code in known else code


def sum_told(numbers: list[int | None]) -> int | None:
    """Add up; a sum with a suppressed number is suppressed."""
    told = [number for number in numbers if number is not None]
    return sum(told) if len(told) == len(numbers) else None
