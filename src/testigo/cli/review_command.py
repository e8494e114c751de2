"""The command that shows people the pairs that matter and reads their answers: review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from testigo.cli.estimate_command import read_seed
from testigo.cli.progress import show_progress
from testigo.cli.voice import print_json, voice_of
from testigo.core import Message, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_PAIRS: Final = 10_000


def review(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER")] = ".",
    *,
    answers: Annotated[list[str] | None, typer.Option("--answers", metavar="FILE")] = None,
    reviewer: Annotated[list[str] | None, typer.Option("--reviewer", metavar="NAME")] = None,
    pairs: Annotated[str, typer.Option("--pairs", metavar="NUMBER")] = "300",
    seed: Annotated[str, typer.Option("--seed", metavar="NUMBER")] = "1",
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Pairs for people to look at, and their answers."""
    from testigo.cli import review_text
    from testigo.observatory import take_answers, write_review

    voice = voice_of(context)
    size, number, files = _read_pairs(pairs), read_seed(seed), _matched(answers, reviewer)
    if files:
        with show_progress(voice) as progress:
            taken = take_answers(Path(folder), files, seed=number, progress=progress)
        if json:
            print_json(review_text.taken_as_dict(taken))
        else:
            review_text.tell_taken(voice, taken, folder)
        return
    with show_progress(voice) as progress:
        sheet = write_review(Path(folder), size=size, seed=number, progress=progress)
    if json:
        print_json(review_text.sheet_as_dict(sheet))
    else:
        review_text.tell_sheet(voice, sheet, folder)


def _matched(
    answers: Sequence[str] | None, reviewers: Sequence[str] | None
) -> list[tuple[Path, str]]:
    """Put each file beside the one who answered."""
    files, names = answers or [], reviewers or []
    if len(files) != len(names):
        raise UsageError(
            Message(
                "--answers was given {files} times and --reviewer {names} times.",
                {"files": len(files), "names": len(names)},
            ),
            Message("Give each file of answers its reviewer: --answers FILE --reviewer NAME."),
        )
    return [(Path(file), name) for file, name in zip(files, names, strict=True)]


def _read_pairs(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_PAIRS):
        raise UsageError(
            Message("--pairs = {given!r} is not a number of pairs.", {"given": text}),
            Message("Write a whole number from 1 to {most}, for instance 300.",
                    {"most": MOST_PAIRS}),
        )  # fmt: skip
    return int(text)
