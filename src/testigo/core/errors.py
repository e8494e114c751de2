"""The one tree of errors, with the exit code of each.

Everything that Testigo raises on purpose descends from `TestigoError` and also from the builtin
that a caller would expect, so that `except ValueError` keeps working::

    TestigoError
      UsageError            2  the command was asked for something it does not offer
        UncertainOrderError
      ConfigurationError   10  testigo.toml or a table in hand/ asks for what cannot be meant
      InputFileError       11  a file is missing, broken or not what it was said to be
      PromiseError         12  going on would break a promise (rows lost, a person exposed)
        RowsLostError
        DisclosureError
      StorageError         13  what we make cannot be written (folder, disk, another run)

The message is a `Message`: `str(error)` is English, `error.message.in_language("es")` Spanish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from testigo.core.messages import Language, Message


class TestigoError(Exception):
    """Root of what we raise on purpose; the command line prints it without traceback.

    Parameters
    ----------
    message
        What was wrong and what was given; `hint`, the mend.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def in_language(self, language: Language) -> str:
        """Return the whole message, with its mend on a second line, in one language."""
        lines = [self.message.in_language(language)]
        if self.hint is not None:
            lines.append("  " + self.hint.in_language(language))
        return "\n".join(lines)

    def __str__(self) -> str:
        return self.in_language("en")


class UsageError(TestigoError, ValueError):
    """The command was asked for something it does not offer."""

    exit_code: ClassVar[int] = 2


class UncertainOrderError(UsageError, TypeError):
    """Two estimates were compared as if they were numbers."""


class ConfigurationError(TestigoError, ValueError):
    """testigo.toml, or a table in hand/, asks for something that cannot be meant."""

    exit_code: ClassVar[int] = 10


class InputFileError(TestigoError, ValueError):
    """A file is missing, broken, empty, or not what it was said to be."""

    exit_code: ClassVar[int] = 11


class PromiseError(TestigoError, RuntimeError):
    """Going on would break one of the three promises; the run stops instead."""

    exit_code: ClassVar[int] = 12


class RowsLostError(PromiseError):
    """Promise 1: the rows placed do not add up to the rows delivered."""


class DisclosureError(PromiseError):
    """Promise 3: something that could point at a person was about to leave."""


class StorageError(TestigoError, OSError):
    """What we make cannot be written: no such folder, no right, no room, or another run at work."""

    exit_code: ClassVar[int] = 13

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        TestigoError.__init__(self, message, hint)

    def __str__(self) -> str:
        return self.in_language("en")
