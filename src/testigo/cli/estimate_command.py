"""The command on one file of overlaps: estimate."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from testigo.cli.file_commands import read_level
from testigo.cli.voice import print_json, voice_of
from testigo.core import Message, UsageError

if TYPE_CHECKING:
    import pyarrow as pa

    from testigo.cli.voice import Voice
    from testigo.estimation import OverlapFile

LARGEST_SEED = 2**63 - 1


def estimate(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE")],
    *,
    method: Annotated[str, typer.Option("--method", metavar="METHOD")] = "latent-class",
    seed: Annotated[str, typer.Option("--seed", metavar="NUMBER")] = "1",
    level: Annotated[str, typer.Option("--level", metavar="NUMBER")] = "0.95",
    sensitivity: Annotated[bool, typer.Option("--sensitivity")] = False,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Estimates from one file of overlaps."""
    from testigo.estimation import check_file_method, read_overlaps

    voice = voice_of(context)
    options: dict[str, Any] = {
        "method": method,
        "seed": read_seed(seed),
        "level": read_level(level),
        "workers": os.cpu_count() or 1,
    }
    check_file_method(method, sensitivity=sensitivity)
    read = read_overlaps(Path(file))
    if json:
        for remark in read.remarks:
            voice.remark(remark)
        print_json(_answer(voice, read, options, sensitivity=sensitivity).to_pylist())
    else:
        _tell(voice, read, options, sensitivity=sensitivity)


def _tell(voice: Voice, read: OverlapFile, options: dict[str, Any], *, sensitivity: bool) -> None:
    """Say what was read, then the answer, then what takes minutes: each as soon as it is there."""
    from testigo.cli.estimates_text import tell_estimates, tell_reading, tell_sensitivity
    from testigo.cli.progress import show_progress
    from testigo.estimation import HeldFits, file_sensitivity

    tell_reading(voice, read)
    fits: dict[str, Any] = {"cache": HeldFits()} if sensitivity else {}
    estimates = _answer(voice, read, options | fits, sensitivity=False)
    tell_estimates(voice, estimates, [table.stratum for table in read.tables])
    if sensitivity:
        sys.stdout.flush()
        with show_progress(voice) as progress:
            moved, table = file_sensitivity(read.tables, **options, **fits, progress=progress)
        tell_sensitivity(voice, table, before=estimates, after=moved)


def _answer(
    voice: Voice, read: OverlapFile, options: dict[str, Any], *, sensitivity: bool
) -> pa.Table:
    """Estimate a file, or what other assumptions give, where that was asked for."""
    from testigo.cli.progress import show_progress
    from testigo.estimation import file_estimates, file_sensitivity

    with show_progress(voice) as progress:
        if sensitivity:
            return file_sensitivity(read.tables, **options, progress=progress)[1]
        return file_estimates(read.tables, **options, progress=progress)[0]


def read_seed(text: str) -> int:
    """Read the number from which draws are made.

    Raises
    ------
    UsageError
        When it is not a whole number, 0 or more.
    """
    if not (text.isascii() and text.isdigit() and int(text) <= LARGEST_SEED):
        raise UsageError(
            Message("--seed = {given!r} is not a whole number.", {"given": text}),
            Message("Write a whole number, 0 or more, for instance 1."),
        )
    return int(text)
