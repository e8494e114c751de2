"""Names of months and days of the week, in Spanish and English, also abbreviated or misspelled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from testigo.core import MONTHS_IN_YEAR
from testigo.records.folding import fold

_MONTHS: Final = (
    ("enero", "january"),
    ("febrero", "february"),
    ("marzo", "march"),
    ("abril", "april"),
    ("mayo", "may"),
    ("junio", "june"),
    ("julio", "july"),
    ("agosto", "august"),
    ("septiembre", "setiembre", "september"),
    ("octubre", "october"),
    ("noviembre", "november"),
    ("diciembre", "december"),
)
MONTH_OF: Final = {
    name[:length]: number
    for number, names in enumerate(_MONTHS, start=1)
    for name in names
    for length in range(3, len(name) + 1)
}
"""Month number by folded name or abbreviation."""

_WEEKDAYS: Final = (
    ("lunes", "monday"),
    ("martes", "tuesday"),
    ("miercoles", "wednesday"),
    ("jueves", "thursday"),
    ("viernes", "friday"),
    ("sabado", "saturday"),
    ("domingo", "sunday"),
)
_WEEKDAY_OF: Final = {
    name[:length]: number
    for number, names in enumerate(_WEEKDAYS)
    for name in names
    for length in (2, 3, len(name))
}
MOST_SLIPS: Final = 2  # letters missed, added, changed or swapped in a misspelled day


@dataclass(frozen=True, slots=True)
class WeekdayReading:
    """What a text says as a day of the week.

    Attributes
    ----------
    number
        0 for Monday to 6 for Sunday; None when not understood.
    misspelled
        Whether it is not a name or an abbreviation of one.
    """

    number: int | None
    misspelled: bool


def month_number(text: str) -> int | None:
    """Return the month that a name, an abbreviation or a number means; None for anything else.

    Examples
    --------
    >>> month_number("Ene."), month_number("03"), month_number("9.0"), month_number("Total")
    (1, 3, 9, None)
    """
    found = re.fullmatch(r"(\d{1,2})(?:[.,]0+)?", text.strip())
    number = int(found[1]) if found else MONTH_OF.get(fold(text), 0)
    return number if 1 <= number <= MONTHS_IN_YEAR else None


def read_weekday(text: str) -> WeekdayReading:
    """Read a day of the week; a misspelled one is read when a single day is nearest to it.

    Examples
    --------
    >>> read_weekday("Sabado")
    WeekdayReading(number=5, misspelled=False)
    >>> read_weekday("Domungo")
    WeekdayReading(number=6, misspelled=True)
    """
    from rapidfuzz.distance import DamerauLevenshtein

    plain = fold(text)
    known = _WEEKDAY_OF.get(plain)
    if known is not None:
        return WeekdayReading(known, misspelled=False)
    slips = sorted(
        (DamerauLevenshtein.distance(plain, name), number)
        for number, names in enumerate(_WEEKDAYS)
        for name in names
    )
    (fewest, number), (next_fewest, _) = slips[:2]
    near = fewest <= MOST_SLIPS and fewest < next_fewest
    return WeekdayReading(number if near else None, misspelled=True)
