"""Whether the day or the month comes first: decided for a whole delivery, never date by date.

A delivery that somewhere writes 25/12 puts the day first everywhere. Where no such date exists,
the column of weekdays, the column of months, or a gap that only one order fills may still tell.
When nothing does, the rows are refused: half of the dates of a guess would be wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from testigo.core import MONTHS_IN_YEAR
from testigo.records.rows.dates import day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from testigo.records.rows.dates import DateOrder

Parts = tuple[int, int, int]
DecidedBy = Literal["configuration", "dates", "weekdays", "months", "gap", "other files", "nothing"]

STRAY_SHARE: Final = 0.05  # of the telling dates may be slips that contradict all others
AGREEING_SHARE: Final = 0.9  # of weekdays (or months) must fit one order, and not the other
FEWEST_WEEKDAYS: Final = 3  # one in seven weekdays fits by chance
COVERED_SHARE: Final = 0.9  # of the days of a stretch must be there to speak of a gap in it
FEWEST_DAYS: Final = 28  # a stretch shorter than that has no gaps


@dataclass(frozen=True, slots=True)
class OrderDecision:
    """Which order a delivery uses.

    Attributes
    ----------
    order
        `dmy`, `mdy`, `ymd`; None when nothing tells.
    decided_by
        What told it.
    """

    order: DateOrder | None
    decided_by: DecidedBy


UNDECIDED: Final = OrderDecision(None, "nothing")


def decide_order(
    dates: Collection[Parts],
    *,
    weekdays: Collection[tuple[Parts, int]] = (),
    months: Collection[tuple[Parts, int]] = (),
    known_days: Collection[date] = (),
) -> OrderDecision:
    """Decide the order of day and month from the evidence of a delivery.

    Parameters
    ----------
    dates
        The distinct dates written in numbers with the year last: (first, second, year).
    weekdays, months
        The distinct pairs of such a date and the weekday (0 Monday) or month beside it.
    known_days
        Days of the same source whose dates leave no doubt.

    Examples
    --------
    >>> decide_order([(25, 12, 2020), (3, 4, 2020)])
    OrderDecision(order='dmy', decided_by='dates')
    """
    undoubted = _by_impossible_months(dates)
    if undoubted is not None:
        return OrderDecision(undoubted, "dates")
    ambiguous = {parts for parts in dates if _ambiguous(parts)}
    by_weekday = _by_agreement(weekdays, "weekday")
    if by_weekday is not None:
        return OrderDecision(by_weekday, "weekdays")
    by_month = _by_agreement(months, "month")
    if by_month is not None:
        return OrderDecision(by_month, "months")
    order = _by_gap(ambiguous, frozenset(known_days))
    return UNDECIDED if order is None else OrderDecision(order, "gap")


def _ambiguous(parts: Parts) -> bool:
    first, second, _ = parts
    return first != second and max(first, second) <= MONTHS_IN_YEAR


def _by_impossible_months(dates: Iterable[Parts]) -> DateOrder | None:
    """Use that no month is above 12; a few slips do not overturn what all other dates say."""
    day_first = month_first = 0
    for first, second, _ in dates:
        day_first += first > MONTHS_IN_YEAR >= second
        month_first += second > MONTHS_IN_YEAR >= first
    telling = day_first + month_first
    if not telling or min(day_first, month_first) > STRAY_SHARE * telling:
        return None
    return "dmy" if day_first > month_first else "mdy"


def _by_agreement(
    pairs: Collection[tuple[Parts, int]], part: Literal["weekday", "month"]
) -> DateOrder | None:
    """Find the order in which the dates fall on the weekdays (or months) written beside them."""
    telling = [(parts, number) for parts, number in pairs if _ambiguous(parts)]
    if len(telling) < (FEWEST_WEEKDAYS if part == "weekday" else 1):
        return None
    fits = {order: _share_fitting(telling, part, order) for order in _ORDERS}
    for order in _ORDERS:
        if fits[order] >= AGREEING_SHARE and fits[_other(order)] <= 1 - AGREEING_SHARE / 2:
            return order
    return None


def _share_fitting(
    pairs: Collection[tuple[Parts, int]], part: Literal["weekday", "month"], order: DateOrder
) -> float:
    days = [(day_of(parts, order), number) for parts, number in pairs]
    fitting = sum(
        day is not None and (day.weekday() if part == "weekday" else day.month) == number
        for day, number in days
    )
    return fitting / len(days)


def _by_gap(ambiguous: Collection[Parts], known: frozenset[date]) -> DateOrder | None:
    """Find the order that fills days missing from a stretch, where the other would repeat days."""
    if not ambiguous or len(known) < FEWEST_DAYS:
        return None
    first, last = min(known), max(known)
    if len(known) < COVERED_SHARE * ((last - first).days + 1):
        return None
    for order in _ORDERS:
        here = {day_of(parts, order) for parts in ambiguous}
        there = {day_of(parts, _other(order)) for parts in ambiguous}
        fills = all(day and first < day < last and day not in known for day in here)
        if fills and all(day in known for day in there):
            return order
    return None


_ORDERS: Final[tuple[DateOrder, DateOrder]] = ("dmy", "mdy")


def _other(order: DateOrder) -> DateOrder:
    return "mdy" if order == "dmy" else "dmy"
