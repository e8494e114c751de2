"""What the help says of the commands that make something to try."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.cli.command_manual import JSON_OPTION, CommandManual, Example
from testigo.core import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

EXAMPLE_COMMANDS: Final[Mapping[str, CommandManual]] = MappingProxyType(
    {
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
                "json": JSON_OPTION,
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
    }
)
