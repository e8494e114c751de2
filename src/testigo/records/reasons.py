"""Why a row is set aside or flagged: every code once, with its meaning and its mend.

The codes are stable: they stand in tables, in hand-written scripts and in the reference page
`docs/reference/reasons.md`. A row that could be placed for several reasons keeps the first one,
in the order of `placement.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from testigo.core import Message
from testigo.records.reason_codes import CODES, ReasonCode, number_of

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CODES", "REASON_RULES", "ReasonCode", "ReasonRule", "number_of"]

ReasonPlacement = Literal["excluded", "quarantined", "flagged"]


@dataclass(frozen=True, slots=True)
class ReasonRule:
    """What a reason code says.

    Attributes
    ----------
    placement
        Where the row goes: `excluded`, `quarantined`, or `flagged` (accepted, but look at it).
    meaning
        What was found, as a sentence.
    mend
        What the office can do about it.
    """

    placement: ReasonPlacement
    meaning: Message
    mend: Message


_NOTHING = Message("Nothing to mend.")
_CODE_MAP = Message(
    "Correct it at the institution, or say in hand/code_maps.csv what this value means."
)
_ALIAS = Message("Copy the right line that `testigo check` prints into hand/place_aliases.csv.")
_LOOK = Message("Ask the institution which of the two is right.")

_EXCLUDED: Final[Mapping[ReasonCode, tuple[Message, Message]]] = {
    ReasonCode.DELIVERY_REPEATED: (
        Message("The file is, byte by byte, another file of the same source."),
        Message("Nothing to mend; you may remove one of the two files."),
    ),
    ReasonCode.BLANK_ROW: (Message("The row holds nothing."), _NOTHING),
    ReasonCode.FOOTER: (Message("Total or notes below the table."), _NOTHING),
    ReasonCode.OUT_OF_SCOPE: (
        Message("The row does not hold the values that `keep` asks for."),
        Message("If it should count, add its value to `keep` in testigo.toml."),
    ),
    ReasonCode.TOTAL_ROW: (
        Message("The row is a total of other rows; counting it would count people twice."),
        Message("If it is not a total, say what its place means in hand/place_aliases.csv."),
    ),
    ReasonCode.OUTSIDE_VALID_RANGE: (
        Message("The date lies outside the range in which the source is valid."),
        Message("If it should count, widen `valid` in testigo.toml."),
    ),
    ReasonCode.VALUE_NOT_COLLECTED: (
        Message("The count is blank: it was not collected. It is never taken as zero."),
        Message('If a blank does mean zero here, write blank = "zero" in testigo.toml.'),
    ),
    ReasonCode.VALUE_UNKNOWN: (
        Message("The count says that it is not known."),
        Message("If the mark means zero, say so in hand/code_maps.csv, field value."),
    ),
    ReasonCode.VALUE_WITHHELD: (
        Message("The institution withholds the count."),
        Message("Ask the institution for the figure, or leave it: it is shown as withheld."),
    ),
    ReasonCode.RECORD_REPEATED: (
        Message("The same record, with the same identifier and content, was delivered before."),
        _NOTHING,
    ),
    ReasonCode.DAY_REPEATED: (
        Message("This day was delivered more than once; one copy of its rows counts."),
        Message('If the copies are different events, write repeated_rows = "keep".'),
    ),
    ReasonCode.PERIOD_REPEATED: (
        Message("This month or year was delivered more than once; one copy of its rows counts."),
        Message('If the copies are different events, write repeated_rows = "keep".'),
    ),
    ReasonCode.ROW_REPEATED: (
        Message("The row repeats another to the last character, and repeated rows are excluded."),
        Message('If repeated rows are different events, write repeated_rows = "keep".'),
    ),
}

_QUARANTINED: Final[Mapping[ReasonCode, tuple[Message, Message]]] = {
    ReasonCode.MALFORMED_ROW: (
        Message("The row has too many or too few cells."),
        Message("Look for a stray delimiter or quotation mark in this row of the file."),
    ),
    ReasonCode.DATE_MISSING: (
        Message("A count without a period cannot be placed in time."),
        Message("Complete the date, or the year, in the delivery."),
    ),
    ReasonCode.DATE_NOT_UNDERSTOOD: (
        Message("The date is not written in any form we know."),
        Message("Correct it, or map it to an ISO date in hand/code_maps.csv, field date."),
    ),
    ReasonCode.DATE_IMPOSSIBLE: (
        Message("There is no such day in the calendar, or its year cannot be meant."),
        Message("Correct it, or map it to an ISO date in hand/code_maps.csv, field date."),
    ),
    ReasonCode.DATE_AMBIGUOUS: (
        Message("Nothing in the delivery tells whether the day or the month comes first."),
        Message('Write date_order = "dmy" (or "mdy") for this source in testigo.toml.'),
    ),
    ReasonCode.AREA_MISSING: (
        Message("A count without a place may be a total; it is not counted until you say so."),
        Message('If it means "place unknown", add "" to unknown_areas of this source.'),
    ),
    ReasonCode.AREA_NOT_IN_CATALOGUE: (
        Message("Neither the area nor its parent is in the catalogue."),
        _ALIAS,
    ),
    ReasonCode.PLACE_AMBIGUOUS: (
        Message("Several areas have this name, and nothing tells which one is meant."),
        _ALIAS,
    ),
    ReasonCode.VALUE_NOT_A_NUMBER: (Message("The count is not a number."), _CODE_MAP),
    ReasonCode.VALUE_NEGATIVE: (Message("The count is below zero."), _CODE_MAP),
    ReasonCode.VALUE_FRACTIONAL: (
        Message("The count is not a whole number."),
        Message(
            'If the mark separates thousands, write decimal = "," (or ".") for this source; '
            "else correct it at the institution."
        ),
    ),
    ReasonCode.IDENTIFIER_CONFLICT: (
        Message("Several rows carry the same identifier and say different things."),
        Message(
            "Keep the right one, or take `id` out of `columns` if the identifier does not name "
            "one victim."
        ),
    ),
    ReasonCode.CONFLICTING_CELL: (
        Message("Two files give different numbers for the same place, period and categories."),
        Message(
            'Keep only the newest file, or write repeated_rows = "keep" if both are to be added.'
        ),
    ),
}

_FLAGGED: Final[Mapping[ReasonCode, tuple[Message, Message]]] = {
    ReasonCode.AREA_NOT_MATCHED: (
        Message("The area is not in the catalogue; the row counts for its parent only."),
        _ALIAS,
    ),
    ReasonCode.AREA_CONTRADICTS_NAME: (
        Message("The area's code and its name belong to different places; the code was used."),
        _LOOK,
    ),
    ReasonCode.PARENT_CONTRADICTS_AREA: (
        Message("The area belongs to another parent than the row says; the area was used."),
        _LOOK,
    ),
    ReasonCode.WEEKDAY_MISSPELLED: (
        Message("The day of the week is misspelled or not understood."),
        Message("Nothing to mend for the counts; tell the institution."),
    ),
    ReasonCode.WEEKDAY_CONTRADICTS_DATE: (
        Message("The date falls on another day of the week."),
        _LOOK,
    ),
    ReasonCode.YEAR_CONTRADICTS_DATE: (
        Message("The column of years says another year than the date; the date was used."),
        _LOOK,
    ),
    ReasonCode.MONTH_CONTRADICTS_DATE: (
        Message("The column of months says another month than the date; the date was used."),
        _LOOK,
    ),
    ReasonCode.TIME_NOT_UNDERSTOOD: (
        Message("The time written after the date is damaged; the date itself was used."),
        Message("Nothing to mend for the counts; tell the institution."),
    ),
    ReasonCode.DEATH_BEFORE_EVENT: (Message("The death is dated before the event."), _LOOK),
    ReasonCode.EVENT_AFTER_REGISTRATION: (
        Message("The event is dated after it was registered."),
        _LOOK,
    ),
    ReasonCode.AGE_IMPLAUSIBLE: (
        Message("The age is below 0 or above 110; it was taken as unknown."),
        _CODE_MAP,
    ),
    ReasonCode.BIRTH_YEAR_IMPLAUSIBLE: (
        Message("The year of birth cannot be meant: too early, or after the event."),
        _CODE_MAP,
    ),
    ReasonCode.AGE_CONTRADICTS_BIRTH_YEAR: (
        Message("The age does not agree with the year of birth and the date."),
        _LOOK,
    ),
    ReasonCode.FIELD_NOT_UNDERSTOOD: (
        Message("A value beside the count was not understood; it was taken as unknown."),
        _CODE_MAP,
    ),
    ReasonCode.COORDINATES_IMPOSSIBLE: (
        Message("The coordinates are outside the world, or exactly 0, 0; they were dropped."),
        _LOOK,
    ),
    ReasonCode.REPLACED_TEXT: (
        Message("A global replacement damaged the text: a mark for missing stands inside it."),
        Message("Ask for the file before the replacement was made."),
    ),
    ReasonCode.ROW_REPEATED_KEPT: (
        Message("The row repeats another to the last character; it was kept."),
        Message('Decide with repeated_rows = "exclude" or repeated_rows = "keep".'),
    ),
    ReasonCode.SAME_CELL_TWICE: (
        Message("Another row gives another number for the same place, period and categories."),
        Message("Nothing to mend if both are separate reports; else ask the institution."),
    ),
    ReasonCode.PERSONAL_COLUMN: (
        Message("The column seems to hold identifiers, names, e-mails or telephone numbers."),
        Message("Nothing to mend here: it is not stored. Ask the institution not to publish it."),
    ),
}


def _rules() -> Mapping[ReasonCode, ReasonRule]:
    groups: tuple[tuple[ReasonPlacement, Mapping[ReasonCode, tuple[Message, Message]]], ...] = (
        ("excluded", _EXCLUDED),
        ("quarantined", _QUARANTINED),
        ("flagged", _FLAGGED),
    )
    return MappingProxyType(
        {
            code: ReasonRule(placement, *texts)
            for placement, group in groups
            for code, texts in group.items()
        }
    )


REASON_RULES: Final = _rules()
"""What each reason code means, in the order in which the reference prints them."""
