"""The quality card of each source: who it is, where its rows went, which criteria it meets."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from testigo.core import AREA_LEVELS, Message, Number
from testigo.publication.report.evidence import is_suppressed, number_in, whole_number_in
from testigo.publication.report.figures import Balance, Card, DataTable, Note, Section
from testigo.publication.report.legends import mark_swatch
from testigo.publication.report.palette import mark_of
from testigo.publication.report.sentences import FAMILIES, KINDS, describe_basis
from testigo.publication.report.speech import (
    NOT_APPLICABLE,
    SUPPRESSED,
    UNKNOWN,
    Day,
    number_or_suppressed,
)
from testigo.records import INDICATORS, REASON_RULES, ReasonCode

if TYPE_CHECKING:
    from datetime import date

    from testigo.publication.report.evidence import Evidence, Row
    from testigo.records import Source

_ALL_YEARS: Final = "all"
_ROWS: Final = ("delivered", "accepted", "excluded", "quarantined")
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


def show_cards(evidence: Evidence) -> Section:
    """Build the section: a sentence on all rows, then one card for each source."""
    cards = [_card(evidence, source) for source in evidence.report.sources]
    if evidence.table("deliveries") is None:
        note = Note(Message("No delivery is on record, so no quality can be told."))
        return Section("quality", _TITLE, parts=(note, *cards))
    return Section("quality", _TITLE, (_all_rows(evidence), _NO_MARKS), tuple(cards))


_TITLE: Final = Message("How good each source is")
_NO_MARKS: Final = Message(
    "The cards are no marks to rank sources by. A criterion can only be judged where a source says "
    "enough: who delivers more detail is judged on more."
)


def _all_rows(evidence: Evidence) -> Message:
    balance = _balance(evidence.rows("deliveries"))
    numbers = (balance.delivered, balance.accepted, balance.excluded, balance.quarantined)
    if None in numbers:
        return Message(
            "Nothing is lost: in every file the rows accepted, excluded by a named rule and "
            "quarantined add up to the rows delivered. Where a number of rows is suppressed here, "
            "it would tell of a few victims; the observatory sees it."
        )
    return Message(
        "Nothing is lost. Rows delivered: {delivered}; accepted: {accepted}; excluded by a named "
        "rule: {excluded}; quarantined until somebody mends them: {quarantined}. The last three "
        "add up to the first.",
        dict(zip(_ROWS, map(number_or_suppressed, numbers), strict=True)),
    )


def _balance(rows: list[Row]) -> Balance:
    columns = ([whole_number_in(row, f"rows_{name}") for row in rows] for name in _ROWS)
    return Balance(*map(_sum, columns))


def _sum(numbers: list[int | None]) -> int | None:
    """Add up; a sum with a suppressed number is suppressed."""
    told = [number for number in numbers if number is not None]
    return sum(told) if len(told) == len(numbers) else None


def _card(evidence: Evidence, source: Source) -> Card:
    place = evidence.places[source.id]
    quality = evidence.rows("quality", source=source.id, period=_ALL_YEARS)
    return Card(
        f"source-{place + 1}",
        mark_swatch(mark_of(place)),
        place + 1,
        source.name,
        _verdict(evidence, source, quality),
        _facts(evidence, source),
        _balance(evidence.rows("deliveries", source=source.id)),
        _quality_table(evidence, quality),
        _reasons_table(evidence, source),
        _notes(evidence, source),
        blocked=source.id in evidence.report.blocked,
    )


def _verdict(evidence: Evidence, source: Source, quality: list[Row]) -> Message:
    """Say how many criteria are met, missed and not judged; never one number out of another."""
    counted = Counter(str(row["met"]) for row in quality)
    if not counted["yes"] + counted["no"]:
        verdict = Message("No criterion could be judged")
    else:
        verdict = Message(
            "Criteria met: {met}; missed: {missed}; not judged: {unjudged}",
            {
                "met": Number(counted["yes"]),
                "missed": Number(counted["no"]),
                "unjudged": Number(counted.total() - counted["yes"] - counted["no"]),
            },
        )
    if source.id not in evidence.report.blocked:
        return verdict
    return Message(
        "Its figures are withheld because of an error that nobody has signed for. {verdict}",
        {"verdict": verdict},
    )


def _notes(evidence: Evidence, source: Source) -> tuple[object, ...]:
    """Return what was found by looking; it quotes a delivery, which only a public one allows."""
    return tuple(evidence.report.notes.get(source.id, ())) if source.published else ()


def _facts(evidence: Evidence, source: Source) -> tuple[tuple[object, object], ...]:
    facts: list[tuple[object, object]] = [
        (Message("who speaks"), FAMILIES[source.family]),
        (Message("what it delivers"), KINDS[source.kind]),
        (Message("what it counts"), describe_basis(source)),
        (Message("years covered"), _years(evidence, source)),
    ]
    if source.subset_of:
        facts.append((Message("part of"), evidence.name(source.subset_of)))
    if source.valid:
        facts.append((Message("valid"), _span(source.valid.first, source.valid.last)))
    for breaking in source.method_breaks:
        dated = Message("{date}: {note}", {"date": Day(breaking.first), "note": breaking.note})
        facts.append((Message("method changed"), dated))
    for gap in source.reporting_gaps:
        told = {"days": _span(gap.first, gap.last), "note": gap.note}
        facts.append((Message("not reported"), Message("{days}: {note}", told)))
    if source.licence:
        facts.append((Message("licence"), source.licence))
    if source.url:
        facts.append((Message("reference"), source.url))
    return tuple(facts)


def _span(first: date, last: date) -> Day | Message:
    if first == last:
        return Day(first)
    return Message("{first} to {last}", {"first": Day(first), "last": Day(last)})


def _years(evidence: Evidence, source: Source) -> object:
    years = list(evidence.whole_counts.get(source.id, {}))
    if source.id in evidence.report.blocked:
        return Message("withheld with its figures")
    if not years:
        return UNKNOWN
    return years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _quality_table(evidence: Evidence, rows: list[Row]) -> DataTable | None:
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
            _value(row, "value"),
            _threshold(row),
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


def _value(row: Row, column: str) -> object:
    value = number_in(row, column)
    if value is None and is_suppressed(row) and column == "value":
        return SUPPRESSED
    if value is None:
        return UNKNOWN if column == "value" else NOT_APPLICABLE
    unit = str(row["unit"])
    if unit == "share":
        return Number(value, 0 if column == "threshold" else 1, percent=True)
    if unit == "yes = 1":
        return _MET["yes"] if value else _MET["no"]
    decimals = 0 if value == int(value) else 1
    if unit in {"days", "months"}:
        return Message("{number} {unit}", {"number": Number(value, decimals), "unit": _UNITS[unit]})
    return Number(value, decimals)


def _threshold(row: Row) -> object:
    if number_in(row, "threshold") is None:
        return Message("none")
    indicator = INDICATORS.get(str(row["indicator"]))
    said = _value(row, "threshold")
    if str(row["unit"]) == "yes = 1":
        return said
    if indicator is not None and indicator.at_least:
        return Message("at least {limit}", {"limit": said})
    return Message("at most {limit}", {"limit": said})


def _reasons_table(evidence: Evidence, source: Source) -> DataTable | None:
    counted: dict[tuple[str, str], list[int | None]] = {}
    for row in evidence.rows("reasons", source=source.id):
        key = str(row["placement"]), str(row["reason"])
        counted.setdefault(key, []).append(whole_number_in(row, "rows"))
    if not counted:
        return None
    sums = {key: _sum(numbers) for key, numbers in counted.items()}
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
