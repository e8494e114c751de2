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
        "ENGINE": Message("ENGINE"),
        "FILE": Message("FILE"),
        "FOLDER": Message("FOLDER"),
        "ID": Message("ID"),
        "METHOD": Message("METHOD"),
        "NAME": Message("NAME"),
        "NUMBER": Message("NUMBER"),
        "NUMBERS": Message("NUMBERS"),
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
                "engine": Message(
                    "duckdb (when not given), or spark, for more rows than one computer can hold; "
                    "the result is the same."
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
                    "Published table: rates, counts, standardised_rates, convergence, links or "
                    "estimates."
                ),
                "area": Message("Code or name of the area; links and estimates need none."),
                "period": Message("Year (2020) or month (2020-03); links and estimates need none."),
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
                "folder": _FOLDER,
                "answers": Message(
                    "Answers that the page saved, or the table filled in; once for each reviewer."
                ),
                "reviewer": Message(
                    "Who answered, in the order of --answers; it is written into hand/ only."
                ),
                "pairs": Message("About how many pairs; 300 when not given."),
                "seed": Message("Number from which pairs are drawn; the same gives the same."),
                "json": _JSON,
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
        "demo": CommandManual(
            summary=Message("Copy a bundled example into this folder and run it."),
            details=(Message("The copy is yours: change its testigo.toml and run it again."),),
            parameters={
                "name": Message(
                    "Example: mexico (when not given), el-salvador, cuatro-listas (four invented "
                    "lists that are linked), peru-truth-commission (three lists, as counts) or "
                    "us-five-lists (configuration only: you bring the "
                    "lists)."
                )
            },
            examples=(
                Example(
                    "testigo demo mexico",
                    Message("Nine sources, 33 years, one country: report in mexico/output/."),
                ),
                Example(
                    "testigo demo cuatro-listas",
                    Message("Four invented lists become victims, incidents and an estimate."),
                ),
            ),
        ),
        "simulate": CommandManual(
            summary=Message("Invent lists of killings whose truth is known, to measure linkage."),
            details=(
                Message(
                    "Makes an observatory that is ready to run: up to four lists as institutions "
                    "deliver them (police, forensic, press, ngo), a territory that does not exist "
                    "with its residents, and apart, in truth/, whom each record speaks of and how "
                    "many were killed in all. Nobody in it is real, and every page says so."
                ),
            ),
            parameters={
                "folder": Message("Folder to make; it must not be there yet."),
                "records": Message("About how many records in all; 10000 when not given."),
                "coverage": Message(
                    "Share of the victims on each list; 0.7,0.6,0.4,0.3 when not given. Fewer "
                    "numbers make fewer lists."
                ),
                "damage": Message(
                    "Slips in names, ages, dates and places: low, normal (when not given), high, "
                    "or how many times the normal, from 0 to 5."
                ),
                "co_victims": Message(
                    "Share of incidents with several victims; 0.06 when not given."
                ),
                "duplicates": Message(
                    "Share of a list's victims that it has twice; from 0.005 to 0.05, by list, "
                    "when not given."
                ),
                "dependence": Message(
                    "How much easier some victims are to record than others, for all lists alike, "
                    "from 0 (lists are independent) to 3; 0.8 when not given."
                ),
                "seed": Message("Number from which lists are made; the same gives the same."),
                "json": _JSON,
            },
            examples=(
                Example(
                    "testigo simulate invented",
                    Message("Makes invented/, with 10,000 records; then: testigo run invented"),
                ),
                Example(
                    "testigo simulate worse --records 100000 --damage high --co-victims 0.2",
                    Message("More records, twice as many slips, more victims killed together."),
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
        "estimate": CommandManual(
            summary=Message("How many there were in all, from lists that overlap, or why not."),
            details=(
                Message(
                    "The file is CSV (also gzipped), Parquet or XLSX: a column of 0 and 1 for each "
                    "list, and `count`, the people with exactly that pattern. Other columns are "
                    "strata. Nobody is on no list: that is what is estimated."
                ),
                Message(
                    "A refused estimate is an answer: it says what was found, what was needed, and "
                    "shows no number."
                ),
            ),
            parameters={
                "file": Message("CSV, CSV.GZ, Parquet or XLSX."),
                "method": Message(
                    "latent-class (when not given), graphs, log-linear, sparse, lower-bound, "
                    "independence, or all."
                ),
                "seed": Message("Number from which draws are made; the same gives the same."),
                "level": Message("Coverage of the interval; 0.95 when not given."),
                "sensitivity": Message(
                    "Make the estimate again under other assumptions (other models, without each "
                    "list, lists joined, other classes and prior), of all strata together; what "
                    "moves it is a reason of its verdict. Takes minutes. With --json: the rows of "
                    "the table `sensitivity`."
                ),
                "json": Message(
                    "Print the rows of the table `estimates` as JSON, and nothing else on standard "
                    "output."
                ),
            },
            examples=(
                Example(
                    "testigo estimate kosovo.csv",
                    Message("4,400 people on four lists; about 10,400 killed in all."),
                ),
            ),
        ),
    }
)
