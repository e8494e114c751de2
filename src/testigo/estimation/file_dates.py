"""Dates and years of a delivered file, read as the records room reads them, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NoReturn

import numpy as np

from testigo.core import YEAR_LETTERS, Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from testigo.estimation.file_columns import FileColumns
    from testigo.records import DateReading

_WITNESSES: Final = ("31/12/2000", "12/31/2000")  # of a column with the day, the month first


def read_dates_of(
    delivered: FileColumns, column: str
) -> tuple[list[DateReading], NDArray[np.int64]]:
    """Read a column of dates: its distinct ones, and which of them stands in each row.

    Raises
    ------
    InputFileError
        For the first row whose date is blank, not understood, or may be two dates.
    """
    texts, place = delivered.distinct(column)
    readings = _read(texts)
    unread = np.array([each.first is None for each in readings])[place]
    if unread.any():
        index = int(np.argmax(unread))
        refuse_date(delivered, column, index, readings[place[index]])
    return readings, place


def _read(texts: Sequence[str | None]) -> list[DateReading]:
    """Read dates; the one order in which all of them are the first of a month settles doubts."""
    from testigo.records import ReasonCode, read_dates

    readings = read_dates(texts)
    if len(texts) == 1 or ReasonCode.DATE_AMBIGUOUS not in {each.problem for each in readings}:
        return readings
    ways = [read_dates([*texts, witness])[:-1] for witness in _WITNESSES]
    monthly = [way for way in ways if all(each.first and each.first.day == 1 for each in way)]
    return monthly[0] if len(monthly) == 1 else readings


def refuse_date(
    delivered: FileColumns, column: str, index: int, reading: DateReading | None = None
) -> NoReturn:
    """Refuse the date of a row, saying why it cannot be meant.

    Raises
    ------
    InputFileError
        Always.
    """
    from testigo.records import ReasonCode

    given = delivered.texts(column)[index].as_py()
    mend = Message("Write it the ISO way, for instance 2010-07.")
    if given is None or not given.strip():
        what = Message("is blank")
    elif reading is not None and reading.problem is ReasonCode.DATE_AMBIGUOUS:
        what = Message("{given} may be two dates", {"given": repr(given)})
    else:
        what = Message("{given} is not a date", {"given": repr(given)})
    delivered.refuse(index, column, what, mend)


def read_years_of(delivered: FileColumns, column: str) -> NDArray[np.int64]:
    """Read a column of years; shape (row,).

    Raises
    ------
    InputFileError
        For the first row with something else.
    """
    from testigo.records import full_year

    texts, place = delivered.distinct(column)
    plain = [(text or "").strip() for text in texts]
    found = [full_year(text) if len(text) >= YEAR_LETTERS else None for text in plain]
    bad = np.array([each is None for each in found])[place]
    if bad.any():
        index = int(np.argmax(bad))
        given = plain[place[index]]
        what = Message("{given} is not a year", {"given": repr(given)})
        mend = Message("Write four digits, for instance 2010.")
        delivered.refuse(index, column, what if given else Message("is blank"), mend)
    return np.array([each or 0 for each in found], dtype=np.int64)[place]
