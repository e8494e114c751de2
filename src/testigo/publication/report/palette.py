"""Colours and marks. They stay apart for colour-blind readers and on a grey printer.

Each source has a colour, a shape, a dash and a number of its own, so that none of the four has to
do the work alone. Lightness of the ramp falls in even steps; unknown is grey, suppressed is
hatched, zero has its own colour, and fewer than 20 victims stay white.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.core import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

INK: Final = "#1d1b19"
MUTED: Final = "#5c5751"
RULE: Final = "#d9d3c8"
PAPER: Final = "#fdfcf9"
BAND: Final = "#efe9df"
OUTLINE: Final = "#8b857c"

RAMP: Final = ("#d5c3e6", "#b593d1", "#8f62b3", "#663a8f", "#3d1764")
BELOW: Final = ("#8c4a0b", "#dba765")  # far below, below
BELOW_FILLS: Final = ("url(#far-fewer)", "url(#fewer)")  # lined, for a grey printer
AGREE: Final = "#f4f0e6"
ABOVE: Final = ("#7fb8b4", "#0e5a5f")  # above, far above
ZERO: Final = "#dcebc4"
FEW: Final = "#ffffff"
UNKNOWN: Final = "url(#dots)"  # grey; the dots tell it from the ramp on a grey printer
HATCH: Final = "url(#hatch)"

RATIO_BREAKS: Final = (0.5, 9 / 11, 11 / 9, 2.0)  # 9/11 and 11/9: 20 % apart (Bogotá B7)
_NICE: Final = (0.5, 1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 200, 300, 500, 1_000, 2_000)


@dataclass(frozen=True, slots=True)
class Mark:
    """How a source is drawn: colour, shape of its points, dashes of its line."""

    colour: str
    shape: str
    dash: tuple[int, ...]


PENTAGON: Final = "M0,-1L.95,-.31L.59,.81L-.59,.81L-.95,-.31Z"
MARKS: Final = (
    Mark("#332288", "circle", (1, 0)),
    Mark("#b4520a", "square", (6, 2)),
    Mark("#0f766e", "triangle-up", (2, 2)),
    Mark("#882255", "diamond", (8, 3, 2, 3)),
    Mark("#5f7a00", "triangle-down", (10, 3)),
    Mark("#2273b5", "cross", (4, 2)),
    Mark("#8a6400", "triangle-right", (1, 2)),
    Mark("#b83280", "triangle-left", (12, 2, 2, 2)),
    Mark("#3f3f3f", PENTAGON, (3, 3)),
)


def mark_of(place: int) -> Mark:
    """Return the mark of the source at a place of the configuration; they repeat after nine."""
    return MARKS[place % len(MARKS)]


@dataclass(frozen=True, slots=True)
class Shade:
    """One class of a map: a fill, and what it means."""

    code: str
    fill: str
    meaning: Message


SUPPRESSED_SHADE: Final = Shade("suppressed", HATCH, Message("suppressed: too few to be published"))
UNKNOWN_SHADE: Final = Shade("unknown", UNKNOWN, Message("unknown"))
ZERO_SHADE: Final = Shade("zero", ZERO, Message("zero: not one victim"))


def choose_breaks(values: Sequence[float], classes: int = len(RAMP)) -> tuple[float, ...]:
    """Return round class limits, neighbours on a fixed scale, that fill the classes most evenly.

    Parameters
    ----------
    values
        What is to be coloured, shape (n,).
    classes
        How many classes; there is one limit fewer.

    Examples
    --------
    >>> choose_breaks([3, 8, 15, 25, 40, 80, 120])
    (10, 20, 30, 50)
    """
    wanted = classes - 1
    windows = [_NICE[at : at + wanted] for at in range(len(_NICE) - wanted + 1)]
    return min(windows, key=lambda limits: _unevenness(values, limits))


def _unevenness(values: Sequence[float], limits: Sequence[float]) -> int:
    filled = [0] * (len(limits) + 1)
    for value in values:
        filled[class_of(value, limits)] += 1
    return sum(count * count for count in filled)


def class_of(value: float, limits: Sequence[float]) -> int:
    """Return the class, from 0, in which a value falls; a limit belongs to the class above it."""
    return sum(value >= limit for limit in limits)
