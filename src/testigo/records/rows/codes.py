"""Area codes that lost or gained digits on their way: 5030000 for 05030, 1 for 01.

Spreadsheets drop leading zeros, some institutions add the digits of the populated centre. What a
delivery does is decided for the whole column, with the catalogue as the judge.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from testigo.records.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from testigo.core import Area

_DIGITS: Final = re.compile(r"['\"\s]*(\d+)(?:[.,]0+)?['\"\s]*")


def digits_of(text: str) -> str | None:
    """Return the digits of a code that may look like a number; None when it is no number.

    Examples
    --------
    >>> digits_of("5030000.0"), digits_of("'05001"), digits_of("Cali")
    ('5030000', '05001', None)
    """
    found = _DIGITS.fullmatch(text)
    return found[1] if found else None


def comparison_key(text: str) -> str:
    """Return by what a delivered value is compared with one that a person wrote.

    Examples
    --------
    >>> comparison_key("1.0"), comparison_key("HOMICIDIO  Doloso"), comparison_key("-")
    ('1', 'homicidio doloso', '-')
    """
    return digits_of(text) or fold(text) or text.strip()


def read_codes(
    texts: Collection[str], valid: Collection[str], length: int | None = None
) -> dict[str, str]:
    """Say each text of a column of codes as the catalogue writes its codes.

    Parameters
    ----------
    texts
        The distinct texts of the column.
    valid
        The codes of the catalogue; empty where there is no catalogue.
    length
        Digits of a code (`code_length`); None: as many as the catalogue's codes all have.

    Returns
    -------
    dict
        Text to code, for the texts that are numbers. The code need not be in the catalogue.

    Examples
    --------
    >>> read_codes(["5030000", "76001000"], ["05030", "76001"], 5)
    {'5030000': '05030', '76001000': '76001'}
    >>> read_codes(["1", "32"], ["01", "32"])
    {'1': '01', '32': '32'}
    """
    numbers = {text: digits for text in texts if (digits := digits_of(text)) is not None}
    length = length or common_length(valid)
    if length is None or not numbers:
        return numbers
    widest = max(map(len, numbers.values()))
    widths = (widest, widest + 1) if widest > length else (length,)
    known = frozenset(valid)
    readings = [
        {text: digits.zfill(width)[:length] for text, digits in numbers.items()} for width in widths
    ]
    return max(readings, key=lambda codes: sum(code in known for code in codes.values()))


def parent_prefixes(areas: Collection[Area]) -> dict[str, str]:
    """Return the parent that the first digits of an area's code mean; empty when they do not.

    Examples
    --------
    >>> from testigo.core import Area
    >>> names = (("05001", "Medellín"), ("05145", "Caramanta"))
    >>> parent_prefixes([Area(code, name, "area", "ANTIOQUIA") for code, name in names])
    {'05': 'ANTIOQUIA'}
    """
    parents_there = {area.parent or "" for area in areas}
    if all(area.code.startswith(area.parent or "?") for area in areas):
        return {parent: parent for parent in parents_there} if common_length(parents_there) else {}
    for length in reversed(range(1, common_length({area.code for area in areas}) or 1)):
        parents: dict[str, set[str]] = {}
        for area in areas:
            parents.setdefault(area.code[:length], set()).add(area.parent or "")
        if len(parents) == len(parents_there) and all(len(of) == 1 for of in parents.values()):
            return {prefix: of.pop() for prefix, of in parents.items()}
    return {}


def joined_code(
    parent: str, text: str, prefixes: Mapping[str, str], length: int | None
) -> str | None:
    """Return the code of an area whose delivery keeps the parent's digits in another column.

    Examples
    --------
    >>> joined_code("ANTIOQUIA", "1", {"05": "ANTIOQUIA"}, 5)
    '05001'
    """
    digits = digits_of(text)
    if digits is None or length is None:
        return None
    own = [prefix for prefix, of in prefixes.items() if of == parent]
    if len(own) != 1 or len(digits) > length - len(own[0]):
        return None
    return own[0] + digits.zfill(length - len(own[0]))


def common_length(codes: Collection[str]) -> int | None:
    """Return how many characters all codes have; None when they differ or there are none."""
    lengths = {len(code) for code in codes}
    return lengths.pop() if len(lengths) == 1 else None
