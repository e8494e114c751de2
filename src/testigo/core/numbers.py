"""Numbers as each language writes them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from testigo.core.messages import Language

THIN_SPACE: Final = "\u202f"
_WIDE: Final = Context(prec=400)  # digits enough for any finite number
UNSPLIT_BELOW: Final = 10_000  # Spanish orthography leaves four digits together


@dataclass(frozen=True, slots=True)
class Number:
    """A number to be shown, rounded half away from zero (domain.md 11).

    Attributes
    ----------
    value
        Unrounded.
    decimals
        How many to print.
    percent
        Whether `value` is a share to be printed as a percentage.

    Examples
    --------
    >>> Number(35787).in_language("en"), Number(41.15, 1).in_language("es")
    ('35,787', '41,2')
    >>> Number(0.9528, 1, percent=True).in_language("en")
    '95.3%'
    """

    value: float
    decimals: int = 0
    percent: bool = False

    def in_language(self, language: Language) -> str:
        """Write it; `–` when it is not a finite number."""
        if not math.isfinite(self.value):
            return "–"
        # str, because the repr of a NumPy number is not a number
        shown = Decimal(str(self.value)) * (100 if self.percent else 1)
        rounded = shown.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP, _WIDE)
        if rounded == 0:
            rounded = abs(rounded)  # no minus sign before a zero
        text = f"{rounded:,f}"
        if language == "en":
            return f"{text}%" if self.percent else text
        thousands = THIN_SPACE if abs(rounded) >= UNSPLIT_BELOW else ""
        text = text.replace(",", thousands).replace(".", ",")
        return f"{text}\u00a0%" if self.percent else text
