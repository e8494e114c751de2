"""The command on one file of overlaps: estimate."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from testigo.cli.file_commands import read_level
from testigo.cli.voice import print_json, voice_of
from testigo.core import Message, UsageError

if TYPE_CHECKING:
    from testigo.cli.progress import ShownProgress
    from testigo.cli.voice import Voice

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
    voice = voice_of(context)
    coverage, number = read_level(level), read_seed(seed)

    from testigo.cli.estimates_text import tell_columns, tell_estimates, tell_sensitivity
    from testigo.estimation import (
        check_file_method,
        file_estimates,
        file_sensitivity,
        read_capture_histories,
    )

    check_file_method(method, sensitivity=sensitivity)
    path = Path(file)
    if not json:
        tell_columns(voice, read_capture_histories(path))
    options: dict[str, Any] = {
        "seed": number,
        "method": method,
        "level": coverage,
        "workers": os.cpu_count() or 1,
    }
    with _progress(voice) as progress:
        moved = file_sensitivity(path, **options, progress=progress) if sensitivity else None
        if moved is None:
            estimates, _ = file_estimates(path, **options, progress=progress)
        else:
            estimates, _ = moved
    if json:
        print_json((estimates if moved is None else moved[1]).to_pylist())
        return
    tell_estimates(voice, estimates)
    if moved is not None:
        tell_sensitivity(voice, moved[1])


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


def _progress(voice: Voice) -> ShownProgress:
    from testigo.cli.progress import show_progress

    return show_progress(voice)
