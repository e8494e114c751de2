"""Whether a word with accents looks written or looks misread.

A delivery whose bytes were read with the wrong table still has words, but marks stand between
their letters ("tr·nsito"), capitals follow small letters ("jurÌdico") and ñ meets a consonant.
Right words of any American language do none of that. Nothing here knows a dictionary, because
deliveries are full of names.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal

Look = Literal[-1, 0, 1]  # misread, cannot tell, well written

_WORD: Final = re.compile(r"[A-Za-z\x80-\U0010ffff]*[\x80-\U0010ffff][A-Za-z\x80-\U0010ffff]*")
_FAMILIAR: Final = frozenset("áéíóúñüãõçâêôÁÉÍÓÚÑÜÃÕÇÂÊÔ")  # Spanish and Portuguese
_CONSONANTS: Final = frozenset("bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ")
_JOINERS: Final = frozenset("’‘‛´`ʼ·–—…”“„«»\u00ad\u00a0\u200b\u2009\u202f\ufeff\ufffd")
_OPENING: Final = frozenset("¡¿‹")
_CLOSING: Final = frozenset("®™©°›‡†²³¹¼½¾€£¥¢§")
_ORDINALS: Final = frozenset("ªº")
_NEVER: Final = frozenset("µƒı")  # letters to Unicode, never of a word in our languages
_ALL_ACCENTS: Final = 4  # letters; no word of our languages has so many and nothing else
_LEADS: Final = frozenset("ÃÂ")  # what the first byte of a UTF-8 letter turns into
_LAST_LATIN: Final = "\u02ff"  # with the modifier letters that write ejectives


def words_with_accents(text: str) -> list[str]:
    """Return the runs of letters of a text that hold anything beyond ASCII.

    Examples
    --------
    >>> words_with_accents("Tr·nsito en Bogotá, 2015")
    ['Tr·nsito', 'Bogotá']
    """
    return _WORD.findall(text)


@lru_cache(maxsize=200_000)
def look_of(word: str) -> Look:
    """Return 1 for a well written word, -1 for a misread one, 0 when it cannot be told.

    Examples
    --------
    >>> [look_of(word) for word in ("Año", "AÒo", "jurÌdico", "Òdena", "MÃ©xico")]
    [1, -1, -1, 0, -1]
    """
    if not any(mark.isascii() for mark in word):
        return -1 if _foreign(word) else 0
    familiar = inside = False
    padded = f" {word} "
    for before, mark, after in zip(padded, padded[1:], padded[2:], strict=False):
        if mark.isascii():
            continue
        if _misread(before, mark, after):
            return -1
        # A capital inside, as in fechaÚltima, speaks neither for nor against.
        inside = inside or (mark.isupper() and before.islower())
        familiar = familiar or mark in _FAMILIAR
    return 1 if familiar and not inside else 0


def _foreign(word: str) -> bool:
    """Whether a word without a plain letter is another alphabet, or UTF-8, misread."""
    other_alphabet = all(mark.isalpha() and mark > _LAST_LATIN for mark in word)
    return (len(word) >= _ALL_ACCENTS and not other_alphabet) or any(
        mark in _LEADS and not after.isalpha() for mark, after in pairwise(word)
    )


def _misread(before: str, mark: str, after: str) -> bool:
    if mark in _LEADS and not after.isascii():
        return True
    if mark in _ORDINALS or not mark.isalpha():
        return _stray_mark(before, mark, after)
    return _stray_letter(before, mark, after)


def _stray_mark(before: str, mark: str, after: str) -> bool:
    if mark in _JOINERS or "\u0300" <= mark <= "\u036f":
        return False
    if mark in _OPENING:
        return before.isalpha()
    if mark in _CLOSING or mark in _ORDINALS:
        return before.isalpha() and after.isalpha()
    return before.isalpha() or after.isalpha()


def _stray_letter(before: str, mark: str, after: str) -> bool:
    if mark in _NEVER or mark > _LAST_LATIN:
        return before.isascii() and after.isascii()  # a whole word in another script is fine
    if mark.isupper() and before.isupper() and after.islower():
        return True
    if mark.isupper() and before.islower():
        return mark not in _FAMILIAR
    if mark in "ñÑçÇ":
        return after in _CONSONANTS
    return mark == "ß" and before in _CONSONANTS
