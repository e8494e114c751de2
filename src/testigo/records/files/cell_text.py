"""Values of a typed cell as text, the way an office would type them."""

from __future__ import annotations

import datetime as dt
import math
from typing import Final

_WHOLE_UP_TO: Final = 2.0**53  # beyond it a spreadsheet no longer knows its digits


def text_of(value: object) -> str | None:
    """Return a cell as text; None for a blank one.

    Dates are ISO, a date-time at midnight is a date, and 5030000.0 is 5030000: spreadsheets
    keep every number as a fraction, and codes are numbers to them.

    Examples
    --------
    >>> text_of(5030000.0), text_of(dt.datetime(2020, 1, 31)), text_of(" ")
    ('5030000', '2020-01-31', None)
    """
    if isinstance(value, str):
        return value if value.strip() else None
    if value is None or isinstance(value, bool):
        return None if value is None else str(value).upper()
    if isinstance(value, float):
        return _number_text(value)
    if isinstance(value, dt.datetime):
        midnight = value.time() == dt.time()
        return value.date().isoformat() if midnight else value.isoformat()
    return str(value)


def _number_text(value: float) -> str | None:
    if math.isnan(value):
        return None
    if value.is_integer() and abs(value) <= _WHOLE_UP_TO:
        return str(int(value))
    return repr(value)
