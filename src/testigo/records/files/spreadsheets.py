"""Workbooks (XLS, XLSX) as text cells; they are opened in a process of its own."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import pyarrow as pa

from testigo.core import Message, Number
from testigo.records.files.refusals import refuse

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

UNPACKED_LIMIT: Final = 2 << 30  # bytes; a sheet of a million rows takes about a tenth
_SECONDS: Final = 900
_PIECE: Final = 1 << 20
_WORKBOOK: Final = Message("a workbook")
_ZIP_KINDS: Final = (
    ("xl/workbook.bin", Message("a binary workbook (.xlsb)")),
    ("content.xml", Message("an OpenDocument file")),
    ("word/", Message("a text document")),
    ("ppt/", Message("a presentation")),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the process says before the cells.

    Attributes
    ----------
    problem
        Why there are no cells: `damaged`, `password`, `no_sheet`; empty when there are.
    sheet
        The sheet that was read.
    sheets
        All sheets of the workbook.
    alike
        Other sheets that hold the expected columns too.
    """

    problem: str = ""
    sheet: str = ""
    sheets: Sequence[str] = ()
    alike: Sequence[str] = ()


def check_packed_workbook(data: bytes, file: object) -> None:
    """Refuse what is packed like an XLSX but is none, is cut short, or would fill the memory.

    Raises
    ------
    InputFileError
        Saying which.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = packed.namelist()
            size = _unpacked_size(packed)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError):
        raise refuse(file, "damaged", kind=_WORKBOOK) from None
    _check_kind(names, file)
    if size > UNPACKED_LIMIT:
        raise refuse(file, "too_large", limit=Number(UNPACKED_LIMIT >> 30), what="GiB")


def _check_kind(names: list[str], file: object) -> None:
    if "xl/workbook.xml" in names:
        return
    for part, kind in _ZIP_KINDS:
        if any(name.startswith(part) for name in names):
            raise refuse(file, "other_format", kind=kind)
    raise refuse(file, "archive")


def _unpacked_size(packed: zipfile.ZipFile) -> int:
    """Return the size by unpacking: what the directory of a hostile file says is not believed."""
    declared = sum(entry.file_size for entry in packed.infolist())
    if declared > UNPACKED_LIMIT:
        return declared
    for entry in packed.infolist():
        with packed.open(entry) as stream:
            while stream.read(_PIECE):
                pass  # a part that is longer than declared fails its checksum
    return declared


def read_workbook(
    data: bytes, *, sheet: str | None, expected: Collection[str], file: object
) -> tuple[pa.Table, tuple[Message, ...]]:
    """Return the cells of one sheet as text columns, and what was found by looking.

    Parameters
    ----------
    data
        The bytes of the workbook.
    sheet
        Its name; None: the visible sheet that holds the expected columns.
    expected
        Folded column names that the configuration asks for.
    file
        Named in errors.

    Raises
    ------
    InputFileError
        When the workbook is damaged, protected, or has no such sheet.
    """
    request = json.dumps({"sheet": sheet, "expected": sorted(expected)}).encode("ascii")
    try:
        done = subprocess.run(  # our own module, by our own interpreter
            [sys.executable, "-P", "-m", "testigo.records.files.workbook_process"],
            input=request + b"\n" + data,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise refuse(file, "damaged", kind=_WORKBOOK) from None
    if done.returncode:
        raise refuse(file, "damaged", kind=_WORKBOOK)
    first, _, rest = done.stdout.partition(b"\n")
    answer = Answer(**json.loads(first))
    _check_answer(answer, sheet, file)
    with pa.ipc.open_stream(rest) as stream:
        return stream.read_all(), _notes(answer, sheet)


def _check_answer(answer: Answer, sheet: str | None, file: object) -> None:
    if answer.problem == "no_sheet":
        raise refuse(file, "no_sheet", given=sheet, sheets=", ".join(answer.sheets))
    if answer.problem == "password":
        raise refuse(file, "password")
    if answer.problem:
        raise refuse(file, "damaged", kind=_WORKBOOK)


def _notes(answer: Answer, declared: str | None) -> tuple[Message, ...]:
    if declared is not None or len(answer.sheets) < 2:  # noqa: PLR2004  # nothing to choose
        return ()
    notes = [Message("The sheet {sheet!r} was read.", {"sheet": answer.sheet})]
    if answer.alike:
        others = ", ".join(answer.alike)
        notes.append(
            Message(
                "Other sheets have the same columns and were not read: {sheets}.",
                {"sheets": others},
            )
        )
    return tuple(notes)
