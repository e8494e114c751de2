"""The date of every row, from a date column or from columns of year, month and day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow.compute as pc

from testigo.records.reasons import ReasonCode, number_of
from testigo.records.rows.calendar_words import month_number, read_weekday
from testigo.records.rows.coded import combine
from testigo.records.rows.date_order import UNDECIDED, OrderDecision, decide_order
from testigo.records.rows.date_parts import read_day, read_month, read_years
from testigo.records.rows.dates import (
    UNKNOWN_DATE,
    DateReading,
    compose_date,
    numeric_parts,
    read_date,
)
from testigo.records.rows.doubtful_dates import bare_guesses, doubtful_form
from testigo.records.rows.values import STATED, statuses_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from testigo.records.rows.coded import Coded
    from testigo.records.rows.date_order import Parts
    from testigo.records.rows.stacking import Stack

DATE_FIELDS: Final = ("date", "year", "month", "day")
PRECISIONS: Final = ("day", "month", "year", "unknown")
UNKNOWN: Final = PRECISIONS.index("unknown")
_NOT_UNDERSTOOD: Final = number_of(ReasonCode.DATE_NOT_UNDERSTOOD)
MANY_TEXTS: Final = 50_000  # beyond it times of day are cut off before the texts are read
_ENDING_IN_TIME: Final = (
    r"^(\S*\d)(?:T|\s+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[AaPp]\.?\s?[Mm]\.?)?Z?$"
)


@dataclass(frozen=True, slots=True)
class RowDates:
    """The date of every row.

    Attributes
    ----------
    first
        First day that the date allows; not-a-time when unknown. Shape (row,).
    precision
        Position in `PRECISIONS`, shape (row,).
    problem
        Number of the reason why the date was not read, 0 for none; shape (row,).
    blame
        Position in `DATE_FIELDS` of the field whose text is the problem, shape (row,).
    time_damaged
        Rows in which something that is no time follows the date, shape (row,).
    orders
        What decided the order of day and month, per file.
    """

    first: NDArray[np.datetime64]
    precision: NDArray[np.int8]
    problem: NDArray[np.int8]
    blame: NDArray[np.int8]
    time_damaged: NDArray[np.bool_]
    orders: tuple[OrderDecision, ...] = ()


def find_dates(stack: Stack) -> RowDates:
    """Find the date of every row; a blank date is completed from year, month and day."""
    parts = _from_parts(stack) if stack.has("year") else None
    if not stack.has("date"):
        return parts or _spread([], np.full(len(stack), -1, np.int32))
    dates = read_date_column(stack, "date")
    if parts is None:
        return dates
    open_ = np.isnat(dates.first) & (dates.problem == 0)
    return RowDates(
        np.where(open_, parts.first, dates.first),
        np.where(open_, parts.precision, dates.precision),
        np.where(open_, parts.problem, dates.problem),
        np.where(open_, parts.blame, dates.blame),
        dates.time_damaged,
        dates.orders,
    )


def last_days(dates: RowDates) -> NDArray[np.datetime64]:
    """Return the last day that each date allows; not-a-time when unknown. Shape (row,)."""
    month = dates.precision == PRECISIONS.index("month")
    year = dates.precision == PRECISIONS.index("year")
    last = dates.first.copy()
    last[month] = (last[month].astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    last[year] = (last[year].astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1
    return last


def read_date_column(stack: Stack, key: str) -> RowDates:
    """Read a column of dates; the order of day and month is decided for each file."""
    column = _without_times(stack.column(key))
    texts = column.values()
    stated = statuses_of(column.texts) == STATED
    parts = {place: found for place, text in enumerate(texts) if (found := numeric_parts(text))}
    readings = [
        read_date(text) if is_stated else UNKNOWN_DATE
        for text, is_stated in zip(texts, stated.tolist(), strict=True)
    ]
    if parts:
        orders = _orders(stack, column, parts, readings)
        dates = _read_in_orders(stack, column, readings, orders)
    else:
        dates = _spread(readings, column.codes)
    forms = {
        place: form
        for place, reading in enumerate(readings)
        if reading.first and (form := doubtful_form(texts[place]))
    }
    if not forms:
        return dates
    years = {place: found[2] for place, found in parts.items()}
    years |= {place: one.first.year for place, one in enumerate(readings) if one.first}
    guessed = np.zeros(len(stack), bool)
    for number in range(len(stack.tables)):
        rows = stack.rows_of_file(number)
        there = [place for place in column.present(rows).tolist() if stated[place]]
        guesses = bare_guesses(there, forms, years)
        guessed[rows] = np.isin(column.codes[rows], np.fromiter(guesses, np.int32))
    return _refused(dates, guessed)


def _refused(dates: RowDates, rows: NDArray[np.bool_]) -> RowDates:
    """Take back what was only guessed."""
    return replace(
        dates,
        first=np.where(rows, np.datetime64("NaT", "D"), dates.first),
        precision=np.where(rows, np.int8(UNKNOWN), dates.precision),
        problem=np.where(rows, np.int8(_NOT_UNDERSTOOD), dates.problem),
    )


def _read_in_orders(
    stack: Stack,
    column: Coded,
    readings: list[DateReading],
    orders: Sequence[OrderDecision],
) -> RowDates:
    """Read the texts once for each order that a file uses, and give each row its file's."""
    all_readings = list(readings)
    codes = column.codes.copy()
    texts = column.values()
    for order in sorted({decision.order for decision in orders if decision.order}):
        offset = len(all_readings)
        all_readings += [
            reading if reading is UNKNOWN_DATE else read_date(text, order)
            for text, reading in zip(texts, readings, strict=True)
        ]
        for number, decision in enumerate(orders):
            rows = stack.rows_of_file(number)
            if decision.order == order:
                codes[rows] = np.where(codes[rows] < 0, -1, codes[rows] + offset)
    return replace(_spread(all_readings, codes), orders=tuple(orders))


