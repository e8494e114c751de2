"""Any delivered file as a table of text, whatever it calls itself.

The contents decide what a file is, not its name: portals deliver web pages that end in .xls and
workbooks that end in .csv.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from testigo.core import Message
from testigo.records.files.encoding import decode_text
from testigo.records.files.file_bytes import file_bytes
from testigo.records.files.finishing import finish
from testigo.records.files.grid import body_of_grid
from testigo.records.files.parquet_files import read_parquet
from testigo.records.files.refusals import refuse
from testigo.records.files.spreadsheets import check_packed_workbook, read_workbook
from testigo.records.files.text_files import read_text
from testigo.records.files.web_tables import read_web_table
from testigo.records.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    import pyarrow as pa

    from testigo.records.files.body import Body
    from testigo.records.files.raw import RawTable

_ZIP, _OLE, _PARQUET = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PAR1"
_START: Final = 2_048
_PICTURE: Final = Message("a picture")
_OTHER: Final = (
    (b"%PDF", Message("a PDF document")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"{\\rtf", Message("a text document")),
    (b"SQLite format 3", Message("a database")),
    (b"ARROW1", Message("an Arrow file")),
    (b"$FL2", Message("an SPSS file")),
    (b"<stata_dta", Message("a Stata file")),
)
_OTHER_TEXT: Final = (
    (b"{", Message("JSON")),
    (b"<?xml", Message("XML")),
    (b"mime-version:", Message("a saved web page (MHTML)")),
)
_ARCHIVES: Final = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    delimiter: str | None = None,
    encoding: str | None = None,
    header_row: int | None = None,
    expected: Collection[str] = (),
    sha256: str | None = None,
) -> RawTable:
    """Read a delivered file: CSV and its kin, XLS, XLSX, Parquet, web tables, also gzipped.

    Parameters
    ----------
    path
        The file.
    sheet, delimiter, encoding, header_row
        As declared; None: found by looking, and said in the notes.
    expected
        Names of the columns that the configuration asks for; the strongest evidence of where
        the header is. They are compared after folding.
    sha256
        Of the bytes that are meant; None: whatever they are.

    Returns
    -------
    RawTable
        Every record below the header, as text.

    Raises
    ------
    InputFileError
        For whatever is wrong with the file, with the mend.
    ConfigurationError
        When what was declared cannot be meant.
    """
    data = file_bytes(path, sha256)
    if not data:
        raise refuse(path, "empty")
    wanted = frozenset(map(fold, expected)) - {""}
    asked = _Asked(path, sheet, delimiter, encoding, header_row, wanted)
    return finish(_body(data, asked))


@dataclass(frozen=True, slots=True)
class _Asked:
    path: Path
    sheet: str | None
    delimiter: str | None
    encoding: str | None
    header_row: int | None
    expected: frozenset[str]


def _body(data: bytes, asked: _Asked) -> Body:
    if data.startswith(_PARQUET):
        return read_parquet(data, asked.path)
    if data.startswith((_ZIP, _OLE)):
        if data.startswith(_ZIP):
            check_packed_workbook(data, asked.path)
        grid, notes = read_workbook(
            data, sheet=asked.sheet, expected=asked.expected, file=asked.path
        )
        return _on_grid(grid, notes, asked)
    _check_is_text(data, asked.path)
    return _text_body(data, asked)


def _check_is_text(data: bytes, path: Path) -> None:
    for start, kind in _OTHER:
        if data.startswith(start):
            raise refuse(path, "binary", kind=kind)
    if data.startswith(_ARCHIVES):
        raise refuse(path, "archive")


def _text_body(data: bytes, asked: _Asked) -> Body:
    decoded = decode_text(data, declared=asked.encoding, file=asked.path)
    start = decoded.data[:_START].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<style")):
        grid, notes = read_web_table(decoded.data, expected=asked.expected, file=asked.path)
        return _on_grid(grid, (*decoded.notes, *notes), asked)
    for sign, kind in _OTHER_TEXT:
        if start.startswith(sign):
            raise refuse(asked.path, "other_format", kind=kind)
    body = read_text(
        decoded.data,
        delimiter=asked.delimiter,
        header_row=asked.header_row,
        expected=asked.expected,
        file=asked.path,
    )
    return replace(body, notes=(*decoded.notes, *body.notes))


def _on_grid(grid: pa.Table, notes: tuple[Message, ...], asked: _Asked) -> Body:
    return body_of_grid(
        grid,
        header_row=asked.header_row,
        expected=asked.expected,
        file=asked.path,
        notes=notes,
    )
