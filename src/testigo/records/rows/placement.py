"""Where each delivered row goes, and why: the first rule that applies decides.

The order of the rules: blank rows and footers; scope (`keep`); totals and places; dates; the valid
range; the count itself; overlapping files; cells given twice;
repeats. Whatever no rule sets aside is accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from testigo.core import ConfigurationError, Message
from testigo.records.reasons import CODES, ReasonCode, number_of
from testigo.records.rows.codes import comparison_key
from testigo.records.rows.column_keys import ScopeKey
from testigo.records.rows.place_readings import PlaceOutcome
from testigo.records.rows.row_dates import DATE_FIELDS, UNKNOWN, last_days

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.records.model import Span
    from testigo.records.rows.column_keys import ColumnKey
    from testigo.records.rows.places import Places
    from testigo.records.rows.row_dates import RowDates
    from testigo.records.rows.stacking import Stack

    Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Flag:
    """A rule that some accepted rows are worth a look for.

    Attributes
    ----------
    code
        The reason.
    key
        The mapped column it is about; a `DeliveredKey` for others; or empty.
    rows
        The rows, accepted or not, shape (row,).
    """

    code: ReasonCode
    key: ColumnKey
    rows: Rows


class Placement:
    """Why each row is set aside, built up rule by rule.

    Parameters
    ----------
    rows
        How many rows there are.
    """

    def __init__(self, rows: int) -> None:
        self.reason: NDArray[np.int8] = np.zeros(rows, np.int8)
        self.keys: list[ColumnKey] = [""]
        self.blame: NDArray[np.int16] = np.zeros(rows, np.int16)
        self.flags: list[Flag] = []

    @property
    def accepted(self) -> Rows:
        """The rows that no rule set aside so far, shape (row,)."""
        accepted: Rows = self.reason == 0
        return accepted

    def set_aside(self, rows: Rows, code: ReasonCode, key: ColumnKey = "") -> None:
        """Set some rows aside, unless an earlier rule did; `key` names the column to blame."""
        chosen = rows & self.accepted
        if not chosen.any():
            return
        if key not in self.keys:
            self.keys.append(key)
        self.reason[chosen] = number_of(code)
        self.blame[chosen] = self.keys.index(key)

    def flag(self, rows: Rows, code: ReasonCode, key: ColumnKey = "") -> None:
        """Mark some rows as worth a look; only those that end up accepted are told."""
        if rows.any():
            self.flags.append(Flag(code, key, rows))

    def flagged(self) -> Rows:
        """Return the accepted rows that any flag is about, shape (row,)."""
        marked = np.zeros(len(self.reason), bool)
        for flag in self.flags:
            marked |= flag.rows
        return marked & self.accepted


def place_in_scope(placement: Placement, stack: Stack, keep: Mapping[str, tuple[str, ...]]) -> None:
    """Set aside blank rows, footers, and rows outside the scope that `keep` describes."""
    if stack.tables:
        blank = np.concatenate([table.blank for table in stack.tables])
        footer = np.concatenate([table.footer for table in stack.tables])
        placement.set_aside(blank, ReasonCode.BLANK_ROW)
        placement.set_aside(footer, ReasonCode.FOOTER)
    for name, values in keep.items():
        column = stack.column(ScopeKey(name))
        wanted = {comparison_key(value) for value in values}
        inside = np.array([comparison_key(text) in wanted for text in column.values()], bool)
        blank_counts = bool({"", None} & set(values))
        kept = column.spread(inside, blank=blank_counts)
        placement.set_aside(~kept, ReasonCode.OUT_OF_SCOPE, ScopeKey(name))


def check_columns(stack: Stack) -> None:
    """Refuse a source of tallies that names no column of time.

    Raises
    ------
    ConfigurationError
        When `columns` names neither a date nor a year.
    """
    if stack.source.kind == "records" or stack.has("date") or stack.has("year"):
        return
    raise ConfigurationError(
        Message(
            "sources.{source}: no column says when; `columns` names neither date nor year.",
            {"source": stack.source.id},
        ),
        Message('Name it, for instance columns = {{ date = "fecha" }}.'),
    )


def place_by_date(placement: Placement, stack: Stack, dates: RowDates) -> None:
    """Set aside totals over time, dates not read, counts without a period, and other years."""
    for number in np.unique(dates.problem[dates.problem > 0]).tolist():
        for blame, key in enumerate(DATE_FIELDS):
            rows = (dates.problem == number) & (dates.blame == blame)
            placement.set_aside(rows, CODES[number - 1], key)
    if stack.source.kind == "tallies":
        key = "date" if stack.has("date") else "year"
        placement.set_aside(dates.precision == UNKNOWN, ReasonCode.DATE_MISSING, key)
    placement.flag(dates.time_damaged, ReasonCode.TIME_NOT_UNDERSTOOD, "date")
    if stack.source.valid is not None:
        key = "date" if stack.has("date") else "year"
        outside = _outside(dates, stack.source.valid)
        placement.set_aside(outside, ReasonCode.OUTSIDE_VALID_RANGE, key)


def place_by_area(placement: Placement, stack: Stack, places: Places) -> None:
    """Set aside totals over space and rows whose place is nowhere; flag what does not fit."""
    key = place_key(stack)
    placement.set_aside(places.rows_with(PlaceOutcome.TOTAL), ReasonCode.TOTAL_ROW, key)
    if stack.source.kind == "tallies":
        placement.set_aside(places.rows_with(PlaceOutcome.BLANK), ReasonCode.AREA_MISSING, key)
    nowhere = places.rows_with(PlaceOutcome.NOWHERE)
    placement.set_aside(nowhere, ReasonCode.AREA_NOT_IN_CATALOGUE, key)
    ambiguous = places.rows_with(PlaceOutcome.AMBIGUOUS)
    placement.set_aside(ambiguous, ReasonCode.PLACE_AMBIGUOUS, key)
    placement.flag(places.rows_with(PlaceOutcome.NOT_MATCHED), ReasonCode.AREA_NOT_MATCHED, key)
    code = ReasonCode.AREA_CONTRADICTS_NAME
    placement.flag(places.rows_against(code), code, key)
    code = ReasonCode.PARENT_CONTRADICTS_AREA
    parent = "parent_name" if stack.has("parent_name") else "parent"
    placement.flag(places.rows_against(code), code, parent)


def place_key(stack: Stack) -> str:
    """Return the key of the column to blame for a place."""
    for key in ("area_name", "area", "parent_name", "parent"):
        if stack.has(key):
            return key
    return ""


def _outside(dates: RowDates, valid: Span) -> Rows:
    """Return the rows none of whose possible days is valid; unknown dates are not outside."""
    first, last = np.datetime64(valid.first), np.datetime64(valid.last)
    outside: Rows = (last_days(dates) < first) | (dates.first > last)
    return outside
