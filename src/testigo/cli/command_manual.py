"""What the help says of one command: its form, and what several commands share."""

from __future__ import annotations

from dataclasses import dataclass
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


FOLDER_ARGUMENT: Final = Message(
    "Folder of the observatory, the one with testigo.toml; the current one when not given."
)
JSON_OPTION: Final = Message("Print JSON for machines, and nothing else on standard output.")
