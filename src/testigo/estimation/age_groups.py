"""Age groups and sexes of population series, in the words of our tables."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

if TYPE_CHECKING:
    from collections.abc import Iterable

ALL: Final = "all"
UNKNOWN: Final = "unknown"

_NOT_KNOWN: Final = re.compile(
    r"no (?:especificad|identificad|disponible|reporta|aplica)|desconocid|ignora|unknown"
    r"|not (?:stated|known|specified)|missing|sin (?:dato|informacion)"
    r"|^(?:n/?[ads]|s/?[di]|ns/?nr)$"
)
_EVERYBODY: Final = re.compile(r"total|tod[oa]s?|all(?: ages)?|ambos(?: sexos)?|both(?: sexes)?")


@dataclass(frozen=True, slots=True, order=True)
class AgeGroup:
    """Completed years of age from `low` to `high`, both included; None: no upper end.

    Examples
    --------
    >>> str(AgeGroup(15, 19)), str(AgeGroup(85, None)), str(AgeGroup(0, 0))
    ('15-19', '85+', '0')
    """

    low: int
    high: int | None

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read a label in Spanish or English; None when it names no ages.

        Examples
        --------
        >>> [str(AgeGroup.parse(text)) for text in ("15-19 años", "85 años y más", "a85plus")]
        ['15-19', '85+', '85+']
        >>> [str(AgeGroup.parse(text)) for text in ("Menores de 1 año", "De 20 a 24", "a15.19")]
        ['0', '20-24', '15-19']
        """
        from testigo.records import read_age_group

        years = read_age_group(text)
        return None if years is None else cls(*years)

    def __contains__(self, other: AgeGroup) -> bool:
        if self.high is None:
            return other.low >= self.low
        return other.low >= self.low and other.high is not None and other.high <= self.high

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low}+"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


def _plain_text(text: str) -> str:
    """Lower the case, drop accents and spare spaces; keep the marks between numbers."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def name_age_group(text: str) -> str | None:
    """Give our label of an age group: `15-19`, `85+`, `unknown`, `all`; None: unreadable."""
    plain = _plain_text(text)
    if _EVERYBODY.fullmatch(plain):
        return ALL
    if _NOT_KNOWN.search(plain):
        return UNKNOWN
    group = AgeGroup.parse(text)
    return None if group is None else str(group)


def name_sexes(texts: Iterable[str]) -> dict[str, str | None]:
    """Give our word for each delivered one: female, male, unknown or all; None: unreadable.

    `M` is a man beside an `F`, a woman beside an `H`; alone it is not read.

    Examples
    --------
    >>> name_sexes(["H", "M", "Total"])
    {'H': 'male', 'M': 'female', 'Total': 'all'}
    """
    from testigo.records import sex_words

    given = list(texts)
    words = sex_words(given)
    return {text: words.get(text) or _not_one_sex(_plain_text(text)) for text in given}


def _not_one_sex(plain: str) -> str | None:
    if _EVERYBODY.fullmatch(plain):
        return ALL
    return UNKNOWN if _NOT_KNOWN.search(plain) else None
