"""Text that a global replacement damaged: "CNO REPORTADO6" was once "C-6".

Somebody replaced the mark for missing ("-", "NA") by words, everywhere, also inside other words.
The damage shows where the words for missing are glued to letters or digits.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow.compute as pc

from testigo.records.reasons import ReasonCode
from testigo.records.rows.column_keys import DeliveredKey
from testigo.records.rows.values import UNKNOWN, statuses_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from testigo.records.rows.coded import Coded
    from testigo.records.rows.placement import Placement
    from testigo.records.rows.stacking import Stack

MOST_TEXTS: Final = 100_000  # an identifier's column; an office's word for missing comes again
SHORTEST_PHRASE: Final = 5  # letters; "NA" is a part of too many words


def flag_replaced_text(placement: Placement, stack: Stack) -> None:
    """Flag the rows of every column in which words for missing stand inside other text."""
    phrases = _phrases(stack)
    damaging = {
        phrase
        for phrase in phrases
        if any(_glued(column, phrase) for _, _, column in _columns(stack))
    }
    for number, name, column in _columns(stack):
        marked = np.zeros(len(column.texts), bool)
        for phrase in sorted(damaging):
            marked |= _containing(column, phrase)
        if marked.any():
            rows = np.zeros(len(stack), bool)
            rows[stack.rows_of_file(number)] = column.rows_of(marked)
            placement.flag(rows, ReasonCode.REPLACED_TEXT, DeliveredKey(name))


def _columns(stack: Stack) -> Iterator[tuple[int, str, Coded]]:
    for number, table in enumerate(stack.tables):
        for name in table.header:
            yield number, name, stack.delivered(number, name)


def _phrases(stack: Stack) -> set[str]:
    """Return the words for missing that this source uses, without those inside longer ones."""
    words: set[str] = set()
    for _, _, column in _columns(stack):
        if len(column.texts) > MOST_TEXTS:
            continue
        said = column.texts.filter(statuses_of(column.texts) == UNKNOWN)
        words.update(text for text in said.to_pylist() if len(text) >= SHORTEST_PHRASE)
    return {word for word in words if not any(word != other and word in other for other in words)}


def _glued(column: Coded, phrase: str) -> bool:
    pattern = rf"[\pL\pN]{re.escape(phrase)}|{re.escape(phrase)}[\pL\pN]"
    found = column.texts.filter(pc.match_substring(column.texts, phrase))
    return bool(pc.any(pc.match_substring_regex(found, pattern), min_count=0).as_py())


def _containing(column: Coded, phrase: str) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = np.asarray(pc.match_substring(column.texts, phrase), dtype=bool)
    stated: NDArray[np.bool_] = statuses_of(column.texts) != UNKNOWN
    return inside & stated
