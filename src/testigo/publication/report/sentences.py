"""Words that several sections share: units, bases, families, plurals, intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from testigo.core import Message, Number, Text
from testigo.publication.report.speech import in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from testigo.core import Language
    from testigo.records import Source

UNITS: Final[Mapping[str, Message]] = {
    "victim": Message("victims"),
    "file": Message("files"),
    "incident": Message("incidents"),
}
DATE_BASES: Final[Mapping[str, Message]] = {
    "event": Message("by date of the event"),
    "death": Message("by date of death"),
    "registration": Message("by date of registration"),
}
PLACE_BASES: Final[Mapping[str, Message]] = {
    "event": Message("by place of the event"),
    "death": Message("by place of death"),
    "residence": Message("by place of residence"),
}
FAMILIES: Final[Mapping[str, Message]] = {
    "criminal_justice": Message("police and justice"),
    "public_health": Message("health and civil registry"),
    "other_state_body": Message("another body of the State"),
    "press": Message("press"),
    "civil_society": Message("civil society"),
}
KINDS: Final[Mapping[str, Message]] = {
    "records": Message("one row for each victim"),
    "tallies": Message("totals by area and period"),
    "overlaps": Message("how many people it shares with the other lists"),
}
RATE_UNIT: Final = Message("per 100,000 residents per year")


def describe_basis(source: Source) -> Message:
    """Say what a source counts and by which date and place."""
    return Message(
        "{unit}, {date}, {place}",
        {
            "unit": UNITS[source.unit],
            "date": DATE_BASES[source.date_basis],
            "place": PLACE_BASES[source.place_basis],
        },
    )


def interval(rate: float, low: float, high: float, decimals: int = 1) -> Message:
    """Say a rate with its interval."""
    return Message(
        "{rate} ({low} to {high})",
        {
            "rate": Number(rate, decimals),
            "low": Number(low, decimals),
            "high": Number(high, decimals),
        },
    )


@dataclass(frozen=True, slots=True)
class Quoted:
    """A name in the quotation marks of the language, so that its commas stay inside.

    Examples
    --------
    >>> Quoted("INEGI, by month").in_language("es")
    '«INEGI, by month»'
    """

    name: object

    def in_language(self, language: Language) -> str:
        """Quote it."""
        said = in_words(self.name, language)
        return f"«{said}»" if language == "es" else f"“{said}”"


@dataclass(frozen=True, slots=True)
class Plural:
    """The plural of what people call a level: `municipio` becomes `municipios`.

    Examples
    --------
    >>> Plural(Text(es="zona de salud", en="health zone")).in_language("es")
    'zonas de salud'
    >>> Plural(Text(es="región", en="county")).in_language("en")
    'counties'
    """

    name: Text

    def in_language(self, language: Language) -> str:
        """Say it."""
        words = in_words(self.name, language).split(" ")
        if language == "en":
            return " ".join([*words[:-1], _english_plural(words[-1])])
        return " ".join(_spanish_plurals(words))


def _english_plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in {"a", "e", "i", "o", "u"}:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "sh", "ch")) else "s")


def _spanish_plurals(words: list[str]) -> list[str]:
    """Nouns and adjectives up to the first preposition change."""
    for place, word in enumerate(words):
        if word in {"de", "del", "en", "por"}:
            return [*map(_spanish_plural, words[:place]), *words[place:]]
    return [_spanish_plural(word) for word in words]


def _spanish_plural(word: str) -> str:
    if word.endswith("ión"):
        return word[:-2] + "ones"
    if word.endswith("z"):
        return word[:-1] + "ces"
    if word.endswith(("a", "e", "i", "o", "u", "á", "é", "ó")):
        return word + "s"
    return word if word.endswith("s") else word + "es"
