"""How the program was started, so that the commands it prints can be typed as they stand."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Final

NAME: Final = "testigo"


def as_started(first: str) -> str:
    """Return what to type for the program: its name where that is enough, else its path.

    Parameters
    ----------
    first
        The first word of the command line (`sys.argv[0]`).
    """
    given = Path(first)
    if given.name == "__main__.py":
        return f"{_typed(Path(sys.executable))} -m testigo.cli"
    found = shutil.which(NAME)
    if given.stem != NAME or (found is not None and Path(found).resolve() == _whole(given)):
        return NAME
    return _typed(given)


def _whole(path: Path) -> Path:
    beside = path.with_suffix(".exe")  # Windows leaves the ending out
    return (path if path.exists() or not beside.exists() else beside).resolve()


def _typed(path: Path) -> str:
    """Write the path of a program from the working folder, in quotes where it needs them."""
    here = Path.cwd()
    full = here / path
    text = str(full.relative_to(here) if full.is_relative_to(here) else full)
    if " " not in text:
        return text
    return f'& "{text}"' if sys.platform == "win32" else f'"{text}"'
