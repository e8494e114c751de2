"""The command that invents lists: simulate."""

from __future__ import annotations

from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from testigo.cli.estimate_command import read_seed
from testigo.cli.progress import show_progress
from testigo.cli.run_text import nearest
from testigo.cli.voice import print_json, voice_of
from testigo.core import Message, Number, UsageError

if TYPE_CHECKING:
    from testigo.cli.voice import Voice
    from testigo.observatory import SimulatedFolder

MOST_RECORDS: Final = 10_000_000
DAMAGES: Final = {"low": 0.5, "normal": 1.0, "high": 2.0}
MOST_DAMAGE: Final = 5.0
MOST_DEPENDENCE: Final = 3.0


def simulate(
    context: typer.Context,
    folder: Annotated[str, typer.Argument(metavar="FOLDER")],
    *,
    records: Annotated[str, typer.Option("--records", metavar="NUMBER")] = "10000",
    coverage: Annotated[str | None, typer.Option("--coverage", metavar="NUMBERS")] = None,
    damage: Annotated[str, typer.Option("--damage", metavar="NUMBER")] = "normal",
    co_victims: Annotated[str, typer.Option("--co-victims", metavar="NUMBER")] = "0.06",
    duplicates: Annotated[str | None, typer.Option("--duplicates", metavar="NUMBER")] = None,
    dependence: Annotated[str, typer.Option("--dependence", metavar="NUMBER")] = "0.8",
    seed: Annotated[str, typer.Option("--seed", metavar="NUMBER")] = "1",
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Invented lists with the truth beside them."""
    voice = voice_of(context)
    count, share = _read_records(records), None if coverage is None else _read_coverage(coverage)
    together = _read_number("--co-victims", co_victims, 1, "0.06")
    twice = None if duplicates is None else _read_number("--duplicates", duplicates, 1, "0.02")
    alike = _read_number("--dependence", dependence, MOST_DEPENDENCE, "0.8")
    factor, number = _read_damage(damage), read_seed(seed)

    from testigo.observatory import simulate_observatory

    with show_progress(voice) as progress:
        made = simulate_observatory(
            Path(folder),
            records=count,
            seed=number,
            coverage=share,
            damage=factor,
            co_victims=together,
            duplicates=twice,
            dependence=alike,
            progress=progress,
        )
    if json:
        print_json(_as_dict(made))
    else:
        _tell(voice, made, folder)


def _tell(voice: Voice, made: SimulatedFolder, folder: str) -> None:
    from testigo.observatory import as_argument

    voice.tell(Message("Synthetic data: nobody in these lists exists or ever did."))
    voice.tell(
        Message(
            "{folder}: {records} records on {lists} lists speak of {recorded} people; {killed} "
            "were killed in all, in {incidents} incidents and {areas} municipalities.",
            {
                "folder": nearest(made.folder),
                "records": Number(sum(made.records.values())),
                "lists": Number(len(made.records)),
                "recorded": Number(made.recorded),
                "killed": Number(made.killed),
                "incidents": Number(made.incidents),
                "areas": Number(made.areas),
            },
        )
    )
    for name, count in made.records.items():
        voice.say(
            Message("{list}: {count} records", {"list": name, "count": Number(count)}), indent=2
        )
    voice.tell(
        Message(
            "The truth stands apart, in {truth}; SOURCES.md says how to measure against it.",
            {"truth": nearest(made.folder / "truth")},
        )
    )
    voice.say(
        Message(
            "Next: `{program} run {folder}`.",
            {"program": voice.program, "folder": as_argument(folder)},
        )
    )


def _as_dict(made: SimulatedFolder) -> dict[str, object]:
    return {
        "synthetic": True,
        "folder": made.folder.as_posix(),
        "records": made.records,
        "killed": made.killed,
        "recorded": made.recorded,
        "incidents": made.incidents,
        "areas": made.areas,
    }


def _read_records(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST_RECORDS):
        raise UsageError(
            Message("--records = {given!r} is not a number of records.", {"given": text}),
            Message(
                "Write a whole number from 1 to {most}, for instance 10000.",
                {"most": MOST_RECORDS},
            ),
        )
    return int(text)


def _read_coverage(text: str) -> tuple[float, ...]:
    try:
        shares = tuple(float(part) for part in text.split(","))
    except ValueError:
        shares = ()
    if not shares or not all(0 < share <= 1 for share in shares):
        raise UsageError(
            Message("--coverage = {given!r} is not a share for each list.", {"given": text}),
            Message(
                "Write one number above 0 and up to 1 for each list, with points and commas: "
                "0.7,0.6,0.4,0.3."
            ),
        )
    return shares


def _read_damage(text: str) -> float:
    if text in DAMAGES:
        return DAMAGES[text]
    return _read_number("--damage", text, MOST_DAMAGE, ", ".join(DAMAGES))


def _read_number(option: str, text: str, most: float, example: str) -> float:
    """Read a number from 0 to the most that makes sense; 0,06 is 0.06."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = float("nan")
    if not (isfinite(number) and 0 <= number <= most):
        raise UsageError(
            Message("{option} = {given!r} cannot be used.", {"option": option, "given": text}),
            Message(
                "Write a number from 0 to {most}, or for instance: {example}.",
                {"most": f"{most:g}", "example": example},
            ),
        )
    return number
