"""Dates as stretches of days: a month is known to the month, a missing day to its year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MONTHS = 12
_LENGTHS = {"day": "D", "month": "M", "year": "Y"}


def date_bounds(date: pa.Array, precision: pa.Array, death: pa.Array) -> dict[str, pa.Array]:
    """Return the first and last day that each date allows, as days since 1970.

    Parameters
    ----------
    date, precision
        First day allowed and `day`, `month`, `year` or `unknown`; without a precision, a day.
    death
        Taken where the date is unknown: most die on the day.

    Returns
    -------
    dict
        `day_low`, `day_high` and `day` (null unless known to the day), int32.
    """
    words = pc.fill_null(precision.cast(pa.string()), "day")
    first = pc.if_else(pc.equal(words, "unknown"), None, date.cast(pa.date32()))
    death = death.cast(pa.date32())
    fallen_back = pc.and_(pc.is_null(first), pc.is_valid(death))
    first = pc.coalesce(first, death)
    words = pc.if_else(fallen_back, "day", words)
    low = first.cast(pa.int32())
    high = low
    for word, letter in _LENGTHS.items():
        if word != "day":
            high = pc.if_else(pc.equal(words, word), _last_days(low, letter), high)
    exact = pc.if_else(pc.equal(words, "day"), low, None)
    return {"day_low": low, "day_high": high, "day": exact}


def swapped_days(days: pa.Array) -> pa.Array:
    """Return the dates with day and month exchanged, as days since 1970; null where no date.

    Examples
    --------
    >>> import pyarrow as pa
    >>> march_4 = pa.array([18690], pa.int32())  # 2021-03-04
    >>> swapped_days(march_4).cast(pa.date32()).to_pylist()
    [datetime.date(2021, 4, 3)]
    """
    known = pc.is_valid(days)
    numbers = pc.fill_null(days, 0).to_numpy(zero_copy_only=False).astype("datetime64[D]")
    months = numbers.astype("datetime64[M]")
    day = (numbers - months).astype(np.int64)
    month = (months - months.astype("datetime64[Y]")).astype(np.int64)
    first = (months.astype("datetime64[Y]").astype("datetime64[M]") + day).astype("datetime64[D]")
    swapped = (first + month).astype(np.int64).astype(np.int32)
    can = pa.array(day < _MONTHS)
    return pc.if_else(pc.and_(known, can), pa.array(swapped), None)


def _last_days(low: pa.Array, letter: str) -> pa.Array:
    days: NDArray[np.int64] = pc.fill_null(low, 0).to_numpy(zero_copy_only=False).astype(np.int64)
    starts: Any = days.astype("datetime64[D]").astype(f"datetime64[{letter}]")
    last = (starts + 1).astype("datetime64[D]").astype(np.int64) - 1
    return pc.if_else(pc.is_valid(low), pa.array(last.astype(np.int32)), None)
