"""Run the `testigo estimate` commands of the tutorials and write down again what they print.

    python tools/write_told_estimates.py

A page's tables (blocks that begin with a header ending in `,count`) are saved under the name of the
last `*.csv` before them; each block that is one command is typed, and the block after it becomes
what came out, wrapped. Where that block held no reasons, none are written. The prose between the
blocks is written by people: read it against the new numbers.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
import tempfile
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Final

from testigo.cli.entry import run_command

if TYPE_CHECKING:
    from collections.abc import Callable

    Answer = Callable[[list[str]], str]

ROOT: Final = Path(__file__).resolve().parent.parent
PAGES: Final = {
    "docs/tutorials/overlap-table-to-sentence.md": "en",
    "docs/es/de-una-tabla-a-una-frase.md": "es",
}
WIDTH: Final = 132
_BLOCK: Final = re.compile(r"^```\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SPACES: Final = re.compile("[\u00a0\u202f]")  # between thousands: pages have plain ones
_FILE: Final = re.compile(r"`(\w+\.csv)`")
_COMMAND: Final = re.compile(r"testigo (estimate .+)\n")


def renew(text: str, answer: Answer) -> str:
    """Return a page with every answer made again.

    Parameters
    ----------
    text
        The page.
    answer
        What the command line prints for the words typed after `testigo`.
    """
    parts, last, waiting = [], 0, ""
    for found in _BLOCK.finditer(text):
        block = found[1]
        parts.append(text[last : found.start(1)])
        last = found.end(1)
        typed = _COMMAND.fullmatch(block)
        if waiting:
            block, waiting = _as_shown(waiting, with_reasons="\n  - " in block), ""
        elif typed:
            waiting = answer(typed[1].split())
        elif block.partition("\n")[0].endswith(",count"):
            name = _FILE.findall(text[: found.start()])[-1]
            Path(name).write_text(block, encoding="utf-8")
        parts.append(block)
    return "".join([*parts, text[last:]])


def _as_shown(printed: str, *, with_reasons: bool) -> str:
    lines = [line for line in printed.splitlines() if with_reasons or not line.startswith("  ")]
    return "".join(f"{_wrapped(line)}\n" for line in lines)


def _wrapped(line: str) -> str:
    after = "    " if line.startswith("  ") else "  "
    return textwrap.fill(
        line, WIDTH, subsequent_indent=after, break_on_hyphens=False, break_long_words=False
    )


def ask(words: list[str]) -> str:
    """Type a command of this program and return what it prints."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = run_command(words)
    if status:
        raise SystemExit(status)
    return _SPACES.sub(" ", printed.getvalue())


def main() -> int:
    """Write both pages."""
    os.environ["COLUMNS"] = "10000"
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        for name, language in PAGES.items():
            os.environ["TESTIGO_LANG"] = language
            page = ROOT / name
            page.write_text(renew(page.read_text(encoding="utf-8"), ask), "utf-8", newline="\n")
            print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
