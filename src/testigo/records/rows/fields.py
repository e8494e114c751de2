"""What accepted rows say beside the count: sex, age, hour, weapon, coordinates ...

A victim whose age cannot be read is still a victim: the value becomes unknown, the row is
flagged, and the count stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.records.reasons import ReasonCode
from testigo.records.rows.numerals import decide_decimal, decimals_of, read_number
from testigo.records.rows.row_dates import PRECISIONS, read_date_column
from testigo.records.rows.traits import age_group_word, read_age, read_hour, sex_words
from testigo.records.rows.values import NOT_COLLECTED, STATED, STATUSES, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from testigo.records.rows.coded import Coded
    from testigo.records.rows.placement import Placement
    from testigo.records.rows.row_dates import RowDates
    from testigo.records.rows.stacking import Stack

PLAIN_TEXTS: Final = ("id", "given_names", "surnames", "full_name", "national_id")  # no status
TEXTS_WITH_STATUS: Final = ("weapon", "location_type", "occupation", "place")
NUMBERS: Final = ("lat", "lon", "rate", "population")
OTHER_DATES: Final = ("death_date", "registration_date", "birth_date")
_NO_DAY: Final = np.datetime64("NaT", "D")
_LIMITS: Final = {"lat": 90.0, "lon": 180.0}


def read_fields(
    placement: Placement, stack: Stack, withheld: frozenset[str]
) -> dict[str, pa.Array]:
    """Read every mapped field that stands beside the count; flag what was not understood.

    Parameters
    ----------
    placement
        Takes the flags.
    stack
        The deliveries.
    withheld
        Fields that must not be stored, because they hold personal data unasked.

    Returns
    -------
    dict
        Column of `ACCEPTED` to its values, shape (row,); the columns not mapped are left out.
    """
    columns: dict[str, pa.Array] = {}
    for field in (*PLAIN_TEXTS, *TEXTS_WITH_STATUS, "sex", "age", "age_group", "hour"):
        if stack.has(field) and field not in withheld:
            columns |= _read_field(placement, stack, field)
    for field in NUMBERS:
        if stack.has(field):
            columns |= _read_numbers(placement, stack, field)
    if "lat" in columns and "lon" in columns:
        _drop_nowhere(placement, columns)
    return columns


def read_other_dates(placement: Placement, stack: Stack) -> dict[str, RowDates]:
    """Read the dates of death, registration and birth; flag those not understood."""
    dates = {key: read_date_column(stack, key) for key in OTHER_DATES if stack.has(key)}
    for key, found in dates.items():
        placement.flag(found.problem > 0, ReasonCode.FIELD_NOT_UNDERSTOOD, key)
    if "birth_date" in dates:  # a year of birth is no first of January
        found = dates["birth_date"]
        known = found.precision == PRECISIONS.index("day")
        dates["birth_date"] = replace(found, first=np.where(known, found.first, _NO_DAY))
    return dates


def _read_field(placement: Placement, stack: Stack, field: str) -> dict[str, pa.Array]:
    column, status = stack.column(field), stack.statuses(field)
    if field in PLAIN_TEXTS and not (status != STATED).any():
        return {field: column.take(column.texts)}
    if field in PLAIN_TEXTS:
        stated = pc.if_else(pa.array(status == STATED), column.texts, None)
        return {field: column.take(stated)}
    if field in TEXTS_WITH_STATUS:
        return _with_status(field, column, column.texts, status)
    if field == "sex":
        return _read_sex(placement, column, status)
    if field == "age_group":
        words = pa.array([age_group_word(text) for text in column.values()], pa.string())
        return _with_status(field, column, words, status)
    return _read_whole(placement, column, status, field)


def _with_status(
    field: str, column: Coded, values: pa.Array, status: NDArray[np.int8]
) -> dict[str, pa.Array]:
    values = pc.if_else(pa.array(status == STATED), values, None)
    said = column.spread(status, blank=NOT_COLLECTED)
    return {field: column.take(values), f"{field}_status": status_words(said)}


def status_words(status: NDArray[np.int8]) -> pa.Array:
    """Return the words of statuses given by number, shape (row,)."""
    words = pa.array(STATUSES, pa.string())
    return pa.DictionaryArray.from_arrays(pa.array(status), words).cast(pa.string())


def _read_sex(placement: Placement, column: Coded, status: NDArray[np.int8]) -> dict[str, pa.Array]:
    texts = column.values()
    words = sex_words(texts)
    lone = np.array([text.casefold() == "m" and text not in words for text in texts], bool)
    placement.flag(column.rows_of(lone), ReasonCode.FIELD_NOT_UNDERSTOOD, "sex")
    status = np.where(lone, np.int8(UNKNOWN), status)
    values = pa.array([words.get(text, text) for text in texts], pa.string())
    return _with_status("sex", column, values, status)


def _read_whole(
    placement: Placement, column: Coded, status: NDArray[np.int8], field: str
) -> dict[str, pa.Array]:
    """Read ages or hours."""
    texts, stated = column.values(), (status == STATED).tolist()
    problems: Sequence[ReasonCode | None]
    if field == "age":
        readings = [read_age(text) for text in texts]
        numbers = [reading.age for reading in readings]
        problems = [reading.problem for reading in readings]
    else:
        numbers = [read_hour(text) for text in texts]
        problems = [
            None if number is not None else ReasonCode.FIELD_NOT_UNDERSTOOD for number in numbers
        ]
    for code in (ReasonCode.FIELD_NOT_UNDERSTOOD, ReasonCode.AGE_IMPLAUSIBLE):
        bad = [found == code and said for found, said in zip(problems, stated, strict=True)]
        placement.flag(column.rows_of(np.array(bad, bool)), code, field)
    unread = np.array([problem is not None for problem in problems], bool)
    status = np.where(unread & (status == STATED), np.int8(UNKNOWN), status)
    return _with_status(field, column, pa.array(numbers, pa.int64()), status)


def _read_numbers(placement: Placement, stack: Stack, field: str) -> dict[str, pa.Array]:
    column = stack.column(field)
    texts = column.values()
    stated = (stack.statuses(field) == STATED).tolist()
    decimal = stack.source.decimal or decide_decimal(sorted(texts), whole=field == "population")
    numbers = [
        read_number(text, decimal) if said else None
        for text, said in zip(texts, stated, strict=True)
    ]
    bad = [said and number is None for said, number in zip(stated, numbers, strict=True)]
    placement.flag(column.rows_of(np.array(bad, bool)), ReasonCode.FIELD_NOT_UNDERSTOOD, field)
    if field in _LIMITS:
        beyond = [number is not None and abs(number) > _LIMITS[field] for number in numbers]
        rows = column.rows_of(np.array(beyond, bool))
        placement.flag(rows, ReasonCode.COORDINATES_IMPOSSIBLE, field)
        numbers = [None if out else number for out, number in zip(beyond, numbers, strict=True)]
    columns = {field: column.take(pa.array(numbers, pa.float64()))}
    if field == "rate":
        decimals = [
            None if number is None else decimals_of(text, decimal)
            for text, number in zip(texts, numbers, strict=True)
        ]
        columns["rate_decimals"] = column.take(pa.array(decimals, pa.int64()))
    return columns


def _drop_nowhere(placement: Placement, columns: dict[str, pa.Array]) -> None:
    """Drop the point 0, 0, which is where missing coordinates end up."""
    zero = pc.and_(pc.equal(columns["lat"], 0.0), pc.equal(columns["lon"], 0.0)).fill_null(False)
    rows = np.asarray(zero.to_numpy(zero_copy_only=False), dtype=bool)
    placement.flag(rows, ReasonCode.COORDINATES_IMPOSSIBLE, "lat")
    for field in ("lat", "lon"):
        columns[field] = pc.if_else(pa.array(rows), None, columns[field])
