"""Fields of one row laid side by side: weekday and date, age and year of birth, event and death."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow.compute as pc

from testigo.core import Message, Number
from testigo.records.reasons import ReasonCode
from testigo.records.rows.calendar_words import month_number, read_weekday
from testigo.records.rows.dates import full_year
from testigo.records.rows.numerals import read_number
from testigo.records.rows.row_dates import PRECISIONS, last_days
from testigo.records.rows.values import STATED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pyarrow as pa
    from numpy.typing import NDArray

    from testigo.records.rows.placement import Placement
    from testigo.records.rows.row_dates import RowDates
    from testigo.records.rows.stacking import Stack

DAY: Final = PRECISIONS.index("day")
YEAR: Final = PRECISIONS.index("year")
DAYS_IN_WEEK: Final = 7
FIRST_WEEKDAY: Final = 3  # 1 January 1970 was a Thursday; Monday is 0
EARLIEST_BIRTH: Final = 1850
NOTHING: Final = -1

NEARLY_ALL: Final = 0.8  # of the weekdays contradict the dates: a whole delivery is wrong
EXPLAINED: Final = 0.9  # of the weekdays fit in another year: that year is told
FARTHEST_YEAR: Final = 15  # years to look back and ahead


def check_dates(placement: Placement, stack: Stack, dates: RowDates) -> None:
    """Flag rows whose weekday, year or month column contradicts the date."""
    if stack.has("weekday"):
        weekday = _numbers(stack, "weekday", lambda text: read_weekday(text).number)
        placement.flag(_misspelled(stack), ReasonCode.WEEKDAY_MISSPELLED, "weekday")
        other = _differ(weekday, _weekdays(dates.first), dates.precision == DAY)
        placement.flag(other, ReasonCode.WEEKDAY_CONTRADICTS_DATE, "weekday")
    if not stack.has("date"):
        return
    known = ~np.isnat(dates.first)
    if stack.has("year"):
        other = _differ(_numbers(stack, "year", full_year), years_of(dates.first), known)
        placement.flag(other, ReasonCode.YEAR_CONTRADICTS_DATE, "year")
    if stack.has("month"):
        month = dates.first.astype("datetime64[M]").astype(np.int64) % 12 + 1
        known &= dates.precision < YEAR
        other = _differ(_numbers(stack, "month", month_number), month, known)
        placement.flag(other, ReasonCode.MONTH_CONTRADICTS_DATE, "month")


def check_order_of_events(
    placement: Placement, dates: RowDates, others: Mapping[str, RowDates]
) -> None:
    """Flag deaths dated before the event, and events dated after their registration."""
    last = last_days(dates)
    if "death_date" in others:
        before = last_days(others["death_date"]) < dates.first
        placement.flag(before, ReasonCode.DEATH_BEFORE_EVENT, "death_date")
    if "registration_date" in others:
        after = dates.first > last_days(others["registration_date"])
        placement.flag(after & ~np.isnat(last), ReasonCode.EVENT_AFTER_REGISTRATION, "date")


def check_birth_years(
    placement: Placement, stack: Stack, dates: RowDates, age: pa.Array | None
) -> None:
    """Flag years of birth that cannot be meant, and those that the age contradicts."""
    if not stack.has("birth_year"):
        return
    birth = _numbers(stack, "birth_year", _whole_number)
    known, year = ~np.isnat(dates.first), years_of(dates.first)
    stated = birth != NOTHING
    impossible = stated & ((birth < EARLIEST_BIRTH) | (known & (birth > year)))
    placement.flag(impossible, ReasonCode.BIRTH_YEAR_IMPLAUSIBLE, "birth_year")
    if age is None:
        return
    ages = np.asarray(age.fill_null(NOTHING))
    checked = stated & ~impossible & known & (ages != NOTHING)
    passed = year - birth - ages  # 0 after the birthday of that year, 1 before it
    other = checked & ((passed < 0) | (passed > 1))
    placement.flag(other, ReasonCode.AGE_CONTRADICTS_BIRTH_YEAR, "birth_year")


def wrong_year_note(stack: Stack, dates: RowDates, age: pa.Array | None) -> Message | None:
    """Say when nearly all weekdays contradict the dates and another year would fit them all."""
    if not stack.has("weekday"):
        return None
    weekday = _numbers(stack, "weekday", lambda text: read_weekday(text).number)
    rows = (weekday != NOTHING) & (dates.precision == DAY)
    if not rows.any():
        return None
    first = dates.first[rows]
    days, place = np.unique(first, return_inverse=True)
    table = np.zeros((len(days), DAYS_IN_WEEK), np.int64)
    np.add.at(table, (place, weekday[rows]), 1)
    wrong = 1 - _fitting(table, days)
    if wrong < NEARLY_ALL:
        return None
    shifts = [
        shift
        for shift in range(-FARTHEST_YEAR, FARTHEST_YEAR + 1)
        if shift and _fitting(table, _shifted(days, shift)) >= EXPLAINED
    ]
    agreed = [shift for shift in shifts if _ages_fit(stack, dates, age, shift)]
    return _wrong_year_message(wrong, days, agreed or shifts, confirmed=bool(agreed))


def _wrong_year_message(
    wrong: float, days: NDArray[np.datetime64], shifts: list[int], *, confirmed: bool
) -> Message:
    share = Number(wrong, 1, percent=True)
    if not shifts:
        return Message(
            "{share} of the days of the week contradict the dates, and no other year fits them. "
            "Ask the institution which is right.",
            {"share": share},
        )
    delivered = years_of(days)
    years = ", ".join(_span(delivered + shift) for shift in shifts)
    values = {"share": share, "years": years, "delivered": _span(delivered)}
    if confirmed:
        return Message(
            "{share} of the days of the week contradict the dates. The delivery says {delivered}; "
            "the weekdays, ages and years of birth fit {years}. The year was probably changed.",
            values,
        )
    return Message(
        "{share} of the days of the week contradict the dates. The delivery says {delivered}; the "
        "weekdays fit {years}. The year was probably changed.",
        values,
    )


def _ages_fit(stack: Stack, dates: RowDates, age: pa.Array | None, shift: int) -> bool:
    if age is None or not stack.has("birth_year"):
        return False
    birth, ages = _numbers(stack, "birth_year", _whole_number), np.asarray(age.fill_null(NOTHING))
    checked = (birth >= EARLIEST_BIRTH) & (ages != NOTHING) & ~np.isnat(dates.first)
    passed = (years_of(dates.first) + shift - birth - ages)[checked]
    return bool(len(passed)) and float(np.mean((passed == 0) | (passed == 1))) >= EXPLAINED


def _span(years: NDArray[np.int64]) -> str:
    first, last = int(years.min()), int(years.max())
    return str(first) if first == last else f"{first}-{last}"


def _shifted(days: NDArray[np.datetime64], shift: int) -> NDArray[np.datetime64]:
    """Return the same day and month of other years; 29 February becomes 1 March."""
    year = days.astype("datetime64[Y]")
    month = days.astype("datetime64[M]")
    in_month = (days - month.astype("datetime64[D]")).astype(np.int64)
    moved = (year + shift).astype("datetime64[M]") + (month - year.astype("datetime64[M]"))
    days_moved: NDArray[np.datetime64] = moved.astype("datetime64[D]") + in_month
    return days_moved


def _fitting(table: NDArray[np.int64], days: NDArray[np.datetime64]) -> float:
    """Return the share of rows whose weekday is that of the day."""
    return float(table[np.arange(len(days)), _weekdays(days)].sum() / table.sum())


def years_of(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return the calendar years of days; nonsense where a day is unknown."""
    return days.astype("datetime64[Y]").astype(np.int64) + 1970


def _weekdays(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    return (days.astype(np.int64) + FIRST_WEEKDAY) % DAYS_IN_WEEK


def _numbers(stack: Stack, key: str, read: Callable[[str], int | None]) -> NDArray[np.int64]:
    """Read a column of small whole numbers; -1 where nothing is stated."""
    column = stack.column(key)
    read_ = [read(text) for text in column.values()]
    return column.spread(
        np.array([NOTHING if number is None else number for number in read_], np.int64),
        blank=NOTHING,
    )


def _whole_number(text: str) -> int | None:
    number = read_number(text, ".")
    return None if number is None or number < 0 else int(number)


def _misspelled(stack: Stack) -> NDArray[np.bool_]:
    column = stack.column("weekday")
    stated = stack.statuses("weekday") == STATED
    words = ~np.asarray(pc.match_substring_regex(column.texts, r"^\d+$"), dtype=bool)
    wrong = np.array([read_weekday(text).misspelled for text in column.values()], bool)
    return column.rows_of(wrong & stated & words)


def _differ(
    said: NDArray[np.int64], computed: NDArray[np.int64], known: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    differ: NDArray[np.bool_] = (said != NOTHING) & known & (said != computed)
    return differ