def _orders(
    stack: Stack, column: Coded, parts: Mapping[int, Parts], readings: Sequence[DateReading]
) -> list[OrderDecision]:
    if stack.source.date_order is not None:
        return [OrderDecision(stack.source.date_order, "configuration")] * len(stack.tables)
    known = {reading.first for reading in readings if reading.precision == "day" and reading.first}
    decisions = [
        _order_of_file(stack, number, column, parts, known) for number in range(len(stack.tables))
    ]
    decided = {decision.order for decision in decisions if decision.order}
    if len(decided) != 1:
        return decisions
    as_others = OrderDecision(decided.pop(), "other files")
    return [decision if decision.order else as_others for decision in decisions]


def _order_of_file(
    stack: Stack,
    number: int,
    column: Coded,
    parts: Mapping[int, Parts],
    known: set[date],
) -> OrderDecision:
    rows = stack.rows_of_file(number)
    here = {place: parts[place] for place in column.present(rows).tolist() if place in parts}
    if not here:
        return UNDECIDED
    decision = decide_order(list(here.values()))
    if decision.order is not None:
        return decision
    return decide_order(
        list(here.values()),
        weekdays=_pairs(stack, rows, column, here, "weekday"),
        months=_pairs(stack, rows, column, here, "month"),
        known_days=known,
    )


def _pairs(
    stack: Stack, rows: slice, column: Coded, parts: Mapping[int, Parts], key: str
) -> list[tuple[Parts, int]]:
    """Return the distinct pairs of a date's numbers and the weekday or month beside it."""
    if not stack.has(key):
        return []
    read: Callable[[str], int | None] = (
        month_number if key == "month" else lambda text: read_weekday(text).number
    )
    numbers = [read(text) for text in stack.column(key).values()]
    combined = combine([_cut(column, rows), _cut(stack.column(key), rows)])
    found = []
    for date_place, place in combined.parts.tolist():
        number = numbers[place] if place >= 0 else None
        if date_place in parts and number is not None:
            found.append((parts[date_place], number))
    return found


def _cut(column: Coded, rows: slice) -> Coded:
    return type(column)(column.texts, column.codes[rows])


def _without_times(column: Coded) -> Coded:
    if len(column.texts) < MANY_TEXTS:
        return column
    return column.respelled(
        pc.replace_substring_regex(column.texts, pattern=_ENDING_IN_TIME, replacement=r"\1")
    )


def _from_parts(stack: Stack) -> RowDates:
    combined = combine([stack.column(key) for key in ("year", "month", "day")])
    years = stack.column("year").values()
    read = [
        [*read_years(years), (None, None)],
        [*map(read_month, stack.column("month").values()), (None, None)],
        [*map(read_day, stack.column("day").values()), (None, None)],
    ]
    readings, blames = [], []
    for places in combined.parts.tolist():
        found = [values[place] for values, place in zip(read, places, strict=True)]
        bad = next((place for place, (_, problem) in enumerate(found) if problem), None)
        readings.append(
            compose_date(*(number for number, _ in found))
            if bad is None
            else DateReading(None, "unknown", found[bad][1])
        )
        blames.append(1 + (bad or 0))
    return _spread(readings, combined.codes, blames)


def _spread(
    readings: Sequence[DateReading], codes: NDArray[np.int32], blames: Sequence[int] = ()
) -> RowDates:
    """Give each row the reading of its text; -1 is a blank cell."""
    every = [*readings, UNKNOWN_DATE]
    first = np.array([reading.first for reading in every], dtype="datetime64[D]")
    precision = np.array([PRECISIONS.index(reading.precision) for reading in every], np.int8)
    problem = np.array([number_of(reading.problem) for reading in every], np.int8)
    blame = np.array([*(blames or [0] * len(readings)), 0], np.int8)
    damaged = np.array([reading.time_damaged for reading in every])
    return RowDates(first[codes], precision[codes], problem[codes], blame[codes], damaged[codes])
