"""Printed numbers: how exact they are, how to round them, what a word such as "nearly" allows."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from testigo.records.consistency.model import Qualifier

_WIDE: Final = Context(prec=60)  # products of the largest numbers that a claim may state
WILSON_Z: Final = 1.96  # domain.md 2.1: 95 %, no continuity correction
ROUGHLY: Final = Decimal("0.05")  # project default: how far "about" and "nearly" may be off
# project default: how far "about" and "nearly" may be from the number


def decimals_of(number: Decimal) -> int:
    """Return how many decimals were printed.

    Examples
    --------
    >>> decimals_of(Decimal("70.20")), decimals_of(Decimal("81")), decimals_of(Decimal("1E+3"))
    (2, 0, 0)
    """
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded(value: float | Decimal, decimals: int) -> Decimal:
    """Round half away from zero, as printed tables do (domain.md 11)."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _WIDE)


def plain(value: float | Decimal, decimals: int) -> str:
    """Write a number for the columns `found` and `expected`: no thousands mark, decimal point.

    Examples
    --------
    >>> plain(2001.09, 0), plain(-7.878, 1)
    ('2001', '-7.9')
    """
    return f"{rounded(value, decimals):f}"


def as_printed(number: Decimal) -> Number:
    """Return a printed number, to be shown with the digits it came with."""
    return Number(float(number), decimals_of(number))


def half_step(number: Decimal) -> Decimal:
    """Half of the last printed digit: how far the true value may be from a rounded one."""
    return Decimal(5).scaleb(-decimals_of(number) - 1)


def decimals_to_tell(value: Decimal, said: Decimal) -> int:
    """Return the fewest decimals, at least one, that tell a value from what a text says.

    Examples
    --------
    >>> [decimals_to_tell(Decimal(value), Decimal(3)) for value in ("3.235", "2.95")]
    [1, 2]
    """
    fewest = max(1, decimals_of(said))
    telling = (n for n in range(fewest, fewest + 4) if rounded(value, n) != said)
    return fewest if value == said else next(telling, fewest)


@dataclass(frozen=True, slots=True)
class ShareInterval:
    """A share and its Wilson score limits.

    Attributes
    ----------
    share, low, high
        Between 0 and 1; 95 % coverage.
    """

    share: float
    low: float
    high: float


def wilson_interval(part: float, whole: float) -> ShareInterval:
    """Return a share with its Wilson score limits (z = 1.96, clamped to 0 and 1).

    Parameters
    ----------
    part, whole
        Counts, 0 <= part <= whole and whole > 0.

    Notes
    -----
    Wilson 1927, Journal of the American Statistical Association 22, 209-212; domain.md 2.1.

    Examples
    --------
    >>> shares = wilson_interval(20, 26)
    >>> round(100 * shares.low), round(100 * shares.high)
    (58, 89)
    """
    share = part / whole
    square = WILSON_Z**2
    centre = (share + square / (2 * whole)) / (1 + square / whole)
    spread = math.sqrt(share * (1 - share) / whole + square / (4 * whole**2))
    margin = WILSON_Z * spread / (1 + square / whole)
    low = max(0.0, centre - margin) if part else 0.0  # exactly, whatever floats make of it
    high = min(1.0, centre + margin) if part != whole else 1.0
    return ShareInterval(share, low, high)


def agrees(value: Decimal, said: Decimal, qualifier: Qualifier) -> bool:
    """Whether a value is what a text says it is.

    Parameters
    ----------
    value
        Computed from printed numbers without a detour over binary ones, unrounded: a half must
        stay a half.
    said
        The text's number, with its digits.
    qualifier
        The text's word: `exactly` compares after rounding to the digits of `said`; `nearly` asks
        for a little less, `about` for a little more or less (5 %).

    Examples
    --------
    >>> [agrees(Decimal(value), Decimal(70), "nearly") for value in ("69.2", "70.2")]
    [True, False]
    >>> agrees(100 * (Decimal(2045) / 2000 - 1), Decimal("2.3"), "exactly")  # 2.25
    True
    """
    if qualifier == "exactly":
        return rounded(value, decimals_of(said)) == said
    return _ALLOWS[qualifier](value, said)


def phrase(said: Decimal, qualifier: Qualifier, *, percent: bool = False) -> Message:
    """Say a number the way the text says it: `nearly 70`."""
    number = Number(float(said) / (100 if percent else 1), decimals_of(said), percent=percent)
    return replace(_PHRASES[qualifier], values={"number": number})


def percentage(said: Decimal) -> Number:
    """Return a printed percentage (81 for 81 %), to be shown with the digits it came with."""
    return Number(float(said) / 100, decimals_of(said), percent=True)


_ALLOWS: Final[Mapping[Qualifier, Callable[[Decimal, Decimal], bool]]] = {
    "about": lambda value, said: abs(value - said) <= ROUGHLY * abs(said),
    "nearly": lambda value, said: said - ROUGHLY * abs(said) <= value < said,
    "more_than": lambda value, said: value > said,
    "at_least": lambda value, said: value >= said,
    "less_than": lambda value, said: value < said,
    "at_most": lambda value, said: value <= said,
}
_PHRASES: Final[Mapping[Qualifier, Message]] = {
    "exactly": Message("{number}"),
    "about": Message("about {number}"),
    "nearly": Message("nearly {number}"),
    "more_than": Message("more than {number}"),
    "at_least": Message("at least {number}"),
    "less_than": Message("less than {number}"),
    "at_most": Message("at most {number}"),
}
