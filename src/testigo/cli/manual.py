"""What the help says of every command, once: the help pages and docs/reference print it.

Option names and examples are the same in both languages; the sentences are translated.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.core import Message

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Example:
    """A command to type and what it does."""

    command: str
    meaning: Message


@dataclass(frozen=True, slots=True)
class CommandManual:
    """One command.

    Attributes
    ----------
    summary
        One sentence; also its line in the list of commands.
    details
        Paragraphs.
    parameters
        Meaning of each argument and option, by the name of the function's parameter.
    examples
        At least one.
    """

    summary: Message
    details: tuple[Message, ...]
    parameters: Mapping[str, Message]
    examples: tuple[Example, ...]


ABOUT: Final = Message(
    "A citizen-security observatory in a box: figures that can be walked back to their source."
)
LANGUAGE_OPTION: Final = Message("Language of what is printed: Spanish or English.")
HELP_OPTION: Final = Message("Show this page.")
VERSION_OPTION: Final = Message("Print the version.")

PLACES: Final[Mapping[str, Message]] = MappingProxyType(
    {  # what stands for a value in the form of a command
        "AREA": Message("AREA"),
        "COLUMN": Message("COLUMN"),
        "FILE": Message("FILE"),
        "FOLDER": Message("FOLDER"),
        "ID": Message("ID"),
        "NAME": Message("NAME"),
        "NUMBER": Message("NUMBER"),
        "PERIOD": Message("PERIOD"),
        "STEP": Message("STEP"),
        "TABLE": Message("TABLE"),
    }
)

EXIT_CODES: Final[Mapping[int, Message]] = MappingProxyType(
    {
        0: Message("Fine; a figure that is refused or blocked is an answer, so 0 too."),
        1: Message("A defect of Testigo: please report it."),
        2: Message("The command was typed wrongly, or asks for what is not there."),
        10: Message("testigo.toml, or a table in hand/, asks for what cannot be meant."),
        11: Message("A file is missing, broken or not what it was said to be."),
        12: Message("Going on would break a promise: rows lost, or a person exposed."),
        13: Message("Something cannot be written: no room, no right, or another run at work."),
        130: Message("Stopped with Ctrl+C."),
    }
)

_FOLDER: Final = Message(
    "Folder of the observatory, the one with testigo.toml; the current one when not given."
)
_JSON: Final = Message("Print JSON for machines, and nothing else on standard output.")

MANUAL: Final[Mapping[str, CommandManual]] = MappingProxyType(
    {
        "init": CommandManual(
            summary=Message(
                "Start an observatory: a folder with a testigo.toml that explains itself."
            ),
            details=(Message("Nothing that exists is overwritten."),),
            parameters={
                "folder": Message("Folder to make."),
                "name": Message("Name of the observatory; the folder's name when not given."),
            },
            examples=(
                Example(
                    'testigo init my-city --name "Observatorio de mi ciudad"',
                    Message("Makes my-city/ with testigo.toml, sources/ and hand/."),
                ),
            ),
        ),
        "check": CommandManual(
            summary=Message("Read everything, change nothing, and say what would be set aside."),
            details=(
                Message(
                    "Prints where every delivered row would go, which place names are not in the "
                    "catalogue (with the line to paste into hand/place_aliases.csv), and what does "
                    "not add up."
                ),
            ),
            parameters={"folder": _FOLDER, "json": _JSON},
            examples=(Example("testigo check my-city", Message("Tries my-city before a run.")),),
        ),
        "run": CommandManual(
            summary=Message("Make the tables and the report of an observatory."),
            details=(
                Message(
                    "Steps whose inputs did not change are not done again. A run that was stopped "
                    "can be started again and gives the same result."
                ),
            ),
            parameters={
                "folder": _FOLDER,
                "only": Message(
                    "Do this step and those it needs: ingest, quality, convergence, consistency, "
                    "rates or publish."
                ),
                "json": _JSON,
            },
            examples=(
                Example(
                    "testigo run my-city",
                    Message("Writes my-city/output/, with the report in output/report/index.html."),
                ),
                Example(
                    "testigo run my-city --only ingest",
                    Message("Reads the deliveries and stops there."),
                ),
            ),
        ),
        "explain": CommandManual(
            summary=Message("Walk a published figure back to the files and rows it came from."),
            details=(Message("The observatory must have been run."),),
            parameters={
                "folder": _FOLDER,
                "table": Message(
                    "Published table: rates, counts, standardised_rates or convergence."
                ),
                "area": Message("Code or name of the area."),
                "period": Message("Year (2020) or month (2020-03)."),
                "source": Message("Id of the source, when several speak of that area and period."),
                "population_series": Message("Id of the denominator, when there are several."),
                "json": _JSON,
            },
            examples=(
                Example(
                    "testigo explain mexico --table rates --area 08037 --period 2010 "
                    "--source inegi_registered --population-series census",
                    Message("Says how the rate of one municipality came about."),
                ),
            ),
        ),
        "demo": CommandManual(
            summary=Message("Copy a bundled example into this folder and run it."),
            details=(Message("The copy is yours: change its testigo.toml and run it again."),),
            parameters={"name": Message("Example: mexico or el-salvador; mexico when not given.")},
            examples=(
                Example(
                    "testigo demo mexico",
                    Message("Nine sources, 33 years, one country: report in mexico/output/."),
                ),
            ),
        ),
        "rates": CommandManual(
            summary=Message("Rates per 100,000 with exact intervals, from one file."),
            details=(
                Message(
                    "The file is CSV (also gzipped), Parquet or XLSX: one row for each area or "
                    "period. The interval is the exact Poisson one."
                ),
            ),
            parameters={
                "file": Message("CSV, CSV.GZ, Parquet or XLSX."),
                "count": Message("Column with the number of victims."),
                "population": Message("Column with the number of residents."),
                "level": Message("Coverage of the interval; 0.95 when not given."),
                "json": Message(
                    "Print the rows of the table `rates` as JSON, and nothing else on standard "
                    "output."
                ),
            },
            examples=(
                Example(
                    "testigo rates cities.csv --count victims --population residents",
                    Message("The rate of each row of a table of yours, and of all rows together."),
                ),
            ),
        ),
    }
)
