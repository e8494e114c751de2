"""What happens to a name between a death and a list: slips, sounds, scanners, short forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from testigo.records import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

_BESIDE: Final = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "kñ", "m": "n", "n": "bm", "o": "ip", "p": "o",
    "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_SOUNDS: Final = (("z", "s"), ("v", "b"), ("ll", "y"), ("j", "g"), ("c", "s"), ("h", ""),
                  ("qu", "k"), ("i", "y"), ("b", "v"), ("s", "z"))  # fmt: skip
_SCANS: Final = (("m", "rn"), ("rn", "m"), ("l", "1"), ("o", "0"), ("e", "c"), ("n", "u"),
                 ("cl", "d"), ("i", "l"), ("u", "n"), ("h", "b"))  # fmt: skip


def damage_name(name: str, generator: np.random.Generator) -> str:
    """Return the name with one slip of the keyboard, of the ear, or of a scanner."""
    ways: tuple[Callable[[str, np.random.Generator], str], ...] = (_slip, _slip, _heard, _scanned)
    return ways[int(generator.integers(len(ways)))](name, generator)


def without_accents(name: str) -> str:
    """Return the name as lists without accents write it."""
    return fold(name).title()


def _slip(name: str, generator: np.random.Generator) -> str:
    place = int(generator.integers(len(name)))
    kind = ("drop", "double", "exchange", "beside")[int(generator.integers(4))]
    head, letter, tail = name[:place], name[place], name[place + 1 :]
    if kind == "drop":
        return head + tail
    if kind == "double":
        return head + letter + letter + tail
    if kind == "exchange" and tail:
        return head + tail[0] + letter + tail[1:]
    options = _BESIDE.get(letter.lower(), "e")
    return head + options[int(generator.integers(len(options)))] + tail


def _heard(name: str, generator: np.random.Generator) -> str:
    return _replaced(name, _SOUNDS, generator)


def _scanned(name: str, generator: np.random.Generator) -> str:
    return _replaced(name, _SCANS, generator)


def _replaced(name: str, table: tuple[tuple[str, str], ...], generator: np.random.Generator) -> str:
    lower = name.lower()
    possible = [pair for pair in table if pair[0] in lower]
    if not possible:
        return _slip(name, generator)
    old, new = possible[int(generator.integers(len(possible)))]
    return lower.replace(old, new, 1).title()
