"""How the command line speaks: sentences to people, JSON to machines."""

from __future__ import annotations

import codecs
import json
import shutil
import sys
import textwrap
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import typer

    from testigo.core import Language, Speaking

PLAIN: Final = {
    "\u202f": " ",
    "\u2009": " ",
    "\u2192": "->",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2212": "-",
}


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks one language.

    Attributes
    ----------
    language
        Of everything that is printed.
    program
        What the reader types to start Testigo.
    """

    language: Language = "en"
    program: str = "testigo"

    def say(self, message: Speaking | str = "", *, indent: int = 0) -> None:
        """Print a sentence on standard output."""
        print(" " * indent + self.put(message))

    def tell(self, message: Speaking | str, *, indent: int = 0) -> None:
        """Print a long sentence, folded to the width of the terminal where there is one."""
        text = self.put(message)
        if sys.stdout.isatty():
            width = max(40, shutil.get_terminal_size().columns - 1)
            space = " " * indent
            print(textwrap.fill(text, width, initial_indent=space, subsequent_indent=space + "  "))
        else:
            print(" " * indent + text)

    def remark(self, message: Speaking | str) -> None:
        """Print a sentence on standard error, out of the way of the result."""
        print(self.put(message), file=sys.stderr)

    def put(self, message: Speaking | str) -> str:
        """Word it."""
        return message if isinstance(message, str) else message.in_language(self.language)


def voice_of(context: typer.Context) -> Voice:
    """Return the voice that a command was called with; English when it was called without."""
    voice = context.find_root().obj
    return voice if isinstance(voice, Voice) else Voice()


def print_json(content: object) -> None:
    """Print for machines: valid JSON, nothing else, whatever the encoding of the stream."""
    encoding = (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "")
    ascii_only = encoding not in {"utf8", "utf8sig"}
    print(json.dumps(_plain(content), ensure_ascii=ascii_only, indent=1, allow_nan=False))


def _plain(content: object) -> object:
    if isinstance(content, dict):
        return {str(name): _plain(value) for name, value in content.items()}
    if isinstance(content, (list, tuple)):
        return [_plain(value) for value in content]
    if isinstance(content, float):
        return content if isfinite(content) else None
    return content.isoformat() if isinstance(content, date) else content


def prepare_streams() -> None:
    """Make sure that no letter can stop a sentence on an old console (cp1252, cp850, ASCII)."""
    codecs.register_error("testigo", _nearest)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="testigo")


def _nearest(error: UnicodeError) -> tuple[str | bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return "".join(PLAIN.get(letter, "?") for letter in wrong), error.end
