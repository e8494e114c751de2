"""Rows of the files of private sources: they may not tell a count that is hidden elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from testigo.publication.cells import SEPARATOR
from testigo.publication.schemas import SUPPRESSED, VALUE_STATUS
from testigo.records import DELIVERIES, REASONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from testigo.publication.cells import Shown

    Line = Mapping[str, object]
    Pile = tuple[str, str, str]  # source, file, placement

_COUNTED: Final = ("rows_delivered", "rows_accepted", "rows_flagged", "count_accepted")
_PILES: Final = {
    "excluded": "rows_excluded",
    "quarantined": "rows_quarantined",
    "flagged": "rows_flagged",
}


@dataclass(frozen=True, slots=True)
class FileRows:
    """What is told of files and of the rows set aside in them.

    Attributes
    ----------
    deliveries, reasons
        Columns `DELIVERIES` and `REASONS`, each with the status of its values.
    partly_hidden
        Sources with some number hidden in either: a sum over their rows would tell it.
    """

    deliveries: pa.Table
    reasons: pa.Table
    partly_hidden: frozenset[str]


def redact_file_rows(
    deliveries: pa.Table, reasons: pa.Table, shown: Shown, guessable: frozenset[str]
) -> FileRows:
    """Blank the numbers of rows that are small, or from which a hidden count would follow.

    A file's rows are those of its places and months. Of a private source they are told when no
    year or month of the whole territory is hidden; when it came in several files, which may be
    of one place each, when nothing of it is hidden. One small file hides all files of its source:
    together they are the years, which are told.

    Parameters
    ----------
    deliveries, reasons
        Columns `DELIVERIES` and `REASONS`.
    shown
        The cells of the counts.
    guessable
        Private sources whose files hold counts and no persons: whoever knows all cells but some
        tries these until the fingerprint of the file is right, so it is not told.
    """
    files = [line for line in deliveries.to_pylist() if line["source"] not in shown.public]
    telling = frozenset(_telling(files, shown))
    small = {
        _pile(line)
        for line in reasons.to_pylist()
        if line["source"] not in shown.public and _is_small(line["rows"], shown.k)
    }
    small |= {
        (str(line["source"]), str(line["file"]), placement)
        for line in files
        for placement, column in _PILES.items()
        if _is_small(line[column], shown.k)
    }
    told = [_file(line, telling, small) for line in deliveries.to_pylist()]
    told = [line | {"sha256": None} if line["source"] in guessable else line for line in told]
    why = [_blank(line, ("rows",) if _pile(line) in small else ()) for line in reasons.to_pylist()]
    return FileRows(
        _table(told, DELIVERIES.arrow),
        _table(why, REASONS.arrow),
        telling | {source for source, _, _ in small},
    )


def _telling(files: list[Line], shown: Shown) -> Iterator[str]:
    """Yield the sources whose files, by their number of rows, tell a hidden count."""
    cells = [key.split(SEPARATOR) for key in shown.keys.filter(pa.array(shown.hidden)).to_pylist()]
    of_any = {source for source, *_ in cells}
    of_whole = {source for source, level, *_ in cells if level == "whole"}
    for source in {str(line["source"]) for line in files}:
        mine = [line for line in files if line["source"] == source]
        small = any(
            _is_small(line[column], shown.k)
            for line in mine
            for column in ("rows_accepted", "count_accepted")
        )
        if small or source in (of_any if len(mine) > 1 else of_whole):
            yield source


def _is_small(number: object, k: int) -> bool:
    return isinstance(number, int) and 0 < number < k


def _pile(line: Line) -> Pile:
    return str(line["source"]), str(line["file"]), str(line["placement"])


def _file(line: Line, telling: frozenset[str], small: set[Pile]) -> dict[str, object]:
    """Blank what is hidden in the line of a file; the rows delivered are the sum of the others."""
    source, file = str(line["source"]), str(line["file"])
    hidden = {column for name, column in _PILES.items() if (source, file, name) in small}
    hidden |= {"rows_delivered"} if hidden - {"rows_flagged"} else set()
    return _blank(line, (*hidden, *(_COUNTED if source in telling else ())))


def _blank(line: Line, hidden: tuple[str, ...]) -> dict[str, object]:
    status = SUPPRESSED if hidden else "stated"
    return {**line, **dict.fromkeys(hidden), VALUE_STATUS: status}


def _table(lines: list[dict[str, object]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_pylist(lines, schema=schema.append(pa.field(VALUE_STATUS, pa.string())))
