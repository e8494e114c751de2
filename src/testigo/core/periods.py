"""Periods of time as figures carry them: a year, a month or a day, written the ISO way."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Self

from testigo.core.errors import UsageError
from testigo.core.messages import Message

PeriodLength = Literal["year", "month", "day"]

DAYS_IN_YEAR: Final = 365.25
MONTHS_IN_YEAR: Final = 12
YEAR_LETTERS: Final = 4
"""Letters of a period that is a year, as 2020."""
MONTH_LETTERS: Final = 7
"""Letters of a period that is a month, as 2020-03."""
_LETTERS: Final = {"year": YEAR_LETTERS, "month": MONTH_LETTERS, "day": 10}
_FORM: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, a month or a day.

    Attributes
    ----------
    first
        Its first day.
    length
        `year`, `month` or `day`.

    Examples
    --------
    >>> Period.parse("2020-02").days
    29
    >>> Date = date(2020, 2, 29)
    >>> Date in Period.parse("2020")
    True
    """

    first: date
    length: PeriodLength

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2020`, `2020-03` or `2020-03-15`; raise `UsageError` for anything else."""
        found = _FORM.fullmatch(text.strip())
        try:
            if found is None:
                raise ValueError(text)  # noqa: TRY301  # one message for both ways to be wrong
            year, month, day = (int(part) if part else None for part in found.groups())
            first = date(year or 0, 1 if month is None else month, 1 if day is None else day)
        except ValueError:
            raise UsageError(
                Message("{given!r} is not a period.", {"given": text}),
                Message("Write a year (2020), a month (2020-03) or a day (2020-03-15)."),
            ) from None
        return cls(first, "day" if day else "month" if month else "year")

    @property
    def last(self) -> date:
        """The last day of the period."""
        if self.length == "year":
            return self.first.replace(month=MONTHS_IN_YEAR, day=31)
        if self.length == "month":
            days = calendar.monthrange(self.first.year, self.first.month)[1]
            return self.first.replace(day=days)
        return self.first

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return self.first.isoformat()[: _LETTERS[self.length]]
