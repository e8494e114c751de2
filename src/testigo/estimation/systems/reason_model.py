"""What one reason for doubt in an estimate is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from testigo.core import Message, VerdictStatus


@dataclass(frozen=True, slots=True)
class ReasonText:
    """What a code says.

    Attributes
    ----------
    status
        What the reason alone decides.
    text
        With places for `measured` and `threshold`.
    decimals
        Of the two.
    percent
        Whether they are shares.
    of_people
        Whether the measured number counts people, so that a small one may have to be hidden.
    in_words
        Said instead of the measured number: of these, the last whose number is below it; the first
        also where it is not known.
    """

    status: VerdictStatus
    text: Message
    decimals: tuple[int, int] = (0, 0)
    percent: bool = False
    of_people: bool = False
    in_words: tuple[tuple[float, Message], ...] = ()
