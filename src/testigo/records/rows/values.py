"""What a text in a cell says about itself: stated, unknown, withheld.

A blank cell was not collected; "NO REPORTADO" was asked and is unknown; "*" is known and withheld.
Unknown, not collected, withheld and zero stay apart. An office adds its own words through
hand/code_maps.csv, whose value may be one of the statuses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.records.rows.codes import comparison_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from testigo.records.model import ValueStatus
    from testigo.records.rows.coded import Coded

STATED: Final = 0  # positions in STATUSES
UNKNOWN: Final = 1
NOT_COLLECTED: Final = 2
WITHHELD: Final = 3
STATUSES: Final[tuple[ValueStatus, ...]] = ("stated", "unknown", "not_collected", "withheld")

_UNKNOWN_WORDS: Final = (
    "desconocida",
    "desconocido",
    "dato no disponible",
    "ignorada",
    "ignorado",
    "missing",
    "n.a",
    "n.d",
    "n.e",
    "n.r",
    "n/a",
    "n/d",
    "n/e",
    "n/r",
    "na",
    "nan",
    "nd",
    "no consta",
    "no disponible",
    "no especifica",
    "no especificada",
    "no especificado",
    "no identificada",
    "no identificado",
    "no informado",
    "no registra",
    "no registrado",
    "no reporta",
    "no reportada",
    "no reportado",
    "no se sabe",
    "no sabe",
    "not available",
    "not known",
    "not reported",
    "not specified",
    "not stated",
    "nr",
    "null",
    "por determinar",
    "por establecer",
    "s.d",
    "s.i",
    "s/d",
    "s/i",
    "sd",
    "se desconoce",
    "se ignora",
    "sin dato",
    "sin datos",
    "sin determinar",
    "sin especificar",
    "sin establecer",
    "sin informacion",
    "sin información",
    "unknown",
    "unspecified",
)
_WITHHELD_WORDS: Final = (
    "confidencial",
    "confidential",
    "información reservada",
    "informacion reservada",
    "redacted",
    "reservada",
    "reservado",
    "restringido",
    "suppressed",
    "suprimido",
    "withheld",
)
_DRESS: Final = " .-_–—?¿()[]'\"\u00a0"


def statuses_of(texts: pa.StringArray) -> NDArray[np.int8]:
    """Say of each text whether it states something, is unknown or is withheld; shape (text,).

    A text of nothing but marks ("-", "--", "?") is unknown; stars are withheld.

    Examples
    --------
    >>> given = pa.array(["ARMA BLANCA", "No reportado", "-", "*", "S/D", "n.d."])
    >>> [STATUSES[code] for code in statuses_of(given)]
    ['stated', 'unknown', 'unknown', 'withheld', 'unknown', 'unknown']
    """
    plain = pc.utf8_lower(pc.utf8_trim(texts, _DRESS))
    unknown = pc.or_(_among(plain, _UNKNOWN_WORDS), pc.equal(plain, ""))
    starred = pc.match_substring_regex(plain, r"^\*+$")
    withheld = pc.or_(_among(plain, _WITHHELD_WORDS), starred)
    found = np.full(len(texts), STATED, np.int8)
    found[_bits(unknown)] = UNKNOWN
    found[_bits(withheld)] = WITHHELD
    for status, code in (("unknown", UNKNOWN), ("not_collected", NOT_COLLECTED)):
        found[_bits(pc.equal(texts, status))] = code
    return found


def mapped_codes(
    column: Coded, code_maps: Mapping[tuple[str, str, str], str], *, source: str, field: str
) -> Coded:
    """Say a column as the office's code map says it; the source's own lines win over `*`.

    Delivered values are compared after folding; "1.0" is 1, and 01 is not.
    """
    meant = {
        (owner, comparison_key(given)): ours
        for (owner, of_field, given), ours in code_maps.items()
        if of_field == field and owner in {source, "*"}
    }
    if not meant:
        return column
    renamed = {}
    for text in column.values():
        key = comparison_key(text)
        ours = meant.get((source, key), meant.get(("*", key)))
        if ours is not None:
            renamed[text] = ours
    return column.renamed(renamed)


def tidy(text: str) -> str:
    r"""Return a text on one line, without surplus white space.

    Examples
    --------
    >>> tidy("Naucalpan \nde Juárez")
    'Naucalpan de Juárez'
    """
    return " ".join(text.split())


def _among(texts: pa.Array, words: tuple[str, ...]) -> pa.BooleanArray:
    return pc.is_in(texts, value_set=pa.array(words, pa.string()))


def _bits(flags: pa.BooleanArray) -> NDArray[np.bool_]:
    return np.asarray(flags.to_numpy(zero_copy_only=False), dtype=bool)
