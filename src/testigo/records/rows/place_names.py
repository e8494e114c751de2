"""Finding a place by its name: folded, then short official forms, never by likeness.

A delivered name is compared with the names of one parent. It matches when the folded names are
equal (accents, capitals, line breaks and spaces apart), or when it is the short form of exactly
one official name: "Escobedo" of "General Escobedo", "Naucalpan" of "Naucalpan de Juárez",
"N. de Santander" of "Norte de Santander". A name that begins like two official names matches
neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.records.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection

Words = tuple[str, ...]

_ABBREVIATIONS: Final = {
    "cap": "capitan",
    "cd": "ciudad",
    "cnel": "coronel",
    "depto": "departamento",
    "dpto": "departamento",
    "dr": "doctor",
    "dra": "doctora",
    "edo": "estado",
    "gral": "general",
    "mpio": "municipio",
    "mun": "municipio",
    "nva": "nueva",
    "nvo": "nuevo",
    "prov": "provincia",
    "pto": "puerto",
    "sn": "san",
    "sta": "santa",
    "sto": "santo",
}
_TITLES: Final = "capitan coronel doctor doctora general heroica heroico"
_KINDS: Final = (
    "alcaldia archipielago canton ciudad delegacion departamento distrito estado municipio "
    "partido provincia region villa"
)
_LEADING: Final = frozenset(f"{_TITLES} {_KINDS} el la las los".split())  # people leave them out
_CONNECTORS: Final = frozenset({"de", "del", "la", "las", "los", "el", "y"})
_OPENERS: Final = frozenset({"de", "del"})
_BRACKETS: Final = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")
_LINE_BREAK: Final = re.compile(r"\s*[\r\n]+\s*")  # inside a word of a narrow cell
_INITIAL: Final = re.compile(r"\b(\w)\.(?:\s|$)")


@dataclass(frozen=True, slots=True)
class NameMatch:
    """What a name was found to mean.

    Attributes
    ----------
    codes
        Codes of the places with this name; one when it is found, several when ambiguous.
    short
        Whether it was found as a short form.
    respelled
        Whether an abbreviation was written out, or words were joined or parted, to find it.
    """

    codes: tuple[str, ...]
    short: bool = False
    respelled: bool = False


class NameIndex:
    """The names of some places, ready to be looked up.

    Parameters
    ----------
    places
        Pairs of code and official name.
    long_forms
        Whether a delivered name may also be longer than the official one ("Coahuila de
        Zaragoza" for "Coahuila"); right for the few large areas, a guess for the many small.
    """

    def __init__(self, places: Collection[tuple[str, str]], *, long_forms: bool = False) -> None:
        self._long_forms = long_forms
        self._words = [(code, name_words(name)) for code, name in places]
        self._exact: dict[str, set[str]] = {}
        for code, words in self._words:
            self._exact.setdefault("".join(words), set()).add(code)
        self._folded = {fold(name) for _, name in places}

    def find(self, name: str) -> NameMatch:
        r"""Find the place that a delivered name means.

        Examples
        --------
        >>> index = NameIndex([("19021", "General Escobedo"), ("19005", "Anáhuac")])
        >>> index.find("ESCOBEDO").short, index.find("Gral. Escobedo").respelled
        (True, True)
        >>> index.find("Anáhu\nac").codes, index.find("Anahuaca").codes
        (('19005',), ())
        """
        whole = name_words(name)
        found = self._exact.get("".join(whole))
        if found is None:
            whole = name_words(_BRACKETS.sub(" ", name))
            found = self._exact.get("".join(whole))
        if found:
            as_written = {fold(name), fold(_LINE_BREAK.sub("", name))}
            return NameMatch(tuple(sorted(found)), respelled=not as_written & self._folded)
        return self._find_short(name, whole)

    def _find_short(self, name: str, words: Words) -> NameMatch:
        short = _without_trailing(_without_leading(words))
        if not short:
            return NameMatch(())
        found = (
            self._exact.get("".join(short), set())
            or self._continued(short)
            or self._by_initials(name, words)
        )
        if not found and self._long_forms:
            found = {code for code, own in self._words if _continues(short, _without_leading(own))}
        return NameMatch(tuple(sorted(found)), short=True)

    def _continued(self, short: Words) -> set[str]:
        """Find the only official name that is, or goes on from, these words."""
        beginning = {
            code: _without_leading(own)
            for code, own in self._words
            if short in {own[: len(short)], _without_leading(own)[: len(short)]}
        }
        if len(beginning) != 1:
            same = {code for code, own in beginning.items() if own == short}
            return same if len(same) == 1 else set()
        return {code for code, own in beginning.items() if own == short or _continues(own, short)}

    def _by_initials(self, name: str, words: Words) -> set[str]:
        """Find the only name whose words begin with the initials given ("N. de Santander")."""
        initials = {fold(letter) for letter in _INITIAL.findall(name)}
        if not initials.intersection(words):
            return set()
        found = {
            code
            for code, own in self._words
            if len(own) == len(words)
            and all(
                a == b or (a in initials and b[0] == a) for a, b in zip(words, own, strict=True)
            )
        }
        return found if len(found) == 1 else set()


def name_words(name: str) -> Words:
    """Return the folded words of a name, abbreviations written out.

    Examples
    --------
    >>> name_words("Gral. Escobedo"), name_words("Bogotá, D.C.")
    (('general', 'escobedo'), ('bogota', 'dc'))
    """
    return tuple(_ABBREVIATIONS.get(word, word) for word in fold(name).split())


def _without_leading(words: Words) -> Words:
    rest = list(words)
    while len(rest) > 1 and rest[0] in _LEADING:
        del rest[0]
        while len(rest) > 1 and rest[0] in _CONNECTORS:
            del rest[0]
    return tuple(rest)


def _without_trailing(words: Words) -> Words:
    rest = list(words)
    while rest and rest[-1] in _CONNECTORS:
        del rest[-1]
    return tuple(rest)


def _continues(longer: Words, shorter: Words) -> bool:
    """Say whether a name is the shorter one and then "de ..." or ", ..."."""
    size = len(shorter)
    return len(longer) > size and longer[:size] == shorter and longer[size] in _OPENERS
