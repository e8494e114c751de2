"""Turns one sheet of a workbook into text cells, in a process of its own.

Workbooks come from anywhere, and a damaged or hostile one can make the reading library ask for
more memory than there is, which ends the whole program. So `spreadsheets` starts this module
in a process of its own, hands it the bytes and reads an answer: one line of JSON, then an Arrow
stream.
"""

from __future__ import annotations

import io
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from testigo.records.files.body import HEADER_WITHIN
from testigo.records.files.cell_text import text_of
from testigo.records.files.layout import expected_in
from testigo.records.files.spreadsheets import Answer
from testigo.records.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from python_calamine import CalamineSheet, CalamineWorkbook

MEMORY_LIMIT: Final = 4 << 30
_ROWS_AT_ONCE: Final = 20_000


def main() -> int:
    """Answer one request on standard input."""
    request = json.loads(sys.stdin.buffer.readline())
    _limit_memory()
    answer, table = _read(sys.stdin.buffer.read(), request["sheet"], request["expected"])
    out = sys.stdout.buffer
    out.write(json.dumps(asdict(answer)).encode("ascii") + b"\n")
    if table is not None:
        with pa.ipc.new_stream(out, table.schema) as stream:
            stream.write_table(table)
    out.flush()
    return 0


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not every system has it
        return
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    except (OSError, ValueError):
        return


def _read(
    data: bytes, sheet: str | None, expected: Sequence[str]
) -> tuple[Answer, pa.Table | None]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return _read_sheet(workbook, sheet, frozenset(expected))
    except PasswordError:
        return Answer("password"), None
    except (CalamineError, OSError, ValueError, OverflowError):
        return Answer("damaged"), None


def _read_sheet(
    workbook: CalamineWorkbook, wanted: str | None, expected: frozenset[str]
) -> tuple[Answer, pa.Table | None]:
    names = _candidates(workbook)
    if wanted is not None:
        names = [name for name in names if fold(name) == fold(wanted)] or [
            name for name in workbook.sheet_names if name == wanted
        ]
    if not names and wanted is None:
        return Answer("damaged"), None
    if not names:
        return Answer("no_sheet", sheets=tuple(workbook.sheet_names)), None
    sheets = {name: workbook.get_sheet_by_name(name) for name in names}
    hits = {name: _hits(sheet, expected) for name, sheet in sheets.items()}
    fullest = {name: 0 if expected else sheet.height for name, sheet in sheets.items()}
    chosen = max(names, key=lambda name: (hits[name], fullest[name]))
    alike = tuple(name for name in names if name != chosen and hits[name] == hits[chosen] > 0)
    return Answer(sheet=chosen, sheets=tuple(names), alike=alike), _as_text(sheets[chosen])


def _candidates(workbook: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [sheet for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
    return [sheet.name for sheet in visible or sheets]


def _hits(sheet: CalamineSheet, expected: frozenset[str]) -> int:
    if not expected:
        return 0
    top = sheet.to_python(skip_empty_area=False, nrows=HEADER_WITHIN)
    return max(expected_in(top, expected), default=0)


def _as_text(sheet: CalamineSheet) -> pa.Table:
    if sheet.start is None or sheet.end is None:
        return pa.table({})
    schema = pa.schema([(str(column), pa.string()) for column in range(sheet.end[1] + 1)])
    return pa.Table.from_batches(_batches(sheet, sheet.start[1], schema), schema)


def _batches(sheet: CalamineSheet, left: int, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield the rows from the first of the sheet, so that positions are those on the screen."""
    margin = [None] * left
    rows: list[list[str | None]] = []
    for row in sheet.iter_rows():
        rows.append([*margin, *map(text_of, row)])
        if len(rows) >= _ROWS_AT_ONCE:
            yield _batch(rows, schema)
            rows = []
    yield _batch(rows, schema)


def _batch(rows: list[list[str | None]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else [[]] * len(schema)
    arrays = [pa.array(column, pa.string()) for column in columns]
    return pa.record_batch(arrays, schema=schema)


if __name__ == "__main__":
    sys.exit(main())
