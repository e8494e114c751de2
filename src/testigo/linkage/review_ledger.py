"""hand/link_decisions.csv with lines added: what people wrote in it stays, cell by cell."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from testigo.core import ConfigurationError, Message
from testigo.linkage.decisions import NEEDED, OPTIONAL
from testigo.records import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from testigo.linkage.model import LinkDecision

COLUMNS: Final = (*NEEDED, *OPTIONAL)
_DELIMITERS: Final = (",", ";", "\t")


def add_decisions(content: bytes | None, decisions: Sequence[LinkDecision]) -> bytes:
    """Return the file with the decisions added at its end.

    Parameters
    ----------
    content
        The file as it is; None when there is none.
    decisions
        What to add.

    Returns
    -------
    bytes
        UTF-8; delimiter, order of the columns, and columns that are not ours stay.

    Raises
    ------
    ConfigurationError
        When the first line does not hold our columns.
    """
    delimiter, rows = _read(content) if content else (",", [list(COLUMNS)])
    header = [fold(name) for name in rows[0]]
    surplus = [name for name in COLUMNS if fold(name) not in header]
    rows[0] += surplus
    header += [fold(name) for name in surplus]
    rows[1:] = [row + [""] * (len(header) - len(row)) if row else row for row in rows[1:]]
    for one in decisions:
        cells = {fold(name): str(getattr(one, name)) for name in COLUMNS}
        rows.append([cells.get(name, "") for name in header])
    sink = io.StringIO()
    csv.writer(sink, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return sink.getvalue().encode()


def _read(content: bytes) -> tuple[str, list[list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    needed = {fold(name) for name in NEEDED}
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error:
            continue
        if rows and needed <= {fold(name) for name in rows[0]}:
            return delimiter, rows
    raise ConfigurationError(
        Message("hand/link_decisions.csv: its first line does not hold its columns."),
        Message("Its columns are: {columns}.", {"columns": ", ".join(COLUMNS)}),
    )
