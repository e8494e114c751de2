"""The commands on one file, for an analyst who has only that: rates."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from testigo.cli.rates_text import tell_rates
from testigo.cli.voice import print_json, voice_of
from testigo.core import InputFileError, Message, UsageError


def rates(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    *,
    count: Annotated[str, typer.Option("--count", metavar="COLUMN")],
    population: Annotated[str, typer.Option("--population", metavar="COLUMN")],
    level: Annotated[str, typer.Option("--level", metavar="NUMBER")] = "0.95",
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Rates from one file."""
    voice = voice_of(context)
    coverage = read_level(level)

    from testigo.estimation import file_rates

    path = Path(file)
    if not path.exists():
        raise InputFileError(
            Message("{file}: there is no such file.", {"file": file}),
            Message("Check the name, also upper and lower case, and the folder you are in."),
        )
    table = file_rates(path, count=count, population=population, level=coverage)
    if json:
        print_json(table.to_pylist())
    else:
        tell_rates(voice, table)


def read_level(text: str) -> float:
    """Read the coverage of an interval: 0.95, 0,95 or 95%.

    Raises
    ------
    UsageError
        When it is not a number above 0 and below 1.
    """
    try:
        level = float(text.replace(",", ".").rstrip(" %")) / (100 if text.endswith("%") else 1)
    except ValueError:
        level = 0.0
    if not 0 < level < 1:
        raise UsageError(
            Message("--level = {given!r} is not a coverage.", {"given": text}),
            Message("Write a number between 0 and 1, for instance 0.95."),
        )
    return level
