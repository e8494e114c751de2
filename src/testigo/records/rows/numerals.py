"""Numbers as institutions write them: 1,234 and 1.234, 5.0, "12 " and 1.2e3."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from testigo.records.reasons import ReasonCode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DecimalMark = Literal[".", ","]

LARGEST_COUNT: Final = 10**12  # nothing that an observatory counts is more
_SPACES: Final = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_GROUPS: Final = re.compile(r"[+-]?\d{1,3}(?:[.,]\d{3})+")
_NUMBER: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")


@dataclass(frozen=True, slots=True)
class CountReading:
    """What a text says as a count.

    Attributes
    ----------
    count
        The number; None when it was not read.
    problem
        Why it was not read.
    """

    count: int | None
    problem: ReasonCode | None = None


def decide_decimal(texts: Iterable[str], *, whole: bool) -> DecimalMark:
    """Decide which mark a column puts before decimals; the other one separates thousands.

    Parameters
    ----------
    texts
        The distinct texts of the column.
    whole
        Whether whole numbers are expected: then "1.234" alone is taken for a thousand.

    Examples
    --------
    >>> decide_decimal(["1.234", "12"], whole=True), decide_decimal(["1.234"], whole=False)
    (',', '.')
    >>> decide_decimal(["1.234,5"], whole=False), decide_decimal(["1.234", "3.0"], whole=True)
    (',', '.')
    """
    decimals: set[str] = set()
    groups: set[str] = set()
    for text in texts:
        plain = _SPACES.sub("", text.strip())
        marks = [mark for mark in plain if mark in ".,"]
        if not marks:
            continue
        repeated = len(marks) > 1 and len(set(marks)) == 1
        if _GROUPS.fullmatch(plain) and len(set(marks)) == 1 and (repeated or whole):
            groups.add(marks[0])
        elif not repeated:  # 1.2.3 is no number and tells nothing
            decimals.add(marks[-1])
    if len(decimals) == 1:
        return "," if "," in decimals else "."
    return "," if groups == {"."} and not decimals else "."


def read_number(text: str, decimal: DecimalMark) -> float | None:
    """Read a number; None when the text is not one.

    Examples
    --------
    >>> read_number("1.234,5", ","), read_number("12 345", "."), read_number("doce", ".")
    (1234.5, 12345.0, None)
    """
    thousands = "." if decimal == "," else ","
    plain = _SPACES.sub("", text.strip())
    if thousands in plain:
        whole, mark, rest = plain.partition(decimal)
        if _GROUPS.fullmatch(whole) is None:
            return None
        plain = whole.replace(thousands, "") + mark + rest
    plain = plain.replace(decimal, ".")
    number = float(plain) if _NUMBER.fullmatch(plain) else math.nan
    return number if math.isfinite(number) else None


def read_numbers(
    texts: Sequence[str | None], *, whole: bool, decimal: DecimalMark | None = None
) -> list[float | None]:
    """Read the texts of one column as numbers; None where a text is blank or is not one.

    Parameters
    ----------
    texts
        Those of the whole column (the distinct ones are enough), because only together do they
        tell which mark stands before decimals.
    whole
        Whether whole numbers are expected: then "1.234" alone is taken for a thousand.
    decimal
        The mark before decimals, where it is known.

    Examples
    --------
    >>> read_numbers(["1.234.567", "89", None, "12 5"], whole=True)
    [1234567.0, 89.0, None, None]
    """
    mark = decimal or decide_decimal((text for text in texts if text), whole=whole)
    return [read_number(text, mark) if text else None for text in texts]


def read_count(text: str, decimal: DecimalMark) -> CountReading:
    """Read a count: a whole number, zero or more.

    Examples
    --------
    >>> read_count("12.0", ".").count, str(read_count("1.5", ".").problem)
    (12, 'value_fractional')
    """
    number = read_number(text, decimal)
    if number is None or abs(number) > LARGEST_COUNT:
        return CountReading(None, ReasonCode.VALUE_NOT_A_NUMBER)
    if number < 0:
        return CountReading(None, ReasonCode.VALUE_NEGATIVE)
    if number != int(number):
        return CountReading(None, ReasonCode.VALUE_FRACTIONAL)
    return CountReading(int(number))


def decimals_of(text: str, decimal: DecimalMark) -> int:
    """Return how many decimals a number is printed with.

    Examples
    --------
    >>> decimals_of("41.20", "."), decimals_of("41", ".")
    (2, 0)
    """
    return len(text.strip().partition(decimal)[2])
