"""Dates in three columns: what stands in those of the year, the month and the day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from testigo.records.folding import fold
from testigo.records.reasons import ReasonCode
from testigo.records.rows.calendar_words import month_number
from testigo.records.rows.dates import UNKNOWN_PARTS, UNKNOWN_YEARS, full_year
from testigo.records.rows.numerals import read_number
from testigo.records.rows.values import STATED, statuses_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_FOUR_DIGITS: Final = re.compile(r"\s*[12]\d{3}\b")
_TWO_DIGITS: Final = re.compile(r"\s*\d\d(?!\d)")
_WHOLE_YEAR: Final = frozenset({"total", "anual", "todo el ano", "annual", "all", "todos"})

PartReading = tuple[int | None, ReasonCode | None]


def read_years(texts: Sequence[str]) -> list[PartReading]:
    """Read the distinct texts of a column of years.

    99 and 00 are 1999 and 2000 where years have two digits, and unknown where they have four.
    """
    unknown = UNKNOWN_PARTS if any(_FOUR_DIGITS.match(text) for text in texts) else frozenset()
    return [_year(text, unknown) for text in texts]


def _year(text: str, unknown: Collection[int]) -> PartReading:
    number = read_number(text, ".")
    if number is None and _says_unknown(text):
        return None, None
    if number in unknown or (number in UNKNOWN_YEARS and not _TWO_DIGITS.match(text)):
        return None, None
    year = full_year(text)
    if year is None:
        total = fold(text) in _WHOLE_YEAR
        return None, ReasonCode.TOTAL_ROW if total else ReasonCode.DATE_NOT_UNDERSTOOD
    return year, None


def read_month(text: str) -> PartReading:
    """Read a month beside a year; a whole year in its place is a total."""
    if fold(text) in _WHOLE_YEAR:
        return None, ReasonCode.TOTAL_ROW
    month = month_number(text)
    if month is None and not _unknown(text):
        return None, ReasonCode.DATE_NOT_UNDERSTOOD
    return month, None


def read_day(text: str) -> PartReading:
    """Read a day of the month."""
    if _unknown(text):
        return None, None
    number = read_number(text, ".")
    if number is None or number != int(number):
        return None, ReasonCode.DATE_NOT_UNDERSTOOD
    return int(number), None


def _unknown(text: str) -> bool:
    number = read_number(text, ".")
    return _says_unknown(text) if number is None else number in UNKNOWN_PARTS


def _says_unknown(text: str) -> bool:
    return bool(statuses_of(pa.array([text]))[0] != STATED)
