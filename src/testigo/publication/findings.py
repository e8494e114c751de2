"""Findings of the consistency engine without the numbers of hidden cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from testigo.core import Message
from testigo.publication.cells import SEPARATOR
from testigo.publication.schemas import QUOTES, SUPPRESSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.core import AreaCatalogue
    from testigo.publication.cells import Shown
    from testigo.records import Source

_WORD: Final = re.compile(r"[^\W_]+")
_NUMBERS: Final = ("found", "expected")
_WHERE: Final = ("where", "explanation")
_ADDS_CELLS_UP: Final = frozenset({"C13"})  # its sums hold every cell of its sources
_COUNTS_ROWS: Final = frozenset({"C06", "C22", "C24"})  # their numbers are rows of the files


def redact_findings(
    findings: pa.Table,
    shown: Shown,
    catalogue: AreaCatalogue,
    partly_hidden: frozenset[str] = frozenset(),
) -> pa.Table:
    """Take the numbers out of findings that speak of a place or period with hidden cells.

    That a figure does not add up stays told, and where; the numbers are `suppressed` and the
    sentence says why.

    Parameters
    ----------
    findings
        Columns `CONSISTENCY`. A finding rests on the source of its `table` and on those that it
        `quotes`, and is judged by the hidden cells of all of them.
    shown
        The cells of the counts.
    catalogue
        To tell the whole from its parts.
    partly_hidden
        Sources with hidden numbers of rows, which a finding about rows must not tell.
    """
    names = _hidden_names(shown, catalogue)
    reason = Message(
        "Something does not add up here; the numbers rest on cells of fewer than {k} victims"
        " and are not shown.",
        {"k": shown.k},
    )
    instead = dict.fromkeys(_NUMBERS, SUPPRESSED) | {
        "explanation": reason.in_language("en"),
        "explanation_es": reason.in_language("es"),
    }
    rows = [
        row | instead if _tells_of(row, names) or _tells_rows(row, shown, partly_hidden) else row
        for row in findings.to_pylist()
    ]
    return pa.Table.from_pylist(rows, schema=findings.schema)


def _hidden_names(shown: Shown, catalogue: AreaCatalogue) -> Mapping[str, set[str]]:
    """Return for each source the codes of areas, or periods of the whole, with hidden cells."""
    names: dict[str, set[str]] = {}
    for key in shown.keys.filter(pa.array(shown.hidden)).to_pylist():
        source, level, area, period = key.split(SEPARATOR)
        names.setdefault(source, set()).add(period if level == "whole" else area)
    for found in names.values():
        found.discard(catalogue.whole.code)
    return names


def _tells_of(row: Mapping[str, object], hidden: Mapping[str, set[str]]) -> bool:
    """Whether a finding tells a number of a hidden cell of any source it rests on."""
    rests_on = (str(row["table"]), *str(row.get(QUOTES) or "").split())
    names: set[str] = set().union(*(hidden.get(source, ()) for source in rests_on))
    if names and row["rule"] in _ADDS_CELLS_UP:
        return True
    text = " ".join(str(row[column] or "") for column in _WHERE)
    if not names.isdisjoint(_WORD.findall(text)):
        return True
    return any(name in text for name in names if not _WORD.fullmatch(name))


def _tells_rows(row: Mapping[str, object], shown: Shown, partly_hidden: frozenset[str]) -> bool:
    """Whether a finding counts rows of a private source that are few, or partly hidden."""
    if row["rule"] not in _COUNTS_ROWS or row["table"] in shown.public:
        return False
    found = str(row["found"])
    return row["table"] in partly_hidden or (found.isdecimal() and 0 < int(found) < shown.k)


def redact_cells(
    cells: pa.Table, shown: Shown, sources: Mapping[str, Source], catalogue: AreaCatalogue
) -> pa.Table:
    """Leave out the cells in which a part exceeds its whole when either of the two is hidden.

    The line itself says that the part is the larger, which with one of the numbers would bound
    the other; so the line goes. The finding keeps the number of all of them.

    Parameters
    ----------
    cells
        Columns `CONSISTENCY_CELLS`.
    shown
        The cells of the counts.
    sources
        By id; the whole of a part is its `subset_of`.
    catalogue
        Tells the level of an area.
    """
    whole_of = {source.id: source.subset_of or source.id for source in sources.values()}
    levels = [_level(code, catalogue) for code in cells["area"].to_pylist()]
    wholes = [whole_of.get(part, part) for part in cells["table"].to_pylist()]
    table = cells.append_column("area_level", pa.array(levels, pa.string()))
    table = table.append_column("whole", pa.array(wholes, pa.string()))
    hidden = shown.hides(table, "found", source="table") | shown.hides(
        table, "expected", source="whole"
    )
    return cells.filter(pc.invert(pa.array(np.asarray(hidden))))


def _level(code: str, catalogue: AreaCatalogue) -> str:
    listed = catalogue.areas.get(code)
    return listed.level if listed is not None else "area"
