"""What the help says of the commands on one file."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.cli.command_manual import CommandManual, Example
from testigo.core import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE_COMMANDS: Final[Mapping[str, CommandManual]] = MappingProxyType(
    {
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
                    "The file is CSV (also gzipped), Parquet or XLSX: a column of 0 and 1 for "
                    "each list, and `count`, the people with exactly that pattern. Other columns "
                    "are strata. Nobody is on no list: that is what is estimated. The first line "
                    "of the answer says what was taken for what; a stratum is written in words, "
                    "because one of 0 and 1 is taken for a list."
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
                    "moves it is a reason of its verdict. A dozen estimates or more for one: "
                    "seconds with three lists, minutes with more lists or strata. With --json: "
                    "the rows of the table `sensitivity`."
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
