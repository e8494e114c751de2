"""Names as they are compared: given names and surnames of people who bear one or two of each.

Every function takes one text and is called once for each distinct value, never for each row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from testigo.linkage.name_words import (
    GIVEN_NAMES,
    GLUED_PARTICLES,
    JOINED_AHEAD,
    MISSING_NAMES,
    MISSING_WORDS,
    PARTICLES,
    SHORT_FORMS,
    SUFFIXES,
    TITLES,
    WIDOW,
    WITH_DE,
)
from testigo.records import fold

_QUOTED: Final = re.compile(r"[\"“”«»][^\"“”«»]*[\"“”«»]|\([^)]*\)|\balias\b.*$", re.IGNORECASE)
_DIGITS: Final = str.maketrans("01345689", "oleasgbg")  # what a scanner reads for a letter
_LETTER: Final = re.compile(r"[a-z]")
_DIGIT: Final = re.compile(r"\d")
_IGNORED: Final = SUFFIXES | TITLES
_MOST_GIVEN: Final = 2


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name taken apart; each word folded, without particles.

    Attributes
    ----------
    given
        Given names in order; an initial is one letter.
    surnames
        The surnames of birth in order, at most two.
    """

    given: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()


NO_NAME: Final = NameParts()


def is_missing_name(text: str | None) -> bool:
    """Say whether a text stands where a name should and is none ("NN", "names withheld").

    Examples
    --------
    >>> [is_missing_name(text) for text in ("N.N.", "Sin identificar", "Juan", None, "XX")]
    [True, True, False, True, True]
    """
    return _say_nothing(name_words(text))


def name_words(text: str | None) -> tuple[str, ...]:
    """Return the words of a name that are compared: folded, digits of a scanner mended.

    Aliases in quotes or brackets, titles and generation marks (Jr., III) are dropped.

    Examples
    --------
    >>> name_words('Dr. José "Chepe" de la 0ROZCO, Jr.')
    ('jose', 'de', 'la', 'orozco')
    """
    if not text:
        return ()
    folded = fold(_QUOTED.sub(" ", text)) or fold(text)
    if _DIGIT.search(folded):
        mended = (w.translate(_DIGITS) if _LETTER.search(w) else "" for w in folded.split())
        folded = " ".join(mended)
    return tuple(word for word in folded.split() if word not in _IGNORED)


def read_given_names(text: str | None) -> tuple[str, ...]:
    """Return the given names in a column of given names, without particles.

    Examples
    --------
    >>> read_given_names("MARÍA DEL CARMEN"), read_given_names("N.N.")
    (('maria', 'carmen'), ())
    """
    words = name_words(text)
    return () if _say_nothing(words) else tuple(word for word in words if word not in PARTICLES)


def read_surnames(text: str | None) -> tuple[str, ...]:
    """Return the surnames of birth, at most two; a husband's name is left out.

    Examples
    --------
    >>> read_surnames("De la Cruz y Pérez"), read_surnames("López de García")
    (('cruz', 'perez'), ('lopez',))
    >>> read_surnames("Ponce de León"), read_surnames("San Martín viuda de Díaz")
    (('ponce', 'leon'), ('sanmartin',))
    """
    words = name_words(text)
    return () if _say_nothing(words) else _surnames_of(words)


def read_full_name(text: str | None) -> NameParts:
    """Take a whole name apart: `Given Surname Surname` or `Surname Surname, Given`.

    A middle word is a given name when it is an initial or a common given name; four words are
    two and two. A wrong cut does little harm: the comparison also looks at all words together.

    Examples
    --------
    >>> read_full_name("Juan Carlos Pérez López")
    NameParts(given=('juan', 'carlos'), surnames=('perez', 'lopez'))
    >>> read_full_name("PÉREZ LÓPEZ, JUAN").surnames, read_full_name("John R. Veach").given
    (('perez', 'lopez'), ('john', 'r'))
    """
    if is_missing_name(text):
        return NO_NAME
    before, comma, after = (text or "").partition(",")
    if comma and name_words(before) and name_words(after):
        return NameParts(read_given_names(after), read_surnames(before))
    words = name_words(text)
    bare = [word for word in words if word not in PARTICLES]
    if not bare:
        return NO_NAME
    cut = _given_words(bare)
    return NameParts(tuple(bare[:cut]), _surnames_of(_after(words, cut)))


def read_name(given: str | None, surnames: str | None, full: str | None = None) -> NameParts:
    """Return the parts of a name delivered in one, two or three columns.

    A whole name that stands in one of two columns is taken apart; columns that were exchanged
    are put right when the words leave no doubt.

    Examples
    --------
    >>> read_name("Pérez López", "Juan")
    NameParts(given=('juan',), surnames=('perez', 'lopez'))
    >>> read_name("Juan Pérez", None).surnames
    ('perez',)
    """
    first, last = read_given_names(given), read_surnames(surnames)
    return join_name(first, last, given, surnames, full)


def join_name(
    first: tuple[str, ...],
    last: tuple[str, ...],
    given: str | None,
    surnames: str | None,
    full: str | None,
) -> NameParts:
    """Return the parts of a name whose columns were read each on its own; see `read_name`."""
    if not first and not last:
        return read_full_name(full)
    if not last and any(word not in GIVEN_NAMES and word not in SHORT_FORMS for word in first[1:]):
        return read_full_name(given)
    if not first and len(name_words(surnames)) > _MOST_GIVEN:
        return read_full_name(surnames)
    if first and last and _all_given(last) and not any(word in GIVEN_NAMES for word in first):
        return NameParts(last, first[:2])
    return NameParts(first, last)


def plain_given_name(name: str) -> str:
    """Return the name behind a short form or a foreign spelling ("Pepe" -> "jose").

    Examples
    --------
    >>> plain_given_name("pancho"), plain_given_name("jhon"), plain_given_name("efrain")
    ('francisco', 'juan', 'efrain')
    """
    return SHORT_FORMS.get(name, name)


def _say_nothing(words: tuple[str, ...]) -> bool:
    return MISSING_WORDS.issuperset(words) or " ".join(words) in MISSING_NAMES


def _surnames_of(words: tuple[str, ...]) -> tuple[str, ...]:
    found: list[str] = []
    joined = ""
    last_was_de = False
    for word in words:
        if word in WIDOW and found:
            break
        if word in PARTICLES:
            last_was_de = word == "de"
            continue
        if word in JOINED_AHEAD:
            joined = {"sta": "santa", "sto": "santo"}.get(word, word)
            continue
        own = joined + GLUED_PARTICLES.get(word, word)
        if last_was_de and found and (found[-1], own) not in WITH_DE:
            break
        found.append(own)
        joined, last_was_de = "", False
    return tuple(found[:2]) if found else tuple(filter(None, [joined]))


def _given_words(bare: list[str]) -> int:
    """Return how many of the leading words are given names."""
    count = len(bare)
    if count <= _MOST_GIVEN:
        return 1
    second = bare[1]
    given_like = len(second) == 1 or second in GIVEN_NAMES or second in SHORT_FORMS
    return 2 if given_like or count > _MOST_GIVEN + 1 else 1


def _after(words: tuple[str, ...], cut: int) -> tuple[str, ...]:
    """Return the words that follow the first `cut` words that are no particles."""
    seen = 0
    for place, word in enumerate(words):
        if seen == cut:
            return words[place:]
        seen += word not in PARTICLES
    return ()


def _all_given(words: tuple[str, ...]) -> bool:
    return GIVEN_NAMES.issuperset(words)
