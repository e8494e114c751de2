"""One spelling for comparison: column names, places and codes are compared after folding."""

from __future__ import annotations

import re
from typing import Final

_INITIALS: Final = re.compile(r"\b(\w)\.(?=\w\b)")  # D.F. is DF, Sta.Maria is Sta Maria
_OTHER: Final = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    r"""Return the text in lower case without accents, punctuation or surplus white space.

    Apostrophes vanish, all other punctuation and line breaks separate words. Callers with many
    rows fold each distinct value once.

    Examples
    --------
    >>> fold("  CÓDIGO\n DANE "), fold("Ñuñoa"), fold("Bogotá, D.C."), fold("O’Higgins")
    ('codigo dane', 'nunoa', 'bogota dc', 'ohiggins')
    """
    if not text.isascii():
        from anyascii import anyascii

        text = anyascii(text)
    text = _INITIALS.sub(r"\1", text.lower().replace("'", ""))
    return _OTHER.sub(" ", text).strip()
