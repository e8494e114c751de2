"""What the help says of every command, once: the help pages and docs/reference print it.

Option names and examples are the same in both languages; the sentences are translated.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from testigo.cli.example_manual import EXAMPLE_COMMANDS
from testigo.cli.file_manual import FILE_COMMANDS
from testigo.cli.folder_manual import FOLDER_COMMANDS
from testigo.core import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.cli.command_manual import CommandManual


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

MANUAL: Final[Mapping[str, CommandManual]] = MappingProxyType(
    {**FOLDER_COMMANDS, **EXAMPLE_COMMANDS, **FILE_COMMANDS}
)
