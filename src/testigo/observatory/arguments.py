"""Names of folders as they are typed in a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_PLAIN: Final = re.compile(r"[\w./\\:@%+,~-]+")


def as_argument(given: Path | str) -> str:
    """Write a name so that it can be copied into a command, in bash, PowerShell or cmd.

    Examples
    --------
    >>> as_argument("mexico"), as_argument("Mi ciudad")
    ('mexico', '"Mi ciudad"')
    """
    text = str(given)
    return text if _PLAIN.fullmatch(text) else f'"{text}"'
