"""Where a table lies in a delivered sheet: the row of its header, and the notes under it.

Institutions put titles and a logo above the header and a total, the source and signatures below
the data. Rows here are lists of cells, None for a blank one.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from testigo.records.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

_FILLED_SHARE: Final = 0.6  # of the widest row, from which a row can be the header
_LONG_NOTE: Final = 60  # characters; names of places and weapons are shorter
_NUMERIC_SHARE: Final = 0.9
_TOTAL_WORDS: Final = 4
_NUMBER: Final = re.compile(r"[-+]?\d[\d.,\s\u00a0]*%?")
_STARTS_WITH_DIGIT: Final = re.compile(r"\s*[-+]?\d")
_TOTAL: Final = re.compile(r"(?:gran |sub ?|suma )?tota(?:l|les|is)\b|sum[ae]s?$|sumatoria$")
_NOTE: Final = re.compile(
    r"(?:fuentes?|fontes?|sources?|notas?|notes?|elabor\w+|revis(?:ado|o|ion)|autoriz(?:ado|o)|"
    r"aprob(?:ado|o)|actualiz\w+|ultima actualizacion|corte|fecha de \w+|datos|cifras|data d[ea]|"
    r"observacion(?:es)?|aclaracion(?:es)?|informacion|obs|generado|consultado|updated|"
    r"last updated?)\b"
)
_NOTE_SIGN: Final = re.compile(r"\s*(?:[*†‡#]|\(\*+\)|\(?\d{1,2}[/)]\s*[^\W\d_]{2})")
_COLON: Final = re.compile(r"[^:]{3,40}:\s")


def find_header(rows: Sequence[Sequence[str | None]], expected: Collection[str]) -> int:
    """Return the index of the row that names the columns.

    `expected` (folded names that the configuration asks for) is the strongest evidence; without
    it, the header is the first row that is about as full as the fullest one.

    Examples
    --------
    >>> find_header([["POLICE", None], [None, None], ["Place", "Dead"], ["Lima", "3"]], ())
    2
    """
    hits = expected_in(rows, expected)
    most = max(hits, default=0)
    by_shape = _first_full_row(rows)
    if most > 1 or most == len(expected) > 0:
        return hits.index(most)
    return by_shape


def expected_in(rows: Iterable[Sequence[object]], expected: Collection[str]) -> list[int]:
    """Return how many of the expected (folded) names each row holds."""
    if not expected:
        return [0 for _ in rows]
    wanted = frozenset(expected)
    folded = cache(fold)  # the same texts come back in row after row
    return [
        len({folded(cell) for cell in row if cell and isinstance(cell, str)} & wanted)
        for row in rows
    ]


def _first_full_row(rows: Sequence[Sequence[str | None]]) -> int:
    filled = [filled_cells(row) for row in rows]
    fullest = max(filled, default=0)
    for index, (row, count) in enumerate(zip(rows, filled, strict=True)):
        cells = [cell for cell in row if cell]
        if count >= max(_FILLED_SHARE * fullest, 1) and len(set(cells)) == count:
            return index
    return next((index for index, count in enumerate(filled) if count), 0)


def filled_cells(row: Sequence[str | None]) -> int:
    """Return how many cells of a row hold anything."""
    return sum(cell is not None for cell in row)


def unique_names(names: Sequence[str | None]) -> tuple[str, ...]:
    r"""Give each column one name of its own, without line breaks and surplus spaces.

    Examples
    --------
    >>> unique_names(["Mes", "Mes", None, " Código\nDANE "])
    ('Mes', 'Mes (2)', '(3)', 'Código DANE')
    """
    seen: Counter[str] = Counter()
    given: list[str] = []
    for position, name in enumerate(names, start=1):
        plain = " ".join((name or "").split()) or f"({position})"
        chosen = plain
        while chosen in seen:
            seen[plain] += 1
            chosen = f"{plain} ({seen[plain]})"
        seen[chosen] += 1
        given.append(chosen)
    return tuple(given)


def is_note(text: str) -> bool:
    """Whether a text begins as the notes under a table do (source, date of extraction)."""
    return _NOTE_SIGN.match(text) is not None or _NOTE.match(fold(text)) is not None


def _is_note_for_sure(text: str) -> bool:
    """Also tell a note from a place: Fuente de Oro is a town, `Fuente: DIJIN` is not."""
    return is_note(text) and (_COLON.match(f"{text} ") or _NOTE_SIGN.match(text)) is not None


def find_footers(
    tail: Sequence[Sequence[str | None]], typical: int, numeric: Callable[[int], bool]
) -> list[bool]:
    """Say for each of the last rows whether it belongs to the total and notes under the table.

    A row of data is never taken for a footer: only rows that are nearly empty at the very end
    are looked at, and only from the first one that says what it is.

    Parameters
    ----------
    tail
        The last rows of the table.
    typical
        How many cells an ordinary row fills.
    numeric
        Whether a column, by index, holds numbers or dates throughout.
    """
    start = len(tail)
    while start and _may_be_footer(tail[start - 1], typical):
        start -= 1
    verdict = [False] * len(tail)
    begun = False
    for index in range(start, len(tail)):
        row = tail[index]
        begun = begun or _is_footer(row, typical, numeric)
        verdict[index] = begun and filled_cells(row) > 0
    return verdict


def _may_be_footer(row: Sequence[str | None], typical: int) -> bool:
    filled = filled_cells(row)
    if filled <= min(typical // 2, 2):
        return True
    return _is_total(row) or (filled == 1 and is_note(_first(row)[1]))


def _first(row: Sequence[str | None]) -> tuple[int, str]:
    return next(((index, cell) for index, cell in enumerate(row) if cell is not None), (0, ""))


def _is_total(row: Sequence[str | None]) -> bool:
    """Whether a row says total first and holds nothing but numbers after it."""
    index, text = _first(row)
    folded = fold(text)
    if not _TOTAL.match(folded) or len(folded.split()) > _TOTAL_WORDS:
        return False
    rest = [cell for cell in row[index + 1 :] if cell is not None]
    return all(_NUMBER.fullmatch(cell.strip()) for cell in rest)


def _is_footer(row: Sequence[str | None], typical: int, numeric: Callable[[int], bool]) -> bool:
    filled = filled_cells(row)
    if not filled:
        return False
    index, text = _first(row)
    if _is_total(row) or _is_note_for_sure(text) or (filled == 1 and is_note(text)):
        return True
    if filled > 1 or typical <= 1:
        return False
    return len(text) > _LONG_NOTE or (numeric(index) and not _STARTS_WITH_DIGIT.match(text))


def looks_numeric(values: Sequence[str]) -> bool:
    """Whether nearly all values begin with a digit: numbers, codes, dates."""
    digits = sum(_STARTS_WITH_DIGIT.match(value) is not None for value in values)
    return bool(values) and digits >= _NUMERIC_SHARE * len(values)
