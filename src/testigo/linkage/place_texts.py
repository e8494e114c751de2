"""Place texts as they are compared: street words dropped, barrio and numbers kept."""

from __future__ import annotations

import re
from typing import Final

from testigo.records import fold

_DROPPED: Final = frozenset(
    (
        "barrio br b bo bario barr colonia col urbanizacion urb sector vereda vda caserio cas "
        "canton calle cll cl c carrera cra kra cr k avenida av ave avda diagonal diag dg "
        "transversal tv tr transv con y e de del la las los el en entre numero no nro num frente a "
        "al por comuna corregimiento corr localidad zona casa lote manzana mz mza block blk street "
        "st road rd drive dr lane ln boulevard blvd place pl court ct highway hwy the of and near "
        "north south east west n s w ward suite apt unit via km kilometro pasaje psje"
    ).split()
)
_UNKNOWN: Final = re.compile(r"^(no|sin|nd|sd|na|nn|desconocid|unknown|ignorad|no disponible)")
_GLUED: Final = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_FEWEST: Final = 2


def place_words(text: str | None) -> str:
    """Return the telling words of a place, sorted and joined; empty when it tells nothing.

    Examples
    --------
    >>> place_words("Barrio La Floresta, Calle 17 con Cra. 5")
    '17 5 floresta'
    >>> place_words("CLL17 # 5 Br. Floresta")
    '17 5 floresta'
    >>> place_words("Sin información")
    ''
    """
    folded = fold(text or "")
    if not folded or (_UNKNOWN.match(folded) and len(folded.split()) <= _FEWEST + 1):
        return ""
    words = _GLUED.sub(" ", folded).split()
    return " ".join(sorted({word for word in words if word not in _DROPPED}))
