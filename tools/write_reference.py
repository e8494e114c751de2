"""Print the pages of docs/reference that come from the code: commands, testigo.toml, tables.

usage: python tools/write_reference.py
"""

from __future__ import annotations

import importlib
import inspect
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, get_args

if TYPE_CHECKING:
    from types import ModuleType

    from testigo.core import Column

ROOMS = ("core", "records", "estimation", "publication", "observatory")

COMMANDS_ABOUT = """# Commands

What `testigo --help` and `testigo COMMAND --help` print, in Spanish too with `--lang es`. Made from
the program by `python tools/write_reference.py`; do not edit.

The language is, in this order: `--lang es|en`, the variable `TESTIGO_LANG`, the language of the
computer, the first language of the observatory, English. `TESTIGO_DEBUG=1` shows the traceback of
a defect; it may hold data. The result goes to standard output, progress and errors to standard
error. What each exit code asks of you: [exit codes](exit-codes.md).
"""
KEYS_ABOUT = """# testigo.toml

Every key. `testigo init FOLDER` writes the same as comments, in Spanish and English. Made from the
program by `python tools/write_reference.py`; do not edit.

A text for people is one text, or one for each language: `{ es = "Policía", en = "Police" }`. Paths
begin at the folder of the observatory and have forward slashes on every system. A key that is not
on this page is refused, with the nearest one that is.

A catalogue of areas has one row for each area. A population table with several years is no
catalogue: make one of its own, with code and name.
"""
FIELDS_ABOUT = """## What a column may hold

`columns` says which delivered column holds what:
"""
TABLES_ABOUT = """# Published tables

What lies in `output/tables/`, as CSV and as Parquet, and what `datapackage.json` says of it in
Spanish and English. Made from the program by `python tools/write_reference.py`; do not edit.

CSV is UTF-8, with commas, a full stop in numbers and ISO dates. An empty cell is a value that is
not there; where a table has the column `value_status`, it says why. In the CSV only, a text that
a spreadsheet would run as a formula has an apostrophe in front. Which values are hidden, and how:
[disclosure](disclosure.md).

To open one in Excel, do not double-click the file: Excel takes it for another encoding and drops
the zeros in front of codes (01 becomes 1). In an empty workbook choose *Data*, *From Text/CSV*
(*Datos*, *Desde texto o CSV*), the file, origin *65001: Unicode (UTF-8)*, comma, and under
*Transform data* (*Transformar datos*) make the columns of codes text. LibreOffice asks so when
it opens the file: character set Unicode (UTF-8), separator comma, type *Text* for the columns of
codes. Or read the Parquet of the same name, which keeps accents, codes and types by itself.
"""
PYTHON_ABOUT = """# From Python

For analysts who go beyond the commands: what the doors of the rooms offer. `from testigo.records
import read_table`, and so on; `help(read_table)` tells shapes, units, what is refused, and the
source of a method. What is not on this page may change without notice. Made from the program by
`python tools/write_reference.py`; do not edit.

Library only: no command and no run uses `spread_unknown`.
"""


def commands_page() -> str:
    """Write the page of the commands."""
    import typer

    from testigo.cli.application import application
    from testigo.cli.help_page import command_page, first_page
    from testigo.cli.voice import Voice

    os.environ["COLUMNS"] = "92"
    commands = typer.main.get_command(application).commands  # type: ignore[attr-defined]
    parts = [COMMANDS_ABOUT, "## testigo\n", _block(first_page(Voice("en")))]
    for name, command in commands.items():
        parts += [f"## testigo {name}\n", _block(command_page(command, Voice("en")))]
    return "\n".join(parts)


def configuration_page() -> str:
    """Write the page of testigo.toml."""
    from testigo.observatory.keys import KEYS, SECTIONS
    from testigo.records import FIELD_MEANINGS, FIELDS

    parts = [KEYS_ABOUT]
    for section, repeats in SECTIONS.items():
        shown = f"[[{section}]]" if repeats else f"[{section}]"
        parts += [f"## {shown}\n", "| key | what it says | for instance |", "| --- | --- | --- |"]
        for key in KEYS:
            if key.section == section:
                allowed = f" One of: {', '.join(key.allowed)}." if key.allowed else ""
                needed = " **Required.**" if key.required else ""
                meaning = f"{key.meaning}{allowed}{needed}".replace("|", "\\|")
                example = key.example.replace("|", "\\|")
                parts.append(f"| `{key.name}` | {meaning} | `{example}` |")
        parts.append("")
    parts += [FIELDS_ABOUT, "| field | what it holds |", "| --- | --- |"]
    parts += [*(f"| `{field}` | {FIELD_MEANINGS[field]} |" for field in FIELDS), ""]
    return "\n".join(parts)


def tables_page() -> str:
    """Write the page of the published tables."""
    from testigo.publication import PUBLISHED

    parts = [TABLES_ABOUT]
    for name, schema in PUBLISHED.items():
        title, meaning = schema.title, schema.meaning
        parts += [
            f"## {name}\n",
            f"**{title.in_language('en')}** ({title.in_language('es')}). {meaning}\n",
            f"A row is named by: {', '.join(f'`{key}`' for key in schema.key)}.\n",
            "| column | type | meaning | label in Spanish |",
            "| --- | --- | --- | --- |",
            *(_column(column) for column in schema.columns),
            "",
        ]
    return "\n".join(parts)


def python_page() -> str:
    """Write the page of the rooms' doors."""
    parts = [PYTHON_ABOUT]
    for room in ROOMS:
        door = importlib.import_module(f"testigo.{room}")
        parts += [f"## testigo.{room}\n", inspect.getdoc(door) or "", "", "| name | what it is |"]
        parts += ["| --- | --- |", *(_public(door, name) for name in door.__all__), ""]
    return "\n".join(parts)


def _public(door: ModuleType, name: str) -> str:
    said = _what_it_is(getattr(door, name))
    return f"| `{name}` | {said.replace('|', chr(92) + '|')} |"


def _what_it_is(thing: object) -> str:
    from testigo.core import Column, TableSchema

    if isinstance(thing, TableSchema):
        return f"Columns of the table `{thing.name}`."
    if isinstance(thing, Column):
        return f"The column `{thing.name}` that several tables have."
    if inspect.isclass(thing) or inspect.isroutine(inspect.unwrap(thing)):
        return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")
    if isinstance(thing, tuple | frozenset):
        return f"Allowed: {', '.join(map(str, sorted(thing, key=str)))}."
    if isinstance(thing, Mapping):
        return f"By key: {', '.join(thing)}."
    words = get_args(thing)
    return f"Type: {', '.join(map(str, words))}." if words else f"`{thing!r}`"


def _column(column: Column) -> str:
    unit = f" Unit: {column.unit}." if column.unit else ""
    blank = "" if column.required else " May be blank."
    allowed = f" One of: {', '.join(column.allowed)}." if column.allowed else ""
    meaning = f"{column.meaning}{unit}{allowed}{blank}".replace("|", "\\|")
    return f"| `{column.name}` | {column.kind} | {meaning} | {column.label.in_language('es')} |"


def _block(text: str) -> str:
    return f"```text\n{text}\n```\n"


PAGES = {
    "commands.md": commands_page,
    "configuration.md": configuration_page,
    "tables.md": tables_page,
    "python.md": python_page,
}


def main() -> int:
    """Write all pages."""
    folder = Path(__file__).resolve().parent.parent / "docs" / "reference"
    for name, page in PAGES.items():
        (folder / name).write_text(page(), encoding="utf-8", newline="\n")
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
