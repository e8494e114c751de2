"""Tables of a web page: portals hand them out with the ending .xls."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from testigo.core import Message, Number
from testigo.records.files.body import HEADER_WITHIN
from testigo.records.files.layout import expected_in
from testigo.records.files.refusals import refuse

if TYPE_CHECKING:
    from collections.abc import Collection

_MOST_CELLS: Final = 50_000_000
_LARGEST_PAGE: Final = 256 << 20  # bytes
_WIDEST_SPAN: Final = 1_000
_CELLS: Final = frozenset({"td", "th"})
_UNSEEN: Final = frozenset({"script", "style"})

Row = list[str | None]


class _OpenTable:
    """A table while it is read. HTML may leave out every closing mark inside it."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._row: Row | None = None
        self._words: list[str] | None = None
        self._span = (1, 1)
        self._from_above: dict[int, tuple[int, str | None]] = {}

    def begin_row(self) -> None:
        self.end_row()
        self._row = []

    def begin_cell(self, across: int, down: int) -> None:
        self.end_cell()
        if self._row is None:
            self._row = []
        self._words, self._span = [], (across, down)

    def add(self, text: str) -> None:
        if self._words is not None:
            self._words.append(text)

    def end_cell(self) -> None:
        if self._words is None or self._row is None:
            return
        value = " ".join("".join(self._words).split()) or None
        self._words = None
        self._fill_from_above()
        across, down = self._span
        cells = [value, *[None] * (across - 1)]
        if down > 1:  # one cell beside several rows says the same of each
            for column, cell in enumerate(cells, start=len(self._row)):
                self._from_above[column] = (down - 1, cell)
        self._row.extend(cells)

    def end_row(self) -> None:
        self.end_cell()
        if self._row is not None:
            self._fill_from_above()
            self.rows.append(self._row)
        self._row = None

    def _fill_from_above(self) -> None:
        while self._row is not None and len(self._row) in self._from_above:
            column = len(self._row)
            left, value = self._from_above.pop(column)
            if left > 1:
                self._from_above[column] = (left - 1, value)
            self._row.append(value)


class _Page(HTMLParser):
    def __init__(self, file: object) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[_OpenTable] = []
        self._open: list[_OpenTable] = []
        self._unseen = 0
        self._cells = 0
        self._file = file

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append(_OpenTable())
            self._open.append(self.tables[-1])
        elif tag in _UNSEEN:
            self._unseen += 1
        elif self._open:
            self._start_inside(tag, dict(attrs))

    def _start_inside(self, tag: str, attrs: dict[str, str | None]) -> None:
        table = self._open[-1]
        if tag == "tr":
            table.begin_row()
        elif tag in _CELLS:
            across, down = _span(attrs.get("colspan")), _span(attrs.get("rowspan"))
            self._count(across * down)
            table.begin_cell(across, down)
        elif tag in {"br", "p", "div"}:
            table.add("\n")

    def _count(self, cells: int) -> None:
        self._cells += cells
        if self._cells > _MOST_CELLS:
            limit, what = Number(_MOST_CELLS), Message("cells")
            raise refuse(self._file, "too_large", limit=limit, what=what)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif self._open and tag == "table":
            self._open.pop().end_row()
        elif self._open and tag == "tr":
            self._open[-1].end_row()
        elif self._open and tag in _CELLS:
            self._open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._unseen:
            self._open[-1].add(data)

    def finish(self) -> None:
        self.close()
        while self._open:
            self._open.pop().end_row()


def _span(given: str | None) -> int:
    digits = (given or "").strip()
    known = digits.isascii() and digits.isdigit() and len(digits) < len(str(_WIDEST_SPAN)) + 1
    return min(max(int(digits), 1), _WIDEST_SPAN) if known else 1


def read_web_table(
    data: bytes, *, expected: Collection[str], file: object
) -> tuple[pa.Table, tuple[Message, ...]]:
    """Return the cells of the table of a web page, and what was found by looking.

    Of several tables it is the one with the expected columns, and then the longest.

    Parameters
    ----------
    data
        The page in UTF-8.
    expected
        Folded column names that the configuration asks for.
    file
        Named in errors.

    Raises
    ------
    InputFileError
        When the page holds no table.
    """
    if len(data) > _LARGEST_PAGE:
        raise refuse(file, "too_large", limit=Number(_LARGEST_PAGE >> 20), what="MiB")
    page = _Page(file)
    page.feed(data.decode("utf-8", "replace"))
    page.finish()
    tables = [table.rows for table in page.tables if any(any(row) for row in table.rows)]
    if not tables:
        raise refuse(file, "no_table")
    wanted = frozenset(expected)
    rows = max(tables, key=lambda table: (_hits(table, wanted), len(table)))
    columns = zip_longest(*rows)
    table = pa.table(
        {str(index): pa.array(column, pa.string()) for index, column in enumerate(columns)}
    )
    note = Message("The file is a web page; its longest fitting table was read.")
    return table, (note,)


def _hits(rows: list[Row], expected: frozenset[str]) -> int:
    return max(expected_in(rows[:HEADER_WITHIN], expected), default=0)
