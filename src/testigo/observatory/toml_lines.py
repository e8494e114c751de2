"""Where in testigo.toml a key stands: the standard reader does not say, and a good message must."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\"-]+)\s*\]\]?")
_KEY: Final = re.compile(r"\s*\"?([A-Za-z0-9_-]+)\"?\s*(?:\.\s*[A-Za-z0-9_\"-]+\s*)*=")


@dataclass(slots=True)
class TomlLines:
    r"""Line numbers (from 1) of the sections and keys of one file.

    Examples
    --------
    >>> lines = TomlLines.of('[a]\nx = 1\n[[b]]\ny = 2\n[[b]]\ny = 3\n')
    >>> lines.find("a", 0, "x"), lines.find("b", 1, "y"), lines.find("b", 1, "z")
    (2, 6, 5)
    """

    sections: dict[tuple[str, int], int] = field(default_factory=dict)
    keys: dict[tuple[str, int, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> TomlLines:
        """Read the lines of a text that is already known to be TOML."""
        found = cls()
        section, place = "", 0
        for number, line in enumerate(text.splitlines(), start=1):
            if header := _HEADER.fullmatch(line.split("#", 1)[0].rstrip()):
                section = header[2].strip('"')
                place = sum(1 for name, _ in found.sections if name == section)
                found.sections[section, place] = number
            elif key := _KEY.match(line):
                found.keys.setdefault((section, place, key[1]), number)
        return found

    def find(self, section: str, place: int = 0, key: str | None = None) -> int:
        """Line of a key, or of its section when the key is not there, or 1."""
        line = self.keys.get((section, place, key)) if key else None
        return line or self.sections.get((section, place), 1)
