"""Which texts say that a row is the sum of other rows."""

from __future__ import annotations

from typing import Final

from testigo.records.folding import fold

_TOTALS: Final = frozenset(
    {"total", "totales", "gran total", "grand total", "subtotal", "suma", "nacional", "national"}
)


def says_total(text: str | None) -> bool:
    """Say whether the name of a row means the sum of other rows.

    An area that bears such a name is the caller's to tell apart.

    Examples
    --------
    >>> says_total("TOTAL"), says_total("Total nacional"), says_total("Totalco"), says_total(None)
    (True, True, False, False)
    """
    folded = fold(text) if text else ""
    return folded in _TOTALS or folded.startswith("total ")
