"""The names of the rules that set a row aside or flag it; what they say is in `reasons.py`."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class ReasonCode(StrEnum):
    """Stable name of a rule that sets a row aside or flags it."""

    DELIVERY_REPEATED = "delivery_repeated"
    BLANK_ROW = "blank_row"
    FOOTER = "footer"
    OUT_OF_SCOPE = "out_of_scope"
    TOTAL_ROW = "total_row"
    OUTSIDE_VALID_RANGE = "outside_valid_range"
    VALUE_NOT_COLLECTED = "value_not_collected"
    VALUE_UNKNOWN = "value_unknown"
    VALUE_WITHHELD = "value_withheld"
    RECORD_REPEATED = "record_repeated"
    DAY_REPEATED = "day_repeated"
    PERIOD_REPEATED = "period_repeated"
    ROW_REPEATED = "row_repeated"

    MALFORMED_ROW = "malformed_row"
    DATE_MISSING = "date_missing"
    DATE_NOT_UNDERSTOOD = "date_not_understood"
    DATE_IMPOSSIBLE = "date_impossible"
    DATE_AMBIGUOUS = "date_ambiguous"
    AREA_MISSING = "area_missing"
    AREA_NOT_IN_CATALOGUE = "area_not_in_catalogue"
    PLACE_AMBIGUOUS = "place_ambiguous"
    VALUE_NOT_A_NUMBER = "value_not_a_number"
    VALUE_NEGATIVE = "value_negative"
    VALUE_FRACTIONAL = "value_fractional"
    IDENTIFIER_CONFLICT = "identifier_conflict"
    CONFLICTING_CELL = "conflicting_cell"

    AREA_NOT_MATCHED = "area_not_matched"
    AREA_CONTRADICTS_NAME = "area_contradicts_name"
    PARENT_CONTRADICTS_AREA = "parent_contradicts_area"
    WEEKDAY_MISSPELLED = "weekday_misspelled"
    WEEKDAY_CONTRADICTS_DATE = "weekday_contradicts_date"
    YEAR_CONTRADICTS_DATE = "year_contradicts_date"
    MONTH_CONTRADICTS_DATE = "month_contradicts_date"
    TIME_NOT_UNDERSTOOD = "time_not_understood"
    DEATH_BEFORE_EVENT = "death_before_event"
    EVENT_AFTER_REGISTRATION = "event_after_registration"
    AGE_IMPLAUSIBLE = "age_implausible"
    BIRTH_YEAR_IMPLAUSIBLE = "birth_year_implausible"
    AGE_CONTRADICTS_BIRTH_YEAR = "age_contradicts_birth_year"
    FIELD_NOT_UNDERSTOOD = "field_not_understood"
    COORDINATES_IMPOSSIBLE = "coordinates_impossible"
    REPLACED_TEXT = "replaced_text"
    ROW_REPEATED_KEPT = "row_repeated_kept"
    SAME_CELL_TWICE = "same_cell_twice"
    PERSONAL_COLUMN = "personal_column"


CODES: Final[tuple[ReasonCode, ...]] = tuple(ReasonCode)
"""Reason codes by number minus one; in arrays of rows 0 stands for "no reason"."""


def number_of(code: ReasonCode | None) -> int:
    """Return the number by which arrays of rows call a reason; 0 for none.

    Examples
    --------
    >>> CODES[number_of(ReasonCode.FOOTER) - 1], number_of(None)
    (<ReasonCode.FOOTER: 'footer'>, 0)
    """
    return 0 if code is None else CODES.index(code) + 1
