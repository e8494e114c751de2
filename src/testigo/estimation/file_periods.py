"""Which period each row of a delivered file is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from testigo.core import Message, Period
from testigo.estimation.file_dates import read_dates_of, read_years_of

if TYPE_CHECKING:
    from testigo.estimation.file_columns import FileColumns
    from testigo.records import DateReading

_PERIOD_NAMES: Final = ("period", "periodo", "date", "fecha")
_YEAR_NAMES: Final = ("year", "ano", "anio")
_MONTH_NAMES: Final = ("month", "mes")


def period_columns(delivered: FileColumns) -> tuple[str, ...]:
    """Name the columns that tell the period: one, or a year and a month, or none."""
    single, year, month = (
        delivered.first_of(names) for names in (_PERIOD_NAMES, _YEAR_NAMES, _MONTH_NAMES)
    )
    if single is not None:
        return (single,)
    return tuple(name for name in (year, month) if name is not None)


def read_periods(delivered: FileColumns) -> list[Period | None]:
    """Read the period of each row; None for every row of a file that tells none.

    Dates that are all the first of a month stand for months, as spreadsheets keep them.

    Raises
    ------
    InputFileError
        For the first row whose period is blank, not understood, or may be several.
    """
    columns = period_columns(delivered)
    if not columns:
        return [None] * len(delivered.rows)
    if len(columns) > 1:
        return _of_months(delivered, *columns)
    if columns[0] == delivered.first_of(_YEAR_NAMES):
        return [Period.parse(f"{year:04d}") for year in read_years_of(delivered, columns[0])]
    return _of_dates(delivered, columns[0])


def _of_months(delivered: FileColumns, year: str, month: str) -> list[Period | None]:
    from testigo.records import month_number

    texts, place = delivered.distinct(month)
    found = np.array([month_number(text or "") or 0 for text in texts])[place]
    if not found.all():
        index = int(np.argmin(found))
        given = texts[place[index]]
        what = Message("{given} is not a month", {"given": repr(given)})
        mend = Message("Write a number from 1 to 12, or the name of the month.")
        delivered.refuse(index, month, what if given else Message("is blank"), mend)
    pairs = zip(read_years_of(delivered, year), found, strict=True)
    return [Period.parse(f"{year:04d}-{month:02d}") for year, month in pairs]


def _of_dates(delivered: FileColumns, column: str) -> list[Period | None]:
    readings, place = read_dates_of(delivered, column)
    days = [each.first for each in readings if each.first and each.precision == "day"]
    monthly = len(days) == len(readings) and all(day.day == 1 for day in days)
    if monthly and all(day.month == 1 for day in days):
        what = Message(
            "{given} may stand for a day, a month or a year", {"given": repr(str(days[place[0]]))}
        )
        mend = Message("Write 2020 for the year and 2020-01 for the month.")
        delivered.refuse(0, column, what, mend)
    periods = [_period(each, monthly=monthly) for each in readings]
    return [periods[each] for each in place]


def _period(reading: DateReading, *, monthly: bool) -> Period | None:
    if reading.first is None or reading.precision == "unknown":
        return None
    return Period(reading.first, "month" if monthly else reading.precision)
