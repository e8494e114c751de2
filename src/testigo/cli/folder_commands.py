"""The commands on an observatory's folder: init, check, run, explain."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from testigo.cli.check_text import checked_as_dict, tell_checked
from testigo.cli.explain_text import tell_explanation
from testigo.cli.progress import show_progress
from testigo.cli.run_text import nearest, ran_as_dict, tell_ran
from testigo.cli.voice import print_json, voice_of
from testigo.core import Message

Folder = Annotated[str, typer.Argument(metavar="FOLDER")]
Json = Annotated[bool, typer.Option("--json")]


def init(
    context: typer.Context,
    folder: Folder,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME")] = None,
) -> None:
    """Start an observatory."""
    from testigo.observatory import as_argument, start_observatory

    voice = voice_of(context)
    place = Path(folder)
    made = start_observatory(place, name=name or place.resolve().name)
    voice.say(Message("Made:"))
    for path in made:
        voice.say(nearest(path), indent=2)
    voice.say(
        Message(
            "Next: put a delivery into {sources}, describe it in testigo.toml, and type "
            "`{program} check {folder}`.",
            {
                "sources": nearest(place / "sources"),
                "program": voice.program,
                "folder": as_argument(folder),
            },
        )
    )


def check(context: typer.Context, folder: Folder = ".", *, json: Json = False) -> None:
    """Read everything and change nothing."""
    from testigo.observatory import check_observatory

    voice = voice_of(context)
    with show_progress(voice) as progress:
        checked = check_observatory(Path(folder), progress=progress)
    if json:
        print_json(checked_as_dict(voice, checked))
    else:
        tell_checked(voice, checked)


def run(
    context: typer.Context,
    folder: Folder = ".",
    *,
    only: Annotated[str | None, typer.Option("--only", metavar="STEP")] = None,
    engine: Annotated[str, typer.Option("--engine", metavar="ENGINE")] = "duckdb",
    json: Json = False,
) -> None:
    """Make the tables and the report."""
    from testigo.observatory import run_observatory

    voice = voice_of(context)
    with show_progress(voice) as progress:
        ran = run_observatory(Path(folder), only=only, engine=engine, progress=progress)
    if json:
        print_json(ran_as_dict(voice, ran))
    else:
        tell_ran(voice, ran)


def explain(
    context: typer.Context,
    folder: Folder = ".",
    *,
    table: Annotated[str, typer.Option("--table", metavar="TABLE")],
    area: Annotated[str | None, typer.Option("--area", metavar="AREA")] = None,
    period: Annotated[str | None, typer.Option("--period", metavar="PERIOD")] = None,
    source: Annotated[str | None, typer.Option("--source", metavar="ID")] = None,
    population_series: Annotated[
        str | None, typer.Option("--population-series", metavar="ID")
    ] = None,
    json: Json = False,
) -> None:
    """Walk a figure back to its rows."""
    from testigo.observatory import explain as walk_back

    voice = voice_of(context)
    explanation = walk_back(
        Path(folder),
        table=table,
        area=area,
        period=period,
        source=source,
        population_series=population_series,
    )
    if json:
        print_json(explanation.as_dict(voice.language))
    else:
        tell_explanation(voice, explanation)
