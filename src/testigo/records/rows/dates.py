"""Reading one date, in the many ways in which institutions write it.

A date keeps how exact it is: `2020-03` is a month, never the first of March. What is written but
cannot be read is told apart: not understood, impossible (31 February), ambiguous (03/04/2020 when
nothing tells whether the day comes first).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from testigo.core import MONTHS_IN_YEAR
from testigo.records.folding import fold
from testigo.records.reasons import ReasonCode
from testigo.records.rows.calendar_words import MONTH_OF

if TYPE_CHECKING:
    from collections.abc import Callable

    from testigo.records.model import DatePrecision

DateOrder = Literal["dmy", "mdy", "ymd"]

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 2100
UNKNOWN_PARTS: Final = frozenset({0, 99})  # how registries write "day (or month) not known"
UNKNOWN_YEARS: Final = frozenset({0, 9999})
CENTURY_PIVOT: Final = 69  # the POSIX rule: 69 to 99 are of the twentieth century
SPREADSHEET_ORIGIN: Final = date(1899, 12, 30)  # day 0 of spreadsheets that count days

_WEEKDAY_FIRST: Final = re.compile(
    r"(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b[ ,]*"
)
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME: Final = re.compile(r"(?P<day>.*?\d)(?:T|\s+)(?P<hour>\d{1,2}):\d{2}(?P<rest>.*)", re.DOTALL)
_TIME_END: Final = re.compile(
    r"(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?\s?m\.?|h|hs|hrs?|horas)?\s*(?:z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateReading:
    """What a text says as a date.

    Attributes
    ----------
    first
        The first day that it allows; None when unknown or not read.
    precision
        How exact it is.
    problem
        Why it was not read; None when it was, or when it says "unknown".
    time_damaged
        Whether something that is no time stands where the time should.
    """

    first: date | None
    precision: DatePrecision
    problem: ReasonCode | None = None
    time_damaged: bool = False


UNKNOWN_DATE: Final = DateReading(None, "unknown")
NOT_UNDERSTOOD: Final = DateReading(None, "unknown", ReasonCode.DATE_NOT_UNDERSTOOD)
_IMPOSSIBLE: Final = DateReading(None, "unknown", ReasonCode.DATE_IMPOSSIBLE)
_AMBIGUOUS: Final = DateReading(None, "unknown", ReasonCode.DATE_AMBIGUOUS)


def read_date(text: str, order: DateOrder | None = None) -> DateReading:
    """Read a date.

    Parameters
    ----------
    text
        As delivered: ISO, 08/03/19, 3 de marzo de 2020, a spreadsheet's day number, 202003 ...
        Whether a bare number is a date at all is for its column to say (`doubtful_dates`).
    order
        What comes first where only numbers stand; None: refuse what could be read both ways.

    Examples
    --------
    >>> read_date("08/03/2019 12:00:00 AM", "dmy").first
    datetime.date(2019, 3, 8)
    >>> read_date("08/03/2019").problem
    <ReasonCode.DATE_AMBIGUOUS: 'date_ambiguous'>
    >>> reading = read_date("marzo de 2020")
    >>> reading.first, reading.precision
    (datetime.date(2020, 3, 1), 'month')
    """
    if _ISO.fullmatch(text):
        return _dated(int(text[:4]), int(text[5:7]), int(text[8:]))
    body, damaged = _without_time(text)
    reading = _read_day(_plain(body), order)
    if damaged and reading.problem is None:
        return DateReading(reading.first, reading.precision, None, time_damaged=True)
    return reading


def numeric_parts(text: str) -> tuple[int, int, int] | None:
    """Return the three numbers of a date written day and month first, year last; else None.

    Examples
    --------
    >>> numeric_parts("08/03/19"), numeric_parts("2019-03-08")
    ((8, 3, 2019), None)
    """
    if _ISO.match(text):
        return None
    found = _YEAR_LAST.fullmatch(_plain(_without_time(text)[0]))
    return (int(found[1]), int(found[2]), _full_year(found[3])) if found else None


def day_of(parts: tuple[int, int, int], order: DateOrder) -> date | None:
    """Return the day that the numbers mean in an order; None when there is no such day."""
    first, second, year = parts
    day, month = (first, second) if order == "dmy" else (second, first)
    return _dated(year, month, day).first if 1 <= month <= MONTHS_IN_YEAR else None


def compose_date(year: int | None, month: int | None, day: int | None) -> DateReading:
    """Make a date of the columns that hold its parts; None: unknown."""
    return UNKNOWN_DATE if year is None else _dated(year, month, day)


def full_year(text: str) -> int | None:
    """Return the year that a text means, two digits completed; None when it is none.

    Examples
    --------
    >>> full_year("2020.0"), full_year("98"), full_year("2020 (p)")
    (2020, 1998, None)
    """
    found = re.fullmatch(r"(\d{4}|\d{2}|0|\d\.\d{3}|\d,\d{3})(?:[.,]0+)?", text.strip())
    return _full_year(re.sub(r"[.,]", "", found[1])) if found else None


def _without_time(text: str) -> tuple[str, bool]:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        return text, False
    return found["day"], _TIME_END.fullmatch(found["rest"].strip()) is None


def _plain(text: str) -> str:
    text = text.strip()
    if not text.isascii() or any(letter.isalpha() for letter in text):
        text = _WEEKDAY_FIRST.sub("", _folded_words(text), count=1)
    return text


def _folded_words(text: str) -> str:
    return " ".join(fold(word) if word.isalpha() else word.casefold() for word in text.split())


def _read_day(text: str, order: DateOrder | None) -> DateReading:
    for pattern, read in _FORMS:
        found = pattern.fullmatch(text)
        if found is not None:
            return read(found, order)
    return NOT_UNDERSTOOD


def _read_year_last(found: re.Match[str], order: DateOrder | None) -> DateReading:
    first, second, third = found.groups()
    if order == "ymd":
        return _dated(_full_year(first), int(second), int(third))
    return _read_in_order(int(first), int(second), _full_year(third), order)


def _read_in_order(first: int, second: int, year: int, order: DateOrder | None) -> DateReading:
    orders = [(first, second), (second, first)]  # (day, month): day first, month first
    if order in {"dmy", "mdy"}:
        day, month = orders[order == "mdy"]
        return _dated(year, month, day)
    readings = {_dated(year, month, day) for day, month in orders}
    possible = {reading for reading in readings if reading.problem is None}
    if not possible:
        return _IMPOSSIBLE
    return possible.pop() if len(possible) == 1 else _AMBIGUOUS


def _read_spreadsheet_day(found: re.Match[str], _order: DateOrder | None) -> DateReading:
    day = SPREADSHEET_ORIGIN + timedelta(days=int(found[1]))
    return DateReading(day, "day") if day.year <= LAST_YEAR else NOT_UNDERSTOOD


def _read_digits(found: re.Match[str], order: DateOrder | None) -> DateReading:
    """Eight digits: year first where that is a date, else year last."""
    digits = found[1]
    reading = _dated(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    if reading.problem is None:
        return reading
    return _read_in_order(int(digits[:2]), int(digits[2:4]), int(digits[4:]), order)


def _read_named(day: str | None, month: str, year: str) -> DateReading:
    number = MONTH_OF.get(month)
    if number is None:
        return NOT_UNDERSTOOD
    return _dated(_full_year(year), number, int(day) if day else None)


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > len("98"):
        return year
    return year + (1900 if year >= CENTURY_PIVOT else 2000)


def _dated(year: int, month: int | None, day: int | None) -> DateReading:
    """Make a reading of numbers; what stands for "unknown" makes the date less exact."""
    if year in UNKNOWN_YEARS:
        return UNKNOWN_DATE
    if month is None or month in UNKNOWN_PARTS:
        return _checked(year, 1, 1, "year")
    if day is None or day in UNKNOWN_PARTS:
        return _checked(year, month, 1, "month")
    return _checked(year, month, day, "day")


def _checked(year: int, month: int, day: int, precision: DatePrecision) -> DateReading:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= MONTHS_IN_YEAR):
        return _IMPOSSIBLE
    if day > calendar.monthrange(year, month)[1]:
        return _IMPOSSIBLE
    return DateReading(date(year, month, day), precision)


_SEPARATOR: Final = r"\s*[-/. ]\s*"
_NAME_SEPARATOR: Final = r"(?:\s*[-/., ]\s*|\s+de\s+|\s+del\s+)"
_YEAR: Final = r"(\d{4}|\d{2})"
_YEAR_LAST: Final = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}{_YEAR}")
_FORMS: Final[
    tuple[tuple[re.Pattern[str], Callable[[re.Match[str], DateOrder | None], DateReading]], ...]
] = (
    (_YEAR_LAST, _read_year_last),
    (
        re.compile(rf"(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}})"),
        lambda found, _order: _dated(int(found[1]), int(found[2]), int(found[3])),
    ),
    (re.compile(r"(\d{8})(?:\.0)?"), _read_digits),
    (
        re.compile(r"(\d{4})(0[1-9]|1[0-2])(?:\.0)?"),
        lambda found, _order: _dated(int(found[1]), int(found[2]), None),
    ),
    (re.compile(r"([1-7]\d{4})(?:\.\d+)?"), _read_spreadsheet_day),
    (re.compile(r"(\d{4})(?:\.0)?"), lambda found, _order: _dated(int(found[1]), None, None)),
    (
        re.compile(r"(\d{4})(?:\.(?=\d\d)|\s*[-/ ]\s*)(\d{1,2})"),
        lambda found, _order: _dated(int(found[1]), int(found[2]), None),
    ),
    (
        re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{4}})"),
        lambda found, _order: _dated(int(found[2]), int(found[1]), None),
    ),
    (
        re.compile(
            rf"(\d{{1,2}})(?:st|nd|rd|th)?{_NAME_SEPARATOR}([a-z]+)\.?{_NAME_SEPARATOR}{_YEAR}"
        ),
        lambda found, _order: _read_named(found[1], found[2], found[3]),
    ),
    (
        re.compile(rf"([a-z]+)\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}"),
        lambda found, _order: _read_named(found[2], found[1], found[3]),
    ),
    (
        re.compile(rf"([a-z]+)\.?{_NAME_SEPARATOR}{_YEAR}"),
        lambda found, _order: _read_named(None, found[1], found[2]),
    ),
    (
        re.compile(rf"(\d{{4}}){_NAME_SEPARATOR}([a-z]+)\.?"),
        lambda found, _order: _read_named(None, found[2], found[1]),
    ),
    (
        re.compile(rf"(\d{{4}}){_NAME_SEPARATOR}([a-z]+)\.?{_NAME_SEPARATOR}(\d{{1,2}})"),
        lambda found, _order: _read_named(found[3], found[2], found[1]),
    ),
)
