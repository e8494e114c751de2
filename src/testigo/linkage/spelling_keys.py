"""Keys under which spellings of one name meet: as it sounds, and as it looks to a scanner."""

from __future__ import annotations

import re
from typing import Final

_SOUNDS: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"),
        ("sh|ch", "x"),
        ("[gj](?=[ei])", "j"),
        ("gu(?=[ei])", "g"),
        ("qu|q|ck|k", "k"),
        ("c(?=[eiy])|z", "s"),
        ("c", "k"),
        ("v|w(?=[eiaou])", "b"),
        ("ll|y(?=[aeiou])", "y"),
        ("h", ""),
        ("^x(?=[aei])", "j"),
        ("mb|nb|nv", "mb"),
        ("y$", "i"),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS: Final = re.compile("(?<=.)[aeiou]+")
_ENDINGS: Final = re.compile("(?<=..)[sz]$")  # Flores and Flore, Gómez and Gome
_SHAPES: Final = (("rn", "m"), ("cl", "d"), ("vv", "w"))
_CLASSES: Final = str.maketrans("unvhceoailjtfgqy", "nnnncccciiiiiggg")


def sound_key(word: str) -> str:
    """Return a key of how a name sounds in Spanish: first sound and the consonants.

    Examples
    --------
    >>> [sound_key(name) for name in ("gimenez", "jimenes", "velasquez", "belazques")]
    ['jmn', 'jmn', 'blsk', 'blsk']
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return _ENDINGS.sub("", _VOWELS.sub("", word)) or word


def shape_key(word: str) -> str:
    """Return a key of how a name looks, the same for letters that scanners take for each other.

    Examples
    --------
    >>> shape_key("bernal") == shape_key("bemal"), shape_key("clavijo") == shape_key("davllo")
    (True, True)
    """
    for written, seen in _SHAPES:
        word = word.replace(written, seen)
    return word.translate(_CLASSES)
