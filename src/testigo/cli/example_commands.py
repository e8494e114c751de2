"""The command that needs nothing of one's own: demo."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from testigo.cli.progress import show_progress
from testigo.cli.run_text import tell_ran
from testigo.cli.voice import voice_of
from testigo.core import Message

if TYPE_CHECKING:
    from testigo.cli.voice import Voice


def demo(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME")] = "mexico",
) -> None:
    """Copy an example and run it."""
    from testigo.observatory import (
        as_argument,
        copy_example,
        lacks_deliveries,
        minutes_of,
        run_observatory,
    )

    voice = voice_of(context)
    folder = Path(name)
    again = folder.exists()
    copy_example(name, folder)
    if lacks_deliveries(folder):
        _tell_what_is_missing(voice, name)
        return
    minutes = None if again else minutes_of(name)
    if minutes is not None:
        voice.tell(
            Message(
                "The first run of this example takes about {minutes} minutes, or longer on a slow "
                "computer; a later one is quick.",
                {"minutes": minutes},
            )
        )
    with show_progress(voice) as progress:
        ran = run_observatory(folder, progress=progress)
    tell_ran(voice, ran)
    voice.say(
        Message(
            "Open it in a browser. The observatory is the folder {folder}: change its "
            "testigo.toml and type `{program} run {folder}`.",
            {"folder": as_argument(name), "program": voice.program},
        )
    )


def _tell_what_is_missing(voice: Voice, name: str) -> None:
    from testigo.observatory import as_argument

    voice.tell(
        Message(
            "Made the folder {folder}. It has no data yet: its lists may not be passed on with "
            "Testigo. {sources} says where each is published and how to name it; then type "
            "`{program} run {folder}`.",
            {
                "folder": as_argument(name),
                "sources": str(Path(name) / "SOURCES.md"),
                "program": voice.program,
            },
        )
    )
