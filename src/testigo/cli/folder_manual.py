"""What the help says of the commands on an observatory."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.cli.command_manual import FOLDER_ARGUMENT, JSON_OPTION, CommandManual, Example
from testigo.core import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER_COMMANDS: Final[Mapping[str, CommandManual]] = MappingProxyType(
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
            parameters={"folder": FOLDER_ARGUMENT, "json": JSON_OPTION},
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
                "folder": FOLDER_ARGUMENT,
                "only": Message(
                    "Do this step and those it needs: ingest, quality, convergence, consistency, "
                    "rates or publish."
                ),
                "engine": Message(
                    "duckdb (when not given), or spark, for more rows than one computer can hold; "
                    "the result is the same."
                ),
                "json": JSON_OPTION,
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
                "folder": FOLDER_ARGUMENT,
                "table": Message(
                    "Published table: rates, counts, standardised_rates, convergence, links or "
                    "estimates."
                ),
                "area": Message("Code or name of the area; links and estimates need none."),
                "period": Message("Year (2020) or month (2020-03); links and estimates need none."),
                "source": Message("Id of the source, when several speak of that area and period."),
                "population_series": Message("Id of the denominator, when there are several."),
                "json": JSON_OPTION,
            },
            examples=(
                Example(
                    "testigo explain mexico --table rates --area 08037 --period 2010 "
                    "--source inegi_registered --population-series census",
                    Message("Says how the rate of one municipality came about."),
                ),
            ),
        ),
        "review": CommandManual(
            summary=Message("Show people the pairs that matter, and read their answers."),
            details=(
                Message(
                    "Writes into store/review/, which is private, a page and a table of pairs: two "
                    "thirds drawn at random, to measure the links, and those whose decision "
                    "matters most. Scores are hidden until a pair is answered."
                ),
                Message(
                    "With --answers it reads answers back: same and different become lines of "
                    "hand/link_decisions.csv, which every later run obeys, and precision, recall "
                    "and the agreement of reviewers are estimated with intervals."
                ),
            ),
            parameters={
                "folder": FOLDER_ARGUMENT,
                "answers": Message(
                    "Answers that the page saved, or the table filled in; once for each reviewer."
                ),
                "reviewer": Message(
                    "Who answered, in the order of --answers; it is written into hand/ only."
                ),
                "pairs": Message("About how many pairs; 300 when not given."),
                "seed": Message("Number from which pairs are drawn; the same gives the same."),
                "json": JSON_OPTION,
            },
            examples=(
                Example("testigo review my-city", Message("Writes a sheet of about 300 pairs.")),
                Example(
                    "testigo review my-city --answers ana.csv --reviewer Ana --answers luis.csv "
                    "--reviewer Luis",
                    Message("Reads what two reviewers answered, and says how far they agree."),
                ),
            ),
        ),
    }
)
