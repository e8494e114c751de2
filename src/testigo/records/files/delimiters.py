"""Which sign separates the cells of a delimited text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from testigo.core import ConfigurationError, Message
from testigo.records.files.layout import expected_in
from testigo.records.files.text_lines import top_records

if TYPE_CHECKING:
    from collections.abc import Collection

    from testigo.records.files.text_lines import Lines

_DELIMITERS: Final = (",", ";", "\t", "|")
_IN_WORDS: Final = {"tab": "\t", "\\t": "\t"}
_LINES_LOOKED_AT: Final = 200


def check_delimiter(declared: str | None) -> str | None:
    """Return the declared sign.

    Raises
    ------
    ConfigurationError
        When it is not a single sign that can separate cells.
    """
    if declared is None:
        return None
    sign = _IN_WORDS.get(declared.lower(), declared)
    if len(sign) != 1 or not sign.isascii() or sign.isalnum() or sign in '"\r\n\0':
        raise ConfigurationError(
            Message("delimiter = {given!r} cannot separate cells.", {"given": declared}),
            Message('Write one sign: ",", ";", "|" or "tab".'),
        )
    return sign


def likeliest_delimiter(lines: Lines, expected: Collection[str]) -> str:
    """Return the sign that gives the expected names, and rows of equal width.

    Parameters
    ----------
    lines
        Of the whole text.
    expected
        Folded column names that the configuration asks for.
    """
    top = lines.text(0, min(_LINES_LOOKED_AT, lines.count) - 1)
    signs = [sign for sign in _DELIMITERS if sign in top] or [_DELIMITERS[0]]
    scores = {sign: _score(lines, sign, expected) for sign in signs}
    return max(signs, key=scores.__getitem__)


def _score(lines: Lines, sign: str, expected: Collection[str]) -> tuple[int, float, int]:
    rows = [cells for _, cells in top_records(lines, delimiter=sign, limit=_LINES_LOOKED_AT)]
    hits = max(expected_in(rows, expected), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    width, often = max(widths.items(), key=lambda item: (item[1], item[0]), default=(1, 0))
    steady = round(often / len(rows), 2) if rows else 0.0
    return hits if hits > 1 else 0, steady, width


def delimiter_note(chosen: str, declared: str | None) -> tuple[Message, ...]:
    """Say which sign was found, unless it is the comma or was declared."""
    if declared is not None or chosen == ",":
        return ()
    if chosen == "\t":
        return (Message("Cells are separated by tabs."),)
    return (Message("Cells are separated by {sign}", {"sign": chosen}),)
